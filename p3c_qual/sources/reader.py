"""From a file to a text with its parts: the one road all formats take."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, cast

from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.sources.assemble import finish
from p3c_qual.sources.recognise import ADVICE, check_content, read_data

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from p3c_qual.sources.draft import Draft
    from p3c_qual.sources.parts import Reading
    from p3c_qual.sources.tabular import TableRow

__all__ = ["READERS", "TABLES", "Reader", "read_bytes", "read_file", "read_row"]


@dataclass(frozen=True)
class Reader:
    """The name under which a reader is recorded, and where its function is.

    Attributes
    ----------
    name : str
        With the version, which changes when the same file would give another text.
    module, function : str
        Imported when first used, so that the command line starts quickly.
    """

    name: str
    module: str
    function: str

    def read(self, data: bytes, where: str) -> Draft:
        """Read the bytes of a file."""
        module = import_module(f"p3c_qual.sources.{self.module}")
        function = cast("Callable[[bytes, str], Draft]", getattr(module, self.function))
        return function(data, where)


_PLAIN = Reader("txt-1", "plain", "read_plain")
_MARKDOWN = Reader("md-1", "plain", "read_markdown")
_WEBPAGE = Reader("html-1", "webpage", "read_webpage")
#: every ending that is read
READERS = {
    "txt": _PLAIN,
    "text": _PLAIN,
    "md": _MARKDOWN,
    "markdown": _MARKDOWN,
    "docx": Reader("docx-1", "word", "read_word"),
    "odt": Reader("odt-1", "odt", "read_odt"),
    "rtf": Reader("rtf-1", "rtf", "read_rtf"),
    "pdf": Reader("pdf-1", "pdf", "read_pdf"),
    "html": _WEBPAGE,
    "htm": _WEBPAGE,
    "xhtml": _WEBPAGE,
    "srt": Reader("srt-1", "subtitles", "read_srt"),
    "vtt": Reader("vtt-1", "subtitles", "read_vtt"),
}
#: endings of tables, which hold one source a row
TABLES = ("csv", "tsv", "xlsx")


def read_file(
    path: Path, *, language: str = "en", interviewer: str = "", people: Sequence[str] = ()
) -> Reading:
    """Read a source from a file.

    Parameters
    ----------
    path : Path
        The file; its ending and its content choose the reader.
    language : str
        Decides how sentences are cut.
    interviewer : str
        Name or initials of who asked, where known.
    people : sequence of str
        The interviewees' codes, which may stand as labels.

    Returns
    -------
    Reading

    Raises
    ------
    P3CError
        The file is missing, empty, damaged, protected, of another kind than its name says, or of
        a kind that is not read.
    """
    path = Path(path)
    if path.suffix and not path.is_dir():
        _reader_for(path.name, str(path))
    return _read(read_data(path), path.name, str(path), language, interviewer, people)


def read_bytes(
    data: bytes,
    name: str,
    *,
    language: str = "en",
    interviewer: str = "",
    people: Sequence[str] = (),
) -> Reading:
    r"""Read a source from the bytes of a file.

    Parameters
    ----------
    data : bytes
        The whole file.
    name : str
        Its name; the ending and the content choose the reader.
    language : str
        Decides how sentences are cut.
    interviewer : str
        Name or initials of who asked, where known.
    people : sequence of str
        The interviewees' codes, which may stand as labels.

    Returns
    -------
    Reading

    Raises
    ------
    P3CError
        The file is empty, damaged, protected, of another kind than its name says, or of a kind
        that is not read.

    Examples
    --------
    >>> reading = read_bytes(b"I: How was it?\nR: It was long. And cold.\n", "IP01.txt")
    >>> reading.reader, reading.parts["turn"].speaker, len(reading.parts["sentence"])
    ('txt-1', ['I', 'R'], 3)
    """
    return _read(data, name, name, language, interviewer, people)


def read_row(
    row: TableRow, *, language: str = "en", interviewer: str = "", people: Sequence[str] = ()
) -> Reading:
    """Make a source of a row of a table.

    Parameters
    ----------
    row : TableRow
        From `read_table`.
    language : str
        Decides how sentences are cut.
    interviewer : str
        Name or initials of who asked, where known.
    people : sequence of str
        The interviewees' codes, which may stand as labels.

    Returns
    -------
    Reading
    """
    from p3c_qual.sources.draft import Draft

    return finish(Draft(row.text, notes=row.notes), "table-1", language, interviewer, people)


def _read(
    data: bytes, name: str, where: str, language: str, interviewer: str, people: Sequence[str]
) -> Reading:
    reader = _reader_for(name, where)
    check_content(data, PurePath(name).suffix.lower().lstrip("."), where)
    draft = reader.read(data, where)
    if not draft.text.strip():
        raise P3CError(
            Problem(
                "The file holds no text",
                where=where,
                do="If it holds pictures of pages, run text recognition (OCR) first.",
            )
        )
    return finish(draft, reader.name, language, interviewer, people)


def _reader_for(name: str, where: str) -> Reader:
    ending = PurePath(name).suffix.lower().lstrip(".")
    if ending in READERS:
        return READERS[ending]
    valid = tuple(f".{known}" for known in READERS)
    if ending in TABLES:
        raise P3CError(
            Problem(
                f"A .{ending} file is a table and holds one source a row",
                where=where,
                do="Read it as a table: columns id and text, the others as variables.",
            )
        )
    if ending in ADVICE:
        raise P3CError(
            Problem(f"Files that end in .{ending} cannot be read", where=where, do=ADVICE[ending])
        )
    what = f"Files that end in .{ending} cannot be read" if ending else "The name has no ending"
    guess = nearest(f".{ending}", valid) if ending else None
    raise P3CError(Problem(what, where=where, valid=valid, nearest=guess))
