"""What a study holds of its fieldwork: who was asked where, how, how often and for how long."""

from __future__ import annotations

from collections import Counter
from statistics import median
from typing import TYPE_CHECKING

from sqlalchemy import select

from p3c_qual.sources.terms import STAKEHOLDERS
from p3c_qual.standards.lookup import Facts, Found, count_of, keys_of
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Callable

    from p3c_qual.analysis.known import KnownSource

__all__ = ["FIELDWORK"]

#: kinds of source that are notes of the researchers
_NOTES = ("observation", "meeting_note", "diary")


def _consent(facts: Facts) -> Found:
    answers = [person.consent["recorded"] for each in facts.sources for person in each.people]
    if not answers:
        return Found()
    said = sum(bool(each) and each != "unknown" for each in answers)
    what = (
        f"consent is noted for {said} of {len(answers)} participations; the approval itself is "
        "not held here"
    )
    return Found(what, "p3c sources")


def _sites(facts: Facts) -> Found:
    site, programme = ROWS["site"], ROWS["programme"]
    wanted = select(site.c.key, programme.c.key.label("programme")).order_by(site.c.key)
    rows = facts.connection.execute(
        wanted.join(programme, site.c.programme == programme.c.id, isouter=True)
    ).all()
    visited = {each.site for each in facts.sources}
    sites = [
        each.key for each in rows if facts.programme in {"", each.programme} or each.key in visited
    ]
    countries = sorted({each.country for each in facts.sources if each.country})
    if not sites and not countries:
        return Found()
    parts = [f"{count_of(len(sites), 'site')}: {keys_of(sites)}"] if sites else []
    if countries:
        parts.append(f"{count_of(len(countries), 'country', 'countries')}: {keys_of(countries)}")
    return Found("; ".join(parts), "p3c sources")


def _programmes(facts: Facts) -> Found:
    programme = ROWS["programme"]
    every = facts.connection.scalars(select(programme.c.key).order_by(programme.c.key))
    keys = [key for key in every if facts.programme in {"", key}]
    if not keys:
        return Found()
    documents = sum(each.said["kind"] == "document" for each in facts.sources)
    what = f"{count_of(len(keys), 'programme')}: {keys_of(keys)}; {count_of(documents, 'document')}"
    return Found(what, "p3c sources")


def _collection(facts: Facts) -> Found:
    if not facts.sources:
        return Found()
    kinds = Counter(each.said["kind"] for each in facts.sources)
    protocols = _protocols(facts)
    named = f": {keys_of(protocols)}" if protocols else ""
    listed = ", ".join(f"{n} {kind.replace('_', ' ')}" for kind, n in sorted(kinds.items()))
    what = f"{count_of(len(facts.sources), 'source')} ({listed}); "
    return Found(what + count_of(len(protocols), "interview protocol") + named, "p3c sources")


def _sample(facts: Facts) -> Found:
    if not facts.people:
        return Found()
    types = {kind for person in facts.people for kind in person.types}
    what = f"{_by_type(facts)}; {len(types)} stakeholder types of {len(STAKEHOLDERS)} are there"
    return Found(f"{what}; how they were chosen is not held here", "p3c interviewees")


def _participants(facts: Facts) -> Found:
    if not facts.people:
        return Found()
    interviews = sum(bool(each.people) for each in facts.sources)
    heads = f"{count_of(len(facts.people), 'interviewee')} in {count_of(interviews, 'source')}"
    return Found(f"{heads}; {_by_type(facts)}", "p3c interviewees")


def _by_type(facts: Facts) -> str:
    counts = Counter(kind for person in facts.people for kind in person.types)
    of = len(facts.people)
    said = [f"{STAKEHOLDERS.get(kind, kind)} {n} of {of}" for kind, n in sorted(counts.items())]
    bare = sum(not person.types for person in facts.people)
    return ", ".join([*said, *([f"type not said {bare} of {of}"] if bare else [])])


