"""Words that point to a context, a mechanism, an outcome or a cause, each at its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["KINDS", "Cue", "has_cues", "read_cues"]

#: kinds of cues, and what people read of them
KINDS = {
    "cause": "a cause",
    "response": "a response",
    "change": "a change",
    "context": "a condition",
    "tie": "a link",
    "aim": "an aim",
}

_TAGS = {
    "verb": ("VERB", "AUX"),
    "adjective": ("ADJ", "ADV", "VERB"),
    "noun": ("NOUN", "PROPN"),
}
@dataclass(frozen=True, slots=True)
class Cue:
    """A word or two that point to something; places are within the text read."""

    start: int
    end: int
    kind: str


@lru_cache(maxsize=4)
def _patterns(code: str) -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    import yaml
    lists = yaml.safe_load((Path(__file__).parent / f"cues_{code}.yml").read_text(encoding="utf-8"))
    return {
        kind: [(name, _any_of(words)) for name, words in classes.items()]
        for kind, classes in lists.items()
    }


def _any_of(words: list[str]) -> re.Pattern[str]:
    longest = sorted(words, key=len, reverse=True)
    made = "|".join(
        re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"\s+").replace("'", "['’]")
        for word in longest
    )
    return re.compile(rf"(?<![\w’'])(?:{made})(?!\w)", re.IGNORECASE)


def has_cues(code: str) -> bool:
    return (Path(__file__).parent / f"cues_{code}.yml").exists()


def read_cues(doc: Doc, code: str, *, parsed: bool) -> list[Cue]:
    text = doc.text
    by_start = {token.idx: token for token in doc}
    found = []
    for kind, classes in _patterns(code).items():
        taken: list[tuple[int, int]] = []
        for name, pattern in sorted(classes, key=lambda c: c[0] != "phrase"):
            for hit in pattern.finditer(text):
                start, end = hit.span()
                token = by_start.get(start)
                if parsed and not _fits(token, kind, name, hit[0].casefold()):
                    continue
                if any(a < end and start < b for a, b in taken):
                    continue
                taken.append((start, end))
                found.append(Cue(start, end, kind))
    return sorted(found, key=lambda c: (c.start, c.end, c.kind))


def _fits(token: Token | None, kind: str, name: str, word: str) -> bool:
    if token is None:
        return name == "phrase"
    if name != "phrase":
        if token.pos_ not in _TAGS[name]:
            return False
        if kind == "response" and name == "verb":
            return _felt(token)
        return True
    if word == "since":
        return token.dep_ == "mark"
    if word == "so":
        return token.head.pos_ in ("VERB", "AUX") and token.i < token.head.i
    return True


def _felt(token: Token) -> bool:
    """Not the filler "you know"."""
    subject = next((c for c in token.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    return not (subject is not None and subject.lower_ in ("you", "i") and token.lower_ in ("know", "see", "mean", "think") and token.dep_ in ("parataxis", "ccomp", "ROOT") and not any(c.dep_ in ("ccomp", "dobj", "neg") for c in token.children))
