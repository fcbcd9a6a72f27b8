"""Codings into the study: checked all together, kept all or none."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.coding.names import Codes, find_key, ids_by_key, read_codes
from p3c_qual.coding.reading import record_readings
from p3c_qual.errors import P3CError, Problem
from p3c_qual.store import payloads
from p3c_qual.store.clock import new_ids
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from p3c_qual.store.act import Act

__all__ = ["MAIN", "Taken", "Wanted", "take_codings"]

#: the round of first coding
MAIN = "main"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A coding as somebody asks for it, in the keys people use."""

    source: str
    start: int
    end: int
    code: str
    coder: str
    round: str = MAIN
    question: str = ""
    memo: str = ""
    quote: str | None = None
    where: str = ""


@dataclass(frozen=True)
class Taken:
    """What became of the codings asked for.

    Attributes
    ----------
    ids : list of str
        Of the codings written, in the order asked for.
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
    repeated: int = 0
    extended: int = 0
    coders: list[str] = field(default_factory=list)
    sources: int = 0


def take_codings(
    act: Act, wanted: Sequence[Wanted], *, done: bool | None, extend: bool = False
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

    Raises
    ------
    P3CError
        Every fault of every row; nothing is written then.
    """
    taking = _Taking(act, wanted, extend=extend)
    rows = taking.check()
    for (row, _), name in zip(rows, new_ids(len(rows)), strict=True):
        row["id"] = name
    memos = [
        {
            "about": "coding",
            "target": row["id"],
            "kind": "coding",
            "coder": row["coder"],
            "text": memo,
        }
        for row, memo in rows
        if memo
    ]
    ids = act.insert("coding", [row for row, _ in rows])
    act.update("coding", taking.widened)
    if memos:
        act.insert("memo", memos)
    record_readings(act, taking.read, done=done)
    return Taken(
        ids,
        taking.repeated,
        len(taking.widened),
        sorted(taking.new_coders),
        len({source for source, *_ in taking.read}),
    )


