"""What a programme's material and report gained since a day, for those who saw it then."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from p3c_qual.errors import P3CError, Problem
from p3c_qual.report.records import say

if TYPE_CHECKING:
    from p3c_qual.report.blocks import Paragraph
    from p3c_qual.report.making import Making
    from p3c_qual.study import Study

__all__ = ["check_day", "gained", "say_gained"]

_COUNTED = (
    "sources",
    "interviewees",
    "coded passages",
    "quotations chosen",
    "sections written",
)


def check_day(since: str) -> str:
    """Return a day as it was given, if it is one that has begun.

    Raises
    ------
    P3CError
        If it is none.

    Examples
    --------
    >>> check_day("2024-02-01")
    '2024-02-01'
    """
    if not since.strip():
        return ""
    try:
        day = date.fromisoformat(since.strip())
    except ValueError:
        do = "Write a day such as 2024-02-01."
        raise P3CError(Problem(f"{since[:60]!r} is no day", "since", do=do)) from None
    if day > datetime.now(UTC).date():
        raise P3CError(Problem(f"{day} lies ahead", "since"))
    return day.isoformat()


def gained(making: Making, since: str) -> dict[str, tuple[int, int]]:
    """Return of each thing that is counted how many there were at the end of a day, and are now.

    Parameters
    ----------
    making : Making
        Of the programme as it stands.
    since : str
        A day; nothing was there on one before the study began.
    """
    from p3c_qual.opening import open_study

    study = making.study
    now = _counted(study, making.programme)
    before = dict.fromkeys(_COUNTED, 0)
    if since >= str(study.log()["at"].min())[:10]:
        with open_study(study.path, as_of=since) as then:
            if making.programme in set(then.programmes()["programme"]):
                before = _counted(then, making.programme)
    return {name: (before[name], now[name]) for name in _COUNTED}


def say_gained(making: Making, since: str) -> Paragraph:
    """Say what was gained since a day, or that nothing was."""
    counts = gained(making, since)
    changed = [
        f"{now:,} {name} ({was:,} then)" for name, (was, now) in counts.items() if was != now
    ]
    if not changed:
        return say("Nothing was added to the material or the report since then.")
    return say(f"There are now {', '.join(changed)}.")


def _counted(study: Study, programme: str) -> dict[str, int]:
    from p3c_qual.coding.names import ids_by_key
    from p3c_qual.description.naming import name_where
    from p3c_qual.description.read import read_description

    sources = study.sources()
    mine = sources[sources["programme"] == programme]
    codings = study.codings(programme=programme)
    people = {who for each in mine["interviewee"].fillna("") for who in each.split(";") if who}
    with study.store.read() as connection:
        description = read_description(connection)
        where = name_where(connection, programme=programme)
        rows = ids_by_key(connection, "source")
    held = {rows[key] for key in mine["source"]}
    quotes = [each for each in description.quotes.values() if each.source in held]
    written = [each for each in description.sections_of(where).values() if each.text.strip()]
    passages = codings[["source", "start", "end"]].drop_duplicates()
    counts = (len(mine), len(people), len(passages), len(quotes), len(written))
    return dict(zip(_COUNTED, counts, strict=True))
