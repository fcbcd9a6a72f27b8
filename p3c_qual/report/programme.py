"""The thick-description report of one programme, built from a study."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from p3c_qual.codebook.editions import check_version
from p3c_qual.description.skeleton import SUBSTRUCTURE
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.report.gates import findings_of, forbidden, numbered, pass_gates, unwritten
from p3c_qual.report.gather import read_evidence
from p3c_qual.report.leads import origins_of
from p3c_qual.report.making import Rules, gather_making
from p3c_qual.report.model import Passage, Report, quotes_in
from p3c_qual.report.parts import build_sections
from p3c_qual.report.passages import passage_at
from p3c_qual.report.records import plural
from p3c_qual.report.sites import SITES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from p3c_qual.description.lint import Finding
    from p3c_qual.description.order import Entry
    from p3c_qual.report.making import Making
    from p3c_qual.report.model import Section
    from p3c_qual.study import Study

__all__ = ["build_programme_report", "notices_of", "passages_of"]


def build_programme_report(
    study: Study,
    programme: str,
    *,
    language: str = "en",
    sections: Sequence[str] | str | None = None,
    max_quote_words: int = 120,
    min_quotes: int = 0,
    codebook: str = "selfie",
    codebook_version: str = "",
    coder: str | None = None,
    round: str | None = None,
    include_cmo: bool = True,
    include_instruments: bool = True,
    draft: bool = True,
    generated_at: datetime | None = None,
    max_quotes: int = 40,
) -> Report:
    """Build the report of one programme, as its author arranged it.

    A section with a text of the author's prints that and says how much more was coded; one
    without prints quotations chosen from the codings, marked as material.

    Parameters
    ----------
    study : Study
        An open study.
    programme : str
        Key of the programme.
    language : str
        Language the quotes are printed in where a source has a translation into it.
    sections : sequence of str or str, optional
        Keys of the sections wanted, in this order and with what is part of them, or one text with
        commas between them; all of them by default.
    max_quote_words : int
        A longer quote that the program chooses is cut at the end of a sentence.
    min_quotes : int
        A chapter with a text and fewer quotations than this is named in the notices.
    codebook : str
        Whose codes are counted, and make the chapters.
    codebook_version : str
        The version of it that the report is meant for, see `p3c_qual.codebook.editions`.
    coder, round : str, optional
        Take these codings instead of the reading set.
    include_cmo, include_instruments : bool
        Whether configurations, and measures beside themes, are printed.
    draft : bool
        Whether the report is marked as a draft. One that is none is refused for what
        `p3c_qual.description.check_description` finds with a gate.
    generated_at : datetime, optional
        Printed on the first page; nothing is printed without it.
    max_quotes : int
        How many quotes the program chooses for a section at most.

    Returns
    -------
    Report

    Raises
    ------
    P3CError
        If the programme, a section or the language is unknown, a number is too small, another
        version of the codebook is in force, or the checks forbid a report that is no draft.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(tempfile.mkdtemp() + "/mine", title="Mine", coder="anna")
    >>> build_programme_report(study, "harbour")
    Traceback (most recent call last):
    p3c_qual.errors.P3CError: the study has no programme 'harbour'.
    """
    check_version(study, codebook, codebook_version)
    evidence = read_evidence(study, programme, codebook=codebook, coder=coder, round=round)
    spoken = sorted({"en", *(s["language"] for s in evidence.sources if s["language"])})
    if language not in spoken:
        problem = Problem(
            f"no source is in {language!r}", "language=", tuple(spoken), nearest(language, spoken)
        )
        raise P3CError(problem)
    rules = Rules(language, max_quote_words, max_quotes, include_cmo, include_instruments)
    making = gather_making(evidence, rules, coder=coder, round=round)
    making.entries = _wanted(making.entries, sections, evidence.programme["number"])
    findings = findings_of(study, programme)
    made = build_sections(making, making.entries)
    report = Report(
        title=evidence.programme["label"],
        subtitle="Thick description",
        programme=programme,
        language=language,
        sections=made,
        notices=notices_of(making, made, findings, min_quotes, draft=draft),
        draft=draft,
        generated_at=generated_at,
        meta=(
            ("Programme", programme),
            ("Codebook", evidence.codebook),
            ("As the study stood on", study.as_of or "the day of the render"),
            ("Reading set", evidence.reading_set),
            ("Coder", coder or "as the reading set says"),
            ("Round", round or "as the reading set says"),
            ("Longest quotation chosen by the program", plural(max_quote_words, "word")),
        ),
        cover=_cover(making),
    )
    report, missing = numbered(making, report)
    report = replace(report, passages=passages_of(making, report))
    problems = [*forbidden(findings), *unwritten([making]), *missing]
    return pass_gates(study, report, problems)


def _wanted(
    entries: Sequence[Entry], sections: Sequence[str] | str | None, number: str
) -> tuple[Entry, ...]:
    """Return the sections wanted in order, with everything unknown refused at once."""
    from p3c_qual.description.order import number_entries

    if sections is None:
        # a feedback brief is a document of its own
        return tuple(each for each in entries if each.kind != "brief")
    if isinstance(sections, str):
        sections = [key.strip() for key in sections.split(",") if key.strip()]
    by_key = {each.key: each for each in entries}
    top = tuple(each.key for each in entries if not each.under and each.printed)
    problems = [
        Problem(f"unknown section {key!r}", "sections=", top, nearest(str(key), tuple(by_key)))
        for key in sections
        if key not in by_key
    ]
    if not sections:
        problems.append(Problem("no section is wanted", "sections=", top))
    if problems:
        raise P3CError(problems)
    chosen: list[Entry] = []
    for key in dict.fromkeys(sections):
        inside = {key}
        # whoever asks for a section by name wants it, whether it is left out elsewhere or not
        chosen.append(replace(by_key[key], under="", left_out=False, merged_into=""))
        for each in entries:
            if each.under in inside:
                inside.add(each.key)
                chosen.append(each)
    unique = list({each.key: each for each in chosen}.values())
    return tuple(number_entries([replace(each, number="") for each in unique], f"{number}."))


def _cover(making: Making) -> tuple[tuple[str, str], ...]:
    """Return the title block: what the study and its forms say, and nothing else."""
    from p3c_qual.description.model import Where

    evidence, study = making.evidence, making.study
    methods: dict[str, str] = {}
    for where in (Where(), making.where):
        answers = making.description.answers_of("methods", where).get("", {})
        methods |= {item: answer.value for item, answer in answers.items() if answer.value}
    sites = sorted({s["site"] for s in evidence.sources if s["site"]})
    entries = {
        "Country": evidence.programme["country"],
        "Sites": ", ".join(sites),
        "Study": f"{study.settings.title}, as it stood on {study.as_of}"
        if study.as_of
        else study.settings.title,
        "Codebook": evidence.codebook,
        "Funding": methods.get("funding", ""),
        "Conflicts of interest": methods.get("conflicts", ""),
    }
    return tuple((term, text) for term, text in entries.items() if text)


def notices_of(
    making: Making,
    sections: tuple[Section, ...],
    findings: Sequence[Finding],
    min_quotes: int,
    *,
    draft: bool,
) -> tuple[str, ...]:
    """Say what has to be known before reading."""
    evidence = making.evidence
    consents = [
        consent
        for source in evidence.sources
        if not source["translation_of"]
        for _, consent in evidence.consents(source)
    ]
    unknown = sum(consent not in {"yes", "no", "withdrawn"} for consent in consents)
    excerpts = sum(source["completeness"] == "excerpts" for source in evidence.sources)
    gates = sum(each.gate for each in findings)
    notices = []
    # a section below that a code alone makes is no section of the report
    chapters = [each for section in sections for each in section.walk() if _told(making, each)]
    states = _states(making, chapters)
    if material := states.count("material"):
        notices.append(
            f"{plural(material, 'section')} of {len(states)}: material, not yet description."
        )
    if empty := states.count("empty"):
        notices.append(f"{plural(empty, 'section')} of {len(states)}: nothing written.")
    few = [
        f"{each.number} {each.title} ({len(quotes_in(each))})"
        for each in chapters
        if each.level == 1
        and each.layer == SUBSTRUCTURE
        and each.state == "description"
        and len(quotes_in(each)) < min_quotes
    ]
    if few:
        notices.append(f"Fewer than {plural(min_quotes, 'quotation')}: {', '.join(few)}.")
    if findings:
        refused = f", {gates} of which forbid a report that is no draft" if gates else ""
        notices.append(f"The checks found {plural(len(findings), 'thing')} to look at{refused}.")
    if moved := evidence.moved:
        where = ", ".join(f"{count} in {key}" for key, count in sorted(moved.items()))
        notices.append(
            f"Codings counted here that hold other words than their source are not quoted: {where}."
        )
    if draft:
        notices.append("Names that stand in a quotation were not looked for in this draft.")
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


def _told(making: Making, section: Section) -> bool:
    return section.key in making.keys and section.state != "generated"


def _states(making: Making, chapters: Sequence[Section]) -> list[str]:
    """Return how far each section is, those that stand within another one among them."""
    built = {each.key: each.state for each in chapters}
    written = (each for each in making.entries if each.printed and each.key != SITES)
    states = (built.get(each.key, each.state) for each in written)
    return [each for each in states if each != "generated"]


def passages_of(making: Making, report: Report) -> tuple[Passage, ...]:
    """Return each place that is quoted or referred to once, by source and position.

    Of a report that goes out only what is printed: a draft shows what stands around it too.
    """
    evidence, words = making.evidence, making.names.words
    found = {
        (origin.source, origin.start or 0, origin.end or 0): origin
        for section in report.sections
        for origin in origins_of(section)
        if origin.kind == "span" and origin.start is not None
    }
    return tuple(
        passage_at(
            evidence,
            found[spot],
            words=None if report.draft else words.get(spot) or evidence.printed(*spot),
        )
        for spot in sorted(found)
    )
