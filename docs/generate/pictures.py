"""The pictures, from the example study: figures, report and workbench as a browser shows them."""

from __future__ import annotations

import io
import shutil
from typing import TYPE_CHECKING, Any

from generate import workbench

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from matplotlib.figure import Figure

    from p3c_qual.study import Study

__all__ = ["LIMIT", "PICTURES", "make_pictures"]

#: bytes a picture may have
LIMIT = 200_000
PICTURES = (
    *("report.png", "passage.png", "frequencies.png", "portrait.png", "network.png"),
    *workbench.PICTURES,
)
_PROGRAMME, _CHAPTER, _INTERVIEW = "vennside", "service_delivery", "IP01_2"
#: colours of a page that shows text, where more of them are noise; and of one that shows codes
_COLOURS, _MANY = 64, 255
#: dots of a picture by dots of a page
_SCALE = 1.5


def make_pictures(demo: Path, folder: Path, work: Path) -> list[Path]:
    """Draw all pictures of the example study in `demo` into `folder`."""
    import p3c_qual as p3c

    folder.mkdir(exist_ok=True)
    made = []
    with p3c.open_study(demo) as study:
        drawn = {
            "frequencies.png": _figure(p3c.plot_frequencies(study, by="site", depth=1)),
            "portrait.png": _figure(p3c.plot_portrait(study, source=_INTERVIEW)),
            "network.png": _figure(p3c.realist.plot_network(study, programme=_PROGRAMME)),
            **dict(_pages(_report(study, work))),
        }
    drawn |= workbench.workbench_pictures(demo, work)
    for name in PICTURES:
        path = folder / name
        path.write_bytes(_small(drawn[name], _MANY if name in workbench.PICTURES else _COLOURS))
        made.append(path)
    return made


def _figure(figure: Figure) -> bytes:
    stream = io.BytesIO()
    figure.savefig(stream, format="png", dpi=120, metadata={"Software": None})
    return stream.getvalue()


def _report(study: Study, work: Path) -> Path:
    from p3c_qual.report.html import write_html
    from p3c_qual.report.programme import build_programme_report

    # no date: the picture changes only when the report does
    return write_html(build_programme_report(study, _PROGRAMME), work / "report.html")


def _pages(report: Path) -> Iterator[tuple[str, bytes]]:
    """Yield a page of the report, and a quotation at its place in the source."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page(viewport={"width": 1180, "height": 860}, device_scale_factor=_SCALE)
        page.goto(report.as_uri())
        page.locator(f"#s-{_CHAPTER}").evaluate("each => each.scrollIntoView()")
        yield "report.png", page.screenshot()
        yield "passage.png", _passage(page)
        browser.close()


def _passage(page: Any) -> bytes:
    """Return a passage with the question before it, and some paper around."""
    found = page.locator("article.passage", has=page.locator(".turn.interviewer")).nth(1)
    found.scroll_into_view_if_needed()
    box = found.bounding_box()
    around = {"x": box["x"] - 14, "y": box["y"] - 14}
    size = {"width": box["width"] + 28, "height": box["height"] + 28}
    picture: bytes = page.screenshot(clip=around | size)
    return picture


def _small(png: bytes, colours: int) -> bytes:
    from PIL import Image

    with Image.open(io.BytesIO(png)) as image:
        flat = image.convert("RGB").quantize(colours, dither=Image.Dither.NONE)
    stream = io.BytesIO()
    flat.save(stream, format="PNG", optimize=True)
    return stream.getvalue()
