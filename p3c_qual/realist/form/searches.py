"""The searches for negative cases of a realist file, made anew where they are not logged yet."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from p3c_qual.realist.negative.claims import claim_of
from p3c_qual.realist.negative.search import DECISIONS, run_search
from p3c_qual.realist.read import read_realist

if TYPE_CHECKING:
    from p3c_qual.realist.form.loading import Loading
    from p3c_qual.realist.form.read import Given
    from p3c_qual.realist.model import Search

__all__ = ["run_searches"]


def run_searches(loading: Loading) -> None:
    """Make and log the searches that are not logged yet, and write what was decided.

    The first of a kind in the file is the first that was logged of it, and so on.
    """
    given = loading.given.get("searches", [])
    if not given:
        return
    logged: dict[tuple[str, str], list[Search]] = defaultdict(list)
    for search in loading.held.searches:
        logged[search.configuration, search.kind].append(search)
    connection = loading.act.connection
    realist = read_realist(connection)
    for each in given:
        here = realist.configurations.get(loading.ref(each, "configuration", "configuration") or "")
        if here is None or not each.get("kind"):
            continue
        said = loading.texts(each, {"decision": "decision", "reason": "reason"})
        if logged[here.id, each.get("kind")]:
            old = logged[here.id, each.get("kind")].pop(0)
            _check_decision(loading, each, said, bool(old.found))
            loading.change("negative_search", old.id, said)
            continue
        old_one = loading.held.configurations.get(here.id)
        if old_one and old_one.state:
            what = f"{here.key!r} does not stand, and no negative cases are looked for"
            loading.faults.add(each.line, what, do="Take it up first.")
            continue
        result = run_search(connection, claim_of(realist, here), each.get("kind"))
        _check_decision(loading, each, said, bool(result["found"]))
        made = {"configuration": here.id, "kind": each.get("kind"), **result}
        loading.add("negative_search", {**made, **said})
    loading.left += sum(map(len, logged.values()))
    loading.write()


def _check_decision(loading: Loading, each: Given, said: dict[str, Any], found: bool) -> None:
    """Note a decision that needs a reason and has none."""
    decision = said.get("decision")
    if decision and not said.get("reason") and (decision != "stands" or found):
        what = f"to {DECISIONS[decision]} needs a reason"
        if decision == "stands":
            what = "that the claim stands against the cases found needs a reason"
        loading.faults.add(each.at("decision"), what, do="Add 'reason:'.")
