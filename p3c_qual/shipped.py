"""What comes with the package: codebooks, notebooks, the example study's originals."""

from __future__ import annotations

from pathlib import Path

from p3c_qual.errors import P3CError, Problem

__all__ = ["shipped_path"]


def shipped_path(relative: str) -> Path:
    """Return the path of something shipped.

    In an installed package it lies beside the modules, in a checkout at the top level.

    Raises
    ------
    P3CError
        If it is not there.

    Examples
    --------
    >>> shipped_path("codebooks/selfie.yml").name
    'selfie.yml'
    """
    here = Path(__file__).parent
    for place in (here / "shipped" / relative, here.parent / relative):
        if place.exists():
            return place
    raise P3CError(
        Problem(f"{relative} is missing from the installation", do="Install p3c_qual again.")
    )
