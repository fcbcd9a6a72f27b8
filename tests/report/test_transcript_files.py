"""The coded transcript as HTML, Word and PDF, read back from the files."""

from __future__ import annotations

import logging
import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
from bs4 import BeautifulSoup
from docx import Document
from sqlalchemy import select

import p3c_qual as p3c
from p3c_qual.report.transcript import FORMS, Transcript, write_transcript
from p3c_qual.report.transcript_docx import render_transcript_docx
from p3c_qual.report.transcript_gather import gather_transcript
from p3c_qual.report.transcript_html import render_transcript_html
from p3c_qual.report.transcript_pdf import render_transcript_pdf
from p3c_qual.report.transcript_rows import lay_rows
from p3c_qual.sources.incoming import Incoming
from p3c_qual.sources.parts import PartList
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

DAY = date(2024, 5, 6)
HOSTILE = (
    "<script>alert(1)</script> <img src=x onerror=alert(2)> **bold** [a](b) {{ 7*7 }} {% raw %} "
    '#set page(width: 1cm) $x^2$ @ref `code` \\u{41} ]]> &amp; "q"'
)
TALK = (
    "I: Who comes to the meeting?\n\n"
    "R: The nurse comes each week. The doctor seldom does.\n\n"
    f"R: {HOSTILE}\n\n"
    f"R: {'x' * 10_000} is one word.\n\n"
    "R: مرحبا بكم. Καλημέρα. Здравствуйте.\n"
)
NURSE = (33, 59)


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[p3c.Study]:
    """Give a study of one interview that two people coded, and one document nobody did."""
    folder = tmp_path_factory.mktemp("talk")
    with p3c.new_study(folder / "study", title="A <b>study</b>", coder="anna") as study:
        for key, text in (("P1", TALK), ("plan", "A plan.\n\nIt was never coded.\n")):
            (folder / f"{key}.txt").write_text(text, encoding="utf-8")
        said: dict[str, Any] = {"programme": "care", "country": "Norway", "site": "north"}
        person = {
            "interviewee": "P1",
            "stakeholder_type": "D1",
            "date": "2023-02",
            "language": "en",
        }
        study.add(
            [
                Incoming(folder / "P1.txt", id="P1", kind="interview", **said, **person),
                Incoming(folder / "plan.txt", id="plan", kind="document", **said),
            ]
        )
        assert study.text("P1")[slice(*NURSE)] == "The nurse comes each week."
        team, lead = "workforce.micro.multidisciplinary_team", "leadership_governance"
        first = study.code("P1", *NURSE, team, memo="a <huddle> of *two*")
        study.code("P1", 43, 71, lead)
        start = study.text("P1").index("<script>")
        study.code("P1", start, start + len(HOSTILE), "financing")
        study.code("P1", 37, 49, team, coder="ben", round="second")
        study.memo("source", "A calm talk.", target="P1")
        study.memo("span", "who asks", target="P1", span="0-28")
        with study.act("mark") as act:
            act.update("coding", {first.id: {"important": True, "unsure": True}})
        study.mark_read("P1", coder="anna")
        yield study


def written(study: p3c.Study, folder: Path, form: str, source: str = "P1", **options: Any) -> Path:
    path = folder / f"{source}.{form}"
    return write_transcript(study, source, path, to=form, printed=DAY, **options)


def words_of_pdf(path: Path) -> str:
    pages = pypdfium2.PdfDocument(path)
    text = "\n".join(page.get_textpage().get_text_range() for page in pages)
    # places at which long words may be broken, and hyphens that the reader makes of them
    return text.replace("\u200b", "").replace("\ufffe", "").replace("\r\n", "\n")


def words_of_docx(path: Path) -> str:
    document = Document(str(path))
    paragraphs = [p.text for p in document.paragraphs]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*paragraphs, *cells])


def words_of_html(path: Path) -> str:
    return BeautifulSoup(path.read_text("utf-8"), "html.parser").get_text("\n")


