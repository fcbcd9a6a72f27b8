"""What a coding agenda could do better, from the file alone and with the codings."""

from __future__ import annotations

import pandas as pd

from p3c_qual.codebook import (
    Anchor,
    Code,
    Codebook,
    ScaleLevel,
    check_codebook,
    lint_codebook,
    lint_crosswalk,
    lint_with_codings,
)


def sentences_of(book: Codebook) -> list[str]:
    return [finding.what for finding in lint_codebook(book)]


def good(key: str, **fields: object) -> Code:
    return Code(key, key.upper(), definition="What it is.", rule="What it is not.", **fields)


def test_a_good_codebook_has_no_lint() -> None:
    assert sentences_of(Codebook("b", "B", codes=(good("a"), good("c")))) == []


def test_lint_has_the_line_of_its_code_and_does_not_refuse_the_file() -> None:
    text = "format: 1\nkey: b\nlabel: B\ncodes:\n  - id: a\n    label: A\n"
    (finding,) = check_codebook(text, name="theirs.yml")
    assert (finding.severity, finding.line, finding.file) == ("lint", 5, "theirs.yml")


def test_a_code_without_definition_is_named_unless_retired() -> None:
    codes = (Code("a", "A"), Code("c", "C", status="retired"))
    assert sentences_of(Codebook("b", "B", codes=codes)) == ["'a' has no definition"]


def test_siblings_need_a_rule_and_an_only_child_does_not() -> None:
    bare = Code("x", "X", definition="What it is.")
    assert sentences_of(Codebook("b", "B", codes=(bare,))) == []
    assert sentences_of(Codebook("b", "B", codes=(bare, good("y")))) == [
        "'x' has no coding rule that tells it from its neighbours (y)"
    ]


def test_an_anchor_from_the_material_is_asked_for_once_the_pilot_is_over() -> None:
    codes = (
        good("a", anchors=(Anchor("Q", invented=True),)),
        good("c", anchors=(Anchor("R", "S1", 0, 1),)),
    )
    assert sentences_of(Codebook("b", "B", status="pilot", codes=codes)) == []
    assert sentences_of(Codebook("b", "B", status="final", codes=codes)) == [
        "'a' has no anchor from the material, and the pilot is over"
    ]


def test_one_anchor_under_two_codes_is_found_however_it_is_written() -> None:
    codes = (
        good("a", anchors=(Anchor("I ring Jo."),)),
        good("c", anchors=(Anchor(" i ring  JO"),)),
    )
    assert sentences_of(Codebook("b", "B", codes=codes)) == [
        "'c' and 'a' have the same anchor: ' i ring  JO'"
    ]


def test_one_anchor_twice_under_one_code_is_no_lint() -> None:
    codes = (good("a", anchors=(Anchor("Q"), Anchor("Q"))),)
    assert sentences_of(Codebook("b", "B", codes=codes)) == []


def test_a_scale_with_gaps_undescribed_levels_or_no_way_out_is_named() -> None:
    levels = (ScaleLevel(0, "None", "Nobody."), ScaleLevel(3, "All"))
    assert sentences_of(Codebook("b", "B", codes=(good("a", kind="ordinal", levels=levels),))) == [
        "the scale of 'a' leaves out 1 to 2",
        "the level 3 of 'a' has no definition",
        "the scale of 'a' has no 'not_ratable'",
    ]


def test_a_crosswalk_into_nothing_is_named() -> None:
    other = Codebook("other", "O", codes=(Code("workforce", "W"),))
    book = Codebook(
        "b", "B", codes=(good("a", crosswalk=("other:workforse", "othr:x", "other:workforce")),)
    )
    findings = [str(finding) for finding in lint_crosswalk(book, {"other": other})]
    assert findings == [
        "b: 'a' points to 'other:workforse', which is no code there. Did you mean 'workforce'?",
        "b: 'a' points to the unknown codebook 'othr'. Did you mean 'other'? Valid: other.",
    ]


BOOK = Codebook(
    "b",
    "B",
    codes=(
        good("a", anchors=(Anchor("Q", "S1", 10, 20),)),
        good("t"),
        good("t.x", parent="t"),
        good("t.y", parent="t"),
        good("old", status="retired", merged_into="a"),
        good("p"),
        good("p.x", parent="p"),
    ),
)


def codings(*rows: tuple[str, int, int, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["source", "start", "end", "code"])


def drift(*rows: tuple[str, int, int, str]) -> list[str]:
    return [str(finding) for finding in lint_with_codings(BOOK, codings(*rows))]


USED = (("S1", 0, 5, "t.x"), ("S1", 0, 5, "t.y"), ("S1", 0, 5, "p.x"))


def test_a_codebook_in_use_has_no_lint() -> None:
    assert drift(("S1", 8, 20, "a"), *USED) == []


def test_an_anchor_whose_span_is_no_longer_coded_is_named() -> None:
    assert drift(("S1", 11, 20, "a"), ("S2", 10, 20, "a"), *USED) == [
        (
            "codings: the anchor of 'a' in 'S1', 10 to 20, is no longer coded with it. "
            "Code the passage, or choose another."
        )
    ]


def test_unknown_and_retired_codes_in_codings_are_named_once_with_their_number() -> None:
    rows = (
        ("S1", 8, 20, "a"),
        ("S1", 0, 1, "t.xx"),
        ("S1", 2, 3, "t.xx"),
        ("S1", 4, 5, "old"),
        *USED,
    )
    assert drift(*rows) == [
        "codings, line 2: unknown code 't.xx' (2 codings). Did you mean 't.x'?",
        "codings, line 4: the code 'old' is retired and still has 1 coding. Move them to 'a'.",
    ]


def test_codings_of_another_codebook_are_passed_over() -> None:
    rows = codings(("S1", 8, 20, "b:a"), ("S1", 0, 1, "other:z"), *USED)
    assert lint_with_codings(BOOK, rows) == []
    named = rows.assign(code="z", codebook="other")
    assert not any("unknown" in finding.what for finding in lint_with_codings(BOOK, named))


def test_an_unused_branch_is_named_by_its_top_alone() -> None:
    sentences = drift(("S1", 8, 20, "a"), ("S1", 0, 5, "t.x"))
    assert sentences == [
        "codings: 't.y' is used by nobody. Apply it, retire it, or say in a memo why it is empty.",
        (
            "codings: 'p' is used by nobody, and so is the code below it. "
            "Apply it, retire it, or say in a memo why it is empty."
        ),
    ]
