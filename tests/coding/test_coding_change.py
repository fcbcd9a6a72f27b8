"""Codings recoded, resized, marked and taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import p3c_qual as p3c
from p3c_qual.sources.incoming import Incoming
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TEXT = "R: 🙂 We meet each week, the nurse and I. Then we go home."


@pytest.fixture(params=["sqlite", "postgresql"])
def open_(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """Give a study with one source, on each store."""
    address = request.getfixturevalue("new_database")() if request.param == "postgresql" else None
    file = tmp_path / "IP01.txt"
    file.write_text(TEXT, encoding="utf-8")
    with p3c.new_study(tmp_path / "study", title="A study", store=address) as study:
        study.add([Incoming(file, programme="care", site="north", interviewee="IP01")])
        yield study


def rows(study: p3c.Study) -> list[list[Any]]:
    frame = study.codings()[["start", "end", "code", "coder", "quote"]]
    return sorted(frame.values.tolist())


def whole(study: p3c.Study) -> dict[str, Any]:
    """Return everything that the study's tables hold."""
    with study.store.read() as connection:
        return {
            name: sorted(map(str, connection.execute(table.select()).all()))
            for name, table in ROWS.items()
        }


def codes(refused: Any) -> list[str]:
    return [each.code for each in refused.value.problems]


# recode


def test_a_recoded_segment_keeps_its_memo_its_span_and_its_coder(open_: p3c.Study) -> None:
    row = open_.code("IP01", 5, 12, "workforce", memo="Who is we?", origin="search").id
    open_.flag([row], unsure=True)

    assert open_.recode([row], "selfie:financing") == [row]

    assert rows(open_) == [[5, 12, "financing", "anna", "We meet"]]
    assert open_.memos()["target"].tolist() == [row]
    assert open_.codings(where="unsure and origin == 'search'")["id"].tolist() == [row]
    assert open_.check(replay=True).empty


def test_many_segments_are_recoded_in_one_act_that_undo_takes_back_whole(
    open_: p3c.Study,
) -> None:
    ids = [open_.code("IP01", at, at + 3, "workforce").id for at in (5, 10, 15)]
    before = whole(open_)

    assert open_.recode(ids, "financing") == ids
    assert set(open_.codings()["code"]) == {"financing"}
    assert open_.undo()["verb"] == "recode 3 segments to Financing"
    assert whole(open_) == before


def test_a_code_may_be_named_by_its_row_id_and_the_journal_says_its_label(
    open_: p3c.Study,
) -> None:
    with open_.store.read() as connection:
        table = ROWS["code"]
        wanted = table.select().where(table.c.key == "financing")
        code = connection.execute(wanted).one().id
    row = open_.code("IP01", 5, 12, code).id
    assert rows(open_) == [[5, 12, "financing", "anna", "We meet"]]
    assert open_.log().iloc[0]["verb"] == "code IP01 5-12 with Financing"
    open_.recode([row], "workforce")
    open_.recode([row], code)
    assert open_.log().iloc[0]["verb"] == "recode 1 segment to Financing"
    assert open_.codings(code=code)["id"].tolist() == [row]


def test_what_has_the_code_already_is_no_change(open_: p3c.Study) -> None:
    row = open_.code("IP01", 5, 12, "workforce").id
    acts = len(open_.log())
    assert open_.recode([row], "workforce") == []
    assert len(open_.log()) == acts


def test_recoding_over_ones_own_segment_of_that_code_is_refused_naming_it(
    open_: p3c.Study,
) -> None:
    row = open_.code("IP01", 5, 12, "workforce").id
    open_.code("IP01", 10, 20, "financing")
    before = whole(open_)

    with pytest.raises(p3c.P3CError, match="anna has coded 10-20 of 'IP01' with 'Financing'") as e:
        open_.recode([row], "financing")

    assert codes(e) == ["overlap"]
    assert whole(open_) == before


def test_recoding_into_the_very_coding_that_is_there_is_refused(open_: p3c.Study) -> None:
    first = open_.code("IP01", 5, 12, "workforce").id
    open_.code("IP01", 5, 12, "financing")
    with pytest.raises(p3c.P3CError, match=r"has coded 5-12 .* already") as refused:
        open_.recode([first], "financing")
    assert codes(refused) == ["repeat"]
    assert sorted(open_.codings()["code"]) == ["financing", "workforce"]


