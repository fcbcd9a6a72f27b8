"""The first reduction (Z3): what is kept, what says the same, what is not essential."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.coding.stale import said_since
from p3c_qual.errors import P3CError, Problem
from p3c_qual.mayring.summarising.state import Unit, read_units
from p3c_qual.mayring.summarising.working import check_rules, many, numbers, take_units
from p3c_qual.sources.fix import fix_text
from p3c_qual.store import payloads
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from p3c_qual.mayring.question import Question
    from p3c_qual.opened import Opened
    from p3c_qual.store.act import Act

__all__ = ["KEPT", "decide", "undecide"]

#: states of units that stay after the first reduction
KEPT = {"kept", "bundled", "left_over"}
_READY = KEPT | {"generalised", "deleted"}


def decide(
    study: Opened,
    units: Sequence[str],
    *,
    keep: bool,
    rule: str,
    same_as: str | None = None,
    reason: str = "",
    was: Sequence[str] | None = None,
    id: str | None = None,
) -> int:
    """Keep or delete units in the first reduction (Mayring, Z3); nothing is destroyed.

    Parameters
    ----------
    study : Study
    units : sequence of str
        Row ids; each needs a generalisation.
    keep : bool
    rule : str
        ``Z3.1`` deletes what says the same as another unit of the same recording unit, ``Z3.2``
        what is not essential (with a reason), ``Z3.3`` keeps what is central, ``Z3.4`` does
        either in doubt (with a reason).
    same_as : str, optional
        For Z3.1 the unit that says the same and is kept.
    reason : str
    was : sequence of str, optional
        The state of each unit as it was seen; one that is another by now is refused.
    id : str, optional
        Of the act.

    Returns
    -------
    int
        How many units this changed.

    Raises
    ------
    P3CError
        Naming the rule that stands against it, and every unit concerned.
    """
    with study.act("first reduction", id=id) as act:
        question, found = take_units(act, units, "reduce")
        check_seen_states(act, found, units, was)
        check_rules([rule], "Z3", one=True)
        problems = [
            *_order(found),
            *_rule(keep=keep, rule=rule, reason=reason, same_as=same_as),
            *_twin(act, question, found, rule, same_as),
            *([] if keep else _twins_of(act, found)),
        ]
        if problems:
            raise P3CError(problems)
        fields: dict[str, Any] = {
            "kept": keep,
            "z3": rule,
            "same_as": same_as if rule == "Z3.1" else None,
            "reason": fix_text(reason.strip()).text or None,
        }
        if not keep:
            # what is deleted is in no category
            fields |= {"reduction": None, "z4": None, "left_over": None}
        act.say(f"{'keep' if keep else 'delete'} {numbers(found)} by {rule}")
        return act.update("paraphrase", {unit.id: fields for unit in found})


def undecide(study: Opened, units: Sequence[str], *, id: str | None = None) -> int:
    """Take the decision of the first reduction back, and with it a category.

    Parameters
    ----------
    study : Study
    units : sequence of str
        Row ids.
    id : str, optional
        Of the act.

    Raises
    ------
    P3CError
        If the step is closed, or other units were deleted as saying the same as one of these.
    """
    with study.act("take back the first reduction", id=id) as act:
        _, found = take_units(act, units, "reduce")
        if problems := _twins_of(act, found):
            raise P3CError(problems)
        act.say(f"take back the first reduction of {numbers(found)}")
        blank = dict.fromkeys(("kept", "z3", "same_as", "reason", "reduction", "z4", "left_over"))
        return act.update("paraphrase", {unit.id: blank for unit in found})


def check_seen_states(
    act: Act, found: Sequence[Unit], ids: Sequence[str], was: Sequence[str] | None
) -> None:
    """Refuse if a unit is in another state than its writer saw."""
    if was is None:
        return
    seen = dict(zip(ids, was, strict=False))
    other = [unit.id for unit in found if seen.get(unit.id, unit.state) != unit.state]
    if other:
        columns = ("kept", "reduction", "left_over", "generalisation")
        raise P3CError(said_since(act.connection, "paraphrase", other, columns))


def _order(found: Sequence[Unit]) -> Iterator[Problem]:
    gone = [unit for unit in found if unit.state == "dropped"]
    if gone:
        was = "was" if len(gone) == 1 else "were"
        what = f"{numbers(gone)} {was} dropped already (Z1.1); Z3 decides on the others"
        yield Problem(what, do="Leave dropped units out of the choice.", code="order")
    early = [unit for unit in found if unit.state not in _READY and unit not in gone]
    if early:
        have = "has" if len(early) == 1 else "have"
        what = f"{numbers(early)} {have} no generalisation; Z3 chooses among what Z2 has lifted"
        yield Problem(what, do="Write the generalisation first.", code="order")


def _rule(*, keep: bool, rule: str, reason: str, same_as: str | None) -> Iterator[Problem]:
    if rule == "Z3.3" and not keep:
        do = "Delete by Z3.1 what says the same, by Z3.2 what is not essential."
        yield Problem("Z3.3 keeps what is central; it deletes nothing", do=do, code="rule")
    if rule in {"Z3.1", "Z3.2"} and keep:
        yield Problem(f"{rule} deletes; it keeps nothing", do="Keep by Z3.3.", code="rule")
    if rule in {"Z3.2", "Z3.4"} and not reason.strip():
        why = "why this is not essential" if rule == "Z3.2" else "which assumption decides"
        yield Problem(f"{rule} needs a reason", do=f"Say {why}; it is kept.", code="reason")
    if rule == "Z3.1" and not same_as:
        what = "Z3.1 needs the unit that says the same"
        yield Problem(what, do="Name a unit that is kept, of the same recording unit.", code="rule")


def _twin(
    act: Act, question: Question, found: Sequence[Unit], rule: str, same_as: str | None
) -> Iterator[Problem]:
    if rule != "Z3.1" or not same_as:
        return
    if any(unit.id == same_as for unit in found):
        yield Problem("a unit cannot be deleted as saying the same as itself (Z3.1)", code="rule")
        return
    twins = read_units(act.connection, question, [same_as])
    if not twins:
        what = "the unit that is said to mean the same is not of this question"
        yield Problem(what, do="Choose one of its kept units.", code="rule")
        return
    (twin,) = twins
    if twin.state not in KEPT:
        what = f"{twin.place} is not kept, so that nothing can be deleted as saying the same"
        yield Problem(what, do="Keep it first (Z3.3), or choose another one.", code="rule")
    strange = [unit for unit in found if unit.recording_unit != twin.recording_unit]
    if strange:
        units = ", ".join(sorted({unit.recording_unit for unit in strange}))
        yield Problem(
            f"Z3.1 joins only what means the same within one recording unit: {numbers(strange)} "
            f"of {units} and no. {twin.no} of {twin.recording_unit} are of two",
            do="Keep both (Z3.3), and bundle them in the second reduction (Z4.1).",
            code="rule",
        )


def _twins_of(act: Act, found: Sequence[Unit]) -> list[Problem]:
    """Say which of the units others were deleted for."""
    unit = ROWS["paraphrase"]
    ids = {each.id for each in found}
    held: dict[str, int] = {}
    for run in payloads.chunks(sorted(ids), 500):
        wanted = select(unit.c.same_as, unit.c.id).where(
            unit.c.same_as.in_(run), unit.c.z3 == "Z3.1", unit.c.kept.is_(False)
        )
        for target, other in act.connection.execute(wanted):
            if other not in ids:
                held[target] = held.get(target, 0) + 1
    return [
        Problem(
            f"{many(held[each.id], 'unit')} {'was' if held[each.id] == 1 else 'were'} deleted as "
            f"saying the same as {each.place} (Z3.1)",
            do="Decide those anew first.",
            code="twins",
        )
        for each in found
        if each.id in held
    ]
