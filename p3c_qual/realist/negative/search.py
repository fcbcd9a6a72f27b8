"""Negative cases: where the claim should have held and did not, searched for and logged.

A case is a source: a whole interview or document with its translations, of which nobody withdrew.
What a search looks for has two parts, and "absent" has two values:

- *said to be absent*: the first part is heard in a source, and in the same source somebody says
  that the second was not there. This alone is a negative case.
- *silent*: the first part is heard, somebody worked the source through, and nothing in it is
  evidence on the second. It is listed apart, with who was asked about it and who was not.

What nobody worked through is counted apart; nothing follows from its silence. That a case is a
source, and which configurations belong to the same claim (see `claims`), are our definitions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.coding.spots import clean
from p3c_qual.coding.standing import gone
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.realist.judging.profile import counts_for
from p3c_qual.realist.negative.cases import Cases, Silent
from p3c_qual.realist.negative.claims import Claim, claim_of
from p3c_qual.realist.read import read_realist
from p3c_qual.realist.writing import check_stands, found, who
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from p3c_qual.opened import Opened
    from p3c_qual.realist.model import Configuration, Element, Evidence, Search

__all__ = [
    "DECISIONS",
    "SEARCHES",
    "NegativeFound",
    "Silent",
    "check_parts",
    "decide_search",
    "negative_cases",
    "run_search",
    "search_negative",
    "second_part",
]

#: what is looked for
SEARCHES = {
    "context_without_outcome": "the context is there, the outcome is not",
    "outcome_without_mechanism": "the outcome is there, the mechanism is not",
    "mechanism_with_opposite": "the mechanism is there, with the opposite outcome",
}
#: what may follow from it
DECISIONS = {
    "revise": "revise the theory",
    "bound": "bound the claim",
    "explain": "explain the case",
    "stands": "the claim stands",
}
_PARTS = {
    "context_without_outcome": ("context", "outcome"),
    "outcome_without_mechanism": ("outcome", "mechanism"),
    "mechanism_with_opposite": ("mechanism", "outcome"),
}


@dataclass(frozen=True, slots=True)
class NegativeFound:
    """What a search found, as far as it is still there."""

    search: Search
    label: str
    found: tuple[Evidence, ...]
    silent: tuple[Silent, ...]


def search_negative(
    study: Opened,
    configuration: str,
    kind: str,
    *,
    coder: str | None = None,
    id: str | None = None,
) -> str:
    """Search for negative cases of a configuration, and log the search; returns its row id.

    Parameters
    ----------
    study : Study
    configuration : str
        Key or row id.
    kind : str
        ``context_without_outcome``: evidence on its context; and evidence that says its outcome
        was not there, or contradicts it. ``outcome_without_mechanism``: evidence on its outcome;
        and evidence that says its mechanism was not there, or contradicts it.
        ``mechanism_with_opposite``: evidence on its mechanism; and evidence on an outcome of the
        opposite direction in a configuration of the same claim (no change is the opposite of
        both directions), or that its outcome was not there, or that contradicts it.
    coder : str, optional
        Who searches; by default who works here.
    id : str, optional
        Of the act, see `p3c_qual.store.act.begin_act`.

    Returns
    -------
    str
        Of what is logged, also where nothing was found. Only ids are kept, no words.

    Raises
    ------
    P3CError
        If the configuration is gone or does not stand, the kind is unknown, or the claim names
        one of the two parts not at all.

    Notes
    -----
    The figures that are logged: ``configurations`` of the same claim that were looked at;
    ``looked_at``, sources; of these ``worked_through`` and ``not_worked_through``; ``with_first``,
    sources in which the first part is heard; ``found`` and ``silent``, sources; ``open``, those
    with the first part, silent and not worked through; ``not_asked`` and ``unknown_asked`` of the
    silent ones; ``unplaced``, passages that contradict the configuration as a whole without saying
    which part, or say that something was absent and no longer what, and so are found by no search.

    A search of the same person that finds what their last one found, in the same material, is not
    logged again: the one logged says since when this holds.
    """
    with study.act("search for negative cases", id=id) as act:
        row = found(act.connection, "configuration", configuration)
        realist = read_realist(act.connection)
        here = realist.configurations[row["id"]]
        check_stands(here)
        if kind not in SEARCHES:
            valid = tuple(SEARCHES)
            what = f"{kind[:60]!r} is no search for negative cases"
            raise P3CError(Problem(what, "", valid, nearest(kind, valid)))
        act.say(f"search for negative cases of {here.key}")
        claim = claim_of(realist, here)
        check_parts(claim, kind)
        result = run_search(act.connection, claim, kind)
        coder_row = who(act, study, coder)
        before = [
            each
            for each in realist.searches
            if (each.configuration, each.kind, each.coder) == (here.id, kind, coder_row)
        ]
        if before and _same(before[-1], result):
            return before[-1].id
        fields = {"configuration": here.id, "kind": kind, "coder": coder_row, **result}
        return act.insert("negative_search", [fields])[0]


def decide_search(
    study: Opened,
    search: str,
    decision: str,
    *,
    reason: str = "",
    coder: str | None = None,
    id: str | None = None,
) -> bool:
    """Say what follows from a search; returns whether anything changed.

    Parameters
    ----------
    study : Study
    search : str
        Row id.
    decision : str
        ``revise``, ``bound``, ``explain`` or ``stands``.
    reason : str
        Needed unless the claim stands, and where it stands against cases that were found.
    coder : str, optional
        Who decides; by default who works here. The journal keeps it; the search stays of the one
        who made it.
    id : str, optional
        Of the act.

    Raises
    ------
    P3CError
        If the search is gone, the decision is none, or a reason is missing.
    """
    table = ROWS["negative_search"]
    with study.act("decide on negative cases", id=id) as act:
        wanted = select(table).where(table.c.id == search)
        row = act.connection.execute(wanted).mappings().first()
        if row is None:
            raise P3CError(_gone(act.connection, search))
        problems = []
        why = clean(reason)
        if decision not in DECISIONS:
            valid = tuple(DECISIONS)
            what = f"{decision[:60]!r} is nothing to decide on a search"
            problems.append(Problem(what, "", valid, nearest(decision, valid)))
        elif not why and (decision != "stands" or row["found"]):
            do = "Write what is revised, where the claim ends, or how the case is explained."
            what = f"to {DECISIONS[decision]} needs a reason"
            if decision == "stands":
                what = "that the claim stands against the cases found needs a reason"
                do = "Write why they do not speak against it."
            problems.append(Problem(what, do=do, code="reason"))
        if problems:
            raise P3CError(problems)
        who(act, study, coder)
        return bool(
            act.update("negative_search", {search: {"decision": decision, "reason": why or None}})
        )


def negative_cases(connection: Connection, search: str) -> NegativeFound:
    """Return what a search found, as far as it is still there, and where nothing was said.

    Parameters
    ----------
    connection : sqlalchemy.Connection
    search : str
        Row id.

    Raises
    ------
    P3CError
        If the search is gone.
    """
    realist = read_realist(connection)
    logged = next((each for each in realist.searches if each.id == search), None)
    if logged is None:
        raise P3CError(_gone(connection, search))
    wanted = set(logged.found)
    evidence = tuple(
        item
        for each in realist.configurations.values()
        for item in each.evidence
        if item.id in wanted
    )
    silent: tuple[Silent, ...] = ()
    here = realist.configurations.get(logged.configuration)
    if here is not None:
        cases = Cases(connection)
        second = second_part(claim_of(realist, here), logged.kind)
        silent = cases.silent(logged.silent, second)
    return NegativeFound(logged, SEARCHES[logged.kind], evidence, silent)


def check_parts(claim: Claim, kind: str) -> None:
    """Refuse a search for what the claim does not name: it could find nothing.

    Raises
    ------
    P3CError
        With the code ``unnamed``, naming each part that is missing.
    """
    problems = [
        Problem(
            f"{claim.configuration.key} names no {part}; a search could find nothing",
            do=f"Add the {part} first.",
            code="unnamed",
        )
        for part in _PARTS[kind]
        if not claim.elements(part)
    ]
    if problems:
        raise P3CError(problems)


def second_part(claim: Claim, kind: str) -> list[Element]:
    """Return the elements that a search finds missing, or opposite."""
    return claim.elements(_PARTS[kind][1])


def run_search(connection: Connection, claim: Claim, kind: str) -> dict[str, Any]:
    """Search for negative cases of a claim, and log nothing.

    Parameters
    ----------
    connection : sqlalchemy.Connection
    claim : Claim
        One that names a part not at all has nothing to find, see `check_parts`.
    kind : str
        One of `SEARCHES`.

    Returns
    -------
    dict
        What `search_negative` logs: ``found`` and ``silent`` (lists of row ids, of evidence and
        of sources) and ``figures`` (dict of str to int).
    """
    cases = Cases(connection)
    first, second = (claim.elements(part) for part in _PARTS[kind])
    with_first = cases.by_case(claim.heard(first))
    against = claim.heard(second, _says_not)
    about = claim.heard(second, _anything)
    if kind == "mechanism_with_opposite":
        opposite = claim.opposites()
        for source, items in claim.heard(opposite).items():
            known = {item.id for item in against[source]}
            against[source] += [item for item in items if item.id not in known]
        for source, items in claim.heard(opposite, _anything).items():
            about[source] += items
    negative = cases.by_case(against)
    hits = sorted(with_first.keys() & negative.keys())
    unsaid = with_first.keys() - cases.by_case(about).keys()
    silent = sorted(unsaid & cases.worked)
    listed = cases.silent(silent, second)
    return {
        "found": sorted({item.id for name in hits for item in negative[name]}),
        "silent": silent,
        "figures": {
            "configurations": len(claim.family),
            "looked_at": len(cases.all),
            "worked_through": len(cases.worked),
            "not_worked_through": len(cases.all - cases.worked),
            "with_first": len(with_first),
            "found": len(hits),
            "silent": len(silent),
            "open": len(unsaid - cases.worked),
            "not_asked": sum(each.asked == "not asked" for each in listed),
            "unknown_asked": sum(each.asked == "unknown" for each in listed),
            "unplaced": sum(
                (item.role == "contradicts" or item.absent) and not item.element
                for item in claim.configuration.evidence
            ),
        },
    }


def _says_not(configuration: Configuration, item: Evidence) -> bool:
    return item.role == "contradicts" or (item.absent and not counts_for(configuration, item))


def _anything(_configuration: Configuration, _item: Evidence) -> bool:
    return True


def _same(before: Search, result: dict[str, Any]) -> bool:
    known = {
        "found": list(before.found),
        "silent": list(before.silent),
        "figures": before.figures,
    }
    return known == result


def _gone(connection: Connection, search: str) -> Problem:
    said = gone(connection, "negative_search", search[:60])
    what = said.what.replace("negative_search", "search", 1)
    return Problem(what, do=said.do, code="gone")
