"""Explication: a doubtful passage, what was gathered to understand it, and what it means then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.coding.standing import gone
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.mayring.question import Question, read_question
from p3c_qual.mayring.spots import Spot, Spots, clean
from p3c_qual.mayring.stale import check_seen
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

SCOPES = ("narrow", "broad")
VERDICTS = ("open", "suffices", "widen")
#: the steps of an explication, in our words
RULES = {
    "E1": "choose the passage that is to be explained",
    "E2": "find out what its words and its grammar can mean",
    "E3": "fix which material may be consulted, before any is gathered",
    "E4": "gather the material",
    "E5": "put what the passage means into a paraphrase",
    "E6": "set it in the place of the passage and judge whether it suffices, else widen",
}
_PROSE = ("lexical", "paraphrase", "remark")


def short_id(explication: str) -> str:
    """Return the name by which a memo cites an explication.

    Examples
    --------
    >>> short_id("018f3c5e-7b1d-7c3a-9f10-2a5b6c7d8e9f")
    'E-7d8e9f'
    """
    return f"E-{explication[-6:]}"


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
        problems = _scope_faults(scope, asked, continues)
        spot = spots.find(source, start, end)
        if isinstance(spot, Problem):
            raise P3CError([*problems, spot])
        act.say(f"explicate {spot.key} {spot.start}-{spot.end}")
        words = {"lexical": clean(lexical), "paraphrase": clean(paraphrase)}
        items = _material(spots, spot, scope, material, problems)
        problems += _verdict_faults(verdict, words, items)
        if continues:
            problems += _continued(act.connection, continues, spot)
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
            items = _material(spots, here, old["scope"], material, problems)
            fields["material"] = items
        if verdict is not None:
            fields["verdict"] = verdict
        now = {name: fields.get(name, old[name]) or "" for name in ("lexical", "paraphrase")}
        given = fields.get("verdict", old["verdict"]) or "open"
        problems += _verdict_faults(given, now, items)
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


def _scope_faults(scope: str, question: Question | None, continues: str | None) -> list[Problem]:
    if scope not in SCOPES:
        return [
            Problem(
                f"unknown scope {scope!r}", "scope", SCOPES, nearest(scope, SCOPES), RULES["E3"]
            )
        ]
    technique = question.technique if question else ""
    if technique == "explication_narrow" and scope == "broad" and not continues:
        what = "the question explains from the narrow context (E3)"
        do = "Begin with a narrow one; where it does not suffice, a broad one goes on with it."
        return [Problem(what, do=do)]
    if technique == "explication_broad" and scope == "narrow":
        what = "the question explains from the broad context (E3)"
        return [Problem(what, do="Ask another question for narrow explications.")]
    return []


def _continued(connection: Connection, name: str, spot: Spot) -> list[Problem]:
    table = ROWS["explication"]
    row = connection.execute(select(table).where(table.c.id == name)).mappings().first()
    if row is None:
        return [gone(connection, "explication", name[:60])]
    if row["source"] != spot.source or row["start"] >= spot.end or spot.start >= row["end"]:
        return [Problem(f"{short_id(name)} explains another passage than this one")]
    if row["verdict"] != "widen":
        do = f"Judge {short_id(name)} as not sufficient first."
        return [Problem(f"{short_id(name)} is not to be widened (E6)", do=do)]
    return []


def _verdict_faults(verdict: str, words: Mapping[str, str], items: Sequence[Any]) -> list[Problem]:
    if verdict not in VERDICTS:
        close = nearest(verdict, VERDICTS)
        return [Problem(f"unknown verdict {verdict[:40]!r}", "verdict", VERDICTS, close)]
    if verdict != "suffices":
        return []
    needs = (
        (words["lexical"], "E2: what the words and the grammar can mean is not written"),
        (items, "E4: no material is gathered"),
        (words["paraphrase"], "E5: what the passage means is not written"),
    )
    do = "An explication suffices (E6) once these are there."
    return [Problem(what, do=do) for there, what in needs if not there]


def _material(
    spots: Spots,
    spot: Spot,
    scope: str,
    material: Sequence[Mapping[str, Any]],
    problems: list[Problem],
) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for number, each in enumerate(material, 1):
        where = f"material {number}"
        note = clean(str(each.get("note") or ""))
        if not each.get("source"):
            citation = clean(str(each.get("citation") or ""))
            if not citation:
                do = "Name a span of a source, or write a citation."
                problems.append(Problem("it is neither a span nor a citation", where, do=do))
            elif scope == "narrow":
                what = "E3: the narrow context is the same text; a citation is beyond it"
                problems.append(Problem(what, where, do=_WIDEN))
            made.append({"citation": citation, "note": note})
            continue
        found = spots.find(str(each["source"]), each.get("start"), each.get("end"), where)
        if isinstance(found, Problem):
            problems.append(found)
            continue
        if scope == "narrow" and found.source != spot.source:
            what = f"E3: the narrow context is {spot.key}; {found.key} is beyond it"
            problems.append(Problem(what, where, do=_WIDEN))
        if found.source == spot.source and found.start < spot.end and spot.start < found.end:
            what = "E4: it overlaps the passage, which cannot explain itself"
            problems.append(Problem(what, where, do="Take what stands before or behind it."))
        made.append(
            {
                "source": found.source,
                "text": found.text,
                "start": found.start,
                "end": found.end,
                "quote": found.quote,
                "note": note,
            }
        )
    return made


_WIDEN = "What may be consulted is fixed first: judge this one as to be widened, and go on broadly."
