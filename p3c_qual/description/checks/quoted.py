"""Checks on quotes: their words, their speakers' consent, names in them, why they were chosen."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from p3c_qual.description.checks.finding import Finding
from p3c_qual.description.names import find_names, fold_name, looks_for
from p3c_qual.description.stale import stale_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from p3c_qual.description.checks.material import Material
    from p3c_qual.description.model import Quote
    from p3c_qual.description.names import Named

__all__ = ["MAX_WORDS", "check_names", "check_quotes", "names_in"]

#: a quote of more words is rarely read to its end
MAX_WORDS = 120
#: a turn whose label has lost its colon, in words with turns
_NO_COLON = re.compile(r"(?m)^[ \t]*(?:R[ \t]+[A-Z’'“]|I[ \t]+[A-Z“])")
_TURN = re.compile(r"(?m)^[ \t]*[\w.-]{1,10}:")
_ANEW = "Choose the passage anew from the text as it is now, and name that quote instead."


def check_quotes(material: Material) -> Iterator[Finding]:
    """Check each quote by itself; what is printed nowhere forbids no report."""
    for quote in material.quotes:
        source = material.voices.sources.get(quote.source)
        at: dict[str, Any] = _at(material, quote)
        used = quote.key in material.used
        if stale := stale_of(material.voices.sources, quote):
            yield Finding("quote_stale", f"the quote is not current: {stale}", _ANEW, used, **at)
        elif _differs(material, quote):
            what = "the words of the quote are not those of its source"
            yield Finding("quote_differs", what, _ANEW, used, **at)
        how = material.voices.refused(quote.source, quote.start, quote.end)
        if how and source is not None:
            people = material.people(quote) or source.people
            who = " or ".join(p.key for p in people if p.consent.get("quoted") == how)
            did = "has withdrawn the consent" if how == "withdrawn" else "did not consent"
            do = "Take the quote out, and remove it."
            yield Finding("consent_refused", f"{who} {did} to be quoted", do, used, **at)
        words = material.printed(quote)
        if (count := len(words.split())) > MAX_WORDS:
            what = f"the quote has {count} words; more than {MAX_WORDS} are rarely read"
            yield Finding("quote_long", what, "Omit or trim what is not needed.", **at)
        uses = material.used.get(quote.key, ())
        # of what is only referred to no words are printed that were chosen among others
        if not quote.chosen_as and (not uses or any(each.token.set_in for each in uses)):
            what = "it is not said why this quote was chosen"
            do = "Say whether it is typical, contrary or telling."
            yield Finding("reason_missing", what, do, **at)
        if quote.translation:
            missing = [
                name
                for name, value in (("who made", quote.translator), ("when", quote.translated))
                if not value
            ]
            if missing:
                what = f"of the translation it is not said {' and '.join(missing)} it"
                what = what if missing != ["when"] else "it is not said when it was translated"
                what = what.replace("who made and when it", "who made it and when")
                do = "Note the translator and the date."
                yield Finding("translation_unsigned", what, do, **at)
        if _TURN.search(words) and _NO_COLON.search(words):
            what = "a turn in the quote has no colon behind its speaker"
            yield Finding("turn_without_colon", what, "Mend it in the transcript.", **at)


def check_names(material: Material, language: str) -> Iterator[Finding]:
    """Check that of each name that is printed in a quote it is decided whether it may be.

    Parameters
    ----------
    material : Material
    language : str
        Of translations, and of sources that name none.
    """
    kept = {fold_name(name) for name in material.description.kept_names}
    for quote, named in names_in(material, language).items():
        if open_ := [each.name for each in named if fold_name(each.name) not in kept]:
            one = len(open_) == 1
            what = f"{'a name is' if one else 'names are'} not decided: {', '.join(open_)}"
            do = "Mask it, or say why it may be printed." if one else "Mask each, or say why it may be printed."  # fmt: skip
            used = quote.key in material.used
            yield Finding("name_undecided", what, do, used, **_at(material, quote))
    unread: dict[str, int] = defaultdict(int)
    for quote in material.quotes:
        unread[_language(material, quote, language)] += 1
    for name, count in sorted(unread.items()):
        if not looks_for(name):
            quotes = "1 quote" if count == 1 else f"{count} quotes"
            what = f"names were looked for only behind titles in {quotes}, since no model for {name!r} is installed"  # fmt: skip
            yield Finding("names_unread", what, "Read them for names yourself.", programme=material.of)  # fmt: skip


def names_in(material: Material, language: str) -> dict[Quote, tuple[Named, ...]]:
    """Return the names in each quote as it is printed and in its translation."""
    by_language: dict[str, set[str]] = defaultdict(set)
    texts: dict[Quote, list[tuple[str, str]]] = {}
    for quote in material.quotes:
        said = [(_language(material, quote, language), material.printed(quote))]
        if quote.translation:
            said.append((language, quote.translation))
        texts[quote] = said
        for spoken, text in said:
            by_language[spoken].add(text)
    read = {name: find_names(sorted(some), name) for name, some in by_language.items()}
    found = {}
    for quote, said in texts.items():
        here: dict[str, Named] = {}
        for spoken, text in said:
            for each in read[spoken].get(text, ()):
                here.setdefault(fold_name(each.name), each)
        found[quote] = tuple(here.values())
    return found


def _language(material: Material, quote: Quote, language: str) -> str:
    source = material.voices.sources.get(quote.source)
    return (source.said["language"] if source else "") or language


def _differs(material: Material, quote: Quote) -> bool:
    body = material.bodies.get(quote.text)
    return body is not None and body[quote.start : quote.end] != quote.quote


def _at(material: Material, quote: Quote) -> dict[str, str]:
    # where the words are printed, before where they are only referred to
    uses = sorted(material.used.get(quote.key, ()), key=lambda each: not each.token.set_in)
    return {
        "section": uses[0].section.section if uses else "",
        "quote": quote.key,
        "programme": material.key(uses[0].section.where) if uses else material.programme_of(quote),
    }
