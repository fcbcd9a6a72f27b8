"""The names in what is printed: where each stands, and what was decided on it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from p3c_qual.description.checks.material import read_material
from p3c_qual.description.checks.quoted import names_in
from p3c_qual.description.names import fold_name

if TYPE_CHECKING:
    import pandas as pd

    from p3c_qual.description.checks.material import Material
    from p3c_qual.description.names import Named
    from p3c_qual.opened import Opened

__all__ = ["FoundName", "found_names", "table_names"]


@dataclass(frozen=True, slots=True)
class FoundName:
    """A name in what is printed.

    Attributes
    ----------
    name, kind : str
        As of `p3c_qual.description.names.Named`; without a kind where it is printed no more.
    quotes, places, sections : tuple of str
        Keys of quotes, source and position, keys of sections.
    kept : bool
        Whether it was decided that it may be printed.
    reason : str
    """

    name: str
    kind: str = ""
    quotes: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    kept: bool = False
    reason: str = ""


def table_names(study: Opened, *, programme: str = "") -> pd.DataFrame:
    """Return the names in quotes as they are printed, those first on which nothing is decided.

    The first time a language model is loaded.

    Parameters
    ----------
    study : Study
    programme : str
        Key or row id; empty for all. Then a name that was decided on and is printed no more is
        among them too.

    Returns
    -------
    DataFrame
        ``name``, ``kind`` (``person``, ``organisation``, ``place`` or empty), ``decided``
        (``yes`` or empty), ``reason``, ``places`` (source and position), ``sections`` and
        ``quotes`` (all str, what is several joined with ``; ``). ``attrs``: ``caption``,
        ``unit``, ``notes``.

    Raises
    ------
    P3CError
        If there is no such programme.
    """
    import pandas as pd

    with study.store.read() as connection:
        material = read_material(study, connection, programme)
    rows = [
        {
            "name": each.name,
            "kind": each.kind,
            "decided": "yes" if each.kept else "",
            "reason": each.reason,
            "places": "; ".join(each.places),
            "sections": "; ".join(each.sections),
            "quotes": "; ".join(each.quotes),
        }
        for each in found_names(material, study.settings.language)
    ]
    columns = ["name", "kind", "decided", "reason", "places", "sections", "quotes"]
    frame = pd.DataFrame(rows, columns=columns, dtype="str")
    frame.attrs = {
        "caption": "Names in quotations",
        "unit": "names in quotes as they are printed",
        "notes": ("Names are found by a language model and behind titles; some are passed over.",),
    }
    return frame


def found_names(material: Material, language: str) -> list[FoundName]:
    """Return the names in quotes, those first on which nothing is decided.

    Parameters
    ----------
    material : Material
    language : str
        Of translations, and of sources that name none.
    """
    kept = {fold_name(n): (n, reason) for n, reason in material.description.kept_names.items()}
    first: dict[str, Named] = {}
    quotes: dict[str, dict[str, None]] = defaultdict(dict)
    places: dict[str, dict[str, None]] = defaultdict(dict)
    sections: dict[str, dict[str, None]] = defaultdict(dict)
    for quote, named in names_in(material, language).items():
        source = material.voices.sources.get(quote.source)
        place = f"{source.key if source else 'removed'} {quote.start}-{quote.end}"
        for each in named:
            word = fold_name(each.name)
            first.setdefault(word, each)
            quotes[word][quote.key] = None
            places[word][place] = None
            for use in material.used.get(quote.key, ()):
                sections[word][use.section.section] = None
    found = [
        FoundName(
            each.name,
            each.kind,
            tuple(quotes[word]),
            tuple(places[word]),
            tuple(sections[word]),
            word in kept,
            kept.get(word, ("", ""))[1],
        )
        for word, each in first.items()
    ]
    # what was decided stays to be looked at where it is printed no more
    found += [
        FoundName(name, kept=True, reason=reason)
        for word, (name, reason) in kept.items()
        if word not in first and not material.chosen
    ]
    return sorted(found, key=lambda each: (each.kept, each.name.casefold()))
