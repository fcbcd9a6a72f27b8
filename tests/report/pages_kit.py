"""Reports made by hand, with whatever words, for what is written as pages."""

from __future__ import annotations

import io
from datetime import UTC, datetime

from p3c_qual.report.blocks import (
    Box,
    Bullets,
    Cell,
    Column,
    Figure,
    Listing,
    Origin,
    Paragraph,
    Quote,
    Run,
    Table,
)
from p3c_qual.report.model import Passage, Report, Section, Turn

WHEN = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
HOSTILE = (
    "<b>&amp;</b> #set page(width: 1cm) $x^2$ @ref *bold* `code` \\u{41} ]]> "
    '"q" {{ 7*7 }} \x00\x0b\x1f tab\there \u202eback\u202c שלום 👩\u200d⚕️ 好'
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 72 36"><path d="M0 0h72v36z"/></svg>'


def png() -> bytes:
    from PIL import Image

    file = io.BytesIO()
    Image.new("RGB", (144, 72), "navy").save(file, "PNG", dpi=(144, 144))
    return file.getvalue()


def everywhere(words: str, *, pictured: bool = True) -> Report:
    """A report that prints `words` wherever a user's words can stand."""
    span = Origin("span", source=words, start=3, end=9, codings=(words,))
    made = Origin("table", source=words)
    line = Paragraph((Run(words), Run(words, span), Run(words, style="em")), "author")
    quote = Quote(
        words, words, span, language="en", codes=(words,), original=words,
        original_language="he", original_origin=span, chosen_as="telling", why=words,
    )  # fmt: skip
    blocks = (
        line,
        quote,
        Table(
            "t", words, (Column(words), Column(words, "number")),
            ((Cell(words, depth=1), Cell(None)), (Cell(words, span), Cell(0))),
            made, words, ((words, 3),), words, (words,),
        ),
        Figure("f", words, words, png() if pictured else b"", SVG if pictured else b"", made),
        Listing(((words, Paragraph((Run(words),))),), "references"),
        Listing(((words, Paragraph((Run(words),))),)),
        Bullets((line, line, line), ordered=True, depths=(0, 1, 0)),
        Box("b", words, (line, Table("u", words, (Column(words),), (), made))),
    )  # fmt: skip
    below = Section("below", "", words, 2, (Paragraph((Run(words),)),), (), "material")
    turn = Turn(f"before {words} after", 7, 7 + len(words), "interviewer", cut_after=True)
    return Report(
        words, words, "p", "en",
        (Section("key", "1.1", words, 1, blocks, (below, Section("none", "1.1.1", "", 2))),),
        (Passage(span, words, (turn,), "en", words),),
        (words,), generated_at=WHEN, meta=((words, words),), cover=((words, words),),
    )  # fmt: skip


def quoting(count: int) -> Report:
    """A report with so many quotations, one of them in another language."""
    spans = [Origin("span", f"IP{n % 13:02}_1", start=n * 10, end=n * 10 + 9) for n in range(count)]
    quotes = [
        Quote(
            f"Words number {n}, " + "and so it goes on, " * 12, f"(IP{n % 13:02}_1)", span,
            language="en", original="Worte" if n == 0 else "", original_language="de",
            why="the others say so too", chosen_as="typical",
        )
        for n, span in enumerate(spans)
    ]  # fmt: skip
    passages = tuple(
        Passage(span, "An interview", (Turn(quote.text, 0, 12, "interviewee"),), "en")
        for span, quote in sorted(zip(spans, quotes, strict=True), key=lambda each: each[0].source)
    )
    mention = Paragraph((Run("As one says "), Run("(IP00_1)", spans[0]), Run(".")), "author")
    wide = Table(
        "wide", "A wide table", tuple(Column(f"responsibility {n}") for n in range(12)),
        tuple(tuple(Cell(f"row {n}") for _ in range(12)) for n in range(80)), Origin("table"),
    )  # fmt: skip
    return Report(
        "Harbour", "Thick description", "harbour", "en",
        (
            Section("workforce", "1.1", "Workforce", 1, (mention, *quotes)),
            Section("appendix", "A", "Appendix", 1, (wide,)),
        ),
        passages, generated_at=WHEN,
    )  # fmt: skip
