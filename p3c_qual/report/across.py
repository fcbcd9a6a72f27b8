"""The chapter across the programmes: each table that puts them side by side."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from p3c_qual.report.blocks import Cell, Origin, Table
from p3c_qual.report.frames import frame_block
from p3c_qual.report.model import Section
from p3c_qual.report.records import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from p3c_qual.report.blocks import Block
    from p3c_qual.study import Study

__all__ = ["across_sections"]

#: columns of counts past which a table does not fit a page
_COLUMNS = 12


@dataclass(frozen=True)
class _Part:
    """A table of the chapter; what it counts decides whether there is anything to print."""

    key: str
    title: str
    function: str
    counts: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    by_programme: bool = False
    codebook: str = ""


_PARTS = (
    _Part("models", "Service models", "table_service_models", by_programme=True),
    _Part("taxonomy", "Programmes by component", "table_taxonomy", by_programme=True),
    _Part(
        *("components", "Planned and practised", "table_components", ("planned", "practised")),
        columns=("label", "programme", "planned", "practised", "state"),
        by_programme=True,
    ),
    _Part(
        "segments",
        "Segment by segment",
        "list_framework_cells",
        columns=("chapter", "label", "text", "coded"),
    ),
    _Part(
        *("sites", "Site by site", "list_framework_cells"),
        columns=("chapter", "label", "text", "coded"),
        codebook="pioneers",
    ),
    _Part("time", "What was, is and is to be", "table_time_ordered", ("segments",)),
    _Part(
        *("barriers", "Barriers and facilitators", "table_barriers"),
        columns=(
            *("label", "level", "barriers", "barrier_people", "facilitators"),
            *("facilitator_people", "programmes"),
        ),
    ),
    _Part("elements", "Elements of the framework", "table_selfie_programmes", ("in_programmes",)),
    _Part(
        *("use", "Use of services and cost", "table_service_use"),
        columns=(
            *("measure", "setting", "programme", "site", "wave", "n", "value", "unit", "remark"),
        ),
        by_programme=True,
    ),
    _Part("evaluations", "Evaluation plans", "table_evaluation_plan", by_programme=True),
    _Part("linked", "Other evaluations", "table_linked_evaluations", by_programme=True),
    _Part("literature", "What publications found", "table_literature", by_programme=True),
    _Part("lessons", "Highlights, challenges and advice", "table_lessons", ("segments",)),
)


def across_sections(study: Study, programmes: Sequence[str]) -> tuple[Section, ...]:
    """Return the sections of the chapter, numbered by whoever takes them in.

    Parameters
    ----------
    study : Study
    programmes : sequence of str
        Keys, in order.

    Returns
    -------
    tuple of Section
        A table without a row, or in which nothing is counted, is said to be empty.
    """
    return tuple(
        Section(
            f"across.{part.key}",
            "",
            part.title,
            2,
            tuple(_blocks(study, part, programmes)),
        )
        for part in _PARTS
    )


def _blocks(study: Study, part: _Part, programmes: Sequence[str]) -> list[Block]:
    from p3c_qual import description, instruments

    home = description if part.function in description.__all__ else instruments
    make = getattr(home, part.function)
    if part.codebook and part.codebook not in set(study.codebooks()["codebook"]):
        return [say(f"The study has no codebook {part.codebook!r}.")]
    if part.by_programme:
        frame = _joined({key: make(study, programme=key) for key in programmes})
        asked = "programme=" + "; ".join(programmes)
    else:
        options: dict[str, Any] = {"programme": ",".join(programmes)}
        options |= {"codebook": part.codebook} if part.codebook else {}
        asked = ", ".join(f"{name}={value!r}" for name, value in options.items())
        if part.function == "table_selfie_programmes" and 2 * len(programmes) > _COLUMNS:
            options["count"] = "interviewees"
        frame = make(study, **options)
    shown = [each for each in part.columns or frame.attrs["shown"] if each in frame.columns]
    if part.by_programme:
        shown = [each for each in shown if (frame[each].astype("str") != "").any()]
    block = frame_block(
        frame, key=f"table_across_{part.key}", source=f"{part.function}({asked})", columns=shown
    )
    counted = [each for each in part.counts if frame[each].fillna(0).any()]
    if frame.empty or len(shown) < 2 or (part.counts and not counted):
        return [say(f"{block.caption}: nothing is recorded or coded.")]
    if part.function == "list_framework_cells":
        if not (frame["text"] != "").any() and not frame["coded"].fillna(0).any():
            return [say(f"{block.caption}: nothing is written or coded.")]
        block = _cells(block, frame)
    elif once := frame.attrs.get("once"):
        block = _once(block, shown.index(once[0]) if once[0] in shown else -1)
    return [block]


def _joined(by_programme: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the tables of several programmes as one; what they count of each is added up."""
    import pandas as pd

    # what an empty table says of itself does not hold for the others
    frames = [each for each in by_programme.values() if len(each)]
    frames = frames or list(by_programme.values())
    columns = list(dict.fromkeys(name for frame in frames for name in frame.columns))
    joined = pd.concat([frame.reindex(columns=columns) for frame in frames], ignore_index=True)
    sizes: dict[str, int] = {}
    for frame in frames:
        for name, size in (frame.attrs.get("denominators") or {}).items():
            if isinstance(size, int):
                sizes[name] = sizes.get(name, 0) + size
    joined.attrs = {**frames[0].attrs, "denominators": sizes}
    sets = {key: str(each.attrs.get("reading_set") or "") for key, each in by_programme.items()}
    if len(set(sets.values())) > 1:
        plain = {key: each.removeprefix("Reading set: ") for key, each in sets.items()}
        said = (f"{key}: {each.removesuffix('.')}" for key, each in plain.items() if each)
        joined.attrs["reading_set"] = "; ".join(said)
    joined.attrs["headings"] = {k: v for f in frames for k, v in f.attrs["headings"].items()}
    joined.attrs["shown"] = list(dict.fromkeys(n for f in frames for n in f.attrs["shown"]))
    words = joined.select_dtypes(exclude="number").columns
    return joined.fillna(dict.fromkeys(words, ""))


def _cells(block: Table, frame: pd.DataFrame) -> Table:
    """Return the matrix with each cell linked to the section whose words it holds."""
    rows = []
    records, homes = frame.to_dict("records"), frame.attrs["homes"]
    for n, (row, said) in enumerate(zip(block.rows, records, strict=True)):
        again = n > 0 and records[n - 1]["code"] == said["code"]
        words = Cell(said["text"] or "–")
        if said["section"]:
            home, place = homes[said["case"]], said["section"]
            if home != said["case"]:
                place = f"site-{said['case']}-{place.replace('.', '-')}"
            words = Cell(said["text"], Origin("study", source=f"section {home}-{place}"))
        if said["state"] == "stale":
            words = replace(words, value=f"{words.value}\nStale: a place it rests on has changed.")
        rows.append((Cell("") if again else row[0], row[1], words, *row[3:]))
    return replace(block, rows=tuple(rows))


def _once(block: Table, at: int) -> Table:
    """Return a table in which a column says what holds for several rows only once."""
    if at < 0:
        return block
    rows = [
        (*row[:at], Cell(""), *row[at + 1 :])
        if n and block.rows[n - 1][at].value == row[at].value
        else row
        for n, row in enumerate(block.rows)
    ]
    return replace(block, rows=tuple(rows))
