"""Codebooks in the store: taken in as one undoable act, and read back as they were."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import select

from p3c_qual.codebook.code import Anchor, Code, ScaleLevel
from p3c_qual.codebook.diff import Change, diff_codebooks
from p3c_qual.codebook.model import Codebook, Term, Vocabulary
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from p3c_qual.store.act import Act

__all__ = ["Loaded", "code_row", "load_codebook", "stored_codebook"]


@dataclass(frozen=True)
class Loaded:
    """What taking in a codebook changed.

    Attributes
    ----------
    key : str
    new : bool
        Whether the study did not have it before.
    codes : int
    changes : tuple of Change
    retired : tuple of str
        Codes that left the file now but have codings or memos, or such codes below them: they
        are kept, retired.
    """

    key: str
    new: bool
    codes: int
    changes: tuple[Change, ...] = ()
    retired: tuple[str, ...] = ()


def load_codebook(act: Act, book: Codebook) -> Loaded:
    """Take a codebook in, or bring the stored one to what the file says.

    Parameters
    ----------
    act : Act
    book : Codebook

    Returns
    -------
    Loaded
    """
    try:
        old: Codebook | None = stored_codebook(act.connection, book.key)
    except P3CError:
        old = None
    fields = _book_row(book)
    if old is None:
        wanted = act.named_id("codebook", book.key)
        owner = act.insert("codebook", [{"id": wanted, **fields}])[0]
    else:
        owner = _owner(act.connection, book.key)
        act.update("codebook", {owner: fields})
    there = _ids(act.connection, owner)
    fresh = {
        code.key: act.named_id("code", book.key, code.key)
        for code in book.codes
        if code.key not in there
    }
    known = {**there, **fresh}
    rows = {
        known[code.key]: code_row(code, number, owner, known)
        for number, code in enumerate(book.codes)
    }
    act.insert("code", [{"id": known[key], **rows[known[key]]} for key in fresh])
    act.update("code", {row: rows[row] for key, row in there.items() if key in book})
    gone = {key: row for key, row in there.items() if key not in book}
    used = _used(act.connection, gone.values())
    act.update("code", {row: {"status": "retired"} for row in used})
    act.delete("code", [row for row in gone.values() if row not in used])
    if old is None:
        return Loaded(book.key, new=True, codes=len(book.codes))
    before = {code.key for code in old.codes if code.status == "retired"}
    # a code retired by an earlier load is no news
    seen = replace(old, codes=tuple(c for c in old.codes if c.key in book or c.key not in before))
    retired = sorted(key for key, row in gone.items() if row in used and key not in before)
    return Loaded(
        book.key, False, len(book.codes), tuple(diff_codebooks(seen, book)), tuple(retired)
    )


def stored_codebook(connection: Connection, key: str) -> Codebook:
    """Return a codebook as the study holds it.

    Raises
    ------
    P3CError
        If the study has none of that key; the nearest spelling is named.
    """
    book = ROWS["codebook"]
    row = connection.execute(select(book).where(book.c.key == key)).mappings().one_or_none()
    if row is None:
        valid = tuple(sorted(connection.scalars(select(book.c.key))))
        raise P3CError(
            Problem(
                f"the study has no codebook {key!r}",
                valid=valid,
                nearest=nearest(key, valid),
                do="Take one in with: p3c codebook load FILE",
            )
        )
    extra = row["extra"] or {}
    code = ROWS["code"]
    rows = (
        connection.execute(
            select(code).where(code.c.codebook == row["id"]).order_by(code.c.position, code.c.key)
        )
        .mappings()
        .all()
    )
    keys = {each["id"]: each["key"] for each in rows}
    return Codebook(
        key=row["key"],
        label=row["label"] or "",
        version=row["version"] or "",
        language=row["language"] or "",
        description=row["description"] or "",
        source=row["source"] or "",
        status=row["status"] or "draft",
        criterion=extra.get("criterion", ""),
        abstraction=extra.get("abstraction", ""),
        vocabulary=tuple(
            Vocabulary(**{**each, "terms": tuple(Term(**term) for term in each["terms"])})
            for each in extra.get("vocabulary", ())
        ),
        codes=tuple(_code(each, keys) for each in rows),
    )


def _owner(connection: Connection, key: str) -> str:
    book = ROWS["codebook"]
    return str(connection.scalar(select(book.c.id).where(book.c.key == key)))


def _ids(connection: Connection, owner: str) -> dict[str, str]:
    code = ROWS["code"]
    found = select(code.c.key, code.c.id).where(code.c.codebook == owner)
    return dict(connection.execute(found).all())


def _used(connection: Connection, codes: Iterable[str]) -> set[str]:
    """Return the codes that codings or memos name, and those above them."""
    code, coding, memo = ROWS["code"], ROWS["coding"], ROWS["memo"]
    gone = set(codes)
    used = set(connection.scalars(select(coding.c.code).where(coding.c.code.in_(gone)).distinct()))
    used |= set(connection.scalars(select(memo.c.target).where(memo.c.target.in_(gone))))
    parents = dict(
        connection.execute(select(code.c.id, code.c.parent).where(code.c.id.in_(gone))).all()
    )
    while above := {parents[row] for row in used if parents.get(row) in gone} - used:
        used |= above
    return used


def _book_row(book: Codebook) -> dict[str, Any]:
    return {
        "key": book.key,
        "label": book.label,
        "version": book.version,
        "language": book.language,
        "description": book.description or None,
        "source": book.source,
        "status": book.status,
        "extra": _plain(
            {
                "criterion": book.criterion,
                "abstraction": book.abstraction,
                "vocabulary": [asdict(each) for each in book.vocabulary],
            }
        ),
    }


def code_row(code: Code, number: int, owner: str, ids: dict[str, Any]) -> dict[str, Any]:
    """Return the row of a code.

    Parameters
    ----------
    code : Code
    number : int
        Its place in the codebook's reading order.
    owner : str
        The codebook's row id.
    ids : dict of str to str
        Row id by key, of the codes it names.
    """
    return {
        "codebook": owner,
        "key": code.key,
        "label": code.label,
        "definition": code.definition or None,
        "rule": code.rule or None,
        "level": code.level,
        "parent": ids[code.parent] if code.parent else None,
        "position": number,
        "status": code.status,
        "kind": code.kind,
        "in_framework": code.in_framework,
        "merged_into": ids.get(code.merged_into) if code.merged_into else None,
        "anchors": [asdict(each) for each in code.anchors],
        "extra": _plain(
            {
                "levels": [asdict(each) for each in code.levels],
                "not_ratable": asdict(code.not_ratable) if code.not_ratable else None,
                "source": code.source,
                "crosswalk": code.crosswalk,
            }
        ),
    }


def _plain(value: dict[str, Any]) -> Any:
    """Return a structure as the store gives it back, so that what is equal is no change."""
    return orjson.loads(orjson.dumps(value))


def _code(row: Any, keys: dict[str, str]) -> Code:
    extra = row["extra"] or {}
    unrated = extra.get("not_ratable")
    return Code(
        key=row["key"],
        label=row["label"] or "",
        definition=row["definition"] or "",
        rule=row["rule"] or "",
        level=row["level"] or "",
        parent=keys.get(row["parent"]),
        anchors=tuple(Anchor(**each) for each in row["anchors"] or ()),
        status=row["status"] or "active",
        kind=row["kind"] or "nominal",
        levels=tuple(_level(each) for each in extra.get("levels", ())),
        not_ratable=_level(unrated) if unrated else None,
        source=extra.get("source", ""),
        in_framework=row["in_framework"] is not False,
        crosswalk=tuple(extra.get("crosswalk", ())),
        merged_into=keys.get(row["merged_into"]),
    )


def _level(each: dict[str, Any]) -> ScaleLevel:
    return ScaleLevel(**{**each, "anchors": tuple(Anchor(**a) for a in each["anchors"])})
