"""Conditions on codings, written as one writes them: ``site == 'north' and year > 2015``."""

from __future__ import annotations

import ast
import operator
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from p3c_qual.errors import P3CError, Problem, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    Test = Callable[[Mapping[str, Any]], bool]

__all__ = ["MARKS", "SEVERAL", "Condition", "read_condition"]

#: columns that hold several values, with ``;`` between them
SEVERAL = ("interviewee", "stakeholder_type")

#: columns that say yes or no, and are conditions by themselves
MARKS = ("important", "unsure")

_SAY = (
    "Write comparisons (==, !=, <, <=, >, >=, in, not in) of a column with a value, "
    "joined by and, or, not; text in quotation marks. The marks important and unsure stand alone."
)
_SINGLE = re.compile(r"(?<![=!<>])=(?!=)")
_DEEPEST = 50
_LONGEST = 20_000
_ORDERS: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
_TURNED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.Gt,
    ast.Gt: ast.Lt,
    ast.LtE: ast.GtE,
    ast.GtE: ast.LtE,
}


@dataclass(frozen=True)
class Condition:
    """What a row has to fulfil.

    Attributes
    ----------
    names : frozenset of str
        The columns it looks at.
    holds : callable
        Says of a row, a mapping by column, whether it does. A missing value counts as empty.
    """

    names: frozenset[str]
    holds: Test


def read_condition(text: str, valid: Collection[str]) -> list[Condition]:
    """Read a condition; nothing in it is ever run.

    A column is compared as a number where the value is a number: what is no number is then
    neither equal nor smaller nor larger. ``'word' in quote`` asks for a part of a text, and for
    one of several values in a column that holds them, such as ``'D1' in stakeholder_type``.
    Texts are ordered by code point. ``important`` and ``unsure`` are conditions by themselves.

    Parameters
    ----------
    text : str
    valid : collection of str
        The columns there are.

    Returns
    -------
    list of Condition
        All of them have to hold.

    Raises
    ------
    P3CError
        If it is no condition, or a name is unknown (the nearest is named).

    Examples
    --------
    >>> (found,) = read_condition("year > 2015 or site in ['north']", ["site", "year"])
    >>> found.holds({"year": "2016", "site": "south"})
    True
    >>> found.holds({"year": "unknown", "site": "south"})
    False
    """
    if len(text) > _LONGEST:
        raise P3CError(Problem(f"the condition is longer than {_LONGEST:,} characters", do=_SAY))
    reader = _Reader(text, valid)
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except RecursionError as error:
        raise reader.fault("is nested too deeply") from error
    except (SyntaxError, ValueError, MemoryError) as error:
        single = _SINGLE.search(text)
        what = "has a single =, where == is meant" if single else "cannot be read"
        raise reader.fault(what) from error
    parts = tree.values if isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.And) else [tree]
    made = [reader.condition(part) for part in parts]
    if reader.unknown:
        names = tuple(sorted(valid))
        raise P3CError(
            [
                Problem(
                    f"unknown column {name!r} in the condition", "", names, nearest(name, names)
                )
                for name in reader.unknown
            ]
        )
    return made


class _Reader:
    def __init__(self, text: str, valid: Collection[str]) -> None:
        self._text = text if len(text) <= 200 else text[:199] + "…"
        self._valid = valid
        self._names: set[str] = set()
        self.unknown: dict[str, None] = {}

    def fault(self, what: str) -> P3CError:
        return P3CError(Problem(f"the condition {self._text!r} {what}", do=_SAY))

    def condition(self, node: ast.expr) -> Condition:
        self._names = set()
        holds = self._test(node, 0)
        return Condition(frozenset(self._names), holds)

    def _test(self, node: ast.expr, depth: int) -> Test:
        if depth > _DEEPEST:
            raise self.fault("is nested too deeply")
        if isinstance(node, ast.BoolOp):
            tests = [self._test(value, depth + 1) for value in node.values]
            join = all if isinstance(node.op, ast.And) else any
            return lambda row: join(test(row) for test in tests)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            inner = self._test(node.operand, depth + 1)
            return lambda row: not inner(row)
        if isinstance(node, ast.Name) and node.id in MARKS:
            mark = self._name(node)
            return lambda row: row.get(mark) is True
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            links = [
                self._compare(left, sign, right)
                for left, sign, right in zip(sides, node.ops, sides[1:], strict=False)
            ]
            return links[0] if len(links) == 1 else lambda row: all(link(row) for link in links)
        raise self.fault("is no condition")

    def _compare(self, left: ast.expr, sign: ast.cmpop, right: ast.expr) -> Test:
        kind = type(sign)
        if kind in {ast.Is, ast.IsNot}:
            raise self.fault("says is; write == or !=")
        within = kind in {ast.In, ast.NotIn}
        if isinstance(right, ast.Name) and not isinstance(left, ast.Name):
            value, name = self._value(left), self._name(right)
            if within:
                if not isinstance(value, str):
                    raise self.fault("asks for a part of a text that is no text")
                test = _part_of(name, value)
            else:
                test = _comparison(name, _TURNED.get(kind, kind), value)
        elif isinstance(left, ast.Name):
            name = self._name(left)
            if within:
                values = self._values(right)
                tests = [_comparison(name, ast.Eq, value) for value in values]
                wanted = {value for value in values if isinstance(value, str)}
                # a list of texts is looked up at once
                test = (
                    (lambda row: _text(row.get(name)) in wanted)
                    if len(wanted) == len(values)
                    else (lambda row: any(each(row) for each in tests))
                )
            else:
                test = _comparison(name, kind, self._value(right))
        else:
            raise self.fault("compares no column")
        return (lambda row: not test(row)) if kind in {ast.NotIn, ast.NotEq} else test

    def _name(self, node: ast.Name) -> str:
        if node.id not in self._valid:
            self.unknown[node.id] = None
        self._names.add(node.id)
        return node.id

    def _values(self, node: ast.expr) -> list[str | int | float]:
        if not isinstance(node, (ast.List, ast.Tuple, ast.Set)):
            raise self.fault("needs a list in [ ] after in")
        return list(dict.fromkeys(self._value(each) for each in node.elts))

    def _value(self, node: ast.expr) -> str | int | float:
        negative = isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub)
        if isinstance(node, ast.UnaryOp) and negative:
            node = node.operand
        value = node.value if isinstance(node, ast.Constant) else None
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return -value if negative else value
        if isinstance(value, str) and not negative:
            return value
        if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
            raise self.fault("compares with a list; write in")
        raise self.fault("compares a column with something that is no text and no number")


def _comparison(name: str, kind: type[ast.cmpop], value: str | float) -> Test:
    """Return the test of a column against a value; != is negated by the caller."""
    if isinstance(value, str):
        if kind in _ORDERS:
            order = _ORDERS[kind]
            return lambda row: order(_text(row.get(name)), value)
        return lambda row: _text(row.get(name)) == value
    order = _ORDERS.get(kind, operator.eq)

    def holds(row: Mapping[str, Any]) -> bool:
        number = _number(row.get(name))
        return number is not None and order(number, value)

    return holds


def _part_of(name: str, value: str) -> Test:
    if name in SEVERAL:
        return lambda row: value in _text(row.get(name)).split(";")
    return lambda row: value in _text(row.get(name))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)


def _number(value: Any) -> float | None:
    if isinstance(value, (int, float)):
        return value
    try:
        return float(str(value).replace("_", "x"))
    except ValueError:
        return None
