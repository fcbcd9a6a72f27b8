"""Cells of the framework matrix as rows: checked together, written all or none."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import select

from p3c_qual.coding.spots import SPAN, clean, ids_for
from p3c_qual.coding.stale import check_seen
from p3c_qual.coding.standing import gone
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.mayring.question import Question, read_question
from p3c_qual.mayring.structuring.cases import check_ready, find_case
from p3c_qual.mayring.structuring.passages import Chart, digest_of
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from p3c_qual.mayring.structuring.cases import Case
    from p3c_qual.mayring.structuring.passages import Passage
    from p3c_qual.store.act import Act

__all__ = ["STATUSES", "WantedCell", "cell_at", "cells_of", "take_cells"]

STATUSES = ("draft", "checked", "final")
#: a source before a span
_REF = re.compile(rf"(?:(?P<source>\S+)[:@])?{SPAN.pattern}")


class WantedCell(NamedTuple):
    """A cell as somebody asks for it; `was` is the text that was seen before."""

    question: str
    case: str
    code: str
    text: str
    refs: tuple[str, ...]
    status: str
    coder: str
    was: str | None = None
    where: str = ""


def cells_of(connection: Connection, question: Question) -> dict[tuple[str, str], Any]:
    """Return the written cells of a question by case and code (row ids)."""
    cell = ROWS["cell"]
    wanted = select(cell).where(cell.c.question == question.id).order_by(cell.c.id)
    found: dict[tuple[str, str], Any] = {}
    for row in connection.execute(wanted).mappings():
        # an erased text leaves a row without one
        if row["text"]:
            found.setdefault((row["target"], row["code"]), row)
    return found


def cell_at(
    connection: Connection, question: str, case: str, code: str
) -> tuple[Any | None, tuple[str, str], Chart]:
    """Return the row of a cell where it is written, its case and code, and the passages.

    Raises
    ------
    P3CError
        Naming what is unknown.
    """
    asked = read_question(connection, question)
    chart = Chart(connection, asked, only={case})
    place = chart.place(case, code)
    return cells_of(connection, asked).get(place), place, chart


def take_cells(act: Act, wanted: Sequence[WantedCell], *, spans: bool = False) -> list[str]:
    """Check cells against their passages, and write all or none.

    Parameters
    ----------
    act : Act
    wanted : sequence of WantedCell
    spans : bool
        Whether references are written as spans of passages, instead of ids of codings.

    Returns
    -------
    list of str
        Row ids.

    Raises
    ------
    P3CError
        Every fault of every cell.
    """
    if not wanted:
        raise P3CError(Problem("there is no cell to write"))
    taking = _Taking(act, {each.case for each in wanted}, spans=spans)
    problems = [problem for each in wanted for problem in taking.take(each)]
    if problems:
        raise P3CError(problems)
    return taking.write()


class _Known:
    """A question with its passages and cells, read once."""

    def __init__(self, connection: Connection, question: Question, cases: set[str]) -> None:
        check_ready(question, ("theme",))
        self.question = question
        self.chart = Chart(connection, question, only=cases)
        self.cells = cells_of(connection, question)
        self._connection = connection

    @cached_property
    def at(self) -> dict[str, tuple[str, str]]:
        """Where each passage of the whole question belongs; asked for only where one is wrong."""
        whole = Chart(self._connection, self.question)
        return {
            each.id: (case, code) for (case, code), some in whole.passages.items() for each in some
        }


class _Taking:
    def __init__(self, act: Act, cases: set[str], *, spans: bool) -> None:
        self._act = act
        self._cases = cases
        self._spans = spans
        self._known: dict[str, _Known | tuple[Problem, ...]] = {}
        self._coders: dict[str, str | tuple[Problem, ...]] = {}
        self._rows: dict[tuple[str, str, str], dict[str, Any]] = {}
        self._old: dict[tuple[str, str, str], str] = {}

    def take(self, each: WantedCell) -> list[Problem]:
        """Look at one cell, and return what is wrong with it."""
        known, who = self._question(each.question), self._coder(each.coder)
        problems = [] if isinstance(who, str) else [*who]
        text = clean(each.text)
        if not text:
            do = "A cell stays empty until somebody writes it; to empty one, clear it."
            problems.append(Problem("the cell has no text", do=do))
        if each.status not in STATUSES:
            close = nearest(each.status, STATUSES)
            problems.append(Problem(f"unknown status {each.status!r}", "", STATUSES, close))
        if not isinstance(known, _Known):
            return _at([*problems, *known], each.where)
        case, code = find_case(known.chart.cases, each.case), known.chart.tree.find(each.code)
        problems += [found for found in (case, code) if isinstance(found, Problem)]
        if isinstance(case, Problem) or isinstance(code, Problem):
            return _at(problems, each.where)
        if known.chart.tree.nodes[code].status == "retired":
            problems.append(Problem(f"the code {known.chart.tree.nodes[code].key!r} is retired"))
        there = known.chart.under(case.id, code)
        refs = self._refs(each, known, case, code, there, problems)
        place = (known.question.id, case.id, code)
        problems += self._seen(each, known, place)
        if place in self._rows:
            problems.append(Problem(f"the cell of {case.key} on {each.code} is there twice"))
        self._rows[place] = {
            "question": known.question.id,
            "about": case.about,
            "target": case.id,
            "code": code,
            "text": text,
            "refs": refs,
            "status": each.status,
            "seen": digest_of(there),
            "coder": who,
        }
        return _at(problems, each.where)

    def write(self) -> list[str]:
        """Write what was looked at; a cell that is there is written anew."""
        fresh = [place for place in self._rows if place not in self._old]
        made = dict(zip(fresh, ids_for(self._act, "cell", fresh), strict=True))
        self._act.insert("cell", [{"id": made[place], **self._rows[place]} for place in fresh])
        self._act.update("cell", {row: self._rows[place] for place, row in self._old.items()})
        return [self._old.get(place) or made[place] for place in self._rows]

    def _seen(self, each: WantedCell, known: _Known, place: tuple[str, str, str]) -> list[Problem]:
        old = known.cells.get(place[1:])
        if old is not None:
            self._old[place] = old["id"]
            if each.was is not None:
                try:
                    check_seen(self._act, "cell", old["id"], {"text": clean(each.was)})
                except P3CError as error:
                    return list(error.problems)
        elif each.was:
            what = "somebody has emptied the cell since you had opened it"
            return [Problem(what, do="Write it again if yours should stand.", code="stale")]
        return []

    def _refs(
        self,
        each: WantedCell,
        known: _Known,
        case: Case,
        code: str,
        there: Sequence[Passage],
        problems: list[Problem],
    ) -> list[str]:
        found = []
        ids = {passage.id for passage in there}
        for ref in dict.fromkeys(each.refs):
            if self._spans:
                hit = _by_span(ref, there, known, case)
                if isinstance(hit, Problem):
                    problems.append(hit)
                else:
                    found.append(hit)
            elif ref in ids:
                found.append(ref)
            else:
                problems.append(self._elsewhere(ref, known, case, code))
        return found

    def _elsewhere(self, ref: str, known: _Known, case: Case, code: str) -> Problem:
        """Say why a coding is no passage of a cell."""
        tree = known.chart.tree
        if ref in known.at:
            of, theme = known.at[ref]
            other = next((each.key for each in known.chart.cases if each.id == of), "another")
            if of != case.id:
                what = f"the reference is of another case: {other}, not {case.key}"
                return Problem(what, ref, do="Quote across cases in the report, not in a cell.")
            what = (
                f"the reference is coded with {tree.nodes[theme].key!r}, which is neither "
                f"{tree.nodes[code].key!r} nor below it"
            )
            return Problem(what, ref)
        coding = ROWS["coding"]
        exists = select(coding.c.id).where(coding.c.id == ref)
        if self._act.connection.scalar(exists) is None:
            return gone(self._act.connection, "coding", ref[:60])
        what = (
            "the reference is no passage of this matrix: it is an interviewer's, of another "
            "coder's reading, of another codebook, or outside of the material"
        )
        return Problem(what, ref)

    def _question(self, name: str) -> _Known | tuple[Problem, ...]:
        if name not in self._known:
            connection = self._act.connection
            try:
                self._known[name] = _Known(connection, read_question(connection, name), self._cases)
            except P3CError as error:
                self._known[name] = error.problems
        return self._known[name]

    def _coder(self, name: str) -> str | tuple[Problem, ...]:
        from p3c_qual.coding.coders import coder_id

        if name not in self._coders:
            try:
                self._coders[name] = coder_id(self._act, name)
            except P3CError as error:
                self._coders[name] = error.problems
        return self._coders[name]


def _by_span(ref: str, there: Sequence[Passage], known: _Known, case: Case) -> str | Problem:
    """Return the passage of a span: exactly it, or the only one that it touches."""
    given = _REF.fullmatch(ref)
    if given is None:
        do = "Write START-END in code points, and SOURCE: before it where the case has several."
        return Problem(f"{ref[:60]!r} is no reference", do=do)
    source, start, end = given[1], int(given[2]), int(given[3])
    keys = {known.chart.sources[name].key for name in case.sources}
    if source and source not in keys:
        what = f"the reference {ref!r} is of a source that is not of {case.key}"
        return Problem(what, "", tuple(sorted(keys)), nearest(source, keys))
    mine = [each for each in there if source in {None, each.key}]
    exact = [each for each in mine if (each.start, each.end) == (start, end)]
    touched = exact or [each for each in mine if each.start < end and start < each.end]
    if len({each.key for each in touched}) > 1:
        what = f"the reference {ref!r} may be in several sources of {case.key}"
        return Problem(what, do="Write the source before it, such as IP01_2:120-310.")
    if exact or len(touched) == 1:
        return touched[0].id
    valid = tuple(f"{each.key}:{each.start}-{each.end}" for each in mine)
    what = f"there is no passage of this cell at {ref!r}" + (
        "" if not touched else ": it touches several"
    )
    return Problem(what, "", valid, do="" if valid else "The cell has no passages.")


def _at(problems: Sequence[Problem], where: str) -> list[Problem]:
    return [replace(each, where=where or each.where) for each in problems]
