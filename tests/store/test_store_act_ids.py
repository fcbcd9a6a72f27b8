"""An act may bring its own id: asked for twice, it is done once."""

from __future__ import annotations

import dataclasses
import threading
import uuid

import pytest
from sqlalchemy import select

from p3c_qual.errors import P3CError
from p3c_qual.store.act import act_done, begin_act
from p3c_qual.store.schema import act
from p3c_qual.store.undo import redo, undo


def done(world, name):
    with world.store.read() as connection:
        return act_done(connection, name)


def codes(refused):
    return [each.code for each in refused.value.problems]


def test_an_act_carries_the_id_it_was_given(world):
    name = str(uuid.uuid4())
    assert not done(world, name)
    with world.act(id=name) as here:
        here.insert("source", [{"key": "x"}])
    assert here.id == name
    assert done(world, name)
    assert done(world, name.upper())


def test_asked_for_twice_it_is_done_once(world):
    name = str(uuid.uuid4())
    with world.act(id=name) as here:
        here.insert("source", [{"key": "x"}])
    with pytest.raises(P3CError) as refused, world.act(id=name) as here:
        here.insert("source", [{"key": "y"}])
    assert codes(refused) == ["done"]
    assert [row["key"] for row in world.rows("source")] == ["x"]


def test_asked_for_by_several_at_once_it_is_done_once(world):
    name = str(uuid.uuid4())
    said = []

    def ask():
        try:
            with begin_act(world.store, actor="anna", verb="do", id=name) as here:
                here.insert("memo", [{"text": "A thought"}])
                said.append("done here")
        except P3CError as error:
            said.extend(each.code for each in error.problems)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(said) == ["done", "done", "done", "done here"]
    assert len(world.rows("memo")) == 1


def test_an_act_that_failed_or_did_nothing_may_be_asked_for_again(world):
    name = str(uuid.uuid4())
    with pytest.raises(ZeroDivisionError), world.act(id=name):
        raise ZeroDivisionError
    with world.act(id=name):
        pass
    with world.act(id=name) as here:
        here.insert("source", [{"key": "x"}])
    assert done(world, name)


@pytest.mark.parametrize("name", ["", "7", "x" * 36, "{" + str(uuid.UUID(int=1)) + "}", "'; --"])
def test_what_is_no_id_is_refused(world, name):
    with pytest.raises(P3CError, match="is no id of an act"), world.act(id=name):
        pass
    with pytest.raises(P3CError, match="is no id of an act"):
        done(world, name)


def test_an_undo_that_is_sent_twice_takes_back_one_act(world):
    for key in "xyz":
        world.add("source", key=key)
    first, second = str(uuid.uuid4()), str(uuid.uuid4())
    assert undo(world.store, "anna", id=first)["group"] == first
    with pytest.raises(P3CError) as refused:
        undo(world.store, "anna", id=first)
    assert codes(refused) == ["done"]
    assert [row["key"] for row in world.rows("source")] == ["x", "y"]
    redo(world.store, "anna", id=second)
    with pytest.raises(P3CError):
        redo(world.store, "anna", id=second)
    assert len(world.rows("source")) == 3


def test_an_act_may_say_what_it_did_once_that_is_known(world):
    with world.act(verb="code") as here:
        here.insert("source", [{"key": "x"}])
        here.say("add x")
    with world.store.read() as connection:
        assert connection.scalar(select(act.c.verb)) == "add x"
    assert here.actor == "anna"


def test_faults_that_a_program_acts_on_have_a_word_for_it(world):
    with pytest.raises(P3CError) as nothing:
        undo(world.store, "anna")
    row = world.add("source", key="x", title="old")
    world.set("source", row, "anna", title="new")
    world.set("source", row, "ben", title="newer")
    with pytest.raises(P3CError) as changed:
        undo(world.store, "anna")
    assert (codes(nothing), codes(changed)) == (["nothing"], ["changed_since"])
    assert "changed_since" not in str(changed.value)


def test_a_store_that_cannot_be_written_says_so_to_programs_too(world):
    closed = dataclasses.replace(world.store, writable=False)
    with pytest.raises(P3CError) as refused, begin_act(closed, actor="anna", verb="do"):
        pass
    assert codes(refused) == ["read_only"]


def test_the_place_of_a_code_stands_in_nobodys_way(world):
    row, other = (world.add("code", key=key, position=n) for n, key in enumerate("ab"))
    with world.act("anna") as here:
        group = here.id
        here.update("code", {row: {"label": "A", "position": 1}, other: {"position": 0}})
    world.set("code", row, "ben", position=2)
    undo(world.store, "anna", group=group)
    assert world.row("code", row)["label"] is None
    assert world.row("code", row)["position"] == 2
    assert world.row("code", other)["position"] == 1
