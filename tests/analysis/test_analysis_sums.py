"""Tables agree with a count by hand of the listed codings."""

from __future__ import annotations

import csv
import itertools
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import p3c_qual as p3c

if TYPE_CHECKING:
    from conftest import Small

CODES = (
    "workforce",
    "workforce.micro.core_group",
    "workforce.meso.new_roles",
    "financing",
    "financing.micro.coverage_reimbursement",
    "implementation",
)
TURNS = "I: aaaa?\nP1: bbbb.\nP2: cccc.\nI: dddd?\nP1: eeee.\n"
SOURCES = ("one", "two", "group", "plan")
HOMES = {"one": "north", "two": "south", "group": "south", "plan": "north"}
TYPES = {"P1": ["A", "D2"], "P2": ["F"]}

_rows = st.lists(
    st.tuples(
        st.sampled_from(SOURCES),
        st.integers(0, 9),
        st.sampled_from(CODES),
    ),
    max_size=25,
    unique=True,
)


@pytest.fixture
def filled(small: Small) -> Small:
    """Give interviews with one and with two people, and a document, at two sites."""
    small.add("one", TURNS, interviewee="P1", stakeholder_type="A;D2", site="north", programme="x")
    small.add("two", TURNS, interviewee="P2", stakeholder_type="F", site="south", programme="y")
    small.add("group", TURNS, interviewee="P1;P2", site="south", programme="y")
    small.add(
        "plan", "bbbb. cccc. dddd. eeee. ffff. gggg.", kind="document", site="north", programme="x"
    )
    return small


_number = itertools.count()


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(rows=_rows)
def test_every_total_is_the_count_over_the_union(
    filled: Small, rows: list[tuple[str, int, str]]
) -> None:
    # every example is a round of its own in one study
    name = f"r{next(_number)}"
    file = filled.folder / f"{name}.csv"
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(["source", "start", "end", "code", "coder", "round"])
        writer.writerow(["one", 30, 31, "core.needs", "anna", name])
        for source, at, code in rows:
            writer.writerow([source, 3 * at, 3 * at + 3, code, "anna", name])
    filled.study.code_csv(file)
    codings = filled.study.codings(round=name, where="codebook == 'selfie'").to_dict("records")
    assert len(codings) == len(rows)

    tables = {
        (by, count): p3c.table_frequencies(filled.study, by=by, count=count, round=name)
        for by in ("site", "stakeholder_type", "source", "programme")
        for count in ("segments", "interviewees", "programmes")
    }
    home = filled.study.sources().set_index("source")["programme"]
    for code in CODES:
        mine = [c for c in codings if c["code"] == code or c["code"].startswith(f"{code}.")]
        expected = {
            "segments": len(mine),
            "interviewees": len({c["interviewee"] for c in mine} - {""}),
            "programmes": len({home[c["source"]] for c in mine} - {""}),
        }
        for (_, count), frame in tables.items():
            assert frame.set_index("code").loc[code, "total"] == expected[count]
        row = tables["site", "segments"].set_index("code").loc[code]
        assert row.drop("total").sum() == row["total"]
        north = sum(HOMES[c["source"]] == "north" for c in mine)
        assert row.get("north", 0) == north
        by_type = tables["stakeholder_type", "segments"].set_index("code").loc[code]
        of_d2 = sum("D2" in TYPES.get(c["interviewee"], []) for c in mine)
        assert by_type.get("D2", 0) == of_d2
