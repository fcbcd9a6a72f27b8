"""The programme in the context of the framework: what each segment rests on, and how codes spread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from p3c_qual.report.blocks import Box, Figure, Listing, Origin, Paragraph, Run
from p3c_qual.report.counts import frequency_block, regroup
from p3c_qual.report.named import CONFIGURATIONS
from p3c_qual.report.records import plural

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    import pandas as pd

    from p3c_qual.realist.model import Configuration
    from p3c_qual.report.blocks import Block
    from p3c_qual.report.evidence import Evidence

__all__ = ["by_type", "evidence_box", "spread"]

BY_TYPE = "table_frequencies(by='stakeholder_type')"


def spread(evidence: Evidence, types: pd.DataFrame | None) -> tuple[Block, ...]:
    """Return how the codings spread over sites and stakeholder types.

    Parameters
    ----------
    evidence : Evidence
        What the study holds on the programme.
    types : DataFrame or None
        As `by_type` gives it.

    Returns
    -------
    tuple of Block
        A heat map by site and a table by stakeholder type.
    """
    if not evidence.read:
        what = "worked through" if evidence.sources else "taken in"
        text = f"No source of this programme was {what}."
        return (Paragraph((Run(text, Origin("study")),)),)
    sites: dict[str, set[tuple[str, str]]] = {}
    for source in evidence.sources:
        for person in source["interviewee"].split(";"):
            sites.setdefault(source["site"] or "no site", set()).add((source["source"], person))
    by_site = regroup(
        evidence.by_source,
        {name: sites[name] for name in sorted(sites)},
        caption="Coded segments by code and site; n: sources",
    )
    blocks: list[Block] = [_heat_map(by_site)]
    if types is not None:
        origin = Origin("table", source=BY_TYPE)
        blocks.append(frequency_block(types, key="table_stakeholder_types", origin=origin))
    return tuple(blocks)


def by_type(evidence: Evidence) -> pd.DataFrame | None:
    """Count who spoke of each code by stakeholder type; None where nobody was interviewed."""
    of_person = {p["interviewee"]: p["stakeholder_type"] for p in evidence.interviewees}
    types: dict[str, set[tuple[str, str]]] = {}
    for source in evidence.sources:
        for person in source["interviewee"].split(";"):
            for kind in of_person.get(person, "").split(";") if person else ():
                types.setdefault(kind or "not stated", set()).add((source["source"], person))
    if not types or not evidence.read:
        return None
    return regroup(
        evidence.by_source,
        {name: types[name] for name in sorted(types)},
        caption="Interviewees who spoke of it, by code and stakeholder type; n: interviewees",
        spoken=evidence.spoken,
    )


def evidence_box(
    evidence: Evidence,
    code: str,
    types: pd.DataFrame | None,
    configurations: Sequence[Configuration] | None,
) -> Box:
    """Return what a segment of the framework rests on, each number with its unit.

    Parameters
    ----------
    evidence : Evidence
        What the study holds on the programme.
    code : str
        Key of the segment.
    types : DataFrame or None
        As `by_type` gives it.
    configurations : sequence of Configuration or None
        Of the programme, with an element of this segment; None where they are not printed.

    Returns
    -------
    Box
    """
    segments, people, of = evidence.count(code)
    read = sum(key in evidence.read for key in evidence.documents)
    rows = {
        "Coded segments": _counted(segments, evidence.reading_set, code),
        "Interviewees": _spoke(people, of, types, code),
        "Documents": _documents(evidence, code, read),
    }
    rows |= _silent(types, code)
    if configurations is not None:
        rows |= _claims(configurations, evidence.programme["programme"])
    entries = tuple((term, text) for term, text in rows.items())
    return Box(f"box_{code}", "What this rests on", (Listing(entries),), "evidence")


def _counted(segments: int | None, reading_set: str, code: str) -> Paragraph:
    origin = Origin("table", source=f"table_frequencies(by='programme'), {code}")
    said = "not asked" if segments is None else f"{segments:,}"
    return Paragraph((Run(f"{said}; reading set: {reading_set}", origin),))


def _spoke(people: int | None, of: int, types: pd.DataFrame | None, code: str) -> Paragraph:
    origin = Origin("table", source=f"table_frequencies(count='interviewees'), {code}")
    if people is None:
        return Paragraph((Run(f"not asked, of {plural(of, 'interviewee')}", origin),))
    runs = [Run(f"{people} of {plural(of, 'interviewee')} spoke of it", origin)]
    said = [
        f"{kind}: {count} of {size}" for kind, count, size in _cells(types, code) if size and count
    ]
    if said:
        runs += [Run(" "), Run(f"({', '.join(said)})", Origin("table", source=BY_TYPE))]
    return Paragraph(tuple(runs))


def _documents(evidence: Evidence, code: str, read: int) -> Paragraph:
    segments = evidence.in_documents(code)
    here = sum(bool(evidence.in_source(code, key)) for key in evidence.documents)
    origin = Origin("table", source=f"table_frequencies(by='source'), {code}")
    if not read:
        return Paragraph((Run("no document was worked through", origin),))
    text = f"{plural(segments, 'coded segment')} in {here} of {plural(read, 'document')}"
    return Paragraph((Run(text, origin),))


def _silent(types: pd.DataFrame | None, code: str) -> dict[str, Paragraph]:
    """Return of which stakeholder types nobody spoke of a code, and which were not asked."""
    cells = [cell for cell in _cells(types, code) if cell[2]]
    silent = [f"{kind}: 0 of {plural(size, 'interviewee')}" for kind, n, size in cells if n == 0]
    unasked = [f"{kind}: {plural(size, 'interviewee')}" for kind, n, size in cells if n is None]
    origin = Origin("table", source=BY_TYPE)
    return {
        term: Paragraph((Run("; ".join(said), origin),))
        for term, said in (("Silent", silent), ("Not asked", unasked))
        if said
    }


def _claims(configurations: Sequence[Configuration], programme: str) -> dict[str, Paragraph]:
    from p3c_qual.realist.judging.completeness import CLASSES, count_completeness

    origin = Origin("table", source=CONFIGURATIONS.format(programme))
    if not configurations:
        return {"Configurations": Paragraph((Run("none with an element here", origin),))}
    counts = count_completeness(configurations)
    kinds = "; ".join(f"{counts[kind]} {label}" for kind, label in CLASSES.items() if counts[kind])
    called = "; ".join(each.label or each.key for each in configurations)
    rows = {
        "Configurations": Paragraph(
            (
                Run(f"{len(configurations)} that stand, with an element here ({kinds}): ", origin),
                Run(called, origin),
            )
        )
    }
    against = [each for c in configurations for each in c.evidence if each.role == "contradicts"]
    open_ = sum(not each.resolution for each in against)
    if against:
        held = sum(any(e.role == "contradicts" for e in c.evidence) for c in configurations)
        text = (
            f"{plural(len(against), 'passage')} against {held} of "
            f"{plural(len(configurations), 'configuration')}; {open_} of them not yet decided"
        )
        rows["Contradictions"] = Paragraph((Run(text, origin),))
    return rows


def _cells(table: pd.DataFrame | None, code: str) -> list[tuple[str, int | None, int]]:
    """Return stakeholder types with how many spoke of a code (None: not asked) and of how many."""
    import pandas as pd

    if table is None:
        return []
    sizes: dict[str, int] = table.attrs.get("denominators") or {}
    row: Any = next(r for r in table.to_dict("records") if r["code"] == code)
    return [
        (str(name), None if pd.isna(value) else int(value), int(sizes.get(str(name), 0)))
        for name, value in row.items()
        if name not in {"code", "total"}
    ]


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
