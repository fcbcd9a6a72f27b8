from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p3c_qual.sources.stamps import find_stamps, milliseconds, stamp_scheme


@pytest.mark.parametrize(
    ("stamp", "time", "scheme"),
    [
        ("#00:12:03-4#", 723_400, "f4"),
        ("#1:00:00-25#", 3_600_250, "f4"),
        ("#00:00:07#", 7_000, "f4"),
        ("[00:12:03]", 723_000, "brackets"),
        ("[00:12:03.456]", 723_456, "brackets"),
        ("(00:12)", 12_000, "brackets"),
        ("{90:12}", 5_412_000, "brackets"),
        ("<01:00:00>", 3_600_000, "brackets"),
        ("[0:05 - 0:09]", 5_000, "brackets"),
        ("00:12:03", 723_000, "bare"),
        ("00:12:03,9", 723_900, "bare"),
    ],
)
def test_a_stamp_is_found_at_both_ends_of_a_line_and_read(
    stamp: str, time: int, scheme: str
) -> None:
    assert milliseconds(stamp) == time
    assert stamp_scheme(stamp) == scheme
    for text, at, opens in ((f" {stamp} hello", 1, True), (f"hello {stamp} \n", 6, False)):
        found = find_stamps(text)
        assert (found.start, found.end, found.time) == ([at], [at + len(stamp)], [time])
        assert found.opens == [opens]
        assert found.scheme == scheme


@pytest.mark.parametrize(
    "text",
    [
        "10:30",
        "We met at 10:30",
        "see [00:12:03] there",
        "1:100:05:07",
        "#12:99:00-1#",
        "v1.2:03:04",
    ],
)
def test_other_numbers_are_no_stamps(text: str) -> None:
    assert len(find_stamps(text)) == 0


@given(st.integers(0, 99), st.integers(0, 59), st.integers(0, 59), st.integers(0, 9))
def test_the_time_is_what_the_stamp_says(
    hours: int, minutes: int, seconds: int, tenth: int
) -> None:
    stamp = f"#{hours:02}:{minutes:02}:{seconds:02}-{tenth}#"
    assert milliseconds(stamp) == ((hours * 60 + minutes) * 60 + seconds) * 1000 + tenth * 100


def test_no_time_is_none() -> None:
    assert milliseconds("soon") is None
