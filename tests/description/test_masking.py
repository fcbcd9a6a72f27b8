"""A name masked wherever it is printed, and the listing of names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from description_kit import span

import p3c_qual as p3c
from p3c_qual import description
from p3c_qual.description.printed import printed
from p3c_qual.description.read import read_description

if TYPE_CHECKING:
    from p3c_qual.study import Study


def words(study: Study) -> list[str]:
    with study.store.read() as connection:
        held = read_description(connection).quotes.values()
    return sorted(printed(each.quote, each.start, each.edits) for each in held)


def test_a_name_is_masked_in_every_quote_in_one_act_and_comes_back(written: Study) -> None:
    one = description.make_quote(written, *span("N1", "The nurse had time for a talk."))
    description.make_quote(
        written, *span("plan", "The teams bring nurse and social worker together.")
    )
    _, start, end = span("N1", "for a talk")
    description.change_quote(written, one, "omit", start, end - 1)
    acts = len(written.log())
    assert description.mask_name(written, "Nurse", "helper") == 2
    assert len(written.log()) == acts + 1
    assert words(written) == [
        "The [helper] had time ... k.",
        "The teams bring [helper] and social worker together.",
    ]
    with pytest.raises(p3c.P3CError, match="no quote prints 'nurse'"):
        description.mask_name(written, "nurse")
    written.undo()
    assert "nurse" in words(written)[0]


def test_a_mask_that_repeats_the_name_is_refused_and_nothing_is_done(written: Study) -> None:
    description.make_quote(written, *span("N1", "The nurse had time for a talk."))
    with pytest.raises(p3c.P3CError, match="repeats the words"):
        description.mask_name(written, "nurse", "the nurse of the team")
    assert words(written) == ["The nurse had time for a talk."]
