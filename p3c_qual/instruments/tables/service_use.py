"""Use of services and cost, by place and wave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from p3c_qual.instruments.aggregates import FEWEST
from p3c_qual.instruments.measured import read_measured

if TYPE_CHECKING:
    import pandas as pd

    from p3c_qual.study import Study

__all__ = ["WITHHELD", "table_service_use"]

HEADINGS = {
    "measure": "Measure",
    "setting": "Setting",
    "programme": "Programme",
    "site": "Site",
    "country": "Country",
    "wave": "Wave",
    "n": "People",
    "value": "Value",
    "unit": "Unit",
    "remark": "Remark",
    "origin": "Where it comes from",
}
WITHHELD = f"fewer than {FEWEST} people, not printed"


def table_service_use(study: Study, *, programme: str = "", site: str = "") -> pd.DataFrame:
    """Return the figures of groups: use of services, and cost.

    Parameters
    ----------
    study : Study
    programme, site : str
        Keys; only of these.

    Returns
    -------
    DataFrame
        ``measure``, ``setting``, ``programme``, ``site``, ``country``, ``wave`` (str), ``n``
        (Int64, people; missing where that is not said), ``value`` (Float64; missing where fewer
        than five people stand behind it), ``unit``, ``remark``, ``origin`` (str). ``attrs``:
        ``caption``, ``unit``, ``denominators``, ``notes``.

    Raises
    ------
    P3CError
        If the programme or the site is unknown.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> table_service_use(study).attrs["denominators"]
    {'figures': 0, 'withheld': 0}
    """
    import pandas as pd

    with study.store.read() as connection:
        figures = read_measured(connection, programme=programme, site=site).figures
    rows: list[dict[str, Any]] = []
    for each in figures:
        small = each.n is not None and each.n < FEWEST
        remark = WITHHELD if small else "" if each.n else "how many people, is not said"
        rows.append(
            {
                "measure": each.measure,
                "setting": each.setting,
                "programme": each.place.programme,
                "site": each.place.site,
                "country": each.place.country,
                "wave": each.wave,
                "n": None if small else each.n,
                "value": None if small else each.value,
                "unit": each.unit,
                "remark": remark,
                "origin": each.origin,
            }
        )
    frame = pd.DataFrame(rows, columns=list(HEADINGS)).astype({"n": "Int64", "value": "Float64"})
    withheld = int((frame["remark"] == WITHHELD).sum())
    frame.attrs = {
        "title": "Use of services and cost",
        "caption": "Use of services and cost",
        "unit": "figures of groups, in the unit of each row",
        "denominators": {"figures": len(rows), "withheld": withheld},
        "headings": dict(HEADINGS),
        "shown": [
            "measure",
            *(c for c in ("setting", "programme", "site", "country", "wave") if frame[c].any()),
            *("n", "value", "unit", "remark"),
        ],
        "beneath": {"measure": "origin"},
        "notes": [
            "Figures are of groups, never of one person.",
            f"A figure on fewer than {FEWEST} people is not printed; the threshold is ours.",
        ],
    }
    return frame
