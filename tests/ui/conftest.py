"""JupyterLab with the workbench, a real browser before it, and a study of its own for each test."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

import p3c_qual as p3c
from p3c_qual.sources.incoming import Incoming

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Locator

ROOT = Path(__file__).resolve().parents[2]
BUILT = ROOT / "p3c_qual" / "workbench" / "labextension"
TOKEN = "only-for-this-test"
#: milliseconds in which anything but a start has to have happened, on a busy machine
PATIENCE = 20_000
expect.set_options(timeout=PATIENCE)

MEETING = """\
I: How was it at the beginning?

R: It was slow. We met each week in the town hall. Nobody had time, but it helped us a lot.

I: And what about the money?

R: There was none at first. We went on all the same. The mayor paid for the coffee.

I: Thank you.
"""
LETTER = "I: How did it begin?\n\nR: With a letter to the mayor. He answered at once.\n"
#: signs of two UTF-16 units, a family of one grapheme, combining marks, right-to-left words
SIGNS = """\
I: 🙂 Ready?

R: Well 🙂 the 👨‍👩‍👧‍👦 family came. A q\u0303uay opened. We said שלום עולם to all. It was العربية there 🎉 and good.
"""
PLAN = "The plan names three aims.\n\nThe second one is about housing.\n\nThe third is time.\n"
BOOK = """\
format: 1
key: mini
label: Mini
codes:
  - id: team
    label: Team
    definition: Whoever works together on it.
    codes:
      - id: meetings
        label: Meetings
      - id: trust
        label: Trust
  - id: money
    label: Money
    definition: Who pays, and for what.
  - id: time
    label: Time
  - id: place
    label: Place
"""


class Lab:
    """JupyterLab in a process of its own, as one coder starts it."""

    def __init__(self, root: Path, home: Path, coder: str, theme: str) -> None:
        self.root, self.coder = root, coder
        self._home = home
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}/"
        settings = home / "config" / "labconfig"
        settings.mkdir(parents=True)
        quiet = {"fetchNews": "false", "checkForUpdates": False}
        (settings / "default_setting_overrides.json").write_text(
            json.dumps(
                {
                    "@jupyterlab/apputils-extension:notification": quiet,
                    "@jupyterlab/apputils-extension:themes": {"theme": theme},
                }
            )
        )
        # the front end of this checkout, whatever is installed beside it
        shutil.copytree(BUILT, home / "front" / "p3c-qual")
        self.start()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        home = self._home
        named = {name: value for name, value in os.environ.items() if not _meddles(name)}
        folders = {
            "JUPYTER_CONFIG_DIR": str(home / "config"),
            "JUPYTER_DATA_DIR": str(home / "data"),
            "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
            "IPYTHONDIR": str(home / "ipython"),
            "XDG_CONFIG_HOME": str(home / "settings"),
            "P3C_CODER": self.coder,
        }
        command = [
            *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"),
            "--ServerApp.ip=127.0.0.1",
            f"--ServerApp.port={self.port}",
            "--ServerApp.port_retries=0",
            f"--IdentityProvider.token={TOKEN}",
            f"--ServerApp.root_dir={self.root}",
            "--ServerApp.jpserver_extensions={'p3c_qual.workbench': True, 'jupyter_lsp': False}",
            f"--LabApp.extra_labextensions_path={home / 'front'}",
            f"--LabApp.workspaces_dir={home / 'workspaces'}",
            f"--LabApp.user_settings_dir={home / 'user'}",
            "--LabApp.expose_app_in_browser=True",
            "--LabApp.news_url=None",
            "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
            "--LabApp.extension_manager=readonly",
            "--KernelManager.transport=ipc",
        ]
        with (home / "log").open("ab") as log:
            self._process = subprocess.Popen(
                command, env={**named, **folders}, stdout=log, stderr=log, start_new_session=True
            )
        until = time.monotonic() + 90
        try:
            while not self._answers():
                assert self._process.poll() is None, self.log
                assert time.monotonic() < until, self.log
                time.sleep(0.1)
        except BaseException:
            self.kill()
            raise

    def _answers(self) -> bool:
        request = urllib.request.Request(f"{self.url}p3c/studies")
        request.add_header("Authorization", f"token {TOKEN}")
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    @property
    def log(self) -> str:
        return (self._home / "log").read_text(errors="replace")

    def kill(self) -> None:
        """End it, with whatever it started, as a power cut would."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


