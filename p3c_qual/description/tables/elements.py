"""The elements of the framework by programme, at one of three counting units or at all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from p3c_qual.analysis.frequencies import COUNTS, table_frequencies
from p3c_qual.description.places import REPORT
from p3c_qual.description.tables.cases import programme_cases, said_empty
from p3c_qual.description.tables.told import read_told
from p3c_qual.errors import P3CError, Problem, nearest

if TYPE_CHECKING:
    import pandas as pd

    from p3c_qual.description.tables.cases import Case
    from p3c_qual.opened import Opened

__all__ = ["table_selfie_programmes"]

_ALL = "all"
_SHORT = {"segments": "segments", "interviewees": "people"}


def table_selfie_programmes(
    study: Opened,
    *,
    count: str = _ALL,
    programme: str = "",
    country: str = "",
    codebook: str = REPORT,
) -> pd.DataFrame:
    """Return how often each element of the framework is coded in each programme.

    Parameters
    ----------
    study : Study
    count : str
        ``segments``, ``interviewees``, ``programmes``, or ``all``: segments and interviewees of
        each programme, and in how many programmes an element is found.
    programme, country : str
        Keys with commas between them, and name; only these programmes.
    codebook : str

    Returns
    -------
    DataFrame
        ``code``, ``label`` (str), ``depth`` (int64), columns by programme and unit, and a total
        (Int64; missing where no interview of the programme asked for it). ``attrs``:
        ``caption``, ``unit``, ``denominators``, ``reading_set``, ``headings``, ``notes``.

    Raises
    ------
    P3CError
        If there is no such unit, programme, country or codebook.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> int(table_selfie_programmes(study).loc[0, "in_programmes"])
    0
    """
    valid = (*COUNTS, _ALL)
    if count not in valid:
        what = f"unknown counting unit {count[:60]!r}"
        raise P3CError(Problem(what, "count=", valid, nearest(count, valid)))
    with study.store.read() as connection:
        told = read_told(study, connection)
        cases = programme_cases(connection, told, programme=programme, country=country)
    # the study as a whole is not asked for more than what it holds here
    opened: Any = study
    units = ("segments", "interviewees", "programmes") if count == _ALL else (count,)
    counted = {
        unit: table_frequencies(opened, by="programme", count=unit, codebook=codebook)
        for unit in units
    }
    return _frame(counted, cases, count)


def _frame(counted: dict[str, pd.DataFrame], cases: list[Case], count: str) -> pd.DataFrame:
    import pandas as pd

    first = next(iter(counted.values()))
    labels, depth = first.attrs["labels"], first.attrs["depth"]
    frame = pd.DataFrame({"code": first["code"]})
    frame["label"] = [str(labels.get(code, code)) for code in first["code"]]
    frame["depth"] = [int(depth.get(code, 1)) for code in first["code"]]
    headings = {"label": "Element"}
    sizes: dict[str, int] = {}
    for case in cases:
        for unit, whole in counted.items():
            if unit == "programmes" and count == _ALL:
                continue
            name = f"{case.key} {unit}" if count == _ALL else case.key
            there = case.key in whole.columns
            frame[name] = whole[case.key] if there else pd.array([pd.NA] * len(frame), "Int64")
            headings[name] = f"{case.label}, {_SHORT[unit]}" if count == _ALL else case.label
            sizes[name] = int((whole.attrs.get("denominators") or {}).get(case.key, 0))
    keys = [case.key for case in cases]
    frame["in_programmes"] = _found(counted, keys)
    headings["in_programmes"] = "Programmes"
    sizes["in_programmes"] = len(cases)
    unit = "segments, interviewees and programmes" if count == _ALL else count
    frame.attrs = {
        "caption": f"Elements of the framework by programme: {unit}",
        "unit": {
            _ALL: "coded segments; people: interviewees with one; programmes with one",
            "segments": "coded segments",
        }.get(count, f"{count} with a coded segment"),
        "denominators": sizes,
        "reading_set": first.attrs.get("reading_set", ""),
        "headings": headings,
        "shown": list(headings),
        "indent": ("label", "depth"),
        "labels": labels,
        "notes": [
            "An element counts its own codings and those of what is below it, each once.",
            "n below segments: sources in the reading set; below people: interviewees.",
            "An empty cell: not asked.",
        ],
        "notices": said_empty(cases),
    }
    return frame


def _found(counted: dict[str, pd.DataFrame], keys: list[str]) -> Any:
    """Return in how many of these programmes each element was coded."""
    import pandas as pd

    frame = next(iter(counted.values()))
    here = [key for key in keys if key in frame.columns]
    if not here:
        return pd.array([0] * len(frame), "Int64")
    return (frame[here].fillna(0) > 0).sum(axis=1).astype("Int64")
