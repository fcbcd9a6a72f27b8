"""The pictures of the workbench: JupyterLab on the example study, as a browser shows it."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generate import configuring, reporting
from generate.window import command, go, panel, root

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from p3c_qual.study import Study

__all__ = ["PICTURES", "workbench_pictures"]

#: whose workbench is shown: who coded most of the example
_CODER = "mira"
_TOKEN = "only-for-these-pictures"  # noqa: S105  (of a server that lives for a minute)
_READ, _CROWDED = "IP02_2", "IP04_1"
#: sources she has not done with, and words she has marked
_OPEN, _WORDS = ("IP05_1", "IP06_1", "IP07_2", "vennside_concept"), "at her kitchen table"
_PINNED = (
    "service_delivery.micro.person_centred",
    "service_delivery.micro.continuity",
    "leadership_governance.micro.care_planning",
    "technologies_medical_products.micro.electronic_record_portal",
)
#: the questions that are shown, a unit among those paraphrased, and a line of a panel's table
_SUMMARISED, _CHARTED, _UNIT, _ROW = "what_helps", "segment_by_segment", 2, "[role=row]"
_WIDE, _NARROW = {"width": 1360, "height": 800}, {"width": 460, "height": 760}
#: dots of a picture by dots of the page
_SCALE = 1.2
_QUIET = {
    "@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
    }
}


def workbench_pictures(demo: Path, work: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the pictures of the workbench by name; `demo` stays as it is."""
    from playwright.sync_api import sync_playwright

    folder = shutil.copytree(demo, work / "study")
    places = _prepared(folder)
    with _lab(folder, work) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport=_WIDE, device_scale_factor=_SCALE, reduced_motion="reduce")
        page.goto(address)
        page.locator(".p3c-state").wait_for(timeout=60_000)
        command(page, "application:toggle-left-area")
        for name, draw in PICTURES.items():
            yield name, draw(page, places)
        browser.close()


def _prepared(folder: Path) -> dict[str, str]:
    """Bring the study into the middle of the work; returns addresses by what is there."""
    import p3c_qual as p3c
    from p3c_qual.store.desk import put_on_desk

    with p3c.open_study(folder, coder=_CODER) as study:
        ids = _ids(study)
        put_on_desk(study.store, _CODER, "pins", [ids[key] for key in _PINNED])
        for key in _OPEN:
            study.mark_read(key, done=False)
        crowd = _crowd(study)
        mine = study.codings(source=_READ, coder=_CODER)
        at = study.text(_READ).index(_WORDS)
        here = mine[(mine["start"] <= at) & (mine["end"] > at)].iloc[0]
        study.flag([str(here["id"])], unsure=True)
        put_on_desk(study.store, _CODER, "last", {"source": _READ, "start": at, "end": at + 5})
        return {
            "coding": f"code/{_READ}@{here['start']}-{here['end']}",
            "words": f"code/{_READ}@{at}-{at + len(_WORDS)}",
            "crowd": f"code/{_CROWDED}@{crowd[0]}-{crowd[1]}",
            "unit": _unit(study),
            **configuring.places(study),
            **reporting.places(study),
        }


def _unit(study: Study) -> str:
    """Go back to where paraphrases are written, beside the text; returns a unit's address."""
    from p3c_qual.mayring.question import read_question
    from p3c_qual.mayring.steps import return_to
    from p3c_qual.mayring.summarising.state import read_units

    return_to(study, _SUMMARISED, "paraphrase", reason="for a picture")
    with study.store.read() as connection:
        question = read_question(connection, _SUMMARISED)
        unit = read_units(connection, question)[_UNIT]
    return f"code/{unit.source_key}@{unit.start}-{unit.end}"


def _ids(study: Study) -> dict[str, str]:
    from p3c_qual.workbench.rows import code_rows

    with study.store.read() as connection:
        return {each.key: each.id for each in code_rows(connection)}


