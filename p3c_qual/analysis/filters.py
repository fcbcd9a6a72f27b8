"""Which sources, coders, rounds and codes a listing of segments is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from p3c_qual.coding.names import Codes, find_key, ids_by_key
from p3c_qual.errors import P3CError, Problem, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

    from p3c_qual.analysis.known import KnownSource

__all__ = ["FILTERS", "Filters", "read_filters"]

FILTERS = (
    "code",
    "source",
    "programme",
    "site",
    "interviewee",
    "coder",
    "round",
    "question",
    "limit",
)


@dataclass(frozen=True)
class Filters:
    """What is asked for; an empty tuple asks for everything.

    Attributes
    ----------
    codes : tuple of str
        Row ids, with everything below the codes named.
    sources : tuple of KnownSource
        Those that are left, in order.
    people : tuple of str
        Codes of interviewees.
    columns : dict of str to list of str
        Values by column of the table of codings.
    limit : int or None
    """

    codes: tuple[str, ...]
    sources: tuple[KnownSource, ...]
    people: tuple[str, ...]
    columns: dict[str, list[str]]
    limit: int | None


def read_filters(
    connection: Connection,
    filters: Mapping[str, Any],
    *,
    sources: Mapping[str, KnownSource],
    codes: Codes,
    coders: Mapping[str, str],
) -> Filters:
    """Check what is asked for.

    Parameters
    ----------
    connection : Connection
    filters : dict
        By the names in `FILTERS`: a value or a list of values; None for everything.
    sources : dict of str to KnownSource
    codes : Codes
    coders : dict of str to str
        Key by row id.

    Raises
    ------
    P3CError
        With every filter and value that is unknown.
    """
    problems = [
        Problem(f"unknown filter {name!r}", valid=FILTERS, nearest=nearest(name, FILTERS))
        for name in filters
        if name not in FILTERS
    ]
    limit = filters.get("limit")
    if limit is not None and limit < 1:
        problems.append(Problem("the limit must be at least 1"))
    given = {name: _listed(filters.get(name)) for name in FILTERS if name != "limit"}
    places = [f"{each.programme}/{each.site}" for each in sources.values() if each.site]
    coder_ids = {key: name for name, key in coders.items()}
    for name, values in given.items():
        if not values or name in {"code", "round", "question"}:
            continue
        known: dict[str, Any]
        if name == "source":
            known = {each.key: each for each in sources.values()}
        elif name == "coder":
            known = coder_ids
        else:
            known = {**ids_by_key(connection, name)}
            if name == "site":
                known |= dict.fromkeys(places)
        problems += [p for key in values if (p := find_key(known, key, name))]
    below: dict[str, None] = {}
    for value in given["code"]:
        found = codes.find(value)
        if isinstance(found, Problem):
            problems.append(found)
        else:
            below |= dict.fromkeys(codes.below(found.id))
    if problems:
        raise P3CError(problems)
    columns = {
        "coder": [coder_ids[key] for key in given["coder"]],
        "round": given["round"],
        "question": given["question"],
    }
    return Filters(
        tuple(below),
        tuple(each for each in sources.values() if _fits(each, given)),
        tuple(given["interviewee"]),
        {name: values for name, values in columns.items() if values},
        limit,
    )


def _fits(source: KnownSource, given: dict[str, list[str]]) -> bool:
    if (wanted := given["source"]) and source.key not in wanted:
        return False
    if (wanted := given["programme"]) and source.programme not in wanted:
        return False
    # two programmes may each have a site "north"
    places = {source.site, f"{source.programme}/{source.site}"}
    if given["site"] and places.isdisjoint(given["site"]):
        return False
    if wanted := given["interviewee"]:
        return any(person.key in wanted for person in source.people)
    return True


def _listed(value: Any) -> list[str]:
    if value is None:
        return []
    return [value] if isinstance(value, str) else list(value)
