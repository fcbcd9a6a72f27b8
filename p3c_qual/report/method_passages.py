"""Passages the appendix on the content analysis quotes, of nobody who refused it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from p3c_qual.analysis.asked_table import make_table
from p3c_qual.mayring.about import NOT_RECORDED
from p3c_qual.report.blocks import Origin, Paragraph, Quote, Run
from p3c_qual.report.evidence import REFUSED, known
from p3c_qual.report.model import Section

if TYPE_CHECKING:
    import pandas as pd

    from p3c_qual.codebook import Anchor, Code
    from p3c_qual.report.blocks import Block
    from p3c_qual.report.evidence import Evidence
    from p3c_qual.study import Study

__all__ = ["agenda_without_refused", "explications", "surprises"]

WITHHELD = "[not quoted: its speaker did not consent]"


def explications(study: Study, evidence: Evidence | None) -> Section | None:
    """Return the explications, each a candidate for a footnote; None where there is none."""
    rows = _here(make_table(study, "explications"), evidence)
    if not rows:
        return None
    free = _Free(study, evidence)
    blocks: list[Block] = [_say("Passages that were explained; each may become a footnote.")]
    for row in rows:
        blocks.append(_passage(row, free))
        material = " ".join(str(row["material"]).split("\n"))
        said = [
            f"{row['scope'] or NOT_RECORDED} context",
            f"meaning of the words: {row['lexical']}" if row["lexical"] else "",
            f"material: {material or NOT_RECORDED}",
            f"explained: {row['paraphrase'] or NOT_RECORDED}",
            f"verdict: {row['verdict'].replace('_', ' ') or NOT_RECORDED}",
            row["remark"],
            f"by {row['coder'] or NOT_RECORDED}",
            "its source was edited since" if row["edited"] else "",
        ]
        blocks.append(_say(_sentence(said)))
    return Section("explications", "", "Explications", 2, tuple(blocks))


def surprises(study: Study, evidence: Evidence | None) -> Section | None:
    """Return what surprised somebody, with the passages; None where there is nothing."""
    rows = _here(make_table(study, "surprises"), evidence)
    if not rows:
        return None
    free = _Free(study, evidence)
    blocks: list[Block] = [_say("What surprised those who coded, where abduction begins.")]
    for row in rows:
        if known(row["quote"]):
            blocks.append(_passage(row, free))
        by = row["coder"] or NOT_RECORDED
        blocks.append(Paragraph((Run(f"{row['memo']} ({by})", Origin("study")),)))
    return Section("surprises", "", "Surprises", 2, tuple(blocks))


def agenda_without_refused(study: Study, codebook: str) -> pd.DataFrame:
    """Return a coding agenda in which anchors of those who refused to be quoted have no words."""
    from p3c_qual.codebook.agenda import agenda_of

    book = study.codebook(codebook)
    free = _Free(study, None)

    def anchors(given: tuple[Anchor, ...]) -> tuple[Anchor, ...]:
        return tuple(
            each if not each.linked or free(each.source, 0, 0) else replace(each, quote=WITHHELD)
            for each in given
        )

    def cleared(code: Code) -> Code:
        levels = tuple(replace(level, anchors=anchors(level.anchors)) for level in code.levels)
        none = code.not_ratable and replace(
            code.not_ratable, anchors=anchors(code.not_ratable.anchors)
        )
        return replace(code, anchors=anchors(code.anchors), levels=levels, not_ratable=none)

    return agenda_of(replace(book, codes=tuple(map(cleared, book.codes))))


class _Free:
    """Says whether a passage may be quoted.

    Of the programme that is reported it is asked turn by turn; of other sources one refusal
    holds for all who spoke.
    """

    def __init__(self, study: Study, evidence: Evidence | None) -> None:
        self._evidence, self._study = evidence, study
        self._texts: dict[str, str] = {}
        self._mine = {source["source"] for source in evidence.sources} if evidence else set()
        given = study.sources()
        self._refused = {
            str(key)
            for key, said in zip(given["source"], given["consent_quoted"], strict=True)
            if REFUSED.intersection(known(said).split(";"))
        }

    def __call__(self, source: str, start: int, end: int) -> bool:
        if self._evidence is not None and source in self._mine:
            return self._evidence.free(source, start, end)
        return source not in self._refused

    def printed(self, source: str, start: int, end: int) -> str:
        """Return the words of a passage, masked where an author masked them."""
        if self._evidence is not None:
            return self._evidence.printed(source, start, end)
        return self._texts[source][start:end]

    def stands(self, source: str, start: int, end: int, quote: str) -> bool:
        """Say whether the present text holds these words there."""
        if source not in self._texts:
            self._texts[source] = self._study.text(source)
        return self._texts[source][start:end] == quote


def _here(table: pd.DataFrame, evidence: Evidence | None) -> list[dict[Any, Any]]:
    """Return the rows on sources of the programme; those on no source are of every report."""
    rows = table.to_dict("records")
    if evidence is None:
        return rows
    mine = {source["source"] for source in evidence.sources}
    return [row for row in rows if known(row["source"]) in {"", *mine}]


def _passage(row: dict[Any, Any], free: _Free) -> Block:
    source, start, end = str(row["source"]), int(row["start"]), int(row["end"])
    if not free(source, start, end):
        return _say(f"{source}, {start}–{end}: {WITHHELD}")
    if not free.stands(source, start, end, str(row["quote"])):
        # its text was edited since, so that it has no place to point to
        return _say(f"“{row['quote']}” ({source}, {start}–{end} of an earlier text)")
    return Quote(
        text=free.printed(source, start, end),
        reference=f"({source})",
        origin=Origin("span", source=source, start=start, end=end),
    )


def _sentence(parts: list[str]) -> str:
    said = [part.strip().rstrip(".") for part in parts if part and part.strip()]
    text = ". ".join(part[:1].upper() + part[1:] for part in said)
    return f"{text}."


def _say(text: str) -> Paragraph:
    return Paragraph((Run(text, Origin("study")),))
