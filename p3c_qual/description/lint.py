"""All checks of a thick description at once."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from p3c_qual.description.checks.finding import Finding
from p3c_qual.description.forms import find_form
from p3c_qual.realist.writing import shorten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from p3c_qual.description.checks.material import Material
    from p3c_qual.description.model import Citation
    from p3c_qual.opened import Opened

__all__ = ["Finding", "check_description"]

#: a number, or one of another, and nothing else; a year is a date
_NUMBER = re.compile(r"[-−+±]?\d[\d.,  ]*(?:\s*(?:of|out of|von|/|–|-)\s*\d[\d.,  ]*)?")
_YEAR = re.compile(r"(?:18|19|20)\d\d(?:\s*[-–/]\s*(?:18|19|20)?\d\d)?")


def check_description(study: Opened, programme: str = "", *, names: bool = True) -> list[Finding]:
    """Check what is written on a programme, or in the whole study.

    Parameters
    ----------
    study : Study
    programme : str
        Key or row id; empty for all.
    names : bool
        Whether names are looked for; the first time a language model is loaded.

    Returns
    -------
    list of Finding
        What forbids a report that is no draft first; then by programme and section.

    Raises
    ------
    P3CError
        If there is no such programme.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> check_description(study)
    []
    """
    from p3c_qual.description.checks.coded import check_coded, check_pilot
    from p3c_qual.description.checks.codes import check_codes
    from p3c_qual.description.checks.material import read_material
    from p3c_qual.description.checks.quoted import check_names, check_quotes
    from p3c_qual.description.checks.spread import check_spread
    from p3c_qual.description.checks.written import (
        check_claims,
        check_marks,
        check_named,
        check_twice,
        check_written,
    )

    with study.store.read() as connection:
        material = read_material(study, connection, programme)
    checks = (
        check_written,
        check_quotes,
        check_named,
        check_twice,
        check_claims,
        check_marks,
        check_codes,
        check_coded,
        check_pilot,
        check_spread,
        _check_facts,
        _check_cited,
    )
    found = [each for check in checks for each in check(material)]
    if names:
        found += check_names(material, study.settings.language)
    titles = material.titles
    return sorted(
        (
            replace(each, title=titles.get((each.programme, each.section), each.section))
            for each in dict.fromkeys(found)
        ),
        key=lambda each: (not each.gate, each.programme, each.section, each.code, each.quote),
    )


def _check_facts(material: Material) -> Iterator[Finding]:
    """Check that it is decided by which of contradicting facts the report goes."""
    from p3c_qual.description.conflicts import find_conflicts

    for fact in material.description.facts.values():
        if not fact.unit and _bare_number(fact.value) and material.about(fact.where):
            what = f"{fact.name}: {fact.value} is a number without its unit"
            do = "Say in the ledger of what."
            yield Finding("fact_unit", what, do, gate=True, programme=material.key(fact.where))
    for each in find_conflicts(material.description.facts.values()):
        if not each.decided and material.about(each.where):
            what = f"{each.name}: {each.what}"
            do = "Say in the ledger by which one the report goes, and why."
            yield Finding("fact_conflict", what, do, programme=material.key(each.where))


def _bare_number(value: str) -> bool:
    """Say whether a value is a number, or one of another, and nothing else; a year is a date.

    Examples
    --------
    >>> [_bare_number(each) for each in ("36,366", "18 of 20", "9 %", "2015", "none")]
    [True, True, False, False, False]
    """
    said = value.strip()
    return bool(_NUMBER.fullmatch(said)) and not _YEAR.fullmatch(said)


def _check_cited(material: Material) -> Iterator[Finding]:
    """Check the places that answers, facts, contrasts and joint displays rest on."""
    from p3c_qual.description.stale import stale_of

    rows = material.description
    about = {
        each.id: each.where
        for some in (rows.answers, rows.facts, rows.contrasts)
        for each in some.values()
    }
    for target, cited in rows.citations.items():
        where = about.get(target)
        if where is not None and not material.about(where):
            continue
        programme = material.key(where) if where else ""
        for each in cited:
            source = material.voices.sources.get(each.source)
            at = source.key if source else ""
            called = _called(material, each)
            if stale := stale_of(material.voices.sources, each):
                what = f"a place that {called} rests on is not current: {stale}"
                yield Finding("place_stale", what, "Name the place anew.", programme=programme)
            if each.start is None or each.end is None:
                continue
            if material.voices.refused(each.source, each.start, each.end):
                what = f"{called} rests on words in {at} of somebody who did not consent to be quoted"  # fmt: skip
                do = "Name another place, or the source as a whole."
                yield Finding("consent_refused", what, do, gate=True, programme=programme)


def _called(material: Material, cited: Citation) -> str:
    """Return what people call the thing that rests on a place."""
    rows = material.description
    if answer := rows.answers.get(cited.target):
        form = find_form(answer.form)
        item = form.item(answer.item)
        return f"“{item.label if item else answer.item}” of {form.label.lower()}"
    if fact := rows.facts.get(cited.target):
        return f"the fact “{shorten(fact.name)}”"
    if contrast := rows.contrasts.get(cited.target):
        return f"plan and practice of “{shorten(contrast.label or contrast.claim)}”"
    return "a joint display"
