"""Units of a summarising: selected, paraphrased (Z1) and generalised (Z2)."""

from __future__ import annotations

from operator import index
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.coding.coders import coder_id
from p3c_qual.coding.names import find_key, ids_by_key
from p3c_qual.coding.reading import record_readings
from p3c_qual.coding.stale import check_seen
from p3c_qual.errors import P3CError, Problem
from p3c_qual.mayring.question import Question, material_of, read_question
from p3c_qual.mayring.summarising.working import check_open, check_rules, take_units
from p3c_qual.sources.fix import fix_text
from p3c_qual.store import payloads
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from p3c_qual.opened import Opened
    from p3c_qual.store.act import Act

__all__ = ["drop", "generalise", "paraphrase", "put_unit", "remove_unit", "rewrite"]


def paraphrase(
    study: Opened,
    question: str,
    source: str,
    start: int,
    end: int,
    text: str = "",
    *,
    rules: Sequence[str] = (),
    was: str | None = None,
    coder: str | None = None,
    round: str = "main",
    id: str | None = None,
) -> str:
    """Select a unit and put it in short form (Mayring, Z1).

    Parameters
    ----------
    study : Study
    question : str
        Key or row id of a research question with summarising.
    source : str
        Key or row id of one of its sources.
    start, end : int
        Half-open range in code points over the stored text.
    text : str
        The paraphrase; empty to select the unit alone.
    rules : sequence of str
        Ids of the rules used, Z1.1 to Z1.3.
    was : str, optional
        The paraphrase the writer saw there, empty for none; if it is another by now, it is refused.
    coder : str, optional
        Who does it; by default who acts.
    round : str
        Of the reading that is recorded.
    id : str, optional
        Of the act.

    Returns
    -------
    str
        The unit's row id; one that stands at this very span already is written on.

    Raises
    ------
    P3CError
        If the units are not declared, the step is closed, the source is not of the material,
        the span overlaps another unit, or somebody wrote there meanwhile.
    """
    with study.act("paraphrase", id=id) as act:
        asked = read_question(act.connection, question)
        check_open(asked, "paraphrase")
        name, key = _source(act, asked, source)
        act.say(
            f"paraphrase {key} {start}-{end}" if text.strip() else f"select {key} {start}-{end}"
        )
        unit = put_unit(act, asked, name, start, end, coder=coder or study.coder or "", round=round)
        if was is not None:
            check_seen(act, "paraphrase", unit, {"paraphrase": was})
        if text.strip():
            _write(act, unit, "paraphrase", text, check_rules(rules, "Z1"))
        if asked.step == "define":
            # its units are declared, and with the first of them the next step has begun
            act.update("question", {asked.id: {"step": "paraphrase"}})
        return unit


def put_unit(
    act: Act, question: Question, source: str, start: int, end: int, *, coder: str, round: str
) -> str:
    """Return the unit at a span of a source (row id), made where there is none."""
    unit, text, src = ROWS["paraphrase"], ROWS["text"], ROWS["source"]
    row = act.connection.execute(
        select(text.c.id, text.c.hash, src.c.key)
        .join(src, src.c.text == text.c.id)
        .where(src.c.id == source)
    ).one()
    body = payloads.get(act.connection, row.hash or "")
    if not isinstance(body, str):
        raise P3CError(payloads.no_text(act.connection, row.hash, row.key))
    try:
        start, end = index(start), index(end)
    except TypeError:
        what = f"start and end must be whole numbers, not {start!r} and {end!r}"
        raise P3CError(Problem(what, row.key)) from None
    if not 0 <= start < end <= len(body) or not body[start:end].strip():
        raise P3CError(
            Problem(
                f"the span {start}-{end} is not within the text of {row.key!r}, which has "
                f"{len(body)} characters, or holds no words",
                do="Spans are half-open [start, end) in code points, and not empty.",
            )
        )
    there = act.connection.execute(
        select(unit.c.id, unit.c.start, unit.c.end).where(
            unit.c.question == question.id,
            unit.c.source == source,
            unit.c.text == row.id,
            unit.c.start < end,
            unit.c.end > start,
        )
    ).all()
    for other in there:
        if (other.start, other.end) == (start, end):
            return str(other.id)
    if there:
        spans = ", ".join(f"{other.start}-{other.end}" for other in there)
        raise P3CError(
            Problem(
                f"{start}-{end} of {row.key!r} overlaps the unit at {spans}; a passage is one unit "
                "of a summarising only",
                do="Take a span beside it, or remove the other unit first.",
                code="overlap",
            )
        )
    who = coder_id(act, coder, row.key)
    record_readings(act, {(source, who, round, question.key): [(start, end)]}, done=None)
    made = {
        "question": question.id,
        "source": source,
        "text": row.id,
        "start": start,
        "end": end,
        "quote": body[start:end],
        "coder": who,
    }
    return act.insert("paraphrase", [made])[0]


