"""What is told of changes brings a window to what a new one would load."""

from __future__ import annotations

import random
import shutil
import tempfile
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import p3c_qual as p3c
from p3c_qual.errors import P3CError
from p3c_qual.workbench import changes
from p3c_qual.workbench.changes import changes_since
from p3c_qual.workbench.progress import progress_of
from p3c_qual.workbench.sight import sight_of
from p3c_qual.workbench.source import source_text
from p3c_qual.workbench.state import study_state
from p3c_qual.workbench.verbs import run

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Server, Window


def plain(value: Any) -> Any:
    return orjson.loads(orjson.dumps(value))


class Held:
    """What a window holds of a study, without a server between."""

    def __init__(self, study: p3c.Study, take: Callable[..., None], *, others: bool) -> None:
        self.study, self.others, self._take = study, others, take
        self.state = plain(study_state(study, "s", others=others))
        self.source = plain(source_text(study, "P1", others=others))
        self.progress = self._progress()

    def look(self) -> None:
        source = self.source["id"]
        delta = plain(changes_since(self.study, self.state["cursor"], source, others=self.others))
        if delta["reset"]:
            self.__init__(self.study, self._take, others=self.others)  # type: ignore[misc]
            return
        self._take(self.state, self.source, delta)
        for each in delta["progress"] or ():
            self.progress[each["source"]] = each

    def _progress(self) -> dict[str, Any]:
        with self.study.store.read() as connection:
            sight = sight_of(self.study, connection, others=self.others)
            ids = sorted(each["id"] for each in self.state["sources"])
            return {each["source"]: each for each in plain(progress_of(connection, sight, ids))}

    def shown(self) -> dict[str, Any]:
        """Return all that is shown, in an order of its own."""
        source, state = self.source, self.state
        on = {source["id"], *(each["id"] for each in source["codings"])}
        said = ("codings", "mine", "done")
        return {
            "codings": sorted(source["codings"], key=lambda each: each["id"]),
            "memos": sorted(
                (each for each in source["memos"] if each["target"] in on),
                key=lambda each: each["id"],
            ),
            # one that was taken back is told as an empty one
            "readings": sorted(
                (each for each in source["readings"] if each["done"] or each["ranges"]),
                key=lambda each: each["coder"],
            ),
            "sources": [{k: v for k, v in e.items() if k not in said} for e in state["sources"]],
            "counts": {code: number for code, number in state["counts"].items() if number},
            "progress": self.progress,
            **{name: state[name] for name in ("codes", "codebooks", "proposals", "coders")},
            "cursor": state["cursor"],
        }


def some_act(rng: random.Random, study: p3c.Study, held: Held) -> tuple[str, dict[str, Any]]:
    """Return an act that may well be refused."""
    codings = [each["id"] for each in held.source["codings"]] or ["none"]
    memos = [each["id"] for each in held.source["memos"]] or ["none"]
    codes = [each["id"] for each in held.state["codes"] if "mini" in _book(held, each)]
    sources = [each["id"] for each in held.state["sources"]]
    start = rng.randrange(60)
    book = next(each["id"] for each in held.state["codebooks"] if each["key"] == "mini")
    one, other = rng.choice(codes), rng.choice(codes)
    span = {"start": start, "end": start + rng.randrange(1, 30)}
    acts: list[tuple[str, dict[str, Any]]] = [
        (
            "code",
            {"source": rng.choice(sources), "code": one, "extend": rng.random() < 0.5, **span},
        ),
        ("code", {"source": held.source["id"], "code": one, "memo": "A note", **span}),
        ("recode", {"codings": rng.sample(codings, 1), "code": one}),
        ("resize", {"coding": rng.choice(codings), **span}),
        ("uncode", {"codings": rng.sample(codings, min(2, len(codings)))}),
        ("flag", {"codings": [rng.choice(codings)], "unsure": rng.random() < 0.5}),
        ("in_vivo", {"source": held.source["id"], "codebook": book, **span}),
        ("pass_over", {"source": rng.choice(sources), **span}),
        ("done", {"source": rng.choice(sources), "done": rng.random() < 0.5}),
        ("memo", {"about": "coding", "target": rng.choice(codings), "text": "On a coding"}),
        ("memo", {"about": "span", "target": held.source["id"], "text": "On words", **span}),
        ("memo", {"about": "source", "target": rng.choice(sources), "text": "On a source"}),
        ("memo", {"about": "code", "target": one, "text": "On a code"}),
        ("edit_memo", {"memo": rng.choice(memos), "text": f"Anew {rng.random()}"}),
        ("delete_memo", {"memo": rng.choice(memos)}),
        ("create_code", {"codebook": book, "label": f"New {rng.randrange(99)}", "parent": one}),
        ("edit_code", {"code": one, "label": f"Called {rng.randrange(99)}"}),
        ("move_code", {"code": one, "parent": rng.choice([None, other])}),
        ("merge_codes", {"codes": [one], "into": other}),
        ("split_code", {"code": one, "parts": [{"label": "Part", "codings": codings[:1]}]}),
        ("retire_code", {"code": one}),
        ("revive_code", {"code": one}),
        ("set_fields", {"what": "source", "key": "P1", "fields": {"title": f"T{start}"}}),
        ("undo", {"skip": True}),
        ("undo", {}),
        ("redo", {}),
    ]
    return rng.choice(acts)


def _book(held: Held, code: dict[str, Any]) -> str:
    return next(b["key"] for b in held.state["codebooks"] if b["id"] == code["codebook"])


