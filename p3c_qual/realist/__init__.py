"""Realist evaluation: programme theories, context-mechanism-outcome configurations, evidence.

A theory says: if, then, because. A configuration says in which context which mechanism, a resource
and the reasoning it meets, leads to which outcome; passages speak for it and against it. How
complete it is and what it rests on is counted and never typed. Each function that changes
something takes the study first and is one act in its journal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from p3c_qual.realist.candidates import find_candidates
    from p3c_qual.realist.checks import list_faults
    from p3c_qual.realist.configurations import (
        edit_configuration,
        make_configuration,
        remove_configuration,
        set_aside,
        take_up,
    )
    from p3c_qual.realist.elements import NewElement, add_element, edit_element, remove_element
    from p3c_qual.realist.evidence import add_evidence, edit_evidence, remove_evidence
    from p3c_qual.realist.form import load_realist
    from p3c_qual.realist.form_write import write_realist
    from p3c_qual.realist.inferences import edit_inference, remove_inference, write_inference
    from p3c_qual.realist.linking import RoleSpan, link_spans
    from p3c_qual.realist.links import chain, nest, unlink
    from p3c_qual.realist.logic_figure import plot_logic_model
    from p3c_qual.realist.logic_model import (
        carry,
        draw_arrow,
        edit_arrow,
        edit_block,
        make_block,
        remove_arrow,
        remove_block,
        take_logic_model,
        uncarry,
    )
    from p3c_qual.realist.logic_table import table_logic_model
    from p3c_qual.realist.mechanisms import edit_mechanism, name_mechanism, remove_mechanism
    from p3c_qual.realist.merging import merge_configurations
    from p3c_qual.realist.negative import decide_search, search_negative
    from p3c_qual.realist.negative_table import table_searches
    from p3c_qual.realist.outputs.cmo_table import table_cmos
    from p3c_qual.realist.outputs.counts import table_completeness
    from p3c_qual.realist.outputs.disconfirming import table_disconfirming
    from p3c_qual.realist.outputs.element_matrix import table_cmo_matrix
    from p3c_qual.realist.outputs.evolution import table_evolution
    from p3c_qual.realist.outputs.network import network_svg, plot_network
    from p3c_qual.realist.outputs.patterns import table_mechanisms, table_regularities
    from p3c_qual.realist.regularities import (
        add_instance,
        edit_instance,
        edit_regularity,
        remove_instance,
        remove_regularity,
        state_regularity,
    )
    from p3c_qual.realist.splitting import SplitPart, split_configuration
    from p3c_qual.realist.standards import appraise, table_standards
    from p3c_qual.realist.theories import (
        edit_theory,
        refine_theory,
        remove_theory,
        supersede,
        write_theory,
    )

__all__ = [
    "NewElement",
    "RoleSpan",
    "SplitPart",
    "add_element",
    "add_evidence",
    "add_instance",
    "appraise",
    "carry",
    "chain",
    "decide_search",
    "draw_arrow",
    "edit_arrow",
    "edit_block",
    "edit_configuration",
    "edit_element",
    "edit_evidence",
    "edit_inference",
    "edit_instance",
    "edit_mechanism",
    "edit_regularity",
    "edit_theory",
    "find_candidates",
    "link_spans",
    "list_faults",
    "load_realist",
    "make_block",
    "make_configuration",
    "merge_configurations",
    "name_mechanism",
    "nest",
    "network_svg",
    "plot_logic_model",
    "plot_network",
    "refine_theory",
    "remove_arrow",
    "remove_block",
    "remove_configuration",
    "remove_element",
    "remove_evidence",
    "remove_inference",
    "remove_instance",
    "remove_mechanism",
    "remove_regularity",
    "remove_theory",
    "search_negative",
    "set_aside",
    "split_configuration",
    "state_regularity",
    "supersede",
    "table_cmo_matrix",
    "table_cmos",
    "table_completeness",
    "table_disconfirming",
    "table_evolution",
    "table_logic_model",
    "table_mechanisms",
    "table_regularities",
    "table_searches",
    "table_standards",
    "take_logic_model",
    "take_up",
    "uncarry",
    "unlink",
    "write_inference",
    "write_realist",
    "write_theory",
]

# imported when first used, as everywhere in the package
_LATER = {
    "NewElement": "elements",
    "RoleSpan": "linking",
    "SplitPart": "splitting",
    "add_element": "elements",
    "add_evidence": "evidence",
    "add_instance": "regularities",
    "appraise": "standards",
    "carry": "logic_model",
    "chain": "links",
    "decide_search": "negative",
    "draw_arrow": "logic_model",
    "edit_arrow": "logic_model",
    "edit_block": "logic_model",
    "edit_configuration": "configurations",
    "edit_element": "elements",
    "edit_evidence": "evidence",
    "edit_inference": "inferences",
    "edit_instance": "regularities",
    "edit_mechanism": "mechanisms",
    "edit_regularity": "regularities",
    "edit_theory": "theories",
    "find_candidates": "candidates",
    "link_spans": "linking",
    "list_faults": "checks",
    "load_realist": "form",
    "make_block": "logic_model",
    "make_configuration": "configurations",
    "merge_configurations": "merging",
    "name_mechanism": "mechanisms",
    "nest": "links",
    "network_svg": "outputs.network",
    "plot_logic_model": "logic_figure",
    "plot_network": "outputs.network",
    "refine_theory": "theories",
    "remove_arrow": "logic_model",
    "remove_block": "logic_model",
    "remove_configuration": "configurations",
    "remove_element": "elements",
    "remove_evidence": "evidence",
    "remove_inference": "inferences",
    "remove_instance": "regularities",
    "remove_mechanism": "mechanisms",
    "remove_regularity": "regularities",
    "remove_theory": "theories",
    "search_negative": "negative",
    "set_aside": "configurations",
    "split_configuration": "splitting",
    "state_regularity": "regularities",
    "supersede": "theories",
    "table_cmo_matrix": "outputs.element_matrix",
    "table_cmos": "outputs.cmo_table",
    "table_completeness": "outputs.counts",
    "table_disconfirming": "outputs.disconfirming",
    "table_evolution": "outputs.evolution",
    "table_logic_model": "logic_table",
    "table_mechanisms": "outputs.patterns",
    "table_regularities": "outputs.patterns",
    "table_searches": "negative_table",
    "table_standards": "standards",
    "take_logic_model": "logic_model",
    "take_up": "configurations",
    "uncarry": "logic_model",
    "unlink": "links",
    "write_inference": "inferences",
    "write_realist": "form_write",
    "write_theory": "theories",
}


def __getattr__(name: str) -> Any:
    if name in _LATER:
        import importlib

        return getattr(importlib.import_module(f"p3c_qual.realist.{_LATER[name]}"), name)
    msg = f"module 'p3c_qual.realist' has no attribute {name!r}"
    raise AttributeError(msg)
