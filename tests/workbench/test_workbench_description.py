"""What the server does and answers of a thick description: sections, quotes, forms, facts."""

from __future__ import annotations

import base64
import inspect
import uuid
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import pytest
from description_kit import span, written

import p3c_qual as p3c
from p3c_qual import description, instruments
from p3c_qual.workbench import on_description
from p3c_qual.workbench.changes import changes_since
from p3c_qual.workbench.report_checks import lint_state
from p3c_qual.workbench.report_facts import contrast_state, fact_state
from p3c_qual.workbench.report_forms import form_states
from p3c_qual.workbench.report_measures import measure_state
from p3c_qual.workbench.report_outline import about_rows, report_outline
from p3c_qual.workbench.report_quotes import quote_state
from p3c_qual.workbench.report_section import section_state
from p3c_qual.workbench.state import last_event
from p3c_qual.workbench.verbs import VERBS, run

if TYPE_CHECKING:
    from p3c_qual.workbench import wire_description as wire

__all__ = ["written"]

NORTH = {"programme": "north"}
TALK = "The nurse had time for a talk."
OWN = """\
format: 1
instruments:
  - key: mood
    label: Mood
    domain: patient
    items:
      - {id: q1..q2, range: 0-3}
    scales:
      - {id: total, label: Mood in all, of: [q1, q2]}
"""


def do(study: p3c.Study, verb: str, **args: Any) -> Any:
    return run(study, verb, str(uuid.uuid4()), args)


def refused(study: p3c.Study, verb: str, **args: Any) -> list[str]:
    with pytest.raises(p3c.P3CError) as caught:
        do(study, verb, **args)
    return [each.code for each in caught.value.problems]


def at(source: str, words: str) -> dict[str, Any]:
    key, start, end = span(source, words)
    return {"source": key, "start": start, "end": end}


def cursor(study: p3c.Study) -> int:
    with study.store.read() as connection:
        return last_event(connection)


def part(study: p3c.Study, key: str, **about: str) -> wire.ReportPart:
    (found,) = (each for each in report_outline(study, **about).sections if each.key == key)
    return found


@pytest.fixture
def quote(written: p3c.Study) -> str:
    """Choose a quote, and return its key."""
    made = do(written, "make_quote", **at("N1", TALK), chosen_as="typical", why="as most say")
    return str(made)[:8]


def test_every_verb_names_what_its_function_is_asked_with() -> None:
    rooms = ((description, on_description.DEEDS), (instruments, on_description.MEASURES))
    for room, named in rooms:
        for verb, (asked, _) in named.items():
            known = inspect.signature(getattr(room, verb)).parameters
            assert {each.name for each in fields(asked)} <= known.keys(), verb
            assert "id" in known, verb
            assert VERBS[verb].args is asked
    for verb in on_description.FILES:
        assert {"data", "name", "id"} <= inspect.signature(
            getattr(instruments, verb)
        ).parameters.keys()


def test_a_section_is_written_from_its_material(written: p3c.Study, quote: str) -> None:
    assert (
        part(written, "workforce", **NORTH).state,
        part(written, "workforce", **NORTH).material,
    ) == ("material", 2)
    text = f"They had time:\n\n![N1](quote:{quote})\n\nThe plan knew why [plan](source:plan)."
    assert do(written, "write_section", **NORTH, section="workforce", text=text, was={"text": ""})
    state = section_state(written, "workforce", **NORTH)
    assert (state.text, state.coder, state.outline.state) == (text, "anna", "description")
    assert [(each.key, each.quote, each.who, each.types, each.free) for each in state.material] == [
        ("N1", TALK, "N1", ["F"], True),
        ("plan", "The teams bring nurse and social worker together.", "", [], True),
    ]
    assert [each.quoted for each in state.material] == [quote, ""]
    assert state.material[0].codes == ["Workforce"]
    assert [(each.key, each.printed, each.reference) for each in state.quotes] == [
        (quote, TALK, "(N1)")
    ]
    assert state.quotes[0].used_in == ["north workforce"]
    assert state.numbers[0].startswith(
        "2 coded segments; 1 of 2 interviewees spoke of it; 1 segment in 1 document."
    )
    assert section_state(written, "workforce", **NORTH, limit=1).left == 1
    # where nothing is coded for a section, what is quoted already is at hand
    (passage,) = section_state(written, "general_discussion", **NORTH).material
    assert (passage.quoted, passage.who) == (quote, "N1")


def test_what_somebody_wrote_since_is_not_written_over(written: p3c.Study, quote: str) -> None:
    section = {**NORTH, "section": "workforce"}
    do(written, "write_section", **section, text="One.", was={"text": ""})
    assert refused(written, "write_section", **section, text="Two.", was={"text": ""}) == ["stale"]
    fields = {"why": "another"}
    assert refused(written, "edit_quote", quote=quote, fields=fields, was={"why": ""}) == ["stale"]
    assert section_state(written, "workforce", **NORTH).text == "One."


