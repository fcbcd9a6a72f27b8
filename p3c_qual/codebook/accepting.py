"""Proposals carried out: a frozen codebook's next version."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.codebook import edit
from p3c_qual.codebook.editions import editions_of, keep_edition
from p3c_qual.codebook.tree import read_tree
from p3c_qual.codebook.versions import free_version
from p3c_qual.coding.standing import gone
from p3c_qual.errors import P3CError, Problem
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from p3c_qual.opened import Opened
    from p3c_qual.store.act import Act

__all__ = ["accept_proposals"]


def accept_proposals(
    study: Opened,
    proposals: Sequence[str],
    *,
    version: str | None = None,
    reason: str,
    id: str | None = None,
) -> str:
    """Carry proposals out, and make the codebook's next version of it.

    The version that was frozen is kept as an edition, and so is the new one, which is frozen
    again. Where the next version was begun already, they are carried out in it, and it stays
    open. All of them are carried out, or none.

    Parameters
    ----------
    study : Study
    proposals : sequence of str
        Row ids, in the order in which they are carried out.
    version : str, optional
        What the new version is called; by default the number rises, or it is the one that was
        begun.
    reason : str
    id : str, optional
        Of the act.

    Returns
    -------
    str
        The name of the version that holds them.

    Raises
    ------
    P3CError
        If a proposal is gone or decided on, they are of several codebooks, one of them cannot be
        carried out any more, no reason is given or the version is taken.
    """
    with study.act("accept proposals", reason=reason, id=id) as act:
        rows = _open(act, proposals, reason)
        tree = read_tree(act.connection, rows[0].codebook)
        problems: list[Problem] = []
        kept = editions_of(act.connection, tree.codebook)
        name = tree.version
        if tree.frozen or (version or "").strip() not in {"", tree.version}:
            name = free_version(kept, tree, version, problems)
        if problems:
            raise P3CError(problems)
        if tree.frozen:
            if tree.version not in kept:
                keep_edition(act, tree, reason="as it stood before proposals were accepted")
            # open for as long as it takes: it is changed as any other codebook
            act.update("codebook", {tree.codebook: {"status": "draft"}})
        act.update("codebook", {tree.codebook: {"version": name}})
        for row in rows:
            try:
                _CARRY_OUT[row.change](act, row.code, row.args or {})
            except P3CError as error:
                problems += [
                    Problem(each.what, f"proposal to {row.change}", do=each.do, code=each.code)
                    for each in error.problems
                ]
        if problems:
            raise P3CError(problems)
        act.update("proposal", {row.id: {"status": "accepted"} for row in rows})
        if tree.frozen:
            act.update("codebook", {tree.codebook: {"status": "final"}})
            keep_edition(act, tree, reason=reason)
        count = "a proposal" if len(rows) == 1 else f"{len(rows)} proposals"
        act.say(f"accept {count}: {tree.name} {name}")
        return name


def _open(act: Act, proposals: Sequence[str], reason: str) -> list[Any]:
    table, book = ROWS["proposal"], ROWS["codebook"]
    ids = list(dict.fromkeys(proposals))
    found = {
        row.id: row for row in act.connection.execute(select(table).where(table.c.id.in_(ids)))
    }
    problems = [] if ids else [Problem("no proposal is named")]
    problems += [gone(act.connection, "proposal", name) for name in ids if name not in found]
    problems += [
        Problem(f"this proposal was {row.status} already", row.id)
        for row in found.values()
        if row.status != "open"
    ]
    books = {row.codebook for row in found.values()}
    if len(books) > 1:
        keys = act.connection.scalars(select(book.c.key).where(book.c.id.in_(books)))
        what = f"these proposals are of several codebooks: {', '.join(sorted(keys))}"
        problems.append(Problem(what, do="Accept those of one codebook at a time."))
    if not reason.strip():
        do = "Say in one sentence why the next version is made."
        problems.append(Problem("a next version needs a reason", do=do, code="reason"))
    if problems:
        raise P3CError(problems)
    return [found[name] for name in ids]


def _create(act: Act, code: str, args: dict[str, Any]) -> None:  # noqa: ARG001
    # the code was made with the proposal, so that it could be given at once
    row = ROWS["code"]
    status = act.connection.scalar(select(row.c.status).where(row.c.id == code))
    if status is None:
        raise P3CError(gone(act.connection, "code", code))
    act.update("code", {code: {"status": "active", "merged_into": None}})


def _edit(act: Act, code: str, args: dict[str, Any]) -> None:
    edit.edit_code(act, code, **args)


def _move(act: Act, code: str, args: dict[str, Any]) -> None:
    edit.move_code(act, code, parent=args.get("parent"), after=args.get("after"))


def _merge(act: Act, code: str, args: dict[str, Any]) -> None:  # noqa: ARG001
    edit.merge_codes(act, args["codes"], args["into"])


def _split(act: Act, code: str, args: dict[str, Any]) -> None:
    parts = [(part["label"], part["codings"]) for part in args["parts"]]
    edit.split_code(act, code, parts, retire=bool(args.get("retire")))


def _retire(act: Act, code: str, args: dict[str, Any]) -> None:  # noqa: ARG001
    edit.retire_code(act, code)


def _revive(act: Act, code: str, args: dict[str, Any]) -> None:  # noqa: ARG001
    edit.revive_code(act, code)


_CARRY_OUT: dict[str, Callable[[Act, str, dict[str, Any]], None]] = {
    "create": _create,
    "edit": _edit,
    "move": _move,
    "merge": _merge,
    "split": _split,
    "retire": _retire,
    "revive": _revive,
}
