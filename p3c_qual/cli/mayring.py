"""Commands on research questions and what comes of them: steps, tables, files."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from p3c_qual.cli.app import app, open_here
from p3c_qual.cli.out import Form, FormOption, dump, many, rows_of, show, show_rows, write_text
from p3c_qual.cli.reports import named_values

if TYPE_CHECKING:
    import pandas as pd


questions = typer.Typer(
    help="Ask research questions, and go through the steps of their techniques.",
    no_args_is_help=True,
)
app.add_typer(questions, name="question")
summaries = typer.Typer(
    help="Take a summarising in, check it, make codes of it.", no_args_is_help=True
)
app.add_typer(summaries, name="summary")

Key = Annotated[str, typer.Argument(metavar="QUESTION", help="Its key.")]
Technique = Annotated[
    str,
    typer.Option(
        help="summarising, inductive, explication_narrow, explication_broad, formal, theme, type "
        "or scaling."
    ),
]
Theory = Annotated[str | None, typer.Option(help="Theoretical background.")]
Criterion = Annotated[
    str | None, typer.Option(help="What is looked for; for types, the dimension.")
]
Abstraction = Annotated[str | None, typer.Option(help="Level of abstraction of the categories.")]
CodingUnit = Annotated[str | None, typer.Option(help="word, proposition, sentence or turn.")]
ContextUnit = Annotated[str | None, typer.Option(help="turn, section, source, programme or study.")]
RecordingUnit = Annotated[str | None, typer.Option(help="source, interviewee, programme or study.")]
Sources = Annotated[
    list[str] | None,
    typer.Option("--source", help="Of its material, in the order of processing; all if left out."),
]
Book = Annotated[str | None, typer.Option("--codebook", help="Key of the codebook to bind.")]
To = Annotated[
    Path | None,
    typer.Option("--to", readable=False, help="File, ends in .csv, .xlsx or .html."),
]


class TableKind(StrEnum):
    """A table of a content analysis."""

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


@questions.command(name="list")
def list_(form: FormOption = Form.table) -> None:
    """List the research questions with the step each is in."""
    from p3c_qual.mayring.question import list_questions

    with open_here() as study:
        frame = list_questions(study)
    if form is Form.table:
        frame = frame[["question", "technique", "step", "codebook", "sources", "missing"]]
    show(frame, form)


@questions.command(name="show")
def show_(question: Key, form: FormOption = Form.table) -> None:
    """Show a question: what was declared, its steps, what is missing."""
    from p3c_qual.mayring.about import NOT_RECORDED, about_question
    from p3c_qual.mayring.question import FIELDS, read_question
    from p3c_qual.mayring.steps import broken, lacks

    with open_here() as study, study.store.read() as connection:
        asked = read_question(connection, question)
        about = about_question(connection, asked)
        missing = [str(each) for each in lacks(connection, asked)]
        no_longer = [str(each) for each in broken(connection, asked)]
    rows = [("question", asked.label), ("technique", asked.how.label)]
    rows += [
        (said, getattr(asked, name) or NOT_RECORDED)
        for name, said in FIELDS.items()
        if name != "label"
    ]
    rows.append(("material", ", ".join(about["sources"])))
    for step in asked.how.steps:
        state = "closed" if asked.behind(step.key) else "now" if step.key == asked.step else "later"
        rows.append((f"step {step.key}", f"{state}: {step.title}. {step.does}"))
    rows += [("missing", each) for each in missing]
    rows += [("no longer holds", each) for each in no_longer]
    if form is Form.json:
        dump({**about, "step": asked.step, "missing": missing, "broken": no_longer})
        return
    if form is Form.csv:
        show_rows(["what", "value"], [{"what": a, "value": b} for a, b in rows], form)
        return
    width = max(len(name) for name, _ in rows)
    for name, value in rows:
        typer.echo(f"{name.ljust(width)}  {' '.join(value.split())}")


@questions.command()
def ask(
    label: Annotated[str, typer.Argument(metavar="TEXT", help="The question as a sentence.")],
    technique: Technique,
    key: Annotated[str, typer.Option(help="A short name; made of the text if left out.")] = "",
    theory: Theory = None,
    criterion: Criterion = None,
    abstraction: Abstraction = None,
    coding_unit: CodingUnit = None,
    context_unit: ContextUnit = None,
    recording_unit: RecordingUnit = None,
    source: Sources = None,
    codebook: Book = None,
) -> None:
    """Ask a research question of the material."""
    from p3c_qual.mayring.question import ask_question, read_question

    fields = {
        "theory": theory,
        "criterion": criterion,
        "abstraction": abstraction,
        "coding_unit": coding_unit,
        "context_unit": context_unit,
        "recording_unit": recording_unit,
    }
    given: dict[str, Any] = {name: value for name, value in fields.items() if value is not None}
    with open_here(acts=True) as study:
        made = ask_question(
            study, label, technique, key=key, material=source, codebook=codebook, **given
        )
        with study.store.read() as connection:
            asked = read_question(connection, made)
    typer.echo(f"Asked {asked.key}; it is in the step {asked.step!r}.")


@questions.command(name="set")
def set_(
    question: Key,
    label: Annotated[str | None, typer.Option(help="The question as a sentence.")] = None,
    theory: Theory = None,
    criterion: Criterion = None,
    abstraction: Abstraction = None,
    coding_unit: CodingUnit = None,
    context_unit: ContextUnit = None,
    recording_unit: RecordingUnit = None,
    source: Sources = None,
    codebook: Book = None,
) -> None:
    """Change what was declared of a question; an empty value takes it back."""
    from p3c_qual.mayring.question import edit_question

    fields = {
        "label": label,
        "theory": theory,
        "criterion": criterion,
        "abstraction": abstraction,
        "coding_unit": coding_unit,
        "context_unit": context_unit,
        "recording_unit": recording_unit,
    }
    given: dict[str, Any] = {name: value for name, value in fields.items() if value is not None}
    if not given and source is None and codebook is None:
        raise typer.BadParameter("name at least one thing to change")
    with open_here(acts=True) as study:
        changed = edit_question(study, question, material=source, codebook=codebook, **given)
    typer.echo(f"Changed {question}." if changed else f"{question}: nothing changed.")


@questions.command()
def close(
    question: Key,
    step: Annotated[
        str, typer.Argument(metavar="[STEP]", help="Its key; default the one it is in.")
    ] = "",
) -> None:
    """Close a step and go on to the next; refused while something is missing.

    A pilot is closed by its review: question review.
    """
    from p3c_qual.mayring.question import read_question
    from p3c_qual.mayring.steps import close_step

    with open_here(acts=True) as study:
        with study.store.read() as connection:
            now = read_question(connection, question).step
        after = close_step(study, question, step or now)
    typer.echo(f"Closed {step or now!r} of {question}; it is in {after!r} now.")


@questions.command()
def review(
    question: Key,
    decision: Annotated[
        str, typer.Argument(metavar="DECISION", help="unchanged goes on, changed begins anew.")
    ],
    reason: Annotated[str, typer.Option(help="Why; needed where something changes.")] = "",
    named: Annotated[
        str, typer.Option("--version", help="Of the codebook from then on; default counted up.")
    ] = "",
) -> None:
    """End a pilot: categories and rules stay, or change."""
    from p3c_qual.mayring.pilot import close_pilot
    from p3c_qual.mayring.question import read_question

    with open_here(acts=True) as study:
        close_pilot(study, question, decision, reason=reason, version=named or None)
        with study.store.read() as connection:
            now = read_question(connection, question).step
    typer.echo(f"Reviewed the pilot of {question}: {decision}. It is in {now!r} now.")


@questions.command(name="return")
def return_(
    question: Key,
    step: Annotated[str, typer.Argument(metavar="STEP", help="An earlier one.")],
    reason: Annotated[str, typer.Option(help="Why; kept in the journal.")],
) -> None:
    """Go back to an earlier step, with a reason."""
    from p3c_qual.mayring.steps import return_to

    with open_here(acts=True) as study:
        return_to(study, question, step, reason=reason)
    typer.echo(f"{question} is in {step!r} again.")


@questions.command()
def load(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", readable=False, help="Research questions as YAML.")
    ],
) -> None:
    """Take research questions in, new or changed."""
    from p3c_qual.mayring.question_form import load_questions

    with open_here(acts=True) as study:
        changed = load_questions(study, file)
    typer.echo(f"Took in {', '.join(changed)}." if changed else f"{file}: nothing changed.")


@questions.command()
def export(
    to: Annotated[
        Path | None, typer.Option("--to", readable=False, help="File; default the screen.")
    ] = None,
) -> None:
    """Write the research questions as YAML."""
    from p3c_qual.mayring.question_form import write_questions

    with open_here() as study:
        text = write_questions(study)
    if to is None:
        typer.echo(text, nl=False)
    else:
        write_text(to, text)
        typer.echo(f"Wrote {to}.")


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
    from p3c_qual.mayring.summary_form import load_summary

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
    from p3c_qual.mayring.back_check import draw_sample
    from p3c_qual.mayring.kinds import make_table

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
    from p3c_qual.mayring.back_check_table import judge_number

    with open_here(acts=True) as study:
        changed = judge_number(study, question, no, verdict, remark=remark, seed=seed)
    typer.echo(f"No. {no}: {verdict}." if changed else f"No. {no}: nothing changed.")


@summaries.command()
def codes(
    question: Key,
    codebook: Annotated[str, typer.Argument(metavar="CODEBOOK", help="Its key.")],
) -> None:
    """Make codes of the categories, and codings of their units."""
    from p3c_qual.mayring.codes import make_codes

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
    to: To = None,
    parameters: Annotated[
        list[str] | None,
        typer.Option("-p", metavar="NAME VALUE", help="Of the table, such as: -p by site."),
    ] = None,
    form: FormOption = Form.table,
) -> None:
    """Print or write a table of a content analysis.

    What it counts, and of how many, goes to the error stream.
    """
    from p3c_qual.mayring.files import write_table
    from p3c_qual.mayring.kinds import make_table

    options = named_values(parameters or [])
    with open_here() as study:
        frame = make_table(
            study, kind.value, question=question, codebook=codebook, source=source, **options
        )
    if to is not None:
        write_table(frame, to)
        typer.echo(f"Wrote {many(len(frame), 'row')} to {to}.")
        return
    _print(frame, form)


def _print(frame: pd.DataFrame, form: Form) -> None:
    from p3c_qual.mayring.said import plain_value, said_of

    said = said_of(frame)
    flat = frame.map(plain_value) if len(frame) else frame
    if form is Form.json:
        about = {
            str(name): value
            for name, value in frame.attrs.items()
            if name not in {"headings", "shown", "beneath", "anchor", "indent"}
        }
        dump({**about, "rows": rows_of(flat)})
        return
    shown = list(said.shown) if form is Form.table else [str(name) for name in frame.columns]
    show_rows(shown, [{n: row[n] for n in shown} for row in rows_of(flat)], form)
    sys.stdout.flush()
    for name, value in said.lines:
        if name in {"Table", "Counted", "Denominators", "Reading set"}:
            typer.echo(f"{name}: {value}", err=True)
    for note in said.notes[:20] if form is Form.table else ():
        typer.echo(note, err=True)
