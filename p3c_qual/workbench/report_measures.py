"""Instruments, what they measured, and numbers beside themes, as they go over the wire."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.description.model import Where
from p3c_qual.description.naming import name_where
from p3c_qual.description.read import Description
from p3c_qual.instruments.definition import DOMAINS
from p3c_qual.instruments.joints import FITS
from p3c_qual.instruments.measured import read_measured
from p3c_qual.instruments.register import read_register
from p3c_qual.instruments.tables.joint import numbers_of
from p3c_qual.report.records import plural
from p3c_qual.store.schema import ROWS
from p3c_qual.workbench import wire_forms
from p3c_qual.workbench.description_rows import Rows
from p3c_qual.workbench.report_facts import concerns
from p3c_qual.workbench.state import last_event
from p3c_qual.workbench.wire_realist import TermRow

if TYPE_CHECKING:
    from p3c_qual.instruments.definition import Instrument, Scale
    from p3c_qual.instruments.measured import Measured
    from p3c_qual.study import Study

__all__ = ["measure_state"]


def measure_state(
    study: Study, *, programme: str = "", site: str = "", country: str = ""
) -> wire_forms.MeasureState:
    """Return the instruments of the study and of the register, and the joint displays.

    Parameters
    ----------
    study : Study
    programme, site, country : str
        Keys or row ids; none: all of the study.

    Raises
    ------
    P3CError
        If there is no such place.
    """
    joint = ROWS["joint"]
    with study.store.read() as connection:
        where = name_where(connection, programme=programme, site=site, country=country)
        measured = read_measured(connection)
        rows = Rows(study, connection, Description())
        joints = [
            _joint(row, _where(row), measured, rows)
            for row in connection.execute(select(joint).order_by(joint.c.domain, joint.c.id))
            if concerns(_where(row), where)
        ]
        held = {each.key: name for name, each in measured.instruments.items()}
        here = measured.within(measured.places.about(where))
        instruments = [_instrument(each, measured, here, name) for name, each in _all(measured)]
        missing = [said for name in held.values() for said in _missing(here, name)]
        return wire_forms.MeasureState(
            instruments,
            joints,
            [TermRow(key, label, "") for key, label in DOMAINS.items()],
            [TermRow(key, label, "") for key, label in FITS.items()],
            missing,
            last_event(connection),
        )


def _all(measured: Measured) -> list[tuple[str, Instrument]]:
    """Return the instruments of the study (row ids), then those of the register it has not."""
    held = {each.key for each in measured.instruments.values()}
    others = [("", each) for key, each in read_register().items() if key not in held]
    return [*measured.instruments.items(), *others]


def _instrument(
    one: Instrument, measured: Measured, here: Measured, name: str
) -> wire_forms.InstrumentRow:
    """Return an instrument, with what was scored at the place that is asked about."""
    # a joint display of another place may rest on any scale of which there is something
    scales = measured.scales(name) if name else one.printed
    return wire_forms.InstrumentRow(
        key=one.key,
        label=one.label,
        domain=one.domain,
        licence=one.licence,
        taken=bool(name),
        scales=[TermRow(each.id, each.label, _scored(each, here, name)) for each in scales],
        responses=len(measured.filled.get(name, ())),
        waves=measured.waves(name) if name else list(one.waves),
        notes=[*filter(None, (one.about,)), *one.notes],
    )


def _scored(scale: Scale, here: Measured, name: str) -> str:
    """Return a line for each wave, and the caution; nothing was scored before it was filled in."""
    lines = []
    for wave in here.waves(name) if name else ():
        filled = [each for each in here.filled[name] if each.wave == wave]
        found = [each.scores.values.get(scale.id) for each in filled]
        values = [each for each in found if each is not None]
        mean = f"mean {statistics.fmean(values):.1f}; " if values else ""
        of = f"n {len(values)} of {plural(len(filled), 'questionnaire')}"
        lines.append(f"{wave}: {mean}{of}" if wave else f"{mean}{of}")
    if name and not lines:
        lines = ["no questionnaire here"]
    return "\n".join(filter(None, (*lines, scale.caution)))


def _where(row: Any) -> Where:
    return Where(row.programme, row.site, row.country or None)


def _joint(row: Any, where: Where, measured: Measured, rows: Rows) -> wire_forms.JointRow:
    made = measured.instruments.get(row.instrument or "")
    return wire_forms.JointRow(
        id=row.id,
        about=rows.about(where),
        domain=row.domain or "",
        instrument=made.key if made else "",
        scale=row.scale or "",
        numbers="\n".join(
            numbers_of(
                measured,
                measured.places.about(row),
                row.instrument or "",
                row.scale or "",
                row.domain or "",
            )
        ),
        themes=list(row.themes or ()),
        quotes=list(row.quotes or ()),
        configurations=list(row.configurations or ()),
        inference=row.inference or "",
        fit=row.fit or "",
        coder=rows.coder(row.coder),
    )


def _missing(here: Measured, name: str) -> list[str]:
    """Return the scales that could not be scored everywhere, each with of how many."""
    made, filled = here.instruments[name], here.filled.get(name, ())
    found = []
    for scale in here.scales(name):
        without = sum(each.scores.values.get(scale.id) is None for each in filled)
        if without:
            of = plural(len(filled), "questionnaire")
            found.append(f"{made.label}: {scale.label} has no score in {without} of {of}.")
    return found
