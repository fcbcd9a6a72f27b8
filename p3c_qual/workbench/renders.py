"""The reports a server is making: a queue, two at a time, told of as long as the server runs."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from p3c_qual.errors import P3CError
from p3c_qual.workbench.wire_description import RenderJob

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["Render", "Renders"]

#: kernels at once; a small machine has two cores
_AT_ONCE = 2
#: renders that are remembered; those that are done go first
_REMEMBERED = 100
_OVER = ("done", "failed")


@dataclass
class Render:
    """A report that is to be made.

    Attributes
    ----------
    study : str
        Path of the study below the server's root.
    name, programme : str
        What people read, and the programme's key; empty where it is of a country.
    make : callable
        Makes it, given what is told the steps that are done and that there are; returns the
        paths of the files below the server's root.
    """

    study: str
    name: str
    programme: str
    make: Callable[[Callable[[int, int], None]], list[str]]
    id: str = field(default_factory=lambda: uuid4().hex)
    state: str = "waiting"
    done: int = 0
    of: int = 0
    files: list[str] = field(default_factory=list)
    problem: str = ""
    started: str = ""

    @property
    def what(self) -> tuple[str, str, str]:
        """What it is a report on."""
        return self.study, self.programme, self.name

    def row(self) -> RenderJob:
        """Return it as it goes over the wire."""
        return RenderJob(
            self.id,
            self.name,
            self.programme,
            self.state,
            self.done,
            self.of,
            list(self.files),
            self.problem,
            self.started,
        )

    def run(self) -> None:
        """Make it; whatever happens is kept, and stops no other."""
        self.started = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        self.state = "running"
        try:
            self.files = self.make(self._step)
        except P3CError as error:
            self.problem = "\n".join(_said(str(each)) for each in error.problems)
            self.state = "failed"
        except Exception as error:  # noqa: BLE001 - nobody else would hear of it
            self.problem = f"The report could not be made: {type(error).__name__}: {error}"
            self.state = "failed"
        else:
            self.state = "done"

    def _step(self, done: int, of: int) -> None:
        self.done, self.of = done, of


class Renders:
    """The renders of a server, in the order they were asked for."""

    def __init__(self) -> None:
        self._known: dict[str, Render] = {}
        self._waiting: list[Render] = []
        self._running: list[Render] = []
        self._workers = 0
        self._lock = threading.Lock()

    def add(self, renders: Iterable[Render]) -> list[RenderJob]:
        """Put renders at the end of the queue.

        One that waits already keeps its place, and is made as it was asked for last.
        """
        with self._lock:
            there = {each.what: each for each in self._waiting}
            added = []
            for each in renders:
                if (same := there.get(each.what)) is not None:
                    same.make = each.make
                else:
                    self._waiting.append(each)
                    self._known[each.id] = each
                added.append(same or each)
            self._forget()
            starting = min(_AT_ONCE - self._workers, len(self._waiting))
            self._workers += starting
        for _ in range(starting):
            # a server that ends waits for none of them
            threading.Thread(target=self._work, daemon=True, name="p3c-render").start()
        return [each.row() for each in added]

    def of(self, study: str) -> list[RenderJob]:
        """Return the renders of a study, the newest first."""
        with self._lock:
            return [each.row() for each in reversed(self._known.values()) if each.study == study]

    def _work(self) -> None:
        while (render := self._take()) is not None:
            render.run()
            with self._lock:
                self._running.remove(render)

    def _take(self) -> Render | None:
        """Return what is to be made next: nothing that is being made already, into one folder."""
        with self._lock:
            busy = {each.what for each in self._running}
            found = next((each for each in self._waiting if each.what not in busy), None)
            if found is None:
                self._workers -= 1
            else:
                self._waiting.remove(found)
                self._running.append(found)
            return found

    def _forget(self) -> None:
        over = [each.id for each in self._known.values() if each.state in _OVER]
        for name in over[: max(0, len(self._known) - _REMEMBERED)]:
            del self._known[name]


def _said(problem: str) -> str:
    """Return a problem as a sentence."""
    return problem[:1].upper() + problem[1:]
