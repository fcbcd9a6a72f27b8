"""Scores of each scale by group and wave."""

from __future__ import annotations

import statistics
from collections import Counter
from typing import TYPE_CHECKING, Any

from p3c_qual.errors import P3CError, Problem
from p3c_qual.instruments.aggregates import FEWEST
from p3c_qual.instruments.definition import DOMAINS, MISSING
from p3c_qual.instruments.measured import grouped, read_measured

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from p3c_qual.instruments.definition import Bands, Instrument, Scale
    from p3c_qual.instruments.measured import Filled, Measured
    from p3c_qual.study import Study

__all__ = ["instrument_notes", "small_notice", "summary", "table_scores"]

HEADINGS = {
    "domain": "Domain",
    "instrument": "Instrument",
    "scale": "Scale",
    "programme": "Programme",
    "site": "Site",
    "wave": "Wave",
    "filled": "Filled in",
    "n": "n scored",
    "missing": "Not scored",
    "mean": "Mean",
    "sd": "SD",
    "median": "Median",
    "low": "Lowest",
    "high": "Highest",
    "range": "Possible",
    "bands": "Levels",
    "remark": "Remark",
}
_COUNTS, _FLOATS = ("filled", "n", "missing"), ("mean", "sd", "median", "low", "high")


def table_scores(
    study: Study,
    *,
    instrument: str | Sequence[str] = "",
    programme: str = "",
    site: str = "",
    by: str = "programme",
    bands: str = "",
    domain: str = "",
    waves: str | Sequence[str] = "",
) -> pd.DataFrame:
    """Return the scores of every scale, by group and wave.

    Parameters
    ----------
    study : Study
    instrument : str or sequence of str
        Keys, as text with commas between them; only these.
    programme, site : str
        Keys; only of these.
    by : str
        ``programme``, ``site`` or ``study``.
    bands : str
        Name of the cut-points by which levels are counted; by default the first that an
        instrument declares.
    domain : str
        Only this tier of the evaluation framework: ``patient``, ``practitioner``, ``organisation``
        or ``cost``.
    waves : str or sequence of str
        Only these, as text with commas between them.

    Returns
    -------
    DataFrame
        ``domain``, ``instrument``, ``scale``, ``programme``, ``site``, ``wave`` (str),
        ``filled``, ``n``, ``missing`` (int: questionnaires, those that could be scored, and those
        that could not), ``mean``, ``sd``, ``median``, ``low``, ``high`` (Float64, missing where
        undefined), ``range`` (str, what the scale can be), ``bands`` (str, how many are on each
        level), ``remark`` (str, why something is missing). ``attrs``: ``caption``, ``unit``,
        ``denominators``, ``notes``, ``notices``.

    Raises
    ------
    P3CError
        If the instrument, the programme, the site or the cut-points are unknown.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> table_scores(study).attrs["denominators"]
    {'instruments': 0, 'questionnaires': 0}
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
    _check_bands(measured, bands)
    rows: list[dict[str, Any]] = []
    for name, made in measured.instruments.items():
        groups = grouped(measured.filled.get(name, ()), by)
        for scale in measured.scales(name):
            levels = _levels(made, scale, bands)
            for place, some in groups.items():
                for wave in measured.waves(name):
                    here = [each for each in some if each.wave == wave]
                    if here:
                        row = _row(made, scale, levels, here)
                        rows.append({**row, "programme": place.programme, "site": place.site, "wave": wave})  # fmt: skip
    frame = pd.DataFrame(rows, columns=list(HEADINGS))
    frame = frame.astype(dict.fromkeys(_COUNTS, "int64") | dict.fromkeys(_FLOATS, "Float64"))
    asked = [made for name, made in measured.instruments.items() if measured.filled.get(name)]
    frame.attrs = {
        "title": "Scores by group and wave",
        "caption": "Scores by group and wave",
        "unit": "filled-in questionnaires; scores in points of each scale",
        "denominators": {
            "instruments": len(asked),
            "questionnaires": sum(map(len, measured.filled.values())),
        },
        "headings": dict(HEADINGS),
        "shown": [
            *("instrument", "scale"),
            *(each for each in ("programme", "site") if frame[each].any()),
            *("wave", "n", "missing", "mean", "sd", "median", "low", "high", "range"),
            *(each for each in ("bands", "remark") if frame[each].any()),
        ],
        "once": ["instrument", "scale"],
        "notes": [
            "SD: of a sample, undefined for fewer than two. No test is made.",
            *instrument_notes(measured),
            *(
                f"Waves of {made.short}: in the order of their names, since nothing tells which came first."
                for name, made in measured.instruments.items()
                if not measured.order_of(name)[1]
            ),
            *(
                f"Levels of {made.short}: {used.name} ({used.date}; {used.source})."
                for made in asked
                if (used := next((b for b in made.bands if bands in {"", b.name}), None))
            ),
        ],
        "notices": small_notice(frame["n"]),
    }
    return frame


def summary(values: Sequence[float]) -> dict[str, float | None]:
    """Return mean, SD, median, lowest and highest of some scores; None where undefined.

    Examples
    --------
    >>> summary([2.0, 4.0])["mean"], summary([2.0])["sd"]
    (3.0, None)
    """
    if not values:
        return dict.fromkeys(_FLOATS)
    return {
        "mean": statistics.fmean(values),
        "sd": statistics.stdev(values) if len(values) > 1 else None,
        "median": statistics.median(values),
        "low": min(values),
        "high": max(values),
    }


def instrument_notes(measured: Measured) -> list[str]:
    """Return what has to be said below every table of what was measured, a note an instrument."""
    found = []
    for name, made in measured.instruments.items():
        if not measured.filled.get(name):
            continue
        notes = list(made.notes)
        if made.items:
            source = f" ({made.missing_source})" if made.missing_source else ""
            rule = MISSING[made.missing]
            notes.append(f"{rule[:1].upper()}{rule[1:]}{source}.")
        known = measured.scales(name)
        if left := [scale.label for scale in made.printed if scale not in known]:
            notes.append(f"Nothing was filled in for: {', '.join(left)}.")
        if notes:
            found.append(" ".join([f"{made.label}.", *notes]))
    return found


def small_notice(counts: Iterable[int]) -> list[str]:
    """Return what to know of groups so small that somebody could be recognised."""
    small = sum(0 < count < FEWEST for count in counts)
    if not small:
        return []
    rows = "1 row is" if small == 1 else f"{small} rows are"
    return [f"{rows} of fewer than {FEWEST} people (a threshold of our own): somebody could be recognised in it."]  # fmt: skip


def _row(made: Instrument, scale: Scale, levels: Bands | None, here: list[Filled]) -> dict[str, Any]:  # fmt: skip
    scores = [each.scores.values.get(scale.id) for each in here]
    values = [value for value in scores if value is not None]
    limits = made.limits(scale.id)
    why = Counter(each.scores.why[scale.id] for each in here if scale.id in each.scores.why)
    counts = Counter(each.scores.bands.get(levels.name, "between levels") for each in here if scale.id not in each.scores.why) if levels else Counter[str]()  # fmt: skip
    order = [*(each.label for each in levels.levels), "between levels"] if levels else []
    return {
        "domain": DOMAINS[made.domain],
        "instrument": made.short,
        "scale": scale.label,
        "filled": len(here),
        "n": len(values),
        "missing": len(here) - len(values),
        **summary(values),
        "range": f"{limits[0]:g} to {limits[1]:g}" if limits else "",
        "bands": ", ".join(f"{label}: {counts[label]}" for label in order if counts[label]),
        "remark": "; ".join(f"{count} × {said}" for said, count in why.most_common(3)),
    }


def _levels(made: Instrument, scale: Scale, name: str) -> Bands | None:
    fits = [each for each in made.bands if each.scale == scale.id and name in {"", each.name}]
    return fits[0] if fits else None


def _check_bands(measured: Measured, name: str) -> None:
    valid = tuple(sorted({b.name for made in measured.instruments.values() for b in made.bands}))
    if name and name not in valid:
        raise P3CError(Problem(f"there are no cut-points {name[:60]!r}", "bands=", valid))
