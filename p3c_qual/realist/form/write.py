"""The realist layer written as YAML; taken in again, it changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.coding.names import read_codes
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.mayring.about import warn_of_refusals
from p3c_qual.realist.form.read import REALIST_FORMAT, SECTIONS
from p3c_qual.realist.read import read_realist
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sqlalchemy import Connection

    from p3c_qual.opened import Opened
    from p3c_qual.realist.model import Configuration, Element, Evidence

__all__ = ["ONLY", "element_name", "realist_yaml", "write_realist"]

#: which sections are written
ONLY = {
    "all": tuple(SECTIONS),
    "theories": ("theories",),
    "configurations": tuple(name for name in SECTIONS if name != "theories"),
}


def write_realist(study: Opened, path: str | Path, *, only: str = "all") -> None:
    """Write the realist layer to a YAML file, which `load_realist` reads.

    Parameters
    ----------
    study : Study
    path : str or pathlib.Path
    only : str
        ``all``, ``theories``, or ``configurations`` for everything but the theories.

    Raises
    ------
    P3CError
        If `only` is none of these, or the file cannot be written.
    """
    from pathlib import Path

    text = realist_yaml(study, only=only)
    try:
        Path(path).write_text(text, encoding="utf-8")
    except OSError as error:
        what = f"the file cannot be written: {error.strerror or error}"
        raise P3CError(Problem(what, str(path))) from error


def realist_yaml(study: Opened, *, only: str = "all") -> str:
    """Return the realist layer as YAML, as `write_realist` writes it.

    Whether somebody whose words are in it did not consent to be quoted, a comment at the top says.
    Who worked and when is in the journal, and not in the file.

    Parameters
    ----------
    study : Study
    only : str
        ``all``, ``theories`` or ``configurations``.
    """
    import yaml

    if only not in ONLY:
        what = f"{only!r} is nothing that can be written alone"
        raise P3CError(Problem(what, "only=", tuple(ONLY), nearest(only, ONLY)))
    with study.store.read() as connection:
        writer = _Writer(connection)
        made = {name: getattr(writer, name)() for name in ONLY[only]}
        warned = warn_of_refusals(connection, writer.quoted)
    held = {name: some for name, some in made.items() if some} or {ONLY[only][0]: []}
    form = {"format": REALIST_FORMAT, **held}
    head = "".join(f"# {line}\n" for line in warned)
    return head + yaml.safe_dump(form, sort_keys=False, allow_unicode=True, width=100)


def element_name(configuration: Configuration, element: Element) -> str:
    """Return how a file names an element: by its text, or by its number where others have it too."""
    same = [each for each in configuration.of_role(element.role) if each.text == element.text]
    if element.text and len(same) == 1 and not element.text.startswith("#"):
        return element.text
    return f"#{configuration.elements.index(element) + 1}"


class _Writer:
    """Makes plain mappings of what is held; fields that are empty are left out."""

    def __init__(self, connection: Connection) -> None:
        self.realist = read_realist(connection)
        self.codes = read_codes(connection)
        self.quoted: set[str] = set()
        self.sources = _keys(connection, "source")
        self.programmes = _keys(connection, "programme")
        appraisal = ROWS["appraisal"]
        # of two that copies made of one item the older counts
        order = (appraisal.c.standard, appraisal.c.item, appraisal.c.id.desc())
        rows = connection.execute(select(appraisal).order_by(*order))
        self._judged = {(row.standard, row.item): row for row in rows}

    def theories(self) -> list[dict[str, Any]]:
        loose: dict[str | None, list[Evidence]] = {}
        for each in self.realist.loose:
            loose.setdefault(each.theory, []).append(each)
        keys = {each.id: each.key for each in self.realist.theories.values()}
        return [
            _said(
                key=each.key,
                label=each.label,
                **{"if": each.if_, "then": each.then_},
                because=each.because,
                level=each.level,
                status=each.status,
                supersedes=keys.get(each.supersedes or ""),
                change=each.change,
                origin=each.origin,
                programme=self.programmes.get(each.programme or ""),
                evidence=self._evidence(loose.get(each.id, ())),
            )
            for each in self.realist.theories.values()
        ]

    def mechanisms(self) -> list[dict[str, Any]]:
        return [
            _said(key=each.key, label=each.label, definition=each.definition)
            for each in self.realist.mechanisms.values()
        ]

    def configurations(self) -> list[dict[str, Any]]:
        held = self.realist
        return [
            _said(
                key=each.key,
                label=each.label,
                programme=self.programmes.get(each.programme or ""),
                theory=_key(held.theories, each.theory),
                mechanism=_key(held.mechanisms, each.mechanism),
                activation=each.activation,
                state=each.state,
                split_from=_key(held.configurations, each.split_from),
                merged_into=_key(held.configurations, each.merged_into),
                relevance=each.relevance,
                rigour=each.rigour,
                richness=each.richness,
                elements=[self._element(each, one) for one in each.elements],
                evidence=self._evidence(one for one in each.evidence if not one.element),
            )
            for each in held.configurations.values()
        ]

    def links(self) -> list[dict[str, Any]]:
        made = []
        for each in self.realist.links:
            ends = [
                self.realist.configurations.get(name) for name in (each.configuration, each.other)
            ]
            if ends[0] is None or ends[1] is None or ends[0] is ends[1]:
                continue
            if not (each.counts or ends[0].state or ends[1].state):
                # a second whole, or a nesting of a circle, which copies joined
                continue
            outcome, context = (
                next((element_name(end, one) for one in end.elements if one.id == name), None)
                for end, name in zip(ends, (each.outcome, each.context), strict=True)
                if end
            )
            made.append(
                _said(
                    relation=each.relation,
                    configuration=ends[0].key,
                    other=ends[1].key,
                    outcome=outcome,
                    context=context,
                    reason=each.reason,
                )
            )
        return _ordered(made)

    def regularities(self) -> list[dict[str, Any]]:
        held = self.realist
        return [
            _said(
                key=each.key,
                label=each.label,
                statement=each.statement,
                mechanism=_key(held.mechanisms, each.mechanism),
                instances=_ordered(
                    _said(
                        configuration=_key(held.configurations, one.configuration),
                        role=one.role,
                        reason=one.reason,
                    )
                    for one in each.instances
                    if one.configuration in held.configurations
                ),
            )
            for each in held.regularities.values()
        ]

    def inferences(self) -> list[dict[str, Any]]:
        held = self.realist
        return _ordered(
            _said(
                kind=each.kind,
                theory=_key(held.theories, each.theory),
                configuration=_key(held.configurations, each.configuration),
                observed=each.observed,
                candidates=each.candidates,
                substantive=each.substantive,
                rival=each.rival,
                decision=each.decision,
            )
            for each in held.inferences
        )

    def searches(self) -> list[dict[str, Any]]:
        held = self.realist
        return _ordered(
            _said(
                configuration=_key(held.configurations, each.configuration),
                kind=each.kind,
                decision=each.decision,
                reason=each.reason,
            )
            for each in held.searches
            if each.configuration in held.configurations
        )

    def blocks(self) -> list[dict[str, Any]]:
        return [_said(key=each.key, label=each.label) for each in self.realist.blocks.values()]

    def arrows(self) -> list[dict[str, Any]]:
        held = self.realist
        return _ordered(
            _said(
                **{"from": held.blocks[each.block].key, "to": held.blocks[each.other].key},
                label=each.label,
                configurations=sorted(
                    held.configurations[one].key
                    for one in each.carries
                    if one in held.configurations
                ),
            )
            for each in held.arrows.values()
            if each.block in held.blocks and each.other in held.blocks
        )

    def appraisals(self) -> list[dict[str, Any]]:
        return [
            _said(
                standard=row.standard,
                item=row.item,
                grade=row.grade,
                place=row.place,
                note=row.note,
            )
            for row in self._judged.values()
        ]

    def _element(self, configuration: Configuration, element: Element) -> dict[str, Any]:
        code = element.code if element.code in self.codes.by_id else None
        return _said(
            role=element.role,
            text=element.text,
            layer=element.layer,
            level=element.level,
            code=code and self.codes.name(code),
            direction=element.direction,
            timing=element.timing,
            intended=element.intended,
            domain=element.domain,
            evidence=self._evidence(configuration.voices(element.id)),
        )

    def _place(self, each: Evidence) -> tuple[str, int, int, str]:
        return self.sources[each.source], each.start, each.end, each.role

    def _evidence(self, some: Iterable[Evidence]) -> list[dict[str, Any]]:
        made = []
        there = [each for each in some if each.source in self.sources]
        for each in sorted(there, key=self._place):
            self.quoted.add(each.source)
            made.append(
                _said(
                    source=self.sources[each.source],
                    start=each.start,
                    end=each.end,
                    quote=each.quote,
                    role=each.role,
                    elicited=each.elicited,
                    directness=each.directness,
                    absent=each.absent,
                    remark=each.remark,
                    # of a passage that came to support since, nothing is to be resolved
                    resolution=each.role in ("contradicts", "rival") and each.resolution,
                )
            )
        return made


#: by what the members of a list are put in order, where nothing else does
_BY = ("configuration", "other", "from", "to", "kind", "relation", "theory", "outcome", "observed")


def _ordered(made: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return members in an order that does not hang on when and where they were made."""
    return sorted(made, key=lambda each: [str(each.get(name) or "") for name in _BY])


def _said(**fields: Any) -> dict[str, Any]:
    """Return what is said; a place may begin at 0."""
    return {
        name: value
        for name, value in fields.items()
        if value or (value == 0 and value is not False)
    }


def _key(rows: Any, name: str | None) -> str | None:
    found = rows.get(name or "")
    return found.key if found else None


def _keys(connection: Connection, table: str) -> dict[str, str]:
    rows = ROWS[table]
    return dict(connection.execute(select(rows.c.id, rows.c.key)).all())
