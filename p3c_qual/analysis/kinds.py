"""The kinds of tables of a study, by the names people ask for them with."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["KINDS", "Kind"]

_STRUCTURING = ("theme", "scaling", "formal")


@dataclass(frozen=True)
class Kind:
    """A kind of table.

    Attributes
    ----------
    name : str
        What it is asked for with.
    caption : str
        What it shows.
    of : str
        What it is made of: ``question``, ``codebook``, ``question or codebook``, ``source`` or
        ``study``.
    home, function : str
        The module of the function that makes it, and its name.
    techniques : tuple of str
        Those of the questions it is made of; empty for all.
    given : tuple of str
        What else the function is asked with.
    """

    name: str
    caption: str
    of: str
    home: str
    function: str
    techniques: tuple[str, ...] = ()
    given: tuple[str, ...] = ()


_SUM, _IND, _OUT = ("summarising",), ("inductive",), "realist.outputs"
_TOLD = "description.tables"
_MEASURED = "instruments.tables"
_kinds = (
    Kind(
        "summary",
        "Summarising",
        "question",
        "mayring.summarising.summary_table",
        "table_summary",
        _SUM,
    ),
    Kind(
        "funnel", "Reduction", "question", "mayring.summarising.funnel_table", "table_funnel", _SUM
    ),
    Kind(
        *("categories", "Category system", "question"),
        *("mayring.summarising.category_table", "table_categories", _SUM),
    ),
    Kind(
        *("back-check", "Back-check", "question"),
        *("mayring.summarising.back_check_table", "table_back_check", _SUM),
    ),
    Kind(
        *("emergence", "Categories in the order in which they came up", "question"),
        *("mayring.categories.emergence", "table_emergence", _IND),
    ),
    Kind(
        *("subsumption", "Subsumption log", "question"),
        *("mayring.categories.emergence", "table_subsumption", _IND),
    ),
    Kind(
        *("saturation", "Saturation", "question or codebook"),
        *("mayring.categories.saturation", "table_saturation", (*_IND, *_STRUCTURING)),
    ),
    Kind(
        *("progress", "What was worked through", "question"),
        *("mayring.categories.progress", "table_progress"),
    ),
    Kind(
        *("pilot", "Pilot reviews", "question"),
        *("mayring.categories.pilot", "table_reviews", (*_IND, *_STRUCTURING)),
    ),
    Kind("agenda", "Coding agenda", "codebook", "codebook.agenda", "table_agenda"),
    Kind(
        *("confusions", "Categories that coders confused", "codebook"),
        *("codebook.confused", "table_confusions"),
    ),
    Kind("duty", "Codings to look at again", "codebook", "codebook.duty", "table_duty"),
    Kind("editions", "Frozen versions", "codebook", "codebook.editions", "list_editions"),
    Kind(
        *("matrix", "Framework matrix", "question"),
        *("mayring.structuring.matrix_table", "table_matrix", ("theme",)),
    ),
    Kind(
        *("cells", "Cells of the framework matrix", "question"),
        *("mayring.structuring.matrix_table", "list_cells", ("theme",)),
    ),
    Kind(
        *("ratings", "Levels of each ordinal category", "question"),
        *("mayring.structuring.rating_table", "table_ratings", ("scaling",)),
    ),
    Kind(
        "types",
        "Typology",
        "question",
        "mayring.structuring.typology_table",
        "table_types",
        ("type",),
    ),
    Kind(
        *("cases", "Cases along the dimension", "question"),
        *("mayring.structuring.typology_table", "table_cases", ("type",)),
    ),
    Kind("outline", "Structure outline", "source", "mayring.structuring.outline", "table_outline"),
    Kind(
        *("explications", "Explications", "study"),
        *("mayring.structuring.explication_table", "table_explications"),
    ),
    Kind(
        *("doubtful", "Unsure codings that nobody has explicated", "study"),
        *("mayring.structuring.explication_table", "table_candidates"),
    ),
    Kind("surprises", "Surprises", "study", "mayring.structuring.surprise", "table_surprises"),
    Kind("cmos", "Configurations", "study", f"{_OUT}.cmo_table", "table_cmos"),
    Kind(
        *("cmo-matrix", "Configurations by elements of a framework", "study"),
        *(f"{_OUT}.element_matrix", "table_cmo_matrix"),
    ),
    Kind(
        *("mechanisms", "One mechanism in different contexts", "study"),
        *(f"{_OUT}.patterns", "table_mechanisms"),
    ),
    Kind("regularities", "Demi-regularities", "study", f"{_OUT}.patterns", "table_regularities"),
    Kind("evolution", "Theories by version", "study", f"{_OUT}.evolution", "table_evolution"),
    Kind(
        *("disconfirming", "Evidence that speaks against", "study"),
        *(f"{_OUT}.disconfirming", "table_disconfirming"),
    ),
    Kind(
        *("completeness", "Triads, dyads and singles", "study"),
        *(f"{_OUT}.counts", "table_completeness"),
    ),
    Kind(
        *("searches", "Searches for negative cases", "study"),
        *("realist.negative.search_table", "table_searches"),
    ),
    Kind(
        *("logic-model", "Logic model, arrow by arrow", "study"),
        *("realist.logic.logic_table", "table_logic_model"),
    ),
    Kind(
        *("rameses", "RAMESES II reporting standards", "study"),
        *("standards.items", "table_standards"),
        given=("rameses_reporting",),
    ),
    Kind(
        *("rameses-quality", "RAMESES II quality standards", "study"),
        *("standards.items", "table_standards"),
        given=("rameses_quality",),
    ),
    Kind(
        "formal-description",
        "Formal description",
        "study",
        f"{_TOLD}.formal",
        "table_formal_description",
    ),
    Kind("facts", "Facts and what contradicts them", "study", f"{_TOLD}.facts", "table_facts"),
    Kind("plan-practice", "Plan and practice", "study", f"{_TOLD}.practice", "table_plan_practice"),
    Kind("components", "Component profile", "study", f"{_TOLD}.components", "table_components"),
    Kind("taxonomy", "Programmes by component", "study", f"{_TOLD}.components", "table_taxonomy"),
    Kind("service-models", "Service models", "study", f"{_TOLD}.plans", "table_service_models"),
    Kind("evaluation-plan", "Evaluation plan", "study", f"{_TOLD}.plans", "table_evaluation_plan"),
    Kind(
        "linked-evaluations",
        "Linked evaluations",
        "study",
        f"{_TOLD}.plans",
        "table_linked_evaluations",
    ),
    Kind("feedback", "Feedback log", "study", f"{_TOLD}.plans", "table_feedback"),
    Kind("literature", "Literature as evidence", "study", f"{_TOLD}.plans", "table_literature"),
    Kind(
        "sampling", "Sampling: who was interviewed", "study", f"{_TOLD}.sampling", "table_sampling"
    ),
    Kind("focus", "Focus areas by stakeholder type", "study", f"{_TOLD}.focus", "table_focus"),
    Kind(
        *("focus-counts", "Focus areas by stakeholder type, counted", "study"),
        *(f"{_TOLD}.focus", "list_focus"),
    ),
    Kind("tasks", "Tasks by chapter", "study", f"{_TOLD}.tasks", "table_tasks"),
    Kind(
        *("coreq", "COREQ checklist", "study"),
        *("standards.checklist", "table_checklist"),
        given=("coreq",),
    ),
    Kind(
        *("srqr", "SRQR checklist", "study"),
        *("standards.checklist", "table_checklist"),
        given=("srqr",),
    ),
    Kind(
        *("rameses-checklist", "RAMESES II checklist", "study"),
        *("standards.checklist", "table_checklist"),
        given=("rameses",),
    ),
    Kind("checks", "What the checks found", "study", "realist.judging.checks", "list_faults"),
    Kind("scores", "Scores by group and wave", "study", f"{_MEASURED}.scores", "table_scores"),
    Kind("change", "Before and after, by tier", "study", f"{_MEASURED}.change", "table_change"),
    Kind("missing", "What is missing", "study", f"{_MEASURED}.missing", "table_missing"),
    Kind("joint", "Numbers beside themes", "study", f"{_MEASURED}.joint", "table_joint"),
    Kind(
        *("service-use", "Use of services and cost", "study"),
        *(f"{_MEASURED}.service_use", "table_service_use"),
    ),
    Kind("measures", "Measures by tier", "study", f"{_MEASURED}.measures", "table_measures"),
    Kind(
        *("quotes", "Quotations, and what was done to them", "study"),
        *("description.quote_tables", "table_quotes"),
    ),
    Kind(
        *("quote-balance", "Whose words are quoted", "study"),
        *("description.quote_tables", "table_quote_balance"),
    ),
    Kind(
        *("findings", "What the checks of the description found", "study"),
        *("description.quote_tables", "table_findings"),
    ),
    Kind(
        *("framework-matrix", "Framework matrix in the author’s words", "study"),
        *(f"{_TOLD}.matrix", "table_framework_matrix"),
    ),
    Kind(
        *("framework-cells", "Cells of that matrix", "study"),
        *(f"{_TOLD}.matrix", "list_framework_cells"),
    ),
    Kind(
        *("time-ordered", "Implementation over time", "study"),
        *(f"{_TOLD}.tenses", "table_time_ordered"),
    ),
    Kind(
        *("barriers", "Barriers and facilitators", "study"),
        *(f"{_TOLD}.barriers", "table_barriers"),
    ),
    Kind(
        *("selfie-programmes", "Elements of the framework by programme", "study"),
        *(f"{_TOLD}.elements", "table_selfie_programmes"),
    ),
    Kind(
        *("lessons", "Highlights, challenges and advice", "study"),
        *(f"{_TOLD}.lessons", "table_lessons"),
    ),
    Kind(
        *("selfie", "Segments of the framework by level", "study"),
        *("analysis.framework", "table_selfie"),
    ),
    Kind("timeline", "Timeline", "study", f"{_TOLD}.timeline", "table_timeline"),
)
KINDS: dict[str, Kind] = {each.name: each for each in _kinds}
