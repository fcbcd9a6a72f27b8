"""Research questions and summarisings as they go over the wire, read in bulk."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.mayring.question import Question, material_of, read_question, read_questions
from p3c_qual.mayring.steps import broken, lacks
from p3c_qual.mayring.summarising.state import STATES, read_units
from p3c_qual.mayring.techniques import RULES, TECHNIQUES
from p3c_qual.store import payloads
from p3c_qual.store.conflicts import rootless
from p3c_qual.store.schema import ROWS
from p3c_qual.workbench import wire_mayring as wire
from p3c_qual.workbench.state import last_event

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from sqlalchemy import ColumnElement, Connection

    from p3c_qual.mayring.summarising.state import Unit
    from p3c_qual.study import Study

__all__ = [
    "check_rows",
    "question_rows",
    "reduction_rows",
    "summary_state",
    "technique_rows",
    "unit_rows",
]


def technique_rows() -> list[wire.TechniqueRow]:
    """Return the eight techniques."""
    return [
        wire.TechniqueRow(each.key, each.label, each.direction, list(each.needs))
        for each in TECHNIQUES.values()
    ]


def question_rows(
    connection: Connection, ids: Collection[str] | None = None
) -> list[wire.QuestionRow]:
    """Return the research questions, or some, with the step each is in and what that lacks."""
    return [
        _question(connection, each)
        for each in read_questions(connection)
        if ids is None or each.id in ids
    ]


def _question(connection: Connection, question: Question) -> wire.QuestionRow:
    order = question.how.order
    at = order.index(question.step)
    steps = [
        wire.StepRow(
            step.key,
            step.title,
            step.does,
            "closed" if place < at else "now" if place == at else "later",
        )
        for place, step in enumerate(question.how.steps)
    ]
    return wire.QuestionRow(
        id=question.id,
        key=question.key,
        label=question.label,
        technique=question.technique,
        technique_label=question.how.label,
        theory=question.theory,
        criterion=question.criterion,
        abstraction=question.abstraction,
        coding_unit=question.coding_unit,
        context_unit=question.context_unit,
        recording_unit=question.recording_unit,
        material=[row.id for row in material_of(connection, question)],
        all_material=question.material is None,
        codebook=question.codebook,
        step=question.step,
        steps=steps,
        lacks=[_said(each) for each in lacks(connection, question)],
        broken=[_said(each) for each in broken(connection, question)],
    )


def _said(problem: Any) -> str:
    """Return a problem as a sentence, without the question it is about."""
    what = problem.what[:1].upper() + problem.what[1:]
    return f"{what}. {problem.do}".strip()


def summary_state(study: Study, name: str) -> wire.SummaryState:
    """Return all of one summarising.

    Parameters
    ----------
    study : Study
    name : str
        Key or row id of the question.
    """
    category, check = ROWS["reduction"], ROWS["back_check"]
    with study.store.read() as connection:
        question = read_question(connection, name)
        units = read_units(connection, question)
        return wire.SummaryState(
            question=question.id,
            units=_units(connection, units),
            reductions=reduction_rows(connection, category.c.question == question.id),
            checks=check_rows(connection, check.c.question == question.id),
            funnel=_funnel(units),
            rules=[wire.RuleRow(each.id, each.title) for each in RULES.values()],
            cursor=last_event(connection),
        )


def _funnel(units: Iterable[Unit]) -> list[wire.FunnelRow]:
    counts = Counter(unit.state for unit in units)
    return [wire.FunnelRow(name, label, counts[name]) for name, label in STATES.items()]


def unit_rows(connection: Connection, ids: Iterable[str]) -> list[wire.UnitRow]:
    """Return units by their ids, and those whose state hangs on them."""
    unit = ROWS["paraphrase"]
    wanted = set(ids)
    if not wanted:
        return []
    rows = connection.execute(
        select(unit.c.id, unit.c.question).where(unit.c.id.in_(wanted) | unit.c.same_as.in_(wanted))
    ).all()
    by_question: dict[str, list[str]] = {}
    for row in rows:
        by_question.setdefault(row.question, []).append(row.id)
    there = {each.id: each for each in read_questions(connection)}
    found = [
        each
        for name, some in by_question.items()
        if name in there
        for each in read_units(connection, there[name], some)
    ]
    return _units(connection, found)


def _units(connection: Connection, units: Sequence[Unit]) -> list[wire.UnitRow]:
    """Return units as rows, each with the line of its text it begins in."""
    text = ROWS["text"]
    versions = sorted({each.text for each in units})
    hashes: dict[str, str] = {}
    for run in payloads.chunks(versions, 500):
        hashes.update(
            connection.execute(select(text.c.id, text.c.hash).where(text.c.id.in_(run))).all()
        )
    bodies = payloads.get_many(connection, {name for name in hashes.values() if name})
    breaks: dict[str, list[int]] = {}
    for version, name in hashes.items():
        body = bodies.get(name)
        if isinstance(body, str):
            breaks[version] = [found.start() for found in re.finditer("\n", body)]
    return [
        _unit(each, bisect_left(breaks[each.text], each.start) + 1 if each.text in breaks else 0)
        for each in units
    ]


def _unit(each: Unit, line: int) -> wire.UnitRow:
    return wire.UnitRow(
        id=each.id,
        question=each.question,
        no=each.no,
        source=each.source,
        key=each.source_key,
        unit=each.recording_unit,
        start=each.start,
        end=each.end,
        quote=each.quote,
        coder=each.coder,
        paraphrase=each.paraphrase,
        z1=list(each.z1),
        dropped=each.dropped,
        generalisation=each.generalisation,
        z2=list(each.z2),
        kept=each.kept,
        z3=each.z3,
        same_as=each.same_as,
        reason=each.reason,
        reduction=each.reduction,
        z4=each.z4,
        left_over=each.left_over,
        state=each.state,
        edited=each.edited,
        line=line,
    )


def reduction_rows(connection: Connection, where: ColumnElement[bool]) -> list[wire.ReductionRow]:
    """Return categories in the order in which they were made; a circle is cut open."""
    category = ROWS["reduction"]
    into = dict(connection.execute(select(category.c.id, category.c.into)).all())
    cut = rootless(into)
    wanted = select(category).where(where).order_by(category.c.position, category.c.id)
    return [
        wire.ReductionRow(
            id=row.id,
            question=row.question,
            label=row.label or "",
            into=row.into if row.into in into and row.id not in cut else None,
            rule=row.rule or "",
            reason=row.reason or "",
            code=row.code,
            position=row.position or 0,
        )
        for row in connection.execute(wanted)
    ]


def check_rows(connection: Connection, where: ColumnElement[bool]) -> list[wire.BackCheckRow]:
    """Return the items of back-checks, by seed in the order drawn."""
    check = ROWS["back_check"]
    wanted = select(check).where(where).order_by(check.c.seed, check.c.position, check.c.id)
    return [
        wire.BackCheckRow(
            id=row.id,
            question=row.question,
            unit=row.paraphrase or "",
            seed=row.seed or 0,
            position=row.position or 0,
            verdict=row.verdict or "",
            remark=row.remark or "",
        )
        for row in connection.execute(wanted)
    ]
