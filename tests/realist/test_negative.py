"""Negative cases: searched for, logged also when there are none, and decided upon."""

from __future__ import annotations

import pytest
from judging_kit import claim, layer, says

import p3c_qual as p3c
from p3c_qual.errors import P3CError
from p3c_qual.realist.building.elements import remove_element
from p3c_qual.realist.negative.search import decide_search, negative_cases, search_negative
from p3c_qual.realist.negative.search_table import table_searches
from p3c_qual.sources.incoming import Incoming

C_O, O_M, M_O = "context_without_outcome", "outcome_without_mechanism", "mechanism_with_opposite"


@pytest.fixture
def time_told(told):
    """Give the study with one claim, heard whole in N1."""
    parts = {
        "c": ("context", "far from town"),
        "s": ("resource", "time for a talk"),
        "r": ("reasoning", "trust"),
        "o": ("outcome", "fewer stays", {"direction": "improves", "domain": "patient"}),
    }
    claim(told, "c1", parts)
    says(told, "c1.c", "N1", "On the hill")
    says(told, "c1.s", "N1", "time for a talk")
    says(told, "c1.o", "N1", "not been in hospital")
    return told


def run(told, kind, configuration="c1", **more):
    """Search, and return what was found: the quotes, the silent sources, the figures."""
    name = search_negative(told, configuration, kind, **more)
    with told.store.read() as connection:
        found = negative_cases(connection, name)
    quotes = [item.quote for item in found.found]
    return quotes, [each.key for each in found.silent], found.search.figures


def test_a_context_without_its_outcome_is_found_where_it_is_said(time_told):
    says(time_told, "c1.c", "N2", "We have no bus")
    says(time_told, "c1.o", "N2", "Nothing got better", absent=True, role="contradicts")
    quotes, silent, figures = run(time_told, C_O)
    assert quotes == ["Nothing got better"]
    assert silent == []
    assert figures["found"] == 1
    assert (figures["looked_at"], figures["with_first"]) == (6, 2)
    assert (figures["worked_through"], figures["not_worked_through"]) == (5, 1)


@pytest.mark.parametrize("fields", [{"absent": True}, {"role": "contradicts"}])
def test_said_to_be_absent_or_contradicted_is_a_case(time_told, fields):
    says(time_told, "c1.c", "N2", "We have no bus")
    says(time_told, "c1.o", "N2", "Nothing got better", **fields)
    assert run(time_told, C_O)[0] == ["Nothing got better"]


def test_an_outcome_that_is_absent_where_the_context_is_not_heard_is_no_case(time_told):
    says(time_told, "c1.o", "N2", "Nothing got better", absent=True)
    quotes, silent, figures = run(time_told, C_O)
    assert (quotes, silent, figures["found"]) == ([], [], 0)


def test_a_context_that_is_said_to_be_absent_is_no_context(time_told):
    says(time_told, "c1.c", "N2", "We have no bus", absent=True)
    says(time_told, "c1.o", "N2", "Nothing got better", absent=True)
    assert run(time_told, C_O)[0] == []


def test_not_mentioned_is_silent_and_no_negative_case(time_told):
    says(time_told, "c1.c", "N2", "We have no bus")
    quotes, silent, figures = run(time_told, C_O)
    assert (quotes, silent) == ([], ["N2"])
    assert (figures["found"], figures["silent"], figures["unknown_asked"]) == (0, 1, 1)


def test_silence_in_a_source_that_nobody_worked_through_says_nothing(time_told):
    says(time_told, "c1.c", "S3", "We knew each other")
    _, silent, figures = run(time_told, C_O)
    assert silent == []
    assert figures["open"] == 1


def test_an_outcome_without_its_mechanism_is_found(time_told):
    says(time_told, "c1.o", "S2", "I sleep better now")
    says(time_told, "c1.r", "S2", "nobody knows anybody", absent=True)
    says(time_told, "c1.o", "plan", "Admissions fall")
    quotes, silent, figures = run(time_told, O_M)
    assert quotes == ["nobody knows anybody"]
    assert silent == ["plan"]
    assert (figures["with_first"], figures["found"], figures["silent"]) == (3, 1, 1)


