"""What the verbs on codes do; on a frozen codebook they ask for the next version instead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from p3c_qual.study import Study
    from p3c_qual.workbench import args

__all__ = [
    "create_code",
    "create_codebook",
    "edit_code",
    "merge_codes",
    "move_code",
    "retire_code",
    "revive_code",
    "split_code",
    "withdraw_proposal",
]


def create_codebook(study: Study, act_id: str, asked: args.CreateCodebook) -> str:
    """Make a codebook without codes; returns its id."""
    return study.create_codebook(asked.label, key=asked.key, language=asked.language, id=act_id)


def create_code(study: Study, act_id: str, asked: args.CreateCode) -> Any:
    """Make a code; returns its id."""
    return study.create_code(
        asked.codebook,
        asked.label,
        parent=asked.parent,
        after=asked.after,
        definition=asked.definition,
        rule=asked.rule,
        level=asked.level,
        reason=asked.reason,
        id=act_id,
    )


def edit_code(study: Study, act_id: str, asked: args.EditCode) -> Any:
    """Change what is said of a code; returns a proposal's id where the codebook is frozen."""
    return study.edit_code(
        asked.code,
        label=asked.label,
        definition=asked.definition,
        rule=asked.rule,
        level=asked.level,
        reason=asked.reason,
        was=asked.was,
        id=act_id,
    )


def move_code(study: Study, act_id: str, asked: args.MoveCode) -> Any:
    """Put a code elsewhere; returns a proposal's id where the codebook is frozen."""
    return study.move_code(
        asked.code, parent=asked.parent, after=asked.after, reason=asked.reason, id=act_id
    )


def merge_codes(study: Study, act_id: str, asked: args.MergeCodes) -> Any:
    """Make several codes one; returns a proposal's id where the codebook is frozen."""
    return study.merge_codes(asked.codes, asked.into, reason=asked.reason, id=act_id)


def split_code(study: Study, act_id: str, asked: args.SplitCode) -> Any:
    """Put the codings of a code under several; returns the ids of their codes."""
    parts = [(part.label, part.codings) for part in asked.parts]
    return study.split_code(asked.code, parts, retire=asked.retire, reason=asked.reason, id=act_id)


def retire_code(study: Study, act_id: str, asked: args.RetireCode) -> Any:
    """Offer a code no more; returns a proposal's id where the codebook is frozen."""
    return study.retire_code(asked.code, reason=asked.reason, id=act_id)


def revive_code(study: Study, act_id: str, asked: args.ReviveCode) -> Any:
    """Offer a retired code again."""
    return study.revive_code(asked.code, reason=asked.reason, id=act_id)


def withdraw_proposal(study: Study, act_id: str, asked: args.WithdrawProposal) -> Any:
    """Take a proposal back."""
    return study.withdraw_proposal(asked.proposal, id=act_id)
