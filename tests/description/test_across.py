"""Programmes beside each other: the framework matrix, barriers, tenses, elements, lessons."""

from __future__ import annotations

import pandas as pd
import pytest
from description_kit import span

import p3c_qual as p3c
from p3c_qual.description import (
    list_framework_cells,
    make_quote,
    table_barriers,
    table_framework_matrix,
    table_lessons,
    table_selfie_programmes,
    table_time_ordered,
    write_section,
)
from p3c_qual.errors import P3CError

ACROSS = (
    *("framework-matrix", "framework-cells", "time-ordered", "barriers", "selfie-programmes"),
    *("lessons", "taxonomy"),
)


@pytest.mark.parametrize("kind", ACROSS)
def test_a_new_study_has_each_table_and_it_says_that_nothing_is_there(kind, tmp_path):
    study = p3c.new_study(tmp_path / "new", title="New", coder="anna")
    table = p3c.make_table(study, kind)
    (said,) = table.attrs["notices"]
    assert said in {
        "The study has no programme yet.",
        "No programme of the study has a site yet.",
    }


def test_a_cell_holds_its_authors_words_and_an_empty_one_how_much_is_coded(written):
    quote = make_quote(written, *span("N1", "The nurse had time for a talk."))
    write_section(
        written, "summary.workforce", f"Time is *given* [N1](quote:{quote[:8]}).", programme="north"
    )
    write_section(
        written,
        "service_delivery",
        "The nurse has time.\n\nThe doctor has none.",
        programme="north",
    )
    matrix = table_framework_matrix(written).set_index("case")
    assert matrix.loc["north", "workforce"] == "Time is given (N1)."
    assert matrix.loc["north", "service_delivery"] == "The nurse has time. […]"
    assert matrix.loc["south", "financing"] == "empty (1 coded)"
    cells = list_framework_cells(written, programme="south, north")
    assert list(cells["case"].unique()) == ["south", "north"]
    assert cells.attrs["denominators"]["written"] == 2
    with pytest.raises(P3CError, match="Did you mean 'north'"):
        list_framework_cells(written, programme="south,nort")


def test_a_matrix_of_sites_and_questions_shows_what_is_written_and_the_rest_as_empty(written):
    written.set_fields("source", "N1", {"site": "hill"}, new=True)
    write_section(written, "advice", "Give it time.", programme="north", site="hill")
    matrix = table_framework_matrix(written, codebook="pioneers")
    (row,) = matrix.to_dict("records")
    assert row["advice"] == "Give it time."
    assert {row[each] for each in matrix.columns[2:] if each != "advice"} == {"empty"}


def test_barriers_lie_in_the_segment_and_level_of_what_they_overlap(written):
    words = "So I told her what I never tell the doctor."
    written.code(*span("N1", words), "implementation:present.facilitator")
    written.code(*span("S1", "The budget ends in spring."), "implementation:future.barrier")
    written.code(*span("S2", "In town nobody knows anybody."), "implementation:present.barrier")
    table = table_barriers(written)
    found = table.set_index(["label", "level"])[["barriers", "facilitators", "programmes"]]
    assert found.loc[("Service delivery", "micro")].tolist() == [0, 1, 1]
    assert found.loc[("Financing", "meso")].tolist() == [1, 0, 1]
    assert found.loc[("In no segment", "")].tolist() == [1, 0, 1]
    assert table.attrs["denominators"]["barriers"] == 2
    assert len(table_barriers(written, programme="north")) == 1

    times = table_time_ordered(written).set_index(["programme", "tense"])
    assert times.loc[("south", "Future"), "barriers"] == 1
    assert times.loc[("south", "Historical"), "segments"] == 0
    assert times.loc[("north", "Present"), "facilitators"] == 1


def test_a_programme_in_which_nothing_was_coded_for_time_is_not_counted_as_none(written):
    written.code(*span("N1", "The nurse had time for a talk."), "implementation:present.event")
    times = table_time_ordered(written).set_index(["programme", "tense"])
    assert times.loc[("north", "Present"), "events"] == 1
    assert pd.isna(times.loc[("south", "Present"), "events"])


def test_elements_are_counted_at_three_units(written):
    whole = table_selfie_programmes(written).set_index("code").loc["service_delivery"]
    assert (whole["north segments"], whole["north interviewees"]) == (3, 2)
    assert whole["in_programmes"] == 1
    for unit, count in (("segments", 3), ("interviewees", 2), ("programmes", 1)):
        table = table_selfie_programmes(written, count=unit).set_index("code")
        assert table.loc["service_delivery", "north"] == count
    with pytest.raises(P3CError, match="Did you mean 'segments'"):
        table_selfie_programmes(written, count="segment")


def test_lessons_stand_by_site_with_the_quotations_chosen_there(written):
    written.set_fields("source", "N1", {"site": "hill"}, new=True)
    place = span("N1", "Since then I have not been in hospital.")
    written.code(*place, "pioneers:highlights")
    key = make_quote(written, *place)[:8]
    lessons = table_lessons(written).set_index("code")
    assert lessons.loc["highlights", "segments"] == 1
    assert lessons.loc["highlights", "quotes"] == f"{key} (N1)"
    assert lessons.loc["advice", "segments"] == 0
