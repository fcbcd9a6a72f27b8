"""The example study: two invented programmes, ready to look at."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from p3c_qual.opening import new_study, open_study
from p3c_qual.shipped import shipped_path

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from p3c_qual.study import Study

__all__ = ["build_example", "make_example"]

TITLE = "Two integrated-care programmes (invented)"
#: what the programmes call themselves
LABELS = {"tallowfield": "Tallowfield Care Together", "vennside": "Vennside Neighbour Teams"}


def make_example(folder: str | Path, *, step: Callable[[str], None] | None = None) -> Study:
    """Make the example study from its export and its originals.

    Parameters
    ----------
    folder : str or Path
        Must not hold a study yet.
    step : callable, optional
        Told what is being done.

    Returns
    -------
    Study

    Raises
    ------
    P3CError
        If the folder holds a study already or cannot be written.
    """
    export, originals = shipped_path("study.jsonl"), shipped_path("data_raw")
    study = new_study(folder, title=TITLE)
    for file in sorted(originals.iterdir()):
        shutil.copyfile(file, study.path / "data_raw" / file.name)
    if step:
        step("loading")
    study.import_lines(export)
    return study


def build_example(folder: str | Path) -> Study:
    """Build the example study anew from its originals, as a team would have made it.

    Two coders' codings, protocols and sources come in as they would from anybody's hand; what
    `p3c export` makes of it is shipped as ``study.jsonl``.
    """
    raw = shipped_path("data_raw")
    study = new_study(folder, title=TITLE, coder="mira")
    study.close()
    study = open_study(folder, coder="mira")
    for file in sorted(raw.iterdir()):
        shutil.copyfile(file, study.path / "data_raw" / file.name)
    study.load_protocols(study.path / "data_raw" / "protocols.yml")
    study.add_manifest(study.path / "data_raw" / "manifest.csv")
    for key, label in LABELS.items():
        study.set_fields("programme", key, {"label": label})
    for coder in ("mira", "tobias"):
        own = open_study(folder, coder=coder)
        own.code_csv(study.path / "data_raw" / f"codings_{coder}.csv")
        own.close()
    return study
