from __future__ import annotations

import io

import pytest
from format_kit import FILES, docx, paragraph, refusal, table, zipped
from hypothesis import given
from hypothesis import strategies as st

from p3c_qual.sources import read_bytes, read_file
from p3c_qual.sources.word import heading_level


def read(body, **options):
    return read_bytes(docx(body, **options), "a.docx")


def cut(reading, kind):
    part = reading.parts[kind]
    return [reading.text[a:b] for a, b in zip(part.start, part.end, strict=True)]


@pytest.fixture(scope="module")
def marked():
    return read_file(FILES / "marked.docx")


def test_tracked_changes_are_read_as_accepted_and_counted(marked):
    assert "The round meets on Mondays and on Fridays." in marked.text
    assert "every single day" not in marked.text
    assert (
        "The file has tracked changes; all were read as accepted: kept 1 insertion, "
        "left out 1 deletion." in marked.notes
    )


def test_notes_stand_at_the_end_with_their_marks_in_place(marked):
    assert "on Fridays.[1] Everyone" in marked.text
    assert marked.text.endswith("Footnotes\n[1] Not in August.\nEndnotes\n[2] Until next year.")
    assert marked.parts["section"].label[-2:] == ["Footnotes", "Endnotes"]
    assert any(note.startswith("2 notes (footnotes and endnotes) read") for note in marked.notes)


def test_comments_are_left_out_and_counted(marked):
    assert "Is this true?" not in marked.text
    assert "1 comment left out." in marked.notes


def test_hidden_text_is_left_out_and_counted(marked):
    assert "Seen by all. And seen again." in marked.text
    assert "1 hidden passage left out." in marked.notes


def test_a_text_box_is_read_once_after_its_paragraph(marked):
    assert "The box stands here.\nWords in a box\n" in marked.text
    assert marked.text.count("Words in a box") == 1


def test_list_numbers_are_said_to_be_lost(marked):
    assert any(note.startswith("2 paragraphs in automatic lists") for note in marked.notes)


def test_breaks_tabs_and_hard_spaces_are_kept(marked):
    assert "The first line\nand the second, with a\ttab and 10\xa0km." in marked.text


def test_headings_and_the_title_are_sections(marked):
    assert marked.parts["section"].label[:3] == [
        "Neighbour rounds",
        "How it works",
        "What is needed",
    ]
    assert cut(marked, "section")[1].startswith("How it works\nThe round meets")


def test_the_properties_are_kept_and_the_author_is_in_no_note(marked):
    assert marked.meta == {
        "title": "Neighbour rounds",
        "author": "A Transcriber",
        "language": "en-GB",
        "date": "2023-05-04",
    }
    assert not any("Transcriber" in note or "Editor" in note for note in marked.notes)


def test_a_document_without_properties_gets_no_invented_ones():
    assert read(paragraph("Only this.")).meta == {}


def style(style_id, name, properties="", based=""):
    parent = f'<w:basedOn w:val="{based}"/>' if based else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{style_id}"><w:name w:val="{name}"/>{parent}'
        f"<w:pPr>{properties}</w:pPr></w:style>"
    )


@pytest.mark.parametrize(
    "styles",
    [
        style("berschrift1", "heading 1"),
        style("X", "Überschrift 1"),
        style("X", "Own", '<w:outlineLvl w:val="0"/>'),
        style("X", "Own", based="Y") + style("Y", "heading 1"),
    ],
    ids=["localised id", "localised name", "outline level", "based on"],
)
def test_headings_are_known_by_name_level_and_parent(styles):
    used = "berschrift1" if "berschrift1" in styles else "X"
    heading = paragraph("Ziele", f'<w:pPr><w:pStyle w:val="{used}"/></w:pPr>')
    assert read(heading + paragraph("Text."), styles=styles).parts["section"].label == ["Ziele"]


