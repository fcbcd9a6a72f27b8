"""The register of instruments: what is public and nothing else; files of a team's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from instrument_kit import OWN

import p3c_qual.instruments
from p3c_qual.errors import P3CError
from p3c_qual.instruments import read_register
from p3c_qual.instruments.definition import DOMAINS, definition_of, plain
from p3c_qual.instruments.form import FORM_FIELDS, form_text, read_form

SHIPPED = Path(p3c_qual.instruments.__file__).with_name("register.yml")


def test_the_shipped_register_holds_no_conversion_key_and_no_wording() -> None:
    text = SHIPPED.read_text("utf-8")
    assert "table:" not in text
    assert not any(scale.table for each in read_register().values() for scale in each.scales)
    # an item has nowhere to put words
    assert FORM_FIELDS["item"] == ("id", "range", "kind", "reversed")
    with_key = text.replace("        of: [raw]\n", "        of: [raw]\n        table: [[7, 7]]\n")
    assert with_key != text
    with pytest.raises(P3CError, match="a repository holds none"):
        read_form(with_key, "register.yml", shipped=True)


def test_a_licensed_key_is_refused_also_in_a_file_of_the_teams_own() -> None:
    licensed = OWN.replace("    missing: half\n", "    licensed: true\n    missing: half\n")
    with pytest.raises(P3CError, match="key is licensed") as error:
        read_form(licensed)
    assert "--conversion" in str(error.value)
    assert read_form(OWN)[0].scale("mapped") is not None


@pytest.mark.parametrize(
    ("key", "label"),
    [
        ("swemwbs", "Ours"),
        ("SWEMWBS_2", "Ours"),
        ("mypam", "PAM"),
        ("eq5d_dutch", "Ours"),
        ("mine", "swemwbs (wave 2)"),
        ("mine", "Short Warwick Edinburgh Mental Wellbeing Scale"),
    ],
)
def test_a_key_that_the_register_calls_licensed_is_refused_whatever_the_file_says(
    key: str, label: str
) -> None:
    named = OWN.replace("key: own", f"key: {key.lower()}").replace("label: Own", f"label: {label}")
    with pytest.raises(P3CError, match="is licensed, and a study is passed on"):
        read_form(named)


@pytest.mark.parametrize(
    ("key", "scale", "limits"),
    [
        # the lists of items of P3CEQ: eight and five items of 0 to 3
        ("p3ceq", "person_centredness", (0, 24)),
        ("p3ceq", "coordination", (0, 15)),
        ("p3c_oct", "total", (0, 20)),
        # the user guide of WEMWBS: 14 to 70, the short form 7 to 35
        ("wemwbs", "raw", (14, 70)),
        ("swemwbs", "raw", (7, 35)),
        ("ucla3", "loneliness", (3, 9)),
        ("pam", "score", (0, 100)),
    ],
)
def test_ranges_are_those_that_are_published(key: str, scale: str, limits: tuple[int, int]) -> None:
    assert read_register()[key].limits(scale) == limits


def test_the_register_names_what_it_cannot_know() -> None:
    register = read_register()
    assert {each.domain for each in register.values()} <= DOMAINS.keys()
    assert all(each.source and each.licence for each in register.values())
    assert not register["pchc"].items
    assert not register["outcome_star"].scales
    p3ceq = register["p3ceq"]
    assert [each.id for each in p3ceq.scales] == ["person_centredness", "coordination"]
    assert any("four sub-questions" in note for note in p3ceq.notes)
    assert [each.name for each in register["pam"].bands] == ["newer key", "older key"]


def test_an_instrument_is_the_same_after_it_was_written_and_stored() -> None:
    known = (*read_register().values(), *read_form(OWN))
    assert read_form(form_text(known)) == known
    assert all(definition_of(plain(each)) == each for each in known)


FAULTY = """\
format: 1
instruments:
  - key: sheet
    label: Sheet
    domain: pacient
    missing: half
    items:
      - {id: q1, range: 3-0}
      - {id: q2, range: many}
      - {id: q2, range: 0-3, knd: likert}
      - {id: wave, range: 0-3}
    scales:
      - {id: one, of: [q1, q9]}
      - {id: two, how: share, of: [q1]}
      - {id: three, how: given}
  - key: sheet
    label: Again
    domain: patient
"""


def test_all_faults_of_a_file_are_said_at_once_with_their_lines() -> None:
    with pytest.raises(P3CError) as error:
        read_form(FAULTY, "mine.yml")
    said = str(error.value)
    for part in (
        "line 5: unknown domain 'pacient' of an instrument. Did you mean 'patient'?",
        "half of the answers are to do, and nobody says so",
        "the range of q1 goes from 3 to 0",
        "'many' is no range",
        "'q2' is the id of 2 items or scales",
        "Did you mean 'kind'?",
        "'wave' cannot be an id",
        "one is made of 'q9', which is no item and no scale before it",
        "two shares no points",
        "three is given, and has no range",
        "the instrument 'sheet' stands twice",
    ):
        assert part in said, part


@pytest.mark.parametrize(
    ("levels", "said"),
    [
        ("[{label: low, range: 0-9}, {label: high, range: 9-18}]", "overlap"),
        ("[{label: low, range: 0-7}, {label: high, range: 9-18}]", "gaps"),
        ("[{label: low, range: 0-8}, {label: high, range: 9-17}]", "do not go from 0 to 18"),
        ("[]", "have no levels"),
    ],
)
def test_bands_are_in_order_without_gaps_or_overlaps(levels: str, said: str) -> None:
    good = "[{label: low, range: 0-8}, {label: high, range: 9-18}]"
    with pytest.raises(P3CError, match=said):
        read_form(OWN.replace(good, levels))
