"""Checks on whose words are quoted: balance, small numbers, consent that is not recorded."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from p3c_qual.description.checks.finding import Finding
from p3c_qual.sources.terms import STAKEHOLDERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from p3c_qual.description.checks.material import Material

__all__ = ["MOST", "check_spread"]

#: a person with a larger share of the quotes of a report drowns the others
MOST = 0.4
#: of fewer quotes a share says nothing
_FEWEST = 3


def check_spread(material: Material) -> Iterator[Finding]:
    """Check whom each report quotes."""
    types: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for source in material.voices.sources.values():
        for person in source.people:
            for kind in person.types:
                types[source.programme][kind].add(person.key)
    for programme, set_in in material.reports():
        counts: Counter[str] = Counter()
        unknown: dict[str, int] = defaultdict(int)
        quotes = {quote.id: quote for quote, _ in set_in}
        for quote in quotes.values():
            people = material.people(quote)
            counts.update(person.key for person in people)
            for person in people:
                if (person.consent.get("quoted") or "unknown") == "unknown":
                    unknown[person.key] += 1
        yield from _unbalanced(programme, counts, len(quotes))
        for who, count in sorted(unknown.items()):
            times = "once" if count == 1 else f"{count} times"
            what = f"{who} is quoted {times}, and it is not recorded whether they consented"
            do = f"Record the answer: p3c set interviewee {who} consent_quoted=yes, or no."
            yield Finding("consent_unknown", what, do, programme=programme)
        for kind, people_of in sorted(types[programme].items()):
            if len(people_of) == 1 and (alone := next(iter(people_of))) in counts:
                called = f"{kind}, {STAKEHOLDERS[kind].lower()}" if kind in STAKEHOLDERS else kind
                what = f"{alone} is the only one of their type ({called}) in {material.called(programme)}, and is quoted"  # fmt: skip
                do = "Look whether the words and the type together tell who it is."
                yield Finding("small_cell", what, do, programme=programme)


def _unbalanced(programme: str, counts: Counter[str], quotes: int) -> Iterator[Finding]:
    for who, count in sorted(counts.items()):
        if quotes >= _FEWEST and count / quotes > MOST:
            what = f"{who} speaks in {count} of {quotes} quotes"
            do = "Let others say it too, or say in the text why this voice leads."
            yield Finding("balance", what, do, programme=programme)
