"""Words in Word's own XML: runs, paragraphs, links, places, fields."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from p3c_qual.report.transcript_look import literal

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Marks", "attribute", "field", "language", "paragraph", "run", "text_of", "words"]

_BREAKS = re.compile(r"([\n\t])")
_LONGEST = 40


class Marks:
    """The places of a document by the names Word allows, each set once.

    Examples
    --------
    >>> marks = Marks()
    >>> marks.name("s-a section"), marks.name("s-a section"), marks.name("s-a_section")
    ('s_a_section', 's_a_section', 's_a_section_2')
    """

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._taken: set[str] = set()
        self._set = 0

    def name(self, place: str) -> str:
        """Return the name of a place: letters, digits and lines, forty at most."""
        if place not in self._names:
            base = re.sub(r"[^A-Za-z0-9]+", "_", place).strip("_")[: _LONGEST - 8] or "place"
            base = base if base[0].isalpha() else f"p_{base}"
            name, number = base, 1
            # Word tells names apart by their letters, large or small
            while name.lower() in self._taken:
                number += 1
                name = f"{base}_{number}"
            self._taken.add(name.lower())
            self._names[place] = name
        return self._names[place]

    def around(self, place: str, inner: str) -> str:
        """Return something with its place marked."""
        if not place:
            return inner
        self._set += 1
        start = f'<w:bookmarkStart w:id="{self._set}" w:name="{self.name(place)}"/>'
        return f'{start}{inner}<w:bookmarkEnd w:id="{self._set}"/>'

    def link(self, place: str, inner: str) -> str:
        """Return something that leads to a place; as it is where there is none."""
        if not place:
            return inner
        anchor = self.name(place)
        return f'<w:hyperlink w:anchor="{anchor}" w:history="1">{inner}</w:hyperlink>'


def run(
    text: str,
    style: str = "",
    *,
    em: bool = False,
    strong: bool = False,
    rtl: bool = False,
    spoken: Sequence[str] = (),
) -> str:
    """Return words as a run, in a character style.

    Examples
    --------
    >>> run("a<b")
    '<w:r><w:t xml:space="preserve">a&lt;b</w:t></w:r>'
    """
    if not text:
        return ""
    parts = [
        f'<w:rStyle w:val="{style}"/>' if style else "",
        "<w:b/><w:bCs/>" if strong else "",
        "<w:i/><w:iCs/>" if em else "",
        "<w:rtl/>" if rtl else "",
        language(spoken, rtl=rtl),
    ]
    properties = "".join(parts)
    properties = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{properties}{text_of(text)}</w:r>"


def text_of(text: str) -> str:
    """Return the words of a run; a new line and a tab are Word's own."""
    made = []
    for piece in _BREAKS.split(literal(text).replace("\r\n", "\n").replace("\r", "\n")):
        if piece == "\n":
            made.append("<w:br/>")
        elif piece == "\t":
            made.append("<w:tab/>")
        elif piece:
            made.append(f'<w:t xml:space="preserve">{escape(piece)}</w:t>')
    return "".join(made)


def language(spoken: Sequence[str], *, rtl: bool = False) -> str:
    """Return the language of a run, so that its spelling is checked and it is read aloud in it."""
    if not spoken or not spoken[0]:
        return ""
    tag = "-".join(filter(None, spoken))
    kinds = ["val", *(("eastAsia",) if spoken[0] in {"ja", "ko", "zh"} else ())]
    kinds += ["bidi"] if rtl else []
    said = "".join(f' w:{kind}="{tag}"' for kind in kinds)
    return f"<w:lang{said}/>"


def paragraph(
    inner: str, style: str = "", *, keep: bool = False, rtl: bool = False, more: str = ""
) -> str:
    """Return runs as a paragraph; `more` is XML of its properties, in Word's order."""
    parts = [
        f'<w:pStyle w:val="{style}"/>' if style else "",
        "<w:keepNext/>" if keep else "",
        more if more.startswith("<w:numPr") else "",
        "<w:bidi/>" if rtl else "",
        "" if more.startswith("<w:numPr") else more,
    ]
    properties = "".join(parts)
    properties = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{properties}{inner}</w:p>"


def field(code: str, shown: str, style: str = "", *, strong: bool = False) -> str:
    """Return a field with what it shows until it is brought up to date."""
    look = f'<w:rStyle w:val="{style}"/>' if style else ""
    look += "<w:b/><w:bCs/>" if strong else ""
    look = f"<w:rPr>{look}</w:rPr>" if look else ""

    def part(kind: str) -> str:
        return f'<w:r>{look}<w:fldChar w:fldCharType="{kind}"/></w:r>'

    text = f'<w:r>{look}<w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>'
    return part("begin") + text + part("separate") + run(shown, style, strong=strong) + part("end")


def attribute(text: str) -> str:
    """Return words as the value of an attribute, its quotation marks included."""
    return quoteattr(" ".join(literal(text).split()))


def words(marks: Marks, runs: Sequence[dict[str, Any]], style: str = "") -> str:
    """Return the runs of a printed paragraph, with their links and places."""
    made = []
    for each in runs:
        linked = each["to"] and not each["quiet"]
        look = "Hyperlink" if linked else style
        style_of = each["style"]
        inner = run(
            each["text"], look, em=style_of == "em", strong=style_of == "strong",
            rtl=each.get("rtl", False),
        )  # fmt: skip
        made.append(marks.around(each["id"], marks.link(each["to"], inner)))
    return "".join(made)
