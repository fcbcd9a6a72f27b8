"""The names that were decided on, of a description's folder: ``study/names.yml``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from p3c_qual.coding.spots import clean, ids_for
from p3c_qual.description.form.folders import FORMAT
from p3c_qual.description.form.load import shown
from p3c_qual.description.names import fold_name, kept_rows
from p3c_qual.yaml_fields import Fields, is_of_format
from p3c_qual.yaml_lines import parse_yaml

if TYPE_CHECKING:
    from pathlib import Path

    from p3c_qual.description.form.load import Loading

__all__ = ["load_names"]


def load_names(loading: Loading, path: Path) -> None:
    """Let the names of a file be kept; one that the file does not hold stays decided."""
    root, found = parse_yaml(path, loading.called(path))
    faults = loading.keep(found)
    if root is None or not is_of_format(root, FORMAT, faults):
        return
    there = kept_rows(loading.act.connection)
    top = Fields(root, ("format", "names"), "the file", faults)
    new: dict[str, dict[str, str]] = {}
    for node in top.items("names"):
        each = Fields(node, ("name", "reason"), "a name", faults)
        name, reason = clean(each.text("name", required=True)), clean(each.text("reason"))
        folded = fold_name(name)
        if not folded:
            continue
        if not reason:
            what = f"{name[:60]!r} is printed, and it is not said why it may be"
            faults.add(each.line, what, do="Add 'reason:'.")
        elif folded in new:
            faults.add(each.line, f"{name[:60]!r} stands here twice")
        elif folded not in there:
            new[folded] = {"name": name, "reason": reason}
            loading.say(path, f"{name}: {shown(reason)}")
        elif there[folded].reason != reason:
            loading.change("kept_name", there[folded].id, {"reason": reason})
            loading.say(path, f"{name}: {shown(reason)} in place of {shown(there[folded].reason)}")
    ids = ids_for(loading.act, "kept_name", [(folded,) for folded in new])
    for row, fields in zip(ids, new.values(), strict=True):
        loading.add("kept_name", {"id": row, **fields})
