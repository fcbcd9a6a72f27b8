"""A small summarising that was worked through, with every way a unit can go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summary_kit import LENGTH

from p3c_qual.mayring import steps
from p3c_qual.mayring.summarising import back_check, bundling, reduction, units

if TYPE_CHECKING:
    import p3c_qual as p3c

#: by the short name the tests use: source and sentence
PLACES = {
    "meet": ("A1", 0),
    "again": ("A1", 1),
    "image": ("A1", 2),
    "mood": ("A1", 3),
    "trust": ("A2", 0),
    "aside": ("A2", 1),
    "money": ("A3", 5),
}


def work(study: p3c.Study, *, last: str = "check", name: str = "helps") -> dict[str, str]:
    """Go through a summarising, up to the step named; returns the units' ids by short name."""
    ids = {}
    for short, (source, n) in PLACES.items():
        start = n * LENGTH
        said = "" if short == "image" else f"={short} in short"
        rules = ["Z1.1", "Z1.3"] if said else []
        ids[short] = units.paraphrase(
            study, name, source, start, start + LENGTH - 1, said, rules=rules
        )
    units.drop(study, ids["image"], "an image, and no content")
    if last == "paraphrase":
        return ids
    steps.close_step(study, name, "paraphrase")
    for short in ids.keys() - {"image"}:
        units.generalise(study, ids[short], f"{short} in general", rules=["Z2.1"])
    steps.close_step(study, name, "generalise")
    keep = [ids[short] for short in ("meet", "mood", "trust", "money")]
    reduction.decide(study, keep, keep=True, rule="Z3.3")
    same = ids["meet"]
    reduction.decide(study, [ids["again"]], keep=False, rule="Z3.1", same_as=same)
    reduction.decide(study, [ids["aside"]], keep=False, rule="Z3.2", reason="beside the point")
    if last == "reduce":
        return ids
    steps.close_step(study, name, "reduce")
    people = bundling.bundle(study, [ids["meet"]], label="Meeting", rule="Z4.1")
    trust = bundling.bundle(study, [ids["trust"]], label="Trust", rule="Z4.2")
    bundling.bundle(study, [ids["money"]], label="Money", rule="Z4.3")
    bundling.lift(study, [people, trust], label="People", rule="Z4.4", reason="the theory has both")
    bundling.leave_over(study, [ids["mood"]], "stands alone")
    steps.close_step(study, name, "bundle")
    drawn = back_check.draw_sample(study, name, size=4, seed=7)
    for each, verdict in zip(drawn, ("yes", "partly", "no", "yes"), strict=True):
        back_check.judge(study, each, verdict, remark="" if verdict == "yes" else "misses the tone")
    steps.close_step(study, name, "check")
    return ids
