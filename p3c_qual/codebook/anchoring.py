"""Anchor examples that are links to coded passages.

An anchor shows what a definition means; it decides nothing. So it may be added to a codebook that
is frozen too, and an edition keeps those of its time.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.codebook.code import Anchor
from p3c_qual.codebook.tree import tree_of
from p3c_qual.coding.names import read_codes
from p3c_qual.coding.standing import gone
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from p3c_qual.opened import Opened
    from p3c_qual.store.act import Act

__all__ = ["add_anchor", "mark_prototype", "place_of", "remove_anchor"]

#: the level of a scale that stands outside its order
NOT_RATABLE = "not_ratable"


def place_of(anchor: Anchor) -> str:
    """Return how an anchor is named: its place, or its words where it is linked to none.

    Examples
    --------
    >>> place_of(Anchor("We meet.", "IP01", 3, 11)), place_of(Anchor("We meet.", invented=True))
    ('IP01@3-11', 'We meet.')
    """
    linked = f"{anchor.source}@{anchor.start}-{anchor.end}"
    return linked if anchor.linked else anchor.quote


def add_anchor(
    study: Opened,
    code: str,
    coding: str,
    *,
    prototype: bool = False,
    level: str = "",
    id: str | None = None,
) -> str:
    """Make a coded passage an anchor example of its code.

    Parameters
    ----------
    study : Study
    code : str
        Row id, key or codebook:key.
    coding : str
        Row id of a coding with that code.
    prototype : bool
        Whether it is the clearest example.
    level : str, optional
        Of an ordinal code the value of the level it shows, or ``not_ratable``.
    id : str, optional
        Of the act.

    Returns
    -------
    str
        The anchor's place, ``SOURCE@START-END``; an anchor that stands there already stays, and
        takes the mark.

    Raises
    ------
    P3CError
        If there is no such code, coding or level, or the coding has another code.
    """
    with study.act("add an anchor", id=id) as act:
        _, name = tree_of(act.connection, code)
        label = read_codes(act.connection).label(name)
        made = _anchor(act, name, label, coding, prototype=prototype)
        place = place_of(made)
        lists = _lists(act, name)
        at = _level(lists, level, label)
        if all(place_of(each) != place for each in lists[at]):
            lists[at].append(made)
        elif prototype:
            lists[at] = [_marked(each, place, prototype=True) for each in lists[at]]
        _write(act, name, lists)
        act.say(f"add an anchor to {label}: {place}")
        return place


def _anchor(act: Act, code: str, label: str, coding: str, *, prototype: bool) -> Anchor:
    table, src = ROWS["coding"], ROWS["source"]
    found = act.connection.execute(
        select(table, src.c.key.label("source_key"), src.c.text.label("present"))
        .join(src, src.c.id == table.c.source)
        .where(table.c.id == coding)
    ).first()
    if found is None:
        raise P3CError(gone(act.connection, "coding", coding))
    place = f"{found.start}-{found.end} of {found.source_key!r}"
    if found.code != code:
        given = read_codes(act.connection).label(found.code)
        do = f"Code the passage with {label!r} first, or choose one of its own."
        raise P3CError(Problem(f"{place} is coded with {given!r}, not with {label!r}", do=do))
    if found.text != found.present:
        what = f"{place} was coded in an earlier version of the text"
        raise P3CError(Problem(what, do="Choose a passage of the present text."))
    return Anchor(found.quote or "", found.source_key, found.start, found.end, prototype=prototype)


def remove_anchor(study: Opened, code: str, anchor: str, *, id: str | None = None) -> None:
    """Take an anchor example away; the coding it came from stays.

    Parameters
    ----------
    study : Study
    code : str
        Row id, key or codebook:key.
    anchor : str
        Its place as ``SOURCE@START-END``, or its words where it is linked to none.
    id : str, optional
        Of the act.

    Raises
    ------
    P3CError
        If the code has no such anchor; the nearest is named.
    """
    with study.act("remove an anchor", id=id) as act:
        _, name = tree_of(act.connection, code)
        lists = _lists(act, name)
        label = read_codes(act.connection).label(name)
        _there(lists, anchor, label)
        kept = {
            at: [each for each in some if place_of(each) != anchor] for at, some in lists.items()
        }
        _write(act, name, kept)
        act.say(f"remove an anchor of {label}: {anchor[:60]}")


def mark_prototype(
    study: Opened, code: str, anchor: str, *, prototype: bool = True, id: str | None = None
) -> None:
    """Mark an anchor as the clearest example of its code, or take the mark off.

    Parameters and raises as `remove_anchor`.
    """
    with study.act("mark a prototype", id=id) as act:
        _, name = tree_of(act.connection, code)
        lists = _lists(act, name)
        label = read_codes(act.connection).label(name)
        _there(lists, anchor, label)
        marked = {
            at: [_marked(each, anchor, prototype=prototype) for each in some]
            for at, some in lists.items()
        }
        _write(act, name, marked)
        said = "the prototype" if prototype else "no prototype"
        act.say(f"mark an anchor of {label} as {said}: {anchor[:60]}")


def _marked(anchor: Anchor, place: str, *, prototype: bool) -> Anchor:
    return replace(anchor, prototype=prototype) if place_of(anchor) == place else anchor


def _there(lists: dict[str, list[Anchor]], anchor: str, label: str) -> None:
    valid = tuple(place_of(each) for some in lists.values() for each in some)
    if anchor not in valid:
        what = f"{label!r} has no anchor {anchor[:60]!r}"
        raise P3CError(Problem(what, "", valid, nearest(anchor, valid)))


def _level(lists: dict[str, list[Anchor]], level: str, label: str) -> str:
    if level in lists:
        return level
    valid = tuple(name for name in lists if name)
    what = f"{label!r} has no level {level!r}"
    raise P3CError(Problem(what, "", valid, nearest(level, valid)))


def _lists(act: Act, code: str) -> dict[str, list[Anchor]]:
    """Return the anchors of a code by the level they show; those of the code itself under ""."""
    row = _row(act, code)
    extra = row["extra"] or {}
    levels = {str(each["value"]): each for each in extra.get("levels", ())}
    if unrated := extra.get("not_ratable"):
        levels[NOT_RATABLE] = unrated
    forms = {"": row["anchors"] or (), **{at: each["anchors"] for at, each in levels.items()}}
    return {at: [Anchor(**form) for form in some] for at, some in forms.items()}


def _write(act: Act, code: str, lists: dict[str, list[Anchor]]) -> None:
    row = _row(act, code)
    forms = {at: [asdict(each) for each in some] for at, some in lists.items()}
    fields: dict[str, Any] = {"anchors": forms[""]}
    if len(forms) > 1:
        extra = dict(row["extra"])
        extra["levels"] = [
            {**each, "anchors": forms[str(each["value"])]} for each in extra.get("levels", ())
        ]
        if unrated := extra.get("not_ratable"):
            extra["not_ratable"] = {**unrated, "anchors": forms[NOT_RATABLE]}
        fields["extra"] = extra
    act.update("code", {code: fields})


def _row(act: Act, code: str) -> Any:
    table = ROWS["code"]
    found = select(table.c.anchors, table.c.extra).where(table.c.id == code)
    return act.connection.execute(found).mappings().one()
