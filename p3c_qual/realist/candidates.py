"""Passages in which a context, a mechanism and an outcome seem to stand together, ranked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from p3c_qual.analysis.cache import kept
from p3c_qual.analysis.known import known_sources
from p3c_qual.analysis.people import speakers
from p3c_qual.analysis.texts import unpack_parts
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.language.passages import cut_passages
from p3c_qual.language.pipeline import code_of, parse, pipeline_of
from p3c_qual.realist.cues import Cue, with_cues
from p3c_qual.realist.likeness import Earlier
from p3c_qual.realist.weighing import Weighed, say_why, score_of, weigh
from p3c_qual.store import payloads

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd
    from sqlalchemy import Connection

    from p3c_qual.analysis.known import KnownSource
    from p3c_qual.study import Study

__all__ = ["Candidate", "Candidates", "find_candidates", "rank_candidates"]

#: texts that are read at once, and texts whose places are kept at most
_RUN = 20
_MOST = 2000

# by text, its parts and the pipeline; numbers and places alone, so that no word outlives its text
_READ: dict[tuple[str, str, str], list[tuple[int, int, Weighed | None]]] = {}


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
        {
            "source": pd.Series([each.key for each in ranked.found], dtype="str"),
            "start": pd.Series([each.start for each in ranked.found], dtype="int64"),
            "end": pd.Series([each.end for each in ranked.found], dtype="int64"),
            "score": pd.Series([each.score for each in ranked.found], dtype="float64"),
            "why": pd.Series([each.why for each in ranked.found], dtype="str"),
            "cues": pd.Series([_say_cues(each) for each in ranked.found], dtype="str"),
            "text": pd.Series([each.text for each in ranked.found], dtype="str"),
            "who": pd.Series([each.who for each in ranked.found], dtype="str"),
            "used": pd.Series([";".join(each.used) for each in ranked.found], dtype="str"),
        }
    )
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
    ranked: list[tuple[float, KnownSource, int, int, str, Weighed, str]] = []
    for code in sorted(set(codes.values())):
        common = pipeline_of(code).nlp.Defaults.stop_words
        mine = [each for each in chosen if codes.get(each.id) == code]
        for run in payloads.chunks(mine, _RUN):
            for each, body, passages in _read(connection, run, code):
                looked_at += len(passages)
                for start, end, weighed in passages:
                    if weighed is not None:
                        text = body[start:end]
                        alike, like = earlier.alike(text, common)
                        score = score_of(weighed, alike)
                        ranked.append((score, each, start, end, text, weighed, like))
    ranked.sort(key=lambda one: (-one[0], one[1].key, one[2]))
    voices = speakers(study, connection)
    ranked = ranked[:top]
    voices.prepare(connection, {each.id for _, each, *_ in ranked})
    found = []
    for score, each, start, end, text, weighed, like in ranked:
        person = voices.of(each.id, start)
        found.append(
            Candidate(
                source=each.id,
                key=each.key,
                start=start,
                end=end,
                text=text,
                score=round(score, 3),
                why=say_why(text, weighed.cues, like),
                cues=tuple(Cue(start + c.start, start + c.end, c.kind) for c in weighed.cues),
                who=person.key if person else "",
                used=earlier.used(str(each.text), start, end),
            )
        )
    said = dict.fromkeys(pipeline_of(code).said for code in sorted(set(codes.values())))
    return Candidates(found, " ".join(said), looked_at, notices)


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


def _read(
    connection: Connection, run: Sequence[KnownSource], code: str
) -> Iterator[tuple[KnownSource, str, list[tuple[int, int, Weighed | None]]]]:
    """Yield sources with their text and its weighed passages; what is new is parsed at once."""
    pipeline = pipeline_of(code)
    bodies = payloads.get_many(connection, [str(each.hash) for each in run])
    names = {
        each.id: (str(each.hash), str(each.parts), f"{code} {pipeline.name} {pipeline.version}")
        for each in run
        if isinstance(bodies.get(str(each.hash)), str)
    }
    new = {name: each for each in run if (name := names.get(each.id)) and name not in _READ}
    packed = payloads.get_many(connection, [name[1] for name in new])
    places = {}
    for name in new:
        parts = packed.get(name[1])
        known = unpack_parts(parts) if isinstance(parts, bytes) else {}
        places[name] = cut_passages(str(bodies[name[0]]), known)
    docs = parse(
        pipeline,
        (str(bodies[name[0]])[start:end] for name, some in places.items() for start, end in some),
    )
    read = {name: _READ[name] for name in names.values() if name in _READ}
    for name, some in places.items():
        read[name] = [
            (start, end, weigh(next(docs), code, parsed=pipeline.parses)) for start, end in some
        ]
        while len(_READ) >= _MOST:
            _READ.pop(next(iter(_READ)), None)
        _READ[name] = read[name]
    for each in run:
        if each.id in names:
            yield each, str(bodies[str(each.hash)]), read[names[each.id]]


def _say_cues(each: Candidate) -> str:
    return "; ".join(
        f"{each.text[cue.start - each.start : cue.end - each.start]} ({cue.kind}, {cue.start}-{cue.end})"
        for cue in each.cues
    )
