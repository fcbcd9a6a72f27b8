"""What the cues of a passage come to, in points; and what led to them, in words."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from p3c_qual.realist.candidates.cues import read_cues

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from p3c_qual.realist.candidates.cues import Cue

__all__ = ["Weighed", "say_why", "score_of", "weigh"]

#: cues that are shown, and what people read of them
_SHOWN = {
    "context": "a condition",
    "response": "a response",
    "change": "a change",
    "cause": "a cause",
    "aim": "an aim",
}
#: what stands for a context, a mechanism and an outcome; two of the three have to be there
_PARTS = ("context", "response", "change")

# Weights set by hand on one half of the marked passages of tests/eval; the other half was for
# reporting alone. The second cue of a kind says half as much as the first, and so on.
_HALVING = {"response": 3.0, "change": 2.0, "context": 2.0, "cause": 1.0}
# of these the number counts, up to four (aims: three)
_COUNTED = {"person": (2.0, 4), "clause": (1.0, 4), "aim": (-0.5, 3)}
#: what likeness to an earlier configuration adds at most
_ALIKE = 1.0
_MOST = sum(_HALVING.values()) + sum(max(each, 0) for each, _ in _COUNTED.values()) + _ALIKE


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the cues of a passage come to: numbers and places, and none of its words.

    Attributes
    ----------
    points : float
    cues : tuple of Cue
        Those shown, with places in the passage.
    """

    points: float
    cues: tuple[Cue, ...]


def weigh(doc: Doc, code: str, *, parsed: bool) -> Weighed | None:
    """Weigh a passage; None where too little stands in it to speak of a configuration.

    Parameters
    ----------
    doc : spacy.tokens.Doc
        The passage, cut into sentences.
    code : str
        A language that has cue words.
    parsed : bool
        As for `p3c_qual.realist.candidates.cues.read_cues`.
    """
    cues = read_cues(doc, code, parsed=parsed)
    found = Counter(cue.kind for cue in cues)
    if sum(found[part] > 0 for part in _PARTS) < 2:
        return None
    cues = _without_loose_causes(doc, cues)
    found["cause"] = sum(cue.kind == "cause" for cue in cues)
    points = sum(weight * (1 - 0.5 ** found[kind]) for kind, weight in _HALVING.items())
    points += sum(
        weight * min(found[kind], most) / most for kind, (weight, most) in _COUNTED.items()
    )
    return Weighed(points, tuple(cue for cue in cues if cue.kind in _SHOWN))


def score_of(weighed: Weighed, alike: float) -> float:
    """Return the score of a passage, from 0 to 1.

    Parameters
    ----------
    weighed : Weighed
    alike : float
        How like it is to an earlier configuration, from 0 to 1.
    """
    return max(weighed.points + alike * _ALIKE, 0) / _MOST


def _without_loose_causes(doc: Doc, cues: Sequence[Cue]) -> list[Cue]:
    """Keep one cause a sentence, where a response or a change stands with it."""
    firsts = [sentence.start_char for sentence in doc.sents]
    tied = {bisect_right(firsts, cue.start) for cue in cues if cue.kind in ("response", "change")}
    kept = []
    for cue in cues:
        if cue.kind == "cause":
            sentence = bisect_right(firsts, cue.start)
            if sentence not in tied:
                continue
            tied.discard(sentence)
        kept.append(cue)
    return kept


def say_why(text: str, cues: Sequence[Cue], like: str = "") -> str:
    """Say what led to a candidate: the kinds of its cues, each with up to three words.

    Parameters
    ----------
    text : str
        The passage.
    cues : sequence of Cue
    like : str
        The key of the earlier configuration that it shares words with.

    Examples
    --------
    >>> from p3c_qual.realist.candidates.cues import Cue
    >>> say_why("They trust her now.", [Cue(5, 10, "response"), Cue(15, 18, "change")], "c2")
    'a response (trust), a change (now); words of c2'
    """
    said = []
    for kind, label in _SHOWN.items():
        words = dict.fromkeys(
            " ".join(text[cue.start : cue.end].casefold().split())
            for cue in cues
            if cue.kind == kind
        )
        if words:
            named = ", ".join(list(words)[:3])
            said.append(f"{label} ({named})" if kind != "aim" else f"less for an aim ({named})")
    return ", ".join(said) + (f"; words of {like}" if like else "")
