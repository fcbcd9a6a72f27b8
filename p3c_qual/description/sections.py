"""The author's sections of a report: written, arranged, added, taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from p3c_qual.coding.spots import clean, ids_for
from p3c_qual.coding.stale import check_seen
from p3c_qual.description.arranging import ARRANGED, Sections, check_arranged
from p3c_qual.description.naming import call_where, name_where, names_of, where_row
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.realist.writing import shorten
from p3c_qual.yaml_fields import slug_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from p3c_qual.description.model import Where
    from p3c_qual.opened import Opened
    from p3c_qual.store.act import Act

__all__ = ["KINDS", "add_section", "arrange_section", "remove_section", "write_section"]

#: what an author's own section can be
KINDS = ("chapter", "vignette", "composite", "brief")
_KEY = 60


def write_section(
    study: Opened,
    section: str,
    text: str,
    *,
    programme: str = "",
    site: str = "",
    country: str = "",
    was: Mapping[str, str] | None = None,
    coder: str | None = None,
    id: str | None = None,
) -> bool:
    """Write the text of a section; returns whether anything changed.

    An empty text takes it away. A text that names a quote or a fact that is not there is kept as
    it was written; `check_description` says what is amiss.

    Parameters
    ----------
    study : Study
    section : str
        Key in the skeleton, or of a section of the author's own.
    text : str
        Markdown; see `p3c_qual.description.tokens`.
    programme, site, country : str
        What the report is about; none: the study as a whole.
    was : dict of str to str, optional
        By column, what was seen before: ``{"text": ...}``.
    coder : str, optional
        Who writes it; by default who works here.
    id : str, optional
        Of the act, see `p3c_qual.store.act.begin_act`.

    Raises
    ------
    P3CError
        If there is no such section, or somebody has changed it since it was seen.
    """
    with study.act("write a section", id=id) as act:
        where = name_where(act.connection, programme=programme, site=site, country=country)
        stored = Sections(act.connection, where)
        if bad := stored.unknown(section):
            raise P3CError(bad)
        act.say(_said("write", stored.title(section), act, where))
        return _change(act, study, stored, section, {"text": clean(text) or None}, was, coder)


def arrange_section(
    study: Opened,
    section: str,
    fields: Mapping[str, str],
    *,
    programme: str = "",
    site: str = "",
    country: str = "",
    was: Mapping[str, str] | None = None,
    coder: str | None = None,
    id: str | None = None,
) -> bool:
    """Change how a section stands in its report; returns whether anything changed.

    Parameters
    ----------
    study : Study
    section : str
    fields : dict of str to str
        ``title``; ``under`` (the section it is part of, ``.`` for the top); ``after`` (the section
        it follows, ``.`` for the first place); ``left_out`` (``yes`` or empty); ``merged_into``
        (the section in which its text stands); ``status`` (``checked`` or empty). An empty one
        leaves it as the skeleton has it.
    programme, site, country : str
    was : dict of str to str, optional
        By field, what was seen before.
    coder, id : str, optional
        As of `write_section`.

    Raises
    ------
    P3CError
        Naming everything that is wrong: an unknown section, one that would be part of itself,
        follow itself or be merged into itself, one that is left out and merged.
    """
    with study.act("arrange a section", id=id) as act:
        where = name_where(act.connection, programme=programme, site=site, country=country)
        stored = Sections(act.connection, where)
        if bad := stored.unknown(section):
            raise P3CError(bad)
        act.say(_said("arrange", stored.title(section), act, where))
        problems: list[Problem] = []
        row = check_arranged(stored, section, fields, problems)
        if problems:
            raise P3CError(problems)
        seen: dict[str, Any] = {**(was or {})}
        if "left_out" in seen:
            seen["left_out"] = seen["left_out"] == "yes" or None
        return _change(act, study, stored, section, row, seen, coder)


def add_section(
    study: Opened,
    title: str,
    *,
    kind: str = "chapter",
    under: str = "",
    after: str = "",
    programme: str = "",
    site: str = "",
    country: str = "",
    coder: str | None = None,
    id: str | None = None,
) -> str:
    """Add a section of the author's own; returns its key.

    Parameters
    ----------
    study : Study
    title : str
    kind : str
        ``chapter``, ``vignette``, ``composite`` (a story of several people) or ``brief``.
    under, after : str
        The section it is part of, and the one it follows; by default it is the last one.
    programme, site, country : str
        What the report is about; none: the study as a whole.
    coder : str, optional
        Who adds it; by default who works here.
    id : str, optional
        Of the act.

    Raises
    ------
    P3CError
        Naming everything that is wrong with it.
    """
    with study.act("add a section", id=id) as act:
        where = name_where(act.connection, programme=programme, site=site, country=country)
        stored = Sections(act.connection, where)
        problems: list[Problem] = []
        if not clean(title):
            problems.append(Problem("a section needs a title"))
        if kind not in KINDS:
            what = f"there is no kind of section {kind[:60]!r}"
            problems.append(Problem(what, "", KINDS, nearest(kind, KINDS)))
        key = _free_key(clean(title), stored)
        stored.rows[key] = {"section": key, "kind": kind}
        fields = {"title": title, "under": under, "after": after}
        row = check_arranged(stored, key, fields, problems)
        if problems:
            raise P3CError(problems)
        act.say(_said("add", clean(title), act, where))
        del stored.rows[key]
        _change(act, study, stored, key, {**row, "kind": kind}, None, coder)
        return key


def remove_section(
    study: Opened,
    section: str,
    *,
    programme: str = "",
    site: str = "",
    country: str = "",
    id: str | None = None,
) -> bool:
    """Take a section of the author's own away, or what was written on one of the skeleton.

    One of the skeleton stands afterwards as it did before anybody wrote. Returns whether there
    was anything.

    Parameters
    ----------
    study : Study
    section : str
    programme, site, country : str
    id : str, optional
        Of the act.

    Raises
    ------
    P3CError
        If there is no such section, or others are part of it, follow it or are merged into it.
    """
    with study.act("remove a section", id=id) as act:
        where = name_where(act.connection, programme=programme, site=site, country=country)
        stored = Sections(act.connection, where)
        if bad := stored.unknown(section):
            raise P3CError(bad)
        act.say(_said("remove", stored.title(section), act, where))
        row = stored.rows.get(section)
        if row is None:
            return False
        if row["kind"]:
            held = [
                key
                for key, each in stored.rows.items()
                if section in {each["under"], each["after"], each["merged_into"]}
            ]
            if held:
                many = ", ".join(repr(stored.rows[key]["title"] or key) for key in sorted(held))
                what = f"{row['title'] or section!r} has others that go with it: {many}"
                do = "Put them elsewhere first."
                raise P3CError(Problem(what, do=do))
        return bool(act.delete("section", [row["id"]]))


def _said(verb: str, title: str, act: Act, where: Where) -> str:
    """Return what is done as the journal and an undo tell it."""
    of = call_where(act.connection, where)
    return f"{verb} the section {shorten(title)!r}" + (f" of {of}" if of else "")


def _change(
    act: Act,
    study: Opened,
    stored: Sections,
    section: str,
    row: Mapping[str, Any],
    was: Mapping[str, Any] | None,
    coder: str | None,
) -> bool:
    """Write fields of a section; a row that says nothing any more is taken away."""
    from p3c_qual.realist.writing import who

    old = stored.rows.get(section)
    if old is None:
        if any((was or {}).values()):
            raise P3CError(Problem("it was removed meanwhile", code="gone"))
        if not any(row.values()):
            return False
        (name,) = ids_for(act, "section", [(*names_of(stored.where), section)])
        fresh = {"id": name, "section": section, **where_row(stored.where), **row}
        act.insert("section", [{**fresh, "coder": who(act, study, coder)}])
        return True
    allowed = {name: value for name, value in (was or {}).items() if name in {*ARRANGED, "text"}}
    check_seen(act, "section", old["id"], allowed)
    new = {**old, **row}
    if not any(new[name] for name in ("text", "kind", *ARRANGED)):
        return bool(act.delete("section", [old["id"]]))
    changed = {name: value for name, value in row.items() if (old[name] or None) != (value or None)}
    if not changed:
        return False
    return bool(act.update("section", {old["id"]: {**changed, "coder": who(act, study, coder)}}))


def _free_key(title: str, stored: Sections) -> str:
    """Return a key made of a title that no section of the report has yet."""
    base = slug_of(title.replace(".", " "))[:_KEY].strip("_") or "section"
    key, number = base, 1
    while key in stored.keys or key in stored.rows:
        number += 1
        key = f"{base}_{number}"
    return key
