"""From the bytes of a text file to a text, whatever it was written with."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from p3c_qual.errors import P3CError, Problem
from p3c_qual.sources.legacy import likely_encoding

__all__ = ["Decoded", "decode"]

# UTF-32 first: its mark begins with that of UTF-16
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BINARY = (
    (b"PK\x03\x04", "a zip archive or an Office file"),
    (b"PK\x05\x06", "a zip archive"),
    (b"%PDF-", "a PDF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (.doc, .xls)"),
    (b"SQLite format 3\x00", "a database"),
    (b"\x89PNG\r\n", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF87a", "a picture (GIF)"),
    (b"GIF89a", "a picture (GIF)"),
    (b"OggS\x00", "a recording (Ogg)"),
    (b"ID3\x02", "a recording (MP3)"),
    (b"ID3\x03", "a recording (MP3)"),
    (b"ID3\x04", "a recording (MP3)"),
    (b"fLaC\x00", "a recording (FLAC)"),
    (b"\x1f\x8b\x08", "a compressed file (gzip)"),
    (b"7z\xbc\xaf\x27\x1c", "a compressed file (7z)"),
    (b"Rar!\x1a\x07", "a compressed file (rar)"),
    (b"\x7fELF", "a program"),
)
_CONTROLS = bytes([*range(9), *range(0x0E, 0x1A), *range(0x1C, 0x20)])
_SAMPLE = 65_536

# what a text in UTF-16 without any zero byte holds: East Asian letters and their punctuation
_EAST_ASIAN = re.compile("[\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff00-\uffef\\s]")


@dataclass(frozen=True)
class Decoded:
    """A text and how its bytes were read.

    Attributes
    ----------
    text : str
        Without byte order mark; otherwise as written, line ends included.
    encoding : str
        Such as ``utf-8``, ``utf-16-le`` or ``windows-1252``.
    notes : tuple of str
        The encoding where it is not UTF-8, and what could not be read; one sentence each.
    """

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(data: bytes, *, where: str) -> Decoded:
    """Turn the bytes of a text file into a text.

    A byte order mark is believed and dropped; then UTF-16 and UTF-32 without one, UTF-8,
    Windows-1252, and what charset-normalizer finds likeliest are tried in this order. UTF-8 with
    a few bad bytes stays UTF-8.

    Parameters
    ----------
    data : bytes
        The whole file.
    where : str
        The file's name, for messages.

    Returns
    -------
    Decoded

    Raises
    ------
    P3CError
        Where the file is empty, or is no text.

    Examples
    --------
    >>> decode("Grüße".encode("cp1252"), where="a.txt")
    Decoded(text='Grüße', encoding='windows-1252', notes=('Read as windows-1252.',))
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _read(data[len(mark) :], encoding, where)
    for magic, what in _BINARY:
        if data.startswith(magic):
            raise _no_text(what, where)
    if b"\x00" in data:
        return _read(data, _wide(data) or _narrow(data, where), where)
    try:
        return _done(data.decode("utf-8"), "utf-8", where)
    except UnicodeDecodeError as error:
        return _read(data, _other(data, error, where), where)


def _read(data: bytes, encoding: str, where: str) -> Decoded:
    """Decode with a known encoding; what cannot be read becomes U+FFFD and is counted."""
    try:
        return _done(data.decode(encoding), encoding, where)
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
    bad, first = _bad(data, text, encoding)
    line = len(re.findall("\r\n|\r|\n", text[:first])) + 1
    places = "1 place that is" if bad == 1 else f"{bad:,} places that are"
    note = f"{places} not valid {encoding} became U+FFFD, the first in line {line}."
    return _done(text, encoding, where, note)


def _bad(data: bytes, text: str, encoding: str) -> tuple[int, int]:
    """Count what was replaced, apart from any U+FFFD the file itself holds."""
    own = data.count("\ufffd".encode()) if encoding == "utf-8" else 0
    return text.count("\ufffd") - own, text.index("\ufffd")


