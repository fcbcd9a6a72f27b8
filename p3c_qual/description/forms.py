"""The forms of a thick description, as data: what is asked, and how an answer has to look."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.yaml_fields import Fields, is_of_format
from p3c_qual.yaml_lines import parse_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from p3c_qual.description.model import Where
    from p3c_qual.findings import Faults
    from p3c_qual.yaml_lines import Node

__all__ = ["STATUSES", "Choice", "Form", "Item", "find_form", "kind_of_where", "read_forms"]

#: on what an answer rests, in forms that ask it
STATUSES = {
    "documented": "Documented",
    "interview": "From an interview",
    "not_found": "Not found",
}
_ABOUT = ("programme", "site", "country", "study")
_KINDS = ("text", "long", "date", "number", "choice")
_DATE = re.compile(r"[12]\d{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_NUMBER = re.compile(r"\d{1,9}")


@dataclass(frozen=True, slots=True)
class Choice:
    """A word that may be chosen, or a line that a form has."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Item:
    """What a form asks.

    Attributes
    ----------
    id, label, hint : str
    kind : str
        ``text`` (a line), ``long``, ``date`` (a year, a month or a day), ``number`` (a whole one)
        or ``choice``.
    choices : tuple of Choice
    group : str
        The heading it stands under; mostly empty.
    """

    id: str
    label: str
    hint: str = ""
    kind: str = "text"
    choices: tuple[Choice, ...] = ()
    group: str = ""

    def fault(self, value: str) -> Problem | None:
        """Return what is wrong with a value, None where nothing is."""
        if not value:
            return None
        called = self.label.lower()
        if self.kind == "date" and not _DATE.fullmatch(value):
            do = "Write 2016, 2016-03 or 2016-03-31."
            return Problem(f"{value[:40]!r} is no date for {called!r}", do=do)
        if self.kind == "number" and not _NUMBER.fullmatch(value):
            return Problem(f"{called!r} takes a whole number, not {value[:40]!r}")
        valid = tuple(each.id for each in self.choices)
        if self.kind == "choice" and value not in valid:
            what = f"{called!r} cannot be {value[:40]!r}"
            return Problem(what, "", valid, nearest(value, valid))
        return None


@dataclass(frozen=True, slots=True)
class Form:
    """A form.

    Attributes
    ----------
    key, label, hint : str
    about : tuple of str
        Of what it can be filled in: ``programme``, ``site``, ``country``, ``study``.
    items : tuple of Item
    several : bool
        Whether it has several lines, which its writer names.
    records_of : tuple of Choice
        The lines it has, where they are fixed.
    statuses : bool
        Whether it asks on what an answer rests.
    """

    key: str
    label: str
    hint: str
    about: tuple[str, ...]
    items: tuple[Item, ...]
    several: bool = False
    records_of: tuple[Choice, ...] = ()
    statuses: bool = False

    def item(self, name: str) -> Item | None:
        """Return what it asks under this name."""
        return next((each for each in self.items if each.id == name), None)

    def faults(
        self, about: Where, record: str, item: str, value: str, status: str
    ) -> list[Problem]:
        """Return everything that is wrong with an answer; its words are cleaned already."""
        problems = self.line_faults(about, record)
        ids = tuple(each.id for each in self.items)
        asked = self.item(item)
        if asked is None:
            what = f"the form {self.label!r} has no item {item[:60]!r}"
            problems.append(Problem(what, "", ids, nearest(item, ids)))
        elif bad := asked.fault(value):
            problems.append(bad)
        if status and not self.statuses:
            problems.append(Problem(f"the form {self.label!r} does not ask on what it rests"))
        elif status and status not in STATUSES:
            what = f"there is no status {status[:40]!r} of an answer"
            problems.append(Problem(what, "", tuple(STATUSES), nearest(status, STATUSES)))
        elif status in {"documented", "interview"} and not value:
            called = STATUSES[status].lower()
            do = "Write what it says, or that it was not found."
            problems.append(Problem(f"an answer that is {called} needs words", do=do))
        return problems

    def line_faults(self, about: Where, record: str) -> list[Problem]:
        """Return what is wrong with a line of the form, on what it is about."""
        problems = []
        kind = kind_of_where(about)
        if kind not in self.about:
            called = " or ".join("the study" if each == "study" else f"a {each}" for each in self.about)  # fmt: skip
            problems.append(Problem(f"the form {self.label!r} is filled in for {called}"))
        lines = tuple(each.id for each in self.records_of)
        if lines and record not in lines:
            what = f"the form {self.label!r} has no line {record[:60]!r}"
            problems.append(Problem(what, "", lines, nearest(record, lines)))
        elif self.several and not record:
            problems.append(Problem(f"it is not said which line of {self.label!r} is meant"))
        elif record and not lines and not self.several:
            problems.append(Problem(f"the form {self.label!r} has one line; {record[:60]!r} is none"))  # fmt: skip
        return problems


def kind_of_where(where: Where) -> str:
    """Return what something is about, as a word.

    Examples
    --------
    >>> from p3c_qual.description.model import Where
    >>> kind_of_where(Where(country="Norway")), kind_of_where(Where())
    ('country', 'study')
    """
    if where.country:
        return "country"
    return "site" if where.site else "programme" if where.programme else "study"


@functools.cache
def read_forms() -> Mapping[str, Form]:
    """Return the forms by their keys, in order.

    Examples
    --------
    >>> len(read_forms()["formal_description"].items), len(read_forms()["country_prompts"].items)
    (14, 15)
    """
    path = Path(__file__).with_name("forms.yml")
    root, faults = parse_yaml(path)
    found = {}
    if root and is_of_format(root, 1, faults):
        top = Fields(root, ("format", "forms"), "the file", faults)
        found = {each.key: each for each in (_form(node, faults) for node in top.items("forms"))}
    if faults.found:
        raise P3CError(faults.found)
    return found


def find_form(name: str) -> Form:
    """Return a form by its key.

    Raises
    ------
    P3CError
        If there is none; with the nearest key.
    """
    forms = read_forms()
    if name not in forms:
        what = f"there is no form {name[:60]!r}"
        raise P3CError(Problem(what, "", tuple(forms), nearest(name, forms)))
    return forms[name]


def _form(node: Node, faults: Faults) -> Form:
    names = ("key", "label", "hint", "about", "several", "records_of", "statuses", "items")
    fields = Fields(node, names, "a form", faults)
    about = tuple(word for word, _ in fields.words("about") if word in _ABOUT)
    return Form(
        fields.slug("key", required=True),
        fields.text("label", required=True),
        fields.text("hint"),
        about,
        tuple(_item(each, faults) for each in fields.items("items")),
        several=fields.flag("several", default=False),
        records_of=_choices(fields.items("records_of"), faults),
        statuses=fields.flag("statuses", default=False),
    )


def _item(node: Node, faults: Faults) -> Item:
    names = ("id", "label", "hint", "kind", "choices", "group")
    fields = Fields(node, names, "an item", faults)
    return Item(
        fields.slug("id", required=True),
        fields.text("label", required=True),
        fields.text("hint"),
        fields.choice("kind", _KINDS, "text"),
        _choices(fields.items("choices"), faults),
        fields.text("group"),
    )


def _choices(nodes: Sequence[Node] | Iterable[Node], faults: Faults) -> tuple[Choice, ...]:
    read = [Fields(node, ("id", "label"), "a choice", faults) for node in nodes]
    return tuple(Choice(each.text("id", required=True), each.text("label")) for each in read)
