"""What the checks find on theories and configurations; each says what it saw and what to do."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from p3c_qual.realist.judging.completeness import completeness_of
from p3c_qual.realist.judging.profile import AGAINST, FOR, counts_for
from p3c_qual.realist.judging.wording import brought_in, named_activities, repeats, responses

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    import pandas as pd

    from p3c_qual.opened import Opened
    from p3c_qual.realist.model import Configuration, Element, Evidence, Theory
    from p3c_qual.realist.read import Realist

__all__ = ["CODES", "Fault", "check_realist", "list_faults"]

#: what is looked for
CODES = {
    "activity_only": "a mechanism that only names an activity",
    "component_as_context": "a context that is a component of the intervention",
    "no_direction": "an outcome without a direction",
    "refined_unsearched": "a refined theory without a logged search for negative cases",
    "never_searched": "a theory without a search for what speaks against it, and without a passage",
    "reasoning_only": "a mechanism whose resource is not said",
    "incomplete": "a dyad or a single that nobody has thought on",
    "no_passage": "a configuration without a passage",
    "absent_support": "an absence that is said to support",
    "absent_what": "an absence of which it is not said what was not there",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What a check found.

    Attributes
    ----------
    code : str
        One of `CODES`.
    what, do : str
        What was seen, with its words, and what may be done; a sentence each.
    theory, configuration, element : str
        Row ids of what it is on; empty where it is on none.
    """

    code: str
    what: str
    do: str
    theory: str = ""
    configuration: str = ""
    element: str = ""


def check_realist(realist: Realist, *, codes: Collection[str] | None = None) -> list[Fault]:
    """Check the standing configurations and the theories of a study.

    Parameters
    ----------
    realist : Realist
    codes : collection of str, optional
        Some of `CODES`; by default all of them.

    Returns
    -------
    list of Fault
        Of configurations first, then of theories, each in their order.

    Notes
    -----
    What a check finds may be right as it stands: nothing is refused because of it. The checks of
    wording read the analyst's English (see `wording`); quotes are never judged by their words.
    """
    thought_on = {each.configuration for each in realist.inferences if each.configuration}
    found = [
        fault
        for each in realist.standing
        for check in _ON_CONFIGURATIONS
        for fault in check(each)
        if fault.code != "incomplete" or each.id not in thought_on
    ]
    found += _theory_faults(realist)
    return [fault for fault in found if codes is None or fault.code in codes]


def list_faults(study: Opened, *, of: str = "") -> pd.DataFrame:
    """List what the checks find.

    Parameters
    ----------
    study : Study
    of : str
        Key or row id of a configuration or of a theory, to list its own alone.

    Returns
    -------
    DataFrame
        ``check`` (one of `CODES`), ``what``, ``do``, ``theory``, ``configuration`` (keys, empty
        where it is on none) and ``element`` (its role) as str; one row a fault.

    Raises
    ------
    P3CError
        If there is neither a configuration nor a theory of that name.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> with study.act("a claim") as act:
    ...     _ = act.insert("configuration", [{"id": "a", "key": "c1"}])
    ...     part = {"configuration": "a", "role": "outcome", "text": "hospital stays"}
    ...     _ = act.insert("element", [part])
    >>> list_faults(study)["check"].tolist()
    ['no_direction', 'incomplete', 'no_passage']
    """
    import pandas as pd

    from p3c_qual.realist.read import read_realist

    with study.store.read() as connection:
        realist = read_realist(connection)
    wanted = _named(realist, of) if of else ""
    roles = {e.id: e.role for c in realist.configurations.values() for e in c.elements}
    rows = [
        {
            "check": each.code,
            "what": each.what,
            "do": each.do,
            "theory": realist.theories[each.theory].key if each.theory else "",
            "configuration": (
                realist.configurations[each.configuration].key if each.configuration else ""
            ),
            "element": roles.get(each.element, ""),
        }
        for each in check_realist(realist)
        if not wanted or wanted in {each.theory, each.configuration}
    ]
    columns = ["check", "what", "do", "theory", "configuration", "element"]
    frame = pd.DataFrame(rows, columns=columns, dtype="str")
    looked = f"{len(realist.standing)} configurations and {len(realist.theories)} theories"
    frame.attrs = {
        "caption": f"What the checks found, {len(rows)} in all; {looked} were looked at.",
        "denominators": {
            "configurations": len(realist.standing),
            "theories": len(realist.theories),
        },
        "notes": [
            "What a check finds may be right as it stands; it is there to be looked at.",
            "The checks of wording read English words of the analyst and stay silent on others.",
        ],
    }
    return frame


def _named(realist: Realist, name: str) -> str:
    from p3c_qual.errors import P3CError, Problem, nearest

    known = {each.key: each.id for each in realist.theories.values()}
    known |= {each.key: each.id for each in realist.configurations.values()}
    if name in known:
        return known[name]
    if name in known.values():
        return name
    valid = tuple(sorted(known))
    what = f"there is no configuration and no theory {name[:60]!r}"
    raise P3CError(Problem(what, "", valid, nearest(name, valid), code="gone"))


