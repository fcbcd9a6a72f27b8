"""The studies that lie below a server's folder."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from p3c_qual.errors import P3CError
from p3c_qual.settings import FILE, read_settings
from p3c_qual.workbench.wire_start import StudyEntry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from p3c_qual.workbench.studies import Studies

__all__ = ["find_studies"]

#: folders below the root that are looked into; folders looked at; studies told; seconds
_DEEPEST, _FOLDERS, _MOST, _SECONDS = 4, 5_000, 200, 3.0
#: folders that hold thousands of files and no study
_SKIPPED = {"node_modules", "__pycache__", "site-packages", "venv", "env", "build", "dist"}


def find_studies(studies: Studies) -> list[StudyEntry]:
    """Return the studies below the server's folder, the one changed last first.

    It looks four folders deep and for three seconds at most, and follows no links.
    """
    found = [_entry(studies, path) for path in _walk(studies)]
    return sorted(found, key=lambda each: (each.modified, each.path), reverse=True)


def _walk(studies: Studies) -> Iterator[Path]:
    until = time.monotonic() + _SECONDS
    waiting: list[tuple[Path, int]] = [(studies.root, 0)]
    seen = told = 0
    while waiting and seen < _FOLDERS and told < _MOST and time.monotonic() < until:
        folder, depth = waiting.pop(0)
        seen += 1
        try:
            with os.scandir(folder) as listed:
                there = sorted(listed, key=lambda each: each.name)
        except OSError:
            continue
        if any(each.name == FILE and each.is_file() for each in there):
            told += 1
            yield folder
            continue
        if depth < _DEEPEST:
            waiting += [
                (Path(each.path), depth + 1)
                for each in there
                if each.is_dir(follow_symlinks=False)
                and each.name not in _SKIPPED
                and (studies.hidden or not each.name.startswith("."))
            ]


def _entry(studies: Studies, path: Path) -> StudyEntry:
    changed = [(path / FILE).stat().st_mtime]
    title, sources = path.name, None
    try:
        settings = read_settings(path)
        title = settings.title
        store = settings.address(path)
        if isinstance(store, Path):
            files = (store, store.with_name(store.name + "-wal"))
            changed += [each.stat().st_mtime for each in files if each.is_file()]
            sources = _count(store)
    except P3CError:
        # a study that cannot be read is still shown; opening it says why
        pass
    modified = datetime.fromtimestamp(max(changed), UTC).isoformat(timespec="seconds")
    return StudyEntry(studies.name(path), title, modified.replace("+00:00", "Z"), sources)


def _count(store: Path) -> int | None:
    """Return how many sources a store of one machine holds, without opening it for writing."""
    import sqlite3

    try:
        raw = sqlite3.connect(store.absolute().as_uri() + "?mode=ro", uri=True, timeout=1)
        try:
            return int(raw.execute("select count(*) from source").fetchone()[0])
        finally:
            raw.close()
    except sqlite3.Error:
        return None
