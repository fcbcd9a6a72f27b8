"""The heads of turns: labels at the start of lines, and which of them are meant as such."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from p3c_qual.sources.labels import (
    NO_SPEAKERS,
    WORDS,
    is_known,
    is_name,
    label_key,
    roles_of,
    same_person,
)
from p3c_qual.sources.stamps import STAMP

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

__all__ = ["Head", "find_heads"]

# Every quantifier is bounded or possessive, so that no line can make the search go back far.
_WORD = r"[^\W\d_][^\s:：\[\](){}<>#*\"“”„!?,;…]{0,39}+"
# a name may be masked: `Mr [name]:`
_MASK = r"\[[^\[\]\n:]{1,20}+\]"
_NAME = rf"{_WORD}(?:[ \xa0](?:{_WORD}|{_MASK}|\d{{1,3}})){{0,3}}+"
_EMPHASIS = r"[*_]{0,3}+"
_SHORT = r"\d{1,3}:[0-5]\d"
_BLANK = r"[ \t\xa0]*+"
_BEFORE = rf"(?:(?P<before>{STAMP}|{_SHORT}(?=\s)){_BLANK}(?:\n{_BLANK}){{0,2}})?"
_VOICE = r"<v(?:\.[\w.]{1,40}+)?[ \t](?P<voice>[^>\n]{1,60}+)>"
_BOX = rf"\[(?P<boxed>{_NAME})\]{_EMPHASIS}(?P<colon>[ ]?[:：]{_EMPHASIS})?"
_COLON = (
    rf"(?P<name>{_NAME})(?:[ ]?(?:(?P<between>{STAMP})|\((?P<aside>[^()\n]{{1,40}}+)\)))?{_EMPHASIS}"
    rf"[ \xa0\u202f]?[:：](?![/\\\d]){_EMPHASIS}"
)
_TIMED = rf"(?P<timed>{_NAME})(?:[ \t\xa0]++|\n)(?P<beside>{STAMP}|{_SHORT}){_BLANK}(?=\n|\Z)"
# after a letter alone a sentence has to begin, so that `I think` and `A GP` are left in peace
_SENTENCE = r"(?=[\"“„«‘(\[¿¡…]?[A-ZÀ-ÖØ-Þ](?:[^\WA-Z]|['’\s,.]))"
_BARE = (
    rf"(?P<bare>[A-Z]\d{{0,2}}|INT|Int|(?i:{'|'.join(sorted(WORDS, key=len, reverse=True))})"
    rf"(?: ?\d{{1,2}})?){_EMPHASIS}(?:\t|[ \xa0]++{_SENTENCE}| *(?=\n)| *\Z)"
)
_HEAD = (
    rf"{_BLANK}(?:> ?)?{_BEFORE}(?:{_VOICE}|{_EMPHASIS}(?:{_BOX}|{_COLON}|{_TIMED}|{_BARE}))"
    rf"(?:{_BLANK}(?P<after>{STAMP}))?{_BLANK}"
)
_AT_START = re.compile(_HEAD)
_AT_BARE = re.compile(
    rf"{_BLANK}(?:> ?)?{_BEFORE}{_EMPHASIS}{_BARE}(?:{_BLANK}(?P<after>{STAMP}))?{_BLANK}"
)
_AFTER_NEWLINE = re.compile(r"\n" + _HEAD)
_GROUPS = (
    *("voice", "boxed", "name", "timed", "bare", "colon", "aside"),
    *("before", "between", "beside", "after"),
)
_CLOSING = frozenset(".?!…\"”’')]}»#")


class Head(NamedTuple):
    """The head of a turn.

    Attributes
    ----------
    start, body : int
        Where it starts, and where speech begins.
    label, key : str
        The label as written, and what its writings have in common.
    kind : str
        ``colon``, ``bracket``, ``box`` (brackets alone), ``voice``, ``timed`` or ``bare``.
    time : str
        The stamp beside the label, if any.
    """

    start: int
    body: int
    label: str
    key: str
    kind: str
    time: str


def find_heads(
    text: str, *, interviewer: str = "", people: Collection[str] = ()
) -> tuple[list[Head], str, tuple[str, ...]]:
    r"""Find the heads of the turns.

    Parameters
    ----------
    text : str
        The stored text.
    interviewer : str
        Name or initials of who asked, where known.
    people : collection of str
        Labels that are known to be speakers', such as the interviewees' codes; one occurrence
        is enough for them.

    Returns
    -------
    tuple of (list of Head, str, tuple of str)
        The heads, the interviewer whom the particulars above them name, and what looks like a
        label but stands only once and was left in the text.

    Examples
    --------
    >>> heads, _, _ = find_heads("I: Well?\nR: I was there.\nI was early.")
    >>> [head.label for head in heads]
    ['I', 'R']
    """
    found = _candidates(text)
    marked = Counter(h.key for h in found if h.kind not in {"bare", "box"})
    boxed = Counter(h.key for h in found if h.kind == "box")
    together = marked | boxed
    known = {key for key in together if is_known(key, together)}
    known |= together.keys() & {label_key(name) for name in people}
    spoken = {h.key for h in found if h.kind == "voice"}
    names = {h.key for h in found if marked[h.key] > 1 and is_name(h.label)} - known
    if names and not known and not spoken:
        first, sure = (
            max(map(marked.__getitem__, names)),
            any(same_person(k, interviewer) for k in names),
        )
        share = sum(map(marked.__getitem__, names)) / _blocks(text)
        if not sure and (share < 0.2 if len(names) > 1 else first < 3 or share < 0.5):
            names = set()
    labels = {key for key in known if marked[key]} | spoken | names
    in_boxes = {key for key in boxed if key in known or key in labels}
    others = {h.key for h in found if h.kind == "box" and boxed[h.key] > 1 and is_name(h.label)}
    if len(others) > 1 and sum(boxed[key] for key in others) * 3 >= _blocks(text):
        in_boxes |= others
    kept = [
        h for h in found if h.key in (in_boxes if h.kind == "box" else labels) and h.kind != "bare"
    ]
    kept, named = _without_particulars(text, kept)
    bare = _bare(text, [h for h in found if h.kind == "bare"], {h.key for h in kept})
    heads = sorted([*kept, *bare]) if bare else kept
    if len(heads) == 1 and (heads[0].key not in known or text[: heads[0].start].strip()):
        return [], named, ()
    once = (
        {}
        if not heads
        else {
            h.label: None
            for h in found
            if h.kind == "colon"
            and marked[h.key] == 1
            and h.start > heads[0].start
            and h.key not in labels
            and is_name(h.label)
        }
    )
    return heads, named, tuple(once)


def _candidates(text: str) -> list[Head]:
    """List everything at the start of a line that may be a label."""
    first = _AT_START.match(text)
    found = [_head(first, first.start())] if first else []
    begin = first.end() if first else 0
    found += [_head(match, match.start() + 1) for match in _AFTER_NEWLINE.finditer(text, begin)]
    return [_without_colon(text, head) for head in found]


def _without_colon(text: str, head: Head) -> Head:
    """Read `R He said: ...` as what `R` says, since a colon may stand in a sentence too."""
    if head.kind != "colon" or is_name(head.label):
        return head
    match = _AT_BARE.match(text, head.start)
    if match is None:
        return head
    label = match["bare"]
    time = match["before"] or match["after"] or ""
    return Head(head.start, match.end(), label, label_key(label), "bare", time)


def _head(match: re.Match[str], start: int) -> Head:
    voice, boxed, name, timed, bare, colon, aside, *stamps = match.group(*_GROUPS)
    label = (voice or boxed or name or timed or bare).strip("*_ ")
    key = label_key(label)
    if aside and aside.split()[0].casefold() not in NO_SPEAKERS and not is_known(key, ()):
        label, key = f"{label} ({aside})", f"{key} ({label_key(aside)})"
    if name:
        kind = "colon"
    elif boxed:
        kind = "bracket" if colon else "box"
    else:
        kind = "voice" if voice else "timed" if timed else "bare"
    time = next((stamp for stamp in stamps if stamp), "")
    return Head(start, match.end(), label, key, kind, time)


def _blocks(text: str) -> int:
    """Count what labels are expected to open: paragraphs, or lines where no line is blank."""
    blank = len(re.findall(r"\n[^\S\n]*+\n\s*+(?=\S)", text))
    return (blank or len(re.findall(r"\n(?=[^\n])", text))) + 1


def _without_particulars(text: str, heads: list[Head]) -> tuple[list[Head], str]:
    """Leave out lines such as `Interviewer: Anna Smith` above the talk; return that name."""
    counts = Counter(head.key for head in heads)
    first = next((head.start for head in heads if counts[head.key] > 1), 0)
    kept, named = list[Head](), list[str]()
    for head in heads:
        if head.start < first and head.kind == "colon" and head.key in WORDS:
            rest = text[head.body : head.body + 80].split("\n", 1)[0].strip()
            if len(rest) <= 60 and not rest.endswith((".", "?", "!", "…")):
                if roles_of([head.key])[head.key] == "interviewer":
                    named.append(rest)
                continue
        kept.append(head)
    return kept, ";".join(named)


def _bare(text: str, heads: list[Head], labels: set[str]) -> Iterable[Head]:
    """Keep labels without any mark where the text vouches for them; `I` is mostly a pronoun."""
    counts = Counter(head.key for head in heads)
    if labels:
        usual = {key for key in counts if counts[key] > 1 and is_known(key, labels | {key})}
        usual |= labels
        return [
            h
            for h in heads
            # a line may well begin with the words I, A or B; hardly with R
            if h.key in usual and (h.key == "r" or len(h.key) > 1 or _opens_a_turn(text, h.start))
        ]
    known = [head for head in heads if is_known(head.key, counts)]
    counts = Counter(head.key for head in known)
    changes = sum(one.key != two.key for one, two in pairwise(known))
    takes_turns = (
        len(counts) > 1
        and (len(known) < 4 or min(counts.values()) > 1)
        and changes * 5 >= (len(known) - 1) * 3
        and len(known) * 3 >= _blocks(text)
        and "interviewer" in roles_of(counts).values()
    )
    return known if takes_turns else []


def _opens_a_turn(text: str, start: int) -> bool:
    """Whether what stands before is finished, so that no sentence runs on into this line."""
    at = start - 1
    while at >= 0 and text[at].isspace():
        at -= 1
    return at < 0 or text[at] in _CLOSING or text.count("\n", at, start) > 1
