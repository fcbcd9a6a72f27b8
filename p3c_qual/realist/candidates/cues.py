"""Words that point to a context, a mechanism, an outcome, or to what ties them, at their places."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from p3c_qual.realist.lists import read_lists

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from spacy.tokens import Doc, Token

__all__ = ["Cue", "read_cues", "with_cues"]

_HERE = Path(__file__).parent
#: subjects of a clause, and words that open one, as the parser calls them
_SUBJECTS = ("nsubj", "nsubjpass")
#: what is asked of a word before it counts as one of its class, where a text is parsed
_IS: dict[str, Callable[[Token], bool]] = {
    "verb": lambda word: word.pos_ in ("VERB", "AUX"),
    "adjective": lambda word: word.pos_ in ("ADJ", "ADV", "VERB"),
    "noun": lambda word: word.pos_ in ("NOUN", "PROPN"),
    "comparative": lambda word: word.tag_ in ("JJR", "RBR"),
    "subject": lambda word: word.dep_ in _SUBJECTS,
    "opening": lambda word: word.dep_ == "mark" or word.tag_ == "WRB",
}
_PERFECT = ("have", "has", "'ve", "’ve", "'s", "’s")


@dataclass(frozen=True, slots=True)
class Cue:
    """A word, or a few, that point to something.

    Attributes
    ----------
    start, end : int
        Its place, in code points of the text that was read.
    kind : str
        ``response``, ``change``, ``context``, ``cause``, ``aim``, ``person`` or ``clause``.
    """

    start: int
    end: int
    kind: str


def with_cues(code: str) -> bool:
    """Tell whether there are cue words for a language.

    Parameters
    ----------
    code : str
        Its code, as `p3c_qual.language.pipeline.code_of` gives it.

    Examples
    --------
    >>> with_cues("en"), with_cues("de")
    (True, False)
    """
    return _list_of(code).is_file()


def read_cues(doc: Doc, code: str, *, parsed: bool) -> list[Cue]:
    """Return the cues of a text in the order of their places, none over another of its kind.

    Parameters
    ----------
    doc : spacy.tokens.Doc
    code : str
        A language that has cue words.
    parsed : bool
        Whether the text's parts of speech and dependencies are known. Otherwise every word of the
        list counts, whatever it is in its sentence.

    Examples
    --------
    >>> import spacy
    >>> doc = spacy.blank("en")("They trust her, because the village is small.")
    >>> [(doc.text[cue.start : cue.end], cue.kind) for cue in read_cues(doc, "en", parsed=False)]
    ... # doctest: +NORMALIZE_WHITESPACE
    [('They', 'person'), ('trust', 'response'), ('because', 'cause'), ('because', 'clause'),
     ('village', 'context'), ('small', 'context')]
    """
    words = {word.idx: word for word in doc} if parsed else None
    found: list[Cue] = []
    for kind, classes in _patterns(code).items():
        taken: list[tuple[int, int]] = []
        for name, pattern in classes:
            for hit in pattern.finditer(doc.text):
                start, end = hit.span()
                if any(first < end and start < last for first, last in taken):
                    continue
                if words is None or _counts(words.get(start), name, kind, hit[0].casefold()):
                    taken.append((start, end))
        found += [Cue(start, end, kind) for start, end in taken]
    return sorted(found, key=lambda cue: (cue.start, cue.end, cue.kind))


def _counts(word: Token | None, name: str, kind: str, said: str) -> bool:
    if name != "phrase":
        return word is not None and _IS[name](word)
    if word is None or kind != "cause":
        return True
    if said == "since":
        # "since the summer" tells a time, and so does "it has been better since she came"
        return word.dep_ == "mark" and not _perfect(word.head.head)
    # "so tired" is a degree, "so they stayed" a consequence
    return said != "so" or (word.head.pos_ in ("VERB", "AUX") and word.i < word.head.i)


def _perfect(verb: Token) -> bool:
    return verb.tag_ == "VBN" and any(
        word.dep_ == "aux" and word.lower_ in _PERFECT for word in verb.children
    )


def _list_of(code: str) -> Path:
    return _HERE / f"cues_{code}.yml"


@lru_cache(maxsize=4)
def _patterns(code: str) -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    lists = read_lists(_list_of(code))
    return {
        kind: [(name, _any_of(words)) for name, words in classes.items()]
        for kind, classes in lists.items()
    }


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    longest = sorted(words, key=lambda word: (-len(word), word))
    made = "|".join(
        re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"\s+").replace("'", "['’]")
        for word in longest
    )
    return re.compile(rf"(?<![\w'’])(?:{made})(?![\w])", re.IGNORECASE)
