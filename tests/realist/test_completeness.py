"""How complete a configuration is, which nobody types."""

from __future__ import annotations

import pytest
from judging_kit import claim, layer, says

from p3c_qual.realist.judging.completeness import CLASSES, completeness_of, count_completeness

TEXTS = {
    "C": ("context", "a village"),
    "S": ("resource", "time"),
    "R": ("reasoning", "trust"),
    "O": ("outcome", "fewer falls"),
    "I": ("intervention", "visits"),
    "A": ("actor", "nurse"),
}
CASES = {
    "CSRO": "triad",
    "CSRRO": "triad",
    "CSO": "triad_resource",
    "CRO": "triad_reasoning",
    "CS": "dyad_cm",
    "CR": "dyad_cm",
    "CSR": "dyad_cm",
    "SO": "dyad_mo",
    "SRO": "dyad_mo",
    "CO": "dyad_co",
    "COIA": "dyad_co",
    "C": "single",
    "S": "single",
    "SR": "single",
    "O": "single",
    "OI": "single",
    "IA": "empty",
    "": "empty",
}


@pytest.mark.parametrize(("letters", "expected"), CASES.items(), ids=[*[*CASES][:-1], "none"])
def test_the_class_follows_from_what_is_there(told, letters, expected):
    claim(told, "c1", {f"{n}": TEXTS[letter] for n, letter in enumerate(letters)})
    assert completeness_of(layer(told).configurations["c1"]) == expected


def test_an_element_is_there_by_its_words_or_by_a_passage_that_does_not_deny_it(told):
    claim(told, "c1", {"c": ("context", "a village"), "o": "outcome"})
    assert completeness_of(layer(told).configurations["c1"]) == "single"
    says(told, "c1.o", "N2", "Nothing got better", absent=True)
    assert completeness_of(layer(told).configurations["c1"]) == "single"
    says(told, "c1.o", "N1", "not been in hospital")
    assert completeness_of(layer(told).configurations["c1"]) == "dyad_co"


def test_passages_on_the_whole_complete_no_element(told):
    claim(told, "c1", {"c": ("context", "a village"), "o": "outcome"})
    says(told, "c1", "N1", "not been in hospital")
    assert completeness_of(layer(told).configurations["c1"]) == "single"


def test_every_class_is_counted_and_put_together(told):
    for number, letters in enumerate(["CSRO", "CSO", "CRO", "CS", "SO", "CO", "C", ""]):
        parts = {f"{n}": TEXTS[letter] for n, letter in enumerate(letters)}
        claim(told, f"c{number}", parts)
    claim(told, "gone", {"c": TEXTS["C"]}, state="split")
    counts = count_completeness(layer(told).standing)
    assert {name: counts[name] for name in CLASSES} == dict.fromkeys(CLASSES, 1)
    assert (counts["triads"], counts["dyads"], counts["singles"]) == (3, 3, 1)
    assert set(count_completeness([]).values()) == {0}
