"""The ratings that tables count: one rater's of each source or case, never several added up."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from statistics import median_high, median_low
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.analysis.groups import NOBODY
from p3c_qual.analysis.people import Speakers
from p3c_qual.analysis.reading_set import CONSENSUS
from p3c_qual.coding.names import find_key, ids_by_key
from p3c_qual.coding.wanted import MAIN
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.mayring.structuring.cases import cases_of, sources_of
from p3c_qual.mayring.structuring.scales import scales_of
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from p3c_qual.mayring.question import Question
    from p3c_qual.mayring.structuring.cases import Case
    from p3c_qual.mayring.structuring.scales import Scale

__all__ = ["BY", "CASES", "SEGMENTS", "Rated", "Ratings", "median_of"]

#: what tables of ratings group by
BY = ("programme", "stakeholder_type", "site")
SEGMENTS, CASES = "segments", "cases"


@dataclass(frozen=True, slots=True)
class Rated:
    """One rating that counts.

    Attributes
    ----------
    code : str
        Row id of the ordinal code.
    unit : str
        ``segments`` or ``cases``.
    value : int or None
        None where it is not ratable.
    case : Case or None
        Whose words they are, or the case that was rated.
    row : mapping
        As stored.
    """

    code: str
    unit: str
    value: int | None
    case: Case | None
    programme: str
    site: str
    types: tuple[str, ...]
    row: Any

    def groups(self, by: str | None) -> Sequence[str]:
        """Return the groups it is in; a person of several types is in several."""
        if by is None:
            return ("",)
        if by == "stakeholder_type":
            return self.types or (NOBODY,)
        if by == "site":
            return (f"{self.programme}/{self.site}" if self.site else NOBODY,)
        return (self.programme or NOBODY,)


def median_of(values: Sequence[int], scale: Scale) -> str:
    """Return the level in the middle by its label; two where it lies between them.

    Examples
    --------
    >>> from p3c_qual.mayring.structuring.scales import Scale
    >>> scale = Scale("", "", "", "", {1: "hindering", 2: "mixed", 3: "enabling"}, {})
    >>> median_of([1, 1, 3], scale), median_of([1, 3], scale), median_of([], scale)
    ('hindering', 'between hindering and enabling', '')
    """
    if not values:
        return ""
    low, high = (scale.levels.get(m, str(m)) for m in (median_low(values), median_high(values)))
    return low if low == high else f"between {low} and {high}"


class Ratings:
    """The ratings of a question that count.

    Of each source, and of each case, those of the consensus count where there is one, else those
    of its main coder, else those of the only one who rated it, in the round of first coding.

    Parameters
    ----------
    connection : Connection
    question : Question
    coder, round : str, optional
        Count this coder's ratings, or this round's.

    Attributes
    ----------
    scales : list of Scale
    cases : list of Case
    rated : list of Rated
    caption : str
        Names whose ratings are counted.

    Raises
    ------
    P3CError
        If the coder or round is unknown, or several rated and none of them is the main coder.
    """

    def __init__(
        self,
        connection: Connection,
        question: Question,
        *,
        coder: str | None = None,
        round: str | None = None,
    ) -> None:
        self.scales = scales_of(connection, question)
        self._sources = sources_of(connection, question)
        self.cases = cases_of(connection, question, self._sources)
        self._case = {case.id: case for case in self.cases}
        self._homes: dict[str, list[Case]] = defaultdict(list)
        for case in self.cases:
            for source in case.sources:
                self._homes[source].append(case)
        coders = ids_by_key(connection, "coder")
        self._names = {row: key for key, row in coders.items()}
        if coder is not None and (problem := find_key(coders, coder, "coder")):
            raise P3CError(problem)
        self._speakers = Speakers(self._sources)
        self._speakers.prepare(connection, self._sources)
        rows = self._read(connection, question)
        rounds = {row["round"] for row in rows}
        if round is not None and round not in rounds:
            valid = tuple(sorted(rounds))
            raise P3CError(
                Problem(f"nobody rated in round {round!r}", "", valid, nearest(round, valid))
            )
        self._ways: Counter[str] = Counter()
        self._left = 0
        self.rated = [self._of(row) for row in self._chosen(rows, coder, round)]
        ways = [f"{way} ({count:,} ratings)" for way, count in sorted(self._ways.items())]
        self.caption = "Ratings of: " + ("; ".join(ways) or "nobody yet")
        if self._left:
            self.caption += f"; {self._left:,} of other rounds or coders not counted"
        self.caption += "."

    def _read(self, connection: Connection, question: Question) -> list[Any]:
        table = ROWS["rating"]
        wanted = select(table).where(table.c.question == question.id).order_by(table.c.id)
        codes = {scale.id for scale in self.scales}
        return [
            row
            for row in connection.execute(wanted).mappings()
            if row["code"] in codes
            and row["target"] in (self._sources if row["about"] == "span" else self._case)
        ]

    def _chosen(self, rows: Sequence[Any], coder: str | None, round_: str | None) -> list[Any]:
        by_target: dict[tuple[bool, str], list[Any]] = defaultdict(list)
        for row in rows:
            by_target[row["about"] == "span", row["target"]].append(row)
        found: list[Any] = []
        problems: list[Problem] = []
        for (span, target), some in by_target.items():
            rounds = {row["round"] for row in some}
            here = round_ or (CONSENSUS if CONSENSUS in rounds and coder is None else MAIN)
            mine = [row for row in some if row["round"] == here]
            names = {self._names.get(row["coder"], "") for row in mine}
            key = self._sources[target].key if span else self._case[target].key
            main = self._main(target, span=span)
            if coder is not None:
                picked, way = {coder}, coder
            elif here == CONSENSUS:
                picked, way = names, "the consensus"
            elif names & main:
                picked = {min(names & main)}
                way = f"the main coder {next(iter(picked))}"
            elif len(names) <= 1:
                picked, way = names, f"the only rater {''.join(names)}"
            else:
                what = f"{len(names)} coders rated it in round {here!r}, its main coder did not"
                problems.append(
                    Problem(what, key, tuple(sorted(names)), do="Name one as the coder.")
                )
                continue
            kept: dict[Any, Any] = {}
            for row in mine:
                if self._names.get(row["coder"], "") in picked:
                    # several people's consensus may name a span twice
                    kept.setdefault((row["code"], row["start"], row["end"]), row)
            self._ways[way] += len(kept)
            self._left += len(some) - len(kept)
            found += kept.values()
        if problems:
            raise P3CError(problems)
        return found

    def _main(self, target: str, *, span: bool) -> set[str]:
        sources = (target,) if span else self._case[target].sources
        return {self._sources[name].main_coder for name in sources} - {""}

    def _of(self, row: Any) -> Rated:
        value = row["value"] if row["ratable"] is not False else None
        if row["about"] != "span":
            case = self._case[row["target"]]
            of = (case.programme, case.site, case.stakeholder_types)
            return Rated(row["code"], CASES, value, case, *of, row)
        source = self._sources[row["target"]]
        person = self._speakers.of(source.id, row["start"])
        homes = self._homes[source.id]
        mine = homes if len(homes) == 1 else [c for c in homes if person and c.id == person.id]
        types = person.types if person else ()
        case_ = mine[0] if mine else None
        of = (source.programme, source.site, types)
        return Rated(row["code"], SEGMENTS, value, case_, *of, row)
