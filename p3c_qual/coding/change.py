"""What becomes of codings that are there: another code, another span, a mark, or nothing."""

from __future__ import annotations

from collections import defaultdict
from operator import index
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.coding.lanes import lay
from p3c_qual.coding.names import read_codes
from p3c_qual.coding.reading import record_readings
from p3c_qual.coding.standing import Standing, overlap, repeat, standing
from p3c_qual.coding.under import read_under
from p3c_qual.errors import P3CError, Problem
from p3c_qual.store import payloads
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from p3c_qual.coding.names import Codes
    from p3c_qual.coding.under import Under
    from p3c_qual.store.act import Act

__all__ = ["confirm_codings", "flag_codings", "recode", "remove_codings", "resize"]


def recode(act: Act, codings: Sequence[str], code: str) -> list[str]:
    """Give codings another code; their memos stay with them.

    Parameters
    ----------
    act : Act
    codings : sequence of str
        Row ids.
    code : str
        Its key, codebook:key, or its row id.

    Returns
    -------
    list of str
        Those that had another code before.

    Raises
    ------
    P3CError
        If a coding is gone, the code is unknown or retired, or the same coder has given that
        code to some of the characters in the same round: each of them.
    """
    rows, problems = standing(act.connection, codings)
    codes = read_codes(act.connection)
    new = codes.usable(code)
    if isinstance(new, Problem):
        raise P3CError([*problems, new])
    under = read_under(act.connection)
    # a coding goes with its code to the research question that forms this codebook's categories
    moved = {each.id: _question(each, codes, under, new.codebook) for each in rows}
    faults = (under.fault(question) for question in sorted(set(moved.values())))
    problems += [problem for problem in faults if problem]
    changed = [each for each in rows if each.code != new.id]
    wanted = [each.with_code(new.id, moved[each.id]) for each in changed]
    problems += _clashes(act, wanted, new.label)
    if problems:
        raise P3CError(problems)
    fields = {"code": new.id, "codebook_version": new.version}
    act.update("coding", {each.id: {**fields, "question": moved[each.id]} for each in changed})
    # what comes to a question was worked through under it
    read: dict[tuple[str, str, str, str], list[tuple[int, int]]] = defaultdict(list)
    for each in changed:
        if moved[each.id] != each.question:
            place = (each.source, each.coder, each.round, moved[each.id])
            read[place].append((each.start, each.end))
    record_readings(act, read, done=None)
    return [each.id for each in changed]


def resize(act: Act, coding: str, start: int, end: int) -> bool:
    """Give a coding another span of the same text.

    What it covers now counts as read by its coder; what it covered before was read too.

    Parameters
    ----------
    act : Act
    coding : str
        Row id.
    start, end : int
        Half-open range in code points.

    Returns
    -------
    bool
        Whether this changed anything.

    Raises
    ------
    P3CError
        If the coding is gone, the span is not within the text, or it overlaps a coding of the
        same code, coder and round.
    """
    rows, problems = standing(act.connection, [coding])
    if problems:
        raise P3CError(problems)
    (old,) = rows
    body = _text(act, old)
    try:
        start, end = index(start), index(end)
    except TypeError:
        what = f"start and end must be whole numbers, not {start!r} and {end!r}"
        raise P3CError(Problem(what, old.source_key)) from None
    if not 0 <= start < end <= len(body):
        raise P3CError(
            Problem(
                f"the span {start}-{end} is not within the text of {old.source_key!r}, "
                f"which has {len(body)} characters",
                do="Spans are half-open [start, end) in code points, and not empty.",
            )
        )
    codes = read_codes(act.connection)
    label = codes.label(old.code)
    if problems := _clashes(act, [old.with_span(start, end)], label):
        raise P3CError(problems)
    fields: dict[str, Any] = {"start": start, "end": end, "quote": body[start:end]}
    if (old.start, old.end) != (start, end) and old.code in codes.by_id:
        # who sets its borders anew has read it with the codebook as it is now
        fields["codebook_version"] = codes.by_id[old.code].version
    if not act.update("coding", {coding: fields}):
        return False
    place = (old.source, old.coder, old.round, old.question)
    record_readings(act, {place: [(start, end)]}, done=None)
    return True


