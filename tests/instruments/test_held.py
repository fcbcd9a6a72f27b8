"""Instruments in a study: taken, brought along, changed, taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from instrument_kit import OWN, fill

from p3c_qual.errors import P3CError
from p3c_qual.instruments import (
    instruments_text,
    load_instruments,
    load_responses,
    read_instruments,
    remove_instrument,
    take_instrument,
    write_joint,
)

if TYPE_CHECKING:
    import p3c_qual as p3c


def test_an_instrument_is_taken_once_and_undone(written: p3c.Study) -> None:
    assert take_instrument(written, "pam")
    assert not take_instrument(written, "pam")
    written.undo()
    assert read_instruments(written) == {}
    with pytest.raises(P3CError, match="Did you mean 'p3ceq'"):
        take_instrument(written, "p3cq")


def test_what_was_written_out_changes_nothing_when_it_comes_in(written: p3c.Study) -> None:
    take_instrument(written, "p3c_oct")
    assert load_instruments(written, OWN) == 1
    assert load_instruments(written, instruments_text(written)) == 0
    assert load_instruments(written, OWN.replace("Own sheet", "Our sheet")) == 1
    assert read_instruments(written)["own"].label == "Our sheet"
    changed = instruments_text(written).replace("Care planning", "Plans")
    assert load_instruments(written, changed) == 1
    with pytest.raises(P3CError, match="an instrument 'p3c_oct' of its own"):
        take_instrument(written, "p3c_oct")


def test_an_instrument_with_questionnaires_or_displays_stays(written: p3c.Study) -> None:
    fill(written)
    write_joint(written, "patient", instrument="wemwbs")
    with pytest.raises(P3CError) as error:
        remove_instrument(written, "wemwbs")
    assert "7 filled-in questionnaires" in str(error.value)
    assert "1 joint display" in str(error.value)
    take_instrument(written, "ltc6")
    assert remove_instrument(written, "ltc6")


def test_a_change_that_answers_do_not_fit_is_refused(written: p3c.Study) -> None:
    load_instruments(written, OWN)
    load_responses(written, "own", b"respondent,wave,q1\nP1,start,3\n", name="own.csv")
    with pytest.raises(P3CError, match="own, P1, start: q1 is 3, and goes from 0 to 2"):
        load_instruments(written, OWN.replace("{id: q1..q4, range: 0-3}", "{id: q1..q4, range: 0-2}").replace("0-8}", "0-8}").replace("9-18", "9-14"))  # fmt: skip
