"""Whatever is done to a codebook, its tree stays whole, and undoing all of it leads back."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from p3c_qual.codebook import read_codebook
from p3c_qual.codebook.edit import (
    create_code,
    edit_code,
    merge_codes,
    move_code,
    retire_code,
    revive_code,
    split_code,
)
from p3c_qual.codebook.stored import load_codebook, stored_codebook
from p3c_qual.errors import P3CError
from p3c_qual.store import replay
from p3c_qual.store.act import begin_act
from p3c_qual.store.engine import open_store
from p3c_qual.store.schema import ROWS
from p3c_qual.store.undo import undo

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from p3c_qual.store.act import Act

BOOK = b"""\
format: 1
key: mine
label: Mine
codes:
  - id: a
    label: A
    codes:
      - {id: b, label: B}
      - id: c
        label: C
        codes:
          - {id: d, label: D}
  - {id: e, label: E}
"""

number = st.integers(0, 11)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("create"), st.sampled_from(["X", "Ω", "A", "e.g."]), number, number),
        st.tuples(st.just("move"), number, number, number),
        st.tuples(st.just("merge"), st.lists(number, min_size=1, max_size=3), number),
        st.tuples(st.just("split"), number, st.booleans()),
        st.tuples(st.just("retire"), number),
        st.tuples(st.just("revive"), number),
        st.tuples(st.just("rename"), number, st.sampled_from(["Y", "Ψ"])),
    ),
    max_size=12,
)


def do(act: Act, step: tuple[Any, ...], codes: list[str]) -> None:
    """Do one step; numbers stand for codes in the order of their rows, one more for none."""
    verb, *rest = step

    def code(place: int) -> str:
        return codes[place % len(codes)]

    def maybe(place: int) -> str | None:
        return (*codes, None)[place % (len(codes) + 1)]

    if verb == "create":
        create_code(act, "mine", rest[0], parent=maybe(rest[1]), after=maybe(rest[2]))
    elif verb == "move":
        move_code(act, code(rest[0]), parent=maybe(rest[1]), after=maybe(rest[2]))
    elif verb == "merge":
        merge_codes(act, [code(place) for place in rest[0]], code(rest[1]))
    elif verb == "split":
        split_code(act, code(rest[0]), [("Part", [])], retire=rest[1])
    elif verb == "retire":
        retire_code(act, code(rest[0]))
    elif verb == "revive":
        revive_code(act, code(rest[0]))
    else:
        edit_code(act, code(rest[0]), label=rest[1])


def rows(connection: Connection) -> list[dict[str, Any]]:
    table = ROWS["code"]
    return [dict(row) for row in connection.execute(table.select().order_by(table.c.id)).mappings()]


def check_whole(connection: Connection) -> None:
    """Every code is reached from the top once, under its own key, in the order of positions."""
    found = {row["id"]: row for row in rows(connection)}
    keys = [row["key"] for row in found.values()]
    assert len(set(keys)) == len(keys)
    assert not [key for key in keys if "~" in key]
    for row in found.values():
        seen = set()
        at = row["id"]
        while at is not None:
            assert at not in seen
            seen.add(at)
            at = found[at]["parent"]
    assert sorted(row["position"] for row in found.values()) == list(range(len(found)))
    by_place = [row["key"] for row in sorted(found.values(), key=lambda row: row["position"])]
    book = stored_codebook(connection, "mine")
    assert [code.key for code in book.codes] == by_place
    for row in found.values():
        assert (row["merged_into"] is None) or row["status"] == "retired"


@settings(max_examples=40, deadline=None)
@given(steps)
def test_the_tree_stays_whole_and_undoing_all_leads_back(asked: list[tuple[Any, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder, "s.sqlite"), create=True)
        with begin_act(store, actor="eve", verb="load") as act:
            load_codebook(act, read_codebook(BOOK))
        with store.read() as connection:
            before = rows(connection)
        done = 0
        for step in asked:
            with store.read() as connection:
                codes = [row["id"] for row in rows(connection)]
            try:
                with begin_act(store, actor="anna", verb="change") as act:
                    do(act, step, codes)
                    changed = act.events > 0
            except P3CError:
                changed = False
            done += changed
            with store.read() as connection:
                check_whole(connection)
        with store.read() as connection:
            assert replay.compare(connection) == []
        for _ in range(done):
            undo(store, "anna")
        with store.read() as connection:
            assert rows(connection) == before
        store.close()
