"""What is timed, what it is held against, and how long it may take."""

from __future__ import annotations

from dataclasses import dataclass

#: MB that no operation may go beyond
MEMORY = 250


@dataclass(frozen=True)
class Floor:
    """What an operation is held against: a task, and how many times as long it may take."""

    task: str
    label: str
    aim: float | None = None


@dataclass(frozen=True)
class Operation:
    """One line of the table.

    Attributes
    ----------
    task, label : str
    floors : tuple of Floor
    seconds : float or None
        The aim where it is a time.
    again : bool
        Whether the later calls in one process are meant, not the first.
    """

    task: str
    label: str
    floors: tuple[Floor, ...] = ()
    seconds: float | None = None
    again: bool = False


OPERATIONS = (
    Operation(
        "import", "import the texts, searchable",
        (Floor("import.floor", "insert, FTS5, one commit", 2.5),
         Floor("import.each", "the same, a commit a text")),
    ),
    Operation(
        "codings", "codings in bulk",
        (Floor("codings.floor", "bulk insert", 8), Floor("codings.rows", "journalled rows", 2)),
    ),
    Operation(
        "frequencies", "code x 14 sites, cold", (Floor("frequencies.floor", "SQL group by", 1.3),),
    ),
    Operation(
        "frequencies", "code x 14 sites, warm",
        (Floor("frequencies.pandas", "pandas group by"),), 0.020, again=True,
    ),
    Operation("page", "first 50 segments of a code", (Floor("page.floor", "SQL"),), 0.010),
    Operation("segments", "all segments of that code", (Floor("segments.floor", "SQL", 5),)),
    Operation("word", "search a word, first page", (Floor("word.floor", "FTS5"),), 0.010),
    Operation("substring", "search a part of a word", (Floor("substring.floor", "LIKE", 4),)),
    Operation("regex", "search a pattern", (Floor("regex.floor", "re", 1.2),)),
    Operation("csv", "all segments as CSV", (Floor("csv.floor", "SQL, csv", 2.5),)),
    Operation("open", "open the study", (), 1.0),
    Operation(
        "one", "one coding, durable",
        (Floor("one.floor", "insert, commit"), Floor("one.sync", "write, fsync")), 0.020,
        again=True,
    ),
    Operation("realist", "the realist layer read", (Floor("realist.floor", "SQL"),)),
    Operation(
        "mechanisms", "mechanisms across programmes, cold", (Floor("realist.floor", "SQL"),), 0.5,
    ),
    Operation(
        "mechanisms", "mechanisms across programmes, warm", (Floor("realist.floor", "SQL"),), 0.5,
        again=True,
    ),
    Operation(
        "configurations", "all configurations as a table", (Floor("realist.floor", "SQL"),), 0.5,
    ),
    Operation("cards", "the realist layer as JSON", (Floor("cards.floor", "SQL, JSON"),)),
    Operation(
        "negative", "a search for negative cases", (Floor("negative.floor", "SQL, insert, commit"),),
    ),
    Operation(
        "report", "a report, 13 interviews, 83 quotes",
        (Floor("report.floor", "an empty notebook, run"),), 10,
    ),
    Operation(
        "report_forms", "the same as HTML, DOCX, PDF",
        (Floor("report.floor", "an empty notebook, run"),), 15,
    ),
    Operation(
        "report_all", "5 programmes, two at a time",
        (Floor("report.each", "the same, one at a time", 1),),
    ),
)  # fmt: skip
#: operations that leave what later ones read
BUILDING = ("import", "codings")
#: operations on a study of their own, by the task that makes it before anything is timed: one with
#: configurations, one with written programmes
PREPARING = {
    "configure": ("realist", "mechanisms", "configurations", "cards", "negative"),
    "written": ("report", "report_forms", "report_all"),
}
APART = tuple(task for tasks in PREPARING.values() for task in tasks)
