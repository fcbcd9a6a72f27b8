"""What the verbs of a thick description and of measures do: each is a function of the library."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Any

from p3c_qual import instruments
from p3c_qual.errors import P3CError, Problem
from p3c_qual.workbench import args_description as args

if TYPE_CHECKING:
    from p3c_qual.study import Study

__all__ = ["DEEDS", "FILES", "MEASURES", "load"]

#: by verb of `p3c_qual.description` what it is asked with, and the table of what it makes
DEEDS: dict[str, tuple[type, str]] = {
    "write_section": (args.WriteSection, ""),
    "arrange_section": (args.ArrangeSection, ""),
    "add_section": (args.AddSection, "section"),
    "remove_section": (args.RemoveSection, ""),
    "make_quote": (args.MakeQuote, "quote"),
    "edit_quote": (args.EditQuote, ""),
    "change_quote": (args.ChangeQuote, ""),
    "take_back_edit": (args.TakeBackEdit, ""),
    "remove_quote": (args.RemoveQuote, ""),
    "keep_name": (args.KeepName, "kept_name"),
    "forget_name": (args.ForgetName, ""),
    "give_answer": (args.GiveAnswer, "answer"),
    "remove_record": (args.RemoveRecord, ""),
    "cite": (args.Cite, "citation"),
    "uncite": (args.Uncite, ""),
    "note_fact": (args.NoteFact, "fact"),
    "edit_fact": (args.EditFact, ""),
    "choose_fact": (args.ChooseFact, ""),
    "remove_fact": (args.RemoveFact, ""),
    "write_contrast": (args.WriteContrast, "contrast"),
    "edit_contrast": (args.EditContrast, ""),
    "remove_contrast": (args.RemoveContrast, ""),
}
#: the same for `p3c_qual.instruments`
MEASURES: dict[str, tuple[type, str]] = {
    "take_instrument": (args.TakeInstrument, ""),
    "load_instruments": (args.LoadInstruments, ""),
    "remove_instrument": (args.RemoveInstrument, ""),
    "write_joint": (args.WriteJoint, "joint"),
    "edit_joint": (args.EditJoint, ""),
    "remove_joint": (args.RemoveJoint, ""),
}
#: those that take a file in
FILES: dict[str, type] = {
    "load_responses": args.LoadResponses,
    "load_aggregates": args.LoadAggregates,
}


def load(verb: str, study: Study, act_id: str, asked: Any) -> Any:
    """Take a table in that was sent as base64.

    Parameters
    ----------
    verb : str
        One of `FILES`.
    study : Study
    act_id : str
    asked : LoadResponses or LoadAggregates
    """
    name = asked.name[:200]
    try:
        data = base64.b64decode(asked.data, validate=True)
    except (binascii.Error, ValueError):
        do = "Send the file once more."
        raise P3CError(Problem("the file did not arrive whole", name, do=do)) from None
    of = {"instrument": asked.instrument} if isinstance(asked, args.LoadResponses) else {}
    return getattr(instruments, verb)(study, **of, data=data, name=name, id=act_id)
