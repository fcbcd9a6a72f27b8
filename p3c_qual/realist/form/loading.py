"""What is gathered while a realist file is taken in: names, rows to write, and what is at fault."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.coding.names import ids_by_key, read_codes
from p3c_qual.coding.spots import clean, ids_for
from p3c_qual.errors import nearest
from p3c_qual.realist.form.places import Places
from p3c_qual.realist.read import read_realist
from p3c_qual.realist.writing import who
from p3c_qual.store.schema import ROWS
from p3c_qual.yaml_fields import SLUG, slug_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from p3c_qual.findings import Faults
    from p3c_qual.opened import Opened
    from p3c_qual.realist.form.read import Given
    from p3c_qual.store.act import Act

__all__ = ["KEYED_SECTIONS", "Loading"]

#: the sections whose members have a key, and their tables
KEYED_SECTIONS = {
    "theories": "theory",
    "mechanisms": "mechanism",
    "configurations": "configuration",
    "regularities": "regularity",
    "blocks": "block",
}
#: how a table is counted, in the order in which it is written
_PLURALS = {
    "theory": "theories",
    "mechanism": "mechanisms",
    "configuration": "configurations",
    "element": "elements",
    "evidence": "evidence",
    "link": "links",
    "regularity": "regularities",
    "instance": "instances",
    "inference": "inferences",
    "negative_search": "searches",
    "block": "blocks",
    "arrow": "arrows",
    "carries": "carries",
    "appraisal": "appraisals",
}


class Loading:
    """A realist file on its way into a study.

    Parameters
    ----------
    act : Act
    given : dict of str to list of Given
    faults : Faults
    study : Study
    by : str, optional
        Whose work what is new is; by default who works here.

    Attributes
    ----------
    held : Realist
        What the study holds.
    ids : dict of str to dict of str to str
        By table, row id by key: of what the study holds and of what the file brings.
    elements : dict of str to list of (str, str, str)
        By configuration (row id) of the file: row id, role and text of each element, first those
        of the file in their order.
    states : dict of str to str
        By configuration (row id), its state once all is written.
    left : int
        How many rows of the study the file does not name.
    """

    def __init__(
        self,
        act: Act,
        given: Mapping[str, list[Given]],
        faults: Faults,
        study: Opened,
        by: str | None,
    ) -> None:
        self.act, self.given, self.faults = act, given, faults
        self._study, self._by = study, by
        self.held = read_realist(act.connection)
        self.codes = read_codes(act.connection)
        self.places = Places(act.connection, self._passages(), faults)
        self.ids = {"programme": ids_by_key(act.connection, "programme")}
        self.changed: Counter[str] = Counter()
        self.elements: dict[str, list[tuple[str, str, str]]] = {}
        self.states = {each.id: each.state for each in self.held.configurations.values()}
        self.left = 0
        self._new: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self._old: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
        for section, table in KEYED_SECTIONS.items():
            self.ids[table] = self._name(section, table)

    def _name(self, section: str, table: str) -> dict[str, str]:
        """Return row id by key, and give one to every key that is new."""
        known = ids_by_key(self.act.connection, table)
        wanted = {each.get("key"): each for each in self.given.get(section, [])}
        fresh = [key for key in wanted if key and key not in known]
        for key in fresh:
            if not SLUG.fullmatch(key) or len(key) > 100:
                each = wanted[key]
                self.faults.add(
                    each.at("key"),
                    f"{key[:60]!r} cannot be a key",
                    closest=slug_of(key)[:100] or None,
                    do="Write it in lower-case letters, digits and underscores.",
                )
        if section in self.given:
            self.left += len(known.keys() - wanted.keys())
        # two people who take in the same file in copies of a study write the same rows
        named = ids_for(self.act, table, [(key,) for key in fresh])
        return known | dict(zip(fresh, named, strict=True))

    def _passages(self) -> Iterator[Given]:
        for section in ("theories", "configurations"):
            for each in self.given.get(section, []):
                yield from each.parts["evidence"]
                for element in each.parts.get("elements", []):
                    yield from element.parts["evidence"]

    def ref(self, each: Given, name: str, table: str) -> str | None:
        """Return the row id that a field names, or None; of one that is not there it is noted."""
        return self.row_of(each.get(name), table, each.at(name))

    def row_of(self, key: str, table: str, line: int) -> str | None:
        """Return the row id of a key, or None; of one that is not there it is noted."""
        known = self.ids[table]
        if key and key not in known:
            called = "demi-regularity" if table == "regularity" else table
            valid = tuple(sorted(known))
            what = f"there is no {called} {key[:60]!r}"
            do = ""
            if table == "block" and not known:
                do = (
                    "The study has no logic model yet: take in the one that comes with the "
                    "workbench (Configure, Logic model), or write its blocks under `blocks`."
                )
            self.faults.add(line, what, valid=valid, closest=nearest(key, valid), do=do)
        return known.get(key)

    def texts(self, each: Given, names: Mapping[str, str]) -> dict[str, Any]:
        """Return the fields that stand there, cleaned, by the columns they are stored in."""
        return {
            column: clean(each.get(name)) or None
            for name, column in names.items()
            if name in each.said
        }

    def need(
        self, each: Given, row: Mapping[str, Any], names: Mapping[str, str], new: bool
    ) -> None:
        """Note texts that must not be empty and are, or that something new does not have."""
        for name, column in names.items():
            if (new or column in row) and not row.get(column):
                called = each.get("key") or each.what
                what = f"{called!r} has no {name}" if each.get("key") else f"{called} has no {name}"
                self.faults.add(each.at(name), what, do=f"Write '{name}:' with a text.")

    def add(self, table: str, row: Mapping[str, Any]) -> None:
        """Let a row be written that is new."""
        self._new[table].append(dict(row))

    def change(self, table: str, row: str, fields: Mapping[str, Any]) -> None:
        """Let fields of a row be written."""
        if fields:
            self._old[table].setdefault(row, {}).update(fields)

    def put(
        self, table: str, row: str, fields: Mapping[str, Any], known: Mapping[str, Any]
    ) -> None:
        """Write a row (row id) that is known already, or a new one."""
        if row in known:
            self.change(table, row, fields)
        else:
            self.add(table, {"id": row, **fields})

    @cached_property
    def coder(self) -> str:
        """Whose work what is new is (row id); nobody is asked for where nothing is."""
        return who(self.act, self._study, self._by)

    def write(self) -> None:
        """Write everything but new passages, which `insert_evidence` puts in."""
        for table, plural in _PLURALS.items():
            rows = self._new.pop(table, [])
            if rows and "coder" in ROWS[table].c:
                rows = [{**row, "coder": self.coder} for row in rows]
            self.act.insert(table, rows)
            self.changed[plural] += len(rows) + self.act.update(table, self._old.pop(table, {}))

    def positions(self, table: str, of: str = "") -> dict[str, int]:
        """Return the last position that is taken, by the row it belongs to."""
        rows = ROWS[table]
        owner = rows.c[of] if of else rows.c.id
        found: dict[str, int] = {}
        for name, position in self.act.connection.execute(select(owner, rows.c.position)):
            key = name if of else ""
            found[key] = max(found.get(key, -1), position or 0)
        return found

    def counted(self) -> dict[str, int]:
        """Return how many rows are new or different, by what they are, and how many were left."""
        names = list(dict.fromkeys(_PLURALS.values()))
        return {name: self.changed[name] for name in names} | {"left": self.left}
