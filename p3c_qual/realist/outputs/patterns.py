"""Patterns over programmes: one mechanism in different contexts, and demi-regularities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from p3c_qual.realist.judging.profile import profile_of
from p3c_qual.realist.outputs.held import by_key, of_words, read_held
from p3c_qual.realist.vocabulary import label_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from p3c_qual.realist.model import Configuration, Mechanism, Regularity
    from p3c_qual.realist.outputs.held import Held
    from p3c_qual.study import Study

__all__ = ["table_mechanisms", "table_regularities"]

_MECHANISMS = {
    "mechanism": "Mechanism",
    "mechanism_key": "Key",
    "key": "Configuration",
    "label": "Label",
    "programme": "Programme",
    "context": "In the context",
    "resource": "Resource",
    "reasoning": "Reasoning",
    "activation": "Activation",
    "outcome": "Outcome",
    "direction": "Direction",
    "supports": "Supporting",
    "contradicts": "Contradicting",
    "configurations": "Configurations",
    "programmes": "In programmes",
    "differ": "Directions differ",
    "directions": "Directions",
}


def table_mechanisms(
    study: Study, *, programme: str | Sequence[str] = "", mechanism: str = ""
) -> pd.DataFrame:
    """Set the contexts side by side in which one mechanism was found, over all programmes.

    Parameters
    ----------
    study : Study
    programme : str or sequence of str
        Keys or row ids, as text with commas between them; only configurations of any of them.
    mechanism : str
        Key or row id; only configurations in which it is at work.

    Returns
    -------
    DataFrame
        One row a configuration that stands and has a named mechanism, the mechanism of most
        programmes first: ``mechanism``, ``mechanism_key``, ``key``, ``label``, ``programme``,
        ``context``, ``resource``, ``reasoning``, ``activation``, ``outcome``, ``direction``
        (str), ``supports``, ``contradicts`` (int, passages that support or refine it, and that
        contradict it or offer a rival explanation), ``configurations``, ``programmes`` (int, of
        the mechanism), ``differ`` (boolean: whether the outcomes of its configurations go
        different ways; missing where fewer than two say a direction) and ``directions`` (str,
        which goes where). ``attrs``: ``caption``, ``unit``, ``denominators``, ``notes``.

    Raises
    ------
    P3CError
        If the programme or the mechanism is unknown.

    Notes
    -----
    The same mechanism leads to different outcomes in different contexts; a pattern that comes up
    again, though not always, is a demi-regularity.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> table_mechanisms(study).attrs["denominators"]["mechanisms"]
    0
    """
    import pandas as pd

    with study.store.read() as connection:
        held = read_held(study, connection)
        chosen = held.pick(programme=programme, mechanism=mechanism)
        notices = held.notices(connection, held.spoken(chosen))
    of: dict[str, list[Configuration]] = {}
    for each in chosen:
        if each.mechanism in held.realist.mechanisms:
            of.setdefault(str(each.mechanism), []).append(each)
    rows = [
        row
        for name, some in of.items()
        for row in _mechanism_rows(held, held.realist.mechanisms[name], some)
    ]
    rows.sort(
        key=lambda row: (
            -row["programmes"],
            -row["configurations"],
            row["mechanism"].casefold(),
            row["mechanism_key"],
            row["programme"],
            by_key(row["key"]),
        )
    )
    numbers = ("supports", "contradicts", "configurations", "programmes")
    frame = pd.DataFrame(rows, columns=list(_MECHANISMS))
    frame = frame.astype({**dict.fromkeys(numbers, "int64"), "differ": "boolean"})
    unnamed = [each.key for each in chosen if each.mechanism not in held.realist.mechanisms]
    over = {row["mechanism_key"] for row in rows if row["programmes"] > 1}
    title = " ".join(["The same mechanism in different contexts", *of_words(programme, mechanism)])
    frame.attrs = {
        "title": title,
        "caption": title,
        "unit": "configurations that stand and have a named mechanism",
        "denominators": {
            "configurations": len(chosen),
            "with a named mechanism": len(rows),
            "mechanisms": len(of),
            "mechanisms in two programmes or more": len(over),
        },
        "headings": dict(_MECHANISMS),
        "shown": [
            *("mechanism", "programmes", "key", "programme", "context", "resource", "reasoning"),
            *("outcome", "direction", "supports", "contradicts", "differ"),
        ],
        "beneath": {"key": "label", "differ": "directions", "reasoning": "activation"},
        "once": ["mechanism", "programmes", "differ"],
        "notes": [
            (
                "Directions differ where the outcomes of two configurations do not go the same way; "
                "left empty where fewer than two say a direction."
            ),
            *([f"No mechanism is named yet of: {', '.join(unnamed)}."] if unnamed else []),
            *held.not_standing(),
        ],
        "notices": notices,
    }
    return frame


def _mechanism_rows(
    held: Held, mechanism: Mechanism, some: list[Configuration]
) -> list[dict[str, Any]]:
    programmes = {key for each in some for key in held.programmes_of(each)}
    ways: dict[frozenset[str], list[str]] = {}
    for each in some:
        way = frozenset(part.direction for part in each.of_role("outcome") if part.direction)
        if way:
            ways.setdefault(way, []).append(each.key)
    said = sum(map(len, ways.values()))
    directions = "; ".join(
        f"{' and '.join(label_of('direction', one).lower() for one in sorted(way))}: {', '.join(keys)}"
        for way, keys in ways.items()
    )
    rows = []
    for each in some:
        profile = profile_of(each, held.voices)
        rows.append(
            {
                "mechanism": mechanism.label or mechanism.key,
                "mechanism_key": mechanism.key,
                "key": each.key,
                "label": each.label,
                "programme": ";".join(held.programmes_of(each)),
                **{role: held.words(each, role) for role in ("context", "resource", "reasoning")},
                "activation": label_of("activation", each.activation).lower(),
                "outcome": held.words(each, "outcome"),
                "direction": held.of_outcomes(each, "direction"),
                "supports": profile.supports + profile.refines,
                "contradicts": profile.contradicts + profile.rival,
                "configurations": len(some),
                "programmes": len(programmes),
                "differ": len(ways) > 1 if said > 1 else None,
                "directions": directions,
            }
        )
    return rows


_REGULARITIES = {
    "key": "Demi-regularity",
    "label": "Label",
    "statement": "Statement",
    "mechanism": "Mechanism",
    "supporting": "Supporting configurations",
    "contradicting": "Contradicting configurations",
    "supports": "Supporting",
    "contradicts": "Contradicting",
    "programmes": "Programmes",
    "programmes_against": "Programmes against it",
    "interviewees": "Interviewees",
    "who": "Who",
    "across": "Over two programmes or more",
}


def table_regularities(study: Study) -> pd.DataFrame:
    """List the demi-regularities with the configurations that bear them out, and those that do not.

    Parameters
    ----------
    study : Study

    Returns
    -------
    DataFrame
        ``key``, ``label``, ``statement``, ``mechanism``, ``supporting``, ``contradicting`` (str;
        the keys of configurations that stand, each with its reason), ``supports``,
        ``contradicts`` (int, configurations), ``programmes``, ``programmes_against`` (str, keys
        with ``;`` between them), ``interviewees`` (int, whose passages speak for a supporting
        configuration), ``who`` (str) and ``across`` (bool: supported in two programmes or more).
        ``attrs``: ``caption``, ``unit``, ``denominators``, ``notes``.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> table_regularities(study).attrs["denominators"]
    {'demi-regularities': 0, 'over two programmes or more': 0, 'configurations': 0}
    """
    import pandas as pd

    with study.store.read() as connection:
        held = read_held(study, connection)
    chosen = {each.id: each for each in held.pick()}
    regularities = sorted(held.realist.regularities.values(), key=lambda one: by_key(one.key))
    rows = [_regularity_row(held, each, chosen) for each in regularities]
    numbers = ("supports", "contradicts", "interviewees")
    frame = pd.DataFrame(rows, columns=list(_REGULARITIES))
    frame = frame.astype({**dict.fromkeys(numbers, "int64"), "across": "bool"})
    frame.attrs = {
        "title": "Demi-regularities across programmes",
        "caption": "Demi-regularities across programmes",
        "unit": "configurations that stand, and interviewees whose passages speak for them",
        "denominators": {
            "demi-regularities": len(rows),
            "over two programmes or more": sum(bool(row["across"]) for row in rows),
            "configurations": len(chosen),
        },
        "headings": dict(_REGULARITIES),
        "shown": [
            *("label", "mechanism", "supporting", "contradicting", "programmes"),
            *("programmes_against", "interviewees"),
        ],
        "beneath": {"label": "statement", "interviewees": "who"},
        "notes": held.not_standing(),
    }
    return frame


def _regularity_row(
    held: Held, regularity: Regularity, chosen: dict[str, Configuration]
) -> dict[str, Any]:
    # what was merged counts for what it was merged into, so that one may be there twice
    sides: dict[str, dict[str, list[str]]] = {"supports": {}, "contradicts": {}}
    for one in regularity.instances:
        if one.configuration in chosen and one.role in sides:
            reasons = sides[one.role].setdefault(one.configuration, [])
            reasons += [one.reason] if one.reason else []
    order = {
        role: sorted(some, key=lambda name: by_key(chosen[name].key))
        for role, some in sides.items()
    }
    programmes = {
        role: sorted({key for name in some for key in held.programmes_of(chosen[name])})
        for role, some in order.items()
    }
    lines = {
        role: "\n".join(
            ": ".join(filter(None, (chosen[name].key, "; ".join(sides[role][name]))))
            for name in some
        )
        for role, some in order.items()
    }
    who = sorted(
        {
            key
            for name in order["supports"]
            for key in profile_of(chosen[name], held.voices).interviewees
        }
    )
    mechanism = held.realist.mechanisms.get(regularity.mechanism or "")
    return {
        "key": regularity.key,
        "label": regularity.label,
        "statement": regularity.statement,
        "mechanism": (mechanism.label or mechanism.key) if mechanism else "",
        "supporting": lines["supports"],
        "contradicting": lines["contradicts"],
        "supports": len(sides["supports"]),
        "contradicts": len(sides["contradicts"]),
        "programmes": ";".join(programmes["supports"]),
        "programmes_against": ";".join(programmes["contradicts"]),
        "interviewees": len(who),
        "who": ";".join(who),
        "across": len(programmes["supports"]) > 1,
    }
