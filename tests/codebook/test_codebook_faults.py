"""Every fault of a codebook file is said at once, with its line and what would be right."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from p3c_qual.codebook import check_codebook, read_codebook
from p3c_qual.errors import P3CError

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "format: 1\nkey: mini\nlabel: Mini\n"


def said(text: str | bytes) -> list[str]:
    return [
        str(finding)
        for finding in check_codebook(text, name="theirs.yml")
        if finding.severity == "fault"
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "theirs.yml: the file is empty."),
        ("# words\n", "theirs.yml: the file is empty."),
        ("\n \n", "theirs.yml: the file is empty."),
        ("- a\n- b\n", "line 1: the file does not hold names and values."),
        ("just words\nand more\n", "line 1: the file does not hold names and values."),
        (HEAD, "neither codes nor a vocabulary"),
        ("key: a\nlabel: A\ncodes: []\n", "line 1: the file does not say its format."),
        ("format: one\nkey: a\nlabel: A\ncodes: []\n", "line 1: unknown format 'one'."),
        ("format: 1\nlabel: A\ncodes: []\n", "line 1: a codebook has no key."),
        ("format: 1\nkey: a\ncodes: []\n", "line 1: a codebook has no label."),
        ("format: 1\nkey: a\nlabel: ''\ncodes: []\n", "line 3: the label of a codebook is empty."),
        (
            HEAD + "labeel: x\n",
            "line 4: unknown field 'labeel' of a codebook. Did you mean 'label'?",
        ),
        (
            HEAD + "status: fynal\n",
            "line 4: unknown status 'fynal' of a codebook. Did you mean 'final'?",
        ),
        (HEAD + "language: English!\n", "line 4: 'English!' is no language code."),
        (HEAD + "label: Again\n", "line 4: 'label' stands twice, first in line 3."),
        (HEAD + "codes: none\n", "line 4: codes must be a list."),
        (HEAD + "description: [a]\n", "line 4: description must be a text, here it is a list."),
        (HEAD + "? [a]\n: b\n", "line 4: a name must be a word"),
        (HEAD + "codes:\n  - just text\n", "line 5: a code must be a block of names and values."),
        (HEAD + "codes:\n  - label: A\n", "line 5: a code has no id."),
        (HEAD + "codes:\n  - id: a\n", "line 5: a code has no label."),
        (
            HEAD + "codes:\n  - {id: Person Centred, label: A}\n",
            "line 5: 'Person Centred' is no valid id. Did you mean 'person_centred'?",
        ),
        (HEAD + "codes:\n  - {id: a, key: b, label: A}\n", "line 5: a code has both id and key."),
        (
            HEAD + "codes:\n  - {id: a, label: A}\n  - {id: a, label: B}\n",
            "line 6: the key 'a' stands twice, first in line 5.",
        ),
        (
            HEAD
            + "codes:\n  - {id: workforce, label: A}\n  - {id: b, label: B, parent: workforse}\n",
            "line 6: unknown parent 'workforse'. Did you mean 'workforce'?",
        ),
        (
            HEAD + "codes:\n  - {id: a, label: A, parent: b}\n  - {id: b, label: B, parent: a}\n",
            "line 5: the codes are each other's parents: a -> b -> a.",
        ),
        (HEAD + "codes:\n  - {id: a, label: A, parent: a}\n", "each other's parents: a -> a."),
        (
            HEAD
            + "codes:\n  - id: a\n    label: A\n    codes:\n      - {id: b, label: B, parent: c}\n",
            "line 8: the code stands below 'a' and names 'c' as its parent.",
        ),
        (
            HEAD + "codes:\n  - {id: a, label: A, level: mikro}\n",
            "line 5: unknown level 'mikro' of a code. Did you mean 'micro'? Valid: micro, meso, macro.",
        ),
        (
            HEAD + "codes:\n  - {id: a, label: A, kind: scale}\n",
            "unknown kind 'scale' of a code. Valid: nominal",
        ),
        (HEAD + "codes:\n  - {id: a, label: A, status: activve}\n", "Did you mean 'active'?"),
        (
            HEAD + "codes:\n  - {id: a, label: A, in_framework: perhaps}\n",
            "must be true or false, not 'perhaps'",
        ),
        (
            HEAD + "codes:\n  - {id: a, label: A, crosswalk: [selfie]}\n",
            "'selfie' names no code of another",
        ),
        (
            HEAD + "codes:\n  - {id: a, label: A, crosswalk: [[x]]}\n",
            "a member of crosswalk must be a text",
        ),
        (
            HEAD + "codes:\n  - {id: a, label: A, kind: ordinal}\n",
            "has 0 levels and needs at least two",
        ),
        (
            HEAD + "codes:\n  - {id: a, label: A, levels: [{value: 1, label: L}]}\n",
            "the nominal code 'a' has the levels of a scale",
        ),
        (
            HEAD + "codes:\n  - {id: a, label: A, kind: ordinal, levels: "
            "[{value: 2, label: L}, {value: 1, label: M}]}\n",
            "the levels of 'a' are out of order: 2, 1.",
        ),
        (
            HEAD + "codes:\n  - {id: a, label: A, kind: ordinal, levels: "
            "[{value: 1, label: L}, {value: 1, label: M}]}\n",
            "the level 1 of 'a' stands twice.",
        ),
        (
            HEAD + "codes:\n  - {id: a, label: A, kind: ordinal, levels: "
            "[{value: 1, label: L}, {value: 2, label: l}]}\n",
            "two levels of 'a' are called 'l'",
        ),
        (
            HEAD
            + "codes:\n  - {id: a, label: A, kind: ordinal, levels: [{value: low, label: L}, {label: M}]}\n",
            "value must be a whole number, not 'low'",
        ),
        (
            HEAD
            + "codes:\n  - {id: a, label: A, kind: ordinal, not_ratable: {value: 9, label: N}}\n",
            "unknown field 'value' of not_ratable",
        ),
        (
            HEAD + "codes:\n  - {id: a, label: A, anchors: [{source: S}]}\n",
            "an anchor has no quote",
        ),
        (
            HEAD + "codes:\n  - {id: a, label: A, anchors: ['']}\n",
            "the quote of an anchor is empty",
        ),
        (
            HEAD + "codes:\n  - {id: a, label: A, anchors: [{quote: Q, source: S, start: 3}]}\n",
            "an anchor has start and end, or neither",
        ),
        (
            HEAD
            + "codes:\n  - {id: a, label: A, anchors: [{quote: Q, source: S, start: 3, end: 3}]}\n",
            "the span 3 to 3 of an anchor is none",
        ),
        (
            HEAD + "codes:\n  - {id: a, label: A, anchors: [{quote: Q, start: 3, end: 4}]}\n",
            "an anchor with a span has no source",
        ),
        (
            HEAD
            + "codes:\n  - {id: a, label: A, anchors: [{quote: Q, source: S, invented: true}]}\n",
            "an invented anchor cannot have a source",
        ),
        (
            HEAD + "codes:\n  - {id: a, label: A, merged_into: a, status: retired}\n",
            "is merged into itself",
        ),
        (
            HEAD
            + "codes:\n  - {id: a, label: A, merged_into: bc, status: retired}\n  - {id: bcd, label: B}\n",
            "'a' is merged into the unknown code 'bc'. Did you mean 'bcd'?",
        ),
        (
            HEAD + "codes:\n  - {id: a, label: A, merged_into: b}\n  - {id: b, label: B}\n",
            "'a' is merged into another code and not retired",
        ),
        (
            HEAD + "codes:\n  - {id: a, label: A, merged_into: b, status: retired}\n"
            "  - {id: b, label: B, merged_into: a, status: retired}\n",
            "the codes are merged in a circle: a -> b -> a.",
        ),
        (HEAD + "vocabulary:\n  - {id: v, label: V}\n", "line 5: a vocabulary has no terms."),
        (
            HEAD
            + "vocabulary:\n  - {id: v, label: V, terms: [{id: t, label: T}, {id: t, label: U}]}\n",
            "the term 't' stands twice in its vocabulary",
        ),
    ],
)
def test_a_fault_is_said_with_its_line_and_remedy(text: str, sentence: str) -> None:
    sentences = said(text)
    assert [one for one in sentences if sentence in one], sentences
    assert all(one.startswith("theirs.yml") for one in sentences)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            HEAD + "codes:\n\t- id: a\n\t  label: A\n",
            "theirs.yml, line 5: the line is indented with a tab. Use spaces.",
        ),
        (
            HEAD + "codes:\n\t- id: a\n\t  label: A\n",
            "theirs.yml, line 6: the line is indented with a tab. Use spaces.",
        ),
        (
            HEAD + "description: Care: what is done\n",
            "line 4: a colon followed by a space stands inside a text.",
        ),
        (HEAD + "description: @home\n", "line 4: a text may not begin with '@'."),
        (HEAD + "description: *stars* everywhere\n", "line 4: a text may not begin with '*'."),
        (
            HEAD + 'description: "never closed\ncodes: []\n',
            "line 4: the quotation mark is never closed.",
        ),
        (HEAD + "description: [a, b\ncodes: []\n", "the YAML does not hold together here"),
        (HEAD + "description: bell \x07\n", "line 4: the control character U+0007 is not allowed."),
        (HEAD + "description: *d\n", "line 4: the alias '*d' is not allowed."),
        (HEAD + "codes: []\n---\nformat: 1\n", "line 5: a second document begins here."),
        (HEAD + "codes: " + "[" * 9000, "nested more than 40 levels deep"),
    ],
)
def test_yaml_that_does_not_hold_together_is_explained(text: str, sentence: str) -> None:
    sentences = said(text)
    assert [one for one in sentences if sentence in one], sentences


def test_all_faults_are_said_at_once_in_the_order_of_their_lines() -> None:
    text = (
        "format: 1\nkey: Mini\nlabel: Mini\nlabeel: x\ncodes:\n"
        "  - id: a\n    level: mikro\n  - id: a\n    label: B\n    parent: c\n"
    )
    with pytest.raises(P3CError) as caught:
        read_codebook(text, name="theirs.yml")
    lines = [problem.line for problem in caught.value.problems]
    assert lines == [2, 4, 6, 7, 8, 8]


def test_a_tag_is_refused_and_nothing_is_run(tmp_path: Path) -> None:
    victim = tmp_path / "written"
    text = HEAD + f"description: !!python/object/apply:os.mkdir ['{victim}']\ncodes: []\n"
    assert any(
        "line 4: the tag !!python/object/apply:os.mkdir is not allowed" in one for one in said(text)
    )
    assert any("the tag !mine is not allowed" in one for one in said(HEAD + "source: !mine x\n"))
    assert not victim.exists()


def test_a_plain_tag_does_no_harm() -> None:
    assert read_codebook(HEAD + "version: !!str 2\ncodes: []\n").version == "2"


def test_a_bomb_of_aliases_costs_nothing() -> None:
    bomb = "a0: &a0 [x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
    )
    started = time.process_time()
    assert any("alias" in one for one in said(HEAD + bomb))
    assert time.process_time() - started < 5


def test_a_file_from_a_newer_version_is_refused_with_that_reason_alone() -> None:
    assert said("format: 2\nkey: a\nlabel: A\nfacets: {}\n") == [
        (
            "theirs.yml, line 1: the file has format 2, written by a newer version of p3c_qual. "
            "This version reads format 1; update p3c_qual."
        )
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_refused(encoding: str) -> None:
    marks = {"utf-16": b"", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
    raw = marks[encoding] + HEAD.encode(encoding)
    assert said(raw) == ["theirs.yml: the file is in UTF-16, not UTF-8. Save it again as UTF-8."]


def test_windows_1252_is_refused_with_its_line() -> None:
    raw = (HEAD + "description: soins intégrés\n").encode("cp1252")
    assert said(raw) == [
        (
            "theirs.yml, line 4: the byte 0xe9 is not UTF-8. "
            "The file may be in Windows-1252; save it again as UTF-8."
        )
    ]


def test_byte_order_mark_and_windows_line_ends_are_accepted() -> None:
    raw = (
        (HEAD + "description: |\n  one\n  two\ncodes: []\n")
        .replace("\n", "\r\n")
        .encode("utf-8-sig")
    )
    assert read_codebook(raw).description == "one\ntwo"


def test_a_missing_file_a_folder_and_a_huge_file_are_refused(tmp_path: Path) -> None:
    missing = tmp_path / "none.yml"
    with pytest.raises(P3CError, match=r"none\.yml: the file cannot be read: no such file"):
        read_codebook(missing)
    with pytest.raises(P3CError, match="cannot be read: no such file"):
        read_codebook(str(missing))
    with pytest.raises(P3CError, match="cannot be read: is a directory"):
        read_codebook(tmp_path)
    huge = tmp_path / "huge.yml"
    huge.write_bytes(b"# " + b"x" * 8_000_001)
    with pytest.raises(P3CError, match="more than 8 MB"):
        read_codebook(huge)


def test_words_that_yaml_would_turn_into_something_else_stay_words() -> None:
    book = read_codebook("format: 1\nkey: no\nlabel: 1.10\nversion: 2.0\ncodes: []\n")
    assert (book.key, book.label, book.version) == ("no", "1.10", "2.0")
