"""The forms of a description's folder: ``formal.yml``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from p3c_qual.coding.spots import clean, ids_for
from p3c_qual.description.answers import answer_names
from p3c_qual.description.form.folders import FORMAT
from p3c_qual.description.form.load import shown
from p3c_qual.description.form.passages import Passages, read_passage
from p3c_qual.description.forms import STATUSES, read_forms
from p3c_qual.description.naming import where_row
from p3c_qual.yaml_fields import Fields, is_of_format
from p3c_qual.yaml_lines import Mapping, Scalar, parse_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from p3c_qual.description.form.load import Loading
    from p3c_qual.description.forms import Form
    from p3c_qual.description.model import Where
    from p3c_qual.findings import Faults
    from p3c_qual.realist.form.read import Given
    from p3c_qual.yaml_lines import Node

__all__ = ["load_forms"]


@dataclass
class _Answer:
    """An answer as a file gives it; None is what it does not say."""

    form: Form
    record: str
    item: str
    line: int
    value: str | None = None
    status: str | None = None
    sources: list[Given] = field(default_factory=list)


def load_forms(loading: Loading, path: Path, where: Where) -> None:
    """Let the answers of a file be written; an item that says nothing stays as it is."""
    root, found = parse_yaml(path, loading.called(path))
    faults = loading.keep(found)
    if root is None or not is_of_format(root, FORMAT, faults):
        return
    given = list(_read(root, faults))
    places = Passages(
        loading.act.connection, [one for each in given for one in each.sources], faults
    )
    new: list[tuple[_Answer, dict[str, Any]]] = []
    for each in given:
        old = loading.held.answers_of(each.form.key, where).get(each.record, {}).get(each.item)
        value = (old.value if old else "") if each.value is None else each.value
        status = (old.status if old else "") if each.status is None else each.status
        said = each.value is not None or each.status is not None
        if not said and not each.sources:
            continue
        for bad in each.form.faults(where, each.record, each.item, value, status):
            faults.add(each.line, bad.what, valid=bad.valid, closest=bad.nearest, do=bad.do)
        label = _called(each)
        if old is None:
            if not value and not status and not each.sources:
                continue
            if not value and not status:
                what = f"{label} names sources, and says nothing"
                faults.add(each.line, what, do="Add 'value:', or 'status: not_found'.")
                continue
            row = {"form": each.form.key, "record": each.record or None, "item": each.item}
            row |= {**where_row(where), "value": value or None, "status": status or None}
            new.append((each, row))
            continue
        _change(loading, path, each, old, value, status)
        loading.cite(path, "answer", old.id, each.sources, places, label)
    names = [answer_names(where, each.form.key, each.record, each.item) for each, _ in new]
    for (each, row), name in zip(new, ids_for(loading.act, "answer", names), strict=True):
        loading.add("answer", {"id": name, **row})
        status = f", {STATUSES.get(row['status'], '').lower()}" if row["status"] else ""
        loading.say(path, f"{_called(each)}: {shown(row['value'])}{status}")
        loading.cite(path, "answer", name, each.sources, places, _called(each))


def _change(loading: Loading, path: Path, each: _Answer, old: Any, value: str, status: str) -> None:
    if (value, status) == (old.value, old.status):
        return
    label = _called(each)
    if value != old.value:
        loading.say(path, f"{label}: {shown(value)} in place of {shown(old.value)}")
    if status != old.status:
        now, was = STATUSES.get(status, "no status"), STATUSES.get(old.status, "no status")
        loading.say(path, f"{label}: {now.lower()} in place of {was.lower()}")
    if not value and not status and not loading.held.citations.get(old.id) and not each.sources:
        loading.drop("answer", old.id)
        return
    row = {"value": value or None, "status": status or None}
    loading.change("answer", old.id, {**row, "coder": loading.coder})


def _called(each: _Answer) -> str:
    item = each.form.item(each.item)
    label = item.label if item else each.item
    return f"{label} ({each.record})" if each.record else label


def _read(root: Node, faults: Faults) -> Iterator[_Answer]:
    forms = read_forms()
    top = Fields(root, ("format", *forms), "the file", faults)
    for key, form in forms.items():
        node = top.node(key)
        if node is None:
            continue
        if not isinstance(node, Mapping):
            faults.add(node.line, f"{key!r} must be a block of names and values")
        elif not (form.several or form.records_of):
            yield from _items(form, "", node, faults)
        else:
            for record, line in node.entries.items():
                if isinstance(line, Mapping):
                    yield from _items(form, clean(record), line, faults)
                elif not (isinstance(line, Scalar) and line.empty):
                    what = (
                        f"the line {record[:40]!r} of {key!r} must be a block of names and values"
                    )
                    faults.add(line.line, what)


def _items(form: Form, record: str, node: Mapping, faults: Faults) -> Iterator[_Answer]:
    ids = tuple(each.id for each in form.items)
    for item, given in node.entries.items():
        line = node.lines[item]
        if item not in ids:
            what = f"the form {form.label!r} has no item {item[:60]!r}"
            faults.add(line, what, valid=ids, given=item)
            continue
        made = _Answer(form, record, item, line)
        if isinstance(given, Scalar):
            made.value = None if given.empty else clean(given.text)
        else:
            known = ("value", "status", "sources")
            fields = Fields(given, known if form.statuses else (*known[:1], known[2]), "an answer", faults)  # fmt: skip
            made.value = clean(fields.text("value")) if fields.has("value") else None
            made.status = fields.text("status").strip() if fields.has("status") else None
            made.sources = [read_passage(each, faults) for each in fields.items("sources")]
        yield made
