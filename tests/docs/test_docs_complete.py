"""What a user can type, call or write in a file is described somewhere."""

from __future__ import annotations

import dataclasses
import inspect
import re
from typing import TYPE_CHECKING, Any

import pytest

import p3c_qual
from p3c_qual.analysis.kinds import KINDS
from p3c_qual.codebook import reader as codebook_reader
from p3c_qual.coding import csv_form
from p3c_qual.mayring import question, question_form, techniques
from p3c_qual.mayring.summarising import summary_rows
from p3c_qual.realist.judging.completeness import CLASSES
from p3c_qual.realist.negative.search import SEARCHES
from p3c_qual.settings import Settings
from p3c_qual.sources import fields, manifest, protocols, reader, terms
from p3c_qual.store import conflicts

if TYPE_CHECKING:
    from pathlib import Path


def headings(text: str) -> set[str]:
    return {found.strip() for found in re.findall(r"^#{1,4} (.+)$", text, re.MULTILINE)}


def quoted(text: str) -> set[str]:
    """Return the words set as code, outside of fenced blocks."""
    plain = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    return {word for found in re.findall(r"`([^`]+)`", plain) for word in re.findall(r"\w+", found)}


@pytest.fixture(scope="module")
def generated(build: Any) -> dict[str, str]:
    return dict(build.generated())


@pytest.mark.parametrize(
    "name", ["commands", "library", "codes", "keys", "forms", "notebooks", "tables"]
)
def test_a_generated_page_is_up_to_date(
    name: str, generated: dict[str, str], pages: dict[str, str]
) -> None:
    page = f"docs/{name}.md"
    assert pages[page] == generated[page], "run: make docs"


def test_every_command_has_a_sentence_and_a_part_of_the_page(
    build: Any, pages: dict[str, str]
) -> None:
    found = dict(build.commands.commands())
    assert {name for name, each in found.items() if not (each.help or "").strip()} == set()
    assert set(found) <= headings(pages["docs/commands.md"])
    assert {"p3c demo", "p3c codebook check", "p3c frequencies", "p3c report"} <= set(found)


def test_every_argument_and_option_has_a_sentence(build: Any) -> None:
    bare = [
        f"{name} {each.opts[0]}"
        for name, command in build.commands.commands()
        for each in build.commands.parameters(command)
        if not (each.help or "").strip()
    ]
    assert bare == []


def test_every_public_name_and_method_is_described(build: Any, pages: dict[str, str]) -> None:
    there = headings(pages["docs/library.md"])
    names = dict(build.library.names())
    methods = dict(build.library.methods())
    verbs = dict(build.library.verbs())
    assert {*names, "Study"} == set(p3c_qual.__all__)
    assert set(names) <= there
    assert {f"study.{name}" for name in methods} <= there
    assert set(verbs) <= there
    assert {"mayring.ask_question", "mayring.table_summary", "realist.link_spans"} <= set(verbs)
    described = {**names, **methods, **verbs}
    assert [n for n, each in described.items() if not inspect.getdoc(each)] == []


def test_every_parameter_of_a_public_function_is_described(build: Any) -> None:
    bare = [
        f"{name}: {parameter}"
        for name, value in [*build.library.names(), *build.library.verbs()]
        if inspect.isfunction(value)
        for parameter in inspect.signature(value).parameters
        if not re.search(rf"\b{parameter}\b", str(_parameters(build, value)))
    ]
    assert bare == []


def _parameters(build: Any, value: Any) -> list[tuple[str, str]]:
    return build.library.parse(inspect.getdoc(value)).sections.get("Parameters", [])


def test_every_action_of_the_workbench_is_described_with_its_keys(
    root: Path, pages: dict[str, str]
) -> None:
    # read from the sources in another way than the page is made, so that none can be left out
    front = root / "p3c_qual" / "workbench" / "_frontend" / "src"
    code = (front / "code" / "actions.ts").read_text(encoding="utf-8")
    own = (front / "workbench.ts").read_text(encoding="utf-8")
    start = (front / "start" / "view.ts").read_text(encoding="utf-8")
    found = re.findall(r'^ +\["([\w-]+)", "[^"]+", \[', code, re.MULTILINE)
    found += re.findall(r'\{ id: "([\w-]+)", title: "', own)
    found += re.findall(r'action\("([\w-]+)", "', start)
    found += [f"pin-{number}" for number in range(1, 10)]
    assert {"next", "code", "print-pdf", "undo", "help", "new-study", "go-on"} <= set(found)
    rows = re.findall(r"^\| [^|]+ \| ([^|]*)\| `([\w-]+)` \|$", pages["docs/keys.md"], re.MULTILINE)
    assert set(found) - {name for _, name in rows} == set()
    keys = {name: said.split() for said, name in rows}
    assert keys["code"] == ["`Enter`", "`c`"]
    assert keys["undo"] == ["`Ctrl+Z`"]
    assert keys["extend"] == ["`Shift+↓`"]
    assert keys["view-start"] == ["`Alt+1`"]


def test_the_guide_names_no_key_that_does_something_else(build: Any, pages: dict[str, str]) -> None:
    keys = build.keys
    bound = {keys.shown(key) for each in keys.actions() for key in each.keys}
    guide = pages["docs/coder.md"]
    part = guide[guide.index("## By keyboard") : guide.index("**Pinned codes**")]
    presses = re.findall(r"^\| (`.+) \| .+ \|$", part, re.MULTILINE)
    assert len(presses) > 10
    # what is typed into a box is no key: words, and what the picker alone knows
    typed = {"IP05", "named", "contin", "core gr", "Shift+Enter", "Ctrl+Enter"}
    said = {key for line in presses for key in re.findall(r"`([^`]+)`", line)}
    assert said - typed - bound == set()


