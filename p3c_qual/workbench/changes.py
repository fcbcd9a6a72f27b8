"""What is different since a cursor, told from the journal and read from the present rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import and_, or_, select

from p3c_qual.store.schema import ROWS, act, event
from p3c_qual.workbench import rows, wire, wire_mayring
from p3c_qual.workbench.progress import progress_of
from p3c_qual.workbench.sight import Sight, sight_of
from p3c_qual.workbench.source import memos_on
from p3c_qual.workbench.state import last_event
from p3c_qual.workbench.summary import check_rows, question_rows, reduction_rows, unit_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sqlalchemy import Connection

    from p3c_qual.study import Study

__all__ = ["changes_since"]

#: events beyond which loading anew is quicker
MOST = 5_000
#: sources beyond which progress is asked for anew
_SOURCES = 200
#: what is said of sources stands in these tables
_SAID = {"source", "text", "participation", "interviewee", "programme", "site"}
#: by these it is told how far a research question is
_STEPS = {
    *("question", "reading", "source", "codebook", "code", "pilot_review"),
    *("cell", "rating", "casetype", "member", "explication"),
}
#: by these it is told how far a summarising is, and nothing else
_SUMMED = ("paraphrase", "reduction", "back_check")
#: tables whose rows a panel asks for anew when it is told that something in them is different
_NAMED = {
    *("cell", "rating", "casetype", "member", "explication", "pilot_review", "edition"),
    *("theory", "mechanism", "link", "regularity", "instance", "inference", "negative_search"),
    *("block", "arrow", "carries", "appraisal", "reading"),
    *("section", "quote", "kept_name", "answer", "citation", "fact", "contrast"),
    *("instrument", "response", "aggregate", "joint"),
}
#: a row of these is shown on the card of the configuration it names
_ON_CARDS = ("element", "evidence", "negative_search")


def changes_since(study: Study, since: int, source: str, *, others: bool) -> wire.Delta:
    """Return what is different since a cursor.

    Parameters
    ----------
    study : Study
    since : int
        The cursor of what the asker holds.
    source : str
        Row id of the source that is open, or empty.
    others : bool
        Whether the work of other coders is wanted.
    """
    with study.store.read() as connection:
        cursor = last_event(connection)
        if cursor == since:
            return wire.Delta(cursor)
        if not 0 <= since < cursor:
            # a store that went back, as after a restore
            return wire.Delta(cursor, reset=True)
        happened = connection.execute(
            select(event.c.tbl, event.c.row, event.c.act)
            .where(event.c.seq > since)
            .order_by(event.c.seq)
            .limit(MOST + 1)
        ).all()
        sight = sight_of(study, connection, others=others)
        return _Change(study, connection, sight, source, happened).delta(cursor)


class _Change:
    """The rows some events touched, as they are now."""

    def __init__(
        self,
        study: Study,
        connection: Connection,
        sight: Sight,
        source: str,
        happened: Sequence[Any],
    ) -> None:
        self._study, self._connection, self._sight = study, connection, sight
        self._source = source
        self._many = len(happened) > MOST
        self._touched: dict[str, dict[str, None]] = {}
        self._acts: dict[str, None] = {}
        for table, row, act_id in happened:
            self._touched.setdefault(table, {})[row] = None
            self._acts[act_id] = None

    def delta(self, cursor: int) -> wire.Delta:
        """Return what is different."""
        if self._many or self._text_changed():
            return wire.Delta(cursor, reset=True)
        touched, connection, sight = self._touched, self._connection, self._sight
        memos, gone_memos, noted = self._memos()
        codings, gone, places = self._codings(noted)
        books = bool(touched.keys() & {"code", "codebook"})
        units = unit_rows(connection, touched.get("paraphrase", ()))
        return wire.Delta(
            cursor,
            codings=codings,
            gone=[*gone, *gone_memos, *self._gone_rows()],
            claims=self._claims(),
            memos=memos,
            readings=self._readings(),
            codes=rows.code_rows(connection) if books else None,
            codebooks=rows.codebook_rows(connection) if books else None,
            proposals=rows.proposal_rows(connection) if "proposal" in touched else None,
            sources=rows.source_rows(self._study, connection, sight)
            if touched.keys() & _SAID and self._said()
            else None,
            counts=rows.code_counts(connection, sight) if "coding" in touched else None,
            progress=self._progress(places),
            coders=rows.coder_keys(connection, sight) if "coder" in touched else None,
            questions=question_rows(connection) if touched.keys() & _STEPS else None,
            asked=[] if touched.keys() & _STEPS else self._asked(units),
            units=units,
            reductions=self._rows_of("reduction", reduction_rows),
            checks=self._rows_of("back_check", check_rows),
            touched=self._named(),
            acts=self._happenings(),
        )

    def _rows_of(self, table: str, read: Callable[[Connection, Any], list[Any]]) -> list[Any]:
        """Return the rows of a table that were touched and are there."""
        ids = self._touched.get(table, ())
        return [
            row
            for some in rows.found_in(ROWS[table].c.id, ids)
            for row in read(self._connection, some)
        ]

    def _asked(self, units: Sequence[wire_mayring.UnitRow]) -> list[wire_mayring.QuestionRow]:
        """Return the summarisings whose units, categories or checks were touched.

        Other questions are not looked at, since what they lack may take long to tell.
        """
        of = {each.question for each in units}
        for table in _SUMMED:
            said = _first_said(self._connection, table, self._touched.get(table, ()))
            of |= {str(each["question"]) for each in said.values() if each.get("question")}
        return question_rows(self._connection, of) if of else []

    def _gone_rows(self) -> list[str]:
        """Return the units, categories and checks that were touched and are there no more."""
        gone: list[str] = []
        for table in ("paraphrase", "reduction", "back_check", "configuration"):
            ids = self._touched.get(table, {})
            there = {
                name
                for some in rows.found_in(ROWS[table].c.id, ids)
                for name in self._connection.scalars(select(ROWS[table].c.id).where(some))
            }
            gone += [name for name in ids if name not in there]
        return gone

    def _claims(self) -> list[str]:
        """Return the configurations that were touched, or what is shown on their cards."""
        found = set(self._touched.get("configuration", ()))
        return sorted(found.union(*(self._ever(name, "configuration") for name in _ON_CARDS)))

    def _ever(self, table: str, column: str) -> set[str]:
        """Return all that touched rows ever named in a column; they may be gone, or moved."""
        named: set[str] = set()
        wanted = select(event.c.after).where(event.c.tbl == table)
        for some in rows.found_in(event.c.row, self._touched.get(table, ())):
            said = (orjson.loads(each) for each in self._connection.scalars(wanted.where(some)))
            named |= {str(each[column]) for each in said if each.get(column)}
        return named

    def _named(self) -> list[str]:
        """Return the tables that a panel is told of by name alone."""
        named = self._touched.keys() & _NAMED
        said = self._touched.keys() & _SAID
        if said and self._said():
            named |= said
        if self._ever("evidence", "theory"):
            named.add("theory")
        return sorted(named)

    def _text_changed(self) -> bool:
        """Say whether words were erased, or the open source has another text now."""
        if "payload" in self._touched:
            return True
        text = ROWS["text"]
        return any(
            self._connection.scalar(
                select(text.c.id).where(some, text.c.source == self._source).limit(1)
            )
            for some in rows.found_in(text.c.id, self._touched.get("text", ()))
        )

    def _said(self) -> bool:
        """Say whether more of a source changed than who its main coder is, which is not shown."""
        if self._touched.keys() & _SAID != {"source"}:
            return True
        wanted = select(event.c.after).where(event.c.tbl == "source")
        named = '{"main_coder":'
        return any(
            not (after.startswith(named) and after.count(":") == 1)
            for some in rows.found_in(event.c.row, self._touched["source"])
            for after in self._connection.scalars(
                wanted.where(some, event.c.act.in_(list(self._acts)))
            )
        )

    def _memos(self) -> tuple[list[wire.MemoRow], list[str], set[str]]:
        """Return memos that are there, those that are not, and the codings they are on."""
        memo, ids = ROWS["memo"], self._touched.get("memo", {})
        here = or_(memos_on(self._source), memo.c.about.not_in(("source", "span", "coding")))
        seen, mine = [], []
        for some in rows.found_in(memo.c.id, ids):
            seen += rows.memo_rows(self._connection, self._sight, some)
            mine += rows.memo_rows(self._connection, self._sight, some, here)
        first = _first_said(self._connection, "memo", ids)
        there = {each.id for each in seen}
        noted = {said["target"] for said in first.values() if said.get("about") == "coding"}
        gone = [
            name
            for name in ids
            if name not in there and self._owned(first.get(name, {}).get("coder"))
        ]
        return mine, gone, noted

    def _codings(self, noted: set[str]) -> tuple[list[wire.CodingRow], list[str], set[str]]:
        """Return codings of the open source, those that are gone, and the sources concerned."""
        coding, ids = ROWS["coding"], self._touched.get("coding", {})
        found: list[wire.CodingRow] = []
        there: dict[str, str] = {}
        for some in rows.found_in(coding.c.id, {*ids, *noted}):
            found += rows.coding_rows(
                self._connection, self._sight, and_(some, coding.c.source == self._source)
            )
            there.update(
                self._connection.execute(select(coding.c.id, coding.c.source).where(some)).all()
            )
        first = _first_said(self._connection, "coding", [name for name in ids if name not in there])
        gone = [name for name, said in first.items() if self._owned(said.get("coder"))]
        places = {there[name] for name in ids if name in there}
        places |= {str(said["source"]) for said in first.values() if said.get("source")}
        return found, gone, places

    def _readings(self) -> list[wire.ReadingRow]:
        """Return all readings of the open source, if one was touched; one taken back is empty."""
        reading = ROWS["reading"]
        first = _first_said(self._connection, "reading", self._touched.get("reading", ()))
        seen = [
            (self._name_of(said["coder"]), said["round"], said.get("question") or "")
            for said in first.values()
            if said.get("source") == self._source and self._owned(said.get("coder"))
        ]
        if not seen:
            return []
        there = rows.reading_rows(self._connection, self._sight, reading.c.source == self._source)
        known = {(each.coder, each.round, each.question) for each in there}
        return there + [
            wire.ReadingRow(self._source, coder, round_, done=False, ranges=[], question=question)
            for coder, round_, question in sorted(set(seen) - known)
        ]

    def _owned(self, coder: str | None) -> bool:
        """Say whether the work of a coder (row id) is seen; the row may be gone with it."""
        if self._sight.owns(coder):
            return True
        return coder is not None and self._name_of(coder) == self._sight.me

    def _name_of(self, coder: str) -> str:
        said = _first_said(self._connection, "coder", [coder]).get(coder, {})
        return str(said.get("key", ""))

    def _progress(self, places: set[str]) -> list[wire.Progress] | None:
        # told by the journal: a reading that was taken back is among no rows any more
        said = _first_said(self._connection, "reading", self._touched.get("reading", ()))
        places |= {str(each["source"]) for each in said.values()}
        places |= self._touched.get("source", {}).keys()
        if not places or len(places) > _SOURCES:
            return None
        return progress_of(self._connection, self._sight, sorted(places))

    def _happenings(self) -> list[wire.Happening]:
        found = {}
        for some in rows.found_in(act.c.id, self._acts):
            wanted = select(act).where(some, self._sight.acts(act.c.actor))
            for row in self._connection.execute(wanted):
                found[row.id] = wire.Happening(row.id, row.actor, row.verb, row.kind, row.at)
        return [found[name] for name in self._acts if name in found]


def _first_said(
    connection: Connection, table: str, ids: Iterable[str]
) -> dict[str, dict[str, Any]]:
    """Return what the journal said of rows when they came, whether they are there still or not."""
    found: dict[str, dict[str, Any]] = {}
    for some in rows.found_in(event.c.row, ids):
        wanted = select(event.c.row, event.c.after).where(event.c.tbl == table, some)
        for row, after in connection.execute(wanted.order_by(event.c.seq)):
            found.setdefault(row, orjson.loads(after))
    return found
