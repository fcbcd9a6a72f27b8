"""Linked coding: spans with their roles become one configuration, a dyad or a triad, at once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.coding.spots import Spot, Spots, clean
from p3c_qual.errors import P3CError, Problem
from p3c_qual.realist.building.configurations import configuration_row
from p3c_qual.realist.building.elements import NewElement, element_rows, insert_elements
from p3c_qual.realist.building.evidence import insert_evidence, said_of
from p3c_qual.realist.read import find_configuration
from p3c_qual.realist.writing import check_stands, find, shorten, who
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from p3c_qual.opened import Opened
    from p3c_qual.realist.model import Configuration
    from p3c_qual.store.act import Act

__all__ = ["RoleSpan", "link_spans"]

_NUMBER = re.compile(r"#([1-9]\d{0,5})")


@dataclass(frozen=True, slots=True)
class RoleSpan:
    """A span with the role it takes.

    Attributes
    ----------
    role : str
        One of `vocabulary.ROLES`.
    source : str
        Key or row id.
    start, end : int
        Half-open, in code points.
    text : str
        The element in the analyst's words.
    element : str
        It is one more voice of this element: a row id, or ``#2`` for that of the second span.
    direction : str
        Of an outcome.
    elicited, directness : str
        See `evidence.add_evidence`.
    absent : bool
        The passage says that it was not there.
    evidence_role : str
        What the passage does to the claim.
    remark : str
    """

    role: str
    source: str
    start: int
    end: int
    text: str = ""
    element: str = ""
    direction: str = ""
    elicited: str = ""
    directness: str = ""
    absent: bool = False
    evidence_role: str = "supports"
    remark: str = ""


def link_spans(
    study: Opened,
    spans: Sequence[RoleSpan],
    *,
    configuration: str = "",
    label: str = "",
    theory: str = "",
    mechanism: str = "",
    programme: str = "",
    coder: str | None = None,
    id: str | None = None,
) -> str:
    """Link spans into one configuration, new or there already; returns its row id.

    Two spans of one role are two elements, unless one names the element of the other. What is
    there already, a span in the same role, changes nothing; where something else is said of it
    now, it is refused.

    Parameters
    ----------
    study : Study
    spans : sequence of RoleSpan
    configuration : str
        Key or row id of one that is there; by default a new one is made.
    label : str
        Of a new one; by default the first words of its outcome.
    theory, mechanism, programme : str
        Keys or row ids; the programme is by default that of the first span's source.
    coder : str, optional
        Who links them; by default who works here.
    id : str, optional
        Of the act, see `p3c_qual.store.act.begin_act`.

    Raises
    ------
    P3CError
        Naming everything that is wrong, with the number of the span; nothing is written then.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> import p3c_qual as p3c
    >>> from p3c_qual.sources.incoming import Incoming
    >>> from p3c_qual.realist.read import find_configuration
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "N1.txt").write_text("She had time. I told her. I sleep better.")
    >>> study = p3c.new_study(folder / "mine", title="Mine", coder="anna")
    >>> _ = study.add([Incoming(folder / "N1.txt", interviewee="N1")])
    >>> said = [
    ...     RoleSpan("resource", "N1", 0, 13),
    ...     RoleSpan("reasoning", "N1", 14, 25, text="trust"),
    ...     RoleSpan("outcome", "N1", 26, 41, direction="improves"),
    ... ]
    >>> made = link_spans(study, said)
    >>> with study.store.read() as connection:
    ...     find_configuration(connection, "c1").label
    'I sleep better.'
    """
    with study.act("link spans", id=id) as act:
        into = find_configuration(act.connection, configuration) if configuration else None
        if into is not None:
            check_stands(into)
        problems: list[Problem] = [] if spans else [Problem("no span is selected to be linked")]
        places, said, rows = _checked(act, spans, problems)
        owners = _owners(act, spans, into, problems)
        _check_voices(spans, rows, owners, into, problems)
        given = {"label": label, "theory": theory, "mechanism": mechanism, "programme": programme}
        if into is None:
            row = configuration_row(act.connection, given, problems)
        else:
            row = _for_one_there(act, into, given, problems)
        spots = [each for each in places if not isinstance(each, Problem)]
        if problems:
            raise P3CError(problems)
        if into is None:
            row["label"] = row["label"] or _label(spans, rows, spots)
            row["programme"] = row["programme"] or _programme(act, spots[0])
            act.say(f"link {len(spans)} spans into {row['key']}")
            name = act.insert("configuration", [{**row, "coder": who(act, study, coder)}])[0]
        else:
            act.say(f"link {len(spans)} spans to {into.key}")
            name = into.id
            act.update("configuration", {name: row})
        made = _make_elements(act, name, rows, owners, _standing(into, spots, rows, owners))
        passages = [
            (spot, {**each, "configuration": name, "element": element})
            for spot, each, element in zip(spots, said, made, strict=True)
        ]
        insert_evidence(act, passages, who(act, study, coder))
        return name


def _checked(
    act: Act, spans: Sequence[RoleSpan], problems: list[Problem]
) -> tuple[list[Spot | Problem], list[dict[str, Any]], list[dict[str, Any]]]:
    """Return by span its place, what it is as evidence, and the element it would be."""
    texts = Spots(act.connection, [each.source for each in spans])
    places, said, rows = [], [], []
    for number, each in enumerate(spans, 1):
        where = f"span {number}"
        spot = texts.find(each.source, each.start, each.end, where)
        if isinstance(spot, Problem):
            problems.append(spot)
        places.append(spot)
        faults: list[Problem] = []
        element = NewElement(each.role, each.text, direction=each.direction)
        rows += element_rows(act.connection, [element], faults)
        problems += [Problem(f.what, where, f.valid, f.nearest, f.do, f.code) for f in faults]
        given = {
            "role": each.evidence_role,
            "elicited": each.elicited,
            "directness": each.directness,
            "remark": each.remark,
        }
        said.append(said_of(given, problems, where) | {"absent": bool(each.absent)})
    return places, said, rows


def _owners(
    act: Act, spans: Sequence[RoleSpan], into: Configuration | None, problems: list[Problem]
) -> list[str | int | None]:
    """Return by span the element it belongs to: a row id, the place of another span, or its own."""
    there = {each.id for each in into.elements} if into else set()
    found: list[str | int | None] = []
    for number, each in enumerate(spans, 1):
        owner: str | int | None = None
        where = f"span {number}"
        if match := _NUMBER.fullmatch(each.element):
            other = int(match[1])
            if other > len(spans):
                what = f"there is no span {other} whose element it could belong to"
                problems.append(Problem(what, where))
            elif other == number or _NUMBER.fullmatch(spans[other - 1].element):
                what = f"span {other} has no element of its own that it could belong to"
                problems.append(Problem(what, where, do="Name the span that has."))
            else:
                owner = spans[other - 1].element or other - 1
        elif each.element in there:
            owner = each.element
        elif each.element:
            said: list[Problem] = []
            if find(act.connection, "element", each.element, said, where) is not None:
                what = "the element belongs to another configuration"
                do = "" if into else "Name the configuration that the spans are to be added to."
                said = [Problem(what, where, do=do)]
            problems += said
        found.append(owner)
    return found


def _check_voices(
    spans: Sequence[RoleSpan],
    rows: Sequence[dict[str, Any]],
    owners: Sequence[str | int | None],
    into: Configuration | None,
    problems: list[Problem],
) -> None:
    """Note spans whose element has another role or other words, and spans that are there twice."""
    there = {each.id: each for each in into.elements} if into else {}
    seen: dict[tuple[Any, ...], int] = {}
    for number, (each, owner) in enumerate(zip(spans, owners, strict=True), 1):
        where = f"span {number}"
        if owner is not None:
            row = rows[owner] if isinstance(owner, int) else None
            one = there.get(str(owner))
            role = row["role"] if row else one.role if one else each.role
            if each.role != role:
                problems.append(Problem(f"its element is a {role}, not a {each.role}", where))
            for name in ("text", "direction"):
                mine = clean(getattr(each, name) or "")
                theirs = (row[name] if row else getattr(one, name, "")) or ""
                if mine and mine != theirs:
                    what = f"its element has another {name}"
                    problems.append(Problem(what, where, do="Change it on the element."))
        place = (each.role, each.source, each.start, each.end, each.evidence_role)
        if first := seen.get(place):
            what = f"it is the same passage in the same role as span {first}"
            problems.append(Problem(what, where, do="Leave one of the two out."))
        seen.setdefault(place, number)


def _for_one_there(
    act: Act, into: Configuration, given: dict[str, str], problems: list[Problem]
) -> dict[str, Any]:
    """Return what a configuration that is there gets; what it says already is not written over."""
    said = {name: value for name, value in given.items() if value}
    row = configuration_row(act.connection, said, problems, own=into.id)
    for name in row:
        if (old := getattr(into, name)) and row[name] and old != row[name]:
            what = f"{into.key} has another {name} already"
            problems.append(Problem(what, do="Change it there, or leave it out here."))
    return row


def _standing(
    into: Configuration | None,
    spots: Sequence[Spot],
    rows: Sequence[dict[str, Any]],
    owners: Sequence[str | int | None],
) -> list[str | None]:
    """Return by span the element that the configuration has of it already."""
    if into is None:
        return [None] * len(spots)
    roles = {each.id: each for each in into.elements}
    there = {
        (roles[each.element].role, each.text, each.start, each.end): each.element
        for each in into.evidence
        if each.element in roles
    }
    found: list[str | None] = []
    for spot, row, owner in zip(spots, rows, owners, strict=True):
        element = there.get((row["role"], spot.text, spot.start, spot.end))
        same = element and row["text"] in (None, roles[element].text)
        found.append(element if owner is None and same else None)
    return found


def _make_elements(
    act: Act,
    configuration: str,
    rows: Sequence[dict[str, Any]],
    owners: Sequence[str | int | None],
    standing: Sequence[str | None],
) -> list[str]:
    """Make the elements there are not yet; returns by span the one it belongs to."""
    new = [
        number
        for number, (owner, there) in enumerate(zip(owners, standing, strict=True))
        if owner is None and there is None
    ]
    ids = dict(zip(new, insert_elements(act, configuration, [rows[n] for n in new]), strict=True))
    own = [ids.get(number) or standing[number] or "" for number in range(len(rows))]
    return [
        own[owner] if isinstance(owner, int) else owner or own[number]
        for number, owner in enumerate(owners)
    ]


def _label(
    spans: Sequence[RoleSpan], rows: Sequence[dict[str, Any]], spots: Sequence[Spot]
) -> str | None:
    """Return the first words of the outcome, or else of the first span."""
    at = next((number for number, each in enumerate(spans) if each.role == "outcome"), 0)
    return shorten(clean(rows[at]["text"] or spots[at].quote)) or None


def _programme(act: Act, spot: Spot) -> str | None:
    src = ROWS["source"]
    return act.connection.scalar(select(src.c.programme).where(src.c.id == spot.source))
