"""Change what is said of a programme, site, interviewee or source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.coding.names import find_key, ids_by_key
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.sources.asked import check_asked
from p3c_qual.sources.checking import check_date, check_language, check_types
from p3c_qual.sources.incoming import several
from p3c_qual.sources.places import Places
from p3c_qual.sources.terms import COMPLETENESS, CONSENT, CONSENT_FOR, KINDS, check_key
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from p3c_qual.store.act import Act

__all__ = ["FIELDS", "set_fields"]

_CONSENTS = tuple(f"consent_{purpose}" for purpose in CONSENT_FOR)
#: what may be changed, by kind of row; a source has variables besides, of any other name
FIELDS: dict[str, tuple[str, ...]] = {
    "programme": ("key", "label", "country"),
    "site": ("key", "label"),
    "interviewee": ("key", "programme", "role", "stakeholder_type", *_CONSENTS),
    "source": (
        *("key", "title", "kind", "completeness", "document_type", "programme", "site"),
        *("interviewee", "date", "language", "wave", "duration_min", "mode", "interviewer"),
        *("transcription_rules", "secondary_use", "translation_of", "main_coder", "protocol"),
        *("asked_added", "asked_dropped", *_CONSENTS),
    ),
}
_WORDS: dict[str, tuple[str, ...]] = {
    "kind": KINDS,
    "completeness": COMPLETENESS,
    **dict.fromkeys(_CONSENTS, CONSENT),
}
_REFS = {"translation_of": "source", "main_coder": "coder", "protocol": "protocol"}
_VARIABLE = "variables."


def set_fields(
    act: Act, what: str, key: str, fields: dict[str, str], *, new: bool = False
) -> list[str]:
    """Change fields of one row.

    Parameters
    ----------
    act : Act
    what : str
        ``programme``, ``site``, ``interviewee`` or ``source``.
    key : str
        Of a site ``PROGRAMME/SITE`` where several programmes have one of that key.
    fields : dict of str to str
        New values; an empty one takes away what was said. Of a source, a name that is no
        property is a variable, which may be written ``variables.NAME``; ``asked_added`` and
        ``asked_dropped`` are lists of codes. Consent is a person's: set of an interviewee it
        holds for all interviews, of a source for those interviewed there, in their order.
    new : bool
        Make programmes, sites and interviewees that are not there yet, instead of refusing.

    Returns
    -------
    list of str
        The fields that changed.

    Raises
    ------
    P3CError
        Every unknown field or value at once, with the nearest.
    """
    if what not in FIELDS:
        raise P3CError(
            Problem(f"there is no {what!r} to set", "", tuple(FIELDS), nearest(what, FIELDS))
        )
    changing = _Changing(act, what, key, new=new)
    for name, value in fields.items():
        changing.take(name.strip(), value.strip())
    return changing.apply()


class _Changing:
    """One row, what is asked of it, and what is wrong with that."""

    def __init__(self, act: Act, what: str, key: str, *, new: bool) -> None:
        self._act, self._what, self._key = act, what, key
        self._places = Places(act, new=new)
        self._known = self._places.sites if what == "site" else ids_by_key(act.connection, what)
        if problem := find_key(self._known, key, what):
            raise P3CError(problem)
        table = ROWS[what]
        found = select(table).where(table.c.id == self._known[key])
        self._row: dict[str, Any] = dict(act.connection.execute(found).mappings().one())
        self._where = f"{what} {key}"
        self._problems: list[Problem] = []
        self._changes: dict[str, Any] = {}
        self._variables: dict[str, str] = {}
        self._consents: dict[str, list[str]] = {}
        self._place: dict[str, str] = {}
        self._people: list[str] | None = None

    def take(self, name: str, value: str) -> None:
        """Check one field and keep what it asks for."""
        if name not in FIELDS[self._what]:
            self._variable(name, value)
        elif name in _CONSENTS:
            self._consents[name] = several(value)
            self._words(name, self._consents[name])
        elif name in _WORDS:
            self._words(name, [value])
            self._changes[name] = value
        elif name == "key":
            self._new_key(value)
        elif name == "stakeholder_type":
            types = [each.upper() for each in several(value)]
            self._problems += check_types(types, self._where)
            self._changes["stakeholder_types"] = types
        elif name in {"programme", "site"}:
            self._place[name] = value
        elif name == "interviewee":
            self._people = several(value)
        elif name in _REFS:
            self._reference(name, value)
        elif name in {"asked_added", "asked_dropped"}:
            codes = [each for each in re.split(r"[;,\s]+", value) if each]
            self._problems += check_asked(self._act.connection, codes, self._where)
            self._changes[name] = codes or None
        else:
            check = {"date": check_date, "language": check_language}.get(name)
            if value and check and (problem := check(value, self._where)):
                self._problems.append(problem)
            self._changes[name] = value

    def apply(self) -> list[str]:
        """Write what was asked for, or raise what is wrong with it."""
        row = self._row
        if self._place:
            home = self._places.programme(
                self._place.get("programme"), row["programme"], self._where
            )
            self._changes["programme"] = home
            if self._what == "source":
                self._changes["site"] = self._places.site(
                    self._place.get("site"), row["site"], home, self._where
                )
        people = None
        if self._people is not None:
            people = self._places.people(self._people, row, self._where)
        elif self._consents and self._what == "source":
            people = self._places.people_of(row["id"])
        if people is not None or self._what == "interviewee":
            self._count_consents(len(people) if people is not None else 1)
        if problems := [*self._problems, *self._places.problems]:
            raise P3CError(problems)
        if self._variables:
            merged = {**(row["variables"] or {}), **self._variables}
            said = {name: value for name, value in merged.items() if value}
            self._changes["variables"] = said or None
        changes = self._changes
        done = [n for n in changes if n != "variables" and row[n] != changes[n]]
        there = row.get("variables") or {}
        done += [n for n, value in self._variables.items() if there.get(n, "") != value]
        self._act.update(self._what, {row["id"]: self._changes})
        before = self._act.events
        if people is not None:
            self._places.take_part(row["id"], people, self._consents)
        elif self._consents:
            self._places.consent(row["id"], {n: v[0] for n, v in self._consents.items()})
        if self._act.events > before:
            done += [*(["interviewee"] if self._people is not None else []), *self._consents]
        return done

    def _variable(self, name: str, value: str) -> None:
        valid = FIELDS[self._what]
        if self._what == "source":
            plain = name.removeprefix(_VARIABLE)
            there = plain in (self._row["variables"] or {})
            near = nearest(name, valid, cutoff=0.8)
            if plain and (plain != name or there or near is None):
                self._variables[plain] = value
                return
            do = f"For a variable of this name write {_VARIABLE}{name}=VALUE."
        else:
            near, do = nearest(name, valid), ""
        what = f"a {self._what} has no field {name!r}"
        self._problems.append(Problem(what, self._where, valid, near, do))

    def _words(self, name: str, values: list[str]) -> None:
        valid = _WORDS[name]
        if not values:
            self._problems.append(Problem(f"{name} has no value", self._where, valid))
        self._problems += [
            Problem(f"unknown {name} {each!r}", self._where, valid, nearest(each, valid))
            for each in values
            if each not in valid
        ]

    def _new_key(self, value: str) -> None:
        others = self._known
        if self._what == "site":
            others = self._places.beside(self._row)
        bad = check_key(value)
        if not bad and value != self._row["key"] and value in others:
            bad = f"the key {value!r} is taken"
        if bad:
            self._problems.append(Problem(bad, self._where))
        self._changes["key"] = value

    def _reference(self, name: str, value: str) -> None:
        others = ids_by_key(self._act.connection, _REFS[name])
        if value and (problem := find_key(others, value, _REFS[name], self._where)):
            self._problems.append(problem)
        elif value and others[value] == self._row["id"]:
            self._problems.append(Problem("a source is no translation of itself", self._where))
        self._changes[name] = others.get(value)

    def _count_consents(self, people: int) -> None:
        self._problems += [
            Problem(
                f"{name} has {len(given)} answers for {people} interviewees",
                self._where,
                do="Give one for all, or one for each in their order.",
            )
            for name, given in self._consents.items()
            if given and (len(given) not in {1, people} or not people)
        ]
