"""The forms of a description's folder as text: every question above the place of its answer."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from p3c_qual.description.form.folders import FORMAT, dump
from p3c_qual.description.forms import STATUSES, read_forms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from p3c_qual.description.forms import Form, Item

__all__ = ["forms_text"]

_WIDE = 98
_HOW = {
    "date": "2016, 2016-03 or 2016-03-31",
    "number": "whole",
}
_HEAD = (
    "An answer stands behind its name, or below it as value, status and sources. A line that "
    "begins with # is not read. What is left empty is not answered."
)
_EXAMPLE = """\
  aim:
    value: What it wants to achieve.
    status: documented
    sources:
      - {source: KEY, at: 120-180, quote: the words that stand there}"""


def forms_text(given: Mapping[str, Mapping[str, Any]], kind: str) -> str:
    """Return a file of forms, those that are asked and not begun as comments to be filled in.

    Parameters
    ----------
    given : mapping
        Answers by form and item, or by form, line and item.
    kind : str
        ``programme``, ``site``, ``country`` or ``study``; empty: only what is given.
    """
    forms = [
        form for form in read_forms().values() if form.key in given or (kind and kind in form.about)
    ]
    if not forms:
        return ""
    parts = [dump({"format": FORMAT}) + _comment(_HEAD) + _comment("For example:")]
    parts[0] += textwrap.indent(_EXAMPLE + "\n", "# ")
    parts += ["".join(_form(form, given.get(form.key, {}))) for form in forms]
    return "\n".join(parts)


def _form(form: Form, given: Mapping[str, Any]) -> Iterator[str]:
    yield _comment(f"{form.label}. {form.hint}")
    if form.statuses:
        yield _comment(f"Status of an answer: {_choices(STATUSES.items())}.")
    if not (form.several or form.records_of):
        yield f"{form.key}:\n"
        yield from (_item(item, given.get(item.id)) for item in form.items)
        return
    lines = [(each.id, each.label) for each in form.records_of]
    lines += [(name, "") for name in given if name not in {key for key, _ in lines}]
    some = bool(given)
    yield f"{form.key}:\n" if some else f"# {form.key}:\n"
    for name, label in lines:
        asked = given.get(name)
        yield _line(form.items, name, label, asked or {}, blank=asked is None)
    if form.several and not some:
        yield _line(form.items, "NAME", "A line for each, under a name of its own.", {}, blank=True)


def _line(
    items: Iterable[Item], name: str, label: str, given: Mapping[str, Any], *, blank: bool
) -> str:
    """Return a line of a form, as comments where nothing is answered in it."""
    head = dump({name: None}).rstrip("\n")
    told = "".join(_item(item, given.get(item.id)) for item in items)
    text = f"{_comment(label) if label else ''}{head}\n{told}"
    if not blank:
        return textwrap.indent(text, "  ")
    return "".join(f"#   {line}\n" for line in text.splitlines() if line.strip())


def _item(item: Item, given: Any) -> str:
    how = _HOW.get(item.kind, "")
    if item.choices:
        how = f"one of {_choices((each.id, each.label) for each in item.choices)}"
    said = " ".join(filter(None, (f"{item.label}.", item.hint, f"({how})" if how else "")))
    return textwrap.indent(_comment(said) + dump({item.id: given}), "  ")


def _choices(of: Iterable[tuple[str, str]]) -> str:
    told = ((key, label.lower()) for key, label in of)
    return ", ".join(
        key if key.replace("_", " ") == label else f"{key} ({label})" for key, label in told
    )


def _comment(text: str) -> str:
    lines = textwrap.wrap(" ".join(text.split()), _WIDE - 4, break_on_hyphens=False)
    return "".join(f"# {line}\n" for line in lines)
