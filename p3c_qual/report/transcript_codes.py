"""The codes a transcript uses: their order, their families, and what they are called."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sqlalchemy import select

from p3c_qual.report.transcript import CodeUse
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Connection

    from p3c_qual.coding.names import Codes

__all__ = ["Tree", "read_tree"]


@dataclass(frozen=True)
class Tree:
    """The codes of all codebooks of a study.

    Attributes
    ----------
    codes : Codes
    definitions : dict of str to str
        By row id.
    positions : dict of str to int
        Among its siblings and others of its codebook, by row id.
    versions : dict of str to str
        Of the codebooks, by key.
    """

    codes: Codes
    definitions: Mapping[str, str]
    positions: Mapping[str, int]
    versions: Mapping[str, str]

    @cached_property
    def place(self) -> dict[str, int]:
        """The place of each code in the order of the codebooks, by row id."""
        return {code: at for at, code in enumerate(sorted(self.codes.by_id, key=self._path))}

    @cached_property
    def _families(self) -> dict[str, int]:
        tops = [code for code in self.place if not self.codes.above(code)]
        count: Counter[str] = Counter()
        families = {}
        for code in tops:
            book = self.codes.by_id[code].codebook
            families[code] = count[book]
            count[book] += 1
        return families

    def _path(self, code: str) -> tuple[str, list[tuple[int, str]]]:
        path = [code, *self.codes.above(code)][::-1]
        by_id = self.codes.by_id
        return by_id[code].codebook, [(self.positions[each], by_id[each].key) for each in path]

    def family(self, code: str) -> int:
        """Return the place of a code's main category among those of its codebook."""
        return self._families.get((self.codes.above(code) or [code])[-1], 0)

    def labels(self, used: Iterable[str]) -> dict[str, str]:
        """Return what each code is called, told apart where two have the same label."""
        wanted = dict.fromkeys(used)
        count = Counter(self.codes.by_id[code].label for code in wanted)
        return {code: self._label(code, alone=count) for code in wanted}

    def _label(self, code: str, *, alone: Mapping[str, int]) -> str:
        by_id = self.codes.by_id
        label = by_id[code].label or by_id[code].key
        if alone[by_id[code].label] > 1:
            above = self.codes.above(code)
            over = by_id[above[0]].label if above else by_id[code].codebook
            label = f"{over}: {label}"
        return f"{label} (retired)" if by_id[code].status == "retired" else label

    def books(self, used: Iterable[str]) -> list[str]:
        """Return the codebooks of some codes, with their versions."""
        keys = sorted({self.codes.by_id[code].codebook for code in used})
        return [f"{key} {self.versions[key]}".strip() for key in keys]

    def uses(self, given: Iterable[tuple[str, int, str]]) -> tuple[CodeUse, ...]:
        """Return the codes used, in the order of their codebooks.

        Parameters
        ----------
        given : iterable of (code, number, coder)
            The codings.
        """
        numbers: dict[str, list[int]] = {}
        by: dict[str, Counter[str]] = {}
        for code, number, coder in given:
            numbers.setdefault(code, []).append(number)
            by.setdefault(code, Counter())[coder] += 1
        labels = self.labels(numbers)
        return tuple(
            CodeUse(
                label=labels[code],
                key=self.codes.name(code),
                definition=self.definitions[code],
                family=self.family(code),
                numbers=tuple(numbers[code]),
                by_coder=tuple(sorted(by[code].items())),
            )
            for code in sorted(numbers, key=self.place.__getitem__)
        )


def read_tree(connection: Connection, codes: Codes) -> Tree:
    """Return the codes with what a transcript prints of them."""
    code, book = ROWS["code"], ROWS["codebook"]
    rows = connection.execute(select(code.c.id, code.c.definition, code.c.position)).all()
    versions = connection.execute(select(book.c.key, book.c.version)).all()
    return Tree(
        codes,
        {row.id: row.definition or "" for row in rows},
        {row.id: row.position or 0 for row in rows},
        {row.key: row.version or "" for row in versions},
    )
