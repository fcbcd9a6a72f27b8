"""Memos: what a person noted on a study, source, case, code, coding or span."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.coding.coders import coder_id
from p3c_qual.coding.names import find_key, ids_by_key, read_codes
from p3c_qual.coding.standing import gone
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.sources.places import Places
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from p3c_qual.store.act import Act

__all__ = ["ABOUT", "delete_memo", "edit_memo", "write_memo"]

ABOUT = ("study", "source", "interviewee", "programme", "site", "code", "coding", "span")


def write_memo(
    act: Act,
    about: str,
    text: str,
    *,
    target: str = "",
    kind: str = "",
    span: str = "",
    coder: str | None = None,
) -> str:
    """Write a memo; there may be several on anything.

    Parameters
    ----------
    act : Act
    about : str
        One of `ABOUT`.
    text : str
    target : str
        Key of what it is about, or a coding's id; of the source for a span.
    kind : str
        Such as ``surprise`` (Mayring: abduction) or ``method``.
    span : str
        ``START-END`` in code points, for a span.
    coder : str, optional
        Who writes.

    Returns
    -------
    str
        The memo's id.

    Raises
    ------
    P3CError
        If there is no such thing, or the memo is empty.
    """
    from p3c_qual.sources.fix import fix_text

    if about not in ABOUT:
        raise P3CError(
            Problem(f"there are no memos on {about!r}", valid=ABOUT, nearest=nearest(about, ABOUT))
        )
    if not text.strip():
        raise P3CError(Problem("the memo is empty", f"{about} {target}".strip()))
    row: dict[str, Any] = {
        "about": about,
        "kind": kind,
        "text": fix_text(text).text,
        "target": _target(act, about, target),
    }
    if about == "span":
        row |= _span(act, row["target"], target, span)
    elif span:
        do = "Write it about a span: p3c memo span TEXT --target SOURCE --span START-END"
        raise P3CError(Problem(f"a memo on a {about} has no span", span, do=do))
    if coder:
        row["coder"] = coder_id(act, coder, f"memo on {about}")
    return act.insert("memo", [row])[0]


def edit_memo(act: Act, memo_id: str, text: str) -> bool:
    """Write a memo anew; what it said before stays in the journal.

    Returns
    -------
    bool
        Whether this changed anything.

    Raises
    ------
    P3CError
        If the memo is gone, or nothing is written.
    """
    from p3c_qual.sources.fix import fix_text

    _memo_there(act, memo_id)
    if not text.strip():
        raise P3CError(Problem("the memo is empty", do="Delete it, if nothing is left to say."))
    return bool(act.update("memo", {memo_id: {"text": fix_text(text).text}}))


def delete_memo(act: Act, memo_id: str) -> None:
    """Take a memo away.

    Raises
    ------
    P3CError
        If it is gone already.
    """
    _memo_there(act, memo_id)
    act.delete("memo", [memo_id])


def _memo_there(act: Act, memo_id: str) -> None:
    memo = ROWS["memo"]
    if act.connection.scalar(select(memo.c.id).where(memo.c.id == memo_id)) is None:
        raise P3CError(gone(act.connection, "memo", memo_id))


def _target(act: Act, about: str, target: str) -> str | None:
    if about == "study":
        if target:
            raise P3CError(
                Problem("a memo on the study has no target", target, do="Leave --target out.")
            )
        return None
    if not target:
        do = "Name it with --target" + (" SOURCE." if about == "span" else " KEY.")
        raise P3CError(Problem("it is not said what the memo is about", about, do=do))
    if about == "code":
        found = read_codes(act.connection).find(target)
        if isinstance(found, Problem):
            raise P3CError(found)
        return found.id
    if about == "coding":
        coding = ROWS["coding"]
        if not act.connection.scalar(select(coding.c.id).where(coding.c.id == target)):
            raise P3CError(
                Problem(f"there is no coding {target!r}", do="List them with: p3c codings")
            )
        return target
    table = "source" if about == "span" else about
    # two programmes may each have a site of one key
    site = about == "site"
    known = Places(act, new=False).sites if site else ids_by_key(act.connection, table)
    if problem := find_key(known, target, table):
        raise P3CError(problem)
    return known[target]


def _span(act: Act, source: str, key: str, span: str) -> dict[str, int]:
    text, src = ROWS["text"], ROWS["source"]
    length = (
        act.connection.scalar(
            select(text.c.length).join(src, src.c.text == text.c.id).where(src.c.id == source)
        )
        or 0
    )
    given = re.fullmatch(r"(\d+)-(\d+)", span)
    start, end = (int(given[1]), int(given[2])) if given else (0, 0)
    if not 0 <= start < end <= length:
        raise P3CError(
            Problem(
                f"{span!r} is no span of {key!r}, which has {length} characters",
                do="Write START-END in code points.",
            )
        )
    return {"start": start, "end": end}
