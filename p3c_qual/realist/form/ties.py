"""What else stands in a realist file: patterns, memos, the logic model and what was judged."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.coding.spots import ids_for
from p3c_qual.realist.form.match import folded
from p3c_qual.standards.items import standards
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from p3c_qual.realist.form.loading import Loading
    from p3c_qual.realist.form.read import Given
    from p3c_qual.realist.model import Instance

__all__ = ["load_ties"]

_MEMO = {
    name: name for name in ("kind", "observed", "candidates", "substantive", "rival", "decision")
}

#: by what a memo is told from others
_TOLD_BY = ("kind", "theory", "configuration", "observed")


def load_ties(loading: Loading) -> None:
    """Let patterns, memos, the logic model and judgements be written."""
    _regularities(loading)
    _inferences(loading)
    _logic_model(loading)
    _appraisals(loading)


def _regularities(loading: Loading) -> None:
    held = loading.held.regularities
    fresh: list[tuple[str, str, dict[str, Any]]] = []
    for each in loading.given.get("regularities", []):
        name = loading.ids["regularity"].get(each.get("key"))
        if name is None:
            continue
        row = loading.texts(each, {"label": "label", "statement": "statement"})
        loading.need(each, row, {"label": "label"}, new=name not in held)
        if "mechanism" in each.said:
            row["mechanism"] = loading.ref(each, "mechanism", "mechanism")
        if name not in held:
            row["key"] = each.get("key")
        loading.put("regularity", name, row, held)
        there = list(held[name].instances) if name in held else []
        fresh += [(name, *rest) for rest in _instances(loading, each, there)]
    alike = Counter[tuple[str, str]]()
    names = []
    for pair in (each[:2] for each in fresh):
        # after a merge a configuration may stand under a pattern for it and against it
        names.append((*pair, str(alike[pair])) if alike[pair] else pair)
        alike[pair] += 1
    for (name, configuration, said), own in zip(
        fresh, ids_for(loading.act, "instance", names), strict=True
    ):
        ends = {"regularity": name, "configuration": configuration}
        loading.add("instance", {"id": own, **ends, **said})


def _instances(
    loading: Loading, pattern: Given, there: list[Instance]
) -> list[tuple[str, dict[str, Any]]]:
    """Change the instances of a pattern that are there, and return those that are not."""
    given: dict[tuple[str, ...], dict[str, Any]] = {}
    for one in pattern.parts["instances"]:
        configuration = loading.ref(one, "configuration", "configuration")
        if configuration is None:
            continue
        said = loading.texts(one, {"role": "role", "reason": "reason"})
        name = (configuration, *(said.get(each) or "" for each in ("role", "reason")))
        if name in given:
            what = f"{one.get('configuration')!r} stands under {pattern.get('key')!r} twice"
            loading.faults.add(one.line, what, do="Remove one of the two.")
        given[name] = said
    held = {(one.configuration, one.role, one.reason): one for one in there}
    same = given.keys() & held.keys()
    left = [one for name, one in held.items() if name not in same]
    fresh = []
    for (configuration, *_), said in ((n, said) for n, said in given.items() if n not in same):
        old = next((one for one in left if one.configuration == configuration), None)
        if old:
            left.remove(old)
            loading.change("instance", old.id, said)
        else:
            fresh.append((configuration, {"role": "supports", **said}))
    loading.left += len(left)
    return fresh


def _inferences(loading: Loading) -> None:
    there: dict[tuple[Any, ...], list[str]] = defaultdict(list)
    fresh: list[dict[str, Any]] = []
    for each in loading.held.inferences:
        there[each.kind, each.theory, each.configuration, folded(each.observed)].append(each.id)
    for given in loading.given.get("inferences", []):
        row: dict[str, Any] = loading.texts(given, _MEMO)
        row["theory"] = loading.ref(given, "theory", "theory")
        row["configuration"] = loading.ref(given, "configuration", "configuration")
        name = (row.get("kind"), row["theory"], row["configuration"], folded(row.get("observed")))
        if there[name]:
            loading.change("inference", there[name].pop(0), row)
        else:
            fresh.append(row)
    alike = Counter[tuple[str, ...]]()
    names = []
    for row in fresh:
        said = tuple(str(row.get(name) or "") for name in _TOLD_BY)
        names.append((*said, str(alike[said])))
        alike[said] += 1
    for row, own in zip(fresh, ids_for(loading.act, "inference", names), strict=True):
        loading.add("inference", {"id": own, **row})
    if "inferences" in loading.given:
        loading.left += sum(map(len, there.values()))


def _logic_model(loading: Loading) -> None:
    held = loading.held
    position = loading.positions("block").get("", -1)
    for each in loading.given.get("blocks", []):
        name = loading.ids["block"].get(each.get("key"))
        if name is None:
            continue
        row = loading.texts(each, {"label": "label"})
        loading.need(each, row, {"label": "label"}, new=name not in held.blocks)
        if name not in held.blocks:
            position += 1
            row |= {"key": each.get("key"), "position": position}
        loading.put("block", name, row, held.blocks)
    _arrows(loading)


def _arrows(loading: Loading) -> None:
    there = {(each.block, each.other): each for each in loading.held.arrows.values()}
    named: dict[tuple[str, str], Given] = {}
    for each in loading.given.get("arrows", []):
        block, other = loading.ref(each, "from", "block"), loading.ref(each, "to", "block")
        if block is None or other is None:
            continue
        if block == other:
            loading.faults.add(each.line, "an arrow leads from one block to another")
        elif (block, other) in named:
            what = f"the arrow stands there twice, first in line {named[block, other].line}"
            loading.faults.add(each.line, what, do="Put its configurations together.")
        else:
            named[block, other] = each
    new = [name for name in named if name not in there]
    ids = dict(zip(new, ids_for(loading.act, "arrow", new), strict=True))
    carries: list[tuple[str, str]] = []
    for name, each in named.items():
        row = loading.texts(each, {"label": "label"})
        old = there.get(name)
        on = set(old.carries) if old else set()
        if old:
            loading.change("arrow", old.id, row)
        else:
            loading.add("arrow", {"id": ids[name], "block": name[0], "other": name[1], **row})
        mine = [loading.row_of(key, "configuration", line) for key, line in each.names]
        arrow = old.id if old else ids[name]
        carries += [(arrow, one) for one in dict.fromkeys(mine) if one and one not in on]
        loading.left += len(on.difference(mine))
    if "arrows" in loading.given:
        loading.left += len(there.keys() - named.keys())
    for (arrow, one), row_id in zip(carries, ids_for(loading.act, "carries", carries), strict=True):
        loading.add("carries", {"id": row_id, "arrow": arrow, "configuration": one})


def _appraisals(loading: Loading) -> None:
    rows = ROWS["appraisal"]
    if "appraisals" not in loading.given:
        return
    there = {
        (row.standard, row.item): row.id
        for row in loading.act.connection.execute(
            select(rows.c.standard, rows.c.item, rows.c.id).order_by(rows.c.id.desc())
        )
    }
    named: dict[tuple[str, int], int] = {}
    fresh: list[dict[str, Any]] = []
    for each in loading.given["appraisals"]:
        if not each.get("standard") or not each.get("item"):
            continue
        name = each.get("standard"), int(each.get("item"))
        _check_grade(loading, each, name)
        if name in named:
            what = f"item {name[1]} stands there twice, first in line {named[name]}"
            loading.faults.add(each.line, what, do="Remove one of the two.")
            continue
        named[name] = each.line
        row = loading.texts(each, {"grade": "grade", "place": "place", "note": "note"})
        if name in there:
            loading.change("appraisal", there[name], row)
        else:
            made = dict(zip(("standard", "item"), name, strict=True))
            fresh.append({**made, **row})
    ids = ids_for(loading.act, "appraisal", [(row["standard"], str(row["item"])) for row in fresh])
    for row, own in zip(fresh, ids, strict=True):
        loading.add("appraisal", {"id": own, **row})
    loading.left += len(there.keys() - named.keys())


def _check_grade(loading: Loading, each: Given, name: tuple[str, int]) -> None:
    """Note an item that its standard does not have, or a grade that its items do not."""
    standard, item = name
    items = {one.item: one for one in standards().get(standard, ())}
    if not items:
        valid = tuple(standards())
        what = f"there is no standard {standard[:60]!r}"
        loading.faults.add(each.at("standard"), what, valid=valid, given=standard)
    elif item not in items:
        what = f"the standard {standard!r} has items 1 to {len(items)}, and no {item}"
        loading.faults.add(each.at("item"), what)
    elif (grade := each.get("grade")) and grade not in items[item].grades:
        what = f"{grade[:60]!r} is no grade of {standard!r}"
        loading.faults.add(each.at("grade"), what, valid=items[item].grades, given=grade)
