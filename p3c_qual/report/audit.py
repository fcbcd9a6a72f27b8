"""Who did what: double coding, the journal, versions of codebooks, hashes of sources."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from p3c_qual.report.blocks import Cell, Column, Origin, Paragraph, Run, Table
from p3c_qual.report.records import plural, say

if TYPE_CHECKING:
    import pandas as pd

    from p3c_qual.report.blocks import Block
    from p3c_qual.report.making import Making

__all__ = ["agreement", "audit"]

#: the journal says the rest
_KINDS = 12
_GROUP = 16


def agreement(making: Making) -> tuple[Block, ...]:
    """Return which sources two people worked through, each on their own."""
    keys = {source["source"] for source in making.evidence.sources}
    readings = making.study.readings()
    done = readings[readings["source"].isin(keys) & (readings["question"] == "")]
    rows: list[tuple[Cell, ...]] = []
    for source, those in done.groupby("source", sort=True):
        if those["coder"].nunique() < 2:
            continue
        for row in those.to_dict("records"):
            share = f"{row['characters']:,} of {row['of']:,}"
            cells = (str(source), str(row["coder"]), str(row["round"]), share)
            rows.append(tuple(Cell(each) for each in cells))
    none = say(
        "No coefficient of agreement is printed in this version of the report; what follows is "
        "who worked through the same source."
        if rows
        else "No source of this programme was worked through by two people, so there is no "
        "agreement to report."
    )
    if not rows:
        return (none,)
    columns = (*(Column(name, "short") for name in ("Source", "Coder", "Round")), Column("Read"))
    table = Table(
        key="table_double_coding",
        caption="Sources that several people worked through",
        columns=columns,
        rows=tuple(rows),
        origin=Origin("study", source="readings"),
        notes=("Read: characters of the text. Codings of several coders are never added up.",),
    )
    return (none, table)


def audit(making: Making) -> tuple[Block, ...]:
    """Return a summary of the journal, the codebooks' versions and the sources' hashes."""
    log = making.study.log()
    blocks: list[Block] = [_spoken(log)]
    if len(log):
        blocks.append(_acts(log))
    blocks += [_codebooks(making), _sources(making)]
    return tuple(blocks)


def _spoken(log: pd.DataFrame) -> Paragraph:
    origin = Origin("study", source="journal")
    undone = int((log["kind"] != "do").sum())
    text = (
        f"The journal of the study holds {plural(len(log), 'act')}, {undone} of them taken back or "
        "done again; none is ever deleted. The software suggested nothing that stands in it by "
        "itself: each code, quotation and sentence was given, chosen or written by a person, also "
        "where passages had been searched for by words. What the software made is marked as "
        "generated: counts, tables, figures, and the choice of passages in a section that is not "
        "written yet."
    )
    return Paragraph((Run(text, origin),))


def _acts(log: pd.DataFrame) -> Table:
    kinds = log["verb"].str.split().str[0].str.strip(":")
    actors = log["actor"].fillna("").replace("", "not said")
    common = Counter(kinds)
    kept = sorted(common, key=lambda kind: (-common[kind], kind))[:_KINDS]
    counts = Counter(zip(kinds.where(kinds.isin(kept), "other"), actors, strict=True))
    people = sorted(set(actors))
    names = [*sorted(kept), *(["other"] if len(common) > len(kept) else [])]
    rows = [
        (
            Cell(name),
            *(Cell(counts[name, person]) for person in people),
            Cell(sum(counts[name, person] for person in people)),
        )
        for name in names
    ]
    sizes = Counter(actors)
    first, last = str(log["at"].min())[:10], str(log["at"].max())[:10]
    return Table(
        key="table_acts",
        caption=f"Acts in the whole study by their first word and by person, {first} to {last}",
        columns=(
            Column("Act"),
            *(Column(person, "number") for person in people),
            Column("total", "number"),
        ),
        rows=tuple(rows),
        origin=Origin("study", source="log()"),
        unit="acts",
        denominators=(*((person, sizes[person]) for person in people), ("total", len(log))),
    )


def _codebooks(making: Making) -> Table:
    rows = [
        tuple(Cell(str(row[name] or "–")) for name in ("label", "version", "status"))
        for row in making.study.codebooks().fillna("").to_dict("records")
    ]
    return Table(
        key="table_codebooks",
        caption="Codebooks of the study",
        columns=(Column("Codebook"), Column("Version", "short"), Column("Status", "short")),
        rows=tuple(rows),
        origin=Origin("study", source="codebooks()"),
    )


def _sources(making: Making) -> Table:
    rows = [
        (
            Cell(source["source"]),
            Cell(source["kind"].replace("_", " ")),
            Cell(_in_groups(source["sha256"])),
        )
        for source in making.evidence.sources
    ]
    return Table(
        key="table_hashes",
        caption="Sources of the programme, with the SHA-256 of the text that was read",
        columns=(Column("Source", "short"), Column("Kind", "short"), Column("SHA-256")),
        rows=tuple(rows),
        origin=Origin("study", source="sources()"),
    )


def _in_groups(digest: str) -> str:
    """Return a long number so that it can be compared, and broken at the end of a line."""
    return " ".join(digest[at : at + _GROUP] for at in range(0, len(digest), _GROUP))
