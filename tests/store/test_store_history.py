"""Random histories on several copies of a study: what the journal promises."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from p3c_qual.errors import P3CError
from p3c_qual.store import copies, payloads, replay, undo
from p3c_qual.store.act import begin_act
from p3c_qual.store.engine import open_store
from p3c_qual.store.schema import ROWS

#: one step of a history: who, on which copy, does what
STEP = st.one_of(
    st.tuples(st.just("source"), st.integers(0, 1), st.sampled_from("xyz")),
    st.tuples(st.just("rename"), st.integers(0, 1), st.sampled_from("xyzw")),
    st.tuples(st.just("code"), st.integers(0, 1), st.sampled_from("ab")),
    st.tuples(st.just("define"), st.integers(0, 1), st.text(max_size=5)),
    st.tuples(st.just("nest"), st.integers(0, 1), st.sampled_from("ab")),
    st.tuples(st.just("coding"), st.integers(0, 1), st.integers(0, 6)),
    st.tuples(st.just("delete"), st.integers(0, 1), st.sampled_from(["coding", "source", "code"])),
    st.tuples(st.just("undo"), st.integers(0, 1), st.sampled_from(["anna", "ben"])),
    st.tuples(st.just("redo"), st.integers(0, 1), st.sampled_from(["anna", "ben"])),
    st.tuples(st.just("erase"), st.integers(0, 1), st.just("")),
    st.tuples(st.just("meet"), st.integers(0, 1), st.just("")),
)


def rows(connection, table):
    found = connection.execute(select(ROWS[table]).order_by(ROWS[table].c.id)).mappings()
    return [dict(row) for row in found]


def state(store):
    with store.read() as connection:
        return {name: rows(connection, name) for name in ROWS}


def do(store, step, folder, other):
    kind, _, detail = step
    actor = "anna" if len(str(detail)) % 2 else "ben"
    if kind in {"undo", "redo"}:
        try:
            getattr(undo, kind)(store, detail, skip=True)
        except P3CError:
            pass
        return
    if kind == "meet":
        copies.export_lines(other, folder / "meet.jsonl")
        copies.import_lines(store, folder / "meet.jsonl")
        return
    with begin_act(store, actor=actor, verb=kind) as act:
        if kind == "source":
            if detail in {row["key"] for row in rows(act.connection, "source")}:
                return
            body = f"What {detail} said, at some length."
            payloads.put_many(act.connection, [body])
            text = act.insert("text", [{"hash": payloads.hash_of(body), "length": len(body)}])[0]
            act.insert("source", [{"key": detail, "text": text}])
        elif kind == "rename":
            keys = {row["key"] for row in rows(act.connection, "source")}
            for row in rows(act.connection, "source")[:1]:
                if detail not in keys:
                    act.update("source", {row["id"]: {"key": detail}})
        elif kind == "code":
            if detail not in {row["key"] for row in rows(act.connection, "code")}:
                name = act.named_id("code", detail)
                act.insert("code", [{"id": name, "key": detail, "definition": "first"}])
        elif kind == "define":
            for row in rows(act.connection, "code")[:1]:
                act.update("code", {row["id"]: {"definition": detail or None}})
        elif kind == "nest":
            found = {row["key"]: row["id"] for row in rows(act.connection, "code")}
            if len(found) == 2:
                mine = found.pop(detail)
                act.update("code", {mine: {"parent": next(iter(found.values()))}})
        elif kind == "coding":
            sources, codes = rows(act.connection, "source"), rows(act.connection, "code")
            if sources and codes and sources[-1]["text"]:
                body = payloads.get(act.connection, _hash(act, sources[-1]))
                if body is not None:
                    act.insert(
                        "coding",
                        [
                            {
                                "source": sources[-1]["id"],
                                "text": sources[-1]["text"],
                                "start": detail,
                                "end": detail + 4,
                                "code": codes[-1]["id"],
                                "coder": "x",
                                "round": "main",
                                "question": "",
                                "quote": body[detail : detail + 4],
                            }
                        ],
                    )
        elif kind == "delete":
            found = rows(act.connection, detail)
            act.delete(detail, [row["id"] for row in found[:1]])
        elif kind == "erase":
            found = rows(act.connection, "text")
            act.erase([row["hash"] for row in found[:1]])


def _hash(act, source):
    text = ROWS["text"]
    return act.connection.scalar(select(text.c.hash).where(text.c.id == source["text"])) or ""


@given(st.lists(STEP, max_size=14))
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_two_copies_agree_however_they_are_joined(steps):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        both = [open_store(folder / f"{n}.sqlite", create=True) for n in range(2)]
        for step in steps:
            do(both[step[1]], step, folder, both[1 - step[1]])
        for store in both:
            with store.read() as connection:
                assert replay.compare(connection) == []
        for n, store in enumerate(both):
            copies.export_lines(store, folder / f"{n}.jsonl")
        # A + B = B + A
        for n, store in enumerate(both):
            copies.import_lines(store, folder / f"{1 - n}.jsonl")
        assert state(both[0]) == state(both[1])
        for n, store in enumerate(both):
            copies.export_lines(store, folder / f"joined{n}.jsonl")
        assert (folder / "joined0.jsonl").read_bytes() == (folder / "joined1.jsonl").read_bytes()
        # A + A = A
        before = state(both[0])
        assert copies.import_lines(both[0], folder / "joined0.jsonl")["events"] == 0
        assert state(both[0]) == before
        # a fresh copy made of the events alone shows the same
        fresh = open_store(folder / "fresh.sqlite", create=True)
        copies.import_lines(fresh, folder / "joined1.jsonl")
        assert state(fresh) == before
        with fresh.read() as connection:
            assert replay.compare(connection) == []
        for store in (*both, fresh):
            store.close()


def test_a_study_moves_to_the_other_store_and_back_unchanged(new_store, tmp_path):
    first, second = new_store(), open_store(tmp_path / "other.sqlite", create=True)
    for step in [("source", 0, "x"), ("code", 0, "a"), ("coding", 0, 2), ("define", 0, "new")]:
        do(first, step, tmp_path, second)
    copies.export_lines(first, tmp_path / "a.jsonl")
    copies.import_lines(second, tmp_path / "a.jsonl")
    copies.export_lines(second, tmp_path / "b.jsonl")
    assert state(first) == state(second)
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda lines: lines[:-1] + [lines[-1][: len(lines[-1]) // 2]], "cut off or damaged"),
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
    do(first, ("source", 0, "x"), tmp_path, second)
    copies.export_lines(first, tmp_path / "a.jsonl")
    lines = (tmp_path / "a.jsonl").read_bytes().splitlines(keepends=True)
    (tmp_path / "a.jsonl").write_bytes(b"".join(damage(lines)))
    before = state(second)
    with pytest.raises(P3CError, match=said):
        copies.import_lines(second, tmp_path / "a.jsonl")
    assert state(second) == before
