"""What an instrument is: items with their range, scales, bands; no wording of any item."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from functools import cached_property
from typing import Any

__all__ = [
    "DOMAINS",
    "HOW",
    "KINDS",
    "MISSING",
    "Band",
    "Bands",
    "Instrument",
    "Item",
    "Scale",
    "definition_of",
    "plain",
]

#: the four tiers of the evaluation framework, in our words
DOMAINS = {
    "patient": "Patients: outcomes and experience",
    "practitioner": "Practitioners: experience of giving care",
    "organisation": "Organisation: processes that support care",
    "cost": "Use of services and cost",
}
#: what an item is answered with
KINDS = {
    "likert": "whole numbers of the range",
    "dichotomous": "one of the two ends of the range",
    "number": "any number of the range",
}
#: how a scale comes about
HOW = {
    "sum": "sum",
    "mean": "mean",
    "share": "points shared equally between its parts",
    "profile": "answers set beside each other, as in 11231",
    "convert": "by a conversion table",
    "given": "as given by who scored it",
}
#: what is done where an answer is missing
MISSING = {
    "none": "a score with a missing answer is missing",
    "half": "scored where at least half of the answers are there, the others standing for the missing",
}


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a questionnaire, without its words.

    Attributes
    ----------
    id : str
    low, high : float
    kind : str
        One of `KINDS`.
    reversed : bool
        Whether a high answer counts as a low one.
    """

    id: str
    low: float
    high: float
    kind: str = "likert"
    reversed: bool = False


@dataclass(frozen=True, slots=True)
class Scale:
    """A score.

    Attributes
    ----------
    id, label : str
    how : str
        One of `HOW`.
    of : tuple of str
        Items, or scales that stand before it.
    low, high : float or None
        What it can be at least and at most; worked out where it is summed.
    points : float
        What a `share` is at most.
    step : bool
        Whether it is only a step on the way to another one, and not printed.
    better : str
        ``higher`` or ``lower``; empty where that is not said.
    caution : str
        Why its values are not compared as they are; empty where they may be.
    table : tuple of (str, float)
        A conversion table, only of a team's own instrument that nobody has licensed.
    """

    id: str
    label: str
    how: str = "sum"
    of: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    points: float = 0.0
    step: bool = False
    better: str = ""
    caution: str = ""
    table: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of a scale that has a name; both ends belong to it."""

    label: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Bands:
    """Cut-points of a scale, as they were at a time.

    Attributes
    ----------
    name, scale : str
    date : str
        When they held, or were looked up.
    source : str
    levels : tuple of Band
    """

    name: str
    scale: str
    date: str
    source: str
    levels: tuple[Band, ...]


@dataclass(frozen=True)
class Instrument:
    """An instrument, declared.

    Attributes
    ----------
    key, label : str
    domain : str
        One of `DOMAINS`.
    about : str
        What it measures.
    items, scales, bands : tuple
    missing, missing_source : str
        One of `MISSING`, and who says so.
    licensed : bool
        Whether a conversion key belongs to somebody; then none is kept here.
    licence, source : str
        What has to be asked of whom, and where the facts are published.
    waves : tuple of str
        Points in time in their order.
    notes : tuple of str
    """

    key: str
    label: str
    domain: str
    about: str = ""
    items: tuple[Item, ...] = ()
    scales: tuple[Scale, ...] = ()
    bands: tuple[Bands, ...] = ()
    missing: str = "none"
    missing_source: str = ""
    licensed: bool = False
    licence: str = ""
    source: str = ""
    waves: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def parts(self) -> list[Item | Scale]:
        """Items and scales."""
        return [*self.items, *self.scales]

    @cached_property
    def by_id(self) -> dict[str, Item | Scale]:
        """Items and scales by their ids."""
        return {each.id: each for each in self.parts}

    @property
    def printed(self) -> tuple[Scale, ...]:
        """The scales that tables show."""
        return tuple(each for each in self.scales if not each.step)

    @property
    def short(self) -> str:
        """The short name that stands in brackets behind the label, else the label.

        Examples
        --------
        >>> Instrument("a", "A Long Name (ALN)", "patient").short
        'ALN'
        """
        name, _, rest = self.label.rpartition("(")
        return rest[:-1] if name and rest.endswith(")") else self.label

    def scale(self, name: str) -> Scale | None:
        """Return a scale by its id, None where there is none."""
        found = self.by_id.get(name)
        return found if isinstance(found, Scale) else None

    def limits(self, name: str) -> tuple[float, float] | None:
        """Return what an item or a scale can be at least and at most; None where that is not known.

        Examples
        --------
        >>> from p3c_qual.instruments.register import read_register
        >>> read_register()["p3ceq"].limits("coordination")
        (0.0, 15.0)
        """
        each = self.by_id[name]
        if each.low is not None and each.high is not None:
            return float(each.low), float(each.high)
        if not isinstance(each, Scale) or each.how in {"convert", "given", "profile"}:
            return None
        if each.how == "share":
            return 0.0, each.points
        parts = [self.limits(part) for part in each.of]
        known = [part for part in parts if part]
        if len(known) < len(parts) or not known:
            return None
        over = 1 if each.how == "sum" else len(known)
        return sum(low for low, _ in known) / over, sum(high for _, high in known) / over

    def under(self, name: str) -> set[str]:
        """Return a scale with all items and scales it is made of.

        Examples
        --------
        >>> made = Scale("sum", "Sum", of=("q1", "q2"))
        >>> sorted(Instrument("a", "A", "patient", scales=(made,)).under("sum"))
        ['q1', 'q2', 'sum']
        """
        each = self.by_id.get(name)
        parts = each.of if isinstance(each, Scale) else ()
        return {name}.union(*(self.under(part) for part in parts))


def plain(value: Any) -> Any:
    """Return a definition as plain values, without what is as it is by default.

    Examples
    --------
    >>> plain(Item("q1", 0, 3))
    {'id': 'q1', 'low': 0, 'high': 3}
    """
    if is_dataclass(value):
        return {
            each.name: plain(held)
            for each in fields(value)
            if (held := getattr(value, each.name)) != each.default
        }
    return [plain(each) for each in value] if isinstance(value, tuple) else value


def definition_of(held: dict[str, Any]) -> Instrument:
    """Return a definition from the plain values that `plain` made of it."""
    parts: dict[str, Any] = {
        "items": tuple(Item(**each) for each in held.get("items", ())),
        "scales": tuple(_scale(each) for each in held.get("scales", ())),
        "bands": tuple(
            Bands(**{**each, "levels": tuple(Band(**level) for level in each["levels"])})
            for each in held.get("bands", ())
        ),
        "waves": tuple(held.get("waves", ())),
        "notes": tuple(held.get("notes", ())),
    }
    return Instrument(**{**held, **parts})


def _scale(held: dict[str, Any]) -> Scale:
    table = tuple((str(raw), float(value)) for raw, value in held.get("table", ()))
    return Scale(**{**held, "of": tuple(held.get("of", ())), "table": table})
