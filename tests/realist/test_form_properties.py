"""What holds of the realist file whatever the layer is: writing it and taking it in changes nothing."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from realist_kit import TEXTS
from sqlalchemy import func, select

import p3c_qual as p3c
from p3c_qual.errors import P3CError
from p3c_qual.opening import open_study
from p3c_qual.realist.building import configurations, elements, evidence, links, merging, splitting
from p3c_qual.realist.form.form import load_realist, write_realist
from p3c_qual.realist.form.write import realist_yaml
from p3c_qual.realist.read import read_realist
from p3c_qual.realist.vocabulary import terms
from p3c_qual.sources.incoming import Incoming
from p3c_qual.store import replay
from p3c_qual.store.schema import act

KEYS = ("a", "b", "c")
number = st.integers(0, 5)
words = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["", "#2", "null", "yes", "1", "- x: y", "'\"", "a\n b", "Zeit — für 🙂", "~"]),
)
said = st.text(min_size=1, max_size=8).filter(lambda text: any(map(str.isalnum, text)))


def term(name: str) -> st.SearchStrategy[str]:
    return st.sampled_from(["", *terms(name)])


@st.composite
def passage(draw: st.DrawFn, *, on_element: bool) -> dict[str, Any]:
    source = draw(st.sampled_from(["N1", "N2", "S1", "plan"]))
    start = draw(st.integers(0, 40))
    made: dict[str, Any] = {
        "source": source,
        "start": start,
        "end": start + draw(st.integers(1, 30)),
        "role": draw(st.sampled_from(list(terms("evidence_role")))),
        "elicited": draw(term("elicited")),
        "directness": draw(term("directness")),
        "remark": draw(words),
    }
    if draw(st.booleans()):
        made["quote"] = TEXTS[source][made["start"] : made["end"]]
    if on_element:
        made["absent"] = draw(st.booleans())
    if made["role"] in ("contradicts", "rival"):
        made["resolution"] = draw(words)
    return made


@st.composite
def element(draw: st.DrawFn) -> dict[str, Any]:
    role = draw(st.sampled_from(["context", "resource", "reasoning", "outcome", "actor"]))
    made = {"role": role, "text": draw(words), "level": draw(st.sampled_from(["", "meso"]))}
    if role == "context":
        made["layer"] = draw(term("context_layer"))
    if role == "outcome":
        made |= {"direction": draw(term("direction")), "timing": draw(term("timing"))}
    some = draw(st.lists(passage(on_element=True), max_size=3))
    once = {(each["source"], each["start"], each["end"], each["role"]): each for each in some}
    return {**made, "evidence": list(once.values())}


@st.composite
def form(draw: st.DrawFn) -> dict[str, Any]:
    first = {"key": "t", "label": draw(said), "if": "a", "then": "b", "because": draw(said)}
    second = {**first, "key": "u", "supersedes": "t", "change": draw(said), "origin": draw(words)}
    made: dict[str, Any] = {
        "format": 1,
        "theories": [first, second],
        "mechanisms": [{"key": "m", "label": draw(said), "definition": draw(words)}],
        "configurations": [
            {
                "key": key,
                "label": draw(words),
                "theory": draw(st.sampled_from(["", "t", "u"])),
                "mechanism": draw(st.sampled_from(["", "m"])),
                "activation": draw(term("activation")),
                "richness": draw(words),
                "elements": draw(st.lists(element(), max_size=4)),
                "evidence": draw(st.lists(passage(on_element=False), max_size=1)),
            }
            for key in KEYS
        ],
        "regularities": [
            {"key": "r", "label": draw(said), "instances": [{"configuration": "a"}]},
        ],
        "inferences": [
            {"kind": "abduction", "observed": draw(said), "rival": draw(words)}
            for _ in range(draw(st.integers(0, 2)))
        ],
        "searches": [
            {"configuration": draw(st.sampled_from(KEYS)), "kind": "mechanism_with_opposite"}
            for _ in range(draw(st.integers(0, 2)))
        ],
    }
    if draw(st.booleans()):
        made["links"] = [{"relation": "part_of", "configuration": "a", "other": "b"}]
    return made


DEED = st.one_of(
    st.tuples(st.just("nest"), st.sampled_from(KEYS), st.sampled_from(KEYS)),
    st.tuples(st.just("chain"), st.sampled_from(KEYS), st.sampled_from(KEYS), number),
    st.tuples(st.just("merge"), st.sampled_from(KEYS), st.sampled_from(KEYS)),
    st.tuples(st.just("split"), st.sampled_from(KEYS)),
    st.tuples(st.just("aside"), st.sampled_from(KEYS)),
    st.tuples(st.just("up"), st.sampled_from(KEYS)),
    st.tuples(st.just("remove"), st.sampled_from(KEYS), number),
    st.tuples(st.just("evidence"), st.sampled_from(KEYS), number),
    st.tuples(st.just("stance"), st.sampled_from(KEYS), st.sampled_from(["supports", "rival"])),
    st.tuples(st.just("undo")),
)


def do(study: p3c.Study, deed: tuple[Any, ...]) -> None:
    """Do something to the layer, if it can be done."""
    kind, *rest = deed
    with study.store.read() as connection:
        held = {each.key: each for each in read_realist(connection).configurations.values()}
    parts = [each.id for each in held[rest[0]].elements] if rest and rest[0] in held else []
    with contextlib.suppress(P3CError, IndexError, KeyError):
        if kind == "nest":
            links.nest(study, rest[0], rest[1])
        elif kind == "chain":
            links.chain(study, rest[0], rest[1], outcome=parts[rest[2]])
        elif kind == "merge":
            merging.merge_configurations(study, rest[0], [rest[1]])
        elif kind == "split":
            halves = [splitting.SplitPart(parts[:1]), splitting.SplitPart(parts[1:])]
            splitting.split_configuration(study, rest[0], halves)
        elif kind == "aside":
            configurations.set_aside(study, rest[0], reason="thin")
        elif kind == "up":
            configurations.take_up(study, rest[0])
        elif kind == "remove":
            elements.remove_element(study, parts[rest[1]])
        elif kind == "evidence":
            evidence.add_evidence(study, "S2", 0, 5, configuration=rest[0], element=parts[rest[1]])
        elif kind == "stance":
            one = held[rest[0]].evidence[0].id
            evidence.edit_evidence(study, one, fields={"role": rest[1]})
        else:
            study.undo()


@cache
def _template() -> Path:
    folder = Path(tempfile.mkdtemp()) / "told"
    study = p3c.new_study(folder, title="Told", coder="anna")
    incoming = []
    for key, text in TEXTS.items():
        file = folder / f"{key}.txt"
        file.write_text(text, encoding="utf-8")
        incoming.append(Incoming(file=file, id=key, kind="document", document_type="plan"))
    study.add(incoming)
    study.close()
    return folder


def made(folder: Path) -> p3c.Study:
    shutil.copytree(_template(), folder)
    return open_study(folder, coder="anna")


def acts(study: p3c.Study) -> int:
    with study.store.read() as connection:
        return connection.scalar(select(func.count()).select_from(act)) or 0


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(form=form(), deeds=st.lists(DEED, max_size=6))
def test_writing_and_taking_in_changes_nothing(
    form: dict[str, Any], deeds: list[tuple[Any, ...]]
) -> None:
    with tempfile.TemporaryDirectory() as place:
        study = made(Path(place) / "one")
        path = Path(place) / "form.yml"
        path.write_text(yaml.safe_dump(form, allow_unicode=True), encoding="utf-8")
        load_realist(study, path)
        for deed in deeds:
            do(study, deed)
        write_realist(study, path)
        text = path.read_text(encoding="utf-8")
        before = acts(study)

        counts = load_realist(study, path)

        assert not any(counts.values()), (counts, text)
        assert acts(study) == before
        assert realist_yaml(study) == text
        other = made(Path(place) / "two")
        load_realist(other, path)
        assert realist_yaml(other) == text
        with other.store.read() as connection:
            assert replay.compare(connection) == []
        study.close()
        other.close()


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(form=form(), places=st.lists(st.tuples(number, number, words), min_size=1, max_size=3))
def test_a_spoilt_file_is_refused_or_taken_and_never_half(
    form: dict[str, Any], places: list[tuple[int, int, str]]
) -> None:
    text = yaml.safe_dump(form, allow_unicode=True)
    lines = text.split("\n")
    for row, kind, what in places:
        at = (row * 7919 + kind) % len(lines)
        name = lines[at].partition(":")[0]
        lines[at] = [f"{name}: {what}", what, lines[at] * 2, "", f"  {lines[at]}", f"{name}x: 1"][
            kind
        ]
    with tempfile.TemporaryDirectory() as place:
        study = made(Path(place) / "one")
        path = Path(place) / "form.yml"
        path.write_text("\n".join(lines), encoding="utf-8")
        before, empty = acts(study), realist_yaml(study)
        try:
            load_realist(study, path)
        except P3CError:
            assert (acts(study), realist_yaml(study)) == (before, empty)
        else:
            write_realist(study, path)
            assert not any(load_realist(study, path).values())
        study.close()
