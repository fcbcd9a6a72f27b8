"""The examples of the guides are run, and show what is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

GUIDES = (
    "README.md",
    "docs/coder.md",
    "docs/analysis.md",
    "docs/realist.md",
    "docs/author.md",
    "docs/supervisor.md",
)
#: the last line but one is not what the command prints
STALE = "```console\n$ p3c version\np3c_qual 0.0.0\n```\n"


@pytest.fixture(scope="module")
def demo(build: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build.console.make_demo(tmp_path_factory.mktemp("demo"))


def test_all_guides_are_run(build: Any, pages: dict[str, str]) -> None:
    assert build.GUIDES == GUIDES
    run = {name for name, text in pages.items() if "```console" in text or "```python" in text}
    assert run - {"docs/library.md"} <= set(GUIDES)


@pytest.mark.parametrize("name", GUIDES)
def test_the_examples_run_and_show_what_is_printed(
    name: str, build: Any, demo: Path, pages: dict[str, str]
) -> None:
    assert pages[name] == build.guide(name, demo), "run: make docs"


def test_the_example_of_the_library_page_runs(
    build: Any, demo: Path, pages: dict[str, str], tmp_path: Path
) -> None:
    text = pages["docs/library.md"]
    assert text == build.console.run_document(text, demo, tmp_path)


def test_an_output_that_differs_is_mended(build: Any, demo: Path, tmp_path: Path) -> None:
    made = build.console.run_document(STALE, demo, tmp_path)
    assert made != STALE
    assert "p3c_qual 0.0.0" not in made


def test_an_output_shown_in_part_stays_in_part(build: Any, demo: Path, tmp_path: Path) -> None:
    made = build.console.run_document(
        "```console\n$ p3c --study demo sources\nx\n...\n```\n", demo, tmp_path
    )
    assert made.splitlines()[2].startswith("source ")
    assert made.splitlines()[3:] == ["...", "```"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("p3c --study demo codings --code workforse", "unknown code"),
        ("p3c version  # refused", "was not refused"),
        ("p3c no-such-command", "ended with 2"),
        ("rm -r demo", "only p3c is run"),
    ],
)
def test_an_example_that_fails_is_named(
    line: str, said: str, build: Any, demo: Path, tmp_path: Path
) -> None:
    with pytest.raises(RuntimeError, match=said):
        build.console.run_document(f"```console\n$ {line}\n```\n", demo, tmp_path)


def test_python_that_fails_stops_the_run(build: Any, demo: Path, tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        build.console.run_document("```python\n1 / 0\n```\n", demo, tmp_path)
