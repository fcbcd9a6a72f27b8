"""The chapter on a country: its fact box and the fifteen prompts, as they were answered."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from p3c_qual.description.forms import STATUSES, find_form
from p3c_qual.report.blocks import Box, Listing
from p3c_qual.report.formal import form_listing
from p3c_qual.report.model import Section
from p3c_qual.report.records import plural, say

if TYPE_CHECKING:
    from p3c_qual.description.model import Where
    from p3c_qual.report.blocks import Block
    from p3c_qual.report.named import Named

__all__ = ["macro_parts"]

FACTS, PROMPTS = "country_facts", "country_prompts"


def macro_parts(names: Named, where: Where) -> tuple[tuple[Block, ...], tuple[Section, ...]]:
    """Return the fact box, and a section for each segment with its prompts.

    What was looked for and not found is printed as that, and what nobody has answered as well.

    Parameters
    ----------
    names : Named
    where : Where
        The country.
    """
    box = Box(
        "box_country_facts", "The country in figures", (form_listing(names, FACTS, where),), "facts"
    )
    form = find_form(PROMPTS)
    entries = form_listing(names, PROMPTS, where).entries
    groups: dict[str, list[int]] = {}
    for at, item in enumerate(form.items):
        groups.setdefault(item.group, []).append(at)
    sections = tuple(
        Section(
            f"macro.{group.lower().replace(' ', '_')}",
            "",
            group,
            2,
            (Listing(tuple(entries[at] for at in places)),),
        )
        for group, places in groups.items()
    )
    return (box, _extent(names, where)), sections


def _extent(names: Named, where: Where) -> Block:
    """Say how many of the prompts are answered, and on what."""
    items = find_form(PROMPTS).items
    answers = names.description.answers_of(PROMPTS, where).get("", {})
    counts = Counter(answers[item.id].status for item in items if item.id in answers)
    filled = sum(
        bool(each.value) or each.status == "not_found"
        for item in items
        if (each := answers.get(item.id))
    )
    said = ", ".join(
        f"{counts[status]} {label.lower()}" for status, label in STATUSES.items() if counts[status]
    )
    text = f"{filled} of {plural(len(items), 'prompt')} looked into"
    return say(f"{text}: {said}." if said else f"{text}.")
