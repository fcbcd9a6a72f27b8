"""What a study holds for the items of a standard: counted, with where it can be seen."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from p3c_qual.realist.judging.checks import check_realist
from p3c_qual.realist.judging.completeness import completeness_of, count_completeness
from p3c_qual.realist.judging.profile import AGAINST
from p3c_qual.realist.negative.cases import Cases
from p3c_qual.realist.read import read_realist
from p3c_qual.realist.vocabulary import terms
from p3c_qual.sources.terms import STAKEHOLDERS
from p3c_qual.store.schema import ROWS, event
from p3c_qual.store.schema import act as acts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sqlalchemy import Connection

    from p3c_qual.opened import Opened
    from p3c_qual.realist.model import Theory

__all__ = ["Found", "held_by"]

#: at most so many keys are named one by one
_MOST = 8
_LAYER = (
    *("theory", "mechanism", "configuration", "element", "evidence", "link", "regularity"),
    *("instance", "inference", "negative_search"),
)
_THEORIES = "p3c theory list; Configure view, Theories"
_CARDS = "p3c table cmos; Configure view"


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for an item, in a sentence, and where it is; both empty where nothing is."""

    what: str = ""
    where: str = ""


@dataclass
class _Facts:
    """What the study says of itself, read once."""

    study: Opened
    connection: Connection
    graded: int
    items: int

    def __post_init__(self) -> None:
        self.layer = read_realist(self.connection)
        self.cases = Cases(self.connection)
        self.sources = [
            each for each in self.cases.voices.sources.values() if each.id in self.cases.all
        ]
        people = {person.id: person for each in self.sources for person in each.people}
        self.people = list(people.values())
        self.evidence = [item for each in self.layer.standing for item in each.evidence] + list(
            self.layer.loose
        )


def held_by(study: Opened, connection: Connection, *, graded: int, items: int) -> dict[str, Found]:
    """Return what the study holds, by the names that `standards.yml` asks for.

    Parameters
    ----------
    study : Study
    connection : sqlalchemy.Connection
    graded, items : int
        How many items of the reporting standard are judged, of how many.
    """
    facts = _Facts(study, connection, graded, items)
    return {name: make(facts) for name, make in _HELD.items()}


def _title(facts: _Facts) -> Found:
    title = facts.study.settings.title
    return Found(f"the study's title is “{title}”", "study.yml") if title else Found()


def _initial(facts: _Facts) -> Found:
    first = [each for each in facts.layer.theories.values() if not each.version]
    if not first:
        return Found()
    what = f"{_count(len(first), 'initial programme theory', 'initial programme theories')}"
    return Found(f"{what}: {_keys(each.key for each in first)}", _THEORIES)


def _refined(facts: _Facts) -> Found:
    refined = [each for each in facts.layer.theories.values() if each.status == "refined"]
    if not refined:
        return Found()
    what = _count(len(refined), "refined theory", "refined theories")
    return Found(f"{what}: {_keys(map(_with_version, refined))}", _THEORIES)


def _theories(facts: _Facts) -> Found:
    theories = facts.layer.theories.values()
    if not theories:
        return Found()
    later = [each for each in theories if each.version]
    memos = Counter(each.kind for each in facts.layer.inferences)
    what = (
        f"{_count(len(theories) - len(later), 'initial theory', 'initial theories')}, "
        f"{_count(len(later), 'later version')} ({sum(bool(each.change) for each in later)} with "
        f"what changed), {_count(memos['retroduction'], 'memo')} of retroduction and "
        f"{memos['abduction'] or 'no'} of abduction"
    )
    return Found(what, "p3c table evolution; Configure view, Theories")


def _questions(facts: _Facts) -> Found:
    question = ROWS["question"]
    keys = list(facts.connection.scalars(select(question.c.key).order_by(question.c.key)))
    if not keys:
        return Found()
    return Found(f"{_count(len(keys), 'research question')}: {_keys(keys)}", "p3c question list")


