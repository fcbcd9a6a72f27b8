"""Research questions: what is asked of which material, with which technique and units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.analysis.order import by_code_point
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.mayring.techniques import (
    CODING_UNITS,
    CONTEXT_UNITS,
    FIELDS,
    RECORDING_UNITS,
    TECHNIQUES,
    Technique,
)
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    import pandas as pd
    from sqlalchemy import Connection

    from p3c_qual.opened import Opened

__all__ = [
    "FIELDS",
    "UNITS",
    "Question",
    "list_questions",
    "material_of",
    "question_of",
    "read_question",
    "read_questions",
]

UNITS = {
    "coding_unit": CODING_UNITS,
    "context_unit": CONTEXT_UNITS,
    "recording_unit": RECORDING_UNITS,
}


@dataclass(frozen=True)
class Question:
    """A research question with its technique, its units and the step it is in.

    Attributes
    ----------
    id, key, label : str
    technique : str
        One of `p3c_qual.mayring.techniques.TECHNIQUES`.
    theory, criterion, abstraction : str
        Background, selection criterion and level of abstraction.
    coding_unit, context_unit, recording_unit : str
        Mayring's content-analytical units; empty until declared.
    material : tuple of str or None
        Ids of sources in the order of processing; None for all that can be coded.
    codebook : str or None
        Row id of the bound codebook.
    step : str
        Key of the step it is in, ``done`` behind the last.
    """

    id: str
    key: str
    label: str
    technique: str
    theory: str = ""
    criterion: str = ""
    abstraction: str = ""
    coding_unit: str = ""
    context_unit: str = ""
    recording_unit: str = ""
    material: tuple[str, ...] | None = None
    codebook: str | None = None
    step: str = "define"

    @property
    def how(self) -> Technique:
        """The technique."""
        return TECHNIQUES[self.technique]

    @property
    def unwritten(self) -> tuple[str, ...]:
        """The fields that have to be written before anything is coded under it."""
        return tuple(name for name in self.how.needs if not getattr(self, name).strip())

    def behind(self, step: str) -> bool:
        """Say whether a step is closed."""
        order = self.how.order
        return step in order and order.index(step) < order.index(self.step)


def question_of(row: Any) -> Question:
    """Return the question that a row of the table holds."""
    technique = row["technique"] if row["technique"] in TECHNIQUES else "inductive"
    step = row["step"] if row["step"] in TECHNIQUES[technique].order else "define"
    said = {name: row[name] or "" for name in FIELDS}
    return Question(
        id=row["id"],
        key=row["key"],
        technique=technique,
        material=None if row["material"] is None else tuple(row["material"]),
        codebook=row["codebook"],
        step=step,
        **{**said, "label": said["label"] or row["key"]},
    )


def read_questions(connection: Connection) -> list[Question]:
    """Return all research questions, in the order in which they were asked."""
    table = ROWS["question"]
    rows = connection.execute(select(table).order_by(table.c.id)).mappings()
    return [question_of(row) for row in rows]


def read_question(connection: Connection, name: str) -> Question:
    """Return one research question by its key or its row id.

    Raises
    ------
    P3CError
        If there is none; the nearest key is named.
    """
    table = ROWS["question"]
    wanted = select(table).where((table.c.id == name) | (table.c.key == name))
    row = connection.execute(wanted).mappings().first()
    if row is not None:
        return question_of(row)
    valid = tuple(sorted(connection.scalars(select(table.c.key))))
    do = "" if valid else "Ask one first."
    raise P3CError(
        Problem(f"there is no research question {name!r}", "", valid, nearest(name, valid), do)
    )


def material_of(connection: Connection, question: Question) -> list[Any]:
    """Return the sources of a question in the order of processing.

    Returns
    -------
    list of row
        With ``id``, ``key``, ``title``, ``kind``, ``programme`` (row id), ``date``, ``text`` (row
        id of the text) and ``length`` in code points. A source without a text, and a translation
        that nobody named, are not among them.
    """
    src, text = ROWS["source"], ROWS["text"]
    columns = (src.c.id, src.c.key, src.c.title, src.c.kind, src.c.programme, src.c.date)
    wanted = select(*columns, text.c.id.label("text"), text.c.length).join(
        text, text.c.id == src.c.text
    )
    if question.material is None:
        wanted = wanted.where(src.c.translation_of.is_(None))
        return list(connection.execute(wanted.order_by(by_code_point(connection, src.c.key))))
    there = {row.id: row for row in connection.execute(wanted)}
    return [there[name] for name in question.material if name in there]


def list_questions(study: Opened) -> pd.DataFrame:
    """List the research questions in the order in which they were asked.

    Parameters
    ----------
    study : Study

    Returns
    -------
    DataFrame
        ``question`` (its key), ``label``, ``technique``, ``step``, ``codebook`` (key or empty),
        ``coding_unit``, ``context_unit``, ``recording_unit`` (str), ``sources`` (int, of the
        material), ``missing`` (str, what is missing to close the step).
    """
    import pandas as pd

    from p3c_qual.mayring.steps import lacks

    book = ROWS["codebook"]
    with study.store.read() as connection:
        books = dict(connection.execute(select(book.c.id, book.c.key)).all())
        rows = [
            {
                "question": each.key,
                "label": each.label,
                "technique": each.technique,
                "step": each.step,
                "codebook": books.get(each.codebook, ""),
                **{name: getattr(each, name) for name in UNITS},
                "sources": len(material_of(connection, each)),
                "missing": " ".join(str(problem) for problem in lacks(connection, each)),
            }
            for each in read_questions(connection)
        ]
    columns = ["question", "label", "technique", "step", "codebook", *UNITS, "sources", "missing"]
    return pd.DataFrame(rows, columns=columns)
