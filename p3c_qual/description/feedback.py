"""The feedback log as sources, so that what people answered is coded and cited as anything else."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select

from p3c_qual.coding.spots import Spots
from p3c_qual.description.forms import find_form
from p3c_qual.description.naming import name_where
from p3c_qual.description.read import read_description
from p3c_qual.errors import P3CError, Problem
from p3c_qual.sources.incoming import Incoming
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from p3c_qual.description.model import Answer, Where
    from p3c_qual.study import Study

__all__ = ["source_of_feedback"]

_FORM = "feedback"
#: what a source says of the line it was made of
_OF = "feedback_record"


@dataclass(frozen=True, slots=True)
class _Occasion:
    """A line of the log as a text."""

    record: str
    date: str
    text: str


def source_of_feedback(study: Study, *, programme: str = "") -> list[str]:
    """Make sources of the feedback log of a programme; returns the keys of the new ones.

    Each line becomes a meeting note, ``feedback_PROGRAMME_DATE``. The text of a source is fixed: a
    line that was changed since becomes a further source, and one that was not is left alone.

    Parameters
    ----------
    study : Study
    programme : str
        Key or row id; without it the log of the study as a whole.

    Raises
    ------
    P3CError
        If there is no such programme, a line has no date or no words, or all lines are sources
        already.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> from p3c_qual.description import give_answer
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> for item, value in {"date": "2016-05-03", "answered": "It is longer than that."}.items():
    ...     _ = give_answer(study, "feedback", item, value, record="first")
    >>> source_of_feedback(study)
    ['feedback_study_2016-05-03']
    """
    with study.store.read() as connection:
        where = name_where(connection, programme=programme)
        lines = read_description(connection).answers_of(_FORM, where)
        table = ROWS["programme"]
        key = connection.scalar(select(table.c.key).where(table.c.id == where.programme))
    name = str(key) if key else "study"
    occasions = _occasions(lines)
    there = _there(study, where)
    new = [each for each in occasions if each.text not in there.get(each.record, ())]
    if not new:
        do = "Change a line of it, or add one." if occasions else "Fill in the form first."
        what = "every line is a source already" if occasions else "there is no feedback"
        raise P3CError(Problem(f"{what} in the feedback log of {name!r}", do=do, code="done"))
    with tempfile.TemporaryDirectory() as folder:
        taken = {str(each) for each in study.sources()["source"]}
        incoming = []
        for each in new:
            free = _free(f"feedback_{name}_{each.date}", taken)
            taken.add(free)
            file = Path(folder) / f"{free}.txt"
            file.write_text(each.text, encoding="utf-8")
            incoming.append(
                Incoming(
                    file=file,
                    id=free,
                    kind="meeting_note",
                    programme=str(key or ""),
                    date=each.date,
                    title=each.text.partition("\n")[0],
                    language=study.settings.language,
                    variables={_OF: each.record},
                )
            )
        study.add(incoming)
    return [each.id for each in incoming]


def _occasions(lines: Mapping[str, Mapping[str, Answer]]) -> list[_Occasion]:
    """Return the lines as texts, the first ones first."""
    problems = []
    found = []
    for record, given in lines.items():
        date = given["date"].value if "date" in given else ""
        said = [
            (item.label, given[item.id].value)
            for item in find_form(_FORM).items
            if item.id != "date" and item.id in given and given[item.id].value
        ]
        if not date:
            problems.append(Problem(f"the line {record!r} of the feedback log has no date"))
        if not said:
            problems.append(Problem(f"the line {record!r} of the feedback log has no words"))
        blocks = [f"Feedback of {date}", *(f"{label}: {words}" for label, words in said)]
        found.append(_Occasion(record, date, "\n\n".join(blocks) + "\n"))
    if problems:
        raise P3CError(problems)
    return sorted(found, key=lambda each: (each.date, each.record))


def _there(study: Study, where: Where) -> dict[str, list[str]]:
    """Return the texts of the sources that were made of the log, by line."""
    source = ROWS["source"]
    mine = source.c.programme.is_not_distinct_from(where.programme)
    wanted = select(source.c.id, source.c.variables).where(source.c.kind == "meeting_note", mine)
    with study.store.read() as connection:
        made = {
            row.id: str(row.variables[_OF])
            for row in connection.execute(wanted)
            if _OF in (row.variables or {})
        }
        spots = Spots(connection, made)
    found: dict[str, list[str]] = {}
    for name, record in made.items():
        found.setdefault(record, []).append(spots.body(name))
    return found


def _free(key: str, taken: set[str]) -> str:
    number, made = 1, key
    while made in taken:
        number += 1
        made = f"{key}_{number}"
    return made
