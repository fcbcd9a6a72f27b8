"""Scaling: a level of an ordinal code, given to a span or to a case."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import select

from p3c_qual.coding.wanted import MAIN
from p3c_qual.errors import P3CError, Problem
from p3c_qual.mayring.cases import Case, cases_of, check_ready, find_case
from p3c_qual.mayring.question import Question, material_of, read_question
from p3c_qual.mayring.scales import NOT_RATABLE, find_scale, scales_of
from p3c_qual.mayring.spots import Spot, Spots, clean, ids_for
from p3c_qual.store import payloads
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection

    from p3c_qual.opened import Opened
    from p3c_qual.store.act import Act

__all__ = [
    "NOT_RATABLE",
    "WantedRating",
    "rate",
    "rate_csv",
    "ratings_of",
    "take_ratings",
    "unrate",
]

_NEEDED = ("question", "code", "source", "start", "end", "level")


class WantedRating(NamedTuple):
    """A rating as somebody asks for it; without a start it is of a case."""

    question: str
    code: str
    source: str
    start: int | None
    end: int | None
    case: str
    level: Any
    reason: str
    coder: str
    round: str = MAIN
    where: str = ""


def rate(
    study: Opened,
    question: str,
    code: str,
    *,
    level: int | str,
    source: str = "",
    start: int | None = None,
    end: int | None = None,
    case: str = "",
    reason: str = "",
    coder: str | None = None,
    round: str = MAIN,
    id: str | None = None,
) -> str:
    """Give a span or a case a level of an ordinal code.

    Within a round a coder rates each character on a code once: the same span rated again changes
    the rating, an overlapping one is refused.

    Parameters
    ----------
    study : Study
    question : str
        Key or row id of a question of scaling structuring.
    code : str
        An ordinal code of its codebook.
    level : int or str
        A level's value or label, or ``not_ratable``, which is no level.
    source : str
        Key or row id; with `start` and `end` in code points.
    case : str
        Key or row id, instead of a span.
    reason : str
        Why this level.
    coder : str, optional
        Whose rating it is; by default who works here.
    round : str
    id : str, optional
        Of the act, see `p3c_qual.store.act.begin_act`.

    Returns
    -------
    str
        The rating's row id.

    Raises
    ------
    P3CError
        Naming everything that is unknown, with the valid levels and their labels, or the rating
        that is overlapped.
    """
    who = coder or study.coder or ""
    wanted = WantedRating(
        question, code, source, start, end, case, level, reason, who, round or MAIN
    )
    with study.act("rate", id=id) as act:
        return take_ratings(act, [wanted])[0]


def rate_csv(
    study: Opened, path: str | Path, *, coder: str | None = None, id: str | None = None
) -> list[str]:
    """Take ratings from a file; all of them, or none where a row is at fault.

    Columns: ``question``, ``code``, ``source``, ``start``, ``end``, ``level`` and, where there
    are such, ``reason``, ``coder``, ``round``. A row without start and end rates the case that
    the source belongs to.

    Returns
    -------
    list of str
        Row ids of the ratings, in the order of the rows.

    Raises
    ------
    P3CError
        Every fault with its row.
    """
    from p3c_qual.coding.csv_form import read_rows
    from p3c_qual.mayring.tables import check_columns, whole

    path = Path(path)
    columns, rows = read_rows(path)
    check_columns(path, columns, _NEEDED)
    wanted, faults = [], []
    for line, row in rows:
        where = f"{path}:{line}"
        cells = {name: (row.get(name) or "").strip() for name in (*_NEEDED, "coder", "round")}
        places = [whole(name, cells[name], where) for name in ("start", "end")]
        bad = [each for each in places if isinstance(each, Problem)]
        faults += bad
        start, end = (None if isinstance(each, Problem) else each for each in places)
        if (start is None) != (end is None) and not bad:
            faults.append(Problem("a span needs its start and its end", where))
            continue
        wanted.append(
            WantedRating(
                cells["question"],
                cells["code"],
                cells["source"],
                start,
                end,
                "",
                cells["level"],
                row.get("reason") or "",
                cells["coder"] or coder or study.coder or "",
                cells["round"] or MAIN,
                where,
            )
        )
    with study.act(f"rate from {path.name}", id=id) as act:
        return take_ratings(act, wanted, faults)


def unrate(study: Opened, ratings: Sequence[str], *, id: str | None = None) -> int:
    """Take ratings away; returns how many.

    Raises
    ------
    P3CError
        If one of them is gone already, with who took it away.
    """
    from p3c_qual.coding.standing import gone

    table = ROWS["rating"]
    names = list(dict.fromkeys(ratings))
    with study.act(f"take {len(names)} rating{'s' * (len(names) != 1)} away", id=id) as act:
        there: set[str] = set()
        for run in payloads.chunks(names, 500):
            there.update(act.connection.scalars(select(table.c.id).where(table.c.id.in_(run))))
        lost = [gone(act.connection, "rating", name) for name in names if name not in there]
        if lost or not names:
            raise P3CError(lost or [Problem("no rating is named")])
        return act.delete("rating", names)


def ratings_of(connection: Connection, ids: Iterable[str]) -> list[str]:
    """Return the ratings of these sources and persons (row ids), to go with them."""
    table = ROWS["rating"]
    found: list[str] = []
    for run in payloads.chunks(sorted(set(ids)), 500):
        found += connection.scalars(select(table.c.id).where(table.c.target.in_(run)))
    return found


def take_ratings(
    act: Act, wanted: Sequence[WantedRating], faults: Sequence[Problem] = ()
) -> list[str]:
    """Check ratings against texts, scales and one another, and write all or none.

    Raises
    ------
    P3CError
        Every fault of every row.
    """
    taking = _Taking(act, wanted)
    problems = list(faults)
    for each in wanted:
        problems += taking.take(each)
    if problems:
        raise P3CError(problems)
    if not wanted:
        raise P3CError(Problem("there is nothing to rate"))
    return taking.write()


class _Known:
    """What is known of a question once one of its ratings is asked for."""

    def __init__(self, connection: Connection, question: Question) -> None:
        check_ready(question, ("scaling",))
        self.question = question
        self.scales = scales_of(connection, question)
        self.material = {row.id for row in material_of(connection, question)}
        self.cases = cases_of(connection, question)

    def case(self, name: str, where: str) -> Case | Problem:
        return find_case(self.cases, name, where)


#: question, code, coder, round and what is rated
Lane = tuple[str, str, str, str, str]


class _Taking:
    def __init__(self, act: Act, wanted: Sequence[WantedRating]) -> None:
        self._act = act
        self._spots = Spots(act.connection, [each.source for each in wanted if each.source])
        self._known: dict[str, _Known | list[Problem]] = {}
        self._coders: dict[str, str | list[Problem]] = {}
        #: by lane the spans that are rated: start, end and the rating's id, or None for a new one
        self._lanes: dict[Lane, dict[tuple[Any, Any], str | None]] = {}
        self._rows: list[tuple[Lane, dict[str, Any]]] = []

    def take(self, each: WantedRating) -> list[Problem]:
        """Look at one rating, and return what is wrong with it."""
        known = self._question(each)
        who = self._coder(each)
        problems: list[Problem] = []
        if isinstance(who, list):
            problems += who
        if isinstance(known, list):
            return [*problems, *known]
        scale = find_scale(known.scales, each.code, known.question, each.where)
        level = scale if isinstance(scale, Problem) else scale.level(each.level, each.where)
        place = self._place(each, known)
        problems += [found for found in (level, place) if isinstance(found, Problem)]
        if problems:
            return problems
        assert not isinstance(scale, Problem)
        assert not isinstance(level, Problem)
        assert not isinstance(place, Problem)
        about = place.about if isinstance(place, Case) else "span"
        target = place.id if isinstance(place, Case) else place.source
        lane = (known.question.id, scale.id, str(who), each.round, target)
        row: dict[str, Any] = {
            "question": known.question.id,
            "code": scale.id,
            "about": about,
            "target": target,
            "coder": who,
            "round": each.round,
            "value": level[0],
            "ratable": level[1],
            "reason": clean(each.reason) or None,
        }
        if isinstance(place, Spot):
            row |= {"text": place.text, "start": place.start, "end": place.end}
            row["quote"] = place.quote
            span = (place.start, place.end)
            for start, end in self._there(lane):
                if (start, end) != span and start < span[1] and span[0] < end:
                    return [_overlap(each, place, scale.label, start, end)]
        self._there(lane).setdefault((row.get("start"), row.get("end")), None)
        self._rows.append((lane, row))
        return []

    def write(self) -> list[str]:
        """Write what was looked at; a span rated before gets its new level."""
        last = {(lane, row.get("start"), row.get("end")): row for lane, row in self._rows}
        fresh, changes, ids = [], {}, {}
        for place, row in last.items():
            lane, *span = place
            old = self._lanes[lane][span[0], span[1]]
            if old is None:
                fresh.append(place)
            else:
                ids[place] = old
                changes[old] = {name: row[name] for name in ("value", "ratable", "reason")}
        names = [[*lane, *(str(at) for at in span)] for lane, *span in fresh]
        made = ids_for(self._act, "rating", names)
        rows = [{"id": name, **last[place]} for place, name in zip(fresh, made, strict=True)]
        self._act.insert("rating", rows)
        self._act.update("rating", changes)
        ids |= dict(zip(fresh, made, strict=True))
        return [ids[lane, row.get("start"), row.get("end")] for lane, row in self._rows]

    def _there(self, lane: Lane) -> dict[tuple[Any, Any], str | None]:
        return self._lanes.setdefault(lane, {})

    def _question(self, each: WantedRating) -> _Known | list[Problem]:
        if each.question not in self._known:
            try:
                found = _Known(
                    self._act.connection, read_question(self._act.connection, each.question)
                )
                self._known[each.question] = found
                self._read(found.question)
            except P3CError as error:
                self._known[each.question] = list(error.problems)
        known = self._known[each.question]
        return known if isinstance(known, _Known) else _at(known, each.where)

    def _read(self, question: Question) -> None:
        table = ROWS["rating"]
        lane = ("question", "code", "coder", "round", "target")
        columns = (table.c.start, table.c.end, table.c.id, *(table.c[name] for name in lane))
        wanted = select(*columns).where(table.c.question == question.id).order_by(table.c.id)
        for start, end, name, *place in self._act.connection.execute(wanted):
            self._there(tuple(place)).setdefault((start, end), name)

    def _coder(self, each: WantedRating) -> str | list[Problem]:
        from p3c_qual.coding.coders import coder_id

        if each.coder not in self._coders:
            try:
                self._coders[each.coder] = coder_id(self._act, each.coder)
            except P3CError as error:
                self._coders[each.coder] = list(error.problems)
        found = self._coders[each.coder]
        return found if isinstance(found, str) else _at(found, each.where)

    def _place(self, each: WantedRating, known: _Known) -> Spot | Case | Problem:
        if each.start is None or each.end is None:
            if each.case or not each.source:
                return find_case(known.cases, each.case, each.where)
            source = self._spots.source(each.source)
            mine = [case for case in known.cases if source in case.sources]
            return mine[0] if len(mine) == 1 else find_case(known.cases, each.source, each.where)
        found = self._spots.find(each.source, each.start, each.end, each.where)
        if isinstance(found, Spot) and found.source not in known.material:
            what = f"the source {found.key!r} is not in the material of {known.question.key!r}"
            return Problem(what, each.where, do="Add it to the material first.")
        return found


def _at(problems: Sequence[Problem], where: str) -> list[Problem]:
    from dataclasses import replace

    return [replace(each, where=where or each.where) for each in problems]


def _overlap(each: WantedRating, spot: Spot, label: str, start: int, end: int) -> Problem:
    return Problem(
        f"{each.coder} has rated {start}-{end} of {spot.key!r} on {label!r} in round "
        f"{each.round!r} already; {spot.start}-{spot.end} overlaps it",
        each.where,
        do="Rate the same span anew, take that rating away, or rate in another round.",
        code="overlap",
    )
