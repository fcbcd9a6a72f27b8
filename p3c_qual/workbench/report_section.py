"""A section of a report with everything its author writes it from."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import select

from p3c_qual.analysis.segments import known_codes
from p3c_qual.description.naming import name_where
from p3c_qual.description.outline import outline_of
from p3c_qual.description.read import read_description
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.realist.read import read_realist
from p3c_qual.store.schema import ROWS
from p3c_qual.workbench import wire_description as wire
from p3c_qual.workbench.description_rows import Rows
from p3c_qual.workbench.passages import Passages, read_passages, sources_of
from p3c_qual.workbench.quote_rows import names_in, quote_rows
from p3c_qual.workbench.realist_rows import Cards
from p3c_qual.workbench.report_checks import plain_faults
from p3c_qual.workbench.report_facts import concerns
from p3c_qual.workbench.report_outline import outline_row
from p3c_qual.workbench.rows import found_in
from p3c_qual.workbench.state import last_event

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from sqlalchemy import Connection

    from p3c_qual.coding.names import Codes
    from p3c_qual.description.model import Where
    from p3c_qual.description.order import Entry
    from p3c_qual.realist.model import Configuration
    from p3c_qual.study import Study
    from p3c_qual.workbench.passages import Passage

__all__ = ["section_state"]

#: passages that are sent at most
_MOST = 500


def section_state(
    study: Study,
    key: str,
    *,
    programme: str = "",
    site: str = "",
    country: str = "",
    limit: int = 60,
) -> wire.SectionState:
    """Return a section with its text and the material for it.

    Parameters
    ----------
    study : Study
    key : str
    programme, site, country : str
        Keys or row ids of what the report is about; none: the study as a whole.
    limit : int
        How many passages are sent.

    Raises
    ------
    P3CError
        If there is no such place or section.
    """
    with study.store.read() as connection:
        where = name_where(connection, programme=programme, site=site, country=country)
        found = [
            each
            for each in plain_faults(study, where.programme or "")
            if where.programme or not each.programme
        ]
        described = read_description(connection)
        entry = _entry(outline_of(connection, where, description=described), key)
        sources = sources_of(connection, where)
        codes = known_codes(study, connection)
        passages = (
            read_passages(study, connection, entry.code, sources) if entry.code else Passages()
        )
        rows = Rows(study, connection, described)
        shown, left = passages.chosen(rows.sources, min(max(limit, 1), _MOST))
        below = _below(study, connection, entry.code)
        cards = _configurations(connection, where, passages, below)
        own = described.sections_of(where).get(key)
        named = dict.fromkeys(names_in(own)) if own else {}
        quotes = [each for name in named if (each := described.quote(name))]
        facts = [each for each in described.facts.values() if concerns(each.where, where)]
        contrasts = [each for each in described.contrasts.values() if concerns(each.where, where)]
        stated = [*(each.id for each in facts), *(each.id for each in contrasts)]
        rows.prepare(rows.cited(stated))
        by_quote: dict[str, list[wire.LintRow]] = defaultdict(list)
        for fault in found:
            by_quote[fault.quote].append(fault)
        faults = [each for each in found if each.section == key or each.quote in named]
        quoted = _by_source((e.source, e.start, e.end, e.key) for e in described.quotes.values())
        evidence = _by_source((e.source, e.start, e.end, c.key) for c in cards for e in c.evidence)
        made = Cards(connection) if cards else None
        return wire.SectionState(
            key=entry.key,
            title=entry.title,
            prompt=entry.prompt,
            level=entry.level,
            text=entry.text,
            coder=rows.coder(own.coder) if own else "",
            status=entry.status,
            outline=outline_row(entry),
            material=[
                _passage(each, rows, codes, _quoted(quoted, each), _why(evidence, each))
                for each in shown
            ],
            left=left,
            paraphrases=_paraphrases(connection, rows, passages, _MOST),
            cards=[made.configuration(each) for each in cards] if made else [],
            facts=[rows.fact(each) for each in facts],
            contrasts=[rows.contrast(each) for each in contrasts],
            quotes=quote_rows(
                study, connection, described, quotes, coders=rows.coders, faults=by_quote
            ),
            faults=faults,
            numbers=[passages.said] if passages.said else [],
            cursor=last_event(connection),
        )


def _entry(entries: Sequence[Entry], key: str) -> Entry:
    found = next((each for each in entries if each.key == key), None)
    if found is None:
        valid = tuple(each.key for each in entries)
        what = f"there is no section {key[:60]!r} in this report"
        raise P3CError(Problem(what, "", valid, nearest(key, valid), code="unknown"))
    return found


def _passage(one: Passage, rows: Rows, codes: Codes, quoted: str, why: str) -> wire.SectionPassage:
    return wire.SectionPassage(
        source=one.source,
        key=rows.sources[one.source].key,
        start=one.start,
        end=one.end,
        quote=one.quote,
        who=", ".join(each.key for each in one.people),
        types=list(dict.fromkeys(kind for each in one.people for kind in each.types)),
        codes=[codes.label(name) for name in one.codes],
        free=one.free,
        words=len(one.quote.split()),
        quoted=quoted,
        why=why,
    )


def _below(study: Study, connection: Connection, code: str) -> set[str]:
    """Return the row ids of a code and of those below it."""
    codes = known_codes(study, connection)
    there = codes.by_name.get(code, ()) if code else ()
    return set(codes.below(there[0])) if len(there) == 1 else set()


def _configurations(
    connection: Connection, where: Where, passages: Passages, codes: Collection[str]
) -> list[Configuration]:
    """Return what stands in a programme and has to do with a section.

    It has an element of the section's code, or evidence among its passages.
    """
    if where.programme is None or not codes:
        return []
    rows = ROWS["configuration"]
    of = select(rows.c.id).where(rows.c.programme == where.programme)
    found = read_realist(connection, configurations=list(connection.scalars(of)))
    spans = _by_source((each.source, each.start, each.end, "") for each in passages.every)
    return [
        each
        for each in found.standing
        if (not where.site and any(one.code in codes for one in each.elements))
        or any(_touched(spans, one.source, one.start, one.end) for one in each.evidence)
    ]


def _paraphrases(
    connection: Connection, rows: Rows, passages: Passages, limit: int
) -> list[wire.ParaphraseRow]:
    """Return what was paraphrased of these passages in a summarising."""
    unit = ROWS["paraphrase"]
    spans = _by_source((each.source, each.start, each.end, "") for each in passages.every)
    columns = (unit.c.source, unit.c.start, unit.c.end, unit.c.paraphrase, unit.c.generalisation)
    told = select(*columns).where(unit.c.paraphrase.is_not(None), unit.c.dropped.is_(None))
    found = [
        row
        for some in found_in(unit.c.source, spans)
        for row in connection.execute(told.where(some).order_by(unit.c.start, unit.c.id))
        if _touched(spans, row.source, row.start, row.end)
    ]
    found.sort(key=lambda row: (rows.sources[row.source].key, row.start, row.end))
    rows.prepare(row.source for row in found)
    made = []
    for row in found[:limit]:
        person = rows.speaker(row.source, row.start)
        key = rows.sources[row.source].key
        who, text = person.key if person else "", row.generalisation or row.paraphrase
        made.append(wire.ParaphraseRow(text, who, row.source, key, row.start, row.end))
    return made


#: by source (row id) start, end and what is named there
Spans = dict[str, list[tuple[int, int, str]]]


def _by_source(places: Iterable[tuple[str, int, int, str]]) -> Spans:
    found: Spans = defaultdict(list)
    for source, start, end, name in places:
        found[source].append((start, end, name))
    return found


def _touched(spans: Spans, source: str, start: int, end: int) -> list[str]:
    """Return what is named at the places that share words with a stretch, each once."""
    here = (each for each in spans.get(source, ()) if each[0] < end and start < each[1])
    return list(dict.fromkeys(name for _, _, name in here))


def _quoted(quotes: Spans, passage: Passage) -> str:
    """Return the key of a quote of a passage, or of a part of it."""
    inside = (
        name
        for start, end, name in quotes.get(passage.source, ())
        if passage.start <= start and end <= passage.end
    )
    return next(inside, "")


def _why(cards: Spans, passage: Passage) -> str:
    """Say what else speaks for looking at a passage."""
    said = ["marked important"] if passage.important else []
    keys = _touched(cards, passage.source, passage.start, passage.end)
    return "; ".join([*said, f"evidence of {', '.join(keys)}"] if keys else said)
