"""Links between configurations: one nested in another, or an outcome that becomes a context."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from p3c_qual.coding.spots import clean, ids_for
from p3c_qual.errors import P3CError, Problem
from p3c_qual.realist.building.elements import insert_elements
from p3c_qual.realist.read import find_configuration, read_links
from p3c_qual.realist.writing import check_stands, find, found, shorten, who

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

    from p3c_qual.opened import Opened
    from p3c_qual.realist.model import Configuration, Element
    from p3c_qual.store.act import Act

__all__ = ["chain", "nest", "unlink", "wholes"]


def nest(
    study: Opened,
    configuration: str,
    into: str,
    *,
    reason: str = "",
    coder: str | None = None,
    id: str | None = None,
) -> str:
    """Say that a configuration is part of a larger one; returns the link's row id.

    Parameters
    ----------
    study : Study
    configuration, into : str
        Keys or row ids of the part and the whole.
    reason : str
    coder : str, optional
        Who says so; by default who works here.
    id : str, optional
        Of the act, see `p3c_qual.store.act.begin_act`.

    Raises
    ------
    P3CError
        If it would be part of itself, directly or through others, or of a second whole.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> from p3c_qual.realist.building.configurations import make_configuration
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> one, two = [make_configuration(study, label=name) for name in ("Ward", "Hospital")]
    >>> _ = nest(study, "c1", "c2")
    >>> nest(study, "c2", "c1")
    Traceback (most recent call last):
        ...
    p3c_qual.errors.P3CError: c1 is part of c2 already, so that c2 cannot be part of c1. Take that link away first.
    """
    with study.act("nest a configuration", id=id) as act:
        part, whole = _ends(act.connection, configuration, into)
        act.say(f"nest {part.key} in {whole.key}")
        if part.id == whole.id:
            raise P3CError(Problem(f"{part.key} cannot be part of itself", code="itself"))
        name = _there(act.connection, "part_of", part.id, whole.id)
        if name:
            return name
        up = wholes(act.connection)
        problems = []
        if other := up.get(part.id):
            key = find_configuration(act.connection, other).key
            what = f"{part.key} is part of {key} already; it can be part of one at a time"
            problems.append(Problem(what, do="Take that link away first.", code="second"))
        if part.id in above(up, whole.id):
            what = f"{whole.key} is part of {part.key} already, so that {part.key} cannot be part of {whole.key}"  # fmt: skip
            problems.append(Problem(what, do="Take that link away first.", code="cycle"))
        if problems:
            raise P3CError(problems)
        row = {"relation": "part_of", "configuration": part.id, "other": whole.id}
        return _insert(act, row, reason, who(act, study, coder))


def chain(
    study: Opened,
    configuration: str,
    other: str,
    *,
    outcome: str,
    context: str = "",
    reason: str = "",
    coder: str | None = None,
    id: str | None = None,
) -> str:
    """Say that the outcome of one configuration becomes a context of another.

    A circle of such links is a feedback loop, and allowed.

    Parameters
    ----------
    study : Study
    configuration, other : str
        Keys or row ids of the earlier one and the later one.
    outcome : str
        Row id of an outcome of the earlier one.
    context : str
        Row id of a context of the later one; by default the one that says the same as the
        outcome, which is made if there is none.
    reason : str
    coder : str, optional
        Who says so; by default who works here.
    id : str, optional
        Of the act.

    Returns
    -------
    str
        The link's row id.

    Raises
    ------
    P3CError
        If the outcome would lead to itself or into its own configuration, or the elements are
        none of these configurations.
    """
    with study.act("chain two configurations", id=id) as act:
        first, second = _ends(act.connection, configuration, other)
        act.say(f"chain {first.key} to {second.key}")
        problems = []
        if first.id == second.id or outcome == context:
            what = f"an outcome of {first.key} cannot lead into {first.key} itself"
            do = "Chain it to another configuration; a circle of several is a feedback loop."
            problems.append(Problem(what, do=do, code="itself"))
        end = _element(act.connection, first, outcome, "outcome", problems)
        begin = _element(act.connection, second, context, "context", problems) if context else None
        if end is None or problems:
            raise P3CError(problems)
        name = begin.id if begin else _context(act, first, second, end)
        ends = {"outcome": end.id, "context": name}
        if there := _there(act.connection, "outcome_becomes_context", first.id, second.id, **ends):
            return there
        row = {"relation": "outcome_becomes_context", "configuration": first.id}
        row |= {"other": second.id, **ends}
        return _insert(act, row, reason, who(act, study, coder))


def unlink(study: Opened, link: str, *, id: str | None = None) -> None:
    """Take a link away; a context that was made for it stays.

    Parameters
    ----------
    study : Study
    link : str
        Row id.
    id : str, optional
        Of the act.

    Raises
    ------
    P3CError
        If it is gone already, with who took it away.
    """
    with study.act("take a link away", id=id) as act:
        row = found(act.connection, "link", link)
        act.delete("link", [row["id"]])


def wholes(connection: Connection) -> dict[str, str]:
    """Return by configuration the one it is part of (row ids), where that counts."""
    return {
        each.configuration: each.other
        for each in read_links(connection)
        if each.relation == "part_of" and each.counts
    }


def above(up: Mapping[str, str], configuration: str) -> list[str]:
    """Return what a configuration is part of, directly or through others, the nearest first."""
    path: list[str] = []
    while (configuration := up.get(configuration, "")) and configuration not in path:
        path.append(configuration)
    return path


def _ends(connection: Connection, one: str, other: str) -> tuple[Configuration, Configuration]:
    problems: list[Problem] = []
    ends = []
    for name in (one, other):
        try:
            ends.append(find_configuration(connection, name))
        except P3CError as error:
            problems += error.problems
    if problems:
        raise P3CError(problems)
    check_stands(*dict.fromkeys(ends))
    return ends[0], ends[1]


def _there(connection: Connection, relation: str, one: str, other: str, **ends: str) -> str | None:
    """Return the link (row id) that says this already and counts."""
    for each in read_links(connection):
        if (each.relation, each.configuration, each.other) == (relation, one, other) and all(
            getattr(each, name) == value for name, value in ends.items()
        ):
            return each.id if each.counts else None
    return None


def _insert(act: Act, row: Mapping[str, Any], reason: str, coder: str) -> str:
    (name,) = ids_for(act, "link", [[str(value) for value in row.values()]])
    made = {**row, "id": name, "reason": clean(reason) or None, "coder": coder}
    return act.insert("link", [made])[0]


def _element(
    connection: Connection,
    configuration: Configuration,
    name: str,
    role: str,
    problems: list[Problem],
) -> Element | None:
    """Return an element of a configuration, or note why it is none that is meant."""
    for each in configuration.elements:
        if each.id == name:
            if each.role == role:
                return each
            called = "outcome" if role == "outcome" else "context"
            what = f"the element of {configuration.key} that was named is no {called}"
            problems.append(Problem(what))
            return None
    if not name:
        problems.append(Problem(f"it is not said which {role} of {configuration.key} is meant"))
    elif find(connection, "element", name, problems) is not None:
        what = f"the {role} belongs to another configuration than {configuration.key}"
        problems.append(Problem(what))
    return None


def _context(act: Act, first: Configuration, second: Configuration, outcome: Element) -> str:
    """Return the context of a later configuration that says the same as an outcome."""
    words = outcome.text or shorten(
        next((each.quote for each in first.voices(outcome.id) if not each.absent), "")
    )
    if not words:
        what = f"the outcome of {first.key} has no words yet that could become a context"
        raise P3CError(Problem(what, do="Write what the outcome is, or name a context."))
    same = [each for each in second.of_role("context") if _fold(each.text) == _fold(words)]
    if same:
        return same[0].id
    # two people who chain the same in copies of a study make one context
    (name,) = ids_for(act, "element", [(second.id, "context", outcome.id)])
    row = {"id": name, "role": "context", "text": words, "level": outcome.level or None}
    return insert_elements(act, second.id, [{**row, "code": outcome.code}])[0]


def _fold(words: str) -> str:
    return " ".join(words.casefold().split())
