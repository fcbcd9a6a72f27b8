"""Reporting and quality standards: what is held, how it is judged, and no total."""

from __future__ import annotations

import pytest
from judging_kit import claim, says

import p3c_qual as p3c
from p3c_qual.errors import P3CError
from p3c_qual.realist.negative.search import search_negative
from p3c_qual.standards.held import HELD
from p3c_qual.standards.items import (
    NOT_HELD,
    appraise,
    read_standards,
    standards,
    table_standards,
)

REPORTING, QUALITY = "rameses_reporting", "rameses_quality"


def held(told, item, standard=REPORTING):
    table = table_standards(told, standard).set_index("item")
    return table.loc[item, "held"], table.loc[item, "found_at"]


def test_both_standards_have_all_items_in_order():
    assert [each.item for each in standards()[REPORTING]] == list(range(1, 21))
    assert [each.item for each in standards()[QUALITY]] == list(range(1, 9))
    assert standards()[QUALITY][0].grades == ("inadequate", "adequate", "good", "excellent")
    assert standards()[REPORTING][0].grades == ("yes", "no", "unclear")
    sections = dict.fromkeys(each.section for each in standards()[REPORTING])
    assert list(sections) == [
        "Title",
        "Abstract",
        "Introduction",
        "Methods",
        "Results",
        "Discussion",
        "Other",
    ]


def test_everything_that_is_looked_up_is_known_and_used():
    named = {each.held for items in standards().values() for each in items if each.held}
    assert named == set(HELD)


def test_what_the_study_does_not_hold_is_said_and_not_invented(told):
    table = table_standards(told).set_index("item")
    assert table.loc[[2, 3, 7, 10, 18, 19, 20], "held"].tolist() == [NOT_HELD] * 7
    assert table.loc[[4, 13, 15, 16, 17], "held"].tolist() == [NOT_HELD] * 5
    assert (table.loc[table["held"] == NOT_HELD, "found_at"] == "").all()
    assert (table.loc[table["held"] != NOT_HELD, "found_at"] != "").all()
    assert (table["grade"] == "").all()


def test_initial_theories_are_named(told):
    with told.act("theories") as act:
        rows = [{"id": "a", "key": "home_time"}, {"id": "b", "key": "one_list"}]
        act.insert("theory", [*rows, {"id": "c", "key": "trust", "supersedes": "a"}])
    what, where = held(told, 4)
    assert what == "2 initial programme theories: home_time, one_list"
    assert "Theories" in where
    with told.act("refine") as act:
        act.update("theory", {"c": {"status": "refined"}})
    assert held(told, 16)[0] == "1 refined theory: trust (version 1)"


def test_participants_have_their_denominator(told):
    what, _ = held(told, 14)
    assert what.startswith("6 interviewees in 5 sources; ")
    assert "Client or representative 2 of 6" in what
    assert "Physician 1 of 6" in what
    what, _ = held(told, 11)
    assert what == "6 sources (1 document, 5 interview); no interview protocols"
    assert held(told, 9)[0] == "2 programmes: north, south; 1 document"
    assert held(told, 1)[0] == "the study's title is “Told”"


def test_findings_analysis_and_limits_are_counted(told):
    whole = {
        "c": ("context", "far"),
        "s": ("resource", "time"),
        "r": ("reasoning", "trust"),
        "o": ("outcome", "stays"),
    }
    claim(told, "c1", whole)
    claim(told, "c2", {"c": ("context", "far"), "o": ("outcome", "stays")})
    claim(told, "c3", whole, state="split")
    says(told, "c1.r", "N1", "I told her", elicited="probed")
    says(told, "c1.o", "N2", "Nothing got better", role="contradicts")
    search_negative(told, "c1", "context_without_outcome")
    assert held(told, 15)[0] == (
        "2 configurations: 1 full of 1 triad, 1 dyad, no singles; no demi-regularities"
    )
    assert "3 configurations made, 1 split" in held(told, 13)[0]
    assert held(told, 17)[0] == (
        "1 of 6 sources not worked through, 1 of 2 configurations no full triad, "
        "1 contradicting or rival passage without a decision, 1 search without a decision"
    )
    assert held(told, 2, QUALITY)[0].startswith("1 of 2 configurations with context")
    assert held(told, 5, QUALITY)[0] == (
        "2 passages by how they came about: spontaneous 0, probed 1, theory presented 0, not said 1"
    )
    assert held(told, 7, QUALITY)[0] == (
        "1 of 2 passages contradict or offer a rival explanation, 1 of them undecided; negative "
        "cases searched for in 1 of 2 configurations"
    )


