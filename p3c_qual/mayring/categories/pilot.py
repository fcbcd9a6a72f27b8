"""The pilot of a category system: its window, and the review that ends it.

Mayring has categories and rules revised once 10 to 50 % of the material was worked through. The
share is taken in two ways, by recording units and by characters, and both stand in the record.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from p3c_qual.codebook.editions import editions_of, keep_edition
from p3c_qual.codebook.freezing import freeze
from p3c_qual.codebook.tree import read_tree
from p3c_qual.codebook.versions import free_version
from p3c_qual.coding.coders import coder_id
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.mayring.categories.deductive import lacks_rules
from p3c_qual.mayring.categories.progress import Progress, progress_of
from p3c_qual.mayring.categories.revised import coded_before, edited_since_pilot
from p3c_qual.mayring.categories.staleness import codings_of
from p3c_qual.mayring.lacking import lacks_definition
from p3c_qual.mayring.question import read_question
from p3c_qual.sources.fix import fix_text
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
    from sqlalchemy import Connection

    from p3c_qual.codebook.tree import Tree
    from p3c_qual.mayring.question import Question
    from p3c_qual.opened import Opened
    from p3c_qual.store.act import Act

__all__ = [
    "DECISIONS",
    "WINDOW",
    "PilotState",
    "close_pilot",
    "lacks_pilot",
    "pilot_state",
    "table_reviews",
]

#: shares of the material between which the categories are revised
WINDOW = (0.1, 0.5)
DECISIONS = ("unchanged", "changed")
_RULE = "categories and rules are revised once 10 to 50 % of the material was worked through"


@dataclass(frozen=True)
class PilotState:
    """Where the pilot of a question stands.

    Attributes
    ----------
    progress : Progress
        Of all coders together.
    shares : tuple of float
        Those that the window is held against: recording units and characters; a single recording
        unit says nothing, and characters alone count then.
    phase : str
        ``early`` (below 10 % by either), ``open``, or ``late`` (above 50 % by either).
    """

    progress: Progress
    shares: tuple[float, ...]
    phase: str


def pilot_state(connection: Connection, question: Question) -> PilotState:
    """Return where the pilot of a question stands."""
    (together, *_) = progress_of(connection, question)
    shares = [together.characters.value]
    if together.units.of > 1:
        shares.insert(0, together.units.value)
    phase = "early" if min(shares) < WINDOW[0] else "late" if max(shares) > WINDOW[1] else "open"
    return PilotState(together, tuple(shares), phase)


def lacks_pilot(connection: Connection, question: Question) -> list[Problem]:
    """Return what is missing to close the pilot, or what no longer holds of one that was closed."""
    if question.codebook is None:
        what = "no codebook is bound that holds its categories"
        return [Problem(what, question.key, do="Choose or make one.")]
    if question.step != "pilot":
        review = ROWS["pilot_review"]
        wanted = select(review.c.decision).where(review.c.question == question.id)
        last = connection.scalars(wanted.order_by(review.c.id.desc())).first()
        if last == "unchanged":
            return []
        do = "Return to the pilot, and close it with a review."
        return [Problem("the pilot has no review that left the categories", question.key, do=do)]
    state = pilot_state(connection, question)
    found = lacks_definition(connection, question)
    found += _too_early(question, state)
    found += _unruled(connection, question)
    if not found:
        do = "Decide whether categories and rules stay as they are."
        found.append(Problem("the pilot ends with its review", question.key, do=do))
    return found


def _too_early(question: Question, state: PilotState) -> Iterator[Problem]:
    if state.phase != "early":
        return
    made = state.progress
    if not made.characters.of:
        yield Problem("there is nothing in its material to work through", question.key)
        return
    what = (
        f"the pilot cannot be closed yet: {_RULE} (Mayring), and worked through are "
        f"{made.units} recording units and {made.characters} characters"
    )
    short = [
        name
        for name, share in (("recording unit", made.units), ("characters", made.characters))
        if share.value < WINDOW[0] and (share.of > 1 or name == "characters")
    ]
    do = "Read on until both are 10 % at least."
    if short == ["recording unit"]:
        do = "Finish a recording unit: read it to its end, or mark it as done."
    yield Problem(what, question.key, do=do, code="pilot")


def _unruled(connection: Connection, question: Question) -> list[Problem]:
    return lacks_rules(connection, question) if question.how.direction == "deductive" else []


def _redefined(connection: Connection, question: Question) -> Iterator[Problem]:
    if older := coded_before(connection, question):
        were = "1 coding was" if older == 1 else f"{older:,} codings were"
        yield Problem(
            "the selection criterion or the level of abstraction was changed after "
            f"{were} made, so that something changed",
            question.key,
            do="Decide 'changed' and begin anew, or write them again as they were and say so.",
            code="redefined",
        )


def close_pilot(
    study: Opened,
    question: str,
    decision: str,
    *,
    reason: str = "",
    version: str | None = None,
    id: str | None = None,
) -> str:
    """End a round of the pilot with a review.

    ``unchanged`` freezes the codebook and leads to the final coding. ``changed`` begins anew from
    the first text: the codebook's version rises, the codings made so far count as stale, and what
    was worked through is worked through again. Of a deductive question, what is read for all
    questions at once no longer counts from then on; what was read has to be said of the question
    itself, or shows in codings that are confirmed or made anew.

    Parameters
    ----------
    study : Study
    question : str
        Key or row id.
    decision : str
        ``unchanged`` or ``changed``.
    reason : str
        Needed where something is changed.
    version : str, optional
        What the next version of the codebook is called (``changed``), or the frozen one
        (``unchanged``). With ``changed`` it says that something changes even where nothing was
        edited yet.
    id : str, optional
        Of the act.

    Returns
    -------
    str
        Id of the review.

    Raises
    ------
    P3CError
        If less than 10 % of the material was worked through by either measure, the question is
        not in its pilot, the decision has no reason or nothing behind it, or coders confused
        categories that no rule tells apart.
    """
    reason = fix_text(reason).text
    with study.act("close the pilot", reason=reason, id=id) as act:
        asked = read_question(act.connection, question)
        _check_open(asked, decision)
        assert asked.codebook is not None
        tree = read_tree(act.connection, asked.codebook)
        state = pilot_state(act.connection, asked)
        edited = edited_since_pilot(act.connection, asked)
        # what the categories are held against may have been emptied during the pilot
        problems = lacks_definition(act.connection, asked)
        problems += _too_early(asked, state)
        if decision == "unchanged":
            problems += _unruled(act.connection, asked)
            problems += _redefined(act.connection, asked)
        elif not reason.strip():
            do = "Say in one sentence what the pilot showed."
            what = "a change of the categories needs a reason"
            problems.append(Problem(what, asked.key, do=do, code="reason"))
        if decision == "changed" and not edited and not (version or "").strip():
            what = "no category or rule was edited since the pilot began"
            do = "Edit them, name the version that is to begin, or decide 'unchanged'."
            problems.append(Problem(what, asked.key, do=do, code="unchanged"))
        after = tree.version
        if decision == "changed":
            kept = editions_of(act.connection, tree.codebook)
            after = free_version(kept, tree, version, problems)
        if problems:
            raise P3CError(problems)
        figures = _figures(act.connection, asked, tree, state, edited)
        if decision == "changed":
            _begin_anew(act, asked, tree, after, reason)
            act.say(f"begin {asked.key} anew after its pilot, with {tree.name} {after}")
        else:
            after = _freeze(act, tree, version, reason)
            act.update("question", {asked.id: {"step": _step_after_pilot(asked)}})
            act.say(f"close the pilot of {asked.key} and freeze {tree.name} {after}")
        row = {
            "question": asked.id,
            "decision": decision,
            "figures": figures,
            "version_before": tree.version,
            "version_after": after,
            "reason": reason.strip() or None,
            "coder": coder_id(act, act.actor, "pilot review"),
        }
        return act.insert("pilot_review", [row])[0]


def _check_open(asked: Question, decision: str) -> None:
    problems = []
    if decision not in DECISIONS:
        close = nearest(decision, DECISIONS)
        problems.append(Problem(f"there is no decision {decision!r}", asked.key, DECISIONS, close))
    if "pilot" not in asked.how.order:
        what = f"{asked.how.label.lower()} has no pilot"
        problems.append(Problem(what, asked.key))
    elif asked.step != "pilot":
        title = {each.key: each.title for each in asked.how.steps}.get(asked.step, "Done")
        behind = (
            "Return to it first, with a reason." if asked.behind("pilot") else "Close it first."
        )
        what = f"the question is not in its pilot but in the step {title!r}"
        problems.append(Problem(what, asked.key, do=behind))
    if asked.codebook is None:
        what = "no codebook is bound that holds its categories"
        problems.append(Problem(what, asked.key, do="Choose or make one."))
    if problems:
        raise P3CError(problems)


def _step_after_pilot(asked: Question) -> str:
    order = asked.how.order
    return order[order.index("pilot") + 1]


def _freeze(act: Act, tree: Tree, version: str | None, reason: str) -> str:
    kept = editions_of(act.connection, tree.codebook)
    named = (version or "").strip() or None
    if not (tree.frozen and tree.version in kept and named in {None, tree.version}):
        why = reason.strip() or "the pilot left it unchanged"
        freeze(act, tree.codebook, version=named, reason=why)
    return named or tree.version


def _begin_anew(act: Act, asked: Question, tree: Tree, version: str, reason: str) -> None:
    kept = editions_of(act.connection, tree.codebook)
    if tree.version not in kept:
        keep_edition(act, tree, reason=f"as the pilot left it: {reason.strip()}", status="pilot")
    act.update("codebook", {tree.codebook: {"version": version, "status": "pilot"}})
    reading = ROWS["reading"]
    mine = select(reading.c.id).where(reading.c.question == asked.key)
    again = {name: {"done": False, "ranges": []} for name in act.connection.scalars(mine)}
    act.update("reading", again)


def _figures(
    connection: Connection,
    asked: Question,
    tree: Tree,
    state: PilotState,
    edited: dict[str, list[str]],
) -> dict[str, Any]:
    """Return what a review records beside its decision, as plain data."""
    coding = ROWS["coding"]
    count = connection.scalar(codings_of(asked, func.count(coding.c.id))) or 0
    return {
        "codebook": tree.codebook,
        "units": asdict(state.progress.units),
        "characters": asdict(state.progress.characters),
        "recording_unit": asked.recording_unit,
        "late": state.phase == "late",
        "categories": sum(node.status != "retired" for node in tree.nodes.values()),
        "codings": count,
        "edited": edited,
    }


def table_reviews(study: Opened, question: str) -> pd.DataFrame:
    """Tabulate the reviews of a question's pilot, in the order in which they were made.

    Parameters
    ----------
    study : Study
    question : str
        Key or row id.

    Returns
    -------
    DataFrame
        ``no`` (int, from 1), ``decision`` (``unchanged`` or ``changed``), ``units``, ``units_of``,
        ``characters``, ``characters_of`` (int), ``late`` (bool, above 50 % by either),
        ``categories``, ``codings`` (int), ``version_before``, ``version_after``, ``reason``,
        ``coder`` (str), ``edited`` (str, the categories that were edited during the pilot), ``id``.

    Raises
    ------
    P3CError
        If there is no such question.
    """
    import pandas as pd

    review, coder = ROWS["pilot_review"], ROWS["coder"]
    with study.store.read() as connection:
        asked = read_question(connection, question)
        wanted = (
            select(review, coder.c.key.label("by"))
            .join(coder, coder.c.id == review.c.coder, isouter=True)
            .where(review.c.question == asked.id)
            .order_by(review.c.id)
        )
        rows = [_row(number, row) for number, row in enumerate(connection.execute(wanted), 1)]
    columns = [
        *("no", "decision", "units", "units_of", "characters", "characters_of", "late"),
        *("categories", "codings", "version_before", "version_after", "reason", "coder"),
        *("edited", "id"),
    ]
    return pd.DataFrame(rows, columns=columns)


def _row(number: int, row: Any) -> dict[str, Any]:
    figures = row.figures or {}
    units, characters = figures.get("units") or {}, figures.get("characters") or {}
    return {
        "no": number,
        "decision": row.decision or "",
        "units": units.get("part", 0),
        "units_of": units.get("of", 0),
        "characters": characters.get("part", 0),
        "characters_of": characters.get("of", 0),
        "late": bool(figures.get("late")),
        "categories": figures.get("categories", 0),
        "codings": figures.get("codings", 0),
        "version_before": row.version_before or "",
        "version_after": row.version_after or "",
        "reason": row.reason or "",
        "coder": row.by or "",
        "edited": ", ".join(figures.get("edited") or ()),
        "id": row.id,
    }
