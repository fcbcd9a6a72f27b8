"""What the readers say about a file: one plain sentence for each thing found."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["counted", "remarks"]

_KEPT = ("insertion", "passage moved here")
_LEFT = ("deletion", "passage moved away")
_AFTER = {
    "comment": "left out",
    "hidden passage": "left out",
    "text box": "read; each stands after the paragraph that it belongs to",
    "unread text box": "left out; save the file as .docx to have them read",
    "embedded document": "left out",
    "symbol": "of a symbol font replaced by U+FFFD",
    "paragraph": "in automatic lists; their numbers or bullets are not part of the text",
    "note": "(footnotes and endnotes) read: the marks [1], [2] stand in the text, the notes at "
    "its end",
}


def counted(number: int, noun: str) -> str:
    """Say how many there are.

    Examples
    --------
    >>> counted(1, "text box"), counted(2, "text box"), counted(0, "deletion")
    ('1 text box', '2 text boxes', 'no deletion')
    """
    if number == 1:
        return f"1 {noun}"
    if noun.startswith("passage "):
        noun = noun.replace("passage ", "passages ", 1)
    else:
        noun += "es" if noun.endswith("x") else "s"
    return f"{number} {noun}" if number else f"no {noun[:-1]}"


def remarks(seen: Mapping[str, int]) -> list[str]:
    """Say what a reader met that the user of the text should know.

    Parameters
    ----------
    seen : mapping of str to int
        How many insertions, deletions, comments, text boxes, ... there were.

    Returns
    -------
    list of str

    Examples
    --------
    >>> remarks({"comment": 2})
    ['2 comments left out.']
    >>> remarks({"insertion": 1})[0]
    'The file has tracked changes; all were read as accepted: kept 1 insertion, left out no deletion.'
    """
    notes: list[str] = []
    kept = " and ".join(counted(seen[what], what) for what in _KEPT if seen.get(what))
    left = " and ".join(counted(seen[what], what) for what in _LEFT if seen.get(what))
    if kept or left:
        notes.append(
            "The file has tracked changes; all were read as accepted: "
            f"kept {kept or 'no insertion'}, left out {left or 'no deletion'}."
        )
    notes += [
        f"{counted(seen[what], what.removeprefix('unread '))} {after}."
        for what, after in _AFTER.items()
        if seen.get(what)
    ]
    return notes
