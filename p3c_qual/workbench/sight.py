"""Whose work somebody sees: everybody's, or in blind coding their own alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, false, or_, select, true

from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection

    from p3c_qual.study import Study

__all__ = ["Sight", "sight_of"]

#: memos about these say how somebody read the material
_OF_READING = ("coding", "span", "source", "interviewee")


@dataclass(frozen=True, slots=True)
class Sight:
    """Who asks, and whether they see the work of others.

    Attributes
    ----------
    me : str
        Key of the asking coder; empty where nobody was named.
    mine : str or None
        Row id of that coder; None until they did something.
    others : bool
    """

    me: str
    mine: str | None
    others: bool

    def codings(self) -> ColumnElement[bool]:
        """Return the condition on codings that are seen."""
        return self._of(ROWS["coding"].c.coder)

    def readings(self) -> ColumnElement[bool]:
        """Return the condition on readings that are seen."""
        return self._of(ROWS["reading"].c.coder)

    def acts(self, actor: Any) -> ColumnElement[bool]:
        """Return the condition on acts that are seen, given the column of their actor."""
        return true() if self.others else actor == self.me

    def memos(self) -> ColumnElement[bool]:
        """Return the condition on memos that are seen.

        What others noted on the codebook, the study and its places is for everybody; what they
        noted on the material is not, neither is a memo on a coding that is not seen.
        """
        if self.others:
            return true()
        memo, coding = ROWS["memo"], ROWS["coding"]
        by_me = or_(memo.c.coder.is_(None), self._of(memo.c.coder))
        seen = select(coding.c.id).where(coding.c.id == memo.c.target, self.codings()).exists()
        return or_(
            memo.c.about.not_in(_OF_READING),
            and_(by_me, or_(memo.c.about != "coding", seen)),
        )

    def owns(self, coder: str | None) -> bool:
        """Say whether work of this coder (row id) is seen."""
        return self.others or (coder is not None and coder == self.mine)

    def _of(self, coder: ColumnElement[Any]) -> ColumnElement[bool]:
        if self.others:
            return true()
        return false() if self.mine is None else coder == self.mine


def sight_of(study: Study, connection: Connection, *, others: bool) -> Sight:
    """Return what the coder who works here sees."""
    me = study.coder or ""
    coder = ROWS["coder"]
    mine = connection.scalar(select(coder.c.id).where(coder.c.key == me)) if me else None
    return Sight(me, mine, others)
