"""A section of a report with everything its author writes it from."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from p3c_qual.analysis.segments import known_codes
from p3c_qual.description.naming import name_where
from p3c_qual.description.outline import outline_of
from p3c_qual.description.read import read_description
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.workbench import wire_description as wire
from p3c_qual.workbench.coded_passages import quoted_passages, read_passages, sources_of
from p3c_qual.workbench.description_rows import Rows
from p3c_qual.workbench.passages import Passages
from p3c_qual.workbench.quote_rows import names_in, quote_rows
from p3c_qual.workbench.realist_rows import Cards
from p3c_qual.workbench.report_checks import plain_faults
from p3c_qual.workbench.report_facts import concerns
from p3c_qual.workbench.report_outline import outline_row
from p3c_qual.workbench.section_material import (
    by_source,
    codes_below,
    configurations_of,
    paraphrase_rows,
    quoted_in,
    why_shown,
)
from p3c_qual.workbench.state import last_event

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from p3c_qual.coding.names import Codes
    from p3c_qual.description.order import Entry
    from p3c_qual.description.read import Description
    from p3c_qual.study import Study
    from p3c_qual.workbench.passages import Passage

__all__ = ["section_state"]

#: passages that are sent at most
_MOST = 2_000
#: kinds of section that are made of the records
_MADE = ("record", "appendix")


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
        passages = _passages(study, connection, entry, described, sources)
        rows = Rows(study, connection, described)
        shown, left = passages.chosen(rows.sources, min(max(limit, 1), _MOST))
        below = codes_below(study, connection, entry.code)
        cards = configurations_of(connection, where, passages, below)
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
        quoted = by_source((e.source, e.start, e.end, e.key) for e in described.quotes.values())
        evidence = by_source((e.source, e.start, e.end, c.key) for c in cards for e in c.evidence)
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
                _passage(each, rows, codes, quoted_in(quoted, each), why_shown(evidence, each))
                for each in shown
            ],
            left=left,
            paraphrases=paraphrase_rows(connection, rows, passages, _MOST),
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


def _passages(
    study: Study,
    connection: Connection,
    entry: Entry,
    described: Description,
    sources: Sequence[str],
) -> Passages:
    """Return what a section can quote: what is coded for it, or what is quoted already."""
    if entry.code:
        return read_passages(study, connection, entry.code, sources)
    if entry.kind in _MADE:
        return Passages()
    here = set(sources)
    quotes = [each for each in described.quotes.values() if each.source in here]
    return quoted_passages(study, connection, quotes)


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