def remove_codings(act: Act, codings: Sequence[str]) -> int:
    """Take codings away, and the memos on them; returns how many codings.

    Raises
    ------
    P3CError
        If one of them is gone already.
    """
    rows, problems = standing(act.connection, codings)
    if problems:
        raise P3CError(problems)
    memo = ROWS["memo"]
    notes: list[str] = []
    for run in payloads.chunks([each.id for each in rows], 500):
        on = select(memo.c.id).where(memo.c.about == "coding", memo.c.target.in_(run))
        notes += act.connection.scalars(on)
    act.delete("memo", notes)
    return act.delete("coding", [each.id for each in rows])


def confirm_codings(act: Act, codings: Sequence[str]) -> int:
    """Let codings stand under the present version of their codebook; returns how many did not.

    Raises
    ------
    P3CError
        If one of them is gone, or its code is retired: which code to use instead.
    """
    rows, problems = standing(act.connection, codings)
    codes = read_codes(act.connection)
    found = {name: codes.usable(name) for name in dict.fromkeys(each.code for each in rows)}
    problems += [each for each in found.values() if isinstance(each, Problem)]
    if problems:
        raise P3CError(problems)
    versions = {each.id: codes.by_id[each.code].version for each in rows}
    return act.update("coding", {k: {"codebook_version": v} for k, v in versions.items()})


def flag_codings(
    act: Act,
    codings: Sequence[str],
    *,
    important: bool | None = None,
    unsure: bool | None = None,
) -> int:
    """Mark codings, or take a mark off; a mark not named stays as it is.

    Parameters
    ----------
    act : Act
    codings : sequence of str
        Row ids.
    important : bool, optional
    unsure : bool, optional
        To be discussed.

    Returns
    -------
    int
        How many of them were marked otherwise before.

    Raises
    ------
    P3CError
        If one of them is gone.
    """
    rows, problems = standing(act.connection, codings)
    if problems:
        raise P3CError(problems)
    wanted = {"important": important, "unsure": unsure}
    changes: dict[str, dict[str, Any]] = {}
    for each in rows:
        new = {
            name: value
            for name, value in wanted.items()
            if value is not None and value != getattr(each, name)
        }
        if new:
            changes[each.id] = new
    return act.update("coding", changes)


def _question(each: Standing, codes: Codes, under: Under, codebook: str) -> str:
    old = codes.by_id.get(each.code)
    own = old is not None and under.question_of(old.codebook) == each.question
    return under.question_of(codebook, "" if own else each.question)


def _text(act: Act, coding: Standing) -> str:
    text = ROWS["text"]
    name = act.connection.scalar(select(text.c.hash).where(text.c.id == coding.text))
    body = payloads.get(act.connection, name or "")
    if not isinstance(body, str):
        raise P3CError(payloads.no_text(act.connection, name, coding.source_key))
    return body


def _clashes(act: Act, wanted: Sequence[Standing], label: str) -> list[Problem]:
    """Say which codings would lie over another one of the same code, coder and round."""
    coding = ROWS["coding"]
    lanes: dict[tuple[str, ...], list[Standing]] = defaultdict(list)
    for each in wanted:
        lanes[each.source, each.code, each.coder, each.round, each.question].append(each)
    names = ("source", "code", "coder", "round", "question")
    problems = []
    for lane, new in lanes.items():
        same = (coding.c[name] == value for name, value in zip(names, lane, strict=True))
        found = select(coding.c.start, coding.c.end, coding.c.id).where(*same)
        moved = {each.id for each in new}
        there = [
            (start, end, name)
            for start, end, name in act.connection.execute(found)
            if name not in moved
        ]
        spans = [(each.start, each.end, place) for place, each in enumerate(new)]
        laid = lay(there, spans, extend=False)
        problems += [repeat(new[place], label) for place in sorted(laid.into)]
        problems += [
            overlap(new[place], label, start, end) for place, start, end in laid.overlapping
        ]
    return problems
