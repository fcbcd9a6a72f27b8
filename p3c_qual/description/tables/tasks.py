"""Which tasks of the work package each chapter of a report serves, as far as passages show it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from p3c_qual.analysis.segments import known_codes
from p3c_qual.description.tables.spans import read_coded
from p3c_qual.description.tables.told import read_told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pandas as pd

    from p3c_qual.coding.names import Codes
    from p3c_qual.description.skeleton import Place
    from p3c_qual.description.tables.spans import CodedSpan
    from p3c_qual.description.tables.told import Told
    from p3c_qual.opened import Opened

__all__ = ["table_tasks"]

_BOOK = "wp2_tasks"
_HEADINGS = {
    "programme": "Programme",
    "title": "Chapter",
    "task_label": "Task",
    "meant": "Meant for it",
    "segments": "Passages",
    "interviewees": "Interviewees",
    "state": "State",
}


def table_tasks(study: Opened, *, programme: str = "") -> pd.DataFrame:
    """Return by chapter how far passages serve the tasks 1 to 8 and TS.

    A passage serves a task in a chapter where it is coded with the task and overlaps with one
    that is coded with the chapter's code or anything below it. Shown are the tasks that a chapter
    is meant for, and those that it serves besides.

    Parameters
    ----------
    study : Study
    programme : str
        Key or row id; only of this one.

    Returns
    -------
    DataFrame
        ``programme``, ``chapter``, ``title``, ``task``, ``task_label``, ``meant`` (``yes`` or
        empty; str), ``segments``, ``interviewees`` (Int64; empty where nothing of the programme is
        coded with the tasks) and ``state`` (str). ``attrs``: ``caption``,
        ``unit``, ``denominators``, ``reading_set``, ``headings``, ``notes``.

    Raises
    ------
    P3CError
        If there is no such programme, or no reading of a source can be chosen.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> table_tasks(study).empty
    True
    """
    import pandas as pd

    from p3c_qual.description.model import Where
    from p3c_qual.description.places import places_of, read_chapters

    opened: Any = study
    with study.store.read() as connection:
        told = read_told(study, connection)
        chapters = read_chapters(connection)
        tasks = _tasks(known_codes(opened, connection))
        chosen = {
            told.programmes[row]: _with_tasks(places_of(chapters, Where(row)))
            for row in told.chosen(programme)
        }
        books = {each.code.partition(":")[0] for some in chosen.values() for each in some}
        sources = told.sources_of(programme)
        coded = read_coded(study, connection, _BOOK, sources=sources)
        spans = {
            book: read_coded(study, connection, book, sources=sources).spans
            for book in sorted(books)
        }
    rows: list[dict[str, Any]] = []
    for key, places in chosen.items():
        mine = _Programme(told, key, coded.spans, spans)
        rows += [row for place in places for row in mine.rows(place, tasks)]
    columns = ["programme", "chapter", "title", "task", *list(_HEADINGS)[2:]]
    frame = pd.DataFrame(rows, columns=columns)
    frame = frame.astype({"segments": "Int64", "interviewees": "Int64"})
    frame.attrs = {
        "caption": "Tasks by chapter",
        "unit": "passages coded with a task, in a chapter's passages",
        "denominators": {
            "programmes": len(chosen),
            "passages coded with a task": len(
                {
                    each.place
                    for each in coded.spans
                    if told.sources[each.source].programme in chosen
                }
            ),
        },
        "reading_set": coded.caption,
        "headings": _HEADINGS,
        "shown": [*(["programme"] if len(chosen) > 1 else []), *list(_HEADINGS)[1:]],
        "once": ["programme", "title"],
        "notes": [
            "A passage that serves several tasks, or stands in several chapters, counts in each.",
            "Empty where nothing of the programme was coded with the tasks.",
        ],
    }
    return frame


class _Programme:
    """The passages of a programme by task, and what is coded with each chapter."""

    def __init__(
        self,
        told: Told,
        key: str,
        coded: Iterable[CodedSpan],
        chapters: Mapping[str, Iterable[CodedSpan]],
    ) -> None:
        self._key = key
        self._tasks: dict[str, list[CodedSpan]] = defaultdict(list)
        for span in coded:
            if told.sources[span.source].programme == key:
                self._tasks[span.above[0]].append(span)
        self._chapters: dict[str, dict[str, list[CodedSpan]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for book, spans in chapters.items():
            for span in spans:
                if told.sources[span.source].programme == key:
                    for above in span.above:
                        self._chapters[f"{book}:{above}"][span.source].append(span)

    def rows(self, place: Place, tasks: Mapping[str, str]) -> Iterator[dict[str, Any]]:
        """Yield a row for each task a chapter is meant for, and each that it serves besides."""
        for task, label in tasks.items():
            name = task.removeprefix("task_").upper()
            found = list(self._within(place.code, task))
            meant = name in place.tasks
            if not meant and not found:
                continue
            known = bool(self._tasks)
            yield {
                "programme": self._key,
                "chapter": place.key,
                "title": place.title,
                "task": name,
                "task_label": label,
                "meant": "yes" if meant else "",
                "segments": len({each.place for each in found}) if known else None,
                "interviewees": len({each.person for each in found} - {""}) if known else None,
                "state": _state(meant=meant, found=bool(found), known=known),
            }

    def _within(self, code: str, task: str) -> Iterator[CodedSpan]:
        chapter = self._chapters.get(code, {})
        for span in self._tasks.get(task, ()):
            others = chapter.get(span.source, ())
            if any(each.start < span.end and span.start < each.end for each in others):
                yield span


def _with_tasks(places: Iterable[Place]) -> list[Place]:
    """Return the sections that serve tasks; a part that has its chapter's code is the same."""
    some = list(places)
    codes = {each.key: each.code for each in some}
    return [
        each for each in some if each.tasks and each.code and codes.get(each.under) != each.code
    ]


def _tasks(codes: Codes) -> dict[str, str]:
    """Return the tasks by the key of their code, also where the study has no codebook of them."""
    mine = {
        each.key: each.label or each.key
        for each in codes.by_id.values()
        if each.codebook == _BOOK and each.parent is None and each.status != "retired"
    }
    return dict(sorted(mine.items())) or {
        **{f"task_{number}": f"Task {number}" for number in range(1, 9)},
        "ts": "Task TS",
    }


def _state(*, meant: bool, found: bool, known: bool) -> str:
    if not known:
        return "not coded with the tasks"
    if found:
        return "served" if meant else "served besides"
    return "nothing yet"
