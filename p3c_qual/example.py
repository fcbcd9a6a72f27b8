"""The example study: two invented programmes, ready to look at."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from sqlalchemy import select

from p3c_qual.opening import new_study, open_study
from p3c_qual.shipped import shipped_path

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

    from p3c_qual.study import Study

__all__ = ["build_example", "make_example"]

TITLE = "Two integrated-care programmes (invented)"
#: the sample of the summarising's back-check: units, and the seed that draws them
_SAMPLE, _SEED = 24, 7
#: what the programmes call themselves
LABELS = {"tallowfield": "Tallowfield Care Together", "vennside": "Vennside Neighbour Teams"}
#: what was measured, beside what was said of it
JOINTS: tuple[dict[str, Any], ...] = (
    {
        "domain": "patient",
        "instrument": "p3ceq",
        "scale": "coordination",
        "themes": ["selfie:service_delivery.micro.continuity"],
        "quotes": ["b466984e"],
        "configurations": ["vs_asked_at_nine"],
        "inference": "People rate coordination higher in the second wave, and say that they need "
        "not tell everything three times.",
        "fit": "confirmation",
        "programme": "vennside",
    },
    {
        "domain": "patient",
        "instrument": "wemwbs",
        "scale": "raw",
        "themes": ["selfie_person:core.health_wellbeing"],
        "quotes": ["d0bf6826", "1bce11c7"],
        "configurations": ["vs_asked_at_nine", "vs_five_faces"],
        "inference": "People tell of lying differently at night; the scale does not move. The "
        "second wave fell into the months in which nurses left.",
        "fit": "discordance",
        "programme": "vennside",
    },
)


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
    _copy(originals, study)
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
    _copy(raw, study)
    study.load_protocols(study.path / "data_raw" / "protocols.yml")
    study.add_manifest(study.path / "data_raw" / "manifest.csv")
    for key, label in LABELS.items():
        study.set_fields("programme", key, {"label": label})
    for coder in ("mira", "tobias"):
        own = open_study(folder, coder=coder)
        own.code_csv(study.path / "data_raw" / f"codings_{coder}.csv")
        own.close()
    _analyse(study)
    _configure(study)
    _describe(study, raw / "description")
    _measure(study)
    return study


def _copy(originals: Path, study: Study) -> None:
    """Copy the originals and the tables beside them; the description lies in the study alone."""
    for file in sorted(originals.iterdir()):
        if file.is_file():
            shutil.copyfile(file, study.path / "data_raw" / file.name)


def _analyse(study: Study) -> None:
    """Do the example's analysis by Mayring's steps, as mira did it."""
    from p3c_qual.mayring.question_form import load_questions
    from p3c_qual.mayring.steps import close_step
    from p3c_qual.mayring.structuring.matrix import cells_csv
    from p3c_qual.mayring.structuring.rating import rate_csv
    from p3c_qual.mayring.summarising.summary_form import load_summary

    raw = study.path / "data_raw"
    study.load_codebook(raw / "conditions.yml")
    load_questions(study, raw / "questions.yml")
    load_summary(study, raw / "summary_mira.csv")
    for step in ("paraphrase", "generalise", "reduce", "bundle"):
        close_step(study, "what_helps", step)
    _check_back(study, raw / "back_check_mira.csv")
    close_step(study, "what_helps", "check")
    close_step(study, "segment_by_segment", "define")
    cells_csv(study, raw / "cells_mira.csv")
    close_step(study, "how_enabling", "define")
    rate_csv(study, raw / "ratings_mira.csv")


def _configure(study: Study) -> None:
    """Put the example's realist reading in, as mira made it."""
    from p3c_qual.realist.building.configurations import set_aside
    from p3c_qual.realist.form.form import load_realist
    from p3c_qual.realist.logic.logic_model import take_logic_model

    take_logic_model(study)
    load_realist(study, study.path / "data_raw" / "configurations.yml")
    reason = "The review's own figures give two per cent, and nobody says what brought it about."
    set_aside(study, "tf_nine_per_cent", reason=reason)


def _describe(study: Study, folder: Path) -> None:
    """Take the example's thick description in, with what becomes of the names in it."""
    from p3c_qual.description import load_description

    load_description(study, folder)


def _measure(study: Study) -> None:
    """Take the example's questionnaires and figures in, and put them beside themes."""
    from p3c_qual.instruments import (
        load_aggregates,
        load_responses,
        take_instrument,
        write_joint,
    )

    raw = study.path / "data_raw"
    for instrument in ("p3ceq", "wemwbs"):
        take_instrument(study, instrument)
        load_responses(study, instrument, raw / f"{instrument}_vennside.csv")
    load_aggregates(study, raw / "service_use.csv")
    for display in JOINTS:
        write_joint(study, **display)


def _check_back(study: Study, path: Path) -> None:
    """Draw the back-check's sample, and judge its units as the table says by their numbers."""
    import csv

    from p3c_qual.mayring.question import read_question
    from p3c_qual.mayring.summarising.back_check import draw_sample, judge
    from p3c_qual.mayring.summarising.state import number_units
    from p3c_qual.store.schema import ROWS

    with path.open(encoding="utf-8", newline="") as file:
        said = {row["no"]: row for row in csv.DictReader(file)}
    sample = draw_sample(study, "what_helps", size=_SAMPLE, seed=_SEED)
    table = ROWS["back_check"]
    with study.store.read() as connection:
        numbers = number_units(connection, read_question(connection, "what_helps"))
        units = dict(
            connection.execute(
                select(table.c.id, table.c.paraphrase).where(table.c.id.in_(sample))
            ).all()
        )
    for check in sample:
        row = said[str(numbers[units[check]])]
        judge(study, check, row["verdict"], remark=row["remark"])
