"""How often codes were given, in one of three counting units that are never mixed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from p3c_qual.analysis.cache import kept
from p3c_qual.analysis.counting import count_codings
from p3c_qual.analysis.groups import check_grouping
from p3c_qual.analysis.known import known_sources
from p3c_qual.analysis.rates import spoken_words
from p3c_qual.analysis.tally import COUNTS, Tally
from p3c_qual.errors import P3CError, Problem, nearest

if TYPE_CHECKING:
    import pandas as pd
    from sqlalchemy import Connection

    from p3c_qual.codebook.model import Codebook
    from p3c_qual.study import Study

__all__ = ["COUNTS", "table_frequencies"]


def table_frequencies(
    study: Study,
    *,
    by: str = "site",
    count: str = "segments",
    codebook: str = "selfie",
    coder: str | None = None,
    round: str | None = None,
    rate: str | None = None,
) -> pd.DataFrame:
    """Count codes by groups of sources.

    A code counts its own codings and those of everything below it, each once. All codes are
    listed, those never given with zero; a cell is missing (not zero) where no interview of the
    group asked for the code. One reading of each source is counted, see `choose_readings`.

    Parameters
    ----------
    study : Study
    by : str
        ``programme``, ``site``, ``country``, ``stakeholder_type``, ``source``, ``coder``, a
        property of sources (``kind``, ``wave``, ...) or any variable of the study.
    count : str
        ``segments`` (codings), ``interviewees`` or ``programmes`` with at least one coding.
    codebook : str
    coder, round : str, optional
        Count this coder's codings, or this round's.
    rate : str, optional
        ``words``: segments per 1,000 words of the interviewees.

    Returns
    -------
    DataFrame
        ``code`` (str), one column a group and ``total`` (Int64; Float64 with `rate`; missing
        where not asked). ``attrs``: ``unit``, ``reading_set``, ``caption`` (str),
        ``denominators`` (dict by group: sources, interviewees, programmes or words in the
        reading set), ``labels`` and ``depth`` (dicts by code).

    Raises
    ------
    P3CError
        If an argument is unknown, or a rate is asked of excerpts.

    Notes
    -----
    Frequencies are given with their counting unit (Mayring 2014, Qualitative content analysis).
    `total` is counted over the union of the groups; where groups overlap it is not their sum,
    and the caption says so.

    Examples
    --------
    >>> import tempfile
    >>> from p3c_qual.opening import new_study
    >>> study = new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> table_frequencies(study, by="programme").set_index("code").loc["workforce", "total"]
    np.int64(0)
    """
    problems = []
    if count not in COUNTS:
        problems.append(
            Problem(
                f"unknown counting unit {count!r}", valid=COUNTS, nearest=nearest(count, COUNTS)
            )
        )
    if rate not in {None, "words"}:
        problems.append(
            Problem(
                f"unknown rate {rate!r}", valid=("words",), nearest=nearest(str(rate), ["words"])
            )
        )
    elif rate and count != "segments":
        problems.append(Problem("a rate per words is one of segments", do="Leave out --count."))
    with study.store.read() as connection:
        for check in (
            lambda: check_grouping(by, known_sources(study, connection).values()),
            lambda: _book(study, connection, codebook),
        ):
            try:
                check()
            except P3CError as error:
                problems += error.problems
        if problems:
            raise P3CError(problems)
        apart = by == "coder"
        counted = kept(
            study,
            connection,
            f"counted/{apart}/{coder}/{round}/{codebook}",
            lambda: count_codings(
                study, connection, apart=apart, coder=coder, round=round, codebook=codebook
            ),
        )
        book = _book(study, connection, codebook)
        asked = kept(study, connection, f"asked/{codebook}", lambda: _asked(connection, book))
        tally = Tally(counted, by, "rate" if rate else count, book, asked)
        if rate:
            spoken = {slot.source.id for slot in counted.slots if slot.person}
            tally.per_words(spoken_words(study, connection, spoken))
    return tally.frame()


def _book(study: Study, connection: Connection, key: str) -> Codebook:
    from p3c_qual.codebook.stored import stored_codebook

    found: Codebook = kept(
        study, connection, f"book/{key}", lambda: stored_codebook(connection, key)
    )
    return found


def _asked(connection: Connection, book: Codebook) -> dict[str, frozenset[str] | None]:
    from p3c_qual.sources.protocols_stored import asked_by_source

    return asked_by_source(connection, book)
