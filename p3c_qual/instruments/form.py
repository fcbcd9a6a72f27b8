"""Instruments as a YAML file: read with all faults at once, and written again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from p3c_qual.instruments.checking import check_instrument
from p3c_qual.instruments.definition import (
    DOMAINS,
    HOW,
    KINDS,
    MISSING,
    Band,
    Bands,
    Instrument,
    Item,
    Scale,
)
from p3c_qual.yaml_fields import Fields, is_of_format
from p3c_qual.yaml_lines import Items, Scalar, parse_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable

    from p3c_qual.findings import Faults
    from p3c_qual.yaml_lines import Node

__all__ = ["FORM_FIELDS", "INSTRUMENTS_FORMAT", "form_text", "read_form"]

INSTRUMENTS_FORMAT = 1
#: the fields of a file, by what they are of
FORM_FIELDS = {
    "instrument": (
        *("key", "label", "domain", "about", "items", "scales", "bands", "missing"),
        *("missing_source", "licensed", "licence", "source", "waves", "notes"),
    ),
    "item": ("id", "range", "kind", "reversed"),
    "scale": (
        *("id", "label", "how", "of", "range", "points", "step", "better", "caution", "table"),
    ),
    "bands": ("name", "scale", "date", "source", "levels"),
    "level": ("label", "range"),
}
_NUMBER = r"-?\d{1,9}(?:\.\d{1,6})?"
_RANGE = re.compile(rf"({_NUMBER})\s*(?:-|–|to)\s*({_NUMBER})")
#: `q1..q8`: what is the same at the beginning, and two numbers
_RUN = re.compile(r"(\w*?)(\d{1,3})(\w*?)\.\.\1(\d{1,3})\3")


def read_form(text: str, name: str = "", *, shipped: bool = False) -> tuple[Instrument, ...]:
    """Read instruments from YAML.

    Parameters
    ----------
    text : str
    name : str
        Of the file, for messages.
    shipped : bool
        Whether the file is part of a repository: then it must not hold any conversion table.

    Raises
    ------
    P3CError
        With every fault and its line.
    """
    # a text of one line would be taken for the name of a file
    root, faults = parse_yaml(text.encode(), name or "the text")
    faults.refuse()
    found = []
    if root and is_of_format(root, INSTRUMENTS_FORMAT, faults):
        top = Fields(root, ("format", "instruments"), "the file", faults)
        nodes = top.items("instruments")
        if not nodes and not faults.found:
            faults.add(root.line, "the file holds no instruments", do="Add 'instruments:'.")
        lines: dict[str, int] = {}
        for node in nodes:
            each = _instrument(Fields(node, FORM_FIELDS["instrument"], "an instrument", faults))
            if each.key in lines:
                what = f"the instrument {each.key!r} stands twice, first in line {lines[each.key]}"
                faults.add(node.line, what)
            lines.setdefault(each.key, node.line)
            for fault in check_instrument(each, shipped=shipped):
                faults.add(
                    node.line,
                    f"{each.key}: {fault.what}",
                    valid=fault.valid,
                    closest=fault.nearest,
                    do=fault.do,
                )
            found.append(each)
    faults.refuse()
    return tuple(found)


def form_text(instruments: Iterable[Instrument]) -> str:
    """Return instruments as YAML, as `read_form` reads it."""
    import yaml

    held = [_form(each) for each in instruments]
    form = {"format": INSTRUMENTS_FORMAT, "instruments": held}
    return str(yaml.safe_dump(form, sort_keys=False, allow_unicode=True, width=100))


def _instrument(fields: Fields) -> Instrument:
    faults = fields.faults
    items = [
        each
        for node in fields.items("items")
        for each in _items(Fields(node, FORM_FIELDS["item"], "an item", faults))
    ]
    known = [each.id for each in items]
    scales: list[Scale] = []
    for node in fields.items("scales"):
        made = _scales(Fields(node, FORM_FIELDS["scale"], "a scale", faults))
        scales += made
        known += [each.id for each in made]
    return Instrument(
        key=fields.slug("key", required=True),
        label=fields.text("label", required=True),
        domain=fields.choice("domain", tuple(DOMAINS)) or _lacking(fields, "domain", DOMAINS),
        about=fields.text("about"),
        items=tuple(items),
        scales=tuple(scales),
        bands=tuple(
            _bands(Fields(node, FORM_FIELDS["bands"], "bands", faults))
            for node in fields.items("bands")
        ),
        missing=fields.choice("missing", tuple(MISSING), default="none"),
        missing_source=fields.text("missing_source"),
        licensed=fields.flag("licensed", default=False),
        licence=fields.text("licence"),
        source=fields.text("source"),
        waves=tuple(word for word, _ in fields.words("waves")),
        notes=tuple(word for word, _ in fields.words("notes")),
    )


def _lacking(fields: Fields, name: str, valid: Iterable[str]) -> str:
    if not fields.has(name):
        fields.faults.add(fields.line, f"{fields.owner} has no {name}", valid=tuple(valid))
    return ""


def _items(fields: Fields) -> list[Item]:
    low, high = _range(fields, required=True)
    kind = fields.choice("kind", tuple(KINDS), default="likert")
    turned = fields.flag("reversed", default=False)
    name = fields.text("id", required=True)
    return [Item(each, low or 0.0, high or 0.0, kind, turned) for each in _run(name)]


def _scales(fields: Fields) -> list[Scale]:
    """Return a scale, or a run of steps alike: ``q1..q29`` of ``q{}_a`` and ``q{}_b``."""
    low, high = _range(fields)
    how = fields.choice("how", tuple(HOW), default="sum")
    of = [each for word, _ in fields.words("of") for each in _run(word)]
    points = _decimal(fields, "points")
    name, label = fields.text("id", required=True), fields.text("label")
    step = fields.flag("step", default=False)
    better = fields.choice("better", ("higher", "lower"))
    caution, table = fields.text("caution"), _table(fields)
    run = _run(name)
    first = int(_RUN.fullmatch(name)[2]) if len(run) > 1 else 0  # type: ignore[index] # it fits
    return [
        Scale(
            each,
            label or each,
            how,
            tuple(part.replace("{}", str(first + place)) for part in of),
            low,
            high,
            points,
            step,
            better,
            caution,
            table,
        )
        for place, each in enumerate(run)
    ]


def _bands(fields: Fields) -> Bands:
    levels = []
    for node in fields.items("levels"):
        level = Fields(node, FORM_FIELDS["level"], "a level", fields.faults)
        low, high = _range(level, required=True)
        levels.append(Band(level.text("label", required=True), low or 0.0, high or 0.0))
    return Bands(
        name=fields.text("name", required=True),
        scale=fields.text("scale", required=True),
        date=fields.text("date", required=True),
        source=fields.text("source", required=True),
        levels=tuple(levels),
    )


def _run(name: str) -> list[str]:
    """Return the names that ``q1..q3`` stands for.

    Examples
    --------
    >>> _run("q1..q3"), _run("q7a"), _run("q1_a..q2_a")
    (['q1', 'q2', 'q3'], ['q7a'], ['q1_a', 'q2_a'])
    """
    found = _RUN.fullmatch(name)
    if not found or int(found[2]) > int(found[4]):
        return [name]
    head, first, tail, last = found.groups()
    return [f"{head}{number}{tail}" for number in range(int(first), int(last) + 1)]


def _range(fields: Fields, *, required: bool = False) -> tuple[float | None, float | None]:
    text = fields.text("range", required=required)
    found = _RANGE.fullmatch(text.strip())
    if found:
        return float(found[1]), float(found[2])
    if text:
        do = "Write it as 0-3."
        fields.faults.add(fields.at("range"), f"{text!r} is no range", do=do)
    return None, None


def _decimal(fields: Fields, name: str) -> float:
    text = fields.text(name)
    if text and not re.fullmatch(_NUMBER, text):
        fields.faults.add(fields.at(name), f"{name} must be a number, not {text!r}")
        return 0.0
    return float(text or 0)


def _table(fields: Fields) -> tuple[tuple[str, float], ...]:
    rows = []
    for node in fields.items("table"):
        pair = _pair(node, fields.faults)
        if pair:
            rows.append(pair)
    return tuple(rows)


def _pair(node: Node, faults: Faults) -> tuple[str, float] | None:
    cells = [each.text for each in node.items if isinstance(each, Scalar)] if isinstance(node, Items) else []  # fmt: skip
    if len(cells) == 2 and all(re.fullmatch(_NUMBER, cell) for cell in cells):
        return f"{float(cells[0]):g}", float(cells[1])
    do = "Write each line as '- [raw, converted]'."
    faults.add(node.line, "a line of the conversion table must hold two numbers", do=do)
    return None


def _form(each: Instrument) -> dict[str, Any]:
    """Return an instrument as a file has it; what is empty is left out."""
    items = [
        _filled(id=i.id, range=_said(i.low, i.high), kind=i.kind, reversed=i.reversed)
        for i in each.items
    ]
    scales = [
        _filled(
            id=s.id,
            label=s.label,
            how=s.how,
            of=list(s.of),
            range=_said(s.low, s.high),
            points=s.points,
            step=s.step,
            better=s.better,
            caution=s.caution,
            table=[[float(raw), value] for raw, value in s.table],
        )
        for s in each.scales
    ]
    bands = [
        {
            **_filled(name=b.name, scale=b.scale, date=b.date, source=b.source),
            "levels": [{"label": v.label, "range": _said(v.low, v.high)} for v in b.levels],
        }
        for b in each.bands
    ]
    return _filled(
        key=each.key,
        label=each.label,
        domain=each.domain,
        about=each.about,
        source=each.source,
        licensed=each.licensed,
        licence=each.licence,
        missing=each.missing,
        missing_source=each.missing_source,
        waves=list(each.waves),
        items=items,
        scales=scales,
        bands=bands,
        notes=list(each.notes),
    )


def _filled(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}


def _said(low: float | None, high: float | None) -> str:
    return "" if low is None or high is None else f"{low:g} to {high:g}"
