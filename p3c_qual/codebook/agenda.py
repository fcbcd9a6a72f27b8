"""The coding agenda: category, definition, anchor examples, coding rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from p3c_qual.codebook.anchoring import NOT_RATABLE, place_of
from p3c_qual.codebook.stored import stored_codebook
from p3c_qual.codebook.tree import read_tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd

    from p3c_qual.codebook.code import Anchor, Code
    from p3c_qual.codebook.model import Codebook
    from p3c_qual.opened import Opened

__all__ = ["agenda_of", "table_agenda"]

COLUMNS = ["code", "level", "category", "definition", "anchors", "rule"]


def table_agenda(study: Opened, codebook: str) -> pd.DataFrame:
    """Tabulate a codebook as a coding agenda (Mayring, deductive category assignment).

    Parameters
    ----------
    study : Study
    codebook : str
        Key or row id.

    Returns
    -------
    DataFrame
        All str, in reading order: ``code`` (key), ``level`` (value of a level, ``not_ratable``,
        or empty), ``category`` (labels from the top down, with " > " between them),
        ``definition``, ``anchors`` (a line each, with its place; prototypes first), ``rule``. One
        row a code that is not retired, and of an ordinal code one row a level. The attributes
        ``codebook``, ``version`` and ``status`` say which version it is.

    Raises
    ------
    P3CError
        If there is no such codebook.
    """
    with study.store.read() as connection:
        return agenda_of(stored_codebook(connection, read_tree(connection, codebook).name))


def agenda_of(book: Codebook) -> pd.DataFrame:
    """Tabulate a codebook that was read, see `table_agenda`.

    Examples
    --------
    >>> from p3c_qual.codebook import Anchor, Code, Codebook
    >>> code = Code("team", "Team", definition="Working together.", anchors=(Anchor("We met."),))
    >>> agenda_of(Codebook("mini", "Mini", codes=(code,))).iloc[0].to_list()
    ['team', '', 'Team', 'Working together.', '“We met.”', '']
    """
    import pandas as pd

    rows = [row for code in book.codes if code.status != "retired" for row in _rows(book, code)]
    frame = pd.DataFrame(rows, columns=COLUMNS)
    frame.attrs = {"codebook": book.key, "version": book.version, "status": book.status}
    return frame


def _rows(book: Codebook, code: Code) -> Iterator[tuple[str, ...]]:
    name = " > ".join(book.code(key).label for key in book.path(code.key))
    yield code.key, "", name, code.definition, _said(code.anchors), code.rule
    for level in code.levels:
        label = f"{name}: {level.value} {level.label}"
        said = _said(level.anchors)
        yield code.key, str(level.value), label, level.definition, said, level.rule
    if (unrated := code.not_ratable) is not None:
        said = _said(unrated.anchors)
        label = f"{name}: {unrated.label}"
        yield code.key, NOT_RATABLE, label, unrated.definition, said, unrated.rule


def _said(anchors: Sequence[Anchor]) -> str:
    first = sorted(anchors, key=lambda anchor: not anchor.prototype)
    return "\n".join(_line(anchor) for anchor in first)


def _line(anchor: Anchor) -> str:
    more = [
        *([place_of(anchor)] if anchor.linked else [anchor.source] if anchor.source else []),
        *(["prototype"] if anchor.prototype else []),
        *(["invented"] if anchor.invented else []),
    ]
    return f"“{anchor.quote}”" + (f" ({', '.join(more)})" if more else "")