def test_who_withdrew_is_not_counted(told):
    told.withdraw("N2", reason="asked to")
    assert held(told, 14)[0].startswith("5 interviewees in 4 sources")


def test_a_judgement_is_kept_and_shown(told, tmp_path):
    first = appraise(told, REPORTING, 4, "yes", place="p. 3", note="Two theories.")
    assert appraise(told, REPORTING, 4, "unclear", place="p. 3") == first
    row = table_standards(told).set_index("item").loc[4]
    assert (row["grade"], row["place"], row["note"]) == ("unclear", "p. 3", "")
    assert table_standards(told, QUALITY).set_index("item").loc[8, "held"] == (
        "1 of 20 items of the reporting standard are judged"
    )
    for ending in ("csv", "xlsx", "html"):
        path = p3c.write_table(table_standards(told), tmp_path / f"standards.{ending}")
        assert path.stat().st_size


def test_a_grade_can_be_taken_back(told):
    appraise(told, QUALITY, 1, "good")
    appraise(told, QUALITY, 1, "")
    assert [each.grade for each in read_standards(told) if each.of.standard == QUALITY] == [""] * 8


def test_nothing_is_added_up(told):
    for item in range(1, 9):
        appraise(told, QUALITY, item, "excellent")
    table = table_standards(told, QUALITY)
    assert table["item"].tolist() == list(range(1, 9))
    assert "total" not in " ".join([*table.columns, table.attrs["caption"]]).lower()


def test_what_somebody_else_judged_meanwhile_is_not_written_over(told):
    appraise(told, REPORTING, 1, "yes", was={"grade": "", "place": ""})
    with pytest.raises(P3CError) as caught:
        appraise(told, REPORTING, 1, "no", was={"grade": "", "place": ""})
    assert caught.value.problems[0].code == "stale"
    appraise(told, REPORTING, 1, "no", was={"grade": "yes", "place": ""})


def test_copies_that_judge_the_same_item_write_one_row(told, tmp_path):
    told.export_lines(tmp_path / "a.jsonl")
    other = p3c.new_study(tmp_path / "other", title="Told", coder="ben")
    other.import_lines(tmp_path / "a.jsonl")
    one = appraise(told, REPORTING, 5, "yes")
    assert appraise(other, REPORTING, 5, "no") == one
    told.export_lines(tmp_path / "b.jsonl")
    other.import_lines(tmp_path / "b.jsonl")
    judged = [each for each in read_standards(other) if each.grade]
    assert [(each.id, each.of.item) for each in judged] == [(one, 5)]


@pytest.mark.parametrize(
    ("standard", "item", "grade", "said"),
    [
        ("rameses", 1, "yes", "there is no standard 'rameses'"),
        (REPORTING, 21, "yes", "items 1 to 20, and no 21"),
        (REPORTING, 0, "yes", "and no 0"),
        (REPORTING, 1, "good", "'good' is no grade of the RAMESES II reporting standards"),
        (QUALITY, 1, "yes", "'yes' is no grade of the RAMESES II quality standards"),
    ],
)
def test_what_is_no_item_or_no_grade_is_refused(told, standard, item, grade, said):
    with pytest.raises(P3CError, match=said):
        appraise(told, standard, item, grade)
    assert not any(each.grade for each in read_standards(told))
