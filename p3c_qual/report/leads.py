"""All of a section that leads to a passage or to a table: quotations, words, cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from p3c_qual.report.blocks import Bullets, Cell, Listing, Paragraph, Quote, Run, Table
from p3c_qual.report.model import blocks_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from p3c_qual.report.blocks import Block, Origin
    from p3c_qual.report.model import Section

__all__ = ["leads", "origins_of", "runs_of"]


def leads(section: Section) -> Iterator[Quote | Table | Run | Cell]:
    """Give what leads somewhere in a section and those below it, in reading order."""
    for block in blocks_in(section):
        if isinstance(block, Quote):
            yield block
        elif isinstance(block, Table):
            yield block
            yield from (cell for row in block.rows for cell in row)
        else:
            yield from runs_of(block)


def origins_of(section: Section) -> Iterator[Origin]:
    """Give the origins of a section's words and numbers, and of those below it."""
    for each in leads(section):
        if each.origin is not None:
            yield each.origin
        if isinstance(each, Quote) and each.original_origin is not None:
            yield each.original_origin


def runs_of(block: Block) -> Iterator[Run]:
    """Give the words of a paragraph or a list, each with its origin."""
    if isinstance(block, Paragraph):
        yield from block.runs
    elif isinstance(block, Bullets):
        yield from (run for item in block.items for run in item.runs)
    elif isinstance(block, Listing):
        yield from (run for _, text in block.entries for run in text.runs)
