"""Rendered reports that hold words of a withdrawn person: which go, and which somebody has to look at."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from sqlalchemy import select

from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from sqlalchemy import Connection

__all__ = ["left_in_reports", "reports_of"]

#: what words can be looked for in; what else a report is written as lies beside it
_READ = (".html", ".md", ".csv", ".json", ".ipynb", ".txt")
_MANIFEST = "manifest.json"


def reports_of(
    connection: Connection,
    folder: Path,
    programmes: Collection[str],
    sources: Collection[str],
    named: Collection[tuple[str, str]],
) -> list[str]:
    """Return the folders below ``reports`` that hold words of a person, earlier renders included.

    Parameters
    ----------
    connection : sqlalchemy.Connection
    folder : Path
        The study's ``reports``.
    programmes : collection of str
        Row ids of those in which the person was interviewed.
    sources : collection of str
        Keys of what the person said.
    named : collection of (str, str)
        Programme and country, by key, of the sections that name quotes of this person.

    Returns
    -------
    list of str
        Relative to `folder`; what lies in another of them is not named again.
    """
    from p3c_qual.report.wanted import Wanted

    rows = ROWS["programme"]
    stored = connection.execute(select(rows.c.id, rows.c.key, rows.c.country)).all()
    keys = {key for key, _ in named}
    concerned = [row for row in stored if row.id in programmes or row.key in keys]
    countries = {row.country for row in concerned} | {country for _, country in named}
    if ("", "") in named:
        # what is written on the study as a whole is printed with any of its countries
        countries |= {row.country for row in stored}
    names = [*(row.key for row in concerned), *sorted(filter(None, countries))]
    found = [Wanted(each, "", "", {}).folder for each in names]
    found += [
        manifest.parent.relative_to(folder).as_posix()
        for manifest in folder.rglob(_MANIFEST)
        if not _sources(manifest).isdisjoint(sources)
    ]
    kept: list[str] = []
    for each in sorted(dict.fromkeys(found)):
        if each != "." and not any(each.startswith(f"{other}/") for other in kept):
            kept.append(each)
    return kept


def left_in_reports(folder: Path, sources: Collection[str], person: str) -> list[str]:
    """Name the files below ``reports`` in which a person is named still, to be looked at.

    Parameters
    ----------
    folder : Path
        The study's ``reports``, after what certainly goes was removed.
    sources : collection of str
        Keys of what the person said.
    person : str
        Their code.
    """
    names = b"|".join(re.escape(each.encode()) for each in sorted({*sources, person}))
    named = re.compile(rb"(?<!\w)(?:%b)(?!\w)" % names)
    return [
        f"reports/{path.relative_to(folder).as_posix()} names {person} or a source of theirs: look "
        "whether it repeats their words, and delete it with what lies beside it, or make it anew."
        for path in _texts(folder)
        if named.search(path.read_bytes())
    ]


def _texts(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in _READ and path.is_file():
            yield path


def _sources(manifest: Path) -> set[str]:
    """Return the sources (keys) that a report says it was made of."""
    try:
        held = json.loads(manifest.read_text(encoding="utf-8"))
        return set(held["sources"])
    except (OSError, ValueError, KeyError, TypeError):
        return set()
