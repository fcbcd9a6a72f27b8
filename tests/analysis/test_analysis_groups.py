"""By what a table groups, and whose words count where."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import p3c_qual as p3c

if TYPE_CHECKING:
    from conftest import Small

CORE = "workforce.micro.core_group"
GROUP = """\
I: What works?
P1: The nurse calls.
P2: One record helps us.
I: And what does not?
P1: Money is short.
"""


@pytest.fixture
def group(small: Small) -> Small:
    """Give a study of a group interview with two people of different types."""
    small.add("IP01", "I: Yes?\nR: We meet.\n", interviewee="P1", stakeholder_type="D1")
    small.add("IP02", "I: Yes?\nR: We meet.\n", interviewee="P2", stakeholder_type="F")
    small.add("G1", GROUP, interviewee="P1;P2", site="north", programme="alpha")
    return small


def test_in_a_group_interview_a_segment_is_the_speakers(group: Small) -> None:
    group.code(("G1", "The nurse calls.", CORE), ("G1", "Money is short.", CORE))
    group.code(("G1", "One record helps us.", "financing"))
    table = group.table(by="stakeholder_type")
    assert table.loc["workforce", ["D1", "F", "total"]].tolist() == [2, 0, 2]
    people = group.table(by="stakeholder_type", count="interviewees")
    assert people.loc["workforce", ["D1", "F", "total"]].tolist() == [1, 0, 1]
    assert people.loc["financing", ["D1", "F", "total"]].tolist() == [0, 1, 1]


def test_a_person_named_after_the_import_is_known_by_the_label_of_the_turns(group: Small) -> None:
    group.add("G2", GROUP, interviewee="P1", programme="alpha")
    group.study.set_fields("source", "G2", {"interviewee": "P1;P2"})
    group.code(("G2", "The nurse calls.", CORE), ("G2", "One record helps us.", "financing"))
    found = group.study.codings(source="G2").set_index("quote")["interviewee"].to_dict()
    assert found == {"The nurse calls.": "P1", "One record helps us.": "P2"}


def test_what_the_interviewer_said_in_a_group_is_nobodys(group: Small) -> None:
    group.code(("G1", "And what does not?", CORE))
    table = group.table(by="stakeholder_type")
    assert table.loc["workforce", ["(none)", "total"]].tolist() == [1, 1]
    people = group.table(by="stakeholder_type", count="interviewees")
    assert people.loc["workforce", "total"] == 0
    assert "(none)" not in people
    assert "1 segment in nobody's turn left out" in people.attrs["caption"]


def test_a_person_of_two_types_stands_in_both_columns_and_once_in_the_total(pair: Small) -> None:
    pair.add("IP03", "I: Yes?\nR: We meet.\n", interviewee="IP03", stakeholder_type="A;D2")
    pair.code(("IP01", "We meet", CORE), ("IP03", "We meet", CORE))
    for count in ("segments", "interviewees"):
        table = pair.table(by="stakeholder_type", count=count)
        assert table.loc["workforce", ["A", "D2", "total"]].tolist() == [2, 1, 2]
        assert "the total is not the sum of the columns" in table.attrs["caption"]


def test_two_programmes_with_a_site_of_one_name_are_kept_apart(pair: Small) -> None:
    pair.add("IP03", "I: Yes?\nR: We meet.\n", interviewee="IP03", programme="beta", site="north")
    pair.code(("IP01", "We meet", CORE), ("IP02", "The nurse", CORE), ("IP03", "We meet", CORE))
    table = pair.table(by="site")
    assert list(table.columns) == ["alpha/north", "beta/north", "south", "total"]
    assert table.loc["workforce"].tolist() == [1, 1, 1, 3]
    # a column is called alike in every table of the study
    assert list(pair.table(by="site", coder="anna").columns) == list(table.columns)
    listed = pair.study.codings(site="beta/north")
    assert listed["source"].tolist() == ["IP03"]


def test_any_variable_groups_and_what_has_no_value_stands_last(small: Small) -> None:
    small.add("a", "We meet.", variables={"size": "10", "zone": "x"})
    small.add("b", "We meet.", variables={"size": "9"})
    small.code(("a", "We meet", CORE), ("b", "We meet", CORE))
    assert list(small.table(by="size").columns) == ["10", "9", "total"]
    assert list(small.table(by="zone").columns) == ["x", "(none)", "total"]


def test_a_group_called_like_a_column_of_every_table_gets_another_name(small: Small) -> None:
    small.add("a", "We meet.", variables={"area": "total"})
    small.add("b", "We meet.", variables={"area": "code"})
    small.code(("a", "We meet", CORE), ("b", "We meet", CORE))
    frame = p3c.table_frequencies(small.study, by="area")
    assert list(frame.columns) == ["code", "area code", "area total", "total"]
    assert frame.set_index("code").loc["workforce"].tolist() == [1, 1, 2]


@pytest.mark.parametrize(
    ("by", "columns"),
    [
        ("programme", ["alpha"]),
        ("country", ["Norland"]),
        ("source", ["IP01"]),
        ("kind", ["interview"]),
        ("wave", ["2"]),
        ("coder", ["anna"]),
        ("stakeholder_type", ["A"]),
        ("role", None),
    ],
)
def test_each_property_groups_or_is_refused(
    small: Small, by: str, columns: list[str] | None
) -> None:
    small.add(
        "IP01", "I: Yes?\nR: We meet.\n", programme="alpha", country="Norland", wave="2",
        interviewee="IP01", stakeholder_type="A",
    )  # fmt: skip
    small.code(("IP01", "We meet", CORE))
    if columns is None:
        with pytest.raises(p3c.P3CError, match="cannot be grouped by 'role'"):
            small.table(by=by)
    else:
        assert list(small.table(by=by).columns) == [*columns, "total"]


def test_a_rate_is_of_each_persons_own_words(group: Small) -> None:
    group.code(("G1", "The nurse calls.", CORE), ("G1", "One record helps us.", CORE))
    group.code(("IP01", "We meet.", "financing"), ("IP02", "We meet.", "financing"))
    table = group.table(by="stakeholder_type", rate="words")
    # P1: "The nurse calls." and "Money is short."; P2: "One record helps us."; both "We meet."
    assert table.attrs["denominators"] == {"D1": 8, "F": 6, "total": 14}
    assert table.loc["workforce", "D1"] == pytest.approx(1000 / 8)
    assert table.loc["workforce", "F"] == pytest.approx(1000 / 6)
    assert table.loc["workforce", "total"] == pytest.approx(2000 / 14)
    assert "per 1,000 words" in table.attrs["unit"]


def test_a_rate_leaves_the_interviewers_words_and_documents_out(pair: Small) -> None:
    pair.add("plan", "We plan one record.", kind="document", site="north")
    pair.code(("IP01", "We meet", CORE), ("plan", "one record", CORE))
    table = pair.table(by="source", rate="words")
    assert table.attrs["denominators"]["IP01"] == 20
    assert table.loc["workforce", "total"] == pytest.approx(1000 / 20)
    assert "1 source without an interviewee left out" in table.attrs["caption"]


def test_a_rate_is_refused_of_excerpts_with_the_reason(pair: Small) -> None:
    pair.add("IP03", "R: We meet.\n", interviewee="IP03", completeness="excerpts")
    pair.code(("IP01", "We meet", CORE), ("IP03", "We meet", CORE))
    with pytest.raises(p3c.P3CError, match="whose words are not all there") as caught:
        pair.table(by="site", rate="words")
    assert caught.value.problems[0].where == "IP03"
    assert "Excerpts or notes, in 1 source" in pair.table(by="site").attrs["caption"]
