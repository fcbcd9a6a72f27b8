"""How much of a question's material was worked through, by recording units and by characters.

What was worked through is what readings say, and the spans of codings that count; what was
merely coded is no measure, since a text without a hit was read all the same. Interviewer's turns
are no part of either side.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.coding.apart import Apart, interviewer_turns
from p3c_qual.coding.wanted import MAIN
from p3c_qual.errors import Problem
from p3c_qual.mayring.categories.staleness import (
    coded_spans,
    codings_of,
    restarts,
    stale_codings,
)
from p3c_qual.mayring.question import material_of, read_question
from p3c_qual.store import payloads
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd
    from sqlalchemy import Connection

    from p3c_qual.mayring.question import Question
    from p3c_qual.opened import Opened

__all__ = [
    "Progress",
    "Share",
    "lacks_check",
    "lacks_final",
    "progress_of",
    "recording_units",
    "table_progress",
]

#: names that a sentence gives of a longer list
_NAMED = 5


@dataclass(frozen=True)
class Share:
    """A part of something, with both numbers.

    Examples
    --------
    >>> str(Share(3, 24)), Share(0, 0).value
    ('3 of 24 (12.5 %)', 0.0)
    """

    part: int
    of: int

    @property
    def value(self) -> float:
        """The share from 0 to 1; of nothing it is 0."""
        return self.part / self.of if self.of else 0.0

    @property
    def percent(self) -> str:
        """The share as people write it."""
        return f"{100 * self.value:.1f}".removesuffix(".0") + " %"

    def __str__(self) -> str:
        return f"{self.part:,} of {self.of:,} ({self.percent})"


@dataclass(frozen=True)
class Progress:
    """How far one coder is in a question's material, or all of them together.

    Attributes
    ----------
    coder : str
        Key; empty for all together.
    units, characters : Share
        Recording units all of whose sources are worked through, and characters.
    open_units : tuple of str
        Names of the recording units that are not worked through yet.
    """

    coder: str
    units: Share
    characters: Share
    open_units: tuple[str, ...] = field(default=(), compare=False)


def progress_of(connection: Connection, question: Question, *, round: str = MAIN) -> list[Progress]:
    """Return how far a question is: all coders together first, then each by key.

    A recording unit counts when all its sources in the material are marked as worked through, or
    read from end to end. Together, a character counts once whoever read it.

    Parameters
    ----------
    connection : Connection
    question : Question
    round : str
    """
    texts = _texts(connection, question)
    units = recording_units(connection, question, texts)
    anew = bool(restarts(connection, question))
    read = _readings(connection, question, round, set(texts), anew=anew)
    if anew:
        # a coding that was confirmed since was read again; any other is a reading's already
        for coder, source, start, end in coded_spans(connection, question, round=round):
            if source in texts:
                read[coder][source].append((start, end))
    keys = ROWS["coder"]
    names = dict(connection.execute(select(keys.c.id, keys.c.key)).all())
    together: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for spans in read.values():
        for source, some in spans.items():
            together[source] += some
    made = [_progress("", together, texts, units)]
    each = [_progress(names.get(coder, ""), read[coder], texts, units) for coder in read]
    return made + sorted(each, key=lambda one: one.coder)


def _progress(
    coder: str,
    read: dict[str, list[tuple[int, int]]],
    texts: dict[str, Apart],
    units: dict[str, list[str]],
) -> Progress:
    covered = {name: texts[name].covered(spans) for name, spans in read.items()}
    through = {name for name, count in covered.items() if count >= texts[name].of}
    still = [unit for unit, sources in units.items() if not through.issuperset(sources)]
    return Progress(
        coder,
        Share(len(units) - len(still), len(units)),
        Share(sum(covered.values()), sum(each.of for each in texts.values())),
        tuple(still),
    )


def recording_units(
    connection: Connection, question: Question, sources: Iterable[str]
) -> dict[str, list[str]]:
    """Return the recording units in the order of processing, each with its sources (row ids).

    A source in which nobody is named, or which belongs to no programme, is a unit of its own.

    Parameters
    ----------
    connection : Connection
    question : Question
    sources : iterable of str
        Row ids in the order of processing.
    """
    wanted = list(sources)
    if question.recording_unit == "study":
        return {"the study": wanted} if wanted else {}
    src, part, person, place = (
        ROWS[name] for name in ("source", "participation", "interviewee", "programme")
    )
    keys = dict(connection.execute(select(src.c.id, src.c.key)).all())
    named: dict[str, list[str]] = defaultdict(list)
    if question.recording_unit == "interviewee":
        found = select(part.c.source, person.c.key).join(person, person.c.id == part.c.interviewee)
        for source, key in connection.execute(found.order_by(part.c.position, part.c.id)):
            named[source].append(key)
    elif question.recording_unit == "programme":
        found = select(src.c.id, place.c.key).join(place, place.c.id == src.c.programme)
        for source, key in connection.execute(found):
            named[source].append(key)
    units: dict[str, list[str]] = defaultdict(list)
    for source in wanted:
        for key in dict.fromkeys(named.get(source) or [keys.get(source, source)]):
            units[key].append(source)
    return dict(units)


def _texts(connection: Connection, question: Question) -> dict[str, Apart]:
    """Return the texts of the material in their order; one with nothing to code is left out."""
    rows = material_of(connection, question)
    text = ROWS["text"]
    parts: dict[str, str | None] = {}
    for run in payloads.chunks([row.text for row in rows], 500):
        found = select(text.c.id, text.c.parts).where(text.c.id.in_(run))
        parts.update(connection.execute(found).all())
    asked = interviewer_turns(connection, [name for name in parts.values() if name])
    made = {
        row.id: Apart(row.length or 0, asked.get(parts.get(row.text) or "", ())) for row in rows
    }
    return {name: each for name, each in made.items() if each.of > 0}


def _readings(
    connection: Connection, question: Question, round: str, sources: set[str], *, anew: bool
) -> dict[str, dict[str, list[tuple[int, int]]]]:
    """Return what readings say, by coder and source; a source that is done is read from end to end.

    A deductive question counts what was read for all questions at once, until a pilot is begun
    anew: from then on what counts has to be said of this question.
    """
    table, text, src = ROWS["reading"], ROWS["text"], ROWS["source"]
    at_once = question.how.direction == "deductive" and not anew
    names = [question.key, ""] if at_once else [question.key]
    wanted = (
        select(table.c.coder, table.c.source, table.c.done, table.c.ranges, text.c.length)
        .join(src, src.c.id == table.c.source)
        .join(text, text.c.id == src.c.text)
        .where(table.c.round == round, table.c.question.in_(names))
    )
    read: dict[str, dict[str, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
    for coder, source, done, ranges, length in connection.execute(wanted):
        if source in sources:
            some = [(0, length or 0)] if done else [(start, end) for start, end in ranges or ()]
            if some:
                read[coder][source] += some
    return read


def lacks_final(connection: Connection, question: Question) -> list[Problem]:
    """Return what is missing to close the final coding.

    All of the material worked through, no coding left that was made under an earlier version,
    and the codebook still as it was frozen.
    """
    problems = []
    (all_, *_) = progress_of(connection, question)
    if not all_.units.of:
        problems.append(Problem("the question has no material", question.key))
    elif all_.open_units:
        what = (
            f"{all_.units.part} of {all_.units.of} recording units are worked through; "
            f"open: {_list(all_.open_units)}"
        )
        do = "Read on, or mark as done what holds nothing to code."
        problems.append(Problem(what, question.key, do=do))
    if stale := stale_codings(connection, question):
        noun = "coding was" if len(stale) == 1 else "codings were"
        what = f"{len(stale)} {noun} made under an earlier version of the codebook"
        do = "Look at each again: code it anew, or confirm it."
        problems.append(Problem(what, question.key, do=do))
    book = ROWS["codebook"]
    status = connection.scalar(select(book.c.status).where(book.c.id == question.codebook))
    if status != "final":
        do = "Freeze it, or return to the pilot with a reason."
        what = "the codebook is not frozen" if question.codebook else "no codebook is bound"
        problems.append(Problem(what, question.key, do=do))
    return problems


def lacks_check(connection: Connection, question: Question) -> list[Problem]:
    """Return what is missing of the check of a question's codings: a second look at some of them.

    Another coder, or the same one in another round, has coded, rated or read one of its sources.
    """
    coding, rating = ROWS["coding"], ROWS["rating"]
    seen: dict[str, set[tuple[str, str]]] = defaultdict(set)
    columns = (coding.c.source, coding.c.coder, coding.c.round)
    for source, coder, turn in connection.execute(codings_of(question, *columns).distinct()):
        seen[source].add((coder, turn or MAIN))
    for source, coder, turn in connection.execute(
        select(rating.c.target, rating.c.coder, rating.c.round)
        .where(rating.c.question == question.id)
        .distinct()
    ):
        seen[source].add((coder, turn or MAIN))
    if any(len(looks) > 1 for looks in seen.values()):
        return []
    what = "nobody has coded a part of the material a second time"
    do = "Let another coder work through a source, or do so yourself in another round."
    return [Problem(what, question.key, do=do)]


def _list(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def table_progress(study: Opened, question: str, *, round: str = MAIN) -> pd.DataFrame:
    """Tabulate how far a question's material was worked through.

    Parameters
    ----------
    study : Study
    question : str
        Key or row id.
    round : str

    Returns
    -------
    DataFrame
        One row for all coders together, whose ``coder`` is empty, and one a coder: ``coder``
        (str), ``units``, ``units_of`` (int, recording units), ``units_share`` (float, 0 to 1),
        ``characters``, ``characters_of`` (int, without the interviewer's turns),
        ``characters_share`` (float), ``open`` (str, recording units not worked through).

    Raises
    ------
    P3CError
        If there is no such question.
    """
    import pandas as pd

    with study.store.read() as connection:
        asked = read_question(connection, question)
        rows = [_row(each) for each in progress_of(connection, asked, round=round)]
    frame = pd.DataFrame(rows)
    frame.attrs["unit"] = f"recording units ({asked.recording_unit or 'source'}) and characters"
    return frame


def _row(each: Progress) -> dict[str, Any]:
    return {
        "coder": each.coder,
        "units": each.units.part,
        "units_of": each.units.of,
        "units_share": each.units.value,
        "characters": each.characters.part,
        "characters_of": each.characters.of,
        "characters_share": each.characters.value,
        "open": ", ".join(each.open_units),
    }
