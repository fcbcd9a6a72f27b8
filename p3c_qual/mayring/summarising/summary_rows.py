"""One row of a summarising's CSV file, with what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from p3c_qual.errors import Problem, nearest
from p3c_qual.mayring.techniques import rules_of
from p3c_qual.sources.fix import fix_text

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["SUMMARY_COLUMNS", "Given", "read_given"]

#: every column of the file; what is not among them is not looked at
SUMMARY_COLUMNS = (
    *("question", "no", "source", "start", "end", "quote"),
    *("paraphrase", "z1", "dropped", "generalisation", "z2"),
    *("decision", "z3", "same_as", "reason"),
    *("category", "z4", "left_over", "main_category", "main_z4"),
)


@dataclass(frozen=True)
class Given:
    """A row as it was given; texts are fixed, rules are those of their stage."""

    where: str
    question: str
    no: str
    source: str
    start: int
    end: int
    quote: str
    paraphrase: str
    z1: tuple[str, ...]
    dropped: str
    generalisation: str
    z2: tuple[str, ...]
    decision: str
    z3: str
    same_as: str
    reason: str
    category: str
    z4: str
    left_over: str
    main_category: str
    main_z4: str

    def fields(self) -> dict[str, Any]:
        """Return the columns of the unit's row but those that name other rows."""
        return {
            "paraphrase": self.paraphrase or None,
            "z1": list(self.z1) or None,
            "dropped": self.dropped or None,
            "generalisation": self.generalisation or None,
            "z2": list(self.z2) or None,
            "kept": {"keep": True, "delete": False}.get(self.decision),
            "z3": self.z3 or None,
            "reason": self.reason or None,
            "z4": self.z4 or None,
            "left_over": self.left_over or None,
        }


def read_given(row: Mapping[str, str], where: str, problems: list[Problem]) -> Given:
    """Read one row, and note everything that is wrong with it."""
    cell = {name: fix_text(row.get(name, "") or "").text.strip() for name in SUMMARY_COLUMNS}
    cell["category"] = " ".join(cell["category"].split())
    cell["main_category"] = " ".join(cell["main_category"].split())
    rules = {name: _rules(cell[name], name.upper(), where, problems) for name in ("z1", "z2")}
    for name, stage in (("z3", "Z3"), ("z4", "Z4"), ("main_z4", "Z4")):
        if cell[name] and not _rules(cell[name], stage, where, problems, one=True):
            cell[name] = ""
    if cell["decision"] not in {"", "keep", "delete"}:
        what = f"the decision is keep or delete, not {cell['decision']!r}"
        problems.append(Problem(what, where))
    problems += [Problem(what, where) for what in _order(cell)]
    numbers = {name: _number(cell[name], name, where, problems) for name in ("start", "end")}
    return Given(
        where=where,
        start=numbers["start"],
        end=numbers["end"],
        quote=fix_text(row.get("quote", "") or "").text,
        z1=rules["z1"],
        z2=rules["z2"],
        **{n: cell[n] for n in SUMMARY_COLUMNS if n not in {"start", "end", "quote", "z1", "z2"}},
    )


def _order(cell: Mapping[str, str]) -> list[str]:
    """Say where a row runs ahead of itself, or a rule lacks what it needs."""
    found = []
    decided, z3 = cell["decision"], cell["z3"]
    if cell["dropped"] and (cell["paraphrase"] or cell["generalisation"]):
        found.append("a unit dropped by Z1.1 has no paraphrase and no generalisation")
    if cell["generalisation"] and not cell["paraphrase"]:
        found.append("Z2 lifts a paraphrase, and there is none")
    if decided and not cell["generalisation"]:
        found.append("Z3 chooses among generalisations, and there is none")
    if bool(decided) != bool(z3):
        found.append("a decision needs its rule of Z3, and a rule its decision")
    if (z3 in {"Z3.1", "Z3.2"} and decided == "keep") or (z3 == "Z3.3" and decided == "delete"):
        found.append(f"{z3} does not {decided}")
    if z3 in {"Z3.2", "Z3.4"} and not cell["reason"]:
        found.append(f"{z3} needs a reason")
    if (cell["category"] or cell["left_over"]) and decided != "keep":
        found.append("Z4 bundles what Z3 has kept, and this is not kept")
    if cell["category"] and cell["left_over"]:
        found.append("a unit is in a category or left over, not both")
    if bool(cell["category"]) != bool(cell["z4"]):
        found.append("a category needs its rule of Z4, and a rule its category")
    if bool(cell["main_category"]) != bool(cell["main_z4"]):
        found.append("a main category needs its rule of Z4, and a rule its category")
    if cell["main_category"] and cell["main_category"] == cell["category"]:
        found.append("a category cannot be its own main category")
    return found


def _rules(
    text: str, stage: str, where: str, problems: list[Problem], *, one: bool = False
) -> tuple[str, ...]:
    valid = rules_of(stage)
    given = text.split()
    wrong = [name for name in given if name not in valid]
    for name in wrong:
        what = f"{name!r} is no rule of {stage}"
        problems.append(Problem(what, where, valid, nearest(name, valid)))
    if one and len(given) > 1:
        problems.append(Problem(f"one rule of {stage} decides, not {text!r}", where))
        return ()
    return () if wrong else tuple(name for name in valid if name in given)


def _number(text: str, name: str, where: str, problems: list[Problem]) -> int:
    if text.isascii() and text.isdigit() and len(text) < 16:
        return int(text)
    problems.append(Problem(f"{name} must be a whole number, not {text!r}", where))
    return 0
