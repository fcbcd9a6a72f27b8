"""The coded transcript: one source with its speakers, line numbers and codes, to print."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from p3c_qual.errors import P3CError, Problem, nearest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from p3c_qual.report.transcript_rows import Row
    from p3c_qual.study import Study

__all__ = ["FORMS", "CodeUse", "Mark", "Note", "Transcript", "write_transcript"]

#: what a transcript is written as
FORMS = ("html", "docx", "pdf")


@dataclass(frozen=True, slots=True)
class Mark:
    """A coding as it is printed.

    Attributes
    ----------
    number : int
        Its place in the order of the text, by which bar, label and words are told together.
    start, end : int
        Code points of the stored text, half-open.
    code : str
        Row id of the code.
    label : str
        The code's label, with those above it where another code has the same.
    family : int
        Place of the top code of its tree, from which its colour comes.
    coder : str
        Initials; empty where only one person coded.
    context : str
        Round, research question and where it came from, unless they are the usual ones.
    important, unsure : bool
    memos : tuple of int
        Numbers of the notes on it.
    """

    number: int
    start: int
    end: int
    code: str
    label: str
    family: int
    coder: str = ""
    context: str = ""
    important: bool = False
    unsure: bool = False
    memos: tuple[int, ...] = ()

    @property
    def said(self) -> tuple[str, ...]:
        """What stands behind the label, in words: who, in which round, and how sure."""
        flags = ("important" if self.important else "", "unsure" if self.unsure else "")
        notes = ", ".join(map(str, self.memos))
        memo = f"memo {notes}" if notes else ""
        return tuple(filter(None, (self.coder, self.context, *flags, memo)))


@dataclass(frozen=True, slots=True)
class Note:
    """A memo, printed at the end under its number."""

    number: int
    about: str
    text: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class CodeUse:
    """A code that was used: how often, by whom, and what it means."""

    label: str
    key: str
    definition: str
    family: int
    numbers: tuple[int, ...]
    by_coder: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Transcript:
    """A source with everything that is printed of it.

    Attributes
    ----------
    source, title, language : str
        Key, title (empty where it says no more than the key) and language.
    about : tuple of (str, str)
        What is known of it, as term and text.
    notices : tuple of str
        What has to be read first.
    rows : tuple of Row
        The lines, a long one in several rows.
    lanes : int
        Bars that stand beside one another at most.
    marks : tuple of Mark
        The codings, by number.
    notes : tuple of Note
        The memos, by number.
    codes : tuple of CodeUse
        The codes used, in the order of their codebooks.
    """

    source: str
    title: str
    language: str
    about: tuple[tuple[str, str], ...]
    notices: tuple[str, ...]
    rows: tuple[Row, ...]
    lanes: int
    marks: tuple[Mark, ...]
    notes: tuple[Note, ...]
    codes: tuple[CodeUse, ...]


def write_transcript(
    study: Study,
    source: str,
    path: Path | str,
    *,
    to: str,
    coders: Sequence[str] | None = None,
    codebook: str | None = None,
    printed: date | None = None,
) -> Path:
    """Write the coded transcript of a source as one file.

    Lines are those of the stored text, numbered from 1, empty ones counted. Every coding has a
    bar beside its lines, its number at its first and its last word, and its code's label at the
    row where it begins. It is a working copy: consent to be quoted is not looked at.

    Parameters
    ----------
    study : Study
    source : str
        Its key.
    path : Path or str
        Where; its folder is made, an earlier file is replaced as a whole.
    to : str
        ``html``, ``docx`` or ``pdf``.
    coders : sequence of str, optional
        Whose codings and memos are printed; None for everybody's.
    codebook : str, optional
        Only codings with its codes; None for those of all codebooks.
    printed : date, optional
        The date that is printed; today where it is left out.

    Returns
    -------
    Path

    Raises
    ------
    P3CError
        If the form, the source, a coder or the codebook is unknown, the text was erased, or the
        file cannot be written; an earlier file is then left as it was.

    Examples
    --------
    >>> import tempfile
    >>> from p3c_qual.example import make_example
    >>> folder = tempfile.mkdtemp()
    >>> with make_example(folder + "/study") as study:
    ...     write_transcript(study, "IP01_1", folder + "/IP01_1.html", to="html").name
    'IP01_1.html'
    """
    from p3c_qual.report.transcript_gather import gather_transcript

    if to not in FORMS:
        what = f"a transcript is not written as {to!r}"
        raise P3CError(Problem(what, valid=FORMS, nearest=nearest(to, FORMS)))
    day = printed or datetime.now().astimezone().date()
    made = gather_transcript(study, source, coders=coders, codebook=codebook, printed=day)
    return _keep(Path(path), _rendered(made, to))


def _rendered(transcript: Transcript, to: str) -> bytes:
    if to == "html":
        from p3c_qual.report.transcript_html import render_transcript_html

        return render_transcript_html(transcript).encode()
    if to == "docx":
        from p3c_qual.report.transcript_docx import render_transcript_docx

        return render_transcript_docx(transcript)
    from p3c_qual.report.transcript_pdf import render_transcript_pdf

    return render_transcript_pdf(transcript)


def _keep(target: Path, data: bytes) -> Path:
    part = target.with_name(f".{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(data)
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        what = f"the transcript cannot be written: {error.strerror or error}"
        do = "Free some space or choose another folder."
        raise P3CError(Problem(what, str(target), do=do)) from error
    return target
