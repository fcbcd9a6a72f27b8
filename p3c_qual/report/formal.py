"""A form of a thick description as it is printed: each value with its status and its sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from p3c_qual.description.forms import STATUSES, find_form
from p3c_qual.report.blocks import Listing, Origin, Paragraph, Run

if TYPE_CHECKING:
    from p3c_qual.description.model import Answer, Citation, Where
    from p3c_qual.report.named import Named

__all__ = ["form_listing", "sources_of"]

OPEN = "not yet filled in"


def form_listing(names: Named, form: str, where: Where, *, record: str = "") -> Listing:
    """Return the items of a form with what is answered.

    Parameters
    ----------
    names : Named
        Holds the answers and finds what they rest on.
    form : str
        Key of the form.
    where : Where
        What it is filled in for.
    record : str
        Which line of a form that has several.

    Returns
    -------
    Listing
        One entry an item, in the order of the form. "Not found" is printed as it was answered;
        what nobody has answered says so.
    """
    asked = find_form(form)
    answers = names.description.answers_of(form, where).get(record, {})
    return Listing(
        tuple((item.label, _answered(names, answers.get(item.id))) for item in asked.items)
    )


def _answered(names: Named, answer: Answer | None) -> Paragraph:
    if answer is None or not (answer.value or answer.status):
        return Paragraph((Run(OPEN, Origin("study")),), "marker")
    origin = Origin("study", source=f"answer {answer.form}, {answer.item}")
    status = STATUSES.get(answer.status, "").lower()
    runs = [Run(answer.value or status, origin)]
    cited = sources_of(names, names.description.citations.get(answer.id, ()))
    said = status if answer.value else ""
    if said:
        runs.append(Run(f" ({said}", origin))
        runs += [Run(": ") if cited else Run(""), *cited, Run(")")]
    elif cited:
        runs += [Run(" ("), *cited, Run(")")]
    return Paragraph(tuple(run for run in runs if run.text))


def sources_of(names: Named, citations: tuple[Citation, ...]) -> list[Run]:
    """Return what something rests on, each place once, as it is referred to in a line."""
    runs: list[Run] = []
    seen: set[tuple[str, Origin | None]] = set()
    for each in citations:
        mention = names.cited(each)
        text = f"[{mention.text}]" if mention.kind == "document" else mention.text
        if (text, mention.origin) in seen:
            continue
        seen.add((text, mention.origin))
        runs += [Run(", ")] if runs else []
        runs.append(Run(text, mention.origin))
    return runs