def test_a_mechanism_with_the_opposite_outcome_is_found_in_another_configuration(time_told):
    trust = "m"
    with time_told.act("name") as act:
        act.insert("mechanism", [{"id": trust, "key": "trust", "label": "Trust"}])
        act.update("configuration", {"c1": {"mechanism": trust}})
    parts = {
        "r": ("reasoning", "confidence in her"),
        "o": ("outcome", "falls again", {"direction": "worsens", "domain": "patient"}),
        "cost": ("outcome", "one more form", {"direction": "worsens", "domain": "cost"}),
    }
    claim(time_told, "c2", parts, mechanism=trust)
    says(time_told, "c2.r", "N2", "I trusted her")
    says(time_told, "c2.o", "N2", "still I fell")
    says(time_told, "c2.cost", "S1", "it was one more form")
    says(time_told, "c2.r", "S1", "shared list")
    quotes, silent, figures = run(time_told, M_O)
    assert quotes == ["still I fell"]
    assert figures["configurations"] == 2
    assert silent == ["S1"], "what happens to costs says nothing of patients"


@pytest.mark.parametrize(
    ("here", "there", "opposite"),
    [
        ("improves", "worsens", True),
        ("worsens", "improves", True),
        ("improves", "unchanged", True),
        ("worsens", "unchanged", True),
        ("unchanged", "improves", True),
        ("improves", "mixed", False),
        ("improves", "improves", False),
        ("", "worsens", False),
    ],
)
def test_which_directions_are_opposite(told, here, there, opposite):
    parts = {
        "r": ("reasoning", "trust"),
        "o": ("outcome", "health", {"direction": here}),
        "p": ("outcome", "falls", {"direction": there}),
    }
    claim(told, "c1", parts)
    says(told, "c1.r", "N2", "I trusted her")
    says(told, "c1.p", "N2", "still I fell")
    assert bool(run(told, M_O)[0]) is opposite


def test_a_demi_regularity_joins_claims_and_a_set_aside_one_is_left_out(time_told):
    parts = {"c": ("context", "Far from town."), "o": ("outcome", "fewer stays")}
    claim(time_told, "c2", parts)
    says(time_told, "c2.c", "N2", "We have no bus")
    says(time_told, "c2.o", "N2", "Nothing got better", absent=True)
    assert run(time_told, C_O)[2]["configurations"] == 1
    with time_told.act("join") as act:
        act.insert("regularity", [{"id": "d", "key": "d"}])
        rows = [{"regularity": "d", "configuration": name} for name in ("c1", "c2")]
        act.insert("instance", rows)
    quotes, _, figures = run(time_told, C_O)
    assert (quotes, figures["configurations"]) == (["Nothing got better"], 2)
    with time_told.act("set aside") as act:
        act.update("configuration", {"c2": {"state": "set_aside"}})
    assert run(time_told, C_O)[0] == []


def test_another_context_of_the_same_claim_is_not_this_context(time_told):
    with time_told.act("join") as act:
        act.insert("regularity", [{"id": "d", "key": "d"}])
        rows = [{"regularity": "d", "configuration": name} for name in ("c1", "c2")]
        act.insert("instance", rows)
    claim(time_told, "c2", {"c": ("context", "in town"), "o": ("outcome", "fewer stays")})
    says(time_told, "c2.c", "S2", "In town")
    says(time_told, "c2.o", "S2", "I sleep better now", absent=True)
    assert run(time_told, C_O)[0] == []


def test_a_mechanism_that_is_said_not_to_fire_is_no_negative_case_of_itself(told):
    parts = {"r": ("reasoning", "use of the list"), "o": ("outcome", "no list")}
    claim(told, "c1", parts, activation="not_fired")
    says(told, "c1.o", "S1", "stopped filling it in")
    says(told, "c1.r", "S1", "I saw no use in it", absent=True)
    assert run(told, O_M)[0] == []


def test_a_contradiction_of_the_whole_is_counted_as_not_placed(time_told):
    says(time_told, "c1", "N2", "Nothing got better", role="contradicts")
    quotes, _, figures = run(time_told, C_O)
    assert (quotes, figures["unplaced"]) == ([], 1)


def test_an_absence_whose_element_was_taken_away_is_counted_as_not_placed(time_told):
    claim_of_two = {"id": "c1.o2", "configuration": "c1", "role": "outcome", "text": "fewer falls"}
    with time_told.act("another outcome") as act:
        act.insert("element", [claim_of_two])
    says(time_told, "c1.o2", "N2", "Nothing got better", absent=True)
    assert run(time_told, C_O)[2]["unplaced"] == 0
    remove_element(time_told, "c1.o2")
    assert run(time_told, C_O)[2]["unplaced"] == 1


