"""How the author's sections of a report stand: what there is, and what cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.coding.spots import clean
from p3c_qual.description.naming import where_row
from p3c_qual.description.places import known_sections, read_chapters
from p3c_qual.errors import Problem, nearest
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlalchemy import Connection

    from p3c_qual.description.model import Where

__all__ = ["ARRANGED", "TOP", "Sections", "check_arranged", "parent_of"]

#: what can be said of how a section stands
ARRANGED = ("title", "under", "after", "left_out", "merged_into", "status")
#: in `under` the top of the report, in `after` the first place
TOP = "."


class Sections:
    """The sections of one report as they are stored, with the keys that there are.

    Parameters
    ----------
    connection : sqlalchemy.Connection
    where : Where
    """

    def __init__(self, connection: Connection, where: Where) -> None:
        rows = ROWS["section"]
        columns = where_row(where)
        wanted = select(rows).where(*(rows.c[name] == value for name, value in columns.items()))
        self.where = where
        self.places = known_sections(read_chapters(connection), where)
        self.rows: dict[str, dict[str, Any]] = {
            row["section"]: dict(row) for row in connection.execute(wanted).mappings()
        }

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the skeleton and the author's own."""
        return tuple(dict.fromkeys((*self.places, *self.own)))

    @property
    def own(self) -> list[str]:
        """The keys of the author's own sections."""
        return [key for key, row in self.rows.items() if row["kind"]]

    def title(self, key: str) -> str:
        """Return what people call a section: the author's title, else that of the skeleton."""
        place = self.places.get(key)
        return str(self.rows.get(key, {}).get("title") or (place.title if place else key))

    def unknown(self, key: str, at: str = "") -> Problem | None:
        """Return what to say of a key that no section has."""
        valid = self.keys
        if key in valid or key in self.rows:
            return None
        what = f"there is no section {key[:60]!r}"
        return Problem(what, at, valid, nearest(key, valid), code="gone")


def parent_of(key: str, rows: Mapping[str, Mapping[str, Any]], places: Mapping[str, Any]) -> str:
    """Return the key of the section a section is part of; one that follows another is beside it."""
    seen: set[str] = set()
    while key not in seen:
        seen.add(key)
        row = rows.get(key, {})
        if row.get("under"):
            return "" if row["under"] == TOP else str(row["under"])
        if not row.get("after") or row["after"] == TOP:
            break
        key = str(row["after"])
    return places[key].under if key in places else ""


def check_arranged(
    stored: Sections,
    section: str,
    fields: Mapping[str, str],
    problems: list[Problem],
    at: str = "",
) -> dict[str, Any]:
    """Return how a section stands as it is stored, and note what is wrong with it."""
    problems += [
        Problem(f"a section has no field {name[:60]!r}", at, ARRANGED, nearest(name, ARRANGED))
        for name in fields
        if name not in ARRANGED
    ]
    row: dict[str, Any] = {
        name: clean(fields[name] or "") or None for name in ARRANGED if name in fields
    }
    if row.get("left_out") not in {None, "yes"}:
        what = f"a section is left out, or not; not {row['left_out'][:40]!r}"
        problems.append(Problem(what, at, ("yes",)))
    if row.get("status") not in {None, "checked"}:
        what = f"there is no status {row['status'][:40]!r} of a section"
        problems.append(Problem(what, at, ("checked",), nearest(row["status"], ("checked",))))
    if "left_out" in row:
        row["left_out"] = row["left_out"] == "yes" or None
    known = True
    for name in ("under", "after", "merged_into"):
        given = row.get(name)
        if given and not (given == TOP and name != "merged_into"):
            bad = stored.unknown(given, at)
            known = known and bad is None
            problems += [bad] if bad else []
    if known:
        _check_standing(stored, section, row, problems, at)
    return row


def _check_standing(
    stored: Sections, section: str, row: Mapping[str, Any], problems: list[Problem], at: str
) -> None:
    rows = {**stored.rows, section: {**stored.rows.get(section, {}), **row}}
    new = rows[section]
    called = new.get("title") or section
    if new.get("left_out") and new.get("merged_into"):
        what = f"{called!r} is left out and merged into {new['merged_into']!r}"
        problems.append(Problem(what, at, do="Keep one of the two."))
    inside = {"after": "follow itself", "merged_into": "be merged into itself"}
    for name, said in inside.items():
        if _comes_back(section, _steps(rows, name)):
            problems.append(Problem(f"{called!r} would {said}", at))
            return
    if _comes_back(section, lambda key: parent_of(key, rows, stored.places)):
        problems.append(Problem(f"{called!r} would be part of itself", at))
        return
    after = new.get("after")
    if after and after != TOP and new.get("under"):
        above = "" if new["under"] == TOP else new["under"]
        if parent_of(after, rows, stored.places) != above:
            what = f"{called!r} cannot follow {after!r}, which is part of another section"
            problems.append(Problem(what, at, do="Leave one of 'under' and 'after' out."))


def _steps(rows: Mapping[str, Mapping[str, Any]], name: str) -> Callable[[str], str]:
    return lambda key: str(rows.get(key, {}).get(name) or "")


def _comes_back(start: str, step: Callable[[str], str]) -> bool:
    """Say whether the way from a section on leads back to it."""
    seen: set[str] = set()
    here = step(start)
    while here and here != TOP and here not in seen:
        if here == start:
            return True
        seen.add(here)
        here = step(here)
    return False
