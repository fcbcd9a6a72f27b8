"""The parts of a text: turns, paragraphs, sentences, pages, sections."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["PARTS", "PartList", "Reading"]

#: the kinds of part a text is cut into; words are cut by the same rules when asked for
PARTS = ("turn", "paragraph", "sentence", "page", "section")


@dataclass(frozen=True)
class PartList:
    """All parts of one kind, in the order of the text, as columns.

    Attributes
    ----------
    start, end : list of int
        Half-open ranges in code points over the stored text.
    label : list of str
        Page number, heading, number of the turn; empty where there is none.
    speaker : list of str
        Who speaks, as written; only for turns.
    role : list of str
        ``interviewer``, ``interviewee`` or ``""`` where unknown; only for turns.
    time : list of int or None
        Start in milliseconds of the recording; only for turns that carry a stamp.
    """

    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    label: list[str] = field(default_factory=list)
    speaker: list[str] = field(default_factory=list)
    role: list[str] = field(default_factory=list)
    time: list[int | None] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.start)


@dataclass(frozen=True)
class Reading:
    r"""What a reader made of a file: a text, its parts, and what it recognised.

    Attributes
    ----------
    text : str
        The text as it will be stored: `\\n` newlines, NFC, no control characters.
    parts : dict of str to PartList
        By kind, see `PARTS`; empty lists are left out.
    reader : str
        Name and version, such as ``docx-1``; recorded with the text.
    splitter : str
        Name and version of the rules that cut it, such as ``en-1``.
    notes : tuple of str
        What was recognised and what was done, one plain sentence each.
    meta : dict of str to str
        What the file says of itself: title, author, language, date.
    """

    text: str
    parts: dict[str, PartList] = field(default_factory=dict)
    reader: str = ""
    splitter: str = ""
    notes: tuple[str, ...] = ()
    meta: dict[str, str] = field(default_factory=dict)
