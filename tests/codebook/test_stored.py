"""Codebooks in the store: what goes in comes out, and nothing that is used is lost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

import p3c_qual as p3c
from p3c_qual.codebook import read_codebook, write_codebook
from p3c_qual.codebook.code import Anchor, Code, ScaleLevel
from p3c_qual.codebook.model import Codebook
from p3c_qual.codebook.stored import load_codebook
from p3c_qual.shipped import shipped_path
from p3c_qual.sources.incoming import Incoming

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from p3c_qual.codebook.stored import Loaded

SHIPPED = sorted(path.stem for path in shipped_path("codebooks").glob("*.yml"))
BOOK = Codebook(
    "mine",
    "Mine",
    version="2",
    language="de",
    description="Two lines\nof words.",
    source="Ours.",
    criterion="What is said of hope.",
    abstraction="Low.",
    codes=(
        Code("hope", "Hope", definition="A good end.", anchors=(Anchor("fine", prototype=True),)),
        Code("hope.strong", "Strong", parent="hope", crosswalk=("selfie:workforce",)),
        Code(
            "trust",
            "Trust",
            kind="ordinal",
            levels=(
                ScaleLevel(1, "low", anchors=(Anchor("no", invented=True),)),
                ScaleLevel(2, "high", definition="Much.", rule="Only said."),
            ),
            not_ratable=ScaleLevel(None, "not ratable"),
            in_framework=False,
        ),
        Code("old", "Old", status="retired", merged_into="hope"),
    ),
)


def load(study: p3c.Study, book: Codebook) -> Loaded:
    with study.act(f"load codebook {book.key}") as act:
        return load_codebook(act, book)


@pytest.fixture
def coded(study: p3c.Study, tmp_path: Path) -> Callable[[str], None]:
    """Give a function that codes one more word with a code."""
    file = tmp_path / "talk.txt"
    file.write_text("one two three four five six seven", encoding="utf-8")
    study.add([Incoming(file)])
    places = iter(range(30))

    def code(key: str) -> None:
        start = next(places)
        study.code("talk", start, start + 1, key)

    return code


def test_a_codebook_comes_out_of_the_store_as_it_went_in(study: p3c.Study) -> None:
    done = load(study, BOOK)

    assert done.new
    assert study.codebook("mine") == BOOK


def test_taking_the_same_in_again_writes_nothing(study: p3c.Study) -> None:
    load(study, BOOK)
    acts = len(study.log())

    done = load(study, BOOK)

    assert (done.new, done.changes, done.retired) == (False, (), ())
    assert len(study.log()) == acts


@pytest.mark.parametrize("key", SHIPPED)
def test_the_export_of_a_shipped_codebook_changes_nothing_when_it_comes_back(
    study: p3c.Study, tmp_path: Path, key: str
) -> None:
    file = tmp_path / f"{key}.yml"
    file.write_text(write_codebook(study.codebook(key)), encoding="utf-8")
    acts = len(study.log())

    assert read_codebook(file) == study.codebook(key)
    assert study.load_codebook(file).changes == ()
    assert len(study.log()) == acts


def test_one_undo_takes_all_changes_of_a_load_back(study: p3c.Study) -> None:
    load(study, BOOK)
    first, *rest = BOOK.codes
    changed = replace(
        BOOK,
        label="Ours",
        codes=(
            *rest,
            replace(first, label="Good hope", definition="Other words."),
            Code("new", "New"),
        ),
    )
    done = load(study, changed)

    assert len(done.changes) >= 3
    assert study.codebook("mine") == changed
    study.undo()
    assert study.codebook("mine") == BOOK
    study.redo()
    assert study.codebook("mine") == changed


def test_a_code_without_codings_goes_and_one_in_use_stays_retired(
    study: p3c.Study, coded: Callable[[str], None]
) -> None:
    load(study, BOOK)
    coded("hope.strong")
    only = replace(BOOK, codes=(Code("fresh", "Fresh"),))

    done = load(study, only)

    # the code above a kept one stays too, so that counts roll up as before
    assert done.retired == ("hope", "hope.strong")
    kept = {code.key: code for code in study.codebook("mine").codes}
    assert set(kept) == {"fresh", "hope", "hope.strong"}
    assert kept["hope.strong"].status == "retired"
    assert kept["hope.strong"].parent == "hope"
    assert len(study.codings()) == 1
    assert study.check(replay=True).empty


def test_a_code_with_a_memo_stays(study: p3c.Study) -> None:
    load(study, BOOK)
    study.memo("code", "think again", target="mine:trust")

    assert load(study, replace(BOOK, codes=BOOK.codes[:2])).retired == ("trust",)


def test_a_code_retired_before_is_no_news_and_comes_back_with_the_file(
    study: p3c.Study, coded: Callable[[str], None]
) -> None:
    load(study, BOOK)
    coded("trust")
    without = replace(BOOK, codes=BOOK.codes[:2])
    load(study, without)
    acts = len(study.log())

    again = load(study, without)
    assert (again.changes, again.retired) == ((), ())
    assert len(study.log()) == acts

    load(study, BOOK)
    assert study.codebook("mine") == BOOK


def test_an_unknown_codebook_names_the_nearest(study: p3c.Study) -> None:
    with pytest.raises(p3c.P3CError, match="Did you mean 'selfie'"):
        study.codebook("selfi")


def test_two_studies_give_the_same_codes_the_same_ids(tmp_path: Path) -> None:
    ids = []
    for name in ("one", "two"):
        with p3c.new_study(tmp_path / name, title=name, coder="anna") as study:
            load(study, BOOK)
            path = tmp_path / f"{name}.jsonl"
            study.export_lines(path)
            with study.store.read() as connection:
                from p3c_qual.coding.names import read_codes

                ids.append({code.key: code.id for code in read_codes(connection).by_id.values()})
    assert ids[0] == ids[1]
