"""A small study with all that a report has to cope with."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

import p3c_qual as p3c

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

HOSTILE = '<script>alert(1)</script> <img src=x onerror=alert(2)> **bold** \u202egnikam & "so"'
LONG = "We meet on Tuesdays. " * 40

TEXTS = {
    "IP01_1": (
        "I: Who comes to the meeting?\n\n"
        "R: The nurse comes, and the social worker comes. Doctors seldom do.\n\n"
        "I: And who pays?\n\n"
        f"R: The fund pays. {LONG}So it goes.\n"
    ),
    "IP02_1": (
        "I: What do you see?\n\n"
        "R: I see the record on my screen.\n\n"
        f"R: {HOSTILE}\n\n"
        f"R: {'x' * 10_000} is one word.\n"
    ),
    "IP03_1": "I: May we quote you?\n\nR: No, please do not quote me on money.\n",
    "IP04_1_de": (
        "I: Wie geht es Ihnen?\n\nR: Die Schwester kommt jeden Tag.\n\nI: Und sonst?\n\nR: Nichts.\n"
    ),
    "IP04_1": ("I: How are you?\n\nR: The nurse comes every day.\n\nI: And else?\n\nR: Nothing.\n"),
    "plan": "The plan of the harbour.\n\nEvery practice takes part in the weekly meeting.\n",
    "IP01_2": "I: Shall we begin?\n\nR: There is nothing to say yet.\n",
}

SOURCES = [
    # id, kind, completeness, programme, site, interviewee, type, role, date, lang, of, consent
    (
        "IP01_1",
        "interview",
        "full",
        "harbour",
        "north",
        "IP01_1",
        "A",
        "manager",
        "2023-02-01",
        "en",
        "",
        "yes",
    ),
    (
        "IP02_1",
        "interview",
        "full",
        "harbour",
        "south",
        "IP02_1",
        "D1;A",
        "doctor",
        "2023-03",
        "en",
        "",
        "unknown",
    ),
    (
        "IP03_1",
        "interview",
        "full",
        "harbour",
        "south",
        "IP03_1",
        "F",
        "client",
        "2023",
        "en",
        "",
        "withdrawn",
    ),
    (
        "IP04_1_de",
        "interview",
        "full",
        "harbour",
        "north",
        "IP04_1",
        "E",
        "daughter",
        "2023-05-05",
        "de",
        "",
        "yes",
    ),
    (
        "IP04_1",
        "interview",
        "full",
        "harbour",
        "north",
        "IP04_1",
        "E",
        "daughter",
        "2023-05-05",
        "en",
        "IP04_1_de",
        "yes",
    ),
    ("plan", "document", "full", "harbour", "", "", "", "", "2022", "en", "", ""),
    (
        "IP01_2",
        "interview",
        "excerpts",
        "moor",
        "moor_east",
        "IP01_2",
        "A",
        "manager",
        "2024",
        "en",
        "",
        "yes",
    ),
]

CODINGS = [
    # source, quote, code, coder
    (
        "IP01_1",
        "The nurse comes, and the social worker comes. Doctors seldom do.",
        "workforce.micro.multidisciplinary_team",
        "mira",
    ),
    (
        "IP01_1",
        "The nurse comes, and the social worker comes. Doctors seldom do.",
        "service_delivery",
        "mira",
    ),
    ("IP01_1", f"The fund pays. {LONG}So it goes.", "financing", "mira"),
    ("IP01_1", "Doctors seldom do.", "leadership_governance", "tobias"),
    (
        "IP02_1",
        "I see the record on my screen.",
        "technologies_medical_products.meso.shared_information_system",
        "mira",
    ),
    ("IP02_1", HOSTILE, "workforce", "mira"),
    ("IP02_1", "x" * 10_000 + " is one word.", "technologies_medical_products", "mira"),
    ("IP03_1", "please do not quote me on money", "financing", "mira"),
    ("IP04_1", "The nurse comes every day.", "service_delivery.micro.continuity", "mira"),
    (
        "plan",
        "Every practice takes part in the weekly meeting.",
        "workforce.micro.multidisciplinary_team",
        "mira",
    ),
]

_HEADS = (
    "id", "kind", "completeness", "programme", "site", "interviewee", "stakeholder_type", "role",
    "date", "language", "translation_of", "consent_quoted", "file", "country", "main_coder",
)  # fmt: skip


@pytest.fixture(scope="session")
def make_study(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., p3c.Study]:
    """Give a function that makes a study of texts, sources and codings."""

    def make(
        texts: dict[str, str] = TEXTS, sources: list = SOURCES, codings: list = CODINGS
    ) -> p3c.Study:
        folder = tmp_path_factory.mktemp("study")
        study = p3c.new_study(folder / "study", title="Harbour", coder="mira")
        with (folder / "sources.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(_HEADS[:-1])
            for row in sources:
                (folder / f"{row[0]}.txt").write_text(texts[row[0]], encoding="utf-8")
                writer.writerow([*row, f"{row[0]}.txt", "Eastholm"])
        study.add_manifest(folder / "sources.csv")
        if codings:
            _code(study, folder, codings)
        return study

    return make


def _code(study: p3c.Study, folder: Path, codings: list) -> None:
    with (folder / "codings.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["source", "start", "end", "code", "coder"])
        for source, quote, code, coder in codings:
            start = study.text(source).index(quote)
            writer.writerow([source, start, start + len(quote), code, coder])
    study.code_csv(folder / "codings.csv")


@pytest.fixture(scope="session")
def harbour(make_study: Callable[..., p3c.Study]) -> Iterator[p3c.Study]:
    """Give the study of the harbour; no test changes it."""
    with make_study() as study:
        yield study
