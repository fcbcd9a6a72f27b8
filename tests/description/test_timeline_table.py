"""What has a date: each kind of record, and what is left out for want of one."""

from __future__ import annotations

import pytest
from description_kit import span

from p3c_qual.description import give_answer, note_fact, table_timeline
from p3c_qual.description.dates import find_dates
from p3c_qual.errors import P3CError
from p3c_qual.sources.incoming import Incoming


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("2019; in post by the first of October 2019", [("2019", ""), ("2019-10-01", "")]),
        ("1. Oktober 2019 bis März 2021", [("2019-10-01", "2021-03")]),
        ("Nov 2014–Jun 2016, between 2011 and 2013", [("2014-11", "2016-06"), ("2011", "2013")]),
        ("in 2011 and 2013", [("2011", ""), ("2013", "")]),
        ("2021-03-04; May 5, 2020", [("2021-03-04", ""), ("2020-05-05", "")]),
        ("2,019 people, 2019.5 pounds, 20190 steps", []),
        ("The May fair; 2022 to 2020", [("2022", ""), ("2020", "")]),
    ],
)
def test_dates_are_read_as_people_write_them(text, dates) -> None:
    assert [(each.first, each.last) for each in find_dates(text)] == dates


def test_each_record_with_a_date_is_in_its_lane(written) -> None:
    here = {"programme": "north"}
    note_fact(written, "Nurses", "4", unit="posts", date="2022-10", source="plan", **here)
    note_fact(written, "Beds", "9", **here)
    start = "September 2020, in two villages; a third in January 2021"
    give_answer(written, "formal_description", "starting_date", start, **here)
    for item, value in (("question", "Do admissions fall?"), ("when", "2019 to 2024")):
        give_answer(written, "evaluation_plan", item, value, record="1", **here)
    for item, value in (("date", "2024-03-05"), ("audience", "Managers")):
        give_answer(written, "feedback", item, value, record="1", **here)
    # a passage that tells what happened and names no date
    written.code(
        *span("N1", "Since then I have not been in hospital."), "implementation:present.event"
    )
    table = table_timeline(written, programme="north")
    columns = ["lane", "date_from", "date_to", "what"]
    assert [tuple(row) for row in table[columns].to_numpy()] == [
        ("Programme", "2020-09", "", "Starting date: September 2020, in two villages"),
        ("Programme", "2021-01", "", "Starting date: a third in January 2021"),
        ("Programme", "2022-10", "", "Nurses: 4 posts"),
        ("Evaluation", "2019", "2024", "Do admissions fall?"),
        ("Feedback", "2024-03-05", "", "Managers"),
    ]
    assert table["source"].to_list()[2] == "plan"
    # beds, the passage, the plan and the two interviews
    assert table.attrs["undated"] == 5
    assert table_timeline(written, programme="south").empty


def test_a_passage_is_named_by_who_says_it_and_never_by_its_words(written, tmp_path) -> None:
    (tmp_path / "N9.txt").write_text("I: When?\nR: We gave up the bus in May 2018.\n", "utf-8")
    told = {"kind": "interview", "programme": "north", "interviewee": "N9", "language": "en"}
    written.add([Incoming(file=tmp_path / "N9.txt", id="N9", stakeholder_type="F", **told)])
    place = (12, 42)
    assert written.text("N9")[slice(*place)] == "We gave up the bus in May 2018"
    written.code("N9", *place, "implementation:historical.decision")
    written.mark_read("N9")
    with pytest.raises(P3CError, match="no programme 'nort'"):
        table_timeline(written, programme="nort")
    (row,) = table_timeline(written, programme="north").to_dict("records")
    assert (row["date_from"], row["what"]) == ("2018-05", "Decision told by N9")
    assert row["source"] == "N9:12-42"
