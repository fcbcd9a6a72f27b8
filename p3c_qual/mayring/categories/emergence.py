"""How categories came up: in which order, at which place, and what was subsumed since."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import select

from p3c_qual.analysis.cache import kept
from p3c_qual.errors import Problem
from p3c_qual.mayring.categories.staleness import codings_of
from p3c_qual.mayring.question import material_of, read_question
from p3c_qual.store import payloads
from p3c_qual.store.schema import ROWS, event

if TYPE_CHECKING:
    import pandas as pd
    from sqlalchemy import Connection

    from p3c_qual.mayring.question import Question
    from p3c_qual.study import Study

__all__ = ["Formed", "alone", "formed", "lacks_main", "table_emergence", "table_subsumption"]

#: categories below which main categories are no need
FEW = 6
#: kind of a memo on a category that says why it stands alone
ALONE = "main"


@dataclass(frozen=True, slots=True)
class Formed:
    """A coding of a question, with its place in the order of the work.

    Attributes
    ----------
    id, code : str
        Row ids of the coding and its category.
    source, source_key : str
    start, end : int
    coder, round, version, quote : str
    place : tuple of int
        In the order of the material: number of the source, start and end.
    new : bool
        Whether its category came up with it; else it was subsumed under one that was there.
    """

    id: str
    code: str
    source: str
    source_key: str
    start: int
    end: int
    coder: str
    round: str
    version: str
    quote: str
    place: tuple[int, int, int]
    new: bool = False


def formed(connection: Connection, question: Question, *, coder: str | None = None) -> list[Formed]:
    """Return the codings of a question in the order in which they first got the category they have.

    The journal tells the order, by its clock, so that every copy of the study tells the same one.

    Parameters
    ----------
    connection : Connection
    question : Question
    coder : str, optional
        Only the codings of this one, by key.
    """
    coding, src, who = (ROWS[name] for name in ("coding", "source", "coder"))
    order = {row.id: number for number, row in enumerate(material_of(connection, question))}
    wanted = (
        codings_of(
            question,
            coding,
            src.c.key.label("source_key"),
            who.c.key.label("coder_key"),
        )
        .join(src, src.c.id == coding.c.source)
        .join(who, who.c.id == coding.c.coder, isouter=True)
    )
    if coder is not None:
        wanted = wanted.where(who.c.key == coder)
    rows = list(connection.execute(wanted))
    turns = _turns(connection, {row.id: row.code for row in rows})
    rows.sort(key=lambda row: (turns.get(row.id, _NEVER), row.id))
    found, seen = [], set()
    for row in rows:
        found.append(
            Formed(
                row.id,
                row.code,
                row.source,
                row.source_key,
                row.start,
                row.end,
                row.coder_key or "",
                row.round or "",
                row.codebook_version or "",
                row.quote or "",
                (order.get(row.source, len(order)), row.start, row.end),
                row.code not in seen,
            )
        )
        seen.add(row.code)
    return found


_NEVER = (2**62, "", "")


def _turns(connection: Connection, codings: dict[str, str]) -> dict[str, tuple[int, str, str]]:
    """Return when each coding first got the category it has: clock, replica and id of the event."""
    found: dict[str, tuple[int, str, str]] = {}
    columns = (event.c.row, event.c.after, event.c.clock, event.c.replica, event.c.id)
    for run in payloads.chunks(sorted(codings), 500):
        wanted = select(*columns).where(event.c.tbl == "coding", event.c.row.in_(run))
        for row, after, *turn in connection.execute(wanted):
            if orjson.loads(after).get("code") == codings[row]:
                when = (int(turn[0]), str(turn[1]), str(turn[2]))
                # given another one and taken back, it has its category from the first time
                found[row] = min(found.get(row, when), when)
    return found


def table_emergence(study: Study, question: str, *, coder: str | None = None) -> pd.DataFrame:
    """Tabulate the categories of a question in the order in which they came up.

    Parameters
    ----------
    study : Study
    question : str
        Key or row id.
    coder : str, optional
        Only the codings of this one.

    Returns
    -------
    DataFrame
        ``no`` (int, from 1), ``code`` (key), ``label``, ``main`` (label of the main category it
        stands under, or empty), ``source`` (key), ``start``, ``end`` (int), ``quote``, ``coder``:
        where and by whom it was given first; ``first_in_text`` (int, rank of its first place in
        the order of the material), ``units`` (int, codings it has), ``subsumed`` (int, those
        after the first), ``sources`` (int, in which it stands), ``coding`` (row id of the first).
        Attributes: ``unit``, ``unused`` (keys of categories that nothing was coded with).

    Raises
    ------
    P3CError
        If there is no such question.
    """
    import pandas as pd

    with study.store.read() as connection:
        asked = read_question(connection, question)
        rows = kept(
            study,
            connection,
            f"formed {asked.id} {coder}",
            lambda: formed(connection, asked, coder=coder),
        )
        codes = _codes(connection, asked)
    by_code: dict[str, list[Formed]] = defaultdict(list)
    for each in rows:
        by_code[each.code].append(each)
    in_text = sorted(by_code, key=lambda code: min(each.place for each in by_code[code]))
    ranks = {code: number for number, code in enumerate(in_text, 1)}
    made: list[dict[str, Any]] = []
    for number, (code, some) in enumerate(by_code.items(), 1):
        first = some[0]
        made.append(
            {
                "no": number,
                "code": codes[code].key,
                "label": codes[code].label or codes[code].key,
                "main": _main(codes, code),
                "source": first.source_key,
                "start": first.start,
                "end": first.end,
                "quote": first.quote,
                "coder": first.coder,
                "first_in_text": ranks[code],
                "units": len(some),
                "subsumed": len(some) - 1,
                "sources": len({each.source for each in some}),
                "coding": first.id,
            }
        )
    columns = [
        *("no", "code", "label", "main", "source", "start", "end", "quote", "coder"),
        *("first_in_text", "units", "subsumed", "sources", "coding"),
    ]
    frame = pd.DataFrame(made, columns=columns)
    unused = [
        row.key
        for name, row in codes.items()
        if name not in by_code and row.status != "retired" and not _has_below(codes, name)
    ]
    frame.attrs = {"question": asked.key, "unit": "codings of the question", "unused": unused}
    return frame


def table_subsumption(study: Study, question: str, *, coder: str | None = None) -> pd.DataFrame:
    """Tabulate each coding of a question: whether its category was new, or there already.

    Parameters
    ----------
    study : Study
    question : str
        Key or row id.
    coder : str, optional
        Only the codings of this one.

    Returns
    -------
    DataFrame
        ``no`` (int, from 1, in the order of the work), ``source`` (key), ``start``, ``end``
        (int), ``quote``, ``code`` (key), ``label``, ``coder`` (str), ``how`` (``new`` or
        ``subsumed``), ``categories`` (int, that there were after it), ``coding`` (row id).

    Raises
    ------
    P3CError
        If there is no such question.
    """
    import pandas as pd

    with study.store.read() as connection:
        asked = read_question(connection, question)
        rows = kept(
            study,
            connection,
            f"formed {asked.id} {coder}",
            lambda: formed(connection, asked, coder=coder),
        )
        codes = _codes(connection, asked)
    made, count = [], 0
    for number, each in enumerate(rows, 1):
        count += each.new
        made.append(
            {
                "no": number,
                "source": each.source_key,
                "start": each.start,
                "end": each.end,
                "quote": each.quote,
                "code": codes[each.code].key,
                "label": codes[each.code].label or codes[each.code].key,
                "coder": each.coder,
                "how": "new" if each.new else "subsumed",
                "categories": count,
                "coding": each.id,
            }
        )
    columns = [
        *("no", "source", "start", "end", "quote", "code", "label", "coder", "how"),
        *("categories", "coding"),
    ]
    frame = pd.DataFrame(made, columns=columns)
    frame.attrs = {"question": asked.key, "unit": "codings of the question"}
    return frame


def alone(connection: Connection, question: Question) -> list[Any]:
    """Return the categories that stand under no main category and are none themselves.

    One on which a memo of the kind ``main`` says why it stands alone is not among them.
    """
    memo = ROWS["memo"]
    codes = _codes(connection, question)
    on = select(memo.c.target).where(memo.c.about == "code", memo.c.kind == ALONE)
    said = set(connection.scalars(on))
    return [
        row
        for name, row in codes.items()
        if row.status != "retired"
        and row.parent not in codes
        and not _has_below(codes, name)
        and name not in said
    ]


def lacks_main(connection: Connection, question: Question) -> list[Problem]:
    """Return what is missing to close the building of main categories.

    Categories without a main category; fewer than six in all may do without.
    """
    codes = _codes(connection, question)
    leaves = [
        name
        for name, row in codes.items()
        if row.status != "retired" and not _has_below(codes, name)
    ]
    left = alone(connection, question)
    if not left or len(leaves) < FEW:
        return []
    names = [row.label or row.key for row in left]
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    one = len(names) == 1
    what = (
        f"{len(names)} {'category stands' if one else 'categories stand'} under no main category: "
        f"{', '.join(names[:5])}{more}"
    )
    do = f"Put {'it' if one else 'them'} under one, or say in a memo of the kind 'main' why not."
    return [Problem(what, question.key, do=do)]


def _codes(connection: Connection, question: Question) -> dict[str, Any]:
    code = ROWS["code"]
    columns = (code.c.id, code.c.key, code.c.label, code.c.parent, code.c.status)
    wanted = select(*columns).where(code.c.codebook == question.codebook)
    return {row.id: row for row in connection.execute(wanted.order_by(code.c.position, code.c.key))}


def _has_below(codes: dict[str, Any], name: str) -> bool:
    return any(row.parent == name and row.status != "retired" for row in codes.values())


def _main(codes: dict[str, Any], code: str) -> str:
    """Return the label of the code at the top of a branch; empty for that code itself."""
    seen = {code}
    here = code
    while (above := codes[here].parent) in codes and above not in seen:
        seen.add(above)
        here = above
    return "" if here == code else str(codes[here].label or codes[here].key)
