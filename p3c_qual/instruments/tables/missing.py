"""What is missing: by item and scale, in each wave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from p3c_qual.instruments.measured import read_measured

if TYPE_CHECKING:
    import pandas as pd

    from p3c_qual.instruments.definition import Instrument, Scale
    from p3c_qual.instruments.measured import Filled
    from p3c_qual.study import Study

__all__ = ["table_missing"]

HEADINGS = {
    "instrument": "Instrument",
    "wave": "Wave",
    "kind": "Kind",
    "name": "Item or scale",
    "filled": "Filled in",
    "missing": "Missing",
    "share": "Share missing (%)",
}


def table_missing(
    study: Study, *, instrument: str = "", programme: str = "", site: str = ""
) -> pd.DataFrame:
    """Return how often each item was not answered and each scale could not be scored.

    Parameters
    ----------
    study : Study
    instrument, programme, site : str
        Keys; only of these.

    Returns
    -------
    DataFrame
        ``instrument``, ``wave``, ``kind`` (``item`` or ``scale``), ``name`` (str), ``filled``,
        ``missing`` (int, questionnaires), ``share`` (float, per cent of those filled in). Items
        that no questionnaire has are left out, and counted in the notes. ``attrs``: ``caption``,
        ``unit``, ``denominators``, ``notes``.

    Raises
    ------
    P3CError
        If the instrument, the programme or the site is unknown.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> len(table_missing(study))
    0
    """
    import pandas as pd

    with study.store.read() as connection:
        measured = read_measured(connection, instrument=instrument, programme=programme, site=site)
    rows: list[dict[str, Any]] = []
    notes = ["A scale is missing where it could not be scored; why, the table of scores says."]
    for name, made in measured.instruments.items():
        filled = measured.filled.get(name, [])
        if not filled:
            continue
        items = [item.id for item in made.items if any(item.id in f.answers for f in filled)]
        if len(items) < len(made.items):
            left = len(made.items) - len(items)
            notes.append(f"{made.short}: {left} of {len(made.items)} items are in no questionnaire.")  # fmt: skip
        for wave in measured.waves(name):
            here = [each for each in filled if each.wave == wave]
            rows += _rows(made, wave, here, items, measured.scales(name))
    frame = pd.DataFrame(rows, columns=list(HEADINGS))
    frame = frame.astype({"filled": "int64", "missing": "int64", "share": "float64"})
    frame.attrs = {
        "title": "What is missing, by item, scale and wave",
        "caption": "What is missing, by item, scale and wave",
        "unit": "filled-in questionnaires",
        "denominators": {"questionnaires": sum(map(len, measured.filled.values()))},
        "headings": dict(HEADINGS),
        "notes": notes,
    }
    return frame


def _rows(made: Instrument, wave: str, here: list[Filled], items: list[str], scales: list[Scale]) -> list[dict[str, Any]]:  # fmt: skip
    lost = {item: sum(item not in each.answers for each in here) for item in items}
    unscored = {s.label: sum(each.scores.values.get(s.id) is None for each in here) for s in scales}  # fmt: skip
    return [
        {
            "instrument": made.short,
            "wave": wave,
            "kind": kind,
            "name": name,
            "filled": len(here),
            "missing": count,
            "share": 100 * count / len(here),
        }
        for kind, counts in (("item", lost), ("scale", unscored))
        for name, count in counts.items()
    ]
