"""Claims written straight into a study, to be judged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from realist_kit import span

from p3c_qual.coding.names import ids_by_key
from p3c_qual.realist.read import Realist, read_realist

if TYPE_CHECKING:
    import p3c_qual as p3c

#: an element: its role, or role, text and more of its fields
Part = str | tuple[str, str] | tuple[str, str, dict[str, Any]]


def claim(told: p3c.Study, key: str, parts: dict[str, Part], **fields: Any) -> str:
    """Make a configuration; its elements have the ids ``key.name``."""
    with told.act("claim") as act:
        act.insert("configuration", [{"id": key, "key": key, **fields}])
        rows = []
        for number, (name, part) in enumerate(parts.items()):
            role, text, more = (*((part,) if isinstance(part, str) else part), "", {})[:3]
            rows.append(
                {
                    "id": f"{key}.{name}",
                    "configuration": key,
                    "role": role,
                    "text": text or None,
                    "position": number,
                    **(more if isinstance(more, dict) else {}),
                }
            )
        act.insert("element", rows)
    return key


def says(told: p3c.Study, element: str, source: str, words: str, **fields: Any) -> str:
    """Let some words speak for an element, or for a configuration as a whole."""
    with told.store.read() as connection:
        ids = ids_by_key(connection, "source")
        text = read_text_id(connection, ids[source])
    _, start, end = span(source, words)
    row = {
        "configuration": element.partition(".")[0],
        "element": element if "." in element else None,
        "source": ids[source],
        "text": text,
        "start": start,
        "end": end,
        "quote": words,
        "role": "supports",
        **fields,
    }
    with told.act("says") as act:
        return act.insert("evidence", [row])[0]


def read_text_id(connection: Any, source: str) -> str:
    from sqlalchemy import select

    from p3c_qual.store.schema import ROWS

    src = ROWS["source"]
    return str(connection.scalar(select(src.c.text).where(src.c.id == source)))


def layer(told: p3c.Study) -> Realist:
    """Return the realist layer as it is read."""
    with told.store.read() as connection:
        return read_realist(connection)
