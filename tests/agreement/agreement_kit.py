"""Designs of coders and units, as publications print them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from p3c_qual.agreement.tally import MISSING, Tally, tally_units

if TYPE_CHECKING:
    from collections.abc import Sequence


def of_rows(*rows: Sequence[Any]) -> tuple[Tally, list[Any]]:
    """Return the sums of one row a coder, None or ``*`` where a coder did not see the unit.

    The values come along, in their order.
    """
    unseen = (None, "*")
    values = sorted({value for row in rows for value in row if value not in unseen})
    given = [[MISSING if v in unseen else values.index(v) for v in row] for row in rows]
    return tally_units(np.array(given), len(values)).total(), values


def of_table(table: Sequence[Sequence[int]]) -> Tally:
    """Return the sums of a table of two coders: a row for each category of the first."""
    size = range(len(table))
    pairs = [(one, other) for one in size for other in size for _ in range(table[one][other])]
    return tally_units(np.array(pairs).T, len(table)).total()


def of_counts(rows: Sequence[Sequence[int]]) -> Tally:
    """Return the sums of a table of how many coders gave each category to each unit."""
    units = [[at for at, count in enumerate(row) for _ in range(count)] for row in rows]
    return tally_units(np.array(units).T, len(rows[0])).total()
