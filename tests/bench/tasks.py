"""One operation or floor, timed in a process of its own."""

from __future__ import annotations

import csv
import itertools
import json
import os
import resource
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import floors
import product
from corpus import Corpus

PAGE = 50
#: how often a reading operation is asked again in the same process
AGAIN = 5
SINGLE = 30

#: what a task does after its preparation: the part that is timed. It returns the answer, or how to
#: find it where that is work of its own
Timed = Callable[[], Any]


@dataclass(frozen=True)
class Places:
    """Where the runs of one benchmark leave what later ones build on."""

    corpus: Corpus
    floor: Path
    study: Path
    imported: Path
    realist: Path
    written: Path
    scratch: Path


@dataclass(frozen=True)
class Sample:
    """What one process measured: the first call, and the later ones if there were any.

    Attributes
    ----------
    wall, cpu : float
        Seconds; `cpu` counts child processes too.
    again : list of float
        Wall seconds of the later calls.
    peak : float
        The process's largest memory in MB, preparation included.
    answer : object
        What the operation found, to be held against the floor's answer.
    """

    wall: float
    cpu: float
    again: list[float]
    peak: float
    answer: Any


def import_floor(at: Places) -> Timed:
    remove(at.floor)
    return lambda: floors.import_texts(at.floor, at.corpus)


def import_each(at: Places) -> Timed:
    remove(at.scratch / "each.sqlite")
    return lambda: floors.import_texts(at.scratch / "each.sqlite", at.corpus, each=True)


def import_product(at: Places) -> Timed:
    shutil.rmtree(at.imported, ignore_errors=True)
    study = product.new(at.imported)
    product.load_codebook(study, at.corpus.codebook)

    def do() -> Callable[[], int]:
        product.add_manifest(study, at.corpus.manifest)
        return lambda: product.counts(study)[0]

    return do


def codings_floor(at: Places) -> Timed:
    connection = floors.connect(at.floor)
    connection.execute("drop table if exists coding")
    rows = floors.coding_rows(connection, at.corpus)
    return lambda: floors.insert_codings(connection, rows)


def codings_product(at: Places) -> Timed:
    shutil.rmtree(at.study, ignore_errors=True)
    shutil.copytree(at.imported, at.study)
    study = product.open(at.study)

    def do() -> Callable[[], int]:
        product.code_csv(study, at.corpus.codings_csv)
        return lambda: product.counts(study)[1]

    return do


def csv_product(at: Places) -> Timed:
    study, path = product.open(at.study), at.scratch / "study.csv"

    def do() -> Callable[[], int]:
        product.segments_csv(study, path)
        return lambda: rows_in(path)

    return do


def rows_in(path: Path) -> int:
    """Return how many rows a CSV file has below its header."""
    with path.open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.reader(file)) - 1


def codings_rows(at: Places) -> Timed:
    rows = floors.new_rows(product.store(at.imported), product.store(at.study))
    copy = at.scratch / "rows.sqlite"
    remove(copy)
    shutil.copy(product.store(at.imported), copy)
    connection = floors.connect(copy)
    return lambda: floors.insert_rows(connection, rows) and at.corpus.codings


def open_product(at: Places) -> Timed:
    return lambda: product.open(at.study) and at.corpus.sources


def one_floor(at: Places) -> Timed:
    copy = at.scratch / "one.sqlite"
    remove(copy)
    shutil.copy(at.floor, copy)
    connection = floors.connect(copy)
    numbers = iter(range(1, at.corpus.sources + 1))
    return lambda: floors.code_one(connection, next(numbers))


def one_sync(at: Places) -> Timed:
    remove(at.scratch / "sync")
    return lambda: floors.sync_one(at.scratch / "sync")


def one_product(at: Places) -> Timed:
    copy = at.scratch / "one"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(at.study, copy)
    study = product.open(copy)
    numbers = iter(range(1, at.corpus.sources + 1))
    return lambda: product.code_one(study, f"IP{next(numbers):04}", 4, 44, at.corpus.commonest)


def configure(at: Places) -> Timed:
    return lambda: product.configure(at.realist)


def cards_floor(at: Places) -> Timed:
    connection = connect_realist(at)
    return lambda: counted(floors.read_json(connection), "configuration")


def cards_product(at: Places) -> Timed:
    study = product.open(at.realist)
    return lambda: counted(product.cards(study), "configurations")


def counted(body: bytes, name: str) -> Callable[[], int]:
    """Return how to count what is in a list of a JSON text."""
    return lambda: len(json.loads(body)[name])


def report_floor(at: Places) -> Timed:
    path = at.scratch / "empty.ipynb"
    floors.write_notebook(path)
    return lambda: floors.run_notebook(path)


def negative_floor(at: Places) -> Timed:
    copy = at.scratch / "negative.sqlite"
    remove(copy)
    shutil.copy(product.store(at.realist), copy)
    connection = floors.connect(copy)
    return lambda: floors.log_search(connection)


def negative_product(at: Places) -> Timed:
    copy = at.scratch / "negative"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(at.realist, copy)
    study = product.open(copy)
    # of four configurations the first has every part, and without both nothing can be found
    numbers = itertools.count(1, 4)
    return lambda: product.search_negative(study, f"c{next(numbers)}")


def realist_floor(at: Places) -> Timed:
    connection = connect_realist(at)
    return lambda: len(floors.read_rows(connection)["configuration"])


def connect_realist(at: Places) -> Any:
    """Open the study with configurations as a plain database."""
    connection = floors.connect(product.store(at.realist))
    connection.execute("select count(*) from source").fetchone()
    return connection


