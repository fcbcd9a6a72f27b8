"""The page on the command line, from the commands themselves."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from enum import Enum
from typing import TYPE_CHECKING, Any, get_type_hints

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["commands", "page", "parameters"]

_HEAD = """\
# Commands

`p3c` takes `--study DIR` anywhere in the line; without it the current folder is the study. With
`--as-of DATE` it looks at the study as it stood on a day, and changes nothing. Every
listing takes `--format table`, `csv` or `json`. A command ends with 0 when it is done, with 1 when
the input or the study is at fault (the message says what and where, and nothing was changed), and
with 2 when it was called in a wrong way.
"""


def commands() -> Iterator[tuple[str, Any]]:
    """Yield each command with its whole name, in the order of the alphabet."""
    import typer

    import p3c_qual.cli
    from p3c_qual.cli.app import app

    for module in pkgutil.iter_modules(p3c_qual.cli.__path__):
        importlib.import_module(f"p3c_qual.cli.{module.name}")
    yield from _below("p3c", typer.main.get_command(app))


def _below(name: str, command: Any) -> Iterator[tuple[str, Any]]:
    for key, each in sorted(command.commands.items()):
        if hasattr(each, "commands"):
            yield from _below(f"{name} {key}", each)
        else:
            yield f"{name} {key}", each


def parameters(command: Any) -> list[Any]:
    """Return the arguments and options of a command, as a user may give them."""
    return [each for each in command.params if not getattr(each, "hidden", False)]


def page() -> str:
    """Write the page."""
    found = list(commands())
    lines = [_HEAD, "| command | does |", "|---|---|"]
    lines += [f"| [`{name}`](#{name.replace(' ', '-')}) | {_said(each)} |" for name, each in found]
    for name, each in found:
        lines += ["", *_command(name, each)]
    return "\n".join(lines) + "\n"


def _said(command: Any) -> str:
    return " ".join((command.help or "").split()).replace("|", "\\|")


def _command(name: str, command: Any) -> list[str]:
    hints = get_type_hints(inspect.unwrap(command.callback))
    mine = parameters(command)
    arguments = [each for each in mine if each.param_type_name == "argument"]
    options = [each for each in mine if each.param_type_name != "argument"]
    usage = [
        name,
        *(_argument(each) if each.required else f"[{_argument(each)}]" for each in arguments),
    ]
    usage += [f"{each.opts[0]} {_value(each, hints)}" for each in options if each.required]
    if any(not each.required for each in options):
        usage.append("[OPTIONS]")
    lines = [f"## {name}", "", _said(command), "", "```text", " ".join(usage), "```"]
    if mine:
        lines += ["", "| | |", "|---|---|"]
        lines += [f"| `{_argument(each)}` | {_about(each)} |" for each in arguments]
        lines += [f"| `{_option(each, hints)}` | {_about(each)} |" for each in options]
    return lines


def _argument(each: Any) -> str:
    return str(each.metavar or each.name.upper()).strip("[]")


def _option(each: Any, hints: dict[str, Any]) -> str:
    names = ", ".join((*each.opts, *each.secondary_opts))
    return names if each.is_flag else f"{names} {_value(each, hints)}".replace("|", "\\|")


def _value(each: Any, hints: dict[str, Any]) -> str:
    """Return what stands for the value: the choices, or its kind."""
    if each.metavar:
        return str(each.metavar)
    wanted = str(hints[each.name])
    if isinstance(hints[each.name], type) and issubclass(hints[each.name], Enum):
        return "|".join(str(choice.value) for choice in hints[each.name])
    if "int" in wanted:
        return "NUMBER"
    return "PATH" if "Path" in wanted else "TEXT"


def _about(each: Any) -> str:
    said = " ".join((each.help or "").split()).replace("|", "\\|")
    said += "" if not said or said.endswith((".", "?", "...")) else "."
    default = getattr(each.default, "value", each.default)
    if getattr(each, "multiple", False):
        said = f"{said} May be given several times.".strip()
    if default not in (None, "", False, 0) and not each.required:
        said = f"{said} Default: `{default}`.".strip()
    return said
