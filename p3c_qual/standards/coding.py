"""What a study holds of its coding: who coded, with which codes, and what is quoted."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from p3c_qual.mayring.question import read_questions
from p3c_qual.realist.judging.profile import Voices
from p3c_qual.standards.lookup import Facts, Found, count_of, keys_of
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Callable

    from p3c_qual.mayring.question import Question

__all__ = ["CODING", "questions_of"]


def _coders(facts: Facts) -> Found:
    coding = ROWS["coding"]
    wanted = select(coding.c.coder, coding.c.source).distinct()
    pairs = [row for row in facts.connection.execute(wanted) if row.source in facts.mine]
    if not pairs:
        return Found()
    sources = Counter(row.source for row in pairs)
    what = (
        f"{count_of(len({row.coder for row in pairs}), 'coder')}; "
        f"{sum(number > 1 for number in sources.values())} of {count_of(len(sources), 'coded source')} "
        "by more than one"
    )
    return Found(what, "p3c codings; Code view")


def _doubled(facts: Facts) -> Found:
    coding = ROWS["coding"]
    wanted = select(coding.c.coder, coding.c.source, coding.c.round).distinct()
    rows = [row for row in facts.connection.execute(wanted) if row.source in facts.mine]
    several = Counter((row.source, row.round) for row in rows)
    twice = {source for (source, _), number in several.items() if number > 1}
    settled = {row.source for row in rows if row.round == "consensus"}
    if not twice and not settled:
        return Found()
    what = (
        f"{len(twice)} of {count_of(len({row.source for row in rows}), 'coded source')} were coded by "
        f"two or more, {len(settled)} have a consensus"
    )
    return Found(what, "p3c codings")


def _tree(facts: Facts) -> Found:
    code, book = ROWS["code"], ROWS["codebook"]
    wanted = (
        select(book.c.id, book.c.key, book.c.version, func.count().label("codes"))
        .join(code, code.c.codebook == book.c.id)
        .group_by(book.c.id, book.c.key, book.c.version)
        .order_by(book.c.key)
    )
    books = facts.connection.execute(wanted).all()
    if facts.programme:
        used = {row.codebook for row in _used(facts)}
        books = [each for each in books if each.id in used]
    if not books:
        return Found()
    said = [
        f"{each.key}{f' {each.version}' if each.version else ''} ({count_of(each.codes, 'code')})"
        for each in books
    ]
    return Found(f"{count_of(len(books), 'codebook')}: {keys_of(said)}", "p3c codes")


def _derivation(facts: Facts) -> Found:
    questions = questions_of(facts)
    codes = {(row.codebook, row.id) for row in _used(facts)}
    counted = Counter(book for book, _ in codes)
    if not counted and not questions:
        return Found()
    formed = {each.codebook for each in questions if each.technique == "inductive"}
    inductive = sum(number for book, number in counted.items() if book in formed)
    parts = []
    if counted:
        total = sum(counted.values())
        parts.append(f"{inductive} of {count_of(total, 'code')} in use formed from the material")
    if questions:
        ways = Counter(each.how.label.lower() for each in questions)
        said = ", ".join(f"{way} {number}" for way, number in sorted(ways.items()))
        parts.append(f"{count_of(len(questions), 'research question')} by technique: {said}")
    return Found("; ".join(parts), "p3c question list")


def _saturation(facts: Facts) -> Found:
    keys = [each.key for each in questions_of(facts) if each.technique == "inductive"]
    if not keys:
        return Found()
    what = f"the order in which categories came up is kept for {keys_of(keys)}"
    return Found(what, "p3c table saturation")


def _software(_: Facts) -> Found:
    import p3c_qual

    return Found(f"p3c_qual {p3c_qual.__version__}", "p3c version")


def _quotations(facts: Facts) -> Found:
    quote = ROWS["quote"]
    rows = [
        row
        for row in facts.connection.execute(select(quote.c.source, quote.c.start))
        if row.source in facts.mine
    ]
    if not rows:
        return Found()
    voices = Voices(facts.connection, {row.source for row in rows})
    who = {voices.at(row.source, row.start).key for row in rows} - {""}
    what = f"{count_of(len(rows), 'quotation')} of {len(who)} of {count_of(len(facts.people), 'interviewee')}"
    return Found(f"{what}, each with its code and its place", "p3c table quotes")


def questions_of(facts: Facts) -> list[Question]:
    """Return the research questions that are put to the sources that are looked at."""
    return [
        each
        for each in read_questions(facts.connection)
        if each.material is None or not facts.programme or facts.mine & set(each.material)
    ]


def _used(facts: Facts) -> list[Any]:
    """Return codes with their codebook and a source they are given in, of those looked at."""
    code, coding = ROWS["code"], ROWS["coding"]
    wanted = select(code.c.codebook, code.c.id, coding.c.source).distinct()
    rows = facts.connection.execute(wanted.join(coding, coding.c.code == code.c.id))
    return [row for row in rows if not facts.programme or row.source in facts.mine]


CODING: dict[str, Callable[[Facts], Found]] = {
    "coders": _coders,
    "doubled": _doubled,
    "tree": _tree,
    "derivation": _derivation,
    "saturation": _saturation,
    "software": _software,
    "quotations": _quotations,
}
