"""An author's Markdown as blocks of a report; HTML and addresses elsewhere stay plain words."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, Protocol

from p3c_qual.description.tokens import parse
from p3c_qual.report.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Origin,
    Paragraph,
    Quote,
    Run,
    Table,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token as Node

    from p3c_qual.description.tokens import Token

__all__ = ["Mention", "Names", "author_blocks"]

#: what may stand between two references that share a bracket
_BETWEEN = " ,;\n"
_BRACKETS = {"person": ("(", ")"), "document": ("[", "]")}


@dataclass(frozen=True)
class Mention:
    """What a text names, as it is printed in a line.

    Attributes
    ----------
    text : str
        Without brackets.
    origin : Origin or None
        None where it is not in the study.
    kind : {"person", "document", ""}
        References of one kind that stand side by side share their bracket.
    """

    text: str
    origin: Origin | None = None
    kind: Literal["person", "document", ""] = ""


class Names(Protocol):
    """What finds the things that a text names."""

    def quote(self, token: Token) -> Quote | None:
        """Return a quotation, None where there is none to print."""

    def mention(self, token: Token) -> Mention:
        """Return what is printed in a line for something that is named."""

    def block(self, token: Token) -> Block | None:
        """Return the table or figure that is set in, None where there is none."""


Piece = Run | Mention | Block


@dataclass
class _Reader:
    names: Names
    key: str
    title: str
    tables: int = 0
    made: list[Block] = field(default_factory=list)

    def blocks(self, nodes: Sequence[Node]) -> list[Block]:
        for kind, group in _groups(nodes):
            if kind in {"bullet_list", "ordered_list"}:
                items = list(self.items(group, 0))
                depths = tuple(depth for _, depth in items)
                self.made.append(
                    Bullets(
                        tuple(item for item, _ in items),
                        ordered=kind == "ordered_list",
                        depths=depths if any(depths) else (),
                    )
                )
            elif kind == "table":
                self.made.append(self.table(group))
            elif kind in {"fence", "code_block"}:
                self.made.append(Paragraph((Run(group[0].content.rstrip("\n")),), "author"))
            elif kind == "blockquote":
                self.blocks(group[1:-1])
            elif kind in {"paragraph", "heading"}:
                style: Literal["", "strong"] = "strong" if kind == "heading" else ""
                self.paragraph(_inline(group), style)
        return self.made

    def paragraph(self, nodes: Sequence[Node], style: Literal["", "em", "strong"]) -> None:
        line: list[Run | Mention] = []
        for piece in self.pieces(nodes, style, apart=True):
            if isinstance(piece, (Run, Mention)):
                line.append(piece)
                continue
            self.close(line)
            line = []
            self.made.append(piece)
        self.close(line)

    def close(self, line: list[Run | Mention]) -> None:
        if runs := _stripped(_joined(line)):
            self.made.append(Paragraph(runs, "author"))

    def items(self, group: Sequence[Node], depth: int) -> Iterator[tuple[Paragraph, int]]:
        """Give the items of a list, each followed by those of a list within it."""
        for kind, item in _groups(group[1:-1]):
            if kind != "list_item":
                continue
            line: list[Run | Mention] = []
            below: list[tuple[Paragraph, int]] = []
            for inner, part in _groups(item[1:-1]):
                if inner in {"bullet_list", "ordered_list"}:
                    below += self.items(part, depth + 1)
                    continue
                if line:
                    line.append(Run(" "))
                line += self.line(_inline(part))
            yield Paragraph(_joined(line), "author"), depth
            yield from below

    def table(self, group: Sequence[Node]) -> Table:
        rows: list[list[Cell]] = []
        for node in group:
            if node.type == "tr_open":
                rows.append([])
            elif node.type == "inline":
                runs = _joined(self.line(node.children or []))
                origin = next((run.origin for run in runs if run.origin), None)
                rows[-1].append(Cell("".join(run.text for run in runs), origin))
        self.tables += 1
        return Table(
            key=f"table_{self.key}_{self.tables}",
            caption=self.title,
            columns=tuple(Column(str(cell.value)) for cell in rows[0]),
            rows=tuple(tuple(row) for row in rows[1:]),
            origin=Origin("author", source=self.key),
        )

    def line(self, nodes: Sequence[Node]) -> list[Run | Mention]:
        found = self.pieces(nodes, "", apart=False)
        return [piece for piece in found if isinstance(piece, (Run, Mention))]

    def pieces(
        self, nodes: Sequence[Node], style: Literal["", "em", "strong"], *, apart: bool
    ) -> Iterator[Piece]:
        """Give what a line is made of; what is set in on its own comes whole where it may."""
        outer, styles = style, [style]
        inside, address = 0, ""
        for node in nodes:
            token = node.meta.get("token")
            if token is not None:
                inside = node.type == "link_open"
                yield from self.named(token, apart=apart)
            elif node.type == "link_close":
                if address:
                    yield Run(f" ({address})", None, styles[-1])
                inside, address = 0, ""
            elif inside:
                continue
            elif node.type in {"em_open", "strong_open"}:
                # strong words stay strong where they are stressed as well
                strong = "strong" in {styles[-1], node.tag}
                styles.append("strong" if strong else "em")
            elif node.type in {"em_close", "strong_close"}:
                styles.pop()
            elif node.type == "link_open":
                address = "" if node.info == "auto" else str(node.attrGet("href") or "")
            elif node.type == "image":
                yield Run(f"{node.content} ({node.attrGet('src')})", None, styles[-1])
            else:
                words = " " if node.type in {"softbreak", "hardbreak"} else node.content
                yield Run(words, None, styles[-1] if len(styles) > 1 else outer)

    def named(self, token: Token, *, apart: bool) -> Iterator[Piece]:
        if token.fault:
            yield Mention(f"![{token.label}]({token.name})" if not token.kind else token.label)
            return
        if token.kind == "quote" and token.set_in:
            quote = self.names.quote(token)
            if quote is None:
                yield self.names.mention(token)
            elif token.block and apart:
                yield quote
            else:
                yield Run(f"“{quote.printed}”", quote.origin)
                yield Run(" ")
                yield self.names.mention(token)
            return
        if token.set_in and apart and token.block:
            block = self.names.block(token)
            if block is not None:
                yield block
                return
        yield self.names.mention(token)


def author_blocks(text: str, names: Names, *, key: str, title: str = "") -> tuple[Block, ...]:
    """Return what an author wrote as blocks of a report.

    Parameters
    ----------
    text : str
        Markdown; see `p3c_qual.description.tokens` for what it names.
    names : Names
        Finds what it names.
    key, title : str
        Of the section; a table of the author's own takes its title.

    Returns
    -------
    tuple of Block
        A heading is a paragraph of strong words: what is numbered are the report's own sections.

    Examples
    --------
    >>> class Nobody:
    ...     def mention(self, token):
    ...         return Mention(token.label, None, "person")
    >>> words = "They **met** [IP01_1](quote:1f0c2a9b), [IP03_1](quote:2f0c2a9b)."
    >>> author_blocks(words, Nobody(), key="workforce")[0].text
    'They met (IP01_1, IP03_1).'
    """
    return tuple(_Reader(names, key, title).blocks(parse(text)))


def _joined(line: Sequence[Run | Mention]) -> tuple[Run, ...]:
    """Return the runs of a line, with references side by side in one bracket."""
    runs: list[Run] = []
    line, at = list(line), 0
    while at < len(line):
        piece = line[at]
        if isinstance(piece, Run):
            runs.append(piece)
            at += 1
            continue
        if not piece.kind:
            runs.append(Run(piece.text, piece.origin))
            at += 1
            continue
        group, after = _side_by_side(line, at)
        opened, closed = _BRACKETS[piece.kind]
        if piece.kind == "document" and _alone_in_brackets(runs, line[after:]):
            # [3] needs no other brackets around it
            runs[-1] = replace(runs[-1], text=runs[-1].text[:-1])
            follows = line[after]
            assert isinstance(follows, Run)
            line[after] = replace(follows, text=follows.text[1:])
        bare = _within(runs, line[after:], opened, closed)
        if not bare:
            runs.append(Run(opened))
        for n, each in enumerate(group):
            runs += [Run(", ")] if n else []
            runs.append(Run(each.text, each.origin))
        if not bare:
            runs.append(Run(closed))
        at = after
    merged: list[Run] = []
    for run in runs:
        last = merged[-1] if merged else None
        if last and run.origin is None is last.origin and run.style == last.style:
            merged[-1] = replace(run, text=last.text + run.text)
        elif run.text:
            merged.append(run)
    return tuple(merged)


def _alone_in_brackets(before: Sequence[Run], behind: Sequence[Run | Mention]) -> bool:
    """Say whether nothing else stands in round brackets of the author's."""
    follows = behind[0] if behind else None
    opened = bool(before) and before[-1].origin is None and before[-1].text.endswith("(")
    return opened and isinstance(follows, Run) and follows.text.startswith(")")


