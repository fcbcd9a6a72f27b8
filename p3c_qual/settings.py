"""study.yml: what a study is called, where it is kept, and its programmes."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.store.schema import FORMAT

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["FILE", "Settings", "read_settings", "write_settings"]

FILE = "study.yml"
_DATABASE = "study.sqlite"


@dataclass(frozen=True)
class Settings:
    """The content of study.yml.

    Attributes
    ----------
    title : str
    language : str
        Of the sources that name none.
    store : str
        A file in the study's folder, or a PostgreSQL address without a password.
    programmes : dict of str to dict
        Label and country by key.
    format : int
        Version of the layout.
    """

    title: str
    language: str = "en"
    store: str = _DATABASE
    programmes: dict[str, dict[str, str]] = field(default_factory=dict)
    format: int = FORMAT

    def address(self, folder: Path) -> str | Path:
        """Return where the store is: ``P3C_STORE`` goes before the file."""
        where = os.environ.get("P3C_STORE") or self.store
        return where if "://" in where else folder / where


def read_settings(folder: Path) -> Settings:
    """Read study.yml.

    Raises
    ------
    P3CError
        If it is missing or holds something else than it should; everything at once.
    """
    path = folder / FILE
    try:
        found: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise P3CError(
            Problem(
                "there is no study here",
                str(folder),
                do="Make one with: p3c new DIR --title TITLE, or name it with --study DIR.",
            )
        ) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise P3CError(Problem(f"study.yml is no valid YAML ({error})", str(path))) from error
    if not isinstance(found, dict):
        raise P3CError(Problem("study.yml holds no settings", str(path)))
    valid = tuple(asdict(Settings("")))
    problems = [
        Problem(f"unknown setting {name!r}", str(path), valid, nearest(str(name), valid))
        for name in found
        if name not in valid
    ]
    wanted = {"title": str, "language": str, "store": str, "programmes": dict, "format": int}
    problems += [
        Problem(f"{name} must be a {kind.__name__}", str(path))
        for name, kind in wanted.items()
        if name in found and not isinstance(found[name], kind)
    ]
    if "title" not in found:
        problems.append(Problem("the title is missing", str(path)))
    if problems:
        raise P3CError(problems)
    if found.get("format", FORMAT) > FORMAT:
        raise P3CError(
            Problem(
                "a newer version wrote this study",
                str(path),
                do="Update p3c_qual; nothing was changed.",
            )
        )
    return Settings(**found)


def write_settings(folder: Path, settings: Settings) -> None:
    """Write study.yml in one step, so that it is never half there."""
    path = folder / FILE
    part = path.with_suffix(".yml.part")
    part.write_text(
        yaml.safe_dump(asdict(settings), sort_keys=False, allow_unicode=True), encoding="utf-8"
    )
    part.replace(path)