def _meddles(name: str) -> bool:
    """Whether a variable of whoever runs the tests would change what JupyterLab does."""
    return name.startswith(("JUPYTER", "P3C_", "IPYTHON"))


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def until(condition: Callable[[], Any], *, within: float = PATIENCE / 1000) -> Any:
    """Wait for a condition, and return what it gave."""
    end = time.monotonic() + within
    while True:
        found = condition()
        if found or time.monotonic() > end:
            assert found, "it did not come about in time"
            return found
        time.sleep(0.05)


class Window:
    """A window of JupyterLab on a study, as a person sees it."""

    def __init__(self, context: BrowserContext, lab: Lab, folder: Path) -> None:
        self.context, self.lab, self.folder = context, lab, folder
        self.page = context.new_page()
        #: faults of the page, which every test looks at in the end
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(error.stack or str(error)))
        self.workspace = f"w{uuid.uuid4().hex[:8]}"

    @property
    def address(self) -> str:
        """Of the study in a workspace of this window's own."""
        place = f"{self.folder.name}/study.yml"
        return f"{self.lab.url}lab/workspaces/{self.workspace}/tree/{place}?token={TOKEN}"

    @property
    def bench(self) -> Locator:
        return self.page.locator(".p3c-root:visible")

    def open(self) -> Window:
        """Open JupyterLab on the study."""
        self.page.goto(self.address)
        expect(self.bench).to_be_visible(timeout=60_000)
        return self

    def another(self, folder: Path) -> Window:
        """Open another study in this JupyterLab, with nothing beside it."""
        self.folder = folder
        self.page.evaluate(_ANOTHER, folder.name)
        expect(self.bench.locator(".p3c-title")).to_have_text(re.compile("."), timeout=60_000)
        return self

    def code(self, source: str = "P1") -> Window:
        """Open the Code view on a source, by mouse."""
        self.bench.get_by_role("button", name="Code", exact=True).first.click()
        line = self.bench.locator(f'.p3c-doc[data-key="{source}"]')
        if not line.is_visible():
            self.bench.locator('[data-tool="left"]').click()
        line.click()
        self.ready(source)
        return self

    def ready(self, source: str = "P1") -> None:
        """Wait until a source is shown and has the focus."""
        expect(self.bench.locator(".p3c-line-of-state b")).to_have_text(source, timeout=60_000)
        expect(self.bench.locator(".p3c-text")).to_be_focused()

    def kept(self) -> None:
        """Wait until JupyterLab has noted that the workbench is open, which it does by and by."""
        request = urllib.request.Request(f"{self.lab.url}lab/api/workspaces/{self.workspace}")
        request.add_header("Authorization", f"token {TOKEN}")

        def noted() -> bool:
            self.page.wait_for_timeout(100)
            try:
                with urllib.request.urlopen(request, timeout=20) as answer:
                    data = json.load(answer)["data"]
            except urllib.error.HTTPError:
                return False
            return "p3c-qual:" in json.dumps(data.get("layout-restorer:data", {}))

        until(noted)

    def reload(self, source: str = "P1") -> None:
        """Reload the page, and wait until it is back where it was."""
        self.kept()
        self.page.reload()
        self.ready(source)

    # what a person does

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def pick(self, words: str, *, end: str = "Enter") -> None:
        """Choose a code in the open picker by typing."""
        picker = self.page.locator(".p3c-picker")
        expect(picker.locator("input")).to_be_focused()
        self.page.keyboard.type(words)
        self.press(end)
        if end == "Enter":
            expect(picker).to_have_count(0)

    def drag(self, first: str, last: str = "", *, back: bool = False) -> None:
        """Mark words with the mouse, from the beginning of the first to the end of the last."""
        found = self.ends(first, last)
        (x, y), (to_x, to_y) = reversed(found) if back else found
        mouse = self.page.mouse
        mouse.move(x, y)
        mouse.down()
        mouse.move((x + to_x) / 2, (y + to_y) / 2, steps=3)
        mouse.move(to_x, to_y, steps=4)
        mouse.up()
        self.settle()

    def settle(self) -> None:
        """Let the page do what it does right after an event; no person is faster."""
        self.page.evaluate("new Promise(done => setTimeout(done, 30))")

    def ends(self, first: str, last: str = "") -> list[tuple[float, float]]:
        """Return where the first of some words begins and the last of them ends on the screen."""
        found = self.page.evaluate(_ENDS, [first, last or first])
        assert found, f"these words are not in the text: {first} … {last}"
        return [tuple(each) for each in found]

    def click(self, words: str) -> None:
        """Click the first letter of some words."""
        (x, y), _ = self.ends(words)
        self.page.mouse.click(x + 2, y)
        self.settle()

    def leaf(self, label: str) -> Locator:
        """Return a code's line in the tree, unfolded."""
        book = self.bench.locator(".p3c-book", has_text="Mini")
        if book.get_attribute("aria-expanded") == "false":
            book.click()
        name = self.page.locator(".p3c-name").get_by_text(label, exact=True)
        return self.bench.locator(".p3c-codes .p3c-leaf").filter(has=name)

    def run(self, tool: str) -> None:
        """Click a button of the toolbar."""
        self.bench.locator(f'[data-tool="{tool}"]').click()

    # what it shows

    def saved(self) -> None:
        """Wait until the store has everything."""
        expect(self.bench.locator(".p3c-state")).to_have_text("All saved")

    @property
    def note(self) -> Locator:
        return self.bench.locator(".p3c-note")

    @property
    def chips(self) -> Locator:
        return self.bench.locator(".p3c-chip")

    @property
    def marked(self) -> str:
        """The words under the cursor of the workbench."""
        return str(
            self.page.evaluate(
                "[...CSS.highlights.get('p3c-cursor') ?? []].map(r => r.toString()).join('|')"
            )
        )


