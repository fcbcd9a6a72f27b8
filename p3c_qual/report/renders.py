"""The place of a report: what was rendered earlier is kept beside it, under its time."""

from __future__ import annotations

import contextlib
import json
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

__all__ = ["RUNS", "take_place"]

#: the folder of earlier renders, each in a folder called after its time
RUNS = "runs"
_MANIFEST = "manifest.json"


def take_place(target: Path, made: Path) -> None:
    """Move what was rendered to its place, and what was rendered earlier into ``runs/TIME``.

    Files are moved and never copied or written over, so that whatever happens both renders lie
    somewhere whole; where a move fails all are taken back. Files that nobody rendered stay.

    Parameters
    ----------
    target : Path
        Folder of the report.
    made : Path
        Folder of the new render, on the same disk.
    """
    target.mkdir(exist_ok=True)
    new = sorted(item.name for item in made.iterdir())
    earlier = _earlier(target, new)
    aside = _free(target / RUNS / _time_of(target, earlier), earlier)
    moves = [(target / name, aside / name) for name in earlier]
    moves += [(made / name, target / name) for name in new]
    done: list[tuple[Path, Path]] = []
    try:
        if earlier:
            aside.mkdir(parents=True, exist_ok=True)
        for place, to in moves:
            place.rename(to)
            done.append((place, to))
    except BaseException:
        for place, to in reversed(done):
            with contextlib.suppress(OSError):
                to.rename(place)
        for folder in (aside, aside.parent):
            # a folder in which other renders lie stays
            with contextlib.suppress(OSError):
                folder.rmdir()
        raise


def _earlier(target: Path, new: list[str]) -> list[str]:
    """Return what an earlier render left in the folder, and what stands in the new one's way.

    The manifest is last: as long as it is there, it says what is left to be moved.
    """
    listed = {PurePosixPath(name).parts[0] for name in _manifest(target).get("files", {})}
    # a manifest that somebody rewrote moves nothing that lies elsewhere
    names = {*listed, *new} - {_MANIFEST, RUNS, "..", "/"}
    found = sorted(name for name in names if (target / name).exists())
    return [*found, _MANIFEST] if (target / _MANIFEST).exists() else found


def _time_of(target: Path, earlier: list[str]) -> str:
    """Return when it was rendered, as a folder may be called on any system."""
    try:
        when = datetime.fromisoformat(_manifest(target)["finished"])
    except (KeyError, TypeError, ValueError):
        # an older version wrote no manifest
        last = max((target / name).stat().st_mtime for name in earlier) if earlier else 0
        when = datetime.fromtimestamp(last, UTC)
    return f"{when.astimezone(UTC):%Y-%m-%dT%H-%M-%SZ}"


def _free(folder: Path, names: list[str]) -> Path:
    """Return the folder, or one with a number behind its name where that holds other files."""
    number, found = 2, folder
    while any((found / name).exists() for name in names):
        found = folder.with_name(f"{folder.name} ({number})")
        number += 1
    return found


def _manifest(target: Path) -> dict[str, Any]:
    try:
        read = json.loads((target / _MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return read if isinstance(read, dict) else {}
