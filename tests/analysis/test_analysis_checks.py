"""A study says where it does not hold what it should, and a passage stands in two languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, update

import p3c_qual as p3c
from p3c_qual.analysis.checks import check_study, list_conflicts
from p3c_qual.analysis.translations import AlignedQuote, aligned_quote
from p3c_qual.errors import P3CError
from p3c_qual.store.schema import ROWS, payload

if TYPE_CHECKING:
    from conftest import Small

CORE = "workforce.micro.core_group"


def faults(study: p3c.Study) -> list[tuple[str, str]]:
    frame = check_study(study)
    return list(frame[["kind", "source"]].itertuples(index=False, name=None))


def test_a_sound_study_has_nothing_to_say(both: Small) -> None:
    both.add("IP01", "R: We meet. \U0001f642\n", interviewee="IP01")
    both.code(("IP01", "meet. \U0001f642", CORE))
    frame = check_study(both.study)
    assert frame.empty
    assert list(frame.columns) == ["kind", "source", "what", "do"]
    assert list(list_conflicts(both.study).columns) == ["case", "table", "row", "what", "rule"]


def test_a_changed_text_and_the_quotes_it_breaks_are_found(pair: Small) -> None:
    pair.code(("IP01", "We meet each week.", CORE))
    with pair.study.store.write() as connection:
        changed = pair.texts["IP01"].replace("meet", "fail")
        wanted = payload.c.text == pair.texts["IP01"]
        connection.execute(update(payload).where(wanted).values(text=changed))
    frame = check_study(pair.study)
    assert frame["kind"].tolist() == ["fault", "fault"]
    assert frame["source"].tolist() == ["IP01", "IP01"]
    assert "the text is not what its hash says" in frame["what"].tolist()
    assert frame["what"].str.contains("the quote of coding").sum() == 1


def test_a_text_that_is_lost_is_not_said_to_be_erased(pair: Small) -> None:
    with pair.study.store.write() as connection:
        connection.execute(delete(payload).where(payload.c.text == pair.texts["IP01"]))
    frame = check_study(pair.study)
    assert ("fault", "its text is not found in the study") in zip(
        frame["kind"], frame["what"], strict=True
    )
    with pytest.raises(P3CError, match=r"'IP01' is not found in the study\. Run `p3c check`"):
        pair.study.text("IP01")


def test_a_quote_that_does_not_stand_there_is_found(pair: Small) -> None:
    pair.code(("IP01", "We meet each week.", CORE))
    coding = ROWS["coding"]
    with pair.study.store.write() as connection:
        connection.execute(update(coding).values(start=coding.c.start + 1))
    assert faults(pair.study) == [("fault", "IP01")]


def test_originals_that_are_gone_or_changed_are_found(pair: Small) -> None:
    folder = pair.study.path / "data_raw"
    (folder / "IP01.txt").unlink()
    (folder / "IP02.txt").write_text("Something else.\n", "utf-8")
    frame = check_study(pair.study)
    assert frame["source"].tolist() == ["IP01", "IP02"]
    assert "cannot be read" in frame["what"][0]
    assert "no longer the file" in frame["what"][1]
    assert frame["do"][0] == "Put the original back as data_raw/IP01.txt."


def test_a_file_that_no_source_was_read_from_is_a_note(pair: Small) -> None:
    folder = pair.study.path / "data_raw"
    (folder / "more").mkdir()
    (folder / "more" / "IP09.txt").write_text("We meet.\n", "utf-8")
    (folder / ".hidden").write_text("", "utf-8")
    (folder / "README.md").write_text("What lies here.\n", "utf-8")
    assert faults(pair.study) == [("note", "data_raw/more/IP09.txt")]


def test_a_span_of_a_translation_shows_the_turns_of_its_original(small: Small) -> None:
    german = "I: Wie geht es?\nR: Gut. Die Pflege kommt.\nI: Und das Geld?\nR: Es fehlt.\n"
    english = "I: How is it?\nR: Good. The nurse comes.\nI: And the money?\nR: It is short.\n"
    small.add("IP01_de", german, language="de")
    small.add("IP01_en", english, language="en", translation_of="IP01_de")
    small.add("plan", "We meet.")
    (found,) = aligned_quote(small.study, "IP01_en", *small.span("IP01_en", "nurse"))
    assert (found.source, found.language, found.note) == ("IP01_de", "de", "")
    assert found.text == small.texts["IP01_de"][found.start : found.end]
    assert found.text.endswith("Gut. Die Pflege kommt.")
    (back,) = aligned_quote(small.study, "IP01_de", *small.span("IP01_de", "kommt.\nI: Und"))
    assert back.source == "IP01_en"
    assert "The nurse comes.\nI: And the money?" in back.text
    assert aligned_quote(small.study, "plan", 0, 2) == ()


def test_texts_with_other_numbers_of_turns_are_aligned_with_a_warning(small: Small) -> None:
    small.add("de", "I: Wie?\nR: Gut.\n", language="de")
    small.add("en", "I: How?\nR: Good.\nI: And?\nR: Bad.\n", language="en", translation_of="de")
    small.add("raw", "We meet.", language="fr", translation_of="de")
    en = aligned_quote(small.study, "en", *small.span("en", "Good"))
    assert "en has 4 turns and de 2" in en[0].note
    assert en[0].text.endswith("Gut.")
    beyond = aligned_quote(small.study, "en", *small.span("en", "Bad"))
    assert beyond == (AlignedQuote("de", "de", 0, 0, "", en[0].note),)
    both = aligned_quote(small.study, "de", *small.span("de", "Gut"))
    assert [each.source for each in both] == ["en", "raw"]
    assert both[1].note == "raw has no turns to align"


def test_an_unknown_source_and_a_span_outside_are_refused(pair: Small) -> None:
    with pytest.raises(p3c.P3CError, match="Did you mean 'IP01'"):
        aligned_quote(pair.study, "IP1", 0, 2)
    with pytest.raises(p3c.P3CError, match="not within the text"):
        aligned_quote(pair.study, "IP01", 5, 5_000)
