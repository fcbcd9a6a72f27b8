"""What is asked of the server and answered: thin over the library, free of the web."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

from p3c_qual.errors import P3CError, Problem
from p3c_qual.workbench import (
    asking_report,
    on_server,
    wire,
    wire_agenda,
    wire_explication,
    wire_judging,
    wire_mayring,
    wire_realist,
    wire_segments,
    wire_start,
    wire_structuring,
)
from p3c_qual.workbench.changes import changes_since
from p3c_qual.workbench.typed import read_typed
from p3c_qual.workbench.verbs import run

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from p3c_qual.study import Study
    from p3c_qual.workbench.studies import Held, Studies

__all__ = ["GETS", "Query", "act", "act_without_study", "read_ask"]


@dataclass(frozen=True)
class Query:
    """What stands in an address behind the question mark.

    Attributes
    ----------
    studies : Studies
        What the server has open.
    words : dict of str to str
    """

    studies: Studies
    words: Mapping[str, str]

    def said(self, name: str, default: str = "") -> str:
        """Return a word as it was written."""
        return self.words.get(name, default)

    def number(self, name: str, default: int) -> int:
        """Return a whole number.

        Raises
        ------
        P3CError
            If it is none.
        """
        given = self.said(name, str(default))
        if not given.isascii() or not given.isdigit() or len(given) > 15:
            raise P3CError(Problem(f"{name} is no whole number: {given[:40]!r}", "the address"))
        return int(given)

    @property
    def others(self) -> bool:
        """Whether the work of other coders is wanted."""
        return self.said("others") == "1"

    @property
    def study(self) -> Study:
        """The study that is meant, open."""
        return self.held.study

    @property
    def held(self) -> Held:
        """The study that is meant, with its path and lock."""
        return self.studies.hold(self.said("study"))


def _studies(query: Query) -> list[wire_start.StudyEntry]:
    from p3c_qual.workbench.finding import find_studies

    return find_studies(query.studies)


def _study(query: Query) -> wire.StudyState:
    from p3c_qual.workbench.state import study_state

    held = query.held
    return study_state(held.study, held.path, others=query.others)


def _source(query: Query, name: str) -> wire.SourceText:
    from p3c_qual.workbench.source import source_text

    return source_text(query.study, name, others=query.others)


def _words(query: Query, name: str) -> wire.Units:
    from p3c_qual.workbench.source import source_words

    return source_words(query.study, name)


def _progress(query: Query) -> list[wire.Progress]:
    from p3c_qual.workbench.progress import all_progress
    from p3c_qual.workbench.sight import sight_of

    study = query.study
    with study.store.read() as connection:
        return all_progress(study, connection, sight_of(study, connection, others=query.others))


def _changes(query: Query) -> wire.Delta:
    return changes_since(
        query.study, query.number("since", 0), query.said("source"), others=query.others
    )


def _segments(query: Query) -> wire_segments.SegmentList:
    from p3c_qual.workbench.segments import code_segments

    return code_segments(
        query.study,
        query.said("code"),
        below=query.said("below") == "1",
        others=query.others,
        offset=query.number("offset", 0),
        limit=query.number("limit", 50),
        programme=query.said("programme"),
        site=query.said("site"),
        coder=query.said("coder"),
    )


def _search(query: Query) -> wire_segments.SegmentList:
    from p3c_qual.workbench.segments import search_segments

    return search_segments(
        query.study,
        query.said("q"),
        regex=query.said("regex") == "1",
        source=query.said("source"),
        limit=query.number("limit", 200),
    )


def _memos(query: Query) -> list[wire.MemoRow]:
    from p3c_qual.workbench.memos import list_memos

    about = {name: query.said(name) for name in ("code", "source", "interviewee")}
    return list_memos(query.study, others=query.others, **about)


def _summary(query: Query) -> wire_mayring.SummaryState:
    from p3c_qual.workbench.summary import summary_state

    return summary_state(query.study, query.said("question"))


def _techniques(query: Query) -> list[wire_mayring.TechniqueRow]:
    from p3c_qual.workbench.summary import technique_rows

    del query  # they are the same for every study
    return technique_rows()


def _pilot(query: Query) -> wire_agenda.PilotState:
    from p3c_qual.workbench.pilot import pilot_state

    return pilot_state(query.study, query.said("question"), others=query.others)


def _emergence(query: Query) -> wire_agenda.EmergenceState:
    from p3c_qual.workbench.pilot import emergence_state

    return emergence_state(query.study, query.said("question"), others=query.others)


def _agenda(query: Query) -> wire_agenda.AgendaState:
    from p3c_qual.workbench.agenda import agenda_state

    return agenda_state(query.study, query.said("codebook"), others=query.others)


def _edition_changes(query: Query) -> list[str]:
    from p3c_qual.workbench.agenda import edition_changes

    return edition_changes(
        query.study, query.said("codebook"), query.said("old"), query.said("new")
    )


def _start(query: Query) -> wire_start.Start:
    from p3c_qual.workbench.start import start_page

    return start_page(query.study, others=query.others)


def _terms(query: Query) -> wire_start.Terms:
    from p3c_qual.workbench.terms import study_terms

    return study_terms(query.study)


def _ratings(query: Query) -> wire_structuring.RatingState:
    from p3c_qual.workbench.structuring_rows import rating_state

    words = {name: query.said(name) for name in ("rater", "spans")}
    return rating_state(query.study, query.said("question"), others=query.others, **words)


def _matrix(query: Query) -> wire_structuring.MatrixState:
    from p3c_qual.workbench.structuring import matrix_state

    return matrix_state(
        query.study, query.said("question"), depth=query.number("depth", 1), others=query.others
    )


def _cell(query: Query) -> wire_structuring.CellState:
    from p3c_qual.workbench.structuring import cell_state

    words = (query.said(name) for name in ("question", "case", "code"))
    return cell_state(query.study, *words, others=query.others)


def _types(query: Query) -> wire_structuring.TypeState:
    from p3c_qual.workbench.structuring import type_state

    return type_state(query.study, query.said("question"), of=query.said("of"), others=query.others)


def _outline(query: Query) -> wire_structuring.OutlineState:
    from p3c_qual.workbench.structuring import outline_state

    return outline_state(
        query.study, query.said("source"), query.said("question"), others=query.others
    )


def _material(query: Query) -> wire_explication.MaterialHits:
    from p3c_qual.workbench.explicating import material_hits

    return material_hits(query.study, query.said("q"), explication=query.said("explication"))


def _explications(query: Query) -> wire_explication.ExplicationState:
    from p3c_qual.workbench.explicating import explication_state

    return explication_state(query.study, query.said("question"), others=query.others)


def _realist(query: Query) -> wire_realist.RealistState:
    from p3c_qual.workbench.realist import realist_state

    return realist_state(query.study, cards=query.said("cards", "1") == "1")


def _configurations(query: Query) -> list[wire_realist.ConfigurationRow]:
    from p3c_qual.workbench.realist import configuration_rows

    return configuration_rows(query.study, [each for each in query.said("ids").split(",") if each])


def _linked(query: Query, name: str) -> wire_realist.LinkedState:
    from p3c_qual.workbench.realist import linked_state

    return linked_state(query.study, name)


def _negative(query: Query, name: str) -> wire_judging.NegativeCases:
    from p3c_qual.workbench.realist import negative_state

    return negative_state(query.study, name)


def _logic(query: Query) -> wire_judging.LogicState:
    from p3c_qual.workbench.realist import logic_state

    return logic_state(query.study)


def _standards(query: Query) -> wire_judging.StandardsState:
    from p3c_qual.workbench.realist import standards_state

    return standards_state(query.study)


def _candidates(query: Query) -> wire_judging.CandidateList:
    from p3c_qual.workbench.realist import candidate_list

    words = {name: query.said(name) for name in ("source", "programme")}
    return candidate_list(query.study, top=query.number("top", 10), **words)


def _network(query: Query) -> wire_judging.NetworkFigure:
    from p3c_qual.workbench.realist import network_figure

    words = {name: query.said(name) for name in ("programme", "theory")}
    return network_figure(query.study, **words)


#: by address, what answers a GET; what stands for an object comes as a further argument
GETS: dict[str, Callable[..., Any]] = {
    "studies": _studies,
    "study": _study,
    "source/([^/]+)": _source,
    "words/([^/]+)": _words,
    "progress": _progress,
    "changes": _changes,
    "segments": _segments,
    "search": _search,
    "memos": _memos,
    "summary": _summary,
    "techniques": _techniques,
    "ratings": _ratings,
    "matrix": _matrix,
    "cell": _cell,
    "types": _types,
    "outline": _outline,
    "explications": _explications,
    "material": _material,
    "pilot": _pilot,
    "emergence": _emergence,
    "agenda": _agenda,
    "edition_changes": _edition_changes,
    "start": _start,
    "terms": _terms,
    "realist": _realist,
    "configurations": _configurations,
    "linked/([^/]+)": _linked,
    "negative/([^/]+)": _negative,
    "logic": _logic,
    "standards": _standards,
    "candidates": _candidates,
    "network": _network,
    **asking_report.GETS,
}


def read_ask(body: bytes) -> wire.Ask:
    """Return what is asked, of a request's body.

    Raises
    ------
    ValueError
        If the body is no JSON.
    P3CError
        If it is something else than an act.
    """
    return read_typed(wire.Ask, orjson.loads(body), "the act")


def act(held: Held, ask: wire.Ask) -> wire.Answer:
    """Do an act on a study, and say what is different since the asker looked."""
    result = run(held.study, ask.verb, ask.act_id, ask.args)
    rows = changes_since(held.study, ask.seen, ask.source, others=ask.others)
    return wire.Answer(ok=True, cursor=rows.cursor, result=result, rows=rows)


def act_without_study(studies: Studies, ask: wire.Ask) -> wire.Answer:
    """Do what is asked of the server itself."""
    result = on_server.run(studies, ask.verb, ask.act_id, ask.args)
    return wire.Answer(ok=True, cursor=ask.seen, result=result, rows=wire.Delta(ask.seen))
