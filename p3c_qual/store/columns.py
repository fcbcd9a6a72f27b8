"""What columns are made of, and what the journal must know of one.

A column's `info` says what the journal must know of it:

``prose``
    a text a person wrote; events hold only its hash, and when two copies of a study changed
    it apart from each other both versions are kept.
``quote``
    repeats the words of a source; events hold only a digest, the row takes it from the text.
``apart``
    may repeat somebody's words inside a structure; events hold only a hash, as for prose, but
    the last value wins.
``ref``
    names the table whose row it points to.
``follows``
    kept up beside what a person does, such as the places of codes when one is put between
    them; that it went on does not stand in the way of taking back an earlier act.
"""

from __future__ import annotations

from sqlalchemy import JSON, Column, MetaData, String, Text

__all__ = ["DATA", "HASH", "ID", "TEXT", "id_column", "metadata", "prose", "ref"]

metadata = MetaData()

# PostgreSQL orders by the language of its server unless told; SQLite orders by code point
ID = String(36).with_variant(String(36, collation="C"), "postgresql")
HASH = String(64).with_variant(String(64, collation="C"), "postgresql")
TEXT = Text().with_variant(Text(collation="C"), "postgresql")
#: a value that is not there is NULL, not JSON's null
DATA = JSON(none_as_null=True)


def id_column() -> Column[str]:
    """Return the column of row ids."""
    return Column("id", ID, primary_key=True)


def ref(name: str, table: str, *, index: bool = False, follows: bool = False) -> Column[str]:
    """Return a column that points to a row of another table."""
    info = {"ref": table, "follows": True} if follows else {"ref": table}
    return Column(name, ID, index=index, info=info)


def prose(name: str) -> Column[str]:
    """Return a column of words that a person wrote."""
    return Column(name, TEXT, info={"prose": True})
