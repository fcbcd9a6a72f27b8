"""Sources into the study: read, cut, kept with their originals; all or none."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import orjson

from p3c_qual.coding.names import find_key, ids_by_key
from p3c_qual.errors import P3CError, Problem
from p3c_qual.sources.incoming import key_of
from p3c_qual.sources.originals import Originals
from p3c_qual.sources.people import Belonging
from p3c_qual.store import payloads
from p3c_qual.store.clock import new_ids

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from p3c_qual.sources.manifest import Incoming
    from p3c_qual.sources.parts import Reading
    from p3c_qual.store.act import Act

__all__ = ["Added", "pack_parts", "take_sources"]

#: sources written at once; bounds what is held in memory
_RUN = 50


@dataclass(frozen=True)
class Added:
    """A source that came in.

    Attributes
    ----------
    key : str
    file : str
    characters : int
    notes : tuple of str
        What was recognised.
    named : tuple of str
        Programmes, sites and interviewees met for the first time.
    """

    key: str
    file: str
    characters: int
    notes: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


def take_sources(
    act: Act,
    incoming: Sequence[Incoming],
    *,
    folder: Path,
    language: str,
    programmes: dict[str, dict[str, str]],
    base: Path | None = None,
    keep_bytes: bool = False,
    step: Callable[[str], None] | None = None,
) -> list[Added]:
    """Read files and write sources, texts, parts, people and originals.

    Parameters
    ----------
    act : Act
    incoming : sequence of Incoming
        Checked already by `check_incoming`.
    folder : Path
        The study's ``data_raw``.
    language : str
        Of those that name none.
    programmes : dict
        Labels and countries from study.yml.
    base : Path, optional
        Folder below which files keep their path in ``data_raw``.
    keep_bytes : bool
        Keep the originals in the store too (PostgreSQL).
    step : callable, optional
        Told each source's key when it is read.

    Raises
    ------
    P3CError
        Every file that cannot be read and every key that is taken; nothing is written then.
    """
    originals = Originals(folder, base)
    act.when_lost.append(originals.drop)
    intake = _Intake(act, originals, Belonging(act, programmes), language, keep_bytes=keep_bytes)
    added = intake.take(incoming, step)
    originals.keep()
    return added


def pack_parts(reading: Reading) -> bytes:
    """Return the parts as the store keeps them: columns by kind, empty ones left out."""
    packed = {
        kind: {
            name: column
            for name, column in vars(parts).items()
            if any(column) or name in {"start", "end"} or 0 in column
        }
        for kind, parts in reading.parts.items()
        if len(parts)
    }
    return orjson.dumps(packed)


class _Intake:
    def __init__(
        self,
        act: Act,
        originals: Originals,
        belonging: Belonging,
        language: str,
        *,
        keep_bytes: bool,
    ) -> None:
        self._act = act
        self._originals = originals
        self._belonging = belonging
        self._language = language
        self._keep_bytes = keep_bytes
        self._problems: list[Problem] = []
        self._sources = ids_by_key(act.connection, "source")
        self._protocols = ids_by_key(act.connection, "protocol")

    def take(self, incoming: Sequence[Incoming], step: Callable[[str], None] | None) -> list[Added]:
        keys = self._keys(incoming)
        self._sources.update(zip(keys, new_ids(len(keys)), strict=True))
        added: list[Added] = []
        for run in payloads.chunks(list(zip(incoming, keys, strict=True)), _RUN):
            added += self._run(run, step)
        if self._problems:
            raise P3CError(self._problems)
        return added

    def _keys(self, incoming: Sequence[Incoming]) -> list[str]:
        """Give each source its key: its id, else its interviewee where unique, else the file."""
        times = Counter(each.interviewee for each in incoming if len(each.interviewees) == 1)
        taken, keys = set(self._sources), []
        for each in incoming:
            alone = times[each.interviewee] == 1 and each.interviewee not in self._sources
            key = each.id or (each.interviewee if alone else "") or key_of(each.file.stem)
            if key in taken:
                self._problems.append(
                    Problem(
                        f"there is a source {key!r} already",
                        each.where or str(each.file),
                        do="Give this one another id, or replace that one's text.",
                    )
                )
            taken.add(key)
            keys.append(key)
        return keys

    def _run(
        self, run: Sequence[tuple[Incoming, str]], step: Callable[[str], None] | None
    ) -> list[Added]:
        added: list[Added] = []
        rows: dict[str, list[dict[str, Any]]] = {"source": [], "text": [], "participation": []}
        bodies: list[str | bytes] = []
        for each, key in run:
            made = self._read(each)
            if step:
                step(key)
            if made is None:
                continue
            reading, data, place = made
            named: list[str] = []
            parts = pack_parts(reading)
            bodies += [reading.text, parts, *([data] if self._keep_bytes else [])]
            text = {
                "id": new_ids(1)[0],
                "source": self._sources[key],
                "hash": payloads.hash_of(reading.text),
                "parts": payloads.hash_of(parts),
                "length": len(reading.text),
                "reader": reading.reader,
                "splitter": reading.splitter,
                "file": place,
                "original": hashlib.sha256(data).hexdigest(),
                "notes": list(reading.notes),
            }
            source = self._source_row(each, key, reading, named)
            rows["text"].append(text)
            rows["source"].append({**source, "text": text["id"]})
            rows["participation"] += self._belonging.participations(
                each, self._sources[key], source["programme"], reading, named
            )
            added.append(Added(key, each.file.name, len(reading.text), reading.notes, tuple(named)))
        if not self._problems:
            payloads.put_many(self._act.connection, bodies)
            for table, some in rows.items():
                self._act.insert(table, some)
        return added

    def _read(self, each: Incoming) -> tuple[Reading, bytes, str] | None:
        from p3c_qual.sources.reader import read_bytes, read_row

        how: dict[str, Any] = {
            "language": each.language or self._language,
            "interviewer": each.interviewer,
            "people": each.interviewees,
        }
        try:
            data = each.file.read_bytes()
            if each.row is not None:
                reading = read_row(each.row, **how)
            else:
                reading = read_bytes(data, each.file.name, **how)
        except P3CError as error:
            self._problems += [replace(p, where=p.where or each.where) for p in error.problems]
            return None
        except OSError as error:
            self._problems.append(
                Problem(f"the file cannot be read ({error.strerror})", str(each.file))
            )
            return None
        place = self._originals.place(each, data)
        if isinstance(place, Problem):
            self._problems.append(place)
            return None
        return reading, data, place

    def _source_row(
        self, each: Incoming, key: str, reading: Reading, named: list[str]
    ) -> dict[str, Any]:
        for what, known, given in (
            ("source", self._sources, each.translation_of),
            ("protocol", self._protocols, each.protocol),
        ):
            if given and (problem := find_key(known, given, what, each.where)):
                self._problems.append(problem)
        programme = self._belonging.programme(each, named)
        return {
            "id": self._sources[key],
            "key": key,
            "title": each.title or reading.meta.get("title") or key,
            "kind": each.kind or ("interview" if "turn" in reading.parts else "document"),
            "completeness": each.completeness or "full",
            "document_type": each.document_type,
            "programme": programme,
            "site": self._belonging.site(each, programme, named),
            "date": each.date,
            "language": each.language or self._language,
            "wave": each.wave,
            "duration_min": each.duration_min,
            "mode": each.mode,
            "interviewer": each.interviewer,
            "transcription_rules": each.transcription_rules,
            "secondary_use": each.secondary_use,
            "translation_of": self._sources.get(each.translation_of),
            "protocol": self._protocols.get(each.protocol),
            "variables": each.variables or None,
        }
