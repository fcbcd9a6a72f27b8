"""Commands that draw."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from p3c_qual.cli.app import app, open_here
from p3c_qual.cli.reports import named_values
from p3c_qual.errors import P3CError, Problem, nearest

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.figure import Figure

    from p3c_qual.study import Study


class Kind(StrEnum):
    """A kind of figure."""

    heat = "heat"
    bars = "bars"
    portrait = "portrait"
    funnel = "funnel"
    emergence = "emergence"
    saturation = "saturation"
    ratings = "ratings"
    network = "network"
    logic_model = "logic-model"
    change = "change"
    selfie = "selfie"
    timeline = "timeline"


OF_QUESTIONS = {Kind.funnel, Kind.emergence, Kind.saturation, Kind.ratings}


@app.command()
def figure(
    kind: Annotated[Kind, typer.Argument(metavar="KIND", help=f"{', '.join(Kind)}.")],
    to: Annotated[Path, typer.Option("--to", readable=False, help="Its PNG and SVG, by one name.")],
    by: Annotated[
        str,
        typer.Option(
            help="What groups are made of; default site, of ratings and selfie programme."
        ),
    ] = "",
    count: Annotated[str, typer.Option(help="segments, interviewees or programmes.")] = "segments",
    codebook: Annotated[
        str, typer.Option("--codebook", help="Its key; default selfie, or the question's.")
    ] = "",
    depth: Annotated[int, typer.Option(min=0, help="Codes down to this depth; 0 for all.")] = 0,
    source: Annotated[str, typer.Option(help="The source of a portrait.")] = "",
    programme: Annotated[
        str, typer.Option(help="The programme of a portrait, a network, a selfie or a timeline.")
    ] = "",
    theory: Annotated[str, typer.Option(help="The theory that a network's claims test.")] = "",
    coder: Annotated[str, typer.Option(help="Count this coder's codings.")] = "",
    round: Annotated[str, typer.Option(help="Count this round.")] = "",
    question: Annotated[
        str, typer.Option(help="A research question; funnel, emergence, saturation, ratings.")
    ] = "",
    parameters: Annotated[
        list[str] | None,
        typer.Option(
            "-p", metavar="NAME VALUE", help="Of the table drawn, such as: -p order random."
        ),
    ] = None,
) -> None:
    """Draw a figure, as PNG and SVG.

    heat and bars count codes by groups, portrait shows where codes were given. Of a research
    question: funnel is the reduction of a summarising, emergence and saturation are the curves
    of its categories, ratings the levels given. Of the realist layer: network is which outcome
    becomes whose context, logic-model the logic model with what its arrows rest on. Of what was
    measured: change is before and after, tier by tier. Of a programme: selfie is the wheel of
    the framework, timeline what has a date.
    """
    from p3c_qual.analysis.canvas import save_figure
    from p3c_qual.analysis.plots import plot_frequencies, plot_portrait

    with open_here() as study:
        if kind in OF_QUESTIONS:
            options = named_values(parameters or [])
            if kind in {Kind.ratings, Kind.saturation}:
                whose = {"coder": coder, "round": round}
                options = {**{name: value for name, value in whose.items() if value}, **options}
            drawn = _of_question(study, kind, question, codebook, by, options)
        elif kind in {Kind.network, Kind.logic_model, Kind.change}:
            options = named_values(parameters or [])
            named = {"programme": programme, "theory": theory} if kind is Kind.network else {}
            if kind is Kind.change:
                named = {"programme": programme, **({"by": by} if by else {})}
            drawn = _of_layer(study, kind, {**named, **options})
        elif kind in {Kind.selfie, Kind.timeline}:
            whose = {"coder": coder, "round": round, "codebook": codebook, "by": by}
            named = whose if kind is Kind.selfie else {}
            named = {name: value for name, value in named.items() if value}
            options = {"programme": programme, **named, **named_values(parameters or [])}
            drawn = _of_programme(study, kind, options)
        elif kind is Kind.portrait:
            drawn = plot_portrait(
                study,
                source=source or None,
                programme=programme or None,
                codebook=codebook or "selfie",
                depth=depth or 1,
                coder=coder or None,
                round=round or None,
            )
        else:
            drawn = plot_frequencies(
                study,
                by=by or "site",
                kind="heat" if kind is Kind.heat else "bars",
                depth=depth or None,
                count=count,
                codebook=codebook or "selfie",
                coder=coder or None,
                round=round or None,
            )
    for path in save_figure(drawn, to):
        typer.echo(f"Wrote {path}.")


def _of_layer(study: Study, kind: Kind, options: dict[str, Any]) -> Figure:
    """Draw the network of configurations, the logic model, or what changed between two waves."""
    from p3c_qual.instruments import plot_change
    from p3c_qual.realist.logic.logic_figure import plot_logic_model
    from p3c_qual.realist.outputs.network import plot_network

    plots: dict[Kind, Callable[..., Figure]] = {
        Kind.network: plot_network,
        Kind.logic_model: plot_logic_model,
        Kind.change: plot_change,
    }
    return _plotted(plots[kind], study, kind, options)


def _of_programme(study: Study, kind: Kind, options: dict[str, Any]) -> Figure:
    """Draw the wheel of the framework, or the timeline."""
    from p3c_qual.analysis.framework import table_selfie
    from p3c_qual.analysis.plots import plot_selfie, plot_timeline

    if kind is Kind.timeline:
        return _plotted(plot_timeline, study, kind, options)
    return _plotted(plot_selfie, study, kind, options, like=table_selfie)


def _plotted(
    plot: Callable[..., Figure],
    study: Study,
    kind: Kind,
    options: dict[str, Any],
    *,
    like: Callable[..., Any] | None = None,
) -> Figure:
    """Draw with what was asked for; `like` names the parameters that the figure passes on."""
    import inspect

    valid = [name for name in inspect.signature(like or plot).parameters if name != "study"]
    if wrong := [name for name in options if name not in valid]:
        what = f"the figure {kind.value!r} has no parameter {wrong[0]!r}"
        raise P3CError(Problem(what, "", tuple(valid), nearest(wrong[0], valid)))
    return plot(study, **options)


def _of_question(
    study: Study, kind: Kind, question: str, codebook: str, by: str, options: dict[str, Any]
) -> Figure:
    """Draw a table of a content analysis."""
    from p3c_qual.analysis.asked_table import make_table

    named: dict[str, Any] = {"question": question, "codebook": codebook}
    if kind is Kind.funnel:
        from p3c_qual.mayring.summarising.funnel import draw_funnel

        return draw_funnel(make_table(study, "funnel", **named, **options))
    if kind is Kind.ratings:
        from p3c_qual.mayring.structuring.rating_figure import draw_ratings

        shown = {name: options.pop(name) for name in ("unit", "code") if name in options}
        table = make_table(study, "ratings", **named, by=by or "programme", **options)
        return draw_ratings(table, **shown)
    from p3c_qual.mayring.categories.curves import plot_emergence, plot_saturation

    if kind is Kind.emergence:
        return plot_emergence(make_table(study, "subsumption", **named, **options))
    group = str(options.pop("group", "all"))
    grouped = {"by": by} if by else {}
    table = make_table(study, "saturation", **named, **grouped, **options)
    return plot_saturation(table, group=group)
