"""What happened to the source of a quote or a cited place since it was chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from p3c_qual.analysis.known import KnownSource
    from p3c_qual.description.model import Citation, Quote

__all__ = ["stale_of"]


def stale_of(sources: Mapping[str, KnownSource], place: Quote | Citation) -> str:
    """Return what happened to a place's source in words; empty where it stands as it was.

    Parameters
    ----------
    sources : mapping of str to KnownSource
        By row id.
    place : Quote or Citation
    """
    source = sources.get(place.source)
    if source is None:
        return "its source was removed"
    if place.text is None:
        return ""
    if source.text is None:
        return f"the text of {source.key} was erased"
    if source.text != place.text:
        return f"{source.key} has a newer text than the one it was chosen from"
    return "" if place.quote else f"its words in {source.key} were erased"
