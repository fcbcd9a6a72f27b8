"""The examples in a document: commands and Python are run, and what they print is put in."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["CODER", "make_demo", "run_document"]

#: who acts in the examples
CODER = "anna"
#: stands for what is left out of an output
MORE = "..."
#: a command that is meant to be refused says so
REFUSED = "# refused"
_BLOCK = re.compile(r"^```(console|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LEADING = ("JUPYTERHUB_USER", "P3C_STORE", "XDG_CONFIG_HOME")


def make_demo(folder: Path) -> Path:
    """Make the example study in ``folder/demo``, without its reports."""
    from p3c_qual.example import make_example

    with _here(folder):
        make_example(folder / "demo").close()
    return folder / "demo"


def run_document(text: str, demo: Path, folder: Path) -> str:
    """Run the examples of a document in order, in a folder that holds a copy of the study.

    Parameters
    ----------
    text : str
        Markdown. In a ``console`` block a line that begins with ``$`` is a command; what stands
        below it is what it prints, as far as the document shows it.
    demo : Path
        The example study.
    folder : Path
        Where to work.

    Returns
    -------
    str
        The same document with the outputs as they are now.

    Raises
    ------
    RuntimeError
        If an example fails or is no command of ours.
    """
    shutil.copytree(demo, folder / "demo")
    names: dict[str, Any] = {"__name__": "__main__"}

    def again(block: re.Match[str]) -> str:
        if block[1] == "console":
            return f"```console\n{_console(block[2])}```"
        _output(lambda: exec(compile(block[2], "example", "exec"), names), block[2])  # noqa: S102
        return block[0]

    with _here(folder):
        return _BLOCK.sub(again, text)


def _console(block: str) -> str:
    made = []
    for piece in re.split(r"^(?=\$ )", block, flags=re.MULTILINE):
        if not piece:
            continue
        # a command goes on where its line ends in a backslash
        found = re.match(r"\$ (?:.*\\\n)*.*\n", piece)
        if found is None:
            msg = f"a block begins without a command: {piece!r}"
            raise RuntimeError(msg)
        made.append(found[0] + _shown(piece[found.end() :], _run(found[0][2:])))
    return "".join(made)


def _run(line: str) -> str:
    words = shlex.split(line.replace("\\\n", " "), comments=True)
    if words[0] != "p3c":
        msg = f"only p3c is run in a console block: {line.strip()!r}"
        raise RuntimeError(msg)
    from p3c_qual.cli import main

    return _output(lambda: main(words[1:]), line)


def _output(call: Callable[[], Any], said: str) -> str:
    """Return what a call prints to both streams.

    Raises
    ------
    RuntimeError
        If it ends in another way than it says.
    """
    stream = io.StringIO()
    code: Any = 0
    with contextlib.redirect_stdout(stream), contextlib.redirect_stderr(stream):
        try:
            call()
        except SystemExit as done:
            code = done.code
    refused = said.rstrip().endswith(REFUSED)
    if refused and not code:
        msg = f"{said.strip()} was not refused"
        raise RuntimeError(msg)
    if code not in ({1} if refused else {0, None}):
        msg = f"{said.strip()} ended with {code}: {stream.getvalue()}"
        raise RuntimeError(msg)
    return stream.getvalue()


def _shown(before: str, now: str) -> str:
    """Return of an output as much as the document shows: all, its beginning, or nothing."""
    lines = before.splitlines()
    if not lines:
        return ""
    output = [line.rstrip() for line in now.splitlines()]
    if lines[-1] == MORE:
        output = [*output[: len(lines) - 1], MORE]
    return "".join(f"{line}\n" for line in output)


@contextlib.contextmanager
def _here(folder: Path) -> Iterator[None]:
    """Work in a folder as somebody of no machine in particular."""
    before, where = os.environ.copy(), os.getcwd()  # noqa: PTH109
    for name in _LEADING:
        os.environ.pop(name, None)
    os.environ |= {"P3C_CODER": CODER, "XDG_CONFIG_HOME": str(folder)}
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(where)
        os.environ.clear()
        os.environ |= before
        sys.stdout.flush()
