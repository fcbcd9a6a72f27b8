"""Commands that draw."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from p3c_qual.cli.app import app, open_here


class Kind(StrEnum):
    """A kind of figure."""

    heat = "heat"
    bars = "bars"
    portrait = "portrait"


@app.command()
def figure(
    kind: Annotated[Kind, typer.Argument(metavar="KIND", help="heat, bars or portrait.")],
    to: Annotated[Path, typer.Option("--to", readable=False, help="File without its ending.")],
    by: Annotated[str, typer.Option(help="What groups are made of; heat and bars.")] = "site",
    count: Annotated[str, typer.Option(help="segments, interviewees or programmes.")] = "segments",
    codebook: Annotated[str, typer.Option("--codebook", help="Its key.")] = "selfie",
    depth: Annotated[int, typer.Option(min=0, help="Codes down to this depth; 0 for all.")] = 0,
    source: Annotated[str, typer.Option(help="The source of a portrait.")] = "",
    programme: Annotated[str, typer.Option(help="The programme of a portrait.")] = "",
    coder: Annotated[str, typer.Option(help="Count this coder's codings.")] = "",
    round: Annotated[str, typer.Option(help="Count this round.")] = "",
) -> None:
    """Draw a heat map, bars or a portrait, as PNG and SVG."""
    from p3c_qual.analysis.canvas import save_figure
    from p3c_qual.analysis.plots import plot_frequencies, plot_portrait

    with open_here() as study:
        if kind is Kind.portrait:
            drawn = plot_portrait(
                study,
                source=source or None,
                programme=programme or None,
                codebook=codebook,
                depth=depth or 1,
                coder=coder or None,
                round=round or None,
            )
        else:
            drawn = plot_frequencies(
                study,
                by=by,
                kind="heat" if kind is Kind.heat else "bars",
                depth=depth or None,
                count=count,
                codebook=codebook,
                coder=coder or None,
                round=round or None,
            )
    for path in save_figure(drawn, to):
        typer.echo(f"Wrote {path}.")
