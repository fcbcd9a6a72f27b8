"""Codings made under a version of the categories that a pilot review has overturned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from p3c_qual.coding import change
from p3c_qual.coding.wanted import MAIN
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection, Select

    from p3c_qual.mayring.question import Question
    from p3c_qual.opened import Opened

__all__ = [
    "coded_spans",
    "codings_of",
    "confirm_codings",
    "overturned",
    "restarts",
    "stale_codings",
]


def restarts(connection: Connection, question: Question) -> set[str]:
    """Return the versions of the bound codebook with which the question began anew.

    They are the ``version_before`` of its reviews with the decision ``changed``.
    """
    review = ROWS["pilot_review"]
    wanted = select(review.c.version_before, review.c.figures).where(
        review.c.question == question.id, review.c.decision == "changed"
    )
    return {
        version or ""
        for version, figures in connection.execute(wanted)
        if (figures or {}).get("codebook") in {None, question.codebook}
    }


def overturned(connection: Connection, question: Question) -> set[str]:
    """Return the versions under which a coding of the question is stale; never the present one."""
    book = ROWS["codebook"]
    version = connection.scalar(select(book.c.version).where(book.c.id == question.codebook))
    return restarts(connection, question) - {version or ""}


def codings_of(question: Question, *columns: Any) -> Select[Any]:
    """Return the statement for the codings of a question, joined with their codes.

    A question that forms its categories itself owns the codings that carry its key; a deductive
    one counts every coding of its codebook.
    """
    coding, code = ROWS["coding"], ROWS["code"]
    names = (question.key,) if question.how.direction == "inductive" else (question.key, "")
    return (
        select(*columns)
        .select_from(coding)
        .join(code, code.c.id == coding.c.code)
        .where(code.c.codebook == question.codebook)
        .where(func.coalesce(coding.c.question, "").in_(names))
    )


def stale_codings(connection: Connection, question: Question) -> list[str]:
    """Return the ids of the question's codings that no longer count, in the order of the text.

    A coding is stale when its version is one that a review of the question has overturned. Coded
    anew, resized or confirmed it carries the present version and counts again.
    """
    gone = overturned(connection, question)
    if not gone:
        return []
    coding, src = ROWS["coding"], ROWS["source"]
    wanted = (
        codings_of(question, coding.c.id)
        .join(src, src.c.id == coding.c.source)
        .where(coding.c.codebook_version.in_(gone))
        .order_by(src.c.key, coding.c.start, coding.c.end, coding.c.id)
    )
    return list(connection.scalars(wanted))


def coded_spans(
    connection: Connection, question: Question, *, round: str = MAIN
) -> Iterator[tuple[str, str, int, int]]:
    """Yield coder, source (row ids), start and end of the codings that are not stale."""
    coding = ROWS["coding"]
    columns = (coding.c.coder, coding.c.source, coding.c.start, coding.c.end)
    wanted = codings_of(question, *columns, coding.c.codebook_version)
    gone = overturned(connection, question)
    for coder, source, start, end, version in connection.execute(
        wanted.where(coding.c.round == round)
    ):
        if (version or "") not in gone:
            yield coder, source, start, end


def confirm_codings(study: Opened, codings: Sequence[str], *, id: str | None = None) -> int:
    """Let codings stand under the present version of their codebook.

    Parameters
    ----------
    study : Study
    codings : sequence of str
        Row ids.
    id : str, optional
        Of the act.

    Returns
    -------
    int
        How many of them stood under an earlier version.

    Raises
    ------
    P3CError
        If one of them is gone, or its code is retired.
    """
    with study.act("confirm", id=id) as act:
        done = change.confirm_codings(act, codings)
        act.say(f"confirm {done} coding" + ("" if done == 1 else "s"))
        return done
