"""A progress bar for people; nothing for pipes."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["bars", "steps"]


@contextlib.contextmanager
def steps(what: str, total: int) -> Iterator[Callable[[str], None]]:
    """Give a function to call with a name at each step."""
    if not sys.stderr.isatty():
        yield lambda _name: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total or None)

        def step(name: str) -> None:
            bar.update(task, advance=1, description=f"{what} {name}")

        yield step


@contextlib.contextmanager
def bars() -> Iterator[Callable[[str], Callable[[int, int], None]]]:
    """Give a function that begins a bar of this name; it is called with what is done, and of how much."""
    if not sys.stderr.isatty():
        yield lambda _name: lambda _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:

        def begin(name: str) -> Callable[[int, int], None]:
            task = shown.add_task(name, total=None)

            def step(done: int, total: int) -> None:
                shown.update(task, completed=done, total=total, visible=done < total)

            return step

        yield begin
