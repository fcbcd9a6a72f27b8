"""Before and after, by tier: only those who were there both times."""

from __future__ import annotations

import re
import statistics
from typing import TYPE_CHECKING, Any

from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.instruments.aggregates import FEWEST
from p3c_qual.instruments.definition import DOMAINS
from p3c_qual.instruments.effect import bonferroni, effect_size
from p3c_qual.instruments.measured import grouped, read_measured
from p3c_qual.instruments.tables.scores import instrument_notes, small_notice
from p3c_qual.instruments.tables.service_use import WITHHELD
from p3c_qual.instruments.waves import UNKNOWN
from p3c_qual.realist.outputs.held import by_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from p3c_qual.instruments.definition import Instrument, Scale
    from p3c_qual.instruments.measured import Figure, Filled, Measured
    from p3c_qual.study import Study

__all__ = ["change_rows", "table_change"]

HEADINGS = {
    "domain": "Domain",
    "measure": "Measure",
    "scale": "Scale",
    "programme": "Programme",
    "site": "Site",
    "before": "Before",
    "after": "After",
    "n_before": "n before",
    "n_after": "n after",
    "pairs": "Pairs",
    "value_before": "Mean before",
    "value_after": "Mean after",
    "change": "Change",
    "median_change": "Median change",
    "better": "Better is",
    "r": "r",
    "unit": "Unit",
    "low": "Lowest possible",
    "high": "Highest possible",
    "remark": "Remark",
    "key": "Key",
}
_COUNTS = ("n_before", "n_after", "pairs")
_FLOATS = ("value_before", "value_after", "change", "median_change", "r", "low", "high")
_ALPHA = 0.05
_GUESSED = (
    "Where it is not known which wave came first, the waves stand in the order of their names: "
    "declare them (p3c measures export, then load), give the questionnaires dates, or name both "
    "(before=, after=)."
)


def table_change(
    study: Study,
    *,
    instrument: str | Sequence[str] = "",
    programme: str = "",
    site: str = "",
    by: str = "programme",
    before: str = "",
    after: str = "",
    z: Mapping[str, float] | str = "",
    domain: str = "",
    waves: str | Sequence[str] = "",
) -> pd.DataFrame:
    """Return what changed between two waves, tier by tier.

    Only respondents who could be scored in both waves are compared. A tier of which nothing was
    measured stands there and says so.

    Parameters
    ----------
    study : Study
    instrument : str or sequence of str
        Keys, as text with commas between them; only these.
    programme, site : str
        Keys; only of these.
    by : str
        ``programme``, ``site`` or ``study``.
    before, after : str
        Waves; by default the first and the last of each measure: as its instrument declares them,
        else by the dates of the questionnaires, else by the number in their names. Where nothing
        tells which came first, they stand in the order of their names and no change is given.
    z : mapping of str to float, or str
        Of tests made elsewhere, by ``instrument:scale``, or ``instrument:scale:group`` where
        there are several groups; as text ``pam:score=2.1; wemwbs:raw=1.4``. From it comes the
        size of the effect.
    domain : str
        Only this tier of the evaluation framework: ``patient``, ``practitioner``, ``organisation``
        or ``cost``.
    waves : str or sequence of str
        Only these, as text with commas between them.

    Returns
    -------
    DataFrame
        ``domain``, ``measure``, ``scale``, ``programme``, ``site``, ``before``, ``after`` (str,
        the waves), ``n_before``, ``n_after``, ``pairs`` (Int64), ``value_before``,
        ``value_after``, ``change`` (Float64, means over pairs; of figures of groups the figures
        themselves), ``median_change``, ``r`` (Float64, only where a z was given), ``better`` (str,
        whether ``higher`` or ``lower`` is better; empty where that is not said), ``unit`` (str), ``low``, ``high`` (Float64, what
        the scale can be), ``remark``, ``key`` (str). ``attrs``: ``caption``, ``unit``,
        ``denominators``, ``notes``, ``notices``.

    Raises
    ------
    P3CError
        If something that is named is unknown, or a z is of no row or of several.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> table_change(study)["remark"].unique().tolist()
    ['nothing was measured']
    """
    import pandas as pd

    with study.store.read() as connection:
        measured = read_measured(
            connection,
            instrument=instrument,
            programme=programme,
            site=site,
            domain=domain,
            waves=waves,
        )
    _check_waves(measured, before, after)
    rows = change_rows(measured, by=by, before=before, after=after)
    given = _effects(rows, _read_z(z))
    if not instrument:
        tiers = {domain: DOMAINS[domain]} if domain else DOMAINS
        for label in tiers.values():
            if not any(row["domain"] == label for row in rows):
                rows.append({"domain": label, "remark": "nothing was measured"})
        order = list(DOMAINS.values())
        rows.sort(key=lambda row: order.index(row["domain"]))
    blank = {name: None if name in {*_COUNTS, *_FLOATS} else "" for name in HEADINGS}
    frame = pd.DataFrame([{**blank, **row} for row in rows], columns=list(HEADINGS))
    frame = frame.astype(dict.fromkeys(_COUNTS, "Int64") | dict.fromkeys(_FLOATS, "Float64"))
    limit = f" Of {given} such tests each has to keep {bonferroni(_ALPHA, given):.4f} for all to keep {_ALPHA:g} (Bonferroni)." if given else ""  # fmt: skip
    frame.attrs = {
        "title": "Before and after, by tier",
        "caption": "Before and after, by tier",
        "unit": "respondents with a score in both waves; scores in points of each scale",
        "denominators": {
            "questionnaires": sum(map(len, measured.filled.values())),
            "figures of groups": len(measured.figures),
        },
        "headings": dict(HEADINGS),
        "shown": [
            *("domain", "measure", "scale"),
            *(each for each in ("programme", "site") if frame[each].any()),
            *("before", "after", "n_before", "n_after", "pairs", "value_before", "value_after"),
            *("change", "median_change", "better"),
            *(["r"] if given else []),
            *("unit", "remark"),
        ],
        "once": ["domain"],
        "notes": [
            "Means and change are over pairs. No test is made here.",
            *([_GUESSED] if (frame["remark"] == UNKNOWN).any() else []),
            *([f"r = z / √pairs, from the z that was given.{limit}"] if given else []),
            *instrument_notes(measured),
        ],
        "notices": small_notice(frame["pairs"].fillna(0)),
    }
    return frame


