"""Links and pictures of the documents."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^)\s]+)\)")


def links(text: str) -> list[tuple[bool, str, str]]:
    """Return of each link whether it is a picture, what it is called, and where it leads."""
    plain = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    # what is shown as code leads nowhere
    plain = re.sub(r"`[^`\n]+`", "code", plain)
    return [(bool(found[1]), found[2], found[3]) for found in LINK.finditer(plain)]


def anchors(text: str) -> set[str]:
    """Return the names that headings get on a page."""
    plain = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")
        for heading in re.findall(r"^#{1,6} (.+)$", plain, re.MULTILINE)
    }


def test_a_link_and_its_anchor_are_found() -> None:
    assert links("see [a [b]](c.md#d) and ![e](f.png), not `[g](h.md)`") == [
        (False, "a [b]", "c.md#d"),
        (True, "e", "f.png"),
    ]
    assert anchors("## p3c codebook check\n# What is said, `where`?") == {
        "p3c-codebook-check",
        "what-is-said-where",
    }


def test_every_link_leads_somewhere(root: Path, pages: dict[str, str]) -> None:
    lost = []
    for page, text in pages.items():
        for _, _, target in links(text):
            path, _, anchor = target.partition("#")
            place = (root / page).parent / path if path else root / page
            if not place.is_file():
                lost.append(f"{page}: {target}")
            elif anchor and anchor not in anchors(place.read_text(encoding="utf-8")):
                lost.append(f"{page}: {target} (no such heading)")
    assert lost == []
    assert sum(len(links(text)) for text in pages.values()) > 40


def test_every_document_is_reached_from_the_readme(root: Path, pages: dict[str, str]) -> None:
    reached = {
        (root / target.partition("#")[0]).resolve() for _, _, target in links(pages["README.md"])
    }
    assert {name for name in pages if (root / name).resolve() not in reached} == {"README.md"}


def test_pictures_are_small_described_and_used(
    root: Path, build: Any, pages: dict[str, str]
) -> None:
    used, bare = set(), []
    for page, text in pages.items():
        for is_picture, said, target in links(text):
            if is_picture:
                used.add(((root / page).parent / target).resolve())
                bare += [f"{page}: {target}"] if len(said) < 40 else []
    there = {path.resolve() for path in (root / "docs" / "pictures").iterdir()}
    assert bare == []
    assert (
        used == there == {(root / "docs/pictures" / n).resolve() for n in build.pictures.PICTURES}
    )
    assert {path.name for path in there if path.stat().st_size >= build.pictures.LIMIT} == set()
    assert {path.read_bytes()[:8] for path in there} == {b"\x89PNG\r\n\x1a\n"}


def test_every_path_that_is_named_exists(root: Path, pages: dict[str, str]) -> None:
    # NAME and KEY stand for what a reader will write; demo and .venv are made by make
    path = re.compile(r"`((?:[\w.]+/)+[\w.]*|\w+\.(?:py|sh))`")
    named = {
        found
        for page in ("CONTRIBUTING.md", "docs/architecture.md", "docs/store.md")
        for found in path.findall(pages[page])
        if not re.search(r"[A-Z]{3}|^demo/|^reports/.", found)
    }
    homes = [root, root / "p3c_qual", root / "p3c_qual/sources", root / "p3c_qual/analysis"]
    homes += [root / "p3c_qual/workbench", root / "p3c_qual/workbench/_frontend/src"]
    homes += [root / "p3c_qual/description", root / "p3c_qual/report", root / "tests/sources"]
    assert {name for name in named if not any((home / name).exists() for home in homes)} == set()
    assert len(named) > 25
