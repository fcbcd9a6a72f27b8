"""What the tables of the realist layer are made of: the layer, and the names of what it points to."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.analysis.cache import kept
from p3c_qual.analysis.several import several
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.mayring.about import warn_of_refusals
from p3c_qual.realist.judging.profile import Voices, counts_for
from p3c_qual.realist.judging.sentence import words_of
from p3c_qual.realist.read import read_realist
from p3c_qual.realist.vocabulary import label_of
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection

    from p3c_qual.realist.model import Configuration, Element, Evidence
    from p3c_qual.study import Study

__all__ = ["NOT_SAID", "NO_PROGRAMME", "Held", "by_key", "of_words", "read_held"]

#: an outcome of which a property is not said, beside one of which it is
NOT_SAID = "not said"
#: a group of configurations that are of no programme
NO_PROGRAMME = "(no programme)"
#: what is said of an outcome, and the list of the codebook its values are in
_OF_OUTCOMES = {
    "direction": "direction",
    "timing": "timing",
    "intended": "intended",
    "domain": "outcome_domain",
}
_STATES = {"split": "split", "merged": "merged into another", "set_aside": "set aside"}


def of_words(*names: str | Sequence[str]) -> list[str]:
    """Return what a title says of what a table was narrowed down to.

    Examples
    --------
    >>> of_words("north, quay", "", "trust")
    ['of north and quay', 'of trust']
    """
    return [f"of {' and '.join(some)}" for each in names if (some := several(each))]


def by_key(key: str) -> tuple[Any, ...]:
    """Return what keys are ordered by, so that c2 stands before c10.

    Examples
    --------
    >>> sorted(["c10", "c2", "TL-1"], key=by_key)
    ['TL-1', 'c2', 'c10']
    """
    return tuple(
        (0, int(part), "") if part.isdecimal() else (1, 0, part)
        for part in re.split(r"(\d+)", key)
        if part
    )


class Held:
    """The realist layer as it is read, with the names of what its rows point to.

    Attributes
    ----------
    realist : Realist
    voices : Voices
    programmes : dict of str to str
        Key by row id.
    coders : dict of str to str
        The same.
    """

    def __init__(self, connection: Connection) -> None:
        programme, coder = ROWS["programme"], ROWS["coder"]
        self.realist = read_realist(connection)
        self.voices = Voices(connection)
        self.programmes: dict[str, str] = dict(
            connection.execute(select(programme.c.id, programme.c.key)).all()
        )
        self.coders: dict[str, str] = dict(
            connection.execute(select(coder.c.id, coder.c.key)).all()
        )

    def programmes_of(self, configuration: Configuration) -> tuple[str, ...]:
        """Return the programme (key) that a configuration is of.

        Where none is said, those from which the passages come that speak for it.
        """
        if configuration.programme in self.programmes:
            return (self.programmes[str(configuration.programme)],)
        found = {
            self.voices.who(each).programme
            for each in configuration.evidence
            if counts_for(configuration, each)
        }
        return tuple(sorted(found - {""}))

    def theory_of(self, configuration: Configuration) -> str:
        """Return the key of the theory a configuration tests, or an empty text."""
        theory = self.realist.theories.get(configuration.theory or "")
        return theory.key if theory else ""

    def mechanism_of(self, configuration: Configuration) -> str:
        """Return the name of its mechanism, or an empty text."""
        mechanism = self.realist.mechanisms.get(configuration.mechanism or "")
        return (mechanism.label or mechanism.key) if mechanism else ""

    def pick(
        self, *, programme: str | Sequence[str] = "", theory: str = "", mechanism: str = ""
    ) -> list[Configuration]:
        """Return the configurations that stand, in the order of their keys.

        Parameters
        ----------
        programme : str or sequence of str
            Keys or row ids, as text with commas between them; only configurations of any of them.
        theory, mechanism : str
            Keys or row ids; only configurations of them.

        Raises
        ------
        P3CError
            If one of them is unknown.
        """
        keys, problems = set(), []
        for name in several(programme):
            found = _found(self.programmes, "programme", name)
            if isinstance(found, Problem):
                problems.append(found)
            else:
                keys.add(self.programmes[found])
        ids: dict[str, str] = {}
        for what, name in (("theory", theory), ("mechanism", mechanism)):
            one = _found(self._known(what), what, name) if name else ""
            if isinstance(one, Problem):
                problems.append(one)
            else:
                ids[what] = one
        if problems:
            raise P3CError(problems)
        chosen = [
            each
            for each in self.realist.standing
            if (not theory or each.theory == ids["theory"])
            and (not mechanism or each.mechanism == ids["mechanism"])
            and (not keys or not keys.isdisjoint(self.programmes_of(each)))
        ]
        return sorted(chosen, key=lambda each: by_key(each.key))

    def named(self, what: str, name: str) -> str:
        """Return the row id of a ``theory`` or a ``mechanism`` by its key or row id.

        Empty where nothing is named.

        Raises
        ------
        P3CError
            If it is unknown.
        """
        found = _found(self._known(what), what, name) if name else ""
        if isinstance(found, Problem):
            raise P3CError(found)
        return found

    def _known(self, what: str) -> dict[str, str]:
        realist = self.realist
        rows = realist.theories if what == "theory" else realist.mechanisms
        return {each.id: each.key for each in rows.values()}

    def words(self, configuration: Configuration, *roles: str) -> str:
        """Return what the elements of these roles say, with ``;`` between them."""
        elements = configuration.of_role(*roles)
        return "; ".join(filter(None, (words_of(each, configuration) for each in elements)))

    def of_outcomes(self, configuration: Configuration, name: str) -> str:
        """Return a property of each outcome, by its label; `NOT_SAID` where it has none."""
        values = [getattr(each, name) for each in configuration.of_role("outcome")]
        return "; ".join(label_of(_OF_OUTCOMES[name], each).lower() or NOT_SAID for each in values)

    def outcome_terms(self, configuration: Configuration) -> str:
        """Return what is said of each outcome, in words; what is not said is left out."""
        said = [
            ", ".join(
                label_of(terms, getattr(each, name)).lower()
                for name, terms in _OF_OUTCOMES.items()
                if getattr(each, name)
            )
            for each in configuration.of_role("outcome")
        ]
        return "; ".join(each or NOT_SAID for each in said)

    def place(self, evidence: Evidence) -> str:
        """Return where a passage stands, as ``source:start-end``."""
        source = self.voices.sources.get(evidence.source)
        return f"{source.key if source else 'a removed source'}:{evidence.start}-{evidence.end}"

    def not_standing(self) -> list[str]:
        """Return what is said of configurations that do not stand and are not counted."""
        found = Counter(each.state for each in self.realist.configurations.values() if each.state)
        if not found:
            return []
        said = ", ".join(f"{found[name]} {word}" for name, word in _STATES.items() if found[name])
        return [f"Not counted, since they do not stand any more: {said}."]

    def notices(self, connection: Connection, evidence: Iterable[Evidence]) -> list[str]:
        """Return what has to be known before quotes of some evidence are passed on."""
        return warn_of_refusals(connection, {each.source for each in evidence})

    def spoken(self, configurations: Iterable[Configuration]) -> list[Evidence]:
        """Return the evidence whose quotes stand for elements that have no words of their own."""
        return [
            item
            for each in configurations
            for item in each.evidence
            if (part := self.element(each, item.element)) and not part.text
        ]

    def element(self, configuration: Configuration, name: str | None) -> Element | None:
        """Return an element of a configuration by its row id."""
        return next((each for each in configuration.elements if each.id == name), None)


def _found(known: dict[str, str], what: str, name: str) -> str | Problem:
    """Return the row id of something by its key or row id, or what is wrong with its name."""
    found = next((one for one, key in known.items() if name in {one, key}), None)
    if found is not None:
        return found
    valid = tuple(sorted(known.values()))
    said = f"there is no {what} {name[:60]!r}"
    return Problem(said, f"{what}=", valid, nearest(name, valid))


def read_held(study: Study, connection: Connection) -> Held:
    """Read it, once until somebody writes."""
    found: Held = kept(study, connection, "realist", lambda: Held(connection))
    return found
