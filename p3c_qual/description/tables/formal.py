"""The fourteen fields of the formal description: of one programme, and how full they are in all."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from p3c_qual.description.forms import STATUSES, find_form
from p3c_qual.description.model import Where
from p3c_qual.description.tables.told import read_told

if TYPE_CHECKING:
    import pandas as pd

    from p3c_qual.description.forms import Form
    from p3c_qual.description.model import Answer
    from p3c_qual.description.tables.told import Told
    from p3c_qual.opened import Opened

__all__ = ["NO_STATUS", "table_formal_description"]

#: what is filled in without saying on what it rests
NO_STATUS = "filled in, not said on what it rests"


def table_formal_description(study: Opened, *, programme: str = "") -> pd.DataFrame:
    """Return the formal description of a programme, or how complete that of each one is.

    Parameters
    ----------
    study : Study
    programme : str
        Key or row id.

    Returns
    -------
    DataFrame
        Of one programme: ``item``, ``label``, ``value``, ``status`` (in words; empty where nobody
        has looked) and ``sources`` (str, places with ``;`` between them). Of all: ``item``,
        ``label`` and one column a programme (key) with the status and, in brackets, the places.
        ``attrs``: ``caption``, ``unit``, ``denominators``, ``headings``, ``notes``.

    Raises
    ------
    P3CError
        If there is no such programme.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> table_formal_description(study).shape
    (14, 2)
    """
    form = find_form("formal_description")
    with study.store.read() as connection:
        told = read_told(study, connection)
    chosen = told.chosen(programme)
    if programme:
        return _of_one(told, form, chosen[0])
    return _of_all(told, form, chosen)


def _of_one(told: Told, form: Form, programme: str) -> pd.DataFrame:
    import pandas as pd

    answers = told.written.answers_of(form.key, Where(programme)).get("", {})
    rows = []
    for item in form.items:
        answer = answers.get(item.id)
        rows.append(
            {
                "item": item.id,
                "label": item.label,
                "value": answer.value if answer else "",
                "status": _status(answer),
                "sources": told.cited(answer.id) if answer else "",
            }
        )
    columns = ["item", "label", "value", "status", "sources"]
    frame = pd.DataFrame(rows, columns=columns).astype("str")
    counts = Counter(row["status"] or "empty" for row in rows)
    bare = sum(row["status"] == STATUSES["documented"] and not row["sources"] for row in rows)
    caption = f"{form.label}: {told.labels[programme]}"
    frame.attrs = {
        "caption": caption,
        "unit": "fields",
        "denominators": {"fields": len(rows), **counts},
        "headings": {"label": "Field", "sources": "Rests on"},
        "shown": ["label", "value", "status", "sources"],
        "notes": [
            "What was looked for and not found is printed as such; an empty field was not filled in.",
            *([f"{bare} documented values name no document."] if bare else []),
        ],
    }
    return frame


def _of_all(told: Told, form: Form, programmes: list[str]) -> pd.DataFrame:
    import pandas as pd

    answers = {row: told.written.answers_of(form.key, Where(row)).get("", {}) for row in programmes}
    rows: list[dict[str, Any]] = [{"item": each.id, "label": each.label} for each in form.items]
    filled: dict[str, int] = {}
    for programme, given in answers.items():
        key = told.programmes[programme]
        for row in rows:
            answer = given.get(row["item"])
            places = told.cited(answer.id) if answer else ""
            status = _status(answer)
            row[key] = f"{status} ({places})" if status and places else status
        filled[key] = sum(bool(row[key]) for row in rows)
    columns = ["item", "label", *filled]
    frame = pd.DataFrame(rows, columns=columns).astype("str")
    frame.attrs = {
        "caption": f"{form.label}: how complete it is",
        "unit": "fields",
        "denominators": {
            "fields": len(rows),
            "programmes": len(filled),
            **({"filled in": filled} if filled else {}),
        },
        "headings": {"label": "Field"},
        "shown": columns[1:],
        "notes": [
            "What was looked for and not found counts as filled in; an empty cell was not filled in."
        ],
    }
    return frame


def _status(answer: Answer | None) -> str:
    if answer is None or not (answer.value or answer.status):
        return ""
    return STATUSES.get(answer.status, answer.status) or NO_STATUS
