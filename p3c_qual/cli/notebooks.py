"""The command that runs a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from p3c_qual.cli.app import Here, app, open_here
from p3c_qual.cli.out import Form, FormOption, show
from p3c_qual.cli.progress import bars
from p3c_qual.cli.reports import named_texts

if TYPE_CHECKING:
    from typing import Any


@app.command()
def notebook(
    name: Annotated[
        str, typer.Argument(metavar="[NAME]", help="Of its file, without .ipynb.")
    ] = "",
    parameters: Annotated[
        list[str] | None,
        typer.Option("-p", metavar="NAME VALUE", help="A parameter of the notebook."),
    ] = None,
    form: FormOption = Form.table,
) -> None:
    """Run a notebook into reports/notebooks/, or list them."""
    from p3c_qual.notebooks.named import find_notebook, list_notebooks
    from p3c_qual.report.run import run_notebook

    with open_here() as study:
        if not name:
            show(list_notebooks(study), form)
            return
        file = find_notebook(study, name)
        given: dict[str, Any] = {"as_of": Here.as_of} if Here.as_of else {}
        given |= named_texts(parameters or [])
        with bars() as begin:
            made = run_notebook(
                study.path,
                study.path / "reports" / "notebooks" / file.stem,
                notebook=file.name,
                of={},
                parameters=given,
                progress=begin(file.stem),
            )
    for path in sorted({made, made.with_name(f"{file.stem}.html"), made.with_name(file.name)}):
        if path.is_file():
            typer.echo(f"Wrote {path}.")
