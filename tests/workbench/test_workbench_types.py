"""What goes over the wire is the same on both sides."""

from __future__ import annotations

from collections import Counter
from dataclasses import MISSING, fields, is_dataclass
from typing import Any

import pytest

from p3c_qual.sources.incoming import COLUMNS
from p3c_qual.workbench import (
    args,
    args_agenda,
    args_description,
    args_judging,
    args_mayring,
    args_realist,
    args_structuring,
    on_server,
    wire,
    wire_agenda,
    wire_description,
    wire_forms,
    wire_judging,
    wire_mayring,
    wire_realist,
    wire_segments,
    wire_start,
    wire_structuring,
)
from p3c_qual.workbench.typed import read_typed
from p3c_qual.workbench.typescript import FILE, typescript
from p3c_qual.workbench.verbs import VERBS


def test_the_front_ends_types_are_those_of_the_server() -> None:
    assert FILE.read_text(encoding="utf-8") == typescript(), (
        "run: python -m p3c_qual.workbench.typescript"
    )


ASKED = (
    args,
    args_mayring,
    args_agenda,
    args_structuring,
    args_realist,
    args_judging,
    args_description,
)
ANSWERED = (
    *(wire, wire_segments, wire_start, wire_mayring, wire_agenda, wire_structuring),
    wire_judging,
    wire_realist,
    wire_forms,
    wire_description,
)


@pytest.mark.parametrize("module", [*ASKED, *ANSWERED], ids=lambda each: each.__name__)
def test_every_class_is_named_and_every_name_is_a_class(module: Any) -> None:
    classes = {
        name
        for name, value in vars(module).items()
        if is_dataclass(value) and value.__module__ == module.__name__
    }
    assert classes == set(module.__all__)
    assert list(module.__all__) == sorted(module.__all__)


def test_no_two_classes_have_one_name() -> None:
    # TypeScript would join them into a type that neither answer has
    names = Counter(name for module in [*ASKED, *ANSWERED] for name in module.__all__)
    assert [name for name, count in names.items() if count > 1] == []


def test_every_verb_has_arguments_of_its_own_kind() -> None:
    kinds = {verb.args for verb in VERBS.values()} | {kind for kind, _ in on_server.VERBS.values()}
    inner = {args.Part, args.FileIn}
    inner |= {kind for kind in _all(ASKED) if kind not in kinds and _held(kind, kinds)}
    assert kinds | inner == _all(ASKED)
    assert VERBS.keys().isdisjoint(on_server.VERBS)


def _all(modules: tuple[Any, ...]) -> set[Any]:
    return {getattr(module, name) for module in modules for name in module.__all__}


def _held(kind: Any, kinds: set[Any]) -> bool:
    """Say whether the arguments of a verb hold such a class."""
    return any(kind.__name__ in str(each.type) for one in kinds for each in fields(one))


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
