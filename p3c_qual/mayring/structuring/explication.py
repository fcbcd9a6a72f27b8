"""Explication: a doubtful passage, what was gathered to understand it, and what it means then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.coding.spots import Spot, Spots, clean
from p3c_qual.coding.stale import check_seen
from p3c_qual.coding.standing import gone
from p3c_qual.errors import P3CError, Problem
from p3c_qual.mayring.question import Question, read_question
from p3c_qual.mayring.structuring.explication_rules import (
    RULES,
    SCOPES,
    VERDICTS,
    continued_faults,
    gathered,
    scope_faults,
    short_id,
    verdict_faults,
)
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection

    from p3c_qual.opened import Opened
    from p3c_qual.store.act import Act

__all__ = [
    "RULES",
    "SCOPES",
    "VERDICTS",
    "edit_explication",
    "explicate",
    "lacks_explications",
    "remove_explication",
    "short_id",
]

_PROSE = ("lexical", "paraphrase", "remark")


def explicate(
    study: Opened,
    source: str,
    start: int,
    end: int,
    scope: str,
    *,
    question: str | None = None,
    lexical: str = "",
    material: Sequence[Mapping[str, Any]] = (),
    paraphrase: str = "",
    verdict: str = "open",
    remark: str = "",
    continues: str | None = None,
    coder: str | None = None,
    id: str | None = None,
) -> str:
    r"""Begin an explication of a passage, or write it whole.

    Parameters
    ----------
    study : Study
    source : str
        Key or row id; with `start` and `end` in code points the passage (E1).
    scope : str
        ``narrow``: only the same source may be consulted; ``broad``: other sources, literature
        and other citations too (E3). It does not change afterwards.
    question : str, optional
        Key or row id of the research question it belongs to.
    lexical : str
        What words and grammar can mean (E2).
    material : sequence of dict
        ``{"source", "start", "end"}`` with an optional ``note``, or ``{"citation", "note"}`` (E4).
    paraphrase : str
        What the passage means (E5).
    verdict : str
        ``open``, ``suffices`` or ``widen`` (E6).
    remark : str
    continues : str, optional
        Row id of the explication that did not suffice, which this broad one goes on with.
    coder : str, optional
        Who explains; by default who works here.
    id : str, optional
        Of the act, see `p3c_qual.store.act.begin_act`.

    Returns
    -------
    str
        The explication's row id.

    Raises
    ------
    P3CError
        Naming everything that is wrong, with the rule that is broken.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> path = study.path / "IP01.txt"
    >>> _ = path.write_text("I: How do you meet?\nR: Each week. It helps.\n")
    >>> from p3c_qual.sources.incoming import Incoming
    >>> _ = study.add([Incoming(path, interviewee="IP01")])
    >>> name = explicate(study, "IP01", 34, 43, "narrow", lexical="It: the week, or the meeting?")
    >>> edit_explication(study, name, material=[{"source": "IP01", "start": 3, "end": 19}])
    True
    """
    from p3c_qual.coding.coders import coder_id

    with study.act("explicate a passage", id=id) as act:
        asked = read_question(act.connection, question) if question else None
        names = [source, *(str(each["source"]) for each in material if each.get("source"))]
        spots = Spots(act.connection, names)
        problems = scope_faults(scope, asked, continues)
        spot = spots.find(source, start, end)
        if isinstance(spot, Problem):
            raise P3CError([*problems, spot])
        act.say(f"explicate {spot.key} {spot.start}-{spot.end}")
        words = {"lexical": clean(lexical), "paraphrase": clean(paraphrase)}
        items = gathered(spots, spot, scope, material, problems)
        problems += verdict_faults(verdict, words, items)
        if continues:
            problems += continued_faults(act.connection, continues, spot)
        if problems:
            raise P3CError(problems)
        row = {
            "question": asked.id if asked else None,
            "source": spot.source,
            "text": spot.text,
            "start": spot.start,
            "end": spot.end,
            "quote": spot.quote,
            "scope": scope,
            "lexical": words["lexical"] or None,
            "material": items,
            "paraphrase": words["paraphrase"] or None,
            "verdict": verdict,
            "remark": clean(remark) or None,
            "continues": continues or None,
            "coder": coder_id(act, coder or study.coder or ""),
        }
        return act.insert("explication", [row])[0]


def edit_explication(
    study: Opened,
    explication: str,
    *,
    lexical: str | None = None,
    material: Sequence[Mapping[str, Any]] | None = None,
    paraphrase: str | None = None,
    verdict: str | None = None,
    remark: str | None = None,
    was: Mapping[str, Any] | None = None,
    id: str | None = None,
) -> bool:
    """Go on with an explication; what is not named stays as it is.

    Parameters
    ----------
    study : Study
    explication : str
        Row id.
    lexical, material, paraphrase, verdict, remark : optional
        As for `explicate`.
    was : dict, optional
        By field, what was seen before.
    id : str, optional
        Of the act.

    Returns
    -------
    bool
        Whether this changed anything.

    Raises
    ------
    P3CError
        If it is gone, somebody has changed it since it was seen, or a rule is broken.
    """
    fields: dict[str, Any] = {
        name: clean(words) or None
        for name, words in (("lexical", lexical), ("paraphrase", paraphrase), ("remark", remark))
        if words is not None
    }
    with study.act("edit an explication", id=id) as act:
        old = _the_row(act, explication)
        names = [str(each["source"]) for each in material or () if each.get("source")]
        spots = Spots(act.connection, [old["source"], *names])
        key = spots.find(old["source"], 0, 1)
        act.say(f"edit the explication {short_id(explication)}")
        seen = {k: v for k, v in (was or {}).items() if k in {*_PROSE, "verdict"}}
        check_seen(act, "explication", explication, seen)
        problems: list[Problem] = []
        items = old["material"] or []
        if material is not None:
            name = key.key if isinstance(key, Spot) else ""
            here = Spot(
                old["source"], name, old["text"], old["start"], old["end"], old["quote"] or ""
            )
            items = gathered(spots, here, old["scope"], material, problems)
            fields["material"] = items
        if verdict is not None:
            fields["verdict"] = verdict
        now = {name: fields.get(name, old[name]) or "" for name in ("lexical", "paraphrase")}
        given = fields.get("verdict", old["verdict"]) or "open"
        problems += verdict_faults(given, now, items)
        if problems:
            raise P3CError(problems)
        return bool(act.update("explication", {explication: fields}))


def remove_explication(study: Opened, explication: str, *, id: str | None = None) -> None:
    """Take an explication away.

    Parameters
    ----------
    study : Study
    explication : str
        Row id.
    id : str, optional
        Of the act.

    Raises
    ------
    P3CError
        If it is gone already, or a broader one goes on with it.
    """
    with study.act("remove an explication", id=id) as act:
        _the_row(act, explication)
        table = ROWS["explication"]
        on = act.connection.scalar(select(table.c.id).where(table.c.continues == explication))
        if on is not None:
            do = f"Remove {short_id(on)} first."
            raise P3CError(Problem(f"{short_id(on)} goes on with this explication", do=do))
        act.delete("explication", [explication])


def lacks_explications(connection: Connection, question: Question) -> list[Problem]:
    """Return what is missing: no explication, open ones, and ones to be widened that were not."""
    table = ROWS["explication"]
    rows = list(connection.execute(select(table).where(table.c.question == question.id)).mappings())
    if not rows:
        do = "Choose a doubtful passage; those marked unsure are candidates (E1)."
        return [Problem("no passage is explicated yet", do=do)]
    # what goes on with it may belong to another question
    on = set(connection.scalars(select(table.c.continues).where(table.c.continues.is_not(None))))
    open_ = [short_id(row["id"]) for row in rows if (row["verdict"] or "open") == "open"]
    narrow = [
        short_id(row["id"]) for row in rows if row["verdict"] == "widen" and row["id"] not in on
    ]
    problems = []
    if open_:
        do = "Judge whether the paraphrase suffices in the place of the passage (E6)."
        problems.append(Problem(f"{_many(len(open_))} open", ", ".join(open_[:5]), do=do))
    if narrow:
        do = "Go on with a broad one (E6), or judge it anew."
        what = f"{_many(len(narrow))} to be widened, and nothing goes on with it"
        problems.append(Problem(what, ", ".join(narrow[:5]), do=do))
    return problems


def _many(count: int) -> str:
    return f"{count} explication{'s are' if count != 1 else ' is'}"


def _the_row(act: Act, name: str) -> Any:
    table = ROWS["explication"]
    row = act.connection.execute(select(table).where(table.c.id == name)).mappings().first()
    if row is None:
        raise P3CError(gone(act.connection, "explication", name[:60]))
    return row
