"""Passages in which a context, a mechanism and an outcome seem to stand together, ranked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from p3c_qual.analysis.cache import kept
from p3c_qual.analysis.known import known_sources
from p3c_qual.analysis.people import speakers
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.language.pipeline import code_of, pipeline_of
from p3c_qual.realist.candidates.cues import Cue, with_cues
from p3c_qual.realist.candidates.likeness import Earlier
from p3c_qual.realist.candidates.weighed import weighed_passages
from p3c_qual.realist.candidates.weighing import Weighed, say_why, score_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from sqlalchemy import Connection

    from p3c_qual.analysis.known import KnownSource
    from p3c_qual.study import Study

__all__ = ["Candidate", "Candidates", "find_candidates", "rank_candidates"]
_COLUMNS = {
    "source": "str",
    "start": "int64",
    "end": "int64",
    "score": "float64",
    "why": "str",
    "cues": "str",
    "text": "str",
    "who": "str",
    "used": "str",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage in which a configuration may stand.

    Attributes
    ----------
    source, key : str
        Row id and key.
    start, end : int
        Half-open, in code points of the source.
    text : str
    score : float
        From 0 to 1; it orders, and measures nothing.
    why : str
    cues : tuple of Cue
        With places in the source.
    who : str
        The interviewee; empty where nobody is known.
    used : tuple of str
        Keys of the standing configurations that have evidence in it.
    """

    source: str
    key: str
    start: int
    end: int
    text: str
    score: float
    why: str
    cues: tuple[Cue, ...]
    who: str
    used: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Candidates, the likeliest first.

    Attributes
    ----------
    found : list of Candidate
    said : str
        Which pipeline read the texts.
    looked_at : int
        Passages.
    notices : list of str
        What was left out, and why.
    """

    found: list[Candidate]
    said: str
    looked_at: int
    notices: list[str]


def find_candidates(
    study: Study, *, top: int | None = 10, source: str = "", programme: str = ""
) -> pd.DataFrame:
    """Rank the passages in which a context, a mechanism and an outcome seem to stand together.

    A passage is what one person says in one go, or a paragraph, see
    `p3c_qual.language.passages.cut_passages`. It is ranked by words of response, change, condition
    and cause, by who acts in it and by its clauses, and a little by words that it shares with the
    study's configurations. Whether it holds a configuration a person decides.

    Parameters
    ----------
    study : Study
    top : int, optional
        How many; None for all.
    source, programme : str
        Look in these alone.

    Returns
    -------
    DataFrame
        One row a passage, the likeliest first: ``source`` (key), ``start``, ``end`` (int, code
        points, half-open), ``score`` (float, 0 to 1; it orders, and measures nothing), ``why``
        (str), ``cues`` (str: word, kind and place of each), ``text``, ``who`` (the interviewee),
        ``used`` (str: configurations with evidence in it, with ``;``). ``attrs`` say which
        pipeline read the texts (``caption``), how many passages were looked at (``looked_at``) and
        what was left out (``notices``).

    Raises
    ------
    P3CError
        If the source or the programme is unknown.
    """
    import pandas as pd

    with study.store.read() as connection:
        ranked = rank_candidates(study, connection, top=top, source=source, programme=programme)
    frame = pd.DataFrame(
        [
            {
                "source": each.key,
                "start": each.start,
                "end": each.end,
                "score": each.score,
                "why": each.why,
                "cues": _say_cues(each),
                "text": each.text,
                "who": each.who,
                "used": ";".join(each.used),
            }
            for each in ranked.found
        ],
        columns=list(_COLUMNS),
    ).astype(_COLUMNS)
    frame.attrs |= {
        "caption": "Passages in which a context, a mechanism and an outcome seem to stand "
        f"together. {ranked.said}".strip(),
        "unit": "passages",
        "looked_at": ranked.looked_at,
        "notices": ranked.notices,
    }
    return frame


def rank_candidates(
    study: Study,
    connection: Connection,
    *,
    top: int | None = 10,
    source: str = "",
    programme: str = "",
) -> Candidates:
    """Rank passages as `find_candidates` does, from a connection that is open already.

    Parameters
    ----------
    study : Study
    connection : sqlalchemy.Connection
    top : int, optional
    source, programme : str
        Row id or key of the source, key of the programme.

    Raises
    ------
    P3CError
        If the source or the programme is unknown.
    """
    chosen = _chosen(known_sources(study, connection), source, programme)
    codes, notices = _codes(chosen)
    earlier: Earlier = kept(study, connection, "candidates", lambda: Earlier(connection))
    looked_at = 0
    ranked: list[_Ranked] = []
    for code in sorted(set(codes.values())):
        common = pipeline_of(code).nlp.Defaults.stop_words
        mine = [each for each in chosen if codes.get(each.id) == code]
        for each, body, passages in weighed_passages(connection, mine, code):
            looked_at += len(passages)
            for start, end, weighed in passages:
                if weighed is not None:
                    alike, like = earlier.alike(body[start:end], common)
                    score = score_of(weighed, alike)
                    ranked.append(_Ranked(score, each, start, body[start:end], weighed, like))
    ranked.sort(key=lambda one: (-one.score, one.source.key, one.start))
    said = dict.fromkeys(pipeline_of(code).said for code in sorted(set(codes.values())))
    found = _told(study, connection, ranked[:top], earlier)
    return Candidates(found, " ".join(said), looked_at, notices)


@dataclass(frozen=True, slots=True)
class _Ranked:
    score: float
    source: KnownSource
    start: int
    text: str
    weighed: Weighed
    like: str


def _told(
    study: Study, connection: Connection, ranked: Sequence[_Ranked], earlier: Earlier
) -> list[Candidate]:
    voices = speakers(study, connection)
    voices.prepare(connection, {one.source.id for one in ranked})
    found = []
    for one in ranked:
        person = voices.of(one.source.id, one.start)
        end = one.start + len(one.text)
        found.append(
            Candidate(
                source=one.source.id,
                key=one.source.key,
                start=one.start,
                end=end,
                text=one.text,
                score=round(one.score, 3),
                why=say_why(one.text, one.weighed.cues, one.like),
                cues=tuple(
                    Cue(one.start + cue.start, one.start + cue.end, cue.kind)
                    for cue in one.weighed.cues
                ),
                who=person.key if person else "",
                used=earlier.used(str(one.source.text), one.start, end),
            )
        )
    return found


def _chosen(sources: dict[str, KnownSource], source: str, programme: str) -> list[KnownSource]:
    chosen = [each for each in sources.values() if not source or source in (each.id, each.key)]
    problems = []
    if source and not chosen:
        keys = tuple(each.key for each in sources.values())
        problems.append(Problem(f"unknown source {source!r}", "", keys, nearest(source, keys)))
    programmes = tuple(sorted({each.programme for each in sources.values() if each.programme}))
    if programme and programme not in programmes:
        said = f"no source belongs to a programme {programme!r}"
        problems.append(Problem(said, "", programmes, nearest(programme, programmes)))
    if problems:
        raise P3CError(problems)
    return [each for each in chosen if not programme or each.programme == programme]


def _codes(chosen: Sequence[KnownSource]) -> tuple[dict[str, str], list[str]]:
    """Return the language of the sources that can be looked into, and what is said of the rest."""
    codes: dict[str, str] = {}
    without: dict[str, list[str]] = {}
    for each in chosen:
        if each.hash:
            code = code_of(each.said["language"])
            if with_cues(code):
                codes[each.id] = code
            else:
                without.setdefault(code, []).append(each.key)
    notices = []
    for code, keys in sorted(without.items()):
        why = (
            "Their language is not known"
            if code == "und"
            else f"There are no cue words for the language {code}"
        )
        notices.append(f"{why}; nothing was looked for in {', '.join(keys)}.")
    return codes, notices


def _say_cues(each: Candidate) -> str:
    return "; ".join(
        f"{each.text[cue.start - each.start : cue.end - each.start]} "
        f"({cue.kind}, {cue.start}-{cue.end})"
        for cue in each.cues
    )
