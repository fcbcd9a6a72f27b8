"""Dates as people write them: a day, a month, a year, or from one to another."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Period", "find_dates", "read_period"]

_MONTHS = (
    "january february march april may june july august september october november december",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "jan feb mar apr may jun jul aug sep oct nov dec",
    "jänner feber mär apr mai jun jul aug sept okt nov dez",
)
_NUMBERS = {name: n for names in _MONTHS for n, name in enumerate(names.split(), 1)}
_MONTH = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_DAYS = {word: n for n, word in enumerate(["first", "second", "third"], 1)}
_YEAR = r"(?:19|20)\d\d"
_DATE = re.compile(
    rf"""\b(?:
        (?P<iso>{_YEAR}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)
        |(?:(?P<day>\d{{1,2}}|{"|".join(_DAYS)})(?:st|nd|rd|th|\.)?\ (?:of\ )?)?
         (?P<month>{_MONTH})\b\.?\ (?P<of>{_YEAR})
        |(?P<first>{_MONTH})\b\.?\ (?P<nth>\d{{1,2}}),\ (?P<in>{_YEAR})
        |(?P<year>{_YEAR})
    )(?![\d.,]*\d)""",
    re.IGNORECASE | re.VERBOSE,
)
#: between the beginning and the end of a period
_TO = re.compile(r"\s*(?:–|—|-|to|until|till|through|and|bis|und)\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:between|zwischen)\s+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Period:
    """A date, or from one date to another.

    Attributes
    ----------
    first, last : str
        ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; `last` is empty where it is one date.
    start, end : int
        Where it stands in the text.
    """

    first: str
    last: str
    start: int
    end: int


def find_dates(text: str) -> list[Period]:
    """Return the dates in a text, in order.

    Parameters
    ----------
    text : str
        In English or German; a number that is no year is left alone.

    Examples
    --------
    >>> [(each.first, each.last) for each in find_dates("In May 2019; 2020 to 2022; 2,019 people")]
    [('2019-05', ''), ('2020', '2022')]
    """
    found: list[Period] = []
    for match in _DATE.finditer(text):
        date = _iso(match)
        before = found[-1] if found else None
        if before and not before.last and before.first < date:
            joint = text[before.end : match.start()]
            word = joint.strip().lower()
            between = _BETWEEN.search(text[: before.start]) or word not in {"and", "und"}
            if _TO.fullmatch(joint) and between:
                found[-1] = Period(before.first, date, before.start, match.end())
                continue
        found.append(Period(date, "", match.start(), match.end()))
    return found


def read_period(text: str) -> Period | None:
    """Return the date that a text names, None where it names none or several.

    Parameters
    ----------
    text : str

    Examples
    --------
    >>> read_period("1 October 2019").first
    '2019-10-01'
    >>> read_period("each quarter")
    """
    found = find_dates(text)
    return found[0] if len(found) == 1 else None


def _iso(match: re.Match[str]) -> str:
    if match["iso"]:
        return str(match["iso"])
    if match["year"]:
        return str(match["year"])
    month = _NUMBERS[(match["month"] or match["first"]).lower()]
    day = (match["day"] or match["nth"] or "").lower()
    number = _DAYS.get(day) or (int(day) if day else 0)
    date = f"{match['of'] or match['in']}-{month:02}"
    return f"{date}-{number:02}" if 0 < number < 32 else date
