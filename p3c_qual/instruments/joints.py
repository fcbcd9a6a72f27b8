"""Joint displays: numbers beside themes, with how they fit as the author judges it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.coding.names import read_codes
from p3c_qual.coding.spots import clean
from p3c_qual.coding.stale import check_seen
from p3c_qual.coding.standing import gone
from p3c_qual.description.naming import name_where, where_row
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.instruments.definition import DOMAINS
from p3c_qual.instruments.register import find_instrument, read_held
from p3c_qual.realist.writing import check_fields, who
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection

    from p3c_qual.opened import Opened

__all__ = ["FITS", "edit_joint", "remove_joint", "write_joint"]

#: how numbers and themes fit, as the author judges it
FITS = {
    "confirmation": "Confirmation",
    "discordance": "Discordance",
    "expansion": "Expansion",
}
_FIELDS = ("domain", "instrument", "scale", "inference", "fit")


def write_joint(
    study: Opened,
    domain: str,
    *,
    instrument: str = "",
    scale: str = "",
    themes: Sequence[str] = (),
    quotes: Sequence[str] = (),
    configurations: Sequence[str] = (),
    inference: str = "",
    fit: str = "",
    programme: str = "",
    site: str = "",
    country: str = "",
    coder: str | None = None,
    id: str | None = None,
) -> str:
    """Put numbers beside themes; returns the row id.

    Parameters
    ----------
    study : Study
    domain : str
        ``patient``, ``practitioner``, ``organisation`` or ``cost``.
    instrument, scale : str
        Where the numbers come from; both may be left open, as may the themes.
    themes : sequence of str
        Codes.
    quotes, configurations : sequence of str
        Keys.
    inference : str
        What follows from the two together.
    fit : str
        ``confirmation``, ``discordance`` or ``expansion``; the author's word.
    programme, site, country : str
        What it is about; all empty: the study as a whole.
    coder : str, optional
        Whose work it is; by default who works here.
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
    >>> row = write_joint(study, "patient", inference="Nothing was measured yet.")
    >>> edit_joint(study, row, fields={"fit": "expansion"})
    True
    """
    fields = {
        "domain": domain,
        "instrument": instrument,
        "scale": scale,
        "inference": inference,
        "fit": fit,
    }
    lists = {"themes": themes, "quotes": quotes, "configurations": configurations}
    with study.act("write a joint display", id=id) as act:
        place = name_where(act.connection, programme=programme, site=site, country=country)
        row = _row(act.connection, fields, lists)
        row |= {**where_row(place), "coder": who(act, study, coder)}
        return act.insert("joint", [row])[0]


def edit_joint(
    study: Opened,
    joint: str,
    *,
    fields: Mapping[str, str] | None = None,
    themes: Sequence[str] | None = None,
    quotes: Sequence[str] | None = None,
    configurations: Sequence[str] | None = None,
    was: Mapping[str, str] | None = None,
    id: str | None = None,
) -> bool:
    """Change a joint display; returns whether anything changed.

    Parameters
    ----------
    study : Study
    joint : str
        Row id.
    fields : dict of str to str, optional
        Of ``domain``, ``instrument``, ``scale``, ``inference`` and ``fit``.
    themes, quotes, configurations : sequence of str, optional
        The whole list, where it is another one.
    was : dict of str to str, optional
        By field, what was seen before.
    id : str, optional
        Of the act.

    Raises
    ------
    P3CError
        If it is gone, somebody has changed it since it was seen, or a value is at fault.
    """
    given = {"themes": themes, "quotes": quotes, "configurations": configurations}
    lists = {name: some for name, some in given.items() if some is not None}
    with study.act("edit a joint display", id=id) as act:
        old = _found(act.connection, joint)
        seen = {name: value for name, value in (was or {}).items() if name in _FIELDS}
        keys = {row: each.key for row, each in read_held(act.connection).items()}
        if seen.get("instrument") and seen["instrument"] == keys.get(old["instrument"] or ""):
            seen["instrument"] = old["instrument"]
        check_seen(act, "joint", old["id"], seen)
        row = _row(act.connection, dict(fields or {}), lists, old)
        return bool(act.update("joint", {old["id"]: row}))


def remove_joint(study: Opened, joint: str, *, id: str | None = None) -> bool:
    """Take a joint display away, with the places it names; returns True.

    Parameters
    ----------
    study : Study
    joint : str
        Row id.
    id : str, optional
        Of the act.

    Raises
    ------
    P3CError
        If it is gone already.
    """
    citation = ROWS["citation"]
    with study.act("remove a joint display", id=id) as act:
        old = _found(act.connection, joint)
        mine = (citation.c.about == "joint") & (citation.c.target == old["id"])
        act.delete("citation", list(act.connection.scalars(select(citation.c.id).where(mine))))
        return bool(act.delete("joint", [old["id"]]))


def _found(connection: Connection, joint: str) -> dict[str, Any]:
    rows = ROWS["joint"]
    row = connection.execute(select(rows).where(rows.c.id == joint)).mappings().first()
    if row is None:
        said = gone(connection, "joint", joint)
        taken = "took it away" in said.what
        what = said.what.replace("joint", "joint display", 1) if taken else "there is no such joint display"  # fmt: skip
        raise P3CError(Problem(what, do=said.do, code="gone"))
    return dict(row)


def _row(
    connection: Connection,
    fields: Mapping[str, str],
    lists: Mapping[str, Sequence[str]],
    old: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return what is given as it is stored.

    Raises
    ------
    P3CError
        Naming everything that is wrong with it.
    """
    problems: list[Problem] = []
    row: dict[str, Any] = {
        name: value or None
        for name, value in check_fields(fields, _FIELDS, "a joint display", problems).items()
    }
    for name, valid, called in (("domain", DOMAINS, "domain"), ("fit", FITS, "fit")):
        value = row.get(name)
        if value and value not in valid:
            what = f"{value[:60]!r} is no {called}"
            problems.append(Problem(what, "", tuple(valid), nearest(value, valid)))
    if "domain" in row and not row["domain"]:
        problems.append(Problem("a joint display needs a domain", "", tuple(DOMAINS)))
    if row.get("instrument"):
        try:
            row["instrument"] = find_instrument(connection, row["instrument"])[0]
        except P3CError as error:
            problems += error.problems
            row.pop("instrument")
            row.pop("scale", None)
    _check_scale(connection, row, old or {}, problems)
    for name, some in lists.items():
        row[name] = _keys(connection, name, some, problems)
    if problems:
        raise P3CError(problems)
    return row


