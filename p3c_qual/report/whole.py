"""A file that is written as a whole or not at all."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from p3c_qual.errors import P3CError, Problem

__all__ = ["write_whole"]


def write_whole(path: Path | str, data: bytes) -> Path:
    """Write a file; its folder is made, an earlier file is replaced as a whole.

    Parameters
    ----------
    path : Path or str
    data : bytes

    Returns
    -------
    Path

    Raises
    ------
    P3CError
        If the file cannot be written; an earlier one is then left as it was.

    Examples
    --------
    >>> import tempfile
    >>> write_whole(tempfile.mkdtemp() + "/report.pdf", b"%PDF").read_bytes()
    b'%PDF'
    """
    target = Path(path)
    part = target.with_name(f".{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(data)
        part.replace(target)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        what = f"the report cannot be written: {error.strerror or error}"
        do = "Free some space or choose another folder."
        raise P3CError(Problem(what, str(target), do=do)) from error
    return target
