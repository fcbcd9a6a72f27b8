"""Agreement on spans that coders chose themselves."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from p3c_qual.agreement.unitising import (
    Lengths,
    Spans,
    alpha_binary,
    alpha_cu,
    alpha_ku,
    alpha_u,
    measure_spans,
)

Marked = list[tuple[int, int, str]]


def lengths(size: int, *coders: Marked) -> tuple[Lengths, list[str]]:
    """Return the sums for spans in one source, and the codes in order."""
    codes = sorted({code for spans in coders for *_, code in spans})
    made = [
        Spans(
            np.zeros(len(spans), np.int64),
            np.array([start for start, _, _ in spans], np.int64),
            np.array([end for _, end, _ in spans], np.int64),
            np.array([codes.index(code) for *_, code in spans], np.int64),
        )
        for spans in coders
    ]
    return measure_spans(made, len(codes), [size]).total(), codes


def test_a_span_with_another_name_counts_against_u_and_cu_and_not_against_binary() -> None:
    # worked by hand with the definitions of Krippendorff et al. 2016
    found, codes = lengths(40, [(0, 10, "SD"), (20, 30, "WF")], [(0, 10, "SD"), (20, 30, "FI")])
    assert alpha_u(found) == pytest.approx(0.645238, abs=1e-6)
    assert alpha_binary(found) == pytest.approx(1.0)
    assert alpha_cu(found) == pytest.approx(0.4)
    assert dict(zip(codes, alpha_ku(found), strict=True)) == pytest.approx(
        {"SD": 1.0, "WF": 0.0, "FI": 0.0}
    )


def test_other_ends_count_against_u_and_binary() -> None:
    found, _ = lengths(
        40,
        [(0, 10, "SD"), (20, 30, "WF"), (32, 38, "SD")],
        [(0, 8, "SD"), (20, 30, "FI"), (32, 38, "SD")],
    )
    assert alpha_u(found) == pytest.approx(0.595409, abs=1e-6)
    assert alpha_binary(found) == pytest.approx(0.901100, abs=1e-6)
    assert alpha_cu(found) == pytest.approx(0.398990, abs=1e-6)


def test_with_one_code_only_u_is_binary_and_cu_is_undefined() -> None:
    found, _ = lengths(
        56, [(3, 15, "k"), (22, 53, "k")], [(3, 10, "k"), (22, 53, "k")], [(22, 46, "k")]
    )
    assert alpha_u(found) == pytest.approx(0.564545, abs=1e-6)
    assert alpha_binary(found) == pytest.approx(alpha_u(found))
    assert np.isnan(alpha_cu(found))


def alpha_2004(size: int, *coders: list[tuple[int, int]]) -> float:
    """Return the agreement on one code by the definition of 2004; spans are (start, length).

    Krippendorff, K. (2004). Content analysis, 2nd ed., sec. 11.6: squared differences of the ends
    of spans that meet, the square of a span that lies in a gap.
    """
    spans = [[(start, start + long) for start, long in each] for each in coders]

    def parts(marked: list[tuple[int, int]], begin: int) -> list[tuple[int, int, bool]]:
        at, made = begin, []
        for start, end in marked:
            made += [(at, start, False)] if start > at else []
            made.append((start, end, True))
            at = end
        return [*made, (at, begin + size, False)] if at < begin + size else made

    begin = 150
    all_parts = [parts(each, begin) for each in spans]
    observed = 0.0
    for one, mine in enumerate(all_parts):
        for other, theirs in enumerate(all_parts):
            if one == other:
                continue
            for s, e, marked in mine:
                for t, f, theirs_marked in theirs:
                    if marked and theirs_marked and s < f and t < e:
                        observed += (s - t) ** 2 + (e - f) ** 2
                    elif marked and not theirs_marked and t <= s and e <= f:
                        observed += (e - s) ** 2
                    elif theirs_marked and not marked and s <= t and f <= e:
                        observed += (f - t) ** 2
    many = len(coders)
    observed /= many * (many - 1) * size**2
    every = [(e - s, marked) for each in all_parts for s, e, marked in each]
    marked_ = [long for long, marked in every if marked]
    gaps = [long for long, marked in every if not marked]
    expected = sum(
        (len(marked_) - 1) / 3 * (2 * b**3 - 3 * b**2 + b)
        + b**2 * sum(gap - b + 1 for gap in gaps if gap >= b)
        for b in marked_
    )
    whole = many * size
    expected *= 2 / size / (whole * (whole - 1) - sum(b * (b - 1) for b in marked_))
    return 1 - observed / expected


def test_the_definition_of_2004_gives_krippendorff_s_example_and_another_number() -> None:
    # Krippendorff 2004, p. 254: observed .0144, expected .0532, alpha .7286
    one, other = [(225, 70), (370, 30)], [(220, 80), (355, 20), (400, 20)]
    assert alpha_2004(300, one, other) == pytest.approx(0.7286, abs=5e-4)
    ours = [[(s - 150, s - 150 + n, "c") for s, n in each] for each in (one, other)]
    assert alpha_u(lengths(300, *ours)[0]) == pytest.approx(0.5163, abs=5e-5)


@st.composite
def marked(draw: st.DrawFn) -> Marked:
    """Return spans of one coder in 60 characters, none over another."""
    edges = sorted(draw(st.lists(st.integers(0, 60), min_size=0, max_size=8, unique=True)))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    return [(start, end, draw(st.sampled_from("abc"))) for start, end in pairs]


@settings(max_examples=200, deadline=None)
@given(st.lists(marked(), min_size=2, max_size=4))
def test_lengths_are_those_of_a_plain_loop_over_characters(coders: list[Marked]) -> None:
    found, codes = lengths(60, *coders)
    shared = np.zeros((len(codes) + 1, len(codes) + 1))
    lines = []
    for spans in coders:
        line = [0] * 60
        for start, end, code in spans:
            line[start:end] = [codes.index(code) + 1] * (end - start)
        lines.append(line)
    for one, first in enumerate(lines):
        for other, second in enumerate(lines):
            if one != other:
                for pair in zip(first, second, strict=True):
                    shared[pair] += 1
    assert found.shared == pytest.approx(shared / (len(coders) - 1))
    assert found.alone[0] == sum(line.count(0) for line in lines)


@settings(max_examples=100, deadline=None)
@given(marked(), st.integers(2, 4))
def test_coders_who_mark_the_same_agree_wholly(spans: Marked, coders: int) -> None:
    found, _ = lengths(60, *[spans] * coders)
    for value in (alpha_u(found), alpha_binary(found), alpha_cu(found)):
        assert np.isnan(value) or value == pytest.approx(1.0)
