"""What came as JSON made into a typed thing, or everything that is wrong with it."""

from __future__ import annotations

import types
from dataclasses import MISSING, fields, is_dataclass
from functools import lru_cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from p3c_qual.errors import P3CError, Problem, is_text, nearest

__all__ = ["read_typed"]

Made = TypeVar("Made")

#: no whole number beyond is exact in a browser
_LARGEST = 2**53
_NAMES = {
    str: "a text",
    int: "a whole number",
    bool: "true or false",
    list: "a list",
    dict: "a block of names and values",
    type(None): "nothing",
}


def read_typed(kind: type[Made], given: Any, where: str) -> Made:
    """Make an instance of a dataclass of what came as JSON.

    Parameters
    ----------
    kind : type
        A dataclass of texts, whole numbers, truth values, lists, and classes of the same kind.
    given : Any
    where : str
        What it is, for the messages.

    Raises
    ------
    P3CError
        With every unknown, missing and mistyped field.

    Examples
    --------
    >>> from p3c_qual.workbench.args import Recode
    >>> read_typed(Recode, {"codings": ["a"], "code": "b"}, "recode")
    Recode(codings=['a'], code='b')
    >>> read_typed(Recode, {"codings": "a", "cod": "b"}, "recode")
    Traceback (most recent call last):
        ...
    p3c_qual.errors.P3CError: recode, codings: needs a list, not a text.
    recode: there is no 'cod'. Did you mean 'code'? Valid: codings, code.
    recode: code is missing.
    """
    problems: list[Problem] = []
    made = _object(kind, given, where, problems)
    if problems:
        raise P3CError(problems)
    return made  # type: ignore[no-any-return]


@lru_cache(maxsize=128)
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _object(kind: Any, given: Any, where: str, problems: list[Problem]) -> Any:
    if not isinstance(given, dict):
        problems.append(Problem(f"needs {_NAMES[dict]}, not {_said(given)}", where))
        return None
    valid = tuple(each.name for each in fields(kind))
    hints, made = _hints(kind), {}
    for name, value in given.items():
        if name in valid:
            made[name] = _value(hints[name], value, f"{where}, {name}", problems)
        else:
            shown = name if len(name) <= 60 else name[:59] + "…"
            problems.append(Problem(f"there is no {shown!r}", where, valid, nearest(shown, valid)))
    problems += [
        Problem(f"{each.name} is missing", where)
        for each in fields(kind)
        if each.name not in given and each.default is MISSING and each.default_factory is MISSING
    ]
    return None if problems else kind(**made)


def _value(kind: Any, given: Any, where: str, problems: list[Problem]) -> Any:
    if kind is Any:
        return given
    origin = get_origin(kind)
    if origin in {Union, types.UnionType}:
        options = get_args(kind)
        if given is None and type(None) in options:
            return None
        (kind,) = (each for each in options if each is not type(None))
        origin = get_origin(kind)
    if is_dataclass(kind):
        return _object(kind, given, where, problems)
    plain = origin or kind
    # true is a whole number to Python, and to nobody else
    if not isinstance(given, plain) or (plain is int and isinstance(given, bool)):
        problems.append(Problem(f"needs {_NAMES[plain]}, not {_said(given)}", where))
        return None
    if plain is list:
        (inner,) = get_args(kind)
        return [
            _value(inner, each, f"{where} {number}", problems)
            for number, each in enumerate(given, 1)
        ]
    if plain is dict:
        _, inner = get_args(kind)
        return {
            name: _value(inner, each, f"{where}, {name}", problems) for name, each in given.items()
        }
    if plain is str and ("\x00" in given or not is_text(given)):
        problems.append(Problem("holds a character that no text can hold", where))
    if plain is int and not -_LARGEST < given < _LARGEST:
        problems.append(Problem("the number is too large", where))
    return given


def _said(given: Any) -> str:
    return _NAMES.get(type(given), "a number with a fraction")
