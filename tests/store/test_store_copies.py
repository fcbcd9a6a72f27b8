"""The road for copies: out, in, joined, to the other store and back."""

from __future__ import annotations

import orjson
import pytest

from p3c_qual.errors import P3CError
from p3c_qual.store import copies
from p3c_qual.store.engine import open_store


@pytest.fixture
def three(new_world):
    """Give three copies that began as one and went their own ways."""
    first = new_world()
    first.place = first.source()
    memo = first.add("memo", text="first")
    others = [new_world(), new_world()]
    for other in others:
        other.join(first)
    for world, who in zip((first, *others), ("anna", "ben", "eve"), strict=True):
        world.set("memo", memo, who, text=f"{who}'s")
        world.add("source", who, key="IP09", title=who)
        world.coding(first.place, 0, 7, code="c", coder=who, actor=who)
    return first, *others


def test_joining_does_not_depend_on_the_order(three, new_world):
    files = [world.export(f"{name}.jsonl") for name, world in zip("abc", three, strict=True)]
    states = []
    for order in ((0, 1, 2), (2, 1, 0), (1, 0, 2)):
        joined = new_world()
        for number in order:
            copies.import_lines(joined.store, files[number])
        states.append((joined.state(), joined.export("joined.jsonl").read_bytes()))
        assert joined.faults() == []
    assert states[0] == states[1] == states[2]


def test_joining_is_associative(three, new_world):
    a, b, c = three
    left, right, pair = new_world(), new_world(), new_world()
    for world in (a, b, c):
        left.join(world)
    for world in (b, c):
        pair.join(world)
    right.join(a)
    right.join(pair)
    assert left.state() == right.state()


def test_joining_again_changes_nothing(three):
    a, b, _ = three
    assert a.join(b)["events"] > 0
    before = a.state()
    assert a.join(b) == {"events": 0, "acts": 0, "payloads": 0}
    assert a.state() == before


def test_out_and_in_through_both_stores_gives_the_same_bytes(three, tmp_path, new_database):
    a, *_ = three
    first = a.export("first.jsonl").read_bytes()
    path = tmp_path / "first.jsonl"
    for number, address in enumerate((new_database(), tmp_path / "x.sqlite", new_database())):
        store = open_store(address, create=True)
        copies.import_lines(store, path)
        path = tmp_path / f"{number}.jsonl"
        copies.export_lines(store, path)
        store.close()
        assert path.read_bytes() == first


def test_an_export_that_cannot_be_written_says_so_and_leaves_nothing(world, tmp_path):
    world.add("source", key="x")
    with pytest.raises(P3CError, match=r"nowhere.*cannot be written \(No such file"):
        copies.export_lines(world.store, tmp_path / "nowhere" / "x.jsonl")
    assert not list(tmp_path.glob("**/*.part"))


def test_a_file_that_is_not_there_is_refused(world, tmp_path):
    with pytest.raises(P3CError, match="cannot be read"):
        copies.import_lines(world.store, tmp_path / "none.jsonl")


@pytest.mark.parametrize("keep", [2, 3, 4, -1])
def test_an_export_cut_off_between_two_lines_is_refused(world, new_world, keep):
    world.source()
    path = world.export()
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:keep]))
    other = new_world()
    with pytest.raises(P3CError, match="cut off"):
        copies.import_lines(other.store, path)
    assert other.rows("source") == other.rows("text") == []


def test_an_export_of_a_newer_format_is_refused(world, new_world):
    path = world.export()
    head, *rest = path.read_bytes().splitlines(keepends=True)
    newer = orjson.dumps({**orjson.loads(head), "format": 99}) + b"\n"
    path.write_bytes(newer + b"".join(rest))
    with pytest.raises(P3CError, match="a newer version wrote this export"):
        copies.import_lines(new_world().store, path)


def test_a_line_given_twice_counts_once(world, new_world):
    world.source()
    path = world.export()
    head, *lines = path.read_bytes().splitlines(keepends=True)
    doubled = [line for line in lines[:-1] for _ in range(2)]
    path.write_bytes(head + b"".join(doubled) + b'{"lines":%d}\n' % (len(doubled) + 1))
    other = new_world()
    copies.import_lines(other.store, path)
    assert other.state() == world.state()


def test_an_event_that_says_something_else_here_is_refused(world, new_world):
    world.add("source", key="x", title="true")
    other = new_world()
    other.join(world)
    path = world.export()
    path.write_bytes(path.read_bytes().replace(b"true", b"lied"))
    with pytest.raises(P3CError, match="something else than this study"):
        copies.import_lines(other.store, path)


def test_files_of_bytes_travel_too(world, new_world):
    from p3c_qual.store import payloads

    data = bytes(range(256))
    with world.act() as here:
        payloads.put_many(here.connection, [data])
        here.insert("memo", [{"text": "so that it is an act"}])
    other = new_world()
    other.join(world)
    with other.store.read() as connection:
        assert payloads.get(connection, payloads.hash_of(data)) == data


def test_what_is_joined_can_be_searched(world, new_world):
    from p3c_qual.store.words import candidates

    _, text = world.source()
    other = new_world()
    other.join(world)
    with other.store.read() as connection:
        assert candidates(connection, "NURSE") == {text}
