"""Explication: what may be consulted, what has to be there, and what is still open."""

from __future__ import annotations

import pytest
from structuring_kit import ask, at, code, codes_of, make, refused

from p3c_qual.mayring.question import read_question
from p3c_qual.mayring.structuring.explication import (
    edit_explication,
    explicate,
    lacks_explications,
    remove_explication,
    short_id,
)
from p3c_qual.mayring.structuring.explication_table import table_candidates, table_explications
from p3c_qual.store import replay


@pytest.fixture(params=["sqlite", "postgresql"])
def either(request, tmp_path):
    """Give the study on each store."""
    store = request.getfixturevalue("new_database")() if request.param == "postgresql" else None
    with make(tmp_path, store) as study:
        yield study


@pytest.fixture
def doubtful(tmp_path):
    """Give the study."""
    with make(tmp_path) as study:
        yield study


def item(study, source, words, **more):
    return {**dict(zip(("source", "start", "end"), at(study, source, words), strict=True)), **more}


def tea(study, scope="narrow", **more):
    return explicate(study, *at(study, "IP01", "none left for tea"), scope, **more)


def whole(study):
    return {
        "lexical": "Tea may be the drink, or the meal.",
        "material": [item(study, "IP01", "And the money?", note="The question before.")],
        "paraphrase": "Nothing is left for small comforts.",
        "verdict": "suffices",
    }


def test_a_whole_narrow_explication_takes_its_quotes_from_the_text(doubtful):
    name = tea(doubtful, **whole(doubtful), remark="Ask her again.")
    (row,) = table_explications(doubtful).to_dict("records")
    assert row["explication"] == short_id(name)
    assert (row["quote"], row["verdict"], row["edited"]) == ("none left for tea", "suffices", False)
    start, end = at(doubtful, "IP01", "And the money?")[1:]
    assert row["material"] == f"IP01 {start}-{end}: “And the money?” (The question before.)"


def test_the_narrow_context_is_the_same_text_and_nothing_else(doubtful):
    other = item(doubtful, "IP02", "Nobody pays for the calls?")
    said = refused(tea, doubtful, material=[other, {"citation": "A dictionary, 1990"}])
    assert "material 1: E3: the narrow context is IP01; IP02 is beyond it" in said
    assert "material 2: E3" in said
    name = tea(doubtful)
    assert "E3" in refused(edit_explication, doubtful, name, material=[other])
    tea(doubtful, "broad", material=[other, {"citation": "A dictionary, 1990", "note": "p. 3"}])
    assert "A dictionary, 1990 (p. 3)" in table_explications(doubtful)["material"].tolist()[1]


def test_the_passage_does_not_explain_itself(doubtful):
    said = refused(tea, doubtful, material=[item(doubtful, "IP01", "There is none left")])
    assert "E4: it overlaps the passage" in said


def test_it_suffices_only_with_lexical_check_material_and_paraphrase(doubtful):
    said = refused(tea, doubtful, verdict="suffices")
    for rule in ("E2", "E4", "E5"):
        assert f"{rule}: " in said
    name = tea(doubtful, **whole(doubtful))
    assert "E5: " in refused(edit_explication, doubtful, name, paraphrase=" ")
    assert "E4: " in refused(edit_explication, doubtful, name, material=[])
    assert edit_explication(doubtful, name, paraphrase="", verdict="open")


def test_what_does_not_suffice_is_gone_on_with_broadly(doubtful):
    ask(doubtful, "explication_narrow", "doubt")
    narrow = tea(doubtful, question="doubt")
    assert "is not to be widened" in refused(tea, doubtful, "broad", continues=narrow)
    edit_explication(doubtful, narrow, verdict="widen")
    passage = at(doubtful, "IP01", "We meet each week.")
    assert "another passage" in refused(explicate, doubtful, *passage, "broad", continues=narrow)
    assert "narrow context" in refused(tea, doubtful, "broad", question="doubt")
    broad = tea(doubtful, "broad", question="doubt", continues=narrow)
    frame = table_explications(doubtful, question="doubt").set_index("id")
    assert frame.loc[broad, "continues"] == short_id(narrow)
    assert f"{short_id(broad)} goes on with" in refused(remove_explication, doubtful, narrow)
    remove_explication(doubtful, broad)
    remove_explication(doubtful, narrow)
    assert codes_of(remove_explication, doubtful, narrow) == {"gone"}
    assert table_explications(doubtful).empty


def test_the_step_says_what_is_open_and_what_was_not_widened(doubtful):
    ask(doubtful, "explication_narrow", "doubt")

    def lacking():
        with doubtful.store.read() as connection:
            found = lacks_explications(connection, read_question(connection, "doubt"))
        return " ".join(str(each) for each in found)

    assert "no passage is explicated yet" in lacking()
    name = tea(doubtful, question="doubt")
    assert "1 explication is open" in lacking()
    edit_explication(doubtful, name, verdict="widen")
    assert "nothing goes on with it" in lacking()
    tea(doubtful, "broad", continues=name)
    assert lacking() == ""


def test_unknown_words_and_places_are_refused_together(doubtful):
    said = refused(
        explicate, doubtful, "IP1", 0, 5, "wide", material=[{"note": "so"}], verdict="yes"
    )
    assert "unknown scope 'wide'" in said
    assert "unknown source 'IP1'" in said
    material = [{"note": "so"}, {"source": "IP2", "start": 0, "end": 3}, item(doubtful, "IP02", "We") | {"end": 9_999}]  # fmt: skip
    said = refused(tea, doubtful, "broad", material=material, verdict="yes")
    assert "material 1: it is neither a span nor a citation" in said
    assert "'IP2'. Did you mean 'IP02'?" in said
    assert "material 3: the span" in said
    assert "unknown verdict 'yes'" in said
    doubtful.withdraw("IP02", reason="asked for it")
    assert "'IP02' has no text any more" in refused(explicate, doubtful, "IP02", 0, 2, "narrow")


def test_what_somebody_changed_meanwhile_is_not_written_over(doubtful):
    name = tea(doubtful, paraphrase="One.")
    edit_explication(doubtful, name, paraphrase="Two.", was={"paraphrase": "One."})
    call = (edit_explication, doubtful, name)
    assert codes_of(*call, paraphrase="Three.", was={"paraphrase": "One."}) == {"stale"}
    assert table_explications(doubtful)["paraphrase"].tolist() == ["Two."]


def test_unsure_passages_wait_until_somebody_explains_them(doubtful):
    coding = code(doubtful, "IP01", "There is none left for tea.", "money")
    code(doubtful, "IP02", "We telephone.", "meeting")
    assert table_candidates(doubtful).empty
    doubtful.flag([coding], unsure=True)
    (row,) = table_candidates(doubtful).to_dict("records")
    assert (row["coding"], row["source"], row["code"]) == (coding, "IP01", "money")
    tea(doubtful)
    assert table_candidates(doubtful).empty


def test_both_stores_replay_explications(either):
    name = tea(either, **whole(either))
    edit_explication(either, name, remark="هكذا 👩🏽‍⚕️", verdict="open")
    tea(either, "broad", material=[{"citation": "A book"}])
    either.undo()
    assert table_explications(either)["remark"].tolist() == ["هكذا 👩🏽‍⚕️"]
    with either.store.read() as connection:
        assert replay.compare(connection) == []
