"""What an author has written, read at once: one query a table, however much there is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.description.model import (
    Answer,
    Citation,
    Contrast,
    Fact,
    Quote,
    SectionText,
    Where,
    read_edits,
)
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

__all__ = ["Description", "read_description"]


@dataclass(frozen=True)
class Description:
    """Everything that authors wrote in a study, by row id and in a fixed order.

    Attributes
    ----------
    sections, quotes, answers, facts, contrasts : mapping
        By row id.
    citations : mapping of str to tuple of Citation
        By the row id of what rests on them.
    kept_names : mapping of str to str
        Names that may be printed, with the reason.
    """

    sections: Mapping[str, SectionText] = field(default_factory=dict)
    quotes: Mapping[str, Quote] = field(default_factory=dict)
    answers: Mapping[str, Answer] = field(default_factory=dict)
    facts: Mapping[str, Fact] = field(default_factory=dict)
    contrasts: Mapping[str, Contrast] = field(default_factory=dict)
    citations: Mapping[str, tuple[Citation, ...]] = field(default_factory=dict)
    kept_names: Mapping[str, str] = field(default_factory=dict)

    def sections_of(self, where: Where) -> dict[str, SectionText]:
        """Return the sections on something, by their keys."""
        return {each.section: each for each in self.sections.values() if each.where == where}

    def quote(self, key: str) -> Quote | None:
        """Return a quote by its key, None where there is none."""
        return self.by_key.get(key)

    @property
    def by_key(self) -> dict[str, Quote]:
        """The quotes by their keys."""
        return {each.key: each for each in self.quotes.values()}

    def answers_of(self, form: str, where: Where) -> dict[str, dict[str, Answer]]:
        """Return what a form holds on something: by record (empty where it has one), by item."""
        found: dict[str, dict[str, Answer]] = defaultdict(dict)
        for each in self.answers.values():
            if each.form == form and each.where == where:
                found[each.record][each.item] = each
        return dict(found)


def read_description(connection: Connection) -> Description:
    """Read what authors have written in a study."""
    citations: dict[str, list[Citation]] = defaultdict(list)
    for row in _rows(connection, "citation", "target", "source", "start", "id"):
        made = Citation(
            row.id,
            row.about or "",
            row.target,
            row.side or "",
            row.source,
            row.text,
            row.start,
            row.end,
            row.quote or "",
            row.coder,
        )
        citations[row.target].append(made)
    return Description(
        sections={
            row.id: SectionText(
                row.id,
                _where(row),
                row.section or "",
                row.text or "",
                row.title or "",
                row.under or "",
                row.after or "",
                bool(row.left_out),
                row.merged_into or "",
                row.kind or "",
                row.status or "",
                row.coder,
            )
            for row in _rows(connection, "section", "section", "id")
        },
        quotes={
            row.id: Quote(
                row.id,
                row.key,
                row.source,
                row.text,
                row.start,
                row.end,
                row.quote or "",
                read_edits(row.edits),
                row.chosen_as or "",
                row.why or "",
                row.translation or "",
                row.translator or "",
                row.translated or "",
                row.back_check or "",
                row.coder,
            )
            for row in _rows(connection, "quote", "source", "start", "end", "id")
        },
        answers={
            row.id: Answer(
                row.id,
                _where(row),
                row.form or "",
                row.record or "",
                row.item or "",
                row.value or "",
                row.status or "",
                row.coder,
            )
            for row in _rows(connection, "answer", "form", "record", "item", "id")
        },
        facts={
            row.id: Fact(
                row.id,
                _where(row),
                row.name or "",
                row.value or "",
                row.unit or "",
                row.date or "",
                row.remark or "",
                bool(row.chosen),
                row.decision or "",
                row.before,
                row.after,
                row.coder,
            )
            for row in _rows(connection, "fact", "name", "date", "id")
        },
        contrasts={
            row.id: Contrast(
                row.id,
                _where(row),
                row.label or "",
                row.component or "",
                row.claim or "",
                row.practice or "",
                row.verdict or "",
                row.remark or "",
                row.coder,
            )
            for row in _rows(connection, "contrast", "component", "id")
        },
        citations={target: tuple(some) for target, some in citations.items()},
        kept_names={
            row.name or "": row.reason or "" for row in _rows(connection, "kept_name", "id")
        },
    )


def _where(row: Any) -> Where:
    return Where(row.programme, row.site, row.country or None)


def _rows(connection: Connection, table: str, *order: str) -> list[Any]:
    rows = ROWS[table]
    return list(connection.execute(select(rows).order_by(*(rows.c[name] for name in order))))
