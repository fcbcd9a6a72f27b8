"""A person who withdraws: the words go everywhere, and that they went is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import p3c_qual as p3c
from p3c_qual.sources.incoming import Incoming

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

#: words that stand nowhere else
SECRET = "quixotropic"
FREMD = "quichotropisch"


@pytest.fixture(params=["sqlite", "postgresql"])
def told(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[p3c.Study]:
    """Give a study in which IP1 has spoken alone, in translation and in a group."""
    store = None
    if request.param == "postgresql":
        make: Callable[[], str] = request.getfixturevalue("new_database")
        store = make()
    texts = {
        "IP1": f"I: And then?\nR: It was {SECRET}, all of it.\n",
        "IP1_de": f"I: Und dann?\nR: Es war {FREMD}, alles.\n",
        "group": "IP1: We three agree.\nIP2: Not I.\n",
        "IP2": "I: And you?\nR: Nothing of the kind.\n",
    }
    said = {
        "IP1": {"interviewee": "IP1"},
        "IP1_de": {"translation_of": "IP1", "language": "de"},
        "group": {"interviewee": "IP1;IP2"},
        "IP2": {"interviewee": "IP2"},
    }
    with p3c.new_study(tmp_path / "study", title="Told", coder="anna", store=store) as study:
        sources = []
        for name, text in texts.items():
            file = tmp_path / f"{name}.txt"
            file.write_text(text, encoding="utf-8")
            sources.append(Incoming(file, id=name, programme="care", site="north", **said[name]))
        study.add(sources)
        study.set_fields("source", "IP1", {"summary": f"all was {SECRET}"})
        start = study.text("IP1").index(SECRET)
        study.code("IP1", start, start + len(SECRET), "workforce", memo=f"{SECRET} says it all")
        study.code("group", 5, 10, "workforce")
        study.memo("source", f"mark {SECRET}", target="IP1")
        study.memo("interviewee", f"always {SECRET}", target="IP1")
        study.memo("span", f"here {SECRET}", target="IP1", span="0-5")
        study.memo("source", "keep this", target="IP2")
        report = tmp_path / "study" / "reports" / "care"
        report.mkdir()
        (report / "report.html").write_text(SECRET, encoding="utf-8")
        yield study


def _bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_the_words_are_nowhere_in_the_study_any_more(told: p3c.Study, tmp_path: Path) -> None:
    done = told.withdraw("IP1", reason="asked for it by letter")

    assert "Erased the text of IP1." in done
    assert "Erased the text of IP1_de." in done
    assert "Removed data_raw/IP1.txt." in done
    assert "Removed data_raw/IP1_de.txt." in done
    assert "Removed reports/care." in done
    for word in (SECRET, FREMD):
        assert told.search(word).empty
        assert told.search(word, mode="substring").empty
    codings = told.codings().set_index("source")
    assert list(codings.index) == ["group"]
    assert codings.loc["group", "quote"] == "We th"
    assert [text for text in told.memos()["text"] if text] == ["keep this"]
    lines = tmp_path / "study.jsonl"
    told.export_lines(lines)
    assert SECRET.encode() not in lines.read_bytes()
    told.close()
    left = _bytes_of(told.path)
    assert SECRET.encode() not in left
    assert FREMD.encode() not in left


def test_nothing_is_left_to_settle_afterwards(told: p3c.Study) -> None:
    told.memo("source", "a first thought", target="IP1")
    told.memo("interviewee", "a second one", target="IP1")
    told.withdraw("IP1", reason="asked for it")
    assert told.conflicts().empty
    assert told.check(replay=True).query("kind == 'fault'").empty


def test_a_recording_beside_the_transcript_is_named(told: p3c.Study) -> None:
    (told.path / "data_raw" / "IP1.mp3").write_bytes(b"sound")
    done = told.withdraw("IP1", reason="asked for it")
    assert "data_raw/IP1.mp3 may hold this person's voice or words: delete it." in done
    assert (told.path / "data_raw" / "IP1.mp3").exists()


def test_a_group_interview_is_kept_and_named(told: p3c.Study) -> None:
    done = told.withdraw("IP1", reason="asked")

    assert any(line.startswith("group is a group interview") for line in done)
    assert "IP2: Not I." in told.text("group")
    sources = told.sources().set_index("source")
    assert sources.loc["group", "consent_quoted"] == "withdrawn;unknown"
    assert sources.loc["IP1", "consent_archived"] == "withdrawn"
    assert told.text("IP2").startswith("I: And you?")


def test_the_study_is_whole_afterwards_and_an_older_copy_brings_nothing_back(
    told: p3c.Study, tmp_path: Path
) -> None:
    before = tmp_path / "before.jsonl"
    told.export_lines(before)

    told.withdraw("IP1", reason="asked")

    found = told.check(replay=True)
    assert found[found["kind"] == "fault"].empty
    told.import_lines(before)
    assert told.search(SECRET).empty
    found = told.check(replay=True)
    assert found[found["kind"] == "fault"].empty


def test_it_stands_in_the_log_with_its_reason_and_cannot_be_undone(told: p3c.Study) -> None:
    told.withdraw("IP1", reason="asked by letter")

    last = told.log().iloc[0]
    assert (last["verb"], last["reason"]) == ("withdraw IP1", "asked by letter")
    with pytest.raises(p3c.P3CError, match="erased words for good, and cannot be taken back"):
        told.undo()
    assert told.search(SECRET).empty


def test_without_a_reason_or_for_an_unknown_person_nothing_happens(told: p3c.Study) -> None:
    acts = len(told.log())

    with pytest.raises(p3c.P3CError, match="needs a reason"):
        told.withdraw("IP1", reason=" ")
    with pytest.raises(p3c.P3CError, match="Did you mean 'IP1'"):
        told.withdraw("IP11", reason="asked")
    assert len(told.log()) == acts
    assert not told.search(SECRET).empty


def test_a_second_withdrawal_says_that_nothing_is_left(told: p3c.Study) -> None:
    told.withdraw("IP1", reason="asked")
    again = told.withdraw("IP1", reason="asked again")

    assert not any(line.startswith(("Erased", "Removed")) for line in again)


def test_the_rows_of_others_in_the_same_table_keep_their_texts(
    study: p3c.Study, tmp_path: Path
) -> None:
    table = tmp_path / "answers.csv"
    table.write_text(f"interviewee,text\nA1,{SECRET}\nA2,something else\n", encoding="utf-8")
    study.add([Incoming(table)])

    done = study.withdraw("A1", reason="asked")

    assert study.text("A2") == "something else"
    assert any(line.startswith("answers.csv held other sources too (A2)") for line in done)
    study.close()
    assert SECRET.encode() not in _bytes_of(study.path)


def test_an_anchor_example_taken_from_the_words_goes_with_them(
    study: p3c.Study, tmp_path: Path
) -> None:
    from p3c_qual.codebook.code import Anchor, Code
    from p3c_qual.codebook.model import Codebook
    from p3c_qual.codebook.stored import load_codebook

    file = tmp_path / "talk.txt"
    file.write_text(f"R: {SECRET}", encoding="utf-8")
    study.add([Incoming(file, id="IP1", interviewee="IP1")])
    mine = Anchor(SECRET, source="IP1", start=3, end=3 + len(SECRET))
    other = Anchor("Made up.", invented=True)
    for anchors in ((other,), (mine, other), (mine,), (mine, other)):
        with study.act("load") as act:
            load_codebook(
                act, Codebook("mine", "Mine", codes=(Code("odd", "Odd", anchors=anchors),))
            )

    done = study.withdraw("IP1", reason="asked")

    assert any(line.startswith("Took the anchor example from IP1 out of the code") for line in done)
    assert study.codebook("mine").code("odd").anchors == (other,)
    found = study.check(replay=True)
    assert found[found["kind"] == "fault"].empty
    study.close()
    assert SECRET.encode() not in _bytes_of(study.path)


def test_anchors_of_levels_and_in_frozen_versions_go_too(told: p3c.Study, tmp_path: Path) -> None:
    from p3c_qual.codebook.anchoring import add_anchor
    from p3c_qual.codebook.editions import read_edition
    from p3c_qual.codebook.freezing import freeze_codebook

    (tmp_path / "pace.yml").write_text(
        "format: 1\nkey: pace\nlabel: Pace\ncodes:\n  - id: pace\n    label: Pace\n"
        f"    kind: ordinal\n    anchors: [{{quote: it was {SECRET}, source: IP1}}]\n    levels:\n"
        "      - {value: 1, label: slow}\n      - {value: 2, label: fast}\n",
        "utf-8",
    )
    told.load_codebook(tmp_path / "pace.yml")
    start = told.text("IP1").index(SECRET)
    coding = told.code("IP1", start, start + len(SECRET), "pace:pace")
    add_anchor(told, "pace:pace", coding.id, level="1")
    freeze_codebook(told, "pace", version="1", reason="done")

    done = told.withdraw("IP1", reason="asked")

    assert sum(line.startswith("Took the anchor example from IP1") for line in done) == 1
    assert [level.label for level in read_edition(told, "pace", "1").codes[0].levels] == [
        "slow",
        "fast",
    ]
    found = told.check(replay=True)
    assert found[found["kind"] == "fault"].empty
    told.close()
    assert SECRET.encode() not in _bytes_of(told.path)


def test_a_frozen_version_is_still_compared_after_its_anchor_was_erased(
    told: p3c.Study, tmp_path: Path
) -> None:
    from p3c_qual.codebook.anchoring import add_anchor
    from p3c_qual.codebook.freezing import freeze_codebook, reopen_codebook
    from p3c_qual.workbench.agenda import edition_changes

    (tmp_path / "mine.yml").write_text(
        "format: 1\nkey: mine\nlabel: Mine\ncodes:\n  - {id: odd, label: Odd}\n", "utf-8"
    )
    told.load_codebook(tmp_path / "mine.yml")
    start = told.text("IP1").index(SECRET)
    end = start + len(SECRET)
    add_anchor(told, "mine:odd", told.code("IP1", start, end, "mine:odd").id)
    freeze_codebook(told, "mine", version="1", reason="done")
    reopen_codebook(told, "mine", reason="go on")
    told.withdraw("IP1", reason="asked")

    (gone, *_) = [line for line in edition_changes(told, "mine", "1", "") if "anchors" in line]
    assert f"IP1@{start}-{end}" in gone


def test_what_a_copy_brings_back_goes_with_a_second_withdrawal(
    told: p3c.Study, tmp_path: Path
) -> None:
    told.export_lines(tmp_path / "before.jsonl")
    with p3c.new_study(tmp_path / "copy", title="Copy", coder="ben") as copy:
        copy.import_lines(tmp_path / "before.jsonl")
        mark = copy.memos().query("text.str.startswith('mark')")["id"].iloc[0]
        copy.edit_memo(mark, f"{SECRET} once more")
        p3c.mayring.explicate(copy, "IP1", 0, 11, "narrow", lexical=f"why {SECRET}?")
        span = copy.text("IP2").index("Nothing")
        item = {"kind": "passage", "source": "IP1", "start": 17, "end": 30, "note": SECRET}
        p3c.mayring.explicate(copy, "IP2", span, span + 7, "broad", material=[item])
        copy.export_lines(tmp_path / "after.jsonl")
    told.withdraw("IP1", reason="asked")
    told.import_lines(tmp_path / "after.jsonl")
    (fault,) = told.check().query("kind == 'fault'").to_dict("records")
    assert (fault["source"], "withdraw the person once more" in fault["do"]) == ("IP1", True)

    told.withdraw("IP1", reason="asked once more")

    found = told.check(replay=True)
    assert found[found["kind"] == "fault"].empty
    told.export_lines(tmp_path / "now.jsonl")
    assert SECRET.encode() not in (tmp_path / "now.jsonl").read_bytes()
    told.close()
    assert SECRET.encode() not in _bytes_of(told.path)


def test_a_person_without_an_interview_is_said_to_have_none(
    study: p3c.Study, tmp_path: Path
) -> None:
    file = tmp_path / "talk.txt"
    file.write_text("R: something", encoding="utf-8")
    study.add([Incoming(file, interviewee="IP1")])
    study.set_fields("source", "IP1", {"interviewee": "IP2"}, new=True)

    assert "IP1 took part in no interview" in study.withdraw("IP1", reason="asked")[0]
    assert study.text("IP1") == "R: something"
