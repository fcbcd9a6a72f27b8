"""The chapters of a report: what was coded with a main code, and how codes spread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from p3c_qual.report.blocks import Figure, Origin, Paragraph, Run
from p3c_qual.report.counts import frequency_block, regroup
from p3c_qual.report.model import Section
from p3c_qual.report.passages import quote_segment
from p3c_qual.report.quotes import choose_segments
from p3c_qual.report.records import plural

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable

    import pandas as pd

    from p3c_qual.report.blocks import Block
    from p3c_qual.report.evidence import Evidence
    from p3c_qual.report.segments import Segment

__all__ = ["Rules", "chapter", "in_context"]

#: set above quotations that no sentence of an author's holds together
MARKER = Paragraph(
    (Run("Material, not yet description: quotations without a sentence of the author’s."),),
    "marker",
)


@dataclass(frozen=True)
class Rules:
    """How quotes are printed.

    Attributes
    ----------
    language : str
        Of the report.
    max_words : int
        A longer quote is cut.
    limit : int
        Quotes a chapter at most.
    """

    language: str
    max_words: int
    limit: int


def chapter(
    evidence: Evidence, code: str, rules: Rules, *, elsewhere: Collection[Segment] = ()
) -> tuple[Section, tuple[Segment, ...]]:
    """Return the chapter of a main code, with the segments it quotes.

    Parameters
    ----------
    evidence : Evidence
        What the study holds on the programme.
    code : str
        Key of a code at the top.
    rules : Rules
        How quotes are printed.
    elsewhere : collection of Segment
        Quoted in an earlier chapter; here they are only referred to.

    Returns
    -------
    tuple of Section and tuple of Segment
    """
    members = evidence.below(code)
    place = {member: i for i, member in enumerate(members)}

    def main(segment: Segment) -> str:
        return next(given for given in segment.codes if given in place)

    here = [s for s in evidence.quotable[0] if any(given in place for given in s.codes)]
    again = [segment for segment in here if segment in elsewhere]
    fresh = [segment for segment in here if segment not in elsewhere]
    chosen = choose_segments(fresh, max_words=rules.max_words, limit=rules.limit, group=main)
    blocks: list[Block] = [_extent(evidence, code)]
    if not here:
        return Section(code, "", evidence.label(code), 1, tuple(blocks), (), "empty"), ()
    if chosen:
        blocks.append(MARKER)
    below = []
    for member in members:
        quotes = tuple(
            quote_segment(evidence, s, language=rules.language, max_words=rules.max_words)
            for s in chosen
            if main(s) == member
        )
        if member == code:
            blocks += quotes
        elif quotes:
            inside: tuple[Block, ...] = (_extent(evidence, member, "that of the chapter"), *quotes)
            key, title = member.replace(".", "-"), evidence.label(member)
            below.append(Section(key, "", title, 2, inside, (), "material"))
    notes: list[Block] = []
    if again:
        notes.append(_again(evidence, again))
    if len(fresh) > len(chosen):
        text = f"{plural(len(fresh) - len(chosen), 'further passage')} coded here, not quoted."
        notes.append(Paragraph((Run(text, Origin("study")),), "note"))
    blocks[1:1] = notes
    return Section(
        code, "", evidence.label(code), 1, tuple(blocks), tuple(below), "material"
    ), chosen


def in_context(evidence: Evidence) -> Section:
    """Return how the codings spread over sites and stakeholder types.

    Parameters
    ----------
    evidence : Evidence
        What the study holds on the programme.

    Returns
    -------
    Section
        A heat map by site and a table by stakeholder type.
    """
    key, title = "in_context", "The codings in the context of the framework"
    if not evidence.read:
        what = "worked through" if evidence.sources else "taken in"
        text = f"No source of this programme was {what}."
        nothing = Paragraph((Run(text, Origin("study")),))
        return Section(key, "", title, 1, (nothing,), (), "empty")
    sites: dict[str, set[tuple[str, str]]] = {}
    types: dict[str, set[tuple[str, str]]] = {}
    of_person = {p["interviewee"]: p["stakeholder_type"] for p in evidence.interviewees}
    for source in evidence.sources:
        for person in source["interviewee"].split(";"):
            voice = (source["source"], person)
            sites.setdefault(source["site"] or "no site", set()).add(voice)
            for kind in of_person.get(person, "").split(";") if person else ():
                types.setdefault(kind or "not stated", set()).add(voice)
    by_site = regroup(
        evidence.by_source,
        {name: sites[name] for name in sorted(sites)},
        caption="Coded segments by code and site; n: sources",
    )
    blocks: list[Block] = [_heat_map(by_site)]
    if types:
        by_type = regroup(
            evidence.by_source,
            {name: types[name] for name in sorted(types)},
            caption="Interviewees who spoke of it, by code and stakeholder type; n: interviewees",
            spoken=evidence.spoken,
        )
        origin = Origin("table", source="table_frequencies(by='stakeholder_type')")
        blocks.append(frequency_block(by_type, key="table_stakeholder_types", origin=origin))
    return Section(key, "", title, 1, tuple(blocks))


def _heat_map(table: pd.DataFrame) -> Figure:
    from p3c_qual.analysis.canvas import figure_bytes
    from p3c_qual.analysis.figures import plot_frequencies

    depth = table.attrs.get("depth") or {}
    top_level = table["code"].map(lambda code: depth.get(code, 1) == 1)
    given = top_level | (table["total"].fillna(0) > 0)
    shown = table[given]
    # the caption stands below the picture, in the report's own letters
    said = ("caption", "unit", "reading_set")
    shown.attrs = {name: value for name, value in table.attrs.items() if name not in said}
    top = [row for row in shown.to_dict("records") if depth.get(str(row["code"]), 1) == 1]
    labels = table.attrs.get("labels") or {}
    counts = "; ".join(f"{labels.get(row['code'], row['code'])} {_total(row)}" for row in top)
    unit, whose = table.attrs["unit"], table.attrs.get("reading_set")
    left_out = "" if len(shown) == len(table) else " Codes below that were not given are left out."
    png, svg = figure_bytes(plot_frequencies(shown))
    return Figure(
        key="figure_code_by_site",
        caption=f"{table.attrs['caption']}. Unit: {unit}. Reading set: {whose}.{left_out}",
        alt=f"Heat map of {plural(len(shown), 'code')} by "
        f"{plural(len(table.columns) - 2, 'site')}. Totals: {counts}.",
        png=png,
        svg=svg,
        origin=Origin("table", source="table_frequencies(by='site')"),
    )


def _total(row: dict[Hashable, Any]) -> str:
    import pandas as pd

    return "not asked" if pd.isna(row["total"]) else f"{row['total']:,}"


def _extent(evidence: Evidence, code: str, reading_set: str = "") -> Paragraph:
    """Say how much was coded, in what, by whom: never a number without its unit."""
    reading_set = reading_set or evidence.reading_set
    segments, people, of = evidence.count(code)
    origin = Origin("table", source=f"table_frequencies(by='programme'), {code}")
    in_documents = evidence.in_documents(code)
    documents = sum(key in evidence.read for key in evidence.documents)
    looked = [plural(of, "interviewee")] if of else []
    if documents:
        looked.append(plural(documents, "document"))
    where = " and ".join(looked)
    if not evidence.read:
        text = "No coding, as no source was worked through."
    elif segments is None:
        text = f"Not asked in {where}."
    elif not segments:
        text = f"No coding. Looked for in {where}; reading set: {reading_set}."
    else:
        text = f"{plural(segments, 'coded segment')}; {people or 0} of {plural(of, 'interviewee')} "
        text += "spoke of it"
        if in_documents:
            text += f"; {plural(in_documents, 'segment')} in documents"
        text += f". Reading set: {reading_set}."
    return Paragraph((Run(text, origin),))


def _again(evidence: Evidence, segments: list[Segment]) -> Paragraph:
    runs = [Run("Coded here and quoted in an earlier section: ")]
    for i, segment in enumerate(segments):
        quote = quote_segment(evidence, segment, language="", max_words=10**9)
        runs += [Run("; " if i else ""), Run(quote.origin.place, quote.origin)]
    return Paragraph((*runs, Run(".")), "note")
