"""Web pages (.html): block elements become paragraphs, headings sections, tables rows."""

from __future__ import annotations

import re
import warnings
from collections import Counter
from typing import TYPE_CHECKING

from p3c_qual.sources.compose import compose
from p3c_qual.sources.decode import decode
from p3c_qual.sources.draft import Block, Grid
from p3c_qual.sources.remarks import counted

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

    from p3c_qual.sources.draft import Draft

__all__ = ["read_webpage"]

_SPACE = re.compile(r"[ \t\n\r\f]+")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = {
    *_HEADINGS,
    *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details"),
    *("dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form"),
    *("header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre"),
    *("search", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
}
_SKIPPED = {
    *("audio", "button", "canvas", "datalist", "embed", "head", "iframe", "noscript", "object"),
    *("script", "select", "style", "svg", "template", "textarea", "title", "video"),
}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLANKS = " \n"
#: tables inside tables deeper than this are read as running text
_DEPTH = 20


def read_webpage(data: bytes, where: str) -> Draft:
    r"""Read the visible text of a web page.

    Parameters
    ----------
    data : bytes
        The .html file.
    where : str
        Its name, for messages.

    Returns
    -------
    Draft

    Raises
    ------
    P3CError
        The file is empty or no text.

    Examples
    --------
    >>> draft = read_webpage(b"<h1>Aims</h1><p>To be\n heard.<script>x</script>", "a.html")
    >>> draft.text
    'Aims\nTo be heard.'
    """
    from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning

    text, notes = _text(data, where)
    with warnings.catch_warnings():
        # a page may hold nothing but an address; it is read as what it is
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        soup = BeautifulSoup(text, "lxml")
    walk = _Walk()
    blocks = walk.blocks(soup)
    for what, after in (
        ("hidden element", "left out"),
        ("list item", "of numbered lists; the numbers are not part of the text"),
    ):
        if walk.seen[what]:
            number = counted(walk.seen[what], what)
            notes.append(f"{number} {after}.")
    return compose(blocks, notes=notes, meta=_meta(soup))


def _text(data: bytes, where: str) -> tuple[str, list[str]]:
    """Decode as the page itself declares, if that works, else as any text."""
    from bs4.dammit import EncodingDetector

    marked = data[:3] == b"\xef\xbb\xbf" or data[:2] in (b"\xff\xfe", b"\xfe\xff")
    declared = None if marked else EncodingDetector.find_declared_encoding(data, is_html=True)
    if declared:
        # browsers read Latin-1 as Windows-1252, which holds the quotation marks
        latin = declared.lower() in ("iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii")
        encoding = "cp1252" if latin else declared
        try:
            text = data.decode(encoding)
        except (LookupError, UnicodeError):
            pass
        else:
            utf8 = encoding.lower().replace("-", "").replace("_", "") == "utf8"
            return text, [] if utf8 else [f"Read as {declared}, as the page declares."]
    decoded = decode(data, where=where)
    return decoded.text, list(decoded.notes)


def _meta(soup: BeautifulSoup) -> dict[str, str]:
    meta: dict[str, str] = {}
    if soup.title:
        meta["title"] = " ".join(soup.title.get_text().split())
    if soup.html:
        meta["language"] = str(soup.html.get("lang") or "")
    for tag in soup.find_all("meta"):
        name = str(tag.get("name") or "").lower()
        content = str(tag.get("content") or "").strip()
        if name == "author":
            meta.setdefault("author", content)
        elif name in ("date", "created", "dcterms.created", "dc.date"):
            meta.setdefault("date", content[:10])
    return meta


class _Walk:
    """Goes through the elements without recursion, so that deep pages do no harm."""

    def __init__(self, depth: int = 0) -> None:
        self.seen: Counter[str] = Counter()
        self.depth = depth
        self.found: list[Block | Grid] = []
        self.line: list[str] = []

    def blocks(self, root: Tag) -> list[Block | Grid]:
        from bs4.element import CData, NavigableString, Tag

        preformatted = 0
        # each entry is an element to enter, or the name of one to leave
        todo: list[Tag | NavigableString | str] = [*reversed(root.contents)]  # type: ignore[list-item]
        while todo:
            node = todo.pop()
            if isinstance(node, Tag):
                name = node.name.lower()
                if name in _SKIPPED:
                    continue
                if node.has_attr("hidden") or _HIDDEN.search(str(node.get("style") or "")):
                    self.seen["hidden element"] += 1
                    continue
                if name == "br":
                    self._break()
                    continue
                if name == "table" and self.depth < _DEPTH:
                    self._flush()
                    self._table(node)
                    continue
                if name in _BLOCKS:
                    self._flush()
                    preformatted += name == "pre"
                    if name == "li" and node.parent is not None and node.parent.name == "ol":
                        self.seen["list item"] += 1
                    todo.append(f"/{name}")
                todo += reversed(node.contents)  # type: ignore[arg-type]
            elif type(node) in (NavigableString, CData):
                self._write(str(node), preformatted > 0)
            elif type(node) is str:
                self._flush(_HEADINGS.get(node[1:], 0))
                preformatted -= node == "/pre"
        self._flush()
        return self.found

    def _write(self, text: str, preformatted: bool) -> None:
        if preformatted:
            self.line.append(text.replace("\r\n", "\n"))
            return
        text = _SPACE.sub(" ", text)
        if not self.line or self.line[-1].endswith((" ", "\n")):
            text = text.removeprefix(" ")
        if text:
            self.line.append(text)

    def _break(self) -> None:
        if self.line:
            self.line[-1] = self.line[-1].removesuffix(" ")
        self.line.append("\n")

    def _flush(self, level: int = 0) -> None:
        text = "".join(self.line).strip(_BLANKS)
        self.line.clear()
        if text:
            self.found.append(Block(text, level))

    def _table(self, table: Tag) -> None:
        rows: list[list[list[Block | Grid]]] = []
        for row in table.find_all("tr"):
            if row.find_parent("table") is not table:
                continue
            cells: list[list[Block | Grid]] = []
            for cell in row.find_all(["td", "th"], recursive=False):
                inside = _Walk(self.depth + 1)
                cells.append(inside.blocks(cell))
                self.seen += inside.seen
            rows.append(cells)
        if max(map(len, rows), default=0) <= 1:
            # a frame around text, as old pages have it, is no table
            self.found += [block for cells in rows for cell in cells for block in cell]
        else:
            self.found.append(Grid(tuple(tuple(map(_cell_text, cells)) for cells in rows)))


def _cell_text(blocks: list[Block | Grid]) -> str:
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Block):
            lines.append(block.text)
        else:
            lines += ["\t".join(row) for row in block.rows]
    return "\n".join(lines)
