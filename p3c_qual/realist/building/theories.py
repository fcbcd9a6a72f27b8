"""Programme theories: if, then, because; written, tested, refined, and put one in another's place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.coding.spots import clean
from p3c_qual.coding.stale import check_seen
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.realist.writing import check_fields, find, found, key_for, who, words_for
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

    from p3c_qual.opened import Opened

__all__ = [
    "STATUSES",
    "THEORY_LEVELS",
    "edit_theory",
    "is_searched",
    "refine_theory",
    "remove_theory",
    "supersede",
    "write_theory",
]

#: how far a theory is
STATUSES = {
    "initial": "Initial",
    "testing": "Being tested",
    "refined": "Refined",
    "set_aside": "Set aside",
}
#: how general it is
THEORY_LEVELS = {"programme": "Programme theory", "middle_range": "Middle-range theory"}

_NEEDS = {
    "label": "a label",
    "if_": "its if: under what circumstances",
    "then_": "its then: what comes about",
    "because": "its because: what brings it about",
}
_TEXTS = (*_NEEDS, "origin", "change")
_FIELDS = ("key", "level", "status", "programme", *_TEXTS)


def write_theory(
    study: Opened,
    label: str,
    *,
    if_: str,
    then_: str,
    because: str,
    key: str = "",
    level: str = "programme",
    origin: str = "",
    programme: str = "",
    coder: str | None = None,
    id: str | None = None,
) -> str:
    """Write an initial programme theory; returns its row id.

    Parameters
    ----------
    study : Study
    label : str
    if_, then_, because : str
        Under what circumstances, what comes about, and what brings it about.
    key : str
        Made of the label where none is given.
    level : str
        One of `THEORY_LEVELS`.
    origin : str
        Where it comes from: literature, policy, documents, those who run the programme.
    programme : str
        Key or row id; none for a theory of several.
    coder : str, optional
        Who writes it; by default who works here.
    id : str, optional
        Of the act, see `p3c_qual.store.act.begin_act`.

    Raises
    ------
    P3CError
        Naming everything that is wrong with it.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> said = {"if_": "a nurse has time", "then_": "people say more", "because": "they trust her"}
    >>> first = write_theory(study, "Time builds trust", **said)
    >>> second = refine_theory(study, first, **said, change="Only where they know each other.")
    >>> refine_theory(study, first, **said, change="Or not.")
    Traceback (most recent call last):
        ...
    p3c_qual.errors.P3CError: 'Time builds trust' has taken the place of 'Time builds trust' already. Refine that one.
    """
    words = {"label": label, "if_": if_, "then_": then_, "because": because, "origin": origin}
    with study.act("write a theory", id=id) as act:
        problems: list[Problem] = []
        given = {**words, "level": level, "status": "initial", "programme": programme}
        row = _row(act.connection, given, problems)
        row["key"] = key_for(act.connection, "theory", key, problems, base=row["label"] or "")
        if problems:
            raise P3CError(problems)
        act.say(f"write the theory {row['key']}")
        return act.insert("theory", [{**row, "coder": who(act, study, coder)}])[0]


def edit_theory(
    study: Opened,
    theory: str,
    *,
    fields: Mapping[str, str],
    was: Mapping[str, str] | None = None,
    id: str | None = None,
) -> bool:
    """Change a theory; returns whether anything changed.

    A theory counts as refined once somebody has looked for negative cases in a configuration that
    tests it, or one of the versions before it.

    Parameters
    ----------
    study : Study
    theory : str
        Key or row id.
    fields : dict of str to str
        Of ``key``, ``label``, ``if_``, ``then_``, ``because``, ``level``, ``status``, ``origin``,
        ``programme`` and ``change``.
    was : dict of str to str, optional
        By field, what was seen before.
    id : str, optional
        Of the act.

    Raises
    ------
    P3CError
        If it is gone, somebody has changed it since it was seen, or a value is at fault.
    """
    with study.act("edit a theory", id=id) as act:
        old = found(act.connection, "theory", theory)
        act.say(f"edit the theory {old['key']}")
        check_seen(act, "theory", old["id"], {k: v for k, v in (was or {}).items() if k in _FIELDS})
        problems: list[Problem] = []
        row = _row(act.connection, fields, problems)
        if "key" in row:
            words_for({"key": row["key"] or ""}, {"key": "a key"}, "a theory", problems)
            key_for(act.connection, "theory", row["key"] or "", problems, own=old["id"])
        if row.get("status") == "refined" != old["status"]:
            _check_searched(act.connection, old["id"], problems)
        if problems:
            raise P3CError(problems)
        return bool(act.update("theory", {old["id"]: row}))


def refine_theory(
    study: Opened,
    theory: str,
    *,
    if_: str,
    then_: str,
    because: str,
    change: str,
    label: str = "",
    key: str = "",
    status: str = "testing",
    coder: str | None = None,
    id: str | None = None,
) -> str:
    """Write a theory that takes the place of another, which stays as it was; returns its row id.

    Parameters
    ----------
    study : Study
    theory : str
        Key or row id of the one that is refined.
    if_, then_, because : str
    change : str
        What is different, and why.
    label : str
        By default that of the theory before.
    key : str
        By default the key of the first version with the number of this one.
    status : str
        One of `STATUSES`.
    coder : str, optional
        Who writes it; by default who works here.
    id : str, optional
        Of the act.

    Raises
    ------
    P3CError
        Naming everything that is wrong; a theory that another one has taken the place of already
        is refused, naming that one.
    """
    with study.act("refine a theory", id=id) as act:
        old = found(act.connection, "theory", theory)
        act.say(f"refine the theory {old['key']}")
        problems: list[Problem] = []
        words = {"if_": if_, "then_": then_, "because": because, "change": change}
        named = clean(label) or old["label"] or ""
        row = _row(act.connection, {"label": named, **words, "status": status}, problems)
        words_for({"change": row["change"] or ""}, {"change": _CHANGE}, "a refinement", problems)
        if other := _taken(act.connection, old["id"]):
            problems.append(_has_taken(other, old, "Refine that one."))
        if row["status"] == "refined":
            _check_searched(act.connection, old["id"], problems)
        before = _before(act.connection)
        versions = _back(before, old["id"])
        first = found(act.connection, "theory", versions[-1])["key"]
        base = f"{first.partition('~')[0][:60]}_{len(versions)}"
        row["key"] = key_for(act.connection, "theory", key, problems, base=base)
        if problems:
            raise P3CError(problems)
        row |= {"supersedes": old["id"], "level": old["level"], "programme": old["programme"]}
        return act.insert("theory", [{**row, "coder": who(act, study, coder)}])[0]


_CHANGE = "its change: what is different, and why"


def supersede(
    study: Opened, theory: str, other: str, *, change: str = "", id: str | None = None
) -> bool:
    """Say that one theory takes the place of another; returns whether anything changed.

    Parameters
    ----------
    study : Study
    theory : str
        Key or row id.
    other : str
        Key or row id of the one whose place it takes; empty, and it takes none.
    change : str
        What is different, and why.
    id : str, optional
        Of the act.

    Raises
    ------
    P3CError
        If a theory would take its own place, or that of one it led to, or of one whose place
        another has taken.
    """
    with study.act("put a theory in the place of another", id=id) as act:
        mine = found(act.connection, "theory", theory)
        if not other:
            act.say(f"let the theory {mine['key']} take the place of none")
            return bool(act.update("theory", {mine["id"]: {"supersedes": None, "change": None}}))
        old = found(act.connection, "theory", other)
        act.say(f"put the theory {mine['key']} in the place of {old['key']}")
        problems = []
        if mine["id"] == old["id"]:
            what = f"the theory {mine['label']!r} cannot take its own place"
            problems.append(Problem(what, do="Name another one, or refine it.", code="itself"))
        elif mine["id"] in _back(_before(act.connection), old["id"]):
            what = f"{mine['label']!r} cannot take the place of {old['label']!r}, which it led to"
            do = "Of two theories the later one takes the place of the earlier one."
            problems.append(Problem(what, do=do, code="cycle"))
        elif (taken := _taken(act.connection, old["id"])) and taken["id"] != mine["id"]:
            problems.append(_has_taken(taken, old, "Take the place of that one, or end it first."))
        if problems:
            raise P3CError(problems)
        row = {"supersedes": old["id"]}
        if words := clean(change):
            row["change"] = words
        return bool(act.update("theory", {mine["id"]: row}))


def remove_theory(study: Opened, theory: str, *, id: str | None = None) -> dict[str, int]:
    """Take a theory away; its configurations and memos stay, and are of no theory then.

    What speaks for or against the theory as a whole goes with it. A later version takes the place
    of the one before it.

    Parameters
    ----------
    study : Study
    theory : str
        Key or row id.
    id : str, optional
        Of the act.

    Returns
    -------
    dict of str to int
        How much ``evidence`` went with it, and how many ``configurations`` tested it.

    Raises
    ------
    P3CError
        If it is gone already, with who took it away.
    """
    with study.act("remove a theory", id=id) as act:
        old = found(act.connection, "theory", theory)
        act.say(f"remove the theory {old['key']}")

        def mine(table: str, column: str = "theory") -> list[str]:
            rows = ROWS[table]
            wanted = select(rows.c.id).where(rows.c[column] == old["id"])
            return list(act.connection.scalars(wanted))

        evidence = act.delete("evidence", mine("evidence"))
        tested = mine("configuration")
        act.update("configuration", {row: {"theory": None} for row in tested})
        act.update("inference", {row: {"theory": None} for row in mine("inference")})
        later = {row: {"supersedes": old["supersedes"]} for row in mine("theory", "supersedes")}
        act.update("theory", later)
        act.delete("theory", [old["id"]])
        return {"evidence": evidence, "configurations": len(tested)}


def is_searched(connection: Connection, theory: str) -> bool:
    """Say whether negative cases were looked for where this theory, or one before it, is tested.

    Parameters
    ----------
    connection : sqlalchemy.Connection
    theory : str
        Row id.
    """
    search, config = ROWS["negative_search"], ROWS["configuration"]
    wanted = (
        select(search.c.id)
        .join(config, config.c.id == search.c.configuration)
        .where(
            config.c.theory.in_(_back(_before(connection), theory)),
            config.c.state.is_distinct_from("set_aside"),
        )
        .limit(1)
    )
    return connection.scalar(wanted) is not None


def _row(
    connection: Connection, fields: Mapping[str, str], problems: list[Problem]
) -> dict[str, Any]:
    """Return fields as they are stored, and note what is wrong with them."""
    given = check_fields(fields, _FIELDS, "a theory", problems)
    words_for(given, _NEEDS, "a theory", problems)
    for name, valid, what in (
        ("level", THEORY_LEVELS, "level of a theory"),
        ("status", STATUSES, "status of a theory"),
    ):
        if (value := given.get(name)) is not None and value not in valid:
            said = f"{value[:60]!r} is no {what}"
            problems.append(Problem(said, "", tuple(valid), nearest(value, valid)))
    row: dict[str, Any] = {name: value or None for name, value in given.items()}
    if "programme" in given:
        programme = find(connection, "programme", given["programme"], problems)
        row["programme"] = programme and programme["id"]
    return row


def _check_searched(connection: Connection, theory: str, problems: list[Problem]) -> None:
    if not is_searched(connection, theory):
        what = "a theory counts as refined once somebody has looked for negative cases"
        do = "Look for negative cases in a configuration that tests it; a search that finds none counts."  # fmt: skip
        problems.append(Problem(what, do=do, code="unsearched"))


def _before(connection: Connection) -> dict[str, str | None]:
    rows = ROWS["theory"]
    return dict(connection.execute(select(rows.c.id, rows.c.supersedes)).all())


def _back(before: Mapping[str, str | None], theory: str) -> list[str]:
    """Return a theory and those whose place it took in the end, the latest first."""
    path: list[str] = []
    at: str | None = theory
    while at is not None and at in before and at not in path:
        path.append(at)
        at = before[at]
    return path


def _taken(connection: Connection, theory: str) -> Any:
    """Return the theory that has taken the place of this one."""
    rows = ROWS["theory"]
    wanted = select(rows).where(rows.c.supersedes == theory).order_by(rows.c.id)
    return connection.execute(wanted).mappings().first()


def _has_taken(one: Any, other: Any, do: str) -> Problem:
    what = f"{one['label']!r} has taken the place of {other['label']!r} already"
    return Problem(what, do=do, code="superseded")
