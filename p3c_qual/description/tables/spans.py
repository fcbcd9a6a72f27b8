"""The spans that a reading set coded with a codebook, with who says them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.analysis.people import speakers
from p3c_qual.analysis.reading_set import choose_readings
from p3c_qual.analysis.segments import known_codes
from p3c_qual.store import payloads
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import Connection

    from p3c_qual.opened import Opened

__all__ = ["Coded", "CodedSpan", "read_coded"]

#: ids a statement may hold
_RUN = 500


@dataclass(frozen=True, slots=True)
class CodedSpan:
    """A coded span.

    Attributes
    ----------
    source : str
        Row id.
    start, end : int
    code : str
        Key of the code.
    above : tuple of str
        Keys of the code and of all it belongs to, itself first.
    person : str
        Key of who says it; empty where nobody is interviewed or it is not known who speaks.
    types : tuple of str
        Their stakeholder types.
    """

    source: str
    start: int
    end: int
    code: str
    above: tuple[str, ...]
    person: str
    types: tuple[str, ...]

    @property
    def place(self) -> tuple[str, int, int]:
        """What it is besides its code."""
        return self.source, self.start, self.end


@dataclass(frozen=True)
class Coded:
    """The spans of one codebook in one reading set.

    Attributes
    ----------
    spans : tuple of CodedSpan
        Each place and code once.
    worked : frozenset of str
        Sources (row ids) that were worked through.
    caption : str
        Names the reading set.
    """

    spans: tuple[CodedSpan, ...] = ()
    worked: frozenset[str] = frozenset()
    caption: str = ""


def read_coded(
    study: Opened,
    connection: Connection,
    codebook: str,
    *,
    sources: Collection[str] | None = None,
) -> Coded:
    """Read what the reading set coded with a codebook; nothing where the study has no such one.

    Parameters
    ----------
    study : Study
    connection : sqlalchemy.Connection
    codebook : str
        Key.
    sources : collection of str, optional
        Row ids of the only ones that are looked at.

    Raises
    ------
    P3CError
        If no reading can be chosen, see `choose_readings`.
    """
    opened: Any = study
    codes = known_codes(opened, connection)
    mine = {name for name, each in codes.by_id.items() if each.codebook == codebook}
    if not mine:
        return Coded()
    chosen = choose_readings(connection, codebook=codebook, sources=sources)
    readings = {(each.source, each.coder, each.round) for each in chosen.readings}
    coding = ROWS["coding"]
    columns = (coding.c.source, coding.c.start, coding.c.end, coding.c.code)
    wanted = select(*columns, coding.c.coder, coding.c.round).order_by(*columns)
    if len(mine) <= _RUN:
        wanted = wanted.where(coding.c.code.in_(sorted(mine)))
    stored: list[Any] = []
    for run in [None] if sources is None else payloads.chunks(sorted(sources), _RUN):
        part = wanted if run is None else wanted.where(coding.c.source.in_(run))
        stored += connection.execute(part)
    rows = [
        row
        for row in stored
        if row.code in mine
        and not readings.isdisjoint(
            {(row.source, row.coder, row.round), (row.source, None, row.round)}
        )
    ]
    said = speakers(opened, connection)
    said.prepare(connection, {row.source for row in rows})
    found = {}
    for row in rows:
        # a retired code counts for the one it was merged into
        code = codes.counts_for(row.code)
        if code not in codes.by_id:
            continue
        above = tuple(codes.by_id[name].key for name in (code, *codes.above(code)))
        who = said.of(row.source, row.start)
        place = (row.source, row.start, row.end, above[0])
        person = (who.key, who.types) if who else ("", ())
        found[place] = CodedSpan(*place, above, *person)
    worked = frozenset(each.source for each in chosen.readings)
    return Coded(tuple(found.values()), worked, chosen.caption)
