"""What holds of a summarising whatever is done: one row a unit, conservation, order, no orphan."""

from __future__ import annotations

import contextlib
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from summary_kit import LENGTH, ask, fill, units_of

import p3c_qual as p3c
from p3c_qual.errors import P3CError
from p3c_qual.mayring import question, steps
from p3c_qual.mayring.summarising import bundling, reduction, state, units
from p3c_qual.store import replay
from p3c_qual.store.schema import ROWS

STEPS = ("define", "paraphrase", "generalise", "reduce", "bundle", "check")
number = st.integers(0, 5)
some = st.lists(number, min_size=1, max_size=4)
rule3 = st.sampled_from(["Z3.1", "Z3.2", "Z3.3", "Z3.4"])
rule4 = st.sampled_from(["Z4.1", "Z4.2", "Z4.3", "Z4.4"])
DEED = st.one_of(
    st.tuples(st.just("select"), st.sampled_from(["A1", "A2", "A3"]), number, st.booleans()),
    st.tuples(st.just("rewrite"), number, st.sampled_from(["", "words"])),
    st.tuples(st.just("drop"), number, st.sampled_from(["", "nothing in it"])),
    st.tuples(st.just("remove"), number),
    st.tuples(st.just("generalise"), number, st.sampled_from(["", "wider", "wider still"])),
    st.tuples(st.just("decide"), some, st.booleans(), rule3, number, st.sampled_from(["", "so"])),
    st.tuples(st.just("undecide"), some),
    st.tuples(st.just("bundle"), some, st.sampled_from("XYZ"), rule4),
    st.tuples(st.just("unbundle"), some),
    st.tuples(st.just("leave"), some, st.sampled_from(["", "alone"])),
    st.tuples(st.just("lift"), st.sampled_from("XYZ"), st.sampled_from("XYZW"), rule4),
    st.tuples(st.just("merge"), st.sampled_from("XYZ"), st.sampled_from("XYZ"), rule4),
    st.tuples(st.just("close")),
    st.tuples(st.just("back"), st.sampled_from(STEPS)),
    st.tuples(st.just("undo")),
    st.tuples(st.just("redo")),
)


def category(study: p3c.Study, label: str) -> str:
    table = ROWS["reduction"]
    with study.store.read() as connection:
        found = connection.scalar(select(table.c.id).where(table.c.label == label))
    return found or "none"


def do(study: p3c.Study, deed: tuple[Any, ...]) -> None:
    kind, *rest = deed
    there = [each.id for each in units_of(study)] or ["none"]
    pick = lambda place: there[place % len(there)]  # noqa: E731
    picks = lambda places: [pick(place) for place in places]  # noqa: E731
    if kind == "select":
        source, at, written = rest
        text = "short" if written else ""
        units.paraphrase(study, "helps", source, at * LENGTH, (at + 1) * LENGTH - 1, text)
    elif kind == "rewrite":
        units.rewrite(study, pick(rest[0]), rest[1])
    elif kind == "drop":
        units.drop(study, pick(rest[0]), rest[1])
    elif kind == "remove":
        units.remove_unit(study, pick(rest[0]))
    elif kind == "generalise":
        units.generalise(study, pick(rest[0]), rest[1])
    elif kind == "decide":
        places, keep, rule, twin, reason = rest
        reduction.decide(
            study, picks(places), keep=keep, rule=rule, same_as=pick(twin), reason=reason
        )
    elif kind == "undecide":
        reduction.undecide(study, picks(rest[0]))
    elif kind == "bundle":
        bundling.bundle(study, picks(rest[0]), label=rest[1], rule=rest[2])
    elif kind == "unbundle":
        bundling.unbundle(study, picks(rest[0]))
    elif kind == "leave":
        bundling.leave_over(study, picks(rest[0]), rest[1])
    elif kind == "lift":
        bundling.lift(study, [category(study, rest[0])], label=rest[1], rule=rest[2], reason="so")
    elif kind == "merge":
        bundling.merge_reductions(
            study, [category(study, rest[0])], category(study, rest[1]), rule=rest[2]
        )
    elif kind == "close":
        with study.store.read() as connection:
            step = question.read_question(connection, "helps").step
        steps.close_step(study, "helps", step)
    elif kind == "back":
        steps.return_to(study, "helps", rest[0], reason="looked again")
    elif kind == "undo":
        study.undo(skip=True)
    else:
        study.redo(skip=True)


