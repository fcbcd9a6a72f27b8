"""The thick-description report of one programme, built from a study."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.report import records
from p3c_qual.report.chapters import Rules, chapter, in_context
from p3c_qual.report.gather import read_evidence
from p3c_qual.report.method import KEY as ANALYSIS
from p3c_qual.report.method import method_appendix
from p3c_qual.report.model import Passage, Report, Section, quotes_in
from p3c_qual.report.passages import passage_at
from p3c_qual.report.records import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from p3c_qual.report.blocks import Origin
    from p3c_qual.report.evidence import Evidence
    from p3c_qual.report.segments import Segment
    from p3c_qual.study import Study

__all__ = ["build_programme_report"]

#: what is made from the records alone, by the key of its section
RECORDS: dict[str, Callable[[Evidence], Section]] = {
    "basic_information": records.basic_information,
    "in_context": in_context,
    "references": records.references,
    "interview_partners": records.interview_partners,
}
METHOD = "method_note"
APPENDICES = ("interview_partners", METHOD, ANALYSIS)


def build_programme_report(
    study: Study,
    programme: str,
    *,
    language: str = "en",
    sections: Sequence[str] | str | None = None,
    max_quote_words: int = 120,
    codebook: str = "selfie",
    coder: str | None = None,
    round: str | None = None,
    draft: bool = True,
    generated_at: datetime | None = None,
    max_quotes: int = 40,
) -> Report:
    """Build the report of one programme.

    It holds basic information, a chapter for each code at the top of the codebook, the codings
    in context, references, and as appendices interview partners, a method note and how the
    content analysis was done.

    Parameters
    ----------
    study : Study
        An open study.
    programme : str
        Key of the programme.
    language : str
        Language the quotes are printed in where a source has a translation into it.
    sections : sequence of str or str, optional
        Keys of the sections wanted, in this order, or one text with commas between them; all
        of them by default.
    max_quote_words : int
        A longer quote is cut at the end of a sentence.
    codebook : str
        Whose codes are counted.
    coder, round : str, optional
        Take these codings instead of the reading set.
    draft : bool
        Whether the report is marked as a draft.
    generated_at : datetime, optional
        Printed on the first page; nothing is printed without it.
    max_quotes : int
        How many quotes a chapter holds at most.

    Returns
    -------
    Report

    Raises
    ------
    P3CError
        If the programme, a section or the language is unknown, a number is too small, or a
        coding holds other words than its source.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(tempfile.mkdtemp() + "/mine", title="Mine", coder="anna")
    >>> build_programme_report(study, "harbour")
    Traceback (most recent call last):
    p3c_qual.errors.P3CError: the study has no programme 'harbour'.
    """
    evidence = read_evidence(study, programme, codebook=codebook, coder=coder, round=round)
    plan = _plan(evidence.chapters, sections)
    spoken = sorted({"en", *(s["language"] for s in evidence.sources if s["language"])})
    if language not in spoken:
        problem = Problem(
            f"no source is in {language!r}", "language=", tuple(spoken), nearest(language, spoken)
        )
        raise P3CError(problem)
    rules = Rules(language, max_quote_words, max_quotes)
    made: dict[str, Section] = {}
    used: list[Segment] = []
    for key in plan:
        if key in evidence.chapters:
            made[key], chosen = chapter(evidence, key, rules, elsewhere=used)
            used += chosen
        elif key in RECORDS:
            made[key] = RECORDS[key](evidence)
    if METHOD in plan:
        quotes = [quote for section in made.values() for quote in quotes_in(section)]
        cut = sum(quote.cut_after for quote in quotes)
        made[METHOD] = records.method_note(
            evidence, quoted=len(quotes), trimmed=cut, max_words=max_quote_words
        )
    if ANALYSIS in plan:
        made[ANALYSIS] = method_appendix(study, programme, evidence=evidence)
    numbered = _numbered([made[key] for key in plan], evidence.programme["number"])
    report = Report(
        title=evidence.programme["label"],
        subtitle="Thick description",
        programme=programme,
        language=language,
        sections=numbered,
        notices=_notices(evidence, numbered),
        draft=draft,
        generated_at=generated_at,
        meta=(
            ("Programme", programme),
            ("Codebook", evidence.codebook),
            ("Reading set", evidence.reading_set),
            ("Coder", coder or "as the reading set says"),
            ("Round", round or "as the reading set says"),
            ("Longest quotation", plural(max_quote_words, "word")),
        ),
    )
    return replace(report, passages=_passages(evidence, report))


def _plan(chapters: list[str], sections: Sequence[str] | str | None) -> list[str]:
    """Return the keys of the sections in order, with everything unknown refused at once."""
    valid = ["basic_information", *chapters, "in_context", "references"]
    valid += list(APPENDICES)
    if sections is None:
        return valid
    if isinstance(sections, str):
        sections = [key.strip() for key in sections.split(",") if key.strip()]
    problems = [
        Problem(f"unknown section {key!r}", "sections=", tuple(valid), nearest(str(key), valid))
        for key in sections
        if key not in valid
    ]
    if not sections:
        problems.append(Problem("no section is wanted", "sections=", tuple(valid)))
    if problems:
        raise P3CError(problems)
    return list(dict.fromkeys(sections))


def _numbered(sections: list[Section], number: str) -> tuple[Section, ...]:
    """Give numbers to the parts and letters to the appendices."""
    found: list[Section] = []
    for letter, section in zip("ABC", [s for s in sections if s.key in APPENDICES], strict=False):
        found.append(replace(section, number=letter))
    appendices = {section.key: section for section in found}
    parts = iter(range(1, len(sections) + 1))
    return tuple(
        appendices.get(s.key) or replace(s, number=f"{number}.{next(parts)}") for s in sections
    )


def _notices(evidence: Evidence, sections: tuple[Section, ...]) -> tuple[str, ...]:
    """Say what has to be known before reading."""
    material = sum(section.state == "material" for section in sections)
    consents = [
        consent
        for source in evidence.sources
        if not source["translation_of"]
        for _, consent in evidence.consents(source)
    ]
    unknown = sum(consent not in {"yes", "no", "withdrawn"} for consent in consents)
    excerpts = sum(source["completeness"] == "excerpts" for source in evidence.sources)
    notices = []
    if material:
        notices.append(
            f"{plural(material, 'section')} of {len(sections)}: material, not yet description."
        )
    if unknown:
        notices.append(
            f"Consent to be quoted is not known for {unknown} of "
            f"{plural(len(consents), 'interview participation')}."
        )
    if excerpts:
        notices.append(
            f"{excerpts} of {plural(len(evidence.sources), 'source')}: excerpts. What is not in "
            "them may have been said all the same."
        )
    return tuple(notices)


def _passages(evidence: Evidence, report: Report) -> tuple[Passage, ...]:
    """Return each quoted place once, by source and position."""
    origins: dict[tuple[str, int, int], Origin] = {}
    for quote in report.quotes():
        for origin in (quote.origin, quote.original_origin):
            if origin is not None:
                spot = (origin.source, origin.start or 0, origin.end or 0)
                origins.setdefault(spot, origin)
    return tuple(passage_at(evidence, origins[spot]) for spot in sorted(origins))
