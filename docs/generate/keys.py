"""The page on the keys of the workbench, from the actions of its front end."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

__all__ = ["Action", "actions", "page", "shown"]

_FRONT = Path(__file__).resolve().parents[2] / "p3c_qual" / "workbench" / "_frontend"
#: from here on Node reads TypeScript with ways of its own set in between
_OLDEST = (22, 15)
_HEAD = """\
# Keys and actions

Everything the workbench can do has a name. Each is also a command of JupyterLab, to be found under
"Qualitative workbench" in the command palette (Ctrl+Shift+C) and in the menu *Study*, and a line of
the help (`?`) that can be clicked. Most are a button or an entry of a menu too.

The keys work in the text, and those of the other views in their tables, lists and cards. Where you
write, as in a search box, all keys write; only `F3`, `F6` and the keys with `Alt` and a number or
`PageUp`, `PageDown` go on working; in the Report view `Alt+M` and `Alt+S` too. On a Mac `Ctrl` is ⌘.

[coder.md](coder.md#by-keyboard) shows them at work.

## Keys of your own

In JupyterLab choose *Settings*, *Settings Editor*, *Qualitative workbench*, and there *Keys*; or
write them in the JSON editor beside it:

```json
{ "keys": { "unsure": ["q"], "pass": ["x", "w"] } }
```

The name on the left is the one in the last column below; a name that is not there does nothing. The
keys on the right take the place of the ones that come with it. `Mod` is Ctrl, on a Mac ⌘. The help
(`?`) says at its top where two actions have the same keys, what is no key, and which keys the
browser keeps for itself. They hold in the workbench's tab at once; in a notebook the keys are those
below.
"""
#: lists and windows have keys of their own, which are those of such lists everywhere
_PANES = """\

## In lists, menus and windows

| where | keys |
|---|---|
| choosing a code | type a few letters; `↑` `↓` choose, `Enter` takes the code, `Shift+Enter` takes it and asks for another, `Ctrl+Enter` makes a new one of the letters, `Escape` leaves |
| codes | `↑` `↓` move, `→` `←` unfold and fold, `Space` shows the definition, `Enter` gives the code to what is marked, `m` opens the code's menu, `+` or `Insert` makes a new code below, `Alt` with `↑` `↓` moves a code, `Alt+→` puts it below the one before it, `Alt+←` out of the one above it; `/` searches, `Escape` goes back to the text |
| table of units | in an empty cell of *Paraphrase* and *Generalisation* letters are words, and `Alt` with the letter is the deed; in one with words the letters of deeds are deeds, and any other goes behind the words; with rows chosen all are deeds |
| a cell that is written in | `Enter` keeps it and goes on in the row below, `Tab` in the next column, `Shift+Enter` begins a line, `Escape` leaves |
| choosing a rule | `1` to `4`; while you write, with `Alt` |
| the remark of a back-check | `Enter` keeps it and goes on, `Shift+Enter` begins a line, `Escape` keeps it and stays |
| a text on a card | `Enter` keeps it, `Shift+Enter` begins a line, `Escape` leaves |
| a paraphrase beside the text | `Enter` saves and goes to the next unit, `Alt+X` says that nothing is here, `Shift+Enter` begins a line, `Escape` leaves |
| sources | `↑` `↓` move, `Enter` opens a source or folds a group, `Escape` goes back to the text |
| menus | `↑` `↓` or a first letter, `Enter`, `Escape` |
| windows that ask | `Tab`, `Enter`; where several lines can be written `Ctrl+Enter` saves; `Escape` leaves |
"""
_SIGNS = {
    "ArrowUp": "↑",
    "ArrowDown": "↓",
    "ArrowLeft": "←",
    "ArrowRight": "→",
    "Mod": "Ctrl",
    "Plus": "+",
    "ContextMenu": "Menu",
}


@dataclass(frozen=True)
class Action:
    """Something that can be done in the workbench.

    Attributes
    ----------
    id : str
        Its name in the settings.
    title : str
    group : str
    keys : list of str
        The keys that come with it, as the front end writes them.
    """

    id: str
    title: str
    group: str
    keys: list[str]


def actions() -> list[Action]:
    """Return all actions, as the front end's sources say them."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    node = shutil.which("node", path=path)
    if node is None:
        msg = "Node is missing; it comes with the development packages: make install"
        raise RuntimeError(msg)
    script = Path(__file__).with_name("keys.mjs")
    said = subprocess.run(  # noqa: S603  (our own script)
        [node, "--no-warnings", "--experimental-transform-types", script, _FRONT],
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )
    if said.returncode:
        need = ".".join(map(str, _OLDEST))
        msg = f"the front end's actions could not be read (Node {need} is needed):\n{said.stderr}"
        raise RuntimeError(msg)
    return [Action(**each) for each in json.loads(said.stdout)]


def shown(key: str) -> str:
    """Return keys as they stand on the keyboard."""
    parts = [_SIGNS.get(part, part) for part in key.split("+")]
    return "+".join(part.upper() if len(part) == 1 and len(parts) > 1 else part for part in parts)


def page() -> str:
    """Write the page."""
    lines = [_HEAD.rstrip("\n")]
    # the views come first, what holds everywhere comes last
    for name, group in groupby(actions(), key=lambda each: each.group):
        lines += ["", f"## {name}", "", "| does | keys | name |", "|---|---|---|"]
        lines += [
            f"| {each.title} | {' '.join(f'`{shown(key)}`' for key in each.keys)} | `{each.id}` |"
            for each in group
        ]
    return "\n".join(lines) + "\n" + _PANES
