"""A thick description taken in from a folder: as one act, all of it or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select

from p3c_qual.description.form.folders import country_folder, find_folders
from p3c_qual.description.form.forms import load_forms
from p3c_qual.description.form.ledger import load_contrasts, load_facts
from p3c_qual.description.form.load import Loading
from p3c_qual.description.form.names import load_names
from p3c_qual.description.form.quotes import load_quotes
from p3c_qual.description.form.sections import load_sections
from p3c_qual.description.naming import find_where
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from p3c_qual.description.form.folders import Folder
    from p3c_qual.description.model import Where
    from p3c_qual.opened import Opened

__all__ = ["load_description"]


def load_description(
    study: Opened,
    folder: str | Path,
    *,
    dry_run: bool = False,
    coder: str | None = None,
    id: str | None = None,
) -> list[str]:
    """Take forms, facts, contrasts, quotes, names and sections in from a folder, all or nothing.

    What the folder does not name stays as it is, and so does a field that does not stand in a
    file; an empty text (``value: ""``) clears one. A place is checked against the words beside
    it; where the text moved and has the words once, it is found again. The folder that
    `write_description` writes changes nothing.

    Parameters
    ----------
    study : Study
    folder : str or pathlib.Path
        See `p3c_qual.description.form.folders`.
    dry_run : bool
        Say what would change, and change nothing.
    coder : str, optional
        Whose work what is new is; by default who works here.
    id : str, optional
        Of the act, see `p3c_qual.store.act.begin_act`.

    Returns
    -------
    list of str
        What is new or different, a line each.

    Raises
    ------
    P3CError
        With every fault of all files and its line.
    """
    root = Path(folder)
    with study.act(f"load a description from {root.name}", id=id) as act:
        loading = Loading(act, study, root, coder)
        for each in find_folders(root, loading.problems):
            if (where := _where(loading, each)) is not None:
                _load(loading, each, where)
        loading.refuse()
        if not dry_run:
            loading.write()
        return loading.lines


def _where(loading: Loading, folder: Folder) -> Where | None:
    """Return what a folder is about; one that is named after nothing is noted."""
    before = len(loading.problems)
    country = folder.country
    if country:
        rows = ROWS["programme"].c.country
        known = {country_folder(each): each for each in loading.act.connection.scalars(select(rows)) if each}  # fmt: skip
        country = known.get(country, country)
    where = find_where(
        loading.act.connection,
        loading.problems,
        programme=folder.programme,
        site=folder.site,
        country=country,
        at=loading.called(folder.path),
    )
    return where if len(loading.problems) == before else None


def _load(loading: Loading, folder: Folder, where: Where) -> None:
    # quotes and facts are named by texts, so that they come first in what is shown
    if path := folder.file("quotes.yml"):
        load_quotes(loading, path)
    if path := folder.file("names.yml"):
        load_names(loading, path)
    if path := folder.file("formal.yml"):
        load_forms(loading, path, where)
    if path := folder.file("facts.yml"):
        load_facts(loading, path, where)
    if path := folder.file("contrasts.yml"):
        load_contrasts(loading, path, where)
    load_sections(loading, folder.sections(), where)
