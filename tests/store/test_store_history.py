"""Random histories on several copies of a study: what the journal promises."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from p3c_qual.errors import P3CError
from p3c_qual.store import conflicts, copies, payloads, replay, undo
from p3c_qual.store.act import begin_act
from p3c_qual.store.engine import open_store
from p3c_qual.store.schema import ROWS

COPIES = 3
WHO = st.sampled_from(["anna", "ben"])


def step(kind, detail):
    """Return a step of a history: what is done, on which copy, by whom, and with what."""
    return st.tuples(st.just(kind), st.integers(0, COPIES - 1), WHO, detail)


STEP = st.one_of(
    step("source", st.sampled_from("xyz")),
    step("rename", st.sampled_from("xyzw")),
    step("code", st.sampled_from("ab")),
    step("define", st.text(max_size=5)),
    step("choose", st.booleans()),
    step("nest", st.sampled_from("ab")),
    step("coding", st.integers(0, 6)),
    step("delete", st.sampled_from(["coding", "source", "code"])),
    step("undo", st.none()),
    step("redo", st.none()),
    step("erase", st.none()),
    step("meet", st.none()),
)


def rows(connection, table):
    found = connection.execute(select(ROWS[table]).order_by(ROWS[table].c.id)).mappings()
    return [dict(row) for row in found]


def state(store):
    with store.read() as connection:
        return {name: rows(connection, name) for name in ROWS}


def do(store, step, folder, other):
    kind, _, actor, detail = step
    # what a person could not do at this point is passed over
    with contextlib.suppress(P3CError):
        if kind in {"undo", "redo"}:
            getattr(undo, kind)(store, actor, skip=True)
        elif kind == "meet":
            copies.export_lines(other, folder / "meet.jsonl")
            copies.import_lines(store, folder / "meet.jsonl")
        else:
            with begin_act(store, actor=actor, verb=kind) as act:
                globals()[f"do_{kind}"](act, detail)


def do_source(act, key):
    body = f"What {key} said, at some length."
    payloads.put_many(act.connection, [body])
    text = act.insert("text", [{"hash": payloads.hash_of(body), "length": len(body)}])[0]
    act.insert("source", [{"key": key, "text": text, "variables": {"of": key}}])


def do_rename(act, key):
    for row in rows(act.connection, "source")[:1]:
        act.update("source", {row["id"]: {"key": key}})


def do_code(act, key):
    act.insert("code", [{"id": act.named_id("code", key), "key": key, "definition": "first"}])


def do_define(act, text):
    for row in rows(act.connection, "code")[:1]:
        act.update("code", {row["id"]: {"definition": text.replace("\x00", "") or None}})


def do_choose(act, first):
    for (row, column), found in conflicts.heads(act.connection, "code").items():
        act.choose("code", row, column, sorted(found)[0 if first else -1])


def do_nest(act, key):
    found = {row["key"]: row["id"] for row in rows(act.connection, "code")}
    if key in found and len(found) > 1:
        mine = found.pop(key)
        act.update("code", {mine: {"parent": next(iter(found.values()))}})


def do_coding(act, start):
    sources, codes = rows(act.connection, "source"), rows(act.connection, "code")
    for source, code in list(zip(sources, codes, strict=False))[-1:]:
        text = ROWS["text"]
        named = act.connection.scalar(select(text.c.hash).where(text.c.id == source["text"]))
        body = payloads.get(act.connection, named or "")
        if body is not None:
            row = {"source": source["id"], "text": source["text"], "code": code["id"]}
            place = {"start": start, "end": start + 4, "quote": body[start : start + 4]}
            act.insert("coding", [{**row, **place, "coder": "x", "round": "main", "question": ""}])


def do_delete(act, table):
    act.delete(table, [row["id"] for row in rows(act.connection, table)[:1]])


def do_erase(act, _):
    act.erase([row["hash"] for row in rows(act.connection, "text")[:1]])


@given(st.lists(STEP, max_size=16))
@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
def test_copies_agree_however_they_are_joined(steps):
    with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as open_:
        folder = Path(name)

        def new(label):
            store = open_store(folder / f"{label}.sqlite", create=True)
            open_.callback(store.close)
            return store

        stores = [new(n) for n in range(COPIES)]
        for each in steps:
            do(stores[each[1]], each, folder, stores[(each[1] + 1) % COPIES])
        for n, store in enumerate(stores):
            with store.read() as connection:
                # the tables are what the journal says
                assert replay.compare(connection) == []
            copies.export_lines(store, folder / f"{n}.jsonl")
        # in any order, into what was there or into nothing
        joined = []
        for n, order in enumerate(((1, 2), (2, 0), (0, 1), (0, 1, 2), (2, 1, 0))):
            store = stores[n] if n < COPIES else new(f"fresh{n}")
            for other in order:
                copies.import_lines(store, folder / f"{other}.jsonl")
            copies.export_lines(store, folder / f"joined{n}.jsonl")
            joined.append((state(store), (folder / f"joined{n}.jsonl").read_bytes()))
            with store.read() as connection:
                assert replay.compare(connection) == []
        assert all(each == joined[0] for each in joined)
        # joined once more it changes nothing
        again = copies.import_lines(stores[0], folder / "joined1.jsonl")
        assert again == {"events": 0, "acts": 0, "payloads": 0}
        assert state(stores[0]) == joined[0][0]


def test_a_study_moves_to_the_other_store_and_back_unchanged(new_store, tmp_path):
    first, second = new_store(), open_store(tmp_path / "other.sqlite", create=True)
    for kind, detail in [("source", "x"), ("code", "a"), ("coding", 2), ("define", "new")]:
        do(first, (kind, 0, "anna", detail), tmp_path, second)
    copies.export_lines(first, tmp_path / "a.jsonl")
    copies.import_lines(second, tmp_path / "a.jsonl")
    copies.export_lines(second, tmp_path / "b.jsonl")
    assert state(first) == state(second)
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda lines: [*lines[:-1], lines[-1][: len(lines[-1]) // 2]], "cut off or damaged"),
        (lambda lines: [line.replace(b"said", b"lied") for line in lines], "not what its hash"),
        (lambda lines: lines[1:], "no export of a study"),
        (
            lambda lines: [lines[1] if line.startswith(b'{"act":') else line for line in lines],
            "is missing",
        ),
    ],
    ids=["cut off", "changed words", "no head", "no acts"],
)
def test_a_damaged_export_is_refused_whole(new_store, tmp_path, damage, said):
    first, second = new_store(), new_store()
    do(first, ("source", 0, "anna", "x"), tmp_path, second)
    copies.export_lines(first, tmp_path / "a.jsonl")
    lines = (tmp_path / "a.jsonl").read_bytes().splitlines(keepends=True)
    (tmp_path / "a.jsonl").write_bytes(b"".join(damage(lines)))
    before = state(second)
    with pytest.raises(P3CError, match=said):
        copies.import_lines(second, tmp_path / "a.jsonl")
    assert state(second) == before