def test_sections_are_arranged_added_and_taken_away(written: p3c.Study) -> None:
    fields = {"title": "People", "left_out": "yes"}
    do(written, "arrange_section", **NORTH, section="workforce", fields=fields)
    assert (
        part(written, "workforce", **NORTH).title,
        part(written, "workforce", **NORTH).left_out,
    ) == ("People", True)
    act, asked = str(uuid.uuid4()), {"title": "A day", "kind": "vignette", "after": "workforce"}
    key = run(written, "add_section", act, NORTH | asked)
    assert run(written, "add_section", act, NORTH | asked) == key
    assert part(written, key, **NORTH).own
    do(written, "remove_section", **NORTH, section=key)
    assert key not in [each.key for each in report_outline(written, **NORTH).sections]
    with pytest.raises(p3c.P3CError, match="no section 'workforc'"):
        section_state(written, "workforc", **NORTH)


def test_a_quote_is_changed_by_tracked_operations(written: p3c.Study, quote: str) -> None:
    _, start, end = span("N1", "nurse")
    mask = {"quote": quote, "kind": "mask", "start": start, "end": end}
    do(written, "change_quote", **mask, text="colleague")
    do(written, "edit_quote", quote=quote, fields={"chosen_as": "telling"})
    state = quote_state(written, **NORTH)
    (row,) = state.quotes
    assert row.printed == "The [colleague] had time for a talk."
    assert [(each.kind, each.text) for each in row.pieces][1] == ("masked", "[colleague]")
    assert (row.chosen_as, row.types, row.codes) == ("telling", ["F"], ["Workforce"])
    assert [(each.who, each.quotes, each.share) for each in state.balance] == [("N1", 1, 1.0)]
    assert [each.id for each in state.reasons] == ["typical", "contrary", "telling"]
    do(written, "take_back_edit", quote=quote, edit=0)
    assert quote_state(written).quotes[0].printed == TALK
    assert quote_state(written, programme="south").quotes == []
    do(written, "remove_quote", quote=quote)
    assert quote_state(written).quotes == []


def test_a_text_that_names_what_is_gone_is_told(written: p3c.Study, quote: str) -> None:
    text = f"So it is:\n\n![N1](quote:{quote})"
    do(written, "write_section", **NORTH, section="workforce", text=text)
    do(written, "remove_quote", quote=quote)
    assert "quote_missing" in [e.code for e in section_state(written, "workforce", **NORTH).faults]
    state = lint_state(written, **NORTH)
    (fault,) = (each for each in state.faults if each.code == "quote_missing")
    assert (fault.section, fault.programme, fault.gate) == ("workforce", "north", True)
    assert state.gates >= 1


def test_a_name_is_decided_once(written: p3c.Study) -> None:
    do(written, "keep_name", name="Bluebell House", reason="it is known by it in public")
    (row,) = lint_state(written).names
    assert (row.name, row.kept, row.reason) == (
        "Bluebell House",
        True,
        "it is known by it in public",
    )
    do(written, "forget_name", name="bluebell house")
    assert lint_state(written).names == []


def test_a_form_is_filled_in_with_its_places(written: p3c.Study) -> None:
    given = {**NORTH, "form": "formal_description", "item": "aim"}
    answer = do(written, "give_answer", **given, value="Together.", status="documented")
    words = "The teams bring nurse and social worker together."
    cited = do(written, "cite", about="answer", target=answer, **at("plan", words))
    (form,) = form_states(written, **NORTH, form="formal_description")
    (record,) = form.records
    (row,) = record.answers
    assert (row.item, row.value, row.status, row.coder) == (
        "aim",
        "Together.",
        "documented",
        "anna",
    )
    assert [(each.key, each.quote, each.stale) for each in row.citations] == [
        ("plan", words, False)
    ]
    do(written, "uncite", citation=cited)
    do(written, "give_answer", **given, value="")
    assert form_states(written, **NORTH, form="formal_description")[0].records == []
    line = {"form": "feedback", "record": "first"}
    do(written, "give_answer", **line, item=_item(written, "feedback"), value="2026-01")
    do(written, "remove_record", **line)
    sampling = next(each for each in form_states(written, **NORTH) if each.form == "sampling")
    assert [each.record for each in sampling.records][:2] == ["A", "B"]


def _item(study: p3c.Study, form: str) -> str:
    (found,) = form_states(study, form=form)
    return next(each.id for each in found.items if each.kind == "date")


def test_the_ledger_shows_what_contradicts_itself(written: p3c.Study) -> None:
    one = do(
        written, "note_fact", **NORTH, name="Practices", value="18 of 19", **at("plan", "The teams")
    )
    other = do(written, "note_fact", **NORTH, name="practices", value="18 of 20")
    do(written, "edit_fact", fact=other, fields={"remark": "by telephone"}, was={"remark": ""})
    state = fact_state(written, **NORTH)
    assert {each.id: (each.about, each.remark) for each in state.facts} == {
        one: ("North", ""),
        other: ("North", "by telephone"),
    }
    (conflict,) = state.conflicts
    assert (set(conflict.facts), conflict.decided) == ({one, other}, False)
    do(written, "choose_fact", fact=one, decision="the later document")
    assert fact_state(written).conflicts[0].decided
    assert fact_state(written, programme="south").facts == []
    do(written, "remove_fact", fact=other)
    assert [each.id for each in section_state(written, "workforce", **NORTH).facts] == [one]


