"""A small study to build configurations in: two programmes, four interviews, a group and a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import p3c_qual as p3c
from p3c_qual.sources.incoming import Incoming

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = {
    "N1": "I: What changed?\nR: On the hill everyone knows everyone. The nurse had time for a talk. "
    "So I told her what I never tell the doctor. Since then I have not been in hospital.\n",
    "N2": "I: And with you?\nR: We have no bus. She came each week with time. I trusted her, and "
    "still I fell. Nothing got better.\n",
    "S1": "I: How is it here?\nR: The budget ends in spring. They gave us a shared list. I saw no "
    "use in it, it was one more form. We stopped filling it in.\n",
    "S2": "I: How is it here?\nR: In town nobody knows anybody. She sat down with me and had time. "
    "I could say it at last. I sleep better now.\n",
    "S3": "I: Who begins?\nA: We knew each other before.\nB: The list was in the way. I asked across "
    "the desk instead. It goes quicker.\n",
    "plan": "The teams bring nurse and social worker together. Since both know the patient, they "
    "agree sooner. Admissions fall.\n",
}


@pytest.fixture
def told(tmp_path: Path) -> p3c.Study:
    """Return a study of two programmes; its sources are worked through by anna but for S3."""
    return make(tmp_path)


def make(tmp_path: Path, store: str | None = None) -> p3c.Study:
    """Make the study, on SQLite or in the database of this address."""
    study = p3c.new_study(tmp_path / "told", title="Told", coder="anna", store=store)
    said = {
        "N1": ("north", "N1", "F", ""),
        "N2": ("north", "N2", "F", ""),
        "S1": ("south", "S1", "D1", ""),
        "S2": ("south", "S2", "E", ""),
        "S3": ("south", "S3a;S3b", "D2;A", ""),
        "plan": ("north", "", "", "plan"),
    }
    incoming = []
    for key, (programme, who, kind, document) in said.items():
        file = tmp_path / f"{key}.txt"
        file.write_text(TEXTS[key], encoding="utf-8")
        incoming.append(
            Incoming(
                file=file,
                id=key,
                kind="document" if document else "interview",
                programme=programme,
                interviewee=who,
                stakeholder_type=kind,
                document_type=document,
                language="en",
            )
        )
    study.add(incoming)
    for key in said:
        if key != "S3":
            study.mark_read(key)
    return study


def span(source: str, words: str) -> tuple[str, int, int]:
    """Return a source with the place of some words in it."""
    start = TEXTS[source].index(words)
    return source, start, start + len(words)