def _done(text: str, encoding: str, where: str, *notes: str) -> Decoded:
    if not text or text.isspace():
        raise P3CError(
            Problem(
                "the file holds only white space" if text else "the file is empty",
                where=where,
                do="Check that it was saved; there is nothing to code in it.",
            )
        )
    if encoding != "utf-8":
        notes = (f"Read as {encoding}.", *notes)
    return Decoded(text, encoding, notes)


def _no_text(what: str, where: str) -> P3CError:
    return P3CError(
        Problem(
            f"this is {what}, not a text",
            where=where,
            do="Give the file its own ending if it has a wrong one, or save it as plain text.",
        )
    )


def _wide(data: bytes) -> str | None:
    """Recognise UTF-16 and UTF-32 without a mark by where their zero bytes lie."""
    sample = data[:_SAMPLE]
    quarter = len(sample) // 4
    zeros = [sample[at::4].count(0) for at in range(4)]
    even, odd = zeros[0] + zeros[2], zeros[1] + zeros[3]
    if quarter and len(data) % 4 == 0 and max(zeros) == quarter:
        if zeros[3] == quarter > 2 * zeros[0] and zeros[2] * 10 > quarter * 9:
            return "utf-32-le"
        if zeros[0] == quarter > 2 * zeros[3] and zeros[1] * 10 > quarter * 9:
            return "utf-32-be"
    # a file cut in the middle of a character has an odd length; a few bytes are no evidence
    if sum(zeros) < 2 or (len(data) % 2 and len(data) < 100):
        return None
    if min(even, odd) * 8 > max(even, odd) or max(even, odd) * 40 < len(sample):
        return None
    encoding = "utf-16-be" if even > odd else "utf-16-le"
    text = sample.decode(encoding, "replace")
    good = sum(c.isprintable() or c.isspace() for c in text if c != "\ufffd")
    return encoding if good * 20 >= len(text) * 19 else None


def _narrow(data: bytes, where: str) -> str:
    """Decide on bytes with some zeros that are not UTF-16: a damaged text, or no text at all."""
    zeros = data.count(0)
    if zeros * 2 > len(data) or (zeros > 8 and zeros * 10 > len(data)):
        raise _no_text("binary data", where)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _other(data, error, where)
    return "utf-8"


def _other(data: bytes, error: UnicodeDecodeError, where: str) -> str:
    """Name the encoding of bytes that are not valid UTF-8, or refuse them."""
    if (len(data) - len(data.translate(None, _CONTROLS))) * 20 > len(data):
        east_asian = _east_asian(data)
        if east_asian is None:
            raise _no_text("binary data", where)
        return east_asian
    if _is_damaged(data, error):
        return "utf-8"
    return _east_asian(data) or likely_encoding(data, error.start)


def _is_damaged(data: bytes, error: UnicodeDecodeError) -> bool:
    """Whether this is UTF-8 with some bad bytes, rather than another encoding."""
    if error.reason == "unexpected end of data" and len(data) - error.start > 1:
        return True  # everything before is valid, and the file was cut inside a character
    if re.search(rb"[\x80-\xfd]", data) is None:
        return True  # ASCII and bytes that hardly any encoding uses
    text = data.decode("utf-8", "replace")
    bad, _ = _bad(data, text, "utf-8")
    good = len(text) - len(text.encode("ascii", "ignore")) - bad
    return good >= bad or (bad <= 8 and good * 3 >= bad)


def _east_asian(data: bytes) -> str | None:
    sample = data[:_SAMPLE]
    if len(data) % 2 == 0 and b"\x30" in sample:
        for encoding in ("utf-16-le", "utf-16-be"):
            text = sample.decode(encoding, "replace")
            if len(_EAST_ASIAN.findall(text)) * 10 > len(text) * 9:
                return encoding
    return None
