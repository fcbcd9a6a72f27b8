"""Answers scored as an instrument declares it; what cannot be scored says why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.instruments.definition import Item, Scale

if TYPE_CHECKING:
    from collections.abc import Mapping

    from p3c_qual.instruments.definition import Bands, Instrument

__all__ = ["Scores", "band_of", "check_answers", "score", "scored"]

#: how far a score that was given may be from the one its answers make: half a tenth, as printed
_ROUNDED = 0.051


@dataclass(frozen=True)
class Scores:
    """What came out for one filled-in questionnaire.

    Attributes
    ----------
    values : dict of str to float or None
        By scale.
    why : dict of str to str
        By scale that has no value, why not.
    bands : dict of str to str
        By the name of the bands, the level.
    """

    values: dict[str, float | None] = field(default_factory=dict)
    why: dict[str, str] = field(default_factory=dict)
    bands: dict[str, str] = field(default_factory=dict)


def score(definition: Instrument, answers: Mapping[str, float | None]) -> Scores:
    """Score one filled-in questionnaire.

    Parameters
    ----------
    definition : Instrument
    answers : mapping of str to float or None
        By item. A scale that somebody has scored already may stand under its own id.

    Returns
    -------
    Scores

    Raises
    ------
    P3CError
        If an answer is out of its range, or to something that there is not.

    Examples
    --------
    >>> from p3c_qual.instruments.register import read_register
    >>> p3ceq = read_register()["p3ceq"]
    >>> made = score(p3ceq, {f"q{number}": 2 for number in range(1, 11)} | {"q7": None})
    >>> made.values["person_centredness"], made.values["coordination"]
    (16.0, None)
    >>> made.why["coordination"]
    'no answer to q7'
    >>> score(read_register()["pam"], {"score": 55.1}).bands["newer key"]
    'Level 2'
    """
    problems = check_answers(definition, answers)
    if problems:
        raise P3CError(problems)
    return scored(definition, answers)


def check_answers(
    definition: Instrument, answers: Mapping[str, float | None], where: str = ""
) -> list[Problem]:
    """Return everything that is wrong with some answers."""
    problems = []
    for name, value in answers.items():
        each = definition.by_id.get(name)
        if each is None:
            valid = tuple(definition.by_id)
            what = f"{definition.label} has no item {name[:60]!r}"
            problems.append(Problem(what, where, valid, nearest(name, valid)))
        elif value is not None and (bad := _out_of(definition, each, value)):
            problems.append(Problem(bad, where))
    if problems:
        return problems
    made = scored(definition, {k: v for k, v in answers.items() if _is_item(definition, k)})
    for name, value in answers.items():
        own = made.values.get(name)
        if value is not None and own is not None and abs(own - value) > _ROUNDED:
            what = f"{name} is given as {value:g}, and its answers make {own:g}"
            problems.append(Problem(what, where, do="Leave one of the two out, or mend it."))
    return problems


def _is_item(definition: Instrument, name: str) -> bool:
    return isinstance(definition.by_id[name], Item)


def _out_of(definition: Instrument, each: Item | Scale, value: float) -> str:
    """Return what is wrong with a value, empty where nothing is."""
    limits = definition.limits(each.id)
    if limits and not limits[0] <= value <= limits[1]:
        return f"{each.id} is {value:g}, and goes from {limits[0]:g} to {limits[1]:g}"
    if isinstance(each, Item):
        if each.kind == "dichotomous" and value not in {each.low, each.high}:
            return f"{each.id} is {value:g}, and can only be {each.low:g} or {each.high:g}"
        if each.kind == "likert" and value != int(value):
            return f"{each.id} is {value:g}, and takes whole numbers"
    return ""


def scored(definition: Instrument, answers: Mapping[str, float | None]) -> Scores:
    """Score answers that were checked before."""
    made = Scores()
    for scale in definition.scales:
        given = answers.get(scale.id)
        value, why = _value(definition, scale, answers, made)
        made.values[scale.id] = given if value is None else value
        if made.values[scale.id] is None:
            made.why[scale.id] = why
    for bands in definition.bands:
        value = made.values.get(bands.scale)
        if value is not None and (level := band_of(bands, value)):
            made.bands[bands.name] = level
    return made


def band_of(bands: Bands, value: float) -> str:
    """Return the level a value is in; empty where it lies between two of them."""
    return next((each.label for each in bands.levels if each.low <= value <= each.high), "")


def _value(
    definition: Instrument, scale: Scale, answers: Mapping[str, float | None], made: Scores
) -> tuple[float | None, str]:
    """Return what a scale comes to, or why it comes to nothing."""
    if scale.how == "given":
        return None, "no score was given"
    parts = {name: _part(definition, name, answers, made) for name in scale.of}
    there = [value for value in parts.values() if value is not None]
    lost = [name for name, value in parts.items() if value is None]
    fills = definition.missing == "half" and scale.how in {"sum", "mean"} and there
    if lost and not (fills and 2 * len(there) >= len(parts)):
        steps = [made.why[name] for name in lost if name in made.why]
        more = f" and {len(lost) - 4} more" if len(lost) > 4 else ""
        return None, steps[0] if steps else f"no answer to {', '.join(lost[:4])}{more}"
    match scale.how:
        case "sum":
            return sum(there) * len(parts) / len(there), ""
        case "mean":
            return sum(there) / len(there), ""
        case "share":
            limits = [definition.limits(name) or (0.0, 0.0) for name in scale.of]
            shares = [
                (v - low) / (high - low) for v, (low, high) in zip(there, limits, strict=True)
            ]
            return scale.points * sum(shares) / len(shares), ""
        case "profile":
            return float("".join(f"{value:g}" for value in there)), ""
    found = dict(scale.table).get(f"{there[0]:g}")
    what = f"{scale.of[0]} {there[0]:g} is not in the conversion table"
    return found, what if scale.table else (scale.caution or "no conversion table was given")


def _part(
    definition: Instrument, name: str, answers: Mapping[str, float | None], made: Scores
) -> float | None:
    each = definition.by_id[name]
    if isinstance(each, Scale):
        return made.values[name]
    value = answers.get(name)
    if value is None:
        return None
    return float(each.low + each.high - value if each.reversed else value)
