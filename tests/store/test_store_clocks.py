"""Clocks order what was done on several machines, whatever their own clocks say."""

from __future__ import annotations

import shutil
import time

import orjson
import pytest
from sqlalchemy import select

from p3c_qual.errors import P3CError
from p3c_qual.store import clock, copies
from p3c_qual.store.engine import open_store
from p3c_qual.store.schema import act, event


@pytest.fixture
def wall(monkeypatch):
    """Give a hand on the wall clock, in days from now."""
    real = time.time_ns
    days = [0.0]
    monkeypatch.setattr(time, "time_ns", lambda: real() + int(days[0] * 86_400_000_000_000))
    return days


def clocks(store):
    with store.read() as connection:
        return list(connection.scalars(select(event.c.clock).order_by(event.c.seq)))


def test_a_clock_never_goes_back_when_the_wall_clock_does(world, wall):
    row = world.add("source", key="x", title="1")
    wall[0] = -400
    world.set("source", row, title="2")
    found = clocks(world.store)
    assert found == sorted(set(found))
    assert world.faults() == []


def test_who_has_seen_an_act_of_a_fast_clock_acts_after_it(new_world, wall):
    slow, fast = new_world(), new_world()
    wall[0] = 365 * 5
    row = fast.add("source", key="x", title="fast")
    wall[0] = 0
    slow.join(fast)
    slow.set("source", row, "ben", title="slow, but later")
    fast.join(slow)
    assert fast.row("source", row)["title"] == "slow, but later"
    assert slow.faults() == fast.faults() == []


def test_the_same_time_on_two_copies_is_settled_alike(new_world, monkeypatch):
    here, there = new_world(), new_world()
    row = here.add("source", key="x")
    there.join(here)
    now = time.time_ns() + 10**9
    monkeypatch.setattr(time, "time_ns", lambda: now)
    here.set("source", row, title="here")
    there.set("source", row, title="there")
    here.join(there)
    there.join(here)
    assert here.row("source", row) == there.row("source", row)


@pytest.mark.parametrize("value", [clock.LAST + 1, -1, 1.5, "1", None])
def test_a_clock_that_none_can_show_is_refused(new_world, tmp_path, value):
    here, there = new_world(), new_world()
    here.add("source", key="x")
    lines = here.export().read_bytes().splitlines()
    for number, line in enumerate(lines):
        made = orjson.loads(line)
        if "event" in made:
            made["event"]["clock"] = value
            lines[number] = orjson.dumps(made)
    (tmp_path / "odd.jsonl").write_bytes(b"\n".join(lines) + b"\n")
    with pytest.raises(P3CError, match="holds no event"):
        copies.import_lines(there.store, tmp_path / "odd.jsonl")
    assert there.rows("source") == []


def test_a_copied_folder_gets_a_name_of_its_own(tmp_path):
    (tmp_path / "one").mkdir()
    names = []
    store = open_store(tmp_path / "one" / "study.sqlite", create=True)
    _write(store, "a")
    store.close()
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    for folder in ("one", "two", "one", "two"):
        store = open_store(tmp_path / folder / "study.sqlite")
        _write(store, "b" if folder == "one" else "c")
        with store.read() as connection:
            last = select(event.c.replica).order_by(event.c.seq.desc()).limit(1)
            names.append(connection.scalar(last))
        store.close()
    assert names[0] == names[2] != names[1] == names[3]


def _write(store, key):
    from p3c_qual.store.act import begin_act

    with begin_act(store, actor="anna", verb="do") as here:
        here.insert("memo", [{"text": key}])


def test_two_databases_of_one_server_are_two_copies(new_database):
    names = set()
    for _ in range(2):
        store = open_store(new_database(), create=True)
        _write(store, "a")
        with store.read() as connection:
            names.add(connection.scalar(select(event.c.replica)))
        store.close()
    assert len(names) == 2


def test_an_act_carries_the_clock_of_its_last_event(world):
    world.add("source", key="x")
    with world.store.read() as connection:
        assert connection.scalar(select(act.c.clock)) == clocks(world.store)[-1]


def test_new_ids_are_uuids_in_order_and_never_the_same():
    import uuid

    ids = [name for _ in range(50) for name in clock.new_ids(50)]
    assert len(set(ids)) == 2500
    assert {uuid.UUID(name).version for name in ids} == {7}
    assert {uuid.UUID(name).variant for name in ids} == {uuid.RFC_4122}
