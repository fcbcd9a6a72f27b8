"""What the verbs of the realist layer do: each is a function of the library of the same name."""

from __future__ import annotations

from dataclasses import fields
from importlib import import_module
from typing import TYPE_CHECKING, Any

from p3c_qual.workbench import args_realist as args

if TYPE_CHECKING:
    from p3c_qual.study import Study

__all__ = ["DEEDS", "do"]

#: by verb the module it is in, what it is asked with, and the table of what it makes
DEEDS: dict[str, tuple[str, type, str]] = {
    "write_theory": ("theories", args.WriteTheory, "theory"),
    "edit_theory": ("theories", args.EditTheory, ""),
    "refine_theory": ("theories", args.RefineTheory, "theory"),
    "supersede": ("theories", args.Supersede, ""),
    "remove_theory": ("theories", args.RemoveTheory, ""),
    "name_mechanism": ("mechanisms", args.NameMechanism, "mechanism"),
    "edit_mechanism": ("mechanisms", args.EditMechanism, ""),
    "remove_mechanism": ("mechanisms", args.RemoveMechanism, ""),
    "make_configuration": ("configurations", args.MakeConfiguration, "configuration"),
    "edit_configuration": ("configurations", args.EditConfiguration, ""),
    "set_aside": ("configurations", args.SetAside, ""),
    "take_up": ("configurations", args.TakeUp, ""),
    "remove_configuration": ("configurations", args.RemoveConfiguration, ""),
    "link_spans": ("linking", args.LinkSpans, "configuration"),
    "split_configuration": ("splitting", args.SplitConfiguration, "configuration"),
    "merge_configurations": ("merging", args.MergeConfigurations, ""),
    "add_element": ("elements", args.AddElement, "element"),
    "edit_element": ("elements", args.EditElement, ""),
    "remove_element": ("elements", args.RemoveElement, ""),
    "add_evidence": ("evidence", args.AddEvidence, "evidence"),
    "edit_evidence": ("evidence", args.EditEvidence, ""),
    "remove_evidence": ("evidence", args.RemoveEvidence, ""),
    "nest": ("links", args.Nest, "link"),
    "chain": ("links", args.Chain, "link"),
    "unlink": ("links", args.Unlink, ""),
    "state_regularity": ("regularities", args.StateRegularity, "regularity"),
    "edit_regularity": ("regularities", args.EditRegularity, ""),
    "add_instance": ("regularities", args.AddInstance, "instance"),
    "edit_instance": ("regularities", args.EditInstance, ""),
    "remove_instance": ("regularities", args.RemoveInstance, ""),
    "remove_regularity": ("regularities", args.RemoveRegularity, ""),
    "write_inference": ("inferences", args.WriteInference, "inference"),
    "edit_inference": ("inferences", args.EditInference, ""),
    "remove_inference": ("inferences", args.RemoveInference, ""),
    "search_negative": ("negative", args.SearchNegative, "negative_search"),
    "decide_search": ("negative", args.DecideSearch, ""),
    "take_logic_model": ("logic_model", args.TakeLogicModel, ""),
    "make_block": ("logic_model", args.MakeBlock, "block"),
    "edit_block": ("logic_model", args.EditBlock, ""),
    "remove_block": ("logic_model", args.RemoveBlock, ""),
    "draw_arrow": ("logic_model", args.DrawArrow, "arrow"),
    "edit_arrow": ("logic_model", args.EditArrow, ""),
    "remove_arrow": ("logic_model", args.RemoveArrow, ""),
    "carry": ("logic_model", args.Carry, ""),
    "uncarry": ("logic_model", args.Uncarry, ""),
    "appraise": ("standards", args.Appraise, "appraisal"),
}
#: what is said of several things in one act, as the library has it
_HELD = {
    args.NewElement: ("elements", "NewElement"),
    args.RoleSpan: ("linking", "RoleSpan"),
    args.SplitPart: ("splitting", "SplitPart"),
}


def do(verb: str, study: Study, act_id: str, asked: Any) -> Any:
    """Do what a verb asks.

    Parameters
    ----------
    verb : str
        One of `DEEDS`; its arguments have the names of the function's.
    study : Study
    act_id : str
    asked : object
    """
    function = getattr(_module(DEEDS[verb][0]), verb)
    given = {each.name: _plain(getattr(asked, each.name)) for each in fields(asked)}
    return function(study, **given, id=act_id)


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if type(value) not in _HELD:
        return value
    module, name = _HELD[type(value)]
    made = getattr(_module(module), name)
    return made(**{each.name: getattr(value, each.name) for each in fields(value)})


def _module(name: str) -> Any:
    return import_module(f"p3c_qual.realist.{name}")
