"""Traces of a person in a text."""

from __future__ import annotations

from p3c_qual import privacy


def test_names_and_contacts_are_found_where_they_stand() -> None:
    text = "R: I rang Dr Miller on 01234 567 890. She lives at AB1 2CD; a.b@c.example is hers."
    found = privacy.check(text, "xx")
    assert [(each.kind, each.words) for each in found] == [
        ("person", "Miller"),
        ("contact", "01234 567 890"),
        ("contact", "AB1 2CD"),
        ("contact", "a.b@c.example"),
    ]
    assert all(text[each.start : each.end] == each.words for each in found)


def test_figures_years_spans_and_masks_are_no_trace() -> None:
    text = "In 2019-2023 1,234,567 people came (IP01_2, 8648-8881); [name] is 84 and paid 36 366."
    assert privacy.check(text, "xx") == ()


def test_every_place_of_a_name_is_told_and_a_part_of_a_longer_one_only_with_it() -> None:
    found = privacy.check("Dr Anna Miller came. Anna Miller left.", "xx")
    assert [each.words for each in found] == ["Anna Miller", "Anna Miller"]


def test_an_empty_text_holds_nothing() -> None:
    assert privacy.check("", "en") == ()
