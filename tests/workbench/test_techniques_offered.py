"""What the Summarise view offers is what the library knows."""

from __future__ import annotations

import re
from pathlib import Path

from p3c_qual.mayring.techniques import CODING_UNITS, CONTEXT_UNITS, RECORDING_UNITS, TECHNIQUES

FRONT = Path(__file__).resolve().parents[2] / "p3c_qual/workbench/_frontend/src/summarise"


def test_the_view_offers_the_techniques_of_the_library_by_their_names() -> None:
    text = (FRONT / "techniques.ts").read_text("utf-8")
    found = re.findall(r'key: "(\w+)",\s+label: "([^"]+)"', text)
    assert found == [(each.key, each.label) for each in TECHNIQUES.values()]


def test_the_form_offers_the_units_of_the_library() -> None:
    text = (FRONT / "techniques.ts").read_text("utf-8")
    for name, units in (
        ("coding_unit", CODING_UNITS),
        ("context_unit", CONTEXT_UNITS),
        ("recording_unit", RECORDING_UNITS),
    ):
        part = re.search(rf"{name}: \[\n(.*?)\n  \],", text, re.DOTALL)
        assert part
        assert tuple(re.findall(r'\["(\w+)", ', part[1])) == units
