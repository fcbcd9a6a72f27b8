"""What goes over the wire is the same on both sides."""

from __future__ import annotations

from dataclasses import MISSING, fields, is_dataclass
from typing import Any

import pytest

from p3c_qual.sources.incoming import COLUMNS
from p3c_qual.workbench import args, on_server, wire
from p3c_qual.workbench.typed import read_typed
from p3c_qual.workbench.typescript import FILE, typescript
from p3c_qual.workbench.verbs import VERBS


def test_the_front_ends_types_are_those_of_the_server() -> None:
    assert FILE.read_text(encoding="utf-8") == typescript(), (
        "run: python -m p3c_qual.workbench.typescript"
    )


@pytest.mark.parametrize("module", [wire, args])
def test_every_class_is_named_and_every_name_is_a_class(module: Any) -> None:
    classes = {
        name
        for name, value in vars(module).items()
        if is_dataclass(value) and value.__module__ == module.__name__
    }
    assert classes == set(module.__all__)
    assert list(module.__all__) == sorted(module.__all__)


def test_every_verb_has_arguments_of_its_own_kind() -> None:
    kinds = {verb.args for verb in VERBS.values()} | {kind for kind, _ in on_server.VERBS.values()}
    inner = {args.Part, args.FileIn}
    assert kinds | inner == {getattr(args, name) for name in args.__all__}
    assert VERBS.keys().isdisjoint(on_server.VERBS)


def test_a_file_may_be_said_all_that_a_manifest_says() -> None:
    named = {each.name for each in fields(args.FileIn)} - {"name", "data"}
    assert named == set(COLUMNS) - {"file"}


def test_what_is_read_is_what_was_sent() -> None:
    given = {"code": "a", "parts": [{"label": "x", "codings": ["1", "2"]}], "retire": True}
    made = read_typed(args.SplitCode, given, "split_code")
    assert made.parts == [args.Part("x", ["1", "2"])]
    assert (made.retire, made.reason) == (True, "")


@pytest.mark.parametrize("given", [None, [], "x", 1, True])
def test_what_is_no_block_is_refused(given: Any) -> None:
    from p3c_qual.errors import P3CError

    with pytest.raises(P3CError, match="needs a block"):
        read_typed(args.Undo, given, "undo")


def test_every_field_without_a_default_is_asked_for() -> None:
    from p3c_qual.errors import P3CError

    for name in args.__all__:
        kind = getattr(args, name)
        needed = [e for e in fields(kind) if e.default is e.default_factory is MISSING]
        if not needed:
            assert read_typed(kind, {}, name) == kind()
            continue
        with pytest.raises(P3CError) as refused:
            read_typed(kind, {}, name)
        said = [problem.what for problem in refused.value.problems]
        assert said == [f"{each.name} is missing" for each in needed]
