"""The sections of a report as the author arranged them, with how far each is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from description_kit import span

import p3c_qual as p3c
from p3c_qual import description
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from p3c_qual.description.order import Entry


def outline(study: p3c.Study, programme: str = "north") -> dict[str, Entry]:
    return {each.key: each for each in description.read_outline(study, programme)}


def test_the_skeleton_is_numbered_with_letters_for_appendices(written: p3c.Study) -> None:
    found = outline(written, "south")
    numbers = {key: found[key].number for key in ("summary", "basic_information", "workforce")}
    assert numbers == {"summary": "", "basic_information": "2.1", "workforce": "2.4"}
    assert found["self_management"].number == "2.2.2"
    assert found["distinctive"].number == "2.9.1.1"
    assert (found["references"].number, found["interview_partners"].number) == ("2.10", "A")
    assert found["references"].state == "generated"


def test_a_section_is_material_until_every_paragraph_names_a_passage(written: p3c.Study) -> None:
    quote = description.make_quote(written, *span("N1", "The nurse had time for a talk."))[:8]
    before = outline(written)["workforce"]
    assert (before.state, before.material) == ("material", 2)
    assert before.why == "2 passages and no sentence of the author’s"
    assert outline(written)["financing"].state == "empty"

    def write(text: str) -> Entry:
        description.write_section(written, "workforce", text, programme="north")
        return outline(written)["workforce"]

    only = write(f"![N1](quote:{quote})")
    assert (only.state, only.why, only.quotes) == (
        "material",
        "it has no sentence of the author’s",
        1,
    )
    half = write(f"They had time:\n\n![N1](quote:{quote})\n\nNobody says why.")
    assert (half.state, half.why) == ("material", "1 of 2 paragraphs names no passage")
    assert half.words == 6
    assert write(f"They had time [N1](quote:{quote}).").state == "description"
    assert write("They had time [N1](quote:00000000).").state == "material"
    # a summary and a discussion need no passage
    description.write_section(written, "distinctive", "Here it is time.", programme="north")
    assert outline(written)["distinctive"].state == "description"


def test_passages_are_counted_by_one_reading_of_each_source(written: p3c.Study) -> None:
    written.set_fields("source", "N1", {"main_coder": "anna"})
    written.code(
        *span("N1", "So I told her what I never tell the doctor."), "selfie:workforce", coder="ben"
    )
    assert outline(written)["workforce"].material == 2
    written.set_fields("source", "N1", {"main_coder": "ben"})
    counted = outline(written)
    assert counted["workforce"].material == 2
    assert counted["service_delivery"].material == 2
    # before it is said whose coding counts there is material all the same
    written.set_fields("source", "N1", {"main_coder": ""})
    assert outline(written)["workforce"].material == 3


def test_a_section_without_a_text_is_as_far_as_its_parts(written: p3c.Study) -> None:
    parts = [key for key in outline(written) if key.startswith("summary.")]
    for key in parts[:-1]:
        description.write_section(written, key, "It works well.", programme="north")
    assert outline(written)["summary"].why == "1 of 6 parts to be written"
    description.arrange_section(written, parts[-1], {"left_out": "yes"}, programme="north")
    assert outline(written)["summary"].state == "description"


def test_sections_are_left_out_merged_moved_retitled_and_added(written: p3c.Study) -> None:
    put = {"programme": "north"}
    own = description.add_section(written, "The bus", after="workforce", **put)
    last = description.add_section(written, "The weather", **put)
    description.arrange_section(written, "service_delivery", {"left_out": "yes"}, **put)
    fields = {"merged_into": "workforce"}
    description.arrange_section(written, "technologies_medical_products", fields, **put)
    description.arrange_section(written, "financing", {"after": ".", "title": "Money"}, **put)
    found = outline(written)
    printed = [
        (each.number, each.title) for each in found.values() if each.depth == 0 and each.number
    ]
    assert printed[:7] == [
        ("1.1", "Money"),
        ("1.2", "Basic information"),
        ("1.3", "Leadership and governance"),
        ("1.4", "Workforce"),
        ("1.5", "The bus"),
        ("1.6", "Information and research"),
        ("1.7", "Implementation"),
    ]
    assert [found[key].title for key in (own, last)] == ["The bus", "The weather"]
    assert list(found).index(last) + 1 == list(found).index("discussion")
    assert found["self_management"].left_out
    assert found["workforce"].merged == ("technologies_medical_products",)
    description.write_section(written, "technologies_medical_products", "They wrote a list.", **put)
    assert outline(written)["workforce"].why == "its paragraph names no passage"


def test_a_circle_that_copies_joined_hides_no_text(written: p3c.Study) -> None:
    for key in ("workforce", "financing"):
        description.write_section(written, key, "Told here.", programme="north")
    with written.act("join") as act:
        rows = ROWS["section"]
        ids = {row.section: row.id for row in act.connection.execute(rows.select())}
        for one, other in (("workforce", "financing"), ("financing", "workforce")):
            act.update("section", {ids[one]: {"under": other, "merged_into": other}})
    found = outline(written)
    assert all(found[key].printed and found[key].number for key in ids)


def test_a_site_has_a_cell_for_each_question_and_a_country_what_stands_around(
    written: p3c.Study,
) -> None:
    with written.act("place") as act:
        rows = ROWS["programme"]
        north = next(row.id for row in act.connection.execute(rows.select()) if row.key == "north")
        act.update("programme", {north: {"country": "Norway"}})
        act.insert("site", [{"key": "hill", "label": "The hill", "programme": north}])
    cells = description.read_outline(written, site="north/hill")
    assert [each.key for each in cells][:3] == ["area", "aims", "highlights"]
    assert len(cells) == 8
    description.write_section(written, "advice", "Begin with the bus.", site="hill")
    assert description.read_outline(written, site="hill")[-1].words == 4
    around = description.read_outline(written, country="norway")
    assert [each.number for each in around] == ["", "1", "2", "3", "4"]
