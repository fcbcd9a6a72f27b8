"""Checks on the codes of interviewees as authors type them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from p3c_qual.description.checks.finding import Finding
from p3c_qual.description.tokens import read_paragraphs
from p3c_qual.errors import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from p3c_qual.description.checks.material import Material
    from p3c_qual.description.model import SectionText

__all__ = ["check_codes"]

#: interviewee and programme, both as numbers, as in the published reports
PATTERN = re.compile(r"IP\d{2}_\d+")
_BRACKETS = re.compile(r"\(([^()\n]{1,120})\)")


def check_codes(material: Material) -> Iterator[Finding]:
    """Check the codes that stand in the text without a link, and those of links."""
    by_programme: dict[str, set[str]] = defaultdict(set)
    for source in material.voices.sources.values():
        by_programme[source.programme] |= {person.key for person in source.people}
    known = {key for some in by_programme.values() for key in some}
    patterned = bool(known) and all(PATTERN.fullmatch(key) for key in known)
    suffixes = {name: _suffix(keys) for name, keys in by_programme.items()} if patterned else {}
    yield from _odd(material, by_programme, suffixes)
    shapes = [re.compile(shape) for shape in sorted({_shape(key) for key in known})]
    for section in material.sections:
        programme = material.key(section.where)
        own = suffixes.get(programme, "")
        for code in _typed(section, known, shapes):
            yield _said(section, code, known, programme, own, patterned=patterned)
    yield from _labels(material)


def _typed(section: SectionText, known: set[str], shapes: list[re.Pattern[str]]) -> list[str]:
    """Return the codes in brackets, each once; text in brackets that is none is passed over."""
    found = []
    for block in read_paragraphs(section.text):
        for match in _BRACKETS.finditer(block.prose):
            parts = [part for part in re.split(r"[\s,;/]+|\band\b|&", match[1]) if part]
            if parts and all(
                part in known or any(shape.fullmatch(part) for shape in shapes) for part in parts
            ):
                found += parts
    return list(dict.fromkeys(found))


def _said(
    section: SectionText, code: str, known: set[str], programme: str, own: str, *, patterned: bool
) -> Finding:
    """Return what is to be said of a typed code."""
    at: dict[str, Any] = {"section": section.section, "programme": programme}
    if code not in known:
        close = nearest(code, known)
        do = f"Did you mean {close}?" if close else "Choose the quote from the list."
        if patterned and re.fullmatch(r"IP\d{2}_[1-9]\d*", code) is None:
            what = f"{code} is not written as the codes are"
            return Finding("code_format", what, do, gate=True, **at)
        return Finding("code_unknown", f"nobody has the code {code}", do, gate=True, **at)
    if own and code.rpartition("_")[2] != own:
        what = f"{code} is of another programme"
        return Finding("code_of_other_programme", what, "Look whether it is meant.", **at)
    what = f"({code}) was typed, and leads to no passage"
    do = "Set a reference in from the material, so that a reader finds the place."
    return Finding("reference_without_span", what, do, **at)


def _labels(material: Material) -> Iterator[Finding]:
    """Check that a reference to a quote names whose words it is."""
    by_key = material.description.by_key
    for use in material.uses:
        quote = by_key.get(use.token.name) if use.token.kind == "quote" else None
        label = use.token.label.strip(" ()")
        people = {person.key for person in material.people(quote)} if quote else set()
        if quote and label and people and label not in people:
            what = (
                f"the reference says {label}, and the words are of {' and '.join(sorted(people))}"
            )
            section, programme = use.section.section, material.key(use.section.where)
            do = "Set it in anew."
            yield Finding("code_of_other_person", what, do, False, section, quote.key, programme)


def _odd(
    material: Material, by_programme: dict[str, set[str]], suffixes: dict[str, str]
) -> Iterator[Finding]:
    """Name people whose code has another programme's number."""
    for programme, own in sorted(suffixes.items()):
        if material.of not in ("", programme):
            continue
        odd = sorted(key for key in by_programme[programme] if key.rpartition("_")[2] != own)
        if odd:
            what = f"the codes of {programme} end in _{own}, but for {', '.join(odd)}"
            yield Finding("code_suffix", what, "Look whether they are right.", programme=programme)


def _suffix(keys: set[str]) -> str:
    """Return what most codes of a programme end in."""
    counts = Counter(key.rpartition("_")[2] for key in keys)
    return max(sorted(counts), key=counts.__getitem__) if counts else ""


def _shape(key: str) -> str:
    r"""Return what a code looks like, whatever its numbers.

    Examples
    --------
    >>> _shape("IP02_1")
    'IP\\d+_\\d+'
    """
    return re.sub(r"\d+", lambda _: r"\d+", re.escape(key))
