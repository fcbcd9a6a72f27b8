"""The rules of an explication: what may be consulted, and what has to be there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.coding.spots import Spot, Spots, clean
from p3c_qual.coding.standing import gone
from p3c_qual.errors import Problem, nearest
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection

    from p3c_qual.mayring.question import Question

__all__ = [
    "RULES",
    "SCOPES",
    "VERDICTS",
    "continued_faults",
    "gathered",
    "scope_faults",
    "short_id",
    "verdict_faults",
]

SCOPES = ("narrow", "broad")
VERDICTS = ("open", "suffices", "widen")
#: the steps of an explication, in our words
RULES = {
    "E1": "choose the passage that is to be explained",
    "E2": "find out what its words and its grammar can mean",
    "E3": "fix which material may be consulted, before any is gathered",
    "E4": "gather the material",
    "E5": "put what the passage means into a paraphrase",
    "E6": "set it in the place of the passage and judge whether it suffices, else widen",
}
_WIDEN = "What may be consulted is fixed first: judge this one as to be widened, and go on broadly."


def short_id(explication: str) -> str:
    """Return the name by which a memo cites an explication.

    Examples
    --------
    >>> short_id("018f3c5e-7b1d-7c3a-9f10-2a5b6c7d8e9f")
    'E-7d8e9f'
    """
    return f"E-{explication[-6:]}"


def scope_faults(scope: str, question: Question | None, continues: str | None) -> list[Problem]:
    """Return why this scope cannot be chosen, by itself or under its question (E3)."""
    if scope not in SCOPES:
        return [
            Problem(
                f"unknown scope {scope!r}", "scope", SCOPES, nearest(scope, SCOPES), RULES["E3"]
            )
        ]
    technique = question.technique if question else ""
    if technique == "explication_narrow" and scope == "broad" and not continues:
        what = "the question explains from the narrow context (E3)"
        do = "Begin with a narrow one; where it does not suffice, a broad one goes on with it."
        return [Problem(what, do=do)]
    if technique == "explication_broad" and scope == "narrow":
        what = "the question explains from the broad context (E3)"
        return [Problem(what, do="Ask another question for narrow explications.")]
    return []


def continued_faults(connection: Connection, name: str, spot: Spot) -> list[Problem]:
    """Return why an explication cannot go on with the one of this id (E6)."""
    table = ROWS["explication"]
    row = connection.execute(select(table).where(table.c.id == name)).mappings().first()
    if row is None:
        return [gone(connection, "explication", name[:60])]
    if row["source"] != spot.source or row["start"] >= spot.end or spot.start >= row["end"]:
        return [Problem(f"{short_id(name)} explains another passage than this one")]
    if row["verdict"] != "widen":
        do = f"Judge {short_id(name)} as not sufficient first."
        return [Problem(f"{short_id(name)} is not to be widened (E6)", do=do)]
    return []


def verdict_faults(verdict: str, words: Mapping[str, str], items: Sequence[Any]) -> list[Problem]:
    """Return what an explication lacks for its verdict (E2, E4, E5)."""
    if verdict not in VERDICTS:
        close = nearest(verdict, VERDICTS)
        return [Problem(f"unknown verdict {verdict[:40]!r}", "verdict", VERDICTS, close)]
    if verdict != "suffices":
        return []
    needs = (
        (words["lexical"], "E2: what the words and the grammar can mean is not written"),
        (items, "E4: no material is gathered"),
        (words["paraphrase"], "E5: what the passage means is not written"),
    )
    do = "An explication suffices (E6) once these are there."
    return [Problem(what, do=do) for there, what in needs if not there]


def gathered(
    spots: Spots,
    spot: Spot,
    scope: str,
    material: Sequence[Mapping[str, Any]],
    problems: list[Problem],
) -> list[dict[str, Any]]:
    """Return the material as it is stored, with its quotes; what is wrong is added (E3, E4)."""
    made: list[dict[str, Any]] = []
    for number, each in enumerate(material, 1):
        where = f"material {number}"
        note = clean(str(each.get("note") or ""))
        if not each.get("source"):
            citation = clean(str(each.get("citation") or ""))
            if not citation:
                do = "Name a span of a source, or write a citation."
                problems.append(Problem("it is neither a span nor a citation", where, do=do))
            elif scope == "narrow":
                what = "E3: the narrow context is the same text; a citation is beyond it"
                problems.append(Problem(what, where, do=_WIDEN))
            made.append({"citation": citation, "note": note})
            continue
        found = spots.find(str(each["source"]), each.get("start"), each.get("end"), where)
        if isinstance(found, Problem):
            problems.append(found)
            continue
        if scope == "narrow" and found.source != spot.source:
            what = f"E3: the narrow context is {spot.key}; {found.key} is beyond it"
            problems.append(Problem(what, where, do=_WIDEN))
        if found.source == spot.source and found.start < spot.end and spot.start < found.end:
            what = "E4: it overlaps the passage, which cannot explain itself"
            problems.append(Problem(what, where, do="Take what stands before or behind it."))
        made.append(
            {
                "source": found.source,
                "text": found.text,
                "start": found.start,
                "end": found.end,
                "quote": found.quote,
                "note": note,
            }
        )
    return made
