"""A Jupyter server with the workbench, and studies of its own for each test."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from dataclasses import dataclass
from pathlib import Path  # noqa: TC003 - fixtures are looked at
from typing import TYPE_CHECKING, Any

import pytest

import p3c_qual as p3c
from p3c_qual.sources.incoming import Incoming

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TOKEN = "only-for-this-test"
#: an interview with an astral character, a document, and a second interview
TEXTS = {
    "one.txt": "I: How was it? 🙂\n\nR: We meet each week. It helps us a lot, truly.\n\n"
    "I: And the money?\n\nR: There was none. We went on all the same.\n",
    "two.txt": "I: How did it begin?\n\nR: With a letter to the mayor.\n",
    "plan.txt": "The plan names three aims.\n\nThe second one is about housing.\n",
}
BOOK = """\
format: 1
key: mini
label: Mini
codes:
  - id: team
    label: Team
    codes:
      - id: meetings
        label: Meetings
  - id: money
    label: Money
  - id: unused
    label: Unused
"""


@dataclass
class Answer:
    """What a server answered."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Server:
    """A Jupyter server in a process of its own."""

    def __init__(self, root: Path, home: Path, **env: str) -> None:
        self.root = root
        self._home = home
        self._env = env
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}/"
        self.start()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        env = {name: value for name, value in os.environ.items() if name not in _NAMES}
        folders = {
            "JUPYTER_CONFIG_DIR": str(self._home / "config"),
            "JUPYTER_DATA_DIR": str(self._home / "data"),
            "JUPYTER_RUNTIME_DIR": str(self._home / "runtime"),
            "XDG_CONFIG_HOME": str(self._home / "settings"),
        }
        off = ("jupyterlab", "jupyter_lsp", "notebook_shim", "jupyter_server_terminals")
        extensions = {"p3c_qual.workbench": True, **dict.fromkeys(off, False)}
        command = [
            *(sys.executable, "-m", "jupyter_server", "--allow-root", "--no-browser"),
            "--ServerApp.ip=127.0.0.1",
            f"--ServerApp.port={self.port}",
            "--ServerApp.port_retries=0",
            f"--IdentityProvider.token={TOKEN}",
            f"--ServerApp.root_dir={self.root}",
            f"--ServerApp.jpserver_extensions={extensions!r}",
        ]
        log = (self._home / "log").open("ab")
        self._process = subprocess.Popen(
            command, env={**env, **folders, **self._env}, stdout=log, stderr=log
        )
        until = time.monotonic() + 90
        while True:
            with contextlib.suppress(OSError):
                if self.ask("studies").status == 200:
                    return
            assert self._process.poll() is None, (self._home / "log").read_text()
            assert time.monotonic() < until, (self._home / "log").read_text()
            time.sleep(0.05)

    def kill(self) -> None:
        """End it as a power cut would."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(30)

    def ask(
        self,
        path: str,
        *,
        body: bytes | dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
        more: dict[str, str] | None = None,
        method: str | None = None,
        **query: Any,
    ) -> Answer:
        """Ask an address; `headers` stands instead of the token, `more` beside it."""
        url = f"{self.url}p3c/{path}"
        if query:
            url += "?" + urllib.parse.urlencode(query)
        data = json.dumps(body).encode() if isinstance(body, dict) else body
        given = {"Authorization": f"token {TOKEN}"} if headers is None else headers
        request = urllib.request.Request(
            url, data=data, headers={**given, **(more or {})}, method=method
        )
        opener = urllib.request.build_opener(_Stay)
        try:
            with opener.open(request, timeout=60) as found:
                return Answer(found.status, dict(found.headers), found.read())
        except urllib.error.HTTPError as error:
            return Answer(error.code, dict(error.headers), error.read())


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows no redirection: where a server sends somebody is what is asked."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


_NAMES = {"P3C_CODER", "P3C_STORE", "JUPYTERHUB_USER", "JUPYTERHUB_API_TOKEN"}


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class Window:
    """A window on a study, as the front end holds it."""

    def __init__(self, server: Server, study: str, *, others: bool = True) -> None:
        self.server, self.study, self.others = server, study, others
        self.state = self.get("study")
        self.source: dict[str, Any] | None = None

    def get(self, path: str, **query: Any) -> Any:
        given = {"study": self.study, "others": int(self.others), **query}
        answer = self.server.ask(path, **given)
        assert answer.status == 200, answer.body
        return answer.json

    def open(self, key: str) -> dict[str, Any]:
        self.source = self.get(f"source/{key}")
        return self.source

    def id_of(self, key: str) -> str:
        return next(each["id"] for each in self.state["sources"] if each["key"] == key)

    def code_id(self, key: str) -> str:
        return next(each["id"] for each in self.state["codes"] if each["key"] == key)

    def send(self, verb: str, *, act_id: str | None = None, **args: Any) -> Answer:
        """Send an act, and return the answer as it came."""
        asked = {
            "study": self.study,
            "act_id": act_id or str(uuid.uuid4()),
            "verb": verb,
            "args": args,
            "seen": self.state["cursor"],
            "source": self.source["id"] if self.source else "",
            "others": self.others,
        }
        return self.server.ask("act", body=asked)

    def act(self, verb: str, *, act_id: str | None = None, **args: Any) -> Any:
        """Do an act, take in what is different, and return its result."""
        answer = self.send(verb, act_id=act_id, **args)
        assert answer.status == 200, answer.body
        self.take(answer.json["rows"])
        return answer.json["result"]

    def look(self) -> dict[str, Any]:
        """Ask what is different, and take it in."""
        source = self.source["id"] if self.source else ""
        delta = self.get("changes", since=self.state["cursor"], source=source)
        self.take(delta)
        return delta

    def take(self, delta: dict[str, Any]) -> None:
        take_delta(self.state, self.source, delta)


def take_delta(state: dict[str, Any], source: dict[str, Any] | None, delta: dict[str, Any]) -> None:
    """Bring what a window holds to what a delta says."""
    assert not delta["reset"]
    state["cursor"] = delta["cursor"]
    for name in ("codes", "codebooks", "proposals", "questions", "sources", "counts", "coders"):
        if delta[name] is not None:
            state[name] = delta[name]
    fresh = {each["id"]: each for each in delta["asked"]}
    state["questions"] = [fresh.get(each["id"], each) for each in state["questions"]]
    if source is None:
        return
    for name in ("codings", "memos"):
        fresh = {each["id"] for each in delta[name]} | set(delta["gone"])
        source[name] = [each for each in source[name] if each["id"] not in fresh] + delta[name]

    def reading(each: dict[str, Any]) -> tuple[str, ...]:
        return each["coder"], each["round"], each["question"]

    who = {reading(each) for each in delta["readings"]}
    source["readings"] = [each for each in source["readings"] if reading(each) not in who] + delta[
        "readings"
    ]


def fill(folder: Path, *, store: str | None = None) -> Path:
    """Make a study in which anna and ben have coded."""
    (folder / "texts").mkdir()
    for name, text in TEXTS.items():
        (folder / "texts" / name).write_text(text, encoding="utf-8")
    (folder / "mini.yml").write_text(BOOK, encoding="utf-8")
    path = folder / "study"
    with p3c.new_study(path, title="A study", coder="anna", store=store) as study:
        said = {"programme": "north", "site": "town"}
        study.add(
            [
                Incoming(folder / "texts/one.txt", interviewee="P1", stakeholder_type="D1", **said),
                Incoming(folder / "texts/two.txt", interviewee="P2", stakeholder_type="F", **said),
                Incoming(folder / "texts/plan.txt", kind="document", programme="south"),
            ]
        )
        study.load_codebook(folder / "mini.yml")
        study.code("P1", 23, 40, "team.meetings", coder="anna")
    with p3c.open_study(path, coder="ben") as study:
        mine = study.code("P1", 20, 60, "team")
        study.code("P1", 23, 35, "money")
        study.memo("coding", "What ben alone thinks of it", target=mine.id)
        study.memo("source", "What ben makes of the case", target="P1")
        study.memo("code", "What the team agreed on", target="team")
    return path


@pytest.fixture(scope="session")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a study that is copied and never written itself."""
    return fill(tmp_path_factory.mktemp("pattern"))


