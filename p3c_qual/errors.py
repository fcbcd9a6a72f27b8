"""What is said to a researcher when something is at fault."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["P3CError", "Problem", "is_text", "nearest"]


@dataclass(frozen=True)
class Problem:
    """One fault, in the words of the person who has to mend it.

    Attributes
    ----------
    what : str
        The fault, as one sentence without its place.
    where : str
        File and line, row, table cell or object, as far as known.
    valid : tuple of str
        The values that would have been accepted.
    nearest : str or None
        The valid value spelled most like the one given.
    do : str
        What to do next.
    code : str
        A short word for programs that act on the fault: ``overlap`` (the code stands there
        already; it could be extended), ``repeat`` (the very coding is there already), ``gone``
        (the row was removed), ``read_only``, ``nobody`` (no coder is named), ``reason`` (one must be
        given), ``changed_since`` (somebody built on what is to be undone; it could be skipped),
        ``nothing`` (to undo or redo), ``empty`` (there is nothing to draw), ``done`` (the act was kept already), ``store`` (it is busy,
        full, damaged or out of reach: what was asked may be asked again). Mostly empty; people
        never see it.
    """

    what: str
    where: str = ""
    valid: tuple[str, ...] = ()
    nearest: str | None = None
    do: str = ""
    code: str = ""

    def __str__(self) -> str:
        text = f"{self.where}: {self.what}" if self.where else self.what
        if not text.endswith((".", "?", "!")):
            text += "."
        if self.nearest:
            text += f" Did you mean {self.nearest!r}?"
        if self.valid:
            shown = ", ".join(self.valid[:12])
            more = f" and {len(self.valid) - 12} more" if len(self.valid) > 12 else ""
            text += f" Valid: {shown}{more}."
        if self.do:
            text += f" {self.do}"
        return text


class P3CError(Exception):
    """The input or the study is at fault; nothing was changed.

    Parameters
    ----------
    problems : Problem, str or sequence of Problem
        Everything that is wrong, all at once.

    Examples
    --------
    >>> error = P3CError(Problem("unknown code 'workforse'", nearest="workforce"))
    >>> str(error)
    "unknown code 'workforse'. Did you mean 'workforce'?"
    """

    def __init__(self, problems: Problem | str | Sequence[Problem]) -> None:
        if isinstance(problems, str):
            problems = Problem(problems)
        if isinstance(problems, Problem):
            problems = (problems,)
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in _once(self.problems)))


def _once(problems: Sequence[Problem]) -> list[Problem]:
    """Put together what is the same fault in several places, so that it is said once."""
    places: dict[Problem, list[str]] = {}
    for problem in problems:
        places.setdefault(replace(problem, where=""), []).append(problem.where)
    return [replace(problem, where=_places(where)) for problem, where in places.items()]


def _places(places: Sequence[str]) -> str:
    """Return the places as one text; the lines of one file follow its name."""
    lines: dict[str, list[str]] = {}
    for place in dict.fromkeys(filter(None, places)):
        file, colon, line = place.rpartition(":")
        if colon and line.isdigit():
            lines.setdefault(file, []).append(line)
        else:
            lines.setdefault(place, [])
    shown = []
    for file, numbers in lines.items():
        more = f" and {len(numbers) - 8} more" if len(numbers) > 8 else ""
        shown.append(f"{file}:{', '.join(numbers[:8])}{more}" if numbers else file)
    more = f" and {len(shown) - 8} more" if len(shown) > 8 else ""
    return ", ".join(shown[:8]) + more


def nearest(value: str, valid: Iterable[str], *, cutoff: float = 0.6) -> str | None:
    """Return the valid value spelled most like `value`, if one is close.

    Parameters
    ----------
    value : str
        What was written.
    valid : iterable of str
        What could have been written.
    cutoff : float
        How alike they must be, from 0 to 1.

    Returns
    -------
    str or None

    Examples
    --------
    >>> nearest("workforse", ["workforce", "financing"])
    'workforce'
    """
    folded: dict[str, str] = {}
    for word in valid:
        folded.setdefault(word.casefold(), word)
    given = value.casefold()
    close = difflib.get_close_matches(given, folded, n=20, cutoff=cutoff)
    # of several as close as each other the same one, whatever order they came in
    alike = [(-difflib.SequenceMatcher(a=word, b=given).ratio(), word) for word in close]
    return folded[min(alike)[1]] if alike else None


def is_text(value: str) -> bool:
    r"""Say whether a string can be written down; half a surrogate pair cannot.

    Names of files and words typed on a terminal of another encoding arrive with such halves.

    Examples
    --------
    >>> is_text("café 🙂"), is_text("caf\udce9")
    (True, False)
    """
    return not any("\ud800" <= sign <= "\udfff" for sign in value)
