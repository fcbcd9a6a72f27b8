"""The recording that lies beside a source's original."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from p3c_qual.study import Study

__all__ = ["ENDINGS", "recording_of"]

#: what browsers play, by how often it is met
ENDINGS = ("mp3", "m4a", "wav", "mp4", "ogg", "opus", "flac", "webm", "mov")


def recording_of(study: Study, file: str | None) -> Path | None:
    """Return the recording of the same name beside an original in ``data_raw``.

    Parameters
    ----------
    study : Study
    file : str or None
        Path of the original below ``data_raw``.

    Returns
    -------
    Path or None
        None where there is none, or where it leads out of ``data_raw``.
    """
    if not file:
        return None
    folder = (study.path / "data_raw").resolve()
    original = folder / file
    stem = original.name.rpartition(".")[0] or original.name
    for ending in ENDINGS:
        for each in (f"{stem}.{ending}", f"{stem}.{ending.upper()}"):
            path = original.with_name(each)
            if path.is_file() and path.resolve().is_relative_to(folder):
                return path.resolve()
    return None
