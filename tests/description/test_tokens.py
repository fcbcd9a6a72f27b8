"""What an author's Markdown names is found where it stands, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p3c_qual.description.tokens import count_words, parse, read_paragraphs, read_tokens

TEXT = """\
# Teams [t](fact:77ab01cd)

Some *words* with <b>tags</b> [A1](quote:aaaaaaaa) and `[no](quote:x)`, \\[no](quote:y).
![B2](quote:bbbbbbbb)
and ![C3](quote:cccccccc) in a line.

- first [a](cmo:c3)
  ![D4](quote:dddddddd)

> told [q](source:plan)

| one | two |
|-----|-----|
| [t](table:x) `[t](table:x)` | ![f](figure:y) [t](table:x) |

    [code](quote:n)
"""


def test_tokens_are_found_at_their_places_in_every_kind_of_block() -> None:
    found = read_tokens(TEXT)
    assert [(each.kind, each.name, each.block) for each in found] == [
        ("fact", "77ab01cd", False),
        ("quote", "aaaaaaaa", False),
        ("quote", "bbbbbbbb", True),
        ("quote", "cccccccc", False),
        ("cmo", "c3", False),
        ("quote", "dddddddd", True),
        ("source", "plan", False),
        ("table", "x", False),
        ("figure", "y", False),
        ("table", "x", False),
    ]
    assert not any(each.fault for each in found)
    for each in found:
        mark = "!" if each.set_in else ""
        assert TEXT[each.start : each.end] == f"{mark}[{each.label}]({each.kind}:{each.name})"
    assert found[-1].start > TEXT.index("figure:y")


def test_what_prints_a_text_meets_the_same_tokens() -> None:
    nodes = [child for node in parse(TEXT) for child in node.children or ()]
    assert [each.meta["token"] for each in nodes if "token" in each.meta] == read_tokens(TEXT)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[A1](qoute:1)", "there is no kind 'qoute'; perhaps 'quote'"),
        ("[A1](quote:)", "it does not say which quote is meant"),
        ("![map](https://example.org/a.png)", "a picture from elsewhere cannot be set in"),
    ],
)
def test_a_broken_token_says_what_is_wrong(text: str, fault: str) -> None:
    (token,) = read_tokens(text)
    assert token.fault == fault
    assert (token.start, token.end) == (0, len(text))


def test_links_to_the_web_and_html_are_text() -> None:
    assert read_tokens("[a](https://example.org) [b](#x) <a href='quote:1'>c</a>") == []
    (block,) = read_paragraphs("<script>alert(1)</script> is said.")
    assert block.prose == "<script>alert(1)</script> is said."


def test_a_paragraph_rests_on_what_it_names_or_on_the_quotation_it_leads_to() -> None:
    text = (
        "She came when it counted:\n\n![A1](quote:aaaaaaaa)\n\nWhy that was nobody knows.\n\n"
        "There were [18](fact:77ab01cd) of them.\n\n## Heading [A1](quote:aaaaaaaa)\n\nAs ever."
    )
    found = read_paragraphs(text)
    assert [(each.told, each.rests) for each in found] == [
        (True, True),
        (False, True),
        (True, False),
        (True, True),
        (False, True),
        (False, False),
    ]
    # a quotation that is not there is nothing to rest on
    there = read_paragraphs(text, lambda token: token.kind != "quote")
    assert [each.rests for each in there] == [False, False, False, True, False, False]
    assert count_words(text) == 17


@given(st.text(alphabet="[]()!`\\:>-|# \n\r\tqaé🙂") | st.just("[a](quote:b)\r\n![c](quote:d)\r"))
def test_no_text_is_refused_and_every_place_is_right(text: str) -> None:
    for piece in (text, f"{text}\n\n[A](quote:k) {text}"):
        for each in read_tokens(piece):
            assert 0 <= each.start < each.end <= len(piece)
            assert piece[each.start] in "![("
