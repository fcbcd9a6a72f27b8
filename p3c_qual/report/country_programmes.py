"""The programmes of a report on a country: each a chapter, its places named apart from the others'."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from p3c_qual.description.order import number_entries
from p3c_qual.errors import P3CError, Problem
from p3c_qual.report.blocks import Box, Bullets, Cell, Figure, Listing, Paragraph, Quote
from p3c_qual.report.gates import findings_of
from p3c_qual.report.gather import read_evidence
from p3c_qual.report.making import gather_making
from p3c_qual.report.parts import build_sections
from p3c_qual.report.programme import notices_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from p3c_qual.description.lint import Finding
    from p3c_qual.report.blocks import Block, Origin, Run
    from p3c_qual.report.making import Making, Rules
    from p3c_qual.report.model import Section
    from p3c_qual.study import Study

__all__ = ["Chapter", "Failed", "build_chapters", "moved"]

SUMMARY = "summary"
_Lead = TypeVar("_Lead", "Run", Cell)


@dataclass(frozen=True)
class Chapter:
    """A programme in a report on a country.

    Attributes
    ----------
    making : Making
    number : str
        Of the chapter.
    summary : Section or None
        What the author sums up of it; None where that was left out.
    sections : tuple of Section
        The others.
    notices : tuple of str
    findings : sequence of Finding
        What the checks found.
    """

    making: Making
    number: str
    summary: Section | None
    sections: tuple[Section, ...]
    notices: tuple[str, ...]
    findings: Sequence[Finding]

    @property
    def key(self) -> str:
        """Key of the programme."""
        return self.making.programme

    @property
    def label(self) -> str:
        """Its label."""
        return self.making.evidence.programme["label"]


@dataclass(frozen=True)
class Failed:
    """A programme whose chapter could not be built.

    Attributes
    ----------
    key : str
    problems : tuple of Problem
        Why.
    """

    key: str
    problems: tuple[Problem, ...]

    @property
    def said(self) -> str:
        """What stands where its chapter would."""
        why = " ".join(f"{str(each).rstrip('.')}." for each in self.problems)
        return f"This chapter could not be built, and its programme is counted nowhere: {why}"


def build_chapters(
    study: Study,
    numbers: Mapping[str, str],
    rules: Rules,
    *,
    codebook: str,
    coder: str | None,
    round: str | None,
    draft: bool,
) -> tuple[list[Chapter], list[Failed]]:
    """Build what stands in the chapters of some programmes, and say which could not be built.

    Documents are numbered on from one chapter to the next, so that no number means two.

    Parameters
    ----------
    study : Study
    numbers : mapping of str to str
        Of the chapters by key of the programme, in order.
    rules : Rules
    codebook, coder, round, draft
        As for a report on one programme.

    Raises
    ------
    P3CError
        If none of them can be built.
    """
    findings, failed = _findings(study, numbers)
    made: list[Chapter] = []
    named: dict[str, int] = {}
    for key in findings:
        first = max(named.values(), default=0) + 1
        try:
            evidence = read_evidence(
                study, key, codebook=codebook, coder=coder, round=round, first=first
            )
            making = gather_making(evidence, rules, coder=coder, round=round)
            chapter = _chapter(making, numbers[key], named, findings[key], draft=draft)
        except Exception as error:  # noqa: BLE001 - whatever befell it, the others are printed
            failed.append(_failed(key, error))
        else:
            named |= making.names.numbers
            made.append(chapter)
    if not made:
        raise P3CError(list(dict.fromkeys(each for one in failed for each in one.problems)))
    return made, failed


def _chapter(
    making: Making,
    number: str,
    named: Mapping[str, int],
    findings: Sequence[Finding],
    *,
    draft: bool,
) -> Chapter:
    """Build the chapter on a programme; documents of those before it keep their numbers."""
    key, first = making.programme, making.evidence.first
    making.names.numbers = {**named, **making.names.numbers}
    kept = [each for each in making.entries if each.kind not in {"appendix", "brief"}]
    making.entries = tuple(
        number_entries([replace(each, number="") for each in kept], f"{number}.")
    )
    sections = build_sections(making, making.entries)
    notices = notices_of(making, sections, findings, 0, draft=draft)
    inside = [moved(each, key, 1, first=first) for each in sections]
    summary = [each for each in inside if each.key == f"{key}-{SUMMARY}"]
    others = tuple(each for each in inside if each not in summary)
    return Chapter(making, number, summary[0] if summary else None, others, notices, findings)


def _failed(key: str, error: Exception) -> Failed:
    if isinstance(error, P3CError):
        return Failed(key, tuple(error.problems))
    return Failed(key, (Problem(f"{type(error).__name__}: {error}".rstrip(": ")),))


def _findings(
    study: Study, programmes: Mapping[str, str]
) -> tuple[dict[str, list[Finding]], list[Failed]]:
    """Return what the checks find in each programme."""
    found, failed = {}, []
    for key in programmes:
        try:
            found[key] = findings_of(study, key)
        except Exception as error:  # noqa: BLE001 - whatever befell it, the others are printed
            failed.append(_failed(key, error))
    return found, failed


def moved(section: Section, programme: str, deeper: int, *, first: int = 1) -> Section:
    """Return a section of one programme as it stands among those of others.

    Parameters
    ----------
    section : Section
    programme : str
        Key, which is put before the names of its places.
    deeper : int
        By how many levels it stands lower.
    first : int
        Number of the programme's first document; references before it are another one's.

    Examples
    --------
    >>> from p3c_qual.report.model import Section
    >>> moved(Section("workforce", "1.4", "Workforce", 1), "harbour", 1).key
    'harbour-workforce'
    """
    return replace(
        section,
        key=f"{programme}-{section.key}",
        level=section.level + deeper,
        blocks=tuple(_block(each, programme, first) for each in section.blocks),
        sections=tuple(moved(each, programme, deeper, first=first) for each in section.sections),
    )


def _block(block: Block, programme: str, first: int) -> Block:
    if isinstance(block, (Paragraph, Quote)):
        return _paragraph(block, programme) if isinstance(block, Paragraph) else block
    if isinstance(block, Bullets):
        return replace(block, items=tuple(_paragraph(each, programme) for each in block.items))
    if isinstance(block, Listing):
        entries = tuple(
            (term, _paragraph(text, programme))
            for term, text in block.entries
            if block.kind != "references" or int(term) >= first
        )
        return replace(block, entries=entries)
    key = _key(block.key, programme)
    if isinstance(block, Box):
        inner = tuple(_block(each, programme, first) for each in block.blocks)
        # what stands in a box is no box
        return replace(block, key=key, blocks=tuple(e for e in inner if not isinstance(e, Box)))
    origin = _origin(block.origin, programme)
    if isinstance(block, Figure):
        return replace(block, key=key, origin=origin)
    rows = tuple(tuple(_lead(cell, programme) for cell in row) for row in block.rows)
    return replace(block, key=key, origin=origin, rows=rows)


def _key(key: str, programme: str) -> str:
    """Return the name of a table, a figure or a box with its programme's, after what it is."""
    for kind in ("figure_", "table_", "box_"):
        if key.startswith(kind):
            return f"{kind}{programme}_{key.removeprefix(kind)}"
    return f"{programme}_{key}"


def _paragraph(paragraph: Paragraph, programme: str) -> Paragraph:
    return replace(paragraph, runs=tuple(_lead(run, programme) for run in paragraph.runs))


def _lead(lead: _Lead, programme: str) -> _Lead:
    return replace(lead, origin=_origin(lead.origin, programme)) if lead.origin else lead


def _origin(origin: Origin, programme: str) -> Origin:
    """Return an origin of a table or a section with the programme it is of."""
    source = origin.source
    if origin.kind == "study" and source.startswith("section "):
        return replace(origin, source=f"section {programme}-{source.removeprefix('section ')}")
    kind, _, name = source.partition(":")
    if origin.kind == "author" and kind in {"figure", "table"} and name:
        # what an author names is looked for among what is of the same programme
        return replace(origin, source=f"{kind}:{_key(name, programme)}")
    if origin.kind == "table" and repr(programme) not in source:
        return replace(origin, source=f"{source}, programme={programme!r}")
    return origin
