"""What a study holds on one programme: sources, codings of the reading set, counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from p3c_qual.report.segments import Segment, count_moved, read_segments

if TYPE_CHECKING:
    import pandas as pd

    from p3c_qual.study import Study

__all__ = ["Evidence", "known"]

#: answers after which nothing of a person is quoted
REFUSED = {"no", "withdrawn"}


@dataclass(frozen=True)
class Evidence:
    """What a study holds on one programme.

    Attributes
    ----------
    study : Study
        Asked for texts and parts when they are needed.
    programme : dict of str to str
        ``programme`` (key), ``label``, ``country`` and ``number``, its place in the study.
    sources : tuple of dict
        Its sources by key; translations among them.
    interviewees : tuple of dict
        By key, with ``dates`` and ``sites`` of their sources.
    codings : DataFrame
        Those of the reading set, with codes of the codebook.
    by_source, segments, people : DataFrame
        Frequencies by source; segments and interviewees by programme.
    codebook : str
        Key and version.
    reading_set : str
        Whose codings are counted, in words.
    key : str
        Of the codebook.
    everywhere : dict of str to dict
        All sources of the study by key, for what is named of other programmes.
    kept : dict
        Texts and parts that were read, shared by what is read of the same programme.
    first : int
        Number of its first document.
    """

    study: Study
    programme: dict[str, str]
    sources: tuple[dict[str, str], ...]
    interviewees: tuple[dict[str, str], ...]
    codings: pd.DataFrame
    by_source: pd.DataFrame
    segments: pd.DataFrame
    people: pd.DataFrame
    codebook: str
    reading_set: str
    key: str
    everywhere: dict[str, dict[str, str]]
    kept: dict[tuple[str, str], Any] = field(default_factory=dict, repr=False, compare=False)
    first: int = 1

    @property
    def codes(self) -> list[str]:
        """Code keys in the order of the codebook."""
        return [str(code) for code in self.by_source["code"]]

    @property
    def chapters(self) -> list[str]:
        """The codes at the top, each a chapter of the report."""
        depth = self.by_source.attrs.get("depth") or {}
        return [code for code in self.codes if depth.get(code, 1) == 1]

    @cached_property
    def read(self) -> set[str]:
        """Keys of the sources worked through in the reading set."""
        return {s["source"] for s in self.sources} & set(self.by_source.columns)

    def label(self, code: str) -> str:
        """Return the label of a code, its key where it has none."""
        return str((self.by_source.attrs.get("labels") or {}).get(code, code))

    def source(self, key: str) -> dict[str, str]:
        """Return the record of a source."""
        return self.everywhere[key]

    @cached_property
    def documents(self) -> dict[str, int]:
        """Numbers of the sources nobody was interviewed in, by key."""
        keys = [
            s["source"] for s in self.sources if not s["interviewee"] and not s["translation_of"]
        ]
        return {key: number for number, key in enumerate(keys, start=self.first)}

    @cached_property
    def quotable(self) -> tuple[tuple[Segment, ...], tuple[Segment, ...]]:
        """The segments that may be quoted, and those whose speaker did not consent."""
        found = read_segments(self.codings, self.text, order=self.codes)
        may = [self.free(segment.source, segment.start, segment.end) for segment in found]
        yes = tuple(segment for segment, free in zip(found, may, strict=True) if free)
        no = tuple(segment for segment, free in zip(found, may, strict=True) if not free)
        return yes, no

    @cached_property
    def moved(self) -> dict[str, int]:
        """How many codings of each source hold other words than it, and are not quoted."""
        return count_moved(self.codings, self.text)

    def free(self, key: str, start: int, end: int) -> bool:
        """Return whether nobody who refused to be quoted speaks in a stretch of a source.

        In a group interview each turn is of its speaker; where a turn does not say whose it is,
        it may be anybody's of those present, and one refusal holds for all.
        """
        given = dict(self.consents(self.source(key)))
        if not REFUSED.intersection(given.values()):
            return True
        turns = [t for t in self.parts(key, "turn") if t["start"] < end and start < t["end"]]
        asked = [t for t in turns if known(t["role"]) == "interviewer"]
        spoken = [given.get(known(t["speaker"]), "no") for t in turns if t not in asked]
        return bool(turns) and len(given) > 1 and not REFUSED.intersection(spoken)

    @staticmethod
    def consents(source: dict[str, str]) -> list[tuple[str, str]]:
        """Return each person of a source with the consent to be quoted."""
        people, given = source["interviewee"].split(";"), source["consent_quoted"].split(";")
        return [(p, given[i] if i < len(given) else "unknown") for i, p in enumerate(people) if p]

    def below(self, code: str) -> list[str]:
        """Return a code and all codes below it, in the order of the codebook."""
        codes, depth = self.codes, self.by_source.attrs.get("depth") or {}
        first = codes.index(code)
        found = [code]
        for other in codes[first + 1 :]:
            if depth.get(other, 1) <= depth.get(code, 1):
                break
            found.append(other)
        return found

    def spoken(self, code: str) -> set[str]:
        """Return the interviewees with a coding of a code or of one below it."""
        return set().union(*(self._people.get(member, set()) for member in self.below(code)))

    @cached_property
    def _people(self) -> dict[str, set[str]]:
        """The interviewees by the code that a coding of theirs has."""
        found: dict[str, set[str]] = {}
        for code, who in zip(self.codings["code"], self.codings["interviewee"], strict=True):
            found.setdefault(str(code), set()).update(filter(None, who.split(";")))
        return found

    def in_documents(self, code: str) -> int:
        """Return how many segments of a code lie in sources nobody was interviewed in."""
        here = [key for key in self.documents if key in self.read]
        return sum(self._cells["by_source"][code].get(key) or 0 for key in here)

    def in_source(self, code: str, key: str) -> int:
        """Return how many segments of a code lie in a source."""
        return self._cells["by_source"][code].get(key) or 0

    def count(self, code: str) -> tuple[int | None, int | None, int]:
        """Return coded segments, interviewees, and how many interviewees there are."""
        key = self.programme["programme"]
        of = self.people.attrs.get("denominators") or {}
        cells = self._cells
        segments, people = cells["segments"][code], cells["people"][code]
        return segments.get(key, 0), people.get(key, 0), int(of.get(key, 0))

    @cached_property
    def _cells(self) -> dict[str, dict[str, dict[str, int | None]]]:
        """The counts by table, code and column; None is "not asked"."""
        return {
            name: _cells_of(frame)
            for name, frame in (
                ("by_source", self.by_source),
                ("segments", self.segments),
                ("people", self.people),
            )
        }

    def text(self, key: str) -> str:
        """Return the stored text of a source."""
        if ("text", key) not in self.kept:
            self.kept["text", key] = self.study.text(key)
        return str(self.kept["text", key])

    def printed(self, key: str, start: int, end: int) -> str:
        """Return a stretch of a source with what an author masked in it, in any quote, masked."""
        made, at = [], start
        for first, last, mask in self._masks.get(key, ()):
            if first < end and at < last:
                made += [self.text(key)[at : max(first, at)], mask if first >= at else ""]
                at = min(last, end)
        return "".join([*made, self.text(key)[at:end]])

    @cached_property
    def _masks(self) -> dict[str, list[tuple[int, int, str]]]:
        """The stretches that are masked, by source and in order, with what stands for them."""
        from sqlalchemy import select

        from p3c_qual.description.model import read_edits
        from p3c_qual.description.printed import pieces
        from p3c_qual.store.schema import ROWS

        quote, source = ROWS["quote"], ROWS["source"]
        wanted = select(quote.c.quote, quote.c.start, quote.c.end, quote.c.edits, source.c.key)
        wanted = wanted.join(source, source.c.id == quote.c.source)
        found: dict[str, set[tuple[int, int, str]]] = {}
        with self.study.store.read() as connection:
            rows = connection.execute(wanted.where(quote.c.edits.is_not(None))).all()
        for row in rows:
            if not row.quote or self.text(row.key)[row.start : row.end] != row.quote:
                continue
            for piece in pieces(row.quote, row.start, read_edits(row.edits)):
                if piece.kind == "masked":
                    found.setdefault(row.key, set()).add((piece.start, piece.end, piece.text))
        return {key: sorted(some) for key, some in found.items()}

    def parts(self, key: str, kind: str) -> list[dict[str, Any]]:
        """Return the parts of a source in order, none where it was not cut that way."""
        if (kind, key) not in self.kept:
            self.kept[kind, key] = self.study.parts(key, kind).to_dict("records")
        return list(self.kept[kind, key])

    def page(self, key: str, place: int) -> str:
        """Return the label of the page at a position, empty where there are no pages."""
        for part in self.parts(key, "page"):
            if part["start"] <= place < part["end"]:
                return known(part["label"])
        return ""


def known(value: Any) -> str:
    """Return a text as it is, and anything missing as the empty text.

    Examples
    --------
    >>> known(float("nan")), known("D1")
    ('', 'D1')
    """
    return value if isinstance(value, str) else ""


def _cells_of(frame: pd.DataFrame) -> dict[str, dict[str, int | None]]:
    import pandas as pd

    return {
        str(row["code"]): {
            str(name): None if pd.isna(value) else int(value)
            for name, value in row.items()
            if name != "code"
        }
        for row in frame.to_dict("records")
    }
