"""A codebook file read into a codebook, with the line of every code."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from p3c_qual.codebook.code import CODE_STATUSES, KINDS, LEVELS, Anchor, Code, ScaleLevel
from p3c_qual.codebook.model import CODEBOOK_STATUSES, Codebook, Term, Vocabulary
from p3c_qual.yaml_fields import SLUG, Fields, is_of_format
from p3c_qual.yaml_lines import Scalar, parse_yaml

if TYPE_CHECKING:
    from pathlib import Path

    from p3c_qual.findings import Faults
    from p3c_qual.yaml_lines import Node

__all__ = ["FIELDS", "FORMAT", "Draft", "draft_of"]

#: the version of the file format this program reads and writes
FORMAT = 1
#: every field of the format, by what it belongs to, in the order in which it is written
FIELDS: dict[str, tuple[str, ...]] = {
    "a codebook": (
        *("format", "key", "label", "version", "language", "status", "description", "source"),
        *("criterion", "abstraction", "vocabulary", "codes"),
    ),
    "a code": (
        *("id", "key", "label", "parent", "level", "status", "merged_into", "kind"),
        *("in_framework", "definition", "rule", "anchors", "levels", "not_ratable"),
        *("crosswalk", "source", "codes"),
    ),
    "an anchor": ("quote", "source", "start", "end", "prototype", "invented"),
    "a level": ("value", "label", "definition", "rule", "anchors"),
    "not_ratable": ("label", "definition", "rule", "anchors"),
    "a vocabulary": ("id", "label", "definition", "ordered", "terms"),
    "a term": ("id", "label", "definition"),
}


@dataclass
class Draft:
    """A codebook as far as it could be read.

    Attributes
    ----------
    codebook : Codebook
        Without the codes that have no key.
    codes : list of (Code, int)
        Every code with its line, duplicates too, in the order of the file.
    faults : Faults
        What is wrong.
    """

    faults: Faults
    codebook: Codebook = field(default_factory=lambda: Codebook("", ""))
    codes: list[tuple[Code, int]] = field(default_factory=list)


def draft_of(source: str | bytes | Path, name: str = "") -> Draft:
    """Read what can be read of a codebook file; structure is checked elsewhere."""
    root, faults = parse_yaml(source, name)
    draft = Draft(faults)
    if root is None or not is_of_format(root, FORMAT, faults):
        return draft
    top = Fields(root, FIELDS["a codebook"], "a codebook", faults)
    language = top.text("language", default="en")
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", language):
        do = "Use a code such as en, de or nl-BE."
        faults.add(top.at("language"), f"{language!r} is no language code", do=do)
    if not (top.has("codes") or top.has("vocabulary")):
        faults.add(0, "the codebook has neither codes nor a vocabulary", do="Add 'codes:'.")
    for node in top.items("codes"):
        _read_code(node, None, draft)
    draft.codebook = Codebook(
        key=top.slug("key", required=True),
        label=top.text("label", required=True),
        version=top.text("version", default="1"),
        language=language,
        description=top.text("description"),
        source=top.text("source"),
        status=top.choice("status", CODEBOOK_STATUSES, "draft"),
        criterion=top.text("criterion"),
        abstraction=top.text("abstraction"),
        vocabulary=_read_vocabularies(top, faults),
        codes=tuple({code.key: code for code, _ in reversed(draft.codes)}.values())[::-1],
    )
    return draft


def _read_code(node: Node, parent: str | None, draft: Draft) -> None:
    faults = draft.faults
    item = Fields(node, FIELDS["a code"], "a code", faults)
    key = _key_of(item, parent, faults)
    stated = item.text("parent")
    if parent is not None and stated not in ("", parent):
        what = f"the code stands below {parent!r} and names {stated!r} as its parent"
        faults.add(item.at("parent"), what, do="Move it there, or remove 'parent:'.")
    not_ratable = item.node("not_ratable")
    code = Code(
        # a code without a key still holds others, and its place tells it from the rest
        key=key or f"?{item.line}",
        label=item.text("label", required=True),
        definition=item.text("definition"),
        rule=item.text("rule"),
        level=item.choice("level", LEVELS),
        parent=parent or stated or None,
        anchors=_read_anchors(item, faults),
        status=item.choice("status", CODE_STATUSES, "active"),
        kind=item.choice("kind", KINDS, "nominal"),
        levels=tuple(_read_level(level, "a level", faults) for level in item.items("levels")),
        not_ratable=_read_level(not_ratable, "not_ratable", faults) if not_ratable else None,
        source=item.text("source"),
        in_framework=item.flag("in_framework", default=True),
        crosswalk=_read_crosswalk(item, faults),
        merged_into=item.text("merged_into") or None,
    )
    draft.codes.append((code, item.line))
    for child in item.items("codes"):
        _read_code(child, code.key, draft)


def _key_of(item: Fields, parent: str | None, faults: Faults) -> str:
    """Put the parent's key before a short id; `key` is taken whole."""
    if item.has("id") and item.has("key"):
        faults.add(item.at("key"), "a code has both id and key", do="Keep one of the two.")
    if item.has("key"):
        return item.slug("key")
    short = item.slug("id", required=True)
    if not short or parent is None or short.startswith(f"{parent}."):
        return short
    return f"{parent}.{short}"


