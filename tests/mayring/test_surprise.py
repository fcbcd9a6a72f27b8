"""Surprises: memos that begin an abduction, listed with their passages."""

from __future__ import annotations

import pytest
from structuring_kit import at, code, make

from p3c_qual.mayring.structuring.surprise import COLUMNS, table_surprises


@pytest.fixture
def surprising(tmp_path):
    """Give the study."""
    with make(tmp_path) as study:
        yield study


def test_a_surprise_is_listed_with_its_words_and_what_stands_around(surprising):
    _, start, end = at(surprising, "IP01", "none left for tea")
    surprising.memo("span", "Why tea?", target="IP01", kind="surprise", span=f"{start}-{end}")
    surprising.memo("span", "No surprise.", target="IP01", kind="method", span="0-3")
    (row,) = table_surprises(surprising).to_dict("records")
    assert (row["source"], row["start"], row["end"]) == ("IP01", start, end)
    assert row["quote"] == "none left for tea"
    assert row["context"] == "R: There is none left for tea."
    assert row["before"] == "I: And the money?"
    assert (row["interviewee"], row["coder"], row["memo"]) == ("IP01", "anna", "Why tea?")


def test_surprises_on_codings_cases_and_the_study_are_listed_too(surprising):
    coding = code(surprising, "group", "The money was cut twice.", "money")
    surprising.memo("coding", "Twice!", target=coding, kind="surprise")
    surprising.memo("interviewee", "Speaks alone.", target="IP03", kind="surprise")
    surprising.memo("study", "Nobody has tea.", kind="surprise")
    surprising.memo("source", "No trust.", target="plan", kind="surprise")
    table = table_surprises(surprising)
    assert table["source"].tolist() == ["group", "plan", "", ""]
    assert table["memo"].tolist()[:2] == ["Twice!", "No trust."]
    assert table.loc[0, ["interviewee", "code", "quote"]].tolist() == [
        "GB",
        "money",
        "The money was cut twice.",
    ]
    assert table["interviewee"].tolist()[2:] == ["IP03", ""]
    assert table["start"].isna().tolist() == [False, True, True, True]


def test_without_surprises_the_table_has_its_columns(surprising):
    table = table_surprises(surprising)
    assert table.empty
    assert tuple(table.columns) == COLUMNS


def test_of_an_erased_source_the_words_are_gone(surprising):
    _, start, end = at(surprising, "IP01", "none left for tea")
    surprising.memo("span", "Why?", target="IP01", kind="surprise", span=f"{start}-{end}")
    surprising.withdraw("IP01", reason="asked for it")
    assert "tea" not in table_surprises(surprising).to_csv()