def holds(study: p3c.Study) -> None:
    """Look at everything that holds at all times."""
    with study.store.read() as connection:
        asked = question.read_question(connection, "helps")
        rows = state.read_units(connection, asked)
        counts = state.count_states(connection, asked)
        table = ROWS["reduction"]
        into = dict(connection.execute(select(table.c.id, table.c.into)).all())
        assert replay.compare(connection) == []
    # one to one: a row is a unit, with one paraphrase and one generalisation
    assert [each.no for each in rows] == list(range(1, len(rows) + 1))
    spans = [(each.source, each.start, each.end) for each in rows]
    assert len(set(spans)) == len(spans)
    # conservation: each unit is in one state, and none is lost
    assert counts == dict.fromkeys(state.STATES, 0) | Counter(each.state for each in rows)
    assert sum(counts.values()) == len(rows)
    by_id = {each.id: each for each in rows}
    for each in rows:
        if each.state in {"bundled", "left_over", "kept", "deleted", "generalised"}:
            assert each.paraphrase
            assert each.generalisation
        if each.state == "bundled":
            assert each.kept
            assert each.z4
            assert each.reduction in into
        if each.state == "left_over":
            assert each.left_over
        if each.state == "deleted":
            assert each.z3
            if each.z3 == "Z3.1":
                twin = by_id[each.same_as or ""]
                assert twin.kept
                assert twin.recording_unit == each.recording_unit
            else:
                assert each.reason
    for name in into:
        seen = set()
        while name is not None:
            assert name not in seen
            seen.add(name)
            name = into.get(name)  # noqa: PLW2901


@given(st.lists(DEED, max_size=30))
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_done_every_unit_is_in_one_state_and_none_is_lost(deeds: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # another person asked, so that no undo takes the question away
        with p3c.new_study(folder / "study", title="T", coder="lead") as asked:
            fill(asked, folder)
            ask(asked)
        with p3c.open_study(folder / "study", coder="anna") as study:
            before: set[str] = set()
            for deed in deeds:
                closed = False
                with contextlib.suppress(P3CError):
                    do(study, deed)
                    closed = deed[0] == "close"
                if closed:
                    no_orphan(study)
                now = {each.id for each in units_of(study) if each.paraphrase}
                # what was written leaves the table by an undo alone
                assert deed[0] in {"undo", "redo", "rewrite", "drop"} or before <= now
                before = now
            holds(study)


def no_orphan(study: p3c.Study) -> None:
    """Look at what holds when a step was just closed."""
    with study.store.read() as connection:
        asked = question.read_question(connection, "helps")
        assert steps.broken(connection, asked) == []
        rows = state.read_units(connection, asked)
        table = ROWS["reduction"]
        into = dict(connection.execute(select(table.c.id, table.c.into)).all())
    if asked.behind("bundle"):
        assert {each.state for each in rows} <= {"bundled", "left_over", "deleted", "dropped"}
        reached = {each.reduction for each in rows if each.state == "bundled"}
        for name in list(reached):
            while (name := into.get(name)) is not None:
                reached.add(name)
        assert set(into) <= reached


@given(st.lists(DEED, max_size=12), st.lists(DEED, max_size=12))
@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
def test_two_copies_come_to_the_same_table_in_either_order(hers: list[Any], his: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with p3c.new_study(folder / "one", title="T", coder="anna") as one:
            fill(one, folder)
            ask(one)
            for at in range(4):
                do(one, ("select", "A1", at, True))
                do(one, ("generalise", at, "wider"))
            one.export_lines(folder / "begin.jsonl")
            with p3c.new_study(folder / "two", title="T", coder="ben") as two:
                two.import_lines(folder / "begin.jsonl")
                for study, deeds in ((one, hers), (two, his)):
                    for deed in deeds:
                        with contextlib.suppress(P3CError):
                            do(study, deed)
                one.export_lines(folder / "one.jsonl")
                two.export_lines(folder / "two.jsonl")
                one.import_lines(folder / "two.jsonl")
                two.import_lines(folder / "one.jsonl")
                assert units_of(one) == units_of(two)
                counts = Counter(each.state for each in units_of(one))
                assert sum(counts.values()) == len(units_of(one))
                for study in (one, two):
                    with study.store.read() as connection:
                        assert replay.compare(connection) == []
