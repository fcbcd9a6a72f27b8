"""An open study before anything is asked of it: its folder, its store, and who acts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Self

from sqlalchemy import select

from p3c_qual import who
from p3c_qual.settings import Settings, read_settings, write_settings
from p3c_qual.store.act import begin_act
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path
    from types import TracebackType

    from p3c_qual.store.act import Act
    from p3c_qual.store.engine import Store

__all__ = ["Opened"]


class Opened:
    """What every part of a study needs of it.

    Attributes
    ----------
    path : Path
        The study's folder.
    settings : Settings
        What study.yml says.
    store : Store
    """

    def __init__(self, path: Path, store: Store, settings: Settings, coder: str | None) -> None:
        self.path = path
        self.store = store
        self.settings = settings
        self._coder = coder

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        then = f" as of {self.as_of}" if self.as_of else ""
        return f"<{type(self).__name__} {self.settings.title!r} at {self.path}{then}>"

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()

    @property
    def as_of(self) -> str:
        """The day or time whose state is open; empty for the present."""
        return self.store.as_of

    @property
    def coder(self) -> str | None:
        """Whose codings are made, as far as a person said it."""
        return self._coder or who.named()

    @property
    def actor(self) -> str:
        """Who signs an act."""
        return self.coder or who.account()

    def act(
        self, verb: str, *, reason: str = "", id: str | None = None
    ) -> AbstractContextManager[Act]:
        """Open an act: what is written in the block is kept as one, or not at all.

        With an `id` it is kept once, however often it is asked for, see
        `p3c_qual.store.act.begin_act`.
        """
        return begin_act(self.store, actor=self.actor, verb=verb, reason=reason, id=id)

    def note_programmes(self, *, gone: str = "") -> None:
        """Bring study.yml's programmes to what the store says; others listed there stay.

        Parameters
        ----------
        gone : str
            A key that the file need not keep, since its programme has another one now.
        """
        programme = ROWS["programme"]
        with self.store.read() as connection:
            stored = {
                row.key: {"label": row.label or "", "country": row.country or ""}
                for row in connection.execute(select(programme).order_by(programme.c.key))
            }
        if stored.items() <= self.settings.programmes.items() and not gone:
            return
        # read anew: somebody may have changed the file since
        now = read_settings(self.path)
        kept = {key: said for key, said in now.programmes.items() if key != gone}
        self.settings = replace(now, programmes={**kept, **stored})
        write_settings(self.path, self.settings)
