"""Plan against practice: written, linked to both sides, and taken away."""

from __future__ import annotations

import pytest

from p3c_qual.description.contrasts import (
    VERDICTS,
    edit_contrast,
    remove_contrast,
    sides_of,
    write_contrast,
)
from p3c_qual.description.model import Citation
from p3c_qual.description.read import read_description
from p3c_qual.errors import P3CError


def place(side, source):
    return Citation("x", "contrast", "c", side, source, None, None, None, "", None)


KINDS = {"doc": "document", "talk": "interview", "note": "meeting_note"}


@pytest.mark.parametrize(
    ("places", "missing"),
    [
        ([("plan", "doc"), ("practice", "talk")], 0),
        ([("plan", "doc")], 1),
        ([("practice", "talk")], 1),
        ([("plan", "talk"), ("practice", "doc")], 2),
        ([("plan", "doc"), ("practice", "note")], 1),
        ([("", "doc"), ("", "talk")], 2),
        ([], 2),
    ],
)
def test_a_contrast_is_linked_by_a_document_and_an_interview(places, missing):
    assert len(sides_of([place(*each) for each in places], KINDS).missing) == missing


def test_a_contrast_is_written_changed_and_taken_away(written):
    made = write_contrast(written, "One list", claim="All use it.", programme="north")
    assert edit_contrast(written, made, fields={"verdict": "adapted"}, was={"verdict": ""})
    assert not edit_contrast(written, made, fields={"verdict": "adapted"})
    with written.store.read() as connection:
        one = read_description(connection).contrasts[made]
    assert (one.label, one.claim, one.verdict) == ("One list", "All use it.", "adapted")
    assert remove_contrast(written, made) == 0
    with pytest.raises(P3CError, match="anna took it away"):
        remove_contrast(written, made)


def test_what_is_wrong_with_a_contrast_is_said_at_once(written):
    with pytest.raises(P3CError) as caught:
        write_contrast(written, "", verdict="adapt", programme="nort")
    said = str(caught.value)
    assert "needs a label" in said
    assert "Did you mean 'adapted'" in said
    assert "Did you mean 'north'" in said


def test_what_somebody_changed_meanwhile_is_not_written_over(written):
    made = write_contrast(written, "One list")
    edit_contrast(written, made, fields={"claim": "All use it."})
    with pytest.raises(P3CError) as caught:
        edit_contrast(written, made, fields={"claim": "Some do."}, was={"claim": ""})
    assert caught.value.problems[0].code == "stale"


def test_the_verdicts_have_labels():
    assert set(VERDICTS) == {"as_planned", "adapted", "not_done", "beyond"}
