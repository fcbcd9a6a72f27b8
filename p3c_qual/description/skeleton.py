"""The skeleton of a report on a programme: which sections there are before an author changes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["APPENDICES", "FORMAL", "SUBSTRUCTURE", "Place", "country_skeleton", "skeleton"]

#: what a section tells: the surface, from documents, or how and why, from interviews
FORMAL, SUBSTRUCTURE = "formal", "substructure"


@dataclass(frozen=True, slots=True)
class Place:
    """A section of the skeleton.

    Attributes
    ----------
    key : str
        Unique in a report.
    title : str
    under : str
        Key of the section it is part of; empty at the top.
    level : str
        ``formal``, ``substructure`` or empty where neither is meant.
    code : str
        The code whose passages are its material, ``codebook:key``; empty where it has none.
    tasks : tuple of str
        Which of the tasks 1 to 8 and TS it serves.
    kind : str
        ``chapter``, ``summary``, ``record`` (made of what the study holds alone) or ``appendix``.
    prompt : str
        What is written here, for whoever has not begun.
    """

    key: str
    title: str
    under: str = ""
    level: str = ""
    code: str = ""
    tasks: tuple[str, ...] = ()
    kind: str = "chapter"
    prompt: str = ""


#: by segment of the framework, the tasks its chapter serves
_TASKS = {
    "service_delivery": ("1", "3", "4", "6"),
    "leadership_governance": ("1", "2"),
    "workforce": ("7",),
    "technologies_medical_products": ("5",),
    "information_research": ("8",),
    "financing": ("TS",),
    "implementation": ("2",),
}
_SELF_MANAGEMENT = "selfie:service_delivery.micro.self_management_support"
_IMPLEMENTATION = "implementation"
_TENSES = {
    "historical": "Historical information",
    "present": "Present information",
    "future": "Future implementation and development",
}

APPENDICES = (
    Place("interview_partners", "Interview partners", kind="appendix"),
    Place("sampling", "Sampling and coverage", kind="appendix"),
    Place("originals", "Quotations in their original language", kind="appendix"),
    Place("quotations", "Quotations, and what was done to them", kind="appendix"),
    Place("facts", "Facts and what contradicts them", kind="appendix"),
    Place("plan_practice", "Plan and practice", kind="appendix"),
    Place("configurations", "Configurations of context, mechanism and outcome", kind="appendix"),
    Place("instruments", "Measures beside themes", kind="appendix"),
    Place("method_note", "Method note", kind="appendix"),
    Place("content_analysis", "How the content analysis was done", kind="appendix"),
    Place("agreement", "Agreement between coders", kind="appendix"),
    Place("audit", "Audit trail", kind="appendix"),
    Place("checklists", "Reporting checklists", kind="appendix"),
)


def skeleton(chapters: Sequence[tuple[str, str]], *, codebook: str = "selfie") -> tuple[Place, ...]:
    """Return the sections of a report on a programme, in order.

    Parameters
    ----------
    chapters : sequence of (str, str)
        Key and label of the codes at the top of the codebook.
    codebook : str

    Examples
    --------
    >>> [place.key for place in skeleton([("workforce", "Workforce")])][:4]
    ['summary', 'summary.workforce', 'basic_information', 'workforce']
    """
    places = [
        Place(
            "summary",
            "Executive summary",
            kind="summary",
            prompt="What a reader in a hurry has to know of the programme, in a few sentences.",
        )
    ]
    # implementation runs through the segments; it is a chapter, and no segment of the framework
    segments = [each for each in chapters if each[0] != _IMPLEMENTATION]
    places += [
        Place(f"summary.{key}", label, "summary", kind="summary", prompt="Two or three sentences.")
        for key, label in segments
    ]
    places.append(Place("basic_information", "Basic information", level=FORMAL, kind="record"))
    for key, label in chapters:
        code, tasks = f"{codebook}:{key}", _TASKS.get(key, ())
        places.append(Place(key, label, level=SUBSTRUCTURE, code=code, tasks=tasks))
        if codebook == "selfie":
            places += _below(key, code)
    places.append(Place("discussion", "Discussion"))
    places += [
        Place(
            "general_discussion",
            "General discussion",
            "discussion",
            prompt="What stands out, what surprised, what the material does not tell.",
        ),
        Place(
            "distinctive",
            "What is distinctive here",
            "general_discussion",
            prompt="In what way is this programme unlike the others?",
        ),
        Place("in_context", "The programme in the context of the framework", "discussion"),
    ]
    places += [
        Place(f"in_context.{key}", label, "in_context", code=f"{codebook}:{key}")
        for key, label in segments
    ]
    places.append(Place("references", "References", kind="record"))
    return (*places, *APPENDICES)


def _below(key: str, code: str) -> list[Place]:
    """Return the sections of a chapter that is told in several."""
    if key == "service_delivery":
        design, tasks = "Design of delivery of care", ("1", "3", "4")
        title = "Self-management interventions"
        return [
            Place("design_of_delivery", design, key, SUBSTRUCTURE, code, tasks),
            Place("self_management", title, key, SUBSTRUCTURE, _SELF_MANAGEMENT, ("6",)),
        ]
    if key == _IMPLEMENTATION:
        return [
            Place(f"{key}.{tense}", title, key, SUBSTRUCTURE, f"{key}:{tense}", ("2",))
            for tense, title in _TENSES.items()
        ]
    return []


def country_skeleton() -> tuple[Place, ...]:
    """Return the sections of a report on a country, around its programmes."""
    return (
        Place(
            "summary",
            "Executive summary",
            kind="summary",
            prompt="What the programmes tell together.",
        ),
        Place("method", "Methodological approach", prompt="Added to what the records tell."),
        Place("macro", "The country’s health and social care", kind="record"),
        Place("across", "Across the programmes", kind="record"),
        Place("acknowledgements", "Acknowledgements and funding"),
    )
