"""Instruments and what they measured: a declarative register, scoring, waves, joint displays.

No item of a licensed instrument and no conversion key is part of the product: the register says what
is public, and a team brings its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from p3c_qual.instruments.aggregates import load_aggregates
    from p3c_qual.instruments.effect import bonferroni, effect_size
    from p3c_qual.instruments.held import (
        instruments_text,
        load_instruments,
        remove_instrument,
        take_instrument,
    )
    from p3c_qual.instruments.joints import edit_joint, remove_joint, write_joint
    from p3c_qual.instruments.register import read_instruments, read_register
    from p3c_qual.instruments.responses import load_responses, remove_response
    from p3c_qual.instruments.scoring import score
    from p3c_qual.instruments.tables.change import table_change
    from p3c_qual.instruments.tables.change_figure import plot_change
    from p3c_qual.instruments.tables.joint import table_joint
    from p3c_qual.instruments.tables.measures import table_measures
    from p3c_qual.instruments.tables.missing import table_missing
    from p3c_qual.instruments.tables.scores import table_scores
    from p3c_qual.instruments.tables.service_use import table_service_use

__all__ = [
    "bonferroni",
    "edit_joint",
    "effect_size",
    "instruments_text",
    "load_aggregates",
    "load_instruments",
    "load_responses",
    "plot_change",
    "read_instruments",
    "read_register",
    "remove_instrument",
    "remove_joint",
    "remove_response",
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
    "instruments_text": "held",
    "load_aggregates": "aggregates",
    "load_instruments": "held",
    "load_responses": "responses",
    "plot_change": "tables.change_figure",
    "read_instruments": "register",
    "read_register": "register",
    "remove_instrument": "held",
    "remove_joint": "joints",
    "remove_response": "responses",
    "score": "scoring",
    "table_change": "tables.change",
    "table_joint": "tables.joint",
    "table_measures": "tables.measures",
    "table_missing": "tables.missing",
    "table_scores": "tables.scores",
    "table_service_use": "tables.service_use",
    "take_instrument": "held",
    "write_joint": "joints",
}


def __getattr__(name: str) -> Any:
    if name in _LATER:
        import importlib

        return getattr(importlib.import_module(f"p3c_qual.instruments.{_LATER[name]}"), name)
    msg = f"module 'p3c_qual.instruments' has no attribute {name!r}"
    raise AttributeError(msg)
