"""Sources: one reader for each format, from a file to a text with its parts."""

from __future__ import annotations

from p3c_qual.sources.parts import PartList, Reading
from p3c_qual.sources.reader import read_bytes, read_file, read_row
from p3c_qual.sources.tabular import TableRow, read_table

__all__ = ["PartList", "Reading", "TableRow", "read_bytes", "read_file", "read_row", "read_table"]