def on_realist(do: Callable[[Any], Any]) -> Callable[[Places], Timed]:
    """Make a task of a question to the study with configurations."""

    def prepare(at: Places) -> Timed:
        study = product.open(at.realist)
        return lambda: do(study)

    return prepare


def on_floor(do: Callable[[Any, Places], Any]) -> Callable[[Places], Timed]:
    """Make a task of a question to the floor's database."""

    def prepare(at: Places) -> Timed:
        connection = floors.connect(at.floor)
        # the first question of all reads the layout; it is not what is timed
        connection.execute("select count(*) from source").fetchone()
        return lambda: do(connection, at)

    return prepare


def on_study(do: Callable[[Any, Places], Any]) -> Callable[[Places], Timed]:
    """Make a task of a question to the finished study."""

    def prepare(at: Places) -> Timed:
        study = product.open(at.study)
        return lambda: do(study, at)

    return prepare


def frequencies_pandas(at: Places) -> Timed:
    frame = floors.frequencies_frame(floors.connect(at.floor))
    return lambda: floors.frequencies_pandas(frame, at.corpus.commonest)


TASKS: dict[str, tuple[Callable[[Places], Timed], int]] = {
    "import.floor": (import_floor, 0),
    "import.each": (import_each, 0),
    "import": (import_product, 0),
    "codings.floor": (codings_floor, 0),
    "codings": (codings_product, 0),
    "codings.rows": (codings_rows, 0),
    "frequencies.floor": (
        on_floor(lambda db, at: floors.frequencies_sql(db, at.corpus.commonest)), AGAIN,
    ),
    "frequencies.pandas": (frequencies_pandas, AGAIN),
    "frequencies": (
        on_study(lambda study, at: product.frequencies(study, "site", at.corpus.commonest)), AGAIN,
    ),
    "page.floor": (on_floor(lambda db, at: floors.segments(db, at.corpus.commonest, PAGE)), AGAIN),
    "page": (on_study(lambda s, at: product.segments(s, at.corpus.commonest, PAGE)), AGAIN),
    "segments.floor": (on_floor(lambda db, at: floors.segments(db, at.corpus.commonest, -1)), AGAIN),
    "segments": (on_study(lambda s, at: product.segments(s, at.corpus.commonest, None)), AGAIN),
    "word.floor": (on_floor(lambda db, at: floors.search_word(db, at.corpus.word, PAGE)), AGAIN),
    "word": (on_study(lambda s, at: product.search(s, at.corpus.word, "word", PAGE)), AGAIN),
    "substring.floor": (
        on_floor(lambda db, at: floors.search_substring(db, at.corpus.substring, PAGE)), AGAIN,
    ),
    "substring": (
        on_study(lambda s, at: product.search(s, at.corpus.substring, "substring", PAGE)), AGAIN,
    ),
    "regex.floor": (on_floor(lambda db, at: floors.search_regex(db, at.corpus.regex, PAGE)), AGAIN),
    "regex": (on_study(lambda s, at: product.search(s, at.corpus.regex, "regex", PAGE)), AGAIN),
    "csv.floor": (
        on_floor(lambda db, at: floors.segments_csv(db, at.scratch / "floor.csv")), 0,
    ),
    "csv": (csv_product, 0),
    "open": (open_product, 0),
    "one.floor": (one_floor, SINGLE),
    "one.sync": (one_sync, SINGLE),
    "one": (one_product, SINGLE),
    "configure": (configure, 0),
    "realist.floor": (realist_floor, AGAIN),
    "realist": (on_realist(product.realist), AGAIN),
    "mechanisms": (on_realist(product.mechanisms), AGAIN),
    "configurations": (on_realist(product.configurations), AGAIN),
    "written": (lambda at: lambda: product.write(at.written), 0),
    "report.floor": (report_floor, 0),
    "report": (lambda at: lambda: product.report(at.written, "html"), 0),
    "report_forms": (lambda at: lambda: product.report(at.written, "html,docx,pdf"), 0),
    "report.each": (lambda at: lambda: product.report_each(at.written), 0),
    "report_all": (lambda at: lambda: product.report_all(at.written), 0),
    "cards.floor": (cards_floor, AGAIN),
    "cards": (cards_product, AGAIN),
    "negative.floor": (negative_floor, AGAIN),
    "negative": (negative_product, AGAIN),
}  # fmt: skip


def remove(path: Path) -> None:
    """Remove a database with the files beside it."""
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
        (path.parent / name).unlink(missing_ok=True)


def peak() -> float:
    """Return the largest memory of this process in MB.

    A process inherits the peak of the one that started it in `ru_maxrss`, so Linux's own figure
    for this program is read where there is one.
    """
    status = Path("/proc/self/status")
    if status.is_file():
        for line in status.read_text("ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def measure(do: Timed, again: int) -> Sample:
    """Time the first call, and each later one."""
    cpu, wall = sum(os.times()[:4]), time.perf_counter()
    answer = do()
    wall, cpu = time.perf_counter() - wall, sum(os.times()[:4]) - cpu
    later = []
    for _ in range(again):
        start = time.perf_counter()
        do()
        later.append(time.perf_counter() - start)
    most = peak()
    return Sample(wall, cpu, later, most, answer() if callable(answer) else answer)


def main() -> None:
    """Read the task's name and the places from the command line, print the sample as JSON."""
    given = json.loads(sys.argv[2])
    places = Places(
        Corpus(**given.pop("corpus")), **{name: Path(path) for name, path in given.items()}
    )
    prepare, again = TASKS[sys.argv[1]]
    print(json.dumps(asdict(measure(prepare(places), again))))


if __name__ == "__main__":
    main()
