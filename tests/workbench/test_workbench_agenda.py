"""Pilots, emerging categories and coding agendas as the front end gets them."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from pilot_kit import deductive, inductive, read, step_of

import p3c_qual as p3c
from p3c_qual.workbench.agenda import agenda_state, edition_changes
from p3c_qual.workbench.pilot import emergence_state, pilot_state
from p3c_qual.workbench.verbs import run

if TYPE_CHECKING:
    from pathlib import Path


def do(study: p3c.Study, verb: str, **args: Any) -> Any:
    return run(study, verb, str(uuid.uuid4()), args)


def plain(state: Any) -> Any:
    """Return what the browser gets."""
    return orjson.loads(orjson.dumps(state))


@pytest.fixture
def piloted(study: p3c.Study, tmp_path: Path) -> p3c.Study:
    """Give a question in its pilot: two texts coded by anna, one of them by ben too."""
    inductive(study, tmp_path, 8)
    study.code("P01", 40, 60, "found:trust")
    study.code("P02", 40, 60, "found:trust")
    study.code("P02", 50, 70, "found:trust", coder="ben")
    read(study, 1, 2)
    return study


def test_the_pilot_tells_both_shares_and_what_is_stale(piloted: p3c.Study) -> None:
    state = plain(pilot_state(piloted, "help", others=True))
    assert [each["coder"] for each in state["worked"]] == ["", "anna", "ben"]
    assert state["worked"][0]["units"] == {"part": 2, "of": 8}
    assert (state["phase"], state["version"], state["next"]) == ("open", "1", "2")
    assert state["stale"] == []
    piloted.edit_code("found:trust", rule="Of persons alone.")
    assert plain(pilot_state(piloted, "help", others=True))["edited"] == [
        {"key": "trust", "label": "Trust", "fields": ["rule"]}
    ]

    do(piloted, "close_pilot", question="help", decision="changed", reason="Too wide.")

    state = plain(pilot_state(piloted, "help", others=True))
    assert state["total"] == 3
    assert [(each["key"], each["coder"], each["version"]) for each in state["stale"]] == [
        ("P01", "anna", "1"),
        ("P02", "anna", "1"),
        ("P02", "ben", "1"),
    ]
    (review,) = state["reviews"]
    assert (review["decision"], review["reason"]) == ("changed", "Too wide.")
    assert review["characters"]["of"] == 800
    assert state["phase"] == "early"


def test_blind_coding_tells_nothing_of_what_others_coded(piloted: p3c.Study) -> None:
    state = plain(pilot_state(piloted, "help", others=False))
    assert [each["coder"] for each in state["worked"]] == ["", "anna"]
    do(piloted, "close_pilot", question="help", decision="changed", reason="So.", version="2")
    state = plain(pilot_state(piloted, "help", others=False))
    assert {each["coder"] for each in state["stale"]} == {"anna"}
    assert state["total"] == 3
    emerged = plain(emergence_state(piloted, "help", others=False))
    assert {each["coder"] for each in emerged["formed"]} == {"anna"}
    assert len(plain(emergence_state(piloted, "help", others=True))["formed"]) == 3


def test_only_ones_own_codings_are_confirmed(piloted: p3c.Study) -> None:
    do(piloted, "close_pilot", question="help", decision="changed", reason="So.", version="2")
    stale = plain(pilot_state(piloted, "help", others=True))["stale"]
    with pytest.raises(p3c.P3CError, match="another coder's"):
        do(piloted, "confirm_codings", codings=[each["id"] for each in stale])
    mine = [each["id"] for each in stale if each["coder"] == "anna"]
    assert do(piloted, "confirm_codings", codings=mine) == 2


def test_an_act_that_comes_twice_closes_the_pilot_once(piloted: p3c.Study) -> None:
    args = {"question": "help", "decision": "unchanged", "reason": "", "version": ""}
    name = str(uuid.uuid4())
    first = run(piloted, "close_pilot", name, args)
    assert run(piloted, "close_pilot", name, args) == first
    assert step_of(piloted) == "final"
    assert len(plain(pilot_state(piloted, "help", others=True))["reviews"]) == 1


def test_emerging_categories_come_with_their_places_and_curves(piloted: p3c.Study) -> None:
    state = plain(emergence_state(piloted, "help", others=True))
    (row,) = state["rows"]
    assert (row["key"], row["source_key"], row["start"], row["subsumed"]) == ("trust", "P01", 40, 2)
    assert row["source"]
    assert row["alone"] is True
    assert [each["new"] for each in state["formed"]] == [True, False, False]
    by_date, random = state["saturation"]
    assert [each["cumulative"] for each in by_date["points"]] == [1, 1]
    assert by_date["why"] == "not assessable: 2 interviews, and base and run need 6"
    assert random["order"] == "random"
    assert by_date["points"][0]["ratio"] is None
    assert "meant for categories formed" in state["caution"]


@pytest.fixture
def themes(study: p3c.Study, tmp_path: Path) -> p3c.Study:
    """Give a coding agenda whose two categories were confused in one place."""
    deductive(study, tmp_path, 4)
    study.code("P01", 40, 60, "themes:money")
    study.code("P01", 50, 70, "themes:staff", coder="ben")
    return study


def test_the_agenda_comes_with_its_anchors_and_what_they_lost(themes: p3c.Study) -> None:
    coding = themes.codings()["id"].tolist()[0]
    place = do(themes, "add_anchor", code="themes:money", coding=coding, prototype=True)
    assert place == "P01@40-60"
    row = plain(agenda_state(themes, "themes", others=True))["rows"][0]
    assert (row["label"], row["codings"]) == ("Money", 1)
    (anchor,) = row["anchors"]
    assert (anchor["place"], anchor["prototype"], anchor["fault"]) == ("P01@40-60", True, "")
    do(themes, "uncode", codings=[coding])
    (anchor,) = plain(agenda_state(themes, "themes", others=True))["rows"][0]["anchors"]
    assert anchor["fault"] == "the passage is no longer coded with it"
    do(themes, "mark_prototype", code="themes:money", anchor=place, prototype=False)
    do(themes, "remove_anchor", code="themes:money", anchor=place)
    assert plain(agenda_state(themes, "themes", others=True))["rows"][0]["anchors"] == []


def test_confusions_are_not_told_in_blind_coding(themes: p3c.Study) -> None:
    (row,) = plain(agenda_state(themes, "themes", others=True))["confusions"]
    assert (row["label_a"], row["label_b"], row["pairs"], row["ruled"]) == (
        "Money",
        "Staff",
        1,
        False,
    )
    assert row["places"][0] == {
        "source": row["places"][0]["source"],
        "key": "P01",
        "start": 50,
        "end": 60,
        "coder_a": "anna",
        "coder_b": "ben",
    }
    assert plain(agenda_state(themes, "themes", others=False))["confusions"] == []


def test_versions_are_frozen_reopened_compared_and_leave_a_duty(themes: p3c.Study) -> None:
    do(themes, "freeze_codebook", codebook="themes", reason="For now.")
    state = plain(agenda_state(themes, "themes", others=True))
    assert (state["frozen"], state["next"]) == (True, "2")
    assert [(each["version"], each["reason"]) for each in state["editions"]] == [("1", "For now.")]
    do(themes, "edit_code", code="themes:money", rule="Sums alone.", reason="Confused.")
    proposals = themes.proposals()["id"].tolist()
    assert do(themes, "accept_proposals", proposals=proposals, reason="Agreed.") == "2"
    assert do(themes, "reopen_codebook", codebook="themes", reason="More.") == "3"
    assert edition_changes(themes, "themes", "1", "2") == [
        "codebook: changed, version from '1' to '2'",
        "money: changed, rule from nothing to 'Sums alone.'",
    ]
    assert "codebook: changed, status from 'final' to 'draft'" in edition_changes(
        themes, "themes", "2", ""
    )
    (duty,) = plain(agenda_state(themes, "themes", others=True))["duty"]
    assert (duty["label"], duty["changed"], duty["coder"], duty["key"], duty["start"]) == (
        *("Money", "rule", "anna", "P01", 40),
    )
    do(themes, "confirm_codings", codings=duty["ids"])
    assert plain(agenda_state(themes, "themes", others=True))["duty"] == []


def test_a_level_is_edited_until_the_codebook_is_frozen(study: p3c.Study, tmp_path: Path) -> None:
    (tmp_path / "pace.yml").write_text(
        "format: 1\nkey: pace\nlabel: Pace\ncodes:\n  - id: pace\n    label: Pace\n    kind: ordinal\n"
        "    levels:\n      - {value: 1, label: slow}\n      - {value: 2, label: fast}\n",
        encoding="utf-8",
    )
    study.load_codebook(tmp_path / "pace.yml")
    assert do(study, "edit_level", code="pace:pace", level="2", definition="Days.")
    rows = plain(agenda_state(study, "pace", others=True))["rows"]
    assert [(row["level"], row["label"], row["definition"]) for row in rows] == [
        ("", "Pace", ""),
        ("1", "1 slow", ""),
        ("2", "2 fast", "Days."),
    ]
    with pytest.raises(p3c.P3CError, match=r"'Pace' has no level '3'. .*Valid: 1, 2"):
        do(study, "edit_level", code="pace:pace", level="3", rule="x")
    do(study, "freeze_codebook", codebook="pace")
    with pytest.raises(p3c.P3CError, match="is final, and its scales stay as they are"):
        do(study, "edit_level", code="pace:pace", level="2", rule="x")


def test_what_somebody_changed_since_is_not_written_over(themes: p3c.Study) -> None:
    themes.edit_code("themes:money", definition="Who pays.")
    with pytest.raises(p3c.P3CError, match="anna changed the definition at") as refused:
        do(
            themes,
            "edit_code",
            code="themes:money",
            definition="Mine.",
            was={"definition": "What it costs."},
        )
    assert [each.code for each in refused.value.problems] == ["stale"]
    assert themes.codebook("themes").code("money").definition == "Who pays."
    do(
        themes,
        "edit_code",
        code="themes:money",
        definition="Mine.",
        was={"definition": "Who pays."},
    )
    assert themes.codebook("themes").code("money").definition == "Mine."


def test_a_level_that_was_changed_since_is_not_written_over(
    study: p3c.Study, tmp_path: Path
) -> None:
    (tmp_path / "pace.yml").write_text(
        "format: 1\nkey: pace\nlabel: Pace\ncodes:\n  - id: pace\n    label: Pace\n    kind: ordinal\n"
        "    levels:\n      - {value: 1, label: slow, definition: Weeks.}\n      - {value: 2, label: fast}\n",
        encoding="utf-8",
    )
    study.load_codebook(tmp_path / "pace.yml")
    args = {"code": "pace:pace", "level": "1", "definition": "Months."}
    with pytest.raises(p3c.P3CError, match="changed the scale at"):
        do(study, "edit_level", **args, was={"definition": "Days."})
    assert do(study, "edit_level", **args, was={"definition": "Weeks."})
