"""What a check found."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Finding"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that has to be looked at before a report is passed on.

    Attributes
    ----------
    code : str
        Which check found it, such as ``name_undecided``.
    what, do : str
        What it is, and what helps; each one sentence for the author.
    gate : bool
        A report that is no draft is refused for it.
    section : str
        Key of the section it is in; empty where it is in none.
    quote : str
        Key of the quote it is on, or empty.
    programme : str
        Key, or empty.
    title : str
        What people call the section.
    """

    code: str
    what: str
    do: str = ""
    gate: bool = False
    section: str = ""
    quote: str = ""
    programme: str = ""
    title: str = ""
