"""The page on the notebooks, from the notebooks themselves."""

from __future__ import annotations

import ast
import json
import re
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Notebook", "page", "shipped"]

_FOLDER = Path(__file__).resolve().parents[2] / "notebooks"
_HEAD = """\
# Notebooks

Each notebook has its parameters in one cell. Open it in JupyterLab, set them there and run all
cells; it finds the study whose folder `notebooks/` it lies in. Each cell is explained line by line.
Or run it with a command and name those you want otherwise:
`p3c notebook joint_display -p programme vennside -p waves "2021, 2023"`.

The notebook as it was run, a page of it that needs no network, and a manifest come to
`reports/notebooks/NAME/`; those that write a report are run by `p3c report`. `p3c notebook` lists
them. A parameter that there is not is refused with those that there are, and so is a value that
names nothing: a programme, a coder, a wave. Several names stand with commas between them. The
folder `notebooks/` of a study holds copies, which you may change; they are the ones that are run.
"""
#: a line of the list in which a notebook explains its parameters
_LINE = re.compile(r"^[-*] `(\w+)`(?:, `(\w+)`)*:? ?(.*)$", re.MULTILINE)
_NAMES = re.compile(r"`(\w+)`")


@dataclass(frozen=True)
class Notebook:
    """A notebook as its reader meets it.

    Attributes
    ----------
    name : str
        Of its file.
    title, about : str
        Its heading and what stands below.
    defaults : dict of str to str
        By parameter, as they are written.
    meanings : dict of str to str
        By parameter.
    """

    name: str
    title: str
    about: str
    defaults: dict[str, str]
    meanings: dict[str, str]


def shipped() -> list[Notebook]:
    """Return the notebooks in the order of their names."""
    return [_read(path) for path in sorted(_FOLDER.glob("*.ipynb"))]


def page() -> str:
    """Write the page."""
    books = shipped()
    lines = [_HEAD, "| notebook | is |", "|---|---|"]
    lines += [f"| [`{each.name}`](#{_anchor(each.name)}) | {each.title} |" for each in books]
    for each in books:
        lines += ["", f"## {each.name}", "", f"**{each.title}.** {each.about}"]
        if each.defaults:
            lines += ["", "| parameter | default | means |", "|---|---|---|"]
            lines += [
                f"| `{name}` | `{value}` | {_flat(each.meanings.get(name, ''))} |"
                for name, value in each.defaults.items()
            ]
    return "\n".join(lines) + "\n"


def _read(path: Path) -> Notebook:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    said = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    set_here = [
        "".join(cell["source"])
        for cell in cells
        if "parameters" in cell["metadata"].get("tags", ())
    ]
    title, _, rest = said[0].partition("\n")
    about = rest.strip().split("\n\n")[0]
    meanings: dict[str, str] = {}
    for text in said:
        for line in _LINE.finditer(text):
            head = line[0][: len(line[0]) - len(line[3])]
            meanings |= dict.fromkeys(_NAMES.findall(head), line[3].strip())
    defaults = {
        target.id: ast.unparse(each.value)
        for source in set_here
        for each in ast.parse(source).body
        if isinstance(each, ast.Assign)
        for target in each.targets
        if isinstance(target, ast.Name)
    }
    return Notebook(path.name, title.lstrip("# ").strip(), _flat(about), defaults, meanings)


def _anchor(name: str) -> str:
    return re.sub(r"[^\w\- ]", "", name.lower())


def _flat(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
