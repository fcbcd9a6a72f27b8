"""The passages of a realist file: which are new, which are there, and what is at fault."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from p3c_qual.realist.form.match import match_evidence
from p3c_qual.realist.judging.profile import AGAINST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from p3c_qual.coding.spots import Spot
    from p3c_qual.realist.form.loading import Loading
    from p3c_qual.realist.form.read import Given
    from p3c_qual.realist.model import Evidence

__all__ = ["Passages", "load_passages"]

_EVIDENCE = {name: name for name in ("role", "elicited", "directness", "remark", "resolution")}

#: spans with what is said of them, as `evidence.insert_evidence` takes them
Passages = list[tuple["Spot", dict[str, Any]]]


def load_passages(
    loading: Loading,
    given: Sequence[Given],
    held: Sequence[Evidence],
    claim: dict[str, str],
) -> Passages:
    """Return the passages that are new with what is said of them; let the others be changed."""
    fresh: Passages = []
    seen: set[tuple[Any, ...]] = set()
    found = match_evidence(held, given, loading.places)
    for each, meant in zip(given, found, strict=True):
        place = loading.places.of(each)
        row = loading.texts(each, _EVIDENCE)
        if "absent" in each.said:
            row["absent"] = each.get("absent") == "yes"
        row["role"] = role = row.get("role") or (meant.role if meant else "supports")
        if role not in AGAINST:
            # what was decided about a passage goes once it speaks for the claim
            row.setdefault("resolution", None)
        if row.get("resolution") and role not in AGAINST:
            what = "only of a passage that contradicts, or offers another explanation, it is decided what becomes of it"  # fmt: skip
            loading.faults.add(each.at("resolution"), what, do="Write a remark instead.")
        if (*place.at, role) in seen and place.source and place.end >= 0:
            what = "the same passage stands there twice in this role"
            loading.faults.add(each.line, what, do="Take one of the two away.")
        seen.add((*place.at, role))
        if meant is not None:
            loading.change("evidence", meant.id, row)
        elif place.problem:
            loading.places.say(each, place.problem)
        elif place.spot:
            fresh.append((place.spot, {"absent": False, **claim, **row}))
    loading.left += len(held) - sum(one is not None for one in found)
    return fresh
