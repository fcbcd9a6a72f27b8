"""Gathering what a study holds on one programme."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.report.evidence import Evidence, known

if TYPE_CHECKING:
    import pandas as pd

    from p3c_qual.study import Study

__all__ = ["read_evidence"]

#: which coder (None for the consensus) and which round is read of each source
Readings = dict[str, tuple[str | None, str]]


def read_evidence(
    study: Study,
    programme: str,
    *,
    codebook: str = "selfie",
    coder: str | None = None,
    round: str | None = None,
    like: Evidence | None = None,
    first: int = 1,
) -> Evidence:
    """Gather what a study holds on one programme.

    Parameters
    ----------
    study : Study
        An open study.
    programme : str
        Key of the programme.
    codebook : str
        Whose codes are counted.
    coder, round : str or None
        Take these codings instead of the reading set.
    like : Evidence, optional
        Of the same programme in the codes of another codebook: what is not codes is taken from it.
    first : int
        Number of its first document, in a report on several programmes.

    Returns
    -------
    Evidence

    Raises
    ------
    P3CError
        If the study has no such programme.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(tempfile.mkdtemp() + "/mine", title="Mine", coder="anna")
    >>> read_evidence(study, "harbour")
    Traceback (most recent call last):
    p3c_qual.errors.P3CError: the study has no programme 'harbour'.
    """
    from p3c_qual.analysis.frequencies import table_frequencies

    rows = [_texts(row) for row in study.programmes().to_dict("records")]
    keys = [row["programme"] for row in rows]
    if programme not in keys:
        problem = Problem(
            f"the study has no programme {programme!r}",
            valid=tuple(keys),
            nearest=nearest(programme, keys),
        )
        raise P3CError(problem)
    about = {**rows[keys.index(programme)], "number": str(keys.index(programme) + 1)}
    options: Any = {"codebook": codebook, "coder": coder, "round": round}
    by_source = table_frequencies(study, by="source", count="segments", **options)
    everywhere = like.everywhere if like else _sources(study)
    sources = tuple(s for s in everywhere.values() if s["programme"] == programme)
    readings = _readings(study, {s["source"] for s in sources}, coder, round, codebook)
    by_source.attrs["reading_set"] = _in_words(readings, len(sources))
    codings = study.codings(programme=programme)
    # a key that two codebooks share is listed with its codebook before it
    codings["code"] = codings["code"].str.removeprefix(f"{codebook}:")
    codings = codings[codings["code"].isin(list(by_source["code"]))]
    return Evidence(
        study=study,
        programme=about,
        sources=sources,
        interviewees=like.interviewees if like else _interviewees(study, programme, sources),
        codings=_read(codings, readings),
        by_source=by_source,
        segments=table_frequencies(study, by="programme", count="segments", **options),
        people=table_frequencies(study, by="programme", count="interviewees", **options),
        codebook=_version(study, codebook),
        reading_set=by_source.attrs["reading_set"],
        key=codebook,
        everywhere=everywhere,
        kept=like.kept if like else {},
        first=like.first if like else first,
    )


def _readings(
    study: Study, sources: set[str], coder: str | None, round_: str | None, codebook: str
) -> Readings:
    """Return the same choice the tables count, by keys."""
    from p3c_qual.analysis.reading_set import choose_readings
    from p3c_qual.coding.names import ids_by_key

    with study.store.read() as connection:
        chosen = choose_readings(connection, coder=coder, round=round_, codebook=codebook)
        readings = chosen.readings
        source_of = {row: key for key, row in ids_by_key(connection, "source").items()}
        coder_of = {row: key for key, row in ids_by_key(connection, "coder").items()}
    return {
        source_of[each.source]: (each.coder and coder_of[each.coder], each.round)
        for each in readings
        if source_of.get(each.source) in sources
    }


def _read(codings: pd.DataFrame, readings: Readings) -> pd.DataFrame:
    import pandas as pd

    def counts(source: str, coder: str, round_: str) -> bool:
        who, read = readings.get(source, (coder, ""))
        return read == round_ and who in {None, coder}

    columns = (codings["source"], codings["coder"], codings["round"])
    keep = [counts(*row) for row in zip(*columns, strict=True)]
    # a plain empty list would choose no columns instead of no rows
    return codings[pd.Series(keep, index=codings.index, dtype=bool)]


def _in_words(readings: Readings, sources: int) -> str:
    """Name the readings of this programme: the whole study's are of no use to its reader."""
    ways = Counter(
        "consensus" if who is None else f"{who}" + ("" if round_ == "main" else f", round {round_}")
        for who, round_ in readings.values()
    )
    parts = [f"{way} in {n} of {sources} sources" for way, n in sorted(ways.items())]
    return "; ".join(parts) or "no source worked through"


def _interviewees(
    study: Study, programme: str, sources: tuple[dict[str, str], ...]
) -> tuple[dict[str, str], ...]:
    people, found = study.interviewees(), []
    for row in people[people["programme"] == programme].to_dict("records"):
        person = _texts(row)
        key = person["interviewee"]
        spoken = [s for s in sources if key in s["interviewee"].split(";")]
        originals = [s for s in spoken if not s["translation_of"]]
        person["dates"] = ", ".join(sorted({s["date"] for s in originals if s["date"]}))
        person["sites"] = ", ".join(sorted({s["site"] for s in spoken if s["site"]}))
        found.append(person)
    return tuple(found)


def _sources(study: Study) -> dict[str, dict[str, str]]:
    return {str(row["source"]): _source(row) for row in study.sources().to_dict("records")}


def _source(row: dict[Any, Any]) -> dict[str, str]:
    record = _texts(row)
    return {**record, "title": record["title"] or record["source"]}


def _texts(row: dict[Any, Any]) -> dict[str, str]:
    return {str(name): known(value) for name, value in row.items()}


def _version(study: Study, codebook: str) -> str:
    books = study.codebooks()
    versions = books.loc[books["codebook"] == codebook, "version"]
    return " ".join([codebook, *(f"version {version}" for version in versions if version)])
