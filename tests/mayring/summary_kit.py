"""A study with a research question to be summarised, and words to ask of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from p3c_qual.mayring import asking, question
from p3c_qual.mayring.summarising import state
from p3c_qual.sources.incoming import Incoming

if TYPE_CHECKING:
    from pathlib import Path

    import p3c_qual as p3c

#: twelve sentences in each of three interviews, so that spans are easy to name
SENTENCES = [f"Sentence {number:02d} of {{}} says a thing. " for number in range(12)]
LENGTH = len(SENTENCES[0])  # the names that are put in have two letters too
DECLARED = {
    "criterion": "what is said of working together",
    "abstraction": "general statements on the programme",
    "coding_unit": "proposition",
    "context_unit": "source",
    "recording_unit": "source",
}


def fill(study: p3c.Study, folder: Path) -> None:
    """Bring three interviews of one programme in, and one of another."""
    sources = []
    for name, programme in (("A1", "east"), ("A2", "east"), ("A3", "east"), ("B1", "west")):
        file = folder / f"{name}.txt"
        file.write_text("".join(SENTENCES).format(*[name] * 12).strip() + "\n", "utf-8")
        sources.append(
            Incoming(file, id=name, programme=programme, interviewee=name, date="2024-05-01")
        )
    study.add(sources)


def ask(study: p3c.Study, **fields: str) -> str:
    """Ask a question over the three interviews of the east; returns its id."""
    return asking.ask_question(
        study,
        "What helps?",
        "summarising",
        key="helps",
        material=["A1", "A2", "A3"],
        **{**DECLARED, **fields},
    )


def units_of(study: p3c.Study, name: str = "helps") -> list[state.Unit]:
    """Return the units of a question as they are now."""
    with study.store.read() as connection:
        return state.read_units(connection, question.read_question(connection, name))


def step_of(study: p3c.Study, name: str = "helps") -> str:
    with study.store.read() as connection:
        return question.read_question(connection, name).step
