"""The links of a realist file: what is nested, and which outcome becomes a context."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from p3c_qual.coding.spots import clean, ids_for
from p3c_qual.realist.building.links import above, wholes
from p3c_qual.realist.form.match import folded

if TYPE_CHECKING:
    from p3c_qual.realist.form.loading import Loading
    from p3c_qual.realist.form.read import Given

__all__ = ["load_links"]

#: the outcome and the context that a link ties, where it does
Ends = tuple[str | None, str | None]


def load_links(loading: Loading) -> None:
    """Let links be written."""
    there = {
        (each.relation, each.configuration, each.other, each.outcome, each.context): each
        for each in loading.held.links
    }
    up = wholes(loading.act.connection)
    fresh: dict[tuple[Any, ...], Given] = {}
    named: set[str] = set()
    for each in loading.given.get("links", []):
        one = loading.ref(each, "configuration", "configuration")
        other = loading.ref(each, "other", "configuration")
        if one is None or other is None or not each.get("relation"):
            continue
        if each.get("relation") == "part_of":
            ends: Ends | None = _part(loading, each, one, other, up)
        else:
            ends = _chained(loading, each, one, other)
        if ends is None:
            continue
        name = (each.get("relation"), one, other, *ends)
        if name in there:
            named.add(there[name].id)
            loading.change("link", there[name].id, loading.texts(each, {"reason": "reason"}))
        elif name in fresh:
            what = f"the link stands there twice, first in line {fresh[name].line}"
            loading.faults.add(each.line, what, do="Remove one of the two.")
        fresh.setdefault(name, each)
    new = {name: each for name, each in fresh.items() if name not in there}
    ids = ids_for(loading.act, "link", [[part for part in name if part] for name in new])
    columns = ("relation", "configuration", "other", "outcome", "context")
    for (name, each), row in zip(new.items(), ids, strict=True):
        said = loading.texts(each, {"reason": "reason"})
        loading.add("link", {"id": row, **dict(zip(columns, name, strict=True)), **said})
    if "links" in loading.given:
        loading.left += sum(each.id not in named for each in there.values() if each.counts)


def _part(loading: Loading, each: Given, one: str, other: str, up: dict[str, str]) -> Ends | None:
    """Return the ends of a nesting, or None where it cannot be; what cannot be is noted."""
    part, whole = each.get("configuration"), each.get("other")
    keys = {name: key for key, name in loading.ids["configuration"].items()}
    for name in ("outcome", "context"):
        if each.get(name):
            what = f"a part of a larger configuration has no {name}"
            do = "Leave it out, or write 'relation: outcome_becomes_context'."
            loading.faults.add(each.at(name), what, do=do)
    if one == other:
        loading.faults.add(each.line, f"{part!r} cannot be part of itself")
        return None
    if loading.states.get(one) or loading.states.get(other):
        # what does not stand is kept for the record, and bars nothing
        return None, None
    if up.get(one, other) != other:
        what = f"{part!r} is part of {keys[up[one]]!r} already; it can be part of one at a time"
        loading.faults.add(each.line, what, do="Keep one of the two links.")
        return None
    if one in above(up, other):
        what = (
            f"{whole!r} is part of {part!r} already, so that {part!r} cannot be part of {whole!r}"
        )
        loading.faults.add(each.line, what, do="Keep one of the two links.")
        return None
    up[one] = other
    return None, None


def _chained(loading: Loading, each: Given, one: str, other: str) -> Ends | None:
    """Return the elements a chain ties together, or None where it cannot be, which is noted."""
    if one == other:
        key = each.get("configuration")
        what = f"an outcome of {key!r} cannot lead into {key!r} itself"
        do = "Chain it to another configuration; a circle of several is a feedback loop."
        loading.faults.add(each.line, what, do=do)
        return None
    outcome = _element(loading, each, "outcome", one)
    if outcome is None:
        return None
    if "context" in each.said and each.get("context"):
        context = _element(loading, each, "context", other)
        return (outcome, context) if context else None
    words = next(text for name, _, text in _elements(loading, one) if name == outcome)
    same = [
        name
        for name, role, text in _elements(loading, other)
        if role == "context" and text and folded(text) == folded(words)
    ]
    if not same:
        what = f"{each.get('other')!r} has no context that says the same as the outcome"
        loading.faults.add(each.line, what, do="Name the context, by its words or its number.")
        return None
    return outcome, same[0]


def _elements(loading: Loading, configuration: str) -> list[tuple[str, str, str]]:
    """Return row id, role and text of the elements a configuration has once all is written."""
    if configuration in loading.elements:
        return loading.elements[configuration]
    held = loading.held.configurations[configuration]
    return [(each.id, each.role, each.text) for each in held.elements]


def _element(loading: Loading, each: Given, role: str, configuration: str) -> str | None:
    """Return the element a link names by its text or number (``#2``), or note why there is none."""
    elements = _elements(loading, configuration)
    key = each.get("configuration" if role == "outcome" else "other")
    said = clean(each.get(role))
    if not said:
        what = f"it is not said which {role} of {key!r} is meant"
        loading.faults.add(each.at(role), what, do=f"Add '{role}:' with its words.")
        return None
    number = said[1:]
    if said.startswith("#") and number.isdecimal() and len(number) < 7:
        if 0 < int(number) <= len(elements) and elements[int(number) - 1][1] == role:
            return elements[int(number) - 1][0]
        loading.faults.add(each.at(role), f"element {said} of {key!r} is no {role}")
        return None
    mine = [(name, text) for name, kind, text in elements if kind == role]
    found = [name for name, text in mine if folded(text) == folded(said)]
    if len(found) == 1:
        return found[0]
    if found:
        what = f"{key!r} has {len(found)} elements {said[:60]!r} of the role {role}"
        loading.faults.add(each.at(role), what, do="Name it by its number, such as '#2'.")
        return None
    valid = [text for _, text in mine if text]
    what = f"{key!r} has no {role} {said[:60]!r}"
    loading.faults.add(each.at(role), what, valid=valid, given=said)
    return None
