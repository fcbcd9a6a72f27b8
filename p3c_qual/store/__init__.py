"""Where a study is kept: rows, journal, payloads; SQLite or PostgreSQL, one code path."""

from p3c_qual.store.act import Act
from p3c_qual.store.engine import Store, open_store

__all__ = ["Act", "Store", "open_store"]
