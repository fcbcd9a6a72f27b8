"""The network of configurations: which outcome becomes whose context, and what is part of what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.realist.judging.completeness import CLASSES, completeness_of
from p3c_qual.realist.judging.profile import profile_of
from p3c_qual.realist.judging.sentence import words_of
from p3c_qual.realist.outputs.held import by_key, of_words, read_held

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.figure import Figure

    from p3c_qual.realist.model import Configuration
    from p3c_qual.realist.outputs.held import Held
    from p3c_qual.study import Study

__all__ = ["KINDS", "Card", "Network", "Tie", "network_svg", "plot_network", "read_network"]

#: which configurations are drawn
KINDS = {
    "chains": "all that stand, those tied to others first",
    "linked": "only those that a chain or a nesting ties to others",
}
#: more of them are no picture any more
MOST = 120
#: which way an outcome goes, in one sign
SIGNS = {"improves": "▲", "worsens": "▼", "unchanged": "=", "mixed": "▲▼"}


@dataclass(frozen=True, slots=True)
class Card:
    """A configuration as it is drawn.

    Attributes
    ----------
    key, label, completeness : str
    programmes : tuple of str
        Keys.
    context, mechanism, outcome : str
        In words; empty where nothing is said.
    supports, contradicts : int
        Passages that support or refine it, and that contradict it or offer a rival explanation.
    """

    key: str
    label: str
    completeness: str
    programmes: tuple[str, ...]
    context: str
    mechanism: str
    outcome: str
    supports: int
    contradicts: int


@dataclass(frozen=True, slots=True)
class Tie:
    """What ties two configurations (keys): a ``chain`` to the later one, or the whole to a ``part``."""

    kind: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Network:
    """What is drawn, and what stands below it."""

    cards: tuple[Card, ...]
    ties: tuple[Tie, ...]
    caption: str


def read_network(
    study: Study,
    *,
    programme: str | Sequence[str] = "",
    theory: str = "",
    kind: str = "chains",
) -> Network:
    """Return the configurations that stand as a network.

    Parameters
    ----------
    study : Study
    programme : str or sequence of str
        Keys or row ids, as text with commas between them; only configurations of any of them.
    theory : str
        Key or row id; only configurations that test it.
    kind : str
        ``chains`` for all of them, ``linked`` for those that are tied to others.

    Raises
    ------
    P3CError
        If one of these is unknown, or there are too many configurations to be read.
    """
    if kind not in KINDS:
        valid = tuple(KINDS)
        problem = Problem(f"there is no network {kind!r}", "kind=", valid, nearest(kind, valid))
        raise P3CError(problem)
    with study.store.read() as connection:
        held = read_held(study, connection)
    chosen = {each.id: each for each in held.pick(programme=programme, theory=theory)}
    ties, beyond = _ties(held, chosen)
    tied = {name for tie in ties for name in (tie.start, tie.end)}
    some = [each for each in chosen.values() if kind == "chains" or each.key in tied]
    if len(some) > MOST:
        what = f"{len(some)} configurations are too many for one picture; {MOST} can be read"
        do = "Choose a programme or a theory, or those alone that are linked (kind linked)."
        raise P3CError(Problem(what, do=do))
    left = len(chosen) - len(some)
    kinds = [tie.kind for tie in ties]
    said = [
        " ".join([f"Network of {_many(len(some), 'configuration')}", *of_words(programme, theory)]),
        f"{_many(kinds.count('chain'), 'chain')}, {_many(kinds.count('part'), 'nesting')}",
        *([f"{_many(left, 'configuration')} without a link not drawn"] if left else []),
        *([f"{_many(beyond, 'link')} to configurations that are not drawn"] if beyond else []),
    ]
    return Network(tuple(_card(held, each) for each in some), tuple(ties), ". ".join(said))


def plot_network(
    study: Study,
    *,
    programme: str | Sequence[str] = "",
    theory: str = "",
    kind: str = "chains",
) -> Figure:
    """Draw the configurations that stand, and how the outcome of one becomes a context of the next.

    Parameters
    ----------
    study : Study
    programme : str or sequence of str
        Keys or row ids, as text with commas between them; only configurations of any of them.
    theory : str
        Key or row id; only configurations that test it.
    kind : str
        ``chains`` for all of them, ``linked`` for those that a chain or a nesting ties to others.

    Returns
    -------
    matplotlib.figure.Figure
        A card a configuration, with its context, mechanism and outcome from top to bottom; chains
        run down from outcome to context. The colour is the programme, the line says whether
        something speaks against it. As wide as a sheet of A3 shows largest.

    Raises
    ------
    P3CError
        If one of these is unknown, or there are no configurations, or too many to be read.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> plot_network(study)
    Traceback (most recent call last):
        ...
    p3c_qual.errors.P3CError: there is nothing to draw: no configuration stands. Make one first in the Configure view.
    """
    from p3c_qual.realist.outputs.network_figure import draw_network

    network = read_network(study, programme=programme, theory=theory, kind=kind)
    if not network.cards:
        of = "".join(f" {each}" for each in of_words(programme, theory))
        stands = "stands" if kind == "chains" else "is linked to another"
        what = f"there is nothing to draw: no configuration{of} {stands}"
        raise P3CError(Problem(what, do="Make one first in the Configure view.", code="empty"))
    return draw_network(network)


def network_svg(
    study: Study,
    *,
    programme: str | Sequence[str] = "",
    theory: str = "",
    kind: str = "chains",
) -> str:
    """Return the same picture as SVG; the card of a configuration has the id ``cmo-KEY``.

    Parameters
    ----------
    study : Study
    programme, theory, kind : str
        As `plot_network` takes them.

    Raises
    ------
    P3CError
        If one of these is unknown, or there are no configurations, or too many to be read.
    """
    from p3c_qual.analysis.canvas import svg_bytes

    figure = plot_network(study, programme=programme, theory=theory, kind=kind)
    return svg_bytes(figure, words=True).decode("utf-8")


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _ties(held: Held, chosen: dict[str, Configuration]) -> tuple[list[Tie], int]:
    """Return the ties between configurations that are drawn, and how many lead elsewhere."""
    ties, beyond = [], 0
    for link in held.realist.links:
        ends = (link.configuration in chosen, link.other in chosen)
        if not link.counts or not all(ends):
            beyond += link.counts and any(ends)
            continue
        one, other = chosen[link.configuration].key, chosen[link.other].key
        part = link.relation == "part_of"
        tie = Tie("part", other, one) if part else Tie("chain", one, other)
        if tie not in ties and one != other:
            ties.append(tie)
    return sorted(ties, key=lambda tie: (by_key(tie.start), by_key(tie.end), tie.kind)), beyond


def _card(held: Held, each: Configuration) -> Card:
    profile = profile_of(each, held.voices)
    resource, reasoning = (held.words(each, role) for role in ("resource", "reasoning"))
    mechanism = " → ".join(filter(None, (resource, reasoning))) or held.mechanism_of(each)
    outcomes = [
        f"{SIGNS.get(part.direction, '')} {words}".strip()
        for part in each.of_role("outcome")
        if (words := words_of(part, each))
    ]
    return Card(
        each.key,
        each.label,
        CLASSES[completeness_of(each)],
        held.programmes_of(each),
        held.words(each, "context"),
        mechanism,
        "; ".join(outcomes),
        profile.supports + profile.refines,
        profile.contradicts + profile.rival,
    )