def _within(
    before: Sequence[Run], behind: Sequence[Run | Mention], opened: str, closed: str
) -> bool:
    """Say whether what stands between these lies in a bracket of the author's own."""
    depth = 0
    for sign in "".join(run.text for run in before):
        depth = depth + 1 if sign == opened else max(depth - (sign == closed), 0)
    return depth > 0 and any(isinstance(each, Run) and closed in each.text for each in behind)


def _stripped(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Return runs without white space at their ends."""
    left = list(runs)
    if left:
        left[0] = replace(left[0], text=left[0].text.lstrip())
        left[-1] = replace(left[-1], text=left[-1].text.rstrip())
    return tuple(run for run in left if run.text)


def _side_by_side(line: Sequence[Run | Mention], at: int) -> tuple[list[Mention], int]:
    """Return a reference with those of its kind beside it, each once, and where they end."""
    first = line[at]
    assert isinstance(first, Mention)
    group = [first]
    after = at + 1
    while after < len(line):
        ahead = after
        while ahead < len(line) and _only_between(line[ahead]):
            ahead += 1
        piece = line[ahead] if ahead < len(line) else None
        if not isinstance(piece, Mention) or piece.kind != first.kind:
            break
        if piece not in group:
            group.append(piece)
        after = ahead + 1
    return group, after


def _only_between(piece: Run | Mention) -> bool:
    return isinstance(piece, Run) and not piece.text.strip(_BETWEEN)


def _groups(nodes: Sequence[Node]) -> Iterator[tuple[str, Sequence[Node]]]:
    """Give the blocks of a level, each with its nodes."""
    at = 0
    while at < len(nodes):
        depth: int = nodes[at].nesting
        end = at + 1
        while depth and end < len(nodes):
            depth += nodes[end].nesting
            end += 1
        yield nodes[at].type.removesuffix("_open"), nodes[at:end]
        at = end


def _inline(group: Sequence[Node]) -> list[Node]:
    return [child for node in group if node.type == "inline" for child in node.children or ()]