def test_a_plan_stands_beside_its_practice(written: p3c.Study) -> None:
    made = do(
        written, "write_contrast", **NORTH, label="Teams", claim="they meet", component="desk"
    )
    do(written, "cite", about="contrast", target=made, side="plan", **at("plan", "The teams"))
    do(written, "edit_contrast", contrast=made, fields={"verdict": "adapted"})
    state = contrast_state(written, **NORTH)
    (row,) = state.contrasts
    assert (row.label, row.verdict, [each.side for each in row.citations]) == (
        "Teams",
        "adapted",
        ["plan"],
    )
    assert state.components[0].id == "person_centred_care"
    assert state.components[-1].id == "desk"
    assert "adapted" in [each.id for each in state.verdicts]
    # written with its codebook it is the same component
    coded = "p3c:person_centred_care"
    do(written, "edit_contrast", contrast=made, fields={"component": coded})
    first = contrast_state(written, **NORTH).components[0]
    assert (first.id, first.label) == (coded, "Person-centred care")
    do(written, "remove_contrast", contrast=made)
    assert contrast_state(written).contrasts == []


def test_measures_stand_beside_themes(written: p3c.Study, quote: str) -> None:
    do(written, "take_instrument", instrument="wemwbs")
    do(written, "load_instruments", text=OWN)
    table = base64.b64encode(b"respondent,wave,q1,q2\nP01,before,1,2\nP02,before,3,3\n").decode()
    do(written, "load_responses", instrument="mood", name="mood.csv", data=table)
    assert refused(written, "load_responses", instrument="mood", name="mood.csv", data="%") == [""]
    figures = (
        b"measure,value,unit,origin,programme,wave,n\nVisits,12,visits,a register,north,2025,40\n"
    )
    do(written, "load_aggregates", name="use.csv", data=base64.b64encode(figures).decode())
    joint = do(
        written,
        "write_joint",
        domain="patient",
        instrument="mood",
        scale="total",
        themes=["selfie:workforce"],
        quotes=[quote],
    )
    do(written, "edit_joint", joint=joint, fields={"fit": "expansion"}, was={"fit": ""})
    state = measure_state(written)
    rows = {each.key: each for each in state.instruments}
    assert (rows["mood"].taken, rows["mood"].responses, rows["mood"].waves) == (True, 2, ["before"])
    assert (rows["wemwbs"].taken, rows["p3ceq"].taken) == (True, False)
    assert [(each.id, each.definition) for each in rows["mood"].scales] == [
        ("total", "before: mean 4.5; n 2 of 2 questionnaires")
    ]
    assert rows["wemwbs"].scales == []
    elsewhere = {each.key: each for each in measure_state(written, **NORTH).instruments}["mood"]
    assert [each.definition for each in elsewhere.scales] == ["no questionnaire here"]
    (row,) = state.joints
    assert (row.instrument, row.scale, row.quotes, row.fit) == (
        "mood",
        "total",
        [quote],
        "expansion",
    )
    assert row.numbers.startswith("Mood in all: 4.5 points (n 2; before")
    assert [each.id for each in state.fits] == ["confirmation", "discordance", "expansion"]
    do(written, "remove_joint", joint=joint)
    do(written, "remove_instrument", instrument="wemwbs")
    assert measure_state(written).joints == []


def test_a_change_of_another_window_is_told_by_its_tables(written: p3c.Study, quote: str) -> None:
    since = cursor(written)
    do(written, "write_section", **NORTH, section="workforce", text=f"[N1](quote:{quote})")
    do(written, "note_fact", name="Practices", value="18")
    delta = changes_since(written, since, "", others=True)
    assert (delta.reset, delta.touched) == (False, ["fact", "section"])
    since = cursor(written)
    do(written, "remove_quote", quote=quote)
    assert changes_since(written, since, "", others=True).touched == ["quote"]


def test_everything_a_report_can_be_about_is_listed(written: p3c.Study) -> None:
    found = [(each.kind, each.key) for each in about_rows(written)]
    assert found == [("programme", "north"), ("programme", "south"), ("study", "")]
    assert report_outline(written).sections[0].key == "summary"


def test_every_address_of_a_report_answers(window: Any) -> None:
    from p3c_qual.workbench.asking_report import GETS

    section = window.get("report", programme="north")["sections"][1]["key"]
    for address in GETS:
        name = address.replace("([^/]+)", section)
        window.get(name, programme="north")
    page = window.get("preview", programme="north", section=section)["html"]
    assert "<script" not in page
    unknown = window.server.ask("section/nothing", study=window.study, programme="north")
    assert (unknown.status, unknown.json["error"]["code"]) == (422, "unknown")
