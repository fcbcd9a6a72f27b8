"""The realist layer as it goes over the wire: theories, cards, searches, and the logic model."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import select

from p3c_qual.realist.read import read_realist
from p3c_qual.store.schema import ROWS
from p3c_qual.workbench import realist_rows as rows
from p3c_qual.workbench import wire_judging as judging
from p3c_qual.workbench import wire_realist as wire
from p3c_qual.workbench.state import last_event

if TYPE_CHECKING:
    from collections.abc import Sequence

    from p3c_qual.study import Study

__all__ = [
    "candidate_list",
    "configuration_rows",
    "linked_state",
    "logic_state",
    "negative_state",
    "network_figure",
    "realist_state",
    "standards_state",
]


def realist_state(study: Study, *, cards: bool = True) -> wire.RealistState:
    """Return the realist layer; it is the team's, and hidden from nobody.

    Parameters
    ----------
    study : Study
    cards : bool
        Whether the configurations are wanted too.
    """
    from p3c_qual.realist.judging.checks import check_realist

    with study.store.read() as connection:
        found = read_realist(connection)
        made = rows.Cards(connection, check_realist(found))
        on_theory = defaultdict(list)
        for each in found.loose:
            on_theory[each.theory].append(each)
        return wire.RealistState(
            rows.term_rows(connection),
            [made.theory(each, on_theory[each.id]) for each in found.theories.values()],
            [rows.mechanism_row(each) for each in found.mechanisms.values()],
            [made.configuration(each) for each in found.configurations.values() if cards],
            [rows.link_row(each) for each in found.links],
            [rows.regularity_row(each) for each in found.regularities.values()],
            [made.inference(each) for each in found.inferences],
            [made.search(each) for each in found.searches],
            last_event(connection),
        )


def configuration_rows(study: Study, ids: Sequence[str]) -> list[wire.ConfigurationRow]:
    """Return some configurations (row ids) that are there, as their cards show them.

    What the checks say of one rests on it and the memos on it, so nothing else is read.
    """
    from p3c_qual.realist.judging.checks import check_realist

    with study.store.read() as connection:
        found = read_realist(connection, configurations=ids)
        wanted = [found.configurations[each] for each in ids if each in found.configurations]
        if not wanted:
            return []
        made = rows.Cards(connection, check_realist(found))
        return [made.configuration(each) for each in wanted]


def linked_state(study: Study, name: str) -> wire.LinkedState:
    """Return the passages of a source (row id or key) that are evidence of what stands."""
    from p3c_qual.realist.judging.completeness import CLASSES, completeness_of
    from p3c_qual.realist.judging.sentence import words_of
    from p3c_qual.workbench.source import the_source

    evidence = ROWS["evidence"]
    with study.store.read() as connection:
        source = the_source(connection, name).id
        ids = connection.scalars(
            select(evidence.c.configuration)
            .where(evidence.c.source == source, evidence.c.configuration.is_not(None))
            .distinct()
        )
        found = read_realist(connection, configurations=list(ids))
        spans = []
        for one in found.standing:
            elements = {each.id: each for each in one.elements}
            label = CLASSES[completeness_of(one)]
            for each in one.evidence:
                if each.source != source:
                    continue
                element = elements.get(each.element or "")
                spans.append(
                    wire.LinkedSpan(
                        each.id,
                        one.id,
                        one.key,
                        one.label,
                        label,
                        element.role if element else "",
                        words_of(element, one) if element else "",
                        each.start,
                        each.end,
                        each.role,
                        each.absent,
                    )
                )
        spans.sort(key=lambda each: (each.start, each.end, each.key))
        return wire.LinkedState(source, spans, last_event(connection))


def logic_state(study: Study) -> judging.LogicState:
    """Return the logic model; passages on an arrow are those of what it rests on, each once."""
    from p3c_qual.realist.judging.profile import Voices
    from p3c_qual.realist.logic.logic_table import borne_by

    with study.store.read() as connection:
        found = read_realist(connection)
        borne = borne_by(found, Voices(connection))
        arrows = [
            judging.ArrowRow(
                each.id,
                each.block,
                each.other,
                each.label,
                list(each.carries),
                borne[each.id].supporting,
                borne[each.id].contradicting,
            )
            for each in found.arrows.values()
        ]
        blocks = [judging.BlockRow(each.id, each.key, each.label) for each in found.blocks.values()]
        return judging.LogicState(blocks, arrows, last_event(connection))


def negative_state(study: Study, name: str) -> judging.NegativeCases:
    """Return what a logged search (row id) found, as far as it is still there."""
    from p3c_qual.realist.negative.search import negative_cases

    with study.store.read() as connection:
        found = negative_cases(connection, name)
        made = rows.Cards(connection)
        return judging.NegativeCases(
            made.search(found.search),
            [made.evidence(each) for each in found.found],
            [
                judging.SilentRow(
                    each.source,
                    each.key,
                    "; ".join(each.interviewees),
                    list(each.types),
                    each.programme_id,
                    each.asked,
                )
                for each in found.silent
            ],
        )


def candidate_list(study: Study, *, top: int, source: str, programme: str) -> judging.CandidateList:
    """Return passages in which a configuration may stand; the first time takes seconds."""
    from p3c_qual.realist.candidates.finding import rank_candidates

    with study.store.read() as connection:
        cursor = last_event(connection)
        found = rank_candidates(study, connection, top=top, source=source, programme=programme)
    return judging.CandidateList(
        [
            judging.PassageCandidate(
                each.source,
                each.key,
                each.start,
                each.end,
                each.text,
                each.score,
                each.why,
                [judging.CueRow(cue.start, cue.end, cue.kind) for cue in each.cues],
                each.who,
                list(each.used),
            )
            for each in found.found
        ],
        " ".join([found.said, *found.notices]).strip(),
        found.looked_at,
        cursor,
    )


def network_figure(study: Study, *, programme: str, theory: str) -> judging.NetworkFigure:
    """Return the network of chains as a picture; a card in it has the id ``cmo-KEY``."""
    from p3c_qual.analysis.canvas import svg_bytes
    from p3c_qual.realist.outputs.network import read_network
    from p3c_qual.realist.outputs.network_figure import draw_network

    with study.store.read() as connection:
        cursor = last_event(connection)
    network = read_network(study, programme=programme, theory=theory)
    drawn = svg_bytes(draw_network(network), words=True).decode("utf-8")
    return judging.NetworkFigure(drawn, network.caption, cursor)


def standards_state(study: Study) -> judging.StandardsState:
    """Return the standards item by item, with what the study holds and what the team says."""
    from p3c_qual.standards.items import read_standards

    with study.store.read() as connection:
        cursor = last_event(connection)
    items = [
        judging.AppraisalRow(
            each.of.standard,
            each.of.item,
            each.of.section,
            each.of.label,
            list(each.of.grades),
            each.held,
            each.found_at,
            each.grade,
            each.place,
            each.note,
        )
        for each in read_standards(study)
    ]
    return judging.StandardsState(items, cursor)
