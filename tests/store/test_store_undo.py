"""Undo and redo: one's own last act, and what stands in its way."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from p3c_qual.errors import P3CError
from p3c_qual.store.engine import open_store
from p3c_qual.store.schema import act
from p3c_qual.store.undo import redo, undo


def test_undo_takes_back_and_redo_does_again(world):
    row = world.add("source", key="x", title="old")
    world.set("source", row, title="new")
    undo(world.store, "anna")
    assert world.row("source", row)["title"] == "old"
    redo(world.store, "anna")
    assert world.row("source", row)["title"] == "new"
    assert world.faults() == []


def test_undo_goes_back_act_by_act_and_redo_forth_again(world):
    row = world.add("source", key="x", title="1")
    for title in "234":
        world.set("source", row, title=title)
    seen = []
    for _ in range(3):
        undo(world.store, "anna")
        seen.append(world.row("source", row)["title"])
    for _ in range(3):
        redo(world.store, "anna")
        seen.append(world.row("source", row)["title"])
    assert seen == ["3", "2", "1", "2", "3", "4"]
    assert world.faults() == []


def test_undo_after_redo_takes_back_what_was_done_again(world):
    row = world.add("source", key="x", title="1")
    world.set("source", row, title="2")
    for step in (undo, redo, undo, redo, undo):
        step(world.store, "anna")
    assert world.row("source", row)["title"] == "1"
    undo(world.store, "anna")
    assert world.rows("source") == []


def test_a_row_comes_back_whole_with_its_long_texts(world):
    row = world.add("memo", text="A thought", kind="surprise")
    before = world.row("memo", row)
    world.remove("memo", row)
    undo(world.store, "anna")
    assert world.row("memo", row) == before


def test_a_coding_that_was_widened_gets_its_words_back(world):
    place = world.source()
    row = world.coding(place, 0, 7)
    world.set("coding", row, end=17, quote="We meet each week")
    undo(world.store, "anna")
    assert world.row("coding", row)["quote"] == "We meet"
    assert world.faults() == []


def test_each_takes_back_their_own_where_two_work_at_once(world):
    a, b = (world.add("source", key=k, actor=who) for k, who in (("a", "anna"), ("b", "ben")))
    world.set("source", a, "anna", title="by anna")
    world.set("source", b, "ben", title="by ben")
    undo(world.store, "anna")
    assert world.row("source", a)["title"] is None
    assert world.row("source", b)["title"] == "by ben"


def test_nothing_left_to_take_back_says_so(world):
    with pytest.raises(P3CError, match="anna has nothing to undo"):
        undo(world.store, "anna")
    world.add("source", key="x")
    with pytest.raises(P3CError, match="anna has nothing to redo"):
        redo(world.store, "anna")


def test_a_new_act_ends_redo(world):
    world.add("source", key="x")
    undo(world.store, "anna")
    world.add("source", key="y")
    with pytest.raises(P3CError, match="nothing to redo"):
        redo(world.store, "anna")


def test_somebody_elses_act_does_not_end_redo(world):
    world.add("source", key="x")
    undo(world.store, "anna")
    world.add("source", "ben", key="y")
    redo(world.store, "anna")
    assert {row["key"] for row in world.rows("source")} == {"x", "y"}


def test_what_somebody_changed_since_is_refused_with_who_and_when(world):
    row = world.add("source", key="x", title="old")
    world.set("source", row, "anna", title="new", date="2023")
    world.set("source", row, "ben", title="newer")
    with pytest.raises(P3CError, match=r"ben changed title of this source on 20\d\d-") as refused:
        undo(world.store, "anna")
    assert "--skip" in str(refused.value)
    assert world.row("source", row)["title"] == "newer"


def test_a_row_of_ones_own_that_somebody_changed_since_is_not_taken_away(world):
    row = world.add("memo", text="anna's thought")
    world.set("memo", row, "ben", text="ben's thought")
    with pytest.raises(P3CError, match="ben changed text of this memo"):
        undo(world.store, "anna")
    assert world.row("memo", row)["text"] == "ben's thought"


def test_skip_leaves_what_was_changed_and_takes_back_the_rest(world):
    with world.act() as here:
        rows = here.insert("source", [{"key": "x"}, {"key": "y"}])
    with world.act() as here:
        here.update("source", {row: {"title": "new"} for row in rows})
    world.set("source", rows[0], "ben", title="ben's")
    done = undo(world.store, "anna", skip=True)
    assert [world.row("source", row)["title"] for row in rows] == ["ben's", None]
    assert done["skipped"] == 1
    assert world.faults() == []


def test_what_somebody_took_back_themselves_stands_in_nobodys_way(world):
    row = world.add("source", key="x", title="old")
    world.set("source", row, "anna", title="new")
    world.set("source", row, "ben", title="ben's")
    undo(world.store, "ben")
    undo(world.store, "anna")
    assert world.row("source", row)["title"] == "old"


def test_what_anothers_act_is_built_on_is_refused_saying_so(world):
    place = world.source(actor="anna")
    world.coding(place, 0, 7, actor="ben")
    with pytest.raises(P3CError, match=r"ben built on this (source|text) with a coding on 20"):
        undo(world.store, "anna")
    assert world.rows("source")


def test_a_memo_on_a_coding_is_built_on_it(world):
    row = world.coding(world.source("IP01", actor="eve"), 0, 7, actor="anna")
    world.add("memo", "ben", about="coding", target=row, text="Is it?")
    with pytest.raises(P3CError, match="ben built on this coding with a memo"):
        undo(world.store, "anna")


def test_skip_keeps_what_others_hang_on_and_all_that_it_hangs_on(world):
    with world.act("anna") as here:
        programme = here.insert("programme", [{"key": "p"}, {"key": "q"}])
        source = here.insert("source", [{"key": "x", "programme": programme[0]}])[0]
    world.add("memo", "ben", about="source", target=source, text="Mind this.")
    undo(world.store, "anna", skip=True)
    assert [row["key"] for row in world.rows("programme")] == ["p"]
    assert world.row("source", source)
    assert world.faults() == []


def test_an_act_that_made_all_that_hangs_together_is_taken_back_whole(world):
    with world.act("anna") as here:
        programme = here.insert("programme", [{"key": "p"}])[0]
        here.insert("source", [{"key": "x", "programme": programme}])
    undo(world.store, "anna")
    assert not world.rows("programme")
    assert not world.rows("source")


def test_somebody_elses_act_needs_a_reason_and_then_says_who_reversed_it(world):
    with world.act("anna") as here:
        group = here.id
        here.insert("source", [{"key": "x"}])
    with pytest.raises(P3CError, match="this act is anna's"):
        undo(world.store, "eve", group=group)
    undo(world.store, "eve", group=group, reason="wrong file")
    assert not world.rows("source")
    with pytest.raises(P3CError, match="eve took it back already"):
        undo(world.store, "anna", group=group)
    with world.store.read() as connection:
        line = connection.execute(select(act).where(act.c.target == group)).one()
    assert (line.actor, line.kind, line.reason) == ("eve", "undo", "wrong file")


def test_an_undo_can_be_undone_by_name(world):
    world.add("source", key="x")
    group = undo(world.store, "anna")["group"]
    undo(world.store, "anna", group=group)
    assert len(world.rows("source")) == 1


def test_an_unknown_act_is_refused(world):
    with pytest.raises(P3CError, match="no such act"):
        undo(world.store, "anna", group="0000")


def test_undo_survives_reopening(world):
    world.add("source", key="x")
    undo(world.store, "anna")
    world.store.close()
    again = open_store(
        world.store.engine.url.render_as_string(hide_password=False)
        if not world.store.sqlite
        else world.store.place
    )
    redo(again, "anna")
    undo(again, "anna")
    again.close()
    assert world.rows("source") == []


def test_the_last_act_is_the_last_in_time_wherever_it_was_made(new_world):
    here, there = new_world(), new_world()
    there.add("source", key="earlier")
    here.add("source", key="later")
    here.join(there)
    undo(here.store, "anna")
    assert [row["key"] for row in here.rows("source")] == ["earlier"]


def test_a_key_given_away_since_is_not_taken_from_its_holder(world):
    row = world.add("source", key="x")
    world.set("source", row, key="y")
    world.add("source", "ben", key="x")
    with pytest.raises(P3CError, match="the key of this source was given to another one since"):
        undo(world.store, "anna")
    assert sorted(each["key"] for each in world.rows("source")) == ["x", "y"]


def test_an_erasure_cannot_be_taken_back(world):
    place = world.source()
    with world.act() as here:
        here.erase([world.row("text", place[1])["hash"]])
    with pytest.raises(P3CError, match="erased words for good, and cannot be taken back"):
        undo(world.store, "anna")


def test_reading_on_does_not_stand_in_the_way_of_an_earlier_coding(world):
    place = world.source()
    with world.act() as here:
        reading = here.insert("reading", [{"source": place[0], "ranges": []}])[0]
    with world.act() as here:
        group = here.id
        memo = here.insert("memo", [{"text": "a"}])[0]
        here.update("reading", {reading: {"ranges": [[0, 5]]}})
    world.set("reading", reading, ranges=[[0, 9]])
    undo(world.store, "anna", group=group)
    assert world.row("memo", memo) is None
    assert world.row("reading", reading)["ranges"] == [[0, 9]]
