"""Names in what is printed: found, and decided once for the whole study."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from sqlalchemy import select

from p3c_qual.coding.spots import clean, ids_for
from p3c_qual.description.printed import BARE
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.privacy.patterns import find_contacts
from p3c_qual.store.schema import ROWS
from p3c_qual.store.words import fold_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Connection

    from p3c_qual.opened import Opened

__all__ = ["KINDS", "Kept", "Named", "find_names", "fold_name", "forget_name", "keep_name"]
__all__ += ["kept_rows", "looks_for"]

#: what a model calls a name, as people do; dates and numbers are none
KINDS = {
    "PERSON": "person",
    "PER": "person",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
}
_TITLES = "Dr|Mr|Mrs|Ms|Miss|Prof|Professor|Sister|Sir|Dame|Herr|Frau"
_TITLED = re.compile(
    rf"\b(?:{_TITLES})\b\.? "
    r"(?![XYZ]\b)(?P<name>[^\W\d_a-z][\w’-]+(?: [^\W\d_a-z][\w’-]+)?)"
)
#: the label of a turn is no name
_LABEL = re.compile(r"(?m)^[ \t]*[\w.-]{1,10}:")
#: whoever is called by a title is the same person without it
_EDGES = re.compile(rf"^(?:the|The|THE|{_TITLES})\b\.?\s+|['’]s?$|^[\W_]+|[\W_]+$")


@dataclass(frozen=True, slots=True)
class Named:
    """A name as it stands in a text.

    Attributes
    ----------
    name : str
    kind : str
        ``person``, ``organisation``, ``place``, or ``contact``: an address or a number.
    """

    name: str
    kind: str


def keep_name(
    study: Opened, name: str, reason: str, *, coder: str | None = None, id: str | None = None
) -> str:
    """Say that a name may be printed, in the whole study, and why; returns the row id.

    Parameters
    ----------
    study : Study
    name : str
        As it is printed; case and an article before it make no difference.
    reason : str
        Such as: the programme goes by this name in public.
    coder : str, optional
        Who decides; by default who works here.
    id : str, optional
        Of the act.

    Raises
    ------
    P3CError
        If the name or the reason is empty.
    """
    from p3c_qual.realist.writing import who

    with study.act("keep a name", id=id) as act:
        word, why = clean(name), clean(reason)
        problems = [] if fold_name(word) else [Problem("it is not said which name is kept")]
        if not why:
            what = "a name that is printed needs a reason"
            problems.append(Problem(what, do="Say why it may be known, or mask it."))
        if problems:
            raise P3CError(problems)
        if there := kept_rows(act.connection).get(fold_name(word)):
            act.update("kept_name", {there.id: {"reason": why}})
            return there.id
        row = {
            "id": ids_for(act, "kept_name", [(fold_name(word),)])[0],
            "name": word,
            "reason": why,
            "coder": who(act, study, coder),
        }
        return act.insert("kept_name", [row])[0]


def forget_name(study: Opened, name: str, *, id: str | None = None) -> bool:
    """Say that it is not decided any more whether a name may be printed.

    Parameters
    ----------
    study : Study
    name : str
    id : str, optional
        Of the act.

    Raises
    ------
    P3CError
        If the name is not kept.
    """
    with study.act("decide on a name anew", id=id) as act:
        kept = kept_rows(act.connection)
        if fold_name(name) not in kept:
            valid = tuple(sorted(each.name for each in kept.values()))
            what = f"{name[:60]!r} is not among the names that are kept"
            raise P3CError(Problem(what, "", valid, nearest(name, valid), code="gone"))
        return bool(act.delete("kept_name", [kept[fold_name(name)].id]))


def find_names(texts: Iterable[str], language: str) -> dict[str, tuple[Named, ...]]:
    """Return by text the names of people, organisations and places that stand in it.

    A name that was found in one of the texts is looked for in all of them, since a model may pass
    it over. Without a model for the language only names behind a title are found; `looks_for`
    tells.

    Parameters
    ----------
    texts : iterable of str
    language : str
        A name or a code.

    Examples
    --------
    >>> found = find_names(["Dr Miller asked Mrs X."], "xx")
    >>> found["Dr Miller asked Mrs X."]
    (Named(name='Miller', kind='person'),)
    """
    wanted = list(dict.fromkeys(text for text in texts if text.strip()))
    read = _read(language, wanted)
    every: dict[str, Named] = {}
    for text in wanted:
        for each in read[text]:
            every.setdefault(fold_name(each.name), each)
    again = _pattern(every)
    found: dict[str, tuple[Named, ...]] = {}
    for text in wanted:
        here = {fold_name(each.name): each for each in read[text]}
        covered = "\n".join(here)
        for match in again.finditer(text) if again else ():
            key = fold_name(match[0])
            # part of a longer name of this text is no name of its own
            if key in every and key not in here and key not in covered:
                here[key] = Named(match[0], every[key].kind)
        found[text] = tuple(here.values())
    return found


def looks_for(language: str) -> bool:
    """Say whether a model is installed that finds names in a language."""
    from p3c_qual.language.pipeline import pipeline_of

    return "ner" in pipeline_of(language).nlp.pipe_names


def fold_name(name: str) -> str:
    """Return what makes a name the same name.

    Examples
    --------
    >>> fold_name("The  Red Cross’s "), fold_name("red cross")
    ('red cross', 'red cross')
    """
    return fold_text(_bare(name))


@dataclass(frozen=True, slots=True)
class Kept:
    """A name that was decided on: its row id, and why it may be printed."""

    id: str
    name: str
    reason: str


def kept_rows(connection: Connection) -> dict[str, Kept]:
    """Return the names that were decided on by what makes them the same name."""
    rows = ROWS["kept_name"]
    wanted = select(rows.c.id, rows.c.name, rows.c.reason).order_by(rows.c.id.desc())
    return {
        fold_name(row.name or ""): Kept(row.id, row.name or "", row.reason or "")
        for row in connection.execute(wanted)
    }


def _bare(name: str) -> str:
    before, word = "", " ".join(name.split())
    while before != word:
        before, word = word, _EDGES.sub("", word)
    return word


#: by language and text; a study is checked again and again while it is written
_FOUND: dict[tuple[str, str], tuple[Named, ...]] = {}
_MOST = 20_000


def _read(language: str, texts: list[str]) -> Mapping[str, tuple[Named, ...]]:
    """Return by text what the model and the rule find in it."""
    from p3c_qual.language.pipeline import code_of, pipeline_of

    code = code_of(language)
    new = [text for text in texts if (code, text) not in _FOUND]
    if new:
        nlp = pipeline_of(language).nlp
        if len(_FOUND) + len(new) > _MOST:
            _FOUND.clear()
            new = texts
        shown = [_LABEL.sub("", text).replace("[", "").replace("]", "") for text in new]
        if "ner" in nlp.pipe_names:
            others = [name for name in nlp.pipe_names if name not in {"tok2vec", "ner"}]
            docs = nlp.pipe(shown, batch_size=64, disable=others)
            entities = [[(each.text, each.label_) for each in doc.ents] for doc in docs]
        else:
            entities = [[] for _ in new]
        for text, words, said in zip(new, shown, entities, strict=True):
            titled = [(_capital(match["name"]), "PERSON") for match in _TITLED.finditer(words)]
            contacts = (Named(each, "contact") for each in find_contacts(text))
            _FOUND[code, text] = (*_names([*said, *titled]), *contacts)
    return {text: _FOUND[code, text] for text in texts}


def _capital(words: str) -> str:
    """Return the words before the first one that begins with a small letter."""
    found = words.split(" ")
    return " ".join(found if all(each[0].isupper() for each in found) else found[:1])


def _names(said: Iterable[tuple[str, str]]) -> tuple[Named, ...]:
    found: dict[str, Named] = {}
    for words, label in said:
        name = _bare(words)
        told = name.replace(".", "")
        # a mask, an initial, and what nobody writes as a name
        if label not in KINDS or len(told) < 2 or BARE.fullmatch(name) or name == name.lower():
            continue
        found.setdefault(fold_name(name), Named(name, KINDS[label]))
    return tuple(found.values())


def _pattern(names: Mapping[str, Named]) -> re.Pattern[str] | None:
    """Return what finds these names as they are written."""
    return _compiled(
        tuple(sorted({each.name for each in names.values()}, key=lambda n: (-len(n), n)))
    )


@lru_cache(maxsize=8)
def _compiled(names: tuple[str, ...]) -> re.Pattern[str] | None:
    if not names:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")
