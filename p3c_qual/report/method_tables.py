"""What the appendix on the content analysis shows of one research question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from p3c_qual.analysis.asked_table import make_table
from p3c_qual.errors import P3CError
from p3c_qual.mayring.about import NOT_RECORDED
from p3c_qual.report.blocks import Cell, Column, Origin, Paragraph, Run, Table
from p3c_qual.report.model import Section
from p3c_qual.report.records import plural

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

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


def units(question: Question) -> list[tuple[str, str]]:
    """Return the content-analytical units as they were declared, with what each is."""
    return [
        (label, f"{getattr(question, name) or NOT_RECORDED} ({meaning})")
        for name, label, meaning in _UNITS
    ]


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
    columns = (Column("When", "short"), Column("Who", "short"), Column("What"), Column("Reason"))
    told = 4 if any(row[3].value for row in rows) else 3
    return Table(
        key=f"table_steps_{question.key}",
        caption="Steps, as the journal has them",
        columns=columns[:told],
        rows=tuple(row[:told] for row in rows),
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
    origin = Origin("table", source=f"make_table({kind!r}, question={question.key!r})")
    found: list[Block] = [Paragraph((Run(said.rstrip(".") + ".", origin),))]
    if kind == "emergence" and len(table):
        found.append(_saturation(study, question))
    return found


def _saturation(study: Study, question: Question) -> Paragraph:
    """Say after which interview saturation was met, or why that cannot be told."""
    table = make_table(study, "saturation", question=question.key)
    why = table.attrs["not_assessable"].get("all", "")
    met = table.attrs["met"].get("all", "")
    said = why or met or "not met"
    text = f"Saturation: {said.rstrip('.')}. {str(table.attrs['caption']).rstrip('.')}."
    source = f"mayring.table_saturation(what={question.key!r})"
    return Paragraph((Run(text, Origin("table", source=source)),))


def duty(study: Study, codebook: str) -> list[Block]:
    """Say how many codings have to be looked at again, since their code has changed."""
    table = make_table(study, "duty", codebook=codebook)
    count = int(table["codings"].sum()) if len(table) else 0
    names = ", ".join(dict.fromkeys(table["label"])) if len(table) else ""
    said = f"{count} of codes changed since ({names})" if count else "none"
    return [_say(f"Codings of {codebook} still to be looked at again: {said}.")]


def agenda(study: Study, codebook: str, given: Collection[str] | None = None) -> Section:
    """Return the coding agenda of a codebook, without the words of those who refused.

    Parameters
    ----------
    study : Study
    codebook : str
        Key.
    given : collection of str, optional
        Only these codes, with the categories above them; by default all.
    """
    from p3c_qual.report.method_passages import agenda_without_refused

    table = agenda_without_refused(study, codebook)
    notes: tuple[str, ...] = ()
    title = f"Coding agenda: {codebook}"
    if given is not None:
        table, left = _only(table, given)
        if table.empty:
            none = _say("No category of this codebook was given in a source of this programme.")
            return Section(f"agenda-{codebook}", "", title, 2, (none,))
        if left:
            verb = "was" if left == 1 else "were"
            said = f"{plural(left, 'category', 'categories')} of the codebook {verb} given in no "
            notes = (f"{said}source of this programme, and not printed.",)
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
        notes=notes,
    )
    return Section(f"agenda-{codebook}", "", title, 2, (made,))


def _only(table: pd.DataFrame, given: Collection[str]) -> tuple[pd.DataFrame, int]:
    """Return the rows of some codes and of those above them, and how many codes are left out."""
    mine = table["code"].isin(list(given))
    paths = [str(name).split(" > ") for name in table.loc[mine, "category"]]
    above = {" > ".join(path[:n]) for path in paths for n in range(1, len(path))}
    kept = table[mine | table["category"].isin(above)]
    kept.attrs = table.attrs
    return kept, table["code"].nunique() - kept["code"].nunique()


def _say(text: str) -> Paragraph:
    return Paragraph((Run(text, Origin("study")),))
