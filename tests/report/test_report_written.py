"""A report with texts of an author's: what is printed, what leads where, what forbids it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

from p3c_qual import description
from p3c_qual.errors import P3CError
from p3c_qual.report.blocks import Box, Paragraph, Quote, Table
from p3c_qual.report.html import render_html
from p3c_qual.report.model import Report, blocks_in, quotes_in
from p3c_qual.report.programme import build_programme_report
from p3c_qual.shipped import shipped_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import p3c_qual as p3c

NURSE = "The nurse comes, and the social worker comes. Doctors seldom do."
HOME = "The nurse comes every day."


def place(study: p3c.Study, source: str, words: str) -> tuple[str, int, int]:
    start = study.text(source).index(words)
    return source, start, start + len(words)


@pytest.fixture(scope="module")
def told(make_study: Callable[..., p3c.Study]) -> Iterator[p3c.Study]:
    """Give the study of the harbour with the texts of an author; no test changes it."""
    with make_study() as study:
        write(study)
        yield study


def write(study: p3c.Study) -> None:
    nurse = description.make_quote(
        study, *place(study, "IP01_1", NURSE), chosen_as="telling", why="nobody else says who"
    )[:8]
    _, start, end = place(study, "IP01_1", "and the social worker comes.")
    description.change_quote(study, nurse, "omit", start, end)
    home = description.make_quote(study, *place(study, "IP04_1", HOME))[:8]
    plan = description.make_quote(study, *place(study, "plan", "takes part in the weekly meeting"))
    fact = description.note_fact(
        study, "Practices", "18", unit="practices", programme="harbour", source="plan"
    )
    here = {"programme": "harbour"}
    text = (
        f"The team is small [A](quote:{nurse}), [B](quote:{home}); [18 practices](fact:{fact[:8]}) "
        f"join [plan](source:plan) <b>now</b>.\n\n![A](quote:{nurse})\n\n![B](quote:{home})\n\n"
        f"So the plan has it [plan](quote:{plan[:8]})."
    )
    description.write_section(study, "workforce", text, **here)
    description.write_section(study, "financing", "Nobody says who pays for it.", **here)
    description.write_section(study, "distinctive", f"The nurse [A](quote:{nurse}).", **here)
    description.write_section(
        study, "in_context.workforce", f"It holds as long as she comes [A](quote:{nurse}).", **here
    )
    description.write_section(study, "summary.workforce", "A small team.", **here)
    description.arrange_section(study, "self_management", {"left_out": "yes"}, **here)
    merged = {"merged_into": "leadership_governance"}
    description.arrange_section(study, "information_research", merged, **here)
    description.write_section(study, "information_research", "Nobody counts anything.", **here)
    story = description.add_section(study, "A week", kind="composite", after="financing", **here)
    said = f"She waits [A](quote:{nurse}). He comes [B](quote:{home}). All is well."
    description.write_section(study, story, said, **here)
    form = {"programme": "harbour", "status": "documented"}
    aim = description.give_answer(study, "formal_description", "aim", "Care at home.", **form)
    description.cite(study, "answer", aim, *place(study, "plan", "The plan of the harbour."))
    none = {"programme": "harbour", "status": "not_found"}
    description.give_answer(study, "formal_description", "multi_morbidity", "", **none)


@pytest.fixture(scope="module")
def report(told) -> Report:
    return build_programme_report(told, "harbour")


def section(report: Report, key: str):
    return next(s for s in report.walk() if s.key == key)


def paragraphs(part, role: str) -> list[str]:
    return [b.text for b in part.blocks if isinstance(b, Paragraph) and b.role == role]


def test_a_section_with_a_text_prints_it_and_says_how_much_more_was_coded(report) -> None:
    chapter = section(report, "workforce")
    assert (chapter.state, chapter.serves) == ("description", "Substructure; task 7")
    assert paragraphs(chapter, "author") == [
        "The team is small (IP01_1, IP04_1); 18 practices join [1] <b>now</b>.",
        "So the plan has it [1].",
    ]
    assert not chapter.sections
    # of three coded passages the hostile one alone is neither quoted nor referred to
    assert paragraphs(chapter, "generated") == [
        (
            "Not printed: 1 further coded passage of 1 of 4 interviewees. Unit: coded passage; reading "
            "set: mira in 5 of 6 sources."
        )
    ]


def test_what_the_author_sets_in_further_down_is_only_referred_to_before(report) -> None:
    earlier = section(report, "service_delivery")
    assert not [quote.text for quote in quotes_in(earlier) if "nurse comes" in quote.text]
    notes = [note for each in earlier.walk() for note in paragraphs(each, "note")]
    assert notes == ["Coded here and quoted in another section: IP01_1, 33–97; IP04_1, 20–46."]


def test_a_quotation_is_printed_with_what_was_done_to_it_and_why_it_was_chosen(report) -> None:
    first, second = quotes_in(section(report, "workforce"))
    assert first.printed == "The nurse comes, ... Doctors seldom do."
    assert (first.reference, first.origin.place) == ("(IP01_1)", "IP01_1, 33–97")
    assert (first.chosen_as, first.why) == ("telling", "nobody else says who")
    assert (second.text, second.original) == (HOME, "Die Schwester kommt jeden Tag.")


def test_each_name_leads_to_its_passage_its_table_or_its_reference_and_back(report) -> None:
    page = BeautifulSoup(render_html(report), "lxml")
    text = page.select_one("#s-workforce > p.author")
    links = {a.get_text(): page.find(id=a["href"][1:]) for a in text.find_all("a")}
    assert list(links) == ["IP01_1", "IP04_1", "18 practices", "1"]
    assert links["IP01_1"].mark.get_text() == NURSE
    back = {a["href"] for a in links["IP01_1"].find_all("a")}
    assert f"#{text.a['id']}" in back
    assert links["18 practices"].name == "caption"
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert {a["href"][1:] for a in page.find_all("a")} <= set(ids)
    assert page.select_one("#s-workforce b") is None


def test_a_text_whose_paragraphs_name_no_passage_says_why_it_is_no_description(report) -> None:
    chapter = section(report, "financing")
    assert chapter.state == "material"
    assert paragraphs(chapter, "marker") == [
        "Material, not yet description: its paragraph names no passage."
    ]
    assert paragraphs(chapter, "author") == ["Nobody says who pays for it."]
    assert not quotes_in(chapter)


def test_what_is_left_out_is_not_there_and_what_is_merged_stands_elsewhere(report) -> None:
    keys = [s.key for s in report.walk()]
    assert "self_management" not in keys
    assert "information_research" not in keys
    assert "Nobody counts anything." in paragraphs(
        section(report, "leadership_governance"), "author"
    )
    assert section(report, "financing").number == "1.6"


def test_the_boxes_of_the_discussion_hold_the_authors_words_and_the_evidence(report) -> None:
    (box,) = section(report, "general_discussion").blocks[-1:]
    assert (box.kind, box.title) == ("distinctive", "What is distinctive here")
    assert box.blocks[0].text == "The nurse (IP01_1)."
    segment = section(report, "in_context.workforce")
    assert [type(b) for b in segment.blocks] == [Paragraph, Box]
    summary = section(report, "summary")
    assert [s.title for s in summary.sections] == ["Workforce"]
    assert "Not written yet: Service delivery" in paragraphs(summary, "marker")[0]


def test_a_composite_story_says_what_it_is_of_how_many_and_what_leads_nowhere(report) -> None:
    (box,) = section(report, "a_week").blocks
    assert box.title == "Composite story, put together from 2 persons"
    assert box.blocks[-2].text == "1 sentence of this story leads to no passage:"
    assert [item.text for item in box.blocks[-1].items] == ["All is well."]


def test_the_fields_have_status_and_sources_and_not_found_is_printed(report) -> None:
    (listing,) = section(report, "formal_description").blocks
    said = dict(listing.entries)
    assert len(said) == 14
    assert said["Aim"].text == "Care at home. (documented: [1])"
    assert said["Aim"].runs[-2].origin.place == "plan, 0–24"
    assert said["Definition of multi-morbidity"].text == "not found"
    assert said["Contact"].text == "not yet filled in"


def test_the_appendix_lists_what_was_done_to_each_quotation(report) -> None:
    table = next(b for b in section(report, "quotations").blocks if isinstance(b, Table))
    first = [cell.value for cell in table.rows[0]]
    assert first[2] == "1.4,\n1.7,\n1.9.1,\n1.9.2.3"
    assert first[3] == "The nurse comes, ... Doctors seldom do."
    assert "omission of 5 words" in first[4]
    original = section(report, "originals").blocks[0]
    assert "Die Schwester kommt jeden Tag." in [cell.value for cell in original.rows[0]]


def test_a_chapter_with_few_quotations_is_named_before_reading(told) -> None:
    few = build_programme_report(told, "harbour", min_quotes=3).notices
    assert "Fewer than 3 quotations: 1.4 Workforce (2)" in " ".join(few)
    assert "Fewer" not in " ".join(build_programme_report(told, "harbour", min_quotes=2).notices)


def test_a_section_asked_for_by_name_comes_with_what_is_part_of_it(told) -> None:
    report = build_programme_report(told, "harbour", sections="in_context.workforce, summary")
    assert [(s.number, s.key) for s in report.walk()] == [
        ("1.1", "in_context.workforce"),
        ("", "summary"),
        ("", "summary.workforce"),
    ]


def test_the_checks_refuse_a_report_that_is_no_draft_and_count_in_one_that_is(make_study) -> None:
    with make_study() as study:
        quote = description.make_quote(study, *place(study, "IP01_1", NURSE))[:8]
        text = f"So [A](quote:{quote}), [B](quote:00000000) and [C](quote:11111111)."
        description.write_section(study, "workforce", text, programme="harbour")
        with pytest.raises(P3CError) as caught:
            build_programme_report(study, "harbour", draft=False)
        assert len(caught.value.problems) == 2
        draft = build_programme_report(study, "harbour")
        found = next(n for n in draft.notices if n.startswith("The checks found"))
        assert "2 of which forbid a report that is no draft." in found
        assert "[B: not in the study]" in paragraphs(section(draft, "workforce"), "author")[0]

        description.write_section(
            study, "workforce", f"So [A](quote:{quote}).", programme="harbour"
        )
        study.set_fields("source", "IP01_1", {"consent_quoted": "no"})
        with pytest.raises(P3CError, match="consent"):
            build_programme_report(study, "harbour", draft=False)
        page = render_html(build_programme_report(study, "harbour"))
        assert "Doctors seldom" not in page
        assert "its speaker did not consent" in page


def test_no_block_of_a_report_is_lost_on_the_way_to_the_page(report) -> None:
    page = BeautifulSoup(render_html(report), "lxml")
    blocks = [b for s in report.sections for b in blocks_in(s)]
    assert len(page.select("figure.quote")) == sum(isinstance(b, Quote) for b in blocks)
    assert len(page.select("table")) == sum(isinstance(b, Table) for b in blocks)
    assert len(page.select(".box")) == sum(isinstance(b, Box) for b in blocks)


def test_what_is_masked_in_a_quotation_is_masked_wherever_its_words_are_printed(make_study) -> None:
    with make_study() as study:
        quote = description.make_quote(study, *place(study, "IP01_1", NURSE))[:8]
        _, start, end = place(study, "IP01_1", "social worker")
        description.change_quote(study, quote, "mask", start, end, "role")
        again = description.make_quote(study, *place(study, "IP01_1", "The fund pays."))[:8]
        bare = build_programme_report(study, "harbour")
        assert "The nurse comes, and the [role] comes" in render_html(bare)
        assert "social worker" not in render_html(bare)
        text = f"She comes with somebody [A](quote:{quote}), [A](quote:{again})."
        description.write_section(study, "workforce", text, programme="harbour")
        draft = build_programme_report(study, "harbour")
        assert "I: Who comes to the meeting?" in [t.text for p in draft.passages for t in p.turns]
        final = build_programme_report(study, "harbour", draft=False)
        shown = {p.origin.place: [t.text for t in p.turns] for p in final.passages}
        assert shown["IP01_1, 33–97"] == [NURSE.replace("social worker", "[role]")]
        assert not [t for turns in shown.values() for t in turns if t.startswith("I:")]


def test_tables_and_figures_stand_where_they_are_named_and_are_referred_to_by_number(
    make_study,
) -> None:
    with make_study() as study:
        text = (
            "As [the picture](figure:code_by_site) and [that](table:facts) have it.\n\n"
            "![who](table:sampling)\n\n![sites](figure:code_by_site)\n\n![x](figure:code_by_sight)"
        )
        description.write_section(study, "workforce", text, programme="harbour")
        report = build_programme_report(study, "harbour")
        chapter = section(report, "workforce")
        first, table, figure, missing = [b for b in chapter.blocks if b.__class__ is not Quote][1:5]
        assert "As Figure 2 and [table “facts”: not in this report] have it." in first.text
        assert (table.key, table.unit) == ("table_sampling_1", "interviewees")
        assert figure.key == "figure_code_by_site"
        assert missing.text == "There is no figure “code_by_sight” in this report."
        assert [each.key for each in report.figures()].count("figure_code_by_site") == 1
        assert "See Figure 2." in paragraphs(section(report, "in_context"), "note")
        page = BeautifulSoup(render_html(report), "lxml")
        named = page.select_one("#s-workforce > p.author a")
        assert page.find(id=named["href"][1:]).name == "figure"
        with pytest.raises(P3CError, match=r"code_by_sight.*\n?.*code_by_site"):
            build_programme_report(study, "harbour", draft=False)


def test_a_table_there_is_not_forbids_a_report_that_is_no_draft(make_study) -> None:
    with make_study() as study:
        description.write_section(
            study, "workforce", "See [t](table:samplin).", programme="harbour"
        )
        with pytest.raises(P3CError, match="Did you mean sampling"):
            build_programme_report(study, "harbour", draft=False)


def test_a_report_in_which_nobody_wrote_a_word_is_none_but_as_a_draft(make_study) -> None:
    with make_study() as study:
        with pytest.raises(P3CError, match="nothing is written yet"):
            build_programme_report(study, "harbour", draft=False)
        assert build_programme_report(study, "harbour").draft


def test_each_site_is_printed_question_by_question_with_what_is_not_written(make_study) -> None:
    with make_study() as study:
        study.load_codebook(shipped_path("codebooks/pioneers.yml"))
        assert "site_by_site" not in {each.key for each in build(study).walk()}
        nurse = description.make_quote(study, *place(study, "IP01_1", NURSE))[:8]
        text = f"A nurse and a social worker [A](quote:{nurse})."
        key = study.codebook("pioneers").codes[0].key
        description.write_section(study, key, text, programme="harbour", site="north")
        description.write_section(study, "workforce", "It is so.", programme="harbour")
        report = build(study)
        chapter = section(report, "site_by_site")
        north, south = chapter.sections
        assert [each.key for each in report.sections].index("site_by_site") == (
            [each.key for each in report.sections].index("discussion") - 1
        )
        assert chapter.blocks[0].text == (
            "1 of 2 sites written on; 1 of 16 cells of sites and questions."
        )
        assert north.sections[0].blocks[0].text == "A nurse and a social worker (IP01_1)."
        assert north.blocks[0].text.startswith("Nothing is written on: Aims; ")
        assert north.blocks[0].text.count(";") == 6
        assert south.blocks[0].text == "Nothing is written."
        assert (len(north.sections), chapter.state) == (1, "material")
        assert "IP01_1, 33–97" in [p.origin.place for p in report.passages]
        assert section(report, "discussion").number == "1.9"


def build(study: p3c.Study) -> Report:
    return build_programme_report(study, "harbour")


def test_the_outline_and_the_printed_report_tell_alike_how_far_a_section_is(make_study) -> None:
    with make_study() as study:
        write(study)
        here = {"programme": "harbour"}
        nurse = description.make_quote(study, *place(study, "IP01_1", "The nurse comes"))[:8]
        for above in ("service_delivery", "implementation"):
            part = description.add_section(study, f"More on {above}", under=above, **here)
            description.write_section(study, part, f"It goes on [A](quote:{nurse}).", **here)
        for part in ("historical", "present", "future"):
            key = f"implementation.{part}"
            description.arrange_section(study, key, {"left_out": "yes"}, **here)
        told = {each.key: each.state for each in description.read_outline(study, "harbour")}
        printed = {each.key: each.state for each in build(study).walk()}
        both = told.keys() & printed.keys()
        assert (told["service_delivery"], told["implementation"]) == ("material", "description")
        assert {key: told[key] for key in both} == {key: printed[key] for key in both}


def test_of_a_group_only_those_who_speak_count_as_persons_of_a_story(make_study) -> None:
    group = ("ALL", "interview", "full", "harbour", "", "ALL;IP8_1;IP9_1", "F", "client", "2023",
             "en", "", "yes")  # fmt: skip
    rest = (*group[:5], "KIM;LEE;ROB", *group[6:])
    words = {
        "ALL": "ALL: We met in spring.\n\nIP8_1: I never came.\n",
        "OPEN": "Somebody: It was cold there.\n\nOther: It was.\n",
    }
    with make_study(words, [group, ("OPEN", *rest[1:])], []) as study:
        here = {"programme": "harbour"}
        said = ["I never came.", "It was cold there."]
        keys = [
            description.make_quote(study, *place(study, source, text))[:8]
            for source, text in zip(words, said, strict=True)
        ]
        key = description.add_section(study, "A week", kind="composite", **here)
        text = "He stays away [A](quote:{}). It is cold [B](quote:{}).".format(*keys)
        description.write_section(study, key, text, **here)
        (box,) = section(build(study), key).blocks
        assert box.title == "Composite story, put together from 1 person and a group of 3"


def test_a_name_in_a_passage_that_the_program_chose_forbids_a_report_that_is_no_draft(
    make_study,
) -> None:
    words = {"IP01_1": "I: Who came?\n\nR: Dr Miller came.\n\nR: The nurse stayed, too.\n"}
    source = ("IP01_1", "interview", "full", "harbour", "", "IP01_1", "A", "manager", "2023",
              "en", "", "yes")  # fmt: skip
    codings = [("IP01_1", "Dr Miller came.", "financing", "mira")]
    with make_study(words, [source], codings) as study:
        nurse = description.make_quote(study, *place(study, "IP01_1", "The nurse stayed, too."))
        text = f"She is there [A](quote:{nurse[:8]})."
        description.write_section(study, "workforce", text, programme="harbour")
        assert "Dr Miller came." in render_html(build(study))
        with pytest.raises(P3CError) as caught:
            build_programme_report(study, "harbour", draft=False)
        (problem,) = caught.value.problems
        assert "'Miller' (person)" in problem.what
        assert "IP01_1, 17–32" in problem.where
        assert "Financing" in problem.where
        assert 'p3c description keep "Miller"' in problem.do
        description.keep_name(study, "Miller", "wrote the plan in public")
        assert not build_programme_report(study, "harbour", draft=False).draft


def test_everything_that_forbids_a_report_that_is_no_draft_is_said_at_once(make_study) -> None:
    words = {"IP01_1": "I: Who came?\n\nR: Dr Miller came.\n\nR: The nurse stayed, too.\n"}
    source = ("IP01_1", "interview", "full", "harbour", "", "IP01_1", "A", "manager", "2023",
              "en", "", "yes")  # fmt: skip
    with make_study(words, [source], [("IP01_1", "Dr Miller came.", "financing", "mira")]) as study:
        text = "So it is (IP09_1), as ![this](figure:code_by_sight) has it.\n\n![a](quote:0a0a0a0a)"
        description.write_section(study, "workforce", text, programme="harbour")
        with pytest.raises(P3CError) as caught:
            build_programme_report(study, "harbour", draft=False)
        said = " ".join(str(each) for each in caught.value.problems)
        for fault in ("IP09_1", "code_by_sight", "names no quote", "Miller"):
            assert fault in said
