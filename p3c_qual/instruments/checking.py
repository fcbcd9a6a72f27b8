"""What can be wrong with an instrument as it is declared."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from p3c_qual.errors import Problem, nearest
from p3c_qual.yaml_fields import SLUG

if TYPE_CHECKING:
    from collections.abc import Iterator

    from p3c_qual.instruments.definition import Bands, Instrument, Scale

__all__ = ["COLUMNS", "KEPT_APART", "check_instrument"]

#: columns of a table of responses that are no items
COLUMNS = ("respondent", "wave", "date", "programme", "site")
#: what is done with a conversion key that belongs to somebody
KEPT_APART = "Give it when questionnaires are taken in (p3c measures responses --conversion FILE): it is used there and not kept."  # fmt: skip
#: how far the levels of bands may be apart: as scores are written
_STEPS = (1.0, 0.1, 0.01)


def check_instrument(each: Instrument, *, shipped: bool = False) -> list[Problem]:
    """Return everything that is wrong with an instrument.

    Parameters
    ----------
    each : Instrument
    shipped : bool
        Whether it stands in a repository, where no conversion table belongs.
    """
    problems = [*_names(each), *_ranges(each), *_keys(each, shipped=shipped)]
    known = [item.id for item in each.items]
    for scale in each.scales:
        problems += _scale(scale, known)
        known.append(scale.id)
    # what names things that are not there has no range either
    if not problems:
        problems += _shares(each)
        for bands in each.bands:
            problems += _levels(each, bands)
    if each.missing == "half" and not each.missing_source.strip():
        do = "Say under 'missing_source:' where the owner of the instrument says so."
        problems.append(Problem("half of the answers are to do, and nobody says so", do=do))
    return problems


def _names(each: Instrument) -> Iterator[Problem]:
    counts = Counter(part.id for part in each.parts)
    for name, count in counts.items():
        if count > 1:
            yield Problem(f"{name!r} is the id of {count} items or scales")
        if name in COLUMNS:
            what = f"{name!r} cannot be an id: it is a column of every table of responses"
            yield Problem(what)
        elif not SLUG.fullmatch(name):
            do = "Write it in lower-case letters, digits and underscores."
            yield Problem(f"{name[:60]!r} cannot be an id", do=do)


def _ranges(each: Instrument) -> Iterator[Problem]:
    for part in each.parts:
        if part.low is not None and part.high is not None and part.low >= part.high:
            what = f"the range of {part.id} goes from {part.low:g} to {part.high:g}"
            yield Problem(what, do="Write the smaller number first.")


def _keys(each: Instrument, *, shipped: bool) -> Iterator[Problem]:
    for scale in each.scales:
        if scale.table and (why := _why_kept_apart(each, scale, shipped=shipped)):
            yield Problem(f"{scale.id} holds a conversion table; {why}", do=KEPT_APART)


def _why_kept_apart(each: Instrument, scale: Scale, *, shipped: bool) -> str:
    """Return why a conversion table is not kept here, whatever a file says of it; else nothing."""
    if shipped:
        return "a repository holds none"
    if each.licensed:
        return "the key is licensed, and a study is passed on"
    # the register is read by this module's checks, so it cannot be there before them
    from p3c_qual.instruments.register import licensed_of

    owned = licensed_of(each.key, each.label, scale.id, scale.label)
    return f"the key of {owned.label} is licensed, and a study is passed on" if owned else ""


def _scale(scale: Scale, known: list[str]) -> Iterator[Problem]:
    for name in scale.of:
        if name not in known:
            what = f"{scale.id} is made of {name!r}, which is no item and no scale before it"
            yield Problem(what, "", (), nearest(name, known))
    if len(set(scale.of)) < len(scale.of):
        yield Problem(f"{scale.id} names an item twice")
    if scale.how == "given":
        if scale.of:
            yield Problem(f"{scale.id} is given as it is, and yet made of items")
        if scale.low is None:
            yield Problem(f"{scale.id} is given, and has no range", do="Add 'range:'.")
    elif not scale.of:
        yield Problem(f"{scale.id} is made of no items", do="Name them under 'of:'.")
    if scale.how == "convert" and len(scale.of) > 1:
        yield Problem(f"{scale.id} can be converted from one score only")
    if scale.how == "share" and scale.points <= 0:
        yield Problem(f"{scale.id} shares no points", do="Add 'points:'.")
    if scale.table and scale.how != "convert":
        yield Problem(f"{scale.id} has a conversion table and is not converted")
    raws = Counter(raw for raw, _ in scale.table)
    twice = [raw for raw, count in raws.items() if count > 1]
    if twice:
        yield Problem(f"the conversion table of {scale.id} holds {', '.join(twice)} twice")


def _shares(each: Instrument) -> Iterator[Problem]:
    for scale in each.scales:
        for name in scale.of:
            if scale.how == "share" and each.limits(name) is None:
                yield Problem(f"{scale.id} shares points by {name}, which has no range")


def _levels(each: Instrument, bands: Bands) -> Iterator[Problem]:
    limits = each.limits(bands.scale) if each.scale(bands.scale) else None
    if each.scale(bands.scale) is None:
        valid = tuple(scale.id for scale in each.scales)
        what = f"the bands {bands.name!r} are of {bands.scale!r}, which is no scale"
        yield Problem(what, "", valid, nearest(bands.scale, valid))
    if not bands.levels:
        yield Problem(f"the bands {bands.name!r} have no levels")
        return
    for level in bands.levels:
        if level.low > level.high:
            what = f"the level {level.label!r} of {bands.name!r} ends before it begins"
            yield Problem(what)
    gaps = [
        round(after.low - before.high, 6)
        for before, after in zip(bands.levels, bands.levels[1:], strict=False)
    ]
    if any(gap <= 0 for gap in gaps):
        do = "Order them from low to high; one ends before the next begins."
        yield Problem(f"levels of {bands.name!r} overlap", do=do)
    elif gaps and (len(set(gaps)) > 1 or gaps[0] not in _STEPS):
        do = "Let each begin one step (1, 0.1 or 0.01) after the one before."
        yield Problem(f"between levels of {bands.name!r} there are gaps", do=do)
    if limits and (bands.levels[0].low, bands.levels[-1].high) != limits:
        what = f"the bands {bands.name!r} do not go from {limits[0]:g} to {limits[1]:g}, as the scale does"  # fmt: skip
        yield Problem(what)
