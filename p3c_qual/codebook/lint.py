"""What a codebook could do better: the lint rules of a coding agenda."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from p3c_qual.codebook.confusion import Given, confusions, unruled
from p3c_qual.codebook.quoting import anchors_of
from p3c_qual.errors import nearest
from p3c_qual.findings import Faults, Finding

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from p3c_qual.codebook.code import Code
    from p3c_qual.codebook.model import Codebook

__all__ = ["lint_codebook", "lint_crosswalk", "lint_with_codings"]


def lint_codebook(
    codebook: Codebook, *, name: str = "", lines: Mapping[str, int] | None = None
) -> list[Finding]:
    """Find what is weak in a codebook from the codebook alone.

    Active codes without a definition, siblings without a coding rule that tells them apart,
    one anchor under two codes, gaps and undescribed levels in a scale, a scale without
    "not ratable"; once the status is ``final``, codes without an anchor from the material
    (the checks of a coding agenda in Mayring's deductive category assignment).

    Parameters
    ----------
    codebook : Codebook
        What is checked.
    name : str, optional
        Name of the file, for messages.
    lines : mapping of str to int, optional
        Line of each code.

    Returns
    -------
    list of Finding
        Of severity ``lint``.

    Examples
    --------
    >>> from p3c_qual.codebook import Code, Codebook
    >>> for finding in lint_codebook(Codebook("mini", "Mini", codes=(Code("a", "A"),))):
    ...     print(finding)
    mini: 'a' has no definition. Say in one sentence what belongs to it.
    """
    lines = lines or {}
    notes = Faults(name or codebook.key)
    quoted: dict[str, str] = {}
    for code in codebook.codes:
        if code.status == "retired":
            continue
        line = lines.get(code.key, 0)
        if not code.definition.strip():
            do = "Say in one sentence what belongs to it."
            notes.add(line, f"{code.key!r} has no definition", do=do, severity="lint")
        siblings = [
            other
            for other in codebook.children(code.parent)
            if other.key != code.key and other.status != "retired"
        ]
        if siblings and not code.rule.strip():
            neighbours = ", ".join(other.key for other in siblings[:3])
            what = (
                f"{code.key!r} has no coding rule that tells it from its neighbours ({neighbours})"
            )
            notes.add(line, what, do="Say what goes there instead.", severity="lint")
        _lint_anchors(code, line, codebook.status, quoted, notes)
        _lint_scale(code, line, notes)
    return notes.in_order()


def _lint_anchors(
    code: Code, line: int, status: str, quoted: dict[str, str], notes: Faults
) -> None:
    for anchor in anchors_of(code):
        plain = re.sub(r"\W+", " ", anchor.quote).strip().casefold()
        first = quoted.setdefault(plain, code.key)
        if first != code.key:
            what = f"{code.key!r} and {first!r} have the same anchor: {anchor.quote[:60]!r}"
            do = "Choose for one of them a passage that is no example of the other."
            notes.add(line, what, do=do, severity="lint")
    if status == "final" and not any(anchor.linked for anchor in anchors_of(code)):
        what = f"{code.key!r} has no anchor from the material, and the pilot is over"
        notes.add(line, what, do="Link one of its coded passages.", severity="lint")


def _lint_scale(code: Code, line: int, notes: Faults) -> None:
    if code.kind != "ordinal":
        return
    values = [level.value for level in code.levels if level.value is not None]
    for low, high in pairwise(values):
        if high > low + 1:
            missing = f"{low + 1}" if high == low + 2 else f"{low + 1} to {high - 1}"
            what = f"the scale of {code.key!r} leaves out {missing}"
            notes.add(line, what, do="Number the levels without gaps.", severity="lint")
    for level in code.levels:
        if not level.definition.strip():
            what = f"the level {level.value} of {code.key!r} has no definition"
            notes.add(line, what, severity="lint")
    if code.not_ratable is None:
        what = f"the scale of {code.key!r} has no 'not_ratable'"
        do = "Without it, what cannot be judged ends up in the middle."
        notes.add(line, what, do=do, severity="lint")


def lint_crosswalk(codebook: Codebook, others: Mapping[str, Codebook]) -> list[Finding]:
    """Find the crosswalk entries that name no code of the other codebooks.

    Parameters
    ----------
    codebook : Codebook
        What is checked.
    others : mapping of str to Codebook
        By key. An entry of a codebook that is not among them is a finding too.

    Returns
    -------
    list of Finding
        Of severity ``lint``.
    """
    notes = Faults(codebook.key)
    for code in codebook.codes:
        for entry in code.crosswalk:
            book, _, key = entry.partition(":")
            if book not in others:
                what = f"{code.key!r} points to the unknown codebook {book!r}"
                notes.add(0, what, valid=tuple(others), given=book, severity="lint")
            elif key not in others[book]:
                valid = [other.key for other in others[book].codes]
                what = f"{code.key!r} points to {entry!r}, which is no code there"
                notes.add(0, what, closest=nearest(key, valid), severity="lint")
    return notes.found


def lint_with_codings(
    codebook: Codebook, codings: pd.DataFrame, *, texts: Mapping[str, str] | None = None
) -> list[Finding]:
    """Find where a codebook and the codings made with it have drifted apart.

    Codings of unknown or retired codes, linked anchors whose span is no longer coded with their
    code or whose quote is no longer what stands there, codes that coders confused and that have
    no coding rule, and codes that nobody uses (where a whole branch is unused, its top alone is
    named).

    Parameters
    ----------
    codebook : Codebook
        What is checked.
    codings : pandas.DataFrame
        One row a coding, with source (str), start, end (int, code points), code (str, the key
        or ``codebook:key``). Rows of another codebook, named so or in a column codebook, are
        passed over. With the columns coder and round it is looked for confused codes.
    texts : mapping of str to str, optional
        The texts of sources by key, against which the quotes of anchors are held.

    Returns
    -------
    list of Finding
        Of severity ``lint``; the line is the row, counted from 1.

    Examples
    --------
    >>> import pandas as pd
    >>> from p3c_qual.codebook import Code, Codebook
    >>> book = Codebook("mini", "Mini", codes=(Code("workforce", "Workforce"),))
    >>> rows = pd.DataFrame({"source": ["P1"], "start": [0], "end": [9], "code": ["workforse"]})
    >>> for finding in lint_with_codings(book, rows):
    ...     print(finding)
    codings: 'workforce' is used by nobody. Apply it, retire it, or say in a memo why it is empty.
    codings, line 1: unknown code 'workforse' (1 coding). Did you mean 'workforce'?
    """
    notes = Faults("codings")
    spans: dict[str, list[tuple[str, int, int]]] = {}
    unknown: dict[str, list[int]] = {}
    books = codings["codebook"] if "codebook" in codings.columns else [codebook.key] * len(codings)
    columns = (codings["source"], codings["start"], codings["end"], codings["code"], books)
    for row, (source, start, end, name, book) in enumerate(zip(*columns, strict=True), 1):
        prefix, colon, key = str(name).rpartition(":")
        if book != codebook.key or (colon and prefix != codebook.key):
            continue
        if key in codebook:
            spans.setdefault(key, []).append((str(source), int(start), int(end)))
        if key not in codebook or codebook.code(key).status == "retired":
            unknown.setdefault(key, []).append(row)
    valid = [code.key for code in codebook.codes if code.status != "retired"]
    for key, rows in unknown.items():
        number = f"{len(rows)} coding{'s' if len(rows) > 1 else ''}"
        if key not in codebook:
            what, closest, do = f"unknown code {key!r} ({number})", nearest(key, valid), ""
        else:
            what, closest = f"the code {key!r} is retired and still has {number}", None
            into = codebook.code(key).merged_into
            do = f"Move them to {into!r}." if into else "Code them anew."
        notes.add(rows[0], what, closest=closest, do=do, severity="lint")
    for code in codebook.codes:
        if code.status != "retired":
            _lint_drift(code, spans.get(code.key, []), notes)
            _lint_quotes(code, texts or {}, notes)
    if {"coder", "round"} <= set(codings.columns):
        _lint_confused(codebook, codings, notes)
    _lint_unused(codebook, set(spans), notes)
    return notes.in_order()


def _lint_drift(code: Code, spans: list[tuple[str, int, int]], notes: Faults) -> None:
    for anchor in anchors_of(code):
        if anchor.start is None or anchor.end is None or not anchor.linked:
            continue
        if not any(
            source == anchor.source and start <= anchor.start and end >= anchor.end
            for source, start, end in spans
        ):
            what = (
                f"the anchor of {code.key!r} in {anchor.source!r}, {anchor.start} to {anchor.end}, "
                "is no longer coded with it"
            )
            notes.add(0, what, do="Code the passage, or choose another.", severity="lint")


def _lint_quotes(code: Code, texts: Mapping[str, str], notes: Faults) -> None:
    for anchor in anchors_of(code):
        text = texts.get(anchor.source)
        if not anchor.linked or text is None:
            continue
        if text[anchor.start : anchor.end] != anchor.quote:
            what = (
                f"the anchor of {code.key!r} in {anchor.source!r}, {anchor.start} to {anchor.end}, "
                f"is not what stands there: {anchor.quote[:60]!r}"
            )
            do = "Link it anew to a coded passage."
            notes.add(0, what, do=do, severity="lint")


def _lint_confused(codebook: Codebook, codings: pd.DataFrame, notes: Faults) -> None:
    books = codings["codebook"] if "codebook" in codings.columns else [codebook.key] * len(codings)
    columns = (codings[name] for name in ("source", "round", "start", "end", "code", "coder"))
    given = []
    for book, source, turn, start, end, name, coder in zip(books, *columns, strict=True):
        prefix, colon, key = str(name).rpartition(":")
        mine = book == codebook.key and (not colon or prefix == codebook.key)
        if mine and key in codebook and codebook.code(key).status != "retired":
            given.append(Given(str(source), str(turn), int(start), int(end), key, str(coder)))
    rules = {code.key: code.rule for code in codebook.codes}
    for each in unruled(confusions(given), rules, ""):
        notes.add(0, each.what, do=each.do, severity="lint")


def _lint_unused(codebook: Codebook, used: set[str], notes: Faults) -> None:
    named: set[str] = set()
    for code in codebook.codes:
        below = [other.key for other in codebook.below(code.key) if other.status != "retired"]
        if code.status == "retired" or code.key in used or used.intersection(below):
            continue
        if named.isdisjoint(codebook.path(code.key)):
            more = f", and so are the {len(below)} codes below it" if len(below) > 1 else ""
            more = ", and so is the code below it" if len(below) == 1 else more
            do = "Apply it, retire it, or say in a memo why it is empty."
            notes.add(0, f"{code.key!r} is used by nobody{more}", do=do, severity="lint")
        named.add(code.key)
