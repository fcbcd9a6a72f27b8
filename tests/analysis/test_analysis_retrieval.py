"""Coded segments: filters, order, and the way out and back in by CSV."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

import pytest

import p3c_qual as p3c
from p3c_qual.analysis.retrieval import COLUMNS

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Small

CORE = "workforce.micro.core_group"
ROLES = "workforce.meso.new_roles"
AWKWARD = 'R: "We, the nurses", she said;\nthen: \u201cno\u201d,\t\U0001f642 e\u0301.\nI: Yes?\nR: =1+1.\n'


@pytest.fixture
def coded(pair: Small) -> Small:
    """Give two interviews and a document, coded by two people in two rounds."""
    pair.add("doc_a", "We plan one record.", kind="document", variables={"year": "2016"})
    pair.code(("IP02", "The nurse calls me.", CORE), ("IP01", "We share one record.", ROLES))
    pair.code(("IP01", "We meet each week.", ROLES), ("IP01", "We meet each week.", CORE))
    pair.code(("IP01", "We meet", "workforce", "ben", "second"), ("doc_a", "one record", CORE))
    return pair


def listed(small: Small, where: str | None = None, **filters: Any) -> list[tuple[Any, ...]]:
    frame = small.study.codings(where, **filters)
    return list(frame[["source", "quote", "code"]].itertuples(index=False, name=None))


def test_segments_come_in_the_order_of_sources_places_and_codes(coded: Small) -> None:
    assert listed(coded) == [
        ("IP01", "We meet", "workforce"),
        ("IP01", "We meet each week.", ROLES),
        ("IP01", "We meet each week.", CORE),
        ("IP01", "We share one record.", ROLES),
        ("IP02", "The nurse calls me.", CORE),
        ("doc_a", "one record", CORE),
    ]


def test_a_listing_has_the_columns_it_names_also_when_it_is_empty(
    coded: Small, study: p3c.Study
) -> None:
    assert tuple(study.codings().columns) == COLUMNS
    empty = coded.study.codings("site == 'nowhere'")
    assert tuple(empty.columns) == COLUMNS
    assert (len(empty), str(empty["start"].dtype)) == (0, "int64")


def test_each_row_says_whose_words_they_are_and_what_stands_there(coded: Small) -> None:
    frame = coded.study.codings()
    row = frame[frame["source"] == "IP02"].iloc[0].to_dict()
    assert row | {"id": ""} == {
        "id": "",
        "source": "IP02",
        "programme": "alpha",
        "site": "south",
        "interviewee": "IP02",
        "start": coded.span("IP02", "The nurse calls me.")[0],
        "end": coded.span("IP02", "The nurse calls me.")[1],
        "code": CORE,
        "coder": "anna",
        "round": "main",
        "quote": "The nurse calls me.",
    }
    for each in frame.itertuples():
        assert coded.study.text(each.source)[each.start : each.end] == each.quote


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({"code": "workforce"}, 6),
        ({"code": ROLES}, 2),
        ({"code": [ROLES, CORE]}, 5),
        ({"source": "IP01"}, 4),
        ({"source": ["IP01", "doc_a"]}, 5),
        ({"programme": "alpha"}, 5),
        ({"site": "south"}, 1),
        ({"site": "alpha/south"}, 1),
        ({"interviewee": "IP01"}, 4),
        ({"coder": "ben"}, 1),
        ({"round": "second"}, 1),
        ({"coder": "anna", "source": "IP01", "code": CORE}, 1),
        ({"coder": None, "limit": None}, 6),
        ({"limit": 4}, 4),
        ({"limit": 99}, 6),
        ({"round": "nothing"}, 0),
    ],
    ids=str,
)
def test_filters_narrow_the_listing(coded: Small, filters: dict[str, Any], count: int) -> None:
    assert len(coded.study.codings(**filters)) == count


@pytest.mark.parametrize(
    ("where", "count"),
    [
        ("source == 'IP01'", 4),
        ("programme == ''", 1),
        ("site != 'north'", 2),
        ("interviewee == 'IP02'", 1),
        ("'A' in stakeholder_type", 4),
        ("stakeholder_type == ''", 1),
        (f"code == '{ROLES}'", 2),
        ("codebook == 'selfie'", 6),
        ("level == 'micro'", 3),
        ("coder in ['ben', 'cara']", 1),
        ("round == 'second'", 1),
        ("question == ''", 6),
        ("kind == 'document'", 1),
        ("completeness == 'full' and language == 'en'", 6),
        ("start > 40 and end < 10_000", 1),
        ("'record' in quote", 2),
        ("year > 2015", 1),
        ("not year > 2015", 5),
        ("year == 2016 or site == 'south'", 2),
        ("title != 'doc_a' and main_coder == 'anna'", 5),
        ("translation_of == '' and country == ''", 6),
        ("site == 'north' and (coder == 'ben' or level == 'meso')", 3),
    ],
)
def test_a_condition_may_ask_for_anything(coded: Small, where: str, count: int) -> None:
    assert len(coded.study.codings(where)) == count


def test_a_condition_and_filters_and_a_limit_go_together(coded: Small) -> None:
    assert listed(coded, "site == 'north'", code=ROLES, limit=1) == [
        ("IP01", "We meet each week.", ROLES)
    ]


def test_everything_unknown_is_named_at_once(coded: Small) -> None:
    with pytest.raises(p3c.P3CError) as caught:
        coded.study.codings(sorce="IP01", source="IP1", coder="bem", code="workforse", limit=0)
    said = str(caught.value)
    assert len(caught.value.problems) == 5
    for word in ("'source'", "'IP01'", "'ben'", "'workforce'"):
        assert f"Did you mean {word}?" in said
    assert "at least 1" in said


def test_the_turn_and_the_question_before_it_are_shown_on_request(coded: Small) -> None:
    frame = coded.study.codings(context="turn", source="IP01", code=CORE)
    (row,) = frame.to_dict("records")
    assert row["turn"].endswith("The nurse knows everybody, and money is short.")
    assert row["before"].endswith("How do you work together?")
    assert coded.study.codings(context="turn", source="doc_a")["turn"].tolist() == [""]
    with pytest.raises(p3c.P3CError, match="Did you mean 'turn'"):
        coded.study.codings(context="turns")


def test_a_code_that_two_codebooks_have_is_listed_with_its_codebook(coded: Small) -> None:
    file = coded.folder / "mine.yml"
    coded.study.load_codebook(_codebook(file))
    coded.code(("IP01", "money is short", "mine:workforce"))
    names = set(coded.study.codings()["code"])
    assert {"mine:workforce", "selfie:workforce", CORE} <= names
    with pytest.raises(p3c.P3CError, match="a code of several codebooks"):
        coded.study.codings(code="workforce")


def _codebook(file: Path) -> Path:
    file.write_text(
        "format: 1\nkey: mine\nlabel: Mine\nversion: '1'\n"
        "codes:\n  - key: workforce\n    label: Staff\n    definition: Who works there.\n",
        "utf-8",
    )
    return file


def test_the_csv_taken_in_elsewhere_gives_the_same_codings(small: Small, tmp_path: Path) -> None:
    small.add("IP01", AWKWARD, interviewee="IP01")
    text = small.texts["IP01"]
    whole = text[3 : text.index("\nI:")]
    small.code(
        ("IP01", whole, CORE),
        ("IP01", '"We, the nurses"', "workforce", "ben"),
        ("IP01", "\U0001f642", ROLES, "ben", "second"),
        ("IP01", "=1+1.", ROLES),
    )
    out = tmp_path / "out.csv"
    assert small.study.write_codings(out) == 4
    with out.open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == list(COLUMNS)
    with p3c.new_study(tmp_path / "copy", title="A copy") as copy:
        other = type(small)(copy, tmp_path)
        other.add("IP01", AWKWARD, interviewee="IP01")
        copy.code_csv(out)
        before, after = small.study.codings(), copy.codings()
        assert after.drop(columns="id").equals(before.drop(columns="id"))
        # taken in once more it changes nothing
        assert copy.code_csv(out).repeated == 4


def test_the_csv_keeps_research_questions_where_there_are_some(
    coded: Small, tmp_path: Path
) -> None:
    place = coded.span("IP01", "We meet")
    for question in ("one", "two"):
        coded.study.code("IP01", *place, CORE, coder="cara", question=question)
    assert coded.study.codings(question="two")["question"].tolist() == ["two"]
    assert len(coded.study.codings("question in ['one', 'two']")) == 2
    out = tmp_path / "out.csv"
    assert coded.study.write_codings(out, coder="cara") == 2
    assert coded.study.code_csv(out).repeated == 2


def test_the_csv_has_the_rows_of_the_listing(coded: Small, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    assert coded.study.write_codings(out, "site == 'north'", code="workforce", limit=3) == 3
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    shown = coded.study.codings("site == 'north'", code="workforce", limit=3)
    assert [row["id"] for row in rows] == shown["id"].tolist()


def test_a_csv_that_cannot_be_written_leaves_nothing_behind(coded: Small, tmp_path: Path) -> None:
    with pytest.raises(p3c.P3CError, match="cannot be written"):
        coded.study.write_codings(tmp_path / "nowhere" / "out.csv")
    with pytest.raises(p3c.P3CError, match="unknown source"):
        coded.study.write_codings(tmp_path / "out.csv", source="nobody")
    assert not list(tmp_path.glob("out.csv*"))


def test_both_stores_list_the_same_segments_in_the_same_order(both: Small) -> None:
    keys = ["b", "B", "a", "é", "z", "Z", "ä", "_", "10", "9"]
    for key in keys:
        both.add(key, f"We meet {key}.", variables={"size": key})
    both.code(*((key, word, CORE) for key in keys for word in ("meet", "We")))
    both.code(*((key, "We", ROLES) for key in keys))
    frame = both.study.codings()
    assert frame["source"].drop_duplicates().tolist() == sorted(keys)
    assert frame["quote"].tolist()[:3] == ["We", "We", "meet"]
    assert frame["code"].tolist()[:2] == [ROLES, CORE]
    assert both.study.codings("size > 9")["source"].unique().tolist() == ["10"]
    assert both.study.codings("size >= 'z'")["source"].unique().tolist() == ["z", "ä", "é"]
    table = both.table(by="source")
    assert list(table.columns) == [*sorted(keys), "total"]
    assert table.loc["workforce", "total"] == 30
    assert both.table(by="size", count="interviewees")["total"].sum() == 0


def test_a_page_is_the_beginning_of_the_whole_listing(small: Small) -> None:
    for number in range(45):
        small.add(f"s{number:02}", "We meet. We share.")
    small.code(*((f"s{n:02}", "We meet", CORE) for n in range(0, 45, 3)))
    small.code(*((f"s{n:02}", "We share", ROLES) for n in range(45)))
    whole = listed(small, code="workforce")
    assert len(whole) == 60
    for limit in (1, 7, 26, 59, 60, 61):
        assert listed(small, code="workforce", limit=limit) == whole[:limit]
        assert listed(small, limit=limit) == whole[:limit]
