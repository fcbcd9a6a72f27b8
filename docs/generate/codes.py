"""The page on the codes of the shipped codebooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from p3c_qual.codebook.model import Codebook

__all__ = ["page", "shipped"]

_HEAD = """\
# Codes

The coding agendas that come with the package, as tables: what belongs to a code, and how it is told
from its neighbours. In a study, `p3c codes` lists the codes with how often each was given, and
`p3c codebook export KEY` writes a codebook out. How one is written and changed stands in
[codebooks/README.md](../codebooks/README.md).
"""


def shipped() -> list[Codebook]:
    """Return the shipped codebooks, in the order of their keys."""
    from p3c_qual.codebook import read_codebook
    from p3c_qual.shipped import shipped_path

    return [read_codebook(path) for path in sorted(shipped_path("codebooks").glob("*.yml"))]


def page() -> str:
    """Write the page."""
    lines = [_HEAD]
    books = shipped()
    lines += [f"- [{book.label}](#{book.key}), {len(book.codes)} codes" for book in books]
    for book in books:
        lines += ["", f"## {book.key}", "", f"**{book.label}**, version {book.version}."]
        lines += ["", _flat(book.description)] if book.description else []
        if book.codes:
            lines += ["", "| code | name | what belongs to it | coding rule |", "|---|---|---|---|"]
            lines += [
                f"| `{code.key}` | {_flat(code.label)} | {_flat(code.definition)} | "
                f"{_flat(code.rule)} |"
                for code in book.codes
            ]
        for vocabulary in book.vocabulary:
            lines += ["", f"### {book.key}: {vocabulary.label}", "", _flat(vocabulary.definition)]
            lines += ["", "| term | name | means |", "|---|---|---|"]
            lines += [
                f"| `{term.key}` | {_flat(term.label)} | {_flat(term.definition)} |"
                for term in vocabulary.terms
            ]
    return "\n".join(lines) + "\n"


def _flat(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
