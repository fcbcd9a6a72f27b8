"""A study while people work in it: what they change in codings, memos and codebooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from p3c_qual.codebook import edit, proposals
from p3c_qual.codebook.made import create_codebook
from p3c_qual.codebook.tree import read_tree, tree_of
from p3c_qual.coding import change, memos, worked
from p3c_qual.coding.names import read_codes
from p3c_qual.coding.stale import check_seen
from p3c_qual.errors import Problem
from p3c_qual.opened import Opened
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from p3c_qual.store.act import Act

__all__ = ["Editing"]

#: what of a code may be compared with what was seen
_SAID = ("label", "definition", "rule", "level")


class Editing(Opened):
    """What a coder changes, each as one act whose verb is a sentence for people.

    An `id` is that of the act, see `p3c_qual.store.act.begin_act`.
    """

    # codings

    def recode(self, codings: Sequence[str], code: str, *, id: str | None = None) -> list[str]:
        """Give codings another code, see `p3c_qual.coding.change.recode`."""
        with self.act("recode", id=id) as act:
            done = change.recode(act, codings, code)
            act.say(f"recode {_segments(len(done))} to {_label(act, code)}")
            return done

    def resize(self, coding: str, start: int, end: int, *, id: str | None = None) -> bool:
        """Give a coding another span, see `p3c_qual.coding.change.resize`."""
        with self.act(f"resize a segment to {start}-{end}", id=id) as act:
            return change.resize(act, coding, start, end)

    def uncode(self, codings: Sequence[str], *, id: str | None = None) -> int:
        """Take codings away, see `p3c_qual.coding.change.remove_codings`."""
        with self.act("remove", id=id) as act:
            done = change.remove_codings(act, codings)
            act.say(f"remove {_segments(done)}")
            return done

    def flag(
        self,
        codings: Sequence[str],
        *,
        important: bool | None = None,
        unsure: bool | None = None,
        id: str | None = None,
    ) -> int:
        """Mark codings, see `p3c_qual.coding.change.flag_codings`."""
        marks = {"important": important, "unsure": unsure}
        said = " and ".join(
            f"{'' if value else 'not '}{name}" for name, value in marks.items() if value is not None
        )
        with self.act("mark", id=id) as act:
            done = change.flag_codings(act, codings, important=important, unsure=unsure)
            act.say(f"mark {_segments(done)} as {said}")
            return done

    def pass_over(
        self,
        source: str,
        start: int,
        end: int,
        *,
        coder: str | None = None,
        round: str = "main",
        question: str = "",
        id: str | None = None,
    ) -> bool:
        """Say that a span holds nothing to code, see `p3c_qual.coding.worked.pass_over`."""
        name = coder or self.coder or ""
        with self.act(f"pass over {source} {start}-{end}", id=id) as act:
            return worked.pass_over(
                act, source, start, end, coder=name, round=round, question=question
            )

    # memos

    def edit_memo(self, memo: str, text: str, *, id: str | None = None) -> bool:
        """Write a memo anew, see `p3c_qual.coding.memos.edit_memo`."""
        with self.act("edit memo", id=id) as act:
            act.say(f"edit memo on {_about(act, memo)}")
            return memos.edit_memo(act, memo, text)

    def delete_memo(self, memo: str, *, id: str | None = None) -> None:
        """Take a memo away, see `p3c_qual.coding.memos.delete_memo`."""
        with self.act("delete memo", id=id) as act:
            act.say(f"delete memo on {_about(act, memo)}")
            memos.delete_memo(act, memo)

    # codebooks

    def create_codebook(
        self, label: str, *, key: str = "", language: str = "", id: str | None = None
    ) -> str:
        """Make a codebook without codes, see `p3c_qual.codebook.made.create_codebook`."""
        with self.act("create a codebook", id=id) as act:
            written = language or self.settings.language
            made = create_codebook(act, label, key=key, language=written)
            act.say(f"create the codebook {' '.join(label.split())}")
            return made

    def create_code(
        self,
        codebook: str,
        label: str,
        *,
        parent: str | None = None,
        key: str | None = None,
        definition: str = "",
        rule: str = "",
        level: str = "",
        after: str | None = None,
        reason: str = "",
        id: str | None = None,
    ) -> str:
        """Make a code, see `p3c_qual.codebook.edit.create_code`."""
        with self.act("create code", reason=reason, id=id) as act:
            made = edit.create_code(
                act,
                codebook,
                label,
                parent=parent,
                key=key,
                definition=definition,
                rule=rule,
                level=level,
                after=after,
                reason=reason,
            )
            tree = read_tree(act.connection, codebook)
            verb = "propose" if tree.frozen and not tree.grouping else "create"
            act.say(f"{verb} code {_label(act, made)}")
            return made

    def edit_code(
        self,
        code: str,
        *,
        label: str | None = None,
        definition: str | None = None,
        rule: str | None = None,
        level: str | None = None,
        reason: str = "",
        was: Mapping[str, str] | None = None,
        id: str | None = None,
    ) -> str | None:
        """Change what is said of a code, see `p3c_qual.codebook.edit.edit_code`.

        `was` holds, by field, what was seen before; what somebody has changed since is refused
        with the code ``stale``.
        """
        with self.act("edit code", reason=reason, id=id) as act:
            if was:
                _, name = tree_of(act.connection, code)
                check_seen(act, "code", name, {k: v for k, v in was.items() if k in _SAID})
            before = _label(act, code)
            proposal = edit.edit_code(
                act,
                code,
                label=label,
                definition=definition,
                rule=rule,
                level=level,
                reason=reason,
            )
            now = " ".join((label or before).split())
            said = f"edit code {before}" if now == before else f"rename code {before} to {now}"
            act.say(_proposed(said, proposal))
            return proposal

    def move_code(
        self,
        code: str,
        *,
        parent: str | None,
        after: str | None = None,
        reason: str = "",
        id: str | None = None,
    ) -> str | None:
        """Put a code elsewhere, see `p3c_qual.codebook.edit.move_code`."""
        with self.act("move code", reason=reason, id=id) as act:
            proposal = edit.move_code(act, code, parent=parent, after=after, reason=reason)
            tree, name = tree_of(act.connection, code)
            above = tree.find(parent) if parent else None
            there = f"under {tree.nodes[str(above)].label}" if above else "to the top"
            act.say(_proposed(f"move code {tree.nodes[name].label} {there}", proposal))
            return proposal

    def merge_codes(
        self, codes: Sequence[str], into: str, *, reason: str = "", id: str | None = None
    ) -> str | None:
        """Make several codes one, see `p3c_qual.codebook.edit.merge_codes`."""
        with self.act("merge codes", reason=reason, id=id) as act:
            proposal = edit.merge_codes(act, codes, into, reason=reason)
            gone = ", ".join(_label(act, code, into) for code in codes)
            act.say(_proposed(f"merge {gone} into {_label(act, into)}", proposal))
            return proposal

    def split_code(
        self,
        code: str,
        parts: Sequence[tuple[str, Sequence[str]]],
        *,
        retire: bool = False,
        reason: str = "",
        id: str | None = None,
    ) -> list[str]:
        """Make several codes of one, see `p3c_qual.codebook.edit.split_code`."""
        with self.act("split code", reason=reason, id=id) as act:
            made = edit.split_code(act, code, parts, retire=retire, reason=reason)
            new = ", ".join(_label(act, label) for label, _ in parts)
            # a frozen codebook takes a proposal, which is no code
            proposal = made[0] if made[0] not in read_codes(act.connection).by_id else None
            act.say(_proposed(f"split code {_label(act, code)} into {new}", proposal))
            return made

    def retire_code(self, code: str, *, reason: str = "", id: str | None = None) -> str | None:
        """Take a code out of use, see `p3c_qual.codebook.edit.retire_code`."""
        with self.act("retire code", reason=reason, id=id) as act:
            proposal = edit.retire_code(act, code, reason=reason)
            act.say(_proposed(f"retire code {_label(act, code)}", proposal))
            return proposal

    def revive_code(self, code: str, *, reason: str = "", id: str | None = None) -> str | None:
        """Take a retired code into use again, see `p3c_qual.codebook.edit.revive_code`."""
        with self.act("revive code", reason=reason, id=id) as act:
            proposal = edit.revive_code(act, code, reason=reason)
            act.say(_proposed(f"revive code {_label(act, code)}", proposal))
            return proposal

    def proposals(self) -> pd.DataFrame:
        """List what is proposed, see `p3c_qual.codebook.proposals.list_proposals`."""
        return proposals.list_proposals(self)

    def withdraw_proposal(self, proposal: str, *, id: str | None = None) -> None:
        """Take a proposal back, see `p3c_qual.codebook.proposals.withdraw_proposal`."""
        with self.act("withdraw a proposal", id=id) as act:
            proposals.withdraw_proposal(act, proposal)


def _segments(count: int) -> str:
    return "1 segment" if count == 1 else f"{count} segments"


def _proposed(said: str, proposal: str | None) -> str:
    return f"propose to {said}" if proposal else said


def _label(act: Act, name: str, beside: str = "") -> str:
    """Return what people read of a code; a word that names none is a label itself.

    `beside` names another code of the codebook, in which a key is looked up first.
    """
    codes = read_codes(act.connection)
    found = codes.find(name)
    if isinstance(found, Problem) and beside:
        other = codes.find(beside)
        if not isinstance(other, Problem):
            found = codes.find(f"{other.codebook}:{name}")
    return name if isinstance(found, Problem) else codes.label(found.id)


def _about(act: Act, memo: str) -> str:
    row = ROWS["memo"]
    return act.connection.scalar(select(row.c.about).where(row.c.id == memo)) or "nothing"
