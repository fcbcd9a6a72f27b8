"""What a study holds of one source, gathered for its coded transcript."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.analysis.known import known_sources
from p3c_qual.analysis.segments import known_coders, known_codes
from p3c_qual.analysis.texts import read_parts, read_text
from p3c_qual.coding.names import find_key
from p3c_qual.coding.wanted import MAIN
from p3c_qual.errors import P3CError
from p3c_qual.report.transcript import Mark, Note, Transcript
from p3c_qual.report.transcript_about import about_source, initials, notices
from p3c_qual.report.transcript_codes import read_tree
from p3c_qual.report.transcript_rows import lay_rows
from p3c_qual.sources.parts import PartList
from p3c_qual.store import payloads
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sqlalchemy import Connection

    from p3c_qual.analysis.known import KnownSource
    from p3c_qual.report.transcript_codes import Tree
    from p3c_qual.study import Study

__all__ = ["gather_transcript"]


@dataclass(frozen=True)
class _Read:
    """Rows of the store on one source, as far as they are asked for; coders by row id."""

    source: KnownSource
    tree: Tree
    coders: Mapping[str, str]
    codings: list[dict[str, Any]]
    readings: list[dict[str, Any]]
    memos: list[dict[str, Any]]
    parts: Mapping[str, PartList]


def gather_transcript(
    study: Study,
    source: str,
    *,
    coders: Sequence[str] | None = None,
    codebook: str | None = None,
    printed: date,
) -> Transcript:
    """Gather a source's lines, turns, codings and memos; see `transcript.write_transcript`.

    Parameters
    ----------
    study : Study
    source : str
    coders : sequence of str, optional
    codebook : str, optional
    printed : date

    Returns
    -------
    Transcript

    Raises
    ------
    P3CError
        With everything that is unknown, or if the text was erased.
    """
    with study.store.read() as connection:
        found = _read(study, connection, source, coders, codebook)
    text = read_text(study, source)
    shown = [
        row
        for row in found.codings
        # a coding of an earlier text has other positions
        if row["text"] == found.source.text and 0 <= row["start"] < row["end"] <= len(text)
    ]
    place = found.tree.place
    shown.sort(key=lambda row: (row["start"], -row["end"], place[row["code"]], row["id"]))
    numbers = {row["id"]: number for number, row in enumerate(shown, 1)}
    moved = [numbers[row["id"]] for row in shown if _moved(row, text)]
    notes, noted = _notes(found, numbers, text)
    by = initials(found.coders[row["coder"]] for row in shown if row["coder"] in found.coders)
    marks = _marks(found, shown, by, noted)
    turns = found.parts.get("turn", PartList())
    rows, lanes = lay_rows(text, marks, turns, found.parts.get("sentence", PartList()).end)
    return Transcript(
        source=source,
        title="" if (title := found.source.said["title"]) == source else title,
        language=found.source.said["language"],
        about=about_source(
            study,
            found.source,
            text,
            [(mark.start, mark.end) for mark in marks],
            turns=turns,
            readings=[(found.coders.get(row["coder"], ""), row) for row in found.readings],
            by=by,
            only=(*(coders or ()), *([codebook] if codebook else ())),
            books=found.tree.books(row["code"] for row in shown),
            printed=printed,
        ),
        notices=notices(found.source, lost=len(found.codings) - len(shown), moved=moved),
        rows=rows,
        lanes=lanes,
        marks=marks,
        notes=notes,
        codes=found.tree.uses(
            (row["code"], numbers[row["id"]], found.coders.get(row["coder"], "")) for row in shown
        ),
    )


def _read(
    study: Study,
    connection: Connection,
    source: str,
    coders: Sequence[str] | None,
    codebook: str | None,
) -> _Read:
    known = {each.key: each for each in known_sources(study, connection).values()}
    people = known_coders(study, connection)
    tree = read_tree(connection, known_codes(study, connection))
    names = {key: name for name, key in people.items()}
    problems = [find_key(known, source, "source")]
    problems += [find_key(names, coder, "coder") for coder in coders or ()]
    if codebook is not None:
        problems.append(find_key(dict(tree.versions), codebook, "codebook"))
    if wrong := [problem for problem in problems if problem]:
        raise P3CError(wrong)
    of = known[source]
    asked = None if coders is None else {names[coder] for coder in coders}

    def theirs(row: dict[str, Any]) -> bool:
        return asked is None or row["coder"] in asked

    codings = [
        row
        for row in _rows(connection, "coding", "source", [of.id])
        # a coding of a code that was deleted is listed by `check`
        if theirs(row)
        and row["code"] in tree.place
        and codebook in {None, tree.codes.by_id[row["code"]].codebook}
    ]
    readings = [row for row in _rows(connection, "reading", "source", [of.id]) if theirs(row)]
    on = [of.id, *(row["id"] for row in codings)]
    memos = [row for row in _rows(connection, "memo", "target", on) if theirs(row)]
    return _Read(of, tree, people, codings, readings, memos, read_parts(connection, source))


def _rows(
    connection: Connection, table: str, column: str, values: Sequence[str]
) -> list[dict[str, Any]]:
    wanted = ROWS[table]
    return [
        dict(row)
        for run in payloads.chunks(values, 500)
        for row in connection.execute(select(wanted).where(wanted.c[column].in_(run))).mappings()
    ]


def _marks(
    found: _Read,
    shown: Sequence[dict[str, Any]],
    by: Mapping[str, str],
    noted: Mapping[str, list[int]],
) -> tuple[Mark, ...]:
    labels = found.tree.labels(row["code"] for row in shown)
    return tuple(
        Mark(
            number=number,
            start=row["start"],
            end=row["end"],
            code=row["code"],
            label=labels[row["code"]],
            family=found.tree.family(row["code"]),
            coder=by.get(found.coders.get(row["coder"], ""), "") if len(by) > 1 else "",
            context=_context(row),
            important=bool(row["important"]),
            unsure=bool(row["unsure"]),
            memos=tuple(noted.get(row["id"], ())),
        )
        for number, row in enumerate(shown, 1)
    )


def _moved(row: dict[str, Any], text: str) -> bool:
    return bool(row["quote"] != text[row["start"] : row["end"]])


def _context(row: dict[str, Any]) -> str:
    round_ = "" if row["round"] in {None, MAIN} else f"round {row['round']}"
    question = f"question {row['question']}" if row["question"] else ""
    origin = f"from {row['origin']}" if row["origin"] else ""
    return ", ".join(filter(None, (round_, question, origin)))


def _notes(
    found: _Read, numbers: Mapping[str, int], text: str
) -> tuple[tuple[Note, ...], dict[str, list[int]]]:
    """Return the memos in the order of what they are about, and their numbers by coding."""
    memos = [
        row
        for row in found.memos
        if row["text"] and (row["about"] != "coding" or row["target"] in numbers)
    ]
    # on the whole source first, then along the text
    memos.sort(key=lambda row: (_at(row, numbers), row["id"]))
    notes, noted = [], dict[str, list[int]]()
    for number, row in enumerate(memos, 1):
        if row["about"] == "coding":
            about = f"coding {numbers[row['target']]}"
            noted.setdefault(row["target"], []).append(number)
        elif row["about"] == "span":
            about = _lines(text, row["start"], row["end"])
        else:
            about = "the source"
        kind = f", {row['kind']}" if row["kind"] not in {None, "", row["about"]} else ""
        notes.append(Note(number, about + kind, row["text"], found.coders.get(row["coder"], "")))
    return tuple(notes), noted


def _at(row: dict[str, Any], numbers: Mapping[str, int]) -> tuple[int, int]:
    if row["about"] == "coding":
        return 2, numbers[row["target"]]
    return (1, row["start"]) if row["about"] == "span" else (0, 0)


def _lines(text: str, start: int, end: int) -> str:
    first, last = (text.count("\n", 0, at) + 1 for at in (start, max(start, end - 1)))
    return f"line {first}" if first == last else f"lines {first} to {last}"
