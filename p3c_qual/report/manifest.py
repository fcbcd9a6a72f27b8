"""What a render was made from, so that it can be made again: parameters, inputs, versions."""

from __future__ import annotations

import hashlib
import platform
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from sqlalchemy import Connection

    from p3c_qual.study import Study

__all__ = ["describe_files", "describe_inputs", "sha256_of"]

#: whose versions decide what a report looks like
_LIBRARIES = ("p3c_qual", "pandas", "matplotlib", "jinja2", "papermill", "sqlalchemy")
_NO_SEED = "nothing in this notebook is drawn by lot"


def describe_inputs(study: Study, notebook: Path, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a notebook is given of a study, by what can be compared later.

    Parameters
    ----------
    study : Study
        As the notebook opens it: as of the same day.
    notebook : Path
    given : mapping
        Its parameters, with the defaults of the notebook.

    Returns
    -------
    dict
        ``parameters``, ``as_of``, ``codebook`` (with its version), ``reading_set`` (in words, None
        where the notebook counts none), ``seed`` (with the reason where there is none),
        ``versions``, ``notebook``, and of the inputs the hashes: ``journal`` (its events, the last
        of them, and a hash of all), ``sources``, ``codebooks``.

    Raises
    ------
    P3CError
        If the reading set or the version of the codebook is none of the study's.
    """
    from p3c_qual.codebook.editions import check_version

    codebook = str(given.get("codebook") or "")
    found = study.codebooks()
    books: dict[str, str] = dict(zip(found["codebook"], found["version"], strict=True))
    if codebook in books:
        check_version(study, codebook, str(given.get("codebook_version") or ""))
    sources = _sources(study, given)
    with study.store.read() as connection:
        journal = _journal(connection)
    return {
        # the study by its name: where it lies on somebody's computer is nobody else's business
        "parameters": {**given, "study": study.path.resolve().name},
        "as_of": study.as_of or None,
        "codebook": {"key": codebook, "version": books[codebook]} if codebook in books else None,
        "reading_set": _reading_set(study, given, set(sources), codebook),
        "seed": given.get("seed"),
        **({} if "seed" in given else {"seed_reason": _NO_SEED}),
        "versions": _versions(),
        "notebook": {"name": notebook.name, "sha256": sha256_of(notebook)},
        "journal": journal,
        "sources": sources,
        "codebooks": _codebooks(study, books),
    }


def describe_files(folder: Path) -> dict[str, str]:
    """Return the hashes of the files of a folder by their path in it.

    Parameters
    ----------
    folder : Path
    """
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): sha256_of(path) for path in files}


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal.

    Parameters
    ----------
    path : Path
    """
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _sources(study: Study, given: Mapping[str, Any]) -> dict[str, str]:
    """Return the hashes of the sources of the programme or country, by their keys."""
    found = study.sources()
    programmes = study.programmes()
    wanted = {given.get("programme")}
    if country := given.get("country"):
        wanted = set(programmes.loc[programmes["country"] == country, "programme"])
    of_it = found[found["programme"].isin(list(wanted))]
    return {
        str(key): str(digest) for key, digest in zip(of_it["source"], of_it["sha256"], strict=True)
    }


def _journal(connection: Connection) -> dict[str, Any]:
    """Return how many events there are, the last of them, and a hash of all in their order."""
    from p3c_qual.store.replay import ORDER
    from p3c_qual.store.schema import event

    told = hashlib.sha256()
    count, last = 0, None
    wanted = select(event.c.id, event.c.clock, event.c.after).order_by(*ORDER)
    for name, clock, after in connection.execute(wanted):
        told.update(f"{name} {clock} {after}\n".encode())
        count, last = count + 1, name
    return {"events": count, "last": last, "sha256": told.hexdigest()}


def _codebooks(study: Study, keys: Iterable[str]) -> dict[str, str]:
    from p3c_qual.codebook.stored import stored_codebook
    from p3c_qual.codebook.writer import write_codebook

    with study.store.read() as connection:
        forms = {key: write_codebook(stored_codebook(connection, key)) for key in sorted(keys)}
    return {key: hashlib.sha256(form.encode()).hexdigest() for key, form in forms.items()}


def _reading_set(
    study: Study, given: Mapping[str, Any], sources: set[str], codebook: str
) -> str | None:
    """Say whose codings were counted of these sources; None for a notebook that counts none."""
    from p3c_qual.analysis.reading_set import choose_readings, read_reading_set
    from p3c_qual.coding.names import ids_by_key

    if "reading_set" not in given:
        return None
    coder, round_ = read_reading_set(study, str(given["reading_set"] or ""))
    with study.store.read() as connection:
        rows = {row for key, row in ids_by_key(connection, "source").items() if key in sources}
        chosen = choose_readings(
            connection, coder=coder, round=round_, sources=rows, codebook=codebook or None
        )
    return chosen.caption


def _versions() -> dict[str, str]:
    from importlib.metadata import PackageNotFoundError, version

    found = {"python": platform.python_version()}
    for name in _LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "unknown"
    return found
