"""The command `p3c`: where it begins, and how it says what is wrong."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from p3c_qual import __version__, who
from p3c_qual.errors import P3CError, is_text

if TYPE_CHECKING:
    from p3c_qual.study import Study

__all__ = ["Here", "app", "main", "open_here", "sign"]


class _Commands(TyperGroup):
    """The commands in the order in which a study is worked on."""

    _ORDER = (
        *("demo", "new", "add", "sources", "interviewees", "protocols", "set", "withdraw"),
        *("codebook", "codes", "code", "codings", "worked", "readings", "memo", "memos"),
        *("question", "summary", "rate", "chart", "theory", "cmo", "description", "table"),
        *(
            "frequencies",
            "figure",
            "search",
            "report",
            "notebook",
            "transcript",
            "export",
            "import",
        ),
        *("undo", "redo", "log"),
        *("check", "lab", "version"),
    )

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of the commands."""
        names = super().list_commands(ctx)
        known = [name for name in self._ORDER if name in names]
        return known + [name for name in names if name not in known]

    def invoke(self, ctx: Any) -> Any:
        """Run a command; a reader of a pipe that had enough, such as `head`, is no fault."""
        try:
            done = super().invoke(ctx)
            sys.stdout.flush()
            # only what was done is signed: a refused command says nothing of it
            if Here.account:
                typer.echo(
                    f"Signed by this computer's account {Here.account!r}; say who you are with "
                    "P3C_CODER=NAME.",
                    err=True,
                )
        except BrokenPipeError:
            # what is still to be written goes nowhere, without another complaint at the end
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None
        except KeyboardInterrupt:
            typer.echo("Stopped; what was not finished was not kept.", err=True)
            raise typer.Exit(130) from None
        return done


app = typer.Typer(
    name="p3c",
    cls=_Commands,
    help="A qualitative analysis workbench for realist evaluation and thick description.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


class Here:
    """Where the commands of this run work."""

    study = Path()
    as_of = ""
    #: the account that signs, where nobody could be asked who acts
    account = ""


@app.callback()
def _options(
    study: Annotated[
        Path,
        typer.Option("--study", readable=False, help="Folder of the study; it may stand anywhere."),
    ] = Path(),
    as_of: Annotated[
        str,
        typer.Option(
            metavar="DATE",
            help="Look at the study as it stood on a day, or at a time in UTC; nothing is changed.",
        ),
    ] = "",
) -> None:
    Here.study, Here.as_of, Here.account = study, as_of, ""


@app.command()
def version() -> None:
    """Say which version this is."""
    typer.echo(f"p3c_qual {__version__}")


def open_here(*, acts: bool = False) -> Study:
    """Open the study the commands work on.

    Parameters
    ----------
    acts : bool
        Whether the command changes something: then it has to be known who acts.
    """
    from p3c_qual.opening import open_study

    study = open_study(Here.study, as_of=Here.as_of)
    if acts and study.store.writable:
        sign()
    return study


def sign() -> None:
    """Ask once who acts; without a terminal the account signs, which is said at the end."""
    if who.named() is not None:
        return
    if sys.stdin is not None and sys.stdin.isatty() and not os.environ.get("CI"):
        from p3c_qual.sources.terms import check_key

        ask = "Your name, as it will stand beside your codings (one word)"
        while bad := check_key(name := typer.prompt(ask, err=True).strip()):
            typer.echo(f"{bad}.", err=True)
        try:
            who.keep_name(name)
        except P3CError as error:
            typer.echo(str(error), err=True)
            os.environ["P3C_CODER"] = name
        return
    Here.account = who.account()


def _arranged(args: list[str]) -> list[str]:
    """Let `--study DIR` and `--as-of DATE` stand anywhere, and `-p NAME VALUE` be two words."""
    found: list[str] = []
    rest: list[str] = []
    waiting = iter(args)
    for arg in waiting:
        if arg == "--":
            rest += [arg, *waiting]
        elif arg in {"--study", "--as-of"}:
            # without a value the command line itself says what is missing
            found += [arg, *([value] if (value := next(waiting, None)) is not None else [])]
        elif arg.startswith(("--study=", "--as-of=")):
            found.append(arg)
        elif arg == "-p":
            name = next(waiting, None)
            value = next(waiting, None) if name is not None and "=" not in name else None
            joined = f"{name}={value}" if value is not None else name
            rest += [arg, *([joined] if joined is not None else [])]
        else:
            rest.append(arg)
    return found + rest


def main(args: list[str] | None = None) -> None:
    """Run a command; ends with 0 done, 1 input or study at fault, 2 wrong usage."""
    from p3c_qual.cli import (  # noqa: F401
        codebook_versions,
        codebooks,
        codings,
        description,
        figures,
        journal,
        lab,
        mayring,
        measures,
        notebooks,
        questions,
        readings,
        realist,
        reports,
        sources,
        structuring,
        studies,
        transcripts,
    )

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # transcripts hold every script, and what comes out can be taken in again
            stream.reconfigure(encoding="utf-8", errors="replace")
    given = _arranged(sys.argv[1:] if args is None else args)
    for each in given:
        if not is_text(each):
            _fail(f"{each!a} is no text in UTF-8. Rename the file, or type it on a UTF-8 terminal.")
    try:
        app(given, prog_name="p3c")
    except P3CError as error:
        _fail(str(error))
    except OSError as error:
        # a full disk or a lost drive, met where no reader or writer looks out for it
        name = f"{error.filename}: " if error.filename else ""
        _fail(f"{name}{(error.strerror or str(error)).lower()}.")
    except MemoryError:
        _fail("There is not enough memory for this. Close other programs, or do it in parts.")


def _fail(what: str) -> None:
    typer.echo(what, err=True)
    sys.exit(1)
