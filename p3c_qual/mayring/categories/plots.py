"""Figures of research questions: the curves of their categories."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from p3c_qual.study import Study

__all__ = ["plot_emergence", "plot_saturation"]


def plot_emergence(study: Study, question: str) -> Figure:
    """Draw how many categories there were after each coding, in the order of the work.

    Parameters
    ----------
    study : Study
    question : str
        Key or row id.

    Returns
    -------
    matplotlib.figure.Figure
        A dot where a category was new.

    Raises
    ------
    P3CError
        If there is no such question, or nothing was coded under it.
    """
    from p3c_qual.mayring.categories import curves
    from p3c_qual.mayring.categories.emergence import table_subsumption

    return curves.plot_emergence(table_subsumption(study, question))


def plot_saturation(study: Study, what: str, *, group: str = "all", **options: Any) -> Figure:
    """Draw how categories accumulated over interviews, and where saturation was met.

    Parameters
    ----------
    study : Study
    what : str
        A research question (key or row id), or a codebook's key.
    group : str
        ``all``, or a stakeholder type where they are tabulated `by` type.
    **options
        Of `table_saturation`.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    P3CError
        As `table_saturation`; if there is no such group.
    """
    from p3c_qual.mayring.categories import curves
    from p3c_qual.mayring.categories.saturation import table_saturation

    return curves.plot_saturation(table_saturation(study, what, **options), group=group)
