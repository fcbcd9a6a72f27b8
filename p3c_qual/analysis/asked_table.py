"""A table of a study, made by the name people ask for it with."""

from __future__ import annotations

import importlib
import inspect
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.analysis.kinds import KINDS, Kind
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.mayring.about import about_question, warn_of_refusals
from p3c_qual.mayring.question import read_question, read_questions
from p3c_qual.mayring.techniques import TECHNIQUES
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    import pandas as pd
    from sqlalchemy import Connection

    from p3c_qual.mayring.question import Question
    from p3c_qual.opened import Opened

__all__ = ["make_table"]


def make_table(
    study: Opened,
    kind: str,
    *,
    question: str = "",
    codebook: str = "",
    source: str = "",
    **options: Any,
) -> pd.DataFrame:
    """Make a table of a content analysis, or of the realist layer, by its name.

    Parameters
    ----------
    study : Study
    kind : str
        One of `KINDS`.
    question : str
        Key or row id; needless where the study has only one that fits.
    codebook : str
        Key or row id; needless where the question has one; of a table of the study, the framework.
    source : str
        Key or row id, for the outline.
    **options
        Of the function that makes it.

    Returns
    -------
    DataFrame
        As that function documents it, with ``title``, ``caption`` and, of a question, what
        `p3c_qual.mayring.about.about_question` names in its ``attrs``.

    Raises
    ------
    P3CError
        If there is no such table, or it is not said of what it is made.
    """
    if kind not in KINDS:
        valid = tuple(KINDS)
        problem = Problem(f"there is no table {kind!r}", "", valid, nearest(kind, valid))
        raise P3CError(problem)
    made = KINDS[kind]
    make = getattr(importlib.import_module(f"p3c_qual.{made.home}"), made.function)
    if made.of == "study" and codebook:
        options["codebook"] = codebook
    _check_options(make, made, options)
    asked, given = _of(study, made, question, codebook, source)
    frame: pd.DataFrame = make(study, *given, **options)
    _describe(study, frame, made, asked)
    return frame


def _check_options(make: Any, kind: Kind, options: dict[str, Any]) -> None:
    takes = {
        name: each.default
        for name, each in inspect.signature(make).parameters.items()
        if each.kind is each.KEYWORD_ONLY
    }
    valid = tuple(takes)
    wrong = [
        Problem(
            f"the table {kind.name!r} has no parameter {name!r}", "", valid, nearest(name, valid)
        )
        for name in options
        if name not in valid
    ]
    wrong += [
        Problem(f"{name} is true or false, not {str(value)[:40]!r}", "", ("true", "false"))
        for name, value in options.items()
        if isinstance(takes.get(name), bool) and not isinstance(value, bool)
    ]
    if wrong:
        raise P3CError(wrong)


def _of(
    study: Opened, kind: Kind, question: str, codebook: str, source: str
) -> tuple[Question | None, list[str]]:
    """Return the question a table is of, and what its function is asked with."""
    if kind.of == "study":
        return None, list(kind.given)
    if kind.of == "source":
        if not source:
            do = "Name it with --source KEY."
            raise P3CError(Problem(f"it is not said of which source the {kind.name} is", do=do))
        return None, [source]
    with study.store.read() as connection:
        if codebook and kind.of != "question":
            return None, [codebook]
        asked = _question(connection, kind, question)
        if kind.of != "codebook":
            return asked, [asked.id]
        if asked.codebook is None:
            what = f"no codebook is bound to {asked.key!r}, and none is named"
            raise P3CError(Problem(what, do="Name it with --codebook KEY."))
        book = ROWS["codebook"]
        key = connection.scalar(select(book.c.key).where(book.c.id == asked.codebook))
        return asked, [str(key)]


def _question(connection: Connection, kind: Kind, name: str) -> Question:
    if name:
        found = read_question(connection, name)
        if kind.techniques and found.technique not in kind.techniques:
            what = f"{kind.name} is no table of {found.how.label.lower()}"
            raise P3CError(Problem(what, found.key, do=_others(connection, kind)))
        return found
    fits = _fitting(connection, kind)
    if len(fits) == 1:
        return fits[0]
    what = f"it is not said of which research question the table {kind.name!r} is"
    do = "Name it with --question KEY."
    if not fits:
        what = f"there is no research question that has a table {kind.name!r}"
        labels = [TECHNIQUES[name].label.lower() for name in kind.techniques]
        do = f"Ask one of {' or '.join(labels)} first." if labels else "Ask one first."
    keys = tuple(each.key for each in fits)
    raise P3CError(Problem(what, "", keys, do=do))


def _fitting(connection: Connection, kind: Kind) -> list[Question]:
    return [
        each
        for each in read_questions(connection)
        if (not kind.techniques or each.technique in kind.techniques)
        and (kind.of != "codebook" or each.codebook)
    ]


def _others(connection: Connection, kind: Kind) -> str:
    keys = [each.key for each in _fitting(connection, kind)]
    return f"Questions that have it: {', '.join(keys)}." if keys else ""


def _describe(study: Opened, frame: pd.DataFrame, kind: Kind, asked: Question | None) -> None:
    """Add to a table what it does not say of itself."""
    of = asked.label if asked else str(frame.attrs.get("codebook") or "")
    title = f"{kind.caption}: {of}" if of else kind.caption
    frame.attrs.setdefault("title", title)
    frame.attrs.setdefault("caption", title)
    if {"source", "quote"} <= {*frame.columns} and "notices" not in frame.attrs:
        with study.store.read() as connection:
            sources = {str(name) for name in frame["source"] if name}
            frame.attrs["notices"] = warn_of_refusals(connection, sources)
    if asked is not None and "asked" not in frame.attrs:
        with study.store.read() as connection:
            about = about_question(connection, asked)
        for name, value in about.items():
            frame.attrs.setdefault(name, value)
