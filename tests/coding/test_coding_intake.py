"""Codings into the study: checked all together, kept all or none."""

from __future__ import annotations

import numpy as np
import pytest
from sqlalchemy import func, select

from p3c_qual.coding.intake import take_codings
from p3c_qual.coding.wanted import Wanted
from p3c_qual.errors import P3CError
from p3c_qual.sources.incoming import Incoming
from p3c_qual.store import replay
from p3c_qual.store.schema import ROWS, event

TEXT = "I: How do you meet?\nR: We meet each week, the nurse and I. It helps.\n"
A = (23, 41)


@pytest.fixture
def coded(study, tmp_path):
    """Give a study with two sources of one text."""
    for key in ("IP01", "IP02"):
        (tmp_path / f"{key}.txt").write_text(TEXT + key, "utf-8")
        study.add([Incoming(tmp_path / f"{key}.txt")])
    return study


def take(study, *wanted, done=None, extend=False):
    with study.act("code") as act:
        return take_codings(act, wanted, done=done, extend=extend)


def want(start=A[0], end=A[1], code="workforce", **more):
    return Wanted(**{"source": "IP01", "start": start, "end": end, "code": code, "coder": "anna",
                     **more})  # fmt: skip


def rows(study, table):
    with study.store.read() as connection:
        assert replay.compare(connection) == []
        found = connection.execute(select(ROWS[table]).order_by(ROWS[table].c.id)).mappings()
        return [dict(row) for row in found]


def spans(study):
    return sorted((row["start"], row["end"]) for row in rows(study, "coding"))


def events(study):
    with study.store.read() as connection:
        return connection.scalar(select(func.count()).select_from(event))


