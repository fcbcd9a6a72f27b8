"""Asking a research question of the material, and changing what is said of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.coding.stale import check_seen
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.mayring.binding import bind, find_codebook
from p3c_qual.mayring.question import FIELDS, UNITS, Question, question_of, read_question
from p3c_qual.mayring.techniques import TECHNIQUES
from p3c_qual.sources.fix import fix_text
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection

    from p3c_qual.opened import Opened
    from p3c_qual.store.act import Act

__all__ = ["ask_question", "edit_question", "put_question"]

#: steps in which what has to be fixed before coding may still be changed
_OPEN = {"define", "agenda", "pilot"}


def ask_question(
    study: Opened,
    label: str,
    technique: str,
    *,
    key: str = "",
    theory: str = "",
    criterion: str = "",
    abstraction: str = "",
    coding_unit: str = "",
    context_unit: str = "",
    recording_unit: str = "",
    material: Sequence[str] | None = None,
    codebook: str | None = None,
    id: str | None = None,
) -> str:
    """Ask a research question of the material.

    Parameters
    ----------
    study : Study
    label : str
        The question as a sentence.
    technique : str
        ``summarising``, ``inductive``, ``explication_narrow``, ``explication_broad``, ``formal``,
        ``theme``, ``type`` or ``scaling``.
    key : str
        A short name; made of the label where none is given.
    theory, criterion, abstraction : str
        Background, selection criterion (for types: the dimension) and level of abstraction.
    coding_unit : str
        ``word``, ``proposition``, ``sentence`` or ``turn``.
    context_unit : str
        ``turn``, ``section``, ``source``, ``programme`` or ``study``.
    recording_unit : str
        ``source``, ``interviewee``, ``programme`` or ``study``.
    material : sequence of str, optional
        Keys or ids of sources in the order of processing; by default all that can be coded.
    codebook : str, optional
        Key or id of the codebook to bind.
    id : str, optional
        Of the act, see `p3c_qual.store.act.begin_act`.

    Returns
    -------
    str
        The question's row id.

    Raises
    ------
    P3CError
        Naming everything that is wrong with it.
    """
    fields = {
        "label": label,
        "theory": theory,
        "criterion": criterion,
        "abstraction": abstraction,
        "coding_unit": coding_unit,
        "context_unit": context_unit,
        "recording_unit": recording_unit,
    }
    with study.act("ask a research question", id=id) as act:
        name = key.strip() or _key_of(act.connection, label)
        made = put_question(
            act, name, {**fields, "technique": technique}, material=material, codebook=codebook
        )
        act.say(f"ask the research question {name}")
        return made


def edit_question(
    study: Opened,
    question: str,
    *,
    material: Sequence[str] | None = None,
    codebook: str | None = None,
    was: Mapping[str, str] | None = None,
    id: str | None = None,
    **fields: str,
) -> bool:
    """Change what is said of a research question.

    What has to be fixed before coding changes only in the steps before the final coding.

    Parameters
    ----------
    study : Study
    question : str
        Key or row id.
    material : sequence of str, optional
        Keys or ids of sources; empty for all that can be coded.
    codebook : str, optional
        Key or id of the codebook to bind; empty to bind none.
    was : mapping of str to str, optional
        What was seen before of the fields that are changed.
    id : str, optional
        Of the act.
    **fields : str
        Those of `FIELDS`.

    Returns
    -------
    bool
        Whether this changed anything.

    Raises
    ------
    P3CError
        Naming everything that is wrong, or who has changed a field since.
    """
    with study.act("edit a research question", id=id) as act:
        old = read_question(act.connection, question)
        act.say(f"edit the research question {old.key}")
        if was:
            check_seen(act, "question", old.id, {k: v for k, v in was.items() if k in FIELDS})
        before = act.events
        put_question(act, old.key, fields, material=material, codebook=codebook)
        return act.events > before


def put_question(
    act: Act,
    key: str,
    fields: Mapping[str, str],
    *,
    material: Sequence[str] | None = None,
    codebook: str | None = None,
) -> str:
    """Write a question under its key, new or changed; returns its row id."""
    table = ROWS["question"]
    row = act.connection.execute(select(table).where(table.c.key == key)).mappings().first()
    old = question_of(row) if row else None
    problems = _faults(key, fields, old)
    chosen = None if material is None else _sources(act, material, key, problems)
    if old and chosen is not None:
        problems += _left_behind(act, old, chosen)
        problems += _fixed(old, chosen)
    book = find_codebook(act.connection, codebook, problems) if codebook else None
    if problems:
        raise P3CError(problems)
    new: dict[str, Any] = {
        k: fix_text(v.strip()).text or None for k, v in fields.items() if k in FIELDS
    }
    if chosen is not None:
        new["material"] = chosen or None
    if old is None:
        new |= {"key": key, "technique": fields["technique"], "step": "define"}
        name = act.insert("question", [new])[0]
    else:
        name = old.id
        act.update("question", {name: new})
    if codebook is not None:
        bind(act, read_question(act.connection, name), book)
    return name


def _faults(key: str, fields: Mapping[str, str], old: Question | None) -> list[Problem]:
    from p3c_qual.sources.terms import check_key

    found = []
    if old is None:
        if bad := check_key(key):
            found.append(Problem(f"the key of a research question: {bad}", key))
        technique = fields.get("technique", "")
        if technique not in TECHNIQUES:
            valid = tuple(TECHNIQUES)
            what = f"there is no technique {technique!r}"
            found.append(Problem(what, key, valid, nearest(technique, valid)))
        if not fields.get("label", "").strip():
            found.append(Problem("a research question needs its question", key))
    elif fields.get("technique", old.technique) != old.technique:
        do = "Ask another question with the other technique over the same material."
        found.append(Problem("the technique of a question does not change", key, do=do))
    for name in fields.keys() - {*FIELDS, "technique"}:
        valid = tuple(FIELDS)
        found.append(
            Problem(f"a research question has no field {name!r}", key, valid, nearest(name, valid))
        )
    for name, valid in UNITS.items():
        given = fields.get(name, "").strip()
        if given and given not in valid:
            what = f"there is no {FIELDS[name]} {given!r}"
            found.append(Problem(what, key, valid, nearest(given, valid)))
    if old is not None and old.step not in _OPEN:
        for name in old.how.needs:
            new = fields.get(name, getattr(old, name)).strip()
            if getattr(old, name) and new != getattr(old, name):
                do = f"Return to the step {old.how.steps[0].title!r} first, with a reason."
                what = f"the {FIELDS[name]} is fixed once coding is under way"
                found.append(Problem(what, key, do=do, code="closed"))
    return found


def _sources(act: Act, given: Sequence[str], key: str, problems: list[Problem]) -> list[str]:
    src = ROWS["source"]
    rows = act.connection.execute(select(src.c.id, src.c.key)).all()
    known = {row.key: row.id for row in rows} | {row.id: row.id for row in rows}
    keys = [row.key for row in rows]
    valid = tuple(sorted(keys))
    problems += [
        Problem(f"unknown source {name!r}", key, valid, nearest(name, keys))
        for name in given
        if name not in known
    ]
    return list(dict.fromkeys(known[name] for name in given if name in known))


def _fixed(old: Question, chosen: Sequence[str]) -> list[Problem]:
    """Say that a pilot's shares are of the material it was closed with."""
    same = (old.material or ()) == tuple(chosen)
    if same or not old.behind("pilot"):
        return []
    do = "Return to the pilot first, with a reason."
    what = "the material is fixed once the pilot is closed, since its shares are of it"
    return [Problem(what, old.key, do=do, code="closed")]


def _left_behind(act: Act, old: Question, chosen: Sequence[str]) -> list[Problem]:
    """Say which sources have units and would be taken out of the material."""
    if not chosen:
        return []
    unit, src = ROWS["paraphrase"], ROWS["source"]
    wanted = (
        select(src.c.key)
        .join(unit, unit.c.source == src.c.id)
        .where(unit.c.question == old.id, src.c.id.not_in(list(chosen)))
        .distinct()
    )
    keys = sorted(act.connection.scalars(wanted))
    if not keys:
        return []
    what = f"units were made in {', '.join(keys)}, which is to be taken out of the material"
    return [Problem(what, old.key, do="Leave these sources in, or remove their units first.")]


def _key_of(connection: Connection, label: str) -> str:
    """Make a key of a question's first words that is not used yet."""
    words = re.findall(r"[a-z0-9]+", label.casefold())
    base = "_".join(words[:4])[:40].strip("_") or "question"
    used = set(connection.scalars(select(ROWS["question"].c.key)))
    number, name = 2, base
    while name in used:
        name, number = f"{base}_{number}", number + 1
    return name
