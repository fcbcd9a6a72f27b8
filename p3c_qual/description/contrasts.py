"""Plan against practice: what a document claims beside what people say of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.coding.stale import check_seen
from p3c_qual.coding.standing import gone
from p3c_qual.description.naming import find_where, where_row
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.realist.writing import check_fields, shorten, who, words_for
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Connection

    from p3c_qual.description.model import Citation
    from p3c_qual.opened import Opened

__all__ = [
    "VERDICTS",
    "Sides",
    "edit_contrast",
    "remove_contrast",
    "sides_of",
    "write_contrast",
]

#: how what was planned was carried out
VERDICTS = {
    "as_planned": "As planned",
    "adapted": "Adapted",
    "not_done": "Not done",
    "beyond": "Beyond the plan",
}

_FIELDS = ("label", "component", "claim", "practice", "verdict", "remark")


@dataclass(frozen=True, slots=True)
class Sides:
    """The places cited for both sides of a contrast, and what is missing.

    Attributes
    ----------
    plan, practice : tuple of Citation
    missing : tuple of str
        Empty where a place in a document and one in an interview are cited.
    """

    plan: tuple[Citation, ...]
    practice: tuple[Citation, ...]
    missing: tuple[str, ...]


def write_contrast(
    study: Opened,
    label: str,
    *,
    component: str = "",
    claim: str = "",
    practice: str = "",
    verdict: str = "",
    remark: str = "",
    programme: str = "",
    site: str = "",
    country: str = "",
    coder: str | None = None,
    id: str | None = None,
) -> str:
    """Put what a document claims beside what people say of it; returns the row id.

    The places of both are named with `p3c_qual.description.cite`.

    Parameters
    ----------
    study : Study
    label : str
        What is planned, in a few words.
    component : str
        What of the intervention it is part of: a word, or the key of a code.
    claim, practice : str
        What is claimed, and what is done, in the author's words.
    verdict : str
        One of `VERDICTS`; empty where it is open.
    remark : str
    programme, site, country : str
        What it is about, by key or row id; none of them: the study.
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
    >>> one = write_contrast(study, "One shared list", claim="All enter their patients.")
    >>> edit_contrast(study, one, fields={"verdict": "adapted"})
    True
    """
    with study.act("write a contrast", id=id) as act:
        problems: list[Problem] = []
        given = {
            "label": label,
            "component": component,
            "claim": claim,
            "practice": practice,
            "verdict": verdict,
            "remark": remark,
        }
        row = _row(given, problems)
        where = find_where(
            act.connection, problems, programme=programme, site=site, country=country
        )
        if problems:
            raise P3CError(problems)
        act.say(f"put plan and practice of {shorten(row['label'])!r} side by side")
        made = {**row, **where_row(where), "coder": who(act, study, coder)}
        return act.insert("contrast", [made])[0]


def edit_contrast(
    study: Opened,
    contrast: str,
    *,
    fields: Mapping[str, str],
    was: Mapping[str, str] | None = None,
    id: str | None = None,
) -> bool:
    """Change a contrast; returns whether anything changed.

    Parameters
    ----------
    study : Study
    contrast : str
        Row id.
    fields : dict of str to str
        Of ``label``, ``component``, ``claim``, ``practice``, ``verdict`` and ``remark``.
    was : dict of str to str, optional
        By field, what was seen before.
    id : str, optional
        Of the act.

    Raises
    ------
    P3CError
        If it is gone, somebody has changed it since it was seen, or a value is at fault.
    """
    with study.act("edit a contrast", id=id) as act:
        old = _found(act.connection, contrast)
        act.say(f"edit plan and practice of {shorten(old['label'] or '')!r}")
        seen = {k: v for k, v in (was or {}).items() if k in _FIELDS}
        check_seen(act, "contrast", old["id"], seen)
        problems: list[Problem] = []
        row = _row(fields, problems)
        if problems:
            raise P3CError(problems)
        return bool(act.update("contrast", {old["id"]: row}))


def remove_contrast(study: Opened, contrast: str, *, id: str | None = None) -> int:
    """Take a contrast away; returns how many cited places went with it.

    Parameters
    ----------
    study : Study
    contrast : str
        Row id.
    id : str, optional
        Of the act.

    Raises
    ------
    P3CError
        If it is gone already.
    """
    with study.act("remove a contrast", id=id) as act:
        old = _found(act.connection, contrast)
        act.say(f"remove plan and practice of {shorten(old['label'] or '')!r}")
        cited = ROWS["citation"]
        mine = list(act.connection.scalars(select(cited.c.id).where(cited.c.target == old["id"])))
        act.delete("citation", mine)
        act.delete("contrast", [old["id"]])
        return len(mine)


def sides_of(citations: Iterable[Citation], kinds: Mapping[str, str]) -> Sides:
    """Return the places cited for a contrast by side, and what is missing to link the two.

    Parameters
    ----------
    citations : iterable of Citation
    kinds : mapping of str to str
        By source (row id), its kind.
    """
    some = list(citations)
    plan = tuple(each for each in some if each.side == "plan")
    practice = tuple(each for each in some if each.side == "practice")
    missing = []
    if not any(kinds.get(each.source) == "document" for each in plan):
        missing.append("a place in a document that claims it")
    if not any(kinds.get(each.source) == "interview" for each in practice):
        missing.append("a place in an interview that tells of it")
    return Sides(plan, practice, tuple(missing))


def _row(fields: Mapping[str, str], problems: list[Problem]) -> dict[str, Any]:
    """Return fields as they are stored, and note what is wrong with them."""
    given = check_fields(fields, _FIELDS, "a contrast", problems)
    words_for(given, {"label": "a label"}, "a contrast", problems)
    verdict = given.get("verdict", "")
    if verdict and verdict not in VERDICTS:
        valid = tuple(VERDICTS)
        what = f"{verdict[:60]!r} is no way in which a plan is carried out"
        problems.append(Problem(what, "", valid, nearest(verdict, valid)))
    return {name: value or None for name, value in given.items()}


def _found(connection: Connection, name: str) -> Any:
    rows = ROWS["contrast"]
    row = connection.execute(select(rows).where(rows.c.id == name)).mappings().first()
    if row is None:
        said = gone(connection, "contrast", name)
        what = said.what if "took it away" in said.what else "there is no such contrast"
        raise P3CError(Problem(what, do=said.do, code="gone"))
    return row