def _consent(facts: _Facts) -> Found:
    answers = [person.consent["recorded"] for each in facts.sources for person in each.people]
    if not answers:
        return Found()
    said = sum(bool(each) and each != "unknown" for each in answers)
    what = (
        f"consent is noted for {said} of {len(answers)} participations; the approval itself is "
        "not held here"
    )
    return Found(what, "p3c sources")


def _sites(facts: _Facts) -> Found:
    site = ROWS["site"]
    sites = list(facts.connection.scalars(select(site.c.key).order_by(site.c.key)))
    countries = sorted({each.country for each in facts.sources if each.country})
    if not sites and not countries:
        return Found()
    parts = [f"{_count(len(sites), 'site')}: {_keys(sites)}"] if sites else []
    if countries:
        parts.append(f"{_count(len(countries), 'country', 'countries')}: {_keys(countries)}")
    return Found("; ".join(parts), "p3c sources")


def _programmes(facts: _Facts) -> Found:
    programme = ROWS["programme"]
    keys = list(facts.connection.scalars(select(programme.c.key).order_by(programme.c.key)))
    if not keys:
        return Found()
    documents = sum(each.said["kind"] == "document" for each in facts.sources)
    what = f"{_count(len(keys), 'programme')}: {_keys(keys)}; {_count(documents, 'document')}"
    return Found(what, "p3c sources")


def _collection(facts: _Facts) -> Found:
    if not facts.sources:
        return Found()
    kinds = Counter(each.said["kind"] for each in facts.sources)
    protocol = ROWS["protocol"]
    protocols = list(facts.connection.scalars(select(protocol.c.key).order_by(protocol.c.key)))
    named = f": {_keys(protocols)}" if protocols else ""
    listed = ", ".join(f"{n} {kind.replace('_', ' ')}" for kind, n in sorted(kinds.items()))
    what = f"{_count(len(facts.sources), 'source')} ({listed}); "
    return Found(what + _count(len(protocols), "interview protocol") + named, "p3c sources")


def _sample(facts: _Facts) -> Found:
    if not facts.people:
        return Found()
    types = {kind for person in facts.people for kind in person.types}
    what = f"{_by_type(facts)}; {len(types)} stakeholder types of {len(STAKEHOLDERS)} are there"
    return Found(f"{what}; how they were chosen is not held here", "p3c interviewees")


def _participants(facts: _Facts) -> Found:
    if not facts.people:
        return Found()
    interviews = sum(bool(each.people) for each in facts.sources)
    heads = f"{_count(len(facts.people), 'interviewee')} in {_count(interviews, 'source')}"
    return Found(f"{heads}; {_by_type(facts)}", "p3c interviewees")


def _by_type(facts: _Facts) -> str:
    counts = Counter(kind for person in facts.people for kind in person.types)
    of = len(facts.people)
    said = [f"{STAKEHOLDERS.get(kind, kind)} {n} of {of}" for kind, n in sorted(counts.items())]
    bare = sum(not person.types for person in facts.people)
    return ", ".join([*said, *([f"type not said {bare} of {of}"] if bare else [])])


def _analysis(facts: _Facts) -> Found:
    wanted = (
        select(func.count(func.distinct(acts.c.id)), func.min(acts.c.at), func.max(acts.c.at))
        .join(event, event.c.act == acts.c.id)
        .where(event.c.tbl.in_(_LAYER))
    )
    count, first, last = facts.connection.execute(wanted).one()
    if not count:
        return Found()
    layer = facts.layer
    states = Counter(each.state for each in layer.configurations.values())
    what = (
        f"{count} steps in the journal from {first[:10]} to {last[:10]}: "
        f"{_count(len(layer.configurations), 'configuration')} made, {states['split']} split, "
        f"{states['merged']} merged, {states['set_aside']} set aside; "
        f"{_count(len(layer.inferences), 'memo')} of inference; "
        f"{_count(len(layer.searches), 'search', 'searches')} for negative cases"
    )
    return Found(what, "p3c log")


