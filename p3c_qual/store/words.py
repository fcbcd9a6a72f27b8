"""The index of words: it proposes the texts that may hold a word, and never decides.

Both stores index the same words, cut and folded here, so that a search means the same on both.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select, text

from p3c_qual.store.payloads import chunks
from p3c_qual.store.schema import ROWS, payload

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

__all__ = [
    "candidates",
    "fold_text",
    "index_missing",
    "index_texts",
    "indexed",
    "merge",
    "unindex",
    "words_of",
]

_WORD = re.compile(r"[^\W_]+")
_ODD = re.compile(r"[^\x00-\x7f]+")
#: bytes of UTF-8 by which words are cut; what lies beyond ASCII is looked at word by word
_CUT = bytes(b if b >= 0x80 or chr(b).isalnum() else 0x20 for b in range(256))
#: words in one index row; PostgreSQL's tsvector ends at 1 MB
_ROW = 20_000
#: PostgreSQL takes no word over 2 KB; such a thing is no word
_LONGEST = 500


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
    if value.isascii():
        return value.lower()
    # bytes.lower() minds ASCII alone
    return _ODD.sub(lambda odd: odd[0].translate(_FOLDS), value.encode().lower().decode())


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


def _index_rows(body: str) -> list[list[str]]:
    """Return the different folded words of a text, a list an index row."""
    pieces = set(body.encode().lower().translate(_CUT).split())
    odd = [piece for piece in pieces if not piece.isascii()]
    pieces.difference_update(odd)
    words = b" ".join(pieces).decode().split()
    if odd:
        folded = b" ".join(odd).decode().translate(_FOLDS)
        words = list({*words, *_WORD.findall(folded)})
    if max(map(len, words), default=0) > _LONGEST:
        words = [word for word in words if len(word) <= _LONGEST]
    if len(words) > _ROW:
        # the same words in the same row again when they are taken out
        words.sort()
    # a text without words is in the index too: it was looked at
    return [words[at : at + _ROW] for at in range(0, len(words), _ROW)] or [[]]


def index_texts(connection: Connection, texts: Iterable[tuple[str, str]]) -> None:
    """Index texts, each an (id of the text row, text)."""
    rows = [(name, run) for name, body in texts for run in _index_rows(body)]
    if not rows:
        return
    if not _sqlite(connection):
        connection.exec_driver_sql(
            "insert into word_index(text, words) "
            "values (%s, array_to_tsvector(cast(%s as text[])))",
            rows,
        )
        return
    last = connection.scalar(text("select coalesce(max(num), 0) from word_row"))
    connection.exec_driver_sql(
        "insert into word_row(num, text) values (?, ?)",
        [(last + n, name) for n, (name, _) in enumerate(rows, 1)],
    )
    connection.exec_driver_sql(
        "insert into word_index(rowid, words) values (?, ?)",
        [(last + n, " ".join(run)) for n, (_, run) in enumerate(rows, 1)],
    )


def index_missing(connection: Connection, names: Iterable[str]) -> None:
    """Index those of the texts that are there and not in the index."""
    row = ROWS["text"]
    for run in chunks(sorted(set(names)), 50):
        wanted = (
            select(row.c.id, payload.c.text)
            .join(payload, payload.c.hash == row.c.hash)
            .where(row.c.id.in_(run), payload.c.text.is_not(None))
        )
        known = indexed(connection, run)
        index_texts(
            connection,
            [(name, body) for name, body in connection.execute(wanted) if name not in known],
        )


def unindex(connection: Connection, name: str, body: str | None) -> None:
    """Take a text out of the index; SQLite needs its words for that."""
    if not _sqlite(connection):
        connection.execute(text("delete from word_index where text = :name"), {"name": name})
        return
    numbers = connection.scalars(
        text("select num from word_row where text = :name order by num"), {"name": name}
    ).all()
    for num, run in zip(numbers, _index_rows(body or ""), strict=False):
        connection.execute(
            text("insert into word_index(word_index, rowid, words) values('delete', :num, :words)"),
            {"num": num, "words": " ".join(run)},
        )
    connection.execute(text("delete from word_row where text = :name"), {"name": name})


def merge(connection: Connection) -> None:
    """Write the index anew without what was taken out; SQLite's would hold the words on."""
    if _sqlite(connection):
        connection.execute(text("insert into word_index(word_index) values('optimize')"))


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
    wanted = text(f"select distinct text from {table} where text in :names").bindparams(
        bindparam("names", expanding=True)
    )
    found: set[str] = set()
    for run in chunks(sorted(set(names)), 500):
        found.update(connection.scalars(wanted, {"names": run}))
    return found
