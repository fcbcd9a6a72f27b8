"""Make a study, or open one."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from p3c_qual.errors import P3CError, Problem
from p3c_qual.settings import FILE, Settings, read_settings, write_settings
from p3c_qual.shipped import shipped_path
from p3c_qual.store.engine import open_store
from p3c_qual.study import Study

__all__ = ["new_study", "open_study"]

_README = """\
What this folder holds is written by `p3c`: reports, one folder a programme.
"""


def new_study(
    path: str | Path,
    *,
    title: str,
    language: str = "en",
    store: str | None = None,
    coder: str | None = None,
) -> Study:
    """Make a study: its folder, its store, and all shipped codebooks taken in.

    Parameters
    ----------
    path : str or Path
        The folder; made if it is not there.
    title : str
    language : str
        Of sources that name none.
    store : str, optional
        A PostgreSQL address; by default a file in the folder.
    coder : str, optional
        Who acts.

    Returns
    -------
    Study

    Raises
    ------
    P3CError
        If there is a study already, or the folder cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> folder = tempfile.mkdtemp()
    >>> study = new_study(f"{folder}/mine", title="Mine", coder="anna")
    >>> sorted(study.codebooks()["codebook"])[:2]
    ['cmo', 'implementation']
    """
    folder = Path(path)
    if (folder / FILE).exists():
        raise P3CError(
            Problem("there is a study already", str(folder), do="Open it, or name another folder.")
        )
    if not title.strip():
        raise P3CError(Problem("a study needs a title", str(folder)))
    settings = Settings(title=title, language=language)
    if store:
        settings = replace(settings, store=store)
    try:
        for name in ("data_raw", "codebooks", "notebooks", "reports"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        for name in ("codebooks", "notebooks"):
            for file in sorted(shipped_path(name).iterdir()):
                if file.suffix in {".yml", ".ipynb"}:
                    shutil.copyfile(file, folder / name / file.name)
        (folder / "reports" / "README.md").write_text(_README, encoding="utf-8")
    except OSError as error:
        raise P3CError(
            Problem(f"the folder cannot be written ({error.strerror})", str(folder))
        ) from error
    opened = open_store(settings.address(folder), create=True)
    study = Study(folder, opened, settings, coder)
    study.load_shipped()
    # last, so that a study that can be opened is a whole one
    write_settings(folder, settings)
    return study


def open_study(path: str | Path = ".", *, coder: str | None = None) -> Study:
    """Open a study.

    Parameters
    ----------
    path : str or Path
        Its folder.
    coder : str, optional
        Who acts; by default JupyterHub's user, ``P3C_CODER``, or the name kept on this computer.

    Returns
    -------
    Study

    Raises
    ------
    P3CError
        If there is none, or a newer version wrote it.
    """
    folder = Path(path)
    settings = read_settings(folder)
    return Study(folder, open_store(settings.address(folder)), settings, coder)
