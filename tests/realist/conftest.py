"""The study the tests of the realist layer work on."""

from __future__ import annotations

from outputs_kit import built
from realist_kit import told

__all__ = ["built", "told"]