READ: dict[str, Callable[[Path], str]] = {
    "html": words_of_html,
    "docx": words_of_docx,
    "pdf": words_of_pdf,
}


@pytest.mark.parametrize("form", FORMS)
def test_the_file_says_what_it_is_and_what_was_coded(talk, tmp_path, form: str) -> None:
    # white space is where a line happens to end
    said = " ".join(READ[form](written(talk, tmp_path, form)).split())

    for words in (
        "A <b>study</b>",
        "Norway",
        "north",
        "D1 Physician",
        "2023-02",
        "2024-05-06",
        "AN = anna, BE = ben",
        "Working copy: holds an interviewee's words; not for publication.",
        f"anna: {len(TALK):,} of {len(TALK):,} characters (100 %)",
        "in 4 codings",
        "Multidisciplinary team",
        "important, unsure",
        "round second",
        "a <huddle> of *two*",
        "A calm talk.",
        "On line 1, by anna",
        "2 (anna 1, ben 1)",
        "Several professions work on one person's case together.",
        "Financing",
    ):
        assert words in said, words
    hash_ = talk.text("P1")
    assert p3c.store.payloads.hash_of(hash_)[:12] in said


@pytest.mark.parametrize("form", FORMS)
def test_what_people_said_stays_text(talk, tmp_path, form: str) -> None:
    said = READ[form](written(talk, tmp_path, form))

    close = "".join(said.split())
    assert "".join(HOSTILE.split()) in close
    # the end of a page and the head of the next stand between its lines
    assert "x" * 10_000 in re.sub(r"Workingcopy,notforpublication\dof\dP1", "", close)
    assert "Καλημέρα" in said
    assert "Здравствуйте" in said


def test_a_line_of_the_page_is_the_line_of_the_text(talk, tmp_path) -> None:
    page = BeautifulSoup(written(talk, tmp_path, "html").read_text("utf-8"), "html.parser")
    lines: dict[int, str] = {}
    number = 0
    for row in page.select("table.text tbody tr"):
        number = int(row["id"][1:]) if row.has_attr("id") else number
        lines[number] = lines.get(number, "") + row.select_one("td.words").get_text()

    assert [lines[n] for n in sorted(lines)] == TALK.split("\n")[:-1]
    assert sorted(lines) == list(range(1, len(lines) + 1))
    assert not page.select("script, img, link")
    shown = [row.th.get_text() for row in page.select("table.text tbody tr")]
    assert [each for each in shown if each] == ["1", "3", "5", "7", "9"]
    assert "asked" in page.select_one("#L1")["class"]
    assert page.select_one("#L3 .who").get_text() == "R:"


def test_bars_stand_beside_one_another_with_number_and_label(talk, tmp_path) -> None:
    page = BeautifulSoup(written(talk, tmp_path, "html").read_text("utf-8"), "html.parser")
    row = page.select_one("#L3")

    places = [bar["style"].split(";")[0] for bar in row.select(".bars i")]
    assert len(places) == len(set(places)) == 3
    assert [p.b.get_text() for p in row.select("td.codes p")] == ["1", "2", "3"]
    opened = [at["data-n"] for at in row.select(".at")]
    assert opened == ["1[", "2[", "3[", "]2", "]1", "]3"]
    tinted = [(run.get_text(), run["class"][0]) for run in row.select(".c1, .c2, .c3")]
    assert "".join(text for text, _ in tinted) == TALK[33:71]
    assert ("comes", "c3") in [(text.strip(), name) for text, name in tinted]


