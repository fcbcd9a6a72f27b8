"""The store as it stood at a moment: the same rows and the same export as then."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from sqlalchemy import select, text

from p3c_qual.errors import P3CError
from p3c_qual.store import copies, engine, payloads, undo
from p3c_qual.store.erasure import held_by
from p3c_qual.store.past import open_past, read_moment
from p3c_qual.store.replay import compare
from p3c_qual.store.schema import ROWS, act
from p3c_qual.store.words import candidates


def last(world):
    """Return when the last act was done, and let time go on."""
    with world.store.read() as connection:
        at = connection.scalars(select(act.c.at).order_by(act.c.clock.desc())).first()
    time.sleep(0.003)
    return at


@pytest.fixture
def then(world):
    """Give a function that opens the store of the world as of a moment."""
    made = []

    def at(moment):
        made.append(open_past(world.store, moment))
        return made[-1]

    yield at
    for store in made:
        store.close()


def state(store):
    with store.read() as connection:
        found = {}
        for name, table in ROWS.items():
            rows = connection.execute(select(table).order_by(table.c.id)).mappings()
            found[name] = [dict(row) for row in rows]
        return found, compare(connection)


def history(world):
    """Do what a study does, an act at a time."""
    yield (place := world.source())
    yield (coding := world.coding(place, 0, 17, code="c"))
    yield (memo := world.add("memo", about="source", target=place[0], text="first"))
    yield world.set("memo", memo, text="second")
    yield world.set("source", place[0], variables={"town": "Y"}, key="IP09")
    yield world.remove("coding", coding)
    yield undo.undo(world.store, "anna")
    yield undo.undo(world.store, "anna")
    yield undo.redo(world.store, "anna")
    yield world.source("IP01", body="Another one.")


def test_after_each_act_it_is_what_was_exported_then(world, then):
    kept = []
    for _ in history(world):
        path = world.export(f"{len(kept)}.jsonl")
        kept.append((last(world), world.state(), path.read_bytes()))
    for at, rows, export in kept:
        past = then(at)
        assert state(past) == (rows, [])
        path = world.folder / "past.jsonl"
        copies.export_lines(past, path)
        assert path.read_bytes() == export


def test_a_word_said_later_is_not_found(world, then):
    world.source(body="Plums.")
    early = last(world)
    world.source("IP02", body="Pears.")
    with then(early).read() as connection:
        assert len(candidates(connection, "plums")) == 1
        assert candidates(connection, "pears") == set()


def test_what_was_erased_since_is_gone_then_too(world, then):
    place = world.source(body="Plums for Mrs Featherstone.")
    coding = world.coding(place, 0, 5, code="c")
    memo = world.add("memo", about="source", target=place[0], text="Featherstone again")
    early = last(world)
    with world.act("eve", verb="withdraw IP01", reason="consent withdrawn") as eve:
        held = held_by(eve.connection, {"text": [place[1]], "memo": [memo]})
        eve.delete("coding", [coding])
        eve.erase(held)
    past = then(early)
    rows, faults = state(past)
    assert faults == []
    assert rows["coding"] == []
    assert [row["text"] for row in rows["memo"]] == [None]
    assert "Featherstone" not in f"{rows}"
    assert b"Featherstone" not in Path(past.folder.name, "study.sqlite").read_bytes()
    with past.read() as connection:
        assert payloads.get_many(connection, held) == {}
        assert connection.scalars(select(act.c.verb).order_by(act.c.clock)).all()[-1] == (
            "withdraw IP01"
        )


def test_a_consent_that_was_taken_back_since_is_not_there_then(world, then):
    part = world.add("participation", consent_quoted="yes", consent_reused="yes", speaker="R1")
    other = world.add("participation", consent_quoted="yes")
    early = last(world)
    world.set("participation", part, consent_quoted="no")
    world.set("participation", part, speaker="R2")
    world.set("participation", other, consent_quoted="no")
    world.set("participation", other, consent_quoted="yes")
    rows, faults = state(then(early))
    told = {row["id"]: (row["consent_quoted"], row["speaker"]) for row in rows["participation"]}
    assert told == {part: ("no", "R1"), other: ("yes", None)}
    assert faults == []


def test_what_a_copy_had_done_by_then_counts_though_it_came_later(new_world):
    one, other = new_world(), new_world()
    one.add("programme", key="here")
    other.add("programme", key="there")
    early = last(other)
    one.add("programme", key="late")
    one.join(other)
    past = open_past(one.store, early)
    rows, _ = state(past)
    past.close()
    assert {row["key"] for row in rows["programme"]} == {"here", "there"}


def test_a_store_that_was_upgraded_since_is_read_in_the_new_layout(world, then):
    world.source()
    early = last(world)
    rows = world.state()
    with world.store.write() as connection:
        connection.execute(text("drop table quote"))
        world.store.set_meta(connection, "format", "4")
    engine._check_format(world.store)
    world.source("IP02", body="Later.")
    assert state(then(early)) == (rows, [])


def test_it_can_only_be_read_and_its_file_goes_with_it(world, then):
    world.source()
    past = then(last(world))
    folder = Path(past.folder.name)
    with pytest.raises(P3CError, match="open as it stood on") as caught:
        past.write().__enter__()
    assert caught.value.problems[0].code == "read_only"
    assert folder.is_dir()
    past.close()
    assert not folder.exists()


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("2026-11-01", "2026-11-01T23:59:59.999Z"),
        (" 2026-11-01 14:30", "2026-11-01T14:30:59.999Z"),
        ("2026-11-01T14:30:05", "2026-11-01T14:30:05.999Z"),
        ("2026-11-01T14:30:05.120Z", "2026-11-01T14:30:05.120Z"),
        ("2026-11-01T00:30+02:00", "2026-10-31T22:30:59.999Z"),
    ],
)
def test_a_moment_reaches_to_the_end_of_what_it_names(text, until):
    assert read_moment(text).until == until


def test_a_moment_of_which_nothing_is_known_is_refused(world):
    world.source()
    day = last(world)[:10]
    for moment in ("1.11.2026", "2026-13-01", "2026-11-01 25:00"):
        with pytest.raises(P3CError, match="neither a day nor a time"):
            open_past(world.store, moment)
    for moment, told in (("9999-12-31", "lies ahead"), ("2020-01-01", "the study had not begun")):
        with pytest.raises(P3CError, match=told) as caught:
            open_past(world.store, moment)
        assert f"began on {day}" in str(caught.value)
        assert f"last change is of {day}" in str(caught.value)
