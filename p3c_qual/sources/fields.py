"""Change what is said of a programme, site, interviewee or source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from p3c_qual.coding.names import find_key, ids_by_key
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.sources.terms import (
    COMPLETENESS,
    CONSENT,
    CONSENT_FOR,
    KINDS,
    STAKEHOLDERS,
    check_key,
)
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from p3c_qual.store.act import Act

__all__ = ["FIELDS", "set_fields"]

#: what may be changed, by kind of row; `variables` are added by any other name
FIELDS: dict[str, tuple[str, ...]] = {
    "programme": ("key", "label", "country"),
    "site": ("key", "label"),
    "interviewee": (
        "key",
        "role",
        "stakeholder_type",
        *(f"consent_{purpose}" for purpose in CONSENT_FOR),
    ),
    "source": (
        "key",
        "title",
        "kind",
        "completeness",
        "document_type",
        "programme",
        "site",
        "date",
        "language",
        "wave",
        "duration_min",
        "mode",
        "interviewer",
        "transcription_rules",
        "secondary_use",
        "translation_of",
        "main_coder",
        "protocol",
        "asked_added",
        "asked_dropped",
    ),
}
_WORDS: dict[str, tuple[str, ...]] = {
    "kind": KINDS,
    "completeness": COMPLETENESS,
    **{f"consent_{purpose}": CONSENT for purpose in CONSENT_FOR},
}
_REFS = {
    "programme": "programme",
    "translation_of": "source",
    "main_coder": "coder",
    "protocol": "protocol",
    "site": "site",
}


def set_fields(act: Act, what: str, key: str, fields: dict[str, str]) -> list[str]:
    """Change fields of one row.

    Parameters
    ----------
    act : Act
    what : str
        ``programme``, ``site``, ``interviewee`` or ``source``.
    key : str
    fields : dict of str to str
        New values. Of a source, a name that is no property is a variable; ``asked_added`` and
        ``asked_dropped`` are lists of codes. A person's consent is set for all interviews.

    Returns
    -------
    list of str
        The fields that changed.

    Raises
    ------
    P3CError
        Every unknown field and value at once.
    """
    if what not in FIELDS:
        raise P3CError(
            Problem(f"{what!r} cannot be set", valid=tuple(FIELDS), nearest=nearest(what, FIELDS))
        )
    known = ids_by_key(act.connection, what)
    if problem := find_key(known, key, what):
        raise P3CError(problem)
    row, problems = known[key], []
    changes: dict[str, Any] = {}
    variables: dict[str, str] = {}
    consents: dict[str, str] = {}
    for name, value in fields.items():
        where = f"{what} {key}"
        if name not in FIELDS[what]:
            if what == "source":
                variables[name] = value
            else:
                problems.append(
                    Problem(
                        f"{what}s have no field {name!r}",
                        where,
                        FIELDS[what],
                        nearest(name, FIELDS[what]),
                    )
                )
        elif name in _WORDS and value not in _WORDS[name]:
            problems.append(
                Problem(
                    f"unknown {name} {value!r}", where, _WORDS[name], nearest(value, _WORDS[name])
                )
            )
        elif name == "key" and (bad := check_key(value) or _taken(known, key, value)):
            problems.append(Problem(bad, where))
        elif name.startswith("consent_"):
            consents[name] = value
        elif name == "stakeholder_type":
            types = [each.strip().upper() for each in re.split("[;/+]", value) if each.strip()]
            problems += [
                Problem(f"unknown stakeholder type {t!r}", where, tuple(STAKEHOLDERS))
                for t in types
                if t not in STAKEHOLDERS
            ]
            changes["stakeholder_types"] = types
        elif name in _REFS:
            others = ids_by_key(act.connection, _REFS[name])
            if value and (problem := find_key(others, value, _REFS[name], where)):
                problems.append(problem)
            changes[name] = others.get(value)
        elif name.startswith("asked_"):
            changes[name] = [each for each in re.split(r"[;,\s]+", value) if each] or None
        else:
            changes[name] = value
    if problems:
        raise P3CError(problems)
    table = ROWS[what]
    if variables:
        now = act.connection.execute(table.select().where(table.c.id == row)).mappings().one()
        merged = {**(now["variables"] or {}), **variables}
        changes["variables"] = {name: value for name, value in merged.items() if value} or None
    changed = list(changes) if act.update(what, {row: changes}) else []
    if consents:
        part = ROWS["participation"]
        mine = act.connection.scalars(
            part.select().with_only_columns(part.c.id).where(part.c.interviewee == row)
        ).all()
        if act.update("participation", dict.fromkeys(mine, consents)):
            changed += list(consents)
    return changed


def _taken(known: dict[str, str], key: str, value: str) -> str | None:
    return f"the key {value!r} is taken" if value != key and value in known else None
