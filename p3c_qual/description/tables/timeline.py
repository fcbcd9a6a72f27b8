"""What a study holds with a date: the programme, its evaluation, the fieldwork, the feedback."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.codebook.quoting import texts_of
from p3c_qual.description.dates import Period, find_dates, read_period
from p3c_qual.description.forms import find_form
from p3c_qual.description.tables.spans import read_coded
from p3c_qual.description.tables.tenses import BOOK
from p3c_qual.description.tables.told import read_told
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
    from sqlalchemy import Connection

    from p3c_qual.description.model import Where
    from p3c_qual.description.tables.told import Told
    from p3c_qual.opened import Opened

__all__ = ["LANES", "table_timeline"]

LANES = ("Programme", "Documents", "Evaluation", "Fieldwork", "Feedback")
_PROGRAMME, _DOCUMENTS, _EVALUATION, _FIELDWORK, _FEEDBACK = LANES
#: fields of the formal description that tell when something was
_FIELDS = ("starting_date", "persons_treated")
#: codes of passages that tell what happened
_HAPPENED = {"event": "Event", "decision": "Decision"}
#: between the parts of an answer, each of which may have a date of its own
_PART = re.compile(r"[;,]\s+|\.\s+(?=[A-ZÄÖÜ])")
_SHORT_NAME = re.compile(r"\(([^()]+)\)$")
_LONGEST = 90


@dataclass(frozen=True, slots=True)
class _Event:
    programme: str
    lane: str
    when: Period | None
    what: str
    source: str = ""
    dates: tuple[str, ...] = ()


def table_timeline(study: Opened, *, programme: str = "") -> pd.DataFrame:
    """Return what a study holds with a date, in the order of the dates.

    That are facts, fields of the formal description, passages coded as events and decisions that
    name one date, questions of the evaluation, waves of measures, documents, interviews, and the
    feedback log. Of a passage not the words are given but who says it.

    Parameters
    ----------
    study : Study
    programme : str
        Key or row id; only what is about it or its sites.

    Returns
    -------
    DataFrame
        ``programme``, ``lane`` (programme, documents, evaluation, fieldwork or
        feedback), ``date_from``, ``date_to`` (``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; `date_to` is empty
        where there is one date), ``what``, ``source`` (places with ``;`` between them) and
        ``dates`` (each date, where a row stands for several; str). ``attrs``: ``caption``,
        ``unit``, ``denominators``, ``undated`` (int), ``headings``, ``notes``.

    Raises
    ------
    P3CError
        If there is no such programme.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> table_timeline(study).empty
    True
    """
    import pandas as pd

    with study.store.read() as connection:
        told = read_told(study, connection)
        rows = told.chosen(programme)
        keys = {told.programmes[row] for row in rows}
        everything = [
            *_facts(told),
            *_fields(told),
            *_forms(told),
            *_told(study, connection, told, told.sources_of(programme)),
            *_measured(connection, told),
            *_sources(told),
        ]
    mine = [each for each in everything if not programme or each.programme in keys]
    dated = sorted((each for each in mine if each.when is not None), key=_order)
    undated = len(mine) - len(dated)
    names = ["programme", "lane", "date_from", "date_to", "what", "source", "dates"]
    frame = pd.DataFrame([_row(each) for each in dated], columns=names).astype("str")
    several = len({each.programme for each in dated}) > 1
    frame.attrs = {
        "caption": "What the study holds with a date",
        "unit": "dated events and periods",
        "denominators": {"with a date": len(dated), "without a date": undated},
        "undated": undated,
        "headings": {
            "programme": "Programme",
            "lane": "What of",
            "date_from": "From",
            "date_to": "To",
            "what": "What",
            "source": "Rests on",
        },
        "shown": [*(["programme"] if several else []), *names[1:-1]],
        "notes": [
            "A date is as exact as it was written: a year is some time in that year.",
            *([f"Without a date, and left out: {undated}."] if undated else []),
        ],
    }
    return frame


def _row(event: _Event) -> dict[str, str]:
    when = event.when or Period("", "", 0, 0)
    return {
        "programme": event.programme,
        "lane": event.lane,
        "date_from": when.first,
        "date_to": when.last,
        "what": event.what,
        "source": event.source,
        "dates": "; ".join(event.dates),
    }


def _order(event: _Event) -> tuple[Any, ...]:
    when = event.when or Period("", "", 0, 0)
    return LANES.index(event.lane), when.first, when.last, event.programme, event.what


def _facts(told: Told) -> Iterator[_Event]:
    for fact in told.written.facts.values():
        words = _short(f"{fact.name}: {fact.value} {fact.unit}".strip())
        when = read_period(fact.date)
        yield _Event(_home(told, fact.where), _PROGRAMME, when, words, told.cited(fact.id))


def _fields(told: Told) -> Iterator[_Event]:
    labels = {item.id: item.label for item in find_form("formal_description").items}
    for answer in told.written.answers.values():
        if answer.form != "formal_description" or answer.item not in _FIELDS:
            continue
        home, cited = _home(told, answer.where), told.cited(answer.id)
        label = labels[answer.item]
        parts = list(_dated_parts(answer.value))
        for when, words in parts:
            yield _Event(home, _PROGRAMME, when, _short(f"{label}: {words}"), cited)
        if not parts and answer.value and answer.item == _FIELDS[0]:
            yield _Event(home, _PROGRAMME, None, label, cited)


def _dated_parts(text: str) -> Iterator[tuple[Period, str]]:
    """Give the dates of an answer, each with the words around it."""
    begun, ends = 0, [match.end() for match in _PART.finditer(text)] + [len(text)]
    held: Period | None = None
    at = 0
    for end in ends:
        here = find_dates(text[at:end])
        if here and held:
            yield held, text[begun:at].strip(" ;,.")
            begun, held = at, None
        for when in here:
            if held:
                yield held, text[begun:end].strip(" ;,.")
            held = when
        at = end
    if held:
        yield held, text[begun:].strip(" ;,.")


def _forms(told: Told) -> Iterator[_Event]:
    lines: dict[tuple[Where, str, str], dict[str, Any]] = {}
    for each in told.written.answers.values():
        if each.form in {"evaluation_plan", "feedback"}:
            lines.setdefault((each.where, each.form, each.record), {})[each.item] = each
    for (where, form, record), given in lines.items():
        evaluation = form == "evaluation_plan"
        lane, date, words = (
            (_EVALUATION, "when", "question") if evaluation else (_FEEDBACK, "date", "audience")
        )
        when = read_period(given[date].value) if date in given else None
        said = given[words].value if words in given else f"line {record}"
        cited = "; ".join(filter(None, (told.cited(each.id) for each in given.values())))
        yield _Event(_home(told, where), lane, when, _short(said), cited)


def _told(
    study: Opened, connection: Connection, told: Told, sources: set[str] | None
) -> Iterator[_Event]:
    """Give the passages that tell what happened, without their words."""
    spans = read_coded(study, connection, BOOK, sources=sources).spans
    kinds = [(each, _HAPPENED.get(each.code.rpartition(".")[2], "")) for each in spans]
    keys = {told.sources[each.source].key for each, kind in kinds if kind}
    texts = texts_of(connection, keys)
    for each, kind in kinds:
        if not kind:
            continue
        source = told.sources[each.source]
        when = read_period(texts.get(source.key, "")[each.start : each.end])
        who = (
            f"told by {each.person}" if each.person else f"in {source.said['title'] or source.key}"
        )
        place = f"{source.key}:{each.start}-{each.end}"
        yield _Event(source.programme, _PROGRAMME, when, _short(f"{kind} {who}"), place)


def _measured(connection: Connection, told: Told) -> Iterator[_Event]:
    response, instrument = ROWS["response"], ROWS["instrument"]
    wanted = select(response.c.programme, response.c.wave, response.c.date, instrument.c.label)
    wanted = wanted.join(instrument, instrument.c.id == response.c.instrument)
    waves: dict[tuple[str, str, str], list[str]] = {}
    for home, wave, date, label in connection.execute(wanted):
        key = (told.programmes.get(home or "", ""), label or "", wave or "")
        waves.setdefault(key, []).append(date or "")
    for (home, label, wave), dates in sorted(waves.items()):
        known = tuple(sorted(date for date in dates if date))
        # an instrument is called by the short name at the end of its label
        named = _SHORT_NAME.search(label)
        words = ", ".join(filter(None, (named[1] if named else label, wave)))
        people = f"{len(dates)} questionnaire{'' if len(dates) == 1 else 's'}"
        what = _short(f"{words}: {people}")
        yield _Event(home, _EVALUATION, _span(known), what, dates=tuple(dict.fromkeys(known)))


def _sources(told: Told) -> Iterator[_Event]:
    """Give the interviews of a programme together, and each document and observation."""
    interviews: dict[str, list[tuple[str, str]]] = {}
    for source in told.sources.values():
        if source.translation_of:
            continue
        kind, date = source.said["kind"], source.said["date"]
        if kind == "interview":
            interviews.setdefault(source.programme, []).append((date, source.key))
            continue
        lane = _FIELDWORK if kind == "observation" else _DOCUMENTS
        name = source.said["title"] or source.key
        yield _Event(source.programme, lane, read_period(date), _short(name), source.key)
    for home, held in sorted(interviews.items()):
        known = sorted((date, key) for date, key in held if date)
        dates = tuple(dict.fromkeys(date for date, _ in known))
        if known:
            what = f"{len(known)} interview{'' if len(known) == 1 else 's'}"
            keys = "; ".join(key for _, key in known)
            yield _Event(home, _FIELDWORK, _span(dates), what, keys, dates)
        for _, key in sorted(each for each in held if not each[0]):
            yield _Event(home, _FIELDWORK, None, "interview", key)


def _span(dates: tuple[str, ...]) -> Period | None:
    if not dates:
        return None
    return Period(dates[0], dates[-1] if dates[-1] != dates[0] else "", 0, 0)


def _home(told: Told, where: Where) -> str:
    return told.programmes.get(where.programme or "", "")


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"
