"""The page on the library, from the docstrings of what is public."""

from __future__ import annotations

import ast
import dataclasses
import importlib
import inspect
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generate.numpydoc import Doc, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["methods", "names", "page", "verbs"]

_HEAD = """\
# Library

Everything below is reached from `import p3c_qual as p3c`. Listings are pandas data frames. A method
that changes a study is one act in its journal: it is kept whole or not at all, and can be undone.
What goes wrong is a [`P3CError`](#p3cerror) that says all faults at once.

```python
import p3c_qual as p3c

with p3c.open_study("demo") as study:
    print(study.sources()[["source", "site", "interviewee"]])
    print(p3c.table_frequencies(study, by="site", count="interviewees"))
```
"""
_SEE = re.compile(r",? see `(p3c_qual[\w.]+)`")
_WIDTH = 88


def names() -> Iterator[tuple[str, Any]]:
    """Yield each public name of the package but `Study`, which has a part of its own."""
    import p3c_qual

    for name in sorted(p3c_qual.__all__, key=lambda each: (each[0].isupper(), each)):
        if name != "Study":
            yield name, getattr(p3c_qual, name)


def verbs() -> Iterator[tuple[str, Any]]:
    """Yield what the rooms that are public names offer, in alphabetical order."""
    for room in _rooms():
        short = room.__name__.rpartition(".")[2]
        for name in sorted(room.__all__):
            yield f"{short}.{name}", getattr(room, name)


def _rooms() -> tuple[Any, ...]:
    """Return the rooms that are names of the package themselves."""
    from p3c_qual import description, instruments, mayring, privacy, realist

    return mayring, realist, description, instruments, privacy


def methods() -> Iterator[tuple[str, Any]]:
    """Yield the public methods and properties of a study, in the order they are written."""
    found: dict[str, Any] = {}
    for home in reversed(_homes()):
        found |= {name: value for name, value in vars(home).items() if not name.startswith("_")}
    yield from found.items()


def _homes() -> list[type]:
    """Return `Study` and the classes of ours that it is made of."""
    from p3c_qual import Study

    return [each for each in Study.__mro__ if each.__module__.startswith("p3c_qual.")]


def page() -> str:
    """Write the page."""
    from p3c_qual import Study

    lines = [_HEAD, "## Functions and errors"]
    for name, value in names():
        if not inspect.ismodule(value):
            lines += ["", *_entry(name, f"p3c.{name}", value)]
    lines += ["", "## Study", "", *_body(parse(inspect.getdoc(Study)))]
    for name, value in methods():
        lines += ["", *_entry(f"study.{name}", f"study.{name}", value)]
    for room in _rooms():
        short = room.__name__.rpartition(".")[2]
        lines += ["", f"## {short}", "", *_body(parse(inspect.getdoc(room)))]
        for name, value in verbs():
            if name.startswith(f"{short}."):
                lines += ["", *_entry(name, f"p3c.{name}", value)]
    lines += ["", "## What methods take and return"]
    for name, value in _records():
        lines += ["", f"### {name}", "", *_body(parse(inspect.getdoc(value)))]
    return "\n".join(lines) + "\n"


def _entry(title: str, called: str, value: Any) -> list[str]:
    doc = parse(inspect.getdoc(value))
    lines = [f"### {title}", ""]
    if isinstance(value, property):
        return [*lines, *_body(doc)]
    if inspect.isfunction(value):
        lines += ["```text", _signature(called, value), "```", ""]
        doc = _with_details(doc, value)
    return lines + _body(doc)


def _with_details(doc: Doc, method: Callable[..., Any]) -> Doc:
    """Take over what the function says that a method's docstring refers to."""
    found = _SEE.search(doc.summary)
    if not found:
        return doc
    doc.summary = _SEE.sub("", doc.summary)
    target = _resolve(found[1])
    told = parse(inspect.getdoc(target))
    if inspect.ismodule(target):
        doc.text = "\n\n".join(each for each in (doc.text, told.text) if each)
        return doc
    accepted = inspect.signature(method).parameters
    open_ended = any(each.kind is each.VAR_KEYWORD for each in accepted.values())
    # a short listing names its columns in its first sentence
    told.summary = doc.summary if told.sections else told.summary
    told.sections["Parameters"] = [
        (head, text)
        for head, text in told.sections.get("Parameters", [])
        if {name.strip(" *") for name in head.partition(" : ")[0].split(",")} & {*accepted}
        or (open_ended and not head.startswith("study"))
    ]
    return told


def _resolve(path: str) -> Any:
    module, _, name = path.rpartition(".")
    try:
        return getattr(importlib.import_module(module), name)
    except AttributeError:
        return importlib.import_module(path)


def _signature(called: str, function: Callable[..., Any]) -> str:
    parameters, keyword_only = [], False
    for each in inspect.signature(function).parameters.values():
        if each.name == "self":
            continue
        if each.kind is each.KEYWORD_ONLY and not keyword_only:
            parameters.append("*")
            keyword_only = True
        stars = {"VAR_POSITIONAL": "*", "VAR_KEYWORD": "**"}.get(each.kind.name, "")
        keyword_only = keyword_only or bool(stars)
        default = "" if each.default is each.empty else f" = {each.default!r}"
        parameters.append(f"{stars}{each.name}: {each.annotation}{default}")
    returns = inspect.signature(function).return_annotation
    line = f"{called}({', '.join(parameters)}) -> {returns}"
    if len(line) <= _WIDTH:
        return line
    inside = "".join(f"    {each},\n" for each in parameters)
    return f"{called}(\n{inside}) -> {returns}"


def _body(doc: Doc) -> list[str]:
    lines = [doc.summary]
    if doc.text:
        lines += ["", doc.text]
    for name in ("Parameters", "Attributes", "Returns", "Raises"):
        entries = doc.sections.get(name)
        if entries:
            lines += ["", f"*{name}*", "", *(_item(head, text) for head, text in entries)]
    for name in ("Notes", "References"):
        for _, text in doc.sections.get(name, []):
            lines += ["", f"*{name}*", "", text]
    if doc.examples:
        lines += ["", "```pycon", doc.examples, "```"]
    return lines


def _item(head: str, text: str) -> str:
    name, colon, kind = head.partition(" : ")
    shown = ", ".join(f"`{each.strip()}`" for each in name.split(","))
    said = text.replace("\n\n", " ")
    return f"- {shown}{f' ({kind})' if colon else ''}{f': {said}' if said else ''}"


def _records() -> list[tuple[str, Any]]:
    """Return the dataclasses that the signatures of a study's methods name."""
    files = [inspect.getfile(each) for each in _homes()]
    trees = [ast.parse(Path(file).read_text(encoding="utf-8")) for file in files]
    homes = {
        alias.name: node.module
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("p3c_qual.")
        for alias in node.names
    }
    named: set[str] = set()
    for _, method in methods():
        if inspect.isfunction(method):
            for annotation in method.__annotations__.values():
                named |= set(re.findall(r"\w+", str(annotation)))
    found = {
        name: getattr(importlib.import_module(str(homes[name])), name) for name in named & {*homes}
    }
    for _, verb in verbs():
        there = vars(inspect.getmodule(verb))
        for annotation in verb.__annotations__.values():
            found |= {n: there[n] for n in re.findall(r"\w+", str(annotation)) if n in there}
    return sorted((name, made) for name, made in found.items() if dataclasses.is_dataclass(made))
