"""The realist layer as YAML: what stands in a file, with the line of everything."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from p3c_qual.realist.building.theories import STATUSES, THEORY_LEVELS
from p3c_qual.realist.vocabulary import LEVELS, ROLES, terms
from p3c_qual.yaml_fields import Fields, is_of_format
from p3c_qual.yaml_lines import parse_yaml

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from p3c_qual.findings import Faults
    from p3c_qual.yaml_lines import Node

__all__ = ["FORM_FIELDS", "REALIST_FORMAT", "SECTIONS", "Given", "read_form"]

#: the version of the file format this program reads and writes
REALIST_FORMAT = 1
#: the lists of a file, and what is a member of each, in the order in which they are written
SECTIONS = {
    "theories": "a theory",
    "mechanisms": "a mechanism",
    "configurations": "a configuration",
    "links": "a link",
    "regularities": "a demi-regularity",
    "inferences": "a memo",
    "searches": "a search",
    "blocks": "a block",
    "arrows": "an arrow",
    "appraisals": "an appraisal",
}
#: every field of the format, by what it belongs to, in the order in which it is written
FORM_FIELDS: dict[str, tuple[str, ...]] = {
    "a realist file": ("format", *SECTIONS),
    "a theory": (
        *("key", "label", "if", "then", "because", "level", "status", "supersedes", "change"),
        *("origin", "programme", "evidence"),
    ),
    "a mechanism": ("key", "label", "definition"),
    "a configuration": (
        *("key", "label", "programme", "theory", "mechanism", "activation", "state"),
        *("split_from", "merged_into", "relevance", "rigour", "richness", "elements", "evidence"),
    ),
    "an element": (
        *("role", "text", "layer", "level", "code", "direction", "timing", "intended", "domain"),
        "evidence",
    ),
    "evidence": (
        *("source", "start", "end", "quote", "role", "elicited", "directness", "absent", "remark"),
        "resolution",
    ),
    "a link": ("relation", "configuration", "other", "outcome", "context", "reason"),
    "a demi-regularity": ("key", "label", "statement", "mechanism", "instances"),
    "an instance": ("configuration", "role", "reason"),
    "a memo": (
        *("kind", "theory", "configuration", "observed", "candidates", "substantive", "rival"),
        "decision",
    ),
    "a search": ("configuration", "kind", "decision", "reason"),
    "a block": ("key", "label"),
    "an arrow": ("from", "to", "label", "configurations"),
    "an appraisal": ("standard", "item", "grade", "place", "note"),
}
#: the fields that hold a list, and what is a member of it
_PARTS = {"evidence": "evidence", "elements": "an element", "instances": "an instance"}
_NEEDED = {
    "a theory": ("key",),
    "a mechanism": ("key",),
    "a configuration": ("key",),
    "an element": ("role",),
    "evidence": ("source",),
    "a link": ("relation", "configuration", "other"),
    "a demi-regularity": ("key",),
    "an instance": ("configuration",),
    "a memo": ("kind", "observed"),
    "a search": ("configuration", "kind"),
    "a block": ("key",),
    "an arrow": ("from", "to"),
    "an appraisal": ("standard", "item"),
}
_NUMBERS = {"start", "end", "item"}


@dataclass
class Given:
    """A member of a list of the file.

    Attributes
    ----------
    what : str
        What it is: ``"a theory"``.
    line : int
    said : dict of str to str
        The fields that stand there, by their names in the file; an empty text clears one.
    lines : dict of str to int
    parts : dict of str to list of Given
        Its elements, evidence, instances.
    names : list of (str, int)
        Of an arrow: the configurations it rests on, with their lines.
    """

    what: str
    line: int
    said: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    parts: dict[str, list[Given]] = field(default_factory=dict)
    names: list[tuple[str, int]] = field(default_factory=list)

    def get(self, name: str) -> str:
        """Return a field; empty where it does not stand there."""
        return self.said.get(name, "")

    def at(self, name: str) -> int:
        """Return the line of a field, or of the whole where it does not stand there."""
        return self.lines.get(name, self.line)


def read_form(path: Path) -> tuple[dict[str, list[Given]], Faults]:
    """Read a realist file: its sections that stand there, and what is wrong with it."""
    root, faults = parse_yaml(path, path.name)
    found: dict[str, list[Given]] = {}
    if root is not None and is_of_format(root, REALIST_FORMAT, faults):
        top = Fields(root, FORM_FIELDS["a realist file"], "a realist file", faults)
        for name, what in SECTIONS.items():
            if top.has(name):
                found[name] = [_read(node, what, faults) for node in top.items(name)]
                _once(found[name], faults)
        if not found and not faults.found:
            do = "Add 'theories:' or 'configurations:' with a list."
            faults.add(0, "the file holds nothing of the realist layer", do=do)
    return found, faults


def _read(node: Node, what: str, faults: Faults) -> Given:
    fields = Fields(node, FORM_FIELDS[what], what, faults)
    found = Given(what, node.line)
    for name in FORM_FIELDS[what]:
        if name in _PARTS:
            found.parts[name] = [_read(each, _PARTS[name], faults) for each in fields.items(name)]
        elif name == "configurations":
            found.names = list(fields.words(name))
        elif name in _NEEDED[what] or fields.has(name):
            text = _value(fields, what, name)
            if fields.has(name):
                found.said[name] = text
        found.lines[name] = fields.at(name)
    if what == "evidence":
        _check_place(found, fields, faults)
    return found


def _value(fields: Fields, what: str, name: str) -> str:
    if name in _NUMBERS:
        number = fields.number(name, required=name in _NEEDED[what])
        return "" if number is None else str(number)
    if name == "absent":
        return "yes" if fields.flag(name, default=False) else ""
    text = fields.text(name, required=name in _NEEDED[what])
    if text and (valid := _valid(what, name)):
        return fields.choice(name, valid)
    return text


@lru_cache(maxsize=1)
def _words() -> dict[tuple[str, str], Sequence[str]]:
    from p3c_qual.realist.building.inferences import KINDS
    from p3c_qual.realist.negative.search import DECISIONS, SEARCHES

    stances = tuple(terms("evidence_role"))
    return {
        ("a theory", "level"): tuple(THEORY_LEVELS),
        ("a theory", "status"): tuple(STATUSES),
        ("a configuration", "activation"): tuple(terms("activation")),
        ("a configuration", "state"): ("set_aside", "split", "merged"),
        ("an element", "role"): tuple(ROLES),
        ("an element", "layer"): tuple(terms("context_layer")),
        ("an element", "level"): tuple(LEVELS),
        ("an element", "direction"): tuple(terms("direction")),
        ("an element", "timing"): tuple(terms("timing")),
        ("an element", "intended"): tuple(terms("intended")),
        ("an element", "domain"): tuple(terms("outcome_domain")),
        ("evidence", "role"): stances,
        ("evidence", "elicited"): tuple(terms("elicited")),
        ("evidence", "directness"): tuple(terms("directness")),
        ("a link", "relation"): tuple(terms("relation")),
        ("an instance", "role"): ("supports", "contradicts"),
        ("a memo", "kind"): tuple(KINDS),
        ("a search", "kind"): tuple(SEARCHES),
        ("a search", "decision"): tuple(DECISIONS),
    }


def _valid(what: str, name: str) -> Sequence[str]:
    return _words().get((what, name), ())


def _check_place(found: Given, fields: Fields, faults: Faults) -> None:
    if fields.has("start") != fields.has("end"):
        faults.add(found.line, "evidence has start and end, or neither", do="Add the other.")
    elif not fields.has("start") and not found.get("quote").strip():
        do = "Add 'quote:', or 'start:' and 'end:'."
        faults.add(found.line, "evidence does not say where it stands", do=do)


def _once(members: list[Given], faults: Faults) -> None:
    """Note keys that stand in a list twice."""
    first: dict[str, int] = {}
    for each in members:
        key = each.get("key")
        if key and key in first:
            what = f"{each.what} {key!r} stands twice, first in line {first[key]}"
            faults.add(each.at("key"), what, do="Give one of the two another key.")
        first.setdefault(key, each.at("key"))
