"""One reading of one source: whose it is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from p3c_qual.coding.names import find_key, ids_by_key
from p3c_qual.coding.wanted import MAIN
from p3c_qual.coding.worked import list_readings
from p3c_qual.errors import P3CError, Problem

if TYPE_CHECKING:
    import pandas as pd

    from p3c_qual.study import Study

__all__ = ["OwnReading", "find_reading"]


@dataclass(frozen=True)
class OwnReading:
    """A source as one coder reads it in one round.

    Attributes
    ----------
    source, coder, round : str
        Keys, and the name of the round.
    why : str
        How those came about that were not named.
    """

    source: str
    coder: str
    round: str
    why: str = ""

    @property
    def name(self) -> str:
        """How people call it."""
        return f"{self.source}, read by {self.coder} in the round {self.round}"

    def __repr__(self) -> str:
        chosen = f" Not named, so chosen: {self.why}." if self.why else ""
        return f"{self.name}.{chosen}"


def find_reading(
    study: Study, *, source: str = "", coder: str | None = None, round: str | None = None
) -> OwnReading:
    """Check whose reading of which source is meant, and choose what is not named.

    Parameters
    ----------
    study : Study
    source : str
        Key; by default the first that the coder worked on in this round.
    coder : str, optional
        Key; by default the one who works here, once they read anything at all, else the one who
        worked on most sources.
    round : str, optional
        By default that of first coding.

    Returns
    -------
    OwnReading
        It says what was chosen, and why.

    Raises
    ------
    P3CError
        With every name that is unknown.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> find_reading(study, source="IP01")
    Traceback (most recent call last):
    p3c_qual.errors.P3CError: unknown source 'IP01'. The study has no source yet.
    """
    readings = list_readings(study)
    with study.store.read() as connection:
        sources, coders = (ids_by_key(connection, name) for name in ("source", "coder"))
    rounds = dict.fromkeys([MAIN, *readings["round"]])
    # the coder who works here may read a source before they coded anything
    known = coders | ({study.coder: ""} if study.coder else {})
    problems = [find_key(sources, source, "source")] if source else []
    if not sources and not source:
        problems = [Problem("the study has no source yet", do="Add sources first.")]
    problems += [find_key(known, coder, "coder")] if coder else []
    problems += [find_key(rounds, round, "round")] if round else []
    if found := [each for each in problems if each]:
        raise P3CError(found)
    why = [] if round else [f"the round {MAIN}, that of first coding"]
    turn = round or MAIN
    here = readings[readings["round"] == turn]
    if not coder:
        coder, reason = _coder(study, readings, here, source)
        why.append(reason)
    if not source:
        mine = sorted(here.loc[here["coder"] == coder, "source"])
        source = mine[0] if mine else min(sources)
        why.append(
            f"{source}, the first that {coder} worked on" if mine else f"{source}, the first"
        )
    return OwnReading(source, coder, turn, "; ".join(why))


def _coder(
    study: Study, readings: pd.DataFrame, here: pd.DataFrame, source: str
) -> tuple[str, str]:
    """Return whose reading is meant where nobody is named, and why."""
    # somebody who codes here is never shown the work of another unasked: coders may work apart
    if study.coder and (study.coder in set(readings["coder"]) or readings.empty):
        return study.coder, f"{study.coder}, who works here"
    worked = Counter((here[here["source"] == source] if source else here)["coder"])
    if not worked:
        return study.actor, f"{study.actor}, since nobody has read it yet"
    coder = min(worked, key=lambda name: (-worked[name], name))
    return coder, f"{coder}, who worked on {'it' if source else 'most sources'}"
