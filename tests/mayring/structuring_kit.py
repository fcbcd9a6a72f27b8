"""A small study to structure: three interviews, a group and a plan, with codings of two coders."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import p3c_qual as p3c
from p3c_qual.mayring.asking import ask_question
from p3c_qual.mayring.techniques import TECHNIQUES
from p3c_qual.sources.incoming import Incoming

if TYPE_CHECKING:
    from pathlib import Path

BOOK = """
format: 1
key: themes
label: Themes
version: '1'
language: en
status: draft
codes:
  - id: meeting
    label: Meeting
    definition: How people meet.
    codes:
      - id: weekly
        label: Weekly
        definition: Each week.
      - id: phone
        label: By telephone
        definition: Not in one room.
  - id: money
    label: Money
    definition: What it costs.
  - id: trust
    label: Trust
    definition: Whether they rely on one another.
  - id: valence
    label: Valence
    definition: Whether it hinders or helps.
    kind: ordinal
    levels:
      - value: 1
        label: hindering
        definition: It stands in the way.
      - value: 2
        label: mixed
        definition: Both.
      - value: 3
        label: enabling
        definition: It helps.
    not_ratable:
      label: cannot be told
  - id: reach
    label: Reach
    definition: How far it has come.
    kind: ordinal
    levels:
      - value: 0
        label: none
        definition: Not there.
      - value: 1
        label: some
        definition: In parts.
"""

TEXTS = {
    "IP01": "I: How do you meet?\nR: We meet each week. It helps us a lot.\n"
    "I: And the money?\nR: There is none left for tea.\n",
    "IP02": "I: How do you meet?\nR: We telephone. Nobody pays for the calls?\n",
    "IP03": "I: How do you meet?\nR: Not at all.\n",
    "group": "I: Who begins?\nGA: I trust the nurses.\nGB: The money was cut twice.\n",
}
PLAN = "The plan\n\nThe team meets each week. Money comes from the council.\n\nTrust is not mentioned.\n"  # fmt: skip
ALL = ("IP01", "IP02", "IP03", "group", "plan")
UNITS = {"coding_unit": "sentence", "context_unit": "source", "recording_unit": "source"}


def make(folder: Path, store: str | None = None) -> p3c.Study:
    """Make the study."""
    study = p3c.new_study(folder / "study", title="T", coder="anna", store=store)
    for key, text in TEXTS.items():
        (folder / f"{key}.txt").write_text(text, "utf-8")
    (folder / "plan.txt").write_text(PLAN, "utf-8")
    said = {
        "IP01": ("North", "Hill", "A"),
        "IP02": ("North", "Quay", "D1"),
        "IP03": ("South", "Ford", "D1"),
    }
    study.add(
        [
            *(
                Incoming(
                    folder / f"{key}.txt",
                    programme=programme,
                    site=site,
                    interviewee=key,
                    stakeholder_type=kind,
                )
                for key, (programme, site, kind) in said.items()
            ),
            Incoming(folder / "group.txt", programme="South", id="group", interviewee="GA;GB"),
            Incoming(folder / "plan.txt", kind="document", programme="North", id="plan"),
        ]
    )
    (folder / "themes.yml").write_text(BOOK, "utf-8")
    study.load_codebook(folder / "themes.yml")
    return study


def at(study: p3c.Study, source: str, words: str) -> tuple[str, int, int]:
    """Return the span of words in a source."""
    start = study.text(source).index(words)
    return source, start, start + len(words)


def code(study: p3c.Study, source: str, words: str, key: str, **more: object) -> str:
    """Code words of a source; returns the coding's id."""
    return study.code(*at(study, source, words), f"themes:{key}", **more).id  # type: ignore[arg-type]


def ask(study: p3c.Study, technique: str, key: str = "", **more: object) -> str:
    """Ask a question of all the material; returns its key."""
    fields = {**UNITS, "criterion": "all that is said of it", **more}
    name = key or technique
    book = "themes" if TECHNIQUES[technique].categories else None
    ask_question(study, "What is said?", technique, key=name, codebook=book, **fields)  # type: ignore[arg-type]
    return name


def refused(call: object, *args: object, **more: object) -> str:
    """Return what is said when a call is refused."""
    with pytest.raises(p3c.P3CError) as caught:
        call(*args, **more)  # type: ignore[operator]
    return str(caught.value)


def codes_of(call: object, *args: object, **more: object) -> set[str]:
    """Return the short words of the faults of a call that is refused."""
    with pytest.raises(p3c.P3CError) as caught:
        call(*args, **more)  # type: ignore[operator]
    return {each.code for each in caught.value.problems}
