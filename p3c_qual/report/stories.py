"""Vignettes and composite stories: each sentence leads to a passage, or is listed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from p3c_qual.report.blocks import Box, Bullets, Paragraph, Quote, Run
from p3c_qual.report.markdown import author_blocks
from p3c_qual.report.records import plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from p3c_qual.report.blocks import Block
    from p3c_qual.report.named import Named

__all__ = ["STORIES", "people_of", "story", "untraced"]

#: the kinds of an author's own sections that are stories
STORIES = ("vignette", "composite")
#: a reference with which a sentence begins; the end of one, with closing marks
_LED = re.compile(r"^[(\[][^)\]]*[)\]]\s*")
_STOP = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|$)")


def story(text: str, names: Named, *, key: str, kind: str) -> Box:
    """Return a story as a box, marked as what it is, with the sentences that lead nowhere.

    Parameters
    ----------
    text : str
        The author's Markdown.
    names : Named
    key : str
        Of the section.
    kind : str
        ``vignette`` or ``composite``.

    Returns
    -------
    Box
    """
    blocks = author_blocks(text, names, key=key)
    called = "Composite story, put together from" if kind == "composite" else "Vignette, from"
    title = f"{called} {' and '.join(people_of(blocks, names)) or '0 persons'}"
    loose = untraced(blocks)
    told: list[Block] = list(blocks)
    if loose:
        count = plural(len(loose), "sentence")
        verb = "leads" if len(loose) == 1 else "lead"
        told.append(Paragraph((Run(f"{count} of this story {verb} to no passage:"),), "note"))
        told.append(Bullets(tuple(Paragraph((Run(each),), "note") for each in loose)))
    # a story holds no box of its own
    inside = tuple(block for block in told if not isinstance(block, Box))
    return Box(f"box_{key}", title, inside, "story")


def people_of(blocks: Sequence[Block], names: Named) -> list[str]:
    """Return of how many people the words are that a story rests on.

    Of a group only those who speak in its passages count; where a passage does not say whose it
    is, the group is named by its size.

    Parameters
    ----------
    blocks : sequence of Block
    names : Named

    Returns
    -------
    list of str
        Such as ``2 persons`` and ``a group of 5``; empty where no interviewee's words are there.
    """
    origins = [run.origin for run in _runs(blocks) if run.origin]
    origins += [block.origin for block in blocks if isinstance(block, Quote)]
    rows = {key: row for row, key in names.sources.items()}
    persons: set[str] = set()
    groups: dict[frozenset[str], None] = {}
    for origin in origins:
        if origin.start is None or origin.end is None or origin.source not in rows:
            continue
        row = rows[origin.source]
        present = names.voices.sources[row].people if row in names.voices.sources else ()
        spoke = names.voices.who(row, origin.start, origin.end)
        persons |= {each.id for each in spoke}
        if present and not spoke:
            groups[frozenset(each.id for each in present)] = None
    told = [plural(len(persons), "person", "persons")] if persons else []
    told += [f"a group of {len(group)}" for group in groups]
    return told


def untraced(blocks: Sequence[Block]) -> list[str]:
    """Return the sentences of an author's that name no passage.

    A reference behind a full stop belongs to the sentence before it, and a quotation that stands
    alone to the last sentence above it.

    Examples
    --------
    >>> from p3c_qual.report.blocks import Origin
    >>> span = Origin("span", "IP01_1", "", 0, 4)
    >>> said = Paragraph((Run("She came. She left "), Run("IP01_1", span), Run(".")), "author")
    >>> untraced([said])
    ['She came.']
    """
    found: list[str] = []
    for number, block in enumerate(blocks):
        items = [block] if isinstance(block, Paragraph) else []
        items = list(block.items) if isinstance(block, Bullets) else items
        for item in items:
            sentences = _sentences(item.runs)
            following = blocks[number + 1] if number + 1 < len(blocks) else None
            if isinstance(following, Quote) and sentences and item is items[-1]:
                sentences[-1] = (sentences[-1][0], True)
            found += [words for words, traced in sentences if not traced]
    return found


def _sentences(runs: Sequence[Run]) -> list[tuple[str, bool]]:
    """Return the sentences of a line, each with whether it leads to a passage."""
    text = "".join(run.text for run in runs)
    marks, at = [], 0
    for run in runs:
        if run.origin is not None and run.origin.kind in {"span", "table"}:
            marks.append((at, at + len(run.text)))
        at += len(run.text)
    ends = [stop.end() for stop in _STOP.finditer(text) if not _inside(stop.start(), marks)]
    if not ends or text[ends[-1] :].strip():
        ends.append(len(text))
    made: list[tuple[str, bool]] = []
    start = 0
    for end in ends:
        words = text[start:end].strip()
        traced = any(start <= mark < end for mark, _ in marks)
        if made and traced and not re.search(r"\w", _without(text, start, end, marks)):
            made[-1] = (f"{made[-1][0]} {words}", True)
        elif made and words[:1] in "([" and any(start <= m <= start + 3 for m, _ in marks):
            # what is referred to behind a full stop, with another sentence behind it
            made[-1] = (made[-1][0], True)
            made.append((_LED.sub("", words), any(start + 3 < m < end for m, _ in marks)))
        elif words:
            made.append((words, traced))
        start = end
    return made


def _inside(place: int, marks: Sequence[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in marks)


def _without(text: str, start: int, end: int, marks: Sequence[tuple[int, int]]) -> str:
    return "".join(text[i] for i in range(start, end) if not _inside(i, marks))


def _runs(blocks: Sequence[Block]) -> list[Run]:
    found: list[Run] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            found += block.runs
        elif isinstance(block, Bullets):
            found += [run for item in block.items for run in item.runs]
    return found