def test_styles_that_are_based_on_each_other_end():
    styles = style("A", "Own", based="B") + style("B", "Other", based="A")
    used = paragraph("Ziele", '<w:pPr><w:pStyle w:val="A"/></w:pPr>')
    assert "section" not in read(used, styles=styles).parts


def test_a_heading_without_a_style_is_known_by_its_id():
    assert heading_level("Heading 3") == 3
    heading = paragraph("Aims", '<w:pPr><w:pStyle w:val="Heading_1"/></w:pPr>')
    assert read(heading + paragraph("Text.")).parts["section"].label == ["Aims"]


def test_three_columns_are_time_speaker_and_words():
    reading = read(table([("00:00:02", "I:", "How was it?"), ("00:01:10", "R:", "It was long.")]))
    turns = reading.parts["turn"]
    assert turns.speaker == ["I", "R"]
    assert turns.time == [2000, 70000]
    assert turns.role == ["interviewer", "interviewee"]
    assert cut(reading, "turn")[1] == "00:01:10\tR:\tIt was long."
    assert cut(reading, "sentence")[1] == "It was long."


def test_two_columns_are_speaker_and_words_and_an_empty_speaker_goes_on():
    reading = read(
        table([("Mira", "How was it?"), ("Jo", "It was long."), ("", "And cold."), ("Mira", "Oh.")])
        + paragraph("(recording ends)")
    )
    assert reading.parts["turn"].speaker == ["Mira", "Jo", "Mira"]
    assert cut(reading, "turn")[1] == "Jo\tIt was long.\nAnd cold."
    assert reading.text.endswith("(recording ends)")


def test_the_interviewer_named_by_the_user_asks():
    data = docx(table([("Mira", "How?"), ("Jo", "So it was."), ("Mira", "And?"), ("Jo", "Yes.")]))
    reading = read_bytes(data, "a.docx", interviewer="Mira")
    assert reading.parts["turn"].role == ["interviewer", "interviewee"] * 2


def test_stamps_of_f4_in_the_words_are_the_times_of_the_turns():
    rows = [("I:", "How was it? #00:00:02-5#"), ("R:", "It was long. #00:01:10-1#"), ("I:", "Oh.")]
    for body in (table(rows), "".join(paragraph(f"{who} {words}") for who, words in rows)):
        turns = read(body).parts["turn"]
        assert turns.time == [2500, 70100, None]
        assert turns.speaker == ["I", "R", "I"]


def test_a_column_of_times_beside_labelled_words_gives_turns():
    turns = read(table([("00:00:02", "I: How?"), ("00:01:10", "R: So.")])).parts["turn"]
    assert (turns.speaker, turns.time) == (["I", "R"], [2000, 70000])


def test_a_table_of_figures_is_no_transcript():
    reading = read(table([("North", "12"), ("Quay", "7")]))
    assert "turn" not in reading.parts
    assert reading.text == "North\t12\nQuay\t7"


def test_turns_in_paragraphs_end_before_the_footnotes():
    body = paragraph("I: How was it?") + paragraph("R: It was long.")
    members = docx(body.replace("long.</w:t>", 'long.</w:t><w:footnoteReference w:id="2"/>'))
    reading = read_bytes(members, "a.docx")
    assert cut(reading, "turn") == ["I: How was it?", "R: It was long.[1]"]
    assert reading.text.endswith("Footnotes\n[1] ")


def run(text, extra=""):
    return f'<w:r>{extra}<w:t xml:space="preserve">{text}</w:t></w:r>'


def test_moved_text_is_read_where_it_went():
    reading = read(
        f"<w:p><w:moveFrom>{run('Old. ')}</w:moveFrom>{run('Middle. ')}"
        f"<w:moveTo>{run('New.')}</w:moveTo></w:p>"
    )
    assert reading.text == "Middle. New."
    assert "kept 1 passage moved here, left out 1 passage moved away" in reading.notes[0]