# what is open is closed, and a study opened at its beginning
_ANOTHER = """async study => {
    await jupyterapp.restored;
    await jupyterapp.commands.execute('application:close-all');
    await jupyterapp.commands.execute('p3c:open', { study, address: 'start' });
}"""
# the points of the first and last of some words, where a mouse would mark them
_ENDS = """([first, last]) => {
    const pane = [...document.querySelectorAll('.p3c-text')].find(e => e.offsetParent);
    const nodes = [];
    const signs = new Intl.Segmenter();
    const walk = document.createTreeWalker(pane, NodeFilter.SHOW_TEXT, {
        acceptNode: n => n.parentElement.closest('.p3c-line') ? 1 : 2,
    });
    let whole = '';
    for (let n = walk.nextNode(); n; n = walk.nextNode()) {
        const line = n.parentElement.closest('.p3c-line');
        if (nodes.length && nodes.at(-1).line !== line) whole += '\\n';
        nodes.push({ n, line, from: whole.length });
        whole += n.data;
    }
    const start = whole.indexOf(first);
    const end = whole.indexOf(last, start) + last.length;
    if (start < 0 || end < last.length) return null;
    const spot = (at, after) => {
        const holds = nodes.find(e => e.from <= at && at < e.from + e.n.length);
        const range = document.createRange();
        const [sign] = [...signs.segment(holds.n.data)].filter(
            e => e.index <= at - holds.from && at - holds.from < e.index + e.segment.length);
        range.setStart(holds.n, sign.index);
        range.setEnd(holds.n, sign.index + sign.segment.length);
        holds.line.scrollIntoViewIfNeeded();
        const port = pane.getBoundingClientRect();
        const now = range.getBoundingClientRect();
        // a line may be longer than the window
        if (now.top < port.top || now.bottom > port.bottom)
            pane.scrollTop += now.top - port.top - port.height / 2;
        const box = range.getBoundingClientRect();
        const turned = /[\\u0590-\\u08ff]/.test(range.toString());
        return [after !== turned ? box.right - 0.5 : box.left + 0.5, box.top + box.height / 2];
    };
    spot(end - 1, true);
    return [spot(start, false), spot(end - 1, true)];
}"""


# what the store holds


def codings(folder: Path, source: str | None = None) -> list[dict[str, Any]]:
    """Read the codings of a study from its store, in the order of the text."""
    from sqlalchemy import select

    from p3c_qual.store.schema import ROWS

    table, src, code, coder = (ROWS[name] for name in ("coding", "source", "code", "coder"))
    asked = (
        select(
            table, src.c.key.label("key"), code.c.key.label("code_key"), coder.c.key.label("who")
        )
        .join(src, src.c.id == table.c.source)
        .join(code, code.c.id == table.c.code)
        .join(coder, coder.c.id == table.c.coder)
        .order_by(src.c.key, table.c.start, table.c.end, code.c.key)
    )
    with p3c.open_study(folder) as study:
        with study.store.read() as connection:
            rows = [dict(row) for row in connection.execute(asked).mappings()]
        for row in rows:
            row["quote"] = study.text(row["key"])[row["start"] : row["end"]]
    return [row for row in rows if source in (None, row["key"])]


def quotes(folder: Path, source: str | None = None) -> list[tuple[str, str]]:
    """Read what is coded as (code, words)."""
    return [(row["code_key"], row["quote"]) for row in codings(folder, source)]


