"""Thick description: what an author writes on a programme, and what it rests on.

Sections in Markdown, quotes as spans with tracked edits, forms such as the fourteen fields of a
formal description, a ledger of facts, plan against practice. Nothing here is made by the program:
what is generated stands beside it in `p3c_qual.report`. Each function that changes something takes
the study first and is one act in its journal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from p3c_qual.description.answers import give_answer, remove_record
    from p3c_qual.description.citations import cite, uncite
    from p3c_qual.description.conflicts import list_conflicts
    from p3c_qual.description.contrasts import edit_contrast, remove_contrast, write_contrast
    from p3c_qual.description.facts import choose_fact, edit_fact, note_fact, remove_fact
    from p3c_qual.description.feedback import source_of_feedback
    from p3c_qual.description.form.loading import load_description
    from p3c_qual.description.form.writing import write_description
    from p3c_qual.description.forms import read_forms
    from p3c_qual.description.lint import check_description
    from p3c_qual.description.masking import mask_name
    from p3c_qual.description.name_table import table_names
    from p3c_qual.description.names import forget_name, keep_name
    from p3c_qual.description.outline import read_outline
    from p3c_qual.description.quote_tables import (
        table_findings,
        table_quote_balance,
        table_quotes,
    )
    from p3c_qual.description.quotes import (
        change_quote,
        edit_quote,
        make_quote,
        remove_quote,
        take_back_edit,
    )
    from p3c_qual.description.sections import (
        add_section,
        arrange_section,
        remove_section,
        write_section,
    )
    from p3c_qual.description.tables.barriers import table_barriers
    from p3c_qual.description.tables.components import table_components, table_taxonomy
    from p3c_qual.description.tables.elements import table_selfie_programmes
    from p3c_qual.description.tables.facts import table_facts
    from p3c_qual.description.tables.focus import list_focus, table_focus
    from p3c_qual.description.tables.formal import table_formal_description
    from p3c_qual.description.tables.lessons import table_lessons
    from p3c_qual.description.tables.matrix import list_framework_cells, table_framework_matrix
    from p3c_qual.description.tables.plans import (
        table_evaluation_plan,
        table_feedback,
        table_linked_evaluations,
        table_literature,
        table_service_models,
    )
    from p3c_qual.description.tables.practice import table_plan_practice
    from p3c_qual.description.tables.sampling import table_sampling
    from p3c_qual.description.tables.tasks import table_tasks
    from p3c_qual.description.tables.tenses import table_time_ordered
    from p3c_qual.description.tables.timeline import table_timeline

__all__ = [
    "add_section",
    "arrange_section",
    "change_quote",
    "check_description",
    "choose_fact",
    "cite",
    "edit_contrast",
    "edit_fact",
    "edit_quote",
    "forget_name",
    "give_answer",
    "keep_name",
    "list_conflicts",
    "list_focus",
    "list_framework_cells",
    "load_description",
    "make_quote",
    "mask_name",
    "note_fact",
    "read_forms",
    "read_outline",
    "remove_contrast",
    "remove_fact",
    "remove_quote",
    "remove_record",
    "remove_section",
    "source_of_feedback",
    "table_barriers",
    "table_components",
    "table_evaluation_plan",
    "table_facts",
    "table_feedback",
    "table_findings",
    "table_focus",
    "table_formal_description",
    "table_framework_matrix",
    "table_lessons",
    "table_linked_evaluations",
    "table_literature",
    "table_names",
    "table_plan_practice",
    "table_quote_balance",
    "table_quotes",
    "table_sampling",
    "table_selfie_programmes",
    "table_service_models",
    "table_tasks",
    "table_taxonomy",
    "table_time_ordered",
    "table_timeline",
    "take_back_edit",
    "uncite",
    "write_contrast",
    "write_description",
    "write_section",
]

# imported when first used, as everywhere in the package
_LATER = {
    "add_section": "sections",
    "arrange_section": "sections",
    "change_quote": "quotes",
    "check_description": "lint",
    "choose_fact": "facts",
    "cite": "citations",
    "edit_contrast": "contrasts",
    "edit_fact": "facts",
    "edit_quote": "quotes",
    "forget_name": "names",
    "give_answer": "answers",
    "keep_name": "names",
    "list_conflicts": "conflicts",
    "list_focus": "tables.focus",
    "list_framework_cells": "tables.matrix",
    "load_description": "form.loading",
    "make_quote": "quotes",
    "mask_name": "masking",
    "note_fact": "facts",
    "read_forms": "forms",
    "read_outline": "outline",
    "remove_contrast": "contrasts",
    "remove_fact": "facts",
    "remove_quote": "quotes",
    "remove_record": "answers",
    "remove_section": "sections",
    "source_of_feedback": "feedback",
    "table_barriers": "tables.barriers",
    "table_components": "tables.components",
    "table_evaluation_plan": "tables.plans",
    "table_facts": "tables.facts",
    "table_feedback": "tables.plans",
    "table_findings": "quote_tables",
    "table_focus": "tables.focus",
    "table_formal_description": "tables.formal",
    "table_framework_matrix": "tables.matrix",
    "table_lessons": "tables.lessons",
    "table_linked_evaluations": "tables.plans",
    "table_literature": "tables.plans",
    "table_names": "name_table",
    "table_plan_practice": "tables.practice",
    "table_quote_balance": "quote_tables",
    "table_quotes": "quote_tables",
    "table_sampling": "tables.sampling",
    "table_selfie_programmes": "tables.elements",
    "table_service_models": "tables.plans",
    "table_tasks": "tables.tasks",
    "table_taxonomy": "tables.components",
    "table_time_ordered": "tables.tenses",
    "table_timeline": "tables.timeline",
    "take_back_edit": "quotes",
    "uncite": "citations",
    "write_contrast": "contrasts",
    "write_description": "form.writing",
    "write_section": "sections",
}


def __getattr__(name: str) -> Any:
    if name in _LATER:
        import importlib

        return getattr(importlib.import_module(f"p3c_qual.description.{_LATER[name]}"), name)
    msg = f"module 'p3c_qual.description' has no attribute {name!r}"
    raise AttributeError(msg)
