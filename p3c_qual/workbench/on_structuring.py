"""What the verbs of structuring and explication do."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from p3c_qual.mayring.structuring import explication, matrix, rating, typology
from p3c_qual.workbench.owning import check_own

if TYPE_CHECKING:
    from collections.abc import Iterable

    from p3c_qual.study import Study
    from p3c_qual.workbench import args_structuring as args

__all__ = [
    "assign",
    "clear_cell",
    "confirm_cell",
    "edit_explication",
    "edit_type",
    "explicate",
    "make_type",
    "rate",
    "remove_explication",
    "remove_type",
    "unassign",
    "unrate",
    "write_cell",
]


def rate(study: Study, act_id: str, asked: args.Rate) -> str:
    """Give a span or a case a level; returns the rating's id."""
    return rating.rate(
        study,
        asked.question,
        asked.code,
        level=asked.level,
        source=asked.source,
        start=asked.start,
        end=asked.end,
        case=asked.case,
        reason=asked.reason,
        round=asked.round,
        id=act_id,
    )


def unrate(study: Study, act_id: str, asked: args.Unrate) -> int:
    """Take ratings away; returns how many."""
    check_own(study, "rating", asked.ratings)
    return rating.unrate(study, asked.ratings, id=act_id)


def write_cell(study: Study, act_id: str, asked: args.WriteCell) -> str:
    """Write a cell of the matrix; returns its id."""
    return matrix.write_cell(
        study,
        asked.question,
        asked.case,
        asked.code,
        asked.text,
        refs=asked.refs,
        status=asked.status,
        was=asked.was,
        id=act_id,
    )


def clear_cell(study: Study, act_id: str, asked: args.ClearCell) -> bool:
    """Empty a cell."""
    return matrix.clear_cell(
        study, asked.question, asked.case, asked.code, was=asked.was, id=act_id
    )


def confirm_cell(study: Study, act_id: str, asked: args.ConfirmCell) -> bool:
    """Say that a stale cell still holds."""
    return matrix.confirm_cell(study, asked.question, asked.case, asked.code, id=act_id)


def make_type(study: Study, act_id: str, asked: args.MakeType) -> str:
    """Make a type; returns its id."""
    return typology.make_type(
        study,
        asked.question,
        asked.label,
        found_by=asked.found_by,
        description=asked.description,
        id=act_id,
    )


def edit_type(study: Study, act_id: str, asked: args.EditType) -> bool:
    """Change what is said of a type."""
    return typology.edit_type(
        study,
        asked.type,
        label=asked.fields.get("label"),
        found_by=asked.fields.get("found_by"),
        description=asked.fields.get("description"),
        was=asked.was,
        id=act_id,
    )


def remove_type(study: Study, act_id: str, asked: args.RemoveType) -> int:
    """Take a type away; returns how many cases it had."""
    return typology.remove_type(study, asked.type, id=act_id)


def assign(study: Study, act_id: str, asked: args.Assign) -> str:
    """Say that a case is of a type; returns the membership's id."""
    return typology.assign(
        study,
        asked.type,
        asked.case,
        prototype=asked.prototype,
        reason=asked.reason,
        move=asked.move,
        id=act_id,
    )


def unassign(study: Study, act_id: str, asked: args.Unassign) -> None:
    """Take a case out of its type."""
    typology.unassign(study, asked.member, id=act_id)


def explicate(study: Study, act_id: str, asked: args.Explicate) -> str:
    """Begin an explication; returns its id."""
    return explication.explicate(
        study,
        asked.source,
        asked.start,
        asked.end,
        asked.scope,
        question=asked.question or None,
        lexical=asked.lexical,
        material=_items(asked.material),
        paraphrase=asked.paraphrase,
        verdict=asked.verdict,
        remark=asked.remark,
        continues=asked.continues or None,
        id=act_id,
    )


def edit_explication(study: Study, act_id: str, asked: args.EditExplication) -> bool:
    """Go on with an explication."""
    check_own(study, "explication", [asked.explication])
    words = ("lexical", "paraphrase", "verdict", "remark")
    return explication.edit_explication(
        study,
        asked.explication,
        material=None if asked.material is None else _items(asked.material),
        was=asked.was,
        id=act_id,
        **{name: asked.fields[name] for name in words if name in asked.fields},
    )


def remove_explication(study: Study, act_id: str, asked: args.RemoveExplication) -> None:
    """Take an explication away."""
    check_own(study, "explication", [asked.explication])
    explication.remove_explication(study, asked.explication, id=act_id)


def _items(material: Iterable[args.MaterialItem]) -> list[dict[str, Any]]:
    return [asdict(each) for each in material]
