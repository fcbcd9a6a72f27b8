"""Research questions and summarising over the wire: what a window holds is what a new one loads."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from conftest import Window

FIELDS = {
    "criterion": "what is said of working together",
    "abstraction": "general statements",
    "coding_unit": "sentence",
    "context_unit": "source",
    "recording_unit": "source",
}


def ask(window: Window, **more: Any) -> str:
    given: dict[str, Any] = {"label": "What helps?", "technique": "summarising", "key": "helps"}
    return window.act("ask_question", **{**given, "fields": FIELDS, **more})


def unit(window: Window, question: str, start: int = 23, end: int = 44, text: str = "meet") -> str:
    source = window.id_of("P1")
    return window.act(
        "paraphrase", question=question, source=source, start=start, end=end, text=text
    )


def kept(window: Window, question: str, start: int = 23, end: int = 44) -> str:
    made = unit(window, question, start, end)
    window.act("generalise", unit=made, text="they meet")
    window.act("decide", units=[made], keep=True, rule="Z3.3")
    return made


def summary(window: Window, question: str) -> dict[str, Any]:
    return window.get("summary", question=question)


def test_a_window_knows_the_questions_and_what_each_lacks(window: Window) -> None:
    assert window.state["questions"] == []
    made = ask(window, fields={})
    (row,) = window.state["questions"]
    assert (row["id"], row["key"], row["step"]) == (made, "helps", "define")
    assert [each["state"] for each in row["steps"]][:2] == ["now", "later"]
    assert any("selection criterion" in each for each in row["lacks"])
    assert len(row["material"]) == 3
    window.act("edit_question", question=made, fields=FIELDS)
    window.act("close_step", question=made, step="define")
    assert window.state["questions"][0]["step"] == "paraphrase"
    assert window.state["questions"] == window.get("study")["questions"]


@pytest.mark.parametrize("name", ["id", "study", "question", "label", "technique", "sense"])
def test_a_field_that_a_question_does_not_have_is_refused(window: Window, name: str) -> None:
    asked = window.send(
        "ask_question", label="What?", technique="summarising", key="what", fields={name: "x"}
    )
    assert asked.status == 422
    assert f"no field '{name}'" in asked.body.decode()
    made = ask(window)
    if name != "label":
        edited = window.send("edit_question", question=made, fields={name: "x"})
        assert edited.status == 422
        assert f"no field '{name}'" in edited.body.decode()


def test_there_are_eight_techniques(window: Window) -> None:
    assert len(window.get("techniques")) == 8


def test_a_unit_walks_from_its_words_to_its_category(window: Window) -> None:
    question = ask(window)
    made = kept(window, question)
    into = window.act("bundle", units=[made], label="Meeting", rule="Z4.1")
    found = summary(window, question)
    (row,) = found["units"]
    assert (row["id"], row["state"], row["reduction"]) == (made, "bundled", into)
    assert row["quote"] == window.open("P1")["text"][23:44]
    assert [each["label"] for each in found["reductions"]] == ["Meeting"]
    assert {each["stage"]: each["count"] for each in found["funnel"]}["bundled"] == 1
    assert len(found["rules"]) == 15


def test_other_windows_are_told_of_units_categories_and_what_is_gone(window: Window) -> None:
    question = ask(window)
    made = kept(window, question)
    before = window.state["cursor"]
    bare = unit(window, question, 46, 64, "")
    first = window.act("bundle", units=[made], label="Meeting", rule="Z4.1")
    second = window.act("lift", reductions=[first], label="All", rule="Z4.2")
    delta = window.get("changes", since=before, source="")
    assert {each["id"] for each in delta["units"]} == {made, bare}
    assert {each["id"] for each in delta["reductions"]} == {first, second}
    # a unit that is selected is reading too, so that all questions are told
    assert delta["questions"] == window.get("study")["questions"]
    before = delta["cursor"]
    window.act("remove_unit", unit=bare)
    delta = window.get("changes", since=before, source="")
    assert bare in delta["gone"]
    assert delta["units"] == []


def test_only_the_summarising_that_was_worked_on_is_told_anew(window: Window) -> None:
    question = ask(window)
    ask(window, label="And then?", technique="type", key="then", fields={})
    made = kept(window, question)
    before = window.state["cursor"]
    window.act("bundle", units=[made], label="Meeting", rule="Z4.1")
    delta = window.get("changes", since=before, source="")
    assert delta["questions"] is None
    assert [each["id"] for each in delta["asked"]] == [question]
    assert window.state["questions"] == window.get("study")["questions"]


def test_units_whose_state_hangs_on_a_touched_one_are_told_too(window: Window) -> None:
    question = ask(window)
    one = kept(window, question)
    two = unit(window, question, 46, 64)
    window.act("generalise", unit=two, text="they meet")
    window.act("decide", units=[two], keep=False, rule="Z3.1", same_as=one)
    before = window.state["cursor"]
    window.act("rewrite", unit=one, text="other words")
    delta = window.get("changes", since=before, source="")
    assert {each["id"] for each in delta["units"]} == {one, two}


@pytest.mark.parametrize(
    ("verb", "makes"), [("paraphrase", "units"), ("bundle", "reductions"), ("ask_question", "")]
)
def test_an_act_on_a_summarising_sent_twice_is_done_once(
    window: Window, verb: str, makes: str
) -> None:
    question = ask(window)
    made = kept(window, question)
    asked: dict[str, Any] = {
        "paraphrase": {"question": question, "source": window.id_of("P1"), "start": 46, "end": 64},
        "bundle": {"units": [made], "label": "Meeting", "rule": "Z4.1"},
        "ask_question": {"label": "And then?", "technique": "type"},
    }[verb]
    name = str(uuid.uuid4())
    first = window.act(verb, act_id=name, **asked)
    count = len(summary(window, question)[makes]) if makes else len(window.state["questions"])
    assert window.act(verb, act_id=name, **asked) == first
    again = len(summary(window, question)[makes]) if makes else len(window.state["questions"])
    assert again == count


@pytest.mark.parametrize(
    ("verb", "args", "code", "said"),
    [
        ("bundle", {"label": "L", "rule": "Z4.1"}, "order", "Z3"),
        ("decide", {"keep": False, "rule": "Z3.2"}, "reason", "Z3.2"),
        ("decide", {"keep": True, "rule": "Z9"}, "rule", "Z3.3"),
        ("decide", {"keep": True, "rule": "Z3.3", "was": ["kept"]}, "stale", "anna"),
    ],
)
def test_what_breaks_a_rule_is_refused_with_its_name(
    window: Window, verb: str, args: dict[str, Any], code: str, said: str
) -> None:
    question = ask(window)
    made = unit(window, question)
    window.act("generalise", unit=made, text="they meet")
    answer = window.send(verb, units=[made], **args)
    assert answer.status == 422
    assert answer.json["error"]["code"] == code
    assert said in answer.body.decode()
    assert summary(window, question)["units"][0]["state"] == "generalised"


def test_a_stale_write_from_a_second_window_is_refused_and_nothing_is_written_over(
    window: Window,
) -> None:
    question = ask(window)
    made = unit(window, question, text="as both saw it")
    window.act("rewrite", unit=made, text="hers", was="as both saw it")
    answer = window.send("rewrite", unit=made, text="his", was="as both saw it")
    assert answer.status == 422
    assert answer.json["error"]["code"] == "stale"
    assert summary(window, question)["units"][0]["paraphrase"] == "hers"


def test_passing_over_and_being_done_count_for_the_question_alone(window: Window) -> None:
    ask(window)
    source = window.id_of("P1")
    window.open("P1")
    window.act("pass_over", source=source, start=46, end=64, question="helps")
    window.act("done", source=source, done=True, question="helps")
    found = {each["question"]: each for each in window.get("source/P1")["readings"]
             if each["coder"] == "anna"}  # fmt: skip
    assert found["helps"]["done"]
    assert not found[""]["done"]
    assert not next(each for each in window.get("study")["sources"] if each["key"] == "P1")["done"]
    assert window.source is not None
    mine = [each for each in window.source["readings"] if each["coder"] == "anna"]
    assert sorted(each["question"] for each in mine) == ["", "helps"]


def test_a_back_check_is_drawn_and_judged(window: Window) -> None:
    question = ask(window, material=[window.id_of("P1")])
    window.act("bundle", units=[kept(window, question)], label="Meeting", rule="Z4.1")
    for step in ("paraphrase", "generalise", "reduce", "bundle"):
        window.act("close_step", question=question, step=step)
    (check,) = window.act("draw_sample", question=question, size=5, seed=7)
    window.act("judge", check=check, verdict="partly", remark="half")
    assert summary(window, question)["checks"] == [
        {"id": check, "question": question, "unit": summary(window, question)["units"][0]["id"],
         "seed": 7, "position": 0, "verdict": "partly", "remark": "half"}
    ]  # fmt: skip
    window.act("close_step", question=question, step="check")
    assert window.state["questions"][0]["step"] == "done"