def test_a_coding_carries_coder_round_question_codebook_and_words(coded):
    taken = take(coded, want(round="second", question="RQ1"))
    (row,) = rows(coded, "coding")
    assert taken.ids == taken.held == [row["id"]]
    assert (row["round"], row["question"], row["quote"]) == ("second", "RQ1", TEXT[A[0] : A[1]])
    assert row["codebook_version"] == coded.codebook("selfie").version


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"start": 60, "end": 900}, "60-900 is not within the text of 'IP01', which has 73"),
        ({"start": 5, "end": 5}, "5-5 is not within"),
        ({"start": 9, "end": 4}, "9-4 is not within"),
        ({"start": -3, "end": 4}, "-3-4 is not within"),
        ({"code": "workforse"}, "unknown code 'workforse'. Did you mean 'workforce'?"),
        ({"source": "IP1"}, "unknown source 'IP1'. Did you mean 'IP01'? Valid: IP01, IP02"),
        ({"coder": ""}, "whose coding this is"),
        ({"coder": "an na"}, "a key holds no white space"),
        ({"quote": "each week"}, "It stands at 31-40"),
        ({"quote": "never said"}, "belong to this version of the text"),
        ({"round": "a\nb"}, "a round is one line"),
        ({"question": "x" * 300}, "a question is one line of 200 characters"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
def test_a_fault_is_named_with_its_row_and_nothing_is_written(coded, fault, said):
    before = events(coded)
    with pytest.raises(P3CError) as refused:
        take(coded, want(0, 5), want(**{"where": "rows.csv:3", **fault}))
    assert said in str(refused.value)
    assert str(refused.value).startswith("rows.csv:3: ")
    assert events(coded) == before


def test_all_faults_of_all_rows_are_named_in_the_order_of_the_rows(coded):
    wanted = [
        want(where="2", source="IP03"),
        want(where="3", code="nothing", start=0, end=999),
        want(where="4", source="IP02", coder="a b"),
        want(where="5"),
        want(where="6", start=A[0] + 2),
    ]
    with pytest.raises(P3CError) as refused:
        take(coded, *wanted)
    assert [problem.where for problem in refused.value.problems] == ["2", "3", "3", "4", "6"]
    assert rows(coded, "coder") == []


def test_a_code_of_several_codebooks_needs_its_codebook(coded, tmp_path):
    book = tmp_path / "other.yml"
    book.write_text(
        'format: 1\nkey: other\nlabel: Other\nversion: "1"\ncodes:\n  - id: workforce\n    label: W\n'
    )
    coded.load_codebook(book)
    with pytest.raises(P3CError, match=r"a code of several codebooks.*other:workforce, selfie:w"):
        take(coded, want())
    one, two = take(coded, want(code="other:workforce"), want(code="selfie:workforce")).ids
    assert coded.code("IP01", *A, "other:workforce").id == one
    assert coded.code("IP01", *A, "selfie:workforce").id == two


def test_a_retired_code_is_refused_with_what_it_was_merged_into(coded):
    with coded.act("merge") as act:
        code = ROWS["code"]
        ids = dict(act.connection.execute(select(code.c.key, code.c.id)).all())
        merged = {"status": "retired", "merged_into": ids["financing"]}
        act.update("code", {ids["workforce"]: merged})
    with pytest.raises(P3CError, match=r"'workforce' is retired\. Use 'financing' instead"):
        take(coded, want())


def test_an_exact_repeat_changes_nothing_and_is_counted(coded):
    first = take(coded, want())
    before = events(coded)
    again = take(coded, want(), want())
    assert (again.ids, again.repeated, again.held) == ([], 2, first.ids * 2)
    assert events(coded) == before


def test_an_overlapping_one_is_refused_naming_the_other(coded):
    take(coded, want())
    with pytest.raises(P3CError, match=r"anna has coded 23-41 of 'IP01' with 'workforce'.*30-50"):
        take(coded, want(30, 50))


def test_of_two_that_overlap_in_one_file_the_second_is_refused(coded):
    with pytest.raises(P3CError, match=r"0-9 of 'IP01'.*already; 5-12 overlaps it"):
        take(coded, want(0, 9, where="2"), want(5, 12, where="3"))


def test_extending_makes_one_coding_of_both(coded):
    first = take(coded, want())
    taken = take(coded, want(30, 50), extend=True)
    assert (taken.ids, taken.held, taken.extended) == ([], first.ids, 1)
    (row,) = rows(coded, "coding")
    assert (row["start"], row["end"], row["quote"]) == (23, 50, TEXT[23:50])


def test_touching_codings_stay_two(coded):
    take(coded, want(0, 5), want(5, 9))
    take(coded, want(9, 12), extend=True)
    assert spans(coded) == [(0, 5), (5, 9), (9, 12)]


@pytest.mark.parametrize(
    "other", [{"round": "second"}, {"coder": "ben"}, {"question": "RQ2"}, {"code": "financing"}],
    ids=["round", "coder", "question", "code"],
)  # fmt: skip
def test_another_round_coder_question_or_code_may_cover_the_same(coded, other):
    take(coded, want())
    take(coded, want(**other), want(30, 50, **other | {"source": "IP02"}))
    assert len(rows(coded, "coding")) == 3


def test_a_memo_is_kept_once_also_on_a_repeat(coded):
    first = take(coded, want(memo="At last."))
    take(coded, want(memo="At last."))
    take(coded, want(memo="See IP02."))
    found = rows(coded, "memo")
    assert sorted(row["text"] for row in found) == ["At last.", "See IP02."]
    assert {row["target"] for row in found} == set(first.ids)


def test_a_quote_with_other_line_ends_or_forms_is_the_same_quote(study, tmp_path):
    (tmp_path / "x.txt").write_text("Müde.\nSehr.", "utf-8")
    study.add([Incoming(tmp_path / "x.txt")])
    take(study, want(0, 11, source="x", quote="Mu\u0308de.\r\nSehr."))
    assert rows(study, "coding")[0]["quote"] == "Müde.\nSehr."


def test_coders_met_for_the_first_time_are_made_and_named(coded):
    assert take(coded, want(coder="zoe"), want(coder="ben")).coders == ["ben", "zoe"]
    assert take(coded, want(0, 3, coder="ben")).coders == []


def test_a_source_whose_text_was_erased_takes_no_codings(coded):
    with coded.act("erase") as act:
        act.erase(act.connection.scalars(select(ROWS["text"].c.hash)).all())
    with pytest.raises(P3CError, match="the text of 'IP01' was erased"):
        take(coded, want())


# what was worked through


def readings(study):
    return [(row["round"], row["done"], row["ranges"]) for row in rows(study, "reading")]


def test_imported_codings_count_as_done(coded):
    take(coded, want(), done=True)
    assert readings(coded) == [("main", True, [])]


def test_single_codings_add_to_what_was_worked_through(coded):
    take(coded, want(0, 5), want(10, 12))
    take(coded, want(4, 8, code="financing"))
    assert readings(coded) == [("main", False, [[0, 8], [10, 12]])]


def test_what_is_done_stays_done_unless_it_is_said_otherwise(coded):
    take(coded, want(), done=True)
    take(coded, want(0, 5))
    assert readings(coded)[0][1] is True
    take(coded, want(6, 9), done=False)
    assert readings(coded) == [("main", False, [[6, 9]])]


def test_each_coder_round_and_question_is_worked_through_by_itself(coded):
    take(coded, want(), want(coder="ben"), want(round="second"), want(question="RQ2"))
    assert len(readings(coded)) == 4


def test_the_first_coder_of_the_first_round_becomes_the_main_coder(coded):
    take(coded, want(coder="eve", round="second"))
    take(coded, want(coder="ben"), want(coder="anna"))
    take(coded, want(0, 4, coder="zoe"))
    main = {row["key"]: row["main_coder"] for row in rows(coded, "source")}
    ben = next(row["id"] for row in rows(coded, "coder") if row["key"] == "ben")
    assert main == {"IP01": ben, "IP02": None}


# one at a time


def test_a_single_coding_says_what_became_of_it(coded):
    one = coded.code("IP01", *A, "workforce", coder="anna", memo="Why?")
    assert (one.start, one.end, one.code, one.coder, one.round) == (*A, "workforce", "anna", "main")
    assert coded.code("IP01", *A, "workforce", coder="anna").id == one.id
    wider = coded.code("IP01", 30, 50, "workforce", coder="anna", extend=True)
    assert (wider.id, wider.start, wider.end, wider.quote) == (one.id, 23, 50, TEXT[23:50])


def test_places_may_be_any_kind_of_whole_number(coded):
    assert coded.code("IP01", np.int64(0), np.uint8(5), "workforce").end == 5
    for start in (1.5, "1", None):
        with pytest.raises(P3CError, match="must be whole numbers"):
            coded.code("IP01", start, 5, "financing")
