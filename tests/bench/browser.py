"""Time the workbench in a real browser, each step beside the same text as a static page."""

from __future__ import annotations

import itertools
import os
import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import product
from browser_configure import build_configure, measure_configure
from browser_lab import FLAGS, Lab
from browser_study import TEXTS, Text, Written, build_study, write_texts
from browser_summary import build_summary, measure_summary
from browser_table import Measures
from browser_window import REST, STEPS, Window, first_code, window, workbench
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable

    from corpus import Corpus
    from playwright.sync_api import Browser

#: seconds: a new coding painted and definite, a frame while scrolling, the tree filtered
PAINTED, DEFINITE, FRAME, SIFTED = 0.05, 0.15, 0.1, 0.05
#: how many times as long a text may take to open inside a study of 100,000 codings
LARGE = 1.2
#: what is typed into the search of the codes, one a run
LETTERS = "aeiostrnlumdc"
#: what is there once a study's Start page can be used, and a file in JupyterLab's own editor
GO_ON = '.p3c-start [data-name="go on"]'
FILE = ".jp-FileEditor .cm-line"


def measure_browser(corpus: Corpus, runs: int, seed: int) -> tuple[Measures, str]:
    """Make the studies, measure everything; return what was found and the browser's version."""
    measures = Measures(runs)
    chromium = shutil.which("chromium")
    if not chromium:
        sys.exit("The browser chromium is missing: run tests/install_system.sh")
    with tempfile.TemporaryDirectory(prefix="p3c-bench-browser-") as name:
        folder = Path(name)
        (root := folder / "root").mkdir()
        print("Making the studies for the browser\033[K", end="", file=sys.stderr)
        written = write_texts(root, seed=seed)
        # who the codings are by
        os.environ["P3C_CODER"] = product.ACTOR
        for study in ("small", "large", "thousand"):
            build_study(root, study, root / study, corpus if study == "large" else None)
        build_summary(root, seed=seed)
        build_configure(root)
        with (
            sync_playwright() as playwright,
            playwright.chromium.launch(executable_path=chromium, args=FLAGS) as browser,
        ):
            version = browser.version
            with Lab(root, folder / "with", product.ACTOR) as lab:
                floors = measure_floors(measures, browser, lab, written)
                for study, inside in (("small", ""), ("large", ", inside 100,000 codings")):
                    measure_texts(measures, browser, lab, study, inside, written, floors)
                measure_tree(measures, browser, lab)
                measure_summary(measures, browser, lab)
                measure_configure(measures, browser, lab)
                with Lab(root, folder / "without", product.ACTOR, workbench=False) as plain:
                    measure_start(measures, browser, lab, plain, written["T2"])
    print("\r\033[K", end="", file=sys.stderr)
    return measures, version


def measure_floors(
    measures: Measures, browser: Browser, lab: Lab, written: dict[str, Written]
) -> dict[str, dict[str, float]]:
    """Return the least each step costs, in milliseconds, by text; no rows of their own."""
    found: dict[str, dict[str, float]] = {}
    with window(browser, lab) as shown:
        for key in written:

            def load(key: str = key) -> float:
                shown.page.goto(lab.address(f"{key}.html"))
                shown.page.wait_for_function("window.painted")
                return float(shown.page.evaluate("painted"))

            def mark() -> float:
                load()
                shown.page.wait_for_timeout(REST)
                return float(shown.timed("mark", [], lambda: shown.page.keyboard.press(".")))

            found[key] = {
                "open": median(measures.times(load)),
                "mark": median(measures.times(mark)),
                **{kind: max(measures.times(lambda k=kind: shown.scroll(k))) for kind in STEPS},
            }
    return found


