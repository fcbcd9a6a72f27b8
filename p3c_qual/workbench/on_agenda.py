"""What the verbs of pilots, editions and coding agendas do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from p3c_qual.codebook import accepting, anchoring, freezing, levels
from p3c_qual.mayring.categories import pilot, staleness
from p3c_qual.workbench.owning import check_own

if TYPE_CHECKING:
    from p3c_qual.study import Study
    from p3c_qual.workbench import args_agenda as args

__all__ = [
    "accept_proposals",
    "add_anchor",
    "close_pilot",
    "confirm_codings",
    "edit_level",
    "freeze_codebook",
    "mark_prototype",
    "remove_anchor",
    "reopen_codebook",
]


def close_pilot(study: Study, act_id: str, asked: args.ClosePilot) -> str:
    """End a round of the pilot; returns the review's id."""
    return pilot.close_pilot(
        study,
        asked.question,
        asked.decision,
        reason=asked.reason,
        version=asked.version or None,
        id=act_id,
    )


def confirm_codings(study: Study, act_id: str, asked: args.ConfirmCodings) -> int:
    """Let codings stand under the present version; returns how many did not."""
    check_own(study, "coding", asked.codings)
    return staleness.confirm_codings(study, asked.codings, id=act_id)


def freeze_codebook(study: Study, act_id: str, asked: args.FreezeCodebook) -> str:
    """Freeze a codebook; returns the edition's id."""
    return freezing.freeze_codebook(
        study, asked.codebook, version=asked.version or None, reason=asked.reason, id=act_id
    )


def reopen_codebook(study: Study, act_id: str, asked: args.ReopenCodebook) -> str:
    """Begin the next version of a codebook; returns its name."""
    return freezing.reopen_codebook(
        study, asked.codebook, version=asked.version or None, reason=asked.reason, id=act_id
    )


def accept_proposals(study: Study, act_id: str, asked: args.AcceptProposals) -> str:
    """Carry proposals out; returns the new version's name."""
    return accepting.accept_proposals(
        study, asked.proposals, version=asked.version or None, reason=asked.reason, id=act_id
    )


def add_anchor(study: Study, act_id: str, asked: args.AddAnchor) -> str:
    """Add an anchor example; returns its place."""
    return anchoring.add_anchor(
        study,
        asked.code,
        asked.coding,
        prototype=asked.prototype,
        level=asked.level,
        id=act_id,
    )


def remove_anchor(study: Study, act_id: str, asked: args.RemoveAnchor) -> None:
    """Take an anchor example away."""
    anchoring.remove_anchor(study, asked.code, asked.anchor, id=act_id)


def mark_prototype(study: Study, act_id: str, asked: args.MarkPrototype) -> None:
    """Mark an anchor as the clearest example, or take the mark off."""
    anchoring.mark_prototype(study, asked.code, asked.anchor, prototype=asked.prototype, id=act_id)


def edit_level(study: Study, act_id: str, asked: args.EditLevel) -> bool:
    """Change what is said of a level."""
    return levels.edit_level(
        study,
        asked.code,
        asked.level,
        label=asked.label,
        definition=asked.definition,
        rule=asked.rule,
        was=asked.was,
        id=act_id,
    )
