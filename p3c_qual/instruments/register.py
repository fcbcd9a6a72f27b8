"""Instruments by their keys: those that come with the package, and those of a study."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select

from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.instruments.definition import definition_of
from p3c_qual.instruments.form import read_form
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from p3c_qual.instruments.definition import Instrument
    from p3c_qual.opened import Opened

__all__ = ["find_instrument", "licensed_of", "read_held", "read_instruments", "read_register"]

#: so many words the longest name of an instrument may have
_LONGEST = 20


@lru_cache(maxsize=1)
def read_register() -> dict[str, Instrument]:
    """Return the instruments that come with the package, by key.

    They hold what is public: no wording of an item, and no conversion key.

    Examples
    --------
    >>> sorted(read_register())[:3]
    ['eq5d', 'ltc6', 'outcome_star']
    >>> read_register()["wemwbs"].limits("raw")
    (14.0, 70.0)
    """
    path = Path(__file__).with_name("register.yml")
    text = path.read_text(encoding="utf-8")
    return {each.key: each for each in read_form(text, path.name, shipped=True)}


def licensed_of(*names: str) -> Instrument | None:
    """Return the instrument whose conversion key is licensed that some names speak of, or None.

    A name speaks of it if its key, its label or its short name is among the words, however they
    are written.

    Parameters
    ----------
    names : str
        Keys and labels.

    Examples
    --------
    >>> licensed_of("well_being", "SWEMWBS, our wave 2").key
    'swemwbs'
    >>> licensed_of("spam", "Well-being") is None
    True
    """
    said = {run for name in names for run in _runs(name)}
    for each in read_register().values():
        own = (each.key, each.label, each.label.partition("(")[0], each.short)
        if each.licensed and any("".join(_words(name)) in said for name in own):
            return each
    return None


def _words(name: str) -> list[str]:
    return re.findall(r"[^\W\d_]+|\d+", name.casefold())


def _runs(name: str) -> set[str]:
    """Return every run of words of a name, without what stands between them."""
    words = _words(name)
    count = len(words)
    return {
        "".join(words[i:j])
        for i in range(count)
        for j in range(i + 1, min(i + _LONGEST, count) + 1)
    }


def read_instruments(study: Opened) -> dict[str, Instrument]:
    """Return the instruments of a study, by key.

    Parameters
    ----------
    study : Study
    """
    with study.store.read() as connection:
        return {each.key: each for each in read_held(connection).values()}


def read_held(connection: Connection) -> dict[str, Instrument]:
    """Return the instruments of a study by row id, in the order of their keys."""
    rows = ROWS["instrument"]
    wanted = select(rows.c.id, rows.c.definition).order_by(rows.c.key)
    return {name: definition_of(held) for name, held in connection.execute(wanted) if held}


def find_instrument(connection: Connection, name: str, where: str = "") -> tuple[str, Instrument]:
    """Return an instrument of the study by its key or row id, with its row id.

    Raises
    ------
    P3CError
        If the study has none of that name; says so where the package has one.
    """
    held = read_held(connection)
    for row, each in held.items():
        if name in {row, each.key}:
            return row, each
    valid = tuple(each.key for each in held.values())
    do = "Take an instrument in first: p3c measures list"
    if name in read_register():
        do = f"It comes with the package: take it in with p3c measures take {name}"
    what = f"the study has no instrument {name[:60]!r}"
    raise P3CError(Problem(what, where, valid, nearest(name, valid), do, code="gone"))
