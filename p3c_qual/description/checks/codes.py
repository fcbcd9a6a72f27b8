"""Checks on the codes of interviewees as authors type them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

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
#: as people write them: a programme has no number that begins with 0
WELL_FORMED = re.compile(r"IP\d{2}_[1-9]\d*")
_BRACKETS = re.compile(r"\(([^()\n]{1,120})\)")


class _Codes:
    """The codes of a study's interviewees, and what those of each programme end in."""

    def __init__(self, material: Material) -> None:
        self.of: dict[str, set[str]] = defaultdict(set)
        for source in material.voices.sources.values():
            self.of[source.programme] |= {person.key for person in source.people}
        self.known = {key for some in self.of.values() for key in some}
        alike = bool(self.known) and all(map(PATTERN.fullmatch, self.known))
        self.well_formed = (
            re.compile(material.code_pattern) if material.code_pattern else WELL_FORMED
        )
        # without a pattern of the study's, SELFIE's holds where all its codes are written so
        self.patterned = alike or bool(material.code_pattern)
        self.shapes = [re.compile(each) for each in sorted({_shape(key) for key in self.known})]
        # where codes are made otherwise, what they end in says nothing
        self.ends = {name: _ending(keys) for name, keys in self.of.items() if alike}

    def is_code(self, word: str) -> bool:
        """Say whether a word is a code, or looks like one."""
        return word in self.known or any(shape.fullmatch(word) for shape in self.shapes)

    def judge(self, code: str, programme: str) -> tuple[str, str, str, bool]:
        """Return which finding a typed code is, what and what to do, and whether it is a gate."""
        if code not in self.known:
            near = nearest(code, self.of.get(programme, ())) or nearest(code, self.known)
            do = f"Did you mean {near}?" if near else "Choose the quote from the list."
            if self.patterned and not self.well_formed.fullmatch(code):
                return "code_format", f"{code} is not written as the codes are", do, True
            return "code_unknown", f"nobody has the code {code}", do, True
        own = self.ends.get(programme)
        if own and code.rpartition("_")[2] != own:
            do = "Look whether it is meant."
            return "code_of_other_programme", f"{code} is of another programme", do, False
        do = "Set a reference in from the material, so that a reader finds the place."
        what = f"({code}) was typed, and leads to no passage"
        return "reference_without_span", what, do, False


def check_codes(material: Material) -> Iterator[Finding]:
    """Check the codes that stand in the text without a link, and those of links."""
    codes = _Codes(material)
    for programme, keys in sorted(codes.of.items()) if material.code_pattern else ():
        odd = sorted(key for key in keys if not codes.well_formed.fullmatch(key))
        if odd and material.of in ("", programme):
            what = f"not written as the study's codes are: {', '.join(odd)}"
            do = "Give these interviewees other codes, or change interviewee_code in study.yml."
            yield Finding("code_format", what, do, gate=True, programme=programme)
    for programme, own in sorted(codes.ends.items()):
        odd = sorted(key for key in codes.of[programme] if key.rpartition("_")[2] != own)
        if odd and material.of in ("", programme):
            what = (
                f"the codes of {material.called(programme)} end in _{own}, but for {', '.join(odd)}"
            )
            yield Finding("code_suffix", what, "Look whether they are right.", programme=programme)
    for section in material.sections:
        programme = material.key(section.where)
        for code in _typed(section, codes):
            finding, what, do, gate = codes.judge(code, programme)
            yield Finding(finding, what, do, gate, section.section, "", programme)
    yield from _labels(material)


def _typed(section: SectionText, codes: _Codes) -> list[str]:
    """Return the codes in brackets, each once; text in brackets that is none is passed over."""
    found = []
    for block in read_paragraphs(section.text):
        for match in _BRACKETS.finditer(block.prose):
            parts = [part for part in re.split(r"[\s,;/]+|\band\b|&", match[1]) if part]
            if parts and all(map(codes.is_code, parts)):
                found += parts
    return list(dict.fromkeys(found))


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


def _ending(keys: set[str]) -> str:
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
