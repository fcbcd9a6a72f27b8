"""The small study of the realist tests, with codebooks and codings to describe it from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from realist_kit import TEXTS, make, span

from p3c_qual.shipped import shipped_path

if TYPE_CHECKING:
    from pathlib import Path

    import p3c_qual as p3c

__all__ = ["CODED", "TEXTS", "span", "written"]

#: source, words, code
CODED = (
    ("N1", "The nurse had time for a talk.", "selfie:workforce"),
    (
        "N1",
        "So I told her what I never tell the doctor.",
        "selfie:service_delivery.micro.person_centred",
    ),
    ("N2", "We have no bus.", "selfie:service_delivery"),
    ("N2", "I trusted her, and still I fell.", "selfie:service_delivery"),
    ("S1", "The budget ends in spring.", "selfie:financing.meso.secured_budget"),
    ("S1", "They gave us a shared list.", "selfie:technologies_medical_products"),
    ("plan", "The teams bring nurse and social worker together.", "selfie:workforce"),
)


@pytest.fixture
def written(tmp_path: Path) -> p3c.Study:
    """Return the study with the shipped codebooks and the codings of `CODED`, by anna."""
    return build(tmp_path)


def build(tmp_path: Path, store: str | None = None) -> p3c.Study:
    """Make the study, on SQLite or in the database of this address."""
    study = make(tmp_path, store)
    for name in ("selfie", "implementation", "wp2_tasks", "p3c", "pioneers", "cmo"):
        study.load_codebook(shipped_path(f"codebooks/{name}.yml"))
    for source, words, code in CODED:
        key, start, end = span(source, words)
        study.code(key, start, end, code)
    return study