def _findings(facts: _Facts) -> Found:
    standing = facts.layer.standing
    if not standing:
        return Found()
    counts = count_completeness(standing)
    patterns = len(facts.layer.regularities)
    what = (
        f"{_count(len(standing), 'configuration')}: {counts['triad']} full of "
        f"{_count(counts['triads'], 'triad')}, {_count(counts['dyads'], 'dyad')}, "
        f"{_count(counts['singles'], 'single')}; "
        f"{_count(patterns, 'demi-regularity', 'demi-regularities')}"
    )
    return Found(what, _CARDS)


def _limits(facts: _Facts) -> Found:
    if not facts.layer.standing:
        return Found()
    unread = len(facts.cases.all - facts.cases.worked)
    counts = count_completeness(facts.layer.standing)
    undecided = sum(not each.decision for each in facts.layer.searches)
    what = (
        f"{unread} of {_count(len(facts.cases.all), 'source')} not worked through, "
        f"{len(facts.layer.standing) - counts['triad']} of {len(facts.layer.standing)} "
        f"configurations no full triad, {_count(_open(facts), 'contradicting or rival passage')} "
        f"without a decision, "
        f"{_count(undecided, 'search', 'searches')} without a decision"
    )
    return Found(what, "p3c table completeness; p3c table searches")


def _generative(facts: _Facts) -> Found:
    standing = facts.layer.standing
    if not standing:
        return Found()
    both = sum(completeness_of(each) == "triad" for each in standing)
    warned = {f.configuration for f in check_realist(facts.layer, codes=("activity_only",))}
    what = (
        f"{both} of {_count(len(standing), 'configuration')} with context, resource, reasoning and "
        f"outcome; in {len(warned)} the mechanism only names an activity"
    )
    return Found(what, _CARDS)


def _elicited(facts: _Facts) -> Found:
    if not facts.evidence:
        return Found()
    counts = Counter(item.elicited for item in facts.evidence)
    labels = [(name, term.label.lower()) for name, term in terms("elicited").items()]
    said = ", ".join(f"{label} {counts[name]}" for name, label in [*labels, ("", "not said")])
    return Found(f"{_count(len(facts.evidence), 'passage')} by how they came about: {said}", _CARDS)


def _against(facts: _Facts) -> Found:
    layer = facts.layer
    if not facts.evidence and not layer.searches:
        return Found()
    against = sum(item.role in AGAINST for item in facts.evidence)
    searched = {each.configuration for each in layer.searches}
    names = {each.id for each in layer.standing}
    what = (
        f"{against} of {_count(len(facts.evidence), 'passage')} contradict or offer a rival "
        f"explanation, {_open(facts)} of them undecided; negative cases searched for in {len(searched & names)} of "
        f"{_count(len(names), 'configuration')}"
    )
    return Found(what, "p3c table disconfirming; p3c table searches")


def _reported(facts: _Facts) -> Found:
    if not facts.graded:
        return Found()
    what = f"{facts.graded} of {facts.items} items of the reporting standard are judged"
    return Found(what, "p3c table rameses; Configure view, Standards")


def _open(facts: _Facts) -> int:
    return sum(item.role in AGAINST and not item.resolution for item in facts.evidence)


_HELD: dict[str, Callable[[_Facts], Found]] = {
    "title": _title,
    "initial_theories": _initial,
    "questions": _questions,
    "consent": _consent,
    "sites": _sites,
    "programmes": _programmes,
    "collection": _collection,
    "sample": _sample,
    "analysis": _analysis,
    "participants": _participants,
    "findings": _findings,
    "refined_theories": _refined,
    "limits": _limits,
    "generative": _generative,
    "theories": _theories,
    "elicited": _elicited,
    "against": _against,
    "reported": _reported,
}


def _with_version(theory: Theory) -> str:
    return f"{theory.key} (version {theory.version})"


def _keys(names: Iterable[str]) -> str:
    keys = list(names)
    more = f" and {len(keys) - _MOST} more" if len(keys) > _MOST else ""
    return ", ".join(keys[:_MOST]) + more


def _count(number: int, what: str, many: str = "") -> str:
    return f"{number or 'no'} {what if number == 1 else many or what + 's'}"
