"""Codings into the study: checked all together, kept all or none."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.coding.ask import Asked, Text
from p3c_qual.coding.lanes import lay
from p3c_qual.coding.reading import record_readings
from p3c_qual.coding.wanted import MAIN, Wanted
from p3c_qual.errors import P3CError, Problem
from p3c_qual.store import payloads
from p3c_qual.store.bulk import uncollected
from p3c_qual.store.clock import new_ids
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from p3c_qual.store.act import Act

__all__ = ["Taken", "take_codings"]

#: sources whose texts are open at once; bounds what is held in memory
_RUN = 50


@dataclass(frozen=True)
class Taken:
    """What became of the codings asked for.

    Attributes
    ----------
    ids : list of str
        Of the codings written, in the order asked for.
    held : list of str
        For each coding asked for, the one that holds it: written, there already or widened.
    repeated : int
        Exact repeats of codings that were there already; they change nothing.
    extended : int
        Codings widened over an overlapping one, where that was asked for.
    coders : list of str
        Coders met for the first time.
    sources : int
        Sources concerned.
    """

    ids: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    repeated: int = 0
    extended: int = 0
    coders: list[str] = field(default_factory=list)
    sources: int = 0


def take_codings(
    act: Act,
    wanted: Sequence[Wanted],
    *,
    done: bool | None,
    extend: bool = False,
    faults: Sequence[Problem] = (),
) -> Taken:
    """Check codings against texts, codes and one another, and write them.

    Parameters
    ----------
    act : Act
    wanted : sequence of Wanted
    done : bool or None
        Whether the sources count as worked through; None adds only the coded spans to what
        was worked through.
    extend : bool
        Widen a coding of the same code that the new one overlaps, instead of refusing.
    faults : sequence of Problem
        What was found already, to be said together with what is found here.

    Raises
    ------
    P3CError
        Every fault of every row; nothing is written then.
    """
    taking = _Taking(act, wanted, faults, extend=extend, spans=not done)
    with uncollected():
        taking.write()
    record_readings(act, taking.read, done=done)
    written = set(taking.written)
    held = [taking.holder(place) for place in range(len(wanted))]
    _write_memos(act, wanted, held, written)
    return Taken(
        [name for name in dict.fromkeys(held) if name in written],
        held,
        taking.repeated,
        taking.extended,
        sorted(taking.asked.new_coders),
        len({source for source, *_ in taking.read}),
    )


class _Taking:
    """One pass over the codings asked for, with what is known of their sources at hand."""

    def __init__(
        self,
        act: Act,
        wanted: Sequence[Wanted],
        faults: Sequence[Problem],
        *,
        extend: bool,
        spans: bool,
    ) -> None:
        self._act = act
        self._faults = faults
        self._wanted = wanted
        self._extend = extend
        self._spans = spans
        self._problems: list[tuple[int, Problem]] = []
        self._into: dict[int, int | str] = {}
        self._ids = iter(new_ids(len(wanted)))
        self.asked = Asked(act)
        self.written: list[str] = []
        self.repeated = 0
        self.extended = 0
        self.read: dict[tuple[str, str, str, str], list[tuple[int, int]]] = defaultdict(list)

    def holder(self, place: int) -> str:
        """Return the id of the coding that holds the one asked for at `place`."""
        found: int | str = place
        while isinstance(found, int):
            found = self._into[found]
        return found

    def write(self) -> None:
        """Check everything, and write it unless something is at fault."""
        places: dict[str, list[int]] = defaultdict(list)
        for place, each in enumerate(self._wanted):
            places[each.source].append(place)
        texts, lost = self.asked.texts(list(places))
        for source, said_of in lost.items():
            for place in places[source]:
                each = self._wanted[place]
                found = [said_of(each.where), *self.asked.faults(each, None)]
                self._problems += [(place, problem) for problem in found]
        for run in payloads.chunks(sorted(texts), _RUN):
            bodies = payloads.get_many(self._act.connection, [texts[s].hash for s in run])
            there = _there(self._act.connection, [texts[s].id for s in run])
            rows: list[dict[str, Any]] = []
            wider: dict[str, dict[str, Any]] = {}
            for source in run:
                body = bodies.get(texts[source].hash)
                if not isinstance(body, str):
                    problem = payloads.no_text(self._act.connection, texts[source].hash, source)
                    self._problems.append((places[source][0], problem))
                    continue
                self._one(texts[source], body, places[source], there, (rows, wider))
            if not (self._problems or self._faults):
                self._act.insert("coding", rows)
                self._act.update("coding", wider)
                self.written += [row["id"] for row in rows]
                self.extended += len(wider)
        if self._problems or self._faults:
            found = [problem for _, problem in sorted(self._problems, key=lambda p: p[0])]
            raise P3CError([*self._faults, *found])

    def _one(
        self,
        text: Text,
        body: str,
        places: Sequence[int],
        there: dict[tuple[str, ...], list[tuple[int, int, str]]],
        made: tuple[list[dict[str, Any]], dict[str, dict[str, Any]]],
    ) -> None:
        """Check the codings of one source and lay them beside those it has."""
        lanes: dict[tuple[str, str, str, str], list[tuple[int, int, int]]] = defaultdict(list)
        for place in places:
            each = self._wanted[place]
            faults = self.asked.faults(each, body)
            if faults:
                self._problems += [(place, problem) for problem in faults]
                continue
            lane = (
                self.asked.code(each.code),
                self.asked.coder(each.coder),
                each.round or MAIN,
                self.asked.question(each),
            )
            lanes[lane].append((each.start, each.end, place))
        rows, wider = made
        for lane, new in lanes.items():
            code, coder, round_, question = lane
            laid = lay(there.get((text.id, *lane), []), new, extend=self._extend)
            # of a source that is done no spans need be kept
            spans = [span[:2] for span in new] if self._spans else []
            self.read[text.id, coder, round_, question] += spans
            self._problems += [
                (place, _overlap(self._wanted[place], self.asked.name(code), start, end))
                for place, start, end in laid.overlapping
            ]
            for place, (start, end) in laid.kept.items():
                self._into[place] = name = next(self._ids)
                rows.append(
                    {
                        "id": name,
                        "source": text.id,
                        "text": text.text,
                        "start": start,
                        "end": end,
                        "code": code,
                        "coder": coder,
                        "round": round_,
                        "question": question,
                        "codebook_version": self.asked.version(code),
                        "quote": body[start:end],
                        "origin": self._wanted[place].origin or None,
                    }
                )
            for name, (start, end) in laid.widened.items():
                wider[name] = {"start": start, "end": end, "quote": body[start:end]}
            self._into |= laid.into
            self.repeated += laid.repeated


def _overlap(each: Wanted, code: str, start: int, end: int) -> Problem:
    return Problem(
        f"{each.coder} has coded {start}-{end} of {each.source!r} with {code!r} in round "
        f"{each.round!r} already; {each.start}-{each.end} overlaps it",
        each.where,
        do="Extend that coding, or code this in another round.",
        code="overlap",
    )


def _write_memos(
    act: Act, wanted: Sequence[Wanted], held: Sequence[str], written: set[str]
) -> None:
    """Write the memos that came with codings; one that is there already is not written twice."""
    from p3c_qual.sources.fix import fix_text

    given = {
        (name, fix_text(each.memo).text): each.coder
        for each, name in zip(wanted, held, strict=True)
        if each.memo.strip()
    }
    memo = ROWS["memo"]
    known: set[tuple[str, str]] = set()
    for run in payloads.chunks(sorted({name for name, _ in given} - written), 500):
        there = select(memo.c.target, memo.c.text).where(memo.c.target.in_(run))
        known.update(act.connection.execute(there).all())
    coder = ROWS["coder"]
    coders = dict(act.connection.execute(select(coder.c.key, coder.c.id)).all())
    act.insert(
        "memo",
        [
            {
                "about": "coding",
                "target": name,
                "kind": "coding",
                "coder": coders[who],
                "text": text,
            }
            for (name, text), who in given.items()
            if (name, text) not in known
        ],
    )


def _there(
    connection: Connection, sources: Sequence[str]
) -> dict[tuple[str, ...], list[tuple[int, int, str]]]:
    """Return the codings that sources have already, by source, code, coder, round, question."""
    coding = ROWS["coding"]
    lane = (coding.c.source, coding.c.code, coding.c.coder, coding.c.round, coding.c.question)
    wanted = select(coding.c.start, coding.c.end, coding.c.id, *lane)
    found: dict[tuple[str, ...], list[tuple[int, int, str]]] = defaultdict(list)
    for start, end, name, *place in connection.execute(wanted.where(coding.c.source.in_(sources))):
        found[tuple(place)].append((start, end, name))
    return found
