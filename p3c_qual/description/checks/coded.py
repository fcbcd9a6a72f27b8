"""The check of codings whose source was given another text."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sqlalchemy import select

from p3c_qual.description.checks.finding import Finding
from p3c_qual.store import payloads
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from p3c_qual.description.checks.material import Material

__all__ = ["check_coded", "count_moved"]

_DO = "Code these passages anew in the text as it is now, and remove the old codings."


def check_coded(material: Material) -> Iterator[Finding]:
    """Check that codings hold the words of their sources; each source is said once."""
    for name, count in material.moved.items():
        source = material.voices.sources.get(name)
        if source is None or material.of not in ("", source.programme):
            continue
        hold = "1 coding holds" if count == 1 else f"{count:,} codings hold"
        what = f"{hold} other words than the text of {source.key}, which is a newer one"
        yield Finding("coding_stale", what, _DO, gate=True, programme=source.programme)


def count_moved(connection: Connection) -> Counter[str]:
    """Count by source (row id) the codings whose words are not in its present text at their place.

    Only those that were made in an earlier text are looked at; there are rarely any.
    """
    coding, source, text = ROWS["coding"].c, ROWS["source"].c, ROWS["text"].c
    wanted = (
        select(source.id, text.hash, coding.start, coding.end, coding.quote)
        .select_from(ROWS["coding"])
        .join(ROWS["source"], source.id == coding.source)
        .join(ROWS["text"], text.id == source.text)
        .where(coding.text != source.text)
    )
    rows = connection.execute(wanted).all()
    bodies = payloads.get_many(connection, {row.hash for row in rows if row.hash})
    return Counter(
        row.id
        for row in rows
        if isinstance(body := bodies.get(row.hash or ""), str)
        and body[row.start : row.end] != row.quote
    )
