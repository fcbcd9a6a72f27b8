"""Signs that browsers and Python count differently, before the words and inside them."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

import p3c_qual as p3c

from .conftest import codings, quotes

FAMILY = "👨‍👩‍👧‍👦"
#: what is marked, from the first words to the last, and what is to be coded
CASES = {
    "an emoji before it": ("family came", "family came"),
    "an emoji in it": ("Well", "the"),
    "a family of one sign": (FAMILY, FAMILY),
    "a family at its end": ("the 👨", FAMILY),
    "a combining mark at its end": ("A q", "\u0303"),
    "a combining mark in it": ("A q", "opened."),
    "hebrew words": ("שלום", "עולם"),
    "hebrew words in english ones": ("We said", "to all."),
    "words behind arabic ones": ("there", "good."),
    "arabic words and an emoji": ("It was", "🎉"),
}


@pytest.fixture(scope="module")
def text(pattern) -> str:
    with p3c.open_study(pattern) as study:
        return study.text("P3")


def test_words_marked_by_mouse_are_the_words_python_reads(same_window, folder, text) -> None:
    window = same_window(folder).code("P3")
    wanted = set()
    for first, last in CASES.values():
        start = text.index(first)
        end = text.index(last, start) + len(last)
        window.drag(first, last)
        window.press("Enter")
        window.pick("money")
        window.saved()
        [row] = codings(folder)
        assert (row["start"], row["end"], row["quote"]) == (start, end, text[start:end])
        wanted.add(row["quote"])
        window.press("Control+z")
        window.saved()
        assert codings(folder) == []
    assert len(wanted) == len(CASES)


def test_a_mark_within_one_sign_takes_the_whole_sign(same_window, folder) -> None:
    window = same_window(folder).code("P3")
    # a selection cannot be laid there by mouse, but by scripts and assistive technology
    window.page.evaluate(
        """() => {
            const line = [...document.querySelectorAll('.p3c-line')].find(e => e.textContent.includes('👨'));
            const node = [...line.childNodes].find(n => n.nodeType === 3);
            const at = node.data.indexOf('👨');
            document.getSelection().setBaseAndExtent(node, at + 1, node, at + 3);
        }"""
    )
    window.page.evaluate(
        """() => {
            const pane = document.querySelector('.p3c-text');
            const box = pane.getBoundingClientRect();
            const at = { bubbles: true, clientX: box.left + 200, clientY: box.top + 60, button: 0 };
            pane.dispatchEvent(new PointerEvent('pointerdown', { ...at, clientX: box.left + 100 }));
            pane.dispatchEvent(new PointerEvent('pointerup', at));
        }"""
    )
    window.page.wait_for_function("[...CSS.highlights.get('p3c-cursor') ?? []].length === 1")
    assert window.marked == FAMILY


def test_sentences_and_words_taken_by_key_are_the_words_python_reads(
    same_window, folder, text
) -> None:
    window = same_window(folder).code("P3")
    window.press("ArrowDown", "Enter")
    window.pick("money")
    for _ in range(3):
        window.press("ArrowDown", ".")
    window.saved()
    found = [quote for _, quote in quotes(folder)]
    assert found == [
        f"Well 🙂 the {FAMILY} family came.",
        "A q\u0303uay opened.",
        "We said שלום עולם to all.",
        "It was العربية there 🎉 and good.",
    ]
    assert all(text[row["start"] : row["end"]] == row["quote"] for row in codings(folder))
    window.press("ArrowRight")
    expect(window.bench.locator('[data-tool="level"]')).to_have_value("word")
    words = []
    for _ in range(3):
        words.append(window.marked)
        window.press("ArrowDown")
    window.press("Enter")
    window.pick("place")
    window.saved()
    assert words == ["It", "was", "العربية"]
    assert ("place", "there") in quotes(folder)
