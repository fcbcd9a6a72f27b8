"""What tests of configurations do again and again: link, read, be refused, join copies."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

import pytest
from realist_kit import make, span

import p3c_qual as p3c
from p3c_qual.errors import P3CError
from p3c_qual.realist.building.linking import RoleSpan, link_spans
from p3c_qual.realist.read import find_configuration, read_realist
from p3c_qual.store import replay

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from p3c_qual.realist.model import Configuration
    from p3c_qual.realist.read import Realist

THEORY = {"if_": "a nurse has time", "then_": "people say more", "because": "they trust her"}
#: the claim that N1 makes
TRIAD = (
    ("context", "N1", "everyone knows everyone", {}),
    ("resource", "N1", "The nurse had time for a talk.", {}),
    ("reasoning", "N1", "I told her what I never tell the doctor", {"text": "trust"}),
    ("outcome", "N1", "I have not been in hospital", {"direction": "improves"}),
)


@pytest.fixture(params=["sqlite", "postgresql"])
def either(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[p3c.Study]:
    """Give the study on each store."""
    store = None
    if request.param == "postgresql":
        new: Callable[[], str] = request.getfixturevalue("new_database")
        store = new()
    with make(tmp_path, store) as study:
        yield study


def spans(*said: tuple[str, str, str, dict[str, Any]]) -> list[RoleSpan]:
    """Return spans with their roles: role, source, words, and what else is said."""
    return [RoleSpan(role, *span(source, words), **more) for role, source, words, more in said]


def link(study: p3c.Study, *said: tuple[str, str, str, dict[str, Any]], **more: Any) -> str:
    """Link such spans; by default those of `TRIAD`."""
    return link_spans(study, spans(*(said or TRIAD)), **more)


def read(study: p3c.Study) -> Realist:
    """Return everything."""
    with study.store.read() as connection:
        return read_realist(connection)


def claim(study: p3c.Study, name: str) -> Configuration:
    """Return one configuration."""
    with study.store.read() as connection:
        return find_configuration(connection, name)


def element(study: p3c.Study, name: str, role: str) -> str:
    """Return the first element of a role of a configuration."""
    return claim(study, name).of_role(role)[0].id


def refused(do: Callable[..., object], *args: Any, **said: Any) -> str:
    """Return what a refusal says."""
    with pytest.raises(P3CError) as error:
        do(*args, **said)
    return str(error.value)


def codes_of(do: Callable[..., object], *args: Any, **said: Any) -> set[str]:
    """Return the codes of a refusal."""
    with pytest.raises(P3CError) as error:
        do(*args, **said)
    return {each.code for each in error.value.problems}


def faults(study: p3c.Study) -> list[Any]:
    """Return where the tables differ from the journal."""
    with study.store.read() as connection:
        return replay.compare(connection)


def cases(study: p3c.Study) -> list[str]:
    """Return what joining copies has broken."""
    return list(study.conflicts()["case"])


@contextlib.contextmanager
def copies(study: p3c.Study, tmp_path: Path) -> Iterator[tuple[p3c.Study, p3c.Study]]:
    """Give the study of anna, and a copy in which ben works."""
    study.export_lines(tmp_path / "copy.jsonl")
    with p3c.new_study(tmp_path / "other", title="Other", coder="ben") as other:
        other.import_lines(tmp_path / "copy.jsonl")
        yield study, other


def join(one: p3c.Study, other: p3c.Study, tmp_path: Path, *, first: str = "one") -> None:
    """Join each to the other, in this order; both say the same then, and their journals replay."""
    order = [(one, other), (other, one)]
    for number, (to, of) in enumerate(order if first == "one" else reversed(order)):
        of.export_lines(tmp_path / f"join{number}.jsonl")
        to.import_lines(tmp_path / f"join{number}.jsonl")
    assert read(one) == read(other)
    assert one.conflicts().equals(other.conflicts())
    assert faults(one) == faults(other) == []
