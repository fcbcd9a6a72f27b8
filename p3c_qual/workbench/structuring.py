"""The framework matrix, types and outlines as they go over the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from p3c_qual.mayring.question import read_question, read_questions
from p3c_qual.mayring.structuring.matrix_table import matrix_cells
from p3c_qual.mayring.structuring.outline import table_outline
from p3c_qual.mayring.structuring.typology import members_of, types_of
from p3c_qual.mayring.structuring.typology_table import case_table
from p3c_qual.store.schema import ROWS
from p3c_qual.workbench import wire_structuring as wire
from p3c_qual.workbench.sight import sight_of
from p3c_qual.workbench.state import last_event

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from p3c_qual.mayring.structuring.cases import Case
    from p3c_qual.mayring.structuring.passages import Chart
    from p3c_qual.study import Study

__all__ = ["case_row", "cell_state", "matrix_state", "outline_state", "type_state"]

#: characters of a turn that tell which one it is
_BEGINS = 160


def case_row(case: Case) -> wire.CaseRow:
    """Return a case."""
    return wire.CaseRow(
        case.id,
        case.about,
        case.key,
        case.label,
        case.programme,
        case.site,
        list(case.stakeholder_types),
        list(case.sources),
    )


def matrix_state(study: Study, name: str, *, depth: int, others: bool) -> wire.MatrixState:
    """Return the matrix of a question.

    Parameters
    ----------
    study : Study
    name : str
        Key or row id of the question.
    depth : int
    others : bool
        Whether passages that others coded are counted for the asker.
    """
    with study.store.read() as connection:
        question = read_question(connection, name)
        chart, cells = matrix_cells(connection, question, depth=max(depth, 1))
        sight = sight_of(study, connection, others=others)
        coders = _keys(connection, "coder")
        nodes = chart.tree.nodes
        depths = _depths(chart)
        rows = []
        hidden = False
        for cell in cells:
            there = chart.under(cell["case"], cell["code"])
            seen = sum(sight.owns(each.coder) for each in there)
            hidden = hidden or seen < len(there)
            rows.append(_cell(cell, coders, seen))
        return wire.MatrixState(
            question.id,
            depth,
            max(depths.values(), default=1),
            [case_row(case) for case in chart.cases],
            [
                wire.ThemeRow(code, nodes[code].key, nodes[code].label, depths[code])
                for code in chart.columns(max(depth, 1))
            ],
            rows,
            chart.set.caption,
            hidden,
            last_event(connection),
        )


def _depths(chart: Chart) -> dict[str, int]:
    found: dict[str, int] = {}
    for code in chart.tree.below(None):
        above = chart.tree.parent(code)
        found[code] = found.get(above or "", 0) + 1
    return found


def _keys(connection: Any, table: str) -> dict[str, str]:
    rows = ROWS[table]
    return dict(connection.execute(select(rows.c.id, rows.c.key)).all())


def _cell(cell: Mapping[str, Any], coders: Mapping[str, str], passages: int) -> wire.CellRow:
    return wire.CellRow(
        cell["case"],
        cell["code"],
        cell["text"],
        cell["refs"],
        cell["lost"],
        cell["status"],
        cell["stale"],
        passages,
        cell["why_empty"],
        coders.get(cell["coder"] or "", ""),
    )


def cell_state(study: Study, name: str, case: str, code: str, *, others: bool) -> wire.CellState:
    """Return one cell with the passages it can rest on.

    Parameters
    ----------
    study : Study
    name, case, code : str
        Keys or row ids.
    others : bool
        Whether passages that others coded are shown.
    """
    from p3c_qual.analysis.context import turns_around
    from p3c_qual.mayring.structuring.cells import cells_of
    from p3c_qual.mayring.structuring.passages import Chart
    from p3c_qual.mayring.structuring.passages import digest_of as digest

    with study.store.read() as connection:
        question = read_question(connection, name)
        chart = Chart(connection, question, only={case})
        place = chart.place(case, code)
        there = chart.under(*place)
        row = cells_of(connection, question).get(place)
        sight = sight_of(study, connection, others=others)
        shown = [each for each in there if sight.owns(each.coder)]
        spots = [(each.key, each.start, each.end) for each in shown]
        around = turns_around(study, connection, spots)
        ids = {each.id for each in there}
        refs = list(row["refs"] or ()) if row else []
        kept = [ref for ref in refs if ref in ids]
        mine = next(each for each in chart.cases if each.id == place[0])
        cell = {
            "case": place[0],
            "code": place[1],
            "text": row["text"] if row else "",
            "refs": kept,
            "lost": len(refs) - len(kept),
            "status": row["status"] if row else "empty",
            "stale": row is not None and row["seen"] != digest(there),
            "why_empty": "" if there else chart.empty(mine, place[1]),
            "coder": row["coder"] if row else None,
        }
        return wire.CellState(
            _cell(cell, _keys(connection, "coder"), len(shown)),
            [
                wire.PassageRow(
                    each.id,
                    each.source,
                    each.key,
                    each.start,
                    each.end,
                    each.quote,
                    chart.tree.nodes[each.code].label,
                    before,
                    each.unsure,
                )
                for each, (_, before) in zip(shown, around, strict=True)
            ],
            last_event(connection),
        )


def type_state(study: Study, name: str, *, of: str, others: bool) -> wire.TypeState:
    """Return the typology of a question, and the cases beside what is known of them.

    Parameters
    ----------
    study : Study
    name : str
        Key or row id of the question.
    of : str
        Key of the question whose ratings or codings are shown; empty for the first that fits.
    others : bool
        Whether the ratings and codings of others are shown.
    """
    with study.store.read() as connection:
        question = read_question(connection, name)
        found = case_table(connection, question, of=of, coder=None if others else study.coder or "")
        members = members_of(connection, question)
        cases = []
        for case in found.cases:
            row = members.get(case.id)
            cases.append(
                wire.TypedCase(
                    case_row(case),
                    row["id"] if row else "",
                    row["casetype"] if row else "",
                    bool(row["prototype"]) if row else False,
                    (row["reason"] or "") if row else "",
                    found.values[case.id],
                )
            )
        return wire.TypeState(
            question.id,
            question.criterion,
            [
                wire.TypeRow(row["id"], row["label"], row["found_by"], row["description"] or "")
                for row in types_of(connection, question)
            ],
            cases,
            [wire.TypeColumn(key, label) for key, label in found.columns],
            found.unit,
            found.of,
            [
                wire.TypeColumn(each.key, each.label)
                for each in read_questions(connection)
                if each.codebook is not None
            ],
            last_event(connection),
        )


def outline_state(study: Study, source: str, question: str, *, others: bool) -> wire.OutlineState:
    """Return the outline of a source.

    Parameters
    ----------
    study : Study
    source, question : str
        Keys or row ids; without a question no codes are shown.
    others : bool
        Whether the codes that others gave are shown.
    """
    from p3c_qual.coding.spots import Spots

    with study.store.read() as connection:
        sight = sight_of(study, connection, others=others)
    # who has coded nothing yet sees no codes
    asked = question if others or sight.mine else ""
    coder = None if others else sight.me
    frame = table_outline(study, source, question=asked or None, coder=coder)
    with study.store.read() as connection:
        spots = Spots(connection, [source])
        row = spots.source(source)
        body = spots.body(source)
    return wire.OutlineState(
        str(row),
        frame.attrs["part"],
        frame.attrs["words"],
        frame.attrs["questions"],
        frame.attrs["mean_words"],
        [
            wire.OutlineRow(
                no=each["no"],
                label=each["label"],
                speaker=each["speaker"],
                role=each["role"],
                start=each["start"],
                end=each["end"],
                words=each["words"],
                sentences=each["sentences"],
                questions=each["questions"],
                share=each["share"],
                codes=[code for code in each["codes"].split(";") if code],
                begins=" ".join(
                    body[each["start"] : min(each["end"], each["start"] + _BEGINS)].split()
                ),
            )
            for each in frame.to_dict("records")
        ],
        [
            wire.SpeakerRow(who, each["turns"], each["words"], each["share"], each["mean_words"])
            for who, each in frame.attrs["speakers"].items()
        ],
    )