# fixtures


@pytest.fixture(scope="session")
def new_lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Lab]]:
    """Give a function that starts JupyterLab for a coder; all are ended with the tests."""
    started: list[Lab] = []

    def start(coder: str = "anna", theme: str = "JupyterLab Light") -> Lab:
        root, home = tmp_path_factory.mktemp("root"), tmp_path_factory.mktemp("home")
        started.append(Lab(root, home, coder, theme))
        return started[-1]

    yield start
    for each in started:
        each.kill()


@pytest.fixture(scope="session")
def lab(new_lab: Callable[..., Lab]) -> Lab:
    """Give the JupyterLab that most tests share; anna works in it."""
    return new_lab()


@pytest.fixture(scope="session")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a study that is copied and never opened itself."""
    folder = tmp_path_factory.mktemp("pattern")
    texts = {"meeting": MEETING, "letter": LETTER, "signs": SIGNS, "plan": PLAN}
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    (folder / "mini.yml").write_text(BOOK, encoding="utf-8")
    said = {"programme": "north", "site": "town"}
    path = folder / "study"
    with p3c.new_study(path, title="A study", coder="anna") as study:
        study.add(
            [
                Incoming(folder / "meeting.txt", interviewee="P1", stakeholder_type="D1", **said),
                Incoming(folder / "letter.txt", interviewee="P2", stakeholder_type="F", **said),
                Incoming(folder / "signs.txt", interviewee="P3", stakeholder_type="F", **said),
                Incoming(folder / "plan.txt", kind="document", programme="south"),
            ]
        )
        study.load_codebook(folder / "mini.yml")
    return path


@pytest.fixture
def lay(pattern: Path) -> Callable[[Lab], Path]:
    """Give a function that lays a copy of the study before a JupyterLab."""

    def copy(lab: Lab) -> Path:
        return shutil.copytree(pattern, lab.root / f"s{uuid.uuid4().hex[:8]}")

    return copy


def _context(browser: Browser, **options: Any) -> BrowserContext:
    given = {"viewport": {"width": 1600, "height": 900}, "reduced_motion": "reduce", **options}
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"], **given)
    context.set_default_timeout(PATIENCE)
    return context


@pytest.fixture(scope="session")
def person(browser: Browser) -> Iterator[BrowserContext]:
    """Give a browser that has JupyterLab's own scripts already, as on any day but the first."""
    context = _context(browser)
    yield context
    context.close()


@pytest.fixture
def new_window(browser: Browser, person: BrowserContext) -> Iterator[Callable[..., Window]]:
    """Give a function that opens a window; no page may have met a fault in the end.

    With options it is one of a browser of its own.
    """
    made: list[Window] = []

    def opened(lab: Lab, folder: Path, **options: Any) -> Window:
        context = _context(browser, **options) if options else person
        made.append(Window(context, lab, folder))
        return made[-1]

    yield opened
    faults = [fault for window in made for fault in window.faults]
    for window in made:
        window.page.close()
        if window.context is not person:
            window.context.close()
    assert faults == []


@pytest.fixture(scope="session")
def lasting(person: BrowserContext, lab: Lab) -> Iterator[Window]:
    """Give a window that many tests share: JupyterLab takes seconds to come up, a study does not."""
    window = Window(person, lab, lab.root)
    window.page.goto(f"{lab.url}lab/workspaces/{window.workspace}?token={TOKEN}")
    window.page.wait_for_function("window.jupyterapp", timeout=60_000)
    yield window
    window.page.close()


@pytest.fixture
def same_window(lasting: Window) -> Iterator[Callable[[Path], Window]]:
    """Give a function that opens a study of a test's own in the window that tests share.

    Reloads and other sizes of the window are for `new_window`.
    """
    before = len(lasting.faults)
    yield lasting.another
    assert lasting.faults[before:] == []


@pytest.fixture
def folder(lab: Lab, lay: Callable[[Lab], Path]) -> Path:
    """Give the folder of a study of this test's own, before the shared JupyterLab."""
    return lay(lab)


@pytest.fixture
def window(same_window: Callable[[Path], Window], folder: Path) -> Window:
    """Give a window with the Code view open on the first interview."""
    return same_window(folder).code()


@pytest.fixture
def own_window(new_window: Callable[..., Window], lab: Lab, folder: Path) -> Window:
    """Give such a window that can be reloaded and made narrow: no other test is in it."""
    return new_window(lab, folder).open().code()
