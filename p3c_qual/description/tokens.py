"""What an author's Markdown names: quotes, configurations, facts, sources, tables and figures.

``![IP01_2](quote:1f0c2a9b)`` sets a quotation in, as a block where it is alone on its line;
``[IP01_2](quote:1f0c2a9b)`` is the bare reference; ``[c3](cmo:c3)``, ``[18 of 20](fact:77ab01cd)``,
``[plan](source:plan)``, ``[..](table:segments)`` and ``![..](figure:timeline)`` name the others.
What is code, escaped or a link to the web is none of them, and HTML is text.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from p3c_qual.errors import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token as Node

__all__ = ["KINDS", "SPANS", "Paragraph", "Token", "count_words", "parse", "read_paragraphs"]
__all__ += ["read_tokens"]

#: what can be named
KINDS = ("quote", "cmo", "fact", "source", "table", "figure")
#: of these, what leads to a passage
SPANS = ("quote", "cmo", "fact", "source")

_WEB = {"http", "https", "mailto", "ftp", "tel", "doi"}
_NAMED = re.compile(r"([A-Za-z][A-Za-z0-9_+-]*):(?!//)(.*)", re.DOTALL)
_WORD = re.compile(r"\w+(?:[’'.-]\w+)*")
_LINE = re.compile(r"\r\n?|\n")
#: fewer words than these are a label, and no sentence
_SENTENCE = 3


@dataclass(frozen=True, slots=True)
class Token:
    """Something that a text names.

    Attributes
    ----------
    kind : str
        One of `KINDS`; as written where there is no such kind; empty for a picture from elsewhere.
    name : str
        Key of a quote, a configuration, a source, a table, a figure; first digits of a fact's row.
    label : str
        What stands in the brackets.
    start, end : int
        Half-open range of the whole token in the text.
    block : bool
        Set in and alone on its line.
    set_in : bool
        Written with an exclamation mark: printed, and not only referred to.
    fault : str
        Why it cannot be read; empty where it can.
    """

    kind: str
    name: str
    label: str
    start: int
    end: int
    block: bool = False
    set_in: bool = False
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of a text: a paragraph, a whole list or table, a heading.

    Attributes
    ----------
    kind : str
        ``paragraph``, ``list``, ``quote``, ``table``, ``heading`` or ``code``.
    start, end : int
        Half-open range of its lines in the text.
    prose : str
        Its words without what it names and without mark-up.
    words : int
        How many words of its own it has.
    tokens : tuple of Token
        In their order.
    rests : bool
        Whether it names a passage, or a quotation alone on its line follows it.
    """

    kind: str
    start: int
    end: int
    prose: str
    words: int
    tokens: tuple[Token, ...]
    rests: bool = False

    @property
    def told(self) -> bool:
        """Whether it says something itself: a sentence, and no heading or code."""
        return self.kind not in {"heading", "code"} and self.words >= _SENTENCE


def read_tokens(text: str) -> list[Token]:
    """Return what a text names, in its order; what cannot be read says so in its `fault`.

    Examples
    --------
    >>> [(each.kind, each.name, each.block) for each in read_tokens("See [A1](quote:1f0c2a9b).")]
    [('quote', '1f0c2a9b', False)]
    >>> read_tokens("`[A1](quote:1f0c2a9b)`")
    []
    >>> read_tokens("[A1](qoute:1f0c2a9b)")[0].fault
    "there is no kind 'qoute'; perhaps 'quote'"
    """
    return [token for each in _paragraphs(text) for token in each.tokens]


def read_paragraphs(text: str, known: Callable[[Token], bool] | None = None) -> list[Paragraph]:
    r"""Return the blocks of a text, with their own words and what they rest on.

    Parameters
    ----------
    text : str
    known : callable, optional
        Says of a token whether there is what it names; by default everything is taken to be there.

    Examples
    --------
    >>> text = "She came when it counted:\n\n![A1](quote:1f0c2a9b)\n\nNobody knows why that was."
    >>> [(each.words, each.told, each.rests) for each in read_paragraphs(text)]
    [(5, True, True), (0, False, True), (5, True, False)]
    """
    found = _paragraphs(text)
    return _resting(found, known) if known else list(found)


def count_words(text: str) -> int:
    """Return how many words of the author's own a text has, headings among them."""
    return sum(each.words for each in _paragraphs(text) if each.kind != "code")


def parse(text: str) -> list[Node]:
    """Return a text as markdown-it reads it, for whoever prints it.

    The node of a picture (``image``) and the beginning of a link (``link_open``) that name
    something hold their `Token` as ``meta["token"]``.
    """
    nodes = _markdown().parse(text)
    starts = [0, *(each.end() for each in _LINE.finditer(text))]
    lines = [
        text[start:end].rstrip("\r\n")
        for start, end in zip(starts, [*starts[1:], len(text)], strict=True)
    ]
    cell = (-1, 0)
    for node in nodes:
        if node.type == "inline" and node.map:
            # the cells of a table stand in one line, one after the other
            after = cell[1] if cell[0] == node.map[0] else 0
            cell = node.map[0], _place(node, starts, lines, after)
    return nodes


