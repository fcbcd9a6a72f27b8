"""The sections of a description's folder, each a Markdown file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from p3c_qual.coding.spots import clean, ids_for
from p3c_qual.description.arranging import ARRANGED, Sections, check_arranged
from p3c_qual.description.form.folders import read_file
from p3c_qual.description.form.load import shown
from p3c_qual.description.naming import names_of, where_row
from p3c_qual.description.sections import KINDS
from p3c_qual.description.tokens import count_words
from p3c_qual.errors import Problem, nearest
from p3c_qual.yaml_fields import SLUG, Fields
from p3c_qual.yaml_lines import parse_yaml

if TYPE_CHECKING:
    from pathlib import Path

    from p3c_qual.description.form.load import Loading
    from p3c_qual.description.model import Where

__all__ = ["load_sections"]

_FIELDS = (*ARRANGED, "kind")


def load_sections(loading: Loading, paths: list[Path], where: Where) -> None:
    """Let sections be written; a file without a text takes the text away."""
    if not paths:
        return
    stored = Sections(loading.act.connection, where)
    old = {key: dict(row) for key, row in stored.rows.items()}
    given = {path.stem: _read(loading, path) for path in paths}
    for key, (_, _, kind) in given.items():
        row = {"section": key, "kind": kind or old.get(key, {}).get("kind")}
        known = key in stored.places or row["kind"]
        if known:
            before = stored.rows.get(key, dict.fromkeys((*ARRANGED, "text")))
            stored.rows[key] = {**before, **row}
    # all of them together, so that sections of the folder can follow each other
    rows = {key: check_arranged(stored, key, fields, []) for key, (fields, _, _) in given.items()}
    for key, row in rows.items():
        if key in stored.rows or row:
            stored.rows.setdefault(key, {"section": key}).update(row)
    new = [key for key in given if key not in old]
    named = ids_for(loading.act, "section", [(*names_of(where), key) for key in new])
    ids = dict(zip(new, named, strict=True))
    for path in paths:
        fields, text, kind = given[path.stem]
        problems: list[Problem] = []
        at = loading.called(path)
        if bad := _unknown(stored, path.stem, kind, at):
            loading.problems.append(bad)
            continue
        row = {**check_arranged(stored, path.stem, fields, problems, at), "text": text or None}
        loading.problems += problems
        if kind:
            row["kind"] = kind
        _put(loading, path, row, old.get(path.stem), ids, where)


def _unknown(stored: Sections, key: str, kind: str, at: str) -> Problem | None:
    if key in stored.places:
        if not kind:
            return None
        what = f"{key!r} is a section of the skeleton, and no {kind} of the author's own"
        return Problem(what, at, do="Leave 'kind' out, or give the file another name.")
    if not stored.rows.get(key, {}).get("kind"):
        valid = tuple(stored.places)
        what = f"there is no section {key[:60]!r}"
        do = f"One of the author's own says its kind: 'kind: {KINDS[0]}'."
        return Problem(what, at, valid, nearest(key, valid), do)
    if not SLUG.fullmatch(key):
        do = "Name the file in lower-case letters, digits and underscores."
        return Problem(f"{key[:60]!r} cannot be the key of a section", at, do=do)
    return None


def _put(
    loading: Loading,
    path: Path,
    row: dict[str, Any],
    old: dict[str, Any] | None,
    ids: dict[str, str],
    where: Where,
) -> None:
    key = path.stem
    before: dict[str, Any] = old or {}
    changed = {name: value for name, value in row.items() if (before.get(name) or None) != value}
    if not changed:
        return
    for name, value in changed.items():
        if name == "text":
            was, now = count_words(before.get("text") or ""), count_words(value or "")
            words = f"{now:,} word" if now == 1 else f"{now:,} words"
            loading.say(path, f"text of {words} in place of {was:,}")
        else:
            said = "yes" if value is True else shown(value)
            loading.say(path, f"{name} is now {said}")
    if old is None:
        fresh = {"id": ids[key], "section": key, **where_row(where)}
        loading.add("section", {**fresh, **changed})
    elif any({**old, **changed}.get(name) for name in ("text", *_FIELDS)):
        loading.change("section", old["id"], {**changed, "coder": loading.coder})
    else:
        loading.drop("section", old["id"])


def _read(loading: Loading, path: Path) -> tuple[dict[str, str], str, str]:
    """Return what a file says above its text, the text, and its kind."""
    faults = loading.faults(path)
    text = read_file(path, faults)
    if not text.startswith("---\n"):
        return {}, clean(text), ""
    above, mark, body = _parted(text)
    if not mark:
        faults.add(1, "what stands above the text is never closed", do="Close it with '---'.")
        return {}, "", ""
    if not above.strip():
        return {}, clean(body), ""
    # with the line of the first mark, so that lines are counted as in the file
    node, found = parse_yaml("\n" + above, faults.name)
    faults.found += found.found
    if node is None:
        return {}, clean(body), ""
    fields = Fields(node, _FIELDS, "a section", faults)
    said = {name: fields.text(name) for name in ARRANGED if fields.has(name)}
    if "left_out" in said:
        said["left_out"] = "yes" if fields.flag("left_out", default=False) else ""
    return said, clean(body), fields.choice("kind", KINDS)


def _parted(text: str) -> tuple[str, str, str]:
    """Return what stands between the two marks, the second mark, and what follows it."""
    above, mark, body = f"{text[3:]}\n".partition("\n---\n")
    return f"{above[1:]}\n", mark, body
