"""What a file is taken for, before it comes in."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from p3c_qual.errors import P3CError, Problem
from p3c_qual.workbench.faults import fault_of
from p3c_qual.workbench.wire_start import Recognised, Speaker

if TYPE_CHECKING:
    from p3c_qual.sources.parts import Reading

__all__ = ["recognise"]


def recognise(name: str, data: bytes, *, language: str = "en") -> Recognised:
    r"""Read a file as an import would, and keep nothing of it.

    Parameters
    ----------
    name : str
        Its name; the ending chooses the reader.
    data : bytes
    language : str
        Decides how sentences are cut.

    Returns
    -------
    Recognised
        With its `faults` where the file cannot be read.

    Examples
    --------
    >>> found = recognise("IP01.txt", b"I: How was it?\nR: It was long.\nI: And then?\n")
    >>> found.turns, [(each.label, each.role, each.turns) for each in found.speakers]
    (3, [('I', 'interviewer', 2), ('R', 'interviewee', 1)])
    >>> [fault.what for fault in recognise("IP01.doc", b"...").faults]
    ['Files that end in .doc cannot be read']
    """
    from p3c_qual.sources.reader import TABLES, read_bytes

    try:
        if name.lower().rpartition(".")[2] in TABLES:
            return _table(name, data)
        return _text(name, read_bytes(data, name, language=language))
    except P3CError as error:
        return Recognised(name, "", 0, 0, 0, [], [], [fault_of(p) for p in error.problems])


def _text(name: str, reading: Reading) -> Recognised:
    turns = reading.parts.get("turn")
    counted: Counter[tuple[str, str]] = Counter()
    if turns is not None:
        roles = turns.role or [""] * len(turns)
        counted.update(zip(turns.speaker or [""] * len(turns), roles, strict=True))
    return Recognised(
        name=name,
        reader=reading.reader,
        sources=1,
        characters=len(reading.text),
        turns=len(turns) if turns is not None else 0,
        speakers=[Speaker(label, role, number) for (label, role), number in counted.items()],
        notes=list(reading.notes),
        faults=[],
    )


def _table(name: str, data: bytes) -> Recognised:
    from p3c_qual.sources.tabular import read_table
    from p3c_qual.workbench.on_study import plain_name

    plain = plain_name(name)
    if plain is None:
        raise P3CError(Problem("its name is no file's name", name[:200]))
    with tempfile.TemporaryDirectory(prefix="p3c-") as folder:
        path = Path(folder, plain)
        path.write_bytes(data)
        try:
            found = read_table(path)
        except P3CError as error:
            said = [Problem(p.what, name, p.valid, p.nearest, p.do) for p in error.problems]
            raise P3CError(said) from error
    notes = list(dict.fromkeys(note for row in found for note in row.notes))
    characters = sum(len(row.text) for row in found)
    return Recognised(name, "table-1", len(found), characters, 0, [], notes, [])
