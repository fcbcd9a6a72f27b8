"""What the words of an element give away: an activity, a response, something that was brought in.

The lists are English. Where a text holds a word they do not know, or one of another language,
nothing is said of it: a warning that is missing does less harm than one that is wrong.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from p3c_qual.realist.lists import read_lists

__all__ = ["brought_in", "named_activities", "repeats", "responses"]

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")

_PROGRAMME = r"(?:the\s+)?(?:programme|program|intervention|project|pilot)"
_BY_PROGRAMME = re.compile(
    rf"\b(?:(?:by|through|within|from|of)\s+{_PROGRAMME}\b|{_PROGRAMME}['’]s\b"
    rf"|{_PROGRAMME}\s+(?:brings|brought|gives|gave|provides|provided|offers|offered)\b"
    r"|(?:rolled|rolling)\s+out\b|(?:was|were|is|are|been)\s+set\s+up\b)",
    re.IGNORECASE,
)
#: of such words those that say where it comes from
_SIGNS = frozenset(
    ("programme", "program", "intervention", "project", "pilot", "rolled", "rolling", "set")
)
#: words before an activity that may say which one it is, as in "heart failure clinic"
_COMPOUND = 2


@lru_cache(maxsize=1)
def _lists() -> dict[str, frozenset[str]]:
    read = read_lists(Path(__file__).parent / "words_en.yml")
    return {name: frozenset(words.split()) for name, words in read.items()}


@lru_cache(maxsize=1)
def _response() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_lists()["response"])))


def named_activities(text: str) -> tuple[str, ...]:
    """Return the words that name an activity or a structure, if a text names nothing else.

    Every other word must be one that goes with it: who takes part, how often, or which one
    ("heart failure clinic"). One word of a response, or one that is not known, and the answer is
    empty.

    Examples
    --------
    >>> named_activities("Weekly MDT meeting"), named_activities("training of the nurses")
    (('MDT', 'meeting'), ('training',))
    >>> named_activities("they trust each other in the team meeting")
    ()
    >>> named_activities("Vertrauen im Team"), named_activities("wöchentliche Sitzung")
    ((), ())
    """
    lists, response = _lists(), _response()
    said = _WORD.findall(text)
    found: list[str] = []
    unknown: list[str] = []
    for word in said:
        plain = _plain(word)
        if response.match(plain) or plain in lists["negations"] | lists["foreign"]:
            return ()
        if _one_of(plain, lists["activities"]) or plain in lists["doing"]:
            found.append(word)
            unknown.clear()
        elif _one_of(plain, lists["beside"]):
            if unknown:
                return ()
        else:
            unknown.append(plain)
            if len(unknown) > _COMPOUND or not plain.isascii() or len(plain) < 3:
                return ()
    return () if unknown else tuple(dict.fromkeys(found))


def responses(text: str) -> tuple[str, ...]:
    """Return the words of a text that say what somebody makes of it, or does because of it.

    Examples
    --------
    >>> responses("a longer talk, so that she feels heard")
    ('feels', 'heard')
    """
    return tuple(dict.fromkeys(w for w in _WORD.findall(text) if _response().match(_plain(w))))


def brought_in(text: str) -> tuple[str, ...]:
    """Return the words by which a context looks like something the programme brought.

    An activity or a structure has to be named, and with it that it is new, was introduced, is the
    programme's, or joins one with another. What is said not to be there, or to have been there
    before, is none.

    Examples
    --------
    >>> brought_in("a new shared record was introduced"), brought_in("the programme's training")
    (('new', 'record', 'introduced'), ('programme', 'training'))
    >>> brought_in("hubs that join hospital and practices"), brought_in("practices join the hub")
    (('hubs', 'join'), ())
    >>> brought_in("the teams had worked together for years"), brought_in("no new roles yet")
    ((), ())
    """
    lists = _lists()
    said = _WORD.findall(text)
    plain = [_plain(word) for word in said]
    silent = lists["negations"] | lists["before"] | lists["foreign"]
    if not silent.isdisjoint(plain) or any(map(_response().match, plain)):
        return ()
    things = [
        _one_of(word, lists["activities"]) and not _one_of(word, lists["conditions"])
        for word in plain
    ]
    by = _BY_PROGRAMME.search(text)
    whose = {_plain(word) for word in _WORD.findall(by[0])} & _SIGNS if by else set()
    signs = {
        number
        for number, word in enumerate(plain)
        if word in lists["brought"] | whose
        or (word == "new" and any(things[number + 1 : number + 4]))
        or (word in lists["joining"] and _joins(plain, things, number))
    }
    named = {number for number, thing in enumerate(things) if thing} - signs
    if not signs or not named:
        return ()
    return tuple(dict.fromkeys(_bare(said[number]) for number in sorted(signs | named)))


def _joins(words: list[str], things: list[bool], at: int) -> bool:
    """Say whether it is an activity or a structure that joins here, and one with another."""
    subject = at - 2 if at > 1 and words[at - 1] in {"that", "which", "to"} else at - 1
    return subject >= 0 and things[subject] and "and" in words[at + 1 :]


def repeats(text: str, other: str) -> tuple[str, ...]:
    """Return the words of a text if another one has them all; two at least, or it is the same.

    Works in any language. What is said not to be there, or to have been there before, repeats
    nothing.

    Examples
    --------
    >>> repeats("Shared list", "a shared list of patients"), repeats("Gemeinsame Liste", "gemeinsame Liste")
    (('Shared', 'list'), ('Gemeinsame', 'Liste'))
    >>> repeats("no shared list", "a shared list of patients"), repeats("time", "time to talk")
    ((), ())
    """
    lists = _lists()
    said = _WORD.findall(text)
    here, there = [_plain(word) for word in said], {_plain(word) for word in _WORD.findall(other)}
    if ({*here} & (lists["negations"] | lists["before"])) - there:
        return ()
    light = lists["beside"] - {"joint", "shared"}
    weighty = [word for word in said if len(word) > 3 and _plain(word) not in light]
    same = bool(here) and here == [_plain(word) for word in _WORD.findall(other)]
    if same or (len(weighty) > 1 and {_plain(word) for word in weighty} <= there):
        return tuple(dict.fromkeys(weighty or said))
    return ()


def _plain(word: str) -> str:
    return _bare(word).casefold()


def _bare(word: str) -> str:
    return word.partition("'")[0].partition("’")[0]


def _one_of(word: str, known: frozenset[str]) -> bool:
    """Say whether a word is one of these, in the singular or the plural."""
    return word in known or any(word.removesuffix(end) in known for end in ("s", "es"))
