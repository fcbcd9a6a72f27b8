"""Make a study, or open one."""

from __future__ import annotations

import contextlib
import shutil
from dataclasses import replace
from pathlib import Path

from p3c_qual.codebook import read_codebook
from p3c_qual.codebook.stored import load_codebook
from p3c_qual.errors import P3CError, Problem
from p3c_qual.settings import FILE, Settings, check_store, read_settings, write_settings
from p3c_qual.shipped import shipped_path
from p3c_qual.sources.checking import check_language
from p3c_qual.store.act import begin_act
from p3c_qual.store.engine import open_store
from p3c_qual.store.past import open_past
from p3c_qual.store.schema import FORMAT
from p3c_qual.study import Study

__all__ = ["new_study", "open_study"]

_README = """\
What this folder holds is written by `p3c`: reports, one folder a programme. Earlier renders of a
report are in its folder `runs`, each by its time; one that is not needed may be deleted.
"""


def new_study(
    path: str | Path,
    *,
    title: str,
    language: str = "en",
    store: str | None = None,
    coder: str | None = None,
) -> Study:
    """Make a study: its folder, its store, and all shipped codebooks taken in.

    Parameters
    ----------
    path : str or Path
        The folder; made if it is not there.
    title : str
    language : str
        Of sources that name none.
    store : str, optional
        A PostgreSQL address, without a password; by default a file in the folder.
    coder : str, optional
        Who acts.

    Returns
    -------
    Study

    Raises
    ------
    P3CError
        If there is a study already, a setting is at fault, or the folder cannot be written;
        nothing is left of it then.

    Examples
    --------
    >>> import tempfile
    >>> folder = tempfile.mkdtemp()
    >>> study = new_study(f"{folder}/mine", title="Mine", coder="anna")
    >>> sorted(study.codebooks()["codebook"])[:2]
    ['cmo', 'implementation']
    """
    folder = Path(path)
    settings = Settings(title=title.strip(), language=language, store=store or Settings("").store)
    _check_new(folder, settings)
    made: list[Path] = []
    try:
        _lay_out(folder, made)
        address = settings.address(folder)
        if isinstance(address, Path):
            made += [address.with_name(address.name + end) for end in ("", "-wal", "-shm")]
        study = Study(folder, open_store(address, create=True), settings, coder)
        try:
            _load_shipped(study)
            # last, so that a study that can be opened is a whole one
            write_settings(folder, settings)
        except BaseException:
            study.close()
            raise
    except BaseException as error:
        _take_away(made)
        if isinstance(error, OSError):
            what = f"the folder cannot be written ({error.strerror})"
            raise P3CError(Problem(what, str(error.filename or folder))) from error
        raise
    return study


def _check_new(folder: Path, settings: Settings) -> None:
    """Refuse what cannot become a study, before anything is made."""
    here = str(folder)
    problems = []
    if (folder / FILE).exists():
        do = "Open it, or name another folder."
        raise P3CError(Problem("there is a study already", here, do=do))
    if not settings.title:
        problems.append(Problem("a study needs a title", here, do="Give one with --title TITLE."))
    if bad := check_language(settings.language, here):
        problems.append(bad)
    if bad := check_store(settings.store, "--store"):
        problems.append(bad)
    if problems:
        raise P3CError(problems)
    address = settings.address(folder)
    if isinstance(address, Path) and address.exists():
        what = f"the folder holds {address.name} but no {FILE}: a study was begun here"
        do = "Name another folder; or move that file away, if nothing in it is needed."
        raise P3CError(Problem(what, here, do=do))


def _lay_out(folder: Path, made: list[Path]) -> None:
    """Make the folders, and copy what is shipped beside files that are there already."""
    missing = [each for each in (*reversed(folder.parents), folder) if not each.exists()]
    made += missing
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("data_raw", "codebooks", "notebooks", "reports"):
        if not (folder / name).exists():
            made.append(folder / name)
            (folder / name).mkdir()
    copies = [
        (file, folder / name / file.name)
        for name in ("codebooks", "notebooks")
        for file in sorted(shipped_path(name).iterdir())
        if file.suffix in {".yml", ".ipynb"}
    ]
    for file, target in copies:
        if not target.exists():
            made.append(target)
            shutil.copyfile(file, target)
    readme = folder / "reports" / "README.md"
    if not readme.exists():
        made.append(readme)
        readme.write_text(_README, encoding="utf-8", newline="\n")


def _take_away(made: list[Path]) -> None:
    """Remove what was made for a study that came to nothing, and nothing else."""
    for each in reversed(made):
        with contextlib.suppress(OSError):
            if each.is_dir():
                each.rmdir()
            else:
                each.unlink(missing_ok=True)


def _load_shipped(study: Study) -> None:
    """Take in all codebooks that come with the package, as one act."""
    # a copy joined later may hold the team's own wording: what is shipped must not replace it
    with begin_act(study.store, actor=study.actor, verb="new study", founding=True) as act:
        for file in sorted(shipped_path("codebooks").glob("*.yml")):
            load_codebook(act, read_codebook(file))


def open_study(
    path: str | Path = ".", *, coder: str | None = None, as_of: str | None = None
) -> Study:
    """Open a study.

    Parameters
    ----------
    path : str or Path
        Its folder, or the folder ``notebooks`` in it, where its notebooks run.
    coder : str, optional
        Who acts; by default JupyterHub's user, ``P3C_CODER``, or the name kept on this computer.
    as_of : str, optional
        A day such as ``2026-11-01``, to its end, or a time; in UTC, as the log prints it, unless
        a zone is named. The study is open as it stood then, and can only be read: the journal is
        replayed into a store of its own, which goes when the study is closed. What was erased and
        which consent was taken back since is heeded all the same; study.yml and the files of the
        folder are those of today.

    Returns
    -------
    Study

    Raises
    ------
    P3CError
        If there is none, a newer version wrote it, or `as_of` is no moment since it began.

    Examples
    --------
    >>> import tempfile
    >>> study = new_study(tempfile.mkdtemp() + "/mine", title="Mine", coder="anna")
    >>> open_study(study.path, as_of="yesterday")
    Traceback (most recent call last):
    p3c_qual.errors.P3CError: as_of: 'yesterday' is neither a day nor a time. Write a day such \
as 2026-11-01, or a time in UTC such as 2026-11-01T14:30.
    """
    folder = _study_folder(Path(path))
    settings = read_settings(folder)
    address = settings.address(folder)
    if isinstance(address, Path) and not address.is_file():
        do = "Bring it back from a backup, or make a new study and join an export: p3c import FILE"
        raise P3CError(Problem(f"the study's store {address.name} is missing", str(folder), do=do))
    store = open_store(address)
    if settings.format < FORMAT:
        settings = replace(settings, format=FORMAT)
        # the store is what counts; a file that cannot be written is read as it is next time too
        with contextlib.suppress(P3CError):
            write_settings(folder, settings)
    if as_of:
        now = store
        try:
            store = open_past(now, as_of)
        finally:
            now.close()
    return Study(folder, store, settings, coder)


def _study_folder(folder: Path) -> Path:
    """Return the folder of the study that is meant: a notebook runs where it lies, within it."""
    above = folder.resolve().parent
    within = folder.resolve().name == "notebooks" and not (folder / FILE).exists()
    return above if within and (above / FILE).exists() else folder
