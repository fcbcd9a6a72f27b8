"""The checks of codings that no longer fit: their source has another text, their code changed."""

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

__all__ = ["check_coded", "check_pilot", "count_moved", "count_owed"]

_AGAIN = "Look at them again: p3c table duty --codebook {} lists them."
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


def check_pilot(material: Material) -> Iterator[Finding]:
    """Check that no coding stands under a code that was changed since, as after a pilot."""
    known = {each.key: each.programme for each in material.voices.sources.values()}
    for book, sources in material.owed.items():
        counts: Counter[str] = Counter()
        for source, count in sources.items():
            counts[known.get(source, "")] += count
        for programme, count in sorted(counts.items()):
            if material.of not in ("", programme):
                continue
            stand = "1 coding stands" if count == 1 else f"{count:,} codings stand"
            what = f"the pilot of {book} is stale: {stand} under a code that was changed since"
            yield Finding("pilot_stale", what, _AGAIN.format(book), True, programme=programme)


def count_owed(connection: Connection) -> dict[str, Counter[str]]:
    """Count by codebook and source (keys) the codings whose code was changed since."""
    from p3c_qual.codebook.duty import owed

    coding, code, book = ROWS["coding"].c, ROWS["code"].c, ROWS["codebook"].c
    # the codebooks of which a coding stands under another version; rarely any
    wanted = (
        select(book.key)
        .select_from(ROWS["coding"])
        .join(ROWS["code"], code.id == coding.code)
        .join(ROWS["codebook"], book.id == code.codebook)
        .where(coding.codebook_version.is_distinct_from(book.version))
        .distinct()
    )
    keys = sorted(connection.scalars(wanted))
    return {key: Counter(each.source for each in owed(connection, key)) for key in keys}


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
