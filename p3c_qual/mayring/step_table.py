"""The steps of research questions: what is closed, where one is, which rules each step has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from p3c_qual.mayring.question import read_question, read_questions
from p3c_qual.mayring.steps import lacks
from p3c_qual.mayring.techniques import RULES, rules_of

if TYPE_CHECKING:
    import pandas as pd
    from sqlalchemy import Connection

    from p3c_qual.mayring.question import Question
    from p3c_qual.opened import Opened

__all__ = ["table_steps"]

#: the rules that each step of a summarising goes by
_STAGES = {"paraphrase": "Z1", "generalise": "Z2", "reduce": "Z3", "bundle": "Z4"}
_HEADINGS = {
    "question": "Question",
    "technique": "Technique",
    "no": "Step",
    "title": "Title",
    "does": "What is done",
    "state": "State",
    "missing": "Missing to close it",
    "rules": "Rules",
}


def table_steps(study: Opened, question: str = "") -> pd.DataFrame:
    """Tabulate the steps of a research question, or of all of them.

    Parameters
    ----------
    study : Study
    question : str
        Key or row id; by default all questions, in the order in which they were asked.

    Returns
    -------
    DataFrame
        ``question`` (key), ``technique`` (label), ``no`` (int, from 1), ``title``, ``does``,
        ``state`` (``closed``, ``here`` or ``to come``), ``missing`` (what is missing to close the
        step one is in), ``rules`` (str, a line a rule of the summarising). ``attrs``:
        ``caption``, ``unit``, ``denominators``, ``headings``.

    Raises
    ------
    P3CError
        If there is no such question.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> table_steps(study).attrs["denominators"]
    {'questions': 0, 'steps': 0, 'closed': 0}
    """
    import pandas as pd

    with study.store.read() as connection:
        asked = [read_question(connection, question)] if question else read_questions(connection)
        rows = [row for each in asked for row in _rows(connection, each)]
    frame = pd.DataFrame(rows, columns=list(_HEADINGS)).astype({"no": "int64"})
    frame.attrs = {
        "caption": "Research questions and their steps",
        "unit": "steps",
        "denominators": {
            "questions": len(asked),
            "steps": len(rows),
            "closed": sum(row["state"] == "closed" for row in rows),
        },
        "headings": dict(_HEADINGS),
        "shown": [name for name in _HEADINGS if name != "rules"],
        "once": ["question", "technique"],
        "under": ["rules"],
    }
    return frame


def _rows(connection: Connection, asked: Question) -> list[dict[str, Any]]:
    at = asked.how.order.index(asked.step)
    missing = " ".join(str(problem) for problem in lacks(connection, asked))
    rows = []
    for number, step in enumerate(asked.how.steps):
        rules = rules_of(_STAGES[step.key]) if step.key in _STAGES else ()
        rows.append(
            {
                "question": asked.key,
                "technique": asked.how.label,
                "no": number + 1,
                "title": step.title,
                "does": step.does,
                "state": "closed" if number < at else "here" if number == at else "to come",
                "missing": missing if number == at else "",
                "rules": "\n".join(f"{name} {RULES[name].title}" for name in rules),
            }
        )
    return rows