def _mechanism(each: Configuration) -> Iterator[Fault]:
    resource, reasoning = each.of_role("resource"), each.of_role("reasoning")
    spoken = {item.element for item in each.evidence if not item.absent}
    there = [part for part in reasoning if part.text or part.id in spoken]
    offered = [part for part in resource if part.text or part.id in spoken]
    if offered and not there:
        words = responses(" ".join(part.text for part in offered))
        do = "Add the reasoning: what somebody thinks, feels or decides because of it."
        if words:
            do = f"{_listed(words)} may be the response: write it as a reasoning of its own."
        what = f"the mechanism is a resource alone{_shown(offered)}: what people make of it is open"
        yield Fault("activity_only", what, do, configuration=each.id, element=offered[0].id)
    elif there and not offered:
        yield Fault(
            "reasoning_only",
            f"the mechanism is a reasoning alone{_shown(there)}: what it responds to is open",
            "Add the resource: what the programme offers that people respond to.",
            configuration=each.id,
            element=there[0].id,
        )
    named = [named_activities(part.text) for part in there]
    # one reasoning that is not of activities alone is enough
    if named and all(named):
        for part, words in zip(there, named, strict=True):
            yield Fault(
                "activity_only",
                f"the reasoning {part.text!r} names only an activity or a structure: {_listed(words)}",
                "Say what somebody thinks, feels or decides because of it, and make this the resource.",
                configuration=each.id,
                element=part.id,
            )


def _context(each: Configuration) -> Iterator[Fault]:
    offered = each.of_role("resource", "intervention")
    for part in each.of_role("context"):
        what = _component(part, offered)
        if what:
            do = "Keep as context what was there before; what the programme brings is a resource."
            yield Fault("component_as_context", what, do, configuration=each.id, element=part.id)


def _component(context: Element, offered: tuple[Element, ...]) -> str:
    for other in offered:
        kind = "resource" if other.role == "resource" else "intervention"
        if words := repeats(context.text, other.text):
            return f"the context {context.text!r} says what the {kind} says: {_listed(words)}"
    if words := brought_in(context.text):
        said = f"the context {context.text!r} reads like something the programme brought"
        return f"{said}: {_listed(words)}"
    return ""


def _direction(each: Configuration) -> Iterator[Fault]:
    for part in each.of_role("outcome"):
        if not part.direction:
            said = f" {part.text!r}" if part.text else ""
            yield Fault(
                "no_direction",
                f"the outcome{said} has no direction",
                "Say whether it improves, worsens, stays unchanged or is mixed.",
                configuration=each.id,
                element=part.id,
            )


def _incomplete(each: Configuration) -> Iterator[Fault]:
    open_ = {
        "dyad_cm": "the outcome",
        "dyad_mo": "the context",
        "dyad_co": "the mechanism",
        "single": "all but one part",
        "empty": "everything",
    }.get(completeness_of(each))
    if open_:
        yield Fault(
            "incomplete",
            f"{open_} is open",
            "Look for it in the same account, or write down in a memo what it may be.",
            configuration=each.id,
        )


def _passages(each: Configuration) -> Iterator[Fault]:
    if not each.evidence:
        yield Fault(
            "no_passage",
            "no passage is linked to it",
            "Link the passages it was made from, or look for some.",
            configuration=each.id,
        )
    for item in each.evidence:
        if item.absent and not item.element:
            yield Fault(
                "absent_what",
                "a passage says that something was not there, and it is not said what",
                "Name the element that was not there, or take the word back that it was absent.",
                configuration=each.id,
            )
        elif item.role in FOR and item.absent and not counts_for(each, item):
            yield Fault(
                "absent_support",
                "a passage says that the element was not there, and is said to support or refine "
                "the claim; it is counted for neither",
                "Let it contradict, or say that the mechanism was blocked or did not fire.",
                configuration=each.id,
                element=str(item.element),
            )


_ON_CONFIGURATIONS: tuple[Callable[[Configuration], Iterator[Fault]], ...] = (
    _mechanism,
    _context,
    _direction,
    _incomplete,
    _passages,
)


def _theory_faults(realist: Realist) -> list[Fault]:
    searched = {each.configuration for each in realist.searches}
    tested_by: dict[str, list[Configuration]] = defaultdict(list)
    for each in realist.configurations.values():
        if each.theory:
            tested_by[each.theory].append(each)
    spoken: dict[str, list[Evidence]] = defaultdict(list)
    for item in realist.loose:
        if item.theory:
            spoken[item.theory].append(item)
    replaced = {each.supersedes for each in realist.theories.values()}
    found = []
    for theory in realist.theories.values():
        line = _line(realist.theories, theory)
        tests = [each for name in line for each in tested_by[name]]
        if any(each.id in searched and each.state != "set_aside" for each in tests):
            continue
        evidence = [item for name in line for item in spoken[name]]
        evidence += [item for each in tests for item in each.evidence]
        against = any(item.role in AGAINST for item in evidence)
        none = "no search for negative cases is logged on a configuration that tests it"
        if not tests:
            none = "no configuration tests it, so that no search for negative cases could be logged"
        elif not tested_by[theory.id]:
            none = (
                "no configuration tests this version, and no search for negative cases is logged on "
                "one that tests a version before it"
            )
        do = (
            "Search for negative cases of a configuration that tests it; a search that finds none "
            "counts."
            if tests
            else "Let a configuration test it, and search for its negative cases."
        )
        if theory.status == "refined":
            what = f"the theory counts as refined, and {none}"
            found.append(Fault("refined_unsearched", what, do, theory=theory.id))
        elif (
            not against
            and (evidence or tests or theory.status == "testing")
            and theory.status != "set_aside"
            and theory.id not in replaced
        ):
            what = f"nothing shows that somebody looked for what speaks against it: {none}, and no passage contradicts it or offers a rival explanation"
            found.append(Fault("never_searched", what, do, theory=theory.id))
    return found


def _line(theories: Mapping[str, Theory], theory: Theory) -> list[str]:
    """Return a theory and the versions before it (row ids)."""
    found = [theory.id]
    while (before := theories[found[-1]].supersedes) in theories and before not in found:
        found.append(str(before))
    return found


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(f"“{word}”" for word in words)


def _shown(parts: list[Element]) -> str:
    texts = [repr(part.text) for part in parts if part.text]
    return f" ({', '.join(texts)})" if texts else ""
