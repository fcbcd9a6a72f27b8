"""Whose codings a table counts: one reading of each source, never several added up."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from p3c_qual.analysis.order import by_code_point
from p3c_qual.coding.names import find_key, ids_by_key
from p3c_qual.coding.wanted import MAIN
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.mayring.techniques import TECHNIQUES
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from sqlalchemy import Connection

    from p3c_qual.opened import Opened

__all__ = [
    "CONSENSUS",
    "Reading",
    "ReadingSet",
    "choose_readings",
    "each_coder",
    "read_reading_set",
]

#: the round in which coders settled their differences
CONSENSUS = "consensus"


@dataclass(frozen=True)
class Reading:
    """One working through of a source.

    Attributes
    ----------
    source : str
        Row id.
    coder : str or None
        Row id; None for all coders together, in the consensus.
    round : str
    """

    source: str
    coder: str | None
    round: str


@dataclass(frozen=True)
class ReadingSet:
    """The readings a table counts.

    Attributes
    ----------
    readings : tuple of Reading
    left_out : tuple of str
        Keys of sources that were not worked through.
    caption : str
        Names the set, for the caption of a table.
    """

    readings: tuple[Reading, ...]
    left_out: tuple[str, ...] = ()
    caption: str = ""


def choose_readings(
    connection: Connection,
    *,
    coder: str | None = None,
    round: str | None = None,
    sources: Collection[str] | None = None,
    codebook: str | None = None,
) -> ReadingSet:
    """Choose one reading of each source.

    Consensus where it exists, else the source's main coder, else its only coder; the latter two
    in the round of first coding. `coder` and `round` override. What several coders wrote down as
    their consensus is one reading.

    Parameters
    ----------
    connection : Connection
    coder, round : str, optional
    sources : collection of str, optional
        Row ids of the only ones that are looked at.
    codebook : str, optional
        Key of the one whose codings are counted: what was read for another research question
        alone was not read for it.

    Raises
    ------
    P3CError
        If the coder or the round is unknown, or several coded a source in the round and its
        main coder is not among them.
    """
    done, begun = _readings(connection, coder, round, codebook)
    names = {row: key for key, row in ids_by_key(connection, "coder").items()}
    mine = next((row for row, key in names.items() if key == coder), None)
    src = ROWS["source"]
    readings, left_out, problems = [], [], []
    ways: Counter[str] = Counter()
    wanted = select(src.c.id, src.c.key, src.c.main_coder)
    for row in connection.execute(wanted.order_by(by_code_point(connection, src.c.key))):
        if sources is not None and row.id not in sources:
            continue
        rounds = done.get(row.id, {})
        here = rounds.get(round or MAIN, [])
        if coder is not None:
            picked, way = (mine if mine in here else None), f"coder {coder}"
        elif round in {None, CONSENSUS} and CONSENSUS in rounds:
            readings.append(Reading(row.id, None, CONSENSUS))
            ways["consensus"] += 1
            continue
        elif row.main_coder in here:
            picked, way = row.main_coder, f"main coder {names.get(row.main_coder)}"
        elif len(here) == 1:
            picked, way = here[0], f"only coder {names.get(here[0])}"
        elif here:
            problems.append(
                Problem(
                    f"{len(here)} coders worked through it in round {round or MAIN!r}, "
                    "and its main coder is not among them",
                    row.key,
                    tuple(sorted(names[each] for each in here)),
                    do="Name one with --coder.",
                )
            )
            continue
        else:
            picked, way = None, ""
        if picked is None:
            left_out.append(row.key)
            continue
        readings.append(Reading(row.id, picked, round or MAIN))
        ways[way] += 1
    if problems:
        raise P3CError(problems)
    partly = [r for r in readings if (r.source, r.round, r.coder) in begun]
    caption = _caption(ways, round, left_out, len(partly))
    return ReadingSet(tuple(readings), tuple(left_out), caption)


def each_coder(
    connection: Connection,
    *,
    coder: str | None = None,
    round: str | None = None,
    codebook: str | None = None,
) -> ReadingSet:
    """Return the readings of all coders in one round, each to stand in a column of its own.

    Parameters and errors as for `choose_readings`.
    """
    done, _ = _readings(connection, coder, round, codebook)
    names = {row: key for key, row in ids_by_key(connection, "coder").items()}
    src = ROWS["source"]
    sources = connection.scalars(select(src.c.id).order_by(by_code_point(connection, src.c.key)))
    readings = tuple(
        Reading(source, each, round or MAIN)
        for source in sources
        for each in done.get(source, {}).get(round or MAIN, [])
        if coder is None or names.get(each) == coder
    )
    return ReadingSet(readings, (), f"Reading set: each coder apart, round {round or MAIN}.")


def read_reading_set(study: Opened, text: str) -> tuple[str | None, str | None]:
    """Return the coder and the round that a reading set names, None for what it leaves open.

    Parameters
    ----------
    study : Study
    text : str
        ``coder anna``, ``round consensus``, or both with a comma between them; empty for the
        study's rule, see `choose_readings`.

    Returns
    -------
    tuple of (str or None, str or None)
        As `choose_readings` takes them.

    Raises
    ------
    P3CError
        If a part of it names no coder and no round of the study, or two of them; all at once.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(tempfile.mkdtemp() + "/mine", title="Mine", coder="anna")
    >>> read_reading_set(study, "")
    (None, None)
    """
    with study.store.read() as connection:
        reading = ROWS["reading"]
        rounds = connection.scalars(select(reading.c.round).distinct())
        named = {"coder": sorted(ids_by_key(connection, "coder")), "round": sorted(rounds)}
    valid = tuple(f"{kind} {name}" for kind, names in named.items() for name in names)
    found: dict[str, str] = {}
    problems = []
    for part in filter(None, (" ".join(each.split()) for each in text.split(","))):
        kind, _, name = part.partition(" ")
        if kind not in named or name not in named[kind]:
            near = nearest(part if name else f"coder {part}", valid)
            do = "" if valid else "No source was worked through yet."
            problems.append(Problem(f"no reading set {part!r}", "reading_set", valid, near, do))
        elif found.setdefault(kind, name) != name:
            do = "Name one, or none for the study's rule."
            problems.append(Problem(f"the reading set names two {kind}s", "reading_set", do=do))
    if problems:
        raise P3CError(problems)
    return found.get("coder"), found.get("round")


def _readings(
    connection: Connection, coder: str | None, round_: str | None, codebook: str | None
) -> tuple[dict[str, dict[str, list[str]]], set[tuple[str, str, str | None]]]:
    """Return the coders by source and round, and who has begun but not finished.

    The names asked for are checked.
    """
    reading = ROWS["reading"]
    done: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    begun: set[tuple[str, str, str | None]] = set()
    rounds = set()
    counts = _counting(connection, codebook)
    columns = (reading.c.source, reading.c.round, reading.c.coder, reading.c.done)
    wanted = select(*columns, reading.c.question).order_by(reading.c.id)
    for source, each, who, finished, question in connection.execute(wanted):
        rounds.add(each)
        if not counts(question or ""):
            continue
        if who not in done[source][each]:
            done[source][each].append(who)
        if not finished:
            begun |= {(source, each, who)}
            if each == CONSENSUS:
                begun |= {(source, each, None)}
    problems = []
    if coder is not None:
        problems.append(find_key(ids_by_key(connection, "coder"), coder, "coder"))
    if round_ is not None:
        problems.append(find_key(dict.fromkeys(rounds), round_, "round"))
    found = [problem for problem in problems if problem]
    if found:
        raise P3CError(found)
    return done, begun


def _counting(connection: Connection, codebook: str | None) -> Callable[[str], bool]:
    """Return what says whether a reading under a research question is one for a codebook.

    Categories that are formed under a question are looked for in its readings alone; units of a
    summarising are no reading for any codebook.
    """
    question, book = ROWS["question"], ROWS["codebook"]
    wanted = select(question.c.key, question.c.technique, book.c.key.label("book")).join(
        book, book.c.id == question.c.codebook, isouter=True
    )
    rows = connection.execute(wanted).all()
    forming = {row.key: row.book for row in rows if row.technique == "inductive"}
    owner = {key for key, formed in forming.items() if codebook is not None and formed == codebook}
    if owner:
        return lambda name: name in owner
    without = {
        row.key
        for row in rows
        if row.technique in TECHNIQUES and not TECHNIQUES[row.technique].categories
    }
    others = without | (set() if codebook is None else set(forming))
    return lambda name: name not in others


def _caption(ways: Counter[str], round_: str | None, left_out: Sequence[str], partly: int) -> str:
    parts = [
        f"{way} in {_sources(count)}"
        for way, count in sorted(ways.items(), key=lambda item: (-item[1], item[0]))
    ]
    text = "Reading set: " + ("; ".join(parts) or "no source worked through")
    if round_ is not None and round_ != MAIN:
        text += f" (round {round_})"
    if partly:
        text += f"; {_sources(partly)} not worked through to the end"
    if left_out:
        text += f"; {_sources(len(left_out))} not worked through and not counted"
    return text + "."


def _sources(count: int) -> str:
    return f"{count} source" + ("" if count == 1 else "s")
