"""How the theories came to be what they are: version by version, what changed and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.realist.building.theories import STATUSES, THEORY_LEVELS
from p3c_qual.realist.judging.profile import AGAINST, FOR, profile_of
from p3c_qual.realist.negative.search import DECISIONS, SEARCHES
from p3c_qual.realist.outputs.held import by_key, of_words, read_held
from p3c_qual.store.schema import act, event

if TYPE_CHECKING:
    import pandas as pd
    from sqlalchemy import Connection

    from p3c_qual.realist.model import Configuration, Search, Theory
    from p3c_qual.realist.outputs.held import Held
    from p3c_qual.study import Study

__all__ = ["HEADINGS", "table_evolution"]

HEADINGS = {
    "line": "Line",
    "key": "Theory",
    "version": "Version",
    "label": "Label",
    "level": "Level",
    "status": "Status",
    "programme": "Programme",
    "if_": "If",
    "then_": "then",
    "because": "because",
    "origin": "Origin",
    "changed": "Changed",
    "change": "What changed, and why",
    "configurations": "Configurations",
    "tests": "Tested by",
    "theory_supports": "On the theory: for it",
    "theory_contradicts": "against it",
    "theory_rival": "rival",
    "theory_open": "open",
    "searches": "Searches",
    "searched": "Searches for negative cases",
    "written": "Written (UTC)",
    "who": "By",
    "touched": "Last changed (UTC)",
    "touched_by": "By whom",
}
_ON_THEORY = ("theory_supports", "theory_contradicts", "theory_rival", "theory_open")
_PARTS = {"if_": "the if", "then_": "the then", "because": "the because"}


def table_evolution(study: Study, *, theory: str = "") -> pd.DataFrame:
    """Follow every programme theory from its initial version to the last, with what made it change.

    Parameters
    ----------
    study : Study
    theory : str
        Key or row id of any version; only the line of versions it stands in.

    Returns
    -------
    DataFrame
        One row a version, those of one line together: ``line`` (key of its first version),
        ``key``, ``version`` (int, 0 for the initial one), ``label``, ``level``, ``status``,
        ``programme``, ``if_``, ``then_``, ``because``, ``origin``, ``changed`` (which of the
        three parts are not as before), ``change`` (what is different and why, as it was
        written), ``configurations`` (str, keys of those that test it and stand), ``tests`` (str, a
        line for each of these: the direction of its outcome, and how many passages speak for and
        against the configuration), ``theory_supports`` (supporting or refining),
        ``theory_contradicts``, ``theory_rival``, ``theory_open`` (int, passages on the theory as a
        whole; open are those that contradict or offer a rival, and nothing was
        decided), ``searches`` (int),
        ``searched`` (str, a line a search), ``written``, ``who``, ``touched``, ``touched_by``
        (str, from the journal: when and by whom it was written, and last changed). ``attrs``:
        ``caption``, ``unit``, ``denominators``, ``notes``.

    Raises
    ------
    P3CError
        If the theory is unknown.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> table_evolution(study).attrs["denominators"]
    {'lines': 0, 'versions': 0, 'refined': 0, 'configurations': 0}
    """
    import pandas as pd

    with study.store.read() as connection:
        held = read_held(study, connection)
        told = _journal(connection)
    theories = held.realist.theories
    first = {name: held.realist.chain(name)[0].key for name in theories}
    if named := held.named("theory", theory):
        theories = {name: each for name, each in theories.items() if first[name] == first[named]}
        first = {name: first[name] for name in theories}
    order = sorted(
        theories.values(),
        key=lambda each: (by_key(first[each.id]), each.version, by_key(each.key)),
    )
    rows = [{"line": first[each.id], **_row(held, each), **told.get(each.id, {})} for each in order]
    numbers = ("version", *_ON_THEORY, "searches")
    frame = pd.DataFrame(rows, columns=list(HEADINGS))
    frame = frame.astype(dict.fromkeys(numbers, "int64")).fillna("")
    title = " ".join(["How the programme theories changed", *of_words(theory)])
    frame.attrs = {
        "title": title,
        "caption": title,
        "unit": "versions of theories; passages of evidence on each",
        "denominators": {
            "lines": len({*first.values()}),
            "versions": len(rows),
            "refined": sum(each.status == "refined" for each in order),
            "configurations": sum(each.theory in theories for each in held.realist.standing),
        },
        "headings": dict(HEADINGS),
        "shown": [
            *("key", "version", "status", "if_", "then_", "because"),
            *(*_ON_THEORY, "written"),
        ],
        "under": ["change", "tests", "searched"],
        "beneath": {
            "key": "label",
            "because": "origin",
            "status": "level",
            "written": "who",
        },
        "anchor": "key",
        "notes": [
            (
                "The passages of a configuration speak for or against that configuration. Whether it "
                "bears the theory out depends on what it came to: where that is the opposite, what "
                "speaks for the configuration speaks against the theory. They are therefore not added "
                "up. Supporting takes in refining passages."
            ),
            *held.not_standing(),
        ],
    }
    return frame


def _row(held: Held, theory: Theory) -> dict[str, Any]:
    realist = held.realist
    before = realist.theories.get(theory.supersedes or "")
    tests = sorted(realist.tests(theory.id), key=lambda each: by_key(each.key))
    keys = {each.id: each.key for each in tests}
    loose = [each for each in realist.loose if each.theory == theory.id]
    searches = [each for each in realist.searches if each.configuration in keys]
    return {
        "key": theory.key,
        "version": theory.version,
        "label": theory.label,
        "level": THEORY_LEVELS.get(theory.level, theory.level),
        "status": STATUSES.get(theory.status, theory.status),
        "programme": held.programmes.get(theory.programme or "", ""),
        "if_": theory.if_,
        "then_": theory.then_,
        "because": theory.because,
        "origin": theory.origin,
        "changed": ", ".join(
            said
            for name, said in _PARTS.items()
            if before is not None and getattr(before, name) != getattr(theory, name)
        ),
        "change": theory.change,
        "configurations": ";".join(keys.values()),
        "tests": "\n".join(_tested(held, each) for each in tests),
        "theory_supports": sum(each.role in FOR and not each.absent for each in loose),
        "theory_contradicts": sum(each.role == "contradicts" for each in loose),
        "theory_rival": sum(each.role == "rival" for each in loose),
        "theory_open": sum(each.role in AGAINST and not each.resolution for each in loose),
        "searches": len(searches),
        "searched": "\n".join(_said(keys[each.configuration], each) for each in searches),
    }


def _tested(held: Held, each: Configuration) -> str:
    """Return what a configuration came to, and how many passages speak for and against it."""
    profile = profile_of(each, held.voices)
    counts = {
        "for it": profile.supports + profile.refines,
        "against it": profile.contradicts,
        "rival": profile.rival,
        "open": profile.open,
    }
    # two outcomes that both improve came to one direction
    ways = dict.fromkeys(held.of_outcomes(each, "direction").split("; "))
    came = "; ".join(ways) or "no outcome"
    return f"{each.key}, {came}: {', '.join(f'{n} {what}' for what, n in counts.items() if n) or 'no passage'}"


def _said(key: str, search: Search) -> str:
    decision = DECISIONS.get(search.decision, search.decision) or "open"
    found = f"{len(search.found)} found, {len(search.silent)} silent"
    why = f" ({search.reason})" if search.reason else ""
    return f"{key}, {SEARCHES.get(search.kind, search.kind)}: {found}; {decision}{why}"


def _journal(connection: Connection) -> dict[str, dict[str, str]]:
    """Return when and by whom each theory was written, and last changed."""
    wanted = (
        select(event.c.row, act.c.at, act.c.actor)
        .join(act, act.c.id == event.c.act)
        .where(event.c.tbl == "theory")
        .order_by(event.c.clock, event.c.seq)
    )
    told: dict[str, dict[str, str]] = {}
    for row, at, actor in connection.execute(wanted):
        when = str(at)[:16].replace("T", " ")
        one = told.setdefault(row, {"written": when, "who": actor})
        one |= {"touched": when, "touched_by": actor}
    return told
