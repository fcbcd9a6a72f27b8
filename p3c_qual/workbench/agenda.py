"""The coding agenda of a codebook with its versions, as it goes over the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from p3c_qual.codebook.anchoring import NOT_RATABLE, place_of
from p3c_qual.codebook.confused import table_confusions
from p3c_qual.codebook.diff import diff_codebooks
from p3c_qual.codebook.duty import owed
from p3c_qual.codebook.editions import editions_of, list_editions, read_edition
from p3c_qual.codebook.quoting import anchors_of, texts_of
from p3c_qual.codebook.stored import stored_codebook
from p3c_qual.codebook.tree import Tree, read_tree
from p3c_qual.codebook.versions import next_version
from p3c_qual.store import payloads
from p3c_qual.store.schema import ROWS
from p3c_qual.workbench import wire_agenda as wire
from p3c_qual.workbench.sight import sight_of
from p3c_qual.workbench.state import last_event

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy import Connection

    from p3c_qual.codebook.code import Anchor, Code
    from p3c_qual.codebook.model import Codebook
    from p3c_qual.study import Study
    from p3c_qual.workbench.sight import Sight

__all__ = ["agenda_state", "edition_changes"]


def agenda_state(study: Study, codebook: str, *, others: bool) -> wire.AgendaState:
    """Return the agenda of a codebook.

    Parameters
    ----------
    study : Study
    codebook : str
        Key or row id.
    others : bool
        Whether the work of other coders is wanted.
    """
    with study.store.read() as connection:
        cursor = last_event(connection)
        tree = read_tree(connection, codebook)
        book = stored_codebook(connection, tree.name)
        sight = sight_of(study, connection, others=others)
        drawing = _Drawing(connection, tree, book, sight)
        rows = list(drawing.rows())
        kept = editions_of(connection, tree.codebook)
        duty = [
            each
            for each in owed(connection, tree.codebook)
            if sight.others or each.coder == sight.me
        ]
        duties = list(_duties(connection, tree, duty, drawing.sources))
    confusions = _confusions(study, tree, drawing.sources) if others else []
    editions = list_editions(study, tree.codebook).to_dict("records")
    return wire.AgendaState(
        codebook=tree.codebook,
        key=tree.name,
        label=book.label or book.key,
        version=book.version,
        status=book.status,
        frozen=tree.frozen,
        next=next_version(book.version, {*kept, book.version}),
        rows=rows,
        editions=[
            wire.EditionRow(
                row["id"],
                row["version"],
                row["coder"],
                row["at"],
                row["reason"],
                int(row["codes"]),
                bool(row["now"]),
            )
            for row in editions
        ],
        confusions=confusions,
        duty=duties,
        cursor=cursor,
    )


class _Drawing:
    """The rows of an agenda, with what is needed to say where its links no longer hold."""

    def __init__(self, connection: Connection, tree: Tree, book: Codebook, sight: Sight) -> None:
        src, code, coding = ROWS["source"], ROWS["code"], ROWS["coding"]
        self.sources = {key: row for row, key in connection.execute(select(src.c.id, src.c.key))}
        self._book = book
        self._ids = {node.key: node.id for node in tree.nodes.values()}
        linked = [a for each in book.codes for a in anchors_of(each) if a.linked]
        self._texts = texts_of(connection, {anchor.source for anchor in linked})
        counts = (
            select(coding.c.code, func.count())
            .join(code, code.c.id == coding.c.code)
            .where(code.c.codebook == tree.codebook, sight.codings())
            .group_by(coding.c.code)
        )
        self._counts: dict[str, int] = dict(connection.execute(counts).all())
        self._spans: dict[tuple[str, str], list[tuple[int, int]]] = {}
        where = sorted({self.sources[a.source] for a in linked if a.source in self.sources})
        columns = (coding.c.code, coding.c.source, coding.c.start, coding.c.end)
        for run in payloads.chunks(where, 500):
            spans = select(*columns).join(code, code.c.id == coding.c.code)
            spans = spans.where(code.c.codebook == tree.codebook, coding.c.source.in_(run))
            for name, source, start, end in connection.execute(spans):
                self._spans.setdefault((name, source), []).append((start, end))

    def rows(self) -> Iterator[wire.AgendaRow]:
        """Yield a row a code that is not retired, and a row a level below it."""
        for code in self._book.codes:
            if code.status == "retired":
                continue
            yield self._row(code, "", code.label, code.definition, code.rule, code.anchors)
            for level in code.levels:
                said = (f"{level.value} {level.label}", level.definition, level.rule)
                yield self._row(code, str(level.value), *said, level.anchors)
            if (last := code.not_ratable) is not None:
                said = (last.label, last.definition, last.rule)
                yield self._row(code, NOT_RATABLE, *said, last.anchors)

    def _row(
        self,
        code: Code,
        level: str,
        label: str,
        definition: str,
        rule: str,
        anchors: Sequence[Anchor],
    ) -> wire.AgendaRow:
        name = self._ids[code.key]
        return wire.AgendaRow(
            code=name,
            key=code.key,
            label=label,
            level=level,
            depth=len(self._book.path(code.key)) - 1,
            kind=code.kind,
            status=code.status,
            definition=definition,
            rule=rule,
            anchors=[self._anchor(name, each) for each in anchors],
            codings=0 if level else self._counts.get(name, 0),
        )

    def _anchor(self, code: str, anchor: Anchor) -> wire.AgendaAnchor:
        source = self.sources.get(anchor.source, "")
        return wire.AgendaAnchor(
            place=place_of(anchor),
            quote=anchor.quote,
            source=source,
            key=anchor.source,
            start=anchor.start,
            end=anchor.end,
            prototype=anchor.prototype,
            invented=anchor.invented,
            fault=self._fault(code, source, anchor),
        )

    def _fault(self, code: str, source: str, anchor: Anchor) -> str:
        if anchor.start is None or anchor.end is None or not anchor.linked:
            return ""
        text = self._texts.get(anchor.source)
        if text is None:
            return "its text is not there any more"
        if text[anchor.start : anchor.end] != anchor.quote:
            return "the text says something else there"
        spans = self._spans.get((code, source), ())
        if not any(start <= anchor.start and anchor.end <= end for start, end in spans):
            return "the passage is no longer coded with it"
        return ""


def _confusions(study: Study, tree: Tree, sources: dict[str, str]) -> list[wire.ConfusionRow]:
    ids = {node.key: node.id for node in tree.nodes.values()}
    return [
        wire.ConfusionRow(
            code_a=ids[row["code_a"]],
            code_b=ids[row["code_b"]],
            label_a=row["label_a"],
            label_b=row["label_b"],
            pairs=int(row["pairs"]),
            characters=int(row["characters"]),
            ruled=bool(row["ruled"]),
            places=[
                wire.ConfusedPlace(
                    sources.get(place["source"], ""),
                    place["source"],
                    place["start"],
                    place["end"],
                    place["coder_a"],
                    place["coder_b"],
                )
                for place in row["examples"]
            ],
        )
        for row in table_confusions(study, tree.codebook).to_dict("records")
    ]


def _duties(
    connection: Connection, tree: Tree, duty: Iterable[Any], sources: dict[str, str]
) -> Iterator[wire.DutyRow]:
    """Yield what is owed by code, version, coder and source, with its first place."""
    rows = list(duty)
    places: dict[str, int] = {}
    coding = ROWS["coding"]
    for run in payloads.chunks([each.coding for each in rows], 500):
        wanted = select(coding.c.id, coding.c.start).where(coding.c.id.in_(run))
        places.update(connection.execute(wanted).all())
    nodes = {node.key: node for node in tree.nodes.values()}
    groups: dict[tuple[str, ...], list[str]] = {}
    for each in rows:
        place = (each.code, each.version, each.changed, each.coder, each.source)
        groups.setdefault(place, []).append(each.coding)
    for (code, version, changed, coder, source), ids in groups.items():
        yield wire.DutyRow(
            code=nodes[code].id,
            label=nodes[code].label,
            version=version,
            changed=changed,
            coder=coder,
            source=sources.get(source, ""),
            key=source,
            start=min(places[name] for name in ids),
            ids=ids,
        )


def edition_changes(study: Study, codebook: str, old: str, new: str) -> list[str]:
    """Return what differs between two versions of a codebook, a line each.

    Parameters
    ----------
    study : Study
    codebook : str
        Key or row id.
    old : str
        A version that was frozen.
    new : str
        Another one, or empty for the codebook as it stands.
    """
    first = read_edition(study, codebook, old)
    if new:
        second = read_edition(study, codebook, new)
    else:
        with study.store.read() as connection:
            second = stored_codebook(connection, read_tree(connection, codebook).name)
    return [str(each) for each in diff_codebooks(first, second)]
