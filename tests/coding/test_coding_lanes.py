"""One code of one coder never covers a character twice within a round."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from p3c_qual.coding.lanes import lay

SPAN = st.tuples(st.integers(0, 30), st.integers(1, 8)).map(lambda s: (s[0], s[0] + s[1]))


def apart(spans):
    ordered = sorted(spans)
    return all(a[1] <= b[0] for a, b in pairwise(ordered))


def separate(spans):
    """Return those of the spans that overlap none taken before them."""
    kept = []
    for span in spans:
        if apart([*kept, span]):
            kept.append(span)
    return kept


LANE = st.tuples(
    st.lists(SPAN, max_size=6).map(separate), st.lists(SPAN, max_size=6), st.booleans()
)


@given(LANE)
def test_what_is_left_never_covers_a_character_twice(lane):
    there, new, extend = lane
    old = [(start, end, f"id{n}") for n, (start, end) in enumerate(there)]
    laid = lay(old, [(start, end, n) for n, (start, end) in enumerate(new)], extend=extend)
    spans = {name: (start, end) for start, end, name in old} | laid.widened
    assert apart([*spans.values(), *laid.kept.values()])


@given(LANE)
def test_each_one_asked_for_is_written_held_or_refused(lane):
    there, new, extend = lane
    old = [(start, end, f"id{n}") for n, (start, end) in enumerate(there)]
    laid = lay(old, [(start, end, n) for n, (start, end) in enumerate(new)], extend=extend)
    refused = [place for place, _, _ in laid.overlapping]
    assert sorted([*laid.kept, *laid.into, *refused]) == list(range(len(new)))
    spans = {name: (start, end) for start, end, name in old} | laid.widened
    for place in laid.into:
        holder = place
        while holder in laid.into:
            holder = laid.into[holder]
        if holder in refused:
            continue
        start, end = spans[holder] if isinstance(holder, str) else laid.kept[holder]
        assert start <= new[place][0] < new[place][1] <= end


def test_touching_spans_stay_two():
    laid = lay([(0, 5, "a")], [(5, 9, 0), (9, 12, 1)], extend=True)
    assert (laid.kept, laid.widened) == ({0: (5, 9), 1: (9, 12)}, {})


def test_extending_within_what_is_there_changes_nothing():
    laid = lay([(0, 9, "a")], [(3, 5, 0)], extend=True)
    assert (laid.kept, laid.widened, laid.into) == ({}, {}, {0: "a"})


def test_extending_makes_one_of_new_spans_that_hang_together():
    laid = lay([], [(0, 5, 0), (3, 9, 1), (8, 12, 2), (20, 22, 3)], extend=True)
    assert (laid.kept, laid.into) == ({0: (0, 12), 3: (20, 22)}, {1: 0, 2: 0})


def test_two_that_are_there_are_never_made_one():
    laid = lay([(0, 5, "a"), (7, 9, "b")], [(4, 8, 0)], extend=True)
    assert laid.overlapping == [(0, 0, 5)]


def test_a_repeat_among_overlapping_ones_of_a_joined_study_is_a_repeat():
    laid = lay([(0, 20, "a"), (5, 10, "b")], [(5, 10, 0)], extend=False)
    assert (laid.into, laid.repeated, laid.overlapping) == ({0: "b"}, 1, [])
