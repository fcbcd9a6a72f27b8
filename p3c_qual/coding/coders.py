"""Coders: named by a person, met for the first time when they first do something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from p3c_qual.coding.names import ids_by_key
from p3c_qual.errors import P3CError, Problem
from p3c_qual.sources.terms import check_key

if TYPE_CHECKING:
    from p3c_qual.store.act import Act

__all__ = ["coder_id"]


def coder_id(act: Act, name: str, where: str = "") -> str:
    """Return the id of a coder's row, which is made when the name is new.

    Parameters
    ----------
    act : Act
    name : str
    where : str
        What it is asked for; for the message.

    Raises
    ------
    P3CError
        If nobody is named, or the name cannot be one.
    """
    known = ids_by_key(act.connection, "coder")
    if name in known:
        return known[name]
    if not name:
        raise P3CError(
            Problem(
                "it is not said whose work this is",
                where,
                do="Name the coder with --coder NAME, or yourself with P3C_CODER=NAME.",
                code="nobody",
            )
        )
    if bad := check_key(name):
        raise P3CError(Problem(bad, where, do="Name the coder in one word."))
    row = {"id": act.named_id("coder", name), "key": name, "label": name}
    return act.insert("coder", [row])[0]