def _read_anchors(item: Fields, faults: Faults) -> tuple[Anchor, ...]:
    return tuple(_read_anchor(node, faults) for node in item.items("anchors"))


def _read_anchor(node: Node, faults: Faults) -> Anchor:
    if isinstance(node, Scalar):  # a quote alone may be written without its name
        if not node.text.strip():
            faults.add(node.line, "the quote of an anchor is empty")
        return Anchor(node.text)
    item = Fields(node, FIELDS["an anchor"], "an anchor", faults)
    anchor = Anchor(
        quote=item.text("quote", required=True),
        source=item.text("source"),
        start=item.number("start"),
        end=item.number("end"),
        prototype=item.flag("prototype", default=False),
        invented=item.flag("invented", default=False),
    )
    start, end = anchor.start, anchor.end
    if item.has("start") != item.has("end"):
        faults.add(item.line, "an anchor has start and end, or neither", do="Add the other.")
    elif start is not None and end is not None and not 0 <= start < end:
        what = f"the span {start} to {end} of an anchor is none"
        faults.add(item.at("start"), what, do="Count from 0; the end lies behind the start.")
    if item.has("start") and not anchor.source:
        faults.add(item.at("start"), "an anchor with a span has no source", do="Add 'source:'.")
    if anchor.invented and anchor.source:
        do = "Remove 'source:' or 'invented:'."
        faults.add(item.at("source"), "an invented anchor cannot have a source", do=do)
    return anchor


def _read_level(node: Node, owner: str, faults: Faults) -> ScaleLevel:
    item = Fields(node, FIELDS[owner], owner, faults)
    return ScaleLevel(
        value=item.number("value", required=True) if owner == "a level" else None,
        label=item.text("label", required=True),
        definition=item.text("definition"),
        rule=item.text("rule"),
        anchors=_read_anchors(item, faults),
    )


def _read_crosswalk(item: Fields, faults: Faults) -> tuple[str, ...]:
    found = []
    for text, line in item.words("crosswalk"):
        book, colon, key = text.partition(":")
        if colon and SLUG.fullmatch(book) and SLUG.fullmatch(key):
            found.append(text)
        else:
            do = "Write codebook:key, such as selfie:workforce."
            faults.add(line, f"{text!r} names no code of another codebook", do=do)
    return tuple(found)


def _read_vocabularies(top: Fields, faults: Faults) -> tuple[Vocabulary, ...]:
    found: list[Vocabulary] = []
    for node in top.items("vocabulary"):
        item = Fields(node, FIELDS["a vocabulary"], "a vocabulary", faults)
        if not item.items("terms"):
            faults.add(item.line, "a vocabulary has no terms", do="Add 'terms:'.")
        terms: list[Term] = []
        for member in item.items("terms"):
            term = Fields(member, FIELDS["a term"], "a term", faults)
            key, label = term.slug("id", required=True), term.text("label", required=True)
            if key and key in {other.key for other in terms}:
                faults.add(term.at("id"), f"the term {key!r} stands twice in its vocabulary")
            terms.append(Term(key, label, term.text("definition")))
        key = item.slug("id", required=True)
        if key and key in {other.key for other in found}:
            faults.add(item.at("id"), f"the vocabulary {key!r} stands twice")
        found.append(
            Vocabulary(
                key=key,
                label=item.text("label", required=True),
                definition=item.text("definition"),
                ordered=item.flag("ordered", default=False),
                terms=tuple(terms),
            )
        )
    return tuple(found)
