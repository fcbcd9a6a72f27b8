"""A folded text, and the way back to the places in the text."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from p3c_qual.analysis.folding import Folded
from p3c_qual.store.words import fold_text

#: what folds to nothing, to one, to two or to three, and what stays as it is
ODD = "aAsSfiIeEkλ ẞßﬁﬀﬃİıéÉe\u0301\u0327ñÅÅKςσΣΌᾳŉ½…™Ꭰꭰ漢字🙂👩\u200d👩\ufe0f’\n"

texts = st.one_of(st.text(alphabet=ODD, max_size=40), st.text(max_size=40))


def by_hand(body: str) -> tuple[str, list[int]]:
    """Return the folded text, and for each of its characters where it comes from."""
    pairs = [(fold, at) for at, char in enumerate(body) for fold in fold_text(char)]
    return "".join(fold for fold, _ in pairs), [at for _, at in pairs]


@given(texts)
@example("Straße İstanbul Ὀδυσσεύς")
@example("Ꭰꭰ")
def test_a_text_folds_character_by_character(body: str) -> None:
    assert Folded(body).text == by_hand(body)[0] == fold_text(body)


@given(texts, st.integers(0, 50), st.integers(1, 5))
@example("ßß", 1, 2)
@example("e\u0301\u0327x", 0, 1)
@example("\u0301e", 0, 1)
def test_every_part_of_a_folded_text_leads_back_to_where_it_comes_from(
    body: str, start: int, length: int
) -> None:
    folded, origins = by_hand(body)
    end = start + length
    if end > len(folded):
        return
    first, last = Folded(body).place(start, end)
    assert first == origins[start]
    assert last > origins[end - 1]
    # what is taken along folds to nothing: accents of the last letter
    assert fold_text(body[origins[end - 1] + 1 : last]) == ""
    assert last == len(body) or fold_text(body[last]) != ""


@given(texts, st.text(alphabet="asfiek ßéς漢", min_size=1, max_size=3))
def test_folding_only_what_is_asked_for_finds_the_same(body: str, asked: str) -> None:
    needle = fold_text(asked)
    if not needle:
        return
    some, whole = Folded(body, frozenset(needle)), Folded(body)
    raw = needle.encode()
    assert (raw in some) == (raw in whole) == (needle in whole.text)
    found = [
        [folded.place(*hit.span()) for hit in re.finditer(re.escape(needle), folded.text)]
        for folded in (some, whole)
    ]
    assert found[0] == found[1]


def test_a_text_of_many_different_letters_is_folded_too() -> None:
    body = "".join(map(chr, range(0xC0, 0x250))) + "ß end"
    assert Folded(body).text == by_hand(body)[0]
    at = Folded(body).text.index("end")
    assert Folded(body).place(at, at + 3) == (len(body) - 3, len(body))


def test_an_empty_text_folds_to_an_empty_one() -> None:
    assert Folded("").text == ""
    assert b"a" not in Folded("")