def measure_texts(
    measures: Measures,
    browser: Browser,
    lab: Lab,
    study: str,
    inside: str,
    written: dict[str, Written],
    floors: dict[str, dict[str, float]],
) -> None:
    """Open, code and scroll every text of a study."""
    texts = [text for text in TEXTS if text.large or study == "small"]
    with workbench(browser, lab, study) as shown:
        first_code(shown)
        asked = median(measures.times(lambda: shown.page.evaluate("probe.ask", f"{lab.url}api")))
        for text in texts:
            other = next(each for each in texts if each is not text)

            def fresh(text: Text = text, other: Text = other) -> float:
                shown.open(written[other.key])
                return shown.open(written[text.key])

            def after(kind: str, fresh: Callable[[], float] = fresh) -> float:
                fresh()
                return shown.scroll(kind)

            floor, aim = floors[text.key], text.aim * (LARGE if inside else 1)
            with measures.about(name := f"open: {text.label}{inside}"):
                found = measures.times(fresh)
                measures.add(name, found, floor["open"], beside="static page", aim=aim)
            with measures.about(f"coding: {text.label}{inside}"):
                given = measures.times(shown.give)
                drawn, definite = zip(*given, strict=True)
                least = floor["mark"]
                measures.add(
                    "  a coding painted", drawn, least, beside="words marked there", aim=PAINTED
                )
                measures.add(
                    "  a coding definite", definite, least + asked,
                    beside="and an empty request", aim=DEFINITE,
                )  # fmt: skip
            for kind in STEPS:
                with measures.about(f"scrolling: {text.label}{inside}, {kind}"):
                    found = measures.times(lambda k=kind: after(k))
                    measures.add(
                        f"  longest frame, {kind}", found, floor[kind],
                        beside="static page", aim=FRAME, worst=True,
                    )  # fmt: skip


def measure_tree(measures: Measures, browser: Browser, lab: Lab) -> None:
    """Type a letter into the search of a tree of 1,000 codes."""

    def typing(shown: Window, probe: str, given: Callable[[str], list[Any]]) -> list[float]:
        letters = itertools.cycle(LETTERS)

        def once() -> float:
            letter = next(letters)
            if probe == "sift":
                search.fill("")
                search.focus()
            shown.page.wait_for_timeout(REST)
            press = shown.page.keyboard.press
            return float(shown.timed(probe, given(letter), lambda: press(letter)))

        return measures.times(once)

    with workbench(browser, lab, "thousand") as shown:
        seen = shown.page.locator(".p3c-root:visible")
        search = seen.locator(".p3c-codes .p3c-search")
        # a codebook that nobody coded with begins folded
        seen.locator(".p3c-book", has_text="Thousand").click()
        labels = seen.locator(".p3c-tree .p3c-name").all_inner_texts()
        label = f"a letter filters a tree of {len(labels):,} lines"
        with measures.about(label):
            found = typing(shown, "sift", lambda letter: [letter])
            with window(browser, lab) as beside:
                beside.page.goto(lab.address("T1.html"))
                floor = median(typing(beside, "list", lambda _: [labels]))
            measures.add(label, found, floor, beside="plain list", aim=SIFTED)


def measure_start(
    measures: Measures, browser: Browser, lab: Lab, plain: Lab, text: Written
) -> None:
    """Open JupyterLab on a study with nothing kept, and reload it with a text open."""

    def cold(server: Lab, selector: str) -> float:
        with window(browser, server, first=f"probe.shown({selector!r});") as shown:
            shown.page.goto(server.address("small/study.yml", f"c{os.urandom(4).hex()}"))
            return float(shown.page.evaluate("probe.result()"))

    def again(shown: Window) -> float:
        shown.page.wait_for_timeout(REST)
        shown.page.reload()
        return float(shown.page.evaluate("probe.result()"))

    with measures.about(label := "start: a study's own address, nothing kept"):
        found = measures.times(lambda: cold(lab, GO_ON))
        floor = median(measures.times(lambda: cold(plain, FILE)))
        measures.add(label, found, floor, beside="without the workbench")
    with measures.about(label := f"reload: {text.text.label}"):
        with window(browser, plain, first=f"probe.shown({FILE!r});") as shown:
            shown.page.goto(plain.address("small/study.yml", "again"))
            floor = median(measures.times(lambda: again(shown)))
        with workbench(
            browser, lab, "small", first=f"probe.loaded({text.text.key!r}, {text.coded});"
        ) as shown:
            shown.open(text)
            # JupyterLab keeps what is open a moment later
            shown.page.wait_for_timeout(10 * REST)
            found = measures.times(lambda: again(shown))
        measures.add(label, found, floor, beside="without the workbench")
