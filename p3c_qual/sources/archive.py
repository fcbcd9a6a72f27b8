"""Zip containers opened with care: sizes, ratios and entities are checked first."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from p3c_qual.errors import P3CError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

__all__ = [
    "MAX_RATIO",
    "MAX_UNPACKED",
    "RATIO_FLOOR",
    "Archive",
    "open_archive",
    "parse_xml",
    "refuse_ole",
]

#: bytes that all members together may unpack to
MAX_UNPACKED = 500 * 1024 * 1024
#: unpacked bytes for each packed byte, for a member and for the whole
MAX_RATIO = 200
#: below this many unpacked bytes the ratio does not matter
RATIO_FLOOR = 10 * 1024 * 1024

_CHUNK = 1 << 20
_XML_ENDINGS = (".xml", ".rels", ".rdf", ".vml")
#: no word processor declares entities; only a file made to swell or to fetch does
_ENTITIES = tuple("<!ENTITY".encode(name) for name in ("ascii", "utf-16-le", "utf-16-be"))
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class Archive:
    """A checked container: its members by name, small enough to be held.

    Attributes
    ----------
    data : bytes
        The packed file, safe to hand to a library.
    where : str
        The file's name, for messages.
    names : tuple of str
        Its members.
    """

    data: bytes
    where: str
    names: tuple[str, ...]

    def read(self, name: str) -> bytes:
        """Return a member's bytes.

        Raises
        ------
        P3CError
            The member is missing or damaged, or larger than the directory says.
        """
        with _zip(self.data, self.where) as packed:
            try:
                info = packed.getinfo(name)
            except KeyError:
                raise P3CError(_damaged(self.where, f"its part {name!r} is missing")) from None
            return b"".join(_chunks(packed, info, self.where, MAX_UNPACKED))


def open_archive(data: bytes, where: str) -> Archive:
    """Check a zip container and open it.

    Parameters
    ----------
    data : bytes
        The packed file.
    where : str
        The file's name, for messages.

    Returns
    -------
    Archive

    Raises
    ------
    P3CError
        It is no zip, damaged, protected by a password, unpacks to more than
        `MAX_UNPACKED` bytes or more than `MAX_RATIO` times its size (above
        `RATIO_FLOOR`), or declares entities.

    Examples
    --------
    >>> open_archive(b"PK no", "a.docx")
    Traceback (most recent call last):
        ...
    p3c_qual.errors.P3CError: a.docx: The file is damaged: it is no whole zip container. ...
    """
    refuse_ole(data, where)
    with _zip(data, where) as packed:
        infos = packed.infolist()
        if any(info.flag_bits & 1 for info in infos):
            raise P3CError(_locked(where))
        total = sum(info.file_size for info in infos)
        if total > MAX_UNPACKED or _too_dense(total, len(data)):
            raise P3CError(_bomb(where, total))
        for info in infos:
            if _too_dense(info.file_size, info.compress_size):
                raise P3CError(_bomb(where, info.file_size))
        # the directory may lie: every member is unpacked once, in pieces, and counted
        left = MAX_UNPACKED
        for info in infos:
            is_xml = info.filename.lower().endswith(_XML_ENDINGS)
            tail = b""
            for chunk in _chunks(packed, info, where, left):
                left -= len(chunk)
                if is_xml:
                    if any(mark in tail + chunk for mark in _ENTITIES):
                        raise P3CError(
                            Problem(
                                f"The part {info.filename!r} declares XML entities, which no word "
                                "processor writes; the file was not read",
                                where=where,
                                do="Open it in a word processor, save it anew and add that file.",
                            )
                        )
                    tail = chunk[-32:]
        return Archive(data, where, tuple(info.filename for info in infos))


def parse_xml(data: bytes, where: str) -> _Element:
    """Parse a member as XML; entities are never expanded and nothing is fetched.

    Raises
    ------
    P3CError
        It is not well-formed.

    Examples
    --------
    >>> parse_xml(b"<a>x</a>", "a.odt").text
    'x'
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise P3CError(_damaged(where, f"its XML ends early or is broken ({error.msg})")) from None


def refuse_ole(data: bytes, where: str) -> None:
    """Refuse an OLE container: an encrypted document or an old Word file.

    Raises
    ------
    P3CError
        With what it is and what to do.

    Examples
    --------
    >>> refuse_ole(b"PK", "a.docx")
    """
    if not data.startswith(_OLE):
        return
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise P3CError(_locked(where))
    if "WordDocument".encode("utf-16-le") in data:
        what = "The file is a document of an old Word (.doc), which cannot be read"
        do = "Open it in Word or LibreOffice, save it as .docx and add that file."
    elif "Workbook".encode("utf-16-le") in data:
        what = "The file is a workbook of an old Excel (.xls), which cannot be read"
        do = "Open it in Excel or LibreOffice, save it as .xlsx and add that file."
    else:
        what = "The file is an OLE container of an old or encrypted kind, which cannot be read"
        do = "Open it in the program that wrote it and save it as .docx, .odt, .pdf or .txt."
    raise P3CError(Problem(what, where=where, do=do))


def _zip(data: bytes, where: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise P3CError(_damaged(where, "it is no whole zip container")) from None


def _chunks(
    packed: zipfile.ZipFile, info: zipfile.ZipInfo, where: str, left: int
) -> Iterator[bytes]:
    """Yield a member in pieces and stop as soon as it grows beyond what is left."""
    size = 0
    try:
        with packed.open(info) as member:
            while chunk := member.read(_CHUNK):
                size += len(chunk)
                if size > left or _too_dense(size, info.compress_size):
                    raise P3CError(_bomb(where, size))
                yield chunk
    except (
        zipfile.BadZipFile,
        zlib.error,
        lzma.LZMAError,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ):
        raise P3CError(_damaged(where, f"its part {info.filename!r} cannot be unpacked")) from None


def _too_dense(unpacked: int, packed: int) -> bool:
    return unpacked > RATIO_FLOOR and unpacked > MAX_RATIO * max(packed, 1)


def _damaged(where: str, why: str) -> Problem:
    return Problem(
        f"The file is damaged: {why}",
        where=where,
        do="Fetch it again, or open it in its program, save it anew and add that file.",
    )


def _locked(where: str) -> Problem:
    return Problem(
        "The file is protected by a password",
        where=where,
        do="Open it with its password, save it without one and add that file.",
    )


def _bomb(where: str, size: int) -> Problem:
    return Problem(
        f"The file unpacks to at least {size / 1024 / 1024:.0f} MB, far more than a document of its "
        "size holds; it was not read",
        where=where,
        do="Open it in its program, save it anew and add that file.",
    )
