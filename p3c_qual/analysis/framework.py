"""Who spoke of which part of a framework: its segments, each at its levels, and what is around."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from p3c_qual.analysis.asked import Asking
from p3c_qual.analysis.cache import kept
from p3c_qual.analysis.counting import count_codings
from p3c_qual.analysis.groups import NOBODY, check_grouping, group_slots
from p3c_qual.analysis.known import known_sources
from p3c_qual.errors import P3CError, Problem, nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import pandas as pd
    from sqlalchemy import Connection

    from p3c_qual.analysis.counting import Counted
    from p3c_qual.codebook.model import Codebook
    from p3c_qual.study import Study

__all__ = ["AROUND", "LEVELS", "has_levels", "table_selfie"]

LEVELS = ("micro", "meso", "macro")
#: what is in the middle, and at the rim; it has no level
AROUND = ("core", "environment", "monitoring")
#: what the framework has in its middle and at its rim stands in a codebook of its own
_BESIDE = {"selfie": "selfie_person"}
#: the group that everybody is in
EVERYBODY = "all"
_UNIT = "interviewees with at least one coded segment"


def table_selfie(
    study: Study,
    *,
    by: str = "programme",
    programme: str = "",
    country: str = "",
    codebook: str = "selfie",
    coder: str | None = None,
    round: str | None = None,
) -> pd.DataFrame:
    """Return how many interviewees spoke of each segment of the framework at each level.

    Parameters
    ----------
    study : Study
    by : str
        What groups are made of, see `table_frequencies`; ``all`` for everybody together.
    programme, country : str
        Only this programme, or the programmes of this country.
    codebook : str
        One whose codes have levels.
    coder, round : str, optional
        Count this coder's codings, or this round's.

    Returns
    -------
    DataFrame
        ``group``, ``segment``, ``label`` (str), ``micro``, ``meso``, ``macro`` and ``whole``
        (Int64): a row a group and segment, then the person, the environment and what stands at
        the rim, which have no level. Missing where nobody was asked, where the segment has no
        code at that level, where a group has only segments themselves coded, or nothing of what
        is around. ``attrs``:
        ``caption``, ``unit``, ``reading_set``, ``denominators`` (interviewees by group),
        ``groups`` (labels), ``headings``, ``notes``.

    Raises
    ------
    P3CError
        If an argument is unknown, or the codes of the codebook have no level.

    Notes
    -----
    The segments and levels are those of the SELFIE framework (Leijten et al. 2018, Health Policy
    122). An interviewee counts once a cell; a document counts in none.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> table_selfie(study, by="all").attrs["denominators"]
    {'all': 0}
    """
    with study.store.read() as connection:
        known = known_sources(study, connection).values()
        if by == "coder":
            what = "what each coder did stands apart, and is not one reading to draw"
            raise P3CError(Problem(what, "by=", do="Name one coder instead."))
        if by != EVERYBODY:
            check_grouping(by, known)
        chosen = _chosen(study, programme, country)
        book = _book(study, connection, codebook)
        if not _levels(book):
            what = f"the codes of {codebook!r} have no levels"
            raise P3CError(Problem(what, "codebook=", LEVELS, do="Name one such as selfie."))
        only = chosen if programme or country else None
        whose = {"coder": coder, "round": round}
        parts = [_Part(study, connection, book, _segments(book), by, only, whose)]
        around = _BESIDE.get(codebook, "")
        if around and any(
            each.codebook == around for each in parts[0].counted.codes.by_id.values()
        ):
            other = _book(study, connection, around)
            parts.append(_Part(study, connection, other, _segments(other), by, only, whose))
    return _frame(parts, by, chosen)


def has_levels(study: Study, codebook: str) -> bool:
    """Say whether the codes of a codebook have levels, so that a wheel can be drawn of them.

    Parameters
    ----------
    study : Study
    codebook : str
        Key of one that the study has.
    """
    with study.store.read() as connection:
        return _levels(_book(study, connection, codebook))


def _levels(book: Codebook) -> bool:
    return any(code.level in LEVELS for code in book.codes)


@dataclass(frozen=True)
class _Segment:
    """A code at the top, with the codes of it by level; no level at all: the person, the rim."""

    key: str
    label: str
    codes: dict[str, list[str]]


def _segments(book: Codebook) -> list[_Segment]:
    found = []
    for code in book.codes:
        if code.parent or not code.in_framework:
            continue
        below = book.below(code.key)
        levels = {level: [each.key for each in below if each.level == level] for level in LEVELS}
        codes = {"whole": [code.key, *(each.key for each in below)]} | {
            level: keys for level, keys in levels.items() if keys
        }
        found.append(_Segment(code.key, code.label, codes))
    return found


class _Part:
    """The segments of one codebook, counted."""

    def __init__(
        self,
        study: Study,
        connection: Connection,
        book: Codebook,
        segments: list[_Segment],
        by: str,
        only: Collection[str] | None,
        whose: dict[str, str | None],
    ) -> None:
        from p3c_qual.sources.protocols_stored import asked_by_source

        coder, round_ = whose["coder"], whose["round"]
        # the same count as that of the tables of frequencies, made once
        self.counted: Counted = kept(
            study,
            connection,
            f"counted/False/{coder}/{round_}/{book.key}",
            lambda: count_codings(study, connection, coder=coder, round=round_, codebook=book.key),
        )
        asked = kept(
            study, connection, f"asked/{book.key}", lambda: asked_by_source(connection, book)
        )
        self.segments = segments
        self._asking = Asking(self.counted.slots, asked)
        codes = self.counted.codes.by_id
        self._rows = {
            codes[name].key: row
            for name, row in self.counted.rows.items()
            if codes[name].codebook == book.key
        }
        here = [
            n
            for n, slot in enumerate(self.counted.slots)
            if slot.person and (only is None or slot.source.programme in only)
        ]
        wanted = set(here)
        groups = {EVERYBODY: here} if by == EVERYBODY else group_slots(by, self.counted)
        self.groups = {
            name: [n for n in members if n in wanted]
            for name, members in groups.items()
            if (only is None or by != "programme" or name in only)
            and (name != NOBODY or wanted.intersection(members))
        }
        self.used = self._with(list(self._rows))
        leveled = [code.key for code in book.codes if code.level in LEVELS]
        self.leveled = self._with(leveled)

    def _with(self, keys: Collection[str]) -> dict[str, bool]:
        """Return of each group whether any of these codes was given in it."""
        rows = self.counted.segments[[self._rows[key] for key in keys]]
        return {name: bool(rows[:, members].any()) for name, members in self.groups.items()}

    def people(self, members: Sequence[int]) -> int:
        """Return how many interviewees there are."""
        return len(self._persons(members))

    def count(self, members: Sequence[int], keys: Collection[str]) -> int | None:
        """Return how many interviewees have a coding of one of these codes; None: not asked."""
        rows = [self._rows[key] for key in keys]
        counts = self.counted.segments[rows][:, list(members)].sum(axis=0).tolist()
        found = self._persons([n for n, count in zip(members, counts, strict=True) if count])
        about = self._asking.about(members)
        if not found and about is not None and about.isdisjoint(keys):
            return None
        return len(found)

    def _persons(self, members: Sequence[int]) -> set[str]:
        return {person.id for n in members if (person := self.counted.slots[n].person)}


def _frame(parts: Sequence[_Part], by: str, chosen: dict[str, str]) -> pd.DataFrame:
    import pandas as pd

    first = parts[0]
    rows: list[dict[str, Any]] = []
    for name, members in first.groups.items():
        for part in parts:
            here = members if part is first else part.groups.get(name, [])
            for segment in part.segments:
                row: dict[str, Any] = {
                    "group": name,
                    "segment": segment.key,
                    "label": segment.label,
                }
                for level in (*LEVELS, "whole"):
                    keys = segment.codes.get(level)
                    # what was never coded with a codebook says nothing of it
                    known = part is first or part.used.get(name)
                    # where only segments themselves are coded, nothing is said of their levels
                    known = known and (level == "whole" or part.leveled.get(name, False))
                    row[level] = part.count(here, keys) if keys and known else None
                rows.append(row)
    columns = ["group", "segment", "label", *LEVELS, "whole"]
    frame = pd.DataFrame(rows, columns=columns)
    frame = frame.astype(dict.fromkeys([*LEVELS, "whole"], "Int64"))
    sizes = {name: first.people(members) for name, members in first.groups.items()}
    labels = {name: chosen.get(name, name) for name in sizes}
    labels |= {EVERYBODY: "All interviewees"} if by == EVERYBODY else {}
    frame.attrs = {
        "caption": "Interviewees who spoke of each segment of the framework, by level",
        "unit": _UNIT,
        "reading_set": first.counted.set.caption,
        "denominators": sizes,
        "groups": labels,
        "headings": {
            "group": by.replace("_", " ").capitalize(),
            "label": "Segment",
            "micro": "Micro",
            "meso": "Meso",
            "macro": "Macro",
            "whole": "In all",
        },
        "shown": [*(["group"] if len(sizes) > 1 else []), "label", *LEVELS, "whole"],
        "once": ["group"],
        "notes": [
            "An interviewee counts once a cell, so a row does not add up; documents do not count.",
            "In all: at any level, and where only the segment itself is coded.",
            "Empty: not asked, or nothing coded that would say it.",
        ],
    }
    return frame


def _chosen(study: Study, programme: str, country: str) -> dict[str, str]:
    """Return the labels of the programmes that are asked for; of all of them by default."""
    found = study.programmes()
    labels = dict(zip(found["programme"], found["label"], strict=True))
    if programme and programme not in labels:
        what = f"the study has no programme {programme!r}"
        near = nearest(programme, tuple(labels))
        raise P3CError(Problem(what, "programme=", tuple(labels), near))
    countries = dict(zip(found["programme"], found["country"], strict=True))
    valid = tuple(sorted({each for each in countries.values() if each}))
    if country and country not in valid:
        what = f"the study has no programme in {country!r}"
        raise P3CError(Problem(what, "country=", valid, nearest(country, valid)))
    return {
        key: label or key
        for key, label in labels.items()
        if programme in {"", key} and country in {"", countries[key]}
    }


def _book(study: Study, connection: Connection, key: str) -> Codebook:
    from p3c_qual.codebook.stored import stored_codebook

    found: Codebook = kept(
        study, connection, f"book/{key}", lambda: stored_codebook(connection, key)
    )
    return found