def _crowd(study: Study) -> tuple[int, int]:
    """Give thirty codes to one long turn, each to words of its own; returns the turn."""
    turns = study.parts(_CROWDED, "turn")
    start, end = (int(each) for each in max(turns[["start", "end"]].to_numpy(), key=_length))
    words = study.parts(_CROWDED, "word")
    words = words[(words["start"] >= start) & (words["end"] <= end)].reset_index(drop=True)
    codes = [key for key in study.codes("selfie")["code"] if "." in key][:30]
    for at, key in enumerate(codes):
        first, last = (at * 7) % (len(words) // 2), len(words) - 1 - (at * 11) % (len(words) // 3)
        span = int(words["start"][first]), int(words["end"][last])
        study.code(_CROWDED, *span, f"selfie:{key}", extend=True)
    return start, end


def _length(span: Any) -> int:
    return int(span[1] - span[0])


@contextlib.contextmanager
def _lab(folder: Path, work: Path) -> Iterator[str]:
    """Run `p3c lab` on a study, with nothing of this machine's settings; gives its address."""
    home = work / "home"
    settings = home / "config" / "labconfig"
    settings.mkdir(parents=True)
    (settings / "default_setting_overrides.json").write_text(json.dumps(_QUIET))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    named = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("JUPYTER", "P3C_", "IPYTHON"))
    }
    named |= {f"JUPYTER_{name.upper()}_DIR": str(home / name) for name in ("data", "runtime")}
    named |= {"JUPYTER_CONFIG_DIR": str(home / "config"), "P3C_CODER": _CODER}
    command = [
        *(Path(sys.executable).with_name("p3c"), "--study", folder, "lab"),
        *("--no-browser", "--port", str(port), "--"),
        *("--allow-root", "--ServerApp.ip=127.0.0.1", f"--IdentityProvider.token={_TOKEN}"),
        *("--LabApp.expose_app_in_browser=True", "--KernelManager.transport=ipc"),
        *(f"--LabApp.workspaces_dir={home}", f"--LabApp.user_settings_dir={home}"),
    ]
    with (work / "log").open("wb") as log:
        server = subprocess.Popen(command, env=named, stdout=log, stderr=log)  # noqa: S603
    try:
        _wait(f"http://127.0.0.1:{port}/p3c/studies", server, work / "log")
        yield f"http://127.0.0.1:{port}/lab/tree/study.yml?token={_TOKEN}"
    finally:
        server.terminate()
        server.wait()


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    request = urllib.request.Request(address)  # noqa: S310  (our own server)
    request.add_header("Authorization", f"token {_TOKEN}")
    until = time.monotonic() + 90
    while True:
        with contextlib.suppress(OSError), urllib.request.urlopen(request, timeout=9):  # noqa: S310
            return
        if server.poll() is not None or time.monotonic() > until:
            raise RuntimeError(log.read_text(errors="replace"))
        time.sleep(0.2)


def _code(page: Any, places: dict[str, str]) -> bytes:
    go(page, places["coding"])
    # the coding that begins here, as a click on its stripe chooses it
    page.keyboard.press("Space")
    page.wait_for_timeout(500)
    picture: bytes = page.screenshot()
    return picture


def _dark(page: Any, places: dict[str, str]) -> bytes:
    command(page, "apputils:change-theme", {"theme": "JupyterLab Dark"})
    page.wait_for_timeout(1500)
    picture = _code(page, places)
    command(page, "apputils:change-theme", {"theme": "JupyterLab Light"})
    page.wait_for_timeout(1500)
    return picture


def _picker(page: Any, places: dict[str, str]) -> bytes:
    go(page, places["words"])
    page.keyboard.press("Enter")
    page.keyboard.type("care")
    page.wait_for_timeout(300)
    picture = root(page)
    page.keyboard.press("Escape")
    return picture


def _crowded(page: Any, places: dict[str, str]) -> bytes:
    go(page, places["crowd"])
    return root(page)


def _split(page: Any, places: dict[str, str]) -> bytes:
    go(page, places["coding"])
    page.keyboard.press("/")
    page.keyboard.type("named coordinator")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("m")
    page.locator(".p3c-item", has_text="Split").click()
    for number, name in enumerate(("One name to ring", "One person to rely on"), 1):
        page.get_by_label(f"Name of new code {number}").fill(name)
    # a new code is called by its name from then on
    page.locator(".p3c-split").nth(0).get_by_text("One name to ring").click()
    page.locator(".p3c-split").nth(1).get_by_text("One person to rely on").click()
    page.locator("dialog h2").scroll_into_view_if_needed()
    # the window that asks is larger than the workbench
    picture: bytes = page.screenshot()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.press("Escape")
    return picture


def _summarise(page: Any, places: dict[str, str]) -> bytes:
    del places
    return panel(page, f"summarise/{_SUMMARISED}/units", _ROW)


def _categories(page: Any, places: dict[str, str]) -> bytes:
    del places
    return panel(page, f"summarise/{_SUMMARISED}/categories", "[role=treeitem]")


def _matrix(page: Any, places: dict[str, str]) -> bytes:
    del places
    return panel(page, f"summarise/{_CHARTED}/matrix", _ROW)


def _paraphrase(page: Any, places: dict[str, str]) -> bytes:
    go(page, places["unit"])
    chosen = page.get_by_label("Research question")
    chosen.select_option(_SUMMARISED)
    page.wait_for_timeout(500)
    page.locator(".p3c-text").focus()
    page.keyboard.press("z")
    page.wait_for_timeout(500)
    picture = root(page)
    page.keyboard.press("Escape")
    # the other pictures show free coding
    chosen.select_option("")
    return picture


def _start(page: Any, places: dict[str, str]) -> bytes:
    del places
    command(page, "p3c:open", {"study": ".", "address": "start"})
    page.locator("[data-name='fold Begun']").wait_for()
    page.wait_for_timeout(1000)
    return root(page)


def _narrow(page: Any, places: dict[str, str]) -> bytes:
    page.set_viewport_size(_NARROW)
    page.wait_for_timeout(1000)
    go(page, places["coding"])
    return root(page)


#: by file, what draws it; in the order in which one leads to the next
PICTURES: dict[str, Callable[[Any, dict[str, str]], bytes]] = {
    "workbench.png": _code,
    "workbench_dark.png": _dark,
    "picker.png": _picker,
    "crowded.png": _crowded,
    "split.png": _split,
    "paraphrase.png": _paraphrase,
    "summarise.png": _summarise,
    "categories.png": _categories,
    "matrix.png": _matrix,
    **configuring.PICTURES,
    **reporting.PICTURES,
    "start.png": _start,
    "narrow.png": _narrow,
}
