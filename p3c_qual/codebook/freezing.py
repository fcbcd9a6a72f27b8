"""A codebook frozen in one version, and opened for its next one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from p3c_qual.codebook.editions import editions_of, keep_edition
from p3c_qual.codebook.tree import read_tree
from p3c_qual.codebook.versions import free_version, taken, version_name
from p3c_qual.errors import P3CError, Problem

if TYPE_CHECKING:
    from p3c_qual.opened import Opened
    from p3c_qual.store.act import Act

__all__ = ["freeze", "freeze_codebook", "reopen_codebook"]


def freeze(act: Act, codebook: str, *, version: str | None, reason: str) -> str:
    """Freeze a codebook in an act; see `freeze_codebook`."""
    tree = read_tree(act.connection, codebook)
    problems: list[Problem] = []
    name = version_name(version, problems) if version is not None else tree.version
    if tree.frozen and name in editions_of(act.connection, tree.codebook):
        do = "Begin the next version first: p3c codebook reopen " + tree.name
        problems.append(Problem(f"{tree.name} {tree.version} is frozen already", do=do))
    elif name != tree.version and name in editions_of(act.connection, tree.codebook):
        problems.append(taken(tree.name, name))
    if not tree.nodes:
        problems.append(Problem(f"the codebook {tree.name!r} has no codes to freeze"))
    if problems:
        raise P3CError(problems)
    act.update("codebook", {tree.codebook: {"version": name, "status": "final"}})
    return keep_edition(act, tree, reason=reason)


def freeze_codebook(
    study: Opened,
    codebook: str,
    *,
    version: str | None = None,
    reason: str = "",
    id: str | None = None,
) -> str:
    """Freeze a codebook: its present version is kept as an edition, and changes become proposals.

    Parameters
    ----------
    study : Study
    codebook : str
        Key or row id.
    version : str, optional
        What the version is called; by default as it is called now.
    reason : str
    id : str, optional
        Of the act.

    Returns
    -------
    str
        Id of the edition.

    Raises
    ------
    P3CError
        If it has no codes, is frozen already, or the version is taken.
    """
    with study.act("freeze", reason=reason, id=id) as act:
        made = freeze(act, codebook, version=version, reason=reason)
        tree = read_tree(act.connection, codebook)
        act.say(f"freeze {tree.name} {tree.version}")
        return made


def reopen_codebook(
    study: Opened,
    codebook: str,
    *,
    version: str | None = None,
    reason: str,
    id: str | None = None,
) -> str:
    """Begin the next version of a frozen codebook; it can be changed again.

    Parameters
    ----------
    study : Study
    codebook : str
        Key or row id.
    version : str, optional
        What the next version is called; by default the number rises.
    reason : str
    id : str, optional
        Of the act.

    Returns
    -------
    str
        The next version's name.

    Raises
    ------
    P3CError
        If the codebook is not frozen, no edition of its present version is kept, no reason is
        given, or the version is taken.
    """
    with study.act("reopen", reason=reason, id=id) as act:
        tree = read_tree(act.connection, codebook)
        kept = editions_of(act.connection, tree.codebook)
        problems: list[Problem] = []
        if not tree.frozen:
            do = "Change it as it stands."
            problems.append(Problem(f"{tree.name} {tree.version} is not frozen", do=do))
        elif tree.version not in kept:
            what = f"no edition of {tree.name} {tree.version} is kept, and it would be lost"
            do = f"Keep it first: p3c codebook freeze {tree.name}"
            problems.append(Problem(what, do=do))
        if not reason.strip():
            do = "Say in one sentence why the categories have to change."
            problems.append(Problem("a next version needs a reason", do=do, code="reason"))
        name = free_version(kept, tree, version, problems)
        if problems:
            raise P3CError(problems)
        act.update("codebook", {tree.codebook: {"version": name, "status": "draft"}})
        act.say(f"begin version {name} of {tree.name}")
        return name