def test_the_table_of_the_word_file_has_line_text_and_codes(talk, tmp_path) -> None:
    document = Document(str(written(talk, tmp_path, "docx")))
    table = next(t for t in document.tables if t.rows[0].cells[0].text == "Line")

    assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
    row = next(row for row in table.rows if row.cells[0].text == "3")
    assert "The nurse comes each week." in row.cells[1].text.replace("1[", "").replace(
        "2[", ""
    ).replace("3[", "").replace("]2", "").replace("]1", "")
    assert row.cells[-1].text.splitlines()[0].startswith("1\tMultidisciplinary team (AN, important")
    shaded = row._tr.xpath("./w:tc[w:tcPr/w:shd]")
    assert len(shaded) == 3
    assert "PAGE" in document.sections[0].footer._element.xml
    assert "NUMPAGES" in document.sections[0].footer._element.xml
    rtl = next(row for row in table.rows if row.cells[0].text == "9")
    assert not rtl._tr.xpath(".//w:bidi"), "a line that begins with a Latin label"


def test_only_what_is_asked_for_is_shown(talk, tmp_path) -> None:
    def gathered(**asked: Any) -> Transcript:
        return gather_transcript(talk, "P1", printed=DAY, **asked)

    assert len(gathered().marks) == 4
    mine = gathered(coders=["ben"])
    assert [mark.label for mark in mine.marks] == ["Multidisciplinary team"]
    assert mine.marks[0].coder == ""
    # anna's memos are not for a blind second coder
    assert mine.notes == ()
    assert dict(mine.about)["Shown"] == "only ben"
    assert "anna" not in dict(mine.about)["Worked through"]
    assert gathered(codebook="implementation").marks == ()


@pytest.mark.parametrize("form", FORMS)
def test_a_document_without_turns_and_codings_is_written(talk, tmp_path, form: str) -> None:
    said = READ[form](written(talk, tmp_path, form, "plan"))

    assert "It was never coded." in said
    assert "Nothing is coded in this source" in said
    assert "holds material of the study" in " ".join(said.split())
    assert "Codes used" not in said


@pytest.mark.parametrize(
    "render", [render_transcript_html, render_transcript_docx, render_transcript_pdf]
)
def test_a_source_without_a_word_is_written(render, tmp_path) -> None:
    rows, lanes = lay_rows("", [], PartList())
    made = render(Transcript("empty", "", "", (), (), rows, lanes, (), (), ()))
    form = render.__name__.rsplit("_", 1)[1]
    path = tmp_path / f"empty.{form}"
    path.write_bytes(made.encode() if isinstance(made, str) else made)

    assert "This source holds no text." in " ".join(READ[form](path).split())


def test_the_same_gives_the_same_page(talk) -> None:
    one, two = (gather_transcript(talk, "P1", printed=DAY) for _ in range(2))

    assert one == two
    assert render_transcript_html(one) == render_transcript_html(two)


def test_a_key_closes_no_style_and_no_title(tmp_path) -> None:
    key = "a\"</style><script>x'"
    page = render_transcript_html(Transcript(key, "", "", (), (), (), 0, (), (), ()))

    assert "<script" not in page
    assert BeautifulSoup(page, "html.parser").h1.get_text() == key


def test_letters_without_a_font_are_named_on_the_paper_and_in_the_log(caplog, tmp_path) -> None:
    rows, _ = lay_rows("A \U0010fffd b.\n", [], PartList())
    with caplog.at_level(logging.WARNING):
        made = render_transcript_pdf(Transcript("odd", "", "", (), (), rows, 0, (), (), ()))
    path = tmp_path / "odd.pdf"
    path.write_bytes(made)

    assert "No font of this computer has U+10FFFD" in " ".join(words_of_pdf(path).split())
    assert "odd: No font of this computer has U+10FFFD" in caplog.text


def test_what_xml_cannot_hold_is_shown_as_a_gap(tmp_path) -> None:
    rows, _ = lay_rows("a\x0bb\uffffc", [], PartList())
    path = tmp_path / "odd.docx"
    path.write_bytes(render_transcript_docx(Transcript("o", "", "", (), (), rows, 0, (), (), ())))

    assert "a\ufffdb\ufffdc" in words_of_docx(path)


