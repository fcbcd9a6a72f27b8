"""Splitting a configuration into several; the one that was split is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select

from p3c_qual.coding.spots import clean, ids_for
from p3c_qual.errors import P3CError, Problem
from p3c_qual.realist.building.merging import merge_configurations
from p3c_qual.realist.read import find_configuration
from p3c_qual.realist.writing import check_stands, free_key, shorten, who
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from p3c_qual.opened import Opened
    from p3c_qual.realist.model import Configuration
    from p3c_qual.store.act import Act

__all__ = ["SplitPart", "merge_configurations", "split_configuration"]


@dataclass(frozen=True, slots=True)
class SplitPart:
    """One of the configurations that another is split into.

    Attributes
    ----------
    elements : sequence of str
        Row ids of those it gets; one may go into several parts.
    label : str
        By default the first words of its outcome.
    """

    elements: Sequence[str]
    label: str = ""


def split_configuration(
    study: Opened,
    configuration: str,
    parts: Sequence[SplitPart],
    *,
    reason: str = "",
    coder: str | None = None,
    id: str | None = None,
) -> list[str]:
    """Split a configuration into several; it is kept, and does not stand any more.

    The parts get copies of their elements with what speaks for them. What speaks for the
    configuration as a whole goes into every part, so that no contradiction is lost. A chain goes
    with its element; a nesting, a place under a demi-regularity or in the logic model, and what
    has no element, goes with the first part.

    Parameters
    ----------
    study : Study
    configuration : str
        Key or row id.
    parts : sequence of SplitPart
        Two or more; every element goes into one at least.
    reason : str
        Kept in the journal.
    coder : str, optional
        Who splits it; by default who works here.
    id : str, optional
        Of the act, see `p3c_qual.store.act.begin_act`.

    Returns
    -------
    list of str
        Row ids of the parts.

    Raises
    ------
    P3CError
        Naming everything that is wrong with the parts; nothing is written then.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> from p3c_qual.realist.building.configurations import make_configuration
    >>> from p3c_qual.realist.building.elements import NewElement
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> said = [NewElement("outcome", "fewer falls"), NewElement("outcome", "better sleep")]
    >>> _ = make_configuration(study, elements=said)
    >>> with study.store.read() as connection:
    ...     falls, sleep = [each.id for each in find_configuration(connection, "c1").elements]
    >>> parts = split_configuration(study, "c1", [SplitPart([falls]), SplitPart([sleep])])
    >>> with study.store.read() as connection:
    ...     [find_configuration(connection, name).label for name in ("c2", "c3")]
    ['fewer falls', 'better sleep']
    """
    with study.act("split a configuration", reason=clean(reason), id=id) as act:
        old = find_configuration(act.connection, configuration)
        check_stands(old)
        _check_parts(old, parts)
        act.say(f"split the configuration {old.key} into {len(parts)}")
        coder_row = who(act, study, coder)
        number = int(free_key(act.connection, "configuration", "")[1:])
        rows = [
            {
                "key": f"c{number + place}",
                "label": clean(part.label) or _label(old, part) or None,
                "programme": old.programme,
                "theory": old.theory,
                "mechanism": old.mechanism,
                "activation": old.activation or None,
                "split_from": old.id,
                "coder": coder_row,
            }
            for place, part in enumerate(parts)
        ]
        made = act.insert("configuration", rows)
        copies = _copy_elements(act, made, parts)
        _copy_evidence(act, old, made, copies)
        _copy_links(act, old, made, copies)
        for table in ("instance", "carries"):
            _copy(act, table, _on(act.connection, table, old.id), {"configuration": made[0]})
        act.update("configuration", {old.id: {"state": "split"}})
        return made


def _check_parts(old: Configuration, parts: Sequence[SplitPart]) -> None:
    problems = []
    if len(parts) < 2:
        problems.append(Problem("a configuration is split into two parts at least"))
    there = {each.id: each for each in old.elements}
    seen: dict[frozenset[str], int] = {}
    for number, part in enumerate(parts, 1):
        where = f"part {number}"
        if not part.elements:
            problems.append(Problem("it has no element", where, do="Choose what goes into it."))
        if lost := [name for name in part.elements if name not in there]:
            one = "an element" if len(lost) == 1 else f"{len(lost)} elements"
            what = f"{one} named for it {'is' if len(lost) == 1 else 'are'} none of {old.key}"
            do = "Look at what the configuration holds now, and choose again."
            problems.append(Problem(what, where, do=do, code="gone"))
        same = seen.setdefault(frozenset(part.elements), number)
        if same != number and part.elements:
            problems.append(Problem(f"it has the same elements as part {same}", where))
    left = there.keys() - {name for part in parts for name in part.elements}
    for each in old.elements:
        if each.id in left:
            said = f" {shorten(each.text, 40)!r}" if each.text else ""
            what = f"the {each.role}{said} goes into no part"
            do = "Choose a part for it, or take it away first."
            problems.append(Problem(what, do=do, code="left"))
    if problems:
        raise P3CError(problems)


def _label(old: Configuration, part: SplitPart) -> str:
    """Return the first words of a part's outcome, or else the label of what was split."""
    for each in old.of_role("outcome"):
        if each.id in part.elements:
            said = each.text or next((item.quote for item in old.voices(each.id)), "")
            return clean(shorten(said)) or old.label
    return old.label


