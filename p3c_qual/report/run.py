"""Rendering: a parameterised notebook run for one programme, kept only as a whole."""

from __future__ import annotations

import ast
import json
import logging
import re
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.report.manifest import describe_files
from p3c_qual.report.renders import take_place

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

__all__ = ["FORMS", "check_forms", "run_notebook", "run_report"]

NOTEBOOK = "thick_description.ipynb"
#: what a report is written as; the first is what is written by default
FORMS = ("html", "docx", "pdf")
#: parameters that are not given by name, besides what a report is on
SET_HERE = ("study", "out")
TRUTH = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_NUMBERS = {int: "whole number", float: "number"}
_OLDER = (
    "The study has a notebook of its own, made by an earlier version: move it away, and the one "
    "that comes with the program is taken."
)
#: colours in a traceback
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def run_report(
    study_path: Path | str,
    programme: str,
    out_dir: Path | str,
    *,
    parameters: Mapping[str, Any] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Path:
    """Run the notebook of the thick description for one programme.

    Parameters
    ----------
    study_path : Path or str
        Folder of the study.
    programme : str
        Key of the programme.
    out_dir : Path or str
        Gets ``report.html`` and what else it is written as, ``figures/``, ``manifest.json`` and
        the executed notebook.
    parameters : mapping, optional
        Of the notebook, besides ``study``, ``programme`` and ``out``; a number or a truth value
        may be given as text, as it comes from a command line.
    progress : callable, optional
        Called with the cells done and the cells there are.

    Returns
    -------
    Path
        The first of the files that were asked for.

    Raises
    ------
    P3CError
        As `run_notebook` does.

    Examples
    --------
    >>> run_report(".", "harbour", "reports/harbour", parameters={"draft": "perhaps"})
    Traceback (most recent call last):
    p3c_qual.errors.P3CError: parameter draft: 'perhaps' is no truth value: write true or false.
    """
    return run_notebook(
        study_path,
        out_dir,
        notebook=NOTEBOOK,
        of={"programme": programme},
        parameters=parameters,
        progress=progress,
    )


def run_notebook(
    study_path: Path | str,
    out_dir: Path | str,
    *,
    notebook: str,
    of: Mapping[str, str],
    parameters: Mapping[str, Any] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Path:
    """Run a notebook; what it writes is kept only as a whole.

    The study's own notebook is taken where it has one, else the shipped one. All files are
    made in a folder beside `out_dir` and take its place at the end, so that a run that fails
    leaves the earlier one as it was. The files of the earlier one go to ``runs/TIME`` in
    `out_dir`, all of them; anything else that lies there stays.

    Parameters
    ----------
    study_path : Path or str
        Folder of the study.
    out_dir : Path or str
        Gets what the notebook writes into its folder ``out``, ``manifest.json`` and the executed
        notebook; one that writes no report comes as an HTML page too.
    notebook : str
        Name of its file. One that is on a programme or a country, or has a parameter ``to``, has
        to write a report in each form that is named there.
    of : mapping of str to str
        What the report is on, by the name of the parameter: ``programme`` or ``country``; empty
        for a notebook that is on the study as a whole.
    parameters : mapping, optional
        Of the notebook; what a report is written as is ``to``, names with commas between them.
    progress : callable, optional
        Called with the cells done and the cells there are.

    Returns
    -------
    Path
        The first of the files that were asked for, or the executed notebook.

    Raises
    ------
    P3CError
        If a parameter is unknown or of the wrong kind, names what the study does not have, a cell
        fails or the folder cannot be written.
    """
    import nbformat

    study, target = Path(study_path).resolve(), Path(out_dir).resolve()
    path = _notebook(study, notebook)
    where = next(iter(of.values()), path.stem)
    defaults = _defaults(path)
    given = {**defaults, **_typed(path, defaults, parameters or {}, of), **of}
    given |= {"study": str(study)} if "study" in defaults else {}
    forms = check_forms(str(given.get("to", FORMS[0]))) if of or "to" in given else []
    if in_the_way := _in_the_way(target):
        raise P3CError(in_the_way)
    inputs, cursor = _inputs(study, path, given)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except OSError as error:
        raise _unwritable(target, error) from error
    try:
        started = datetime.now(UTC)
        out = {"out": str(made)} if "out" in defaults else {}
        done = _execute(path, {**given, **out}, where, progress)
        if missing := [form for form in forms if not (made / f"report.{form}").is_file()]:
            what = f"the notebook for {where} ended without writing a report"
            do = f"Its last cells have to write report.{missing[0]} into the folder `out`."
            raise P3CError(Problem(what, str(path), do=do))
        # what is kept names the folder the files come to lie in
        kept: str = nbformat.writes(done)  # type: ignore[no-untyped-call]
        executed = kept.replace(_in_json(made), _in_json(target))
        (made / notebook).write_text(executed + "\n", encoding="utf-8", newline="\n")
        if not forms:
            # a notebook that writes no report is itself what people read
            from p3c_qual.notebooks.page import write_page

            write_page(done, made / f"{path.stem}.html")
        manifest = {
            **inputs,
            "started": started.isoformat(timespec="seconds"),
            "finished": datetime.now(UTC).isoformat(timespec="seconds"),
            "changed_meanwhile": _cursor(study) != cursor,
            "files": describe_files(made),
        }
        text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
        (made / "manifest.json").write_text(text, encoding="utf-8", newline="\n")
        take_place(target, made)
    except OSError as error:
        raise _unwritable(target, error) from error
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return target / (f"report.{forms[0]}" if forms else notebook)


def check_forms(to: str) -> list[str]:
    """Return what a report is written as, from names with commas between them.

    Raises
    ------
    P3CError
        If one of them is unknown; all at once.

    Examples
    --------
    >>> check_forms("pdf, html")
    ['pdf', 'html']
    """
    forms = list(dict.fromkeys(each.strip().lower() for each in to.split(",") if each.strip()))
    problems = [
        Problem(f"a report is not written as {each!r}", "", FORMS, nearest(each, FORMS))
        for each in forms
        if each not in FORMS
    ]
    if problems:
        raise P3CError(problems)
    return forms or [FORMS[0]]


def _in_json(path: Path) -> str:
    return json.dumps(str(path))[1:-1]


def _notebook(study: Path, name: str) -> Path:
    own = study / "notebooks" / name
    return own if own.is_file() else _shipped(name)


def _shipped(name: str) -> Path:
    from p3c_qual.shipped import shipped_path

    return shipped_path(f"notebooks/{name}")


def _shipped_names(name: str) -> Collection[str]:
    """Return the parameters of the notebook of this name that comes with the program."""
    try:
        return _defaults(_shipped(name)).keys()
    except P3CError:
        # a notebook that only this study has
        return ()


def _defaults(notebook: Path) -> dict[str, Any]:
    """Return the parameters of a notebook as it comes."""
    import papermill

    # papermill fills in braces of a path as if they were fields
    path = str(notebook).replace("{", "{{").replace("}", "}}")
    found = papermill.inspect_notebook(path)
    return {name: ast.literal_eval(each["default"]) for name, each in found.items()}


def _typed(
    notebook: Path, defaults: Mapping[str, Any], given: Mapping[str, Any], of: Mapping[str, str]
) -> dict[str, Any]:
    """Return the parameters as the notebook takes them; refuse all that are wrong at once."""
    valid = [name for name in defaults if name not in {*SET_HERE, *of}]
    shipped = _shipped_names(notebook.name) if given.keys() - set(valid) else ()
    problems, made = [], {}
    for name, value in given.items():
        if name not in valid:
            what = f"unknown parameter {name!r}"
            near = nearest(name, valid)
            do = _OLDER if name in shipped and name not in of else ""
            problems.append(Problem(what, notebook.name, tuple(valid), near, do))
            continue
        try:
            made[name] = _as(type(defaults[name]), value) if isinstance(value, str) else value
        except ValueError as error:
            problems.append(Problem(f"{value!r} is no {error}", f"parameter {name}"))
    if problems:
        raise P3CError(problems)
    return made


def _as(kind: type, text: str) -> Any:
    """Read a parameter that was given as text."""
    if kind is bool:
        if text.lower() not in TRUTH:
            msg = "truth value: write true or false"
            raise ValueError(msg)
        return TRUTH[text.lower()]
    if kind in _NUMBERS:
        try:
            return kind(text)
        except ValueError:
            raise ValueError(_NUMBERS[kind]) from None
    # what is not set by default is not set by an empty text either
    return None if kind is type(None) and text.lower() in {"", "none"} else text


def _execute(
    notebook: Path,
    parameters: dict[str, Any],
    where: str,
    progress: Callable[[int, int], None] | None,
) -> Any:
    """Run a notebook and return it as it was executed."""
    import nbformat
    import papermill
    from jupyter_client.kernelspec import NoSuchKernel
    from nbclient.exceptions import DeadKernelError
    from papermill.engines import papermill_engines
    from papermill.exceptions import PapermillExecutionError

    logging.getLogger("papermill").setLevel(logging.ERROR)
    papermill_engines.register("p3c", _engine())
    try:
        # handed over as an object: papermill fills in braces of a path as if they were fields
        return papermill.execute_notebook(
            nbformat.read(notebook, as_version=4),  # type: ignore[no-untyped-call]
            None,
            parameters=parameters,
            engine_name="p3c",
            kernel_name="python3",
            progress_bar=False,
            log_output=False,
            # the kernel's own log lines would stand between those of the progress bar
            extra_arguments=["--log-level=50"],
            step=progress,
        )
    except PapermillExecutionError as error:
        # what the library says may be several lines, and each needs its place
        raise P3CError([Problem(line, where) for line in _said(error)]) from None
    except (DeadKernelError, NoSuchKernel) as error:
        do = "Look whether memory ran out, or install the kernel again: pip install ipykernel"
        raise P3CError(Problem(f"the notebook's kernel failed: {error}", where, do=do)) from None


def _engine() -> Any:
    """Return papermill's engine with a call after each cell."""
    from papermill.engines import NBClientEngine

    class Engine(NBClientEngine):  # type: ignore[misc]
        @classmethod
        def execute_managed_notebook(
            cls, manager: Any, kernel: str, *, step: Any = None, **options: Any
        ) -> Any:
            kept, total = manager.cell_complete, len(manager.nb.cells)

            def complete(cell: Any, cell_index: int | None = None, **more: Any) -> None:
                kept(cell, cell_index=cell_index, **more)
                if step is not None and cell_index is not None:
                    step(cell_index + 1, total)

            manager.cell_complete = complete
            return super().execute_managed_notebook(manager, kernel, **options)

    return Engine


def _said(error: Any) -> list[str]:
    """Return what a failed cell said, without the way it got there."""
    said = _COLOUR.sub("", str(error.evalue)).strip()
    if error.ename == "P3CError" and said:
        return said.splitlines()
    last = said.splitlines()[-1] if said else "no message"
    return [f"cell {error.exec_count} of the notebook failed: {error.ename}: {last}"]


def _inputs(study: Path, notebook: Path, given: dict[str, Any]) -> tuple[dict[str, Any], int]:
    """Return what the notebook is given of the study, and the number of its last event."""
    from p3c_qual import open_study
    from p3c_qual.report.manifest import describe_inputs

    cursor = _cursor(study)
    with open_study(study, as_of=given.get("as_of")) as opened:
        return describe_inputs(opened, notebook, given), cursor


def _cursor(study: Path) -> int:
    from p3c_qual import open_study

    with open_study(study) as opened:
        return opened.store.cursor()


def _in_the_way(target: Path) -> Problem | None:
    """Name the file that stands where the folder of a report belongs."""
    for place in (target, *target.parents):
        if place.exists():
            if place.is_dir():
                return None
            what = "the report cannot be written: a file stands where its folder belongs"
            return Problem(what, str(place), do="Move the file away, or give it another name.")
    return None


def _unwritable(target: Path, error: OSError) -> P3CError:
    what = f"the report cannot be written: {error.strerror or error}"
    do = "Free some space, or choose another folder. The earlier report was left as it was."
    return P3CError(Problem(what, str(target), do=do))
