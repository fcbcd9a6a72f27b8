"""The sections of a report as its author arranged them, numbered, with how far each is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.analysis.reading_set import choose_readings
from p3c_qual.coding.names import read_codes
from p3c_qual.description.naming import name_where
from p3c_qual.description.order import Entry, arrange, number_entries
from p3c_qual.description.places import known_sections, places_of, read_chapters
from p3c_qual.description.progress import progress_of
from p3c_qual.description.read import Description, read_description
from p3c_qual.description.skeleton import SUBSTRUCTURE
from p3c_qual.description.tokens import count_words, read_paragraphs, read_tokens
from p3c_qual.errors import P3CError
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sqlalchemy import Connection

    from p3c_qual.coding.names import Codes
    from p3c_qual.description.model import Where
    from p3c_qual.description.tokens import Token
    from p3c_qual.opened import Opened

__all__ = ["STATES", "Entry", "known_names", "outline_of", "read_outline"]

#: how far a section is
STATES = {
    "empty": "Empty",
    "material": "Material, not yet description",
    "description": "Description",
    "generated": "Made of the records",
}


def read_outline(
    study: Opened,
    programme: str = "",
    *,
    site: str = "",
    country: str = "",
    codebook: str = "",
) -> tuple[Entry, ...]:
    """Return the sections of a report in order, as its author arranged them.

    A substructure or a chapter of the author's own is a description once it has a sentence and
    each of its paragraphs names a passage: by a quote, a configuration, a fact or a source, or by
    a quotation that follows it. A summary and a discussion need a sentence; what is made of the
    records alone is ``generated``. Without a text a section is ``material`` where passages are
    coded for it, else ``empty``.

    Parameters
    ----------
    study : Study
    programme, site, country : str
        What the report is about; none: the study as a whole.
    codebook : str
        Whose codes make the chapters; by default ``selfie``, and for a site ``pioneers``, where
        the study has them.

    Raises
    ------
    P3CError
        If there is no such programme, site or country.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> [(entry.number, entry.key, entry.state) for entry in read_outline(study)][:3]
    [('', 'summary', 'empty'), ('1', 'method', 'empty'), ('2', 'macro', 'generated')]
    """
    with study.store.read() as connection:
        where = name_where(connection, programme=programme, site=site, country=country)
        return outline_of(connection, where, codebook=codebook)


def outline_of(
    connection: Connection,
    where: Where,
    *,
    description: Description | None = None,
    codebook: str = "",
) -> tuple[Entry, ...]:
    """Return the sections of a report as `read_outline` does, from a connection.

    Parameters
    ----------
    connection : sqlalchemy.Connection
    where : Where
    description : Description, optional
        Where it is read already.
    codebook : str
    """
    held = description or read_description(connection)
    chapters = read_chapters(connection)
    texts = held.sections_of(where)
    places = {each.key: each for each in places_of(chapters, where, codebook)}
    # what was written under another codebook is not lost sight of
    others = known_sections(chapters, where) if texts.keys() - places.keys() else {}
    places |= {key: others[key] for key in texts if key in others and key not in places}
    entries = arrange(places, texts)
    counted, own = _counted(connection, where, entries)
    known = known_names(connection, held)
    entries = [
        replace(
            each,
            words=count_words(each.text),
            quotes=sum(
                token.kind == "quote" and not token.fault for token in read_tokens(each.text)
            ),
            material=counted.get(each.key, 0),
        )
        for each in entries
    ]
    return tuple(_judged(number_entries(entries, _number(connection, where)), known, own))


def known_names(connection: Connection, held: Description) -> Callable[[Token], bool]:
    """Return what says of a token whether there is the passage it names."""
    names = {"quote": set(held.by_key)}
    for kind, table in (("cmo", "configuration"), ("source", "source")):
        names[kind] = set(connection.scalars(select(ROWS[table].c.key)))
    facts = tuple(held.facts)

    def known(token: Token) -> bool:
        if token.kind == "fact":
            name = token.name.lower()
            return any(each.startswith(name) or each.endswith(name) for each in facts)
        return token.kind not in names or token.name in names[token.kind]

    return known


def _number(connection: Connection, where: Where) -> str:
    """Return the number of a programme among the others; a site and a country have none."""
    if where.programme is None or where.site:
        return ""
    rows = ROWS["programme"]
    stored = connection.execute(select(rows.c.key, rows.c.id)).all()
    ids = [row.id for row in sorted(stored, key=lambda row: row.key)]
    return f"{ids.index(where.programme) + 1}." if where.programme in ids else ""


def _counted(
    connection: Connection, where: Where, entries: Sequence[Entry]
) -> tuple[dict[str, int], dict[str, int]]:
    """Return by section how many passages are coded for it, and how many for none of its parts.

    They are those of the reading set. Where it is to be settled first whose coding counts, it is
    what anybody coded, since there is material all the same.
    """
    codes = {each.code for each in entries if each.code}
    if where.programme is None or not codes:
        return {}, {}
    coding, source = ROWS["coding"], ROWS["source"]
    here = select(source.c.id).where(source.c.programme == where.programme)
    if where.site:
        here = here.where(source.c.site == where.site)
    which = (coding.c.code, coding.c.source, coding.c.start, coding.c.coder, coding.c.round)
    wanted = select(*which, coding.c.quote).where(coding.c.source.in_(here))
    known = read_codes(connection)
    counts = _counts(connection, known, codes, set(connection.scalars(here)))
    spans: dict[str, set[tuple[str, int, int]]] = defaultdict(set)
    for row in connection.execute(wanted):
        if row.code in known.by_id and counts(row):
            # white space at its ends is not part of a passage
            whole = row.quote or ""
            if words := whole.strip():
                start = row.start + whole.index(words)
                spans[known.counts_for(row.code)].add((row.source, start, start + len(words)))
    below = {}
    for name in codes:
        ids = known.by_name.get(name, ())
        below[name] = frozenset(known.below(ids[0])) if len(ids) == 1 else frozenset()
    by_key = {each.key: each for each in entries}
    counted, own = {}, {}
    for each in entries:
        codes_of = below.get(each.code, frozenset())
        counted[each.key] = len(set().union(*(spans.get(one, set()) for one in codes_of)))
        inside = (by_key[key] for key in (each.key, *each.merged) if key in by_key)
        mine = {
            one
            for part in inside
            if part.level == SUBSTRUCTURE and part.code
            for one in _alone(part, each.key, entries, below)
        }
        own[each.key] = len(set().union(*(spans.get(one, set()) for one in mine)))
    return counted, own


def _alone(
    entry: Entry, home: str, entries: Sequence[Entry], below: Mapping[str, frozenset[str]]
) -> set[str]:
    """Return the codes of a section without those that have a section of their own."""
    mine = set(below[entry.code])
    for each in entries:
        apart = each.printed and each.level == SUBSTRUCTURE and each.key not in {entry.key, home}
        if not (apart and each.code) or not below[each.code] <= mine:
            continue
        if each.code != entry.code or each.under == home:
            mine -= below[each.code]
    return mine


def _counts(
    connection: Connection, known: Codes, codes: set[str], sources: set[str]
) -> Callable[[Any], bool]:
    """Return what says of a coding whether it is of the reading set of its codebook."""
    named = {ids[0] for name in codes if len(ids := known.by_name.get(name, ())) == 1}
    readings: dict[str, dict[str, tuple[str | None, str | None]] | None] = {}
    for book in {known.by_id[name].codebook for name in named}:
        try:
            chosen = choose_readings(connection, sources=sources, codebook=book)
        except P3CError:
            readings[book] = None
        else:
            readings[book] = {each.source: (each.coder, each.round) for each in chosen.readings}

    def counts(row: Any) -> bool:
        found = readings.get(known.by_id[row.code].codebook)
        if found is None:
            return True
        if row.source not in found:
            return False
        coder, round_ = found[row.source]
        return row.round == round_ and coder in {None, row.coder}

    return counts


def _judged(
    entries: list[Entry], known: Callable[[Token], bool], own: Mapping[str, int]
) -> list[Entry]:
    """Say of each section how far it is; one without a text by those that are part of it."""
    by_key = {each.key: each for each in entries}
    states: dict[str, tuple[str, str]] = {}
    below: dict[str, list[Entry]] = defaultdict(list)
    for each in entries:
        if each.printed and each.under:
            # what is part of a section that is merged stands where that one does
            above = by_key[each.under]
            below[above.merged_into or above.key].append(each)

    def state(entry: Entry) -> str:
        if entry.key not in states:
            # copies may have been joined to a circle
            states[entry.key] = ("empty", "")
            parts = [state(each) for each in below[entry.key]]
            inside = [by_key[key] for key in entry.merged if key in by_key]
            texts = [entry.text, *(each.text for each in inside if not each.left_out)]
            whole = "\n\n".join(filter(None, texts))
            states[entry.key] = _state(entry, whole, parts, known, own.get(entry.key, 0))
        return states[entry.key][0]

    for each in entries:
        state(each)
    return [replace(each, state=states[each.key][0], why=states[each.key][1]) for each in entries]


def _state(
    entry: Entry, text: str, parts: list[str], known: Callable[[Token], bool], own: int
) -> tuple[str, str]:
    if entry.kind in {"record", "appendix"} and not entry.own:
        return "generated", ""
    if text:
        told = [each for each in read_paragraphs(text, known) if each.told]
        bare = sum(not each.rests for each in told)
        strict = entry.level == SUBSTRUCTURE or (entry.own and entry.kind != "brief")
        if not told:
            return "material", "it has no sentence of the author’s"
        if strict and bare:
            some = f"{bare} of {len(told)} paragraphs" if len(told) > 1 else "its paragraph"
            return "material", f"{some} {'names' if bare == 1 else 'name'} no passage"
        return "description", ""
    return progress_of(parts, own, entry.material)
