"""What a person left lying: where they stopped in a source, which codes are at hand, text size.

It helps to go on, and says nothing about the material; so it stands outside the journal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import insert, select, update

from p3c_qual.store.schema import desk

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from p3c_qual.store.engine import Store

__all__ = ["put_on_desk", "read_desk"]


def put_on_desk(store: Store, actor: str, name: str, value: Any) -> bool:
    """Keep a value for a person under a name; what lay there before is replaced.

    Parameters
    ----------
    store : Store
    actor : str
        Whose desk it is.
    name : str
        Such as ``position/IP02_1``.
    value : Any
        Anything that JSON can hold.

    Returns
    -------
    bool
        False if the store can only be read: then nothing is kept.
    """
    if not store.writable:
        return False
    text = orjson.dumps(value).decode()
    with store.write() as connection:
        place = (desk.c.actor == actor, desk.c.name == name)
        if not connection.execute(update(desk).where(*place).values(value=text)).rowcount:
            connection.execute(insert(desk).values(actor=actor, name=name, value=text))
    return True


def read_desk(connection: Connection, actor: str) -> dict[str, Any]:
    """Return all that lies on a person's desk, by name."""
    wanted = select(desk.c.name, desk.c.value).where(desk.c.actor == actor)
    found = connection.execute(wanted.order_by(desk.c.name))
    return {name: orjson.loads(text) for name, text in found}
