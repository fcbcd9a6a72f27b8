"""A study of short invented interviews, with a question whose categories are formed from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.mayring.asking import ask_question
from p3c_qual.mayring.question import read_question
from p3c_qual.mayring.steps import close_step
from p3c_qual.sources.incoming import Incoming
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from pathlib import Path

    import p3c_qual as p3c

UNITS = {"coding_unit": "proposition", "context_unit": "source", "recording_unit": "source"}
BOOK = """\
format: 1
key: found
label: Found
codes:
  - id: trust
    label: Trust
    definition: Somebody relies on somebody.
"""
THEMES = """\
format: 1
key: themes
label: Themes
codes:
  - {id: money, label: Money, definition: What it costs.}
  - {id: staff, label: Staff, definition: Who works there.}
"""


def text_of(number: int) -> str:
    """Return an interview of which the interviewee's turns have 100 characters."""
    said = f"R: Number {number} trusts the nurse. ".ljust(98, "x") + "\n"
    return f"I: What is it like, number {number}?\n{said}"


def fill(study: p3c.Study, folder: Path, count: int = 10, **said: Any) -> None:
    """Bring interviews in: P01, P02 and so on, each with the date of its number."""
    files = []
    for number in range(1, count + 1):
        file = folder / f"P{number:02}.txt"
        file.write_text(text_of(number), "utf-8", newline="\n")
        files.append(
            Incoming(file, id=f"P{number:02}", interviewee=f"P{number:02}", kind="interview",
                     date=f"2023-{1 + number // 28:02}-{1 + number % 28:02}", **said)
        )  # fmt: skip
    study.add(files)


def load(study: p3c.Study, folder: Path, book: str, name: str) -> None:
    """Take a codebook in."""
    (folder / f"{name}.yml").write_text(book, "utf-8")
    study.load_codebook(folder / f"{name}.yml")


def inductive(study: p3c.Study, folder: Path, count: int = 10, **fields: Any) -> str:
    """Give a question that forms its categories, in its pilot; returns its key."""
    fill(study, folder, count)
    load(study, folder, BOOK, "found")
    said = {"criterion": "What makes working together easy.", "abstraction": "Close to the text."}
    ask_question(study, "What helps?", "inductive", key="help", codebook="found",
                 **{**UNITS, **said, **fields})  # fmt: skip
    close_step(study, "help", "define")
    return "help"


def deductive(study: p3c.Study, folder: Path, count: int = 10, technique: str = "theme") -> str:
    """Give a question with themes, in its pilot; returns its key."""
    fill(study, folder, count)
    load(study, folder, THEMES, "themes")
    ask_question(study, "What of it?", technique, key="themes", codebook="themes", **UNITS)
    close_step(study, "themes", "define")
    close_step(study, "themes", "agenda")
    return "themes"


def read(study: p3c.Study, *numbers: int, question: str = "help", coder: str = "anna") -> None:
    """Mark interviews as worked through."""
    for number in numbers:
        study.mark_read(f"P{number:02}", question=question, coder=coder, done=True)


def step_of(study: p3c.Study, question: str = "help") -> str:
    with study.store.read() as connection:
        return read_question(connection, question).step


def versions(study: p3c.Study) -> list[str]:
    """Return the codebook versions that codings carry, in the order of their places."""
    coding, src = ROWS["coding"], ROWS["source"]
    wanted = select(coding.c.codebook_version).join(src, src.c.id == coding.c.source)
    with study.store.read() as connection:
        return list(connection.scalars(wanted.order_by(src.c.key, coding.c.start)))
