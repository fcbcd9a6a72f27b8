"""Keys, parents and the way a codebook is written by hand."""

from __future__ import annotations

import pytest

from p3c_qual.codebook import Anchor, Code, Codebook, read_codebook, write_codebook
from p3c_qual.errors import P3CError

HEAD = "format: 1\nkey: mini\nlabel: Mini\n"
NESTED = """codes:
  - id: workforce
    label: Workforce
    codes:
      - id: micro.core_group
        label: Core group
      - id: workforce.meso.new_roles
        label: New roles
      - key: moved_here
        label: Moved
"""
FLAT = """codes:
  - {id: workforce.micro.core_group, label: Core group, parent: workforce}
  - {id: workforce.meso.new_roles, label: New roles, parent: workforce}
  - {id: moved_here, label: Moved, parent: workforce}
  - {id: workforce, label: Workforce}
"""


def test_nested_and_flat_lists_mean_the_same() -> None:
    nested, flat = read_codebook(HEAD + NESTED), read_codebook(HEAD + FLAT)
    assert nested == flat
    assert [code.key for code in nested.codes] == [
        "workforce",
        "workforce.micro.core_group",
        "workforce.meso.new_roles",
        "moved_here",
    ]
    assert {code.parent for code in nested.codes[1:]} == {"workforce"}


def test_a_code_that_was_moved_is_written_with_its_whole_key() -> None:
    text = write_codebook(read_codebook(HEAD + NESTED))
    assert "key: moved_here" in text
    assert "id: meso.new_roles" in text


def test_a_short_id_that_begins_like_its_parent_survives() -> None:
    book = Codebook("b", "B", codes=(Code("a", "A"), Code("a.a.x", "X", parent="a")))
    assert read_codebook(write_codebook(book)) == book


def test_what_hangs_in_the_air_is_written_and_then_refused_instead_of_lost() -> None:
    book = Codebook("b", "B", codes=(Code("a", "A", parent="gone"), Code("c", "C", parent="c")))
    with pytest.raises(P3CError) as caught:
        read_codebook(write_codebook(book))
    assert "unknown parent 'gone'" in str(caught.value)
    assert "c -> c" in str(caught.value)


def test_an_unknown_code_is_refused_with_the_nearest() -> None:
    book = read_codebook(HEAD + NESTED)
    with pytest.raises(P3CError, match="Did you mean 'workforce'"):
        book.code("workforse")


def test_path_children_and_below_follow_the_parents() -> None:
    book = Codebook(
        "b", "B", codes=(Code("a", "A"), Code("x", "X", parent="a"), Code("y", "Y", parent="x"))
    )
    assert book.path("y") == ("a", "x", "y")
    assert [code.key for code in book.children("a")] == ["x"]
    assert [code.key for code in book.below("a")] == ["x", "y"]
    assert "y" in book
    assert "z" not in book


def test_an_anchor_may_be_written_as_its_quote_alone() -> None:
    book = read_codebook(HEAD + "codes:\n  - {id: a, label: A, anchors: ['as she said']}\n")
    assert book.codes[0].anchors == (Anchor("as she said"),)
    assert not book.codes[0].anchors[0].linked


def test_the_line_break_of_a_block_belongs_to_the_layout() -> None:
    book = read_codebook(HEAD + "description: >\n  one\n  two\nsource: |\n  three\ncodes: []\n")
    assert (book.description, book.source) == ("one two", "three")


def test_long_text_is_written_as_a_block_people_can_read() -> None:
    text = write_codebook(Codebook("b", "B", description="word " * 40 + "end"))
    assert "description: >-\n  word word" in text
    assert max(len(line) for line in text.splitlines()) <= 100
