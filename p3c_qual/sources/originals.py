"""The originals of sources: copied into `data_raw`, the one place that writes there."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from p3c_qual.errors import P3CError, Problem

if TYPE_CHECKING:
    from p3c_qual.sources.incoming import Incoming

__all__ = ["Originals"]

#: how a copy is called until it is whole; no original begins with a dot
_PART = ".part"


class Originals:
    """Copies on their way into ``data_raw``: each appears whole, or not at all.

    Parameters
    ----------
    folder : Path
        The study's ``data_raw``.
    base : Path or None
        Folder below which files keep their path.
    """

    def __init__(self, folder: Path, base: Path | None) -> None:
        self._folder = folder
        self._inside = folder.resolve()
        self._base = base.resolve() if base else None
        self._parts: dict[Path, Path] = {}
        self._from: dict[Path, Path] = {}
        self._kept: list[Path] = []
        # what an import left that was cut short; nobody else writes here meanwhile
        for left in folder.rglob(f".*{_PART}"):
            left.unlink(missing_ok=True)

    def place(self, each: Incoming, data: bytes) -> str | Problem:
        """Copy an original, still under another name; return its path in ``data_raw``."""
        file = each.file.resolve()
        if file.is_relative_to(self._inside):
            return file.relative_to(self._inside).as_posix()
        base = self._base or file.parent
        name = file.relative_to(base) if file.is_relative_to(base) else Path(file.name)
        target = self._folder / name
        twin = self._from.setdefault(target, file)
        if twin != file or (target.exists() and target.read_bytes() != data):
            return Problem(
                f"data_raw holds another file called {name.as_posix()!r}",
                each.where or str(each.file),
                do="Rename the new file; originals are never overwritten.",
            )
        if target not in self._parts and not target.exists():
            part = target.with_name(f".{target.name}{_PART}")
            self._parts[target] = part
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                part.write_bytes(data)
            except OSError as error:
                raise _unkept(target, error) from error
        return name.as_posix()

    def keep(self) -> None:
        """Give the copies their names, once they are on the disk.

        Raises
        ------
        P3CError
            If that cannot be done.
        """
        if not self._parts:
            return
        if hasattr(os, "sync"):
            # one flush for all of them, before the store says that they are there
            os.sync()
        for target, part in self._parts.items():
            try:
                part.replace(target)
            except OSError as error:
                raise _unkept(target, error) from error
            self._kept.append(target)

    def drop(self) -> None:
        """Take the copies away again: the sources did not come in."""
        for path in (*self._parts.values(), *self._kept):
            path.unlink(missing_ok=True)


def _unkept(target: Path, error: OSError) -> P3CError:
    return P3CError(
        Problem(
            f"the original cannot be kept ({error.strerror})",
            str(target),
            do="Nothing was added. Make room or ask for write access.",
        )
    )
