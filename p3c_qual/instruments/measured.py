"""What was measured in a study, scored: instruments, filled-in questionnaires, figures of groups."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.analysis.several import several
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.instruments.definition import DOMAINS
from p3c_qual.instruments.register import find_instrument, read_held
from p3c_qual.instruments.scoring import scored
from p3c_qual.instruments.waves import order_waves
from p3c_qual.realist.outputs.held import by_key
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from sqlalchemy import Connection

    from p3c_qual.instruments.definition import Instrument, Scale
    from p3c_qual.instruments.scoring import Scores

__all__ = ["BY", "Figure", "Filled", "Measured", "Place", "check_by", "grouped", "read_measured"]

#: what groups are made of
BY = ("programme", "site", "study")


@dataclass(frozen=True, slots=True)
class Place:
    """Keys of what something is about; all empty: the study as a whole, or not said."""

    programme: str = ""
    site: str = ""
    country: str = ""

    @property
    def name(self) -> str:
        """How people call it."""
        return self.site or self.programme or self.country or "the whole study"

    def holds(self, other: Place) -> bool:
        """Say whether something about another place is about this one too."""
        return (
            self.programme in {"", other.programme}
            and self.site in {"", other.site}
            and self.country in {"", other.country}
        )

    def grouped(self, by: str) -> Place:
        """Return the group it belongs to."""
        if by == "study":
            return Place()
        return self if by == "site" else Place(self.programme, "", self.country)


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled-in questionnaire with its scores."""

    place: Place
    respondent: str
    wave: str
    answers: dict[str, float]
    scores: Scores


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a group."""

    place: Place
    measure: str
    setting: str
    wave: str
    n: int | None
    value: float
    unit: str
    origin: str


@dataclass(frozen=True)
class Measured:
    """Everything that was measured.

    Attributes
    ----------
    instruments : dict of str to Instrument
        By row id.
    filled : dict of str to list of Filled
        By row id of the instrument.
    figures : tuple of Figure
    places : _Places
        What the rows are about.
    began : dict of str to dict of str to str
        By row id of the instrument and wave, the earliest date of a questionnaire.
    """

    instruments: dict[str, Instrument]
    filled: dict[str, list[Filled]]
    figures: tuple[Figure, ...]
    places: _Places
    began: dict[str, dict[str, str]]

    def within(self, place: Place) -> Measured:
        """Return what is about a place, or about a part of it."""
        filled = {
            name: [each for each in some if place.holds(each.place)]
            for name, some in self.filled.items()
        }
        figures = tuple(each for each in self.figures if place.holds(each.place))
        return replace(self, filled=filled, figures=figures)

    def scales(self, instrument: str) -> list[Scale]:
        """Return the scales of an instrument of which some questionnaire holds anything."""
        made = self.instruments[instrument]
        held = {name for each in self.filled.get(instrument, ()) for name in each.answers}
        return [scale for scale in made.printed if made.under(scale.id) & held]

    def waves(self, instrument: str) -> list[str]:
        """Return the waves of an instrument in their order, see `order_of`."""
        return self.order_of(instrument)[0]

    def order_of(self, instrument: str) -> tuple[list[str], bool]:
        """Return the waves of an instrument in their order, and whether that order is known."""
        found = {each.wave for each in self.filled.get(instrument, ())}
        declared = self.instruments[instrument].waves
        return order_waves(found, declared, self.began.get(instrument, {}))

    def order_of_figures(self, found: Collection[str]) -> tuple[list[str], bool]:
        """Return waves of figures of groups in their order: as questionnaires tell of them."""
        began: dict[str, str] = {}
        for dates in self.began.values():
            for wave, date in dates.items():
                began[wave] = min(date, began.get(wave, date))
        declared = next(
            (each.waves for each in self.instruments.values() if {*found} <= {*each.waves}), ()
        )
        return order_waves(found, declared, began)


class _Places:
    """Programmes and sites by row id."""

    def __init__(self, connection: Connection) -> None:
        programme, site = ROWS["programme"], ROWS["site"]
        wanted = select(programme.c.id, programme.c.key, programme.c.country)
        self._programmes = {row.id: row for row in connection.execute(wanted)}
        self._sites = dict(connection.execute(select(site.c.id, site.c.key)).all())

    def of(self, row: Any) -> Place:
        """Return what a row is about."""
        home = self._programmes.get(row.programme)
        return Place(
            home.key if home else "",
            self._sites.get(row.site, ""),
            (home.country if home else row.country) or "",
        )

    def about(self, row: Any) -> Place:
        """Return what the author of a row named: a programme without its country."""
        found = self.of(row)
        return Place(found.programme, found.site, "" if found.programme else found.country)

    def check(self, programme: str, site: str) -> None:
        """Refuse a programme or a site that there is not."""
        known = {"programme": [each.key for each in self._programmes.values()]}
        known["site"] = list(self._sites.values())
        problems = []
        for what, name in (("programme", programme), ("site", site)):
            if name and name not in known[what]:
                valid = tuple(sorted(set(known[what])))
                said = f"there is no {what} {name[:60]!r}"
                problems.append(Problem(said, f"{what}=", valid, nearest(name, valid)))
        if problems:
            raise P3CError(problems)


def read_measured(
    connection: Connection,
    *,
    instrument: str | Sequence[str] = "",
    programme: str = "",
    site: str = "",
    domain: str = "",
    waves: str | Sequence[str] = "",
) -> Measured:
    """Read and score what was measured, with one query a table.

    Parameters
    ----------
    connection : sqlalchemy.Connection
    instrument : str or sequence of str
        Keys or row ids, as text with commas between them; only these, and no figures of groups.
    programme, site : str
        Keys; only what is about them.
    domain : str
        Only this tier of the evaluation framework, by its key in `DOMAINS`.
    waves : str or sequence of str
        Only these, as text with commas between them.

    Raises
    ------
    P3CError
        With every one of them that is unknown.
    """
    places = _Places(connection)
    wanted, named = several(waves), several(instrument)
    problems: list[Problem] = []
    instruments = read_held(connection)
    missing = [name for name in named if not _named(instruments, [name])]
    checks: list[Callable[[], object]] = [
        partial(places.check, programme, site),
        partial(_check_domain, domain),
        partial(_check_waves, connection, wanted),
        *(partial(find_instrument, connection, name) for name in missing),
    ]
    for check in checks:
        try:
            check()
        except P3CError as error:
            problems += error.problems
    if problems:
        raise P3CError(problems)
    if named:
        instruments = _named(instruments, named)
    instruments = {row: made for row, made in instruments.items() if domain in {"", made.domain}}
    within = Place(programme, site)
    rows, figures = ROWS["response"], ROWS["aggregate"]
    filled: dict[str, list[Filled]] = defaultdict(list)
    began: dict[str, dict[str, str]] = defaultdict(dict)
    order = (rows.c.respondent, rows.c.wave, rows.c.id)
    for row in connection.execute(select(rows).order_by(*order)):
        made, place = instruments.get(row.instrument), places.of(row)
        if made and row.date:
            dates, wave = began[row.instrument], row.wave or ""
            dates[wave] = min(row.date, dates.get(wave, row.date))
        if made and within.holds(place) and (not wanted or row.wave in wanted):
            answers = row.answers or {}
            filled[row.instrument].append(
                Filled(place, row.respondent, row.wave or "", answers, scored(made, answers))
            )
    by_measure = (figures.c.measure, figures.c.setting, figures.c.wave, figures.c.id)
    found = (
        Figure(
            places.of(row),
            row.measure or "",
            row.setting or "",
            row.wave or "",
            row.n,
            row.value,
            row.unit or "",
            row.origin or "",
        )
        for row in connection.execute(select(figures).order_by(*by_measure))
    )
    return Measured(
        instruments,
        dict(filled),
        tuple(
            each
            for each in found
            if within.holds(each.place)
            and not named
            and domain in {"", "cost"}
            and (not wanted or each.wave in wanted)
        ),
        places,
        dict(began),
    )


def _named(instruments: dict[str, Instrument], names: Sequence[str]) -> dict[str, Instrument]:
    return {row: made for row, made in instruments.items() if {row, made.key} & {*names}}


def _check_domain(domain: str) -> None:
    if domain and domain not in DOMAINS:
        valid = tuple(DOMAINS)
        what = f"there is no tier {domain[:60]!r} of the framework"
        raise P3CError(Problem(what, "domain=", valid, nearest(domain, valid)))


def _check_waves(connection: Connection, names: Sequence[str]) -> None:
    """Refuse waves in which nothing was measured."""
    if not names:
        return
    found: set[str] = set()
    for table in ("response", "aggregate"):
        found |= {row or "" for row in connection.scalars(select(ROWS[table].c.wave).distinct())}
    valid = tuple(sorted(found - {""}, key=by_key))
    problems = [
        Problem(
            f"nothing was measured in a wave {name[:60]!r}", "waves=", valid, nearest(name, valid)
        )
        for name in names
        if name not in found
    ]
    if problems:
        raise P3CError(problems)


def grouped(filled: Iterable[Filled], by: str) -> dict[Place, list[Filled]]:
    """Return questionnaires by the group they belong to, groups by their names.

    Raises
    ------
    P3CError
        If `by` is none of `BY`.
    """
    check_by(by)
    found: dict[Place, list[Filled]] = defaultdict(list)
    for each in filled:
        found[each.place.grouped(by)].append(each)
    return {place: found[place] for place in sorted(found, key=lambda p: (p.programme, p.site))}


def check_by(by: str, valid: Sequence[str] = BY) -> None:
    """Refuse what groups cannot be made of."""
    if by not in valid:
        what = f"{by!r} is nothing that groups can be made of"
        raise P3CError(Problem(what, "by=", tuple(valid), nearest(by, valid)))
