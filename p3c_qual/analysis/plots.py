"""Figures of a study: counts as a heat map, bars or a wheel, codes over a text, events over time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from p3c_qual.errors import P3CError, Problem

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from p3c_qual.study import Study

__all__ = ["plot_frequencies", "plot_portrait", "plot_selfie", "plot_timeline"]


def plot_frequencies(
    study: Study,
    *,
    by: str = "site",
    kind: Literal["heat", "bars"] = "heat",
    depth: int | None = None,
    **counting: Any,
) -> Figure:
    """Draw how often codes were given by group.

    Parameters
    ----------
    study : Study
    by : str
        What groups are made of, see `table_frequencies`.
    kind : str
        ``heat``: a map of codes by groups; ``bars``: a panel a group.
    depth : int, optional
        Only codes down to this depth; 1 shows the main codes.
    **counting
        ``count``, ``codebook``, ``coder``, ``round``, ``rate`` of `table_frequencies`.

    Returns
    -------
    matplotlib.figure.Figure
        With its caption: unit, denominators and reading set.

    Raises
    ------
    P3CError
        As `table_frequencies`.
    """
    from p3c_qual.analysis import figures
    from p3c_qual.analysis.frequencies import table_frequencies

    table = table_frequencies(study, by=by, **counting)
    return figures.plot_frequencies(table, kind=kind, depth=depth)


def plot_portrait(
    study: Study,
    *,
    source: str | None = None,
    programme: str | None = None,
    codebook: str = "selfie",
    depth: int = 1,
    coder: str | None = None,
    round: str | None = None,
) -> Figure:
    """Draw where codes were given in one source, or in all sources of a programme.

    Parameters
    ----------
    study : Study
    source, programme : str, optional
        One of them.
    codebook : str
    depth : int
        Down to which depth codes have a row of their own.
    coder, round : str, optional
        Whose codings; by default the main coder's of each source, in the round of first coding.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    P3CError
        If neither or both are named, or one is unknown, or nothing in it is coded.
    """
    from p3c_qual.analysis import portrait

    if (source is None) == (programme is None):
        raise P3CError(
            Problem(
                "a portrait is of one source or of one programme",
                do="Name a source or a programme.",
            )
        )
    only: dict[str, Any] = {"source": source} if source else {"programme": programme}
    codings = study.codings(**only, coder=coder, round=round or "main")
    sources = study.sources().set_index("source")
    mine = (
        sources[sources.index == source] if source else sources[sources["programme"] == programme]
    )
    if coder is None:
        main = codings["source"].map(mine["main_coder"])
        codings = codings[codings["coder"] == main]
    codes = study.codes(codebook)
    rows = codes[codes["depth"] <= depth]
    labels = dict(zip(rows["code"], rows["label"], strict=True))
    if not codings["code"].isin(codes["code"]).any():
        whose = f" by {coder}" if coder else ""
        what = f"there is nothing to draw: nothing in {source or programme} is coded{whose} with {codebook}"
        do = "Code something first, or name another coder or codebook."
        raise P3CError(Problem(what, do=do, code="empty"))
    if source:
        turns = study.parts(source, "turn")
        axis: Any = turns if len(turns) else mine["characters"].to_list()[0]
        return portrait.plot_portrait(codings, axis, codes=labels)
    # turns and characters cannot share an axis, and documents have no turns
    lengths = {str(key): int(length) for key, length in mine["characters"].to_dict().items()}
    return portrait.plot_portrait(codings, lengths, codes=labels)


def plot_selfie(
    study: Study, *, by: str = "programme", programme: str = "", country: str = "", **counting: Any
) -> Figure:
    """Draw who spoke of which segment of the framework at which level, as a wheel a group.

    Parameters
    ----------
    study : Study
    by : str
        What groups are made of, see `table_selfie`; ``all`` for everybody together.
    programme, country : str
        Only this programme, or the programmes of this country.
    **counting
        ``codebook``, ``coder`` and ``round`` of `table_selfie`.

    Returns
    -------
    matplotlib.figure.Figure
        With its caption: unit, denominators and reading set.

    Raises
    ------
    P3CError
        As `table_selfie`, or if there is no group, or nobody was interviewed.
    """
    from p3c_qual.analysis import radial
    from p3c_qual.analysis.framework import table_selfie

    table = table_selfie(study, by=by, programme=programme, country=country, **counting)
    sizes: dict[str, int] = table.attrs["denominators"]
    if sizes and not any(sizes.values()):
        whom = programme or country or "this study"
        what = f"there is nothing to draw: nobody was interviewed in {whom}"
        do = "Add its interviews, and say who speaks in them."
        raise P3CError(Problem(what, do=do, code="empty"))
    return radial.plot_selfie(table)


def plot_timeline(study: Study, *, programme: str = "") -> Figure:
    """Draw what a study holds with a date, in lanes.

    Parameters
    ----------
    study : Study
    programme : str
        Key; only what is about it or its sites.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    P3CError
        If there is no such programme, or nothing has a date.
    """
    from p3c_qual.analysis import timeline
    from p3c_qual.description.tables.timeline import table_timeline

    return timeline.plot_timeline(table_timeline(study, programme=programme))