def test_every_code_and_term_of_the_shipped_codebooks_is_described(
    build: Any, pages: dict[str, str]
) -> None:
    words = set(re.findall(r"`([\w.]+)`", pages["docs/codes.md"]))
    books = build.codes.shipped()
    assert {code.key for book in books for code in book.codes} <= words
    terms = {term.key for book in books for each in book.vocabulary for term in each.terms}
    assert terms <= words
    assert {book.key for book in books} <= headings(pages["docs/codes.md"])
    assert {f"{book.key}.yml" for book in books} <= set(
        re.findall(r"`(\w+\.yml)`", pages["codebooks/README.md"])
    )


@pytest.mark.parametrize("owner", sorted(codebook_reader.FIELDS))
def test_every_field_of_a_codebook_is_described(owner: str, pages: dict[str, str]) -> None:
    assert set(codebook_reader.FIELDS[owner]) - quoted(pages["codebooks/README.md"]) == set()


@pytest.mark.parametrize(
    "words",
    [
        pytest.param([*reader.READERS, *reader.TABLES], id="endings"),
        pytest.param(manifest.COLUMNS, id="columns of a manifest"),
        pytest.param(csv_form.COLUMNS, id="columns of codings"),
        pytest.param([f for of in fields.FIELDS.values() for f in of], id="fields of set"),
        pytest.param(
            [f for of in protocols.PROTOCOL_FIELDS.values() for f in of], id="fields of protocols"
        ),
        pytest.param(
            [f for of in question_form.QUESTION_FIELDS.values() for f in of],
            id="fields of research questions",
        ),
        pytest.param(
            [*techniques.TECHNIQUES, *(each for of in question.UNITS.values() for each in of)],
            id="techniques and units",
        ),
        pytest.param(summary_rows.SUMMARY_COLUMNS, id="columns of a summarising"),
        pytest.param([*terms.KINDS, *terms.COMPLETENESS, *terms.CONSENT], id="words"),
        pytest.param(terms.STAKEHOLDERS, id="stakeholder types"),
        pytest.param([f.name for f in dataclasses.fields(Settings)], id="settings of study.yml"),
    ],
)
def test_every_word_of_a_file_format_is_described(words: Any, pages: dict[str, str]) -> None:
    assert sorted(set(words) - quoted(pages["docs/formats.md"])) == []


def test_every_case_of_a_conflict_is_described(pages: dict[str, str]) -> None:
    table = (conflicts.__doc__ or "").split("\n==")[1]
    cases = re.findall(r"^([a-z][a-z ]+?)  +\S", table, re.MULTILINE)
    assert {"two texts", "overlapping"} <= set(cases)
    assert [case for case in cases if f"| {case}" not in pages["docs/store.md"]] == []


def test_every_rule_of_summarising_is_described_in_its_words(pages: dict[str, str]) -> None:
    guide = pages["docs/analysis.md"]
    said = {name: f"| `{name}` | {rule.title} |" for name, rule in techniques.RULES.items()}
    assert [name for name, line in said.items() if line not in guide] == []


def test_every_technique_is_described_with_its_steps(pages: dict[str, str]) -> None:
    guide = pages["docs/analysis.md"].lower()
    for each in techniques.TECHNIQUES.values():
        steps = ", ".join(step.title for step in each.steps)
        assert f"| {each.label} | {steps} |".lower() in guide


def test_every_generated_page_is_held_to_its_source(generated: dict[str, str]) -> None:
    assert len(generated) == 7


def test_every_table_of_the_realist_layer_is_described(pages: dict[str, str]) -> None:
    guide = pages["docs/realist.md"]
    named = [kind.name for kind in KINDS.values() if kind.home.startswith("realist.")]
    assert len(named) > 9
    assert [name for name in named if f"`{name}`" not in guide] == []


def test_every_search_for_negative_cases_is_described_in_its_words(pages: dict[str, str]) -> None:
    guide = pages["docs/realist.md"]
    assert [said for said in SEARCHES.values() if f"| {said} |" not in guide] == []


def test_every_class_of_a_configuration_is_described(pages: dict[str, str]) -> None:
    guide = pages["docs/realist.md"]
    kinds = {label.split(", context")[0].split(", mechanism")[0] for label in CLASSES.values()}
    assert [kind for kind in kinds - {"empty"} if f"| {kind} |" not in guide] == []


def test_every_module_at_the_top_has_its_line_in_the_map(root: Path, pages: dict[str, str]) -> None:
    there = {
        path.stem
        for path in (root / "p3c_qual").iterdir()
        if path.suffix == ".py" or (path / "__init__.py").is_file()
    }
    assert there - {"__init__"} - quoted(pages["docs/architecture.md"]) == set()


def test_every_target_of_the_makefile_is_described(root: Path, pages: dict[str, str]) -> None:
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):.*##", makefile, re.MULTILINE)) - {"help"}
    assert {"docs", "pictures", "test"} <= targets
    assert targets == set(
        re.findall(r"^\| `make (\w+)` \|", pages["CONTRIBUTING.md"], re.MULTILINE)
    )
