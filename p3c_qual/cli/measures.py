"""Commands on instruments and on what they measured."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from p3c_qual.cli.app import app, open_here
from p3c_qual.cli.out import Form, FormOption, many, show, write_text

measures = typer.Typer(
    help="List and take in instruments, questionnaires and figures.", no_args_is_help=True
)
app.add_typer(measures, name="measures")

Table = Annotated[
    Path, typer.Argument(metavar="FILE", readable=False, help="A table: .csv or .xlsx.")
]


@measures.command(name="list")
def list_measures(form: FormOption = Form.table) -> None:
    """List the instruments of the register and of the study, by the tier they look at."""
    from p3c_qual.instruments import table_measures

    with open_here() as study:
        frame = table_measures(study)
    if form is Form.table:
        frame = frame[["key", "measure", "scales", "taken", "filled", "waves", "licence"]]
    show(frame, form)


@measures.command()
def take(
    instrument: Annotated[str, typer.Argument(metavar="KEY", help="Key in the register.")],
) -> None:
    """Take an instrument of the register into the study."""
    from p3c_qual.instruments import take_instrument

    with open_here(acts=True) as study:
        new = take_instrument(study, instrument)
    typer.echo(f"Took in {instrument}." if new else f"{instrument} is in the study already.")


@measures.command()
def load(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", readable=False, help="YAML, as export writes it.")
    ],
) -> None:
    """Take in instruments of your own, all or nothing."""
    from p3c_qual.instruments import load_instruments
    from p3c_qual.sources.decode import decode
    from p3c_qual.sources.recognise import read_data

    text = decode(read_data(file), where=str(file)).text
    with open_here(acts=True) as study:
        count = load_instruments(study, text, name=file.name)
    said = f"Took in, new or different: {many(count, 'instrument')}."
    typer.echo(said if count else f"{file}: nothing changed.")


@measures.command()
def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="YAML to be written.")],
    register: Annotated[
        bool, typer.Option("--register", help="Those of the register, to begin your own with.")
    ] = False,
) -> None:
    """Write the instruments of the study as YAML."""
    from p3c_qual.instruments import instruments_text, read_register
    from p3c_qual.instruments.form import form_text

    if register:
        write_text(file, form_text(read_register().values()))
    else:
        with open_here() as study:
            write_text(file, instruments_text(study))
    typer.echo(f"Wrote {file}.")


@measures.command()
def responses(
    instrument: Annotated[str, typer.Argument(metavar="INSTRUMENT", help="Its key.")],
    file: Table,
    conversion: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", readable=False, help="Your licensed conversion table; it is not kept."
        ),
    ] = None,
) -> None:
    """Take in filled-in questionnaires: one row a respondent and wave, by pseudonym only."""
    from p3c_qual.instruments import load_responses

    with open_here(acts=True) as study:
        done = load_responses(study, instrument, file, conversion=conversion)
    typer.echo(f"Took in {many(done['new'], 'questionnaire')}; {done['same']:,} were there.")
    if done["converted"]:
        typer.echo(f"Converted {many(done['converted'], 'questionnaire')} that were there.")


@measures.command()
def aggregates(file: Table) -> None:
    """Take in figures of groups: use of services, and cost."""
    from p3c_qual.instruments import load_aggregates
    from p3c_qual.instruments.aggregates import FEWEST

    with open_here(acts=True) as study:
        done = load_aggregates(study, file)
    typer.echo(f"Took in {many(done['new'], 'figure')}; {done['same']:,} were there.")
    if done["small"]:
        said = f"{many(done['small'], 'figure')} on fewer than {FEWEST} people: kept, not printed."
        typer.echo(said, err=True)


@measures.command()
def forget(
    instrument: Annotated[str, typer.Argument(metavar="INSTRUMENT", help="Its key.")],
    respondent: Annotated[str, typer.Argument(metavar="RESPONDENT", help="The pseudonym.")],
    wave: Annotated[str | None, typer.Option(help="Only this wave; by default all.")] = None,
) -> None:
    """Take away what a respondent filled in."""
    from p3c_qual.instruments import remove_response

    with open_here(acts=True) as study:
        count = remove_response(study, instrument, respondent, wave=wave)
    typer.echo(f"Removed {many(count, 'questionnaire')} of {respondent}.")