def test_thousands_of_bars_on_one_line_leave_a_word_file_that_opens(tmp_path) -> None:
    from p3c_qual.report.transcript import Mark

    text = "We meet every week and talk."
    marks = tuple(Mark(n, 0, 28, "c", "Code", n) for n in range(1, 101))
    rows, lanes = lay_rows(text, marks, PartList())
    path = tmp_path / "many.docx"
    path.write_bytes(
        render_transcript_docx(Transcript("many", "", "", (), (), rows, lanes, marks, (), ()))
    )
    table = Document(str(path)).tables[-1]

    assert len(table.columns) <= 63
    assert all(f"{n}\tCode" in table.rows[1].cells[-1].text for n in range(1, 101))
    assert "More than 56 codings" in words_of_docx(path)


@pytest.mark.parametrize(
    ("source", "options", "told"),
    [
        ("P2", {}, "unknown source 'P2'. Valid: P1, plan."),
        ("P1", {"coders": ["anne"]}, "unknown coder 'anne'. Did you mean 'anna'?"),
        ("P1", {"codebook": "selfy"}, "unknown codebook 'selfy'. Did you mean 'selfie'?"),
        ("P1", {"to": "odt"}, "a transcript is not written as 'odt'"),
    ],
)
def test_what_is_unknown_is_named_and_nothing_written(
    talk, tmp_path, source, options, told
) -> None:
    with pytest.raises(p3c.P3CError, match=told.replace("?", r"\?")):
        write_transcript(talk, source, tmp_path / "a.html", **{"to": "html", **options})
    assert list(tmp_path.iterdir()) == []


def test_a_withdrawn_text_is_refused_and_its_transcripts_are_gone(study, tmp_path) -> None:
    for key in ("P1", "P2"):
        (tmp_path / f"{key}.txt").write_text(f"I: And?\nR: {key} spoke.\n", encoding="utf-8")
        study.add([Incoming(tmp_path / f"{key}.txt", id=key, interviewee=key, kind="interview")])
    folder = study.path / "reports" / "transcripts"
    for key in ("P1", "P2"):
        write_transcript(study, key, folder / f"{key}.pdf", to="pdf")

    done = study.withdraw("P1", reason="asked to")

    assert "Removed reports/transcripts/P1.pdf." in done
    assert [path.name for path in folder.iterdir()] == ["P2.pdf"]
    with pytest.raises(p3c.P3CError, match="erased"):
        write_transcript(study, "P1", folder / "P1.html", to="html")
    assert [path.name for path in folder.iterdir()] == ["P2.pdf"]


def test_who_withdrew_from_a_group_is_named(study, tmp_path) -> None:
    (tmp_path / "G.txt").write_text("I: And?\nP1: Yes.\nP2: No.\n", encoding="utf-8")
    study.add([Incoming(tmp_path / "G.txt", id="G", interviewee="P1;P2", kind="interview")])
    study.withdraw("P1", reason="asked to")

    made = gather_transcript(study, "G", printed=DAY)

    assert "Consent was withdrawn by P1: these words are not to be used any more." in made.notices


def test_codings_of_an_earlier_text_are_counted_and_not_misplaced(study, tmp_path) -> None:
    (tmp_path / "P1.txt").write_text("R: We meet each week.\n", encoding="utf-8")
    study.add([Incoming(tmp_path / "P1.txt", id="P1", kind="interview")])
    coding = study.code("P1", 3, 10, "workforce")
    other = study.code("P1", 11, 20, "workforce")
    with study.act("as if edited") as act:
        text = ROWS["text"]
        old = dict(act.connection.execute(select(text)).mappings().one())
        (new,) = act.insert("text", [{k: v for k, v in old.items() if k != "id"}])
        act.update("coding", {coding.id: {"text": new}})

    made = gather_transcript(study, "P1", printed=DAY)

    assert [(mark.start, mark.end) for mark in made.marks] == [(other.start, other.end)]
    assert "1 coding belongs to an earlier text and cannot be shown." in made.notices
