"""A small study made by hand, on whatever store a test is given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from p3c_qual.store import copies, payloads, replay
from p3c_qual.store.act import begin_act
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from p3c_qual.store.engine import Store

BODY = "We meet each week. The nurse calls Mrs Featherstone first."


@dataclass
class World:
    """One copy of a study, and how to write and read it in a line."""

    store: Store
    folder: Path

    def act(self, actor: str = "anna", verb: str = "do", **more: Any) -> Any:
        return begin_act(self.store, actor=actor, verb=verb, **more)

    def add(self, table: str, actor: str = "anna", **fields: Any) -> str:
        with self.act(actor) as act:
            return act.insert(table, [fields])[0]

    def set(self, table: str, row: str, actor: str = "anna", **fields: Any) -> None:
        with self.act(actor) as act:
            act.update(table, {row: fields})

    def remove(self, table: str, row: str, actor: str = "anna") -> None:
        with self.act(actor) as act:
            act.delete(table, [row])

    def source(self, key: str = "IP01", body: str = BODY, actor: str = "anna") -> tuple[str, str]:
        with self.act(actor) as act:
            payloads.put_many(act.connection, [body])
            row = {"hash": payloads.hash_of(body), "length": len(body)}
            text = act.insert("text", [row])[0]
            return act.insert("source", [{"key": key, "text": text}])[0], text

    def coding(self, place: tuple[str, str], start: int, end: int, **fields: Any) -> str:
        actor = fields.pop("actor", "anna")
        with self.act(actor) as act:
            body = payloads.get(act.connection, self.row("text", place[1])["hash"])
            row = {
                "source": place[0], "text": place[1], "start": start, "end": end,
                "quote": body[start:end], "round": "main", "question": "", **fields,
            }  # fmt: skip
            return act.insert("coding", [row])[0]

    def rows(self, table: str) -> list[dict[str, Any]]:
        with self.store.read() as connection:
            found = connection.execute(select(ROWS[table]).order_by(ROWS[table].c.id)).mappings()
            return [dict(row) for row in found]

    def row(self, table: str, name: str) -> dict[str, Any] | None:
        return next((row for row in self.rows(table) if row["id"] == name), None)

    def state(self) -> dict[str, list[dict[str, Any]]]:
        return {table: self.rows(table) for table in ROWS}

    def faults(self) -> list[tuple[str, str, str]]:
        with self.store.read() as connection:
            return replay.compare(connection)

    def export(self, name: str = "export.jsonl") -> Path:
        path = self.folder / name
        copies.export_lines(self.store, path)
        return path

    def join(self, other: World) -> dict[str, int]:
        return copies.import_lines(self.store, other.export(f"{id(other)}.jsonl"))


@pytest.fixture
def new_world(new_store: Callable[[], Store], tmp_path: Path) -> Callable[[], World]:
    """Give a function that makes an empty study; on both stores."""
    return lambda: World(new_store(), tmp_path)


@pytest.fixture
def world(new_world: Callable[[], World]) -> World:
    return new_world()
