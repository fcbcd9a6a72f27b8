"""Paragraphs and tables written down as one text, with the places of what they were."""

from __future__ import annotations

from typing import TYPE_CHECKING

from p3c_qual.sources.draft import Block, Draft, Grid, Mark, TurnMark, sections_of
from p3c_qual.sources.grid import clean_speaker, read_stamp, transcript_columns
from p3c_qual.sources.remarks import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from p3c_qual.sources.grid import Columns

__all__ = ["compose"]


class _Sheet:
    """The text under construction; every line is a paragraph."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.paragraphs: list[Mark] = []
        self.headings: list[Mark] = []
        self.turns: list[TurnMark] = []

    def write(self, text: str) -> tuple[int, int]:
        start = self.length
        self.pieces.append(text)
        self.length += len(text)
        return start, self.length

    def paragraph(self, text: str) -> tuple[int, int]:
        start, end = self.write(text)
        self.pieces.append("\n")
        self.length += 1
        if text.strip():
            lead = len(text) - len(text.lstrip())
            self.paragraphs.append(Mark(start + lead, start + len(text.rstrip())))
        return start, end

    def heading(self, text: str) -> None:
        start, end = self.paragraph(text)
        if text.strip():
            self.headings.append(Mark(start, end, " ".join(text.split())))

    def row(self, cells: Sequence[str]) -> None:
        """Write a row of a plain table: cells apart by tabs, lines inside a cell kept."""
        if any(cell.strip() for cell in cells):
            for line in "\t".join(cells).split("\n"):
                self.paragraph(line)

    def spoken(self, cells: Sequence[str], columns: Columns) -> None:
        """Write a row of a transcript: its stamp, its speaker and the words."""
        words = cells[columns.text] if columns.text < len(cells) else ""
        speaker = cells[columns.speaker] if columns.speaker < len(cells) else ""
        ahead = [cell for at, cell in enumerate(cells) if at != columns.text and cell.strip()]
        # text order is kept: what stands right of the words goes after them
        before = [c for at, c in enumerate(cells[: columns.text]) if c.strip()]
        after = [c for c in cells[columns.text + 1 :] if c.strip()]
        if not words.strip() and not ahead:
            return
        start = self.length
        lead = "".join(cell.strip() + "\t" for cell in before)
        lines = "\t".join([words.strip("\n"), *after]).split("\n")
        self.paragraph(lead + lines[0])
        for line in lines[1:]:
            self.paragraph(line)
        end = self.length - 1
        name = clean_speaker(speaker)
        if name:
            time = None
            if columns.time is not None and columns.time < len(cells):
                time = read_stamp(cells[columns.time])
            self.turns.append(TurnMark(start, end, start + len(lead), name, time))
        elif self.turns and words.strip():
            # a row without a speaker goes on with the one before
            last = self.turns[-1]
            self.turns[-1] = TurnMark(last.start, end, last.body, last.speaker, last.time)


def compose(
    blocks: Iterable[Block | Grid],
    *,
    appendix: Sequence[Block] = (),
    notes: Sequence[str] = (),
    meta: dict[str, str] | None = None,
) -> Draft:
    r"""Write paragraphs and tables down as one text with its marks.

    Parameters
    ----------
    blocks : iterable of Block or Grid
        The document in reading order.
    appendix : sequence of Block
        What was taken out of its place, such as footnotes.
    notes : sequence of str
        What the reader has to say.
    meta : dict of str to str, optional
        What the file says of itself.

    Returns
    -------
    Draft

    Examples
    --------
    >>> draft = compose([Block("Aims", 1), Block("To be heard.")])
    >>> draft.text
    'Aims\nTo be heard.'
    >>> [(mark.start, mark.end, mark.label) for mark in draft.sections]
    [(0, 17, 'Aims')]
    """
    # a soft hyphen is a hint to the typesetter and would hide words from a search
    body = [_without_soft_hyphens(block) for block in blocks]
    while body and isinstance(body[-1], Block) and not body[-1].text.strip():
        body.pop()
    grids = [block for block in body if isinstance(block, Grid)]
    found = dict(zip(map(id, grids), transcript_columns([g.rows for g in grids]), strict=True))
    sheet = _Sheet()
    for block in body:
        if isinstance(block, Block):
            if block.level:
                sheet.heading(block.text)
            else:
                sheet.paragraph(block.text)
            continue
        columns = found[id(block)]
        for number, row in enumerate(block.rows):
            if columns is None or number < columns.header:
                sheet.row(row)
            else:
                sheet.spoken(row, columns)
    start_of_appendix = sheet.length if appendix else None
    for block in appendix:
        if block.level:
            sheet.heading(block.text)
        else:
            sheet.paragraph(block.text)
    said = list(notes)
    tables = sum(columns is not None for columns in found.values())
    if tables:
        said.append(
            f"Read {counted(len(sheet.turns), 'turn')} from {counted(tables, 'table')} "
            "with a column of speakers."
        )
    text = "".join(sheet.pieces)[:-1]
    return Draft(
        text=text,
        paragraphs=tuple(sheet.paragraphs),
        sections=sections_of(sheet.headings, len(text)),
        turns=tuple(sheet.turns),
        appendix=start_of_appendix,
        notes=tuple(said),
        meta={key: value for key, value in (meta or {}).items() if value},
    )


def _without_soft_hyphens(block: Block | Grid) -> Block | Grid:
    if isinstance(block, Block):
        return Block(block.text.replace("\xad", ""), block.level) if "\xad" in block.text else block
    return Grid(tuple(tuple(cell.replace("\xad", "") for cell in row) for row in block.rows))
