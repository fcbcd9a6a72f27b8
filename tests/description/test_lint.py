"""The checks of a report: each fault is found where it is, and a sound report has none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import p3c_qual as p3c
from p3c_qual.codebook.freezing import freeze_codebook, reopen_codebook
from p3c_qual.description import (
    arrange_section,
    change_quote,
    check_description,
    cite,
    edit_quote,
    give_answer,
    keep_name,
    make_quote,
    note_fact,
    write_section,
)
from p3c_qual.report.programme import build_programme_report
from p3c_qual.shipped import shipped_path
from p3c_qual.sources.incoming import Incoming
from p3c_qual.store import payloads

if TYPE_CHECKING:
    from pathlib import Path

#: by source: who, type, words
SAID = {
    "A": ("IP01_1", "A", "I: How is it?\nR: We meet each week. It took a year.\n"),
    "B": ("IP02_1", "D1", "I: And you?\nR: Peter Miller drove me to Manchester. It was fine.\n"),
    "C": ("IP03_1", "D1", "I: And you?\nR: I had no time. None at all.\n"),
    "D": ("IP04_1", "F", "I: And you?\nR: She listened. I could say it.\n"),
    "E": ("IP01_2", "A", "I: How is it?\nR: They pay by the head.\n"),
    "F": ("IP05_1", "D2", f"I: Was it?\nR Yes, it was so.\nI: How?\nR: {'so ' * 115}it was.\n"),
}


@pytest.fixture
def study(tmp_path: Path) -> p3c.Study:
    """Return a study of two programmes whose people consented to be quoted."""
    made = p3c.new_study(tmp_path / "study", title="Told", coder="anna")
    incoming = []
    for key, (who, kind, words) in SAID.items():
        file = tmp_path / f"{key}.txt"
        file.write_text(words, encoding="utf-8")
        programme = "south" if key == "E" else "north"
        more = {"interviewee": who, "stakeholder_type": kind, "consent_quoted": "yes"}
        incoming.append(Incoming(file, id=key, programme=programme, language="en", **more))
    made.add(incoming)
    return made


def quote(study: p3c.Study, source: str, words: str, **more: str) -> str:
    """Choose words; returns the key."""
    start = study.text(source).index(words)
    made = {"chosen_as": "typical", **more}
    return make_quote(study, source, start, start + len(words), **made)[:8]


def replace_text(study: p3c.Study, key: str, body: str) -> None:
    """Give a source a newer text."""
    with study.act("edit") as act:
        payloads.put_many(act.connection, [body])
        held = {"hash": payloads.hash_of(body), "length": len(body)}
        wanted = f"select id from source where key='{key}'"
        (source,) = next(iter(act.connection.exec_driver_sql(wanted)))
        text = act.insert("text", [{**held, "source": source}])[0]
        act.update("source", {source: {"text": text}})


def block(*keys: str) -> str:
    return "\n\n".join(["It was told.", *(f"![](quote:{key})" for key in keys)])


def codes(study: p3c.Study, programme: str = "north", *, gates: bool = False) -> list[str]:
    found = check_description(study, programme, names=False)
    return [each.code for each in found if each.gate or not gates]


def whole(study: p3c.Study) -> list[str]:
    """Write a report without a fault; returns the keys of its quotes."""
    keys = [
        quote(study, "A", "We meet each week."),
        quote(study, "C", "I had no time."),
        quote(study, "D", "She listened."),
    ]
    write_section(study, "workforce", block(*keys), programme="north")
    return keys


def test_a_sound_report_has_but_the_people_who_are_alone_of_their_type(study):
    whole(study)
    found = check_description(study, "north")
    assert [(each.code, each.gate) for each in found] == [("small_cell", False)] * 2
    assert "IP01_1 is the only one of their type (A, manager) in North" in found[0].what


def test_a_name_that_is_printed_is_a_gate_until_it_is_masked_or_kept(study):
    keys = whole(study)
    key = quote(study, "B", "Peter Miller drove me to Manchester.")

    def undecided():
        found = check_description(study, "north")
        return [(each.what, each.gate) for each in found if each.code == "name_undecided"]

    said = "names are not decided: Peter Miller, Manchester"
    assert undecided() == [(said, False)]
    write_section(study, "workforce", block(*keys, key), programme="north")
    assert undecided() == [(said, True)]
    keep_name(study, "Manchester", "the programme is named after it")
    start = study.text("B").index("Peter")
    change_quote(study, key, "mask", start, start + 12, "name")
    assert undecided() == []
    edit_quote(study, key, {"translation": "Er fuhr mich mit Peter Miller.", "translator": "B"})
    assert [what for what, _ in undecided()] == ["a name is not decided: Peter Miller"]
    unsigned = [e.what for e in check_description(study, names=False) if "translat" in e.code]
    assert unsigned == ["it is not said when it was translated"]


def test_names_in_a_language_without_a_model_are_said_to_be_unread(study):
    whole(study)
    study.set_fields("source", "A", {"language": "hu"})
    found = [e for e in check_description(study, "north") if e.code == "names_unread"]
    assert len(found) == 1
    assert "only behind titles in 1 quote, since no model for 'hu'" in found[0].what


def test_consent_that_was_withdrawn_is_a_gate_and_one_not_recorded_is_told(study):
    keys = whole(study)
    study.set_fields("source", "D", {"consent_quoted": "withdrawn"})
    study.set_fields("source", "C", {"consent_quoted": "unknown"})
    found = {each.code: each for each in check_description(study, "north", names=False)}
    assert (found["consent_refused"].quote, found["consent_refused"].gate) == (keys[2], True)
    assert "IP04_1 has withdrawn" in found["consent_refused"].what
    assert "IP03_1 is quoted once" in found["consent_unknown"].what
    row = give_answer(study, "formal_description", "aim", "To listen", programme="north")
    start = study.text("D").index("She")
    cite(study, "answer", row, "D", start, start + 5)
    what = [e.what for e in check_description(study, "north", names=False) if e.gate]
    assert any("“Aim” of formal description rests on words in D" in each for each in what)


def test_a_quote_whose_source_has_a_newer_text_is_a_gate(study):
    keys = whole(study)
    replace_text(study, "A", "I: How is it?\nR: We used to meet.\n")
    found = [each for each in check_description(study, "north", names=False) if each.gate]
    assert [(each.code, each.quote) for each in found] == [("quote_stale", keys[0])]
    assert "A has a newer text" in found[0].what


def test_codings_of_a_text_that_was_replaced_are_a_gate_said_once_a_source(study):
    whole(study)
    start = study.text("D").index("She")
    for code in ("workforce", "financing"):
        study.code("D", start, start + 13, code)
    replace_text(study, "D", "I: And you?\nR: Nobody listened.\n")
    found = [e for e in check_description(study, "north", names=False) if "coding" in e.code]
    assert [(each.code, each.gate) for each in found] == [("coding_stale", True)]
    assert found[0].what.startswith("2 codings hold other words than the text of D")
    draft = build_programme_report(study, "north")
    assert any(each.endswith("are not quoted: 2 in D.") for each in draft.notices)
    with pytest.raises(p3c.P3CError, match="2 codings hold other words"):
        build_programme_report(study, "north", draft=False)
    assert "coding_stale" not in codes(study, "south")


def test_a_programme_on_which_nothing_is_written_is_a_gate(study):
    assert codes(study, gates=True) == ["nothing_written"]
    whole(study)
    assert codes(study, gates=True) == []
    assert [e.programme for e in check_description(study, names=False) if e.gate] == ["south"]


def test_what_the_text_names_and_is_not_there_is_a_gate(study):
    key = quote(study, "A", "We meet each week.")
    fact = note_fact(study, "Practices", "18 of 20", unit="practices", programme="north")
    text = (
        f"[a](quote:00000000) [b](cmo:c9) [c](source:Z) [d](fact:00000000) [e](qoute:{key}) "
        f"[f](source:A) [g](fact:{fact[-8:]}) [h](quote:{key})"
    )
    write_section(study, "workforce", text, programme="north")
    missing = ["cmo_missing", "fact_missing", "quote_missing", "source_missing"]
    assert codes(study, gates=True) == [*missing, "token_unreadable"]
    arrange_section(study, "workforce", {"left_out": "yes"}, programme="north")
    assert codes(study, gates=True) == ["nothing_written"]


def test_codes_of_the_published_errors_are_found(study):
    text = "As told (IP04_01) and (IP09_1, IP01_1), but (IP01_2); and (see above) or (IP)."
    write_section(study, "workforce", text, programme="north")
    found = {each.code: each for each in check_description(study, "north", names=False)}
    assert found["code_format"].gate
    assert "Did you mean IP04_1?" in found["code_format"].do
    assert found["code_unknown"].what == "nobody has the code IP09_1"
    assert found["code_of_other_programme"].what == "IP01_2 is of another programme"
    assert found["reference_without_span"].what == "(IP01_1) was typed, and leads to no passage"
    assert len(found) == 4
    study.set_fields("interviewee", "IP02_1", {"key": "IP02_2"})
    assert "but for IP02_2" in next(
        each.what for each in check_description(study, names=False) if each.code == "code_suffix"
    )


def test_a_study_with_other_codes_is_held_to_its_own(told):
    write_section(told, "workforce", "As told (N1) and (N9), see (page 3).", programme="north")
    assert codes(told) == ["code_unknown", "reference_without_span"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('She said “yes” and "no" to it.', "marks_mixed"),
        ("She said ““yes” to it.", "marks_doubled"),
        ("She said “yes to it.", "marks_unbalanced"),
        ("She said ‘yes to it” again.", "marks_unbalanced"),
        ('She said "yes to it.', "marks_unbalanced"),
        ("It was asked.\n\n> R Yes, it was.", "turn_without_colon"),
        ("She said “yes ‘no’ yes”, „so“ and it’s ‘fine’.", ""),
    ],
)
def test_quotation_marks_of_the_author_are_looked_at(study, text, code):
    write_section(study, "workforce", text, programme="north")
    assert code in codes(study) if code else codes(study) == []


def test_a_quote_twice_a_long_one_and_one_without_a_reason_are_told(study):
    key = quote(study, "A", "We meet each week.", chosen_as="")
    write_section(study, "workforce", block(key), programme="north")
    write_section(study, "financing", block(key), programme="north")
    assert {"quote_twice", "reason_missing"} <= {*codes(study)}
    only = quote(study, "C", "I had no time.", chosen_as="")
    write_section(study, "financing", f"Time is short [IP03_1](quote:{only}).", programme="north")
    told = check_description(study, "north", names=False)
    assert only not in {each.quote for each in told if each.code == "reason_missing"}
    turns = quote(study, "F", SAID["F"][2].strip())
    found = {e.code: e for e in check_description(study, "north", names=False) if e.quote == turns}
    assert {*found} == {"quote_long", "turn_without_colon"}
    assert "the quote has 128 words" in found["quote_long"].what


def test_one_voice_with_most_of_the_quotes_is_told(study):
    keys = [quote(study, "A", words) for words in ("We meet each week.", "It took a year.")]
    keys.append(quote(study, "D", "She listened."))
    write_section(study, "workforce", block(*keys), programme="north")
    found = [e.what for e in check_description(study, names=False) if e.code == "balance"]
    assert found == ["IP01_1 speaks in 2 of 3 quotes"]


def test_contradicting_facts_are_told_until_one_is_chosen(study):
    for value in ("18 of 19", "18 of 20"):
        note_fact(study, "Practices", value, unit="practices", programme="north")
    assert codes(study) == ["nothing_written", "fact_conflict"]


def test_what_was_found_calls_sections_and_configurations_by_their_names(study):
    keys = whole(study)
    write_section(study, "financing", block(keys[0]), programme="north")
    found = {each.code: each for each in check_description(study, "north", names=False)}
    assert "“Workforce”" in found["quote_twice"].what
    assert found["quote_twice"].title in {"Workforce", "Financing"}


def test_a_number_in_the_ledger_needs_its_unit(study):
    whole(study)
    for name, value in (("Beds", "36,366"), ("Practices", "18 of 20"), ("Rest", "none")):
        note_fact(study, name, value, programme="north")
    note_fact(study, "Share", "9 %", programme="north")
    note_fact(study, "Begun", "2015", programme="north")
    said = [e for e in check_description(study, "north", names=False) if e.code == "fact_unit"]
    assert sorted(each.what.split(":")[0] for each in said) == ["Beds", "Practices"]
    assert all(each.gate for each in said)


def test_codings_made_before_their_code_was_changed_forbid_a_final_report(study):
    whole(study)
    study.load_codebook(shipped_path("codebooks/selfie.yml"))
    start = study.text("A").index("We meet")
    study.code("A", start, start + 8, "workforce")
    freeze_codebook(study, "selfie")
    reopen_codebook(study, "selfie", reason="So.")
    assert codes(study, gates=True) == []
    study.edit_code("selfie:workforce", rule="Otherwise than before.")
    (found,) = [e for e in check_description(study, "north", names=False) if e.gate]
    assert found.code == "pilot_stale"
    assert "1 coding stands under a code that was changed since" in found.what
    assert "p3c table duty --codebook selfie" in found.do
    assert not any(
        e.gate for e in check_description(study, "south", names=False) if e.code == found.code
    )


def test_how_codes_are_written_is_a_setting_of_the_study(study, tmp_path):
    whole(study)
    write_section(study, "workforce", "As told (IP09_1).", programme="north")
    before = {each.code for each in check_description(study, "north", names=False)}
    assert "code_format" not in before
    study.close()
    file = tmp_path / "study" / "study.yml"
    said = file.read_text("utf-8")
    assert "interviewee_code: ''" in said
    file.write_text(said.replace("_code: ''", "_code: 'IP0[1-4]_\\d'"), "utf-8")
    with p3c.open_study(tmp_path / "study", coder="anna") as again:
        found = check_description(again, "north", names=False)
    odd = [each for each in found if each.code == "code_format"]
    assert [each.what for each in odd] == [
        "not written as the study's codes are: IP05_1",
        "IP09_1 is not written as the codes are",
    ]
    assert all(each.gate for each in odd)
    file.write_text(file.read_text("utf-8").replace("'IP0[1-4]_\\d'", "'IP('"), "utf-8")
    with pytest.raises(p3c.P3CError, match="no regular expression"):
        p3c.open_study(tmp_path / "study")
