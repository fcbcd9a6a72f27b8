"""A store of an older format is brought to the present layout when it is opened."""

from __future__ import annotations

import dataclasses
import threading

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.engine import make_url

import p3c_qual as p3c
from p3c_qual.errors import P3CError
from p3c_qual.settings import read_settings, write_settings
from p3c_qual.sources.incoming import Incoming
from p3c_qual.store import engine, replay, schema
from p3c_qual.store.act import begin_act
from p3c_qual.store.desk import put_on_desk, read_desk
from p3c_qual.store.engine import open_store
from p3c_qual.store.rows_realist import REALIST
from p3c_qual.store.schema import FORMAT

NEW_COLUMNS = ("important", "unsure", "origin")


def age(store, *, columns=NEW_COLUMNS, tables=("proposal", "desk")):
    """Take away what format 1 did not have."""
    with store.write() as connection:
        for column in columns:
            connection.execute(text(f"alter table coding drop column {column}"))
        for table in tables:
            connection.execute(text(f"drop table {table}"))
        store.set_meta(connection, "format", "1")


def fill(store):
    with begin_act(store, actor="anna", verb="do") as act:
        coder = act.insert("coder", [{"key": "anna"}])[0]
        row = {"coder": coder, "start": 0, "end": 4, "round": "main", "question": ""}
        return act.insert("coding", [row])[0]


def columns(store, table="coding"):
    with store.read() as connection:
        return {each["name"] for each in inspect(connection).get_columns(table)}


def format_of(store):
    with store.read() as connection:
        return store.meta(connection, "format")


@pytest.fixture
def old(new_address):
    """Give the address of a store of format 1, and a coding in it."""
    address = new_address()
    store = open_store(address, create=True)
    row = fill(store)
    age(store)
    assert columns(store).isdisjoint(NEW_COLUMNS)
    store.close()
    return address, row


def test_an_older_store_gets_what_is_new_and_keeps_what_it_holds(old):
    address, row = old
    store = open_store(address)
    assert format_of(store) == str(FORMAT)
    assert set(NEW_COLUMNS) <= columns(store)
    with store.read() as connection:
        assert replay.compare(connection) == []
    with begin_act(store, actor="anna", verb="do") as act:
        act.update("coding", {row: {"important": True, "origin": "search"}})
        act.insert("proposal", [{"change": "move", "args": {"parent": None}, "reason": "So."}])
    assert put_on_desk(store, "anna", "size", 14)
    with store.read() as connection:
        assert replay.compare(connection) == []
        assert read_desk(connection, "anna") == {"size": 14}
    store.close()


def test_the_tables_are_then_those_of_a_new_store(old, new_address):
    store, new = open_store(old[0]), open_store(new_address(), create=True)
    for table in schema.metadata.sorted_tables:
        assert columns(store, table.name) == columns(new, table.name)
    found = []
    for each in (store, new):
        with each.read() as connection:
            names = inspect(connection).get_indexes("proposal")
            found.append({index["name"] for index in names})
        each.close()
    assert found[0] == found[1] != set()


def test_a_store_of_the_format_before_gets_the_tables_of_the_realist_layer(new_address):
    address = new_address()
    store = open_store(address, create=True)
    row = fill(store)
    new = [table.name for table in REALIST]
    with store.write() as connection:
        for name in new:
            connection.execute(text(f"drop table {name}"))
        store.set_meta(connection, "format", "3")
    store.close()
    store = open_store(address)
    assert format_of(store) == str(FORMAT)
    with begin_act(store, actor="anna", verb="do") as act:
        theory = act.insert("theory", [{"key": "trust", "because": "They trust her."}])[0]
        made = act.insert("configuration", [{"key": "c1", "theory": theory}])[0]
        act.insert("negative_search", [{"configuration": made, "found": [], "silent": [row]}])
    with store.read() as connection:
        assert replay.compare(connection) == []
        for name in new:
            index = {each["name"] for each in inspect(connection).get_indexes(name)}
            assert {each.name for each in schema.ROWS[name].indexes} <= index
    store.close()


