"""Instruments in a study: taken from the register, brought by the team, taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.instruments.definition import plain
from p3c_qual.instruments.form import form_text, read_form
from p3c_qual.instruments.register import find_instrument, read_held, read_register
from p3c_qual.instruments.scoring import check_answers
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from p3c_qual.instruments.definition import Instrument
    from p3c_qual.opened import Opened
    from p3c_qual.store.act import Act

__all__ = ["instruments_text", "load_instruments", "remove_instrument", "take_instrument"]

#: faults of responses that are said one by one
_MOST = 20


def take_instrument(study: Opened, instrument: str, *, id: str | None = None) -> bool:
    """Take an instrument of the register into the study; returns whether anything changed.

    Parameters
    ----------
    study : Study
    instrument : str
        Key in the register.
    id : str, optional
        Of the act, see `p3c_qual.store.act.begin_act`.

    Raises
    ------
    P3CError
        If the register has none of that key, or the study has one that is different.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> take_instrument(study, "wemwbs"), take_instrument(study, "wemwbs")
    (True, False)
    """
    register = read_register()
    if instrument not in register:
        valid = tuple(register)
        what = f"the register has no instrument {instrument[:60]!r}"
        do = "Bring one of your own with: p3c measures load FILE"
        raise P3CError(Problem(what, "", valid, nearest(instrument, valid), do, code="gone"))
    with study.act(f"take the instrument {instrument}", id=id) as act:
        held = {each.key: each for each in read_held(act.connection).values()}
        if held.get(instrument) == register[instrument]:
            return False
        if instrument in held:
            what = f"the study has an instrument {instrument!r} of its own already"
            raise P3CError(Problem(what, do="Take that one away first, or keep it."))
        return bool(_write(act, [register[instrument]]))


def load_instruments(study: Opened, text: str, *, name: str = "", id: str | None = None) -> int:
    """Take instruments of the team's own in; returns how many are new or different.

    What is loaded again as `instruments_text` wrote it changes nothing. A conversion key that is
    licensed is refused: it is given when questionnaires are taken in, and not kept.

    Parameters
    ----------
    study : Study
    text : str
        YAML, see `p3c_qual.instruments.form.FORM_FIELDS`.
    name : str
        Of the file, for messages.
    id : str, optional
        Of the act.

    Raises
    ------
    P3CError
        With every fault of the file, or with the answers that an instrument would not allow any
        more.
    """
    given = read_form(text, name)
    with study.act("load instruments", id=id) as act:
        problems = _unfit(act.connection, given)
        if problems:
            raise P3CError(problems)
        act.say(f"load the instruments {', '.join(each.key for each in given)}")
        return _write(act, given)


def remove_instrument(study: Opened, instrument: str, *, id: str | None = None) -> bool:
    """Take an instrument away; returns True.

    Parameters
    ----------
    study : Study
    instrument : str
        Key or row id.
    id : str, optional
        Of the act.

    Raises
    ------
    P3CError
        If there is none, or questionnaires or joint displays are made of it.
    """
    with study.act("remove an instrument", id=id) as act:
        row, each = find_instrument(act.connection, instrument)
        act.say(f"remove the instrument {each.key}")
        problems = []
        for table, noun in (("response", "filled-in questionnaire"), ("joint", "joint display")):
            of = ROWS[table].c.instrument == row
            count = act.connection.scalar(select(func.count()).select_from(ROWS[table]).where(of))
            if count:
                what = f"{each.label} has {count:,} {noun}{'' if count == 1 else 's'}"
                do = "Undo the act that took them in first." if table == "response" else "Take it away there first."  # fmt: skip
                problems.append(Problem(what, do=do, code="used"))
        if problems:
            raise P3CError(problems)
        return bool(act.delete("instrument", [row]))


def instruments_text(study: Opened) -> str:
    """Return the instruments of a study as YAML, as `load_instruments` reads it.

    Parameters
    ----------
    study : Study
    """
    with study.store.read() as connection:
        return form_text(read_held(connection).values())


def _write(act: Act, instruments: tuple[Instrument, ...] | list[Instrument]) -> int:
    rows = ROWS["instrument"]
    ids = dict(act.connection.execute(select(rows.c.key, rows.c.id)).all())
    made: dict[str, dict[str, Any]] = {
        each.key: {"key": each.key, "label": each.label, "definition": plain(each)}
        for each in instruments
    }
    new = [
        # two copies of a study that take in the same one speak of the same row
        {"id": act.named_id("instrument", key), **row}
        for key, row in made.items()
        if key not in ids
    ]
    act.insert("instrument", new)
    changed = {ids[key]: row for key, row in made.items() if key in ids}
    return len(new) + act.update("instrument", changed)


def _unfit(connection: Connection, given: tuple[Instrument, ...]) -> list[Problem]:
    """Return what stands in questionnaires that an instrument would not allow any more."""
    held = {each.key: (row, each) for row, each in read_held(connection).items()}
    changed = {held[e.key][0]: e for e in given if e.key in held and held[e.key][1] != e}
    if not changed:
        return []
    rows = ROWS["response"]
    wanted = select(rows).where(rows.c.instrument.in_(changed)).order_by(rows.c.id)
    problems = [
        problem
        for row in connection.execute(wanted)
        for problem in check_answers(
            changed[row.instrument],
            row.answers or {},
            f"{changed[row.instrument].key}, {row.respondent}, {row.wave}",
        )
    ]
    return problems[:_MOST]
