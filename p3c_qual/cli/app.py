"""The command `p3c`: where it begins, and how it says what is wrong."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from p3c_qual import __version__, who
from p3c_qual.errors import P3CError

if TYPE_CHECKING:
    from p3c_qual.study import Study

__all__ = ["Here", "app", "main", "open_here"]

app = typer.Typer(
    name="p3c",
    help="A qualitative analysis workbench for realist evaluation and thick description.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


class Here:
    """Where the commands of this run work."""

    study = Path()


@app.callback()
def _options(
    study: Annotated[
        Path, typer.Option("--study", help="Folder of the study; it may stand anywhere.")
    ] = Path(),
) -> None:
    Here.study = study


@app.command()
def version() -> None:
    """Say which version this is."""
    typer.echo(f"p3c_qual {__version__}")


def open_here() -> Study:
    """Open the study the commands work on; ask once who acts, where somebody can answer."""
    from p3c_qual.opening import open_study

    study = open_study(Here.study)
    if study.store.writable:
        sign()
    return study


def sign() -> None:
    """Ask once who acts; without a terminal say under which name the acts are signed."""
    if who.named() is not None:
        return
    if sys.stdin.isatty() and not os.environ.get("CI"):
        name = typer.prompt("Your name, as it will stand beside your codings").strip()
        if name:
            who.keep_name(name)
            return
    typer.echo(
        f"Signed by this computer's account {who.account()!r}; say who you are with "
        "P3C_CODER=NAME.",
        err=True,
    )


def _study_first(args: list[str]) -> list[str]:
    """Let `--study DIR` stand anywhere, also behind the command."""
    found: list[str] = []
    rest: list[str] = []
    waiting = iter(args)
    for arg in waiting:
        if arg == "--":
            rest += [arg, *waiting]
        elif arg == "--study":
            found += [arg, next(waiting, "")]
        elif arg.startswith("--study="):
            found.append(arg)
        else:
            rest.append(arg)
    return found + rest


def main(args: list[str] | None = None) -> None:
    """Run a command; ends with 0 done, 1 input or study at fault, 2 wrong usage."""
    from p3c_qual.cli import codebooks, codings, journal, reports, sources  # noqa: F401

    try:
        app(_study_first(sys.argv[1:] if args is None else args), prog_name="p3c")
    except P3CError as error:
        typer.echo(str(error), err=True)
        sys.exit(1)
    except BrokenPipeError:
        # the reader of a pipe had enough
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
        sys.exit(0)
    except KeyboardInterrupt:
        typer.echo("Stopped; what was not finished was not kept.", err=True)
        sys.exit(130)
