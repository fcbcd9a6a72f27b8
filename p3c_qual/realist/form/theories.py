"""The theories and mechanisms of a realist file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from p3c_qual.realist.form.passages import load_passages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from p3c_qual.realist.form.loading import Loading
    from p3c_qual.realist.form.passages import Passages
    from p3c_qual.realist.form.read import Given
    from p3c_qual.realist.model import Evidence

__all__ = ["load_mechanisms", "load_theories"]

_THEORY = {
    "label": "label",
    "if": "if_",
    "then": "then_",
    "because": "because",
    "level": "level",
    "status": "status",
    "change": "change",
    "origin": "origin",
}
_NEEDED = {name: _THEORY[name] for name in ("label", "if", "then", "because")}
_MECHANISM = {"label": "label", "definition": "definition"}


def load_theories(loading: Loading) -> Passages:
    """Let theories be written; return the passages on them that are new."""
    held = loading.held.theories
    before = {each.id: each.supersedes for each in held.values()}
    loose: dict[str | None, list[Evidence]] = {}
    for one in loading.held.loose:
        loose.setdefault(one.theory, []).append(one)
    passages: Passages = []
    superseding = []
    for each in loading.given.get("theories", []):
        name = loading.ids["theory"].get(each.get("key"))
        if name is None:
            continue
        row = loading.texts(each, _THEORY)
        loading.need(each, row, _NEEDED, new=name not in held)
        if "programme" in each.said:
            row["programme"] = loading.ref(each, "programme", "programme")
        if "supersedes" in each.said:
            row["supersedes"] = before[name] = loading.ref(each, "supersedes", "theory")
            # what copies joined into a circle is left for people to settle
            if name not in held or held[name].supersedes != row["supersedes"]:
                superseding.append((each, name))
                loading.need(each, row, {"change": "change"}, new=bool(row["supersedes"]))
        if name not in held:
            row = {"level": "programme", "status": "initial", **row, "key": each.get("key")}
            before.setdefault(name, None)
        loading.put("theory", name, row, held)
        given = each.parts["evidence"]
        passages += load_passages(loading, given, loose.get(name, []), {"theory": name})
    _check_versions(loading, superseding, before)
    return passages


def _check_versions(
    loading: Loading, superseding: Sequence[tuple[Given, str]], before: dict[str, str | None]
) -> None:
    """Note theories that would take their own place, or one that another has taken."""
    keys = {name: key for key, name in loading.ids["theory"].items()}
    for each, name in superseding:
        old = before[name]
        if old is None:
            continue
        line = each.at("supersedes")
        key = each.get("key")
        seen = {name}
        at: str | None = old
        while at is not None and at not in seen:
            seen.add(at)
            at = before.get(at)
        if at == name:
            what = f"{key!r} would take its own place"
            what += "" if old == name else ", through those that it led to"
            loading.faults.add(line, what, do="Name the theory that it refines.")
        others = [keys[one] for one, first in before.items() if first == old and one != name]
        if others:
            what = f"{others[0]!r} takes the place of {keys[old]!r} as well as {key!r}"
            loading.faults.add(line, what, do="Let one of the two take the place of the other.")


def load_mechanisms(loading: Loading) -> None:
    """Let the names of mechanisms be written."""
    held = loading.held.mechanisms
    labels = {each.label.casefold(): each.key for each in held.values()}
    given = loading.given.get("mechanisms", [])
    for each in given:
        labels = {label: key for label, key in labels.items() if key != each.get("key")}
    for each in given:
        name = loading.ids["mechanism"].get(each.get("key"))
        if name is None:
            continue
        row = loading.texts(each, _MECHANISM)
        loading.need(each, row, {"label": "label"}, new=name not in held)
        label = str(row.get("label") or "")
        same = name in held and label == held[name].label
        if label and not same and label.casefold() in labels:
            what = f"the mechanism {labels[label.casefold()]!r} is called {label[:60]!r} already"
            do = "Use that one, or give this one another label."
            loading.faults.add(each.at("label"), what, do=do)
        labels[label.casefold()] = each.get("key")
        if name not in held:
            row["key"] = each.get("key")
        loading.put("mechanism", name, row, held)