def change_rows(
    measured: Measured, *, by: str, before: str = "", after: str = ""
) -> list[dict[str, Any]]:
    """Return a row for each scale and group, and for each figure of groups."""
    rows = []
    for name, made in measured.instruments.items():
        waves, known = measured.order_of(name)
        if not waves:
            continue
        pair = (before or waves[0], after or waves[-1])
        known = known or bool(before and after)
        for scale in measured.scales(name):
            for place, some in grouped(measured.filled[name], by).items():
                row = _scale_row(made, scale, some, pair)
                if not known and row.get("change") is not None:
                    row |= {"change": None, "median_change": None, "remark": UNKNOWN}
                group = "/".join(filter(None, (place.programme, place.site)))
                where = {"programme": place.programme, "site": place.site}
                key = f"{made.key}:{scale.id}"
                rows.append({**row, **where, "key": key, "group": f"{key}:{group}"})
    return rows + _figure_rows(measured, before, after)


def _scale_row(
    made: Instrument, scale: Scale, some: list[Filled], pair: tuple[str, str]
) -> dict[str, Any]:
    values = {
        wave: {
            each.respondent: value
            for each in some
            if each.wave == wave and (value := each.scores.values.get(scale.id)) is not None
        }
        for wave in pair
    }
    first, last = values[pair[0]], values[pair[1]]
    both = [] if pair[0] == pair[1] else sorted(first.keys() & last.keys())
    limits = made.limits(scale.id)
    row = {
        "domain": DOMAINS[made.domain],
        "measure": made.short,
        "scale": scale.label,
        "before": pair[0],
        "after": "" if pair[0] == pair[1] else pair[1],
        "n_before": len(first),
        "n_after": None if pair[0] == pair[1] else len(last),
        "pairs": len(both),
        "unit": "points",
        "better": scale.better,
        "low": limits[0] if limits else None,
        "high": limits[1] if limits else None,
        "remark": "",
    }
    if pair[0] == pair[1]:
        mean = statistics.fmean(first.values()) if first else None
        return {**row, "value_before": mean, "remark": "one wave only"}
    if not first and not last and scale.caution:
        return {**row, "remark": scale.caution}
    if not both:
        return {**row, "remark": "nobody was scored in both waves"}
    changes = [last[who] - first[who] for who in both]
    row |= {
        "value_before": statistics.fmean(first[who] for who in both),
        "value_after": statistics.fmean(last[who] for who in both),
    }
    if scale.caution and scale.how != "convert":
        return {**row, "remark": scale.caution}
    return {
        **row,
        "change": statistics.fmean(changes),
        "median_change": statistics.median(changes),
    }


