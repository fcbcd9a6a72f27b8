"""Mayring's qualitative content analysis, step by step.

A research question is asked with one of eight techniques and goes through its steps: what has to be
declared before coding, what each step needs before it can be closed, and which rule stands behind
each decision is data, and is looked at whoever asks. Each function that changes something takes the
study first and is one act in its journal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from p3c_qual.mayring.asking import ask_question, edit_question
    from p3c_qual.mayring.categories.emergence import table_emergence, table_subsumption
    from p3c_qual.mayring.categories.pilot import close_pilot, table_reviews
    from p3c_qual.mayring.categories.plots import plot_emergence, plot_saturation
    from p3c_qual.mayring.categories.progress import table_progress
    from p3c_qual.mayring.categories.saturation import table_saturation
    from p3c_qual.mayring.categories.staleness import confirm_codings
    from p3c_qual.mayring.outputs import read_outputs
    from p3c_qual.mayring.question import list_questions
    from p3c_qual.mayring.question_form import load_questions, write_questions
    from p3c_qual.mayring.step_table import table_steps
    from p3c_qual.mayring.steps import close_step, return_to
    from p3c_qual.mayring.structuring.explication import (
        edit_explication,
        explicate,
        remove_explication,
    )
    from p3c_qual.mayring.structuring.explication_table import table_candidates, table_explications
    from p3c_qual.mayring.structuring.matrix import cells_csv, clear_cell, confirm_cell, write_cell
    from p3c_qual.mayring.structuring.matrix_table import list_cells, table_matrix
    from p3c_qual.mayring.structuring.outline import table_outline
    from p3c_qual.mayring.structuring.rating import rate, rate_csv, unrate
    from p3c_qual.mayring.structuring.rating_figure import plot_ratings
    from p3c_qual.mayring.structuring.rating_table import list_ratings, table_ratings
    from p3c_qual.mayring.structuring.surprise import table_surprises
    from p3c_qual.mayring.structuring.typology import (
        assign,
        edit_type,
        make_type,
        remove_type,
        unassign,
    )
    from p3c_qual.mayring.structuring.typology_table import table_cases, table_types
    from p3c_qual.mayring.summarising.back_check import draw_sample, judge
    from p3c_qual.mayring.summarising.back_check_table import table_back_check
    from p3c_qual.mayring.summarising.bundling import (
        bundle,
        edit_reduction,
        leave_over,
        lift,
        merge_reductions,
        remove_reduction,
        unbundle,
    )
    from p3c_qual.mayring.summarising.category_table import table_categories
    from p3c_qual.mayring.summarising.codes import make_codes
    from p3c_qual.mayring.summarising.funnel import plot_funnel
    from p3c_qual.mayring.summarising.funnel_table import table_funnel
    from p3c_qual.mayring.summarising.reduction import decide, undecide
    from p3c_qual.mayring.summarising.summary_form import load_summary
    from p3c_qual.mayring.summarising.summary_table import table_summary
    from p3c_qual.mayring.summarising.units import (
        drop,
        generalise,
        paraphrase,
        remove_unit,
        rewrite,
    )

__all__ = [
    "ask_question",
    "assign",
    "bundle",
    "cells_csv",
    "clear_cell",
    "close_pilot",
    "close_step",
    "confirm_cell",
    "confirm_codings",
    "decide",
    "draw_sample",
    "drop",
    "edit_explication",
    "edit_question",
    "edit_reduction",
    "edit_type",
    "explicate",
    "generalise",
    "judge",
    "leave_over",
    "lift",
    "list_cells",
    "list_questions",
    "list_ratings",
    "load_questions",
    "load_summary",
    "make_codes",
    "make_type",
    "merge_reductions",
    "paraphrase",
    "plot_emergence",
    "plot_funnel",
    "plot_ratings",
    "plot_saturation",
    "rate",
    "rate_csv",
    "read_outputs",
    "remove_explication",
    "remove_reduction",
    "remove_type",
    "remove_unit",
    "return_to",
    "rewrite",
    "table_back_check",
    "table_candidates",
    "table_cases",
    "table_categories",
    "table_emergence",
    "table_explications",
    "table_funnel",
    "table_matrix",
    "table_outline",
    "table_progress",
    "table_ratings",
    "table_reviews",
    "table_saturation",
    "table_steps",
    "table_subsumption",
    "table_summary",
    "table_surprises",
    "table_types",
    "unassign",
    "unbundle",
    "undecide",
    "unrate",
    "write_cell",
    "write_questions",
]

# imported when first used, as everywhere in the package
_LATER = {
    "ask_question": "asking",
    "assign": "structuring.typology",
    "bundle": "summarising.bundling",
    "cells_csv": "structuring.matrix",
    "clear_cell": "structuring.matrix",
    "close_pilot": "categories.pilot",
    "close_step": "steps",
    "confirm_cell": "structuring.matrix",
    "confirm_codings": "categories.staleness",
    "decide": "summarising.reduction",
    "draw_sample": "summarising.back_check",
    "drop": "summarising.units",
    "edit_explication": "structuring.explication",
    "edit_question": "asking",
    "edit_reduction": "summarising.bundling",
    "edit_type": "structuring.typology",
    "explicate": "structuring.explication",
    "generalise": "summarising.units",
    "judge": "summarising.back_check",
    "leave_over": "summarising.bundling",
    "lift": "summarising.bundling",
    "list_cells": "structuring.matrix_table",
    "list_questions": "question",
    "list_ratings": "structuring.rating_table",
    "load_questions": "question_form",
    "load_summary": "summarising.summary_form",
    "make_codes": "summarising.codes",
    "make_type": "structuring.typology",
    "merge_reductions": "summarising.bundling",
    "paraphrase": "summarising.units",
    "plot_emergence": "categories.plots",
    "plot_funnel": "summarising.funnel",
    "plot_ratings": "structuring.rating_figure",
    "plot_saturation": "categories.plots",
    "rate": "structuring.rating",
    "rate_csv": "structuring.rating",
    "read_outputs": "outputs",
    "remove_explication": "structuring.explication",
    "remove_reduction": "summarising.bundling",
    "remove_type": "structuring.typology",
    "remove_unit": "summarising.units",
    "return_to": "steps",
    "rewrite": "summarising.units",
    "table_back_check": "summarising.back_check_table",
    "table_candidates": "structuring.explication_table",
    "table_cases": "structuring.typology_table",
    "table_categories": "summarising.category_table",
    "table_emergence": "categories.emergence",
    "table_explications": "structuring.explication_table",
    "table_funnel": "summarising.funnel_table",
    "table_matrix": "structuring.matrix_table",
    "table_outline": "structuring.outline",
    "table_progress": "categories.progress",
    "table_ratings": "structuring.rating_table",
    "table_reviews": "categories.pilot",
    "table_saturation": "categories.saturation",
    "table_steps": "step_table",
    "table_subsumption": "categories.emergence",
    "table_summary": "summarising.summary_table",
    "table_surprises": "structuring.surprise",
    "table_types": "structuring.typology_table",
    "unassign": "structuring.typology",
    "unbundle": "summarising.bundling",
    "undecide": "summarising.reduction",
    "unrate": "structuring.rating",
    "write_cell": "structuring.matrix",
    "write_questions": "question_form",
}


def __getattr__(name: str) -> Any:
    if name in _LATER:
        import importlib

        return getattr(importlib.import_module(f"p3c_qual.mayring.{_LATER[name]}"), name)
    msg = f"module 'p3c_qual.mayring' has no attribute {name!r}"
    raise AttributeError(msg)
