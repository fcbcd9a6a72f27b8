"""Sources into the study: read, cut, kept with their originals; all or none."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import select

from p3c_qual.coding.names import find_key, ids_by_key
from p3c_qual.errors import P3CError, Problem
from p3c_qual.sources.terms import CONSENT_FOR, slug
from p3c_qual.store import payloads, words
from p3c_qual.store.clock import new_ids
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from p3c_qual.sources.manifest import Incoming
    from p3c_qual.sources.parts import Reading
    from p3c_qual.store.act import Act

__all__ = ["Added", "pack_parts", "take_sources"]

#: sources written at once; bounds what is held in memory
_RUN = 50
#: endings of tables that hold one source a row
_TABLES = {".csv", ".xlsx"}


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
    return _Intake(act, folder, language, programmes, base, keep_bytes).take(incoming, step)


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
        folder: Path,
        language: str,
        programmes: dict[str, dict[str, str]],
        base: Path | None,
        keep_bytes: bool,
    ) -> None:
        self._act = act
        self._folder = folder
        self._language = language
        self._programmes = programmes
        self._base = base
        self._keep_bytes = keep_bytes
        self._problems: list[Problem] = []
        self._sources = ids_by_key(act.connection, "source")
        self._ids = {
            name: ids_by_key(act.connection, name)
            for name in ("programme", "interviewee", "protocol")
        }
        site = ROWS["site"]
        self._sites: dict[tuple[str | None, str], str] = {
            (row.programme, row.key): row.id
            for row in act.connection.execute(select(site.c.id, site.c.key, site.c.programme))
        }
        self._copies: dict[Path, tuple[Path, bytes | None]] = {}

    def take(self, incoming: Sequence[Incoming], step: Callable[[str], None] | None) -> list[Added]:
        keys = self._keys(incoming)
        self._ids["source"] = {**self._sources, **dict(zip(keys, new_ids(len(keys)), strict=True))}
        added: list[Added] = []
        for run in payloads.chunks(list(zip(incoming, keys, strict=True)), _RUN):
            added += self._run(run, step)
        if self._problems:
            raise P3CError(self._problems)
        self._keep_originals()
        return added

    def _keys(self, incoming: Sequence[Incoming]) -> list[str]:
        """Give each source its key: its id, else its interviewee where unique, else the file."""
        times = Counter(each.interviewee for each in incoming if len(each.interviewees) == 1)
        keys = []
        for each in incoming:
            alone = times[each.interviewee] == 1 and each.interviewee not in self._sources
            key = each.id or (each.interviewee if alone else "") or slug_stem(each.file)
            if key in self._sources or key in keys:
                self._problems.append(
                    Problem(
                        f"there is a source {key!r} already",
                        each.where or str(each.file),
                        do="Give this one another id, or replace that one's text.",
                    )
                )
            keys.append(key)
        return keys

    def _run(
        self, run: Sequence[tuple[Incoming, str]], step: Callable[[str], None] | None
    ) -> list[Added]:
        added: list[Added] = []
        rows: dict[str, list[dict[str, Any]]] = {"source": [], "text": [], "participation": []}
        bodies: list[str | bytes] = []
        index: list[tuple[str, str]] = []
        for each, key in run:
            made = self._read(each)
            if step:
                step(key)
            if made is None:
                continue
            reading, original = made
            named: list[str] = []
            parts = pack_parts(reading)
            source_id = self._ids["source"][key]
            text_id = new_ids(1)[0]
            bodies += [reading.text, parts]
            index.append((text_id, reading.text))
            rows["text"].append(
                {
                    "id": text_id,
                    "source": source_id,
                    "hash": payloads.hash_of(reading.text),
                    "parts": payloads.hash_of(parts),
                    "length": len(reading.text),
                    "reader": reading.reader,
                    "splitter": reading.splitter,
                    "file": original[0],
                    "original": original[1],
                    "notes": list(reading.notes),
                }
            )
            rows["source"].append(self._source_row(each, key, source_id, text_id, reading, named))
            rows["participation"] += self._people(each, source_id, reading, named)
            added.append(Added(key, each.file.name, len(reading.text), reading.notes, tuple(named)))
        if not self._problems:
            payloads.put_many(self._act.connection, bodies)
            for table, some in rows.items():
                self._act.insert(table, some)
            words.index_texts(self._act.connection, index)
        return added

    def _read(self, each: Incoming) -> tuple[Reading, tuple[str, str]] | None:
        from p3c_qual.sources.reader import read_bytes, read_row

        how = {"language": each.language or self._language, "interviewer": each.interviewer}
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
        return reading, (self._place(each, data), hashlib.sha256(data).hexdigest())

    def _place(self, each: Incoming, data: bytes) -> str:
        """Return the original's path in data_raw; it is copied when everything is read."""
        file = each.file.resolve()
        inside = self._folder.resolve()
        if file.is_relative_to(inside):
            return file.relative_to(inside).as_posix()
        base = self._base.resolve() if self._base else file.parent
        name = file.relative_to(base) if file.is_relative_to(base) else Path(file.name)
        target = self._folder / name
        twin = self._copies.get(target)
        if twin is not None and twin[0] != file:
            self._clash(name, each)
        elif target.exists():
            if target.read_bytes() != data:
                self._clash(name, each)
        else:
            self._copies[target] = (file, None)
        if self._keep_bytes:
            payloads.put_many(self._act.connection, [data])
        return name.as_posix()

    def _clash(self, name: Path, each: Incoming) -> None:
        self._problems.append(
            Problem(
                f"data_raw holds another file called {name.as_posix()!r}",
                each.where or str(each.file),
                do="Rename the new file; originals are never overwritten.",
            )
        )

    def _keep_originals(self) -> None:
        """Copy the originals; each appears whole or not at all."""
        for target, (file, _) in self._copies.items():
            part = target.with_name(target.name + ".part")
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, part)
                part.replace(target)
            except OSError as error:
                part.unlink(missing_ok=True)
                raise P3CError(
                    Problem(
                        f"the original cannot be kept ({error.strerror})",
                        str(target),
                        do="Nothing was added. Make room or ask for write access.",
                    )
                ) from error
        if self._copies:
            # one flush for all of them, before the store says they are there
            os.sync()

    def _source_row(
        self,
        each: Incoming,
        key: str,
        source_id: str,
        text_id: str,
        reading: Reading,
        named: list[str],
    ) -> dict[str, Any]:
        for name in ("translation_of", "protocol"):
            table = "source" if name == "translation_of" else "protocol"
            given = getattr(each, name)
            if given and (problem := find_key(self._ids[table], given, table, each.where)):
                self._problems.append(problem)
        programme = self._programme(each, named)
        return {
            "id": source_id,
            "key": key,
            "title": each.title or reading.meta.get("title") or key,
            "kind": each.kind or ("interview" if "turn" in reading.parts else "document"),
            "completeness": each.completeness or "full",
            "document_type": each.document_type,
            "programme": programme,
            "site": self._site(each, programme, named),
            "date": each.date,
            "language": each.language or self._language,
            "wave": each.wave,
            "duration_min": each.duration_min,
            "mode": each.mode,
            "interviewer": each.interviewer,
            "transcription_rules": each.transcription_rules,
            "secondary_use": each.secondary_use,
            "translation_of": self._ids["source"].get(each.translation_of),
            "text": text_id,
            "protocol": self._ids["protocol"].get(each.protocol),
            "variables": each.variables or None,
        }

    def _programme(self, each: Incoming, named: list[str]) -> str | None:
        if not each.programme:
            return None
        key = slug(each.programme)
        if key not in self._ids["programme"]:
            known = self._programmes.get(key, {})
            label = known.get("label") or _label(each.programme)
            self._ids["programme"][key] = self._act.insert(
                "programme",
                [
                    {
                        "id": self._act.named_id("programme", key),
                        "key": key,
                        "label": label,
                        "country": each.country or known.get("country", ""),
                    }
                ],
            )[0]
            named.append(f"programme {key}")
        elif each.country:
            row = self._ids["programme"][key]
            self._act.update("programme", {row: {"country": each.country}})
        return self._ids["programme"][key]

    def _site(self, each: Incoming, programme: str | None, named: list[str]) -> str | None:
        if not each.site:
            return None
        key = slug(each.site)
        if (programme, key) not in self._sites:
            self._sites[programme, key] = self._act.insert(
                "site",
                [
                    {
                        "id": self._act.named_id("site", str(programme), key),
                        "key": key,
                        "label": _label(each.site),
                        "programme": programme,
                    }
                ],
            )[0]
            named.append(f"site {key}")
        return self._sites[programme, key]

    def _people(
        self, each: Incoming, source_id: str, reading: Reading, named: list[str]
    ) -> list[dict[str, Any]]:
        rows = []
        people = each.interviewees
        turns = reading.parts.get("turn")
        speakers = set(turns.speaker) if turns else set()
        for number, key in enumerate(people):
            if key not in self._ids["interviewee"]:
                self._ids["interviewee"][key] = self._act.insert(
                    "interviewee",
                    [
                        {
                            "id": self._act.named_id("interviewee", key),
                            "key": key,
                            "programme": self._ids["programme"].get(slug(each.programme or "")),
                            "stakeholder_types": each.types,
                            "role": each.role,
                        }
                    ],
                )[0]
                named.append(f"interviewee {key}")
            consents = {
                f"consent_{purpose}": each.consents(purpose)[number] for purpose in CONSENT_FOR
            }
            rows.append(
                {
                    "source": source_id,
                    "interviewee": self._ids["interviewee"][key],
                    "speaker": key if key in speakers else "",
                    "position": number,
                    **consents,
                }
            )
        return rows


def slug_stem(file: Path) -> str:
    """Return a file's name without ending, as a key."""
    import re

    return re.sub(r"[\s~/\\,;]+", "_", file.stem)


def _label(given: str) -> str:
    """Return a readable label: a written one as it is, a key with its words apart."""
    return given if given != slug(given) else given.replace("_", " ").title()
