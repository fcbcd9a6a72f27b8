"""Codings in and out, counted and found, from the command line."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

import p3c_qual as p3c

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Said

LISTINGS = [
    ("sources",),
    ("interviewees",),
    ("codebook", "list"),
    ("codes",),
    ("codings",),
    ("readings",),
    ("frequencies", "--by", "site"),
    ("search", "meets"),
    ("memos",),
    ("log",),
    ("check",),
]


@pytest.mark.parametrize("listing", LISTINGS, ids=" ".join)
def test_every_listing_says_the_same_as_csv_and_json(
    run: Callable[..., Said], here: Path, listing: tuple[str, ...]
) -> None:
    table = run(*listing)
    as_csv = run(*listing, "--format", "csv")
    as_json = run(*listing, "--format", "json")

    assert (table.code, as_csv.code, as_json.code) == (0, 0, 0)
    assert table.out
    found = json.loads(as_json.out)
    rows = found["rows"] if isinstance(found, dict) else found
    in_csv = list(csv.DictReader(io.StringIO(as_csv.out)))
    assert len(in_csv) == len(rows)
    for one, other in zip(in_csv, rows, strict=True):
        assert list(one) == list(other)
        assert [*one.values()] == ["" if v is None else str(v) for v in other.values()]


def test_the_csv_of_codings_can_be_taken_in_by_another_copy(
    run: Callable[..., Said], here: Path, tmp_path: Path, template: Path
) -> None:
    table = tmp_path / "out.csv"
    table.write_text(run("codings", "--format", "csv").out, encoding="utf-8")
    with p3c.new_study(tmp_path / "other", title="Other", coder="ben") as other:
        other.add_manifest(_manifest(tmp_path, here))

    said = run("code", "--csv", table, "--study", tmp_path / "other")

    assert said.code == 0, said.err
    columns = ["source", "start", "end", "code", "coder", "round", "quote"]
    with p3c.open_study(here) as one, p3c.open_study(tmp_path / "other") as two:
        assert one.codings()[columns].equals(two.codings()[columns])


def _manifest(folder: Path, study: Path) -> Path:
    table = folder / "manifest.csv"
    files = sorted((study / "data_raw").glob("*.txt"))
    table.write_text("file\n" + "".join(f"{file}\n" for file in files), encoding="utf-8")
    return table


def test_codings_taken_in_again_change_nothing_and_it_is_said(
    run: Callable[..., Said], here: Path, tmp_path: Path, unchanged: Callable[[], bool]
) -> None:
    run("codings", "--to", tmp_path / "out.csv")
    said = run("code", "--csv", tmp_path / "out.csv")

    assert said.code == 0
    assert "5 codings were there already and changed nothing." in said.out
    assert "Columns not used: id, programme, site, interviewee." in said.out
    assert unchanged()


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("P1,0,9999,workforce\n", "t.csv:2: the span 0-9999 is not within the text of 'P1'"),
        ("P1,5,5,workforce\n", "t.csv:2: the span 5-5 is not within"),
        ("P1,0,5,workforse\n", "Did you mean 'workforce'?"),
        ("P9,0,5,workforce\n", "unknown source 'P9'"),
        ("P1,a,5,workforce\n", "start must be a whole number, not 'a'"),
        ("P1,0,5,workforce\nP1,2,8,workforce\n", "t.csv:3: anna has coded 0-5"),
    ],
    ids=["outside", "empty span", "unknown code", "unknown source", "no number", "overlap"],
)
def test_a_fault_in_a_table_of_codings_is_named_and_none_is_kept(
    run: Callable[..., Said],
    tmp_path: Path,
    unchanged: Callable[[], bool],
    rows: str,
    told: str,
) -> None:
    table = tmp_path / "t.csv"
    table.write_text(f"source,start,end,code\n{rows}", encoding="utf-8")

    said = run("code", "--csv", table)

    assert said.code == 1
    assert told in said.err
    assert "Traceback" not in said.err
    assert unchanged()


def test_every_faulty_row_is_named_at_once(
    run: Callable[..., Said], tmp_path: Path, unchanged: Callable[[], bool]
) -> None:
    table = tmp_path / "t.csv"
    table.write_text(
        "source,start,end,code\nP1,0,9999,workforce\nP1,0,5,nothing_such\nP7,0,5,workforce\n",
        encoding="utf-8",
    )

    said = run("code", "--csv", table)

    assert all(f"t.csv:{line}" in said.err for line in (2, 3, 4))
    assert unchanged()


def test_frequencies_as_csv_hold_only_codes_groups_and_total(
    run: Callable[..., Said], here: Path
) -> None:
    said = run("frequencies", "--by", "site", "--format", "csv")

    rows = {row["code"]: row for row in csv.DictReader(io.StringIO(said.out))}
    assert list(rows["workforce"]) == ["code", "north", "south", "total"]
    assert rows["workforce"] == {"code": "workforce", "north": "2", "south": "1", "total": "3"}
    assert len(rows) == 58
    assert "Counted: coded segments" in said.err
    assert "Denominators: north 1, south 1, total 2." in said.err


def test_frequencies_as_json_name_their_unit_reading_set_and_denominators(
    run: Callable[..., Said], here: Path
) -> None:
    said = run(
        *("frequencies", "--by", "stakeholder_type", "--count", "interviewees"),
        *("--format", "json"),
    )

    found = json.loads(said.out)
    assert {"unit", "reading_set", "denominators", "rows"} <= set(found)
    assert "interviewees" in found["unit"]
    assert "anna" in found["reading_set"]
    assert found["denominators"] == {"A": 1, "D1": 1, "total": 2}
    assert found["rows"][0].keys() == {"code", "A", "D1", "total"}


@pytest.mark.parametrize(
    ("option", "wrong", "near"),
    [
        ("--by", "sit", "site"),
        ("--count", "segment", "segments"),
        ("--codebook", "selfi", "selfie"),
        ("--rate", "word", "words"),
    ],
)
def test_a_misspelled_choice_of_frequencies_is_answered_with_the_nearest(
    run: Callable[..., Said], here: Path, option: str, wrong: str, near: str
) -> None:
    said = run("frequencies", "--by", "site", option, wrong)

    assert said.code == 1
    assert f"Did you mean {near!r}?" in said.err


def test_codings_are_filtered_and_a_condition_that_is_none_is_refused(
    run: Callable[..., Said], here: Path
) -> None:
    def count(*args: str) -> int:
        return len(json.loads(run("codings", *args, "--format", "json").out))

    assert count("--code", "workforce") == 4
    assert count("--code", "workforce", "--coder", "anna") == 3
    assert count("--site", "south", "--site", "north") == 5
    assert count("--where", "site == 'north' and coder != 'ben'") == 2
    assert count("--limit", "2") == 2
    wrong = run("codings", "--where", "sit == 'north'")
    assert (wrong.code, "Did you mean 'site'?" in wrong.err) == (1, True)
    assert run("codings", "--where", "__import__('os')").code == 1
    assert run("codings", "--site", "nort").code == 1


def test_a_segment_can_be_listed_with_its_turn(run: Callable[..., Said], here: Path) -> None:
    said = run("codings", "--code", "financing", "--context", "turn", "--format", "json")

    (row,) = json.loads(said.out)
    assert row["quote"] == "The money ran out in spring"
    assert "Nobody meets." in row["turn"]


def test_a_search_finds_without_case_and_accents_at_exact_places(
    run: Callable[..., Said], here: Path
) -> None:
    said = run("search", "CAFE", "--format", "json")

    (hit,) = json.loads(said.out)
    assert hit["match"] == "Café"
    with p3c.open_study(here) as study:
        assert study.text("P1")[hit["start"] : hit["end"]] == "Café"


def test_a_search_without_a_hit_is_no_fault_and_says_what_to_try(
    run: Callable[..., Said], here: Path
) -> None:
    said = run("search", "mone")

    assert (said.code, said.out) == (0, "")
    assert "try --substring" in said.err
    assert json.loads(run("search", "mone", "--substring", "--format", "json").out)


def test_a_pattern_that_is_none_is_explained(run: Callable[..., Said], here: Path) -> None:
    said = run("search", "--regex", "(")

    assert said.code == 1
    assert "is no pattern" in said.err


def test_a_source_can_be_marked_as_worked_through_without_any_coding(
    run: Callable[..., Said], here: Path
) -> None:
    assert run("worked", "P2", "--coder", "ben").out == "P2 is worked through.\n"
    assert run("worked", "P2", "--coder", "ben").out == "P2 was worked through already.\n"
    rows = json.loads(run("readings", "--format", "json").out)
    ben = {row["source"]: row for row in rows if row["coder"] == "ben"}
    assert ben["P2"]["done"] is True
    assert ben["P2"]["characters"] == ben["P2"]["of"] == 59

    run("worked", "P2", "--coder", "ben", "--not-done")
    rows = json.loads(run("readings", "--format", "json").out)
    assert [r["done"] for r in rows if (r["source"], r["coder"]) == ("P2", "ben")] == [False]


def test_marking_an_unknown_source_names_the_nearest(
    run: Callable[..., Said], unchanged: Callable[[], bool]
) -> None:
    said = run("worked", "P11")

    assert said.code == 1
    assert "Did you mean 'P1'?" in said.err
    assert unchanged()


@pytest.mark.parametrize(
    ("about", "target"),
    [
        ("study", ""),
        ("source", "P1"),
        ("interviewee", "P1"),
        ("programme", "care"),
        ("site", "north"),
        ("code", "workforce"),
        ("span", "P1"),
    ],
)
def test_several_memos_stand_on_anything(
    run: Callable[..., Said], here: Path, about: str, target: str
) -> None:
    options = (["--target", target] if target else []) + (
        ["--span", "0-5"] if about == "span" else []
    )
    for text in ("first", "second"):
        assert run("memo", about, text, *options).code == 0

    memos = [m for m in json.loads(run("memos", "--format", "json").out) if m["about"] == about]
    assert sorted(m["text"] for m in memos) == ["first", "second"]
    assert {m["coder"] for m in memos} == {"anna"}


def test_a_memo_on_a_coding_is_listed_with_it(run: Callable[..., Said], here: Path) -> None:
    coding = json.loads(run("codings", "--code", "financing", "--format", "json").out)[0]["id"]

    assert run("memo", "coding", "the crux", "--target", coding).code == 0
    memos = json.loads(run("memos", "--format", "json").out)
    assert [m["text"] for m in memos if m["target"] == coding] == ["the crux"]
