"""What a stated value says: its numbers, of how many, its unit and its direction."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from p3c_qual.store.words import fold_text

__all__ = ["Stated", "read_value"]

_NUMBER = r"\d{1,3}(?:[ \u00a0\u2009\u202f'’]\d{3})+(?![\d])(?:[.,]\d+)?|\d+(?:[.,]\d+)*"
#: a number that is no part of a word, with a minus that is no dash between two numbers
_FOUND = re.compile(rf"(?<![\w.,])(?P<minus>(?:^|(?<=\s))[-−–])?(?P<number>{_NUMBER})")
_OF = re.compile(r"\b(?:out of|of)\s*$|/\s*$")
_SIGNS = {"%": " percent ", "£": " gbp ", "€": " eur ", "$": " usd "}
#: words that mean the same unit
_SAME = {
    **dict.fromkeys(("percent", "percentage", "pct"), "percent"),
    **dict.fromkeys(("gbp", "pound", "sterling"), "gbp"),
    **dict.fromkeys(("eur", "euro"), "eur"),
    **dict.fromkeys(("usd", "dollar"), "usd"),
}
_TIMES = {
    **dict.fromkeys(("thousand", "k"), Decimal(1000)),
    **dict.fromkeys(("million", "mn", "m"), Decimal(1_000_000)),
    **dict.fromkeys(("billion", "bn"), Decimal(1_000_000_000)),
}
#: letters that are a factor only right behind a number with a currency
_SHORT = ("k", "m")
_CURRENCIES = frozenset({"gbp", "eur", "usd"})


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_DOWN = _set(
    "less fewer lower decrease decreased decline declined drop dropped fall fell fallen down "
    "reduction reduced cut"
)
_UP = _set("more higher increase increased growth grew grown rise rose risen up")
#: words that change nothing of what is compared
_IDLE = _set(
    "a an the about around approximately approx circa ca c nearly almost roughly some of out by in "
    "and to or per cent"
)


@dataclass(frozen=True, slots=True)
class Stated:
    """A value as it can be compared.

    Attributes
    ----------
    numbers : tuple of Decimal
        With their sign; several for a range.
    of : Decimal or None
        Of how many, where it says so.
    words : frozenset of str
        Everything else it says, folded; its unit among it.
    text : str
        All of it, folded.
    decimals : int
        How many the first number is given with.
    direction : int
        -1 where it says that something fell, 1 where it says that it rose, 0 where neither.
    """

    numbers: tuple[Decimal, ...]
    of: Decimal | None
    words: frozenset[str]
    text: str
    decimals: int
    direction: int

    @property
    def percent(self) -> bool:
        """Whether it is given in per cent."""
        return "percent" in self.words

    def agrees(self, other: Stated) -> bool:
        """Say whether two values do not contradict each other.

        Numbers are compared where both have some and what else one says is said by the other too
        or not said there; otherwise all of the words.
        """
        if not self.numbers or not other.numbers:
            return self.text == other.text
        if not (self.words <= other.words or other.words <= self.words):
            return False
        of = self.of is None or other.of is None or self.of == other.of
        return of and self.numbers == other.numbers


def read_value(value: str, unit: str = "") -> Stated:
    """Return what a stated value says.

    Parameters
    ----------
    value, unit : str
        As people write them; the unit may stand in the value.

    Examples
    --------
    >>> read_value("18 of 20 practices").numbers, read_value("18 of 20 practices").of
    ((Decimal('18'),), Decimal('20'))
    >>> read_value("£1.2 million").agrees(read_value("1,200,000", "GBP"))
    True
    >>> read_value("50 % less").agrees(read_value("50 % more"))
    False
    """
    said = text = " ".join(fold_text(f"{value} {unit}").split())
    text = re.sub(r"([-−–])\s?([£€$])", r"\2\1", text)
    for sign, word in _SIGNS.items():
        text = text.replace(sign, word)
    text = re.sub(r"\bper cent\b", " percent ", text)
    found: list[tuple[Decimal, int]] = []
    of: Decimal | None = None
    rest, at = [], 0
    money = not _CURRENCIES.isdisjoint(map(_same, re.findall(r"[^\W\d_]+", text)))
    for each in _FOUND.finditer(text):
        between = text[at : each.start()]
        number, decimals = _number(each["number"])
        at = each.end()
        behind = re.match(r"\s*([^\W\d_]+)", text[at:])
        factor = _TIMES.get(behind[1].removesuffix("s")) if behind else None
        if behind and factor and (behind[1] not in _SHORT or money):
            number, at = number * factor, at + behind.end()
        if found and of is None and _OF.search(between):
            of = number
        else:
            found.append((-number if each["minus"] else number, decimals))
        rest.append(between)
    rest.append(text[at:])
    words = {_same(word) for word in re.findall(r"[^\W\d_]+", " ".join(rest))}
    direction = _direction(words)
    numbers = [number for number, _ in found]
    if numbers and direction:
        numbers = [abs(number) * direction for number in numbers]
        words -= _DOWN | _UP
    first = found[0][1] if found else 0
    return Stated(tuple(numbers), of, frozenset(words - _IDLE), said, first, direction)


def _direction(words: set[str]) -> int:
    down, up = not words.isdisjoint(_DOWN), not words.isdisjoint(_UP)
    return 0 if down == up else (-1 if down else 1)


def _same(word: str) -> str:
    bare = word.removesuffix("s") if len(word) > 3 and not word.endswith("ss") else word
    return _SAME.get(bare, bare)


def _number(written: str) -> tuple[Decimal, int]:
    """Return a number and its decimals; a mark before just three digits parts thousands."""
    text = re.sub(r"[ \u00a0\u2009\u202f'’]", "", written)
    marks = [sign for sign in text if sign in ".,"]
    last = text.rpartition(marks[-1])[2] if marks else ""
    if len(set(marks)) == 2:
        point = marks[-1] if marks.count(marks[-1]) == 1 else ""
    elif len(marks) > 1 or (marks == [","] and len(last) == 3):
        point = ""
    else:
        point = marks[-1] if marks else ""
    whole = "".join(sign for sign in text if sign.isdigit() or sign == point)
    return Decimal(whole.replace(point, ".") if point else whole), len(last) if point else 0
