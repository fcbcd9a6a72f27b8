"""What one search for negative cases found, and who was silent, as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from p3c_qual.realist.negative.search import negative_cases
from p3c_qual.realist.outputs.held import read_held

if TYPE_CHECKING:
    from p3c_qual.study import Study

__all__ = ["NEGATIVE", "negative_rows"]

NEGATIVE = (
    *("case", "source", "start", "end", "who", "stakeholder_types", "programme"),
    *("asked", "quote"),
)


def negative_rows(study: Study, search: str) -> tuple[str, list[dict[str, Any]]]:
    """Return a sentence on a search (row id), and a row for each passage and silent source.

    A row has the fields of `NEGATIVE`; its case is ``negative`` (a passage) or ``silent`` (a
    source that was worked through, with whether it was asked about).
    """
    with study.store.read() as connection:
        held = read_held(study, connection)
        result = negative_cases(connection, search)
    rows: list[dict[str, Any]] = []
    for item in result.found:
        voice = held.voices.who(item)
        source = held.voices.sources.get(item.source)
        rows.append(
            {
                "case": "negative",
                "source": source.key if source else "",
                "start": item.start,
                "end": item.end,
                "who": voice.key,
                "stakeholder_types": ";".join(voice.types),
                "programme": voice.programme,
                "asked": "",
                "quote": item.quote,
            }
        )
    rows += [
        {
            **dict.fromkeys(NEGATIVE, ""),
            "case": "silent",
            "start": None,
            "end": None,
            "source": each.key,
            "who": ";".join(each.interviewees),
            "stakeholder_types": ";".join(each.types),
            "programme": each.programme,
            "asked": each.asked,
        }
        for each in result.silent
    ]
    asked = [each.asked for each in result.silent]
    key = held.realist.configurations[result.search.configuration].key
    passages = "1 passage" if len(result.found) == 1 else f"{len(result.found)} passages"
    silent = "1 source" if len(asked) == 1 else f"{len(asked)} sources"
    said = f"Logged for {key} ({result.label}): {passages} against it, {silent} silent"
    if asked:
        said += f", {asked.count('not asked')} of them not asked, {asked.count('unknown')} unknown"
    return f"{said}.", rows
