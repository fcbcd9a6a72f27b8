"""The results as a table, and where the library and its floor disagree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from operations import Operation


@dataclass(frozen=True)
class Result:
    """Medians over the runs of a task; seconds and MB."""

    first: float
    cpu: float
    again: float | None
    peak: float
    answer: Any

    def time(self, *, again: bool) -> float:
        """Return the time that is meant."""
        return self.again if again and self.again is not None else self.first


def seconds(value: float | None) -> str:
    """Write a time so that three figures are seen."""
    if value is None:
        return "-"
    if value < 0.0995:
        return f"{value * 1000:.3g} ms"
    return f"{value:.3g} s"


def lines(
    operations: list[Operation], results: dict[str, Result], failed: dict[str, str]
) -> list[tuple[str, ...]]:
    """Return the table's rows; an operation's further floors stand below it."""
    rows: list[tuple[str, ...]] = [
        ("operation", "takes", "CPU", "MB", "floor", "", "ratio", "aim", "met")
    ]
    for operation in operations:
        ours = results.get(operation.task)
        taken = ours.time(again=operation.again) if ours else None
        first = (
            operation.label,
            seconds(taken),
            # the processor's clock ticks too slowly for the calls after the first
            seconds(ours.cpu) if ours and not operation.again else "-",
            f"{ours.peak:.0f}" if ours else "-",
        )
        for number, floor in enumerate(operation.floors or (None,)):
            theirs = results.get(floor.task) if floor else None
            base = theirs.time(again=operation.again) if theirs else None
            ratio = taken / base if taken and base else None
            aim = met = ""
            if floor and floor.aim:
                aim = f"{floor.aim:g}x"
                met = "" if ratio is None else verdict(ratio <= floor.aim)
            elif operation.seconds and number == 0:
                aim = seconds(operation.seconds)
                met = "" if taken is None else verdict(taken <= operation.seconds)
            rows.append((
                *(first if number == 0 else ("", "", "", "")),
                seconds(base) if floor else "",
                floor.label if floor else "",
                f"{ratio:.3g}x" if ratio else "",
                aim,
                met,
            ))  # fmt: skip
    return rows


def verdict(good: bool) -> str:
    """Say whether an aim is met."""
    return "yes" if good else "NO"


def differing(operations: list[Operation], results: dict[str, Result]) -> list[str]:
    """Return where the product found something else than its floor: then the times mean nothing."""
    said = []
    for operation in operations:
        ours = results.get(operation.task)
        # the floors of a search count sources, the library counts hits
        if operation.task in {"one", "word", "substring"}:
            continue
        for floor in operation.floors:
            theirs = results.get(floor.task)
            if ours and theirs and ours.answer != theirs.answer:
                said.append(
                    f"{operation.label}: the library found {ours.answer}, "
                    f"the floor ({floor.label}) {theirs.answer}"
                )
    return said


def show(rows: list[tuple[str, ...]]) -> None:
    """Print the rows in columns, figures to the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = [
            cell.ljust(width) if column in {0, 5} else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        print("  ".join(cells).rstrip())
