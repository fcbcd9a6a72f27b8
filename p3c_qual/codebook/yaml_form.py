"""A codebook as a file: read it, or say everything that keeps it from being read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from p3c_qual.codebook.lint import lint_codebook
from p3c_qual.codebook.reader import draft_of
from p3c_qual.codebook.structure import check_structure

if TYPE_CHECKING:
    from pathlib import Path

    from p3c_qual.codebook.model import Codebook
    from p3c_qual.findings import Finding

__all__ = ["check_codebook", "read_codebook"]


def read_codebook(source: str | bytes | Path, *, name: str = "") -> Codebook:
    r"""Read a codebook from YAML.

    Parameters
    ----------
    source : pathlib.Path, str or bytes
        A file; a `str` without a line break is the path of one, any other is the YAML itself.
    name : str, optional
        What it is called in messages; the file's name by default.

    Returns
    -------
    Codebook

    Raises
    ------
    P3CError
        With every fault of the file and its line.

    Examples
    --------
    >>> book = read_codebook('''
    ... format: 1
    ... key: mini
    ... label: Mini
    ... codes:
    ...   - id: workforce
    ...     label: Workforce
    ...     codes:
    ...       - id: micro.core_group
    ...         label: Core group
    ...         level: micro
    ... ''')
    >>> [code.key for code in book.codes]
    ['workforce', 'workforce.micro.core_group']
    """
    draft = draft_of(source, name)
    check_structure(draft)
    draft.faults.refuse()
    return draft.codebook


def check_codebook(source: str | bytes | Path, *, name: str = "") -> list[Finding]:
    r"""Say everything that is wrong or weak in a codebook file.

    Parameters
    ----------
    source, name
        As for `read_codebook`.

    Returns
    -------
    list of Finding
        By line. Severity ``fault``: the file cannot be loaded; ``lint``: it can, and a coding
        rule, a definition or the like is missing. Empty where there is nothing to say.

    Examples
    --------
    >>> for finding in check_codebook("format: 1\nkey: mini\nlabel: Mini\ncodes:\n  - id: Staff\n"):
    ...     print(finding.severity, finding)
    fault the text, line 5: 'Staff' is no valid id. Did you mean 'staff'? Use lower-case letters a-z, digits and _, joined by dots.
    fault the text, line 5: a code has no label. Add 'label:'.
    lint the text, line 5: 'staff' has no definition. Say in one sentence what belongs to it.
    """
    draft = draft_of(source, name)
    check_structure(draft)
    lines: dict[str, int] = {}
    for code, line in draft.codes:
        lines.setdefault(code.key, line)
    # a code without a key is a fault already
    hints = [
        hint
        for hint in lint_codebook(draft.codebook, name=draft.faults.name, lines=lines)
        if "'?" not in hint.what
    ]
    draft.faults.found.extend(hints)
    return draft.faults.in_order()
