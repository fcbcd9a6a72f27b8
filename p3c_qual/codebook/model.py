"""A codebook: its codes in reading order, and its vocabularies."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from p3c_qual.errors import P3CError, Problem, nearest

if TYPE_CHECKING:
    from p3c_qual.codebook.code import Code

__all__ = ["CODEBOOK_STATUSES", "Codebook", "Term", "Vocabulary"]

#: in the order of the work: being written, tried on part of the material, fixed
CODEBOOK_STATUSES = ("draft", "pilot", "final")


@dataclass(frozen=True)
class Term:
    """One word of a vocabulary."""

    key: str
    label: str
    definition: str = ""


@dataclass(frozen=True)
class Vocabulary:
    """The words one property may take; they describe an object and are no codes.

    Attributes
    ----------
    key, label, definition : str
        As for a code.
    ordered : bool
        Whether the order of the terms means something, lowest first.
    terms : tuple of Term
        The words.
    """

    key: str
    label: str
    definition: str = ""
    ordered: bool = False
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True)
class Codebook:
    """A codebook (Mayring: coding agenda) in one version.

    Attributes
    ----------
    key, label, version, language, description, source : str
        What it is called, which version, in which language, where it comes from.
    status : str
        ``draft``, ``pilot`` (being tried) or ``final`` (fixed after the pilot).
    criterion, abstraction : str
        For inductive work: what a passage must be about to count, and how general the
        categories are to be; both are fixed before coding (Mayring, inductive step 2).
    vocabulary : tuple of Vocabulary
        Words for properties, apart from the codes.
    codes : tuple of Code
        In reading order: every code before those below it, siblings as they were written.

    Examples
    --------
    >>> from p3c_qual.codebook.code import Code
    >>> book = Codebook("mini", "Mini", codes=(Code("a.x", "X", parent="a"), Code("a", "A")))
    >>> [code.key for code in book.codes]
    ['a', 'a.x']
    >>> book.path("a.x"), [code.key for code in book.below("a")]
    (('a', 'a.x'), ['a.x'])
    """

    key: str
    label: str
    version: str = "1"
    language: str = "en"
    description: str = ""
    source: str = ""
    status: str = "draft"
    criterion: str = ""
    abstraction: str = ""
    vocabulary: tuple[Vocabulary, ...] = ()
    codes: tuple[Code, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "codes", _reading_order(self.codes))

    @cached_property
    def _by_key(self) -> dict[str, Code]:
        return {code.key: code for code in reversed(self.codes)}

    @cached_property
    def _children(self) -> dict[str | None, list[Code]]:
        return _family(self.codes)

    def __contains__(self, key: object) -> bool:
        return key in self._by_key

    def code(self, key: str) -> Code:
        """Return the code with this key.

        Raises
        ------
        P3CError
            If there is none; the nearest spelling is named.
        """
        if key not in self._by_key:
            valid = tuple(self._by_key)
            what = f"unknown code {key!r} of the codebook {self.key!r}"
            raise P3CError(Problem(what, valid=valid, nearest=nearest(key, valid)))
        return self._by_key[key]

    def children(self, key: str | None = None) -> tuple[Code, ...]:
        """Return the codes directly below `key`, or those at the top."""
        return tuple(self._children.get(key, ()))

    def below(self, key: str) -> tuple[Code, ...]:
        """Return every code below `key`, in reading order."""
        found: list[Code] = []
        seen = {key}
        waiting = list(reversed(self.children(key)))
        while waiting:
            code = waiting.pop()
            if code.key not in seen:
                seen.add(code.key)
                found.append(code)
                waiting.extend(reversed(self.children(code.key)))
        return tuple(found)

    def path(self, key: str) -> tuple[str, ...]:
        """Return the keys from the top down to `key`; its length is the depth of the code."""
        found = [key]
        while (parent := self.code(found[0]).parent) in self and parent not in found:
            assert parent is not None
            found.insert(0, parent)
        return tuple(found)


def _family(codes: tuple[Code, ...]) -> dict[str | None, list[Code]]:
    children: dict[str | None, list[Code]] = {}
    for code in codes:
        children.setdefault(code.parent, []).append(code)
    return children


def _reading_order(codes: tuple[Code, ...]) -> tuple[Code, ...]:
    """Put every code behind its parent; what hangs in the air or in a circle comes last."""
    children = _family(codes)
    keys = {code.key for code in codes}
    found: list[Code] = []
    placed: set[int] = set()
    tops = [code for code in codes if code.parent not in keys]
    # codes in a circle are reached from no top
    for root in (*tops, *codes):
        waiting = [root]
        while waiting:
            code = waiting.pop()
            if id(code) not in placed:
                placed.add(id(code))
                found.append(code)
                waiting.extend(reversed(children.get(code.key, [])))
    return tuple(found)
