"""What the verbs of the realist layer do: each is a function of the library of the same name."""

from __future__ import annotations

from p3c_qual.workbench import args_judging as judging
from p3c_qual.workbench import args_realist as args

__all__ = ["DEEDS"]

#: by verb what it is asked with, and the table of what it makes
DEEDS: dict[str, tuple[type, str]] = {
    "write_theory": (args.WriteTheory, "theory"),
    "edit_theory": (args.EditTheory, ""),
    "refine_theory": (args.RefineTheory, "theory"),
    "supersede": (args.Supersede, ""),
    "remove_theory": (args.RemoveTheory, ""),
    "name_mechanism": (args.NameMechanism, "mechanism"),
    "edit_mechanism": (args.EditMechanism, ""),
    "remove_mechanism": (args.RemoveMechanism, ""),
    "make_configuration": (args.MakeConfiguration, "configuration"),
    "edit_configuration": (args.EditConfiguration, ""),
    "set_aside": (args.SetAside, ""),
    "take_up": (args.TakeUp, ""),
    "remove_configuration": (args.RemoveConfiguration, ""),
    "link_spans": (args.LinkSpans, "configuration"),
    "split_configuration": (args.SplitConfiguration, "configuration"),
    "merge_configurations": (args.MergeConfigurations, ""),
    "add_element": (args.AddElement, "element"),
    "edit_element": (args.EditElement, ""),
    "remove_element": (args.RemoveElement, ""),
    "add_evidence": (args.AddEvidence, "evidence"),
    "edit_evidence": (args.EditEvidence, ""),
    "remove_evidence": (args.RemoveEvidence, ""),
    "nest": (args.Nest, "link"),
    "chain": (args.Chain, "link"),
    "unlink": (args.Unlink, ""),
    "state_regularity": (judging.StateRegularity, "regularity"),
    "edit_regularity": (judging.EditRegularity, ""),
    "add_instance": (judging.AddInstance, "instance"),
    "edit_instance": (judging.EditInstance, ""),
    "remove_instance": (judging.RemoveInstance, ""),
    "remove_regularity": (judging.RemoveRegularity, ""),
    "write_inference": (judging.WriteInference, "inference"),
    "edit_inference": (judging.EditInference, ""),
    "remove_inference": (judging.RemoveInference, ""),
    "search_negative": (judging.SearchNegative, "negative_search"),
    "decide_search": (judging.DecideSearch, ""),
    "take_logic_model": (judging.TakeLogicModel, ""),
    "make_block": (judging.MakeBlock, "block"),
    "edit_block": (judging.EditBlock, ""),
    "remove_block": (judging.RemoveBlock, ""),
    "draw_arrow": (judging.DrawArrow, "arrow"),
    "edit_arrow": (judging.EditArrow, ""),
    "remove_arrow": (judging.RemoveArrow, ""),
    "carry": (judging.Carry, ""),
    "uncarry": (judging.Uncarry, ""),
    "appraise": (judging.Appraise, "appraisal"),
}
