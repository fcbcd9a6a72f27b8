"""Start JupyterLab on a study, with the workbench and without asking the network for anything."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from p3c_qual.errors import P3CError, Problem
from p3c_qual.settings import FILE, read_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["lab_arguments", "start_lab"]

_NAME = "p3c-qual"
_BUILT = Path(__file__).parent / "labextension"
#: what JupyterLab would ask the network for: news, its newest version, extensions to install
_QUIET = (
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
)
#: what JupyterLab would ask the person: whether it may fetch news. Who wants them sets it there
_UNASKED = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}
}


def lab_arguments(
    study: Path, *, root: Path | None = None, port: int | None = None, browser: bool = True
) -> list[str]:
    """Return what JupyterLab is started with.

    Parameters
    ----------
    study : Path
        The study's folder.
    root : Path, optional
        The folder that JupyterLab shows; the study's own by default.
    port : int, optional
        By default the first free one from 8888 on.
    browser : bool
        Whether to open a browser.

    Raises
    ------
    P3CError
        If there is no study, or it does not lie in `root`.
    """
    read_settings(study)
    study = study.resolve()
    above = (root or study).resolve()
    if not study.is_relative_to(above):
        what = "the study does not lie in the folder that JupyterLab is to show"
        raise P3CError(Problem(what, str(above), do="Name a folder above the study, or none."))
    place = quote((study / FILE).relative_to(above).as_posix())
    return [
        f"--ServerApp.root_dir={above}",
        f"--LabApp.default_url=/lab/tree/{place}",
        "--ServerApp.jpserver_extensions={'p3c_qual.workbench': True}",
        *_QUIET,
        *([f"--ServerApp.port={port}"] if port is not None else []),
        *([] if browser else ["--no-browser"]),
    ]


def start_lab(arguments: Sequence[str]) -> None:
    """Run JupyterLab until it is stopped.

    Parameters
    ----------
    arguments : sequence of str
        From `lab_arguments`, and what somebody adds.
    """
    from jupyterlab.labapp import LabApp  # type: ignore[import-untyped]

    with tempfile.TemporaryDirectory(prefix="p3c-") as name:
        folder, given = Path(name), list(arguments)
        if not _installed():
            # JupyterLab finds the front end by the name of its folder
            shutil.copytree(_BUILT, folder / "front" / _NAME)
            given.append(f"--LabApp.extra_labextensions_path={folder / 'front'}")
        defaults = folder / "labconfig" / "default_setting_overrides.json"
        defaults.parent.mkdir()
        defaults.write_text(json.dumps(_UNASKED), encoding="utf-8")
        # the person's own folders come behind, their own settings go before any default
        path = [str(folder), os.environ.get("JUPYTER_CONFIG_PATH", "")]
        os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(filter(None, path))
        LabApp.launch_instance(argv=given)


def _installed() -> bool:
    """Say whether JupyterLab would find this very front end by itself."""
    from jupyter_core.paths import jupyter_path

    built = _BUILT / "package.json"
    if not built.is_file():
        what = "the workbench's front end is missing in this installation"
        do = "Install p3c_qual again; from a checkout build it with: make frontend"
        raise P3CError(Problem(what, do=do))
    for folder in jupyter_path("labextensions"):
        there = Path(folder, _NAME, "package.json")
        if there.is_file():
            return there.read_bytes() == built.read_bytes()
    return False
