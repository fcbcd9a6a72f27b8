"""The least that each operation costs: the same work by bare sqlite3, pandas and re."""

from __future__ import annotations

import csv
import os
import re
import sqlite3
import uuid
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from corpus import Corpus

SEGMENTS = """
    select coding.id, source.key, programme, site, coding.start, coding.end, code, coder, round, quote
    from coding join source on source.id = coding.source
"""
#: what a study's realist layer is read from
REALIST = (
    "theory", "mechanism", "configuration", "element", "evidence", "link", "regularity", "instance",
    "inference", "negative_search", "source", "programme", "interviewee", "participation",
)  # fmt: skip
#: the product counts a reading set, here the source's main coder; so does the floor
FREQUENCIES = """
    select code, site, count(*) from coding join source on source.id = coding.source
    where coder = main_coder group by code, site
"""


def connect(path: Path) -> sqlite3.Connection:
    """Open a database as durably as the product's store is."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("pragma journal_mode=wal")
    connection.execute("pragma synchronous=full")
    connection.execute("pragma cache_size=-32000")
    return connection


def import_texts(path: Path, corpus: Corpus, *, each: bool = False) -> int:
    """Read, decode and insert every text and index its words, in one commit or one a text."""
    connection = connect(path)
    connection.execute(
        "create table source(id integer primary key, key text unique, programme text, site text, "
        "main_coder text, text text)"
    )
    connection.execute(
        "create virtual table words using fts5(text, content='source', content_rowid='id')"
    )
    if not each:
        connection.execute("begin")
    with corpus.manifest.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=1):
            if each:
                connection.execute("begin")
            text = (corpus.manifest.parent / row["file"]).read_bytes().decode("utf-8")
            connection.execute(
                "insert into source values (?, ?, ?, ?, ?, ?)",
                (number, row["id"], row["programme"], row["site"], row["coded_by"], text),
            )
            connection.execute("insert into words(rowid, text) values (?, ?)", (number, text))
            if each:
                connection.execute("commit")
    if not each:
        connection.execute("commit")
    (count,) = connection.execute("select count(*) from source").fetchone()
    connection.close()
    return int(count)


def coding_rows(connection: sqlite3.Connection, corpus: Corpus) -> list[tuple[Any, ...]]:
    """Return the codings as they are inserted; reading the file is not part of the floor."""
    number = dict(connection.execute("select key, id from source"))
    with corpus.codings_csv.open(encoding="utf-8", newline="") as file:
        return [
            (
                str(uuid.uuid4()), number[row["source"]], int(row["start"]), int(row["end"]),
                row["code"], row["coder"], row["round"], row["quote"],
            )
            for row in csv.DictReader(file)
        ]  # fmt: skip


def insert_codings(connection: sqlite3.Connection, rows: list[tuple[Any, ...]]) -> int:
    """Insert every coding, unchecked and without a journal."""
    connection.execute(
        "create table coding(id text primary key, source integer, start integer, end integer, "
        "code text, coder text, round text, quote text)"
    )
    connection.execute("create index ix_coding on coding(code, source, start)")
    connection.execute("begin")
    connection.executemany("insert into coding values (?, ?, ?, ?, ?, ?, ?, ?)", rows)
    connection.execute("commit")
    return len(rows)


def new_rows(before: Path, after: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows that a study's store has more than it had: what one act wrote, by table."""
    connection = sqlite3.connect(f"file:{after}?mode=ro", uri=True)
    connection.execute("attach ? as earlier", (str(before),))
    virtual = [
        name
        for (name,) in connection.execute(
            "select name from sqlite_master where sql like 'create virtual table%'"
        )
    ]
    found = {}
    for (name,) in connection.execute("select name from sqlite_master where type = 'table'"):
        # a word index keeps its own tables; no coding writes there
        if name.startswith("sqlite_") or any(
            name == index or name.startswith(f"{index}_") for index in virtual
        ):
            continue
        (last,) = connection.execute(
            f'select coalesce(max(rowid), 0) from earlier."{name}"'
        ).fetchone()
        rows = connection.execute(f'select * from main."{name}" where rowid > ?', (last,))
        if more := rows.fetchall():
            found[name] = more
    connection.close()
    return found


