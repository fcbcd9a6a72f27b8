"""What a study holds for the items of a standard: counted, with where it can be seen."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sqlalchemy import select

from p3c_qual.realist.judging.checks import check_realist
from p3c_qual.realist.judging.completeness import completeness_of, count_completeness
from p3c_qual.realist.judging.profile import AGAINST
from p3c_qual.realist.vocabulary import terms
from p3c_qual.standards.coding import CODING, questions_of
from p3c_qual.standards.fieldwork import FIELDWORK
from p3c_qual.standards.lookup import Facts, Found, count_of, keys_of
from p3c_qual.standards.scope import rows_of
from p3c_qual.store.schema import act as acts
from p3c_qual.store.schema import event

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from p3c_qual.opened import Opened
    from p3c_qual.realist.model import Theory

__all__ = ["HELD", "held_by"]

_LAYER = (
    *("theory", "mechanism", "configuration", "element", "evidence", "link", "regularity"),
    *("instance", "inference", "negative_search"),
)
_THEORIES = "p3c theory list; Configure view, Theories"
_CARDS = "p3c table cmos; Configure view"


def held_by(
    study: Opened, connection: Connection, *, graded: int, items: int, programme: str = ""
) -> dict[str, Found]:
    """Return what the study holds, by the names that `standards.yml` asks for.

    Parameters
    ----------
    study : Study
    connection : sqlalchemy.Connection
    graded, items : int
        How many items of the realist reporting standard are judged, of how many.
    programme : str
        Key; only what its sources and those who speak in them tell, and what is claimed of it.
    """
    facts = Facts(study, connection, graded, items, programme)
    return {name: make(facts) for name, make in HELD.items()}


def _title(facts: Facts) -> Found:
    title = facts.study.settings.title
    return Found(f"the study's title is “{title}”", "study.yml") if title else Found()


def _initial(facts: Facts) -> Found:
    first = [each for each in facts.layer.theories.values() if not each.version]
    if not first:
        return Found()
    what = f"{count_of(len(first), 'initial programme theory', 'initial programme theories')}"
    return Found(f"{what}: {keys_of(each.key for each in first)}", _THEORIES)


def _refined(facts: Facts) -> Found:
    refined = [each for each in facts.layer.theories.values() if each.status == "refined"]
    if not refined:
        return Found()
    what = count_of(len(refined), "refined theory", "refined theories")
    return Found(f"{what}: {keys_of(map(_with_version, refined))}", _THEORIES)


def _theories(facts: Facts) -> Found:
    theories = facts.layer.theories.values()
    if not theories:
        return Found()
    later = [each for each in theories if each.version]
    memos = Counter(each.kind for each in facts.layer.inferences)
    what = (
        f"{count_of(len(theories) - len(later), 'initial theory', 'initial theories')}, "
        f"{count_of(len(later), 'later version')} ({sum(bool(each.change) for each in later)} with "
        f"what changed), {count_of(memos['retroduction'], 'memo')} of retroduction and "
        f"{memos['abduction'] or 'no'} of abduction"
    )
    return Found(what, "p3c table evolution; Configure view, Theories")


def _questions(facts: Facts) -> Found:
    keys = sorted(each.key for each in questions_of(facts))
    if not keys:
        return Found()
    return Found(
        f"{count_of(len(keys), 'research question')}: {keys_of(keys)}", "p3c question list"
    )


def _analysis(facts: Facts) -> Found:
    layer = facts.layer
    wanted = (
        select(event.c.row, acts.c.id, acts.c.at)
        .join(event, event.c.act == acts.c.id)
        .where(event.c.tbl.in_(_LAYER))
        .distinct()
    )
    mine = set(rows_of(layer)) if facts.programme else None
    rows = facts.connection.execute(wanted).all()
    steps = {each.id: each.at for each in rows if mine is None or each.row in mine}
    if not steps:
        return Found()
    first, last = min(steps.values()), max(steps.values())
    states = Counter(each.state for each in layer.configurations.values())
    what = (
        f"{count_of(len(steps), 'step')} in the journal from {first[:10]} to {last[:10]}: "
        f"{count_of(len(layer.configurations), 'configuration')} made, {states['split']} split, "
        f"{states['merged']} merged, {states['set_aside']} set aside; "
        f"{count_of(len(layer.inferences), 'memo')} of inference; "
        f"{count_of(len(layer.searches), 'search', 'searches')} for negative cases"
    )
    return Found(what, "p3c log")


def _findings(facts: Facts) -> Found:
    standing = facts.layer.standing
    if not standing:
        return Found()
    counts = count_completeness(standing)
    patterns = len(facts.layer.regularities)
    what = (
        f"{count_of(len(standing), 'configuration')}: {counts['triad']} full of "
        f"{count_of(counts['triads'], 'triad')}, {count_of(counts['dyads'], 'dyad')}, "
        f"{count_of(counts['singles'], 'single')}; "
        f"{count_of(patterns, 'demi-regularity', 'demi-regularities')}"
    )
    return Found(what, _CARDS)


def _limits(facts: Facts) -> Found:
    if not facts.layer.standing:
        return Found()
    unread = len(facts.mine - facts.cases.worked)
    counts = count_completeness(facts.layer.standing)
    undecided = sum(not each.decision for each in facts.layer.searches)
    what = (
        f"{unread} of {count_of(len(facts.mine), 'source')} not worked through, "
        f"{len(facts.layer.standing) - counts['triad']} of {len(facts.layer.standing)} "
        f"configurations no full triad, {count_of(_open(facts), 'contradicting or rival passage')} "
        f"without a decision, "
        f"{count_of(undecided, 'search', 'searches')} without a decision"
    )
    return Found(what, "p3c table completeness; p3c table searches")


def _generative(facts: Facts) -> Found:
    standing = facts.layer.standing
    if not standing:
        return Found()
    both = sum(completeness_of(each) == "triad" for each in standing)
    warned = {f.configuration for f in check_realist(facts.layer, codes=("activity_only",))}
    what = (
        f"{both} of {count_of(len(standing), 'configuration')} with context, resource, reasoning and "
        f"outcome; in {len(warned)} the mechanism only names an activity"
    )
    return Found(what, _CARDS)


def _elicited(facts: Facts) -> Found:
    if not facts.evidence:
        return Found()
    counts = Counter(item.elicited for item in facts.evidence)
    labels = [(name, term.label.lower()) for name, term in terms("elicited").items()]
    said = ", ".join(f"{label} {counts[name]}" for name, label in [*labels, ("", "not said")])
    return Found(
        f"{count_of(len(facts.evidence), 'passage')} by how they came about: {said}", _CARDS
    )


def _against(facts: Facts) -> Found:
    layer = facts.layer
    if not facts.evidence and not layer.searches:
        return Found()
    against = sum(item.role in AGAINST for item in facts.evidence)
    searched = {each.configuration for each in layer.searches}
    names = {each.id for each in layer.standing}
    what = (
        f"{against} of {count_of(len(facts.evidence), 'passage')} contradict or offer a rival "
        f"explanation, {_open(facts)} of them undecided; negative cases searched for in {len(searched & names)} of "
        f"{count_of(len(names), 'configuration')}"
    )
    return Found(what, "p3c table disconfirming; p3c table searches")


def _reported(facts: Facts) -> Found:
    if not facts.graded:
        return Found()
    what = f"{facts.graded} of {facts.items} items of the reporting standard are judged"
    return Found(what, "p3c table rameses; Configure view, Standards")


def _open(facts: Facts) -> int:
    return sum(item.role in AGAINST and not item.resolution for item in facts.evidence)


HELD: dict[str, Callable[[Facts], Found]] = {
    "title": _title,
    "initial_theories": _initial,
    "questions": _questions,
    "analysis": _analysis,
    "findings": _findings,
    "refined_theories": _refined,
    "limits": _limits,
    "generative": _generative,
    "theories": _theories,
    "elicited": _elicited,
    "against": _against,
    "reported": _reported,
    **FIELDWORK,
    **CODING,
}


def _with_version(theory: Theory) -> str:
    return f"{theory.key} (version {theory.version})"