def test_two_segments_that_would_come_to_overlap_each_other_are_refused(
    open_: p3c.Study,
) -> None:
    ids = [
        open_.code("IP01", 5, 12, "workforce").id,
        open_.code("IP01", 10, 20, "financing").id,
    ]
    with pytest.raises(p3c.P3CError) as refused:
        open_.recode(ids, "information_research")
    assert codes(refused) == ["overlap"]
    assert sorted(open_.codings()["code"]) == ["financing", "workforce"]


@pytest.mark.parametrize(
    "other", [{"coder": "ben"}, {"round": "second"}, {"question": "Q2"}], ids=str
)
def test_another_coder_round_or_question_stands_in_nobodys_way(
    open_: p3c.Study, other: dict[str, str]
) -> None:
    row = open_.code("IP01", 5, 12, "workforce").id
    open_.code("IP01", 10, 20, "financing", **other)
    assert open_.recode([row], "financing") == [row]


def test_all_that_is_wrong_is_said_at_once_and_nothing_is_changed(open_: p3c.Study) -> None:
    row = open_.code("IP01", 5, 12, "workforce").id
    taken = open_.code("IP01", 20, 25, "workforce").id
    open_.uncode([taken])
    before = whole(open_)

    with pytest.raises(p3c.P3CError) as refused:
        open_.recode([row, taken, "no-such-id"], "financeing")

    said = str(refused.value)
    assert "this coding is gone: anna took it away on 20" in said
    assert "there is no coding 'no-such-id'" in said
    assert "Did you mean 'financing'" in said
    assert codes(refused) == ["gone", "gone", ""]
    assert whole(open_) == before


def test_a_retired_code_is_not_given(open_: p3c.Study) -> None:
    row = open_.code("IP01", 5, 12, "workforce").id
    open_.retire_code("financing")
    with pytest.raises(p3c.P3CError, match="the code 'financing' is retired"):
        open_.recode([row], "financing")


# resize


def test_a_resized_segment_holds_the_words_of_its_new_span(open_: p3c.Study) -> None:
    row = open_.code("IP01", 5, 12, "workforce", memo="m").id

    assert open_.resize(row, 3, 17) is True

    assert rows(open_) == [[3, 17, "workforce", "anna", "🙂 We meet each"]]
    assert open_.readings()["characters"].tolist() == [14]
    assert open_.resize(row, 3, 17) is False
    open_.resize(row, 8, 12)
    # what was read stays read
    assert open_.readings()["characters"].tolist() == [14]
    assert open_.check(replay=True).empty


def test_undo_gives_a_resized_segment_its_old_words_and_what_was_read_before(
    open_: p3c.Study,
) -> None:
    row = open_.code("IP01", 5, 12, "workforce").id
    before = whole(open_)
    open_.resize(row, 3, 30)
    open_.undo()
    assert whole(open_) == before


@pytest.mark.parametrize("span", [(5, 5), (9, 5), (-1, 5), (0, len(TEXT) + 1)])
def test_a_span_that_is_not_within_the_text_is_refused(
    open_: p3c.Study, span: tuple[int, int]
) -> None:
    row = open_.code("IP01", 5, 12, "workforce").id
    with pytest.raises(
        p3c.P3CError, match=f"is not within the text of 'IP01', which has {len(TEXT)}"
    ):
        open_.resize(row, *span)
    assert rows(open_) == [[5, 12, "workforce", "anna", "We meet"]]


def test_a_position_that_is_no_whole_number_is_refused(open_: p3c.Study) -> None:
    row = open_.code("IP01", 5, 12, "workforce").id
    with pytest.raises(p3c.P3CError, match="must be whole numbers"):
        open_.resize(row, "5", 7)  # type: ignore[arg-type]


def test_resizing_touches_and_never_overlaps_the_neighbour(open_: p3c.Study) -> None:
    row = open_.code("IP01", 5, 12, "workforce").id
    open_.code("IP01", 20, 30, "workforce")
    with pytest.raises(p3c.P3CError, match="has coded 20-30") as refused:
        open_.resize(row, 5, 21)
    assert codes(refused) == ["overlap"]
    assert open_.resize(row, 5, 20) is True
    with pytest.raises(p3c.P3CError) as refused:
        open_.resize(row, 20, 30)
    assert codes(refused) == ["repeat"]


