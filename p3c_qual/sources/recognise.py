"""What a file is by its content, and whether its ending says the same."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from p3c_qual.errors import P3CError, Problem
from p3c_qual.sources.archive import refuse_ole

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["ADVICE", "check_content", "content_of", "read_data"]

_SAVE = "Open it in the program that wrote it and save it as .docx, .odt, .pdf or .txt."
_TRANSCRIBE = "Transcribe it and add the transcript (.txt, .docx, .srt or .vtt)."
#: endings that are known and not read, with what to do
ADVICE = {
    "doc": "Open it in Word or LibreOffice, save it as .docx and add that file.",
    "dot": "Open it in Word or LibreOffice, save it as .docx and add that file.",
    "docm": "Open it in Word, save it as .docx (without macros) and add that file.",
    "xls": "Open it in Excel or LibreOffice, save it as .xlsx and add that file.",
    "ods": "Open it in LibreOffice, save it as .xlsx or .csv and add that file.",
    "fodt": "Open it in LibreOffice, save it as .odt and add that file.",
    "pages": _SAVE,
    "wpd": _SAVE,
    "epub": _SAVE,
    "ppt": "Save its text as .pdf and add that file.",
    "pptx": "Save its text as .pdf and add that file.",
    "odp": "Save its text as .pdf and add that file.",
    **dict.fromkeys(("mp3", "wav", "m4a", "ogg", "mp4", "mov", "wma", "flac", "aac"), _TRANSCRIBE),
    **dict.fromkeys(("jpg", "jpeg", "png", "tif", "tiff", "gif"), "Run text recognition first."),
    "zip": "Unpack it and add the files in it.",
    "qdpx": "It is a project of a coding program: take it in with `p3c import`.",
}
_NAMES = {
    "pdf": "a PDF",
    "docx": "a Word document",
    "odt": "an OpenDocument text",
    "xlsx": "a workbook",
    "rtf": "rich text",
    "zip": "a zip container",
    "ole": "an old or encrypted Office file",
}
#: what the content of a file with this ending has to be; all others are text
_EXPECTED = {
    "docx": ("docx", "zip"),
    "odt": ("odt", "zip"),
    "xlsx": ("xlsx", "zip"),
    "pdf": ("pdf",),
    "rtf": ("rtf",),
}


def read_data(path: Path) -> bytes:
    """Return the bytes of a file.

    Raises
    ------
    P3CError
        There is no such file, it is a folder, or it may not be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        near = None
        if path.parent.is_dir():
            from p3c_qual.errors import nearest

            near = nearest(path.name, (other.name for other in path.parent.iterdir()))
        raise P3CError(Problem("There is no such file", where=str(path), nearest=near)) from None
    except IsADirectoryError:
        raise P3CError(
            Problem("This is a folder, not a file", where=str(path), do="Name the files in it.")
        ) from None
    except OSError as error:
        raise P3CError(
            Problem(
                f"The file cannot be read ({error.strerror})",
                where=str(path),
                do="See that it is not open elsewhere and that you may read it.",
            )
        ) from None


def content_of(data: bytes) -> str:
    """Tell what a file is by its first bytes.

    Parameters
    ----------
    data : bytes
        The whole file.

    Returns
    -------
    str
        ``pdf``, ``docx``, ``odt``, ``xlsx``, ``zip``, ``rtf``, ``ole``, or ``""`` for all else.

    Examples
    --------
    >>> content_of(b"%PDF-1.7 ..."), content_of(b"I: Hello")
    ('pdf', '')
    """
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "ole"
    if not head.startswith(b"PK\x03\x04"):
        return ""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = packed.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return "zip"
    for kind, member in (("docx", "word/"), ("xlsx", "xl/"), ("odt", "content.xml")):
        if any(name.startswith(member) for name in names):
            return kind
    return "zip"


def check_content(data: bytes, ending: str, where: str) -> None:
    """Refuse a file that is empty or whose content is not what its ending says.

    Parameters
    ----------
    data : bytes
        The whole file.
    ending : str
        Without the dot, in lower case.
    where : str
        The file's name, for messages.

    Raises
    ------
    P3CError
        With what the content is and how to name the file.

    Examples
    --------
    >>> check_content(b"%PDF-1.7", "txt", "a.txt")
    Traceback (most recent call last):
        ...
    p3c_qual.errors.P3CError: a.txt: The name ends in .txt, but the content is a PDF. ...
    """
    if not data.strip(b" \t\r\n\x00"):
        raise P3CError(
            Problem("The file is empty", where=where, do="See whether it was saved or sent whole.")
        )
    content = content_of(data)
    expected = _EXPECTED.get(ending, ("",))
    if content in expected:
        return
    if content == "ole":
        refuse_ole(data, where)
    if content in _EXPECTED:
        raise P3CError(
            Problem(
                f"The name ends in .{ending}, but the content is {_NAMES[content]}",
                where=where,
                do=f"Rename the file so that it ends in .{content} and add it again.",
            )
        )
    is_what = f"the content is {_NAMES[content]}" if content else f"it is not {_NAMES[expected[0]]}"
    raise P3CError(
        Problem(
            f"The name ends in .{ending}, but {is_what}",
            where=where,
            do="Open it in the program that wrote it and save it in the format its name says.",
        )
    )
