"""The verbs of the workbench: one table, from a word to what is asked and what does it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual import description, instruments, realist
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.store.act import act_done
from p3c_qual.store.schema import ROWS, event
from p3c_qual.workbench import (
    args,
    args_agenda,
    args_mayring,
    args_structuring,
    deeds,
    on_agenda,
    on_codes,
    on_codings,
    on_description,
    on_mayring,
    on_realist,
    on_structuring,
    on_study,
)
from p3c_qual.workbench.typed import read_typed

if TYPE_CHECKING:
    from collections.abc import Callable

    from p3c_qual.study import Study

__all__ = ["VERBS", "Verb", "find_verb", "run"]


@dataclass(frozen=True)
class Verb:
    """What a verb is asked with and what does it.

    Attributes
    ----------
    args : type
        A dataclass of `p3c_qual.workbench.args`.
    does : callable
        Takes the study, the act's id and the arguments; returns what the answer holds.
    makes : tuple of str
        The tables whose touched rows are the answer's result, the first that has any; by it an
        act that was sent once more is answered.
    many : bool
        Whether the result is a list of them.
    called : str
        The column of such a row that is the result.
    """

    args: type
    does: Callable[[Study, str, Any], Any]
    makes: tuple[str, ...] = ()
    many: bool = False
    called: str = "id"


VERBS: dict[str, Verb] = {
    "code": Verb(args.CodeIt, on_codings.code, ("coding",)),
    "recode": Verb(args.Recode, on_codings.recode, ("coding",), many=True),
    "resize": Verb(args.Resize, on_codings.resize),
    "uncode": Verb(args.Uncode, on_codings.uncode),
    "flag": Verb(args.Flag, on_codings.flag),
    "in_vivo": Verb(args.InVivo, on_codings.in_vivo, ("coding",)),
    "pass_over": Verb(args.PassOver, on_codings.pass_over),
    "done": Verb(args.Done, on_codings.done),
    "memo": Verb(args.MemoOn, on_codings.memo, ("memo",)),
    "edit_memo": Verb(args.EditMemo, on_codings.edit_memo),
    "delete_memo": Verb(args.DeleteMemo, on_codings.delete_memo),
    "create_codebook": Verb(args.CreateCodebook, on_codes.create_codebook, ("codebook",)),
    "create_code": Verb(args.CreateCode, on_codes.create_code, ("code",)),
    "edit_code": Verb(args.EditCode, on_codes.edit_code, ("proposal",)),
    "move_code": Verb(args.MoveCode, on_codes.move_code, ("proposal",)),
    "merge_codes": Verb(args.MergeCodes, on_codes.merge_codes, ("proposal",)),
    "split_code": Verb(args.SplitCode, on_codes.split_code, ("code", "proposal"), many=True),
    "retire_code": Verb(args.RetireCode, on_codes.retire_code, ("proposal",)),
    "revive_code": Verb(args.ReviveCode, on_codes.revive_code),
    "withdraw_proposal": Verb(args.WithdrawProposal, on_codes.withdraw_proposal),
    "undo": Verb(args.Undo, on_study.undo),
    "redo": Verb(args.Undo, on_study.redo),
    "desk": Verb(args.Desk, on_study.desk),
    "add_sources": Verb(args.AddSources, on_study.add_sources, ("source",), many=True),
    "load_codebook": Verb(args.LoadCodebook, on_study.load_codebook),
    "set_fields": Verb(args.SetFields, on_study.set_fields),
    "ask_question": Verb(args_mayring.AskQuestion, on_mayring.ask_question, ("question",)),
    "edit_question": Verb(args_mayring.EditQuestion, on_mayring.edit_question),
    "close_step": Verb(args_mayring.CloseStep, on_mayring.close_step),
    "return_to": Verb(args_mayring.ReturnTo, on_mayring.return_to),
    "paraphrase": Verb(args_mayring.Paraphrase, on_mayring.paraphrase, ("paraphrase",)),
    "rewrite": Verb(args_mayring.Rewrite, on_mayring.rewrite),
    "drop_unit": Verb(args_mayring.DropUnit, on_mayring.drop_unit),
    "remove_unit": Verb(args_mayring.RemoveUnit, on_mayring.remove_unit),
    "generalise": Verb(args_mayring.Generalise, on_mayring.generalise),
    "decide": Verb(args_mayring.DecideUnits, on_mayring.decide),
    "undecide": Verb(args_mayring.Undecide, on_mayring.undecide),
    "bundle": Verb(args_mayring.Bundle, on_mayring.bundle, ("reduction",)),
    "unbundle": Verb(args_mayring.Unbundle, on_mayring.unbundle),
    "leave_over": Verb(args_mayring.LeaveOver, on_mayring.leave_over),
    "lift": Verb(args_mayring.Lift, on_mayring.lift, ("reduction",)),
    "edit_reduction": Verb(args_mayring.EditReduction, on_mayring.edit_reduction),
    "merge_reductions": Verb(args_mayring.MergeReductions, on_mayring.merge_reductions),
    "remove_reduction": Verb(args_mayring.RemoveReduction, on_mayring.remove_reduction),
    "draw_sample": Verb(
        args_mayring.DrawSample, on_mayring.draw_sample, ("back_check",), many=True
    ),
    "judge": Verb(args_mayring.JudgeUnit, on_mayring.judge),
    "make_codes": Verb(args_mayring.MakeCodes, on_mayring.make_codes),
    "close_pilot": Verb(args_agenda.ClosePilot, on_agenda.close_pilot, ("pilot_review",)),
    "confirm_codings": Verb(args_agenda.ConfirmCodings, on_agenda.confirm_codings),
    "freeze_codebook": Verb(args_agenda.FreezeCodebook, on_agenda.freeze_codebook, ("edition",)),
    "reopen_codebook": Verb(args_agenda.ReopenCodebook, on_agenda.reopen_codebook),
    "accept_proposals": Verb(args_agenda.AcceptProposals, on_agenda.accept_proposals),
    "add_anchor": Verb(args_agenda.AddAnchor, on_agenda.add_anchor),
    "remove_anchor": Verb(args_agenda.RemoveAnchor, on_agenda.remove_anchor),
    "mark_prototype": Verb(args_agenda.MarkPrototype, on_agenda.mark_prototype),
    "edit_level": Verb(args_agenda.EditLevel, on_agenda.edit_level),
    "rate": Verb(args_structuring.Rate, on_structuring.rate, ("rating",)),
    "unrate": Verb(args_structuring.Unrate, on_structuring.unrate),
    "write_cell": Verb(args_structuring.WriteCell, on_structuring.write_cell, ("cell",)),
    "clear_cell": Verb(args_structuring.ClearCell, on_structuring.clear_cell),
    "confirm_cell": Verb(args_structuring.ConfirmCell, on_structuring.confirm_cell),
    "make_type": Verb(args_structuring.MakeType, on_structuring.make_type, ("casetype",)),
    "edit_type": Verb(args_structuring.EditType, on_structuring.edit_type),
    "remove_type": Verb(args_structuring.RemoveType, on_structuring.remove_type),
    "assign": Verb(args_structuring.Assign, on_structuring.assign, ("member",)),
    "unassign": Verb(args_structuring.Unassign, on_structuring.unassign),
    "explicate": Verb(args_structuring.Explicate, on_structuring.explicate, ("explication",)),
    "edit_explication": Verb(args_structuring.EditExplication, on_structuring.edit_explication),
    "remove_explication": Verb(
        args_structuring.RemoveExplication, on_structuring.remove_explication
    ),
    **{
        name: Verb(
            asked,
            partial(deeds.do, room, name),
            (made,) if made else (),
            many=name == "split_configuration",
            called="section" if name == "add_section" else "id",
        )
        for room, named in (
            (realist, on_realist.DEEDS),
            (description, on_description.DEEDS),
            (instruments, on_description.MEASURES),
        )
        for name, (asked, made) in named.items()
    },
    **{
        name: Verb(asked, partial(on_description.load, name))
        for name, asked in on_description.FILES.items()
    },
}


def find_verb(name: str, others: tuple[str, ...] = ()) -> Verb:
    """Return a verb by its name.

    Parameters
    ----------
    name : str
    others : tuple of str
        Words that are done elsewhere, for the message.

    Raises
    ------
    P3CError
        If there is none; the nearest is named.
    """
    if name in VERBS:
        return VERBS[name]
    valid = (*VERBS, *others)
    raise P3CError(Problem(f"there is no verb {name[:60]!r}", "", valid, nearest(name, valid)))


def run(study: Study, verb: str, act_id: str, given: Any) -> Any:
    """Do what is asked, once: an act that was kept already is only answered.

    Parameters
    ----------
    study : Study
    verb : str
    act_id : str
        A UUID; the act carries it in the journal.
    given : Any
        The arguments as they came.

    Returns
    -------
    Any
        What the verb gives, as plain JSON or a class of `p3c_qual.workbench.wire`.

    Raises
    ------
    P3CError
        If nobody is named, the arguments are at fault, or the library refuses.
    """
    found = find_verb(verb)
    asked: Any = read_typed(found.args, given, verb)
    if not study.coder:
        do = "Say your name first; it will stand beside what you do."
        raise P3CError(Problem("it is not known who works here", do=do, code="nobody"))
    with study.store.read() as connection:
        kept = act_done(connection, act_id)
    if kept:
        return _again(study, found, act_id)
    try:
        return found.does(study, act_id, asked)
    except P3CError as error:
        if all(each.code != "done" for each in error.problems):
            raise
        # the same act came twice at the same time
        return _again(study, found, act_id)


def _again(study: Study, verb: Verb, act_id: str) -> Any:
    """Return what the act gave when it was done, as far as the journal tells it."""
    for table in verb.makes:
        wanted = (
            select(event.c.row, event.c.before)
            .where(event.c.act == act_id, event.c.tbl == table)
            .order_by(event.c.seq)
        )
        with study.store.read() as connection:
            touched = connection.execute(wanted).all()
        # an act that made rows may have changed others of the same table beside
        made = [row.row for row in touched if row.before is None]
        rows = list(dict.fromkeys(made or [row.row for row in touched]))
        if rows and verb.called != "id":
            return _called(study, table, rows[0], verb.called)
        if rows:
            return rows if verb.many else rows[0]
    return [] if verb.many else None


def _called(study: Study, table: str, row: str, column: str) -> Any:
    """Return how a row is called, None where it is gone since."""
    rows = ROWS[table]
    with study.store.read() as connection:
        return connection.scalar(select(rows.c[column]).where(rows.c.id == row))
