"""What the appendix on the content analysis shows of one research question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from p3c_qual.errors import P3CError
from p3c_qual.mayring.about import NOT_RECORDED
from p3c_qual.mayring.kinds import make_table
from p3c_qual.report.blocks import Cell, Column, Figure, Origin, Paragraph, Run, Table
from p3c_qual.report.model import Section
from p3c_qual.report.records import plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from p3c_qual.mayring.history import Moved
    from p3c_qual.mayring.question import Question
    from p3c_qual.report.blocks import Block
    from p3c_qual.study import Study

__all__ = [
    "agenda",
    "codebook_said",
    "duty",
    "pilot",
    "results",
    "steps",
    "summarising",
    "units",
]

_UNITS = (
    ("coding_unit", "Coding unit", "the smallest piece that may be coded"),
    ("context_unit", "Context unit", "the largest piece that may inform one coding"),
    ("recording_unit", "Recording unit", "what is confronted with one category system at a time"),
)
_HOW = {
    "asked": "asked",
    "closed": "closed “{step}”",
    "returned": "went back to “{step}”",
    "undone": "took a step back, to “{step}”",
}


def units(question: Question) -> Table:
    """Return the block on the content-analytical units."""
    rows = tuple(
        (Cell(label), Cell(getattr(question, name) or NOT_RECORDED), Cell(meaning))
        for name, label, meaning in _UNITS
    )
    return Table(
        key=f"table_units_{question.key}",
        caption="Content-analytical units, as declared",
        columns=(Column("Unit"), Column("Declared"), Column("Meaning")),
        rows=rows,
        origin=Origin("study", source=f"question {question.key}"),
    )


def steps(question: Question, moved: Sequence[Moved]) -> Block:
    """Return when each step was closed or gone back to, by whom and why."""
    rows = tuple(
        (
            Cell(each.at),
            Cell(each.actor),
            Cell(_HOW[each.how].format(step=each.step)),
            Cell(each.reason or ("" if each.how != "returned" else NOT_RECORDED)),
        )
        for each in moved
    )
    if not rows:
        return _say(f"Steps closed: {NOT_RECORDED}.")
    return Table(
        key=f"table_steps_{question.key}",
        caption="Steps, as the journal has them",
        columns=(Column("When", "short"), Column("Who", "short"), Column("What"), Column("Reason")),
        rows=rows,
        origin=Origin("study", source=f"question {question.key}"),
    )


def codebook_said(study: Study, codebook: str) -> str:
    """Return a codebook with its version, and which versions were frozen."""
    if not codebook:
        return ""
    from p3c_qual.codebook.editions import list_editions

    book = study.codebook(codebook)
    kept = [
        f"{row['version']} ({row['at'][:10]}, {row['coder'] or NOT_RECORDED})"
        for row in list_editions(study, codebook).to_dict("records")
    ]
    frozen = f"frozen: {', '.join(kept)}" if kept else "no version frozen"
    version = f"version {book.version}" if book.version else "version not recorded"
    return f"{codebook}, {version}, {book.status or 'status not recorded'}; {frozen}"


def pilot(study: Study, question: Question) -> list[Block]:
    """Return the reviews of the pilot, with both shares and the decision."""
    if "pilot" not in question.how.order:
        return []
    reviews = make_table(study, "pilot", question=question.key)
    if reviews.empty:
        return [_say(f"Pilot review: {NOT_RECORDED}.")]
    rows = tuple(
        (
            Cell(str(row["no"])),
            Cell(_share(row["units"], row["units_of"])),
            Cell(_share(row["characters"], row["characters_of"])),
            Cell(row["decision"] + (", after more than 50 %" if row["late"] else "")),
            Cell(_versions(row)),
            Cell(row["reason"] or NOT_RECORDED),
            Cell(row["coder"] or NOT_RECORDED),
        )
        for row in reviews.to_dict("records")
    )
    columns = (
        *(Column("No."), Column("Recording units"), Column("Characters"), Column("Decision")),
        *(Column("Codebook", "short"), Column("Reason"), Column("Who", "short")),
    )
    return [
        Table(
            key=f"table_pilot_{question.key}",
            caption="Pilot reviews: what had been worked through, and what was decided",
            columns=columns,
            rows=rows,
            origin=Origin("table", source=f"mayring.table_reviews(question={question.key!r})"),
            notes=("Characters without the interviewer’s turns.",),
        )
    ]


def _share(part: int, of: int) -> str:
    return f"{part:,} of {of:,} ({part / of:.0%})" if of else NOT_RECORDED


def _versions(row: Any) -> str:
    before, after = row["version_before"], row["version_after"]
    return f"{before} → {after}" if after and after != before else before or NOT_RECORDED


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
    from p3c_qual.mayring.funnel import draw_funnel

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


_RESULTS = {"theme": "matrix", "scaling": "ratings", "type": "types", "inductive": "emergence"}


def results(study: Study, question: Question) -> list[Block]:
    """Say what the other techniques came to, as far as it is recorded."""
    kind = _RESULTS.get(question.technique)
    if kind is None:
        return []
    try:
        table = make_table(study, kind, question=question.key)
    except P3CError:
        # without a codebook there is no matrix yet, and that is said above
        return []
    said = str(table.attrs["caption"])
    if kind == "emergence":
        codings = int(table["units"].sum()) if len(table) else 0
        formed = plural(len(table), "category", "categories")
        said = f"{formed} formed, from {plural(codings, 'coding')} of the question"
    elif kind == "types":
        said = said if len(table) else f"Types: {NOT_RECORDED}"
    origin = Origin("table", source=f"mayring.make_table({kind!r}, question={question.key!r})")
    return [Paragraph((Run(said.rstrip(".") + ".", origin),))]


def duty(study: Study, codebook: str) -> list[Block]:
    """Say how many codings have to be looked at again, since their code has changed."""
    table = make_table(study, "duty", codebook=codebook)
    count = int(table["codings"].sum()) if len(table) else 0
    names = ", ".join(dict.fromkeys(table["label"])) if len(table) else ""
    said = f"{count} of codes changed since ({names})" if count else "none"
    return [_say(f"Codings of {codebook} still to be looked at again: {said}.")]


def agenda(study: Study, codebook: str) -> Section:
    """Return the coding agenda of a codebook, without the words of those who refused."""
    from p3c_qual.report.method_passages import agenda_without_refused

    table = agenda_without_refused(study, codebook)
    rows = []
    name = ""
    for row in table.to_dict("records"):
        # a level stands below its category, without the category's name once more
        said = str(row["category"] or row["code"])
        name = name if row["level"] else said
        path = [*name.split(" > "), *([said.removeprefix(f"{name}: ")] if row["level"] else [])]
        more = (row["definition"], row["anchors"], row["rule"])
        head = Cell(path[-1], depth=min(len(path) - 1, 2))
        rows.append((head, *(Cell(each or NOT_RECORDED) for each in more)))
    version = f", version {table.attrs['version']}" if table.attrs["version"] else ""
    made = Table(
        key=f"table_agenda_{codebook}",
        caption=f"Coding agenda of {codebook}{version}",
        columns=(
            *(Column("Category"), Column("Definition"), Column("Anchor examples")),
            Column("Coding rule"),
        ),
        rows=tuple(rows),
        origin=Origin("table", source=f"codebook.table_agenda(codebook={codebook!r})"),
    )
    return Section(f"agenda-{codebook}", "", f"Coding agenda: {codebook}", 2, (made,))


def _say(text: str) -> Paragraph:
    return Paragraph((Run(text, Origin("study")),))
