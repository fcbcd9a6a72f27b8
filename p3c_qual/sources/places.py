"""Where a source belongs and who speaks in it: found by key, or made where that is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.coding.names import find_key, ids_by_key
from p3c_qual.errors import Problem
from p3c_qual.sources.terms import CONSENT_FOR, check_key, slug
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from p3c_qual.store.act import Act

__all__ = ["Places"]

_MAKE = "To make it, add --new."


class Places:
    """Programmes, sites and interviewees of a study, and what is wrong with those asked for.

    Parameters
    ----------
    act : Act
    new : bool
        Make those that are not there.

    Attributes
    ----------
    sites : dict of str to str
        Id by ``PROGRAMME/SITE``, and by the bare key where only one programme has it.
    problems : list of Problem
    """

    def __init__(self, act: Act, *, new: bool) -> None:
        self._act, self._new = act, new
        self._programmes = ids_by_key(act.connection, "programme")
        labels = {row: key for key, row in self._programmes.items()}
        self._sites = list(act.connection.execute(select(ROWS["site"])).all())
        keys = [row.key for row in self._sites]
        self.sites = {
            name: row.id
            for row in self._sites
            for name in (row.key, f"{labels.get(row.programme, '')}/{row.key}")
            if "/" in name or keys.count(name) == 1
        }
        self.problems: list[Problem] = []

    def programme(self, given: str | None, now: str | None, where: str) -> str | None:
        """Return the id of the programme asked for; None leaves the one there is."""
        if not given:
            return now if given is None else None
        key = given if given in self._programmes else slug(given)
        if key in self._programmes:
            return self._programmes[key]
        if self._new and key:
            row = {"key": key, "label": given, "country": ""}
            self._programmes[key] = self._act.insert(
                "programme", [{"id": self._act.named_id("programme", key), **row}]
            )[0]
            return self._programmes[key]
        self._unknown(self._programmes, given, "programme", where)
        return None

    def site(
        self, given: str | None, now: str | None, programme: str | None, where: str
    ) -> str | None:
        """Return the id of a site of that programme; a source's own moves along where it can."""
        here = self.beside({"programme": programme})
        if given is None:
            own = next((row for row in self._sites if row.id == now), None)
            if own is None or own.programme == programme or own.key in here:
                return here[own.key] if own is not None else None
            self.problems.append(
                Problem(
                    f"the site {own.key!r} belongs to another programme",
                    where,
                    tuple(sorted(here)),
                    do="Say the new one too: site=NAME, or site= for none.",
                )
            )
            return None
        if not given:
            return None
        key = given if given in here else slug(given)
        if key in here:
            return here[key]
        if self._new and key:
            name = self._act.named_id("site", str(programme), key)
            row = {"id": name, "key": key, "label": given, "programme": programme}
            return self._act.insert("site", [row])[0]
        self._unknown(here, given, "site", where)
        return None

    def beside(self, row: Mapping[str, Any]) -> dict[str, str]:
        """Return the sites of the programme a site belongs to, by key."""
        return {each.key: each.id for each in self._sites if each.programme == row["programme"]}

    def people(self, given: Sequence[str], source: Mapping[str, Any], where: str) -> list[str]:
        """Return the ids of the interviewees asked for, in order."""
        known = ids_by_key(self._act.connection, "interviewee")
        ids = []
        for key in dict.fromkeys(given):
            if key in known:
                ids.append(known[key])
            elif self._new:
                if bad := check_key(key):
                    self.problems.append(Problem(bad, where))
                    continue
                name = self._act.named_id("interviewee", key)
                row = {"programme": source["programme"], "stakeholder_types": [], "role": ""}
                ids += self._act.insert("interviewee", [{"id": name, "key": key, **row}])
            else:
                self._unknown(known, key, "interviewee", where)
        return ids

    def people_of(self, source: str) -> list[str]:
        """Return the ids of those who took part in a source, in order."""
        return [row.interviewee for row in self._taken(source)]

    def take_part(
        self, source: str, people: Sequence[str], consents: Mapping[str, Sequence[str]]
    ) -> None:
        """Make these people the ones who took part; what was known of those who stay is kept."""
        there = {row.interviewee: row.id for row in self._taken(source)}
        self._act.delete(
            "participation", [row for person, row in there.items() if person not in people]
        )
        unknown = {f"consent_{purpose}": "unknown" for purpose in CONSENT_FOR}
        fresh, changes = [], {}
        for number, person in enumerate(people):
            answers = {
                name: given[number if len(given) > 1 else 0] for name, given in consents.items()
            }
            if person in there:
                changes[there[person]] = {"position": number, **answers}
            else:
                row = {"source": source, "interviewee": person, "speaker": "", "position": number}
                fresh.append({**row, **unknown, **answers})
        self._act.update("participation", changes)
        self._act.insert("participation", fresh)

    def consent(self, interviewee: str, answers: Mapping[str, str]) -> None:
        """Write a person's answers for all interviews they took part in."""
        part = ROWS["participation"]
        wanted = select(part.c.id).where(part.c.interviewee == interviewee)
        mine = self._act.connection.scalars(wanted).all()
        self._act.update("participation", dict.fromkeys(mine, answers))

    def _taken(self, source: str) -> Sequence[Any]:
        part = ROWS["participation"]
        wanted = select(part).where(part.c.source == source).order_by(part.c.position, part.c.id)
        return self._act.connection.execute(wanted).all()

    def _unknown(self, known: dict[str, str], key: str, what: str, where: str) -> None:
        problem = find_key(known, key, what, where)
        if problem is not None:
            do = f"{problem.do} {_MAKE}".strip()
            self.problems.append(
                Problem(problem.what, problem.where, problem.valid, problem.nearest, do)
            )
