"""What holds for every codebook: writing and reading, comparing, ordering."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from p3c_qual.codebook import (
    Anchor,
    Code,
    Codebook,
    ScaleLevel,
    Term,
    Vocabulary,
    check_codebook,
    diff_codebooks,
    read_codebook,
    write_codebook,
)
from p3c_qual.errors import P3CError

SLUGS = st.from_regex(r"[a-z0-9_]{1,6}", fullmatch=True)
# everything a text field can hold but surrogates, which no UTF-8 file can
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=("Cs",)), max_size=40),
    st.sampled_from(
        [
            "no",
            "1.0",
            "null",
            "~",
            "",
            " edge ",
            "a: b",
            "- c",
            "#d",
            "*e",
            "!f",
            "x" * 99,
            "word " * 30 + "end",
            "line\nbreak",
            "one\n\n  two\n",
            "\ttab",
            "end\n\n",
            "%",
            "@g",
            "a long text, with a colon: and # a hash, " * 3 + "end",
            "ñ é 😀 " * 20 + ".",
        ]
    ),
)
LABELS = TEXTS.filter(lambda text: text.strip() != "")


@st.composite
def anchors(draw: st.DrawFn) -> Anchor:
    quote = draw(LABELS)
    kind = draw(st.sampled_from(["bare", "source", "span", "invented"]))
    prototype = draw(st.booleans())
    if kind == "bare":
        return Anchor(quote, prototype=prototype)
    if kind == "invented":
        return Anchor(quote, invented=True)
    source = draw(LABELS)
    if kind == "source":
        return Anchor(quote, source)
    start = draw(st.integers(0, 10**6))
    return Anchor(quote, source, start, start + draw(st.integers(1, 999)), prototype=prototype)


ANCHORS = st.lists(anchors(), max_size=2).map(tuple)


@st.composite
def scales(draw: st.DrawFn) -> tuple[ScaleLevel, ...]:
    values = sorted(draw(st.sets(st.integers(-9, 9), min_size=2, max_size=4)))
    names = [f"{value} {draw(TEXTS)}" for value in values]
    return tuple(
        ScaleLevel(value, name, draw(TEXTS), draw(TEXTS), draw(ANCHORS))
        for value, name in zip(values, names, strict=True)
    )


@st.composite
def codebooks(draw: st.DrawFn) -> Codebook:
    keys: list[str] = []
    codes: list[Code] = []
    for _ in range(draw(st.integers(0, 7))):
        parent = draw(st.sampled_from([None, *keys]))
        short = ".".join(draw(st.lists(SLUGS, min_size=1, max_size=2)))
        # a key that follows its parent's, one that does not, and one that only begins like it
        key = f"{parent}.{short}" if parent and draw(st.booleans()) else short
        if key in keys:
            continue
        code = Code(
            key,
            draw(LABELS),
            draw(TEXTS),
            draw(TEXTS),
            draw(st.sampled_from(["", "micro", "meso", "macro"])),
            parent,
            draw(ANCHORS),
            draw(st.sampled_from(["active", "proposed", "retired"])),
            source=draw(TEXTS),
            in_framework=draw(st.booleans()),
            crosswalk=tuple(draw(st.lists(SLUGS.map(lambda slug: f"b:{slug}"), max_size=2))),
        )
        if draw(st.booleans()):
            level = draw(
                st.none() | st.builds(ScaleLevel, st.none(), LABELS, TEXTS, TEXTS, ANCHORS)
            )
            code = replace(code, kind="ordinal", levels=draw(scales()), not_ratable=level)
        if code.status == "retired" and keys:
            code = replace(code, merged_into=draw(st.sampled_from(keys)))
        keys.append(key)
        codes.append(code)
    terms = st.lists(
        st.builds(Term, SLUGS, LABELS, TEXTS), min_size=1, max_size=3, unique_by=str_key
    )
    words = st.builds(Vocabulary, SLUGS, LABELS, TEXTS, st.booleans(), terms.map(tuple))
    return Codebook(
        draw(SLUGS),
        draw(LABELS),
        draw(TEXTS),
        draw(st.sampled_from(["en", "de", "nl-BE"])),
        draw(TEXTS),
        draw(TEXTS),
        draw(st.sampled_from(["draft", "pilot", "final"])),
        draw(TEXTS),
        draw(TEXTS),
        draw(st.lists(words, max_size=2, unique_by=str_key).map(tuple)),
        tuple(draw(st.permutations(codes))),
    )


def str_key(item: Term | Vocabulary) -> str:
    return item.key


calm = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@calm
@given(codebooks())
def test_a_codebook_written_and_read_is_the_same(book: Codebook) -> None:
    text = write_codebook(book)
    assert read_codebook(text) == book
    assert write_codebook(read_codebook(text)) == text
    assert read_codebook(text.replace("\n", "\r\n").encode("utf-8-sig")) == book


@calm
@given(codebooks())
def test_every_code_stands_behind_its_parent(book: Codebook) -> None:
    seen: set[str | None] = {None}
    for code in book.codes:
        assert code.parent in seen
        seen.add(code.key)


@calm
@given(codebooks(), codebooks())
def test_a_difference_is_told_exactly_where_there_is_one(old: Codebook, new: Codebook) -> None:
    assert diff_codebooks(old, old) == []
    changes = diff_codebooks(old, new)
    assert bool(changes) == (old != new)
    assert all(str(change) for change in changes)


@calm
@given(st.text(st.sampled_from(":-*&!{}[]\"'#|>%@\t\n abc1.?,"), max_size=80))
def test_no_text_whatever_breaks_the_check(text: str) -> None:
    findings = check_codebook(text + "\n")
    assert any(finding.severity == "fault" for finding in findings)
    with pytest.raises(P3CError):
        read_codebook(text + "\n")


@calm
@given(st.binary(max_size=200))
def test_no_bytes_whatever_break_the_check(raw: bytes) -> None:
    findings = check_codebook(b"format: 1\n" + raw, name="theirs.yml")
    assert all(str(finding).startswith("theirs.yml") for finding in findings)
    assert findings
