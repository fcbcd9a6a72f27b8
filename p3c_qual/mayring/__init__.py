"""Mayring's qualitative content analysis, step by step.

A research question is asked with one of eight techniques and goes through its steps: what has to be
declared before coding, what each step needs before it can be closed, and which rule stands behind
each decision is data, and is looked at whoever asks. Each function that changes something takes the
study first and is one act in its journal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from p3c_qual.mayring.back_check import draw_sample, judge
    from p3c_qual.mayring.back_check_table import table_back_check
    from p3c_qual.mayring.bundling import (
        bundle,
        edit_reduction,
        leave_over,
        lift,
        merge_reductions,
        remove_reduction,
        unbundle,
    )
    from p3c_qual.mayring.category_table import table_categories
    from p3c_qual.mayring.codes import make_codes
    from p3c_qual.mayring.emergence import table_emergence, table_subsumption
    from p3c_qual.mayring.explication import edit_explication, explicate, remove_explication
    from p3c_qual.mayring.explication_table import table_candidates, table_explications
    from p3c_qual.mayring.files import write_table
    from p3c_qual.mayring.funnel import plot_funnel
    from p3c_qual.mayring.funnel_table import table_funnel
    from p3c_qual.mayring.kinds import make_table
    from p3c_qual.mayring.matrix import cells_csv, clear_cell, confirm_cell, write_cell
    from p3c_qual.mayring.matrix_table import list_cells, table_matrix
    from p3c_qual.mayring.outline import table_outline
    from p3c_qual.mayring.pilot import close_pilot, table_reviews
    from p3c_qual.mayring.plots import plot_emergence, plot_saturation
    from p3c_qual.mayring.progress import table_progress
    from p3c_qual.mayring.question import ask_question, edit_question, list_questions
    from p3c_qual.mayring.question_form import load_questions, write_questions
    from p3c_qual.mayring.rating import rate, rate_csv, unrate
    from p3c_qual.mayring.rating_figure import plot_ratings
    from p3c_qual.mayring.rating_table import list_ratings, table_ratings
    from p3c_qual.mayring.reduction import decide, undecide
    from p3c_qual.mayring.saturation import table_saturation
    from p3c_qual.mayring.staleness import confirm_codings
    from p3c_qual.mayring.steps import close_step, return_to
    from p3c_qual.mayring.summary_form import load_summary
    from p3c_qual.mayring.summary_table import table_summary
    from p3c_qual.mayring.surprise import table_surprises
    from p3c_qual.mayring.typology import assign, edit_type, make_type, remove_type, unassign
    from p3c_qual.mayring.typology_table import table_cases, table_types
    from p3c_qual.mayring.units import drop, generalise, paraphrase, remove_unit, rewrite

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
    "make_table",
    "make_type",
    "merge_reductions",
    "paraphrase",
    "plot_emergence",
    "plot_funnel",
    "plot_ratings",
    "plot_saturation",
    "rate",
    "rate_csv",
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
    "write_table",
]

# imported when first used, as everywhere in the package
_LATER = {
    "ask_question": "question",
    "assign": "typology",
    "bundle": "bundling",
    "cells_csv": "matrix",
    "clear_cell": "matrix",
    "close_pilot": "pilot",
    "close_step": "steps",
    "confirm_cell": "matrix",
    "confirm_codings": "staleness",
    "decide": "reduction",
    "draw_sample": "back_check",
    "drop": "units",
    "edit_explication": "explication",
    "edit_question": "question",
    "edit_reduction": "bundling",
    "edit_type": "typology",
    "explicate": "explication",
    "generalise": "units",
    "judge": "back_check",
    "leave_over": "bundling",
    "lift": "bundling",
    "list_cells": "matrix_table",
    "list_questions": "question",
    "list_ratings": "rating_table",
    "load_questions": "question_form",
    "load_summary": "summary_form",
    "make_codes": "codes",
    "make_table": "kinds",
    "make_type": "typology",
    "merge_reductions": "bundling",
    "paraphrase": "units",
    "plot_emergence": "plots",
    "plot_funnel": "funnel",
    "plot_ratings": "rating_figure",
    "plot_saturation": "plots",
    "rate": "rating",
    "rate_csv": "rating",
    "remove_explication": "explication",
    "remove_reduction": "bundling",
    "remove_type": "typology",
    "remove_unit": "units",
    "return_to": "steps",
    "rewrite": "units",
    "table_back_check": "back_check_table",
    "table_candidates": "explication_table",
    "table_cases": "typology_table",
    "table_categories": "category_table",
    "table_emergence": "emergence",
    "table_explications": "explication_table",
    "table_funnel": "funnel_table",
    "table_matrix": "matrix_table",
    "table_outline": "outline",
    "table_progress": "progress",
    "table_ratings": "rating_table",
    "table_reviews": "pilot",
    "table_saturation": "saturation",
    "table_subsumption": "emergence",
    "table_summary": "summary_table",
    "table_surprises": "surprise",
    "table_types": "typology_table",
    "unassign": "typology",
    "unbundle": "bundling",
    "undecide": "reduction",
    "unrate": "rating",
    "write_cell": "matrix",
    "write_questions": "question_form",
    "write_table": "files",
}


def __getattr__(name: str) -> Any:
    if name in _LATER:
        import importlib

        return getattr(importlib.import_module(f"p3c_qual.mayring.{_LATER[name]}"), name)
    msg = f"module 'p3c_qual.mayring' has no attribute {name!r}"
    raise AttributeError(msg)