def _check_scale(
    connection: Connection, row: dict[str, Any], old: Mapping[str, Any], problems: list[Problem]
) -> None:
    if "instrument" in row and row["instrument"] != old.get("instrument"):
        # a scale of another instrument says nothing any more
        row.setdefault("scale", None)
    scale = row.get("scale")
    if not scale:
        return
    owner = row["instrument"] if "instrument" in row else old.get("instrument")
    made = read_held(connection).get(owner or "")
    if made is None:
        what = f"it is not said of which instrument the scale {scale[:60]!r} is"
        problems.append(Problem(what, do="Name the instrument too."))
    elif scale not in (valid := tuple(each.id for each in made.printed)):
        what = f"{made.label} has no scale {scale[:60]!r}"
        problems.append(Problem(what, "", valid, nearest(scale, valid)))


def _keys(
    connection: Connection, name: str, some: Sequence[str], problems: list[Problem]
) -> list[str]:
    """Return keys as they are stored, each once: of a code with its codebook."""
    wanted = list(dict.fromkeys(clean(each) for each in some if each.strip()))
    if name == "themes":
        found = []
        codes = read_codes(connection) if wanted else None
        for each in wanted:
            code = codes.find(each) if codes else None
            if isinstance(code, Problem):
                problems.append(code)
            elif code:
                found.append(f"{code.codebook}:{code.key}")
        return found
    table = ROWS[name.removesuffix("s")]
    known: dict[str, str] = {}
    for row in connection.execute(select(table.c.id, table.c.key)) if wanted else ():
        known |= {row.key: row.key, row.id: row.key}
    for each in wanted:
        if each not in known:
            valid = tuple(sorted(set(known.values())))
            what = f"there is no {name.removesuffix('s')} {each[:60]!r}"
            problems.append(Problem(what, "", valid, nearest(each, valid), code="gone"))
    return [known[each] for each in wanted if each in known]
