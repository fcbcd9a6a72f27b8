"""Instruments and what they measured: a declarative register, scoring, waves, joint displays.

No item of a licensed instrument and no conversion key is part of the product: the register says what
is public, and a team brings its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from p3c_qual.instruments.aggregates import load_aggregates
    from p3c_qual.instruments.effect import bonferroni, effect_size
    from p3c_qual.instruments.held import load_instruments, remove_instrument, take_instrument
    from p3c_qual.instruments.joints import edit_joint, remove_joint, write_joint
    from p3c_qual.instruments.register import read_instruments, read_register
    from p3c_qual.instruments.responses import load_responses
    from p3c_qual.instruments.scoring import score
    from p3c_qual.instruments.tables import (
        table_change,
        table_joint,
        table_measures,
        table_missing,
        table_scores,
        table_service_use,
    )

__all__ = [
    "bonferroni",
    "edit_joint",
    "effect_size",
    "load_aggregates",
    "load_instruments",
    "load_responses",
    "read_instruments",
    "read_register",
    "remove_instrument",
    "remove_joint",
    "score",
    "table_change",
    "table_joint",
    "table_measures",
    "table_missing",
    "table_scores",
    "table_service_use",
    "take_instrument",
    "write_joint",
]

# imported when first used, as everywhere in the package
_LATER = {
    "bonferroni": "effect",
    "edit_joint": "joints",
    "effect_size": "effect",
    "load_aggregates": "aggregates",
    "load_instruments": "held",
    "load_responses": "responses",
    "read_instruments": "register",
    "read_register": "register",
    "remove_instrument": "held",
    "remove_joint": "joints",
    "score": "scoring",
    "table_change": "tables",
    "table_joint": "tables",
    "table_measures": "tables",
    "table_missing": "tables",
    "table_scores": "tables",
    "table_service_use": "tables",
    "take_instrument": "held",
    "write_joint": "joints",
}


def __getattr__(name: str) -> Any:
    if name in _LATER:
        import importlib

        return getattr(importlib.import_module(f"p3c_qual.instruments.{_LATER[name]}"), name)
    msg = f"module 'p3c_qual.instruments' has no attribute {name!r}"
    raise AttributeError(msg)