@pytest.mark.parametrize("others", [True, False])
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 2**32), every=st.integers(1, 5))
def test_changes_told_bring_a_window_to_what_a_new_one_loads(
    pattern: Path, apply_delta: Callable[..., None], others: bool, seed: int, every: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = shutil.copytree(pattern, Path(folder, "study"))
        act_at_random(path, apply_delta, others=others, seed=seed, every=every, acts=14)


def test_progress_is_told_where_the_first_reading_of_a_source_is_taken_back(
    pattern: Path, apply_delta: Callable[..., None], tmp_path: Path
) -> None:
    with p3c.open_study(shutil.copytree(pattern, tmp_path / "study"), coder="anna") as anna:
        held = Held(anna, apply_delta, others=True)
        source = next(iter(held.shown()["progress"]))
        for verb, args in [("pass_over", {"source": source, "start": 44, "end": 73}), ("undo", {})]:
            run(anna, verb, str(uuid.uuid4()), args)
            held.look()
        assert held.shown() == Held(anna, apply_delta, others=True).shown()


def test_on_a_server_they_are_told_the_same(
    on_postgres: Path, apply_delta: Callable[..., None]
) -> None:
    act_at_random(on_postgres, apply_delta, others=True, seed=5, every=2, acts=60)
    act_at_random(on_postgres, apply_delta, others=False, seed=6, every=3, acts=40)


def act_at_random(
    path: Path, take: Callable[..., None], *, others: bool, seed: int, every: int, acts: int
) -> None:
    """Let two people act, and hold a window that was told of it against a new one."""
    rng = random.Random(seed)
    with p3c.open_study(path, coder="anna") as anna, p3c.open_study(path, coder="ben") as ben:
        held, actors = Held(anna, take, others=others), [anna, ben]
        kept = 0
        for number in range(acts):
            study = rng.choice(actors)
            verb, args = some_act(rng, study, Held(anna, take, others=True))
            try:
                run(study, verb, str(uuid.uuid4()), args)
                kept += 1
            except P3CError:
                pass
            if number % every == 0:
                held.look()
        held.look()
        assert kept
        assert held.shown() == Held(anna, take, others=others).shown()


def test_two_windows_and_a_notebook_stay_in_step(
    server: Server, new_window: Callable[..., Window], place: str
) -> None:
    first, second = new_window(place), new_window(place)
    first.open("P1")
    second.open("P1")
    made = first.act("code", source=first.id_of("P1"), start=5, end=9, code=first.code_id("unused"))
    delta = second.look()
    assert [each["id"] for each in delta["codings"]] == [made]
    assert [each["verb"] for each in delta["acts"]] == ["code P1 5-9 with Unused"]
    with p3c.open_study(server.root / place, coder="anna") as study:
        study.uncode([made])
    assert first.look()["gone"] == [made]
    assert second.look()["gone"] == [made]
    for window in (first, second):
        assert window.source is not None
        fresh = window.get("source/P1")
        assert sorted(window.source["codings"], key=_id) == sorted(fresh["codings"], key=_id)


def _id(row: dict[str, Any]) -> str:
    return str(row["id"])


def test_where_nothing_happened_nothing_is_told(window: Window) -> None:
    delta = window.get("changes", since=window.state["cursor"])
    assert delta.pop("cursor") == window.state["cursor"]
    assert not any(delta.values())


def test_a_memo_on_a_coding_tells_the_coding_too(window: Window) -> None:
    source = window.open("P1")
    coding = source["codings"][0]
    memo = window.act("memo", about="coding", target=coding["id"], text="A note")
    assert _of(window, coding)["memos"] == coding["memos"] + 1
    window.act("delete_memo", memo=memo)
    assert _of(window, coding)["memos"] == coding["memos"]


def _of(window: Window, coding: dict[str, Any]) -> dict[str, Any]:
    assert window.source is not None
    return next(each for each in window.source["codings"] if each["id"] == coding["id"])


def test_codings_of_another_source_are_not_told(window: Window) -> None:
    window.open("P2")
    delta = window.send(
        "code", source=window.id_of("P1"), start=5, end=9, code=window.code_id("unused")
    ).json["rows"]
    assert delta["codings"] == []
    assert delta["counts"][window.code_id("unused")] == 1
    assert [each["source"] for each in delta["progress"]] == [window.id_of("P1")]


def test_a_coding_alone_does_not_send_all_sources_again(window: Window) -> None:
    window.open("P2")
    # the first coding in it makes anna its main coder, which is no news to a window
    delta = window.send(
        "code", source=window.id_of("P2"), start=5, end=9, code=window.code_id("unused")
    ).json["rows"]
    assert delta["sources"] is None
    assert delta["codes"] is None


def test_too_many_changes_ask_to_load_anew(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "MOST", 2)
    with p3c.open_study(window.server.root / window.study, coder="anna") as study:
        before = study.store.cursor()
        study.code("P1", 1, 2, "unused", memo="x")
        study.code("P1", 3, 4, "unused", memo="x")
        delta = changes_since(study, before, "", others=True)
    assert (delta.reset, delta.codings) == (True, [])


@pytest.mark.parametrize("since", [10**9])
def test_a_store_that_went_back_asks_to_load_anew(window: Window, since: int) -> None:
    assert window.get("changes", since=since)["reset"]


def test_a_person_who_withdraws_makes_windows_load_anew(window: Window) -> None:
    window.open("P1")
    with p3c.open_study(window.server.root / window.study, coder="anna") as study:
        study.withdraw("P1", reason="asked for it")
    delta = window.get("changes", since=window.state["cursor"], source=window.source["id"])  # type: ignore[index]
    assert delta["reset"]
    fresh = window.get(f"source/{window.source['id']}")  # type: ignore[index]
    assert (fresh["text"], fresh["fault"]["code"]) == ("", "erased")
