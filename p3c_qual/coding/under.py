"""Under which research question a coding is given, and what that has to wait for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.errors import Problem, nearest
from p3c_qual.mayring.techniques import TECHNIQUES, listed
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = ["Under", "read_under"]


class Under:
    """What coding needs to know of the research questions.

    Codes of a codebook whose categories are formed under a question (inductive category
    formation) are given under that question; everything else is free unless it names one.
    """

    def __init__(self, questions: list[Any]) -> None:
        self._by_key = {row.key: row for row in questions}
        self._by_book = {
            row.book: row.key for row in questions if row.technique == "inductive" and row.book
        }

    def question_of(self, codebook: str, given: str = "") -> str:
        """Return under which question a code of this codebook (key) is given; empty for none."""
        return given or self._by_book.get(codebook, "")

    def fault(self, question: str, where: str = "", *, codebook: str = "") -> Problem | None:
        """Say why nothing may be coded under a question yet; free coding always may.

        Parameters
        ----------
        question : str
            Key, as `question_of` gives it.
        where : str
        codebook : str
            Key of the one whose code is given.
        """
        if owner := self._stranger(question, codebook):
            return owner
        row = self._by_key.get(question)
        how = row and TECHNIQUES.get(row.technique)
        missing = [name for name in how.needs if not getattr(row, name)] if how else []
        if not missing:
            return None
        return Problem(
            f"under the research question {question!r} nothing is coded before "
            f"{listed(missing)} written",
            where,
            do="Write it in the Summarise view, or code with a codebook that is bound to none.",
            code="undefined",
        )

    def _stranger(self, question: str, codebook: str) -> Problem | None:
        """Say that a question is not there, or that its codes are not given under it."""
        if question and self._by_key and question not in self._by_key:
            valid = tuple(sorted(self._by_key))
            what = f"there is no research question {question!r}"
            return Problem(what, "", valid, nearest(question, valid))
        owner = self._by_book.get(codebook, question)
        if owner != question:
            what = f"codes of {codebook!r} are given under the research question {owner!r}"
            do = "Leave the question out, or code with another codebook."
            return Problem(f"{what}, which forms its categories in it, not {question!r}", do=do)
        return None


def read_under(connection: Connection) -> Under:
    """Read the research questions as far as coding has to know of them."""
    question, book = ROWS["question"], ROWS["codebook"]
    wanted = select(question, book.c.key.label("book")).join(
        book, book.c.id == question.c.codebook, isouter=True
    )
    return Under(list(connection.execute(wanted.order_by(question.c.id.desc()))))
