"""The realist layer as a YAML file: taken in as one act, all of it or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from p3c_qual.realist.building.evidence import insert_evidence
from p3c_qual.realist.building.theories import is_searched
from p3c_qual.realist.form.configurations import load_configurations
from p3c_qual.realist.form.links import load_links
from p3c_qual.realist.form.loading import Loading
from p3c_qual.realist.form.read import read_form
from p3c_qual.realist.form.searches import run_searches
from p3c_qual.realist.form.theories import load_mechanisms, load_theories
from p3c_qual.realist.form.ties import load_ties
from p3c_qual.realist.form.write import write_realist

if TYPE_CHECKING:
    from p3c_qual.opened import Opened

__all__ = ["load_realist", "write_realist"]


def load_realist(
    study: Opened, path: str | Path, *, coder: str | None = None, id: str | None = None
) -> dict[str, int]:
    """Take theories, configurations and what hangs on them in from a YAML file, all or nothing.

    Rows are known by their keys, elements by their role and text within a configuration, passages
    by their places. What the file does not name stays as it is, and so does a field that does not
    stand there; an empty one (``change: ""``) is cleared. A search for negative cases that was
    not logged yet is made and logged. The file that `write_realist` writes changes nothing.

    Parameters
    ----------
    study : Study
    path : str or pathlib.Path
        See `form_read.FORM_FIELDS`. Evidence names its source and either the words (``quote``),
        where they stand there once, or ``start`` and ``end``, by which a quote is checked.
    coder : str, optional
        Whose work what is new is; by default who works here.
    id : str, optional
        Of the act, see `p3c_qual.store.act.begin_act`.

    Returns
    -------
    dict of str to int
        How many ``theories``, ``mechanisms``, ``configurations``, ``elements``, ``evidence``,
        ``links``, ``regularities``, ``instances``, ``inferences``, ``searches``, ``blocks``,
        ``arrows``, ``carries`` (configurations on arrows) and ``appraisals`` are new or different;
        ``left`` is how many rows of the study the sections of the file do not name.

    Raises
    ------
    P3CError
        With every fault of the file and its line.
    """
    file = Path(path)
    given, faults = read_form(file)
    with study.act(f"load the realist layer from {file.name}", id=id) as act:
        loading = Loading(act, given, faults, study, coder)
        passages = load_theories(loading)
        load_mechanisms(loading)
        passages += load_configurations(loading)
        load_links(loading)
        load_ties(loading)
        faults.refuse()
        loading.write()
        if passages:
            insert_evidence(act, passages, loading.coder)
        loading.changed["evidence"] += len(passages)
        run_searches(loading)
        _check_refined(loading)
        faults.refuse()
        return loading.counted()


def _check_refined(loading: Loading) -> None:
    """Refuse theories that the file calls refined without a search for negative cases."""
    held = loading.held.theories
    for each in loading.given.get("theories", []):
        name = loading.ids["theory"][each.get("key")]
        was = held[name].status if name in held else ""
        if each.get("status") == "refined" != was and not is_searched(loading.act.connection, name):
            what = (
                f"{each.get('key')!r} is called refined, and nobody has looked for negative cases"
            )
            do = "Add a search of a configuration that tests it under 'searches:'; one that finds none counts."  # fmt: skip
            loading.faults.add(each.at("status"), what, do=do)
