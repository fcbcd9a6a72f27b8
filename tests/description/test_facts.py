"""The ledger of facts: what is noted, what contradicts it, and by which the report goes."""

from __future__ import annotations

from decimal import Decimal

import pytest
from description_kit import span
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from p3c_qual.description.conflicts import find_conflicts, list_conflicts
from p3c_qual.description.facts import (
    choose_fact,
    edit_fact,
    find_fact,
    note_fact,
    remove_fact,
)
from p3c_qual.description.model import Fact, Where
from p3c_qual.description.read import read_description
from p3c_qual.description.stated import read_value
from p3c_qual.errors import P3CError
from p3c_qual.store.schema import ROWS


def facts_of(study):
    with study.store.read() as connection:
        return read_description(connection).facts


def fact(value, *, id="a", name="beds", unit="", date="", before=None, after=None, chosen=False):
    return Fact(id, Where(), name, value, unit, date, "", chosen, "", before, after, None)


def said(*facts):
    return [each.what for each in find_conflicts(facts)]


def changed(value, before, after, name="admissions, change"):
    return said(
        fact(before, id="b", name="before"),
        fact(after, id="c", name="after"),
        fact(value, name=name, before="b", after="c"),
    )


def test_a_fact_is_noted_with_its_place_in_one_act(written):
    source, start, end = span("plan", "Admissions fall.")
    made = note_fact(
        *(written, "Admissions", "fall"), programme="north", source=source, start=start, end=end
    )
    with written.store.read() as connection:
        described = read_description(connection)
        (place,) = described.citations[made]
        acts = connection.execute(select(ROWS["fact"].c.id)).all()
    assert (place.about, place.quote, place.side) == ("fact", "Admissions fall.", "")
    assert described.facts[made].where.programme
    assert len(acts) == 1
    written.undo()
    with written.store.read() as connection:
        assert read_description(connection).citations == {}


def test_the_study_says_whatever_is_wrong_with_a_fact_at_once(written):
    with pytest.raises(P3CError) as caught:
        note_fact(written, " ", "", source="nowhere", programme="east")
    said = str(caught.value)
    for part in ("needs a name", "needs a value", "'nowhere'", "no programme 'east'"):
        assert part in said
    assert facts_of(written) == {}


@pytest.mark.parametrize("ends", [(0, None), (0, 9999)])
def test_a_place_that_there_is_not_is_refused(written, ends):
    with pytest.raises(P3CError):
        note_fact(written, "Beds", "4", source="N1", start=ends[0], end=ends[1])
    assert facts_of(written) == {}


def test_two_values_of_one_name_and_place_are_a_conflict_until_one_is_chosen(written):
    one = note_fact(written, "Practices that take part", "18 of 19", programme="north")
    other = note_fact(written, "practices  that take part", "18 of 20", programme="north")
    note_fact(written, "Practices that take part", "7 of 9", programme="south")
    (found,) = list_conflicts(written)
    assert set(found.facts) == {one, other}
    assert "18 of 19 in one place and 18 of 20 in another" in found.what
    assert not found.decided
    assert list_conflicts(written, programme="south") == []
    assert choose_fact(written, one, decision="The contract names them.")
    assert choose_fact(written, other, decision="The manager counted them.")
    assert [each.chosen for each in (facts_of(written)[one], facts_of(written)[other])] == [
        False,
        True,
    ]
    assert list_conflicts(written, programme="north")[0].decided
    assert choose_fact(written, other)
    assert not list_conflicts(written)[0].decided


def test_choosing_for_one_year_leaves_another_year_decided(written):
    old = note_fact(written, "People", "240,000", date="2014")
    new = note_fact(written, "People", "250,000", date="2016")
    choose_fact(written, old, decision="census")
    choose_fact(written, new, decision="census")
    assert all(each.chosen for each in facts_of(written).values())
    with pytest.raises(P3CError, match="needs its reason"):
        edit_fact(written, old, fields={"decision": ""})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("36,366", "36366"),
        ("36 366", "36,366 people"),
        ("£1.2 million", "1,200,000 GBP"),
        ("5 %", "5 per cent"),
        ("about 20 practices", "20 practice"),
        ("1.234,5", "1234.50"),
        ("18 of 20", "18"),
        ("10-12 weeks", "10 – 12 weeks"),
        ("Half of them", "half of  them"),
    ],
)
def test_the_same_value_written_in_two_ways_is_no_conflict(one, other):
    assert read_value(one).agrees(read_value(other))
    assert said(fact(one), fact(other, id="b")) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("18 of 19", "18 of 20"),
        ("50 % less", "a quarter"),
        ("50 % less", "50 % more"),
        ("12 weeks", "12 months"),
        ("36,366", "36.366"),
        ("10-12", "10-13"),
        ("-5", "5"),
        ("nurses train doctors", "doctors train nurses"),
    ],
)
def test_values_that_differ_are_a_conflict(one, other):
    assert len(said(fact(one), fact(other, id="b"))) == 1


