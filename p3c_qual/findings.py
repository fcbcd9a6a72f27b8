"""What was found in one file, gathered with its line so that it can be said at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from p3c_qual.errors import P3CError, Problem, nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Faults", "Finding"]


@dataclass(frozen=True)
class Finding(Problem):
    """A problem of a file, with its line and its weight.

    Attributes
    ----------
    severity : str
        ``fault``: the file is refused; ``lint``: it is read, and could be better.
    file : str
        Name of the file, or of the table, it was found in.
    line : int
        Counted from 1; 0 where it concerns the file as a whole.
    """

    severity: str = "fault"
    file: str = ""
    line: int = 0


@dataclass
class Faults:
    """Everything found in one file, gathered so that it can be said at once.

    Examples
    --------
    >>> faults = Faults("theirs.yml")
    >>> faults.add(3, "unknown level 'mikro'", valid=("micro", "meso"), given="mikro")
    >>> print(faults.found[0])
    theirs.yml, line 3: unknown level 'mikro'. Did you mean 'micro'? Valid: micro, meso.
    """

    name: str
    found: list[Finding] = field(default_factory=list)

    def add(
        self,
        line: int,
        what: str,
        *,
        valid: Sequence[str] = (),
        given: str | None = None,
        closest: str | None = None,
        do: str = "",
        severity: str = "fault",
    ) -> None:
        """Add one finding; the nearest valid spelling of `given` is looked up."""
        if closest is None and given is not None:
            closest = nearest(given, valid)
        where = f"{self.name}, line {line}" if line else self.name
        self.found.append(
            Finding(
                what,
                where,
                tuple(valid),
                closest,
                do,
                severity=severity,
                file=self.name,
                line=line,
            )
        )

    def in_order(self) -> list[Finding]:
        """Return the findings by line."""
        return sorted(self.found, key=lambda finding: finding.line)

    def refuse(self) -> None:
        """Raise what is at fault, all of it; hints pass.

        Raises
        ------
        P3CError
            With every finding of severity ``fault``.
        """
        faults = [finding for finding in self.in_order() if finding.severity == "fault"]
        if faults:
            raise P3CError(faults)
