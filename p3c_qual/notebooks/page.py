"""A notebook that was run, as an HTML page that needs no network."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["notebook_page", "write_page"]

#: what an output is shown as, the richest first; a widget is shown as the words it has
_KINDS = ("text/html", "image/svg+xml", "image/png", "text/plain")
#: colours in a traceback
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def notebook_page(notebook: Any, *, name: str = "Notebook") -> str:
    """Return an executed notebook as the text of an HTML page, without scripts.

    Parameters
    ----------
    notebook : NotebookNode
        As `nbformat` reads it; what stands in its outputs is taken as it is.
    name : str
        Its title, where its first cell has none.

    Returns
    -------
    str

    Examples
    --------
    >>> import nbformat
    >>> from nbformat.v4 import new_markdown_cell, new_notebook
    >>> page = notebook_page(new_notebook(cells=[new_markdown_cell("# Hello")]))
    >>> "<title>Hello</title>" in page, "<h1>Hello</h1>" in page
    (True, True)
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markdown_it import MarkdownIt

    environment = Environment(
        loader=PackageLoader("p3c_qual.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    given = any("injected-parameters" in _tags(each) for each in notebook["cells"])
    cells = [
        {
            "words": markdown.render(cell["source"]) if cell["cell_type"] == "markdown" else "",
            "code": _code(cell) if cell["cell_type"] == "code" else "",
            "outputs": [_shown(each) for each in cell.get("outputs", ())],
        }
        for cell in notebook["cells"]
        # the parameters as they were given stand for those the notebook comes with
        if not (given and "parameters" in _tags(cell))
    ]
    first = next((each["source"] for each in notebook["cells"] if each["source"]), "")
    title = first.splitlines()[0].lstrip("# ").strip() if first.startswith("# ") else name
    return environment.get_template("notebook.html.j2").render(title=title, cells=cells)


def _tags(cell: Any) -> list[str]:
    return list(cell.get("metadata", {}).get("tags", ()))


def _code(cell: Any) -> str:
    source = str(cell["source"])
    if "injected-parameters" not in _tags(cell):
        return source
    # where the study lies on somebody's computer is nobody else's business
    lines = source.splitlines()
    return "\n".join(line for line in lines if not line.startswith(("study = ", "# Parameters")))


def _shown(output: Any) -> tuple[str, str]:
    """Return what kind of thing an output is, and how it is shown."""
    if output["output_type"] == "stream":
        return "text/plain", output["text"]
    if output["output_type"] == "error":
        return "text/plain", _COLOUR.sub("", f"{output['ename']}: {output['evalue']}")
    data = output.get("data", {})
    kind = next((each for each in _KINDS if each in data), "text/plain")
    return kind, data.get(kind, "")


def write_page(notebook: Any, path: Path) -> Path:
    """Write an executed notebook as an HTML page, see `notebook_page`.

    Parameters
    ----------
    notebook : NotebookNode
    path : Path
        Of the page; its name is the title of a notebook that has none.

    Returns
    -------
    Path
    """
    text = notebook_page(notebook, name=path.stem)
    path.write_text(text, encoding="utf-8", newline="\n")
    return path
