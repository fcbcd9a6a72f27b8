"""Commands on programme theories and on context-mechanism-outcome configurations."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from p3c_qual.cli.app import app, open_here
from p3c_qual.cli.out import Form, FormOption, dump, many, show, show_rows

if TYPE_CHECKING:
    import pandas as pd

theories = typer.Typer(help="List, show and check programme theories.", no_args_is_help=True)
app.add_typer(theories, name="theory")
cmos = typer.Typer(
    help="List, check and load configurations; find negative cases.", no_args_is_help=True
)
app.add_typer(cmos, name="cmo")

Theory = Annotated[str, typer.Argument(metavar="KEY", help="Key of the theory.")]
Cmo = Annotated[str, typer.Argument(metavar="KEY", help="Key of the configuration.")]
To = Annotated[Path, typer.Argument(metavar="FILE", readable=False, help="YAML to be written.")]
Coder = Annotated[str, typer.Option(help="Whose work it is; default you.")]


class SearchKind(StrEnum):
    """What a search for negative cases looks for."""

    context_without_outcome = "context_without_outcome"
    outcome_without_mechanism = "outcome_without_mechanism"
    mechanism_with_opposite = "mechanism_with_opposite"


@theories.command(name="list")
def list_theories(form: FormOption = Form.table) -> None:
    """List the theories by version, with what tests each and what is said of it as a whole."""
    from p3c_qual.realist.outputs.evolution import table_evolution

    with open_here() as study:
        frame = table_evolution(study)
    if form is Form.table:
        frame = frame[
            [
                *("key", "version", "label", "status", "programme", "configurations"),
                *("theory_supports", "theory_contradicts", "theory_rival", "searches"),
            ]
        ]
    show(frame, form)


@theories.command(name="show")
def show_theory(theory: Theory, form: FormOption = Form.table) -> None:
    """Show a theory: if, then, because, its passages, its versions."""
    from p3c_qual.realist.outputs import shown

    with open_here() as study:
        _pairs(shown.show_theory(study, theory), form)


@theories.command(name="check")
def check_theories(form: FormOption = Form.table) -> None:
    """List what there is to look at in the theories."""
    _faults("theory", form)


@theories.command(name="export")
def export_theories(file: To) -> None:
    """Write the theories as YAML."""
    _write(file, "theories")


@cmos.command(name="list")
def list_cmos(
    programme: Annotated[str, typer.Option(help="Only of this programme.")] = "",
    theory: Annotated[str, typer.Option(help="Only those that test this theory.")] = "",
    mechanism: Annotated[str, typer.Option(help="Only with this named mechanism.")] = "",
    strength: Annotated[
        bool, typer.Option("--strength", help="With a label by our own thresholds.")
    ] = False,
    form: FormOption = Form.table,
) -> None:
    """List the configurations that stand, with what each rests on."""
    with open_here() as study:
        frame = study.cmos(
            programme=programme, theory=theory, mechanism=mechanism, strength=strength
        )
    notes = frame.attrs["notes"]
    if form is Form.table:
        frame = frame[
            [
                *("key", "label", "programme", "theory", "completeness", "interviewees"),
                *("supports", "refines", "contradicts", "rival", "open"),
                *(["strength"] if strength else []),
            ]
        ]
    show(frame, form)
    for note in notes[1:]:
        typer.echo(note, err=True)


@cmos.command(name="show")
def show_cmo(configuration: Cmo, form: FormOption = Form.table) -> None:
    """Show a configuration: its elements, passages, links, checks."""
    from p3c_qual.realist.outputs import shown

    with open_here() as study:
        _pairs(shown.show_cmo(study, configuration), form)


@cmos.command(name="check")
def check_cmos(form: FormOption = Form.table) -> None:
    """List what there is to look at in the configurations."""
    _faults("configuration", form)


@cmos.command(name="export")
def export_cmos(file: To) -> None:
    """Write theories, configurations and what hangs on them as YAML."""
    _write(file, "all")


@cmos.command(name="load")
def load_cmos(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", readable=False, help="YAML, as cmo export writes it.")
    ],
    coder: Coder = "",
) -> None:
    """Take theories and configurations in, all or nothing."""
    from p3c_qual.realist.form.form import load_realist

    with open_here(acts=True) as study:
        done = load_realist(study, file, coder=coder or None)
    left = done.pop("left", 0)
    changed = ", ".join(f"{name} {count:,}" for name, count in done.items() if count)
    typer.echo(f"Took in, new or different: {changed}." if changed else f"{file}: nothing changed.")
    if left:
        typer.echo(f"{many(left, 'row')} of the study not named in the file stay.", err=True)


@cmos.command()
def candidates(
    top: Annotated[int, typer.Option(min=1, help="How many.")] = 10,
    source: Annotated[str, typer.Option(help="Look in this source alone.")] = "",
    programme: Annotated[str, typer.Option(help="Look in this programme alone.")] = "",
    form: FormOption = Form.table,
) -> None:
    """Rank passages in which a configuration may stand; you decide."""
    from p3c_qual.realist.candidates.finding import find_candidates

    with open_here() as study:
        frame = find_candidates(study, top=top, source=source, programme=programme)
    attrs = frame.attrs
    if form is Form.table:
        frame = frame[["source", "start", "end", "score", "used", "why", "text"]]
    show(frame, form)
    typer.echo(str(attrs["caption"]), err=True)
    for notice in attrs.get("notices") or ():
        typer.echo(notice, err=True)


@cmos.command()
def search(
    configuration: Cmo,
    kind: Annotated[SearchKind, typer.Argument(metavar="KIND", help=f"{', '.join(SearchKind)}.")],
    coder: Coder = "",
    form: FormOption = Form.table,
) -> None:
    """Search for negative cases, log it, and say who was silent.

    What is said to be absent is a negative case; what nobody spoke of is none.
    """
    from p3c_qual.realist.negative.search import search_negative
    from p3c_qual.realist.outputs.negative_rows import NEGATIVE, negative_rows

    with open_here(acts=True) as study:
        made = search_negative(study, configuration, kind.value, coder=coder or None)
        said, rows = negative_rows(study, made)
    if rows or form is not Form.table:
        show_rows(list(NEGATIVE), rows, form)
    typer.echo(said, err=True)


def _faults(of: str, form: Form) -> None:
    from p3c_qual.realist.judging.checks import list_faults

    with open_here() as study:
        frame: pd.DataFrame = list_faults(study)
    frame = frame[frame[of] != ""]
    if frame.empty and form is Form.table:
        typer.echo("Nothing to look at.")
        return
    show(frame[[of, "check", "what", "do"]] if form is Form.table else frame, form)


def _write(file: Path, only: str) -> None:
    from p3c_qual.realist.form.write import write_realist

    with open_here() as study:
        write_realist(study, file, only=only)
    typer.echo(f"Wrote {file}.")


def _pairs(pairs: list[tuple[str, str]], form: Form) -> None:
    """Print terms and what is said under each."""
    rows: list[dict[str, Any]] = [{"what": name, "value": value} for name, value in pairs]
    if form is Form.json:
        dump(rows)
    elif form is Form.csv:
        show_rows(["what", "value"], rows, form)
    else:
        width = max((len(name) for name, _ in pairs), default=0)
        for name, value in pairs:
            typer.echo(f"{name.ljust(width)}  {' '.join(value.split())}")
