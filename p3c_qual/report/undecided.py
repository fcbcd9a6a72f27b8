"""Names in what a report prints of its sources of which nobody decided whether they may be known."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from p3c_qual.errors import Problem
from p3c_qual.report.blocks import Cell, Quote
from p3c_qual.report.leads import leads
from p3c_qual.report.records import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from p3c_qual.description.names import Named
    from p3c_qual.report.model import Report
    from p3c_qual.study import Study

__all__ = ["blind_notices", "open_names"]

_DO = (
    "Choose the passage as a quote and mask the name there, or say why it may be printed: "
    'p3c description keep "{}" --reason "..."'
)
#: places of a name that are said one by one
_MOST = 3
#: a cell of fewer words is a key or a reference
_FEWEST = 4


def open_names(study: Study, report: Report) -> list[Problem]:
    """Return the names in what a report prints of its sources that nobody decided.

    Looked at is everything that is printed of a source, whoever chose it: quotations, their
    originals, passages that are only referred to. What an author typed is theirs, and what the
    study calls its programmes, sites and countries stands in every title.

    Parameters
    ----------
    study : Study
    report : Report
        With its passages.

    Returns
    -------
    list of Problem
        Each name, where it stands and what to do.
    """
    from p3c_qual.description.names import find_names, fold_name

    said = list(_said(report))
    read = {name: find_names(sorted(some), name) for name, some in _texts(report).items()}
    kept = {fold_name(name) for name in _decided(study)}
    names: dict[str, Named] = {}
    places: dict[str, dict[str, None]] = defaultdict(dict)
    for language, text, at in said:
        for each in read[language or report.language].get(text, ()):
            if (key := fold_name(each.name)) not in kept:
                names.setdefault(key, each)
                places[key][at] = None
    return [_problem(names[key], list(places[key])) for key in names]


def blind_notices(report: Report) -> tuple[str, ...]:
    """Say in which languages no model finds names."""
    from p3c_qual.description.names import looks_for

    return tuple(
        f"Names were looked for only behind titles in {plural(len(some), 'passage')}, since no "
        f"model for {name!r} is installed: read them for names."
        for name, some in sorted(_texts(report).items())
        if not looks_for(name)
    )


def _texts(report: Report) -> dict[str, set[str]]:
    """Return everything that is printed of a source, by language."""
    texts: dict[str, set[str]] = defaultdict(set)
    for language, text, _ in _said(report):
        texts[language or report.language].add(text)
    return texts


def _said(report: Report) -> Iterator[tuple[str, str, str]]:
    """Give language, words and place of everything that is printed of a source."""
    languages = {each.origin.source: each.language for each in report.passages}
    printed: set[str] = set()
    for section in report.walk():
        at = " ".join(filter(None, (section.number, section.title)))
        for each in leads(replace(section, sections=())):
            if isinstance(each, Quote):
                other = each.original_origin or each.origin
                printed |= {each.text, each.original}
                yield each.language, each.text, f"{each.origin.place} in “{at}”"
                if each.original:
                    yield each.original_language, each.original, f"{other.place} in “{at}”"
            elif isinstance(each, Cell) and each.origin is not None and each.origin.kind == "span":
                words = str(each.value or "")
                if len(words.split()) >= _FEWEST:
                    yield languages.get(each.origin.source, ""), words, f"a table in “{at}”"
    for passage in report.passages:
        words = "\n\n".join(turn.text for turn in passage.turns)
        if words not in printed:
            yield passage.language, words, f"{passage.origin.place}, referred to"


def _problem(named: Named, places: list[str]) -> Problem:
    said = "; ".join(places[:_MOST])
    if (more := len(places) - _MOST) > 0:
        said += f"; and {plural(more, 'further place')}"
    what = f"nobody decided whether the name {named.name!r} ({named.kind}) may be printed"
    return Problem(what, said, do=_DO.format(named.name), code="name_undecided")


def _decided(study: Study) -> list[str]:
    """Return the names that are kept, and those by which the study calls what it is about."""
    from sqlalchemy import select

    from p3c_qual.store.schema import ROWS

    kept, programme, site = ROWS["kept_name"].c, ROWS["programme"].c, ROWS["site"].c
    columns = (kept.name, programme.label, programme.country, site.label)
    with study.store.read() as connection:
        found = [name for column in columns for name in connection.scalars(select(column))]
    return [name for name in found if name]
