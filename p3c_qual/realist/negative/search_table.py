"""The log of searches for negative cases, also of those that found none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from p3c_qual.realist.negative.cases import Cases
from p3c_qual.realist.negative.claims import claim_of
from p3c_qual.realist.negative.search import DECISIONS, SEARCHES, second_part
from p3c_qual.realist.read import read_realist
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    import pandas as pd

    from p3c_qual.opened import Opened
    from p3c_qual.realist.negative.cases import Silent

__all__ = ["table_searches"]

_FIGURES = (
    "looked_at",
    "worked_through",
    "not_worked_through",
    "with_first",
    "found",
    "silent",
    "open",
    "not_asked",
    "unknown_asked",
)


def table_searches(study: Opened) -> pd.DataFrame:
    """Return the log of searches for negative cases, the oldest first.

    Parameters
    ----------
    study : Study

    Returns
    -------
    DataFrame
        ``configuration`` (key), ``label``, ``search`` (what was looked for), ``at`` (UTC),
        ``who`` (str); the figures that were logged, in sources: ``looked_at``,
        ``worked_through``, ``not_worked_through``, ``with_first``, ``found``, ``silent``,
        ``open``, ``not_asked``, ``unknown_asked`` (Int64); ``places`` of the passages found that
        are still there, ``silent_sources``, each with who speaks in it and whether they were
        asked; ``decision`` and ``reason`` (str). ``attrs``: ``caption``, ``unit``,
        ``denominators``, ``headings``, ``notes``.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> table_searches(study).attrs["caption"]
    'Searches for negative cases: none was made; 0 configurations stand.'
    """
    import pandas as pd

    coder = ROWS["coder"]
    with study.store.read() as connection:
        realist = read_realist(connection)
        coders = dict(connection.execute(select(coder.c.id, coder.c.key)).all())
        cases = Cases(connection)
        evidence = {
            item.id: item for each in realist.configurations.values() for item in each.evidence
        }
        rows = []
        for search in realist.searches:
            here = realist.configurations.get(search.configuration)
            second = second_part(claim_of(realist, here), search.kind) if here else []
            places = [
                f"{cases.voices.sources[item.source].key}:{item.start}-{item.end}"
                for name in search.found
                if (item := evidence.get(name)) and item.source in cases.voices.sources
            ]
            rows.append(
                {
                    "configuration": here.key if here else "",
                    "label": here.label if here else "a configuration that was removed",
                    "search": SEARCHES.get(search.kind, search.kind),
                    "at": search.at[:16].replace("T", " "),  # noqa: PD008
                    "who": coders.get(search.coder or "", ""),
                    **{name: search.figures.get(name) for name in _FIGURES},
                    "places": "; ".join(sorted(places)),
                    "silent_sources": "; ".join(
                        _said(each) for each in cases.silent(search.silent, second)
                    ),
                    "decision": DECISIONS.get(search.decision, search.decision),
                    "reason": search.reason,
                }
            )
    head = ["configuration", "label", "search", "at", "who", *_FIGURES]
    columns = [*head, "places", "silent_sources", "decision", "reason"]
    frame = pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(_FIGURES, "Int64"))
    standing = {each.id for each in realist.standing}
    searched = standing & {each.configuration for each in realist.searches}
    bare = sum(not each.found for each in realist.searches)
    made = f"{len(rows)} made, of which {bare} found none" if rows else "none was made"
    stand = f"{len(standing)} configuration{' stands' if len(standing) == 1 else 's stand'}"
    lacking = f", {len(standing) - len(searched)} never searched" if rows else ""
    frame.attrs = {
        "caption": (f"Searches for negative cases: {made}; {stand}{lacking}."),
        "unit": "sources, a whole interview or document each",
        "denominators": {"configurations": len(standing), "searches": len(rows)},
        "headings": {
            "at": "At (UTC)",
            "looked_at": "Sources looked at",
            "with_first": "With the first part",
            "found": "Negative cases",
            "silent": "Silent",
            "open": "Silent, not worked through",
            "not_asked": "Silent and not asked",
            "unknown_asked": "Silent, unknown whether asked",
            "places": "Passages found",
            "silent_sources": "Where nothing was said",
        },
        "shown": ["configuration", "search", "at", *_FIGURES, "decision"],
        "beneath": {"configuration": "label", "at": "who"},
        "under": ["reason", "places", "silent_sources"],
        "notes": [
            "A negative case: somebody says that it was not so. Silent: worked through, and nothing said of it.",
            "The figures are those of the day of the search.",
        ],
    }
    return frame


def _said(silent: Silent) -> str:
    who = ", ".join(silent.interviewees) or "document"
    return f"{silent.key} ({who}; {'unknown whether asked' if silent.asked == 'unknown' else silent.asked})"
