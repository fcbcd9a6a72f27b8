"""A cell of a framework matrix: an author's words with their references, or how much is coded."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from p3c_qual.description.printed import printed
from p3c_qual.description.stale import stale_of
from p3c_qual.description.tokens import read_paragraphs, read_tokens
from p3c_qual.description.voices import Voices

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from p3c_qual.description.model import Quote
    from p3c_qual.description.tables.told import Told
    from p3c_qual.description.tokens import Token
    from p3c_qual.opened import Opened

__all__ = ["STATES", "CellText", "Reader"]

STATES = ("written", "stale", "empty")
_MARKS = re.compile(r"(\*\*|__|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)|^#+ |^> ?|^[-*] )", re.MULTILINE)
_TOGETHER = re.compile(r"\)[,;]?\s*\((?=[A-Z]+\d)")
_WITHHELD = "[not quoted: its speaker did not consent]"


@dataclass(frozen=True, slots=True)
class CellText:
    """What a cell says.

    Attributes
    ----------
    text : str
        The author's words without mark-up, each reference in brackets.
    state : str
        One of `STATES`; stale where a place it rests on has changed since.
    cut : bool
        Whether only the first paragraph is printed.
    """

    text: str = ""
    state: str = "empty"
    cut: bool = False


class Reader:
    """Reads what authors wrote as plain words.

    Parameters
    ----------
    study : Study
    connection : Connection
    told : Told
    """

    def __init__(self, study: Opened, connection: Connection, told: Told) -> None:
        self._quotes = told.written.by_key
        self._facts = told.written.facts
        self._voices = Voices(study, connection, {each.source for each in self._quotes.values()})

    def cell(self, text: str, *, whole: bool = True) -> CellText:
        """Return a section's text as a cell, or only its first paragraph."""
        if not text.strip():
            return CellText()
        cut = False
        if not whole:
            told = [each for each in read_paragraphs(text) if each.told]
            cut = len(told) > 1
            text = text[told[0].start : told[0].end] if told else text
        tokens = read_tokens(text)
        stale = any(self._stale(each) for each in tokens)
        for token in reversed(tokens):
            text = text[: token.start] + self._words(token, text) + text[token.end :]
        plain = " ".join(_MARKS.sub("", text).split())
        return CellText(_TOGETHER.sub(", ", plain), "stale" if stale else "written", cut)

    def _stale(self, token: Token) -> bool:
        quote = self._quotes.get(token.name) if token.kind == "quote" else None
        return token.kind == "quote" and (
            quote is None or bool(stale_of(self._voices.sources, quote))
        )

    def _words(self, token: Token, text: str) -> str:
        quote = self._quotes.get(token.name) if token.kind == "quote" else None
        # within brackets of the author's own there is no need for others
        before = text[: token.start]
        bare = max(before.rfind("("), before.rfind("[")) > max(before.rfind(")"), before.rfind("]"))
        label = token.label or token.name
        if quote is None:
            return label if bare or token.kind == "fact" else f"[{label}]"
        if self._voices.refused(quote.source, quote.start, quote.end):
            return _WITHHELD
        who = self._code(quote)
        reference = who if bare else f"({who})"
        if not token.set_in:
            return reference
        words = quote.translation or printed(quote.quote, quote.start, quote.edits)
        return f"“{words}” {reference}"

    def _code(self, quote: Quote) -> str:
        who = self._voices.who(quote.source, quote.start, quote.end)
        source = self._voices.sources.get(quote.source)
        return ", ".join(each.key for each in who) or (source.key if source else "removed")