def test_an_empty_search_is_logged(time_told):
    name = search_negative(time_told, "c1", M_O)
    (logged,) = layer(time_told).searches
    assert (logged.id, logged.kind, logged.found, logged.decision) == (name, M_O, (), "")
    assert logged.at


def test_the_same_search_is_logged_again_only_when_something_is_different(time_told):
    first = search_negative(time_told, "c1", C_O)
    assert search_negative(time_told, "c1", C_O) == first
    assert search_negative(time_told, "c1", C_O, coder="ben") != first
    time_told.mark_read("S3")
    assert search_negative(time_told, "c1", C_O) != first
    assert len(layer(time_told).searches) == 3


def test_no_words_are_kept_in_the_log(time_told):
    says(time_told, "c1.c", "N2", "We have no bus")
    passage = says(time_told, "c1.o", "N2", "Nothing got better", absent=True)
    search_negative(time_told, "c1", C_O)
    (logged,) = layer(time_told).searches
    assert logged.found == (passage,)
    assert set(map(type, logged.figures.values())) == {int}


def test_what_was_removed_since_is_not_shown(time_told):
    says(time_told, "c1.c", "N2", "We have no bus")
    passage = says(time_told, "c1.o", "N2", "Nothing got better", absent=True)
    name = search_negative(time_told, "c1", C_O)
    with time_told.act("remove") as act:
        act.delete("evidence", [passage])
    with time_told.store.read() as connection:
        found = negative_cases(connection, name)
    assert (found.found, found.search.found) == ((), (passage,))


def test_who_withdrew_is_no_case(time_told):
    says(time_told, "c1.c", "N2", "We have no bus")
    assert run(time_told, C_O)[1] == ["N2"]
    time_told.withdraw("N2", reason="asked to")
    _, silent, figures = run(time_told, C_O)
    assert (silent, figures["looked_at"]) == ([], 5)


def test_a_translation_is_the_same_case(time_told, tmp_path):
    file = tmp_path / "N2de.txt"
    file.write_text("R: Kein Bus. Nichts wurde besser.\n", encoding="utf-8")
    time_told.add(
        [Incoming(file=file, id="N2de", kind="interview", translation_of="N2", language="de")]
    )
    says(time_told, "c1.c", "N2", "We have no bus")
    with time_told.store.read() as connection:
        from p3c_qual.coding.names import ids_by_key

        source = ids_by_key(connection, "source")["N2de"]
    with time_told.act("absent") as act:
        row = {"configuration": "c1", "element": "c1.o", "source": source, "start": 3, "end": 9}
        act.insert("evidence", [{**row, "quote": "Kein B", "role": "supports", "absent": True}])
    quotes, _, figures = run(time_told, C_O)
    assert (quotes, figures["looked_at"]) == (["Kein B"], 6)


def test_who_was_asked_about_a_silent_part_is_said(time_told):
    from p3c_qual.codebook.code import Code
    from p3c_qual.codebook.model import Codebook
    from p3c_qual.codebook.stored import load_codebook
    from p3c_qual.coding.names import ids_by_key, read_codes

    codes = (Code("stays", "Stays"), Code("money", "Money"))
    with time_told.act("ask") as act:
        load_codebook(act, Codebook("asking", "Asking", codes=codes))
        for key in ("stays", "money"):
            focus = {"key": key, "label": key, "question": "", "codes": [f"asking:{key}"]}
            act.insert("protocol", [{"key": f"p_{key}", "label": key, "focus": [focus]}])
        protocols = ids_by_key(act.connection, "protocol")
        sources = ids_by_key(act.connection, "source")
        code = read_codes(act.connection).by_name["asking:stays"][0]
        act.update("element", {"c1.o": {"code": code}})
        act.update(
            "source",
            {
                sources["N2"]: {"protocol": protocols["p_stays"]},
                sources["S1"]: {"protocol": protocols["p_money"]},
            },
        )
    for source, words in (("N2", "We have no bus"), ("S1", "budget"), ("S2", "In town")):
        says(time_told, "c1.c", source, words)
    says(time_told, "c1.c", "plan", "The teams")
    name = search_negative(time_told, "c1", C_O)
    with time_told.store.read() as connection:
        found = negative_cases(connection, name)
    assert {each.key: each.asked for each in found.silent} == {
        "N2": "asked",
        "S1": "not asked",
        "S2": "unknown",
        "plan": "unknown",
    }
    assert {each.key: each.types for each in found.silent}["S1"] == ("D1",)
    assert (found.search.figures["not_asked"], found.search.figures["unknown_asked"]) == (1, 2)
    table = table_searches(time_told)
    assert "S1 (S1; not asked)" in table.loc[0, "silent_sources"]
    assert "plan (document; unknown whether asked)" in table.loc[0, "silent_sources"]


