"""The language pipeline: the installed model, or sentences alone, and always said which."""

from __future__ import annotations

import subprocess
import sys
from importlib import util
from typing import TYPE_CHECKING

import pytest

from p3c_qual.language import pipeline as module
from p3c_qual.language.pipeline import code_of, parse, pipeline_of

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def anew() -> Iterator[None]:
    """Forget what was loaded, before and after a test that changes what is installed."""
    module._load.cache_clear()
    yield
    module._load.cache_clear()


def test_english_is_parsed_by_the_model_that_comes_as_a_package() -> None:
    found = pipeline_of("en-GB")
    assert found.parses
    assert found.name in found.said
    assert found.version in found.said
    assert pipeline_of("English") is found


def test_texts_come_back_parsed_in_their_order() -> None:
    docs = list(parse(pipeline_of("en"), ["They trust her.", "", "Because it is small, it works."]))
    assert [doc.text for doc in docs] == ["They trust her.", "", "Because it is small, it works."]
    assert docs[0][0].dep_ == "nsubj"
    assert [word.dep_ for word in docs[2] if word.lower_ == "because"] == ["mark"]


def test_a_language_without_a_model_is_cut_into_sentences_and_it_is_said() -> None:
    found = pipeline_of("magyar")
    assert (found.name, found.parses) == ("blank", False)
    assert "No language model is installed for hu" in found.said
    (doc,) = parse(found, ["Nincs pénz. Nincs idő."])
    assert len(list(doc.sents)) == 2


def test_an_unknown_language_is_said_to_be_unknown() -> None:
    assert code_of("Klingon") == "und"
    assert "language of a text is not known" in pipeline_of("Klingon").said
    assert not pipeline_of("").parses


@pytest.mark.usefixtures("anew")
def test_without_its_model_english_is_cut_into_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "find_spec", lambda _: None)
    assert not pipeline_of("en").parses


@pytest.mark.usefixtures("anew")
def test_the_official_model_is_preferred_where_it_is_installed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import spacy

    asked = []

    def load(name: str) -> spacy.Language:
        asked.append(name)
        nlp = spacy.blank("en")
        nlp.meta["version"] = "9.9"
        return nlp

    here = util.find_spec("spacy")
    monkeypatch.setattr(module, "find_spec", lambda _: here)
    monkeypatch.setattr(spacy, "load", load)
    assert pipeline_of("en").name == "en_core_web_sm"
    assert pipeline_of("German").name == "de_core_news_sm"
    assert pipeline_of("Norwegian").name == "nb_core_news_sm"
    assert asked == ["en_core_web_sm", "de_core_news_sm", "nb_core_news_sm"]


def test_neither_the_package_nor_the_command_line_loads_spacy() -> None:
    said = (
        "import sys, p3c_qual, p3c_qual.language.pipeline, p3c_qual.realist.candidates.finding;"
        "from p3c_qual.cli.app import app;"
        "sys.exit('spacy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", said], check=False).returncode == 0
