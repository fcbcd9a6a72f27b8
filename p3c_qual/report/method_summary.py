"""What the appendix on the content analysis shows of a summarising."""

from __future__ import annotations

from typing import TYPE_CHECKING

from p3c_qual.analysis.asked_table import make_table
from p3c_qual.mayring.about import NOT_RECORDED
from p3c_qual.report.blocks import Cell, Column, Figure, Origin, Paragraph, Run, Table

if TYPE_CHECKING:
    import pandas as pd

    from p3c_qual.mayring.question import Question
    from p3c_qual.report.blocks import Block
    from p3c_qual.study import Study

__all__ = ["summarising"]


def summarising(study: Study, question: Question) -> list[Block]:
    """Return funnel, category system, what was left over and the back-check."""
    if question.technique != "summarising":
        return []
    funnel = make_table(study, "funnel", question=question.key)
    blocks: list[Block] = [_funnel(funnel, question)]
    categories = make_table(study, "categories", question=question.key)
    if len(categories):
        blocks.append(_categories(categories, question))
    left = categories.attrs["left_over"]
    said = "; ".join(
        f"no. {each['no']}, “{each['generalisation']}” ({each['reason']})" for each in left
    )
    blocks.append(_say(f"Left over, in no category: {said or 'nothing'}."))
    checks = make_table(study, "back-check", question=question.key)
    samples = checks.attrs["notes"]
    blocks.append(_say(f"Back-check. {' '.join(samples) or NOT_RECORDED.capitalize() + '.'}"))
    missed = checks[checks["verdict"].isin(["partly", "no"])]
    if len(missed):
        blocks.append(_missed(missed, question))
    return blocks


def _funnel(table: pd.DataFrame, question: Question) -> Figure:
    from p3c_qual.analysis.canvas import figure_bytes
    from p3c_qual.mayring.summarising.funnel import draw_funnel

    png, svg = figure_bytes(draw_funnel(table, caption=False))
    stages = table[table["kind"] == "stage"].to_dict("records")
    shown = "; ".join(f"{row['what']} {row['n']:,}" for row in stages)
    return Figure(
        key=f"figure_funnel_{question.key}",
        caption=f"Reduction of the material. Unit: {table.attrs['unit']}. "
        f"{table.attrs['conservation']}.",
        alt=f"Reduction funnel. {shown}. {table.attrs['conservation']}.",
        png=png,
        svg=svg,
        origin=Origin("table", source=f"mayring.table_funnel(question={question.key!r})"),
    )


def _categories(table: pd.DataFrame, question: Question) -> Table:
    rows = tuple(
        (
            Cell(row["category"], depth=row["depth"] - 1),
            Cell(row["units"]),
            Cell(row["repeated"]),
            Cell(row["cases"]),
            Cell(row["first_place"]),
        )
        for row in table.to_dict("records")
    )
    of = table.attrs["denominators"]
    columns = (
        *(Column("Category"), Column("Units", "number"), Column("Said again", "number")),
        *(Column("Cases", "number"), Column("First place", "short")),
    )
    return Table(
        key=f"table_categories_{question.key}",
        caption="Category system",
        columns=columns,
        rows=rows,
        origin=Origin("table", source=f"mayring.table_categories(question={question.key!r})"),
        unit="coding units in a category or in one below it; cases are recording units",
        denominators=(
            ("Units", of["units in categories"]),
            ("Cases", of["recording units"]),
        ),
        notes=("Said again: units deleted by Z3.1 that say the same as one of these.",),
    )


def _missed(table: pd.DataFrame, question: Question) -> Table:
    rows = tuple(
        (
            Cell(f"{row['no']}"),
            Cell(row["place"]),
            Cell(row["paraphrase"]),
            Cell(row["verdict"]),
            Cell(row["remark"] or NOT_RECORDED),
        )
        for row in table.to_dict("records")
    )
    columns = (
        *(Column("No."), Column("Place", "short"), Column("Paraphrase")),
        *(Column("Represented", "short"), Column("Remark")),
    )
    return Table(
        key=f"table_back_check_{question.key}",
        caption="Units of the back-check that are not, or only partly, represented",
        columns=columns,
        rows=rows,
        origin=Origin("table", source=f"mayring.table_back_check(question={question.key!r})"),
    )


def _say(text: str) -> Paragraph:
    return Paragraph((Run(text, Origin("study")),))
