"""The order of listings: by code point, on both stores."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection

__all__ = ["by_code_point"]


def by_code_point(connection: Connection, column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return what to order by so that both stores order alike."""
    return column if connection.dialect.name == "sqlite" else column.collate("C")
