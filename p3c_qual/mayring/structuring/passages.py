"""Passages: the codings that a cell of the framework matrix sums up."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import orjson
from sqlalchemy import select

from p3c_qual.analysis.people import Speakers
from p3c_qual.analysis.reading_set import ReadingSet, choose_readings
from p3c_qual.analysis.texts import unpack_parts
from p3c_qual.codebook.tree import read_tree
from p3c_qual.coding.names import read_codes
from p3c_qual.errors import P3CError, Problem
from p3c_qual.mayring.structuring.cases import cases_of, find_case, sources_of
from p3c_qual.store import payloads
from p3c_qual.store.bulk import uncollected
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from sqlalchemy import Connection

    from p3c_qual.codebook.tree import Tree
    from p3c_qual.mayring.question import Question
    from p3c_qual.mayring.structuring.cases import Case
    from p3c_qual.sources.parts import PartList

__all__ = ["Chart", "Passage", "digest_of"]


class Passage(NamedTuple):
    """A coding that a cell may rest on; rows are named by their ids, `key` is the source's.

    A tuple, since a study may have many thousands of them.
    """

    id: str
    source: str
    key: str
    start: int
    end: int
    quote: str
    code: str
    unsure: bool
    coder: str


def digest_of(passages: Iterable[Passage]) -> str:
    """Return what changes when a passage is added, taken away, moved or edited."""
    places = sorted((each.id, each.start, each.end, each.quote) for each in passages)
    return hashlib.sha256(orjson.dumps(places)).hexdigest()


class Chart:
    """All passages of a question, by case and code.

    Of each source one reading is taken, as in all tables; what an interviewer says is no passage.

    Parameters
    ----------
    connection : Connection
    question : Question
        With a codebook.
    coder, round : str, optional
        Whose codings; see `p3c_qual.analysis.reading_set.choose_readings`.
    only : collection of str, optional
        Keys or row ids of the cases whose passages are wanted; those of others are not read.

    Attributes
    ----------
    tree : Tree
        The codes of the question's codebook.
    cases : list of Case
    set : ReadingSet
    passages : dict of (str, str) to list of Passage
        By case and code (row ids), without those of codes below.

    Raises
    ------
    P3CError
        If the question has no codebook, or it is not clear whose codings count.
    """

    def __init__(
        self,
        connection: Connection,
        question: Question,
        *,
        coder: str | None = None,
        round: str | None = None,
        only: Collection[str] | None = None,
    ) -> None:
        if question.codebook is None:
            do = "Bind the codebook whose codes are its themes."
            raise P3CError(Problem(f"the question {question.key!r} has no codebook", do=do))
        self.question = question
        self.tree: Tree = read_tree(connection, question.codebook)
        self.sources = sources_of(connection, question)
        self.cases = cases_of(connection, question, self.sources)
        self.set: ReadingSet = choose_readings(
            connection,
            coder=coder,
            round=round,
            sources=self.sources,
            codebook=self.tree.name,
        )
        self._connection = connection
        self._read = {(each.source, each.round): each.coder for each in self.set.readings}
        self._order = {source: number for number, source in enumerate(self.sources)}
        self._branches: dict[str, tuple[str, ...]] = {}
        self._wanted = list(self.sources)
        if only is not None:
            some = [case for case in self.cases if case.key in only or case.id in only]
            near = {source for case in some for source in case.sources}
            self._wanted = [source for source in self.sources if source in near]
        self._speakers = Speakers(self.sources)
        self._speakers.prepare(connection, self._wanted)
        self._homes: dict[str, list[Case]] = defaultdict(list)
        for case in self.cases:
            for source in case.sources:
                self._homes[source].append(case)
        self.passages: dict[tuple[str, str], list[Passage]] = defaultdict(list)
        with uncollected():
            for place, code, passage in self._placed():
                self.passages[place, code].append(passage)

    def under(self, case: str, code: str) -> list[Passage]:
        """Return the passages of a case on a code and everything below it, in their order."""
        found = {
            each.id: each
            for name in self._branch(code)
            for each in self.passages.get((case, name), ())
        }
        order = self._order
        return sorted(found.values(), key=lambda p: (order[p.source], p.start, p.end, p.id))

    def _branch(self, code: str) -> tuple[str, ...]:
        if code not in self._branches:
            self._branches[code] = (code, *self.tree.below(code))
        return self._branches[code]

    def place(self, case: str, code: str) -> tuple[str, str]:
        """Return the row ids of a case and a code, each given by its key or id.

        Raises
        ------
        P3CError
            Naming what is unknown, with the nearest spelling.
        """
        found, theme = find_case(self.cases, case), self.tree.find(code)
        problems = [each for each in (found, theme) if isinstance(each, Problem)]
        if problems or isinstance(found, Problem):
            raise P3CError(problems)
        return found.id, str(theme)

    def columns(self, depth: int = 1) -> list[str]:
        """Return the codes of one depth, and those above it that nothing stands below."""

        def walk(code: str | None, at: int) -> Iterator[str]:
            for each in self.tree.children(code):
                if self.tree.nodes[each].status == "retired":
                    continue
                below = [c for c in self.tree.children(each) if self._active(c)]
                if at == depth or not below:
                    yield each
                else:
                    yield from walk(each, at + 1)

        return list(walk(None, 1))

    def empty(self, case: Case, code: str) -> str:
        """Say why there are no passages: ``not_read``, ``not_asked`` or ``nothing_coded``."""
        read = {reading.source for reading in self.set.readings}
        mine = [source for source in case.sources if source in read]
        if not mine:
            return "not_read"
        about: set[str] = set()
        for source in mine:
            interview = self.sources[source].said["kind"] == "interview"
            asked = self._asked.get(source) if interview else None
            # a document holds what it holds, and of some interviews it is unknown
            if asked is None:
                return "nothing_coded"
            about |= asked
        return "nothing_coded" if self.tree.nodes[code].key in about else "not_asked"

    @cached_property
    def _asked(self) -> dict[str, frozenset[str] | None]:
        from p3c_qual.codebook.stored import stored_codebook
        from p3c_qual.sources.protocols_stored import asked_by_source

        return asked_by_source(self._connection, stored_codebook(self._connection, self.tree.name))

    def _active(self, code: str) -> bool:
        return self.tree.nodes[code].status != "retired"

    def _placed(self) -> Iterator[tuple[str, str, Passage]]:
        """Yield each coding that counts, with its case and code."""
        coding = ROWS["coding"]
        codes = read_codes(self._connection)
        mine = set(self.tree.nodes)
        columns = (
            *(coding.c.source, coding.c.round, coding.c.coder, coding.c.code),
            *(coding.c.id, coding.c.start, coding.c.end, coding.c.quote, coding.c.unsure),
        )
        turns = self._turns()
        seen = set()
        # of a merged code the codings count for the one it was merged into
        into_of = {code: codes.counts_for(code) for code in codes.by_id}
        for run in payloads.chunks(self._wanted, 500):
            wanted = select(*columns).where(coding.c.source.in_(run)).order_by(coding.c.id)
            # just as the driver gives them: there are many
            cursor = self._connection.execute(wanted).cursor
            for row in cursor.fetchall() if cursor else ():
                source, round_, coder, code, name, start, end, quote, unsure = row
                place = (source, round_)
                if place not in self._read or self._read[place] not in {coder, None}:
                    continue
                into = into_of.get(code, code)
                # in a consensus several people may have written down the same
                same = (source, into, start, end)
                said = _said_at(turns.get(source), start, end)
                if into not in mine or same in seen or said is None:
                    continue
                seen.add(same)
                made = Passage(
                    name,
                    source,
                    self.sources[source].key,
                    start,
                    end,
                    quote or "",
                    into,
                    bool(unsure),
                    coder,
                )
                for case in self._whose(source, said):
                    yield case.id, into, made

    def _whose(self, source: str, start: int) -> list[Case]:
        homes = self._homes[source]
        if len(homes) <= 1:
            return homes
        person = self._speakers.of(source, start)
        return [case for case in homes if person and case.id == person.id]

    def _turns(self) -> dict[str, PartList]:
        mine = [self.sources[name] for name in self._wanted]
        names = {each.parts for each in mine if each.parts}
        packed = payloads.get_many(self._connection, names)
        found = {}
        for source in mine:
            body = packed.get(source.parts or "")
            turns = unpack_parts(body).get("turn") if isinstance(body, bytes) else None
            if turns is not None and turns.role:
                found[source.id] = turns
        return found


def _said_at(turns: PartList | None, start: int, end: int) -> int | None:
    """Return where in a span somebody else than the interviewer begins to speak."""
    if turns is None:
        return start
    at = max(bisect_right(turns.start, start) - 1, 0)
    while at < len(turns) and turns.start[at] < end:
        # a question that was coded together with its answer is a passage of the answer
        if turns.role[at] != "interviewer":
            return max(start, turns.start[at])
        at += 1
    return None
