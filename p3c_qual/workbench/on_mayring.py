"""What the verbs of research questions and of summarising do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.mayring import asking, question, steps
from p3c_qual.mayring.summarising import back_check, bundling, codes, reduction, units

if TYPE_CHECKING:
    from collections.abc import Mapping

    from p3c_qual.study import Study
    from p3c_qual.workbench import args_mayring as args

__all__ = [
    "ask_question",
    "bundle",
    "close_step",
    "decide",
    "draw_sample",
    "drop_unit",
    "edit_question",
    "edit_reduction",
    "generalise",
    "judge",
    "leave_over",
    "lift",
    "make_codes",
    "merge_reductions",
    "paraphrase",
    "remove_reduction",
    "remove_unit",
    "return_to",
    "rewrite",
    "unbundle",
    "undecide",
]


def ask_question(study: Study, act_id: str, asked: args.AskQuestion) -> str:
    """Add a research question; returns its id."""
    _check_fields(asked.fields, tuple(name for name in question.FIELDS if name != "label"))
    return asking.ask_question(
        study,
        asked.label,
        asked.technique,
        key=asked.key,
        material=asked.material,
        codebook=asked.codebook,
        id=act_id,
        **asked.fields,
    )


def edit_question(study: Study, act_id: str, asked: args.EditQuestion) -> bool:
    """Change what is said of a research question."""
    _check_fields(asked.fields, tuple(question.FIELDS))
    return asking.edit_question(
        study,
        asked.question,
        material=asked.material,
        codebook=asked.codebook,
        was=asked.was,
        id=act_id,
        **asked.fields,
    )


def close_step(study: Study, act_id: str, asked: args.CloseStep) -> str:
    """Close the step a question is in; returns the next one's key."""
    return steps.close_step(study, asked.question, asked.step, id=act_id)


def return_to(study: Study, act_id: str, asked: args.ReturnTo) -> None:
    """Go back to an earlier step."""
    steps.return_to(study, asked.question, asked.step, reason=asked.reason, id=act_id)


def paraphrase(study: Study, act_id: str, asked: args.Paraphrase) -> str:
    """Make a unit and write its paraphrase; returns the unit's id."""
    return units.paraphrase(
        study,
        asked.question,
        asked.source,
        asked.start,
        asked.end,
        asked.text,
        rules=asked.rules,
        was=asked.was,
        id=act_id,
    )


def rewrite(study: Study, act_id: str, asked: args.Rewrite) -> bool:
    """Write a paraphrase anew."""
    return units.rewrite(study, asked.unit, asked.text, rules=asked.rules, was=asked.was, id=act_id)


def drop_unit(study: Study, act_id: str, asked: args.DropUnit) -> bool:
    """Say that a unit holds nothing."""
    return units.drop(study, asked.unit, asked.reason, id=act_id)


def remove_unit(study: Study, act_id: str, asked: args.RemoveUnit) -> None:
    """Take a bare unit away."""
    units.remove_unit(study, asked.unit, id=act_id)


def generalise(study: Study, act_id: str, asked: args.Generalise) -> bool:
    """Write a generalisation."""
    return units.generalise(
        study, asked.unit, asked.text, rules=asked.rules, was=asked.was, id=act_id
    )


def decide(study: Study, act_id: str, asked: args.DecideUnits) -> int:
    """Keep or delete units (Z3)."""
    return reduction.decide(
        study,
        asked.units,
        keep=asked.keep,
        rule=asked.rule,
        same_as=asked.same_as,
        reason=asked.reason,
        was=asked.was,
        id=act_id,
    )


def undecide(study: Study, act_id: str, asked: args.Undecide) -> int:
    """Take decisions back."""
    return reduction.undecide(study, asked.units, id=act_id)


def bundle(study: Study, act_id: str, asked: args.Bundle) -> str:
    """Put units into a category (Z4); returns the category's id."""
    return bundling.bundle(
        study,
        asked.units,
        asked.reduction or None,
        label=asked.label,
        rule=asked.rule,
        was=asked.was,
        id=act_id,
    )


def unbundle(study: Study, act_id: str, asked: args.Unbundle) -> int:
    """Take units out of their categories."""
    return bundling.unbundle(study, asked.units, id=act_id)


def leave_over(study: Study, act_id: str, asked: args.LeaveOver) -> int:
    """Leave units without a category, with the reason."""
    return bundling.leave_over(study, asked.units, asked.reason, id=act_id)


def lift(study: Study, act_id: str, asked: args.Lift) -> str | None:
    """Take categories up into a more general one; returns its id."""
    return bundling.lift(
        study,
        asked.reductions,
        asked.into or None,
        label=asked.label,
        rule=asked.rule,
        reason=asked.reason,
        id=act_id,
    )


def edit_reduction(study: Study, act_id: str, asked: args.EditReduction) -> bool:
    """Write a category anew."""
    return bundling.edit_reduction(study, asked.reduction, asked.label, was=asked.was, id=act_id)


def merge_reductions(study: Study, act_id: str, asked: args.MergeReductions) -> int:
    """Put the units of several categories into one."""
    return bundling.merge_reductions(
        study, asked.reductions, asked.into, rule=asked.rule, id=act_id
    )


def remove_reduction(study: Study, act_id: str, asked: args.RemoveReduction) -> None:
    """Take an empty category away."""
    bundling.remove_reduction(study, asked.reduction, id=act_id)


def draw_sample(study: Study, act_id: str, asked: args.DrawSample) -> list[str]:
    """Draw the sample of the back-check."""
    return back_check.draw_sample(
        study, asked.question, size=asked.size, seed=asked.seed, id=act_id
    )


def judge(study: Study, act_id: str, asked: args.JudgeUnit) -> bool:
    """Say whether a unit is represented by a category."""
    return back_check.judge(study, asked.check, asked.verdict, remark=asked.remark, id=act_id)


def make_codes(study: Study, act_id: str, asked: args.MakeCodes) -> dict[str, Any]:
    """Make codes of the categories."""
    made = codes.make_codes(study, asked.question, asked.codebook, id=act_id)
    return {"codes": made.codes, "codings": made.codings}


def _check_fields(given: Mapping[str, str], valid: tuple[str, ...]) -> None:
    """Refuse names that would be taken for an option of the function they are handed to."""
    if wrong := [name for name in given if name not in valid]:
        raise P3CError(
            [
                Problem(
                    f"a research question has no field {name[:60]!r}",
                    "fields",
                    valid,
                    nearest(name[:60], valid),
                )
                for name in wrong
            ]
        )
