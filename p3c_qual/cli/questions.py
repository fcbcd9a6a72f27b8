"""Commands on research questions and the steps of their techniques."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from p3c_qual.cli.app import app, open_here
from p3c_qual.cli.out import Form, FormOption, dump, show, show_rows, write_text

questions = typer.Typer(
    help="Ask research questions and go through their steps.",
    no_args_is_help=True,
)
app.add_typer(questions, name="question")

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
    from p3c_qual.mayring.asking import ask_question
    from p3c_qual.mayring.question import read_question

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
    """Change what was declared of a question.

    An empty value takes it back.
    """
    from p3c_qual.mayring.asking import edit_question

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
    """Close a step, if nothing is missing.

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
    from p3c_qual.mayring.categories.pilot import close_pilot
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
