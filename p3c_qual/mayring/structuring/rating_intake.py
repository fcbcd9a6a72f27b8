"""Ratings as rows: checked together against texts, scales and one another, kept all or none."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import select

from p3c_qual.coding.spots import Spot, Spots, clean, ids_for
from p3c_qual.coding.wanted import MAIN
from p3c_qual.errors import P3CError, Problem
from p3c_qual.mayring.question import Question, material_of, read_question
from p3c_qual.mayring.structuring.cases import Case, cases_of, check_ready, find_case
from p3c_qual.mayring.structuring.scales import find_scale, scales_of
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from p3c_qual.store.act import Act

__all__ = ["WantedRating", "take_ratings"]


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
    return [replace(each, where=where or each.where) for each in problems]


def _overlap(each: WantedRating, spot: Spot, label: str, start: int, end: int) -> Problem:
    return Problem(
        f"{each.coder} has rated {start}-{end} of {spot.key!r} on {label!r} in round "
        f"{each.round!r} already; {spot.start}-{spot.end} overlaps it",
        each.where,
        do="Rate the same span anew, take that rating away, or rate in another round.",
        code="overlap",
    )