# remove and mark


def test_a_removed_segment_takes_its_memos_along_and_undo_brings_all_back(
    open_: p3c.Study,
) -> None:
    row = open_.code("IP01", 5, 12, "workforce", memo="first").id
    open_.memo("coding", "second", target=row)
    other = open_.code("IP01", 20, 25, "financing", memo="third").id
    before = whole(open_)

    assert open_.uncode([row, row]) == 1

    assert open_.codings()["id"].tolist() == [other]
    assert open_.memos()["text"].tolist() == ["third"]
    assert open_.undo()["verb"] == "remove 1 segment"
    assert whole(open_) == before
    assert open_.redo()["verb"] == "remove 1 segment"
    assert open_.codings()["id"].tolist() == [other]
    assert open_.check(replay=True).empty


def test_marks_are_set_and_taken_off_each_for_itself(open_: p3c.Study) -> None:
    one, two = (open_.code("IP01", at, at + 3, "workforce").id for at in (5, 10))

    assert open_.flag([one, two], important=True) == 2
    assert open_.flag([one, two], important=True) == 0
    assert open_.flag([one], unsure=True) == 1
    assert open_.flag([two], important=False) == 1

    assert open_.codings(where="important")["id"].tolist() == [one]
    assert open_.codings(where="unsure and code == 'workforce'")["id"].tolist() == [one]
    assert open_.codings(where="not important")["id"].tolist() == [two]
    verbs = open_.log()["verb"].tolist()[:3]
    assert verbs[::2] == ["mark 1 segment as not important", "mark 2 segments as important"]
    for _ in range(3):
        open_.undo()
    assert open_.codings(where="important or unsure").empty
    assert open_.check(replay=True).empty


def test_a_mark_that_was_never_set_need_not_be_taken_off(open_: p3c.Study) -> None:
    row = open_.code("IP01", 5, 12, "workforce").id
    assert open_.flag([row], important=False, unsure=False) == 0


def test_the_columns_of_the_listing_stay_those_of_the_table(open_: p3c.Study) -> None:
    row = open_.code("IP01", 5, 12, "workforce", origin="in_vivo").id
    open_.flag([row], important=True)
    assert not {"important", "unsure", "origin"} & set(open_.codings().columns)


def test_an_unknown_origin_is_refused_with_the_nearest(open_: p3c.Study) -> None:
    with pytest.raises(p3c.P3CError, match=r"unknown origin 'serch'. Did you mean 'search'"):
        open_.code("IP01", 5, 12, "workforce", origin="serch")
    assert open_.codings().empty


CHANGES: dict[str, Callable[[p3c.Study, list[str]], Any]] = {
    "recode": lambda study, ids: study.recode(ids, "financing"),
    "uncode": lambda study, ids: study.uncode(ids),
    "flag": lambda study, ids: study.flag(ids, important=True),
    "resize": lambda study, ids: study.resize(ids[0], 5, 7),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_segment_that_somebody_took_away_is_said_to_be_gone(
    open_: p3c.Study, change: str
) -> None:
    row = open_.code("IP01", 5, 12, "workforce").id
    with p3c.open_study(open_.path, coder="ben") as other:
        other.uncode([row])
    with pytest.raises(p3c.P3CError, match="this coding is gone: ben took it away") as refused:
        CHANGES[change](open_, [row])
    assert codes(refused) == ["gone"]


@pytest.mark.parametrize("change", ["recode", "uncode", "flag"])
def test_nothing_named_is_nothing_done(open_: p3c.Study, change: str) -> None:
    with pytest.raises(p3c.P3CError, match="no coding is named"):
        CHANGES[change](open_, [])


def test_a_coding_that_overlaps_says_so_to_programs_too(open_: p3c.Study) -> None:
    open_.code("IP01", 5, 12, "workforce")
    with pytest.raises(p3c.P3CError) as refused:
        open_.code("IP01", 8, 20, "workforce")
    assert codes(refused) == ["overlap"]
