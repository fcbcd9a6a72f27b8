"""The realist layer as it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from realist_kit import span

from p3c_qual.realist.read import read_realist

if TYPE_CHECKING:
    import p3c_qual as p3c


def test_a_study_without_configurations_reads_as_empty(told: p3c.Study) -> None:
    with told.store.read() as connection:
        found = read_realist(connection)
    assert not found.configurations
    assert found.standing == []


def test_versions_of_a_theory_are_counted_and_a_cycle_ends(told: p3c.Study) -> None:
    with told.act("theories") as act:
        act.insert("theory", [{"id": "a", "key": "a"}, {"id": "b", "key": "b", "supersedes": "a"}])
        act.insert("theory", [{"id": "c", "key": "c", "supersedes": "b"}])
    with told.store.read() as connection:
        found = read_realist(connection)
    assert [each.version for each in found.theories.values()] == [0, 1, 2]
    assert [each.key for each in found.chain("b")] == ["a", "b", "c"]
    with told.act("a cycle that copies may bring") as act:
        act.update("theory", {"a": {"supersedes": "c"}})
    with told.store.read() as connection:
        looped = read_realist(connection)
    assert [each.version for each in looped.theories.values()] == [0, 1, 2]
    assert [each.key for each in looped.chain("b")] == ["a", "b", "c"]


def test_evidence_comes_in_the_order_of_its_places(told: p3c.Study) -> None:
    wanted = [("S2", "had time"), ("N1", "had time"), ("N1", "On the hill")]
    with told.act("evidence") as act:
        act.insert("configuration", [{"id": "c1", "key": "c1"}])
        rows = [
            {"configuration": "c1", "source": _row(told, key), "start": start, "end": end}
            for key, start, end in (span(*each) for each in wanted)
        ]
        act.insert("evidence", rows)
    with told.store.read() as connection:
        found = read_realist(connection).configurations["c1"]
    assert [each.quote or (each.start, each.end) for each in found.evidence] == [
        span(*each)[1:] for each in reversed(wanted)
    ]


def _row(told: p3c.Study, key: str) -> str:
    from p3c_qual.coding.names import ids_by_key

    with told.store.read() as connection:
        return ids_by_key(connection, "source")[key]