@functools.cache
def _markdown() -> MarkdownIt:
    """Return the reader; it notes where in its block each link and picture stands."""
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import image, link

    made = MarkdownIt("commonmark", {"html": False}).enable("table")

    def noting(rule: Any, kind: str) -> Any:
        def read(state: StateInline, silent: bool) -> bool:
            at, there = state.pos, len(state.tokens)
            found: bool = rule(state, silent)
            if found and not silent:
                node = next(each for each in state.tokens[there:] if each.type == kind)
                node.meta["at"] = (at, state.pos)
            return found

        return read

    made.inline.ruler.at("link", noting(link, "link_open"))
    made.inline.ruler.at("image", noting(image, "image"))
    return made


def _place(node: Node, starts: list[int], lines: list[str], after: int) -> int:
    """Give the links and pictures of a block their tokens; returns where its first line ends."""
    assert node.map is not None
    begins: list[tuple[int, int]] = []
    at = ends = 0
    for number, part in enumerate(node.content.split("\n"), node.map[0]):
        line = lines[number] if number < len(lines) else ""
        # what precedes the words of a block in its line are its marks and its indentation
        column = line.find(part, after) if after else line.rfind(part)
        begins.append((at, starts[min(number, len(starts) - 1)] + max(column, 0)))
        at += len(part) + 1
        ends = ends or max(column, 0) + len(part)

    def there(position: int) -> int:
        inner, outer = max(each for each in begins if each[0] <= position)
        return outer + position - inner

    children = node.children or []
    for index, child in enumerate(children):
        if "at" in child.meta:
            start, end = child.meta["at"]
            token = _token(children, index, there(start), there(end))
            if token:
                alone = node.content[_line_start(node.content, start) :].partition("\n")[0].strip()
                block = token.set_in and alone == node.content[start:end]
                child.meta["token"] = replace(token, block=block)
    return ends


def _line_start(text: str, position: int) -> int:
    return text.rfind("\n", 0, position) + 1


def _token(children: list[Node], index: int, start: int, end: int) -> Token | None:
    """Return what a link or a picture names, or None for a link to elsewhere."""
    node = children[index]
    set_in = node.type == "image"
    address = unquote(str(node.attrGet("src" if set_in else "href") or ""))
    label = node.content if set_in else "".join(_words(children[index:]))
    found = _NAMED.fullmatch(address)
    if not found or found[1].lower() in _WEB:
        if not set_in:
            return None
        fault = "a picture from elsewhere cannot be set in"
        return Token("", address, label, start, end, set_in=True, fault=fault)
    kind, name = found[1].lower(), found[2].strip()
    fault = ""
    if kind not in KINDS:
        close = nearest(kind, KINDS)
        fault = f"there is no kind {found[1]!r}" + (f"; perhaps {close!r}" if close else "")
    elif not name:
        fault = f"it does not say which {kind} is meant"
    return Token(kind, name, label, start, end, set_in=set_in, fault=fault)


def _words(nodes: list[Node]) -> Iterator[str]:
    """Give the words within the link that begins these nodes."""
    for node in nodes:
        if node.type == "link_close":
            return
        yield " " if node.type in {"softbreak", "hardbreak"} else node.content


_CALLED = {
    "paragraph_open": "paragraph",
    "bullet_list_open": "list",
    "ordered_list_open": "list",
    "blockquote_open": "quote",
    "table_open": "table",
    "heading_open": "heading",
    "fence": "code",
    "code_block": "code",
}


@functools.lru_cache(maxsize=256)
def _paragraphs(text: str) -> tuple[Paragraph, ...]:
    starts = [0, *(each.end() for each in _LINE.finditer(text)), len(text)]
    made: list[Paragraph] = []
    nodes = iter(parse(text))
    for node in nodes:
        if node.type not in _CALLED or not node.map:
            continue
        inside = [node]
        depth: int = node.nesting
        while depth:
            inside.append(next(nodes))
            depth += inside[-1].nesting
        prose, tokens = _read(inside)
        first, last = node.map
        end = starts[min(last, len(starts) - 1)]
        words = len(_WORD.findall(prose))
        made.append(Paragraph(_CALLED[node.type], starts[first], end, prose, words, tokens))
    return tuple(_resting(made, lambda _: True))


def _resting(blocks: Sequence[Paragraph], known: Callable[[Token], bool]) -> list[Paragraph]:
    """Say of each block whether it names a passage, or leads to a quotation right after it."""
    leads = [
        [each for each in block.tokens if each.kind in SPANS and not each.fault and known(each)]
        for block in blocks
    ]
    sets_in = [bool(some) and some[0].block and some[0].kind == "quote" for some in leads]
    return [
        replace(block, rests=bool(some) or follows)
        for block, some, follows in zip(blocks, leads, [*sets_in, False][1:], strict=True)
    ]


def _read(nodes: list[Node]) -> tuple[str, tuple[Token, ...]]:
    """Return the words of a block without what it names, and what it names."""
    words: list[str] = []
    tokens: list[Token] = []
    for node in nodes:
        if node.type in {"fence", "code_block"}:
            words.append(node.content)
        named = False
        for child in node.children or ():
            token = child.meta.get("token")
            if token is not None:
                tokens.append(token)
                named = child.type == "link_open"
            elif child.type == "link_close":
                named = False
            elif not named and child.type != "image":
                words.append(child.content or " " * child.type.endswith("break"))
        words.append("\n" if node.children else "")
    return "".join(words).strip(), tuple(tokens)
