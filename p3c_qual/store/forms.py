"""How events hold what a row holds: words by hash, the words of a source by a digest.

What an event says can never be taken out of it again, so words that may have to go do not stand
in it. They are payloads, which the event names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from p3c_qual.store import payloads
from p3c_qual.store.schema import APART, COLUMNS, PROSE

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["all_hashes", "journal_form", "names_of", "shown_hash", "unpack"]

_QUOTED = {name for name, columns in COLUMNS.items() if "quote" in columns}


def journal_form(
    table: str, row: str, fields: dict[str, Any], texts: dict[str, str]
) -> dict[str, Any]:
    """Return fields of a row as an event holds them.

    Parameters
    ----------
    table, row : str
    fields : dict
        Changed in place.
    texts : dict of str to str
        Takes, by hash, the payloads that the fields name now.
    """
    for name in PROSE[table]:
        if value := fields.get(name):
            texts[hashed := payloads.hash_of(value)] = value
            fields[name] = {"$": hashed}
    for name in APART[table]:
        if value := fields.get(name):
            # the place makes the payload this row's own: no other row loses its words with it
            packed = _pack(table, row, name, value)
            texts[hashed := payloads.hash_of(packed)] = packed
            fields[name] = {"$": hashed}
    if table in _QUOTED and fields.get("quote") is not None:
        fields["quote"] = payloads.digest(fields["quote"])
    return fields


def _pack(table: str, row: str, name: str, value: Any) -> str:
    place = {"table": table, "row": row, "column": name, "value": value}
    return orjson.dumps(place, option=orjson.OPT_SORT_KEYS).decode()


def unpack(packed: str) -> Any:
    """Return the value of a payload that `journal_form` made of a structure.

    Examples
    --------
    >>> texts = {}
    >>> _ = journal_form("source", "1", {"variables": {"town": "Y"}}, texts)
    >>> [unpack(text) for text in texts.values()]
    [{'town': 'Y'}]
    """
    return orjson.loads(packed)["value"]


def shown_hash(value: Any) -> str | None:
    """Return the hash of the text that an event's value shows; None if it shows none."""
    return (value["$"] or None) if isinstance(value, dict) and "$" in value else None


def all_hashes(value: Any) -> list[str]:
    """Return the hashes of all versions that an event's value stands for.

    ``{"$": a, "$$": [a, b]}`` is a text of which two versions were open; an empty text is "".

    Examples
    --------
    >>> all_hashes({"$": "a", "$$": ["a", "b"]}), all_hashes(None)
    (['a', 'b'], [''])
    """
    if not isinstance(value, dict):
        return [""]
    return list(value.get("$$") or [value["$"]])


def names_of(fields: Iterable[dict[str, Any] | None]) -> set[str]:
    """Return every hash that the fields of some events name."""
    return {
        name
        for each in fields
        for value in (each or {}).values()
        if isinstance(value, dict) and "$" in value
        for name in all_hashes(value)
        if name
    }
