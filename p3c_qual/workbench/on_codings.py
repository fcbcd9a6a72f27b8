"""What the verbs on codings, memos and readings do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from p3c_qual.errors import P3CError, Problem
from p3c_qual.store.schema import ROWS
from p3c_qual.workbench.owning import check_own
from p3c_qual.workbench.source import check_sound, the_source

if TYPE_CHECKING:
    from p3c_qual.study import Study
    from p3c_qual.workbench import args

__all__ = [
    "code",
    "delete_memo",
    "done",
    "edit_memo",
    "flag",
    "in_vivo",
    "memo",
    "pass_over",
    "recode",
    "resize",
    "uncode",
]

#: characters of a label that is made of words
_LABEL = 80


def code(study: Study, act_id: str, asked: args.CodeIt) -> str:
    """Give a code to a span; returns the coding's id."""
    with study.store.read() as connection:
        source = check_sound(connection, asked.source).key
    return study.code(
        source,
        asked.start,
        asked.end,
        asked.code,
        round=asked.round,
        question=asked.question,
        memo=asked.memo,
        extend=asked.extend,
        origin=asked.origin,
        id=act_id,
    ).id


def recode(study: Study, act_id: str, asked: args.Recode) -> list[str]:
    """Give codings another code; returns those that had another one."""
    check_own(study, "coding", asked.codings)
    return study.recode(asked.codings, asked.code, id=act_id)


def resize(study: Study, act_id: str, asked: args.Resize) -> bool:
    """Give a coding another span."""
    coding = ROWS["coding"]
    with study.store.read() as connection:
        source = connection.scalar(select(coding.c.source).where(coding.c.id == asked.coding))
        if source is not None:
            check_sound(connection, source)
    check_own(study, "coding", [asked.coding])
    return study.resize(asked.coding, asked.start, asked.end, id=act_id)


def uncode(study: Study, act_id: str, asked: args.Uncode) -> int:
    """Take codings away with their memos; returns how many."""
    check_own(study, "coding", asked.codings)
    return study.uncode(asked.codings, id=act_id)


def flag(study: Study, act_id: str, asked: args.Flag) -> int:
    """Mark codings; returns how many were marked otherwise."""
    check_own(study, "coding", asked.codings)
    return study.flag(asked.codings, important=asked.important, unsure=asked.unsure, id=act_id)


def in_vivo(study: Study, act_id: str, asked: args.InVivo) -> str:
    """Make a code of the words of a span and code it; returns the coding's id."""
    from p3c_qual.codebook.edit import create_code
    from p3c_qual.coding.intake import take_codings
    from p3c_qual.coding.wanted import Wanted
    from p3c_qual.store import payloads

    with study.act("code in vivo", id=act_id) as act:
        row = check_sound(act.connection, asked.source)
        body = str(payloads.get(act.connection, row.hash))
        label = asked.label.strip() or _shortened(body[max(asked.start, 0) : max(asked.end, 0)])
        if not label:
            raise P3CError(Problem("the span holds no words to make a code of", row.key))
        made = create_code(act, asked.codebook, label, parent=asked.parent, reason=asked.reason)
        wanted = Wanted(
            *(row.key, asked.start, asked.end, made, study.coder or "", asked.round),
            origin="in_vivo",
        )
        act.say(f"code {row.key} {asked.start}-{asked.end} in vivo with {label}")
        return take_codings(act, [wanted], done=None).held[0]


def _shortened(words: str) -> str:
    """Return the words of a span as a label, cut at the end of a word."""
    label = " ".join(words.split())
    if len(label) <= _LABEL:
        return label
    cut = label[: _LABEL - 1]
    return (cut.rpartition(" ")[0] or cut) + "…"


def pass_over(study: Study, act_id: str, asked: args.PassOver) -> bool:
    """Say that a span was read and holds nothing to code."""
    with study.store.read() as connection:
        source = check_sound(connection, asked.source).key
    return study.pass_over(
        source, asked.start, asked.end, round=asked.round, question=asked.question, id=act_id
    )


def done(study: Study, act_id: str, asked: args.Done) -> bool:
    """Say that a source was worked through, or is not done yet."""
    with study.store.read() as connection:
        source = the_source(connection, asked.source).key
    return study.mark_read(
        source, round=asked.round, question=asked.question, done=asked.done, id=act_id
    )


def memo(study: Study, act_id: str, asked: args.MemoOn) -> str:
    """Write a memo; returns its id."""
    span = "" if asked.start is None or asked.end is None else f"{asked.start}-{asked.end}"
    return study.memo(
        asked.about,
        asked.text,
        target=_key_of(study, asked.about, asked.target),
        kind=asked.kind,
        span=span,
        id=act_id,
    )


def edit_memo(study: Study, act_id: str, asked: args.EditMemo) -> bool:
    """Write a memo anew."""
    check_own(study, "memo", [asked.memo])
    return study.edit_memo(asked.memo, asked.text, id=act_id)


def delete_memo(study: Study, act_id: str, asked: args.DeleteMemo) -> None:
    """Take a memo away."""
    check_own(study, "memo", [asked.memo])
    study.delete_memo(asked.memo, id=act_id)


def _key_of(study: Study, about: str, target: str) -> str:
    """Return the key by which the library knows what a memo is about; a key stays as it is."""
    table = {"span": "source", "source": "source"}.get(about, about)
    if table not in {"source", "interviewee", "programme", "site"} or not target:
        return target
    rows, programme = ROWS[table], ROWS["programme"]
    with study.store.read() as connection:
        if table == "site":
            # two programmes may each have a site of one key
            named = select(programme.c.key, rows.c.key).join(
                programme, programme.c.id == rows.c.programme
            )
            found = connection.execute(named.where(rows.c.id == target)).first()
            return "/".join(found) if found else target
        return connection.scalar(select(rows.c.key).where(rows.c.id == target)) or target