def _described(facts: Facts) -> Found:
    if not facts.people:
        return Found()
    roles = sum(bool(person.role) for person in facts.people)
    dates = sorted(each.said["date"] for each in _interviews(facts) if each.said["date"])
    when = f"; interviewed from {dates[0]} to {dates[-1]}" if dates else ""
    what = f"{_by_type(facts)}; a role is said of {roles} of {len(facts.people)}{when}"
    return Found(what, "p3c interviewees")


def _guides(facts: Facts) -> Found:
    keys = _protocols(facts)
    interviews = _interviews(facts)
    if not keys:
        return Found()
    used = sum(bool(each.protocol) for each in interviews)
    what = f"{count_of(len(keys), 'interview protocol')}: {keys_of(keys)}"
    return Found(
        f"{what}; {used} of {count_of(len(interviews), 'interview')} by one of them", "p3c sources"
    )


def _repeated(facts: Facts) -> Found:
    interviews = _interviews(facts)
    if not interviews:
        return Found()
    times = Counter(person.id for each in interviews for person in each.people)
    again = sum(number > 1 for number in times.values())
    waves = {each.said["wave"] for each in interviews if each.said["wave"]}
    what = f"{again} of {count_of(len(times), 'interviewee')} were interviewed more than once"
    return Found(what + (f"; waves: {keys_of(sorted(waves))}" if waves else ""), "p3c sources")


def _recorded(facts: Facts) -> Found:
    interviews = _interviews(facts)
    answers = [person.consent["recorded"] for each in interviews for person in each.people]
    modes = Counter(each.said["mode"] for each in interviews if each.said["mode"])
    if not modes and all(answer in {None, "", "unknown"} for answer in answers):
        return Found()
    yes = sum(answer == "yes" for answer in answers)
    what = f"recording was agreed to in {yes} of {count_of(len(answers), 'participation')}"
    said = ", ".join(f"{mode} {number}" for mode, number in sorted(modes.items()))
    return Found(what + (f"; mode of the interviews: {said}" if said else ""), "p3c sources")


def _notes(facts: Facts) -> Found:
    kinds = Counter(each.said["kind"] for each in facts.sources)
    found = {kind.replace("_", " "): kinds[kind] for kind in _NOTES if kinds[kind]}
    if not found:
        return Found()
    return Found(", ".join(count_of(number, kind) for kind, number in found.items()), "p3c sources")


def _duration(facts: Facts) -> Found:
    interviews = _interviews(facts)
    given = [each.said["duration_min"] for each in interviews]
    times = sorted(float(each) for each in given if each.replace(".", "", 1).isdecimal())
    if not times:
        return Found()
    what = (
        f"{times[0]:g} to {times[-1]:g} minutes, median {median(times):g}; said of {len(times)} of "
        f"{count_of(len(interviews), 'interview')}"
    )
    return Found(what, "p3c sources")


def _protocols(facts: Facts) -> list[str]:
    """Return the interview protocols; of a programme those by which its sources were asked."""
    protocol = ROWS["protocol"]
    keys = facts.connection.scalars(select(protocol.c.key).order_by(protocol.c.key))
    used = {each.protocol for each in facts.sources}
    return [key for key in keys if not facts.programme or key in used]


def _interviews(facts: Facts) -> list[KnownSource]:
    """Return the interviews; a translation is none of its own."""
    return [
        each
        for each in facts.sources
        if each.said["kind"] == "interview" and not each.translation_of
    ]


FIELDWORK: dict[str, Callable[[Facts], Found]] = {
    "consent": _consent,
    "sites": _sites,
    "programmes": _programmes,
    "collection": _collection,
    "sample": _sample,
    "participants": _participants,
    "described": _described,
    "guides": _guides,
    "repeated": _repeated,
    "recorded": _recorded,
    "notes": _notes,
    "duration": _duration,
}
