"""The configurations of a realist file, with their elements."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from p3c_qual.coding.spots import clean, ids_for
from p3c_qual.errors import Problem
from p3c_qual.realist.building.elements import NewElement, element_rows
from p3c_qual.realist.form.match import match_elements
from p3c_qual.realist.form.passages import load_passages

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from p3c_qual.realist.form.loading import Loading
    from p3c_qual.realist.form.passages import Passages
    from p3c_qual.realist.form.read import Given
    from p3c_qual.realist.model import Configuration, Element

__all__ = ["load_configurations"]

_CONFIGURATION = {
    name: name for name in ("label", "activation", "state", "relevance", "rigour", "richness")
}
_REFS = {
    "programme": "programme",
    "theory": "theory",
    "mechanism": "mechanism",
    "split_from": "configuration",
    "merged_into": "configuration",
}
_ELEMENT = ("text", "layer", "level", "direction", "timing", "intended", "domain")


def load_configurations(loading: Loading) -> Passages:
    """Let configurations and elements be written; return the passages on them that are new."""
    held = loading.held.configurations
    last = loading.positions("element", "configuration")
    passages: Passages = []
    named = {
        name: each
        for each in loading.given.get("configurations", [])
        if (name := loading.ids["configuration"].get(each.get("key")))
    }
    fresh = iter(_element_ids(loading, named))
    for name, each in named.items():
        row = loading.texts(each, _CONFIGURATION)
        row |= {
            field: loading.ref(each, field, table)
            for field, table in _REFS.items()
            if field in each.said
        }
        old = held.get(name)
        loading.states[name] = _state(loading, each, name, row, old)
        if old is None:
            row["key"] = each.get("key")
        loading.put("configuration", name, row, held)
        ids = [next(fresh) for _ in each.parts["elements"]]
        passages += _elements(loading, each, name, old, last.get(name, -1) + 1, ids)
    return passages


def _element_ids(loading: Loading, named: Mapping[str, Given]) -> list[str]:
    """Return an id for every element of the file, in their order, should it be new."""
    alike = Counter[tuple[str, ...]]()
    names = []
    for name, each in named.items():
        for one in each.parts["elements"]:
            said = name, one.get("role"), clean(one.get("text"))
            names.append((*said, str(alike[said])))
            alike[said] += 1
    return ids_for(loading.act, "element", names)


def _state(
    loading: Loading, each: Given, name: str, row: dict[str, Any], old: Configuration | None
) -> str:
    """Return the state of a configuration; one it cannot take by being written down is noted."""
    was = old.state if old else ""
    state = row["state"] or "" if "state" in row else was
    line = each.at("state")
    if old and state != was:
        called = {"split": "split", "merged": "merged", "": "standing", "set_aside": "set aside"}
        what = f"{each.get('key')!r} is {called[was]} in the study, and {called[state]} in the file"
        do = "Do that in the study itself, where the journal keeps why."
        loading.faults.add(line, what, do=do)
    into = row.get("merged_into", old.merged_into if old else None)
    if (state == "merged") != bool(into) and {"state", "merged_into"} & each.said.keys():
        what = f"{each.get('key')!r} is merged into another one, or it is not"
        loading.faults.add(line, what, do="Write both 'state: merged' and 'merged_into:', or none.")
    if name in {row.get("merged_into"), row.get("split_from")}:
        what = f"{each.get('key')!r} cannot come out of itself or be merged into itself"
        loading.faults.add(each.line, what)
    return str(state)


def _elements(
    loading: Loading,
    each: Given,
    name: str,
    old: Configuration | None,
    position: int,
    ids: Sequence[str],
) -> Passages:
    """Let elements be written, and return the passages on them and on the configuration."""
    given = each.parts["elements"]
    texts = {number: clean(one.get("text")) for number, one in enumerate(given)}
    found = match_elements(old, given, loading.places, texts) if old else [None] * len(given)
    passages: Passages = []
    claim = {"configuration": name}
    loading.elements[name] = []
    for number, one in enumerate(given):
        meant = found[number]
        row = _element(loading, one, meant)
        if meant is None:
            row |= {"id": ids[number], "configuration": name, "position": position}
            position += 1
            loading.add("element", row)
        else:
            loading.change("element", meant.id, row)
        element = meant.id if meant else str(row["id"])
        loading.elements[name].append((element, one.get("role"), texts[number]))
        voices = old.voices(meant.id) if old and meant else ()
        on = {**claim, "element": element}
        passages += load_passages(loading, one.parts["evidence"], voices, on)
    whole = [one for one in old.evidence if not one.element] if old else []
    passages += load_passages(loading, each.parts["evidence"], whole, claim)
    if old:
        kept = {one.id for one in found if one}
        gone = [one for one in old.elements if one.id not in kept]
        loading.left += len(gone) + sum(len(old.voices(one.id)) for one in gone)
        loading.elements[name] += [(one.id, one.role, one.text) for one in gone]
        if old.state and (passages or any(one is None for one in found)):
            words = {"split": "was split", "merged": "was merged", "set_aside": "is set aside"}
            what = f"{old.key!r} {words[old.state]} in the study; nothing more can be put into it"
            loading.faults.add(each.line, what, do="Take it up first, or leave it out of the file.")
    return passages


def _element(loading: Loading, one: Given, old: Element | None) -> dict[str, Any]:
    """Return an element's fields as they are stored; what its role does not have is noted."""
    said = {name: one.get(name) for name in _ELEMENT if name in one.said}
    problems: list[Problem] = []
    (made,) = element_rows(loading.act.connection, [NewElement(one.get("role"), **said)], problems)
    if one.get("role"):
        for each in problems:
            loading.faults.add(
                one.line, each.what, valid=each.valid, closest=each.nearest, do=each.do
            )
    row: dict[str, Any] = {name: made[name] for name in ("role", *said)}
    if "code" in one.said:
        row["code"] = _code(loading, one, old)
    return row


def _code(loading: Loading, one: Given, old: Element | None) -> str | None:
    """Return the code of an element; one that may not be given any more stays where it is."""
    given = one.get("code")
    if not given:
        return None
    known = loading.codes.find(given)
    code = known
    if isinstance(known, Problem) or not old or old.code != known.id:
        code = loading.codes.usable(given)
    if not isinstance(code, Problem):
        return code.id
    loading.faults.add(
        one.at("code"), code.what, valid=code.valid, closest=code.nearest, do=code.do
    )
    return None
