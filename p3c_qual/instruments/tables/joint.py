"""Joint displays as a table: numbers and themes side by side, or statistics by themes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.instruments.definition import DOMAINS
from p3c_qual.instruments.joints import FITS
from p3c_qual.instruments.measured import check_by, read_measured
from p3c_qual.instruments.tables.change import change_rows
from p3c_qual.instruments.tables.themes import Themes
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from sqlalchemy import Connection

    from p3c_qual.instruments.measured import Measured, Place
    from p3c_qual.study import Study

__all__ = ["numbers_line", "numbers_of", "signed", "table_joint"]

HEADINGS = {
    "domain": "Domain",
    "about": "About",
    "measure": "Measure",
    "numbers": "Numbers",
    "themes": "Themes",
    "quotes": "Quotes",
    "configurations": "Configurations",
    "inference": "What follows",
    "fit": "Fit",
    "coder": "By",
    "id": "Id",
}
NOBODY = "(no theme)"
_EMPTY = "no joint display is written"


def table_joint(
    study: Study,
    *,
    programme: str = "",
    site: str = "",
    by: str = "domain",
    instrument: str | Sequence[str] = "",
    domain: str = "",
    waves: str | Sequence[str] = "",
) -> pd.DataFrame:
    """Return the joint displays: numbers beside themes, and how they fit.

    Discordances always stand there, and are named once more in the notes.

    Parameters
    ----------
    study : Study
    programme, site : str
        Keys; only what is about them.
    by : str
        ``domain``: side by side, a row a joint display, tier by tier. ``theme``: statistics by
        themes, a row for each theme.
    instrument : str or sequence of str
        Keys, as text with commas between them; only joint displays of these.
    domain : str
        Only this tier of the evaluation framework: ``patient``, ``practitioner``, ``organisation``
        or ``cost``.
    waves : str or sequence of str
        The numbers are of these alone, as text with commas between them.

    Returns
    -------
    DataFrame
        ``domain``, ``about`` (str, what it is about), ``measure``, ``numbers`` (str, a line a
        scale: n, value, change), ``themes`` (str, a line a theme: coded segments and
        interviewees), ``quotes`` (str, the codes of who is quoted), ``configurations``,
        ``inference``, ``fit``, ``coder`` (str), ``id`` (str, row id; empty where a tier has no
        joint display). By theme, ``themes`` comes first. ``attrs``: ``caption``, ``unit``,
        ``denominators``, ``reading_set``, ``notes``.

    Raises
    ------
    P3CError
        If something that is named is unknown, or `by` is neither.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> table_joint(study)["inference"].unique().tolist()
    ['no joint display is written']
    """
    import pandas as pd

    check_by(by, ("domain", "theme"))
    with study.store.read() as connection:
        measured = read_measured(
            connection,
            instrument=instrument,
            programme=programme,
            site=site,
            domain=domain,
            waves=waves,
        )
        chosen = [
            (row, place)
            for row, place in _chosen(connection, measured, programme, site)
            if domain in {"", row.domain}
            and (not instrument or row.instrument in measured.instruments)
        ]
        themes = Themes(study, connection, [row for row, _ in chosen])
    rows = [_row(measured, themes, row, place) for row, place in chosen]
    order = list(DOMAINS.values())
    rows.sort(key=lambda row: (order.index(row["domain"]), row["about"]))
    found = len(rows)
    against = [row for row in rows if row["fit"] == FITS["discordance"]]
    if by == "theme":
        rows = [{**row, "themes": line} for row in rows for line in row["themes"].split("\n") or [""]]  # fmt: skip
        rows = [{**row, "themes": row["themes"] or NOBODY} for row in rows]
        rows.sort(key=lambda row: (row["themes"] == NOBODY, row["themes"]))
    else:
        keys = {label: key for key, label in DOMAINS.items()}
        written = {row["domain"] for row in rows}
        rows += [
            {"domain": each, "inference": _EMPTY}
            for each in order
            if each not in written and domain in {"", keys[each]} and not instrument
        ]
        rows.sort(key=lambda row: order.index(row["domain"]))
    columns = list(HEADINGS)
    if by == "theme":
        columns = ["themes", *(name for name in columns if name != "themes")]
    blank = dict.fromkeys(columns, "")
    frame = pd.DataFrame([{**blank, **row} for row in rows], columns=columns).astype(str)
    title = "Numbers and themes side by side" if by == "domain" else "Statistics by themes"
    frame.attrs = {
        "title": title,
        "caption": title,
        "unit": "joint displays; themes: coded segments and interviewees",
        "denominators": {"joint displays": found, "discordances": len(against)},
        **({"reading_set": themes.reading_set} if themes.reading_set else {}),
        "headings": HEADINGS,
        "shown": [
            name
            for name in columns
            if name not in {"id", "coder"}
            and (name not in {"quotes", "configurations"} or frame[name].any())
        ],
        "once": ["themes"] if by == "theme" else ["domain"],
        "notes": [
            "The fit is the author's judgement. No test is made.",
            *(
                f"Discordance, {row['domain']} ({row['about']}): {row['inference'] or 'not explained yet'}"
                for row in against
            ),
        ],
    }
    return frame


def numbers_of(measured: Measured, place: Place, instrument: str, scale: str, domain: str) -> list[str]:  # fmt: skip
    """Return a line for each scale of an instrument, or for each figure of groups.

    Parameters
    ----------
    measured : Measured
    place : Place
        What it is about.
    instrument, scale : str
        Row id of the instrument, and id of the scale; empty for all of it.
    domain : str
        With no instrument, figures of groups stand beside the tier of use and cost.
    """
    here = measured.within(place)
    made = here.instruments.get(instrument)
    if made is None and domain != "cost":
        return []
    keys = {f"{made.key}:{scale}"} if made and scale else set[str]()
    rows = [
        row
        for row in change_rows(here, by="study")
        if (row["key"].startswith(f"{made.key}:") if made else not row["key"])
        and (not keys or row["key"] in keys)
    ]
    return [numbers_line(row) for row in rows] or ["no data"]


def numbers_line(row: dict[str, Any]) -> str:
    """Return what a row of change says, in one line.

    Examples
    --------
    >>> numbers_line({"scale": "Well-being", "before": "t1", "after": "t2", "pairs": 18,
    ...     "value_before": 41.25, "value_after": 43.5, "change": 2.25, "unit": "points"})
    'Well-being: 41.2 → 43.5 points (change +2.2; 18 pairs; t1 → t2)'
    """
    first, last, change = (row.get(each) for each in ("value_before", "value_after", "change"))
    name = row["scale"] or row.get("measure", "")
    if row.get("remark") == "figures of groups" or not row.get("key", "x"):
        name = ", ".join(filter(None, (row["measure"], row["scale"])))
    if first is None and last is None:
        return f"{name}: no data ({row.get('remark') or 'nothing was scored'})"
    if first is None or last is None:
        value, wave, n = (first, row["before"], row.get("n_before")) if last is None else (last, row["after"], row.get("n_after"))  # fmt: skip
        people = "n not said" if n is None else f"n {n}"
        return f"{name}: {value:.1f} {row['unit']} ({people}{f'; {wave}' if wave else ''}; {row['remark']})"  # fmt: skip
    moved = f"change {signed(change)}; " if change is not None else f"{row['remark']}; "
    who = f"{row['pairs']} pairs" if row.get("pairs") is not None else f"n {_n(row.get('n_before'))} and {_n(row.get('n_after'))}"  # fmt: skip
    return f"{name}: {first:.1f} → {last:.1f} {row['unit']} ({moved}{who}; {row['before']} → {row['after']})"  # fmt: skip


def signed(change: float) -> str:
    """Return a change with its sign, none where it rounds to nothing.

    Examples
    --------
    >>> signed(2.25), signed(-0.01)
    ('+2.2', '0.0')
    """
    text = f"{change:+.1f}"
    return "0.0" if text in {"+0.0", "-0.0"} else text


def _n(count: int | None) -> str:
    return "not said" if count is None else str(count)


def _chosen(
    connection: Connection, measured: Measured, programme: str, site: str
) -> list[tuple[Any, Place]]:
    """Return the joint displays that are about a place, with what they are about."""
    rows = ROWS["joint"]
    found = []
    for row in connection.execute(select(rows).order_by(rows.c.id)):
        place = measured.places.about(row)
        if programme in {"", place.programme} and site in {"", place.site}:
            found.append((row, place))
    return found


def _row(measured: Measured, themes: Themes, row: Any, place: Place) -> dict[str, Any]:
    made = measured.instruments.get(row.instrument or "")
    return {
        "domain": DOMAINS.get(row.domain, row.domain),
        "about": place.name,
        "measure": made.short if made else "",
        "numbers": "\n".join(
            numbers_of(measured, place, row.instrument or "", row.scale or "", row.domain)
        ),
        "themes": "\n".join(themes.theme(name, place) for name in row.themes or ()),
        "quotes": ", ".join(themes.quote(key) for key in row.quotes or ()),
        "configurations": "; ".join(themes.configuration(key) for key in row.configurations or ()),
        "inference": row.inference or "",
        "fit": FITS.get(row.fit, "not judged yet"),
        "coder": themes.coders.get(row.coder, ""),
        "id": row.id,
    }
