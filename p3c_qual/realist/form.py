"""The realist layer taken in from a YAML file: one act, all of it or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from p3c_qual.coding.spots import clean
from p3c_qual.errors import P3CError, Problem
from p3c_qual.realist.elements import NewElement, element_rows
from p3c_qual.realist.evidence import insert_evidence
from p3c_qual.realist.form_loading import Loading
from p3c_qual.realist.form_match import match_elements, match_evidence
from p3c_qual.realist.form_read import read_form
from p3c_qual.realist.form_ties import load_ties, run_searches
from p3c_qual.realist.theories import is_searched
from p3c_qual.realist.writing import who
from p3c_qual.store.clock import new_ids

if TYPE_CHECKING:
    from collections.abc import Sequence

    from p3c_qual.coding.spots import Spot
    from p3c_qual.opened import Opened
    from p3c_qual.realist.form_read import Given
    from p3c_qual.realist.model import Configuration, Evidence

__all__ = ["load_realist"]

_THEORY = {
    "label": "label",
    "if": "if_",
    "then": "then_",
    "because": "because",
    "level": "level",
    "status": "status",
    "change": "change",
    "origin": "origin",
}
_NEEDED = {name: _THEORY[name] for name in ("label", "if", "then", "because")}
_MECHANISM = {"label": "label", "definition": "definition"}
_CONFIGURATION = {
    name: name for name in ("label", "activation", "state", "relevance", "rigour", "richness")
}
_REFS = {
    "programme": "programme",
    "theory": "theory",
    "mechanism": "mechanism",
    "split_from": "configuration",
    "merged_into": "configuration",
}
_ELEMENT = ("text", "layer", "level", "direction", "timing", "intended", "domain")
_EVIDENCE = {name: name for name in ("role", "elicited", "directness", "remark", "resolution")}


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
        if given:
            loading = Loading(act, given, faults, "")
            passages = _theories(loading)
            _mechanisms(loading)
            passages += _configurations(loading)
            load_ties(loading)
        faults.refuse()
        loading.coder = who(act, study, coder)
        loading.write()
        insert = [(spot, said) for spot, said in passages]
        insert_evidence(act, insert, loading.coder)
        loading.changed["evidence"] += len(insert)
        run_searches(loading)
        _check_refined(loading)
        faults.refuse()
        return loading.counted()
