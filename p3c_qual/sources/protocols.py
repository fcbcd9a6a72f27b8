"""Interview protocols: what each type of stakeholder is asked, and which codes that covers.

From them a table tells "not asked" (left empty) from "asked and not mentioned" (0).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from p3c_qual.errors import nearest
from p3c_qual.sources.terms import STAKEHOLDERS
from p3c_qual.yaml_fields import SLUG, Fields, is_of_format, slug_of
from p3c_qual.yaml_lines import parse_yaml

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from p3c_qual.codebook.model import Codebook
    from p3c_qual.findings import Faults
    from p3c_qual.yaml_lines import Node

__all__ = ["PROTOCOL_FIELDS", "PROTOCOL_FORMAT", "Focus", "Protocol", "asked_codes"]
__all__ += ["read_protocols"]

#: the version of the file format this program reads
PROTOCOL_FORMAT = 1
#: every field of the format, by what it belongs to
PROTOCOL_FIELDS: dict[str, tuple[str, ...]] = {
    "a protocol file": ("format", "protocols"),
    "a protocol": ("key", "label", "stakeholder_types", "outline", "focus"),
    "a focus area": ("key", "label", "question", "codes"),
}


@dataclass(frozen=True)
class Focus:
    """A focus area of a protocol.

    Attributes
    ----------
    key, label : str
        What it is called.
    question : str
        The main question, as it is put.
    codes : tuple of str
        The codes it covers, each with everything below it. The beginning of keys will do too:
        ``financing.micro`` stands for all elements of that level.
    """

    key: str
    label: str
    question: str = ""
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Protocol:
    """An interview protocol.

    Attributes
    ----------
    key, label : str
        What it is called.
    stakeholder_types : tuple of str
        Whom it is for: A, B, C, D, D1, D2, E, F, G.
    outline : tuple of str
        The parts of the interview, in order.
    focus : tuple of Focus
        What is asked.
    """

    key: str
    label: str
    stakeholder_types: tuple[str, ...] = ()
    outline: tuple[str, ...] = ()
    focus: tuple[Focus, ...] = ()


def read_protocols(
    source: str | bytes | Path, *, name: str = "", codes: Collection[str] | None = None
) -> tuple[Protocol, ...]:
    r"""Read interview protocols from YAML.

    Parameters
    ----------
    source : pathlib.Path, str or bytes
        A file; a `str` without a line break is the path of one, any other is the YAML itself.
    name : str, optional
        What it is called in messages; the file's name by default.
    codes : collection of str, optional
        The codes there are, as ``key`` or ``codebook:key``; a focus area that names another is
        then refused.

    Returns
    -------
    tuple of Protocol
        In the order of the file.

    Raises
    ------
    P3CError
        With every fault of the file and its line.

    Examples
    --------
    >>> text = '''
    ... format: 1
    ... protocols:
    ...   - key: manager
    ...     label: Managers
    ...     stakeholder_types: [A]
    ...     outline: [introduction, main questions, closing]
    ...     focus:
    ...       - key: roles
    ...         label: New roles
    ...         question: Who does something today that nobody did before?
    ...         codes: [workforce]
    ... '''
    >>> read_protocols(text)[0].focus[0].codes
    ('workforce',)
    """
    root, faults = parse_yaml(source, name)
    protocols: list[Protocol] = []
    known = None if codes is None else _with_beginnings(codes)
    if root is not None and is_of_format(root, PROTOCOL_FORMAT, faults):
        top = Fields(root, PROTOCOL_FIELDS["a protocol file"], "a protocol file", faults)
        if not top.items("protocols"):
            faults.add(0, "the file holds no protocols", do="Add 'protocols:' with a list.")
        lines: dict[str, int] = {}
        for node in top.items("protocols"):
            protocol = _read_protocol(node, known, faults)
            _note_twice(protocol.key, node.line, lines, "protocol", faults)
            protocols.append(protocol)
    faults.refuse()
    return tuple(protocols)


def asked_codes(
    protocol: Protocol,
    *,
    added: Iterable[str] = (),
    dropped: Iterable[str] = (),
    codebook: Codebook | None = None,
) -> frozenset[str]:
    """Return the codes an interview asked about.

    Parameters
    ----------
    protocol : Protocol
        What was planned.
    added : iterable of str
        Codes that this interview asked about as well.
    dropped : iterable of str
        Codes, or keys of focus areas, that it left out; a code takes those below it along. What
        is dropped stays out, also where it is added.
    codebook : Codebook, optional
        With it, the result holds every code of it that was asked about: those named, those below
        them, and those above them, since a segment was asked about where one of its elements was.
        Without it, the result holds the codes as they are named.

    Returns
    -------
    frozenset of str

    Examples
    --------
    >>> protocol = Protocol("a", "A", focus=(
    ...     Focus("money", "Money", codes=("financing",)),
    ...     Focus("staff", "Staff", codes=("workforce", "workforce.micro.core_group")),
    ... ))
    >>> sorted(asked_codes(protocol, added=["implementation"], dropped=["workforce"]))
    ['financing', 'implementation']
    """
    left_out = set(dropped)
    areas = {focus.key for focus in protocol.focus}
    named = {code for focus in protocol.focus if focus.key not in left_out for code in focus.codes}
    named |= set(added)
    gone = {code.rpartition(":")[2] for code in left_out - areas}
    if codebook is None:
        return frozenset(code for code in named if gone.isdisjoint(_beginnings(code)))
    here = ("", codebook.key)
    mine = {code.rpartition(":")[2] for code in named if code.rpartition(":")[0] in here}
    asked: set[str] = set()
    for code in codebook.codes:
        path = codebook.path(code.key)
        above = {*path, *_beginnings(code.key)}
        if mine.intersection(above) and gone.isdisjoint(above):
            asked.update(path)
    return frozenset(asked)


def _beginnings(code: str) -> tuple[str, ...]:
    """Return the key and all it begins with, word by word, without its codebook."""
    words = code.rpartition(":")[2].split(".")
    return tuple(".".join(words[: number + 1]) for number in range(len(words)))


def _with_beginnings(codes: Iterable[str]) -> frozenset[str]:
    known: set[str] = set()
    for code in codes:
        book, colon, _ = code.rpartition(":")
        known.update(_beginnings(code))
        known.update(f"{book}{colon}{start}" for start in _beginnings(code))
    return frozenset(known)


def _note_twice(key: str, line: int, lines: dict[str, int], what: str, faults: Faults) -> None:
    if key and key in lines:
        faults.add(line, f"the {what} {key!r} stands twice, first in line {lines[key]}")
    lines.setdefault(key, line)


def _read_protocol(node: Node, known: Collection[str] | None, faults: Faults) -> Protocol:
    item = Fields(node, PROTOCOL_FIELDS["a protocol"], "a protocol", faults)
    types = item.words("stakeholder_types")
    for text, line in types:
        if text not in STAKEHOLDERS:
            what = f"unknown stakeholder type {text!r}"
            faults.add(line, what, valid=tuple(STAKEHOLDERS), given=text)
    if not types:
        do = "Add 'stakeholder_types:' with a list such as [A] or [D1, D2]."
        faults.add(item.line, "a protocol is for no stakeholder type", do=do)
    focus: list[Focus] = []
    lines: dict[str, int] = {}
    for member in item.items("focus"):
        area = _read_focus(member, known, faults)
        _note_twice(area.key, member.line, lines, "focus area", faults)
        focus.append(area)
    if not focus:
        faults.add(item.line, "a protocol has no focus area", do="Add 'focus:' with a list.")
    return Protocol(
        key=item.slug("key", required=True),
        label=item.text("label", required=True),
        stakeholder_types=tuple(text for text, _ in types),
        outline=tuple(text for text, _ in item.words("outline")),
        focus=tuple(focus),
    )


def _read_focus(node: Node, known: Collection[str] | None, faults: Faults) -> Focus:
    item = Fields(node, PROTOCOL_FIELDS["a focus area"], "a focus area", faults)
    named = item.words("codes")
    if not named:
        do = "Add 'codes:' with the codes its question covers."
        faults.add(item.line, "a focus area covers no code", do=do)
    for text, line in named:
        book, _, key = text.rpartition(":")
        if not SLUG.fullmatch(key) or (book and not SLUG.fullmatch(book)):
            do = "Write it as in the codebook, in lower case."
            faults.add(line, f"{text!r} is no code", closest=slug_of(key) or None, do=do)
        elif known is not None and text not in known:
            faults.add(line, f"unknown code {text!r}", closest=nearest(text, sorted(known)))
    return Focus(
        key=item.slug("key", required=True),
        label=item.text("label", required=True),
        question=item.text("question"),
        codes=tuple(text for text, _ in named),
    )
