"""Any text with any spans survives save, load, export, import and replay."""

from __future__ import annotations

import shutil
import tempfile
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

import p3c_qual as p3c
from p3c_qual.coding.intake import take_codings
from p3c_qual.coding.wanted import Wanted
from p3c_qual.sources.incoming import Incoming
from p3c_qual.store import copies, replay
from p3c_qual.store.engine import open_store
from p3c_qual.store.schema import ROWS

#: letters that are more than one code point, beyond the first plane, or written from the right
ODD = st.sampled_from(
    ["e\u0301", "👩🏽‍⚕️", "🇩🇪", "𝔘", "שָׁלוֹם", "مرحبا", "ﬁ", "\u200f", "각", "ß", "İ", "\u2028", "\t"]
)
TEXT = st.lists(st.one_of(ODD, st.text(max_size=8)), min_size=1, max_size=30).map("".join)


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """Give the folder of a study with the shipped codebooks, made once."""
    folder = tmp_path_factory.mktemp("spans") / "study"
    p3c.new_study(folder, title="Spans", coder="anna").close()
    return folder


@given(TEXT.filter(lambda text: text.strip()), st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_text_with_any_spans_survives(empty, text, data):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(empty, folder / "study")
        (folder / "x.txt").write_bytes(text.encode("utf-8", "replace"))
        with p3c.open_study(folder / "study", coder="anna") as study:
            study.add([Incoming(folder / "x.txt")])
            stored = study.text("x")
            cuts = sorted(data.draw(st.sets(st.integers(0, len(stored)), max_size=8)))
            spans = list(pairwise(cuts))
            with study.act("code") as act:
                wanted = [Wanted("x", start, end, "workforce", "anna") for start, end in spans]
                take_codings(act, wanted, done=None)
            copies.export_lines(study.store, folder / "out.jsonl")
        other = open_store(folder / "other.sqlite", create=True)
        copies.import_lines(other, folder / "out.jsonl")
        coding = ROWS["coding"]
        found = select(coding.c.start, coding.c.end, coding.c.quote).order_by(coding.c.start)
        for store in (open_store(folder / "study" / "study.sqlite"), other):
            with store.read() as connection:
                rows = [tuple(row) for row in connection.execute(found)]
                assert rows == [(start, end, stored[start:end]) for start, end in spans]
                assert replay.compare(connection) == []
            store.close()
