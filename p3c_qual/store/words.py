"""The index of words: it proposes the texts that may hold a word, and never decides.

Both stores index the same words, cut and folded here, so that a search means the same on both.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from sqlalchemy import text

from p3c_qual.store.payloads import chunks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

__all__ = ["candidates", "fold_text", "index_texts", "indexed", "unindex", "words_of"]

_WORD = re.compile(r"[^\W_]+")
#: words in one index row; PostgreSQL's tsvector ends at 1 MB
_ROW = 20_000


class _Folds(dict[int, str]):
    """Each character's folded form, worked out when first met."""

    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFKD", chr(code).casefold())
        folded = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
        self[code] = folded
        return folded


_FOLDS = _Folds()


def fold_text(value: str) -> str:
    """Return `value` without case and accents, character by character.

    Each character folds by itself, so that a place in the folded text leads back to a place
    in the text (see `analysis.search`).

    Examples
    --------
    >>> fold_text("Fräulein Müßig")
    'fraulein mussig'
    """
    return value.lower() if value.isascii() else value.translate(_FOLDS)


@lru_cache(maxsize=512)
def words_of(value: str) -> tuple[str, ...]:
    """Return the folded words of a query, in order.

    Examples
    --------
    >>> words_of("Self-management, café")
    ('self', 'management', 'cafe')
    """
    return tuple(_WORD.findall(fold_text(value)))


def _sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"


def index_texts(connection: Connection, texts: Iterable[tuple[str, str]]) -> None:
    """Index texts, each an (id of the text row, text)."""
    rows = []
    for name, body in texts:
        words = sorted(set(_WORD.findall(fold_text(body))))
        # PostgreSQL takes no word over 2 KB; such a thing is no word
        words = [word for word in words if len(word) <= 500]
        rows += [(name, run) for run in chunks(words, _ROW)]
    if not rows:
        return
    if not _sqlite(connection):
        connection.execute(
            text(
                "insert into word_index(text, words) "
                "values (:name, array_to_tsvector(cast(:words as text[])))"
            ),
            [{"name": name, "words": list(run)} for name, run in rows],
        )
        return
    last = connection.scalar(text("select coalesce(max(num), 0) from word_row"))
    numbered = [
        {"num": last + n, "name": name, "words": " ".join(run)}
        for n, (name, run) in enumerate(rows, 1)
    ]
    connection.execute(text("insert into word_row(num, text) values (:num, :name)"), numbered)
    connection.execute(text("insert into word_index(rowid, words) values (:num, :words)"), numbered)


def unindex(connection: Connection, name: str, body: str | None) -> None:
    """Take a text out of the index; SQLite needs its words for that."""
    if not _sqlite(connection):
        connection.execute(text("delete from word_index where text = :name"), {"name": name})
        return
    words = sorted(set(_WORD.findall(fold_text(body or ""))))
    words = [word for word in words if len(word) <= 500]
    numbers = list(
        connection.scalars(
            text("select num from word_row where text = :name order by num"), {"name": name}
        )
    )
    for num, run in zip(numbers, chunks(words, _ROW), strict=False):
        connection.execute(
            text("insert into word_index(word_index, rowid, words) values('delete', :num, :words)"),
            {"num": num, "words": " ".join(run)},
        )
    connection.execute(text("delete from word_row where text = :name"), {"name": name})


def candidates(connection: Connection, query: str) -> set[str] | None:
    """Return ids of the texts that hold every word of `query`; None if it has no word."""
    found: set[str] | None = None
    for word in set(words_of(query)):
        if _sqlite(connection):
            rows = connection.scalars(
                text(
                    "select distinct r.text from word_index i join word_row r on r.num = i.rowid "
                    "where word_index match :word"
                ),
                {"word": f'"{word}"'},
            )
        else:
            rows = connection.scalars(
                text("select distinct text from word_index where words @@ cast(:word as tsquery)"),
                {"word": "'" + word.replace("'", "''").replace("\\", "\\\\") + "'"},
            )
        found = set(rows) if found is None else found & set(rows)
    return found


def indexed(connection: Connection, names: Iterable[str]) -> set[str]:
    """Return which of the texts are in the index."""
    table = "word_row" if _sqlite(connection) else "word_index"
    found = set()
    for name in names:
        if connection.scalar(text(f"select 1 from {table} where text = :name"), {"name": name}):
            found.add(name)
    return found
