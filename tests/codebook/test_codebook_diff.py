"""What changed between two versions, one readable line each."""

from __future__ import annotations

from dataclasses import replace

from p3c_qual.codebook import Anchor, Code, Codebook, ScaleLevel, Term, Vocabulary, diff_codebooks

OLD = Codebook(
    "b",
    "B",
    vocabulary=(Vocabulary("v", "V", terms=(Term("t", "T", "old"),)),),
    codes=(
        Code("a", "A", definition="first", anchors=(Anchor("one"), Anchor("two"))),
        Code("c", "C"),
        Code("d", "D", parent="c"),
    ),
)


def changed(key: str, **fields: object) -> Codebook:
    codes = tuple(replace(code, **fields) if code.key == key else code for code in OLD.codes)
    return replace(OLD, codes=codes)


def told(new: Codebook) -> list[str]:
    return [str(change) for change in diff_codebooks(OLD, new)]


def test_another_label_is_a_renaming() -> None:
    assert told(changed("a", label="Alpha")) == ["a: renamed, label from 'A' to 'Alpha'"]


def test_another_parent_is_a_move() -> None:
    assert told(changed("d", parent="a")) == ["d: moved, parent from 'c' to 'a'"]
    assert told(changed("d", parent=None)) == ["d: moved, parent from 'c' to nothing"]


def test_retiring_and_merging_are_told() -> None:
    assert told(changed("a", status="retired", merged_into="c")) == [
        "a: retired",
        "a: changed, merged_into from nothing to 'c'",
    ]


def test_a_field_shows_before_and_after() -> None:
    (change,) = diff_codebooks(OLD, changed("a", definition="second"))
    assert (change.kind, change.key, change.field) == ("changed", "a", "definition")
    assert (change.before, change.after) == ("first", "second")


def test_only_the_anchor_that_changed_is_told() -> None:
    anchors = (Anchor("one"), Anchor("two", "S1", 3, 6), Anchor("three"))
    assert told(changed("a", anchors=anchors)) == [
        (
            "a: changed, anchors with 'three'; anchors 'two' source from nothing to 'S1'; "
            "anchors 'two' start from nothing to 3; anchors 'two' end from nothing to 6"
        )
    ]
    assert told(changed("a", anchors=(Anchor("two"), Anchor("one")))) == [
        "a: changed, anchors in another order"
    ]


def test_a_term_of_a_vocabulary_is_told_by_its_place() -> None:
    new = replace(OLD, vocabulary=(Vocabulary("v", "V", terms=(Term("t", "T", "new"),)),))
    assert told(new) == [
        "codebook: changed, vocabulary 'v' terms 't' definition from 'old' to 'new'"
    ]


def test_a_scale_that_appears_is_told() -> None:
    levels = (ScaleLevel(0, "None"), ScaleLevel(1, "Some"))
    assert told(changed("a", kind="ordinal", levels=levels)) == [
        "a: changed, kind from 'nominal' to 'ordinal'",
        "a: changed, levels with 'None'; levels with 'Some'",
    ]


def test_added_and_removed_codes_and_a_new_order_are_told() -> None:
    new = replace(OLD, codes=(OLD.codes[1], OLD.codes[0], Code("e", "E")))
    assert told(new) == ["e: added (E)", "d: removed (D)", "codebook: order changed to c, a, e"]
