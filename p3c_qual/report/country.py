"""The report on a country: what stands around its programmes, the programmes, and what they share."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from p3c_qual.codebook.editions import check_version
from p3c_qual.description.model import Where
from p3c_qual.description.order import Entry, number_entries
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.report.country_parts import Around, build_parts, left_open
from p3c_qual.report.country_programmes import build_chapters
from p3c_qual.report.gates import forbidden, numbered, pass_gates, unwritten
from p3c_qual.report.making import Making, Rules
from p3c_qual.report.model import Report
from p3c_qual.report.named import Named
from p3c_qual.report.programme import passages_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from p3c_qual.report.country_programmes import Chapter
    from p3c_qual.report.model import Section
    from p3c_qual.study import Study

__all__ = ["build_country_report"]

#: before which section of the country the programmes stand; the last where none of them is there
_BEFORE = ("across", "acknowledgements")


def build_country_report(
    study: Study,
    country: str,
    *,
    programmes: Sequence[str] | str | None = None,
    language: str = "en",
    codebook: str = "selfie",
    codebook_version: str = "",
    coder: str | None = None,
    round: str | None = None,
    max_quote_words: int = 120,
    max_quotes: int = 40,
    include_cmo: bool = True,
    include_instruments: bool = True,
    draft: bool = True,
    generated_at: datetime | None = None,
) -> Report:
    """Build the report on a country: summary, method, macro level, programmes, and all together.

    Parameters
    ----------
    study : Study
        An open study.
    country : str
        As its programmes name it.
    programmes : sequence of str or str, optional
        Keys of those that are printed, in this order, or one text with commas between them; all
        of the country by default.
    language : str
        Language the quotes are printed in where a source has a translation into it.
    codebook : str
        Whose codes are counted, and make the chapters on the programmes.
    codebook_version : str
        Which version of it the report is meant for; refused where another one is in force.
    coder, round : str, optional
        Take these codings instead of the reading set, in the chapters on the programmes.
    max_quote_words, max_quotes : int
        Of quotations that the program chooses, as in the report on a programme.
    include_cmo, include_instruments : bool
        Whether configurations, and measures beside themes, are printed.
    draft : bool
        Whether the report is marked as a draft. One that is none is refused for what the checks
        forbid in any of the programmes.
    generated_at : datetime, optional
        Printed on the first page; nothing is printed without it.

    Returns
    -------
    Report
        A programme's places are named with its key; tables and figures are numbered once through,
        and documents on from one programme to the next. Where a chapter cannot be built it is said
        why, in its place and before reading.

    Raises
    ------
    P3CError
        If no programme is in that country, something is unknown, the checks forbid a report that
        is no draft, or none of its chapters can be built.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(tempfile.mkdtemp() + "/mine", title="Mine", coder="anna")
    >>> build_country_report(study, "Eastholm")
    Traceback (most recent call last):
    p3c_qual.errors.P3CError: the study has no programme in 'Eastholm'.
    """
    check_version(study, codebook, codebook_version)
    labels = _programmes(study, country, programmes)
    entries = _entries(study, country, labels)
    numbers = {key: _number(entries, key) for key in labels}
    rules = Rules(language, max_quote_words, max_quotes, include_cmo, include_instruments)
    chapters, failed = build_chapters(
        study, numbers, rules, codebook=codebook, coder=coder, round=round, draft=draft
    )
    _check(chapters, language)
    around = Around(_making(country, chapters, rules, entries), chapters, entries, failed)
    sections = build_parts(around)
    report = Report(
        title=country,
        subtitle="Country report",
        programme="",
        language=language,
        sections=sections,
        notices=_notices(around, labels, sections),
        draft=draft,
        generated_at=generated_at,
        meta=(
            ("Country", country),
            ("Programmes", ", ".join(labels)),
            ("Codebook", chapters[0].making.evidence.codebook),
            ("As the study stood on", study.as_of or "the day of the render"),
            ("Coder", coder or "as the reading set says"),
            ("Round", round or "as the reading set says"),
        ),
        cover=_cover(around),
    )
    report, missing = numbered(around.making, report)
    report = replace(report, passages=passages_of(around.making, report))
    barred = [each for one in chapters for each in forbidden(one.findings, of=one.key)]
    blank = unwritten([each.making for each in chapters])
    return pass_gates(study, report, [*barred, *blank, *missing])


def _programmes(study: Study, country: str, wanted: Sequence[str] | str | None) -> dict[str, str]:
    """Return the labels of the programmes of a country, or of those wanted, by their keys."""
    found = study.programmes()
    here = found[found["country"] == country]
    if not country or here.empty:
        valid = tuple(sorted({each for each in found["country"] if each}))
        what = f"the study has no programme in {country!r}"
        raise P3CError(Problem(what, "", valid, nearest(country, valid)))
    labels = {row["programme"]: row["label"] or row["programme"] for row in here.to_dict("records")}
    if wanted is None:
        return labels
    names = wanted.split(",") if isinstance(wanted, str) else wanted
    keys = list(dict.fromkeys(key for name in names if (key := str(name).strip())))
    places = dict(zip(found["programme"], found["country"], strict=True))
    problems = [
        Problem(
            f"the programme {key!r} is in {places[key] or 'no country'}, not in {country}"
            if key in places
            else f"unknown programme {key!r}",
            "programmes=",
            tuple(labels),
            nearest(key, labels),
        )
        for key in keys
        if key not in labels
    ]
    if not keys:
        problems.append(Problem("no programme is wanted", "programmes=", tuple(labels)))
    if problems:
        raise P3CError(problems)
    return {key: labels[key] for key in keys}


def _check(chapters: Sequence[Chapter], language: str) -> None:
    """Refuse a language that nobody speaks."""
    sources = [source for each in chapters for source in each.making.evidence.sources]
    spoken = tuple(sorted({"en", *(s["language"] for s in sources if s["language"])}))
    if language not in spoken:
        what = f"no source is in {language!r}"
        raise P3CError(Problem(what, "language=", spoken, nearest(language, spoken)))


def _entries(study: Study, country: str, labels: dict[str, str]) -> tuple[Entry, ...]:
    """Return the sections of the report in order, the programmes among them, numbered."""
    from p3c_qual.description.outline import read_outline

    own = [each for each in read_outline(study, country=country) if each.kind != "brief"]
    at = next(
        (n for key in _BEFORE for n, each in enumerate(own) if each.key == key and each.printed),
        len(own),
    )
    added = [
        Entry(key=f"programme:{key}", title=label or key, under="", kind="programme")
        for key, label in labels.items()
    ]
    every = [replace(each, number="") for each in (*own[:at], *added, *own[at:])]
    return tuple(number_entries(every, ""))


def _number(entries: Sequence[Entry], programme: str) -> str:
    return next(each.number for each in entries if each.key == f"programme:{programme}")


def _making(
    country: str, chapters: Sequence[Chapter], rules: Rules, entries: tuple[Entry, ...]
) -> Making:
    """Return the country as something to report on: what its programmes hold, together."""
    import pandas as pd

    first = chapters[0].making
    held = [each.making.evidence for each in chapters]
    evidence = replace(
        first.evidence,
        programme={"programme": "", "label": country, "country": country, "number": ""},
        sources=tuple(source for each in held for source in each.sources),
        interviewees=tuple(person for each in held for person in each.interviewees),
        codings=pd.concat([each.codings for each in held], ignore_index=True),
        reading_set="; ".join(
            f"{each.label}: {each.making.evidence.reading_set}" for each in chapters
        ),
        kept={name: value for each in held for name, value in each.kept.items()},
    )
    names = Named(
        evidence, first.description, first.names.voices, first.names.sources, rules.language
    )
    names.numbers = {
        key: number for each in chapters for key, number in each.making.names.numbers.items()
    }
    for each in chapters:
        names.words |= each.making.names.words
        names.faults += each.making.names.faults
    return Making(
        evidence, first.description, names, Where(country=country), rules, entries=entries
    )


def _cover(around: Around) -> tuple[tuple[str, str], ...]:
    making = around.making
    answers = making.description.answers_of("methods", Where()).get("", {})
    said = {item: each.value for item, each in answers.items()}
    people = len(making.evidence.interviewees)
    entries = {
        "Programmes": ", ".join(e.title for e in around.entries if e.kind == "programme"),
        "Interviewees": str(people) if people else "none",
        "Study": making.study.settings.title,
        "Funding": said.get("funding", ""),
        "Conflicts of interest": said.get("conflicts", ""),
    }
    return tuple((term, text) for term, text in entries.items() if text)


def _notices(
    around: Around, labels: Mapping[str, str], sections: Sequence[Section]
) -> tuple[str, ...]:
    """Say what has to be known before reading; once what holds for every programme."""
    chapters = around.chapters
    lost = tuple(f"{labels[each.key]}: {each.said}" for each in around.failed)
    shared = [
        notice for notice in chapters[0].notices if all(notice in each.notices for each in chapters)
    ]
    own = [
        f"{each.label}: {' '.join(notice for notice in each.notices if notice not in shared)}"
        for each in chapters
        if set(each.notices) - set(shared)
    ]
    return (*lost, *left_open(around, sections), *own, *shared)
