"""Which copy of a study this is: events say where they were written."""

from __future__ import annotations

import hashlib
import secrets
import socket
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import text

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from p3c_qual.store.engine import Store

__all__ = ["replica"]


def replica(store: Store, connection: Connection) -> str:
    """Return the name of this copy of the study; a copied folder gets a new one.

    The name is tied to the place, so that two people who copied one folder never write
    events under one name.
    """
    if store.sqlite:
        path = Path(store.place).resolve()
        place = f"{socket.gethostname()}:{path}:{path.stat().st_ino}"
    else:
        # a restored dump has another number, a moved server another system
        server = "select system_identifier from pg_control_system()"
        base = "select oid from pg_database where datname = current_database()"
        place = f"{connection.scalar(text(server))}:{connection.scalar(text(base))}"
    mark = hashlib.sha256(place.encode()).hexdigest()[:16]
    name, _, where = (store.meta(connection, "replica") or ":").partition(":")
    if where != mark:
        name = secrets.token_hex(6)
        store.set_meta(connection, "replica", f"{name}:{mark}")
    return name
