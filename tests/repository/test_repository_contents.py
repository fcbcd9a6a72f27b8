"""What may lie in the repository, and what may not."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

#: the files of data_raw/ that are no source; everything else there is named in its manifest
NO_SOURCE = {
    "README.md",
    "manifest.csv",
    "codings_mira.csv",
    "codings_tobias.csv",
    "questions.yml",
    "conditions.yml",
    "configurations.yml",
    "summary_mira.csv",
    "back_check_mira.csv",
    "cells_mira.csv",
    "ratings_mira.csv",
    "protocols.yml",
    "p3ceq_vennside.csv",
    "wemwbs_vennside.csv",
    "service_use.csv",
}
#: the folder of data_raw/ with the example's thick description, as `p3c description export` has it
DESCRIPTION = "description/"

#: nothing an owner's machine is called by, no registry and no person's address;
#: written in pieces, so that this file is no exception
FORBIDDEN = {
    "a path of one machine": "|".join(
        [r"(?<![\w.:/-])/" + name + "/" for name in ("work", "root", "home", "Users")]
    ),
    "a registry's host": "|".join(
        re.escape(".".join(host))
        for host in (
            ("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("anaconda", "org"),
        )
    ),
    # the labels of a host hold no underscore, a name and a version no second dot
    "an e-mail address": r"[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}\b",
}  # fmt: skip
#: addresses of nobody, for examples
NOBODY = re.compile(r"@(?:[\w-]+\.)?example\.(?:com|org|net)\b|\.(?:invalid|example|test)\b")
MEGABYTE = 1_000_000


def texts(path: Path) -> list[str]:
    """Return what can be read in a file: itself, or the files packed into a document."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            parts = [archive.read(name) for name in archive.namelist()]
    else:
        parts = [path.read_bytes()]
    return [part.decode("utf-8", errors="replace") for part in parts if b"\0" not in part[:8000]]


def forbidden(text: str) -> list[str]:
    """Return each forbidden string of a text with what it is."""
    return [
        f"line {text.count(chr(10), 0, found.start()) + 1}: {what}: {found[0]}"
        for what, pattern in FORBIDDEN.items()
        for found in re.finditer(pattern, text)
        if not NOBODY.search(found[0])
    ]


@pytest.mark.parametrize(
    "text",
    [
        "see /" + "work/notes.txt",
        "cd '/" + "root/x'",
        "from https://" + "pypi." + "org/simple",
        "files." + "pythonhosted." + "org",
        "write to jane.doe" + "@" + "clinic.nhs.uk please",
    ],
)
def test_a_forbidden_string_is_found(text: str) -> None:
    assert len(forbidden(text)) == 1


@pytest.mark.parametrize(
    "text",
    ["the net/work/load", "a@b", "jane@example.org", "@pytest.fixture", "https://x.org/home/page"],
)
def test_an_innocent_string_is_let_through(text: str) -> None:
    assert forbidden(text) == []


def test_a_forbidden_string_is_found_inside_a_document(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("word/document.xml", "<w:t>/" + "home/jane/interview.docx</w:t>")
    assert [fault for text in texts(tmp_path / "a.docx") for fault in forbidden(text)]


def test_no_file_names_a_machine_a_registry_or_a_person(root: Path, tracked: list[Path]) -> None:
    found = [
        f"{path}, {fault}"
        for path in tracked
        for text in texts(root / path)
        for fault in forbidden(text)
    ]
    assert found == []


def test_no_file_is_large(root: Path, tracked: list[Path]) -> None:
    sizes = {str(path): (root / path).stat().st_size for path in tracked}
    assert {path: size for path, size in sizes.items() if size > 2 * MEGABYTE} == {}


def test_no_module_has_grown_out_of_hand(root: Path, tracked: list[Path]) -> None:
    lines = {
        str(path): len((root / path).read_text("utf-8").splitlines())
        for path in tracked
        if path.parts[0] == "p3c_qual" and path.suffix == ".py"
    }
    assert lines
    assert {path: count for path, count in lines.items() if count > 400} == {}


def test_notebooks_are_kept_without_outputs(root: Path, tracked: list[Path]) -> None:
    kept = []
    for path in tracked:
        if path.suffix == ".ipynb":
            notebook = json.loads((root / path).read_text("utf-8"))
            kept += [
                f"{path}, cell {number}"
                for number, cell in enumerate(notebook["cells"], start=1)
                if cell.get("outputs") or cell.get("execution_count") is not None
            ]
    assert kept == []


def test_raw_data_is_only_what_the_manifest_names(root: Path, tracked: list[Path]) -> None:
    there = {
        path.relative_to("data_raw").as_posix() for path in tracked if path.parts[0] == "data_raw"
    }
    written = {path for path in there if path.startswith(DESCRIPTION)}
    assert {path.rpartition(".")[2] for path in written} == {"md", "yml"}
    with (root / "data_raw" / "manifest.csv").open(encoding="utf-8", newline="") as file:
        named = {row["file"] for row in csv.DictReader(file)}
    assert named, "the manifest names no source"
    assert sorted(there - written - named - NO_SOURCE) == [], "not in data_raw/manifest.csv"
    assert sorted(named - there) == [], "named in data_raw/manifest.csv, but not there"


def test_codings_of_real_studies_lie_nowhere_else(tracked: list[Path]) -> None:
    # a store, a journal or a vault outside data_raw/ would be somebody's study
    stores = [path for path in tracked if re.search(r"\.(sqlite|db|jsonl)$|-wal$", path.name)]
    assert [str(path) for path in stores if str(path) != "study.jsonl"] == []


def test_reports_holds_nothing_but_its_readme(tracked: list[Path]) -> None:
    assert [str(path) for path in tracked if path.parts[0] == "reports"] in (
        ["reports/README.md"],
        [],  # an unpacked archive without git
    )
