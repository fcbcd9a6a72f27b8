"""The fields of one hand-written mapping, taken out one by one with their checks."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from p3c_qual.yaml_lines import Items, Mapping, Scalar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from p3c_qual.findings import Faults
    from p3c_qual.yaml_lines import Node

__all__ = ["SLUG", "Fields", "is_of_format", "slug_of"]

#: what a key looks like: lower-case words, joined by dots
SLUG = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)*")
_YES, _NO = {"true", "yes", "on"}, {"false", "no", "off"}


def slug_of(text: str) -> str:
    """Return the key spelled most like `text`.

    Examples
    --------
    >>> slug_of("Service Delivery.Soins intégrés")
    'service_delivery.soins_integres'
    """
    plain = unicodedata.normalize("NFKD", text.lower())
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = (re.sub(r"[^a-z0-9]+", "_", word).strip("_") for word in bare.split("."))
    return ".".join(word for word in words if word)


def is_of_format(root: Node, newest: int, faults: Faults) -> bool:
    """Say whether a file can be read on; of an unknown format only false faults would follow."""
    if not isinstance(root, Mapping) or not root.entries:
        do = f"Begin it with 'format: {newest}', then a name and a colon in each line."
        faults.add(root.line, "the file does not hold names and values", do=do)
        return False
    node = root.entries.get("format")
    text = node.text if isinstance(node, Scalar) else ""
    line = root.lines.get("format", 1)
    if text.isdecimal() and int(text) > newest:
        what = f"the file has format {text}, written by a newer version of p3c_qual"
        faults.add(line, what, do=f"This version reads format {newest}; update p3c_qual.")
        return False
    if text != str(newest):
        what = f"unknown format {text!r}" if text else "the file does not say its format"
        faults.add(line, what, do=f"Write 'format: {newest}' in the first line.")
    return True


class Fields:
    r"""One mapping of a file; every getter notes what is wrong and returns something usable.

    Parameters
    ----------
    node : Node
        What stands in the file.
    known : sequence of str
        The fields it may have; any other is a fault with the nearest spelling.
    owner : str
        What it is, for messages: ``"a code"``.
    faults : Faults
        Where findings go.

    Examples
    --------
    >>> from p3c_qual.yaml_lines import parse_yaml
    >>> node, faults = parse_yaml("label: Care\nlevl: micro\n", "theirs.yml")
    >>> fields = Fields(node, ("label", "level"), "a code", faults)
    >>> fields.text("label"), fields.choice("level", ("micro", "meso"))
    ('Care', '')
    >>> print(faults.found[0])
    theirs.yml, line 2: unknown field 'levl' of a code. Did you mean 'level'? Valid: label, level.
    """

    def __init__(self, node: Node, known: Sequence[str], owner: str, faults: Faults) -> None:
        self.line, self.owner, self.faults = node.line, owner, faults
        self._entries: dict[str, Node] = {}
        self._lines: dict[str, int] = {}
        if not isinstance(node, Mapping):
            do = f"Write it as 'name: value', with {', '.join(known[:3])} and so on."
            faults.add(node.line, f"{owner} must be a block of names and values", do=do)
            return
        for name, value in node.entries.items():
            if name not in known:
                what = f"unknown field {name!r} of {owner}"
                faults.add(node.lines[name], what, valid=known, given=name)
            elif not (isinstance(value, Scalar) and value.empty):
                self._entries[name] = value
        self._lines = node.lines

    def has(self, name: str) -> bool:
        """Return whether the field stands there with a value."""
        return name in self._entries

    def at(self, name: str) -> int:
        """Return the line of the field, or of the mapping where it is missing."""
        return self._lines.get(name, self.line)

    def text(self, name: str, *, required: bool = False, default: str = "") -> str:
        """Return a text field as it is written."""
        node = self._entries.get(name)
        if node is None:
            if required:
                self.faults.add(self.at(name), f"{self.owner} has no {name}", do=f"Add '{name}:'.")
            return default
        if isinstance(node, Scalar):
            if required and not node.text.strip():
                self.faults.add(self.at(name), f"the {name} of {self.owner} is empty")
            return node.text
        kind = "a list" if isinstance(node, Items) else "a block of names and values"
        self.faults.add(self.at(name), f"{name} must be a text, here it is {kind}")
        return default

    def slug(self, name: str, *, required: bool = False) -> str:
        """Return a key; one that is no slug is noted and returned as its nearest slug."""
        text = self.text(name, required=required)
        if text and not SLUG.fullmatch(text):
            what = f"{text!r} is no valid {name}"
            do = "Use lower-case letters a-z, digits and _, joined by dots."
            self.faults.add(self.at(name), what, closest=slug_of(text) or None, do=do)
            return slug_of(text)
        return text

    def choice(self, name: str, valid: Sequence[str], default: str = "") -> str:
        """Return one of the valid words."""
        text = self.text(name, default=default)
        if text and text not in valid:
            what = f"unknown {name} {text!r} of {self.owner}"
            self.faults.add(self.at(name), what, valid=valid, given=text)
            return default
        return text

    def flag(self, name: str, *, default: bool) -> bool:
        """Return true or false."""
        text = self.text(name)
        if text.lower() in _YES | _NO or not text:
            return text.lower() in _YES if text else default
        what = f"{name} must be true or false, not {text!r}"
        self.faults.add(self.at(name), what, valid=("true", "false"))
        return default

    def number(self, name: str, *, required: bool = False) -> int | None:
        """Return a whole number, or None where there is none."""
        text = self.text(name, required=required)
        if re.fullmatch(r"[+-]?[0-9]{1,15}", text):
            return int(text)
        if text:
            self.faults.add(self.at(name), f"{name} must be a whole number, not {text!r}")
        return None

    def items(self, name: str) -> tuple[Node, ...]:
        """Return the members of a list."""
        node = self._entries.get(name)
        if node is None or isinstance(node, Items):
            return node.items if node else ()
        do = "Begin each member on a line of its own with '- '."
        self.faults.add(self.at(name), f"{name} must be a list", do=do)
        return ()

    def node(self, name: str) -> Node | None:
        """Return what stands in the field, unread."""
        return self._entries.get(name)

    def words(self, name: str) -> tuple[tuple[str, int], ...]:
        """Return the texts of a list, each with its line."""
        found = []
        for item in self.items(name):
            if isinstance(item, Scalar) and item.text.strip():
                found.append((item.text, item.line))
            else:
                self.faults.add(item.line, f"a member of {name} must be a text")
        return tuple(found)
