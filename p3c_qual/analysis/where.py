"""Conditions on codings, written as one writes them: ``site == 'north' and year > 2015``."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from sqlalchemy import Float, and_, cast, false, not_, or_, true

from p3c_qual.errors import P3CError, Problem, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import ColumnElement

__all__ = ["condition"]

_SAY = (
    "Write comparisons (==, !=, <, <=, >, >=, in, not in) of a column with a value, "
    "joined by and, or, not; text in quotation marks."
)


def condition(
    text: str,
    columns: Mapping[str, ColumnElement[Any]],
    variables: ColumnElement[Any],
    known: set[str],
) -> ColumnElement[bool]:
    """Translate a condition to SQL.

    Parameters
    ----------
    text : str
        The condition. Only comparisons, ``and``, ``or``, ``not``; nothing is ever run.
    columns : mapping of str to column
        What may be named.
    variables : column
        The JSON column that holds the sources' variables.
    known : set of str
        Names of the variables there are.

    Raises
    ------
    P3CError
        If a name is unknown (the nearest is named) or it is no condition.
    """
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise P3CError(Problem(f"the condition {text!r} cannot be read", do=_SAY)) from error
    return _Translator(text, columns, variables, known).of(tree.body)


class _Translator:
    def __init__(
        self,
        text: str,
        columns: Mapping[str, ColumnElement[Any]],
        variables: ColumnElement[Any],
        known: set[str],
    ) -> None:
        self._text = text
        self._columns = columns
        self._variables = variables
        self._known = known

    def of(self, node: ast.expr) -> ColumnElement[bool]:
        if isinstance(node, ast.BoolOp):
            parts = [self.of(value) for value in node.values]
            return and_(*parts) if isinstance(node.op, ast.And) else or_(*parts)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return not_(self.of(node.operand))
        if isinstance(node, ast.Compare):
            left, parts = node.left, []
            for operator, right in zip(node.ops, node.comparators, strict=True):
                parts.append(self._compare(left, operator, right))
                left = right
            return and_(*parts)
        if isinstance(node, ast.Constant) and isinstance(node.value, bool):
            return true() if node.value else false()
        raise self._fault("is no condition")

    def _fault(self, what: str) -> P3CError:
        return P3CError(Problem(f"the condition {self._text!r} {what}", do=_SAY))

    def _compare(self, left: ast.expr, operator: ast.cmpop, right: ast.expr) -> ColumnElement[bool]:
        if isinstance(left, ast.Constant) and isinstance(right, ast.Name):
            swap = {ast.Lt: ast.Gt, ast.Gt: ast.Lt, ast.LtE: ast.GtE, ast.GtE: ast.LtE}
            kind = swap.get(type(operator), type(operator))
            return self._compare(right, kind(), left)
        if not isinstance(left, ast.Name):
            raise self._fault("compares no column")
        value = self._value(right)
        many = isinstance(operator, (ast.In, ast.NotIn))
        if many != isinstance(value, list):
            raise self._fault("needs a list in [ ] after in, and one value elsewhere")
        column = self._column(left.id, value)
        makers: dict[type[ast.cmpop], Any] = {
            ast.Eq: lambda: column == value,
            ast.NotEq: lambda: column != value,
            ast.Lt: lambda: column < value,
            ast.LtE: lambda: column <= value,
            ast.Gt: lambda: column > value,
            ast.GtE: lambda: column >= value,
            ast.In: lambda: column.in_(value),
            ast.NotIn: lambda: column.not_in(value),
        }
        if type(operator) not in makers:
            raise self._fault("uses a sign that is not known")
        made: ColumnElement[bool] = makers[type(operator)]()
        return made

    def _value(self, node: ast.expr) -> Any:
        try:
            value = ast.literal_eval(node)
        except (ValueError, TypeError, SyntaxError, RecursionError) as error:
            raise self._fault("compares with something that is no value") from error
        if isinstance(value, (list, tuple, set)):
            return list(value)
        if isinstance(value, (str, int, float)):
            return value
        raise self._fault("compares with something that is no value")

    def _column(self, name: str, value: Any) -> ColumnElement[Any]:
        first = value[0] if isinstance(value, list) and value else value
        number = isinstance(first, (int, float))
        if name in self._columns:
            column = self._columns[name]
            return cast(column, Float) if number and column.type.python_type is str else column
        if name in self._known:
            found = self._variables[name].as_string()
            return cast(found, Float) if number else found
        valid = tuple(sorted({*self._columns, *self._known}))
        raise P3CError(
            Problem(
                f"unknown column {name!r} in the condition",
                valid=valid,
                nearest=nearest(name, valid),
            )
        )
