"""The studies the tests of the standards work on."""

from __future__ import annotations

from description_kit import written
from realist_kit import told

__all__ = ["told", "written"]
