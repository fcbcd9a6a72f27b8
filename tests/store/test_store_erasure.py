"""Erasure: the words go everywhere, what was done stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from p3c_qual.errors import P3CError
from p3c_qual.store import payloads
from p3c_qual.store.erasure import held_by
from p3c_qual.store.words import candidates

NAME = "Featherstone"


@pytest.fixture
def told(world):
    """A study in which a rare name stands in a text, a quote, memos, a variable and a note."""
    world.place = world.source(body=f"I am {NAME}. My {NAME.lower()} hat is {NAME}ish.")
    world.source("IP02", body="Nobody is named here.")
    world.coding(world.place, 0, 17, code="c", coder="x")
    world.memo = world.add("memo", about="source", target=world.place[0], text=f"{NAME} cried")
    world.set("memo", world.memo, text=f"{NAME} laughed")
    world.set("source", world.place[0], variables={"said": f"{NAME} was here"})
    world.set("text", world.place[1], notes=[f"speakers: {NAME}"])
    return world


def erase(world):
    rows = {"source": [world.place[0]], "text": [world.place[1]], "memo": [world.memo]}
    with world.act("eve", reason="consent withdrawn") as act:
        act.erase(held_by(act.connection, rows))


def words_left(world):
    path = world.export("left.jsonl")
    return NAME.lower().encode() in path.read_bytes().lower()


def test_the_words_are_gone_from_rows_payloads_index_and_export(told):
    assert words_left(told)
    erase(told)
    assert NAME.lower() not in f"{told.state()}".lower()
    assert not words_left(told)
    with told.store.read() as connection:
        assert candidates(connection, NAME) == set()
        assert candidates(connection, "nobody") != set()


def files_of(store):
    """Return the files in which the store's rows lie."""
    if store.sqlite:
        return list(Path(store.place).parent.glob("store0.sqlite*"))
    with store.read() as connection:
        folder = connection.scalar(text("show data_directory"))
        base = "select oid from pg_database where datname = current_database()"
        return list((Path(folder) / "base" / str(connection.scalar(text(base)))).iterdir())


def test_the_words_are_gone_from_the_files(told):
    erase(told)
    with told.store.read() as connection:
        if not told.store.sqlite:
            connection.execute(text("checkpoint"))
    files = files_of(told.store)
    assert len(files) > 1
    for moment in ("open", "closed"):
        for path in files:
            data = path.read_bytes().lower() if path.exists() else b""
            assert b"feather" not in data, (moment, path.name)
            assert b"stoneish" not in data, (moment, path.name)
        told.store.close()


def test_the_journal_keeps_that_it_was_done_and_replays(told):
    before = len(told.rows("coding"))
    erase(told)
    assert told.faults() == []
    assert len(told.rows("coding")) == before
    assert told.rows("coding")[0]["quote"] is None
    assert told.row("text", told.place[1])["hash"]


def test_an_older_copy_does_not_bring_the_words_back(told, new_world):
    older = new_world()
    older.join(told)
    erase(told)
    told.join(older)
    assert not words_left(told)
    assert told.faults() == []


def test_erasing_reaches_a_copy_that_is_joined_later(told, new_world):
    other = new_world()
    other.join(told)
    other.coding(told.place, 20, 30, code="c", coder="x", actor="ben")
    erase(told)
    other.join(told)
    assert not words_left(other)
    assert NAME not in f"{other.state()}"
    assert other.faults() == []
    with other.store.read() as connection:
        assert candidates(connection, NAME) == set()


def test_a_fresh_copy_made_after_the_erasure_is_the_same(told, new_world):
    erase(told)
    fresh = new_world()
    fresh.join(told)
    assert fresh.state() == told.state()
    assert fresh.faults() == []


def test_a_text_of_a_source_that_was_removed_first_goes_too(told):
    told.remove("source", told.place[0])
    told.remove("text", told.place[1])
    erase(told)
    with told.store.read() as connection:
        assert candidates(connection, NAME) == set()
    assert not words_left(told)


def test_what_another_row_says_in_the_same_words_of_a_structure_stays(told):
    other = told.add("source", key="IP03", variables={"said": f"{NAME} was here"})
    erase(told)
    assert told.row("source", other)["variables"]


def test_the_same_text_does_not_come_in_again_unseen(told):
    with told.store.read() as connection:
        body = payloads.get(connection, told.row("text", told.place[1])["hash"])
    erase(told)
    with pytest.raises(P3CError, match="was erased from the study on purpose"):
        told.source("IP09", body=body)


def test_a_payload_that_is_there_although_it_was_erased_is_found(told):
    from sqlalchemy import update

    from p3c_qual.store.schema import payload

    hashed = told.row("text", told.place[1])["hash"]
    erase(told)
    with told.store.write() as connection:
        connection.execute(update(payload).where(payload.c.hash == hashed).values(text="back"))
    assert ("payload", hashed, "was erased and is there") in told.faults()
