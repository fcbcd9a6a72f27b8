"""The same work on both stores gives the same study."""

from __future__ import annotations

import pytest
from sqlalchemy import select

import p3c_qual as p3c
from p3c_qual.sources.incoming import Incoming
from p3c_qual.store import payloads, replay
from p3c_qual.store.schema import ROWS

TEXT = "I: How do you meet?\nR: We meet each week, the nurse and I. Müde 👩🏽‍⚕️ e\u0301.\n"


@pytest.fixture(params=["sqlite", "postgresql"])
def either(request, tmp_path):
    """Give a study on each store."""
    address = request.getfixturevalue("new_database")() if request.param == "postgresql" else None
    with p3c.new_study(tmp_path / "study", title="T", store=address, coder="anna") as study:
        yield study


def test_adding_coding_extending_and_undoing(either, tmp_path):
    (tmp_path / "IP01.txt").write_text(TEXT, "utf-8")
    either.add([Incoming(tmp_path / "IP01.txt", programme="North", site="Hill", interviewee="IP01",
                         variables={"town": "Ü"})])  # fmt: skip
    either.code("IP01", 20, 30, "workforce", memo="So.")
    either.code("IP01", 25, 35, "workforce", extend=True)
    (tmp_path / "more.csv").write_text(
        "source,start,end,code,coder,round\nIP01,0,3,financing,ben,main\nIP01,3,9,financing,ben,main\n"
    )
    either.code_csv(tmp_path / "more.csv")
    either.code("IP01", 40, 44, "financing")
    either.undo()
    found = either.codings()[["start", "end", "code", "coder", "round", "quote"]].values.tolist()
    stored = either.text("IP01")
    assert sorted(found) == [
        [0, 3, "financing", "ben", "main", stored[0:3]],
        [3, 9, "financing", "ben", "main", stored[3:9]],
        [20, 35, "workforce", "anna", "main", stored[20:35]],
    ]
    with either.store.read() as connection:
        assert replay.compare(connection) == []


def test_originals_lie_in_the_folder_and_on_a_server_in_the_store_too(either, tmp_path):
    (tmp_path / "IP01.txt").write_bytes(TEXT.encode())
    either.add([Incoming(tmp_path / "IP01.txt")])
    assert (either.path / "data_raw" / "IP01.txt").read_bytes() == TEXT.encode()
    with either.store.read() as connection:
        name = connection.scalar(select(ROWS["text"].c.original))
        kept = payloads.get(connection, name)
    assert kept == (None if either.store.sqlite else TEXT.encode())
