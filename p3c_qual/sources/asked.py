"""The codes an interview asked about besides its protocol, or left out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from p3c_qual.coding.names import read_codes
from p3c_qual.errors import Problem, nearest
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

__all__ = ["check_asked"]


def check_asked(connection: Connection, named: Sequence[str], where: str) -> list[Problem]:
    """Return what is wrong with codes named as asked about, or as left out.

    Parameters
    ----------
    connection : Connection
    named : sequence of str
        Codes, what codes begin with (``financing.micro``), or focus areas of a protocol.
    where : str
        For the messages.
    """
    valid: set[str] = set()
    for name in read_codes(connection).by_name:
        book, colon, key = name.rpartition(":")
        words = key.split(".")
        starts = (".".join(words[:end]) for end in range(1, len(words) + 1))
        valid.update(f"{book}{colon}{start}" for start in starts)
    for focus in connection.scalars(select(ROWS["protocol"].c.focus)):
        valid.update(str(each["key"]) for each in focus or ())
    shown = tuple(sorted(name for name in valid if "." not in name and ":" not in name))
    return [
        Problem(f"unknown code {each!r}", where, shown, nearest(each, sorted(valid)))
        for each in named
        if each not in valid
    ]
