"""Commands on the versions of a codebook: freeze, reopen, what is to be coded again."""

from __future__ import annotations

from typing import Annotated

import typer

from p3c_qual.cli.app import open_here
from p3c_qual.cli.codebooks import books
from p3c_qual.cli.out import Form, FormOption, many, show

Key = Annotated[str, typer.Argument(metavar="CODEBOOK", help="Its key.")]


@books.command()
def freeze(
    codebook: Key,
    version: Annotated[str, typer.Option(help="What the version is called; default as now.")] = "",
    reason: Annotated[str, typer.Option(help="Why now.")] = "",
) -> None:
    """Freeze a codebook; changes become proposals for its next version."""
    from p3c_qual.codebook.editions import list_editions
    from p3c_qual.codebook.freezing import freeze_codebook

    with open_here(acts=True) as study:
        made = freeze_codebook(study, codebook, version=version or None, reason=reason)
        names = dict(list_editions(study, codebook)[["id", "version"]].to_numpy().tolist())
    typer.echo(f"Froze {codebook} {names[made]}.")


@books.command()
def reopen(
    codebook: Key,
    reason: Annotated[str, typer.Option(help="Why it has to change.")],
    version: Annotated[str, typer.Option(help="The next version; default the number rises.")] = "",
) -> None:
    """Begin the next version of a frozen codebook."""
    from p3c_qual.codebook.freezing import reopen_codebook

    with open_here(acts=True) as study:
        made = reopen_codebook(study, codebook, version=version or None, reason=reason)
    typer.echo(f"{codebook} {made} is begun and can be changed.")


@books.command()
def accept(
    proposals: Annotated[
        list[str], typer.Argument(metavar="PROPOSAL...", help="Their ids, of one codebook.")
    ],
    reason: Annotated[str, typer.Option(help="Why the next version is made.")],
    version: Annotated[str, typer.Option(help="The next version; default the number rises.")] = "",
) -> None:
    """Carry out proposals for a frozen codebook, as its next version."""
    from p3c_qual.codebook.accepting import accept_proposals

    with open_here(acts=True) as study:
        made = accept_proposals(study, proposals, version=version or None, reason=reason)
    typer.echo(f"{many(len(proposals), 'proposal')} carried out: version {made}.")


@books.command()
def proposals(form: FormOption = Form.table) -> None:
    """List what is proposed for frozen codebooks."""
    with open_here() as study:
        frame = study.proposals()
    if form is Form.table:
        frame = frame[["id", "codebook", "code", "change", "reason", "coder", "status"]]
    show(frame, form)


@books.command()
def editions(
    codebook: Annotated[str, typer.Argument(metavar="[CODEBOOK]", help="Only this one.")] = "",
    form: FormOption = Form.table,
) -> None:
    """List the versions that were frozen; `codebook diff` compares them."""
    from p3c_qual.codebook.editions import list_editions

    with open_here() as study:
        frame = list_editions(study, codebook or None)
    show(frame.drop(columns="id") if form is Form.table else frame, form)


@books.command()
def duty(codebook: Key, form: FormOption = Form.table) -> None:
    """List codings to be looked at again, since their code has changed."""
    from p3c_qual.codebook.duty import table_duty

    with open_here() as study:
        frame = table_duty(study, codebook)
    if form is Form.table:
        if frame.empty:
            typer.echo(
                f"No coding stands under an earlier version of a changed code of {codebook}."
            )
            return
        frame = frame.drop(columns=["label", "ids"])
    elif form is Form.csv:
        frame = frame.drop(columns="ids")
    show(frame, form)


@books.command()
def confusions(
    codebook: Key,
    round: Annotated[str, typer.Option(help="Only this round.")] = "",
    form: FormOption = Form.table,
) -> None:
    """List codes that different coders gave to the same passages."""
    from p3c_qual.codebook.confused import table_confusions

    with open_here() as study:
        frame = table_confusions(study, codebook, round=round or None)
    if form is Form.table:
        if frame.empty:
            typer.echo(f"No two coders gave different codes of {codebook} to the same passage.")
            return
        frame = frame[["code_a", "code_b", "pairs", "characters", "ruled"]]
    elif form is Form.csv:
        frame = frame.drop(columns="examples")
    show(frame, form)


@books.command()
def agenda(codebook: Key, form: FormOption = Form.table) -> None:
    """List the coding agenda: category, definition, anchor examples, rule."""
    from p3c_qual.codebook.agenda import table_agenda

    with open_here() as study:
        show(table_agenda(study, codebook), form)
