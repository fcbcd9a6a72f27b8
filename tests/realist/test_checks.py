"""What the checks find, and what they leave alone."""

from __future__ import annotations

import pytest
from judging_kit import claim, layer, says

from p3c_qual.errors import P3CError
from p3c_qual.realist.building.elements import remove_element
from p3c_qual.realist.judging.checks import CODES, check_realist, list_faults
from p3c_qual.store.clock import new_ids

WHOLE = {
    "c": ("context", "everyone knows everyone"),
    "s": ("resource", "time to talk"),
    "r": ("reasoning", "she feels heard"),
    "o": ("outcome", "fewer hospital stays", {"direction": "improves"}),
}


def faults(told, *codes):
    return check_realist(layer(told), codes=codes or None)


def test_a_whole_configuration_with_a_passage_has_no_fault(told):
    claim(told, "c1", WHOLE)
    says(told, "c1.s", "N1", "time for a talk")
    assert faults(told) == []


def test_a_resource_without_a_reasoning_only_names_an_activity(told):
    claim(told, "c1", {k: v for k, v in WHOLE.items() if k != "r"} | {"s": ("resource", "hub")})
    (found,) = faults(told, "activity_only")
    assert (found.configuration, found.element) == ("c1", "c1.s")
    assert found.what == "the mechanism is a resource alone ('hub'): what people make of it is open"
    assert found.do.startswith("Add the reasoning")


def test_a_response_written_into_the_resource_is_pointed_out(told):
    claim(told, "c1", {"s": ("resource", "a talk in which she feels heard")})
    (found,) = faults(told, "activity_only")
    assert found.do == ("“feels”, “heard” may be the response: write it as a reasoning of its own.")


def test_a_reasoning_that_names_an_activity_is_warned_of_with_its_words(told):
    claim(told, "c1", WHOLE | {"r": ("reasoning", "weekly MDT meeting")})
    (found,) = faults(told, "activity_only")
    assert found.element == "c1.r"
    assert found.what == (
        "the reasoning 'weekly MDT meeting' names only an activity or a structure: “MDT”, “meeting”"
    )


def test_one_reasoning_that_says_a_response_is_enough(told):
    claim(told, "c1", WHOLE | {"r2": ("reasoning", "weekly MDT meeting")})
    assert faults(told, "activity_only") == []


def test_a_reasoning_that_only_quotes_say_is_not_judged_by_their_words(told):
    claim(told, "c1", WHOLE | {"r": "reasoning"})
    says(told, "c1.r", "S3", "The list")
    assert faults(told, "activity_only") == []


def test_a_reasoning_without_a_resource_is_said(told):
    claim(told, "c1", {k: v for k, v in WHOLE.items() if k != "s"})
    (found,) = faults(told, "reasoning_only")
    assert found.element == "c1.r"


@pytest.mark.parametrize(
    "parts",
    [
        {"c": ("context", "Time to talk")},
        {"i": ("intervention", "shared list of patients"), "c": ("context", "shared list")},
        {"c": ("context", "a shared record was introduced")},
    ],
)
def test_a_context_that_is_a_component_of_the_intervention_is_warned_of(told, parts):
    claim(told, "c1", WHOLE | parts)
    (found,) = faults(told, "component_as_context")
    assert found.element == "c1.c"


def test_a_code_that_context_and_resource_share_says_nothing(told):
    # an element of a framework holds what was there before and what the programme does about it
    parts = {"c": ("context", "a hub", {"code": "X"}), "s": ("resource", "huddle", {"code": "X"})}
    claim(told, "c1", WHOLE | parts)
    assert faults(told, "component_as_context") == []


def test_a_component_of_another_configuration_is_no_matter(told):
    claim(told, "c1", WHOLE | {"c": ("context", "shared list")})
    claim(told, "c2", WHOLE | {"s": ("resource", "shared list")})
    assert faults(told, "component_as_context") == []


def test_an_outcome_without_direction_is_warned_of(told):
    claim(told, "c1", WHOLE | {"o": ("outcome", "hospital stays")})
    (found,) = faults(told, "no_direction")
    assert found.what == "the outcome 'hospital stays' has no direction"


def test_a_dyad_is_said_until_somebody_has_thought_on_it(told):
    claim(told, "c1", {"c": WHOLE["c"], "o": WHOLE["o"]})
    (found,) = faults(told, "incomplete")
    assert found.what == "the mechanism is open"
    with told.act("memo") as act:
        memo = {"kind": "retroduction", "configuration": "c1", "observed": "Less fear?"}
        act.insert("inference", [memo])
    assert faults(told, "incomplete") == []


def test_an_absence_that_supports_is_said(told):
    claim(told, "c1", WHOLE)
    says(told, "c1.o", "N2", "Nothing got better", absent=True)
    (found,) = faults(told)
    assert (found.code, found.element) == ("absent_support", "c1.o")


