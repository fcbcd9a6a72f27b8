"""Quotes: spans that are printed, changed by tracked operations alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.coding.spots import Spot, Spots, clean
from p3c_qual.coding.stale import check_seen
from p3c_qual.description.edits import KINDS, check_edit
from p3c_qual.description.model import Edit, read_edits
from p3c_qual.description.voices import Voices
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.sources.checking import check_date
from p3c_qual.store.clock import named_id
from p3c_qual.store.schema import ROWS, event

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

    from p3c_qual.opened import Opened
    from p3c_qual.store.act import Act

__all__ = [
    "REASONS",
    "change_quote",
    "check_reason",
    "edit_quote",
    "find_quote",
    "make_quote",
    "remove_quote",
    "take_back_edit",
]

#: why a quotation was chosen
REASONS = {
    "typical": "says what most say",
    "contrary": "speaks against what most say",
    "telling": "shows it most clearly",
}
_TRANSLATED = ("translation", "translator", "translated", "back_check")
_FIELDS = ("chosen_as", "why", *_TRANSLATED)
_MASK = "X"
_SHOWN = 40


def make_quote(
    study: Opened,
    source: str,
    start: int,
    end: int,
    *,
    chosen_as: str = "",
    why: str = "",
    coder: str | None = None,
    id: str | None = None,
) -> str:
    """Choose a span to be quoted.

    White space at its ends is left out. A span that is a quote already stays that quote; what
    nobody has said of it so far is added.

    Parameters
    ----------
    study : Study
    source : str
        Key or row id.
    start, end : int
        Half-open, in code points.
    chosen_as : str
        ``typical``, ``contrary``, ``telling`` or empty.
    why : str
        In the author's words.
    coder : str, optional
        Who chooses it; by default who works here.
    id : str, optional
        Of the act, see `p3c_qual.store.act.begin_act`.

    Returns
    -------
    str
        The row id.

    Raises
    ------
    P3CError
        Naming everything that is wrong with it; also where whoever speaks did not agree to be
        quoted.
    """
    from p3c_qual.realist.writing import who

    with study.act("choose a quote", id=id) as act:
        spot = Spots(act.connection, [source]).find(source, start, end)
        problems = [spot] if isinstance(spot, Problem) else []
        said = {"chosen_as": clean(chosen_as) or None, "why": clean(why) or None}
        problems += check_reason(said["chosen_as"])
        if isinstance(spot, Spot):
            lead, words = len(spot.quote) - len(spot.quote.lstrip()), spot.quote.strip()
            start, end = spot.start + lead, spot.start + lead + len(words)
            if not words:
                problems.append(Problem("a quote needs words", spot.key))
            problems += _consent(study, act.connection, spot)
        if isinstance(spot, Problem) or problems:
            raise P3CError(problems)
        act.say(f"choose a quote from {spot.key}")
        rows = ROWS["quote"]
        same = select(rows).where(
            rows.c.text == spot.text, rows.c.start == start, rows.c.end == end
        )
        if there := act.connection.execute(same.order_by(rows.c.id)).mappings().first():
            _say_more(act, dict(there), said)
            return str(there["id"])
        name = _new_id(act.connection, spot.text, start, end)
        row = {
            "id": name,
            "key": name[:8],
            "source": spot.source,
            "text": spot.text,
            "start": start,
            "end": end,
            "quote": words,
            **said,
            "coder": who(act, study, coder),
        }
        return act.insert("quote", [row])[0]


def edit_quote(
    study: Opened,
    quote: str,
    fields: Mapping[str, str],
    *,
    was: Mapping[str, str] | None = None,
    id: str | None = None,
) -> bool:
    """Change what is said of a quote; returns whether anything changed.

    With the translation goes what was said of it.

    Parameters
    ----------
    study : Study
    quote : str
        Key or row id.
    fields : mapping of str to str
        Of ``chosen_as``, ``why``, ``translation``, ``translator``, ``translated`` (a date) and
        ``back_check`` (who held it against the original, or what came of it).
    was : mapping of str to str, optional
        By field, what was seen before.
    id : str, optional
        Of the act.

    Raises
    ------
    P3CError
        If it is gone, somebody has changed it since it was seen, or a value is at fault.
    """
    from p3c_qual.realist.writing import check_fields

    with study.act("edit a quote", id=id) as act:
        old = find_quote(act.connection, quote)
        check_seen(act, "quote", old["id"], {k: v for k, v in (was or {}).items() if k in _FIELDS})
        problems: list[Problem] = []
        given = check_fields(fields, _FIELDS, "a quote", problems)
        row: dict[str, Any] = {name: value or None for name, value in given.items()}
        problems += check_reason(row.get("chosen_as"))
        if given.get("translated") and (bad := check_date(given["translated"], "translated")):
            problems.append(bad)
        if "translation" in row and not row["translation"]:
            row |= dict.fromkeys(_TRANSLATED)
        elif not row.get("translation", old["translation"]):
            problems += [
                Problem("there is no translation of which that could be said", name)
                for name in _TRANSLATED[1:]
                if row.get(name)
            ]
        if problems:
            raise P3CError(problems)
        return bool(act.update("quote", {old["id"]: row}))


def change_quote(
    study: Opened,
    quote: str,
    kind: str,
    start: int,
    end: int,
    text: str = "",
    *,
    id: str | None = None,
) -> bool:
    """Omit, insert, mask or trim in a quote; its stored words stay as they are.

    Parameters
    ----------
    study : Study
    quote : str
        Key or row id.
    kind : str
        ``omit`` (words inside), ``insert`` (`text`, at a place: `start` and `end` are the same),
        ``mask`` (`text` stands for words; by default X) or ``trim`` (words at either end).
    start, end : int
        Half-open, over the stored text of the source, within the quote.
    text : str
        Without brackets; they are set when it is printed.
    id : str, optional
        Of the act.

    Returns
    -------
    bool
        False where the same was done already.

    Raises
    ------
    P3CError
        If it cannot be done there, or overlaps what was done before; naming both.
    """
    with study.act(f"{kind} in a quote" if kind in KINDS else "change a quote", id=id) as act:
        old = find_quote(act.connection, quote)
        words = clean(text).replace("\n", " ")
        if words[:1] == "[" and words[-1:] == "]":
            words = words[1:-1].strip()
        made = Edit(kind, start, end, words or _MASK if kind == "mask" else words)
        before = read_edits(old["edits"])
        if made in before:
            return False
        if problems := check_edit(old, made, before):
            raise P3CError(problems)
        return _write_edits(act, old, (*before, made))


def take_back_edit(study: Opened, quote: str, edit: int, *, id: str | None = None) -> bool:
    """Take an operation on a quote back; the words are printed again as they were said.

    Parameters
    ----------
    study : Study
    quote : str
        Key or row id.
    edit : int
        Its place among the operations, from 0.
    id : str, optional
        Of the act.

    Raises
    ------
    P3CError
        If there is no such operation.
    """
    with study.act("take back a change in a quote", id=id) as act:
        old = find_quote(act.connection, quote)
        before = read_edits(old["edits"])
        if not 0 <= edit < len(before):
            what = "there is no such change in the quote any more"
            raise P3CError(Problem(what, do="Look at what stands there now.", code="gone"))
        return _write_edits(act, old, (*before[:edit], *before[edit + 1 :]))


def remove_quote(study: Opened, quote: str, *, id: str | None = None) -> bool:
    """Take a quote away; texts that name it are told by `p3c_qual.description.check_description`.

    Parameters
    ----------
    study : Study
    quote : str
        Key or row id.
    id : str, optional
        Of the act.

    Raises
    ------
    P3CError
        If it is gone already.
    """
    with study.act("remove a quote", id=id) as act:
        return bool(act.delete("quote", [find_quote(act.connection, quote)["id"]]))


def find_quote(connection: Connection, name: str) -> dict[str, Any]:
    """Return the row of a quote by its key or row id.

    Raises
    ------
    P3CError
        If there is none; of one that is gone, with who took it away.
    """
    from p3c_qual.coding.standing import gone

    rows = ROWS["quote"]
    wanted = select(rows).where((rows.c.key == name) | (rows.c.id == name))
    found = connection.execute(wanted).mappings().first()
    if found is None:
        said = gone(connection, "quote", name)
        what = said.what if "took it away" in said.what else "there is no such quote"
        raise P3CError(Problem(what, do=said.do, code="gone"))
    return dict(found)


def _new_id(connection: Connection, text: str, start: int, end: int) -> str:
    """Return the id that every copy gives to a quote of this span.

    Its beginning is the quote's key, so one that was used for something deleted since, or whose
    beginning is another quote's, is passed over.
    """
    rows, number = ROWS["quote"], 0
    while True:
        made = named_id("quote", text, str(start), str(end), *([str(number)] if number else []))
        used = select(event.c.id).where(event.c.tbl == "quote", event.c.row == made).limit(1)
        taken = select(rows.c.id).where(rows.c.key == made[:8]).limit(1)
        if connection.scalar(used) is None and connection.scalar(taken) is None:
            return made
        number += 1


def _say_more(act: Act, old: Mapping[str, Any], said: Mapping[str, str | None]) -> None:
    """Add what is not said of a quote yet; what is said otherwise is refused."""
    if any(value and old[name] and old[name] != value for name, value in said.items()):
        what = "this passage is a quote already, and was chosen for another reason"
        do = "Change the reason on the quote that is there."
        raise P3CError(Problem(what, do=do, code="repeat"))
    act.update("quote", {old["id"]: {name: v for name, v in said.items() if v}})


def check_reason(value: str | None) -> list[Problem]:
    """Return what is wrong with the reason for which a quote was chosen."""
    if not value or value in REASONS:
        return []
    valid = tuple(REASONS)
    what = f"{value[:_SHOWN]!r} is no reason to choose a quote"
    return [Problem(what, "chosen_as", valid, nearest(value, valid))]


def _consent(study: Opened, connection: Connection, spot: Spot) -> list[Problem]:
    voices = Voices(study, connection, [spot.source])
    how = voices.refused(spot.source, spot.start, spot.end)
    if not how:
        return []
    named = voices.who(spot.source, spot.start, spot.end) or voices.sources[spot.source].people
    names = " or ".join(each.key for each in named if each.consent.get("quoted") == how)
    did = "has withdrawn the consent" if how == "withdrawn" else "did not consent"
    do = (
        "Choose another person's words; if the person agrees again: "
        f"p3c set source {spot.key} consent_quoted=yes"
    )
    return [Problem(f"{names} {did} to be quoted", spot.key, do=do)]


def _write_edits(act: Act, quote: Mapping[str, Any], edits: tuple[Edit, ...]) -> bool:
    stored = [
        {"kind": each.kind, "start": each.start, "end": each.end}
        | ({"text": each.text} if each.text else {})
        for each in edits
    ]
    return bool(act.update("quote", {quote["id"]: {"edits": stored or None}}))
