"""What a configuration rests on: who says so, from where, and what speaks against it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from p3c_qual.analysis.known import read_sources
from p3c_qual.analysis.people import Speakers
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from p3c_qual.analysis.known import KnownSource
    from p3c_qual.realist.model import Configuration, Evidence

__all__ = ["AGAINST", "FOR", "Profile", "Voice", "Voices", "counts_for", "profile_of"]

#: what a passage does to a claim that speaks for it, and what speaks against it
FOR = ("supports", "refines")
AGAINST = ("contradicts", "rival")
#: a mechanism that did not work is what such a configuration claims
_UNFIRED = ("not_fired", "blocked")


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose words a passage is.

    Attributes
    ----------
    key : str
        Of the interviewee; empty of a document, and in a group interview where nobody known
        speaks.
    types : tuple of str
        Their stakeholder types.
    programme_id, programme : str
        Row id and key; empty where the source belongs to none.
    kind : str
        Of the source: ``interview``, ``document`` and so on.
    source_key : str
        Of a translation that of its original: it is the same voice.
    withdrawn : bool
        Whether the person withdrew: the words are counted for nothing any more.
    """

    key: str
    types: tuple[str, ...]
    programme_id: str
    programme: str
    kind: str
    source_key: str
    withdrawn: bool = False


class Voices:
    """Tells whose words each passage is, for all sources of a study at once.

    Parameters
    ----------
    connection : sqlalchemy.Connection
    sources : iterable of str, optional
        Row ids of group interviews that are asked about although they hold no evidence.
    """

    def __init__(self, connection: Connection, sources: Iterable[str] = ()) -> None:
        self.sources: dict[str, KnownSource] = read_sources(connection)
        programme, evidence = ROWS["programme"], ROWS["evidence"]
        rows = connection.execute(select(programme.c.key, programme.c.id)).all()
        self.programme_ids: dict[str, str] = {row.key: row.id for row in rows}
        self._speakers = Speakers(self.sources)
        used = set(connection.scalars(select(evidence.c.source).distinct())) | set(sources)
        self._speakers.prepare(connection, used & self.sources.keys())
        self._by_key = {each.key: each for each in self.sources.values()}
        self._known: dict[tuple[str, str], Voice] = {}

    def who(self, evidence: Evidence) -> Voice:
        """Return whose words the passage of some evidence is."""
        return self.at(evidence.source, evidence.start)

    def at(self, source: str, start: int) -> Voice:
        """Return whose words stand at a place of a source (row id); nobody's if it is gone."""
        if source not in self.sources:
            return Voice("", (), "", "", "", "")
        person = self._speakers.of(source, start)
        name = (source, person.id if person else "")
        if name not in self._known:
            here = self.sources[source]
            first = self.original(here)
            self._known[name] = Voice(
                person.key if person else "",
                person.types if person else (),
                self.programme_ids.get(here.programme or first.programme, ""),
                here.programme or first.programme,
                first.said["kind"],
                first.key,
                person is not None and "withdrawn" in person.consent.values(),
            )
        return self._known[name]

    def original(self, source: KnownSource) -> KnownSource:
        """Return what a source is a translation of in the end; itself where it is none."""
        seen = {source.key}
        while source.translation_of in self._by_key and source.translation_of not in seen:
            source = self._by_key[source.translation_of]
            seen.add(source.key)
        return source


@dataclass(frozen=True, slots=True)
class Profile:
    """What a configuration rests on; counted, never typed.

    Attributes
    ----------
    interviewees, stakeholder_types, programmes, source_types : tuple of str
        Whose passages support or refine it, each once; programmes are keys.
    supports, refines, contradicts, rival : int
        Passages. An interviewee who says both is counted in both.
    open : int
        Contradicting or rival passages about which nothing was decided yet.
    explicit, inferred, document_claim, undirected : int
        Supporting or refining passages by directness; undirected where none is said.
    triangulated : bool
        Two kinds of source or more.
    """

    interviewees: tuple[str, ...] = ()
    stakeholder_types: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    source_types: tuple[str, ...] = ()
    supports: int = 0
    refines: int = 0
    contradicts: int = 0
    rival: int = 0
    open: int = 0
    explicit: int = 0
    inferred: int = 0
    document_claim: int = 0
    undirected: int = 0
    triangulated: bool = False


def counts_for(configuration: Configuration, evidence: Evidence) -> bool:
    """Say whether a passage speaks for a configuration.

    A passage that says an element was *not* there speaks for nothing, with one exception: where
    the mechanism is said not to have fired, or to have been blocked, its absence is the claim.
    """
    if evidence.role not in FOR:
        return False
    if not evidence.absent:
        return True
    if configuration.activation not in _UNFIRED:
        return False
    mechanism = configuration.of_role("resource", "reasoning")
    return any(evidence.element == each.id for each in mechanism)


def profile_of(configuration: Configuration, voices: Voices) -> Profile:
    """Count what a configuration rests on.

    Parameters
    ----------
    configuration : Configuration
    voices : Voices

    Notes
    -----
    A passage that serves several elements of the configuration is one passage, and a translation
    is the voice of its original. In a group interview one speaker may have withdrawn: what they
    said is not counted, while the text still holds it.
    """
    speaking: dict[tuple[str, int, int, str], Evidence] = {}
    for each in configuration.evidence:
        told = each.role in AGAINST or counts_for(configuration, each)
        if told and not voices.who(each).withdrawn:
            place = (each.source, each.start, each.end, each.role)
            before = speaking.get(place)
            # of one passage on several elements the one that says more: how direct, or still open
            if before is None or _says_more(each, before):
                speaking[place] = each
    pro = [each for each in speaking.values() if each.role in FOR]
    heard = [voices.who(each) for each in pro]
    roles = Counter(each.role for each in speaking.values())
    direct = Counter(each.directness for each in pro)
    kinds = tuple(sorted({voice.kind for voice in heard if voice.kind}))
    return Profile(
        interviewees=tuple(sorted({voice.key for voice in heard if voice.key})),
        stakeholder_types=tuple(sorted({kind for voice in heard for kind in voice.types})),
        programmes=tuple(sorted({voice.programme for voice in heard if voice.programme})),
        source_types=kinds,
        supports=roles["supports"],
        refines=roles["refines"],
        contradicts=roles["contradicts"],
        rival=roles["rival"],
        open=sum(each.role in AGAINST and not each.resolution for each in speaking.values()),
        explicit=direct["explicit"],
        inferred=direct["inferred"],
        document_claim=direct["document_claim"],
        undirected=direct[""],
        triangulated=len(kinds) > 1,
    )


def _says_more(one: Evidence, other: Evidence) -> bool:
    if one.role in AGAINST:
        return bool(other.resolution) and not one.resolution
    return bool(one.directness) and not other.directness