@pytest.fixture
def on_postgres(tmp_path: Path, new_database: Callable[[], str]) -> Path:
    """Give such a study whose store is a PostgreSQL server."""
    return fill(tmp_path, store=new_database())


@pytest.fixture
def folder_of(pattern: Path) -> Callable[[Path], Path]:
    """Give a function that lays a copy of the study somewhere."""

    def lay(target: Path) -> Path:
        shutil.copytree(pattern, target)
        return target

    return lay


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Give a running server on which anna works."""
    home = tmp_path_factory.mktemp("home")
    running = Server(tmp_path_factory.mktemp("root"), home, P3C_CODER="anna")
    yield running
    running.stop()


@pytest.fixture
def place(server: Server, folder_of: Callable[[Path], Path]) -> str:
    """Give the name of a study below the server's folder, this test's own."""
    return folder_of(server.root / f"s{uuid.uuid4().hex[:8]}").name


@pytest.fixture
def window(server: Server, place: str) -> Window:
    """Give a window of anna's on a study of this test's own."""
    return Window(server, place)


@pytest.fixture
def new_window(server: Server) -> Callable[..., Window]:
    """Give a function that opens a window on a study of the running server."""

    def make(study: str, *, others: bool = True) -> Window:
        return Window(server, study, others=others)

    return make


@pytest.fixture
def apply_delta() -> Callable[..., None]:
    """Give the function by which a window takes in what is different."""
    return take_delta


@pytest.fixture
def own_server(
    tmp_path: Path, folder_of: Callable[[Path], Path]
) -> Iterator[Callable[..., Window]]:
    """Give a function that starts a server of the test's own on a study, and opens a window."""
    running: list[Server] = []

    def make(**env: str) -> Window:
        (tmp_path / "root").mkdir()
        (tmp_path / "home").mkdir()
        folder_of(tmp_path / "root" / "study")
        running.append(Server(tmp_path / "root", tmp_path / "home", **env))
        return Window(running[-1], "study")

    yield make
    for each in running:
        each.kill()
