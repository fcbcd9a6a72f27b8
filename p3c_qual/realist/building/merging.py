"""Merging configurations into one of them: what they hold moves there, and they are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select

from p3c_qual.coding.spots import clean
from p3c_qual.errors import P3CError, Problem
from p3c_qual.realist.building.links import above, wholes
from p3c_qual.realist.read import find_configuration
from p3c_qual.realist.writing import check_stands
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection

    from p3c_qual.opened import Opened
    from p3c_qual.realist.model import Configuration, Element
    from p3c_qual.store.act import Act

__all__ = ["merge_configurations"]

#: what one gets from another where it says nothing itself
_BLANKS = (
    "label",
    "programme",
    "theory",
    "mechanism",
    "activation",
    "relevance",
    "rigour",
    "richness",
)
_PROPERTIES = ("layer", "level", "code", "direction", "timing", "intended", "domain")


def merge_configurations(
    study: Opened,
    into: str,
    configurations: Sequence[str],
    *,
    reason: str = "",
    id: str | None = None,
) -> str:
    """Merge configurations into one of them; returns its row id.

    Elements of one role that say the same become one element, with the evidence on both. What the
    one says nothing of it gets from the others. They are kept, and do not stand any more; a link
    between two of them ends.

    Parameters
    ----------
    study : Study
    into : str
        Key or row id of the one that stands afterwards.
    configurations : sequence of str
        Keys or row ids of the others.
    reason : str
        Kept in the journal.
    id : str, optional
        Of the act, see `p3c_qual.store.act.begin_act`.

    Raises
    ------
    P3CError
        If one is gone or does not stand, there is none to merge, or the merged one would be part
        of two others or of itself.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> from p3c_qual.realist.building.configurations import make_configuration
    >>> from p3c_qual.realist.building.elements import NewElement
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> said = [NewElement("outcome", "fewer falls")]
    >>> for context in ("a village", "no bus"):
    ...     _ = make_configuration(study, elements=[NewElement("context", context), *said])
    >>> _ = merge_configurations(study, "c1", ["c2"])
    >>> with study.store.read() as connection:
    ...     [each.text for each in find_configuration(connection, "c1").elements]
    ['a village', 'fewer falls', 'no bus']
    """
    with study.act("merge configurations", reason=clean(reason), id=id) as act:
        one, others = _named(act.connection, into, configurations)
        check_stands(one, *others)
        _check_nesting(act.connection, one, others)
        act.say(f"merge {', '.join(each.key for each in others)} into {one.key}")
        kept = _move_elements(act, one, others)
        _move_evidence(act, one, others, kept)
        _move_links(act, one, others, kept)
        gone = [each.id for each in others]
        for table, names in (
            ("instance", ("regularity", "role", "reason")),
            ("carries", ("arrow",)),
        ):
            _move(act, table, one.id, gone, names)
        for table in ("negative_search", "inference"):
            ids = {row["id"]: {"configuration": one.id} for row in _on(act.connection, table, gone)}
            act.update(table, ids)
        blanks = {
            name: value
            for name in _BLANKS
            if not getattr(one, name)
            and (value := next(filter(None, (getattr(each, name) for each in others)), None))
        }
        act.update(
            "configuration",
            {
                one.id: blanks,
                **{name: {"state": "merged", "merged_into": one.id} for name in gone},
            },
        )
        return one.id


def _named(
    connection: Connection, into: str, configurations: Sequence[str]
) -> tuple[Configuration, list[Configuration]]:
    problems: list[Problem] = []
    found: list[Configuration] = []
    for name in (into, *configurations):
        try:
            found.append(find_configuration(connection, name))
        except P3CError as error:
            problems += error.problems
    if not configurations:
        problems.append(Problem("no configuration is named that is to be merged"))
    if not problems and found[0] in found[1:]:
        problems.append(Problem(f"{found[0].key} cannot be merged into itself", code="itself"))
    if problems:
        raise P3CError(problems)
    return found[0], list(dict.fromkeys(found[1:]))


def _check_nesting(
    connection: Connection, one: Configuration, others: Sequence[Configuration]
) -> None:
    """Refuse what would make the merged one part of two others, or of itself."""
    up = wholes(connection)
    all_ = {each.id for each in (one, *others)}
    above_ = {up[name] for name in all_ if name in up} - all_
    problems = []
    if len(above_) > 1:
        keys = sorted(find_configuration(connection, name).key for name in above_)
        what = f"the merged one would be part of {' and of '.join(keys)}"
        problems.append(Problem(what, do="Take one of these links away first.", code="second"))
    for name in sorted(above_):
        if all_ & set(above(up, name)):
            key = find_configuration(connection, name).key
            what = f"the merged one would be part of {key}, and {key} part of it"
            problems.append(Problem(what, do="Take one of these links away first.", code="cycle"))
    if problems:
        raise P3CError(problems)


def _move_elements(act: Act, one: Configuration, others: Sequence[Configuration]) -> dict[str, str]:
    """Move elements; returns by one that says the same as another the one that is kept."""
    there = list(one.elements)
    filled: dict[str, dict[str, Any]] = {}
    moved: dict[str, dict[str, Any]] = {}
    kept: dict[str, str] = {}
    table = ROWS["element"]
    places = select(table.c.position).where(table.c.configuration == one.id)
    position = max((each or 0 for each in act.connection.scalars(places)), default=-1)
    for element in (each for other in others for each in other.elements):
        twin = next((each for each in there if _same(each, element, filled)), None)
        if twin is None:
            position += 1
            moved[element.id] = {"configuration": one.id, "position": position}
            there.append(element)
            continue
        kept[element.id] = twin.id
        filled.setdefault(twin.id, {}).update(
            {name: value for name in _PROPERTIES if (value := getattr(element, name))}
        )
    act.update("element", {**moved, **{n: {**moved.get(n, {}), **f} for n, f in filled.items()}})
    return kept


def _same(one: Element, other: Element, filled: Mapping[str, Mapping[str, Any]]) -> bool:
    """Say whether two elements say the same, and nothing that differs."""
    if one.role != other.role or not one.text or _fold(one.text) != _fold(other.text):
        return False
    said = {name: getattr(one, name) or None for name in _PROPERTIES} | dict(filled.get(one.id, {}))
    return all(
        not said[name] or not (value := getattr(other, name)) or said[name] == value
        for name in _PROPERTIES
    )


def _move_evidence(
    act: Act, one: Configuration, others: Sequence[Configuration], kept: Mapping[str, str]
) -> None:
    """Move evidence; what is there already and says no more than that goes."""
    there = {_place(each, {}): each for each in one.evidence}
    moved, repeats = {}, []
    for each in (item for other in others for item in other.evidence):
        place = _place(each, kept)
        same = there.setdefault(place, each)
        element = kept.get(each.element or "", each.element)
        # a remark of its own is a reason to stay
        if (
            same is not each
            and all(
                getattr(each, name) in ("", getattr(same, name))
                for name in ("elicited", "directness", "remark", "resolution")
            )
            and each.absent == same.absent
        ):
            repeats.append(each.id)
        else:
            moved[each.id] = {"configuration": one.id, "element": element}
    act.update("evidence", moved)
    act.delete("evidence", repeats)


def _place(evidence: Any, kept: Mapping[str, str]) -> tuple[Any, ...]:
    element = kept.get(evidence.element or "", evidence.element)
    return (element, *(getattr(evidence, name) for name in ("role", "text", "start", "end")))


def _move_links(
    act: Act, one: Configuration, others: Sequence[Configuration], kept: Mapping[str, str]
) -> None:
    """Move links; those between two of them end, and what is said twice is said once."""
    table = ROWS["link"]
    names = [each.id for each in (one, *others)]
    ends = or_(table.c.configuration.in_(names), table.c.other.in_(names))
    seen, moved, gone = set(), {}, []
    for row in act.connection.execute(select(table).where(ends).order_by(table.c.id)).mappings():
        new = {
            "configuration": one.id if row["configuration"] in names else row["configuration"],
            "other": one.id if row["other"] in names else row["other"],
            "outcome": kept.get(row["outcome"] or "", row["outcome"]),
            "context": kept.get(row["context"] or "", row["context"]),
        }
        said = (row["relation"], *new.values())
        if new["configuration"] == new["other"] or said in seen:
            gone.append(row["id"])
        else:
            moved[row["id"]] = new
        seen.add(said)
    act.delete("link", gone)
    act.update("link", moved)
    act.delete("element", kept)


def _move(act: Act, table: str, one: str, gone: Sequence[str], names: Sequence[str]) -> None:
    """Move rows of a table; what the one has already goes."""
    seen, moved, repeats = set(), {}, []
    for row in _on(act.connection, table, [one, *gone]):
        said = tuple(row[name] for name in names)
        if said in seen:
            repeats.append(row["id"])
        elif row["configuration"] != one:
            moved[row["id"]] = {"configuration": one}
        seen.add(said)
    act.delete(table, repeats)
    act.update(table, moved)


def _on(connection: Connection, table: str, configurations: Sequence[str]) -> list[Any]:
    """Return the rows of a table on configurations, those of the first one before the others."""
    rows = ROWS[table]
    wanted = select(rows).where(rows.c.configuration.in_(configurations)).order_by(rows.c.id)
    found = connection.execute(wanted).mappings().all()
    return sorted(found, key=lambda row: row["configuration"] != configurations[0])


def _fold(words: str) -> str:
    return " ".join(words.casefold().split())
