"""A theory or a configuration by itself, as terms and what is said under each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from p3c_qual.realist.judging.checks import check_realist
from p3c_qual.realist.outputs import cmo_table, evolution
from p3c_qual.realist.outputs.held import read_held
from p3c_qual.realist.outputs.quoted import passage_lines
from p3c_qual.realist.read import find_row

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from p3c_qual.realist.outputs.held import Held
    from p3c_qual.study import Study

__all__ = ["show_cmo", "show_theory"]

_STATES = {"split": "split", "merged": "merged into another", "set_aside": "set aside"}


def show_theory(study: Study, theory: str) -> list[tuple[str, str]]:
    """Return what there is on a theory: a term and a text each, the versions of its line last.

    Raises
    ------
    P3CError
        If there is no such theory.
    """
    with study.store.read() as connection:
        name = str(find_row(connection, "theory", theory)["id"])
        held = read_held(study, connection)
    frame = evolution.table_evolution(study)
    key = held.realist.theories[name].key
    row = next(each for each in frame.to_dict("records") if each["key"] == key)
    shown = _said(row, evolution.HEADINGS)
    loose = [each for each in held.realist.loose if each.theory == name]
    shown += [("passage", line) for line in passage_lines(held, loose)]
    shown += [("check", each.what) for each in check_realist(held.realist) if each.theory == name]
    return shown + [
        (f"version {each.version}", f"{each.key}: {each.label}")
        for each in held.realist.chain(name)
    ]


def show_cmo(study: Study, configuration: str) -> list[tuple[str, str]]:
    """Return what there is on a configuration, whether it stands or not.

    Raises
    ------
    P3CError
        If there is no such configuration.
    """
    with study.store.read() as connection:
        name = str(find_row(connection, "configuration", configuration)["id"])
        held = read_held(study, connection)
    each = held.realist.configurations[name]
    row = cmo_table.cmo_row(held, each)
    quotes = str(row.pop("quotes"))
    shown = _said(row, cmo_table.HEADINGS)
    if each.state:
        shown.append(("stands no more", _STATES.get(each.state, each.state)))
    shown += [("passage", line) for line in quotes.splitlines()]
    shown += _tied(held, name)
    return shown + [
        ("check", fault.what)
        for fault in check_realist(held.realist)
        if fault.configuration == name
    ]


def _said(row: Mapping[Any, Any], headings: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return what a row of a table says, without what it leaves empty."""
    return [
        (heading[:1].lower() + heading[1:], str(row[name]))
        for name, heading in headings.items()
        if name in row and row[name] is not None and str(row[name])
    ]


def _tied(held: Held, name: str) -> list[tuple[str, str]]:
    """Return the links of a configuration, from its side."""
    terms = {
        ("part_of", True): "part of",
        ("part_of", False): "has the part",
        ("outcome_becomes_context", True): "its outcome becomes a context of",
        ("outcome_becomes_context", False): "its context is an outcome of",
    }
    found = []
    for link in held.realist.links:
        if name not in {link.configuration, link.other} or not link.counts:
            continue
        first = link.configuration == name
        other = held.realist.configurations.get(link.other if first else link.configuration)
        if other is not None:
            said = f"{other.key}: {other.label}" if other.label else other.key
            found.append((terms[link.relation, first], said))
    return found
