"""The study the tests of the realist layer work on."""

from __future__ import annotations

from realist_kit import told

__all__ = ["told"]
