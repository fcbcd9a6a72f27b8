"""The codebooks that come with the program, and their description."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from p3c_qual.codebook import (
    Codebook,
    check_codebook,
    lint_crosswalk,
    read_codebook,
    write_codebook,
)
from p3c_qual.codebook.reader import FIELDS
from p3c_qual.sources.protocols import PROTOCOL_FIELDS

FOLDER = Path(__file__).parents[2] / "codebooks"
NAMES = ["cmo", "implementation", "p3c", "pioneers", "selfie", "selfie_person", "wp2_tasks"]
SEGMENTS = [
    "service_delivery",
    "leadership_governance",
    "workforce",
    "technologies_medical_products",
    "information_research",
    "financing",
]


@pytest.fixture(scope="module")
def books() -> dict[str, Codebook]:
    return {name: read_codebook(FOLDER / f"{name}.yml") for name in NAMES}


def test_the_folder_holds_these_codebooks_and_no_other() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.yml")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_it_has_neither_fault_nor_lint(name: str) -> None:
    assert check_codebook(FOLDER / f"{name}.yml") == []


@pytest.mark.parametrize("name", NAMES)
def test_it_is_written_in_the_canonical_form(name: str, books: dict[str, Codebook]) -> None:
    assert books[name].key == name
    assert write_codebook(books[name]) == (FOLDER / f"{name}.yml").read_text("utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_every_code_has_definition_rule_and_source(name: str, books: dict[str, Codebook]) -> None:
    for code in books[name].codes:
        assert code.definition, code.key
        assert code.rule, code.key
        assert code.source, code.key
        assert all(anchor.invented for anchor in code.anchors), code.key


def test_the_top_of_selfie_is_the_six_segments_and_implementation(
    books: dict[str, Codebook],
) -> None:
    tops = books["selfie"].children()
    assert [code.key for code in tops] == [*SEGMENTS, "implementation"]
    assert [code.key for code in tops if not code.in_framework] == ["implementation"]


def test_every_selfie_element_has_the_level_that_its_key_says(books: dict[str, Codebook]) -> None:
    elements = [code for code in books["selfie"].codes if code.parent]
    assert len(elements) == 51
    for code in elements:
        segment, level, _ = code.key.split(".")
        assert (code.parent, code.level) == (segment, level)
        assert "attested" in code.source or "recalled" in code.source
    # every cell of the six by three matrix can be filled
    assert len({(code.parent, code.level) for code in elements}) == 18


def test_the_person_book_has_its_three_parts_and_a_place_for_the_rest(
    books: dict[str, Codebook],
) -> None:
    book = books["selfie_person"]
    assert [code.key for code in book.children()] == [
        "core",
        "environment",
        "monitoring",
        "outside_framework",
    ]
    assert [code.key for code in book.codes if not code.in_framework] == ["outside_framework"]
    assert len(book.below("core")) == 5
    assert len(book.below("environment")) == 6


def test_cmo_is_a_vocabulary_without_codes(books: dict[str, Codebook]) -> None:
    assert books["cmo"].codes == ()
    terms = {words.key: [term.key for term in words.terms] for words in books["cmo"].vocabulary}
    assert terms["context_layer"] == [
        "individual",
        "interpersonal",
        "institutional",
        "infrastructural",
    ]
    assert terms["outcome_domain"] == ["patient", "practitioner", "organisation", "cost"]
    assert terms["evidence_role"] == ["supports", "refines", "contradicts", "rival"]
    assert {"activation", "direction", "timing", "directness", "elicited"} <= terms.keys()


def test_p3c_has_three_components_six_domains_and_five_continuities(
    books: dict[str, Codebook],
) -> None:
    book = books["p3c"]
    assert len(book.children()) == 3
    assert len([code for code in book.codes if code.parent]) == 6
    assert [len(words.terms) for words in book.vocabulary] == [5]
    assert all(code.crosswalk for code in book.codes)
    assert lint_crosswalk(book, books) == []


def test_the_other_books_have_the_keys_they_promise(books: dict[str, Codebook]) -> None:
    assert [code.key for code in books["pioneers"].codes] == (
        [
            "area",
            "aims",
            "highlights",
            "details",
            "most_exciting",
            "most_challenging",
            "next_year",
            "advice",
        ]
    )
    assert [code.key for code in books["wp2_tasks"].codes] == [
        *(f"task_{number}" for number in range(1, 9)),
        "ts",
    ]
    kinds = ["barrier", "facilitator", "event", "decision", "adaptation"]
    assert [code.key for code in books["implementation"].codes] == [
        key
        for tense in ("historical", "present", "future")
        for key in (tense, *(f"{tense}.{kind}" for kind in kinds))
    ]


@pytest.mark.parametrize("name", NAMES)
def test_every_code_that_a_rule_sends_to_exists(name: str, books: dict[str, Codebook]) -> None:
    for code in books[name].codes:
        for book, key in re.findall(
            r"(?:\b([a-z_]+):)?\b([a-z0-9_]+(?:\.[a-z0-9_]+)+)\b", code.rule
        ):
            target = books[book or name]
            # within its own branch a rule may name the end of a key alone
            assert key in target or f"{(code.parent or code.key)}.{key}" in target, (code.key, key)


README = (FOLDER / "README.md").read_text("utf-8")


def test_every_field_of_the_formats_is_described() -> None:
    described = set(
        re.findall(r"`([a-z_]+)`", "\n".join(re.findall(r"^\| (`.*?) \|", README, re.MULTILINE)))
    )
    fields = {name for names in (*FIELDS.values(), *PROTOCOL_FIELDS.values()) for name in names}
    assert fields - described == set()
    assert described - fields - {f"{name}" for name in NAMES} == set()


def test_the_examples_in_the_description_can_be_read() -> None:
    whole, scale, protocol = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    assert check_codebook(whole) == []
    assert check_codebook(f"format: 1\nkey: a\nlabel: A\ncodes:\n{scale}") == []
    assert "stakeholder_types" in protocol
