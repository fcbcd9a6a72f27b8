"""Docstrings in numpy's sections, as Markdown."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass, field

__all__ = ["Doc", "parse", "prose"]

_ITEMS = ("Parameters", "Attributes", "Returns", "Raises")
_TEXTS = ("Notes", "References")


@dataclass
class Doc:
    """A docstring taken apart.

    Attributes
    ----------
    summary : str
        The first sentence.
    text : str
        What stands before the first section, as Markdown.
    sections : dict of str to list of (str, str)
        Head and description of each entry; a text has one entry without a head.
    examples : str
        As typed at the prompt.
    """

    summary: str = ""
    text: str = ""
    sections: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    examples: str = ""


def parse(docstring: str | None) -> Doc:
    """Take a docstring apart."""
    cleaned = inspect.cleandoc(docstring or "")
    pieces = re.split(r"^(\w+)\n-{3,}\n", cleaned, flags=re.MULTILINE)
    summary, _, rest = pieces[0].strip().partition("\n\n")
    doc = Doc(summary=prose(summary), text=prose(rest))
    for name, body in zip(pieces[1::2], pieces[2::2], strict=True):
        if name == "Examples":
            doc.examples = body.strip()
        elif name in _ITEMS:
            doc.sections[name] = _entries(body)
        elif name in _TEXTS:
            doc.sections[name] = [("", prose(body))]
    return doc


def _entries(body: str) -> list[tuple[str, str]]:
    """Return the entries of a section: a line that is not indented begins one."""
    found: list[tuple[str, list[str]]] = []
    for line in body.strip().splitlines():
        if line.startswith(" ") and found:
            found[-1][1].append(line)
        # a head may run over several lines, as a long row of names does
        elif found and not found[-1][1] and found[-1][0].endswith(","):
            found[-1] = (f"{found[-1][0]} {line}", [])
        elif line.strip():
            found.append((line, []))
    return [(head, prose(inspect.cleandoc("\n".join(text)))) for head, text in found]


def prose(text: str) -> str:
    """Return paragraphs with their lines joined, tables kept as they are."""
    made = []
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        if re.match(r"={3,}", paragraph):
            made.append(f"```text\n{paragraph}\n```")
        else:
            joined = re.sub(r"\s*\n\s*", " ", paragraph.strip())
            made.append(joined.replace("``", "`"))
    return "\n\n".join(each for each in made if each)