def test_an_upgrade_that_was_begun_elsewhere_is_finished(new_address):
    address = new_address()
    store = open_store(address, create=True)
    age(store, columns=("unsure",), tables=("desk",))
    store.close()
    store = open_store(address)
    assert set(NEW_COLUMNS) <= columns(store)
    assert put_on_desk(store, "anna", "size", 1)
    store.close()
    # and nothing is left to do
    store = open_store(address)
    assert format_of(store) == str(FORMAT)
    store.close()


def test_several_who_open_it_at_once_upgrade_it_once(old):
    wrong = []

    def open_it():
        try:
            open_store(old[0]).close()
        except Exception as error:  # noqa: BLE001
            wrong.append(error)

    threads = [threading.Thread(target=open_it) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert wrong == []
    store = open_store(old[0])
    assert set(NEW_COLUMNS) <= columns(store)
    store.close()


def test_an_upgrade_that_fails_leaves_the_older_store(old, monkeypatch):
    def fail(store, connection, key, value):
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(engine.Store, "set_meta", fail)
        with pytest.raises(ZeroDivisionError):
            open_store(old[0])
    store = open_store(old[0])
    assert format_of(store) == str(FORMAT)
    store.close()


def test_an_older_store_that_can_only_be_read_is_refused_saying_what_to_do(
    study, monkeypatch, tmp_path
):
    age(study.store)
    study.close()
    monkeypatch.setattr(engine.os, "access", lambda *_: False)
    with pytest.raises(P3CError, match=r"an older version wrote the study \(format 1") as refused:
        open_store(study.store.place)
    assert "open it once with this version" in str(refused.value)
    assert [each.code for each in refused.value.problems] == ["read_only"]


def test_whoever_may_not_change_a_database_is_told_the_same(postgres, new_database):
    address = new_database()
    store = open_store(address, create=True)
    age(store)
    with store.write() as connection:
        connection.execute(text("drop role if exists p3c_reader"))
        connection.execute(text("create role p3c_reader login"))
        connection.execute(text("grant select on all tables in schema public to p3c_reader"))
    store.close()
    url = make_url(address).set(username="p3c_reader")
    with pytest.raises(P3CError, match="an older version wrote the study"):
        open_store(url.render_as_string(hide_password=False))


def test_study_yml_follows_the_store(study):
    age(study.store)
    study.close()
    write_settings(study.path, dataclasses.replace(study.settings, format=1))
    with p3c.open_study(study.path) as again:
        assert again.settings.format == FORMAT
    assert read_settings(study.path) == study.settings


def test_an_older_study_yml_that_cannot_be_written_is_read_all_the_same(study, monkeypatch):
    write_settings(study.path, dataclasses.replace(study.settings, format=1))
    (study.path / "study.yml").chmod(0o444)

    def refuse(*_):
        raise P3CError("the file cannot be written")

    monkeypatch.setattr("p3c_qual.opening.write_settings", refuse)
    with p3c.open_study(study.path) as again:
        assert again.settings.format == FORMAT
    assert read_settings(study.path).format == 1


def test_an_export_of_the_first_format_is_joined(study, tmp_path):
    file = tmp_path / "IP01.txt"
    file.write_text("R: We meet.", encoding="utf-8")
    study.add([Incoming(file, interviewee="IP01")])
    study.code("IP01", 3, 10, "workforce")
    lines = tmp_path / "old.jsonl"
    study.export_lines(lines)
    head, rest = lines.read_text(encoding="utf-8").split("\n", 1)
    assert f'"format":{FORMAT}' in head
    lines.write_text(head.replace(f":{FORMAT}", ":1") + "\n" + rest, encoding="utf-8")
    with p3c.new_study(tmp_path / "new", title="New") as new:
        new.import_lines(lines)
        assert new.codings()["quote"].tolist() == ["We meet"]
        with new.store.read() as connection:
            assert replay.compare(connection) == []