def insert_rows(connection: sqlite3.Connection, rows: dict[str, list[tuple[Any, ...]]]) -> int:
    """Insert the same journalled rows without any check."""
    connection.execute("begin")
    for name, more in rows.items():
        marks = ", ".join("?" * len(more[0]))
        connection.executemany(f'insert into "{name}" values ({marks})', more)
    connection.execute("commit")
    return sum(map(len, rows.values()))


def frequencies_sql(connection: sqlite3.Connection, code: str) -> int:
    """Count codings by code and site."""
    table = connection.execute(FREQUENCIES).fetchall()
    return sum(count for found, _, count in table if found == code)


def frequencies_frame(connection: sqlite3.Connection) -> Any:
    """Return the codings as the data frame that pandas counts."""
    import pandas as pd

    rows = connection.execute(
        "select code, site from coding join source on source.id = coding.source "
        "where coder = main_coder"
    ).fetchall()
    return pd.DataFrame(rows, columns=["code", "site"]).astype("category")


def frequencies_pandas(frame: Any, code: str) -> int:
    """Count a data frame in memory by code and site."""
    table = frame.groupby(["code", "site"], observed=True).size()
    return int(table.loc[code].sum())


def segments(connection: sqlite3.Connection, code: str, limit: int) -> int:
    """Select the segments of a code in the order of the text; -1 is no limit."""
    query = SEGMENTS + "where code = ? order by coding.source, coding.start limit ?"
    return len(connection.execute(query, (code, limit)).fetchall())


def search_word(connection: sqlite3.Connection, word: str, limit: int) -> int:
    """Ask the index for sources with a word."""
    query = "select rowid from words where words match ? limit ?"
    return len(connection.execute(query, (f'"{word}"', limit)).fetchall())


def search_substring(connection: sqlite3.Connection, part: str, limit: int) -> int:
    """Scan the texts for a part of a word."""
    query = "select id from source where text like ? limit ?"
    return len(connection.execute(query, (f"%{part}%", limit)).fetchall())


def search_regex(connection: sqlite3.Connection, pattern: str, limit: int) -> int:
    """Scan the texts for a pattern, until there are enough hits."""
    compiled, hits = re.compile(pattern, re.IGNORECASE), 0
    for (text,) in connection.execute("select text from source order by id"):
        for _ in compiled.finditer(text):
            hits += 1
            if hits == limit:
                return hits
    return hits


def segments_csv(connection: sqlite3.Connection, path: Path) -> int:
    """Write every segment to a file."""
    query = SEGMENTS + "order by coding.source, coding.start"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(
            ["id", "source", "programme", "site", "start", "end", "code", "coder", "round", "quote"]
        )
        count = 0
        for row in connection.execute(query):
            writer.writerow(row)
            count += 1
    return count


def code_one(connection: sqlite3.Connection, number: int) -> None:
    """Insert one coding, durably."""
    connection.execute(
        "insert into coding values (?, ?, ?, ?, ?, ?, ?, ?)",
        (str(uuid.uuid4()), number, 0, 40, "theme_1", "ada", "bench", "a passage of some words"),
    )


def read_rows(connection: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of the realist layer, and of what they point to, by table."""
    return {name: connection.execute(f"select * from {name}").fetchall() for name in REALIST}


def read_json(connection: sqlite3.Connection) -> bytes:
    """Return them as JSON."""
    import orjson

    return orjson.dumps(read_rows(connection), default=str)


def log_search(connection: sqlite3.Connection) -> int:
    """Read them, and log a search that found nothing, durably."""
    first = read_rows(connection)["configuration"][0]
    connection.execute(
        "insert into negative_search(id, configuration, kind) values (?, ?, ?)",
        (str(uuid.uuid4()), first[0], "context_without_outcome"),
    )
    return 1


def sync_one(path: Path) -> None:
    """Write one page and wait for the disk."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    try:
        os.write(handle, b"\0" * 4096)
        os.fsync(handle)
    finally:
        os.close(handle)


def write_notebook(path: Path) -> None:
    """Write a notebook of one cell that does nothing."""
    import nbformat

    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")]), path)


def run_notebook(path: Path) -> int:
    """Run it in a kernel of its own; return how many notebooks ran."""
    import papermill

    papermill.execute_notebook(str(path), None, kernel_name="python3", progress_bar=False)
    return 1