def test_a_deleted_paragraph_end_joins_two_paragraphs():
    mark = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    reading = read(paragraph("One ", mark) + paragraph("sentence.") + paragraph("Next."))
    assert reading.text == "One sentence.\nNext."


def test_a_wholly_deleted_paragraph_leaves_no_line():
    gone = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:del>{run('x')}</w:del></w:p>"
    assert read(paragraph("One.") + gone + paragraph("Two.")).text == "One.\nTwo."


def test_a_deleted_row_is_left_out():
    rows = table([("a", "b"), ("c", "d")]).replace("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>", 1)
    assert read(rows).text == "c\td"


def test_changes_in_several_runs_of_one_author_count_once():
    change = f'<w:ins w:author="B" w:date="d">{run("in ")}</w:ins>' * 3
    assert "kept 1 insertion" in read(f"<w:p>{change}{run('it')}</w:p>").notes[0]


def test_content_controls_links_and_field_results_are_read_and_instructions_are_not():
    reading = read(
        f"<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent><w:p><w:hyperlink>{run('A link ')}"
        f"</w:hyperlink><w:r><w:instrText>PAGEREF x</w:instrText></w:r>{run('and a field')}</w:p>"
        "</w:sdtContent></w:sdt>"
    )
    assert reading.text == "A link and a field"


def test_symbols_hyphens_and_page_breaks_are_kept_as_characters():
    reading = read(
        '<w:p><w:r><w:br w:type="page"/><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t>'
        '<w:softHyphen/><w:t>c\u00add</w:t><w:sym w:font="Wingdings" w:char="F04A"/></w:r></w:p>'
    )
    assert reading.text == "a\u2011bcd\ufffd"
    assert "1 symbol of a symbol font replaced by U+FFFD." in reading.notes


def test_a_zip_without_the_document_is_named():
    said = refusal(read_bytes, zipped({"word/other.xml": "<a/>"}), "a.docx")
    assert "no Word document: it holds no word/document.xml" in said


def test_a_document_saved_as_strict_open_xml_is_named():
    rels = '<a b="http://purl.oclc.org/ooxml/"/>'
    data = zipped({"[Content_Types].xml": "", "_rels/.rels": rels, "word/document.xml": "<a/>"})
    assert "Strict Open XML" in refusal(read_bytes, data, "a.docx")


def test_a_template_is_named():
    members = {
        "word/document.xml": "<a/>",
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": "<a/>",
    }
    assert "Word file of another kind" in refusal(read_bytes, zipped(members), "a.docx")


def test_a_document_whose_xml_breaks_off_is_damaged():
    data = docx("<w:p>")
    assert "its XML ends early or is broken" in refusal(read_bytes, data, "a.docx")


def test_a_document_without_words_holds_no_text():
    assert "holds no text" in refusal(read_bytes, docx(paragraph(" ")), "a.docx")


def test_a_document_made_by_python_docx_is_read():
    import docx as library

    document = library.Document()
    document.add_heading("Aims", 1)
    document.add_paragraph("To be heard.")
    document.sections[0].header.paragraphs[0].text = "Not part of it"
    buffer = io.BytesIO()
    document.save(buffer)
    reading = read_bytes(buffer.getvalue(), "a.docx")
    assert reading.text == "Aims\nTo be heard."
    assert "Page headers and footers are not part of the text." in reading.notes
    assert reading.parts["section"].label == ["Aims"]


@given(
    st.lists(
        st.text(
            st.characters(codec="utf-8", categories=("L", "M", "N", "P", "S")),
            min_size=1,
            max_size=20,
        ),
        min_size=1,
        max_size=8,
    )
)
def test_every_paragraph_is_found_again_in_the_text(texts):
    from html import escape
    from unicodedata import normalize

    texts = [text.replace("\xad", "x") for text in texts]
    reading = read("".join(paragraph(escape(text)) for text in texts))
    assert reading.text == normalize("NFC", "\n".join(texts))
    assert cut(reading, "paragraph") == reading.text.split("\n")
