"""The page on what the report view's forms ask, and on the register of instruments."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from p3c_qual.description.forms import Form
    from p3c_qual.instruments.definition import Instrument

__all__ = ["page"]

_HEAD = """\
# Forms and instruments

What the panel *Forms* of the Report view asks, and what the register holds of instruments. In files
a form and its items are called as they stand here in code; [formats.md](formats.md#the-folder-of-a-description)
says how the files look.
"""
_INSTRUMENTS = """\
## Instruments of the register

What is public of each: how it is built and scored. No wording of an item and no conversion key is
part of the program; ask the owner. `p3c measures take KEY` takes one into a study, and
`p3c measures load FILE` one of your own ([formats.md](formats.md#instruments)).
"""
#: what a form is about, as people say it
_OF = {
    "programme": "a programme",
    "site": "a site",
    "country": "a country",
    "study": "the study",
}


def page() -> str:
    """Write the page."""
    from p3c_qual.description.forms import read_forms
    from p3c_qual.instruments.register import read_register

    lines = [_HEAD]
    for form in read_forms().values():
        lines += [*_form(form), ""]
    lines.append(_INSTRUMENTS)
    for instrument in read_register().values():
        lines += [*_instrument(instrument), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _form(form: Form) -> list[str]:
    about = " or ".join(_OF[each] for each in form.about)
    extent = "several lines" if form.several else f"{len(form.items)} items"
    if form.records_of:
        extent = f"a line for each of {', '.join(each.id for each in form.records_of)}"
    rests = "; each answer documented, from an interview or not found" if form.statuses else ""
    lines = [f"## {form.label}", "", f"`{form.key}`, of {about}; {extent}{rests}. {form.hint}"]
    grouped = any(each.group for each in form.items)
    head = ("of", "item", "asks") if grouped else ("item", "asks")
    lines += ["", f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    for item in form.items:
        asks = f"**{item.label}.** {item.hint}"
        if item.choices:
            asks += f" One of {', '.join(f'`{each.id}`' for each in item.choices)}."
        cells = (item.group, f"`{item.id}`", asks) if grouped else (f"`{item.id}`", asks)
        lines.append(f"| {' | '.join(_flat(each) for each in cells)} |")
    return lines


def _instrument(each: Instrument) -> list[str]:
    scales = [scale.label for scale in each.scales if not scale.step and scale.label]
    facts = {
        "looks at": f"{each.domain}: {each.about}",
        "items": f"{len(each.items)}" if each.items else "declared in a file of your own",
        "scales": ", ".join(scales),
        "cut-points": "; ".join(f"{bands.name} ({bands.date})" for bands in each.bands),
        "licence": each.licence,
        "source": each.source,
    }
    lines = [f"### {each.label}", "", f"`{each.key}`", "", "| | |", "|---|---|"]
    lines += [f"| {name} | {_flat(said)} |" for name, said in facts.items() if said]
    if each.notes:
        lines += ["", *(f"- {_flat(note)}" for note in each.notes)]
    return lines


def _flat(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
