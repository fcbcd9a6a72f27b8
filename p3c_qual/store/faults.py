"""What a database says, in the words of a person who has to do something about it."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError, OperationalError

from p3c_qual.errors import P3CError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["WAIT", "past", "plain_words", "read_only"]

#: how long a writer waits for another one, in seconds
WAIT = 60

# SQLite's primary result codes; PostgreSQL's SQLSTATE, or the class it begins with
_FULL = {10, 13, "53100"}
_BUSY = {5, 6, "55P03"}
_READ_ONLY = {8, "25006", "42501"}
_DAMAGED = {11, 26, "XX001", "XX002"}
_UNREACHABLE = {14, "08", "28", "3D", "57"}


def read_only(place: str) -> Problem:
    """Say that a study cannot be written."""
    return Problem(
        "the study can be read but not written",
        place,
        do="Ask for write access to the folder, or copy the study to a place of your own.",
        code="read_only",
    )


def past(as_of: str) -> Problem:
    """Say that a study of the past cannot be written."""
    return Problem(
        f"the study is open as it stood on {as_of}, and what was done cannot be changed",
        do="Open it without a date.",
        code="read_only",
    )


@contextlib.contextmanager
def plain_words(place: str) -> Iterator[None]:
    """Turn a database's fault into a sentence.

    Raises
    ------
    P3CError
        If the fault is one of the disk, of rights, of another writer, or of the server.
    """
    try:
        yield
    except DBAPIError as error:
        problem = _problem(error, place)
        if problem is None:
            raise
        raise P3CError(problem) from error


def _problem(error: DBAPIError, place: str) -> Problem | None:
    codes = _codes(error)
    said = (str(error.orig).strip().splitlines() or ["no reason given"])[0]
    if codes & _FULL:
        return Problem(
            "the disk is full or cannot be written",
            place,
            do="Nothing was changed. Make room on the disk and do it again.",
            code="store",
        )
    if codes & _BUSY:
        return Problem(
            f"another program has been writing to the study for more than {WAIT} seconds",
            place,
            do="Nothing was changed. Close the other program or try again.",
            code="store",
        )
    if codes & _READ_ONLY:
        return read_only(place)
    if codes & _DAMAGED:
        return Problem(
            "the store's file is damaged or no store",
            place,
            do="Restore it from a backup or import the last export.",
            code="store",
        )
    if codes & _UNREACHABLE or (isinstance(error, OperationalError) and not codes):
        return Problem(
            f"the store cannot be reached ({said})",
            place,
            do="Check the address in study.yml or P3C_STORE, that it may be read, and that a "
            "server runs.",
            code="store",
        )
    return None


def _codes(error: DBAPIError) -> set[int | str]:
    number = getattr(error.orig, "sqlite_errorcode", None)
    if number is not None:
        return {number & 0xFF}
    state = getattr(error.orig, "sqlstate", None)
    return {state, state[:2]} if state else set()
