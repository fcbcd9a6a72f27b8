from __future__ import annotations

import io
import struct
import zipfile

import pytest
from format_kit import FILES, docx, odt, paragraph, refusal, zipped
from hypothesis import given, settings
from hypothesis import strategies as st

from p3c_qual.errors import P3CError
from p3c_qual.sources import archive, read_bytes
from p3c_qual.sources.archive import open_archive, parse_xml

BOMB = 11 * 1024 * 1024


@pytest.mark.parametrize("name", ["a.docx", "a.odt"])
def test_a_container_that_swells_is_refused_before_it_is_read(name):
    data = zipped({"word/document.xml" if name == "a.docx" else "content.xml": b" " * BOMB})
    assert "far more than a document of its size holds" in refusal(read_bytes, data, name)


def test_a_container_that_swells_by_many_members_is_refused():
    data = zipped({f"word/{number}.xml": b" " * 1_000_000 for number in range(12)})
    assert "unpacks to at least 11 MB" in refusal(open_archive, data, "a.docx")


def test_a_container_above_the_limit_is_refused_whatever_its_ratio(monkeypatch):
    monkeypatch.setattr(archive, "MAX_UNPACKED", 1000)
    data = zipped({"word/document.xml": bytes(range(256)) * 4})
    assert "unpacks to" in refusal(open_archive, data, "a.docx")


def lying(data: bytes, size: int) -> bytes:
    """The same container whose directory names another unpacked size for its only member."""
    at = data.rindex(b"PK\x01\x02")
    return data[: at + 24] + struct.pack("<I", size) + data[at + 28 :]


def test_a_directory_that_names_too_small_a_size_is_found_while_reading():
    data = lying(zipped({"word/document.xml": b" " * BOMB}), 100)
    assert "is damaged: its part 'word/document.xml'" in refusal(open_archive, data, "a.docx")


def test_a_member_is_counted_while_it_is_unpacked(monkeypatch):
    data = zipped({"word/document.xml": b" " * BOMB})
    # as if the directory had said less: only the pieces themselves tell
    with zipfile.ZipFile(io.BytesIO(data)) as packed, pytest.raises(P3CError, match="unpacks to"):
        list(archive._chunks(packed, packed.infolist()[0], "a.docx", archive.MAX_UNPACKED))


def test_a_real_document_is_far_below_the_limits():
    data = (FILES / "marked.odt").read_bytes()
    assert "content.xml" in open_archive(data, "marked.odt").names


LAUGHS = (
    '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
FETCH = '<!DOCTYPE w [<!ENTITY c SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("prolog", [LAUGHS, FETCH])
@pytest.mark.parametrize("form", ["docx", "odt"])
def test_entities_are_refused_and_never_expanded(prolog, form):
    if form == "docx":
        data = docx(paragraph("&c;"), prolog=prolog)
    else:
        data = odt("<text:p>&c;</text:p>", prolog=prolog)
    said = refusal(read_bytes, data, f"a.{form}")
    assert "declares XML entities" in said
    assert "root:" not in said


def test_entities_in_utf_16_are_refused_too():
    data = zipped(
        {"content.xml": f'<?xml version="1.0" encoding="utf-16"?>{FETCH}<a/>'.encode("utf-16")}
    )
    assert "declares XML entities" in refusal(open_archive, data, "a.odt")


def test_an_entity_that_came_through_is_still_not_expanded():
    root = parse_xml(b'<!DOCTYPE a [<!ENTITY b "secret">]><a>x&b;</a>', "a.odt")
    assert "secret" not in "".join(root.itertext(tag="a"))
    assert root.text == "x"


def test_a_container_with_a_password_is_named():
    data = bytearray(zipped({"word/document.xml": b"x"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    assert "protected by a password" in refusal(read_bytes, bytes(data), "a.docx")


def test_an_encrypted_word_document_is_named():
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le")
    assert "protected by a password" in refusal(read_bytes, ole, "a.docx")


def test_an_encrypted_odt_is_named():
    data = zipped({"content.xml": b"\x01", "META-INF/manifest.xml": b"<a><encryption-data/></a>"})
    assert "protected by a password" in refusal(read_bytes, data, "a.odt")


def test_an_old_word_file_named_docx_is_named_with_what_to_do():
    data = (FILES / "old.doc").read_bytes()
    said = refusal(read_bytes, data, "a.docx")
    assert "old Word (.doc)" in said
    assert "save it as .docx" in said


@pytest.mark.parametrize("cut", [10, 300, 2000, -30])
def test_a_container_cut_short_is_damaged(cut):
    data = (FILES / "interview.docx").read_bytes()[:cut]
    assert "damaged" in refusal(read_bytes, data, "a.docx")


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_container_with_a_wrong_byte_is_read_or_refused_in_words(data):
    whole = bytearray((FILES / "table.docx").read_bytes())
    for _ in range(3):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    said = refusal(read_bytes, bytes(whole), "a.docx")
    assert said.startswith("a.docx: ") or read_bytes(bytes(whole), "a.docx").text.strip()
