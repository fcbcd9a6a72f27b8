"""The places that files name: checked against their words, and found by them where texts moved."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from p3c_qual.coding.spots import SPAN
from p3c_qual.realist.form.places import Place, Places
from p3c_qual.realist.form.read import Given
from p3c_qual.yaml_fields import Fields

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from p3c_qual.findings import Faults
    from p3c_qual.yaml_lines import Node

__all__ = ["Passages", "read_passage", "read_span"]

_SOURCE = ("source", "at", "quote", "side")
_POINT = re.compile(r"(\d{1,15})(?:[-–](\d{1,15}))?")


class Passages(Places):
    """The places of one file; one whose words stand elsewhere now, and once, is found there."""

    def _place(self, each: Given) -> Place:
        found = super()._place(each)
        if found.problem and each.get("start") and each.get("quote"):
            again = self._by_words(found.source, each.get("source"), each.get("quote"))
            return again if again.spot else found
        return found


def read_passage(node: Node, faults: Faults, *, sides: Collection[str] = ()) -> Given:
    """Return a place that something rests on, as a file names it."""
    fields = Fields(node, _SOURCE if sides else _SOURCE[:-1], "a source", faults)
    given = Given("a source", fields.line)
    given.said["source"] = fields.text("source", required=True)
    read_span(fields, given, faults)
    if sides:
        given.said["side"] = fields.choice("side", tuple(sides))
        if not given.said["side"]:
            what = "it is not said which side of the contrast rests on it"
            faults.add(given.line, what, valid=tuple(sides), do="Add 'side:'.")
    return given


def read_span(fields: Fields, given: Given, faults: Faults) -> None:
    """Put where a passage stands into what is given of it."""
    given.said["quote"] = fields.text("quote")
    at = fields.text("at").strip()
    found = SPAN.fullmatch(at)
    if found:
        given.said |= {"start": found[1], "end": found[2]}
    elif at:
        what = f"{at[:40]!r} is no place in a text"
        faults.add(fields.at("at"), what, do="Write start and end, such as 120-180.")


def read_edits(nodes: Sequence[Node], faults: Faults) -> list[tuple[int, dict[str, Any]]]:
    """Return the operations on a quote as a file names them, each with its line."""
    made = []
    for node in nodes:
        fields = Fields(node, ("kind", "at", "text"), "an operation", faults)
        at = fields.text("at", required=True).strip()
        found = _POINT.fullmatch(at)
        if not found:
            what = f"{at[:40]!r} is no place in a text"
            faults.add(fields.at("at"), what, do="Write start and end, such as 120-180.")
            continue
        start, end = int(found[1]), int(found[2] or found[1])
        kind = fields.text("kind", required=True)
        made.append(
            (fields.line, {"kind": kind, "start": start, "end": end, "text": fields.text("text")})
        )
    return made
