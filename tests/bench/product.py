"""The library's calls that are timed, all of them in this file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

#: whose codings the commands of the benchmark write
ACTOR = "ada"


def new(path: Path) -> Any:
    """Make an empty study."""
    import p3c_qual as p3c

    return p3c.new_study(path, title="Benchmark")


def open(path: Path) -> Any:  # noqa: A001  (named like what it stands for)
    """Open a study and list its sources, as every view does first."""
    import p3c_qual as p3c

    study = p3c.open_study(path)
    study.sources()
    return study


def store(path: Path) -> Path:
    """Return the SQLite file of a study."""
    return path / "study.sqlite"


def load_codebook(study: Any, path: Path) -> None:
    study.load_codebook(path)


def add_manifest(study: Any, manifest: Path) -> None:
    """Import every source of a manifest."""
    study.add_manifest(manifest)


def code_csv(study: Any, path: Path) -> None:
    """Take in a file of codings."""
    study.code_csv(path)


def counts(study: Any) -> tuple[int, int]:
    """Return how many sources and codings there are, and close the study."""
    found = len(study.sources()), len(study.codings())
    study.close()
    return found


def frequencies(study: Any, by: str, code: str) -> int:
    """Count every code by group; return the total of one code."""
    import p3c_qual as p3c

    table = p3c.table_frequencies(study, by=by, codebook="bench")
    return int(table.loc[table["code"] == code, "total"].iloc[0])


def segments(study: Any, code: str, limit: int | None) -> int:
    """List the segments of a code; return how many came."""
    return len(study.codings(code=code, limit=limit))


def search(study: Any, text: str, mode: str, limit: int) -> int:
    """Search the texts; return how many hits came."""
    return len(study.search(text, mode=mode, limit=limit))


def segments_csv(study: Any, path: Path) -> None:
    """Write every segment to a file."""
    study.write_codings(path)


def code_one(study: Any, source: str, start: int, end: int, code: str) -> None:
    """Give one code to one span; when this returns, it is kept."""
    study.code(source, start, end, code, coder=ACTOR, round="bench")