def _copy_elements(
    act: Act, made: Sequence[str], parts: Sequence[SplitPart]
) -> list[dict[str, str]]:
    """Copy each part's elements; returns by part the copies by the elements they are of."""
    table = ROWS["element"]
    wanted = sorted({name for part in parts for name in part.elements})
    found = act.connection.execute(select(table).where(table.c.id.in_(wanted))).mappings()
    rows = {row["id"]: row for row in found}
    copies, new = [], []
    for configuration, part in zip(made, parts, strict=True):
        names = [name for name in rows if name in set(part.elements)]
        # named after what they are of, so that it can be told what none of the parts got
        of = [(configuration, name) for name in names]
        ids = dict(zip(names, ids_for(act, "element", of), strict=True))
        copies.append(ids)
        new += [
            {**rows[name], "id": copy, "configuration": configuration} for name, copy in ids.items()
        ]
    act.insert("element", new)
    return copies


def _copy_evidence(
    act: Act, old: Configuration, made: Sequence[str], copies: Sequence[dict[str, str]]
) -> None:
    table, names = ROWS["evidence"], {each.id: each.element for each in old.evidence}
    found = act.connection.execute(select(table).where(table.c.id.in_(names))).mappings()
    new = [
        {**row, "configuration": configuration, "element": ids.get(element or "")}
        for row in found
        for element in (names[row["id"]],)
        for configuration, ids in zip(made, copies, strict=True)
        if element is None or element in ids
    ]
    of = [(row["configuration"], row["id"]) for row in new]
    ids_of = ids_for(act, "evidence", of)
    act.insert("evidence", [{**row, "id": n} for row, n in zip(new, ids_of, strict=True)])


def _copy_links(
    act: Act, old: Configuration, made: Sequence[str], copies: Sequence[dict[str, str]]
) -> None:
    table = ROWS["link"]
    ends = or_(table.c.configuration == old.id, table.c.other == old.id)
    new = []
    for row in act.connection.execute(select(table).where(ends).order_by(table.c.id)).mappings():
        side, tie = ("configuration", "outcome") if row["configuration"] == old.id else ("other", "context")  # fmt: skip
        holders = [n for n, ids in enumerate(copies) if row[tie] in ids]
        for number in holders or [0]:
            tied = copies[number].get(row[tie] or "") if holders else row[tie]
            new.append({**row, "id": None, side: made[number], tie: tied})
    act.insert("link", new)


def _on(connection: Connection, table: str, configuration: str) -> list[Any]:
    rows = ROWS[table]
    wanted = select(rows).where(rows.c.configuration == configuration).order_by(rows.c.id)
    return list(connection.execute(wanted).mappings())


def _copy(act: Act, table: str, rows: Sequence[Any], changes: dict[str, Any]) -> None:
    act.insert(table, [{**row, "id": None, **changes} for row in rows])
