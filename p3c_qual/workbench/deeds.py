"""Verbs that are each a function of the library of the same name, asked with the same words."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import ModuleType

    from p3c_qual.study import Study

__all__ = ["do"]


def do(room: ModuleType, verb: str, study: Study, act_id: str, asked: Any) -> Any:
    """Do what a verb asks.

    Parameters
    ----------
    room : module
        The package of the library the function is in, with the classes it takes.
    verb : str
    study : Study
    act_id : str
    asked : object
        Its fields have the names of the function's arguments.
    """
    given = {each.name: _of(room, getattr(asked, each.name)) for each in fields(asked)}
    return getattr(room, verb)(study, **given, id=act_id)


def _of(room: ModuleType, value: Any) -> Any:
    """Return a value as the library has it: what is said in several words is a class of its own."""
    if isinstance(value, list):
        return [_of(room, each) for each in value]
    if not is_dataclass(value):
        return value
    made = getattr(room, type(value).__name__)
    return made(**{each.name: getattr(value, each.name) for each in fields(value)})