def _figure_rows(measured: Measured, before: str, after: str) -> list[dict[str, Any]]:
    found: dict[Any, dict[str, Figure]] = {}
    for each in measured.figures:
        name = (each.measure, each.setting, each.place, each.unit)
        found.setdefault(name, {})[each.wave] = each
    rows = []
    for (measure, setting, place, unit), waves in found.items():
        order, known = measured.order_of_figures(waves)
        known = known or bool(before and after)
        pair = (before or order[0], after or order[-1])
        first = waves.get(pair[0])
        last = waves.get(pair[1]) if pair[0] != pair[1] else None
        shown = [each if each and not _small(each) else None for each in (first, last)]
        row = {
            "domain": DOMAINS["cost"],
            "measure": measure,
            "scale": setting,
            "programme": place.programme,
            "site": place.site or place.country * (not place.programme),
            "before": pair[0],
            "after": pair[1] if pair[0] != pair[1] else "",
            "n_before": shown[0].n if shown[0] else None,
            "n_after": shown[1].n if shown[1] else None,
            "value_before": shown[0].value if shown[0] else None,
            "value_after": shown[1].value if shown[1] else None,
            "unit": unit,
            "remark": "figures of groups",
            "key": "",
        }
        if any(each and _small(each) for each in (first, last)):
            row["remark"] = WITHHELD
        elif shown[0] and shown[1] and not known:
            row["remark"] = UNKNOWN
        elif shown[0] and shown[1]:
            row["change"] = shown[1].value - shown[0].value
        else:
            row["remark"] = "one wave only" if pair[0] == pair[1] else "not in both waves"
        rows.append(row)
    return rows


def _small(each: Figure) -> bool:
    return each.n is not None and each.n < FEWEST


def _check_waves(measured: Measured, before: str, after: str) -> None:
    known = {each.wave for some in measured.filled.values() for each in some}
    known |= {each.wave for each in measured.figures}
    valid = tuple(sorted(known - {""}, key=by_key))
    problems = [
        Problem(f"nothing was measured in a wave {name[:60]!r}", where, valid, nearest(name, valid))
        for where, name in (("before=", before), ("after=", after))
        if name and name not in known
    ]
    if problems:
        raise P3CError(problems)


def _read_z(z: Mapping[str, float] | str) -> dict[str, float]:
    """Return the z values by the row they are of."""
    if not isinstance(z, str):
        return {name: float(value) for name, value in z.items()}
    found, problems = {}, []
    for part in filter(None, (each.strip() for each in re.split(r"[;,]", z))):
        name, _, value = part.partition("=")
        if re.fullmatch(r"\s*[+-]?\d+(\.\d+)?\s*", value):
            found[name.strip()] = float(value)
        else:
            do = "Write it as instrument:scale=2.52."
            problems.append(Problem(f"{part[:60]!r} is no z", "z=", do=do))
    if problems:
        raise P3CError(problems)
    return found


def _effects(rows: list[dict[str, Any]], given: dict[str, float]) -> int:
    """Set the sizes of effects into the rows they are of; returns how many."""
    problems = []
    for name, value in given.items():
        mine = [row for row in rows if name in {row.get("key"), row.get("group")}]
        if len(mine) == 1:
            try:
                mine[0]["r"] = effect_size(value, mine[0]["pairs"])
            except P3CError as error:
                problems += [Problem(each.what, name, do=each.do) for each in error.problems]
            continue
        valid = tuple(row["group" if mine else "key"] for row in mine or rows if row.get("key"))
        what = "is of several groups" if mine else "is of no scale that was measured"
        problems.append(Problem(f"the z of {name!r} {what}", "z=", tuple(dict.fromkeys(valid))))
    if problems:
        raise P3CError(problems)
    return len(given)
