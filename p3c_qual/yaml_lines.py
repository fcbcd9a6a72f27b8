"""YAML written by hand: read strictly, with the line of everything that is found."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from p3c_qual.findings import Faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    import yaml

__all__ = ["Items", "Mapping", "Node", "Scalar", "parse_yaml"]

#: bytes; a file of this kind is written by hand, and one hundred times smaller
LARGEST = 8_000_000
#: nested blocks; a tree of codes is far flatter, and deeper nesting is a mistake or an attack
DEEPEST = 40
_PLAIN_TAGS = {
    f"tag:yaml.org,2002:{kind}" for kind in ("str", "int", "float", "bool", "null", "seq", "map")
}
_NULLS = {"", "~", "null", "Null", "NULL"}


@dataclass(frozen=True)
class Scalar:
    """A single value: its text as written, and whether it stands for nothing."""

    line: int
    text: str
    empty: bool = False


@dataclass(frozen=True)
class Items:
    """A list."""

    line: int
    items: tuple[Node, ...]


@dataclass(frozen=True)
class Mapping:
    """Names and values; `lines` holds the line of each name."""

    line: int
    entries: dict[str, Node]
    lines: dict[str, int]


Node = Scalar | Items | Mapping


class _TooDeepError(Exception):
    """The nesting is deeper than any file of ours."""


def parse_yaml(source: str | bytes | Path, name: str = "") -> tuple[Node | None, Faults]:
    r"""Read YAML into nodes that know their line, and never build any other object.

    Duplicate names, aliases, tags, tabs, a second document and undecodable bytes are faults;
    a byte-order mark and Windows line ends are not.

    Parameters
    ----------
    source : pathlib.Path, str or bytes
        A file; a `str` without a line break is the path of one, any other is the YAML itself.
    name : str, optional
        What the source is called in messages; the file's name by default.

    Returns
    -------
    tuple of (Node or None, Faults)
        None where nothing could be read.

    Examples
    --------
    >>> node, faults = parse_yaml("label: Care\nlabel: Cure\n", "theirs.yml")
    >>> node.entries["label"].text
    'Care'
    >>> print(faults.found[0])
    theirs.yml, line 2: 'label' stands twice, first in line 1. Remove one of the two.
    """
    faults = Faults(name or _name_of(source))
    text = _text_of(source, faults)
    if text is None:
        return None, faults
    return _compose(text, faults), faults


def _is_path(source: str | bytes | Path) -> bool:
    return isinstance(source, Path) or (
        isinstance(source, str) and source.count("\n") == 0 != len(source)
    )


def _name_of(source: str | bytes | Path) -> str:
    return Path(str(source)).name if _is_path(source) else "the text"


def _text_of(source: str | bytes | Path, faults: Faults) -> str | None:
    """Return the decoded text with its newlines as one kind, or None with a fault."""
    if isinstance(source, Path) or _is_path(source):
        path = Path(str(source))
        try:
            with path.open("rb") as file:
                source = file.read(LARGEST + 1)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            faults.add(0, f"the file cannot be read: {reason}", do=f"Looked for {path}.")
            return None
    if len(source) > LARGEST:
        faults.add(0, f"the file has more than {LARGEST / 1e6:.0f} MB and was not written by hand")
        return None
    if isinstance(source, bytes):
        if source.startswith((b"\xff\xfe", b"\xfe\xff")):
            faults.add(0, "the file is in UTF-16, not UTF-8", do="Save it again as UTF-8.")
            return None
        try:
            source = source.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            what = f"the byte 0x{error.object[error.start]:02x} is not UTF-8"
            do = "The file may be in Windows-1252; save it again as UTF-8."
            faults.add(line, what, do=do)
            return None
    return source.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _compose(text: str, faults: Faults) -> Node | None:
    import yaml

    # the C scanner reads the shipped codebooks ten times faster; both give the same events
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    events = iter(yaml.parse(text, Loader=loader))
    root: Node | None = None
    try:
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    faults.add(
                        _line(event), "a second document begins here", do="Keep one in a file."
                    )
                    break
                root = _node(next(events), events, faults, 1)
    except _TooDeepError:
        faults.add(0, f"the file is nested more than {DEEPEST} levels deep")
    except yaml.YAMLError as error:
        _say_syntax(error, text, faults)
    if root is None and not faults.found:
        faults.add(0, "the file is empty")  # or holds comments alone
    return root


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0


def _node(event: yaml.Event, events: Iterator[yaml.Event], faults: Faults, depth: int) -> Node:
    """Build the node that begins with `event`; faults are noted and passed over."""
    import yaml

    line = _line(event)
    if depth > DEEPEST:
        raise _TooDeepError
    if isinstance(event, yaml.AliasEvent):
        faults.add(
            line, f"the alias '*{event.anchor}' is not allowed", do="Write it out, or quote it."
        )
        return Scalar(line, "", empty=True)
    tag = getattr(event, "tag", None)
    if tag is not None and tag != "!" and tag not in _PLAIN_TAGS:
        shown = str(tag).replace("tag:yaml.org,2002:", "!!")
        faults.add(line, f"the tag {shown} is not allowed and was not run", do="Remove the tag.")
    if isinstance(event, yaml.SequenceStartEvent):
        items = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(_node(event, events, faults, depth + 1))
        return Items(line, tuple(items))
    if isinstance(event, yaml.MappingStartEvent):
        entries: dict[str, Node] = {}
        lines: dict[str, int] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            name = _node(event, events, faults, depth + 1)
            value = _node(next(events), events, faults, depth + 1)
            if not isinstance(name, Scalar):
                faults.add(name.line, "a name must be a word, here it is a list or a mapping")
            elif name.text in entries:
                first = lines[name.text]
                what = f"{name.text!r} stands twice, first in line {first}"
                faults.add(name.line, what, do="Remove one of the two.")
            else:
                entries[name.text], lines[name.text] = value, name.line
        return Mapping(line, entries, lines)
    assert isinstance(event, yaml.ScalarEvent)  # the only kind that is left
    if event.style in ("|", ">"):
        # the line break that ends a block belongs to the layout, not to the text
        return Scalar(line, event.value.rstrip("\n"))
    return Scalar(line, event.value, empty=event.style is None and event.value in _NULLS)


def _say_syntax(error: yaml.YAMLError, text: str, faults: Faults) -> None:
    """Turn the parser's message into what the writer of the file has to mend."""
    mark = getattr(error, "problem_mark", None)
    lines = text.split("\n")
    if mark is None:  # a character that no YAML file may hold
        found = re.search(
            r"[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text
        )
        at = found.start() if found else 0
        shown = f"U+{ord(text[at]):04X}"
        faults.add(text[:at].count("\n") + 1, f"the control character {shown} is not allowed")
        return
    tabs = [number for number, line in enumerate(lines, 1) if re.match(r" *\t", line)]
    here = lines[mark.line] if mark.line < len(lines) else ""
    if tabs and re.match(r" *\t", here):
        for number in tabs:
            faults.add(number, "the line is indented with a tab", do="Use spaces.")
        return
    start = getattr(error, "context_mark", None)
    context = getattr(error, "context", None) or ""
    problem = getattr(error, "problem", None) or "it cannot be read"
    line, do = mark.line + 1, ""
    if "quoted scalar" in context and start is not None:
        line, problem, do = start.line + 1, "the quotation mark is never closed", "Close it."
    elif "mapping values" in problem:
        problem = "a colon followed by a space stands inside a text"
        do = "Put the text in quotation marks, or check the indentation."
    elif "alias" in context or "cannot start any token" in problem:
        problem = f"a text may not begin with {here[mark.column : mark.column + 1]!r}"
        do = "Put the text in quotation marks."
    else:
        problem = f"the YAML does not hold together here: {problem}"
        do = "Compare the indentation, brackets and dashes with the lines above."
    faults.add(line, problem, do=do)
