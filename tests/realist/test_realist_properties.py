"""What holds of theories and configurations whatever is done, undone and joined."""

from __future__ import annotations

import contextlib
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Any

from claim_kit import read
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from realist_kit import TEXTS, make
from sqlalchemy import select

import p3c_qual as p3c
from p3c_qual.errors import P3CError
from p3c_qual.realist.building import configurations, elements, evidence, links, splitting, theories
from p3c_qual.realist.building.linking import RoleSpan, link_spans
from p3c_qual.realist.read import find_configuration
from p3c_qual.realist.vocabulary import ROLES
from p3c_qual.store import replay
from p3c_qual.store.cycles import rootless
from p3c_qual.store.schema import ROWS

number = st.integers(0, 4)
role = st.sampled_from(list(ROLES))
source = st.sampled_from(["N1", "N2", "S2", "plan"])
word = st.sampled_from(["", "trust", "time"])
DEED = st.one_of(
    st.tuples(st.just("link"), st.lists(st.tuples(role, source, number, word), max_size=3), number),
    st.tuples(st.just("link"), st.lists(st.tuples(role, source, number, word), max_size=3), number),
    st.tuples(st.just("evidence"), number, number, source, number, st.booleans()),
    st.tuples(st.just("unsay"), number, number),
    st.tuples(st.just("element"), number, role, word),
    st.tuples(st.just("edit"), number, number, role, word),
    st.tuples(st.just("remove element"), number, number),
    st.tuples(st.just("nest"), number, number),
    st.tuples(st.just("chain"), number, number),
    st.tuples(st.just("split"), number),
    st.tuples(st.just("merge"), number, number),
    st.tuples(st.just("set aside"), number),
    st.tuples(st.just("take up"), number),
    st.tuples(st.just("remove"), number),
    st.tuples(st.just("theory"), word),
    st.tuples(st.just("refine"), number),
    st.tuples(st.just("supersede"), number, number),
    st.tuples(st.just("remove theory"), number),
    st.tuples(st.just("undo")),
    st.tuples(st.just("redo")),
)
#: who does it: in the study itself, or in the copy of it
DEEDS = st.lists(st.tuples(st.booleans(), DEED), max_size=12)


@lru_cache(maxsize=1)
def told() -> Path:
    """Return the study once, as lines to be joined from."""
    folder = Path(tempfile.mkdtemp())
    with make(folder) as study:
        study.export_lines(folder / "told.jsonl")
    return folder / "told.jsonl"


def place(key: str, at: int) -> tuple[str, int, int]:
    length = len(TEXTS[key])
    start = at * length // 6
    return key, start, start + 9


def do(study: p3c.Study, deed: tuple[Any, ...]) -> None:
    kind, *rest = deed
    there = list(read(study).configurations.values())

    def claim(at: int) -> str:
        return there[at % len(there)].id if there else "none"

    def part(which: int, at: int) -> str:
        held = there[which % len(there)].elements if there else ()
        return held[at % len(held)].id if held else "none"

    if kind == "link":
        said, into = rest
        spans = [RoleSpan(r, *place(key, at), text=text) for r, key, at, text in said]
        link_spans(study, spans, configuration=claim(into) if into and there else "")
    elif kind == "evidence":
        which, at, key, start, absent = rest
        spot = place(key, start)
        evidence.add_evidence(
            study, *spot, configuration=claim(which), element=part(which, at), absent=absent
        )
    elif kind == "unsay":
        held = there[rest[0] % len(there)].evidence if there else ()
        evidence.remove_evidence(study, [each.id for each in held[rest[1] : rest[1] + 1]])
    elif kind == "element":
        elements.add_element(study, claim(rest[0]), elements.NewElement(rest[1], rest[2]))
    elif kind == "edit":
        fields = {"role": rest[2], "text": rest[3]}
        elements.edit_element(study, part(rest[0], rest[1]), fields=fields)
    elif kind == "remove element":
        elements.remove_element(study, part(*rest))
    elif kind == "nest":
        links.nest(study, claim(rest[0]), claim(rest[1]))
    elif kind == "chain":
        held = there[rest[0] % len(there)].of_role("outcome") if there else ()
        outcome = held[0].id if held else "none"
        links.chain(study, claim(rest[0]), claim(rest[1]), outcome=outcome)
    elif kind == "split":
        ids = [each.id for each in there[rest[0] % len(there)].elements] if there else []
        parts = [splitting.SplitPart(ids[:1]), splitting.SplitPart(ids[1:])]
        splitting.split_configuration(study, claim(rest[0]), parts)
    elif kind == "merge":
        splitting.merge_configurations(study, claim(rest[0]), [claim(rest[1])])
    elif kind == "set aside":
        configurations.set_aside(study, claim(rest[0]), reason="thin")
    elif kind == "take up":
        configurations.take_up(study, claim(rest[0]))
    elif kind == "remove":
        configurations.remove_configuration(study, claim(rest[0]))
    else:
        do_theory(study, kind, rest)


