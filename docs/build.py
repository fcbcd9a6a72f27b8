"""Write what the documents take from the program: pages, outputs of examples, pictures.

``python docs/build.py`` writes the generated pages and runs the examples of the others,
``--pictures`` draws the pictures, ``--check`` changes nothing and fails where a page differs.
"""  # noqa: INP001

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from generate import codes, commands, console, forms, keys, library, notebooks, pictures, tables

ROOT = Path(__file__).resolve().parent.parent
#: pages written from the code, by their path
GENERATED = {
    "docs/commands.md": commands.page,
    "docs/library.md": library.page,
    "docs/codes.md": codes.page,
    "docs/forms.md": forms.page,
    "docs/keys.md": keys.page,
    "docs/notebooks.md": notebooks.page,
    "docs/tables.md": tables.page,
}
#: pages written by hand, whose examples are run
GUIDES = (
    "README.md",
    "docs/coder.md",
    "docs/analysis.md",
    "docs/realist.md",
    "docs/author.md",
    "docs/supervisor.md",
)
_NOTE = "<!-- written by docs/build.py; change the program, then run: make docs -->\n"


def generated() -> dict[str, str]:
    """Return the generated pages as they have to be."""
    return {name: _NOTE + page() for name, page in GENERATED.items()}


def guide(name: str, demo: Path) -> str:
    """Return a guide with the outputs its examples have."""
    with tempfile.TemporaryDirectory() as folder:
        text = (ROOT / name).read_text(encoding="utf-8")
        return console.run_document(text, demo, Path(folder))


def main() -> int:
    """Do what the command line asks; returns 1 if a page differs or an example fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing, name what differs")
    parser.add_argument("--pictures", action="store_true", help="draw the pictures")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        demo = console.make_demo(Path(folder))
        if asked.pictures:
            for path in pictures.make_pictures(demo, ROOT / "docs" / "pictures", Path(folder)):
                _say(f"{path.relative_to(ROOT)}: {path.stat().st_size:,} bytes")
            return 0
        made = generated()
        failed = []
        for name in GUIDES:
            try:
                made[name] = guide(name, demo)
            except Exception as error:  # noqa: BLE001  (an example may fail in any way)
                failed.append(f"{name}: {error}")
    stale = [name for name, text in made.items() if not _is(ROOT / name, text)]
    for name in stale:
        _say(f"{name} {'is not up to date: run make docs' if asked.check else 'written'}")
        if not asked.check:
            (ROOT / name).write_text(made[name], encoding="utf-8")
    for fault in failed:
        _say(fault)
    return 1 if failed or (asked.check and stale) else 0


def _is(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main())
