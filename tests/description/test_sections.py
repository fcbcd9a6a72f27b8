"""The author's sections: written, arranged, added, taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import p3c_qual as p3c
from p3c_qual import description
from p3c_qual.description.model import SectionText, Where
from p3c_qual.description.naming import name_where
from p3c_qual.description.read import read_description

if TYPE_CHECKING:
    from p3c_qual.study import Study


def held(study: Study, programme: str = "north") -> dict[str, SectionText]:
    with study.store.read() as connection:
        where = name_where(connection, programme=programme) if programme else Where()
        return read_description(connection).sections_of(where)


def test_a_text_is_written_changed_and_taken_away(written: p3c.Study) -> None:
    assert description.write_section(written, "workforce", " Told. ", programme="north")
    assert not description.write_section(written, "workforce", "Told.", programme="north")
    assert held(written)["workforce"].text == "Told."
    assert held(written, "south") == {}
    assert description.write_section(written, "workforce", "", programme="north")
    assert held(written) == {}
    written.undo()
    assert held(written)["workforce"].text == "Told."


def test_an_unknown_section_and_an_unknown_programme_are_named(written: p3c.Study) -> None:
    with pytest.raises(p3c.P3CError, match="Did you mean 'workforce'"):
        description.write_section(written, "workfource", "x", programme="north")
    with pytest.raises(p3c.P3CError, match="Did you mean 'north'"):
        description.write_section(written, "workforce", "x", programme="nord")
    with pytest.raises(p3c.P3CError, match="no programme is in 'Norway'"):
        description.write_section(written, "method", "x", country="Norway")


def test_a_text_somebody_else_changed_is_not_written_over(written: p3c.Study) -> None:
    put = {"programme": "north"}
    description.write_section(written, "workforce", "One.", **put)
    seen = {"text": "One."}
    assert description.write_section(written, "workforce", "Two.", **put, was=seen)
    with pytest.raises(p3c.P3CError, match="nothing was written over") as refused:
        description.write_section(written, "workforce", "Three.", **put, was=seen)
    assert refused.value.problems[0].code == "stale"
    with pytest.raises(p3c.P3CError) as gone:
        description.write_section(written, "financing", "Three.", **put, was=seen)
    assert gone.value.problems[0].code == "gone"
    assert held(written)["workforce"].text == "Two."


def test_a_section_of_the_authors_own_has_a_key_nobody_else_has(written: p3c.Study) -> None:
    own = [description.add_section(written, "Workforce", programme="north") for _ in range(2)]
    assert own == ["workforce_2", "workforce_3"]
    with pytest.raises(p3c.P3CError) as refused:
        description.add_section(written, " ", kind="sonnet", under="nowhere", programme="north")
    assert len(refused.value.problems) == 3


@pytest.mark.parametrize(
    ("section", "fields", "why"),
    [
        ("workforce", {"under": "workforce"}, "would be part of itself"),
        ("service_delivery", {"under": "self_management"}, "would be part of itself"),
        ("workforce", {"after": "workforce"}, "would follow itself"),
        ("workforce", {"merged_into": "financing"}, "would be merged into itself"),
        ("financing", {"left_out": "yes"}, "is left out and merged into"),
        ("workforce", {"under": "financing", "after": "self_management"}, "part of another"),
        ("workforce", {"left_out": "no"}, "left out, or not"),
        ("workforce", {"titel": "x"}, "Did you mean 'title'"),
    ],
)
def test_what_cannot_be_arranged_says_why(
    written: p3c.Study, section: str, fields: dict[str, str], why: str
) -> None:
    description.arrange_section(
        written, "financing", {"merged_into": "workforce"}, programme="north"
    )
    with pytest.raises(p3c.P3CError, match=why):
        description.arrange_section(written, section, fields, programme="north")
    assert list(held(written)) == ["financing"]


def test_a_section_others_go_with_stays_until_they_are_put_elsewhere(written: p3c.Study) -> None:
    own = description.add_section(written, "A chapter", programme="north")
    story = description.add_section(
        written, "A story", kind="vignette", under=own, programme="north"
    )
    with pytest.raises(p3c.P3CError, match="has others that go with it: 'A story'"):
        description.remove_section(written, own, programme="north")
    assert description.remove_section(written, story, programme="north")
    assert description.remove_section(written, own, programme="north")
    assert held(written) == {}
    assert not description.remove_section(written, "workforce", programme="north")


def test_the_journal_and_an_undo_name_sections_and_entries_as_people_do(
    written: p3c.Study,
) -> None:
    put = {"programme": "north"}
    description.write_section(written, "workforce", "Told.", **put)
    own = description.add_section(written, "The bus", **put)
    description.arrange_section(written, own, {"title": "The bus at night"}, **put)
    description.remove_section(written, own, **put)
    description.give_answer(written, "formal_description", "aim", "Care at home.", **put)
    said = list(written.log(limit=5)["act" if "act" in written.log() else "verb"])
    assert said == [
        "fill in 'Aim' of formal description",
        "remove the section 'The bus at night' of north",
        "arrange the section 'The bus' of north",
        "add the section 'The bus' of north",
        "write the section 'Workforce' of north",
    ]
    assert "'Aim' of formal description" in str(written.undo())
