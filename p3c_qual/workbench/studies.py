"""The studies a server has open: confined to its folder, kept open, one act at a time."""

from __future__ import annotations

import asyncio
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from p3c_qual.errors import P3CError, Problem
from p3c_qual.settings import FILE, read_settings
from p3c_qual.workbench.renders import Renders

if TYPE_CHECKING:
    from p3c_qual.study import Study

__all__ = ["Held", "RefusedError", "Studies"]

#: studies open at once; the one used longest ago is let go
_MOST = 16
#: slow answers that are worked on at once; a small machine has six threads for all of them
_SLOW = 2


class RefusedError(P3CError):
    """A path that this server does not serve."""

    def __init__(self, what: str, where: str, do: str = "") -> None:
        where = where.replace("\x00", "�")[:200]
        super().__init__(Problem(what, where, do=do, code="refused"))


class UnknownError(P3CError):
    """A folder that is not there."""


class ClosedError(P3CError):
    """A study that cannot be opened now: what is to be done in it waits."""


@dataclass
class Held:
    """An open study and the lock under which its acts are done one after the other."""

    study: Study
    path: str
    store: Path | None
    mark: tuple[int, ...]
    acting: asyncio.Lock = field(default_factory=asyncio.Lock)


class Studies:
    """Studies below one folder.

    Parameters
    ----------
    root : Path
        The server's folder.
    hidden : bool
        Whether folders whose names begin with a dot are served.

    Attributes
    ----------
    answered : dict
        What was answered, by act, to what stands in no journal.
    renders : Renders
        The reports that are being made, or were since the server runs.
    slow : asyncio.Semaphore
        Lets work that may take seconds go on beside the rest, a little at a time.
    """

    def __init__(self, root: str | Path, *, hidden: bool = False) -> None:
        self.root = Path(root).expanduser().resolve()
        self.hidden = hidden
        self.answered: dict[str, Any] = {}
        self.renders = Renders()
        self.slow = asyncio.Semaphore(_SLOW)
        self._held: OrderedDict[Path, Held] = OrderedDict()
        self._lock = threading.Lock()
        self._opening: dict[Path, threading.Lock] = {}

    def locate(self, given: str) -> Path:
        """Return the folder that is meant, which may not exist; nothing outside the root is.

        Raises
        ------
        RefusedError
            If it leads out of the root, by dots, by a link or by itself, or is hidden.
        """
        if "\x00" in given:
            raise RefusedError("this is no path", given)
        path = Path(given)
        if ".." in path.parts:
            raise RefusedError("a path holds no ..", given)
        try:
            found = (path if path.is_absolute() else self.root / path).resolve()
        except (OSError, RuntimeError, ValueError) as error:
            raise RefusedError("this is no path", given) from error
        if not found.is_relative_to(self.root):
            do = "Start the server on a folder that holds the study: p3c lab"
            raise RefusedError("the folder lies outside the one this server serves", given, do)
        inside = found.relative_to(self.root)
        if not self.hidden and any(part.startswith(".") for part in inside.parts):
            raise RefusedError("the folder is hidden, and this server serves no hidden ones", given)
        return found

    def name(self, path: Path) -> str:
        """Return how a folder is called: with slashes, from the root, which is a dot."""
        return path.relative_to(self.root).as_posix()

    def hold(self, given: str) -> Held:
        """Return the open study of a folder; opened if it is not.

        Raises
        ------
        P3CError
            If the folder is refused, there is no study, or it cannot be opened.
        """
        path = self.locate(given)
        if not path.is_dir():
            raise UnknownError(Problem("there is no such folder", given[:200], code="unknown"))
        with self._lock:
            opening = self._opening.setdefault(path, threading.Lock())
        # a study that is slow to open keeps nobody from the others
        with opening:
            held = self._held.get(path)
            if held is None or held.mark != self._mark(path, held.store):
                held = self._open(path, held)
            with self._lock:
                self._held[path] = held
                self._held.move_to_end(path)
                while len(self._held) > _MOST:
                    self._held.popitem(last=False)[1].study.close()
        return held

    def _open(self, path: Path, before: Held | None) -> Held:
        from p3c_qual.opening import open_study

        if before is not None:
            before.study.close()
        address = read_settings(path).address(path)
        store = address if isinstance(address, Path) else None
        if store is not None and not store.resolve().is_relative_to(self.root):
            raise RefusedError("the study's store lies outside the folder this server serves", FILE)
        study = open_study(path)
        acting = before.acting if before is not None else asyncio.Lock()
        # opening may have brought an older study to the present form
        return Held(study, self.name(path), store, self._mark(path, store), acting)

    def close(self) -> None:
        """Let go of all studies."""
        with self._lock:
            for held in self._held.values():
                held.study.close()
            self._held.clear()

    @staticmethod
    def _mark(path: Path, store: Path | None) -> tuple[int, ...]:
        """Return what tells that another study lies there now: its settings, its file."""
        made: list[int] = []
        settings = path / FILE
        for file in filter(None, (settings, store)):
            try:
                found = file.stat()
            except OSError:
                made.append(0)
                continue
            made += [found.st_ino, found.st_dev]
            if file == settings:
                made.append(found.st_mtime_ns)
        return tuple(made)
