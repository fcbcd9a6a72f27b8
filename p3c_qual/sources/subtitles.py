"""Subtitles (.srt, .vtt): cues of one speaker put together to turns with their time."""

from __future__ import annotations

import html
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from p3c_qual.errors import P3CError, Problem
from p3c_qual.sources.decode import decode
from p3c_qual.sources.draft import Draft, Mark, TurnMark
from p3c_qual.sources.remarks import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["read_srt", "read_vtt"]

_VOICE = re.compile(r"<v(?:\.[^\s>]*)*[ \t]+([^<>]*)>")
_TAG = re.compile(r"<[^<>]*>")
_STYLING = re.compile(r"\{\\[^{}]*\}")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*$")


@dataclass(frozen=True)
class _Said:
    """A piece of a cue: who says it (None where the cue does not tell), and when."""

    words: str
    speaker: str | None
    time: int
    new: bool = False


def read_vtt(data: bytes, where: str) -> Draft:
    r"""Read WebVTT: voices and names before a colon are speakers.

    Parameters
    ----------
    data : bytes
        The .vtt file.
    where : str
        Its name, for messages.

    Returns
    -------
    Draft

    Raises
    ------
    P3CError
        The file is empty or holds no cue.

    Examples
    --------
    >>> cues = b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Mira>So.\n"
    >>> draft = read_vtt(cues, "a.vtt")
    >>> draft.text, draft.turns
    ('Mira: So.', (TurnMark(start=0, end=9, body=6, speaker='Mira', time=1000),))
    """
    return _read(data, where, "vtt")


def read_srt(data: bytes, where: str) -> Draft:
    r"""Read SubRip: names before a colon are speakers.

    Parameters
    ----------
    data : bytes
        The .srt file.
    where : str
        Its name, for messages.

    Returns
    -------
    Draft

    Raises
    ------
    P3CError
        The file is empty or holds no cue.

    Examples
    --------
    >>> cues = b"1\n00:00:01,000 --> 00:00:02,000\nIt rained.\n"
    >>> read_srt(cues, "a.srt").text
    'It rained.'
    """
    return _read(data, where, "srt")


def _read(data: bytes, where: str, form: str) -> Draft:
    import webvtt

    decoded = decode(data, where=where)
    try:
        captions = webvtt.from_buffer(io.StringIO(decoded.text.lstrip()), format=form).captions
    except (webvtt.errors.MalformedFileError, webvtt.errors.MalformedCaptionError, ValueError):
        captions = []
    if not captions:
        do = "Open it in a subtitle editor and save it anew, or name it .txt to read it as it is."
        raise P3CError(
            Problem(f"The file holds no subtitle cue in the .{form} format", where, do=do)
        )
    said = [
        piece
        for caption in captions
        for piece in _pieces(caption.raw_text, caption.start_time.in_milliseconds())
    ]
    notes = list(decoded.notes)
    voiced = any(piece.speaker is not None for piece in said)
    if not voiced:
        said = _labelled(said)
    if any(piece.speaker for piece in said):
        how = "voices" if voiced else "names before a colon"
        notes.append(f"{counted(len(captions), 'cue')} read; speakers are the {how} in them.")
    else:
        said = _by_sentence(said)
        notes.append(
            f"{counted(len(captions), 'cue')} read; no speaker is named, so a turn ends where a "
            "cue ends a sentence."
        )
    return _write(said, notes, voiced)


def _pieces(raw: str, time: int) -> list[_Said]:
    """Take the voices of a cue apart; without any, take its lines as they are."""
    parts = _VOICE.split(raw)
    found = [_Said(_clean(parts[0]), None, time)]
    found += [
        _Said(_clean(words), " ".join(html.unescape(name).split()), time)
        for name, words in zip(parts[1::2], parts[2::2], strict=True)
    ]
    return [piece for piece in found if piece.words]


def _clean(raw: str) -> str:
    text = html.unescape(_TAG.sub("", _STYLING.sub("", raw)))
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())


def _labelled(said: Sequence[_Said]) -> list[_Said]:
    """Find names before a colon at the start of the cues' lines, by the rules for transcripts."""
    from p3c_qual.sources.turns import find_turns

    lines = [(line, piece.time) for piece in said for line in piece.words.split("\n")]
    parts = find_turns("\n".join(line for line, _ in lines)).parts
    speakers = dict(zip(parts.start, parts.speaker, strict=True))
    found: list[_Said] = []
    at = 0
    speaker: str | None = None
    for line, time in lines:
        starts = at in speakers
        speaker = speakers[at] if starts else speaker
        found.append(_Said(line, speaker, time, new=starts))
        at += len(line) + 1
    return found


def _by_sentence(said: Sequence[_Said]) -> list[_Said]:
    found: list[_Said] = []
    new = True
    for piece in said:
        found.append(_Said(piece.words, "", piece.time, new=new))
        new = _SENTENCE_END.search(piece.words) is not None
    return found


def _write(said: Sequence[_Said], notes: Sequence[str], voiced: bool) -> Draft:
    """One line a turn; a voice is written before its words, a name in the words stays."""
    text: list[str] = []
    turns: list[TurnMark] = []
    at = 0
    speaker: str | None = None
    for piece in said:
        words = piece.words.replace("\n", " ")
        if turns and not piece.new and piece.speaker == speaker:
            text.append(f" {words}")
            at += 1 + len(words)
            last = turns[-1]
            turns[-1] = TurnMark(last.start, at, last.body, last.speaker, last.time)
            continue
        if turns:
            text.append("\n")
            at += 1
        label = f"{piece.speaker}: " if voiced and piece.speaker else ""
        body = at + len(label)
        if not voiced and piece.speaker and ":" in words[: len(piece.speaker) + 6]:
            colon = words.index(":") + 1
            body += colon + len(words[colon:]) - len(words[colon:].lstrip())
        text.append(label + words)
        end = at + len(label) + len(words)
        turns.append(TurnMark(at, end, body, piece.speaker or "", piece.time))
        at, speaker = end, piece.speaker
    marks = tuple(Mark(turn.start, turn.end) for turn in turns)
    return Draft(text="".join(text), paragraphs=marks, turns=tuple(turns), notes=tuple(notes))
