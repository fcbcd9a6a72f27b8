"""Commands on what comes of research questions: summarisings, tables, files."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from p3c_qual.cli.app import app, open_here
from p3c_qual.cli.out import Form, FormOption, dump, many, rows_of, show, show_rows
from p3c_qual.cli.reports import named_values

if TYPE_CHECKING:
    import pandas as pd


summaries = typer.Typer(
    help="Take a summarising in, check it, make codes of it.", no_args_is_help=True
)
app.add_typer(summaries, name="summary")

Key = Annotated[str, typer.Argument(metavar="QUESTION", help="Its key.")]
To = Annotated[
    Path | None,
    typer.Option("--to", readable=False, help="File, ends in .csv, .xlsx or .html."),
]


class TableKind(StrEnum):
    """A table of a content analysis, or of the realist layer."""

    summary = "summary"
    funnel = "funnel"
    categories = "categories"
    back_check = "back-check"
    emergence = "emergence"
    subsumption = "subsumption"
    saturation = "saturation"
    progress = "progress"
    pilot = "pilot"
    agenda = "agenda"
    confusions = "confusions"
    duty = "duty"
    editions = "editions"
    matrix = "matrix"
    cells = "cells"
    ratings = "ratings"
    types = "types"
    cases = "cases"
    outline = "outline"
    explications = "explications"
    doubtful = "doubtful"
    surprises = "surprises"
    cmos = "cmos"
    cmo_matrix = "cmo-matrix"
    mechanisms = "mechanisms"
    regularities = "regularities"
    evolution = "evolution"
    disconfirming = "disconfirming"
    completeness = "completeness"
    searches = "searches"
    logic_model = "logic-model"
    rameses = "rameses"
    rameses_quality = "rameses-quality"
    formal_description = "formal-description"
    facts = "facts"
    plan_practice = "plan-practice"
    components = "components"
    taxonomy = "taxonomy"
    service_models = "service-models"
    evaluation_plan = "evaluation-plan"
    linked_evaluations = "linked-evaluations"
    feedback = "feedback"
    literature = "literature"
    sampling = "sampling"
    focus = "focus"
    focus_counts = "focus-counts"
    tasks = "tasks"
    coreq = "coreq"
    srqr = "srqr"
    rameses_checklist = "rameses-checklist"
    checks = "checks"
    scores = "scores"
    change = "change"
    missing = "missing"
    joint = "joint"
    service_use = "service-use"
    measures = "measures"
    quotes = "quotes"
    quote_balance = "quote-balance"
    findings = "findings"
    framework_matrix = "framework-matrix"
    framework_cells = "framework-cells"
    time_ordered = "time-ordered"
    barriers = "barriers"
    selfie_programmes = "selfie-programmes"
    lessons = "lessons"
    selfie = "selfie"
    timeline = "timeline"


@summaries.command(name="load")
def load_rows(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", readable=False, help="As `table summary --to FILE.csv` writes it."
        ),
    ],
    coder: Annotated[str, typer.Option(help="Who worked; default you.")] = "",
) -> None:
    """Take a summarising in from CSV, all of it or nothing."""
    from p3c_qual.mayring.summarising.summary_form import load_summary

    with open_here(acts=True) as study:
        changed = load_summary(study, file, coder=coder or None)
    typer.echo(
        f"Took in {many(changed, 'unit')}, new or changed."
        if changed
        else f"{file}: nothing changed."
    )


@summaries.command()
def draw(
    question: Key,
    size: Annotated[int, typer.Option(min=1, help="How many units.")],
    seed: Annotated[int, typer.Option(min=0, help="The same seed draws the same units.")],
    form: FormOption = Form.table,
) -> None:
    """Draw the random sample of the closing back-check."""
    from p3c_qual.analysis.asked_table import make_table
    from p3c_qual.mayring.summarising.back_check import draw_sample

    with open_here(acts=True) as study:
        draw_sample(study, question, size=size, seed=seed)
        frame = make_table(study, "back-check", question=question)
    show(frame[["seed", "position", "no", "place", "paraphrase", "category", "verdict"]], form)


@summaries.command()
def judge(
    question: Key,
    no: Annotated[int, typer.Argument(metavar="NO", help="Number of the unit, as drawn.")],
    verdict: Annotated[
        str, typer.Argument(metavar="VERDICT", help="yes, partly or no: is it in a category?")
    ],
    remark: Annotated[str, typer.Option(help="What there is to say.")] = "",
    seed: Annotated[
        int | None, typer.Option(min=0, help="Of the sample, where there are several.")
    ] = None,
) -> None:
    """Say whether a drawn unit is represented by a category."""
    from p3c_qual.mayring.summarising.back_check_table import judge_number

    with open_here(acts=True) as study:
        changed = judge_number(study, question, no, verdict, remark=remark, seed=seed)
    typer.echo(f"No. {no}: {verdict}." if changed else f"No. {no}: nothing changed.")


@summaries.command()
def codes(
    question: Key,
    codebook: Annotated[str, typer.Argument(metavar="CODEBOOK", help="Its key.")],
) -> None:
    """Make codes of the categories, and codings of their units."""
    from p3c_qual.mayring.summarising.codes import make_codes

    with open_here(acts=True) as study:
        made = make_codes(study, question, codebook)
    typer.echo(f"Made {many(made.codes, 'code')} and {many(made.codings, 'coding')}.")


@app.command()
def table(
    kind: Annotated[TableKind, typer.Argument(metavar="KIND", help=f"{', '.join(TableKind)}.")],
    question: Annotated[
        str, typer.Option(help="Its key; needless where only one has such a table.")
    ] = "",
    codebook: Annotated[
        str, typer.Option("--codebook", help="Its key; default that of the question.")
    ] = "",
    source: Annotated[str, typer.Option(help="Its key, for the outline.")] = "",
    programme: Annotated[str, typer.Option(help="Its key, for configurations.")] = "",
    to: To = None,
    parameters: Annotated[
        list[str] | None,
        typer.Option("-p", metavar="NAME VALUE", help="Of the table, such as: -p by site."),
    ] = None,
    form: FormOption = Form.table,
) -> None:
    """Print or write a table of an analysis.

    What it counts, and of how many, goes to the error stream.
    """
    from p3c_qual.analysis.asked_table import make_table
    from p3c_qual.analysis.files import write_table

    asked = {"question": question, "codebook": codebook, "source": source}
    asked |= {"programme": programme} if programme else {}
    with open_here() as study:
        frame = make_table(study, kind.value, **{**asked, **named_values(parameters or [])})
    if to is not None:
        write_table(frame, to)
        typer.echo(f"Wrote {many(len(frame), 'row')} to {to}.")
        for notice in frame.attrs.get("notices") or ():
            typer.echo(notice, err=True)
        return
    _print(frame, form)


def _print(frame: pd.DataFrame, form: Form) -> None:
    from p3c_qual.analysis.said import plain_value, said_of

    said = said_of(frame)
    flat = frame.map(plain_value) if len(frame) else frame
    if form is Form.json:
        about = {
            str(name): value
            for name, value in frame.attrs.items()
            if name not in {"headings", "shown", "beneath", "under", "once", "anchor", "indent"}
        }
        dump({**about, "rows": rows_of(flat)})
        return
    shown = list(said.shown) if form is Form.table else [str(name) for name in frame.columns]
    show_rows(shown, [{n: row[n] for n in shown} for row in rows_of(flat)], form)
    sys.stdout.flush()
    for name, value in said.lines:
        if name in {"Table", "Shown", "Counted", "Denominators", "Reading set"}:
            typer.echo(f"{name}: {value}", err=True)
    for notice in said.notices:
        typer.echo(notice, err=True)
    for note in said.notes[:20] if form is Form.table else ():
        typer.echo(note, err=True)
