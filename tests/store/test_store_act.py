"""What one act writes: rows and events together, all or nothing."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from p3c_qual.errors import P3CError
from p3c_qual.store.schema import act, event


def events(world):
    with world.store.read() as connection:
        return connection.scalar(select(func.count()).select_from(event))


def fail(world, said=()):
    """Write something, and fail."""
    with world.act() as here:
        here.insert("source", [{"key": "x"}])
        if said:
            here.when_kept.append(lambda: said.append("not kept"))
            here.when_lost.append(lambda: said.append("lost"))
        raise ZeroDivisionError


def test_a_row_comes_back_as_it_was_given(world):
    fields = {"key": "x", "title": "A, \U0001f642 b", "variables": {"n": 1, "é": ["a", None]}}
    row = world.add("source", **fields)
    assert fields.items() <= world.row("source", row).items()
    assert world.faults() == []


def test_a_value_that_is_equal_is_no_change_and_no_event(world):
    row = world.add("source", key="x", title="T")
    before = events(world)
    world.set("source", row, title="T")
    assert events(world) == before


def test_an_act_that_did_nothing_leaves_no_line(world):
    with world.act():
        pass
    with world.store.read() as connection:
        assert connection.scalar(select(func.count()).select_from(act)) == 0


def test_an_act_that_fails_leaves_nothing(world):
    with pytest.raises(ZeroDivisionError):
        fail(world)
    assert (world.rows("source"), events(world)) == ([], 0)


def test_what_is_to_be_done_after_an_act_depends_on_whether_it_is_kept(world):
    said = []
    with world.act() as here:
        here.when_kept.append(lambda: said.append("kept"))
        here.when_lost.append(lambda: said.append("not lost"))
    with pytest.raises(ZeroDivisionError):
        fail(world, said)
    assert said == ["kept", "lost"]


def test_a_deleted_row_is_gone_and_its_events_stay(world):
    row = world.add("memo", text="A thought")
    before = events(world)
    world.remove("memo", row)
    assert world.rows("memo") == []
    assert events(world) == before + 1
    assert world.faults() == []


def test_events_say_what_was_there_before(world):
    row = world.add("source", key="x", title="old")
    world.set("source", row, title="new")
    with world.store.read() as connection:
        last = connection.execute(select(event).order_by(event.c.seq.desc()).limit(1)).one()
    assert (last.before, last.after) == ('{"title":"old"}', '{"title":"new"}')


def test_what_a_person_wrote_does_not_stand_in_the_events(world):
    world.add("memo", text="Featherstone cried")
    world.add("source", key="x", variables={"told": "Featherstone"})
    world.coding(world.source(), 35, 51)
    with world.store.read() as connection:
        lines = connection.execute(select(event.c.before, event.c.after)).all()
    assert not [line for line in lines if "Featherstone" in f"{line}"]
    assert world.faults() == []


@pytest.mark.parametrize(
    "write",
    [
        lambda act, _: act.insert("source", [{"key": "taken"}]),
        lambda act, row: act.update("source", {row: {"key": "taken"}}),
        lambda act, _: act.insert("source", [{"key": "x"}, {"key": "x"}, {"key": "taken"}]),
    ],
    ids=["a new row", "a row renamed", "several new rows"],
)
def test_a_key_that_another_row_holds_is_refused_by_name(world, write):
    world.add("source", key="taken")
    row = world.add("source", key="free")
    with pytest.raises(P3CError, match="there is a source 'taken' already"), world.act() as here:
        write(here, row)
    assert {each["key"] for each in world.rows("source")} == {"taken", "free"}


def test_the_same_key_in_two_codebooks_is_no_clash(world):
    books = [world.add("codebook", key=key) for key in "ab"]
    for book in books:
        world.add("code", key="workforce", codebook=book)
    assert len(world.rows("code")) == 2


@pytest.mark.parametrize("text", ["a\x00b", "half \ud800 of a pair"], ids=["NUL", "surrogate"])
def test_a_character_that_one_of_the_stores_cannot_hold_is_refused(world, text):
    with pytest.raises(P3CError, match="a character that no text can hold"):
        world.add("source", key="x", title=text)
    assert world.rows("source") == []


def test_a_name_that_every_copy_gives_alike_is_not_used_twice(world):
    with world.act() as here:
        first = here.named_id("coder", "anna")
        here.insert("coder", [{"id": first, "key": "anna"}])
    world.remove("coder", first)
    with world.act() as here:
        second = here.named_id("coder", "anna")
    assert second != first
