"""Formal structuring: the outline of a text, turn by turn or paragraph by paragraph."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.analysis.reading_set import choose_readings
from p3c_qual.analysis.texts import unpack_parts
from p3c_qual.coding.names import find_key, ids_by_key, read_codes
from p3c_qual.errors import P3CError, Problem
from p3c_qual.mayring.question import material_of, read_question
from p3c_qual.sources.parts import PartList
from p3c_qual.store import payloads
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    import pandas as pd
    from sqlalchemy import Connection

    from p3c_qual.mayring.question import Question
    from p3c_qual.opened import Opened

__all__ = ["lacks_outline", "table_outline"]

#: what a text is outlined by: the first of these that it has
_BY = ("turn", "section", "paragraph")
#: what may stand around a speaker's label, and behind a question mark
_AROUND = "[]()<>:. \t"
_BEHIND = "\"'”’»)] \t\n"
_COLUMNS = (
    *("no", "label", "speaker", "role", "start", "end"),
    *("words", "sentences", "questions", "share", "codes"),
)


def table_outline(
    study: Opened, source: str, *, question: str | None = None, coder: str | None = None
) -> pd.DataFrame:
    r"""Return the outline of a source: one row a turn, or a section or paragraph of a document.

    Parameters
    ----------
    study : Study
    source : str
        Key or row id.
    question : str, optional
        Key or row id; the codes of its codebook that were given in a part are named there.
    coder : str, optional
        Name the codes that this coder gave alone.

    Returns
    -------
    DataFrame
        ``no`` (int, from 1), ``label`` (heading), ``speaker``, ``role`` (str), ``start``, ``end``
        (int, code points), ``words`` (int, without the speaker's label), ``sentences``,
        ``questions`` (int, sentences that end with a question mark), ``share`` (float, of all
        words) and ``codes`` (keys with ``;`` between them, in the order of the codebook).
        ``attrs``: ``part`` (``turn``, ``section``, ``paragraph`` or ``text``), ``parts``,
        ``words``, ``questions`` (int), ``mean_words`` (float, of a part), ``speakers`` (dict by
        speaker of ``turns``, ``words``, ``share``, ``mean_words``), ``reading_set``.

    Raises
    ------
    P3CError
        If the source or the question is unknown, or its text was erased.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> path = study.path / "IP01.txt"
    >>> _ = path.write_text("I: How do you meet?\nR: Each week. It helps.\n")
    >>> from p3c_qual.sources.incoming import Incoming
    >>> _ = study.add([Incoming(path, interviewee="IP01")])
    >>> table_outline(study, "IP01")[["speaker", "words", "questions"]].values.tolist()
    [['I', 4, 1], ['R', 4, 0]]
    """
    import pandas as pd

    src, text = ROWS["source"], ROWS["text"]
    with study.store.read() as connection:
        asked = read_question(connection, question) if question else None
        wanted = (
            select(src.c.id, src.c.key, text.c.hash, text.c.parts)
            .join(text, text.c.id == src.c.text, isouter=True)
            .where((src.c.key == source) | (src.c.id == source))
        )
        row = connection.execute(wanted).first()
        if row is None:
            raise P3CError(find_key(ids_by_key(connection, "source"), source, "source") or source)
        bodies = payloads.get_many(connection, [name for name in (row.hash, row.parts) if name])
        body, packed = bodies.get(row.hash or ""), bodies.get(row.parts or "")
        if not isinstance(body, str):
            raise P3CError(Problem(f"source {row.key!r} has no text any more"))
        parts = unpack_parts(packed) if isinstance(packed, bytes) else {}
        given, said = _codes(connection, asked, row.id, coder)
    kind = next((name for name in _BY if len(parts.get(name, ()))), "text")
    cut = parts.get(kind) or PartList([0], [len(body)])
    rows = _rows(body, _whole(body, cut), parts.get("sentence", PartList()), given)
    words = sum(each["words"] for each in rows)
    for each in rows:
        each["share"] = each["words"] / words if words else 0.0
    frame = pd.DataFrame(rows, columns=list(_COLUMNS))
    frame.attrs = {
        "part": kind,
        "parts": len(rows),
        "words": words,
        "questions": sum(each["questions"] for each in rows),
        "mean_words": words / len(rows) if rows else 0.0,
        "speakers": _speakers(rows, words) if kind == "turn" else {},
        "reading_set": said,
    }
    return frame


def _whole(body: str, cut: PartList) -> list[tuple[int, int, str, str, str]]:
    """Return the parts, and the words between them that are in none, such as before a first turn."""
    blank = [""] * len(cut)
    columns = (cut.label or blank, cut.speaker or blank, cut.role or blank)
    made, at = [], 0
    there = list(zip(cut.start, cut.end, *columns, strict=True))
    for part in (*there, (len(body), len(body), "", "", "")):
        if between := body[at : part[0]].strip():
            first = body.index(between, at)
            made.append((first, first + len(between), "", "", ""))
        if part[0] < part[1]:
            made.append(part)
        at = max(at, part[1])
    return made


def _rows(
    body: str,
    parts: list[tuple[int, int, str, str, str]],
    sentences: PartList,
    given: list[tuple[int, int, str]],
) -> list[dict[str, Any]]:
    rows = []
    for number, (start, end, label, speaker, role) in enumerate(parts, 1):
        said = body[start:end]
        if speaker and said.lstrip(_AROUND).startswith(speaker):
            said = said.lstrip(_AROUND)[len(speaker) :].lstrip(_AROUND)
        first, last = bisect_left(sentences.start, start), bisect_left(sentences.start, end)
        ends = [
            body[sentences.start[at] : min(sentences.end[at], end)].rstrip(_BEHIND)
            for at in range(first, last)
        ]
        codes = {code: None for from_, to, code in given if from_ < end and start < to}
        rows.append(
            {
                "no": number,
                "label": label,
                "speaker": speaker,
                "role": role,
                "start": start,
                "end": end,
                "words": len(said.split()),
                "sentences": len(ends),
                "questions": sum(each.endswith(("?", "؟", "？")) for each in ends),
                "share": 0.0,
                "codes": ";".join(codes),
            }
        )
    return rows


def _speakers(rows: list[dict[str, Any]], words: int) -> dict[str, dict[str, Any]]:
    turns: Counter[str] = Counter(each["speaker"] for each in rows)
    spoken: Counter[str] = Counter()
    for each in rows:
        spoken[each["speaker"]] += each["words"]
    return {
        speaker: {
            "turns": count,
            "words": spoken[speaker],
            "share": spoken[speaker] / words if words else 0.0,
            "mean_words": spoken[speaker] / count,
        }
        for speaker, count in turns.items()
    }


def _codes(
    connection: Connection, question: Question | None, source: str, coder: str | None
) -> tuple[list[tuple[int, int, str]], str]:
    """Return the codings of a question's codebook in a source, ordered as the codebook is."""
    from p3c_qual.codebook.tree import read_tree

    if question is None or question.codebook is None:
        return [], ""
    tree = read_tree(connection, question.codebook)
    codes = read_codes(connection)
    order = {code: number for number, code in enumerate(tree.below(None))}
    chosen = choose_readings(connection, coder=coder, sources={source}, codebook=tree.name)
    coding = ROWS["coding"]
    columns = (coding.c.start, coding.c.end, coding.c.code, coding.c.coder, coding.c.round)
    found = []
    read = {(each.round, each.coder) for each in chosen.readings}
    for start, end, code, who, round_ in connection.execute(
        select(*columns).where(coding.c.source == source)
    ):
        into = codes.counts_for(code) if code in codes.by_id else code
        if into in order and not read.isdisjoint({(round_, who), (round_, None)}):
            found.append((order[into], start, end, tree.nodes[into].key))
    return [(start, end, key) for _, start, end, key in sorted(found)], chosen.caption


def lacks_outline(connection: Connection, question: Question) -> list[Problem]:
    """Return what is missing of the outlines: sources in which no formal category was given."""
    from p3c_qual.codebook.tree import read_tree

    if question.codebook is None:
        do = "Bind the codebook of the formal categories."
        return [Problem(f"the question {question.key!r} has no codebook", do=do)]
    material = material_of(connection, question)
    if not material:
        return [Problem("the question has no material")]
    codes = set(read_tree(connection, question.codebook).nodes)
    coding = ROWS["coding"]
    coded = set()
    for run in payloads.chunks([row.id for row in material], 500):
        wanted = select(coding.c.source, coding.c.code).where(coding.c.source.in_(run))
        coded |= {source for source, code in connection.execute(wanted.distinct()) if code in codes}
    bare = [row.key for row in material if row.id not in coded]
    if not bare:
        return []
    more = f" and {len(bare) - 5} more" if len(bare) > 5 else ""
    what = f"no formal category was given in {', '.join(bare[:5])}{more}"
    return [Problem(what, do="Code them by their form, or take them out of the material.")]
