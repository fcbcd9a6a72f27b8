"""A summarising as a CSV file: one row a unit, from its span to its category."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.coding.coders import coder_id
from p3c_qual.coding.csv_form import read_rows
from p3c_qual.coding.reading import record_readings
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.mayring.material import recording_units
from p3c_qual.mayring.question import material_of, read_question
from p3c_qual.mayring.summarising.bundling import make_reduction
from p3c_qual.mayring.summarising.summary_rows import SUMMARY_COLUMNS, Given, read_given
from p3c_qual.mayring.summarising.working import check_open
from p3c_qual.store import payloads
from p3c_qual.store.clock import new_ids
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from p3c_qual.mayring.question import Question
    from p3c_qual.opened import Opened
    from p3c_qual.store.act import Act

__all__ = ["load_summary"]


def load_summary(
    study: Opened, path: Path, *, coder: str | None = None, id: str | None = None
) -> int:
    """Take a summarising in from a CSV file, all of it or nothing.

    Units that stand at a row's span already are brought to what the row says; the file that
    `table_summary` writes changes nothing.

    Parameters
    ----------
    study : Study
    path : pathlib.Path
        With the columns of `p3c_qual.mayring.summary_rows.SUMMARY_COLUMNS`: ``question``,
        ``source``, ``start``, ``end`` are needed. ``same_as`` is the ``no`` of another row of
        the file, ``decision`` is ``keep`` or ``delete``, rules are separated by blanks.
    coder : str, optional
        Who worked; by default who acts.
    id : str, optional
        Of the act.

    Returns
    -------
    int
        How many units are new or different.

    Raises
    ------
    P3CError
        With every fault of every row, named by its rule.
    """
    columns, rows = read_rows(path)
    missing = [name for name in ("question", "source", "start", "end") if name not in columns]
    if missing:
        do = f"Columns of the file: {', '.join(SUMMARY_COLUMNS)}."
        raise P3CError(
            [
                Problem(
                    f"the column {name!r} is missing",
                    f"{path}:1",
                    tuple(columns),
                    nearest(name, columns),
                    do,
                )
                for name in missing
            ]
        )
    problems: list[Problem] = []
    given = [read_given(row, f"{path}:{line}", problems) for line, row in rows]
    by_question: dict[str, list[Given]] = defaultdict(list)
    for each in given:
        by_question[each.question].append(each)
    with study.act(f"load a summarising from {path.name}", id=id) as act:
        changed = 0
        taken = []
        for name, some in by_question.items():
            try:
                question = read_question(act.connection, name)
            except P3CError as error:
                where = some[0].where
                problems += [replace(each, where=each.where or where) for each in error.problems]
                continue
            placed = list(_placed(act, question, some, problems))
            problems += _over(act, question, some, placed)
            problems += _mains(act, question, some)
            taken.append((question, some, placed))
        if problems:
            raise P3CError(problems)
        who = coder or study.coder or ""
        for question, some, placed in taken:
            changed += _write(act, question, some, placed, who)
        return changed


def _placed(
    act: Act, question: Question, given: Sequence[Given], problems: list[Problem]
) -> Iterator[tuple[str, str, str]]:
    """Yield of each row the source, the text and the words, and note what is wrong with it."""
    material = {row.key: row for row in material_of(act.connection, question)}
    text = ROWS["text"]
    hashes = dict(
        act.connection.execute(
            select(text.c.id, text.c.hash).where(
                text.c.id.in_([row.text for row in material.values()])
            )
        ).all()
    )
    bodies = payloads.get_many(act.connection, set(hashes.values()))
    units = recording_units(act.connection, question, [row.id for row in material.values()])
    by_no: dict[str, Given] = {}
    for each in given:
        if each.no and each.no in by_no:
            problems.append(Problem(f"no. {each.no} stands in the file twice", each.where))
        by_no[each.no] = each
    spans: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for each in given:
        row = material.get(each.source)
        if row is None:
            valid = tuple(material)
            what = f"{each.source!r} is not of the material of the question {question.key!r}"
            problems.append(Problem(what, each.where, valid, nearest(each.source, valid)))
            yield "", "", ""
            continue
        body = bodies.get(hashes[row.text])
        words = body[each.start : each.end] if isinstance(body, str) else ""
        if not 0 <= each.start < each.end <= (row.length or 0) or not words.strip():
            what = f"the span {each.start}-{each.end} is not within the text of {each.source!r}"
            problems.append(Problem(what, each.where))
        elif each.quote and each.quote != words:
            what = f"the quote is not what stands at {each.start}-{each.end} of {each.source!r}"
            problems.append(Problem(what, each.where))
        spans[each.source].append((each.start, each.end, each.where))
        problems += _twin(each, by_no, units, material)
        yield row.id, row.text, words
    for some in spans.values():
        some.sort()
        for (_, end, _), (start, _, where) in pairwise(some):
            if start < end:
                problems.append(Problem("the unit overlaps the one before it", where))


def _twin(
    each: Given, by_no: dict[str, Given], units: dict[str, str], material: dict[str, Any]
) -> Iterator[Problem]:
    if each.z3 != "Z3.1":
        return
    twin = by_no.get(each.same_as)
    if twin is None or twin is each:
        what = (
            f"Z3.1 needs in `same_as` the no. of the row that says the same, not {each.same_as!r}"
        )
        yield Problem(what, each.where)
    elif twin.decision != "keep":
        what = f"no. {each.same_as} is not kept, so that nothing is deleted for it (Z3.1)"
        yield Problem(what, each.where)
    elif twin.source in material:
        here, there = (units[material[name].id] for name in (each.source, twin.source))
        if here != there:
            what = "Z3.1 joins only what means the same within one recording unit"
            do = f"no. {each.same_as} is of {there}; keep both and bundle them (Z4.1)."
            yield Problem(what, each.where, do=do)


def _over(
    act: Act,
    question: Question,
    given: Sequence[Given],
    placed: Sequence[tuple[str, str, str]],
) -> Iterator[Problem]:
    """Name the rows that lie over a unit of the study which the file does not bring along."""
    unit = ROWS["paraphrase"]
    wanted = select(unit.c.text, unit.c.start, unit.c.end).where(unit.c.question == question.id)
    mine = {(text, each.start, each.end) for each, (_, text, _) in zip(given, placed, strict=True)}
    spots = [
        (*place, "") for row in act.connection.execute(wanted) if (place := tuple(row)) not in mine
    ]
    spots += [
        (text, each.start, each.end, each.where)
        for each, (_, text, _) in zip(given, placed, strict=True)
    ]
    reach: dict[str, tuple[int, str]] = {}
    for text, start, end, where in sorted(spots):
        until, before = reach.get(text, (0, ""))
        # two rows of the file over each other were named before
        if start < until and bool(where) != bool(before):
            what = "the unit overlaps one of the study that is not in the file"
            yield Problem(what, where or before, code="overlap")
        if end > until:
            reach[text] = (end, where)


def _mains(act: Act, question: Question, given: Sequence[Given]) -> Iterator[Problem]:
    """Name categories that are put under two, or come to stand above themselves."""
    category = ROWS["reduction"]
    rows = act.connection.execute(
        select(category.c.id, category.c.label, category.c.into).where(
            category.c.question == question.id
        )
    ).all()
    labels = {row.id: (row.label or "").casefold() for row in rows}
    into = {labels[row.id]: labels.get(row.into) for row in rows}
    said: dict[str, str] = {}
    last = {}
    for each in given:
        if not each.category or not each.main_category:
            continue
        name, main = each.category.casefold(), each.main_category.casefold()
        if said.setdefault(name, main) != main:
            what = f"{each.category!r} stands under another main category in an earlier row"
            yield Problem(what, each.where)
        into[name], last[name] = said[name], each
    for name, each in last.items():
        seen = {name}
        at = into.get(name)
        while at is not None and at not in seen:
            seen.add(at)
            at = into.get(at)
        if at == name:
            what = f"{each.category!r} would come to stand above itself"
            yield Problem(what, each.where, code="cycle")


def _write(
    act: Act,
    question: Question,
    given: Sequence[Given],
    placed: Sequence[tuple[str, str, str]],
    coder: str,
) -> int:
    unit = ROWS["paraphrase"]
    wanted = select(unit).where(unit.c.question == question.id)
    there = {(row.source, row.start, row.end): row for row in act.connection.execute(wanted)}
    ids = iter(new_ids(len(given)))
    names = [
        there[place].id if (place := (source, each.start, each.end)) in there else next(ids)
        for each, (source, _, _) in zip(given, placed, strict=True)
    ]
    by_no = {each.no: name for each, name in zip(given, names, strict=True)}
    before = act.events
    category = {
        label: make_reduction(act, question, label)
        for each in given
        for label in (each.category, each.main_category)
        if label
    }
    ups = {
        category[each.category]: {"into": category[each.main_category], "rule": each.main_z4}
        for each in given
        if each.category and each.main_category
    }
    act.update("reduction", ups)
    fresh, changes = [], {}
    read: dict[tuple[str, str, str, str], list[tuple[int, int]]] = defaultdict(list)
    for each, name, (source, text, words) in zip(given, names, placed, strict=True):
        fields = each.fields()
        fields["same_as"] = by_no.get(each.same_as) if each.z3 == "Z3.1" else None
        fields["reduction"] = category.get(each.category)
        if (source, each.start, each.end) in there:
            changes[name] = fields
            continue
        who = coder_id(act, coder, question.key)
        read[source, who, "main", question.key].append((each.start, each.end))
        made = {"id": name, "question": question.id, "source": source, "text": text}
        made |= {"start": each.start, "end": each.end, "quote": words, "coder": who}
        fresh.append({**made, **fields})
    act.insert("paraphrase", fresh)
    changed = len(fresh) + act.update("paraphrase", changes)
    if read:
        record_readings(act, read, done=None)
    if act.events > before:
        check_open(question, "paraphrase")
        if question.step == "define":
            act.update("question", {question.id: {"step": "paraphrase"}})
    return changed
