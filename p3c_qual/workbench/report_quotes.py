"""All quotes of a report, with how they spread over those who speak."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from p3c_qual.description.model import Where
from p3c_qual.description.naming import name_where
from p3c_qual.description.quotes import REASONS
from p3c_qual.description.read import read_description
from p3c_qual.workbench import wire_description as wire
from p3c_qual.workbench.coded_passages import sources_of
from p3c_qual.workbench.description_rows import coder_keys
from p3c_qual.workbench.quote_rows import quote_rows
from p3c_qual.workbench.report_checks import faults_by_quote
from p3c_qual.workbench.state import last_event
from p3c_qual.workbench.wire_realist import TermRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from p3c_qual.study import Study

__all__ = ["quote_state"]


def quote_state(
    study: Study, *, programme: str = "", site: str = "", country: str = ""
) -> wire.QuoteState:
    """Return the quotes from the sources of a programme, a site or a country.

    Parameters
    ----------
    study : Study
    programme, site, country : str
        Keys or row ids; none: all of the study.

    Raises
    ------
    P3CError
        If there is no such place.
    """
    with study.store.read() as connection:
        where = name_where(connection, programme=programme, site=site, country=country)
        described = read_description(connection)
        sources = set(sources_of(connection, where))
        everything = where == Where()
        chosen = [q for q in described.quotes.values() if everything or q.source in sources]
        rows = quote_rows(
            study,
            connection,
            described,
            chosen,
            coders=coder_keys(connection),
            faults=faults_by_quote(study, where.programme or ""),
        )
        reasons = [TermRow(key, key.capitalize(), said) for key, said in REASONS.items()]
        return wire.QuoteState(rows, reasons, _balance(rows), last_event(connection))


def _balance(rows: Sequence[wire.QuoteRow]) -> list[wire.BalanceRow]:
    """Return how often each person, or each document, is quoted, the most quoted first."""
    quotes, words = Counter[str](), Counter[str]()
    types: dict[str, list[str]] = {}
    for each in rows:
        who = each.who or each.source_key
        quotes[who] += 1
        words[who] += len(each.printed.split())
        types[who] = each.types
    return [
        wire.BalanceRow(who, types[who], count, words[who], count / len(rows))
        for who, count in sorted(quotes.items(), key=lambda each: (-each[1], each[0]))
    ]