def rewrite(
    study: Opened,
    unit: str,
    text: str,
    *,
    rules: Sequence[str] | None = None,
    was: str | None = None,
    id: str | None = None,
) -> bool:
    """Write a unit's paraphrase anew; an empty one takes it back.

    Parameters
    ----------
    study : Study
    unit : str
        Row id.
    text : str
    rules : sequence of str, optional
        Ids of the rules used; by default they stay.
    was : str, optional
        What the writer saw before; if that is no longer so, it is refused.
    id : str, optional
        Of the act.

    Returns
    -------
    bool
        Whether this changed anything.

    Raises
    ------
    P3CError
        If the step is closed, somebody changed it meanwhile, or it is taken back where a
        generalisation rests on it.
    """
    with study.act("write a paraphrase", id=id) as act:
        _, (found,) = take_units(act, [unit], "paraphrase")
        if was is not None:
            check_seen(act, "paraphrase", unit, {"paraphrase": was})
        act.say(f"write the paraphrase of {found.place}")
        if not text.strip() and found.generalisation:
            what = f"the generalisation of {found.place} rests on its paraphrase"
            raise P3CError(Problem(what, do="Take the generalisation back first (Z2)."))
        return _write(
            act, unit, "paraphrase", text, None if rules is None else check_rules(rules, "Z1")
        )


def drop(study: Opened, unit: str, reason: str, *, id: str | None = None) -> bool:
    """Say that a unit turned out to hold nothing (Z1.1); an empty reason takes that back.

    Parameters
    ----------
    study : Study
    unit : str
        Row id.
    reason : str
        What makes it hold nothing.
    id : str, optional
        Of the act.

    Raises
    ------
    P3CError
        If the unit has a generalisation, or the step is closed.
    """
    with study.act("drop a unit (Z1.1)", id=id) as act:
        _, (found,) = take_units(act, [unit], "paraphrase")
        if reason.strip() and found.generalisation:
            what = f"{found.place} has a generalisation; it is deleted by Z3.2, not by Z1.1"
            raise P3CError(Problem(what, do="Delete it in the first reduction, with the reason."))
        act.say(f"{'drop' if reason.strip() else 'take up again'} {found.place} (Z1.1)")
        said = fix_text(reason.strip()).text or None
        return bool(act.update("paraphrase", {unit: {"dropped": said}}))


def remove_unit(study: Opened, unit: str, *, id: str | None = None) -> None:
    """Take a unit away on which nothing was written yet.

    Parameters
    ----------
    study : Study
    unit : str
        Row id.
    id : str, optional
        Of the act.

    Raises
    ------
    P3CError
        If something was: then it is dropped or deleted with a reason, and stays.
    """
    with study.act("remove a unit", id=id) as act:
        _, (found,) = take_units(act, [unit], "paraphrase")
        if found.state != "unit":
            what = f"{found.place} has a paraphrase; nothing that was written is destroyed"
            raise P3CError(
                Problem(what, do="Drop it by Z1.1 or delete it by Z3.2, with the reason.")
            )
        act.say(f"remove the unit {found.source_key} {found.start}-{found.end}")
        act.delete("paraphrase", [unit])


def generalise(
    study: Opened,
    unit: str,
    text: str,
    *,
    rules: Sequence[str] | None = None,
    was: str | None = None,
    id: str | None = None,
) -> bool:
    """Lift a paraphrase to the level of abstraction (Mayring, Z2); an empty text takes it back.

    Parameters
    ----------
    study : Study
    unit : str
        Row id.
    text : str
    rules : sequence of str, optional
        Ids of the rules used, Z2.1 to Z2.4; by default they stay. The paraphrase itself is taken
        as its generalisation by Z2.3.
    was : str, optional
        What the writer saw before; if that is no longer so, it is refused.
    id : str, optional
        Of the act.

    Returns
    -------
    bool
        Whether this changed anything.

    Raises
    ------
    P3CError
        If there is no paraphrase, the step is closed, somebody changed it meanwhile, or it is
        taken back where a decision rests on it.
    """
    with study.act("write a generalisation", id=id) as act:
        _, (found,) = take_units(act, [unit], "generalise")
        if was is not None:
            check_seen(act, "paraphrase", unit, {"generalisation": was})
        act.say(f"write the generalisation of {found.place}")
        if found.state in {"unit", "dropped"}:
            what = f"{found.place} has no paraphrase; Z2 lifts what Z1 has put in short form"
            raise P3CError(Problem(what, do="Write its paraphrase first.", code="order"))
        if not text.strip() and found.kept is not None:
            what = f"the decision of the first reduction on {found.place} rests on it"
            raise P3CError(Problem(what, do="Take the decision back first (Z3)."))
        given = None if rules is None else check_rules(rules, "Z2")
        if given is None and text.strip() == found.paraphrase and not found.z2:
            given = ["Z2.3"]
        return _write(act, unit, "generalisation", text, given)


def _write(act: Act, unit: str, column: str, text: str, rules: list[str] | None) -> bool:
    fields: dict[str, Any] = {column: fix_text(text.strip()).text or None}
    place = "z1" if column == "paraphrase" else "z2"
    if rules is not None:
        fields[place] = rules or None
    elif not text.strip():
        fields[place] = None
    if column == "paraphrase" and text.strip():
        fields["dropped"] = None
    return bool(act.update("paraphrase", {unit: fields}))


def _source(act: Act, question: Question, name: str) -> tuple[str, str]:
    """Return the id and key of a source of the material."""
    material = {row.id: row.key for row in material_of(act.connection, question)}
    keys = {key: row for row, key in material.items()}
    if name in material:
        return name, material[name]
    if name in keys:
        return keys[name], name
    known = ids_by_key(act.connection, "source")
    name = next((key for key, row in known.items() if row == name), name)
    if problem := find_key(known, name, "source"):
        raise P3CError(problem)
    what = f"{name!r} is not of the material of the question {question.key!r}"
    do = "Add it to the question's material, or take one of these."
    raise P3CError(Problem(what, "", tuple(material.values()), do=do))
