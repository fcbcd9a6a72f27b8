"""Candidates: ranked, said why, and nothing of them outlives the words they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import spacy
from realist_kit import TEXTS

import p3c_qual as p3c
from p3c_qual.errors import P3CError
from p3c_qual.language import pipeline
from p3c_qual.language.pipeline import parse, pipeline_of
from p3c_qual.realist.candidates import weighed
from p3c_qual.realist.candidates.cues import read_cues
from p3c_qual.realist.candidates.finding import find_candidates, rank_candidates
from p3c_qual.realist.candidates.weighing import weigh
from p3c_qual.sources.incoming import Incoming

if TYPE_CHECKING:
    from pathlib import Path


def _kinds(text: str) -> dict[str, list[str]]:
    """Return the words that are cues in a parsed text, by kind."""
    (doc,) = parse(pipeline_of("en"), [text])
    found: dict[str, list[str]] = {}
    for cue in read_cues(doc, "en", parsed=True):
        found.setdefault(cue.kind, []).append(text[cue.start : cue.end])
    return found


def _row_of(study: p3c.Study, key: str) -> tuple[str, str]:
    from p3c_qual.analysis.known import known_sources

    with study.store.read() as connection:
        sources = known_sources(study, connection).values()
    return next((each.id, str(each.text)) for each in sources if each.key == key)


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("Since both know the patient, they agree sooner.", ["Since"]),
        ("We have been here since the summer.", []),
        ("It has been better since she came.", []),
        ("I was so tired that day.", []),
        ("We had no bus, so we stayed at home.", ["so"]),
        ("That’s why they came.", ["That’s why"]),
    ],
)
def test_a_connective_counts_where_it_says_why(text: str, cause: list[str]) -> None:
    assert _kinds(text).get("cause", []) == cause


def test_a_word_counts_as_the_part_of_speech_it_is_listed_as() -> None:
    assert _kinds("They trust her.")["response"] == ["trust"]
    assert "response" not in _kinds("The trusts met in May.")
    assert _kinds("It goes quicker now.")["change"] == ["quicker", "now"]


def test_without_a_parser_the_words_of_the_lists_are_found() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    doc = nlp("Because the village is small they trust her, and they sleep better.")
    found = weigh(doc, "en", parsed=False)
    assert found is not None
    assert {cue.kind for cue in found.cues} == {"cause", "context", "response", "change"}


def test_a_passage_with_one_part_alone_is_no_candidate() -> None:
    (doc,) = parse(pipeline_of("en"), ["I trust her, because I trust her."])
    assert weigh(doc, "en", parsed=True) is None


def test_places_and_texts_are_those_of_the_source_and_a_question_is_none(told: p3c.Study) -> None:
    found = find_candidates(told, top=None)
    assert len(found)
    for row in found.itertuples():
        body = told.text(row.source)
        assert row.text == body[row.start : row.end]
        assert not row.text.startswith("I: ")
        assert 0 <= row.score <= 1
        for said in row.cues.split("; "):
            word, place = said.rsplit(" (", 1)
            start, end = place.rstrip(")").split(", ")[1].split("-")
            assert body[int(start) : int(end)] == word
            assert row.start <= int(start) < int(end) <= row.end
    assert list(found["score"]) == sorted(found["score"], reverse=True)


def test_the_same_study_gives_the_same_candidates_and_says_which_pipeline(told: p3c.Study) -> None:
    first = find_candidates(told, top=3)
    weighed._KEPT.clear()
    assert find_candidates(told, top=3).equals(first)
    assert pipeline_of("en").said in first.attrs["caption"]
    assert first.attrs["looked_at"] >= len(first)


def test_a_candidate_says_what_led_to_it_and_who_speaks(told: p3c.Study) -> None:
    (row,) = find_candidates(told, source="S2").to_dict("records")
    assert row["why"] == "a condition (nobody), a change (at last, better, now)"
    assert row["who"] == "S2"


def test_a_source_or_a_programme_alone_can_be_looked_at(told: p3c.Study) -> None:
    everything = find_candidates(told, top=None)
    south = find_candidates(told, top=None, programme="south")
    assert set(south["source"]) == {key for key in everything["source"] if key.startswith("S")}
    with told.store.read() as connection:
        by_row = rank_candidates(told, connection, source=_row_of(told, "S2")[0]).found
    assert {each.key for each in by_row} == {"S2"}


def test_an_unknown_source_and_programme_are_both_said(told: p3c.Study) -> None:
    with pytest.raises(P3CError) as fault:
        find_candidates(told, source="pla", programme="nort")
    assert [problem.nearest for problem in fault.value.problems] == ["plan", "north"]


def test_a_passage_that_is_evidence_already_is_marked(told: p3c.Study) -> None:
    source, text = _row_of(told, "S2")
    start = TEXTS["S2"].index("She sat")
    with told.act("a configuration") as act:
        act.insert("configuration", [{"id": "c", "key": "c1"}])
        place = {"source": source, "text": text, "start": start, "end": start + 9}
        act.insert("evidence", [{"configuration": "c", **place}])
    used = find_candidates(told, top=None).set_index("source")["used"]
    assert used["S2"] == "c1"
    assert set(used.drop("S2")) == {""}


def test_words_of_an_earlier_configuration_raise_a_passage(told: p3c.Study) -> None:
    before = find_candidates(told, source="S2").iloc[0]
    with told.act("a configuration") as act:
        act.insert("configuration", [{"id": "c", "key": "c1"}])
        words = {
            "role": "resource",
            "text": "people in town slept longer, sleeping well",
            "position": 0,
        }
        act.insert("element", [{"configuration": "c", **words}])
    after = find_candidates(told, source="S2").iloc[0]
    assert after["score"] > before["score"]
    assert after["why"] == before["why"] + "; words of c1"
    with told.act("set aside") as act:
        act.update("configuration", {"c": {"state": "set_aside"}})
    assert find_candidates(told, source="S2").iloc[0]["score"] == before["score"]


def test_a_language_without_cue_words_gives_nothing_and_it_is_said(tmp_path: Path) -> None:
    study = p3c.new_study(tmp_path / "study", title="German", coder="anna")
    for key, language in (("D1", "de"), ("X1", "tlh")):
        file = tmp_path / f"{key}.txt"
        file.write_text(
            "Weil das Dorf klein ist, vertraut man der Schwester, und so kommen die Leute eher."
        )
        study.add([Incoming(file=file, id=key, language=language)])
    found = find_candidates(study)
    assert found.empty
    assert list(found.columns) == list(find_candidates(study, top=None).columns)
    german, unknown = found.attrs["notices"]
    assert "no cue words for the language de; nothing was looked for in D1." in german
    assert "language is not known; nothing was looked for in X1." in unknown


def test_what_was_read_once_is_not_parsed_again(
    told: p3c.Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = find_candidates(told)
    told.mark_read("S3")
    parsed: list[str] = []
    monkeypatch.setattr(
        weighed, "parse", lambda _, texts: iter([parsed.append(text) for text in texts])
    )
    assert find_candidates(told).equals(first)
    assert parsed == []


def test_nothing_kept_of_a_text_is_words_and_a_withdrawn_person_is_no_candidate(
    told: p3c.Study,
) -> None:
    assert "N2" in set(find_candidates(told, top=None)["source"])
    for passages in weighed._KEPT.values():
        for start, end, one in passages:
            assert isinstance(start, int)
            assert isinstance(end, int)
            if one is not None:
                assert isinstance(one.points, float)
                assert {cue.kind for cue in one.cues} <= {
                    "context",
                    "response",
                    "change",
                    "cause",
                    "aim",
                }
    told.withdraw("N2", reason="asked for it")
    assert "N2" not in set(find_candidates(told, top=None)["source"])


def test_without_the_model_candidates_are_found_by_words_and_it_is_said(
    told: p3c.Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "find_spec", lambda _: None)
    pipeline._load.cache_clear()
    found = find_candidates(told)
    pipeline._load.cache_clear()
    assert len(found)
    assert "words are not parsed" in found.attrs["caption"]


def test_a_passage_without_an_end_is_read_as_far_as_it_can_be(tmp_path: Path) -> None:
    study = p3c.new_study(tmp_path / "study", title="Long", coder="anna")
    file = tmp_path / "long.txt"
    file.write_text("because they trust her in a small village it works now " + "and on " * 9000)
    study.add([Incoming(file=file, id="L1", kind="document", document_type="plan", language="en")])
    (row,) = find_candidates(study).to_dict("records")
    assert row["end"] - row["start"] > 50_000
    assert "trust" in row["why"]