@pytest.mark.parametrize("role", ["supports", "contradicts"])
def test_an_absence_whose_element_was_taken_away_is_said(told, role):
    claim(told, "c1", WHOLE)
    says(told, "c1.o", "N2", "Nothing got better", absent=True, role=role)
    remove_element(told, "c1.o")
    (found,) = faults(told, "absent_what")
    assert (found.configuration, found.element) == ("c1", "")
    assert faults(told, "absent_support") == []


def test_what_does_not_stand_is_not_checked(told):
    claim(told, "c1", {"o": ("outcome", "stays")}, state="set_aside")
    assert faults(told) == []


def theory(told, name, **fields):
    with told.act("theory") as act:
        act.insert("theory", [{"id": name, "key": name, "status": "testing", **fields}])


def searched(told, configuration):
    with told.act("search") as act:
        row = {"configuration": configuration, "kind": "context_without_outcome"}
        act.insert("negative_search", [row])


def test_a_refined_theory_without_a_search_is_warned_of(told):
    theory(told, "t0", status="testing")
    theory(told, "t1", status="refined", supersedes="t0")
    claim(told, "c1", WHOLE, theory="t0")
    (found,) = faults(told, "refined_unsearched")
    assert found.theory == "t1"
    assert "no configuration tests this version" in found.what
    assert "one that tests a version before it" in found.what
    searched(told, "c1")
    assert faults(told, "refined_unsearched") == []


def test_a_search_on_what_was_split_since_counts(told):
    theory(told, "t1", status="refined")
    claim(told, "c1", WHOLE, theory="t1", state="split")
    searched(told, "c1")
    assert faults(told, "refined_unsearched") == []


def test_a_search_on_what_was_set_aside_since_does_not_count(told):
    theory(told, "t1", status="refined")
    claim(told, "c1", WHOLE, theory="t1", state="set_aside")
    searched(told, "c1")
    assert [each.theory for each in faults(told, "refined_unsearched")] == ["t1"]


def test_a_search_on_another_theory_does_not_count(told):
    theory(told, "t1", status="refined")
    theory(told, "other")
    claim(told, "c1", WHOLE, theory="other")
    searched(told, "c1")
    (found,) = faults(told, "refined_unsearched")
    assert "no configuration tests it" in found.what


def test_a_theory_against_which_nothing_was_looked_for_is_warned_of(told):
    theory(told, "t1", status="initial")
    assert faults(told, "never_searched") == []
    claim(told, "c1", WHOLE, theory="t1")
    says(told, "c1.r", "N1", "I told her")
    (found,) = faults(told, "never_searched")
    assert found.theory == "t1"
    assert "is logged on a configuration that tests it" in found.what
    says(told, "c1.o", "N2", "Nothing got better", role="contradicts")
    assert faults(told, "never_searched") == []


@pytest.mark.parametrize("role", ["contradicts", "rival"])
def test_what_speaks_against_an_earlier_version_counts(told, role):
    from p3c_qual.coding.names import ids_by_key

    theory(told, "t0")
    theory(told, "t1", supersedes="t0")
    assert [each.theory for each in faults(told, "never_searched")] == ["t1"]
    with told.store.read() as connection:
        source = ids_by_key(connection, "source")["N2"]
    with told.act("against") as act:
        row = {"theory": "t0", "source": source, "start": 0, "end": 4, "role": role}
        act.insert("evidence", [row])
    assert faults(told, "never_searched") == []


def test_the_list_names_keys_and_can_be_of_one(told):
    theory(told, "t1", status="refined")
    claim(told, "c1", WHOLE | {"o": ("outcome", "stays")}, theory="t1")
    claim(told, "c2", {"o": ("outcome", "stays")})
    table = list_faults(told)
    assert set(table["check"]) <= set(CODES)
    assert (table.dtypes == "str").all()
    assert set(list_faults(told, of="c1")["check"]) == {"no_direction", "no_passage"}
    assert list_faults(told, of="t1")["check"].tolist() == ["refined_unsearched"]
    row = table[table["check"] == "no_direction"].iloc[0]
    assert (row["configuration"], row["element"], row["theory"]) == ("c1", "outcome", "")
    with pytest.raises(P3CError, match="no configuration and no theory 'c9'"):
        list_faults(told, of="c9")


def test_many_configurations_are_checked_at_once(told):
    made = new_ids(500)
    with told.act("many") as act:
        act.insert("configuration", [{"id": i, "key": f"c{n}"} for n, i in enumerate(made)])
        rows = [
            {"configuration": i, "role": role, "text": text}
            for i in made
            for role, text in (
                ("context", "a shared record was rolled out across the town in autumn"),
                ("resource", "weekly meeting of the nurses and the doctors of both practices"),
                ("reasoning", "training of the nurses and the social workers by the hospital"),
                ("outcome", "fewer stays"),
            )
        ]
        act.insert("element", rows)
    realist = layer(told)
    found = check_realist(realist)
    assert len(found) == 4 * 500
