"""Scaling: a level of an ordinal code, given to a span or to a case."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select

from p3c_qual.coding.wanted import MAIN
from p3c_qual.errors import P3CError, Problem
from p3c_qual.mayring.structuring.rating_intake import WantedRating, take_ratings
from p3c_qual.mayring.structuring.scales import NOT_RATABLE
from p3c_qual.store import payloads
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from p3c_qual.opened import Opened

__all__ = [
    "NOT_RATABLE",
    "WantedRating",
    "rate",
    "rate_csv",
    "take_ratings",
    "unrate",
]

_NEEDED = ("question", "code", "source", "start", "end", "level")


def rate(
    study: Opened,
    question: str,
    code: str,
    *,
    level: int | str,
    source: str = "",
    start: int | None = None,
    end: int | None = None,
    case: str = "",
    reason: str = "",
    coder: str | None = None,
    round: str = MAIN,
    id: str | None = None,
) -> str:
    r"""Give a span or a case a level of an ordinal code.

    Within a round a coder rates each character on a code once: the same span rated again changes
    the rating, an overlapping one is refused.

    Parameters
    ----------
    study : Study
    question : str
        Key or row id of a question of scaling structuring.
    code : str
        An ordinal code of its codebook.
    level : int or str
        A level's value or label, or ``not_ratable``, which is no level.
    source : str
        Key or row id; with `start` and `end` in code points.
    case : str
        Key or row id, instead of a span.
    reason : str
        Why this level.
    coder : str, optional
        Whose rating it is; by default who works here.
    round : str
    id : str, optional
        Of the act, see `p3c_qual.store.act.begin_act`.

    Returns
    -------
    str
        The rating's row id.

    Raises
    ------
    P3CError
        Naming everything that is unknown, with the valid levels and their labels, or the rating
        that is overlapped.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> from p3c_qual.mayring.asking import ask_question
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> path = study.path / "IP01.txt"
    >>> _ = path.write_text("I: How do you meet?\nR: Each week. It helps.\n")
    >>> from p3c_qual.sources.incoming import Incoming
    >>> _ = study.add([Incoming(path, interviewee="IP01")])
    >>> from p3c_qual.codebook.code import Code, ScaleLevel
    >>> from p3c_qual.codebook.model import Codebook
    >>> from p3c_qual.codebook.stored import load_codebook
    >>> levels = (ScaleLevel(1, "hindering"), ScaleLevel(2, "enabling"))
    >>> code = Code("valence", "Valence", kind="ordinal", levels=levels)
    >>> with study.act("load a scale") as act:
    ...     _ = load_codebook(act, Codebook("scale", "Scale", codes=(code,)))
    >>> units = {"coding_unit": "sentence", "context_unit": "source", "recording_unit": "source"}
    >>> _ = ask_question(study, "Does it help?", "scaling", key="q", codebook="scale", **units)
    >>> name = rate(study, "q", "valence", source="IP01", start=34, end=43, level=2)
    >>> name == rate(study, "q", "valence", source="IP01", start=34, end=43, level="hindering")
    True
    """
    who = coder or study.coder or ""
    wanted = WantedRating(
        question, code, source, start, end, case, level, reason, who, round or MAIN
    )
    with study.act("rate", id=id) as act:
        return take_ratings(act, [wanted])[0]


def rate_csv(
    study: Opened, path: str | Path, *, coder: str | None = None, id: str | None = None
) -> list[str]:
    """Take ratings from a file; all of them, or none where a row is at fault.

    Columns: ``question``, ``code``, ``source``, ``start``, ``end``, ``level`` and, where there
    are such, ``reason``, ``coder``, ``round``. A row without start and end rates the case that
    the source belongs to.

    Parameters
    ----------
    study : Study
    path : str or pathlib.Path
    coder : str, optional
        Who rated, where no column says it; by default who acts.
    id : str, optional
        Of the act.

    Returns
    -------
    list of str
        Row ids of the ratings, in the order of the rows.

    Raises
    ------
    P3CError
        Every fault with its row.
    """
    from p3c_qual.coding.csv_form import read_rows
    from p3c_qual.mayring.structuring.tables import check_columns, whole

    path = Path(path)
    columns, rows = read_rows(path)
    check_columns(path, columns, _NEEDED)
    wanted, faults = [], []
    for line, row in rows:
        where = f"{path}:{line}"
        cells = {name: (row.get(name) or "").strip() for name in (*_NEEDED, "coder", "round")}
        places = [whole(name, cells[name], where) for name in ("start", "end")]
        bad = [each for each in places if isinstance(each, Problem)]
        faults += bad
        start, end = (None if isinstance(each, Problem) else each for each in places)
        if (start is None) != (end is None) and not bad:
            faults.append(Problem("a span needs its start and its end", where))
            continue
        wanted.append(
            WantedRating(
                cells["question"],
                cells["code"],
                cells["source"],
                start,
                end,
                "",
                cells["level"],
                row.get("reason") or "",
                cells["coder"] or coder or study.coder or "",
                cells["round"] or MAIN,
                where,
            )
        )
    with study.act(f"rate from {path.name}", id=id) as act:
        return take_ratings(act, wanted, faults)


def unrate(study: Opened, ratings: Sequence[str], *, id: str | None = None) -> int:
    """Take ratings away; returns how many.

    Parameters
    ----------
    study : Study
    ratings : sequence of str
        Row ids.
    id : str, optional
        Of the act.

    Raises
    ------
    P3CError
        If one of them is gone already, with who took it away.
    """
    from p3c_qual.coding.standing import gone

    table = ROWS["rating"]
    names = list(dict.fromkeys(ratings))
    with study.act(f"take {len(names)} rating{'s' * (len(names) != 1)} away", id=id) as act:
        there: set[str] = set()
        for run in payloads.chunks(names, 500):
            there.update(act.connection.scalars(select(table.c.id).where(table.c.id.in_(run))))
        lost = [gone(act.connection, "rating", name) for name in names if name not in there]
        if lost or not names:
            raise P3CError(lost or [Problem("no rating is named")])
        return act.delete("rating", names)
