"""Who acts: a name a person gave, never an invented one."""

from __future__ import annotations

import getpass
import os
from typing import TYPE_CHECKING

from p3c_qual.errors import P3CError, Problem

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["account", "keep_name", "named"]

#: where a name may be said, the first that is there goes
_VARIABLES = ("JUPYTERHUB_USER", "P3C_CODER")


def _file() -> Path:
    from platformdirs import user_config_path

    return user_config_path("p3c_qual") / "name"


def named() -> str | None:
    """Return the name a person gave: JupyterHub's user, ``P3C_CODER``, or the one kept."""
    for variable in _VARIABLES:
        name = os.environ.get(variable, "").strip()
        if name:
            return name
    try:
        return _file().read_text(encoding="utf-8").strip() or None
    except (OSError, UnicodeDecodeError):
        return None


def account() -> str:
    """Return the name of this computer's account; it signs acts where nobody could be asked.

    A coding is never put down to it: a coder's name is always given by a person.

    Raises
    ------
    P3CError
        If the account has no name either.
    """
    try:
        return getpass.getuser()
    except (KeyError, OSError) as error:
        raise P3CError(
            Problem("it is not known who acts", do="Say it with: P3C_CODER=NAME")
        ) from error


def keep_name(name: str) -> None:
    """Keep the name for the next time, in the user's own settings.

    Raises
    ------
    P3CError
        If it cannot be a coder's name, or the settings cannot be written.
    """
    from p3c_qual.sources.terms import check_key

    name = name.strip()
    if bad := check_key(name):
        raise P3CError(Problem(bad, do="Write your name in one word, such as anna or a.smith."))
    path = _file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name + "\n", encoding="utf-8")
    except OSError as error:
        raise P3CError(
            Problem(
                f"your name cannot be kept ({error.strerror})",
                str(path),
                do="Say it each time with: P3C_CODER=NAME",
            )
        ) from error
