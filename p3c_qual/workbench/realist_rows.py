"""Theories, configurations and their evidence as rows that go over the wire."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.store.schema import ROWS
from p3c_qual.workbench import wire_realist as wire

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection

    from p3c_qual.realist.judging.checks import Fault
    from p3c_qual.realist.judging.profile import Voices
    from p3c_qual.realist.model import (
        Configuration,
        Evidence,
        Inference,
        Link,
        Mechanism,
        Regularity,
        Search,
        Theory,
    )

__all__ = ["Cards", "link_row", "mechanism_row", "regularity_row", "term_rows"]

#: the lists of the codebook ``cmo``
_LISTS = (
    *("context_layer", "activation", "outcome_domain", "direction", "timing", "intended"),
    *("evidence_role", "directness", "elicited", "relation"),
)


class Cards:
    """Makes rows of what was read, with who says what and what the checks found.

    Parameters
    ----------
    connection : sqlalchemy.Connection
    faults : sequence of Fault
    voices : Voices, optional
        Read anew where it is not given.
    """

    def __init__(
        self, connection: Connection, faults: Sequence[Fault] = (), voices: Voices | None = None
    ) -> None:
        from p3c_qual.realist.judging.profile import Voices

        coder = ROWS["coder"]
        self._coders: dict[str, str] = dict(
            connection.execute(select(coder.c.id, coder.c.key)).all()
        )
        self._voices = voices or Voices(connection)
        self._faults: dict[str, list[wire.RealistFault]] = defaultdict(list)
        for each in faults:
            row = wire.RealistFault(each.code, each.what, each.do, each.element or "")
            self._faults[each.configuration or each.theory or ""].append(row)

    def configuration(self, one: Configuration) -> wire.ConfigurationRow:
        """Return a configuration as its card shows it."""
        from p3c_qual.realist.judging.completeness import CLASSES, completeness_of
        from p3c_qual.realist.judging.sentence import sentence_of

        completeness = completeness_of(one)
        return wire.ConfigurationRow(
            one.id,
            one.key,
            one.label,
            one.programme or "",
            one.theory or "",
            one.mechanism or "",
            one.activation,
            one.state,
            one.split_from or "",
            one.merged_into or "",
            one.relevance,
            one.rigour,
            one.richness,
            self._coder(one.coder),
            sentence_of(one),
            completeness,
            CLASSES[completeness],
            [
                wire.ElementRow(
                    each.id,
                    each.role,
                    each.text,
                    each.layer,
                    each.level,
                    each.code or "",
                    each.direction,
                    each.timing,
                    each.intended,
                    each.domain,
                )
                for each in one.elements
            ],
            [self.evidence(each) for each in one.evidence],
            self._profile(one, completeness),
            self._faults[one.id],
        )

    def _profile(self, one: Configuration, completeness: str) -> wire.ProfileRow:
        from p3c_qual.realist.judging.profile import profile_of
        from p3c_qual.realist.judging.strength import strength_of

        profile = profile_of(one, self._voices)
        strength, why = strength_of(profile, completeness)
        said = {each.name: getattr(profile, each.name) for each in fields(profile)}
        counted: dict[str, Any] = {
            name: list(value) if isinstance(value, tuple) else value for name, value in said.items()
        }
        return wire.ProfileRow(**counted, strength=strength, why=why)

    def evidence(self, one: Evidence) -> wire.EvidenceRow:
        """Return a passage with whose words it is."""
        voice, source = self._voices.who(one), self._voices.sources.get(one.source)
        return wire.EvidenceRow(
            one.id,
            one.configuration or "",
            one.element or "",
            one.theory or "",
            one.source,
            source.key if source else "",
            one.start,
            one.end,
            one.quote,
            one.role,
            one.elicited,
            one.directness,
            one.absent,
            one.remark,
            one.resolution,
            self._coder(one.coder),
            voice.key,
            list(voice.types),
            voice.programme_id,
            source.said["kind"] if source else "",
        )

    def theory(self, one: Theory, evidence: Iterable[Evidence]) -> wire.TheoryRow:
        """Return a theory with what speaks for or against it as a whole."""
        return wire.TheoryRow(
            one.id,
            one.key,
            one.label,
            one.if_,
            one.then_,
            one.because,
            one.level,
            one.status,
            one.origin,
            one.programme or "",
            one.supersedes or "",
            one.change,
            self._coder(one.coder),
            one.version,
            [self.evidence(each) for each in evidence],
            self._faults[one.id],
        )

    def inference(self, one: Inference) -> wire.InferenceRow:
        """Return a memo of retroduction or abduction."""
        return wire.InferenceRow(
            one.id,
            one.kind,
            one.theory or "",
            one.configuration or "",
            one.observed,
            one.candidates,
            one.substantive,
            one.rival,
            one.decision,
            self._coder(one.coder),
        )

    def search(self, one: Search) -> wire.SearchRow:
        """Return a logged search, with how much it found."""
        from p3c_qual.realist.negative.search import SEARCHES

        return wire.SearchRow(
            one.id,
            one.configuration,
            one.kind,
            SEARCHES.get(one.kind, one.kind),
            len(one.found),
            len(one.silent),
            one.figures,
            one.decision,
            one.reason,
            self._coder(one.coder),
            one.at,
        )

    def _coder(self, coder: str | None) -> str:
        return self._coders.get(coder or "", "")


def mechanism_row(one: Mechanism) -> wire.MechanismRow:
    """Return a mechanism."""
    return wire.MechanismRow(one.id, one.key, one.label, one.definition)


def link_row(one: Link) -> wire.LinkRow:
    """Return a link between two configurations."""
    return wire.LinkRow(
        one.id,
        one.relation,
        one.configuration,
        one.other,
        one.outcome or "",
        one.context or "",
        one.reason,
        one.counts,
    )


def regularity_row(one: Regularity) -> wire.RegularityRow:
    """Return a demi-regularity with the configurations under it."""
    return wire.RegularityRow(
        one.id,
        one.key,
        one.label,
        one.statement,
        one.mechanism or "",
        [
            wire.InstanceRow(each.id, each.configuration, each.role, each.reason)
            for each in one.instances
        ],
    )


def term_rows(connection: Connection) -> dict[str, list[wire.TermRow]]:
    """Return by property the values it can have, in their order.

    Beside the lists of the vocabulary these are the programmes by row id, with the key as the
    definition, and the rubric by which a strength is labelled, in one sentence.
    """
    from p3c_qual.realist import vocabulary
    from p3c_qual.realist.building.theories import STATUSES, THEORY_LEVELS
    from p3c_qual.realist.judging.completeness import CLASSES
    from p3c_qual.realist.judging.strength import Rubric
    from p3c_qual.realist.negative.search import DECISIONS, SEARCHES

    programme = ROWS["programme"]
    named = select(programme.c.id, programme.c.label, programme.c.key).order_by(programme.c.key)
    of_study = {
        "programmes": [
            wire.TermRow(each.id, each.label or each.key, each.key)
            for each in connection.execute(named)
        ],
        "rubric": [wire.TermRow("rubric", "Strength label", Rubric().said)],
    }
    plain = {
        "roles": vocabulary.ROLES,
        "levels": vocabulary.LEVELS,
        "completeness": CLASSES,
        "searches": SEARCHES,
        "decisions": DECISIONS,
        "theory_levels": THEORY_LEVELS,
        "theory_statuses": STATUSES,
    }
    listed = {
        name: [
            wire.TermRow(each.id, each.label, each.definition)
            for each in vocabulary.terms(name).values()
        ]
        for name in _LISTS
    }
    return (
        of_study
        | listed
        | {
            name: [wire.TermRow(key, label, "") for key, label in values.items()]
            for name, values in plain.items()
        }
    )
