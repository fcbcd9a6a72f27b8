"""What a person left lying: kept for them alone, and no part of the study's record."""

from __future__ import annotations

import dataclasses

import pytest

from p3c_qual.store.desk import put_on_desk, read_desk
from p3c_qual.store.undo import undo


def desk(world, actor="anna"):
    with world.store.read() as connection:
        return read_desk(connection, actor)


@pytest.mark.parametrize(
    "value", [0, "", None, [1, 2], {"start": 3, "open": True}, "é \U0001f642"], ids=repr
)
def test_what_is_put_down_lies_there(world, value):
    assert put_on_desk(world.store, "anna", "position/IP01", value) is True
    assert desk(world) == {"position/IP01": value}


def test_a_value_replaces_the_one_before_and_no_other(world):
    put_on_desk(world.store, "anna", "a", 1)
    put_on_desk(world.store, "anna", "b", 2)
    put_on_desk(world.store, "anna", "a", 3)
    assert desk(world) == {"a": 3, "b": 2}


def test_each_has_a_desk_of_their_own(world):
    put_on_desk(world.store, "anna", "size", 1)
    put_on_desk(world.store, "ben", "size", 2)
    assert (desk(world), desk(world, "ben"), desk(world, "eve")) == ({"size": 1}, {"size": 2}, {})


def test_it_is_in_no_journal_no_export_and_no_undo(world):
    world.add("source", key="x")
    before, cursor = world.export("before.jsonl").read_bytes(), world.store.cursor()
    put_on_desk(world.store, "anna", "size", 1)
    assert world.store.cursor() == cursor
    assert world.export("after.jsonl").read_bytes() == before
    undo(world.store, "anna")
    assert world.rows("source") == []
    assert desk(world) == {"size": 1}
    assert world.faults() == []


def test_where_nothing_can_be_written_nothing_is_kept_and_it_is_said(world):
    closed = dataclasses.replace(world.store, writable=False)
    assert put_on_desk(closed, "anna", "size", 1) is False
    assert desk(world) == {}