class _Taking:
    """One pass over the codings asked for, with everything known of their sources at hand."""

    def __init__(self, act: Act, wanted: Sequence[Wanted], *, extend: bool) -> None:
        self._act = act
        self._wanted = wanted
        self._extend = extend
        self._keys: dict[str, str] = {}
        self._codes: Codes = read_codes(act.connection)
        self._coders = ids_by_key(act.connection, "coder")
        self.new_coders: list[str] = []
        self.repeated = 0
        self.widened: dict[str, dict[str, Any]] = {}
        self.read: dict[tuple[str, str, str, str], list[tuple[int, int]]] = defaultdict(list)

    def check(self) -> list[tuple[dict[str, Any], str]]:
        """Return the rows to write with their memos, or raise with every fault."""
        problems: list[Problem] = []
        texts = self._texts(sorted({w.source for w in self._wanted}))
        by_source: dict[str, list[Wanted]] = defaultdict(list)
        for each in self._wanted:
            if each.source in texts:
                by_source[each.source].append(each)
            else:
                problem = find_key(self._keys, each.source, "source", each.where)
                problems.append(
                    problem or Problem(f"source {each.source!r} has no text any more", each.where)
                )
        made: list[tuple[int, dict[str, Any], str]] = []
        place = {id(each): number for number, each in enumerate(self._wanted)}
        for run in payloads.chunks(sorted(by_source), 50):
            bodies = payloads.get_many(
                self._act.connection, [texts[source]["hash"] for source in run]
            )
            there = _there(self._act.connection, [texts[source]["id"] for source in run])
            for source in run:
                body = bodies.get(texts[source]["hash"])
                if not isinstance(body, str):
                    problems.append(
                        Problem(f"the text of {source!r} was erased", by_source[source][0].where)
                    )
                    continue
                rows = [
                    self._row(each, texts[source], body, problems) for each in by_source[source]
                ]
                kept = self._apart(
                    [
                        (row, each)
                        for row, each in zip(rows, by_source[source], strict=True)
                        if row is not None
                    ],
                    there.get(texts[source]["id"], []),
                    body,
                    problems,
                )
                made += [(place[id(each)], row, each.memo) for row, each in kept]
        if problems:
            raise P3CError(problems)
        return [(row, memo) for _, row, memo in sorted(made, key=lambda item: item[0])]

    def _texts(self, keys: Sequence[str]) -> dict[str, dict[str, Any]]:
        source, text = ROWS["source"], ROWS["text"]
        wanted = select(source.c.key, source.c.id, source.c.text, text.c.hash, text.c.length).join(
            text, text.c.id == source.c.text
        )
        self._keys = ids_by_key(self._act.connection, "source")
        found = {}
        for run in payloads.chunks(keys, 500):
            for row in self._act.connection.execute(wanted.where(source.c.key.in_(run))):
                found[row.key] = {"id": row.id, "text": row.text, "hash": row.hash}
        return found

    def _coder(self, name: str, where: str) -> str | Problem:
        if name in self._coders:
            return self._coders[name]
        from p3c_qual.sources.terms import check_key

        if not name:
            return Problem(
                "it is not said whose coding this is",
                where,
                do="Name the coder with --coder NAME or in a column `coder`.",
            )
        if bad := check_key(name):
            return Problem(bad, where)
        row = {"id": self._act.named_id("coder", name), "key": name, "label": name}
        self._coders[name] = self._act.insert("coder", [row])[0]
        self.new_coders.append(name)
        return self._coders[name]

    def _row(
        self, each: Wanted, text: dict[str, Any], body: str, problems: list[Problem]
    ) -> dict[str, Any] | None:
        faults: list[Problem] = []
        code = self._codes.find(each.code, each.where)
        if isinstance(code, Problem):
            faults.append(code)
        elif code.status == "retired":
            into = self._codes.by_id.get(self._codes.counts_for(code.id))
            faults.append(
                Problem(
                    f"the code {each.code!r} is retired",
                    each.where,
                    do=f"Use {into.key!r} instead." if into and into.id != code.id else "",
                )
            )
        coder = self._coder(each.coder, each.where)
        if isinstance(coder, Problem):
            faults.append(coder)
        if not 0 <= each.start < each.end <= len(body):
            faults.append(
                Problem(
                    f"the span {each.start}-{each.end} is not within the text of {each.source!r}, "
                    f"which has {len(body)} characters",
                    each.where,
                    do="Spans are half-open [start, end) in code points, and not empty.",
                )
            )
        elif each.quote is not None and body[each.start : each.end] != each.quote:
            at = body.find(each.quote) if each.quote else -1
            faults.append(
                Problem(
                    f"the quote is not what stands at {each.start}-{each.end} of {each.source!r}",
                    each.where,
                    do=f"It stands at {at}-{at + len(each.quote)}."
                    if at >= 0
                    else "Check that the codings belong to this version of the text.",
                )
            )
        if faults:
            problems += faults
            return None
        assert not isinstance(code, Problem)
        return {
            "id": None,
            "source": text["id"],
            "text": text["text"],
            "start": each.start,
            "end": each.end,
            "code": code.id,
            "coder": coder,
            "round": each.round or MAIN,
            "question": each.question,
            "codebook_version": code.version,
            "quote": body[each.start : each.end],
        }

    def _apart(
        self,
        rows: list[tuple[dict[str, Any], Wanted]],
        there: list[Any],
        body: str,
        problems: list[Problem],
    ) -> list[tuple[dict[str, Any], Wanted]]:
        """Keep one code of one coder from covering a character twice within a round."""
        lanes: dict[tuple[str, str, str, str], list[tuple[int, int, str, Any]]] = defaultdict(list)
        for old in there:
            lanes[old.code, old.coder, old.round, old.question].append(
                (old.start, old.end, old.id, None)
            )
        for row, each in rows:
            where = (row["code"], row["coder"], row["round"], row["question"])
            lanes[where].append((row["start"], row["end"], "", (row, each)))
            self.read[row["source"], row["coder"], row["round"], row["question"]].append(
                (row["start"], row["end"])
            )
        kept = []
        for lane in lanes.values():
            # what is there already comes before a new coding of the same span
            lane.sort(key=lambda item: (item[0], item[1], item[2] == ""))
            last: tuple[int, int, str, Any] | None = None
            for start, end, name, new in lane:
                if last is None or start >= last[1]:
                    last = (start, end, name, new)
                    if new:
                        kept.append(new)
                elif new and (start, end) == last[:2]:
                    self.repeated += 1
                elif new is None and last[3] is None and last[2] not in self.widened:
                    # joined copies of a study may overlap already
                    last = max(last, (start, end, name, new), key=lambda item: item[1])
                elif self._extend and not (name and last[2]):
                    if name:
                        kept.remove(last[3])
                    last = self._widen(last, (start, end, name, new), body)
                else:
                    each = (new or last[3] or rows[0])[1]
                    other = last if new else (start, end, name, new)
                    problems.append(
                        Problem(
                            f"{each.coder} has coded {other[0]}-{other[1]} of {each.source!r} with "
                            f"{each.code!r} in round {each.round!r} already; "
                            f"{each.start}-{each.end} overlaps it",
                            each.where,
                            do="Extend that coding, or code this in another round.",
                        )
                    )
                    last = max(last, (start, end, name, new), key=lambda item: item[1])
        return kept

    def _widen(
        self, last: tuple[int, int, str, Any], item: tuple[int, int, str, Any], body: str
    ) -> tuple[int, int, str, Any]:
        start, end = min(last[0], item[0]), max(last[1], item[1])
        name = last[2] or item[2]
        span = {"start": start, "end": end, "quote": body[start:end]}
        if name:
            self.widened[name] = span
        else:
            last[3][0].update(span)
        return (start, end, name, None if name else last[3])


def _there(connection: Connection, sources: Sequence[str]) -> dict[str, list[Any]]:
    """Return the codings that sources have already, by source."""
    coding = ROWS["coding"]
    wanted = select(
        coding.c.id,
        coding.c.source,
        coding.c.start,
        coding.c.end,
        coding.c.code,
        coding.c.coder,
        coding.c.round,
        coding.c.question,
    ).where(coding.c.source.in_(sources))
    found: dict[str, list[Any]] = defaultdict(list)
    for row in connection.execute(wanted):
        found[row.source].append(row)
    return found