def do_theory(study: p3c.Study, kind: str, rest: list[Any]) -> None:
    found = list(read(study).theories)

    def theory(at: int) -> str:
        return found[at % len(found)] if found else "none"

    if kind == "theory":
        theories.write_theory(study, rest[0], if_="a", then_="b", because="c", level="programme")
    elif kind == "refine":
        said = {"if_": "a", "then_": "b", "because": "c", "change": "so"}
        theories.refine_theory(study, theory(rest[0]), **said)
    elif kind == "supersede":
        theories.supersede(study, theory(rest[0]), theory(rest[1]))
    elif kind == "remove theory":
        theories.remove_theory(study, theory(rest[0]))
    elif kind == "undo":
        study.undo(skip=True)
    else:
        study.redo(skip=True)


def holds(study: p3c.Study) -> None:
    """Look at everything that holds at all times."""
    found = read(study)
    with study.store.read() as connection:
        assert replay.compare(connection) == []
        src = ROWS["source"]
        keys = dict(connection.execute(select(src.c.id, src.c.key)).all())
    # no counted cycle of nesting, and one whole at most
    up: dict[str, str] = {}
    for each in found.links:
        if each.relation == "part_of" and each.counts:
            assert each.configuration not in up
            up[each.configuration] = each.other
    assert rootless({**up}) == set()
    # an element is of one configuration, and its evidence is with it
    parts = [part.id for each in found.configurations.values() for part in each.elements]
    assert len(parts) == len(set(parts))
    for each in found.configurations.values():
        own = {part.id for part in each.elements}
        assert all(part.configuration == each.id for part in each.elements)
        for item in each.evidence:
            assert item.configuration == each.id
            assert item.element is None or item.element in own
            assert item.quote == TEXTS[keys[item.source]][item.start : item.end]
        # read alone it is what it is among all
        with study.store.read() as connection:
            assert find_configuration(connection, each.id) == each
    # versions are counted from an initial theory
    for theory in found.theories.values():
        before = found.theories.get(theory.supersedes or "")
        assert theory.version == (before.version + 1 if before else 0)
        assert theory in found.chain(theory.id)


@given(DEEDS, DEEDS)
@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_two_people_do_apart_it_holds_in_both_copies_and_after_joining_them(
    before: list[Any], apart: list[Any]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with (
            p3c.new_study(folder / "mine", title="Mine", coder="anna") as mine,
            p3c.new_study(folder / "theirs", title="Theirs", coder="ben") as theirs,
        ):
            mine.import_lines(told())
            for _, deed in before:
                with contextlib.suppress(P3CError):
                    do(mine, deed)
            holds(mine)
            mine.export_lines(folder / "copy.jsonl")
            theirs.import_lines(folder / "copy.jsonl")
            for here, deed in apart:
                with contextlib.suppress(P3CError):
                    do(mine if here else theirs, deed)
            mine.export_lines(folder / "mine.jsonl")
            theirs.export_lines(folder / "theirs.jsonl")
            mine.import_lines(folder / "theirs.jsonl")
            theirs.import_lines(folder / "mine.jsonl")
            assert read(mine) == read(theirs)
            assert mine.conflicts().equals(theirs.conflicts())
            holds(mine)
