"""The study the tests of a thick description work on."""

from __future__ import annotations

from description_kit import written

__all__ = ["written"]
