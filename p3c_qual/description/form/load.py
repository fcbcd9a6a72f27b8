"""What is gathered while a description is taken in: rows to write, lines to show, faults."""

from __future__ import annotations

import uuid
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any

from p3c_qual.coding.spots import clean, ids_for
from p3c_qual.description.citations import insert_citations
from p3c_qual.description.naming import names_of
from p3c_qual.description.read import read_description
from p3c_qual.errors import P3CError
from p3c_qual.findings import Faults
from p3c_qual.store.clock import named_id

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from p3c_qual.description.form.passages import Passages
    from p3c_qual.description.model import Where
    from p3c_qual.errors import Problem
    from p3c_qual.opened import Opened
    from p3c_qual.realist.form.read import Given
    from p3c_qual.store.act import Act
    from p3c_qual.yaml_fields import Fields

__all__ = ["Loading", "shown"]

#: in the order in which rows are written
_TABLES = ("section", "quote", "kept_name", "answer", "fact", "contrast")
_SHOWN = 60


class Loading:
    """A description on its way into a study.

    Parameters
    ----------
    act : Act
    study : Study
    root : pathlib.Path
    coder : str, optional
        Whose work what is new is; by default who works here.

    Attributes
    ----------
    held : Description
        What the study holds.
    lines : list of str
        What is new or different, for people.
    problems : list of Problem
    """

    def __init__(self, act: Act, study: Opened, root: Path, coder: str | None) -> None:
        self.act, self.study, self.root = act, study, root
        self.held = read_description(act.connection)
        self.lines: list[str] = []
        self.problems: list[Problem] = []
        self._faults: list[Faults] = []
        self._by = coder
        self._new: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self._changed: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
        self._gone: dict[str, list[str]] = defaultdict(list)
        self._cited: list[dict[str, Any]] = []

    def called(self, path: Path) -> str:
        """Return how a file is named to people: by its place in the folder."""
        return path.relative_to(self.root).as_posix()

    def faults(self, path: Path) -> Faults:
        """Return what takes the faults of a file."""
        made = Faults(self.called(path))
        self._faults.append(made)
        return made

    def keep(self, faults: Faults) -> Faults:
        """Take the faults of a file that was read already."""
        self._faults.append(faults)
        return faults

    def refuse(self) -> None:
        """Raise what is at fault in all files together."""
        found = [*self.problems, *(one for each in self._faults for one in each.in_order())]
        if found:
            raise P3CError(found)

    def say(self, path: Path, line: str) -> None:
        """Note what is new or different."""
        self.lines.append(f"{self.called(path)}: {line}")

    def add(self, table: str, row: Mapping[str, Any]) -> None:
        """Let a row be written that is new."""
        self._new[table].append(dict(row))

    def change(self, table: str, row: str, fields: Mapping[str, Any]) -> None:
        """Let fields of a row be written."""
        self._changed[table].setdefault(row, {}).update(fields)

    def drop(self, table: str, row: str) -> None:
        """Let a row be taken away."""
        self._gone[table].append(row)

    def cite(
        self, path: Path, about: str, target: str, given: Sequence[Given], places: Passages, of: str
    ) -> None:
        """Let the places be written that something rests on and that are not there yet."""
        there: set[tuple[Any, ...]] = {
            (each.side, each.source, each.start, each.end)
            for each in self.held.citations.get(target, ())
        }
        for each in given:
            place, side = places.of(each), each.get("side")
            if not place.source:
                continue
            start = int(each.get("start")) if each.get("start") else None
            end = int(each.get("end")) if each.get("end") else None
            if (side, place.source, start, end) in there and (start or not each.get("quote")):
                continue
            row: dict[str, Any] = {"about": about, "target": target, "side": side or None}
            if place.spot:
                name: tuple[Any, ...] = (side, place.source, place.start, place.end)
                if name in there:
                    continue
                spot = place.spot
                row |= {"source": spot.source, "text": spot.text, "quote": spot.quote}
                row |= {"start": spot.start, "end": spot.end}
                said = f"{spot.key} {spot.start}-{spot.end}"
            elif place.problem:
                places.say(each, place.problem)
                continue
            else:
                name, said = (side, place.source, None, None), each.get("source")
                if name in there:
                    continue
                row |= {"source": place.source, "text": None, "start": None, "end": None}
            there.add(name)
            self._cited.append(row)
            self.say(path, f"{of}: rests on {said}")

    def row_of(self, table: str, given: str, where: Where) -> tuple[str, bool]:
        """Return the row id that a name of a file stands for, and whether there is such a row.

        A row id stands for itself; any other word for a row of its own, in every copy the same.
        """
        held: Mapping[str, Any] = getattr(self.held, f"{table}s")
        if given in held:
            return given, True
        try:
            wanted = str(uuid.UUID(given))
        except ValueError:
            wanted = named_id(table, *names_of(where), given)
            if wanted in held:
                return wanted, True
            return ids_for(self.act, table, [(*names_of(where), given)])[0], False
        return wanted, False

    @cached_property
    def coder(self) -> str:
        """Whose work what is new is (row id)."""
        from p3c_qual.realist.writing import who

        return who(self.act, self.study, self._by)

    def write(self) -> None:
        """Write everything."""
        for table in _TABLES:
            if rows := self._new[table]:
                self.act.insert(table, [{**row, "coder": self.coder} for row in rows])
            self.act.update(table, self._changed[table])
            self.act.delete(table, self._gone[table])
        if self._cited:
            insert_citations(self.act, self._cited, self.coder)


def said_of(fields: Fields, names: Sequence[str]) -> dict[str, str | None]:
    """Return the fields that stand in a file, cleaned; an empty text clears one."""
    return {name: clean(fields.text(name)) or None for name in names if fields.has(name)}


def shown(text: str | None) -> str:
    """Return a text as a line shows it.

    Examples
    --------
    >>> shown("A nurse  in each team."), shown(None)
    ('‘A nurse in each team.’', 'nothing')
    """
    words = " ".join((text or "").split())
    if not words:
        return "nothing"
    return f"‘{words}’" if len(words) <= _SHOWN else f"‘{words[:_SHOWN].rstrip()}…’"
