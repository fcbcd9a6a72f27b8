"""Coded segments, by any condition."""

from __future__ import annotations

import csv
from itertools import islice
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.analysis.segments import COLUMNS, Segments
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.store.bulk import uncollected
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from p3c_qual.study import Study

__all__ = ["COLUMNS", "list_codings", "write_codings"]

_CONTEXTS = ("turn",)


def list_codings(
    study: Study, where: str | None = None, *, context: str | None = None, **filters: Any
) -> pd.DataFrame:
    """List coded segments, ordered by source, place and code.

    Parameters
    ----------
    study : Study
    where : str, optional
        A condition on any column of the codings, their sources or the study's variables, such as
        ``"site == 'north' and round in ['main', 'second']"``; see `where.read_condition`.
    context : str, optional
        ``turn``: with the whole turns a segment stands in, and the interviewer's turn before.
    **filters
        ``code`` (with everything below it), ``source``, ``programme``, ``site``,
        ``interviewee``, ``coder``, ``round``, ``question``: a value or a list; ``limit``.
        A site that two programmes have is written ``programme/site``.

    Returns
    -------
    DataFrame
        ``id``, ``source``, ``programme``, ``site``, ``interviewee`` (whose words they are),
        ``start``, ``end`` (int, code points), ``code``, ``coder``, ``round``, ``quote``; then
        ``question`` in a study that has research questions, and ``turn`` and ``before`` with
        `context`.

    Raises
    ------
    P3CError
        If a filter or a value in it is unknown.
    """
    import pandas as pd

    if context is not None and context not in _CONTEXTS:
        raise P3CError(
            Problem(
                f"unknown context {context!r}",
                valid=_CONTEXTS,
                nearest=nearest(context, _CONTEXTS),
            )
        )
    with study.store.read() as connection:
        segments = Segments(study, connection, where, filters)
        columns = list(COLUMNS)
        with uncollected():
            rows = list(segments)
        if not _asks(connection):
            rows = [row[:-1] for row in rows]
        else:
            columns.append("question")
        if context:
            from p3c_qual.analysis.context import turns_around

            places = [(row[1], row[5], row[6]) for row in rows]
            around = turns_around(study, connection, places)
            rows = [(*row, *found) for row, found in zip(rows, around, strict=True)]
            columns += ["turn", "before"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame if rows else frame.astype({"start": "int64", "end": "int64"})


def write_codings(study: Study, path: Path, where: str | None = None, **filters: Any) -> int:
    """Write coded segments as CSV that `code --csv` takes back; returns how many.

    Parameters and errors as for `list_codings`; nothing is left of a file that could not be
    written whole.
    """
    part = path.with_name(path.name + ".part")
    try:
        with study.store.read() as connection, part.open("w", encoding="utf-8", newline="") as file:
            asks = _asks(connection)
            rows = iter(Segments(study, connection, where, filters))
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow((*COLUMNS, "question") if asks else COLUMNS)
            count = 0
            while run := list(islice(rows, 2_000)):
                writer.writerows(run if asks else (row[:-1] for row in run))
                count += len(run)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise P3CError(
            Problem(f"the file cannot be written ({error.strerror})", str(path))
        ) from error
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return count


def _asks(connection: Any) -> bool:
    """Say whether the study has research questions, which a copy must not lose."""
    reading = ROWS["reading"]
    wanted = select(reading.c.id).where(reading.c.question != "").limit(1)
    return connection.scalar(wanted) is not None
