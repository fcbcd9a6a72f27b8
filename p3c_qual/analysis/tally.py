"""The counts of one codebook in one unit, rolled up and set out by group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from p3c_qual.analysis.asked import Asking
from p3c_qual.analysis.captions import UNITS, Said, caption
from p3c_qual.analysis.groups import NOBODY, group_slots

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from p3c_qual.analysis.counting import Counted, Slot
    from p3c_qual.codebook.model import Codebook

__all__ = ["COUNTS", "Tally"]

COUNTS = ("segments", "interviewees", "programmes")


class Tally:
    """A table in the making.

    Parameters
    ----------
    counted : Counted
    by : str
        What groups are made of.
    count : str
        One of `COUNTS`, or ``rate``.
    book : Codebook
    asked : dict of str to frozenset of str or None
        Codes asked about by source (row id).
    """

    def __init__(
        self,
        counted: Counted,
        by: str,
        count: str,
        book: Codebook,
        asked: Mapping[str, frozenset[str] | None],
    ) -> None:
        self._counted = counted
        self._count = count
        self._book = book
        self._keys = [code.key for code in book.codes]
        self._paths = {key: book.path(key) for key in self._keys}
        self._sums = self._rolled(counted.segments)
        units = [_unit(slot, count) for slot in counted.slots]
        counts = [unit is not None for unit in units]
        numbers: dict[str | None, int] = {}
        self._units = [numbers.setdefault(unit, len(numbers)) for unit in units]
        everything = [n for n, here in enumerate(counts) if here]
        self.groups = {}
        for name, members in group_slots(by, counted).items():
            some = [n for n in members if counts[n]]
            if some or name != NOBODY:
                self.groups[name] = some
        self.denominators = {name: self._distinct(some) for name, some in self.groups.items()}
        self.denominators["total"] = self._distinct(everything)
        self._values = {name: self._cells(some) for name, some in self.groups.items()}
        self._values["total"] = self._cells(everything)
        if counted.together is not None and count in {"segments", "rate"}:
            together = self._rolled(counted.together)[:, int(count == "rate")]
            self._values["total"] = together.tolist()
        asking = Asking(counted.slots, asked)
        self._said = Said(
            by,
            count,
            self._nobodys(counts),
            asking.unknown(everything),
            self._blank(asking),
            2 * self.denominators["total"] != sum(self.denominators.values()),
        )

    def _rolled(self, counts: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the counts of this codebook's codes, each with everything below it."""
        import numpy as np

        codes = self._counted.codes.by_id
        row_of = {
            codes[name].key: row
            for name, row in self._counted.rows.items()
            if codes[name].codebook == self._book.key
        }
        place = {key: number for number, key in enumerate(self._keys)}
        own = counts[[row_of[key] for key in self._keys]]
        rolled = np.zeros_like(own)
        for number, key in enumerate(self._keys):
            for up in self._paths[key]:
                rolled[place[up]] += own[number]
        return rolled

    def _distinct(self, members: Sequence[int]) -> int:
        return len({self._units[n] for n in members})

    def _cells(self, members: Sequence[int]) -> list[Any]:
        import numpy as np

        if not members:
            return [0] * len(self._keys)
        if self._count in {"segments", "rate"}:
            return list(self._sums[:, members].sum(axis=1).tolist())
        # what belongs to one interviewee or programme stands side by side, and counts once
        units = np.array([self._units[n] for n in members])
        order = np.argsort(units, kind="stable")
        firsts = np.flatnonzero(np.diff(units[order], prepend=-1))
        met = self._sums[:, np.array(members)[order]] > 0
        return list(np.logical_or.reduceat(met, firsts, axis=1).sum(axis=1).tolist())

    def _blank(self, asking: Asking) -> bool:
        """Empty the zeros of groups in which nobody was asked; says whether there are such."""
        blanks = False
        for name, members in self.groups.items():
            about = asking.about(members)
            if about is None:
                continue
            values = self._values[name]
            for row, key in enumerate(self._keys):
                if not values[row] and key not in about:
                    values[row] = None
                    blanks = True
        for row, total in enumerate(self._values["total"]):
            cells = [self._values[name][row] for name in self.groups]
            if not total and cells and all(cell is None for cell in cells):
                self._values["total"][row] = None
        return blanks

    def _nobodys(self, counts: Sequence[bool]) -> int:
        """Return how many segments of interviews count nowhere, since they are nobody's words."""
        tops = [n for n, key in enumerate(self._keys) if len(self._paths[key]) == 1]
        lost = [
            n
            for n, slot in enumerate(self._counted.slots)
            if not counts[n] and slot.person is None and slot.source.people
        ]
        return int(self._sums[tops][:, lost].sum()) if lost and self._count != "programmes" else 0

    def per_words(self, words: Mapping[tuple[str, str], int]) -> None:
        """Turn segments into segments per 1,000 words of the interviewees.

        Parameters
        ----------
        words : dict of (source, interviewee) to int
            Row ids.
        """
        slots = self._counted.slots
        everything = [n for members in self.groups.values() for n in members]
        for name, members in [*self.groups.items(), ("total", everything)]:
            # several coders read the same words
            places = {(slots[n].source.id, p.id) for n in members if (p := slots[n].person)}
            spoken = self.denominators[name] = sum(words[place] for place in places)
            values = self._values[name]
            for row, value in enumerate(values):
                if value is not None:
                    values[row] = 1_000 * value / spoken if spoken else None

    def frame(self) -> pd.DataFrame:
        """Return the table, with what it counts in `attrs`."""
        import pandas as pd

        kind: Any = "Float64" if self._count == "rate" else "Int64"
        columns: dict[str, Any] = {"code": self._keys}
        for name in (*self.groups, "total"):
            columns[name] = pd.array(self._values[name], dtype=kind)
        frame = pd.DataFrame(columns)
        frame.attrs = {
            "unit": UNITS[self._count],
            "reading_set": self._counted.set.caption,
            "denominators": self.denominators,
            "caption": caption(self._counted, self._said),
            "labels": {code.key: code.label for code in self._book.codes},
            "depth": {key: len(path) for key, path in self._paths.items()},
        }
        return frame


def _unit(slot: Slot, count: str) -> str | None:
    """Return what a slot counts as; None where it counts nowhere."""
    if count == "interviewees":
        return slot.person.id if slot.person else None
    if count == "programmes":
        return slot.source.programme or None
    if count == "rate" and slot.person is None:
        # words are spoken by interviewees; a document has none
        return None
    return slot.source.id
