"""What the verbs on a study as a whole do: undo, sources, codebooks, the desk."""

from __future__ import annotations

import base64
import binascii
import re
import tempfile
from dataclasses import asdict, replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import select

from p3c_qual.errors import P3CError, Problem
from p3c_qual.sources.incoming import Incoming
from p3c_qual.store.schema import ROWS
from p3c_qual.workbench import wire_start

if TYPE_CHECKING:
    from p3c_qual.study import Study
    from p3c_qual.workbench import args

__all__ = [
    "add_sources",
    "desk",
    "load_codebook",
    "redo",
    "set_fields",
    "undo",
]

#: bytes of a value on the desk, and characters of its name
_DESK, _NAME = 64_000, 200


def undo(study: Study, act_id: str, asked: args.Undo) -> wire_start.Undone:
    """Take back the actor's last act."""
    return _undone(study.undo(skip=asked.skip, id=act_id))


def redo(study: Study, act_id: str, asked: args.Undo) -> wire_start.Undone:
    """Do again what was taken back last."""
    return _undone(study.redo(skip=asked.skip, id=act_id))


def _undone(done: dict[str, Any]) -> wire_start.Undone:
    return wire_start.Undone(act=done["target"], verb=done["verb"], skipped=done["skipped"])


def desk(study: Study, act_id: str, asked: args.Desk) -> bool:
    """Leave something lying; returns False where the study can only be read."""
    from p3c_qual.store.desk import put_on_desk

    del act_id  # nothing of it stands in the journal
    if not asked.name or len(asked.name) > _NAME or len(orjson.dumps(asked.value)) > _DESK:
        what = f"the desk holds values up to {_DESK:,} bytes under names up to {_NAME} characters"
        raise P3CError(Problem(what, asked.name[:_NAME]))
    return put_on_desk(study.store, study.coder or "", asked.name, asked.value)


def add_sources(study: Study, act_id: str, asked: args.AddSources) -> list[wire_start.Came]:
    """Bring files in; their originals come to lie in ``data_raw``."""
    problems: list[Problem] = []
    with tempfile.TemporaryDirectory(prefix="p3c-") as name:
        incoming = []
        for number, each in enumerate(asked.files):
            file = plain_name(each.name)
            data = _bytes(each.data)
            if file is None or data is None:
                what = "its name is no file's name" if file is None else "it did not arrive whole"
                problems.append(Problem(what, each.name[:200], do="Add the file once more."))
                continue
            # two files of one name are told apart by the study, not by this folder
            path = Path(name, str(number), file)
            path.parent.mkdir()
            path.write_bytes(data)
            said = {k: v for k, v in asdict(each).items() if k not in {"name", "data"}}
            incoming.append(Incoming(path, where=each.name, **said))
        if problems:
            raise P3CError(problems)
        try:
            added = study.add(incoming, id=act_id)
        except P3CError as error:
            raise P3CError(_without(name, error)) from error
    src = ROWS["source"]
    with study.store.read() as connection:
        ids = dict(
            connection.execute(
                select(src.c.key, src.c.id).where(src.c.key.in_([each.key for each in added]))
            ).all()
        )
    return [
        wire_start.Came(
            *(ids[each.key], each.key, each.file, each.characters),
            *(list(each.notes), list(each.named)),
        )
        for each in added
    ]


def _without(folder: str, error: P3CError) -> list[Problem]:
    """Return what is wrong with files, called as the person calls them."""
    inside = re.compile(re.escape(folder) + r"/\d+/")
    return [
        replace(each, what=inside.sub("", each.what), where=inside.sub("", each.where))
        for each in error.problems
    ]


def plain_name(given: str) -> str | None:
    """Return the name of a file that may be written, without any folder; None if it is none.

    Examples
    --------
    >>> plain_name("interviews/IP 02.docx"), plain_name("../.."), plain_name(".hidden")
    ('IP 02.docx', None, None)
    """
    name = PurePath(given.replace("\\", "/")).name
    bad = not name or name.startswith(".") or len(name.encode()) > 200
    return None if bad or any(ord(sign) < 32 for sign in name) else name


def _bytes(data: str) -> bytes | None:
    try:
        return base64.b64decode(data, validate=True)
    except (binascii.Error, ValueError):
        return None


def load_codebook(study: Study, act_id: str, asked: args.LoadCodebook) -> dict[str, Any]:
    """Take a codebook in; returns its key and what it changed."""
    from p3c_qual.codebook import read_codebook
    from p3c_qual.codebook.stored import load_codebook as load

    # bytes, since a text without a line break would be taken for the path of a file
    data = _bytes(asked.data)
    book = read_codebook(asked.data.encode() if data is None else data, name=asked.name[:200])
    with study.act(f"load codebook {book.key}", id=act_id) as act:
        done = load(act, book)
    return {
        "codebook": done.key,
        "new": done.new,
        "codes": done.codes,
        "changes": [str(each) for each in done.changes],
        "retired": list(done.retired),
    }


def set_fields(study: Study, act_id: str, asked: args.SetFields) -> list[str]:
    """Change what is said of a row; returns the fields that changed."""
    return study.set_fields(
        asked.what, asked.key, asked.fields, reason=asked.reason, new=asked.new, id=act_id
    )
