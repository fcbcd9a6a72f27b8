"""What a report author can write, choose, check and render is described."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from p3c_qual.analysis.kinds import KINDS
from p3c_qual.cli.figures import Kind as FigureKind
from p3c_qual.description import tokens
from p3c_qual.description.contrasts import VERDICTS
from p3c_qual.description.edits import KINDS as EDITS
from p3c_qual.description.form.folders import FILES
from p3c_qual.description.forms import STATUSES, read_forms
from p3c_qual.description.outline import STATES
from p3c_qual.description.quotes import REASONS
from p3c_qual.description.sections import KINDS as SECTIONS
from p3c_qual.instruments.aggregates import AGGREGATE_COLUMNS
from p3c_qual.instruments.definition import DOMAINS, HOW, MISSING
from p3c_qual.instruments.definition import KINDS as ITEMS
from p3c_qual.instruments.form import FORM_FIELDS
from p3c_qual.instruments.joints import FITS
from p3c_qual.instruments.register import read_register
from p3c_qual.report import manifest, run
from p3c_qual.store.rows_description import DESCRIPTION

from .test_docs_complete import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def test_every_kind_of_a_table_is_described(pages: dict[str, str]) -> None:
    rows = re.findall(
        r"^\| `([\w-]+)` \| \*\*(.+?)\.\*\* .+ \|$", pages["docs/tables.md"], re.MULTILINE
    )
    assert dict(rows) == {kind.name: kind.caption for kind in KINDS.values()}


def test_every_kind_of_a_figure_is_described(build: Any, pages: dict[str, str]) -> None:
    assert set(build.tables.FIGURES) == {kind.value for kind in FigureKind}
    figures = pages["docs/tables.md"].partition("## Figures")[2]
    assert set(re.findall(r"^\| `([\w-]+)` \|", figures, re.MULTILINE)) == set(build.tables.FIGURES)


def test_every_parameter_of_a_notebook_is_explained_in_it(root: Path, build: Any) -> None:
    books = build.notebooks.shipped()
    assert {each.name for each in books} == {each.name for each in root.glob("notebooks/*.ipynb")}
    assert [
        f"{book.name}: {name}"
        for book in books
        for name in book.defaults
        if not book.meanings.get(name)
    ] == []
    thick = next(each for each in books if each.name == "thick_description.ipynb")
    assert thick.defaults["draft"] == "True"
    assert {"programme", "language", "sections", "to"} <= set(thick.defaults)


def test_every_form_and_item_is_described(pages: dict[str, str]) -> None:
    there = quoted(pages["docs/forms.md"])
    forms = read_forms()
    assert len(forms["formal_description"].items) == 14
    assert len(forms["country_prompts"].items) == 15
    asked = {item.id for form in forms.values() for item in form.items}
    assert (set(forms) | asked | set(read_register())) - there == set()


def test_every_kind_that_a_text_can_name_is_described(pages: dict[str, str]) -> None:
    guide = pages["docs/author.md"]
    part = guide[guide.index("### What the text names") : guide.index("## Forms")]
    written = re.findall(r"`(!?\[[^`]+\]\([^`]+\))`", part)
    named = [token for each in written for token in tokens.read_tokens(each)]
    assert {each.kind for each in named} == set(tokens.KINDS)
    assert [each.name for each in named if each.fault] == []
    tables = {each.name for each in named if each.kind == "table"}
    assert tables <= set(KINDS)


def _sources(root: Path) -> str:
    """Give the code of all checks of a description."""
    folder = root / "p3c_qual" / "description"
    files = [*sorted(folder.glob("checks/*.py")), folder / "lint.py"]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def _listed(guide: str, begin: str, end: str) -> set[str]:
    """Give the checks that a table of the guide lists."""
    part = guide[guide.index(begin) : guide.index(end)]
    cells = re.findall(r"^\| (`.+?) \|", part, re.MULTILINE)
    return {name for cell in cells for name in re.findall(r"`(\w+)`", cell)}


def test_every_check_is_described(root: Path, pages: dict[str, str]) -> None:
    found = set(re.findall(r"Finding\(\s*\"(\w+)\"", _sources(root)))
    view = root / "p3c_qual/workbench/_frontend/src/report/panels/checks.ts"
    titles = view.read_text(encoding="utf-8").partition("const TITLES")[2].partition("};")[0]
    found |= set(re.findall(r"^  (\w+): \"", titles, re.MULTILINE))
    assert {"name_undecided", "quote_missing", "code_unknown", "balance"} <= found
    listed = _listed(pages["docs/author.md"], "These forbid", "## Measures")
    assert found - listed == set()


def test_what_forbids_a_final_report_is_told_from_what_is_to_be_looked_at(
    root: Path, pages: dict[str, str]
) -> None:
    guide, code = pages["docs/author.md"], _sources(root)
    forbids = _listed(guide, "These forbid", "These are to be looked at")
    looked_at = _listed(guide, "These are to be looked at", "## Measures")
    assert forbids & looked_at == set()
    gates = set(re.findall(r"Finding\(\s*\"(\w+)\"[^)]*(?:gate=True|, used, )", code))
    # what a text names, and codes that are typed
    gates |= set(re.findall(r"_at\(\s*material, use, \"(\w+)\"", code))
    gates |= set(re.findall(r"return \"(\w+)\", .*, True$", code, re.MULTILINE))
    assert {"consent_refused", "name_undecided", "code_unknown", "fact_unclear"} <= gates
    assert gates - forbids == set()


@pytest.mark.parametrize(
    ("page", "words"),
    [
        pytest.param("formats", FILES, id="files of a folder"),
        pytest.param("formats", SECTIONS, id="kinds of sections"),
        pytest.param("formats", STATUSES, id="on what an answer rests"),
        pytest.param("formats", VERDICTS, id="plan and practice"),
        pytest.param("formats", REASONS, id="reasons for a quote"),
        pytest.param("formats", EDITS, id="what is done to words"),
        pytest.param("formats", [f for of in FORM_FIELDS.values() for f in of], id="instruments"),
        pytest.param("formats", [*DOMAINS, *HOW, *ITEMS, *MISSING], id="words of instruments"),
        pytest.param("formats", AGGREGATE_COLUMNS, id="figures of groups"),
    ],
)
def test_every_word_of_a_report_is_described(page: str, words: Any, pages: dict[str, str]) -> None:
    said = quoted(pages[f"docs/{page}.md"]) | set(pages[f"docs/{page}.md"].split("`"))
    assert sorted(set(words) - said) == []


def test_every_field_that_an_export_writes_is_described(root: Path, pages: dict[str, str]) -> None:
    there = quoted(pages["docs/formats.md"]) | quoted(pages["docs/forms.md"])
    written: set[str] = set()
    for path in root.glob("data_raw/description/**/*.yml"):
        written |= set(_names(yaml.safe_load(path.read_text(encoding="utf-8"))))
    assert {"chosen_as", "verdict", "decision", "side"} <= written
    assert written - there == set()
    for path in root.glob("data_raw/description/**/*.md"):
        above = re.match(r"---\n(.*?)---\n", path.read_text(encoding="utf-8"), re.DOTALL)
        assert set(yaml.safe_load(above[1]) if above else ()) - there == set()


def _names(held: Any, above: str = "") -> Iterator[str]:
    """Give the names of fields; the lines of a form are called as their writer likes."""
    if isinstance(held, list):
        for each in held:
            yield from _names(each)
    elif isinstance(held, dict):
        form = read_forms().get(above)
        lines = form is not None and (form.several or form.records_of)
        for name, value in held.items():
            if not lines:
                yield str(name)
            yield from _names(value, str(name))


def test_every_table_of_a_description_is_described(pages: dict[str, str]) -> None:
    rows = re.findall(r"^\| `(\w+)` \|", pages["docs/store.md"], re.MULTILINE)
    assert {table.name for table in DESCRIPTION} <= set(rows)


def test_what_a_manifest_says_is_described(pages: dict[str, str]) -> None:
    told = set(re.findall(r"``(\w+)``", inspect.getdoc(manifest.describe_inputs) or ""))
    assert {"parameters", "sources", "journal"} <= told
    rows = pages["docs/formats.md"].partition("### A rendered report")[2]
    assert told | {"started", "finished", "files"} <= set(
        re.findall(r"^\| `(\w+)` \|", rows, re.MULTILINE)
    )


def test_states_panels_fits_and_forms_are_described_in_their_words(
    root: Path, pages: dict[str, str]
) -> None:
    guide = pages["docs/author.md"].lower()
    view = root / "p3c_qual/workbench/_frontend/src/report"
    panels = [
        title
        for path in [*view.glob("panels/*.ts"), view / "write/panel.ts"]
        for title in re.findall(
            r"^  title: \"(.+)\",$", path.read_text(encoding="utf-8"), re.MULTILINE
        )
    ]
    assert len(panels) == 8
    said = [*panels, *STATES.values(), *VERDICTS.values(), *FITS.values()]
    assert [each for each in said if each.lower() not in guide] == []
    assert [form for form in run.FORMS if f"`report.{form}`" not in guide] == []


def test_the_author_is_told_no_key_that_does_something_else(
    build: Any, pages: dict[str, str]
) -> None:
    keys = build.keys
    bound = {keys.shown(key) for each in keys.actions() for key in each.keys}
    guide = pages["docs/author.md"]
    told = re.findall(r"^\| .+ \| (`[^|]+`) \|", guide, re.MULTILINE)
    said = {key for cell in told for key in re.findall(r"`([^`]+)`", cell)}
    assert {"q", "r", "F6", "o", "m"} <= said
    assert said - bound == set()
