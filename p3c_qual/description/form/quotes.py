"""The quotes of a description's folder, with what was done to their words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from p3c_qual.coding.spots import clean, ids_for
from p3c_qual.description.edits import check_edit
from p3c_qual.description.form.folders import FORMAT
from p3c_qual.description.form.load import said_of, shown
from p3c_qual.description.form.passages import Passages, read_edits, read_span
from p3c_qual.description.model import Edit
from p3c_qual.description.quotes import check_reason
from p3c_qual.description.voices import Voices
from p3c_qual.realist.form.read import Given
from p3c_qual.sources.checking import check_date
from p3c_qual.yaml_fields import Fields, is_of_format
from p3c_qual.yaml_lines import parse_yaml

if TYPE_CHECKING:
    from pathlib import Path

    from p3c_qual.coding.spots import Spot
    from p3c_qual.description.form.load import Loading
    from p3c_qual.description.model import Quote
    from p3c_qual.findings import Faults

__all__ = ["load_quotes"]

_SAID = ("chosen_as", "why", "translation", "translator", "translated", "back_check")
_FIELDS = ("key", "source", "at", "quote", "edits", *_SAID)
_KEY = re.compile(r"[0-9a-f]{8}")


def load_quotes(loading: Loading, path: Path) -> None:
    """Let the quotes of a file be written; known by their keys, or by their spans."""
    root, found = parse_yaml(path, loading.called(path))
    faults = loading.keep(found)
    if root is None or not is_of_format(root, FORMAT, faults):
        return
    top = Fields(root, ("format", "quotes"), "the file", faults)
    given = [Fields(node, _FIELDS, "a quote", faults) for node in top.items("quotes")]
    spans = []
    for each in given:
        span = Given("a quote", each.line)
        span.said["source"] = each.text("source", required=not each.has("key"))
        read_span(each, span, faults)
        spans.append(span)
    places = Passages(loading.act.connection, spans, faults)
    by_key = loading.held.by_key
    by_span = {(one.text, one.start, one.end): one for one in by_key.values()}
    fresh: list[tuple[Fields, Spot, dict[str, Any], int]] = []
    seen: set[str] = set()
    for each, span in zip(given, spans, strict=True):
        key = each.text("key").strip().lower()
        if key and (key in seen or not _KEY.fullmatch(key)):
            what = f"the quote {key!r} stands there twice" if key in seen else f"{key[:40]!r} is no key of a quote"  # fmt: skip
            faults.add(each.at("key"), what, do="Leave 'key' out where the quote is new.")
        seen.add(key)
        row = _said(each, faults)
        old, place = by_key.get(key), places.of(span)
        if old is not None:
            _change(loading, path, each, old, row, faults)
            continue
        if place.problem:
            places.say(span, place.problem)
        elif place.spot is None:
            if place.source:
                faults.add(each.line, "a quote does not say where it stands", do="Add 'at:' or 'quote:'.")  # fmt: skip
        elif there := by_span.get((place.spot.text, place.spot.start, place.spot.end)):
            if key:
                what = f"this passage is the quote {there.key!r} in the study already"
                faults.add(each.at("key"), what, do="Write that key, here and in the texts.")
            else:
                _change(loading, path, each, there, row, faults)
        else:
            moved = place.spot.start - int(span.get("start") or place.spot.start)
            fresh.append((each, place.spot, row, moved))
    _add(loading, path, fresh, faults)


def _said(each: Fields, faults: Faults) -> dict[str, Any]:
    row: dict[str, Any] = said_of(each, _SAID)
    for bad in check_reason(row.get("chosen_as")):
        faults.add(each.at("chosen_as"), bad.what, valid=bad.valid, closest=bad.nearest)
    if row.get("translated") and (wrong := check_date(row["translated"], "translated")):
        faults.add(each.at("translated"), wrong.what, valid=wrong.valid, do=wrong.do)
    return row


def _edits(
    each: Fields, start: int, end: int, words: str, moved: int, faults: Faults
) -> list[dict[str, Any]] | None:
    """Return the operations of a file as they are stored, or None where it names none."""
    done: tuple[Edit, ...] = ()
    for line, one in read_edits(each.items("edits"), faults):
        # as `change_quote` has it: a mask that says nothing else is an X
        text = clean(one["text"]) or ("X" if one["kind"] == "mask" else "")
        made = Edit(one["kind"], one["start"] + moved, one["end"] + moved, text)
        span = {"start": start, "end": end, "quote": words}
        for bad in check_edit(span, made, done):
            faults.add(line, bad.what, valid=bad.valid, closest=bad.nearest, do=bad.do)
        done = (*done, made)
    return [
        {"kind": edit.kind, "start": edit.start, "end": edit.end}
        | ({"text": edit.text} if edit.text else {})
        for edit in done
    ] or None


def _change(
    loading: Loading,
    path: Path,
    each: Fields,
    old: Quote,
    row: dict[str, Any],
    faults: Faults,
) -> None:
    """Let what is said of a quote be written; its span stays."""
    label = f"quote {old.key}"
    changed = {name: value for name, value in row.items() if (getattr(old, name) or None) != value}
    if changed.get("translation", old.translation) in {None, ""}:
        changed |= {name: None for name in _SAID[2:] if getattr(old, name)}
    for name, value in changed.items():
        loading.say(path, f"{label}: {name} is now {shown(value)}")
    if each.has("edits"):
        there = [(one.kind, one.start, one.end, one.text) for one in old.edits]
        wanted = _edits(each, old.start, old.end, old.quote, 0, faults)
        now = [(one["kind"], one["start"], one["end"], one.get("text", "")) for one in wanted or []]
        if now != there:
            changed["edits"] = wanted
            loading.say(path, f"{label}: {len(now)} changes of its words in place of {len(there)}")
    loading.change("quote", old.id, changed)


def _add(
    loading: Loading,
    path: Path,
    fresh: list[tuple[Fields, Spot, dict[str, Any], int]],
    faults: Faults,
) -> None:
    if not fresh:
        return
    voices = Voices(loading.study, loading.act.connection, {spot.source for _, spot, _, _ in fresh})
    names = [(spot.text, str(spot.start), str(spot.end)) for _, spot, _, _ in fresh]
    for (each, spot, row, moved), name in zip(
        fresh, ids_for(loading.act, "quote", names), strict=True
    ):
        if how := voices.refused(spot.source, spot.start, spot.end):
            did = "has withdrawn the consent" if how == "withdrawn" else "did not consent"
            what = f"whoever speaks in {spot.key!r} at {spot.start}-{spot.end} {did} to be quoted"
            faults.add(each.line, what, do="Choose another person's words.")
        made = {**row, "key": each.text("key").strip().lower() or name[:8]}
        made |= {"id": name, "source": spot.source, "text": spot.text, "quote": spot.quote}
        made |= {"start": spot.start, "end": spot.end}
        made["edits"] = _edits(each, spot.start, spot.end, spot.quote, moved, faults)
        loading.add("quote", made)
        loading.say(path, f"quote {made['key']} from {spot.key} is new")
