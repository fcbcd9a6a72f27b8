"""Rendering: a parameterised notebook run for one programme, kept only as a whole."""

from __future__ import annotations

import ast
import hashlib
import json
import logging
import platform
import re
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from p3c_qual.errors import P3CError, Problem, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["FORMS", "check_forms", "run_notebook", "run_report"]

NOTEBOOK = "thick_description.ipynb"
#: what a report is written as; the first is what is written by default
FORMS = ("html", "docx", "pdf")
#: whose versions decide what a report looks like
LIBRARIES = ("p3c_qual", "pandas", "matplotlib", "jinja2", "papermill", "sqlalchemy")
#: parameters that are not given by name
SET_HERE = ("study", "programme", "country", "out")
TRUTH = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
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
    """Run a notebook that writes a report; the report is kept only as a whole.

    The study's own notebook is taken where it has one, else the shipped one. All files are
    made in a folder beside `out_dir` and take its place at the end, so that a render that
    fails leaves the earlier report as it was.

    Parameters
    ----------
    study_path : Path or str
        Folder of the study.
    out_dir : Path or str
        Gets what the notebook writes into its folder ``out``, ``manifest.json`` and the executed
        notebook.
    notebook : str
        Name of its file.
    of : mapping of str to str
        What the report is on, by the name of the parameter: ``programme`` or ``country``.
    parameters : mapping, optional
        Of the notebook; what it is written as is ``to``, names with commas between them.
    progress : callable, optional
        Called with the cells done and the cells there are.

    Returns
    -------
    Path
        The first of the files that were asked for.

    Raises
    ------
    P3CError
        If a parameter is unknown or of the wrong kind, a cell fails or the folder cannot be
        written.
    """
    import nbformat

    study, target = Path(study_path).resolve(), Path(out_dir).resolve()
    path, where = _notebook(study, notebook), next(iter(of.values()))
    given = _typed(path, parameters or {})
    forms = check_forms(str(given.get("to", FORMS[0])))
    given |= {"study": str(study), **of}
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except OSError as error:
        raise _unwritable(target, error) from error
    try:
        started = datetime.now(UTC)
        done = _execute(path, {**given, "out": str(made)}, where, progress)
        if missing := [form for form in forms if not (made / f"report.{form}").is_file()]:
            what = f"the notebook for {where} ended without writing a report"
            do = f"Its last cells have to write report.{missing[0]} into the folder `out`."
            raise P3CError(Problem(what, str(path), do=do))
        # what is kept names the folder the files come to lie in
        kept: str = nbformat.writes(done)  # type: ignore[no-untyped-call]
        executed = kept.replace(_in_json(made), _in_json(target))
        (made / notebook).write_text(executed + "\n", encoding="utf-8", newline="\n")
        manifest = _manifest(study, path, given, started, made)
        text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
        (made / "manifest.json").write_text(text, encoding="utf-8", newline="\n")
        _replace(target, made)
    except OSError as error:
        raise _unwritable(target, error) from error
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return target / f"report.{forms[0]}"


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


def _typed(notebook: Path, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters as the notebook takes them; refuse all that are wrong at once."""
    import papermill

    known = papermill.inspect_notebook(str(notebook))
    valid = [name for name in known if name not in SET_HERE]
    problems, made = [], {}
    for name, value in given.items():
        if name not in valid:
            what = f"unknown parameter {name!r}"
            near = nearest(name, valid)
            do = "" if near or notebook == _shipped(notebook.name) else _OLDER
            problems.append(Problem(what, notebook.name, tuple(valid), near, do))
            continue
        kind = type(ast.literal_eval(known[name]["default"]))
        try:
            made[name] = _as(kind, value) if isinstance(value, str) else value
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
    if kind is int:
        try:
            return int(text)
        except ValueError:
            msg = "whole number"
            raise ValueError(msg) from None
    # what is not set by default is not set by an empty text either
    return None if kind is type(None) and text in {"", "None"} else text


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
        raise P3CError(Problem(_last_line(error), where)) from None
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


def _last_line(error: Any) -> str:
    """Return what a failed cell said, without the way it got there."""
    said = _COLOUR.sub("", str(error.evalue)).strip()
    if error.ename == "P3CError":
        return said
    last = said.splitlines()[-1] if said else "no message"
    return f"cell {error.exec_count} of the notebook failed: {error.ename}: {last}"


def _manifest(
    study: Path, notebook: Path, given: dict[str, Any], started: datetime, made: Path
) -> dict[str, Any]:
    from importlib.metadata import PackageNotFoundError, version

    from p3c_qual import open_study

    versions = {"python": platform.python_version()}
    for name in LIBRARIES:
        try:
            versions[name] = version(name)
        except PackageNotFoundError:
            versions[name] = "unknown"
    with open_study(study) as opened:
        sources = opened.sources()
        programmes = opened.programmes()
    wanted = {given.get("programme")}
    if country := given.get("country"):
        wanted = set(programmes.loc[programmes["country"] == country, "programme"])
    of_it = sources[sources["programme"].isin(list(wanted))]
    files = sorted(path for path in made.rglob("*") if path.is_file())
    return {
        # the study by its name: where it lies on somebody's computer is nobody else's business
        "parameters": {**given, "study": study.name},
        "started": started.isoformat(timespec="seconds"),
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "versions": versions,
        "notebook": {"name": notebook.name, "sha256": _sha256(notebook)},
        "sources": {
            str(key): str(digest)
            for key, digest in zip(of_it["source"], of_it["sha256"], strict=True)
        },
        "files": {path.relative_to(made).as_posix(): _sha256(path) for path in files},
    }


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _replace(target: Path, made: Path) -> None:
    """Move what was made to its place; anything else in the folder stays as it is."""
    target.mkdir(exist_ok=True)
    for item in sorted(made.iterdir()):
        place = target / item.name
        if place.is_dir():
            aside = made / f"{item.name}.before"
            place.rename(aside)
        item.replace(place)


def _unwritable(target: Path, error: OSError) -> P3CError:
    what = f"the report cannot be written: {error.strerror or error}"
    do = "Free some space, or choose another folder. The earlier report was left as it was."
    return P3CError(Problem(what, str(target), do=do))
