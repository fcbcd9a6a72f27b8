"""The passages of a configuration as lines of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from p3c_qual.realist.vocabulary import ROLES, label_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from p3c_qual.realist.model import Configuration, Evidence
    from p3c_qual.realist.outputs.held import Held

__all__ = ["GONE", "passage_lines", "quote_lines", "quote_of", "stance_of"]

#: what stands for the words of somebody who withdrew
GONE = "(the words are not held any more)"


def quote_lines(held: Held, configuration: Configuration) -> list[str]:
    """Return a line for each passage of a configuration: its place, what it does, and its words.

    A passage that serves several elements is one line, which names them.
    """
    roles = {each.id: ROLES.get(each.role, each.role) for each in configuration.elements}
    return passage_lines(held, configuration.evidence, roles)


def passage_lines(
    held: Held, evidence: Iterable[Evidence], roles: Mapping[str, str] | None = None
) -> list[str]:
    """Return a line for each passage of some evidence; `roles` says on what each element is."""
    lines: dict[tuple[str, str, str], list[str]] = {}
    for each in evidence:
        on = lines.setdefault((held.place(each), stance_of(each), quote_of(each)), [])
        role = (roles or {}).get(each.element or "", "")
        if role and role not in on:
            on.append(role)
    return [
        f"{place} {stance} ({', '.join(on)}): {quote}" if on else f"{place} {stance}: {quote}"
        for (place, stance, quote), on in lines.items()
    ]


def stance_of(evidence: Evidence) -> str:
    """Return what a passage does to the claim, in words.

    Examples
    --------
    >>> from p3c_qual.realist.model import Evidence
    >>> said = Evidence("e", "c", None, None, "s", "t", 0, 1, "no", "contradicts", *[""] * 2, True, *[""] * 3)
    >>> stance_of(said)
    'contradicts, said to be absent'
    """
    role = label_of("evidence_role", evidence.role).lower()
    return f"{role}, said to be absent" if evidence.absent else role


def quote_of(evidence: Evidence) -> str:
    """Return the words of a passage in one line, between quotation marks."""
    words = " ".join(evidence.quote.split())
    return f"“{words}”" if words else GONE
