"""What is wrong with a coding that somebody asks for, looked up once for each name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from p3c_qual.coding.names import CodeName, find_key, ids_by_key, read_codes
from p3c_qual.coding.under import read_under
from p3c_qual.coding.wanted import ORIGINS
from p3c_qual.errors import Problem, nearest
from p3c_qual.store import payloads
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from p3c_qual.coding.wanted import Wanted
    from p3c_qual.store.act import Act

__all__ = ["Asked", "Text"]

#: characters of a round's or a question's name
_LINE = 200


@dataclass(frozen=True, slots=True)
class Text:
    """The text that a source has now."""

    id: str
    text: str
    hash: str


class Asked:
    """Names that codings use, looked up in the study; coders met for the first time are made.

    Attributes
    ----------
    new_coders : list of str
    """

    def __init__(self, act: Act) -> None:
        self._act = act
        self._codes = read_codes(act.connection)
        self._coders = ids_by_key(act.connection, "coder")
        self._under = read_under(act.connection)
        self._found: dict[str, CodeName | Problem] = {}
        self._lines: set[tuple[str, str]] = set()
        self._questions: dict[tuple[str, str], Problem | None] = {}
        self.new_coders: list[str] = []

    def texts(
        self, keys: Sequence[str]
    ) -> tuple[dict[str, Text], dict[str, Callable[[str], Problem]]]:
        """Return the texts of sources by key, and of those that have none what to say."""
        source, text = ROWS["source"], ROWS["text"]
        wanted = select(source.c.key, source.c.id, source.c.text, text.c.hash).join(
            text, text.c.id == source.c.text
        )
        found: dict[str, Text] = {}
        for run in payloads.chunks(keys, 500):
            for key, name, version, hashed in self._act.connection.execute(
                wanted.where(source.c.key.in_(run))
            ):
                found[key] = Text(name, version, hashed)
        lost = [key for key in keys if key not in found]
        known = ids_by_key(self._act.connection, "source") if lost else {}
        return found, {key: partial(_moved, _no_source(known, key)) for key in lost}

    def code(self, name: str) -> str:
        """Return the id of a code that has no fault."""
        found = self._found[name]
        assert isinstance(found, CodeName)
        return found.id

    def name(self, code: str) -> str:
        """Return how people write the code of this id."""
        return self._codes.name(code)

    def version(self, code: str) -> str:
        """Return the version of the codebook that a code is of."""
        return self._codes.by_id[code].version

    def question(self, each: Wanted) -> str:
        """Return under which research question a coding without a fault is given."""
        book = self._codes.by_id[self.code(each.code)].codebook
        return self._under.question_of(book, each.question)

    def coder(self, name: str) -> str:
        """Return the id of a coder that has no fault."""
        return self._coders[name]

    def faults(self, each: Wanted, body: str | None) -> list[Problem]:
        """Return what is wrong with one coding of a text; without the text, all but its place."""
        faults = []
        if each.code not in self._found:
            self._found[each.code] = self._codes.usable(each.code)
        code = self._found[each.code]
        if isinstance(code, Problem):
            faults.append(_moved(code, each.where))
        elif problem := self._too_early(code.codebook, each.question):
            faults.append(_moved(problem, each.where))
        if each.coder not in self._coders and (problem := self._make_coder(each.coder)):
            faults.append(_moved(problem, each.where))
        if (each.round, each.question) not in self._lines:
            faults += [
                Problem(f"a {name} is one line of {_LINE} characters at most", each.where)
                for name in ("round", "question")
                if not _one_line(getattr(each, name))
            ]
            if not faults:
                self._lines.add((each.round, each.question))
        if each.origin not in ORIGINS:
            known = tuple(filter(None, ORIGINS))
            said = nearest(each.origin, known)
            faults.append(Problem(f"unknown origin {each.origin!r}", each.where, known, said))
        if body is None:
            return faults
        if not 0 <= each.start < each.end <= len(body):
            faults.append(
                Problem(
                    f"the span {each.start}-{each.end} is not within the text of {each.source!r}, "
                    f"which has {len(body)} characters",
                    each.where,
                    do="Spans are half-open [start, end) in code points, and not empty.",
                )
            )
        elif each.quote is not None and body[each.start : each.end] != each.quote:
            faults += _quote_fault(each, body)
        return faults

    def _too_early(self, codebook: str, question: str) -> Problem | None:
        place = (codebook, question)
        if place not in self._questions:
            under = self._under.question_of(codebook, question)
            self._questions[place] = self._under.fault(under, codebook=codebook)
        return self._questions[place]

    def _make_coder(self, name: str) -> Problem | None:
        from p3c_qual.sources.terms import check_key

        if not name:
            return Problem(
                "it is not said whose coding this is",
                do="Name the coder with --coder NAME or in a column `coder`.",
                code="nobody",
            )
        if bad := check_key(name):
            return Problem(bad)
        row = {"id": self._act.named_id("coder", name), "key": name, "label": name}
        self._coders[name] = self._act.insert("coder", [row])[0]
        self.new_coders.append(name)
        return None


def _one_line(value: str) -> bool:
    return value == "" or (value.isprintable() and len(value) <= _LINE)


def _no_source(known: dict[str, str], key: str) -> Problem:
    return find_key(known, key, "source") or Problem(f"source {key!r} has no text any more")


def _moved(problem: Problem, where: str) -> Problem:
    return replace(problem, where=where)


def _quote_fault(each: Wanted, body: str) -> list[Problem]:
    from p3c_qual.sources.fix import fix_text

    # a table keeps its own line ends and forms of characters
    quote = fix_text(each.quote or "").text
    if body[each.start : each.end] == quote:
        return []
    at = body.find(quote) if quote else -1
    return [
        Problem(
            f"the quote is not what stands at {each.start}-{each.end} of {each.source!r}",
            each.where,
            do=f"It stands at {at}-{at + len(quote)}."
            if at >= 0
            else "Check that the codings belong to this version of the text.",
        )
    ]
