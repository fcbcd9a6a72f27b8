"""The groups of rich text: what is dropped, what is moved, and marks for what would be lost."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

__all__ = ["CELL", "CELL_LINE", "HEADING", "NOTE", "PARAGRAPH", "ROW", "Prepared", "prepare"]

# noncharacters, which no document holds, stand for structure until the text is taken apart
PARAGRAPH, CELL_LINE, CELL, ROW, NOTE, HEADING = "\ufdd0\ufdd1\ufdd2\ufdd3\ufdd4\ufdd5"

_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?"
    r"|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<sign>.)|(?P<brace>[{}])|(?P<text>[^\\{}]+)",
    re.DOTALL,
)
_HIGH = re.compile(r"[\x80-\xff]")
_PRINTED = frozenset(
    {
        *("u", "line", "tab", "emdash", "endash", "emspace", "enspace", "qmspace", "bullet"),
        *("lquote", "rquote", "ldblquote", "rdblquote", "column", "softline"),
    }
)
_COUNTED = {"annotation": "comment", "shptxt": "unread text box", "dptxbxtext": "unread text box"}


@dataclass(frozen=True)
class Prepared:
    """Rich text with marks in it, the kinds of its notes, and what was met.

    Attributes
    ----------
    source : str
        Rich text that holds only what is shown; structure as noncharacters.
    endings : tuple of str
        ``footnote`` or ``endnote``, in order of their marks.
    seen : Counter
        Insertions, deletions, comments, hidden passages, text boxes, list paragraphs.
    """

    source: str
    endings: tuple[str, ...]
    seen: Counter[str] = field(default_factory=Counter)


@dataclass
class _Frame:
    """A group that is open: where it began in the output, and what is switched on in it."""

    start: int
    ignored: bool = False
    deleted: bool = False
    hidden: bool = False
    note: int | None = None
    reported: set[str] = field(default_factory=set)


class _Groups:
    def __init__(self) -> None:
        from striprtf.striprtf import destinations

        self.ignored_words: frozenset[str] = (
            frozenset(destinations) | {"listtext", "fldinst", "datastore"}
        ) - {"footnote"}
        self.out: list[str] = []
        self.stack = [_Frame(0)]
        self.notes: list[str] = []
        self.kinds: list[str] = []
        self.seen: Counter[str] = Counter()
        self.in_table = False
        self.level = ""
        self.starred = False

    def open(self) -> None:
        top = self.stack[-1]
        self.stack.append(_Frame(len(self.out), top.ignored, top.deleted, top.hidden))
        self.out.append("{")

    def close(self) -> bool:
        """Close a group; True where it was the document's own."""
        frame = self.stack.pop()
        if frame.ignored:
            # an empty group is left, so that the word before still ends where it ended
            del self.out[frame.start :]
            self.out.append("{}")
            return False
        if frame.note is not None:
            content = "".join(self.out[frame.note :])
            del self.out[frame.start :]
            self.notes.append(content)
            self.out.append(f"{{}}[{len(self.notes)}]")
            return False
        if len(self.stack) == 1:
            self.out += [f"{{}}{NOTE}{{{note}}}" for note in self.notes]
        self.out.append("}")
        return len(self.stack) == 1

    def printed(self, token: str) -> None:
        frame = self.stack[-1]
        if frame.ignored:
            return
        if frame.deleted or frame.hidden:
            what = "deletion" if frame.deleted else "hidden passage"
            if token.strip("\r\n") and what not in frame.reported:
                frame.reported.add(what)
                self.seen[what] += 1
            return
        self.out.append(token)

    def mark(self, mark: str) -> None:
        # the empty group ends any count of characters to skip
        self.printed("{}" + mark)

    def word(self, token: str, word: str, number: str | None) -> None:
        frame = self.stack[-1]
        starred, self.starred = self.starred, False
        if word in _COUNTED and not frame.deleted:
            self.seen[_COUNTED[word]] += 1
        if word == "footnote" and not frame.ignored:
            frame.note = len(self.out)
            self.kinds.append("footnote")
            self.seen["note"] += 1
        elif word == "ftnalt" and self.kinds and not frame.ignored:
            self.kinds[-1] = "endnote"
        elif starred or word in self.ignored_words:
            if word == "listtext" and not frame.ignored and not self.level:
                self.seen["paragraph"] += 1
            frame.ignored = True
        elif frame.ignored:
            return
        elif word == "deleted":
            frame.deleted = number != "0"
            self.out.append(token)
        elif word == "v":
            frame.hidden = number != "0"
            self.out.append(token)
        else:
            self.structure(token, word, number)

    def structure(self, token: str, word: str, number: str | None) -> None:
        if word == "par":
            if self.level and not self.in_table:
                self.mark(f"{HEADING}{self.level}")
            self.mark(CELL_LINE if self.in_table else PARAGRAPH)
        elif word in ("sect", "page"):
            self.mark(PARAGRAPH)
        elif word in ("cell", "nestcell"):
            self.mark(CELL if word == "cell" else "\t")
        elif word == "row":
            self.mark(ROW)
        elif word in _PRINTED:
            self.printed(token)
        else:
            self.state(word, number)
            # also a word that means nothing to the converter ends the one before
            self.out.append(token)

    def state(self, word: str, number: str | None) -> None:
        if word == "plain":
            self.stack[-1].hidden = self.stack[-1].deleted = False
        elif word == "pard":
            self.in_table, self.level = False, ""
        elif word == "intbl":
            self.in_table = True
        elif word == "outlinelevel":
            self.level = str(int(number) + 1) if number in set("012345678") else ""
        elif word == "revised" and number != "0":
            self.seen["insertion"] += 1


def prepare(source: str) -> Prepared:
    r"""Rewrite rich text so that a plain converter loses nothing that matters.

    Deleted, hidden and invisible groups go; footnotes move to the end, each after `NOTE`;
    the ends of paragraphs, cells and rows, and heading levels, become noncharacters.

    Parameters
    ----------
    source : str
        Rich text with one character a byte.

    Returns
    -------
    Prepared

    Examples
    --------
    >>> prepare(r"{\rtf1 a{\deleted b}c}").source
    '{\\rtf1 a{\\deleted }c}'
    """
    groups = _Groups()
    at = 0
    while match := _TOKEN.match(source, at):
        at = match.end()
        piece = match.group()
        kind = match.lastgroup
        if kind == "brace":
            groups.starred = False
            if piece == "{":
                groups.open()
            elif len(groups.stack) > 1 and groups.close():
                break
        elif kind in ("word", "number"):
            word, number = match.group("word"), match.group("number")
            if word == "bin":
                at += min(max(int(number or 0), 0), len(source))
                groups.out.append("{}")
            else:
                groups.word(piece, word, number)
        elif kind == "sign" and piece == "\\*":
            groups.starred = True
        elif kind == "sign" and piece in ("\\\n", "\\\r"):
            groups.mark(PARAGRAPH)
        elif kind == "sign" and piece == "\\-":
            continue
        elif kind == "text":
            groups.printed(_HIGH.sub(lambda high: f"\\'{ord(high.group()):02x}", piece))
        else:
            groups.printed(piece)
    while len(groups.stack) > 1:
        # the file ends early: what is open is closed, so that its notes are not lost
        groups.close()
    return Prepared("".join(groups.out), tuple(groups.kinds), groups.seen)
