"""The blocks of a printed report as Word's own XML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from p3c_qual.report.columns import UPRIGHT
from p3c_qual.report.docx_table import box_xml, counts_xml, terms_xml
from p3c_qual.report.docx_words import Marks, field, paragraph, run, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["Body"]

_STYLES = {
    "author": "BodyText",
    "generated": "ReportGenerated",
    "note": "ReportNote",
    "serves": "ReportNote",
    "marker": "ReportMarker",
}
_GAP = '<w:p><w:pPr><w:pStyle w:val="ReportGap"/></w:pPr></w:p>'


class Body:
    """Writes blocks one after the other.

    Parameters
    ----------
    picture : callable
        Makes the XML of a figure's picture, ``""`` where it cannot be read; asked with the figure
        and the millimetres it may be wide.
    numbered : callable
        Makes a numbered list and returns its number.
    turn : callable
        Makes the end of a part of the document, upright or turned on its side.
    """

    def __init__(
        self,
        picture: Callable[[dict[str, Any], float], str],
        numbered: Callable[[], int],
        turn: Callable[[bool], str],
    ) -> None:
        self.marks = Marks()
        self._picture, self._numbered, self._turn = picture, numbered, turn

    def blocks(self, blocks: Iterable[dict[str, Any]], *, wide: float = UPRIGHT) -> str:
        """Return the XML of some blocks."""
        return "".join(getattr(self, f"_{block['kind']}")(block, wide) for block in blocks)

    def contents(self, blocks: Iterable[dict[str, Any]]) -> str:
        """Return the table of contents: a field, with what it holds before Word makes it anew."""
        flat = [each for b in blocks for each in (b["blocks"] if b["kind"] == "turned" else [b])]
        listed = [b for b in flat if b["kind"] == "heading" and b["listed"]]
        entries = []
        for block in listed:
            number = run(f"{block['number']}\t") if block["number"] else ""
            inner = self.marks.link(block["id"], number + run(_one_line(block["title"])))
            entries.append((f"TOC{block['level']}", inner))
        if not entries:
            return ""
        # dirty: the word processor counts the pages when it opens the file
        begin = '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>'
        code = r'<w:r><w:instrText xml:space="preserve"> TOC \o "1-2" \h \z \u </w:instrText></w:r>'
        opened = f'{begin}{code}<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        closed = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        made = []
        for at, (style, inner) in enumerate(entries):
            first, last = at == 0, at == len(entries) - 1
            made.append(
                paragraph((opened if first else "") + inner + (closed if last else ""), style)
            )
        return paragraph(run("Contents"), "TOCHeading") + "".join(made)

    def _heading(self, block: dict[str, Any], _: float) -> str:
        number = run(f"{block['number']} ", "ReportNumber") if block["number"] else ""
        inner = number + run(_one_line(block["title"]))
        return paragraph(self.marks.around(block["id"], inner), f"Heading{block['level']}")

    def _paragraph(self, block: dict[str, Any], _: float) -> str:
        return paragraph(
            words(self.marks, block["runs"]),
            _STYLES[block["role"]],
            keep=block.get("keep", False),
            rtl=block["rtl"],
        )

    def _quote(self, block: dict[str, Any], _: float) -> str:
        said = run(f"“{block['text']}”", rtl=block["rtl"], spoken=block["language"])
        said += run(" ") + run(block["reference"], "ReportQuiet")
        made = [
            paragraph(self.marks.around(block["id"], said), "Quote", keep=True, rtl=block["rtl"])
        ]
        if block["original"]:
            rtl = block["original_rtl"]
            spoken = block["original_language"]
            original = run(f"“{block['original']}”", rtl=rtl, spoken=spoken)
            made.append(paragraph(original, "ReportOriginal", keep=True, rtl=rtl))
        parts = [
            self.marks.link(block["to"], run(block["place"], "Hyperlink" if block["to"] else ""))
        ]
        if block["original_place"]:
            look = "Hyperlink" if block["original_to"] else ""
            place = run(f"original {block['original_place']}", look)
            parts.append(self.marks.link(block["original_to"], place))
        if block["codes"]:
            parts.append(run(f"also coded: {block['codes']}"))
        line = run(" · ").join(filter(None, parts))
        if block["why"]:
            line += run(f"\n{block['why']}")
        return "".join([*made, paragraph(line, "ReportSource")])

    def _table(self, block: dict[str, Any], _: float) -> str:
        caption = self._caption("Table", block)
        above = paragraph(caption, "Caption", keep=True)
        if block["rows"]:
            below = counts_xml(self.marks, block)
        else:
            below = paragraph(run(block["empty"]), "ReportNote")
        notes = [
            paragraph(words(self.marks, note["runs"]), "ReportNote", rtl=note["rtl"])
            for note in block["notes"]
        ]
        return above + below + "".join(notes) + _GAP

    def _figure(self, block: dict[str, Any], wide: float) -> str:
        picture = self._picture(block, wide)
        if picture:
            shown = paragraph(picture, "ReportPicture", keep=True)
        else:
            shown = paragraph(run(block["missing"]), "ReportNote", keep=True)
        return shown + paragraph(self._caption("Figure", block), "Caption") + _GAP

    def _caption(self, kind: str, block: dict[str, Any]) -> str:
        number = field(rf"SEQ {kind} \* ARABIC", str(block["number"]), strong=True)
        label = run(f"{kind} ", strong=True) + number + run(". ", strong=True)
        return self.marks.around(block["id"], label) + run(block["caption"])

    def _terms(self, block: dict[str, Any], wide: float) -> str:
        return (terms_xml(self.marks, block["entries"], wide) if block["entries"] else "") + _GAP

    def _references(self, block: dict[str, Any], _: float) -> str:
        return "".join(
            paragraph(
                self.marks.around(each["id"], run(f"[{each['mark']}]\t", "ReportQuiet"))
                + words(self.marks, each["runs"]),
                "ReportReference",
            )
            for each in block["entries"]
        )

    def _bullets(self, block: dict[str, Any], _: float) -> str:
        numbered = self._numbered() if block["ordered"] else 0
        list_of = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{numbered}"/></w:numPr>'
        return self._items(block["items"], list_of if numbered else "", 0)

    def _items(self, items: Iterable[dict[str, Any]], list_of: str, depth: int) -> str:
        style = "ListNumber" if list_of else f"ListBullet{min(depth, 2) + 1}".rstrip("1")
        return "".join(
            paragraph(
                words(self.marks, item["runs"], "ReportQuiet" if item["role"] == "note" else ""),
                style,
                rtl=item["rtl"],
                more=list_of,
            )
            + self._items(item["below"], "", depth + 1)
            for item in items
        )

    def _box(self, block: dict[str, Any], wide: float) -> str:
        title = paragraph(
            self.marks.around(block["id"], run(block["title"])), "ReportBoxTitle", keep=True
        )
        inner = self.blocks(block["blocks"], wide=wide - 10)
        # a cell ends with a paragraph
        end = "" if inner.endswith("</w:p>") else _GAP
        return box_xml(title + inner + end, block["look"], block["title"], wide) + _GAP

    def _passage(self, block: dict[str, Any], _: float) -> str:
        place = self.marks.around(block["id"], run(block["place"], strong=True))
        back = "".join(
            run("   ") + self.marks.link(each["to"], run(f"back to {each['label']}", "Hyperlink"))
            for each in block["back"]
        )
        made = [paragraph(place + back, "ReportPlace", keep=True)]
        for turn in block["turns"]:
            spoken = {"rtl": turn["rtl"], "em": turn["asked"], "spoken": block["language"]}
            said = run(turn["before"], **spoken)
            said += run(turn["marked"], "" if block["alone"] else "ReportQuoted", **spoken)
            said += run(turn["after"], **spoken)
            made.append(paragraph(said, "ReportTurn", rtl=turn["rtl"]))
        if block["note"]:
            made.append(paragraph(run(block["note"]), "ReportNote"))
        return "".join(made)

    def _turned(self, block: dict[str, Any], wide: float) -> str:
        return self._turn(False) + self.blocks(block["blocks"], wide=wide) + self._turn(True)


def _one_line(title: str) -> str:
    return " ".join(title.split()) or "Untitled"
