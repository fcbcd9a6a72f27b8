"""Filled-in questionnaires: taken in from a table, all of it or nothing, by pseudonym only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.coding.spots import ids_for
from p3c_qual.description.naming import find_where, where_row
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.instruments.checking import COLUMNS
from p3c_qual.instruments.pseudonyms import gives_away, names_people
from p3c_qual.instruments.register import find_instrument
from p3c_qual.instruments.scoring import check_answers, scored
from p3c_qual.instruments.table_file import read_table_file
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sqlalchemy import Connection

    from p3c_qual.description.model import Where
    from p3c_qual.instruments.definition import Instrument
    from p3c_qual.instruments.table_file import TableFile
    from p3c_qual.opened import Opened

__all__ = ["find_places", "load_responses", "remove_response"]

_WHY = "questionnaires are kept by a pseudonym, and who is behind it is known elsewhere"
_DO = "Give each person a code such as P017, and leave out what names people."


def load_responses(
    study: Opened,
    instrument: str,
    data: bytes | str | Path,
    *,
    name: str = "",
    conversion: bytes | str | Path | None = None,
    id: str | None = None,
) -> dict[str, int]:
    """Take filled-in questionnaires in, all or nothing.

    Parameters
    ----------
    study : Study
    instrument : str
        Key or row id.
    data : bytes, str or Path
        A table (.csv, .xlsx), one row a questionnaire: ``respondent`` (a pseudonym), ``wave``,
        and if known ``date``, ``programme`` and ``site``; then the items by their ids. A score
        that somebody has made already stands in a column of the scale's id. Empty or ``NA``: not
        answered.
    name : str
        Of the file.
    conversion : bytes, str or Path, optional
        A table of two columns, raw and converted score, by who holds the licence. It is used to
        convert these rows, and not kept.
    id : str, optional
        Of the act, see `p3c_qual.store.act.begin_act`.

    Returns
    -------
    dict of str to int
        How many are ``new``, the ``same`` as before, and ``converted`` now.

    Raises
    ------
    P3CError
        With every fault and the row it is in: a column that is unknown or names people, a value
        out of its range, a respondent with other answers in the same wave.
    """
    table = read_table_file(data, name)
    key = _conversion(conversion) if conversion is not None else None
    with study.act("take questionnaires in", id=id) as act:
        row, made = find_instrument(act.connection, instrument)
        act.say(f"take in questionnaires of {made.key} from {table.name}")
        _check_columns(table, made)
        where = find_places(act.connection, table)
        rows = _rows(table, made, where)
        if key is not None:
            _convert(table, made, rows, key)
        for each in rows:
            table.problems.extend(check_answers(made, each["answers"], each["at"]))
        table.refuse()
        rows, same = _apart(table, _stored(act.connection, row), rows, made)
        table.refuse()
        changed = {each["id"]: {"answers": each["answers"]} for each in rows if "id" in each}
        new = [each for each in rows if "id" not in each]
        names = [(row, each["respondent"], each["wave"]) for each in new]
        for each, made_id in zip(new, ids_for(act, "response", names), strict=True):
            each.update(id=made_id, instrument=row)
            del each["at"]
        act.insert("response", new)
        return {"new": len(new), "same": same, "converted": act.update("response", changed)}


def remove_response(
    study: Opened,
    instrument: str,
    respondent: str,
    *,
    wave: str | None = None,
    id: str | None = None,
) -> int:
    r"""Take what a respondent filled in away; returns how many questionnaires. Can be undone.

    Parameters
    ----------
    study : Study
    instrument : str
        Key or row id.
    respondent : str
        The pseudonym.
    wave : str, optional
        Only this one; by default all of the instrument.
    id : str, optional
        Of the act, see `p3c_qual.store.act.begin_act`.

    Raises
    ------
    P3CError
        If there is no such instrument, respondent or wave.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> from p3c_qual.instruments import take_instrument
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> _ = take_instrument(study, "pam")
    >>> _ = load_responses(study, "pam", b"respondent,wave,score\nP1,t1,47\n", name="pam.csv")
    >>> remove_response(study, "pam", "P1")
    1
    """
    rows = ROWS["response"]
    with study.act("remove questionnaires", id=id) as act:
        row, made = find_instrument(act.connection, instrument)
        wanted = select(rows.c.id, rows.c.respondent, rows.c.wave)
        stored = act.connection.execute(wanted.where(rows.c.instrument == row)).all()
        mine = [each for each in stored if each.respondent == respondent]
        gone = [each.id for each in mine if wave is None or (each.wave or "") == wave]
        if not gone:
            valid = tuple(sorted({each.wave or "" for each in mine} or {e.respondent for e in stored}))  # fmt: skip
            what = f"nobody called {respondent[:60]!r} filled in {made.short}"
            if mine:
                what = f"{respondent!r} filled in no {made.short} in wave {str(wave)[:60]!r}"
            near = nearest(str(wave) if mine else respondent, valid)
            raise P3CError(Problem(what, "", valid, near, code="gone"))
        act.say(f"remove questionnaires of {made.key} of {respondent}")
        return act.delete("response", gone)


def find_places(connection: Connection, table: TableFile) -> dict[tuple[str, ...], Where]:
    """Return what the rows of a table are about, by programme, site and country as they name it."""
    names = ("programme", "site", "country")
    first: dict[tuple[str, ...], str] = {}
    for at, cells in table.rows:
        first.setdefault(tuple(cells.get(name, "") for name in names), at)
    return {
        place: find_where(
            connection,
            table.problems,
            programme=place[0],
            site=place[1],
            # a programme lies in its country, which need not be said again
            country="" if place[0] or place[1] else place[2],
            at=at,
        )
        for place, at in first.items()
    }


def _check_columns(table: TableFile, made: Instrument) -> None:
    if not made.by_id:
        do = "Declare them in a file of your own: p3c measures export, then p3c measures load."
        what = f"of {made.label} neither items nor scores are declared"
        table.problems.append(Problem(what, table.name, do=do))
        return
    table.needs("respondent", "wave")
    valid = (*COLUMNS, *made.by_id)
    for each in table.columns:
        if each not in valid and names_people(each):
            table.problems.append(Problem(f"the column {each!r} names people; {_WHY}", table.name, do=_DO))  # fmt: skip
        elif each not in valid:
            what = f"{made.label} has no item {each!r}"
            table.problems.append(Problem(what, table.name, valid, nearest(each, valid)))
    if not set(table.columns) & made.by_id.keys():
        what = f"there is no column of an item of {made.label}"
        table.problems.append(Problem(what, table.name, tuple(made.by_id)))


def _rows(
    table: TableFile, made: Instrument, where: dict[tuple[str, ...], Where]
) -> list[dict[str, Any]]:
    found = []
    first: dict[tuple[str, str], str] = {}
    for at, cells in table.rows:
        respondent, wave = cells.get("respondent", ""), cells.get("wave", "")
        _check_respondent(table, respondent, at)
        if not wave and "wave" in table.columns:
            table.problems.append(Problem("it is not said of which wave the row is", at))
        before = first.setdefault((respondent, wave), at)
        if before != at and respondent:
            what = f"{respondent!r} stands there twice in wave {wave!r}, first in {before.rpartition(', ')[2]}"  # fmt: skip
            table.problems.append(Problem(what, at))
        numbers = {
            name: table.number(cells[name], name, at) for name in made.by_id if cells.get(name)
        }
        answers = {name: value for name, value in numbers.items() if value is not None}
        if not answers:
            table.problems.append(
                Problem("nothing is answered in this row", at, do="Leave it out.")
            )
        place = where[tuple(cells.get(name, "") for name in ("programme", "site", "country"))]
        said = {"respondent": respondent, "wave": wave, "date": table.date(cells.get("date", ""), at) or None}  # fmt: skip
        found.append({**where_row(place), **said, "answers": answers, "at": at})
    return found


def _check_respondent(table: TableFile, respondent: str, at: str) -> None:
    if not respondent and "respondent" in table.columns:
        table.problems.append(Problem("the row has no respondent", at, do=_DO))
    elif like := gives_away(respondent):
        what = f"the respondent looks like {like}; {_WHY}"
        table.problems.append(Problem(what, at, do=_DO))


def _conversion(data: bytes | str | Path) -> dict[str, float]:
    """Read a conversion key: two columns of numbers."""
    table = read_table_file(data, "conversion.csv" if isinstance(data, bytes) else "")
    if len(table.columns) != 2:
        what = f"a conversion table has two columns, this one {len(table.columns)}"
        raise P3CError(Problem(what, table.name, do="Give raw and converted score."))
    raw, to = table.columns
    key: dict[str, float] = {}
    for at, cells in table.rows:
        left, right = table.number(cells[raw], raw, at), table.number(cells[to], to, at)
        if left is not None and right is not None:
            if f"{left:g}" in key:
                table.problems.append(Problem(f"the raw score {left:g} stands there twice", at))
            key[f"{left:g}"] = right
    table.refuse()
    return key


def _convert(
    table: TableFile, made: Instrument, rows: Iterable[dict[str, Any]], key: dict[str, float]
) -> None:
    wanted = [each for each in made.scales if each.how == "convert" and not each.table]
    if not wanted:
        what = f"{made.label} has no score that is converted"
        table.problems.append(Problem(what, table.name, do="Leave the conversion table out."))
    for scale in wanted:
        for each in rows:
            raw = scored(made, each["answers"]).values[scale.of[0]]
            if raw is None:
                continue
            if f"{raw:g}" not in key:
                what = f"{scale.of[0]} {raw:g} is not in the conversion table"
                table.problems.append(Problem(what, each["at"]))
                continue
            each["answers"].setdefault(scale.id, key[f"{raw:g}"])


def _stored(connection: Connection, instrument: str) -> dict[tuple[str, str], Any]:
    rows = ROWS["response"]
    found = connection.execute(select(rows).where(rows.c.instrument == instrument))
    return {(each.respondent, each.wave): each for each in found}


def _apart(
    table: TableFile,
    stored: dict[tuple[str, str], Any],
    rows: list[dict[str, Any]],
    made: Instrument,
) -> tuple[list[dict[str, Any]], int]:
    """Return the rows that are new, or converted only now, and how many are held already."""
    kept: list[dict[str, Any]] = []
    same = 0
    converted = {each.id for each in made.scales if each.how == "convert"}
    for each in rows:
        was = stored.get((each["respondent"], each["wave"]))
        if was is None:
            kept.append(each)
            continue
        held = was.answers or {}
        said = all((getattr(was, k) or None) == (each[k] or None) for k in ("programme", "site", "date"))  # fmt: skip
        bare = {k: v for k, v in held.items() if k not in converted - each["answers"].keys()}
        more = {k: v for k, v in each["answers"].items() if k not in converted - held.keys()}
        if not said or bare != more:
            what = f"{each['respondent']!r} has other answers in wave {each['wave']!r} already"
            do = f"Take them away first: p3c measures forget {made.key} {each['respondent']} --wave {each['wave']}"
            table.problems.append(Problem(what, each["at"], do=do, code="repeat"))
        elif each["answers"].keys() - held.keys():
            kept.append({"id": was.id, "answers": {**held, **each["answers"]}, "at": each["at"]})
        else:
            same += 1
    return kept, same
