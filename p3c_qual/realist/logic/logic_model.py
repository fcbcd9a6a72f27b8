"""The logic model: blocks, arrows between them, and the configurations an arrow rests on."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select

from p3c_qual.coding.spots import clean, ids_for
from p3c_qual.coding.stale import check_seen
from p3c_qual.coding.standing import gone
from p3c_qual.errors import P3CError, Problem
from p3c_qual.realist.lists import read_lists
from p3c_qual.realist.read import find_row
from p3c_qual.realist.writing import check_fields, check_stands, found, who
from p3c_qual.store.schema import ROWS
from p3c_qual.yaml_fields import SLUG, slug_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from p3c_qual.opened import Opened
    from p3c_qual.store.act import Act

__all__ = [
    "carry",
    "draw_arrow",
    "edit_arrow",
    "edit_block",
    "make_block",
    "remove_arrow",
    "remove_block",
    "shipped_model",
    "take_logic_model",
    "uncarry",
]


@lru_cache(maxsize=1)
def shipped_model() -> dict[str, list[dict[str, Any]]]:
    """Return the logic model that comes with the workbench: its blocks and arrows."""
    made: dict[str, list[dict[str, Any]]] = read_lists(Path(__file__).parent / "logic_model.yml")
    return made


def take_logic_model(study: Opened, *, id: str | None = None) -> list[str]:
    """Take in the logic model that comes with the workbench; what is there already stays.

    Parameters
    ----------
    study : Study
    id : str, optional
        Of the act, see `p3c_qual.store.act.begin_act`.

    Returns
    -------
    list of str
        Row ids of the blocks and arrows that were made; copies of a study make the same ones.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> len(take_logic_model(study)), len(take_logic_model(study))
    (12, 0)
    """
    with study.act("take in the logic model", id=id) as act:
        model = shipped_model()
        rows = ROWS["block"]
        blocks = dict(act.connection.execute(select(rows.c.key, rows.c.id)).all())
        new = [
            {"key": each["key"], "label": each["label"], "position": position}
            for position, each in enumerate(model["blocks"])
            if each["key"] not in blocks
        ]
        ids = ids_for(act, "block", [(each["key"],) for each in new])
        made = act.insert("block", [{**row, "id": i} for row, i in zip(new, ids, strict=True)])
        blocks |= {row["key"]: i for row, i in zip(new, ids, strict=True)}
        arrow = ROWS["arrow"]
        there = {
            tuple(each) for each in act.connection.execute(select(arrow.c.block, arrow.c.other))
        }
        drawn = [
            (each, blocks[each["from"]], blocks[each["to"]])
            for each in model["arrows"]
            if (blocks[each["from"]], blocks[each["to"]]) not in there
        ]
        ids = ids_for(act, "arrow", [(one, other) for _, one, other in drawn])
        return made + act.insert(
            "arrow",
            [
                {"id": name, "block": one, "other": other, "label": each["label"]}
                for name, (each, one, other) in zip(ids, drawn, strict=True)
            ],
        )


def make_block(study: Opened, label: str, *, key: str = "", id: str | None = None) -> str:
    """Make a block; returns its row id.

    Parameters
    ----------
    study : Study
    label : str
    key : str
        Made of the label where none is given.
    id : str, optional
        Of the act.

    Raises
    ------
    P3CError
        If there is no label, or another block has the key.
    """
    with study.act("make a block", id=id) as act:
        rows = ROWS["block"]
        words = clean(label)
        problems = [] if words else [Problem("a block needs a label")]
        name = key.strip() or slug_of(words.replace(".", " "))[:40].strip("_") or "block"
        problems += _key_faults(act, name)
        if problems:
            raise P3CError(problems)
        act.say(f"make the block {name}")
        last = [each or 0 for each in act.connection.scalars(select(rows.c.position))]
        row = {"key": name, "label": words, "position": max(last, default=-1) + 1}
        return act.insert("block", [row])[0]


def edit_block(
    study: Opened,
    block: str,
    *,
    fields: Mapping[str, str],
    was: Mapping[str, str] | None = None,
    id: str | None = None,
) -> bool:
    """Change a block; returns whether anything changed.

    Parameters
    ----------
    study : Study
    block : str
        Key or row id.
    fields : dict of str to str
        Of ``key`` and ``label``.
    was : dict of str to str, optional
        By field, what was seen before.
    id : str, optional
        Of the act.

    Raises
    ------
    P3CError
        If it is gone, somebody has changed it since it was seen, or a value is at fault.
    """
    with study.act("edit a block", id=id) as act:
        old = _block(act, block)
        known = ("key", "label")
        check_seen(act, "block", old["id"], {k: v for k, v in (was or {}).items() if k in known})
        problems: list[Problem] = []
        given = check_fields(fields, known, "a block", problems)
        problems += [Problem(f"a block needs a {name}") for name, said in given.items() if not said]
        if given.get("key"):
            problems += _key_faults(act, given["key"], own=old["id"])
        if problems:
            raise P3CError(problems)
        return bool(act.update("block", {old["id"]: given}))


def remove_block(study: Opened, block: str, *, id: str | None = None) -> int:
    """Take a block away with its arrows; returns how many arrows it had.

    Parameters
    ----------
    study : Study
    block : str
        Key or row id.
    id : str, optional
        Of the act.

    Raises
    ------
    P3CError
        If it is gone already.
    """
    with study.act("remove a block", id=id) as act:
        old = _block(act, block)
        act.say(f"remove the block {old['key']}")
        arrow = ROWS["arrow"]
        mine = select(arrow.c.id).where(or_(arrow.c.block == old["id"], arrow.c.other == old["id"]))
        count = _drop_arrows(act, list(act.connection.scalars(mine)))
        act.delete("block", [old["id"]])
        return count


def draw_arrow(
    study: Opened, block: str, other: str, *, label: str = "", id: str | None = None
) -> str:
    """Draw an arrow from one block to another; returns its row id.

    Parameters
    ----------
    study : Study
    block, other : str
        Keys or row ids.
    label : str
    id : str, optional
        Of the act.

    Raises
    ------
    P3CError
        If a block is gone, the arrow would end where it begins, or it is drawn already.
    """
    with study.act("draw an arrow", id=id) as act:
        one, two = _block(act, block), _block(act, other)
        if one["id"] == two["id"]:
            what = f"an arrow cannot lead from {one['label']!r} back to itself"
            do = "What happens within a block is told by configurations; draw it to another block."
            raise P3CError(Problem(what, do=do))
        arrow = ROWS["arrow"]
        there = select(arrow.c.id).where(arrow.c.block == one["id"], arrow.c.other == two["id"])
        if act.connection.scalar(there):
            what = f"there is an arrow from {one['label']!r} to {two['label']!r} already"
            raise P3CError(Problem(what, do="Let that one rest on more configurations."))
        act.say(f"draw an arrow from {one['key']} to {two['key']}")
        (name,) = ids_for(act, "arrow", [(one["id"], two["id"])])
        row = {"id": name, "block": one["id"], "other": two["id"], "label": clean(label) or None}
        return act.insert("arrow", [row])[0]


def edit_arrow(
    study: Opened,
    arrow: str,
    *,
    fields: Mapping[str, str],
    was: Mapping[str, str] | None = None,
    id: str | None = None,
) -> bool:
    """Change what an arrow is called; returns whether anything changed.

    Parameters
    ----------
    study : Study
    arrow : str
        Row id.
    fields : dict of str to str
        Of ``label``.
    was : dict of str to str, optional
        By field, what was seen before.
    id : str, optional
        Of the act.

    Raises
    ------
    P3CError
        If it is gone, or somebody has changed it since it was seen.
    """
    with study.act("edit an arrow", id=id) as act:
        _arrow(act, arrow)
        check_seen(act, "arrow", arrow, {k: v for k, v in (was or {}).items() if k == "label"})
        problems: list[Problem] = []
        given = check_fields(fields, ("label",), "an arrow", problems)
        if problems:
            raise P3CError(problems)
        return bool(act.update("arrow", {arrow: {k: v or None for k, v in given.items()}}))


def remove_arrow(study: Opened, arrow: str, *, id: str | None = None) -> None:
    """Take an arrow away; the configurations it rests on stay.

    Parameters
    ----------
    study : Study
    arrow : str
        Row id.
    id : str, optional
        Of the act.

    Raises
    ------
    P3CError
        If it is gone already, with who took it away.
    """
    with study.act("remove an arrow", id=id) as act:
        _arrow(act, arrow)
        _drop_arrows(act, [arrow])


def carry(
    study: Opened,
    arrow: str,
    configuration: str,
    *,
    coder: str | None = None,
    id: str | None = None,
) -> str:
    """Let an arrow rest on a configuration; returns the row id, also where it does already.

    Parameters
    ----------
    study : Study
    arrow : str
        Row id.
    configuration : str
        Key or row id.
    coder : str, optional
        Who says so; by default who works here.
    id : str, optional
        Of the act.

    Raises
    ------
    P3CError
        If one of them is gone, or the configuration does not stand.
    """
    from p3c_qual.realist.read import find_configuration

    with study.act("let an arrow rest on a configuration", id=id) as act:
        _arrow(act, arrow)
        name = found(act.connection, "configuration", configuration)["id"]
        if there := _carried(act, arrow, name):
            return there
        one = find_configuration(act.connection, name)
        check_stands(one)
        act.say(f"let an arrow rest on {one.key}")
        (row,) = ids_for(act, "carries", [(arrow, name)])
        fields = {"arrow": arrow, "configuration": name, "coder": who(act, study, coder)}
        return act.insert("carries", [{"id": row, **fields}])[0]


def uncarry(study: Opened, arrow: str, configuration: str, *, id: str | None = None) -> bool:
    """Let an arrow rest on a configuration no more; returns whether it did.

    Parameters
    ----------
    study : Study
    arrow : str
        Row id.
    configuration : str
        Key or row id.
    id : str, optional
        Of the act.

    Raises
    ------
    P3CError
        If one of them is gone.
    """
    with study.act("let an arrow rest on a configuration no more", id=id) as act:
        _arrow(act, arrow)
        name = found(act.connection, "configuration", configuration)["id"]
        there = _carried(act, arrow, name)
        return bool(act.delete("carries", [there])) if there else False


def _block(act: Act, name: str) -> Any:
    return find_row(act.connection, "block", name, "block of the logic model")


def _arrow(act: Act, name: str) -> Any:
    arrow = ROWS["arrow"]
    row = act.connection.execute(select(arrow).where(arrow.c.id == name)).mappings().first()
    if row is None:
        said = gone(act.connection, "arrow", name[:60])
        raise P3CError(said)
    return row


def _carried(act: Act, arrow: str, configuration: str) -> str:
    rows = ROWS["carries"]
    wanted = select(rows.c.id).where(rows.c.arrow == arrow, rows.c.configuration == configuration)
    return act.connection.scalar(wanted) or ""


def _drop_arrows(act: Act, arrows: list[str]) -> int:
    rows = ROWS["carries"]
    mine = select(rows.c.id).where(rows.c.arrow.in_(arrows))
    act.delete("carries", list(act.connection.scalars(mine)))
    return act.delete("arrow", arrows)


def _key_faults(act: Act, key: str, own: str = "") -> list[Problem]:
    if not SLUG.fullmatch(key) or len(key) > 100:
        do = "Write it in lower-case letters, digits and underscores."
        return [Problem(f"{key[:60]!r} cannot be a key", "", (), slug_of(key)[:100] or None, do)]
    rows = ROWS["block"]
    known = dict(act.connection.execute(select(rows.c.key, rows.c.id)).all())
    if known.get(key, own) != own:
        do = "Use that one, or give this one another key."
        return [Problem(f"there is a block {key!r} already", do=do)]
    return []
