"""How many words the interviewees spoke: the denominator of a rate."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from p3c_qual.analysis.cache import kept
from p3c_qual.analysis.known import known_sources
from p3c_qual.analysis.texts import unpack_parts
from p3c_qual.errors import P3CError, Problem
from p3c_qual.store import payloads

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from p3c_qual.analysis.known import KnownSource
    from p3c_qual.sources.parts import PartList
    from p3c_qual.study import Study

__all__ = ["spoken_words"]

#: sources read at once
_RUN = 50
#: what may stand around a speaker's label
_AROUND = "[]()<>:. \t"


def spoken_words(
    study: Study, connection: Connection, sources: Iterable[str]
) -> dict[tuple[str, str], int]:
    """Count the words of each interviewee in each source.

    A word is a run of characters between white space; the speaker's label is none. Where turns
    are known the interviewer's are left out; in a group interview each person's own turns count.

    Parameters
    ----------
    study : Study
    connection : Connection
    sources : iterable of str
        Row ids.

    Returns
    -------
    dict of (source, interviewee) to int
        Both as row ids.

    Raises
    ------
    P3CError
        If a source is not there in full: its words say nothing of how much was said.
    """
    known = known_sources(study, connection)
    wanted = sorted(set(sources), key=lambda name: known[name].key)
    partial = [known[n].key for n in wanted if known[n].said["completeness"] != "full"]
    if partial:
        shown = ", ".join(partial[:5]) + (" and others" if len(partial) > 5 else "")
        raise P3CError(
            Problem(
                "a rate per words cannot be given of excerpts or notes, whose words are not all "
                f"there ({len(partial)} of {len(wanted)} sources)",
                shown,
                do="Count segments instead.",
            )
        )
    found: dict[tuple[str, str], int] = kept(study, connection, "words", dict)
    new = [n for n in wanted if any((n, each.id) not in found for each in known[n].people)]
    for run in payloads.chunks(new, _RUN):
        names = [name for n in run for name in (known[n].hash, known[n].parts) if name]
        bodies = payloads.get_many(connection, names)
        for name in run:
            body, packed = bodies.get(known[name].hash or ""), bodies.get(known[name].parts or "")
            parts = unpack_parts(packed) if isinstance(packed, bytes) else {}
            text = body if isinstance(body, str) else ""
            found |= _of_source(known[name], text, parts.get("turn"))
    return found


def _of_source(
    source: KnownSource, text: str, turns: PartList | None
) -> dict[tuple[str, str], int]:
    words: Counter[str] = Counter()
    if turns is None:
        words[""] = len(text.split())
    else:
        roles = turns.role or [""] * len(turns)
        speakers = turns.speaker or [""] * len(turns)
        for start, end, speaker, role in zip(turns.start, turns.end, speakers, roles, strict=True):
            if role != "interviewer":
                said = text[start:end].lstrip(_AROUND)
                if speaker and said.startswith(speaker):
                    said = said[len(speaker) :].lstrip(_AROUND)
                words[speaker] += len(said.split())
    if len(source.people) == 1:
        return {(source.id, source.people[0].id): words.total()}
    return {
        (source.id, each.id): words[each.speaker] if each.speaker else 0 for each in source.people
    }
