"""Checks on the author's text: what it names, its quotation marks, its claims."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from p3c_qual.analysis.kinds import KINDS
from p3c_qual.description.checks.finding import Finding
from p3c_qual.description.model import Where
from p3c_qual.description.tokens import read_paragraphs
from p3c_qual.errors import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from p3c_qual.description.checks.material import Material, Use
    from p3c_qual.description.model import SectionText
    from p3c_qual.description.order import Entry

__all__ = [
    "NOTHING_WRITTEN",
    "check_claims",
    "check_marks",
    "check_named",
    "check_twice",
    "check_written",
    "says_nothing",
]

NOTHING_WRITTEN = Finding(
    "nothing_written",
    "nothing is written yet: the report would hold what the study counts and no word of an "
    "author’s",
    "Write a section first, or have it made as a draft (--draft).",
    gate=True,
)

_DOUBLED = re.compile(r"““|””|„„|\"\"|‘‘(?!’)|''")
_MIXED_END = re.compile(r"(?:(?<=\s)|^)[‘'][^‘’'“”\"\n]*[”\"]")
_NO_COLON = re.compile(r"(?m)^[ \t>]*R[ \t]+(?=[A-Z])[A-Z]?[a-z]+\b")


def says_nothing(entries: Iterable[Entry]) -> bool:
    """Say whether no sentence of an author's stands in a report; a brief is one of its own."""
    return not any(
        each.text.strip() for each in entries if not each.left_out and each.kind != "brief"
    )


def check_written(material: Material) -> Iterator[Finding]:
    """Check that something is written on each programme."""
    for name, key in material.programmes.items():
        where = Where(programme=name)
        if material.about(where) and says_nothing(material.outlines.get(where, ())):
            yield replace(NOTHING_WRITTEN, programme=key)


def check_named(material: Material) -> Iterator[Finding]:
    """Check that there is what the text names."""
    keys = {each.key for each in material.voices.sources.values()}
    known = {
        "quote": (set(material.description.by_key), "quote"),
        "cmo": (set(material.configurations), "standing configuration"),
        "source": (keys, "source"),
    }
    for use in material.uses:
        token = use.token
        if token.fault:
            yield _at(
                material, use, "token_unreadable", f"“{token.label or token.name}”: {token.fault}"
            )
        elif token.kind in known and token.name not in known[token.kind][0]:
            there, called = known[token.kind]
            close = nearest(token.name, there) if token.kind != "quote" else None
            what = f"{_called(use)} names no {called} of the study"
            do = f"Did you mean {close}?" if close else "Set it in anew, or take it out."
            yield _at(material, use, f"{token.kind}_missing", what, do)
        elif token.kind == "table" and token.name.partition("/")[0] not in KINDS:
            close = nearest(token.name, KINDS)
            do = f"Did you mean {close}?" if close else "See p3c table for the tables there are."
            yield _at(material, use, "table_missing", f"{_called(use)} names no table", do)
        elif token.kind == "fact":
            fits = [
                row
                for row in material.description.facts
                if row.startswith(token.name.lower()) or row.endswith(token.name.lower())
            ]
            if not fits:
                what = f"{_called(use)} names no fact of the study"
                yield _at(material, use, "fact_missing", what)
            elif len(fits) > 1:
                what = f"{_called(use)} may mean one of several facts"
                yield _at(material, use, "fact_unclear", what, "Set it in anew.")


def check_twice(material: Material) -> Iterator[Finding]:
    """Check that no report sets the same quote in twice."""
    for programme, set_in in material.reports():
        places: dict[str, list[str]] = {}
        for quote, use in set_in:
            places.setdefault(quote.key, []).append(use.section.section)
        for key, sections in places.items():
            if len(sections) > 1:
                titles = (material.titles.get((programme, each), each) for each in sections)
                where = " and ".join(f"“{each}”" for each in dict.fromkeys(titles))
                what = f"the quote is set in {len(sections)} times: in {where}"
                do = "Refer to it where it stands the second time."
                yield Finding("quote_twice", what, do, False, sections[1], key, programme)


def check_claims(material: Material) -> Iterator[Finding]:
    """Check that negative cases of the configurations in the text were searched for."""
    seen: set[tuple[str, str]] = set()
    for use in material.uses:
        name, programme = use.token.name, material.key(use.section.where)
        silent = name in material.configurations - material.searched
        if use.token.kind == "cmo" and silent and (programme, name) not in seen:
            seen.add((programme, name))
            what = f"no search for cases against {material.called(name)} is logged"
            do = "Search for negative cases before you claim it."
            yield Finding("claim_unsearched", what, do, False, use.section.section, "", programme)


def check_marks(material: Material) -> Iterator[Finding]:
    """Check the quotation marks of the author's text, and turns without a colon."""
    for section in material.sections:
        at: dict[str, Any] = {"section": section.section, "programme": material.key(section.where)}
        for code, what, do in _marks(section):
            yield Finding(code, what, do, **at)


def _marks(section: SectionText) -> Iterator[tuple[str, str, str]]:
    blocks = [each.prose for each in read_paragraphs(section.text) if each.kind != "code"]
    text = "\n\n".join(blocks)
    if '"' in text and re.search("[“”„]", text):
        yield "marks_mixed", "straight and curly quotation marks are mixed", "Use one kind."
    if doubled := _DOUBLED.search(text):
        what = f"a quotation mark is doubled: {_around(text, doubled.start())}"
        yield "marks_doubled", what, "Take one of them out."
    for place in _unbalanced(text):
        what = f"a quotation mark has no counterpart: {_around(text, place)}"
        yield "marks_unbalanced", what, "Open and close it with the same kind of mark."
    if turn := _NO_COLON.search(text):
        what = f"a turn has no colon behind its speaker: {_around(text, turn.start())}"
        yield "turn_without_colon", what, "Write R: before what was answered."


def _unbalanced(text: str) -> list[int]:
    """Return where marks stand that are opened or closed alone.

    A quotation may go on over several paragraphs.
    """
    mixed = [each.span() for each in _MIXED_END.finditer(text)]
    found = [start for start, _ in mixed]
    if text.count('"') % 2 and not found:
        found.append(text.rindex('"'))
    opened: tuple[str, int] | None = None
    for mark in re.finditer("[“”„]", text):
        sign, place = mark[0], mark.start()
        if any(start < place < end for start, end in mixed):
            continue
        # what opens English marks closes German ones
        if sign == "”" or (sign == "“" and opened and opened[0] == "„"):
            if opened is None:
                found.append(place)
            opened = None
        else:
            if opened is not None:
                found.append(opened[1])
            opened = sign, place
    return sorted(set(found + ([opened[1]] if opened else [])))


def _around(text: str, place: int) -> str:
    """Return the words at a place, so that they are found again."""
    words = " ".join(text[place : place + 50].split())
    return f"{words} ..." if place + 50 < len(text) else words


def _called(use: Use) -> str:
    return f"“{use.token.label}”" if use.token.label else f"({use.token.kind}:{use.token.name})"


def _at(
    material: Material, use: Use, code: str, what: str, do: str = "Set it in anew, or take it out."
) -> Finding:
    quote = use.token.name if use.token.kind == "quote" else ""
    programme = material.key(use.section.where)
    return Finding(code, what, do, True, use.section.section, quote, programme)
