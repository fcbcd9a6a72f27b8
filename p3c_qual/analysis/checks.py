"""Whether a study holds what it says it holds."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.analysis.known import KnownSource, known_sources
from p3c_qual.analysis.source_list import frame_of
from p3c_qual.sources.reader import READERS
from p3c_qual.sources.withdrawn_rows import rows_ever_on
from p3c_qual.store import payloads
from p3c_qual.store.conflicts import find_conflicts
from p3c_qual.store.erasure import held_by
from p3c_qual.store.schema import ROWS, payload
from p3c_qual.store.words import indexed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pandas as pd
    from sqlalchemy import Connection

    from p3c_qual.study import Study

__all__ = ["check_study", "list_conflicts"]

#: texts read at once
_RUN = 50
_BACKUP = "Restore the study from a backup, or import its last export."
#: what repeats the words of a span, by what it is called
_QUOTING = {
    {"paraphrase": "unit"}.get(name, name): table
    for name, table in ROWS.items()
    if "quote" in table.c
}
#: files of a data_raw that are no originals
_OWN = {"readme.md", "readme.txt"}


def check_study(study: Study) -> pd.DataFrame:
    """Check texts, codings and originals, and name categories that coders confused.

    Returns
    -------
    DataFrame
        All str, one row a finding, empty where all is well: ``kind`` (``fault``: something is
        not what it should be; ``note``: something to know), ``source`` (key, or a file's path, or a
        codebook's key),
        ``what``, ``do``. Faults come first.
    """
    with study.store.read() as connection:
        sources = known_sources(study, connection)
        found = [
            *_texts(connection, sources),
            *_brought_back(connection, sources),
            *_spans(connection, sources),
            *_originals(study, connection, sources),
            *_confused(connection),
        ]
    rows = [dict(zip(("kind", "source", "what", "do"), each, strict=True)) for each in found]
    rows.sort(key=lambda row: (row["kind"], row["source"]))
    return frame_of(rows, ["kind", "source", "what", "do"])


def list_conflicts(study: Study) -> pd.DataFrame:
    """List what joining two copies of the study has left open, and what holds until it is settled.

    Returns
    -------
    DataFrame
        All str: ``case``, ``table``, ``row`` (id), ``what``, ``rule``; see `store.conflicts`.
    """
    with study.store.read() as connection:
        found = find_conflicts(connection)
    return frame_of([dict(each) for each in found], ["case", "table", "row", "what", "rule"])


def _texts(connection: Connection, sources: dict[str, KnownSource]) -> Iterator[tuple[str, ...]]:
    there = indexed(connection, [each.text for each in sources.values() if each.text])
    erased = set(connection.scalars(select(payload.c.hash).where(payload.c.erased)))
    for run in payloads.chunks(list(sources.values()), _RUN):
        bodies = payloads.get_many(connection, [each.hash for each in run if each.hash])
        for each in run:
            if each.text is None:
                yield "note", each.key, "its text was removed", ""
                continue
            body = bodies.get(each.hash or "")
            if not isinstance(body, str):
                if each.hash in erased:
                    yield "note", each.key, "its text was erased", ""
                else:
                    yield "fault", each.key, "its text is not found in the study", _BACKUP
            elif payloads.hash_of(body) != each.hash or len(body) != each.length:
                yield "fault", each.key, "the text is not what its hash says", _BACKUP
            elif each.text not in there:
                what = "its words are missing in the index, and a search does not find them"
                yield "fault", each.key, what, _BACKUP


def _brought_back(
    connection: Connection, sources: dict[str, KnownSource]
) -> Iterator[tuple[str, ...]]:
    """Name withdrawn sources of which a copy that was joined since brought words along."""
    erased = set(connection.scalars(select(payload.c.hash).where(payload.c.erased)))
    if not erased:
        return
    for each in sources.values():
        if each.hash in erased:
            held = held_by(connection, rows_ever_on(connection, {each.id})) - erased
            if held & payloads.get_many(connection, held).keys():
                what = "its text was erased, but what was written on it is still there"
                do = "A copy that was joined has brought it: withdraw the person once more."
                yield "fault", each.key, what, do


def _spans(connection: Connection, sources: dict[str, KnownSource]) -> Iterator[tuple[str, ...]]:
    """Hold everything that repeats the words of a span against its text."""
    text = ROWS["text"]
    versions: dict[str, dict[str, str]] = defaultdict(dict)
    owners: dict[str, str] = {}
    for name, owner, body in connection.execute(select(text.c.id, text.c.source, text.c.hash)):
        versions[owner][name] = body or ""
        owners[name] = owner
    for run in payloads.chunks(list(sources), _RUN):
        bodies = payloads.get_many(
            connection, [body for owner in run for body in versions[owner].values() if body]
        )
        for kind, table in _QUOTING.items():
            columns = (table.c.id, table.c.text, table.c.start, table.c.end, table.c.quote)
            # what is said of a source names it; what is said of a case names its text alone
            owner = table.c.source if "source" in table.c else table.c.text
            wanted = run if "source" in table.c else [n for each in run for n in versions[each]]
            rows = connection.execute(select(owner, *columns).where(owner.in_(wanted)))
            for said, name, version, start, end, quote in rows:
                if start is None and quote is None:
                    # it names its source as a whole
                    continue
                place = said if said in sources else owners[said]
                if version not in versions[place]:
                    what = f"{kind} {name} belongs to no text of its source"
                    yield "fault", sources[place].key, what, _BACKUP
                    continue
                body = bodies.get(versions[place][version])
                if isinstance(body, str) and body[start:end] != quote:
                    what = f"the quote of {kind} {name} is not what stands at {start}-{end}"
                    yield "fault", sources[place].key, what, _BACKUP


def _confused(connection: Connection) -> Iterator[tuple[str, ...]]:
    """Name the categories that coders confused and that no coding rule tells apart."""
    from p3c_qual.codebook.confused import stored_confusions, stored_rules
    from p3c_qual.codebook.confusion import unruled

    book = ROWS["codebook"]
    wanted = select(book.c.id, book.c.key).order_by(book.c.key)
    for name, key in connection.execute(wanted).all():
        if found := stored_confusions(connection, name):
            for each in unruled(found, stored_rules(connection, name), key):
                yield "note", key, each.what, each.do


def _originals(
    study: Study, connection: Connection, sources: dict[str, KnownSource]
) -> Iterator[tuple[str, ...]]:
    folder = study.path / "data_raw"
    wanted: dict[str, list[KnownSource]] = defaultdict(list)
    for each in sources.values():
        if each.file and each.original:
            wanted[each.file].append(each)
    erased = set(connection.scalars(select(payload.c.hash).where(payload.c.erased)))
    for name, owners in sorted(wanted.items()):
        for each in owners:
            if each.hash in erased:
                if (folder / name).exists():
                    what = f"its text was erased, but its original still lies in data_raw/{name}"
                    yield "fault", each.key, what, "Delete that file."
                continue
            what = _original(connection, folder / name, each, in_store=not study.store.sqlite)
            if what:
                do = f"Put the original back as data_raw/{name}."
                yield "fault", each.key, what, do
    if folder.is_dir():
        for path in sorted(folder.rglob("*")):
            inside = path.relative_to(folder)
            hidden = any(part.startswith(".") for part in inside.parts)
            # manifests, codings and protocols may lie beside the originals
            if not path.is_file() or hidden or path.suffix.lower().lstrip(".") not in READERS:
                continue
            if inside.name.lower() in _OWN:
                continue
            if inside.as_posix() not in wanted:
                place = f"data_raw/{inside.as_posix()}"
                yield "note", place, "the file belongs to no source", "Add it, or move it."


def _original(connection: Connection, path: Path, source: KnownSource, *, in_store: bool) -> str:
    """Say what is wrong with an original; empty where it is there as it was."""
    data: Any = None
    try:
        data = path.read_bytes()
    except OSError as error:
        if in_store:
            # a study on a server keeps the bytes; the folder is another computer's
            data = payloads.get(connection, source.original or "")
        if data is None:
            return f"its original cannot be read ({error.strerror})"
    if isinstance(data, str):
        data = data.encode()
    if hashlib.sha256(data).hexdigest() != source.original:
        return "its original is no longer the file that was read"
    return ""