def test_a_decision_needs_its_reason(time_told):
    name = search_negative(time_told, "c1", C_O)
    for decision in ("revise", "bound", "explain"):
        with pytest.raises(P3CError, match="needs a reason"):
            decide_search(time_told, name, decision)
    with pytest.raises(P3CError, match="is nothing to decide"):
        decide_search(time_told, name, "ignore", reason="x")
    assert decide_search(time_told, name, "stands")
    assert not decide_search(time_told, name, "stands")
    assert decide_search(time_told, name, "bound", reason="Only far from town.")
    (logged,) = layer(time_told).searches
    assert (logged.decision, logged.reason) == ("bound", "Only far from town.")


def test_a_claim_stands_against_cases_only_with_a_reason(time_told):
    says(time_told, "c1.c", "N2", "We have no bus")
    says(time_told, "c1.o", "N2", "Nothing got better", absent=True)
    name = search_negative(time_told, "c1", C_O)
    with pytest.raises(P3CError, match="against the cases found needs a reason"):
        decide_search(time_told, name, "stands")


def test_what_is_unknown_gone_or_set_aside_is_refused(time_told):
    with pytest.raises(P3CError, match="no search for negative cases"):
        search_negative(time_told, "c1", "all")
    with pytest.raises(P3CError, match="'c9'"):
        search_negative(time_told, "c9", C_O)
    name = search_negative(time_told, "c1", C_O)
    with time_told.act("set aside") as act:
        act.update("configuration", {"c1": {"state": "set_aside"}})
        act.delete("negative_search", [name])
    with pytest.raises(P3CError, match="was set aside"):
        search_negative(time_told, "c1", C_O)
    with pytest.raises(P3CError, match="this search is gone: anna took it away"):
        decide_search(time_told, name, "stands")
    with time_told.store.read() as connection, pytest.raises(P3CError, match="search is gone"):
        negative_cases(connection, name)


def test_a_search_sent_twice_is_kept_once_and_can_be_taken_back(time_told):
    act_id = "0190aaaa-0000-7000-8000-000000000001"
    search_negative(time_told, "c1", C_O, id=act_id)
    with pytest.raises(P3CError):
        search_negative(time_told, "c1", C_O, id=act_id)
    assert len(layer(time_told).searches) == 1
    time_told.undo()
    assert layer(time_told).searches == ()


def test_the_log_lists_searches_with_what_they_found(time_told, tmp_path):
    says(time_told, "c1.c", "N2", "We have no bus")
    says(time_told, "c1.o", "N2", "Nothing got better", absent=True)
    search_negative(time_told, "c1", C_O)
    name = search_negative(time_told, "c1", M_O)
    decide_search(time_told, name, "stands")
    table = table_searches(time_told)
    assert table["found"].tolist() == [1, 0]
    assert table["decision"].tolist() == ["", "the claim stands"]
    assert table.loc[0, "places"].startswith("N2:")
    assert table["who"].tolist() == ["anna", "anna"]
    assert "2 made, of which 1 found none; 1 configuration stands" in table.attrs["caption"]
    for ending in ("csv", "xlsx", "html"):
        path = p3c.write_table(table, tmp_path / f"searches.{ending}")
        assert path.stat().st_size


@pytest.mark.parametrize("kind", [C_O, O_M, M_O])
def test_what_the_claim_does_not_name_is_not_searched_for(told, kind):
    claim(told, "c1", {})
    with pytest.raises(P3CError, match=r"c1 names no .+; a search could find nothing") as error:
        search_negative(told, "c1", kind)
    assert {each.code for each in error.value.problems} == {"unnamed"}
    assert layer(told).searches == ()
