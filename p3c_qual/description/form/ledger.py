"""The facts and the contrasts of a description's folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from p3c_qual.description.citations import SIDES
from p3c_qual.description.contrasts import VERDICTS
from p3c_qual.description.form.folders import FORMAT
from p3c_qual.description.form.load import said_of, shown
from p3c_qual.description.form.passages import Passages, read_passage
from p3c_qual.description.naming import where_row
from p3c_qual.yaml_fields import Fields, is_of_format
from p3c_qual.yaml_lines import parse_yaml

if TYPE_CHECKING:
    from pathlib import Path

    from p3c_qual.description.form.load import Loading
    from p3c_qual.description.model import Where
    from p3c_qual.findings import Faults

__all__ = ["load_contrasts", "load_facts"]

_FACT = ("name", "value", "unit", "date", "remark", "decision")
_REFS = ("before", "after")
_CONTRAST = ("label", "component", "claim", "practice", "verdict", "remark")


def load_facts(loading: Loading, path: Path, where: Where) -> None:
    """Let the facts of a file be written; one without an id is known by all that it states."""
    known = ("id", *_FACT, *_REFS, "chosen", "sources")
    given, faults = _members(loading, path, "facts", known, "a fact")
    ids: dict[str, tuple[str, bool]] = {}
    for each in given:
        if (name := _id(each, "name", "value", "unit", "date")) in ids:
            _twice(each, faults)
        ids[name] = _row_of(loading, "fact", each, name, where)
    rows = []
    for each in given:
        name = _id(each, "name", "value", "unit", "date")
        row: dict[str, Any] = said_of(each, _FACT)
        for ref in _REFS:
            if each.has(ref):
                row[ref] = _ref(loading, each, ref, ids, faults)
        if each.has("chosen"):
            row["chosen"] = each.flag("chosen", default=False) or None
        row_id, there = ids[name]
        old = loading.held.facts.get(row_id)
        whole = {**{field: getattr(old, field) for field in (*_FACT, *_REFS, "chosen") if old}, **row}  # fmt: skip
        for field, called in (("name", "a name"), ("value", "a value")):
            if not whole.get(field):
                faults.add(each.line, f"a fact needs {called}", do=f"Add '{field}:'.")
        if whole.get("chosen") and not whole.get("decision"):
            what = "the fact by which the report goes needs its reason"
            faults.add(each.at("chosen"), what, do="Add 'decision:'.")
        before, after = whole.get("before"), whole.get("after")
        if bool(before) != bool(after) or (
            before and (before == after or row_id in {before, after})
        ):
            what = "a change is worked out from two other facts, the one before and the one after"
            faults.add(each.line, what, do="Name both under 'before' and 'after', or none.")
        rows.append((each, row_id, there, row, shown(whole.get("name"))))
    _write(loading, path, "fact", where, rows, faults)


def load_contrasts(loading: Loading, path: Path, where: Where) -> None:
    """Let the contrasts of a file be written; one without an id is known by its label."""
    known = ("id", *_CONTRAST, "sources")
    given, faults = _members(loading, path, "contrasts", known, "a contrast")
    rows = []
    seen: set[str] = set()
    for each in given:
        name = _id(each, "label")
        if name in seen:
            _twice(each, faults)
        seen.add(name)
        row: dict[str, Any] = said_of(each, _CONTRAST)
        each.choice("verdict", tuple(VERDICTS))
        row_id, there = _row_of(loading, "contrast", each, name, where)
        old = loading.held.contrasts.get(row_id)
        label = row.get("label", old.label if old else None)
        if not label:
            faults.add(each.line, "a contrast needs a label", do="Add 'label:'.")
        rows.append((each, row_id, there, row, shown(label)))
    _write(loading, path, "contrast", where, rows, faults, sides=SIDES)


def _members(
    loading: Loading, path: Path, name: str, known: tuple[str, ...], what: str
) -> tuple[list[Fields], Faults]:
    root, found = parse_yaml(path, loading.called(path))
    faults = loading.keep(found)
    if root is None or not is_of_format(root, FORMAT, faults):
        return [], faults
    top = Fields(root, ("format", name), "the file", faults)
    return [Fields(node, known, what, faults) for node in top.items(name)], faults


def _id(each: Fields, *names: str) -> str:
    """Return by what a member is known: its id, else what it states."""
    return each.text("id").strip() or "\n".join(each.text(name).strip() for name in names)


def _row_of(
    loading: Loading, table: str, each: Fields, name: str, where: Where
) -> tuple[str, bool]:
    if each.has("id"):
        return loading.row_of(table, name, where)
    held: Any = loading.held.facts if table == "fact" else loading.held.contrasts
    names = ("name", "value", "unit", "date") if table == "fact" else ("label",)
    for one in held.values():
        if one.where == where and "\n".join(getattr(one, field) for field in names) == name:
            return one.id, True
    return loading.row_of(table, name, where)


def _ref(
    loading: Loading,
    each: Fields,
    name: str,
    ids: dict[str, tuple[str, bool]],
    faults: Faults,
) -> str | None:
    given = each.text(name).strip()
    if not given:
        return None
    if given in ids:
        return ids[given][0]
    if given in loading.held.facts:
        return given
    what = f"there is no fact {given[:40]!r}"
    faults.add(each.at(name), what, do="Give the one that is meant an 'id:', and name it by that.")
    return None


def _twice(each: Fields, faults: Faults) -> None:
    faults.add(each.line, f"{each.owner} stands there twice", do="Remove one of the two.")


def _write(
    loading: Loading,
    path: Path,
    table: str,
    where: Where,
    rows: list[tuple[Fields, str, bool, dict[str, Any], str]],
    faults: Faults,
    *,
    sides: dict[str, str] | None = None,
) -> None:
    """Let rows be written, with the places they rest on."""
    held: Any = loading.held.facts if table == "fact" else loading.held.contrasts
    sources = {
        row_id: [read_passage(node, faults, sides=sides or ()) for node in each.items("sources")]
        for each, row_id, _, _, _ in rows
    }
    every = [one for some in sources.values() for one in some]
    places = Passages(loading.act.connection, every, faults)
    for _, row_id, there, row, label in rows:
        if not there:
            loading.add(table, {"id": row_id, **where_row(where), **row})
            loading.say(path, f"{label} is new")
        else:
            old = held[row_id]
            changed = {name: value for name, value in row.items() if (getattr(old, name) or None) != value}  # fmt: skip
            for name, value in changed.items():
                loading.say(path, f"{label}: {name} is now {'yes' if value is True else shown(value)}")  # fmt: skip
            loading.change(table, row_id, changed)
        loading.cite(path, table, row_id, sources[row_id], places, label)
