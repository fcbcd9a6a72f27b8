"""The quotes of a report as tables: what was done to them, and whose they are."""

from __future__ import annotations

import pytest
from description_kit import span

from p3c_qual.analysis.asked_table import make_table
from p3c_qual.description import (
    change_quote,
    edit_quote,
    make_quote,
    table_quote_balance,
    table_quotes,
    write_section,
)

SAID = "They gave us a shared list. I saw no use in it, it was one more form."


@pytest.fixture
def quoted(told):
    """Return a study whose section sets S1 in twice and S2 once; a third quote is unused."""
    first = make_quote(told, *span("S1", "The budget ends in spring."), chosen_as="telling")
    second = make_quote(told, *span("S1", SAID), chosen_as="contrary", why="Against the plan.")
    third = make_quote(told, *span("S2", "In town nobody knows anybody."))
    make_quote(told, *span("S2", "I sleep better now."))
    change_quote(told, second, "mask", *span("S1", "a shared list")[1:], "a system")
    change_quote(told, second, "omit", *span("S1", "it, it was ")[1:])
    edit_quote(told, third, {"translation": "In der Stadt ...", "translator": "Ben"})
    keys = [name[:8] for name in (second, first, third)]
    text = "\n\n".join(["It was told.", *(f"![](quote:{key})" for key in keys)])
    write_section(told, "workforce", text, programme="south")
    return told


def test_quotes_stand_in_the_order_of_the_text_with_what_was_done_to_them(quoted):
    table = table_quotes(quoted, programme="south")
    assert list(table["who"]) == ["S1", "S1", "S2", "S2"]
    assert list(table["sections"]) == ["south/workforce"] * 3 + [""]
    first = table.iloc[0]
    assert first["printed"] == "They gave us [a system]. I saw no use in ... one more form."
    assert first["edits"] == "mask: a system; omission of 3 words"
    assert first["reason"] == "contrary (speaks against what most say). Against the plan."
    assert first["place"] == "S1:{}-{}".format(*span("S1", SAID)[1:])
    assert table.iloc[2]["translated"] == "Ben"
    assert table.attrs["denominators"] == {"quotes": 4, "named in sections": 3}
    assert "1 quote is named in no section" in table.attrs["notes"][1]
    # what a mask hides stands nowhere in the table
    assert "shared list" not in table.to_csv()


def test_words_of_somebody_who_refused_since_are_not_printed(quoted):
    quoted.set_fields("source", "S2", {"consent_quoted": "no"})
    row = table_quotes(quoted).iloc[2]
    assert row["printed"] == "(not printed: whoever speaks did not consent to be quoted)"
    assert row["translation"] == ""


def test_the_balance_counts_people_and_types_of_all_quotes_that_are_set_in(quoted):
    table = table_quote_balance(quoted, programme="south")
    people = table[table["by"] == "interviewee"].set_index("who")
    assert list(people["quotes"]) == [2, 1, 0, 0]
    assert set(people["of"]) == {3}
    assert people.loc["S1", "share"] == pytest.approx(2 / 3)
    assert people.loc["S1", "words"] == 5 + 14
    types = table[table["by"] == "stakeholder type"].set_index("who")
    assert types.loc["D1", ["interviewed", "quotes"]].tolist() == [1, 2]
    assert table.attrs["denominators"] == {"quotes of south": 3}


def test_without_a_quote_no_share_is_made_up(told):
    table = table_quote_balance(told, programme="south")
    assert set(table["quotes"]) == {0}
    assert table["share"].isna().all()


def test_the_tables_are_asked_for_by_their_names(quoted):
    found = make_table(quoted, "findings", programme="south", names=False)
    assert "reason_missing" in set(found["code"])
    assert len(make_table(quoted, "quotes", programme="north")) == 0
    assert len(make_table(quoted, "quote-balance")) > 4
