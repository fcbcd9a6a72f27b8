"""study.yml: what a study is called, where it is kept, and its programmes."""

from __future__ import annotations

import os
import re
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from p3c_qual.errors import P3CError, Problem
from p3c_qual.store.schema import FORMAT

if TYPE_CHECKING:
    from pathlib import Path

    from p3c_qual.findings import Faults
    from p3c_qual.yaml_fields import Fields
    from p3c_qual.yaml_lines import Node

__all__ = ["FILE", "Settings", "check_store", "read_settings", "write_settings"]

FILE = "study.yml"
_DATABASE = "study.sqlite"
_NAMES = ("format", "title", "store", "language", "interviewee_code", "programmes")
_SCHEMES = ("postgresql", "postgres")


@dataclass(frozen=True)
class Settings:
    """The content of study.yml.

    Attributes
    ----------
    title : str
    language : str
        Of the sources that name none.
    store : str
        A file in the study's folder, or a PostgreSQL address without a password.
    programmes : dict of str to dict
        Label and country by key.
    interviewee_code : str
        How interviewees' codes are written, as a regular expression; empty: as SELFIE's, such as
        ``IP01_2``, where all codes of the study are.
    format : int
        Version of the layout.
    """

    title: str
    language: str = "en"
    store: str = _DATABASE
    programmes: dict[str, dict[str, str]] = field(default_factory=dict)
    interviewee_code: str = ""
    format: int = FORMAT

    def address(self, folder: Path) -> str | Path:
        """Return where the store is: ``P3C_STORE`` goes before the file.

        Raises
        ------
        P3CError
            If ``P3C_STORE`` is no address.
        """
        given = os.environ.get("P3C_STORE", "").strip()
        if given and (problem := check_store(given, "P3C_STORE", secret=True)):
            raise P3CError(problem)
        where = given or self.store
        return where if "://" in where else folder / where


def check_store(address: str, where: str, *, secret: bool = False) -> Problem | None:
    """Say what is wrong with the address of a store, or return None.

    Parameters
    ----------
    address : str
    where : str
        Where it was given; for the message, which never repeats a password.
    secret : bool
        Whether it may hold a password: in an environment variable, never in a file.

    Examples
    --------
    >>> check_store("study.sqlite", "study.yml")
    >>> print(check_store("mysql://host/care", "study.yml"))
    study.yml: a store is no 'mysql' address. Valid: postgresql, postgres. Write postgresql://HOST/DATABASE, or the name of a file.
    """
    scheme, sign, rest = address.partition("://")
    if not sign:
        return None
    write = "Write postgresql://HOST/DATABASE, or the name of a file."
    if scheme not in _SCHEMES:
        return Problem(f"a store is no {scheme!r} address", where, _SCHEMES, do=write)
    person = re.match(r"([^/@]*)@", rest)
    if person and person[1].partition(":")[2] and not secret:
        return Problem(
            "a password does not belong into the store's address, which others can read",
            where,
            do="Leave it out and put it into ~/.pgpass, PGPASSWORD or P3C_STORE.",
        )
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        make_url(address)
    except (ArgumentError, ValueError):
        return Problem("the address of the store cannot be read", where, do=write)
    return None


def read_settings(folder: Path) -> Settings:
    """Read study.yml.

    Raises
    ------
    P3CError
        If it is missing or holds something else than it should; everything at once, by line.
    """
    from p3c_qual.yaml_fields import Fields
    from p3c_qual.yaml_lines import Mapping, parse_yaml

    path = folder / FILE
    if not path.exists():
        what = "there is no study here" if folder.is_dir() else "there is no such folder"
        do = "Make one with: p3c new DIR --title TITLE, or name it with --study DIR."
        raise P3CError(Problem(what, str(folder), do=do))
    root, faults = parse_yaml(path, str(path))
    if root is None:
        faults.refuse()
    assert root is not None
    if isinstance(root, Mapping):
        _check_format(root, path)
    top = Fields(root, _NAMES, "study.yml", faults)
    settings = Settings(
        title=top.text("title", required=True),
        language=top.text("language", default="en"),
        store=top.text("store", default=_DATABASE),
        programmes=_programmes(top, faults),
        interviewee_code=top.text("interviewee_code"),
        format=top.number("format") or FORMAT,
    )
    if problem := check_store(settings.store, str(path), secret=True):
        faults.add(top.at("store"), problem.what, valid=problem.valid, do=problem.do)
    try:
        re.compile(settings.interviewee_code)
    except re.error as error:
        what = f"interviewee_code is no regular expression: {error}"
        faults.add(top.at("interviewee_code"), what, do="Write it such as: P\\d+")
    faults.refuse()
    return settings


def _check_format(root: Node, path: Path) -> None:
    """Refuse what a newer version wrote, before its unknown settings are called faults."""
    from p3c_qual.yaml_lines import Mapping, Scalar

    said = root.entries.get("format") if isinstance(root, Mapping) else None
    if isinstance(said, Scalar) and said.text.isdecimal() and int(said.text) > FORMAT:
        what = f"a newer version wrote this study (format {said.text}, this one knows {FORMAT})"
        raise P3CError(Problem(what, str(path), do="Update p3c_qual; nothing was changed."))


def _programmes(top: Fields, faults: Faults) -> dict[str, dict[str, str]]:
    from p3c_qual.yaml_fields import Fields
    from p3c_qual.yaml_lines import Mapping

    node = top.node("programmes")
    if node is None:
        return {}
    if not isinstance(node, Mapping):
        do = "Write each as a key with label and country below it."
        faults.add(top.at("programmes"), "programmes must be a block of names and values", do=do)
        return {}
    found = {}
    for key, each in node.entries.items():
        said = Fields(each, ("label", "country"), f"programme {key!r}", faults)
        found[key] = {"label": said.text("label", default=key), "country": said.text("country")}
    return found


def write_settings(folder: Path, settings: Settings) -> None:
    """Write study.yml in one step, so that it is never half there.

    Raises
    ------
    P3CError
        If it cannot be written.
    """
    import yaml

    path = folder / FILE
    part = path.with_suffix(f".yml.{os.getpid()}.part")
    text = yaml.safe_dump(asdict(settings), sort_keys=False, allow_unicode=True)
    try:
        part.write_text(text, encoding="utf-8", newline="\n")
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise P3CError(
            Problem(
                f"the file cannot be written ({error.strerror})",
                str(path),
                do="What was done in the study is kept; only this file is as it was before.",
            )
        ) from error
