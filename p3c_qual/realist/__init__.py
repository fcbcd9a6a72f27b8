"""Realist evaluation: programme theories, context-mechanism-outcome configurations, evidence.

A theory says: if, then, because. A configuration says in which context which mechanism, a resource
and the reasoning it meets, leads to which outcome; passages speak for it and against it. How
complete it is and what it rests on is counted and never typed. Each function that changes
something takes the study first and is one act in its journal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from p3c_qual.realist.building.configurations import (
        edit_configuration,
        make_configuration,
        remove_configuration,
        set_aside,
        take_up,
    )
    from p3c_qual.realist.building.elements import (
        NewElement,
        add_element,
        edit_element,
        remove_element,
    )
    from p3c_qual.realist.building.evidence import add_evidence, edit_evidence, remove_evidence
    from p3c_qual.realist.building.inferences import (
        edit_inference,
        remove_inference,
        write_inference,
    )
    from p3c_qual.realist.building.linking import RoleSpan, link_spans
    from p3c_qual.realist.building.links import chain, nest, unlink
    from p3c_qual.realist.building.mechanisms import (
        edit_mechanism,
        name_mechanism,
        remove_mechanism,
    )
    from p3c_qual.realist.building.merging import merge_configurations
    from p3c_qual.realist.building.regularities import (
        add_instance,
        edit_instance,
        edit_regularity,
        remove_instance,
        remove_regularity,
        state_regularity,
    )
    from p3c_qual.realist.building.splitting import SplitPart, split_configuration
    from p3c_qual.realist.building.theories import (
        edit_theory,
        refine_theory,
        remove_theory,
        supersede,
        write_theory,
    )
    from p3c_qual.realist.candidates.finding import find_candidates
    from p3c_qual.realist.form.form import load_realist
    from p3c_qual.realist.form.write import write_realist
    from p3c_qual.realist.judging.checks import list_faults
    from p3c_qual.realist.logic.logic_figure import plot_logic_model
    from p3c_qual.realist.logic.logic_model import (
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
    from p3c_qual.realist.logic.logic_table import table_logic_model
    from p3c_qual.realist.negative.search import decide_search, search_negative
    from p3c_qual.realist.negative.search_table import table_searches
    from p3c_qual.realist.outputs.cmo_table import table_cmos
    from p3c_qual.realist.outputs.counts import table_completeness
    from p3c_qual.realist.outputs.disconfirming import table_disconfirming
    from p3c_qual.realist.outputs.element_matrix import table_cmo_matrix
    from p3c_qual.realist.outputs.evolution import table_evolution
    from p3c_qual.realist.outputs.network import network_svg, plot_network
    from p3c_qual.realist.outputs.patterns import table_mechanisms, table_regularities
    from p3c_qual.standards.items import appraise, table_standards

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
    "NewElement": "building.elements",
    "RoleSpan": "building.linking",
    "SplitPart": "building.splitting",
    "add_element": "building.elements",
    "add_evidence": "building.evidence",
    "add_instance": "building.regularities",
    "appraise": ".standards.items",
    "carry": "logic.logic_model",
    "chain": "building.links",
    "decide_search": "negative.search",
    "draw_arrow": "logic.logic_model",
    "edit_arrow": "logic.logic_model",
    "edit_block": "logic.logic_model",
    "edit_configuration": "building.configurations",
    "edit_element": "building.elements",
    "edit_evidence": "building.evidence",
    "edit_inference": "building.inferences",
    "edit_instance": "building.regularities",
    "edit_mechanism": "building.mechanisms",
    "edit_regularity": "building.regularities",
    "edit_theory": "building.theories",
    "find_candidates": "candidates.finding",
    "link_spans": "building.linking",
    "list_faults": "judging.checks",
    "load_realist": "form.form",
    "make_block": "logic.logic_model",
    "make_configuration": "building.configurations",
    "merge_configurations": "building.merging",
    "name_mechanism": "building.mechanisms",
    "nest": "building.links",
    "network_svg": "outputs.network",
    "plot_logic_model": "logic.logic_figure",
    "plot_network": "outputs.network",
    "refine_theory": "building.theories",
    "remove_arrow": "logic.logic_model",
    "remove_block": "logic.logic_model",
    "remove_configuration": "building.configurations",
    "remove_element": "building.elements",
    "remove_evidence": "building.evidence",
    "remove_inference": "building.inferences",
    "remove_instance": "building.regularities",
    "remove_mechanism": "building.mechanisms",
    "remove_regularity": "building.regularities",
    "remove_theory": "building.theories",
    "search_negative": "negative.search",
    "set_aside": "building.configurations",
    "split_configuration": "building.splitting",
    "state_regularity": "building.regularities",
    "supersede": "building.theories",
    "table_cmo_matrix": "outputs.element_matrix",
    "table_cmos": "outputs.cmo_table",
    "table_completeness": "outputs.counts",
    "table_disconfirming": "outputs.disconfirming",
    "table_evolution": "outputs.evolution",
    "table_logic_model": "logic.logic_table",
    "table_mechanisms": "outputs.patterns",
    "table_regularities": "outputs.patterns",
    "table_searches": "negative.search_table",
    "table_standards": ".standards.items",
    "take_logic_model": "logic.logic_model",
    "take_up": "building.configurations",
    "uncarry": "logic.logic_model",
    "unlink": "building.links",
    "write_inference": "building.inferences",
    "write_realist": "form.write",
    "write_theory": "building.theories",
}


def __getattr__(name: str) -> Any:
    if name in _LATER:
        import importlib

        return getattr(importlib.import_module(f".{_LATER[name]}", __name__), name)
    msg = f"module 'p3c_qual.realist' has no attribute {name!r}"
    raise AttributeError(msg)