def test_values_of_different_dates_are_none_and_one_without_date_may_be_of_either():
    old, new = fact("240", date="2014"), fact("250", id="b", date="2016")
    assert said(old, new) == []
    assert said(old, new, fact("250", id="c")) == []
    (what,) = said(old, new, fact("260", id="c"))
    assert what == "it is 240 (2014), 250 (2016) and 260 (no date)"
    (what,) = said(old, fact("241", id="c", date="2014"))
    assert what == "it is 240 in one place and 241 in another, both for 2014"


def test_a_stated_change_that_does_not_come_out_is_told_with_what_does():
    assert changed("-0.24 %", "36,366", "36,277") == []
    (what,) = changed("-0.09 %", "36,366", "36,277")
    assert what == "from 36,366 to 36,277 is −0.24 %, and −0.09 % is stated"
    (what,) = changed("0.09", "36,277", "36,366", name="decrease of admissions")
    assert what == (
        "from 36,277 to 36,366 is +0.25 %, and −0.09 % is stated; it rose, and it is said that it "
        "fell"
    )
    assert changed("a decrease of 50 %", "10", "5") == []
    assert changed("50", "10", "5", name="decrease of beds") == []
    assert changed("+100 %", "5", "10") == []


@pytest.mark.parametrize(
    ("value", "before", "after", "what"),
    [
        ("5 %", "0", "3", "begins at 0"),
        ("5 %", "many", "3", "“many” is not one number"),
        ("some", "2", "3", "“some” is not one number"),
        ("5 %", "9" * 40, "1", "−100 %"),
    ],
)
def test_a_change_that_cannot_be_worked_out_says_why(value, before, after, what):
    assert what in changed(value, before, after)[0]


@given(st.integers(1, 10**7), st.integers(0, 10**7), st.integers(0, 3))
def test_a_change_stated_as_it_comes_out_is_never_a_conflict(before, after, places):
    out = (Decimal(after - before) / before * 100).quantize(Decimal(1).scaleb(-places))
    assert changed(f"{out:f} %", f"{before:,}", str(after)) == []
    off = out + 2 * Decimal(1).scaleb(-places)
    assert len(changed(f"{off:f} %", f"{before:,}", str(after))) == 1


@given(st.decimals(0, 10**9, places=2), st.sampled_from(["{:f}", "{:,f}", "£{:,f}", "{:f} %"]))
def test_a_number_is_read_as_it_was_written(number, form):
    assert read_value(form.format(number)).numbers == (number,)


@given(st.lists(st.tuples(st.text(max_size=12), st.text(max_size=4)), max_size=5))
def test_whatever_is_written_agrees_with_itself(values):
    facts = [fact(value, id=str(n), unit=unit) for n, (value, unit) in enumerate(values)]
    assert all(read_value(v, u).agrees(read_value(v, u)) for v, u in values)
    for found in find_conflicts(facts):
        assert len(found.facts) > 1


def test_a_change_needs_two_other_facts(written):
    one, other = note_fact(written, "a", "1"), note_fact(written, "b", "2")
    made = note_fact(written, "growth", "100 %", before=one, after=other)
    assert list_conflicts(written) == []
    for fields, what in (
        ({"before": ""}, "only what was after"),
        ({"after": one}, "two facts"),
        ({"after": made}, "from itself"),
        ({"after": "0" * 8}, "there is no such fact"),
        ({"colour": "red"}, "no field 'colour'"),
    ):
        with pytest.raises(P3CError, match=what):
            edit_fact(written, made, fields=fields)
    assert edit_fact(written, other, fields={"value": "3"})
    assert list_conflicts(written)[0].what == "from 1 to 3 is +200 %, and +100 % is stated"
    assert remove_fact(written, other) == {"citations": 0, "changes": 1}
    assert facts_of(written)[made].before is None
    assert list_conflicts(written) == []


def test_a_fact_goes_with_its_places_and_then_is_gone(written):
    made = note_fact(written, "Beds", "4", source="plan")
    assert remove_fact(written, made) == {"citations": 1, "changes": 0}
    with pytest.raises(P3CError, match="anna took it away"):
        edit_fact(written, made, fields={"value": "5"})
    with written.store.read() as connection:
        assert read_description(connection).citations == {}


def test_a_fact_is_found_by_the_digits_that_it_alone_has(written):
    one, other = note_fact(written, "a", "1"), note_fact(written, "b", "2")
    with written.store.read() as connection:
        assert find_fact(connection, one[-8:]).id == one
        with pytest.raises(P3CError, match="several facts could be meant"):
            find_fact(connection, one[:6] + other[6:8])
        with pytest.raises(P3CError, match="no such fact"):
            find_fact(connection, "")


def test_what_somebody_changed_meanwhile_is_not_written_over(written):
    made = note_fact(written, "Beds", "4")
    edit_fact(written, made, fields={"value": "5"}, was={"value": "4"})
    with pytest.raises(P3CError) as caught:
        edit_fact(written, made, fields={"value": "6"}, was={"value": "4"})
    assert caught.value.problems[0].code == "stale"
