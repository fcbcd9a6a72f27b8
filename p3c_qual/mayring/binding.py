"""Which codebook answers a research question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.coding.reading import record_readings
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from p3c_qual.mayring.question import Question
    from p3c_qual.store.act import Act

__all__ = ["bind", "find_codebook"]


def find_codebook(connection: Connection, name: str, problems: list[Problem]) -> str | None:
    """Return the row id of a codebook by its key or id."""
    book = ROWS["codebook"]
    rows = connection.execute(select(book.c.id, book.c.key)).all()
    for row in rows:
        if name in {row.id, row.key}:
            return str(row.id)
    keys = tuple(sorted(row.key for row in rows))
    problems.append(Problem(f"the study has no codebook {name!r}", "", keys, nearest(name, keys)))
    return None


def bind(act: Act, question: Question, codebook: str | None) -> None:
    """Bind a codebook to a question, or none.

    Where the question forms its categories itself, codings made with the codebook before become
    codings under the question, and count as worked through for it.

    Raises
    ------
    P3CError
        If the technique works without a codebook, or another question forms its categories in
        this one.
    """
    if codebook is None:
        act.update("question", {question.id: {"codebook": None}})
        return
    if not question.how.categories:
        what = f"{question.how.label.lower()} works without a codebook"
        raise P3CError(Problem(what, question.key, do="Leave the codebook out."))
    table = ROWS["question"]
    if question.technique == "inductive":
        taken = act.connection.scalar(
            select(table.c.key).where(
                table.c.codebook == codebook,
                table.c.technique == "inductive",
                table.c.id != question.id,
            )
        )
        if taken:
            what = f"the question {taken!r} forms its categories in this codebook"
            raise P3CError(Problem(what, question.key, do="Make a codebook of its own."))
    rows = _coded(act, codebook) if question.technique == "inductive" else []
    if rows and question.unwritten:
        what = f"{len(rows)} codings of this codebook would come under the question"
        do = "Write its selection criterion, level of abstraction and units first."
        raise P3CError(Problem(what, question.key, do=do, code="undefined"))
    if act.update("question", {question.id: {"codebook": codebook}}):
        _take_over(act, question, rows)


def _coded(act: Act, codebook: str) -> list[Any]:
    """Return the codings of a codebook that are under no question yet."""
    coding, code = ROWS["coding"], ROWS["code"]
    wanted = (
        select(coding.c.id, coding.c.source, coding.c.coder, coding.c.round)
        .add_columns(coding.c.start, coding.c.end)
        .join(code, code.c.id == coding.c.code)
        .where(code.c.codebook == codebook, coding.c.question == "")
    )
    return list(act.connection.execute(wanted))


def _take_over(act: Act, question: Question, rows: list[Any]) -> None:
    act.update("coding", {row.id: {"question": question.key} for row in rows})
    read: dict[tuple[str, str, str, str], list[tuple[int, int]]] = {}
    for row in rows:
        place = (row.source, row.coder, row.round, question.key)
        read.setdefault(place, []).append((row.start, row.end))
    if read:
        record_readings(act, read, done=None)
