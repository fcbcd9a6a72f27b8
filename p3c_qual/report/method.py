"""The appendix on how the content analysis was done, from what was recorded and nothing else."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from p3c_qual.mayring.about import NOT_RECORDED, step_title
from p3c_qual.mayring.history import step_history
from p3c_qual.mayring.question import material_of, read_questions
from p3c_qual.report import method_tables as tables
from p3c_qual.report.blocks import Listing, Origin, Paragraph, Run
from p3c_qual.report.method_passages import explications, surprises
from p3c_qual.report.method_summary import summarising
from p3c_qual.report.model import Section
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from p3c_qual.mayring.history import Moved
    from p3c_qual.mayring.question import Question
    from p3c_qual.report.blocks import Block
    from p3c_qual.report.evidence import Evidence
    from p3c_qual.study import Study

__all__ = ["KEY", "method_appendix"]

KEY = "content_analysis"
TITLE = "How the content analysis was done"


@dataclass(frozen=True)
class _Asked:
    """A research question with what the journal and the tables say of it."""

    question: Question
    sources: list[str]
    codebook: str
    moved: list[Moved]


def method_appendix(
    study: Study, programme: str | None = None, *, evidence: Evidence | None = None
) -> Section:
    """Return the appendix of a report on how the content analysis was done.

    Everything in it was recorded in the study: what is not there is said to be not recorded.

    Parameters
    ----------
    study : Study
    programme : str, optional
        Its key; then only research questions with a source of it in their material are
        described, and only its passages are quoted. Figures count the whole material.
    evidence : Evidence, optional
        What was gathered on the programme already.

    Returns
    -------
    Section
        A section below it for each research question, the coding agendas, explications and
        surprises.

    Raises
    ------
    P3CError
        If there is no such programme.
    """
    if programme is not None and evidence is None:
        from p3c_qual.report.gather import read_evidence

        evidence = read_evidence(study, programme)
    asked = _read(study)
    mine = None if evidence is None else {source["source"] for source in evidence.sources}
    here = [each for each in asked if mine is None or mine.intersection(each.sources)]
    below = [_question(study, each, mine) for each in here]
    books = dict.fromkeys(each.codebook for each in here if each.codebook)
    given = None if mine is None else _given(study, mine)
    below += [tables.agenda(study, name, given and given.get(name, set())) for name in books]
    more = (explications(study, evidence), surprises(study, evidence))
    below += [section for section in more if section is not None]
    blocks = _opening(asked, here, whole=mine is None)
    made = Section(KEY, "", TITLE, 1, tuple(blocks), tuple(below))
    return made if below else replace(made, state="empty")


def _read(study: Study) -> list[_Asked]:
    book = ROWS["codebook"]
    with study.store.read() as connection:
        books = dict(connection.execute(select(book.c.id, book.c.key)).all())
        return [
            _Asked(
                each,
                [row.key for row in material_of(connection, each)],
                str(books.get(each.codebook, "")),
                step_history(connection, each),
            )
            for each in read_questions(connection)
        ]


def _given(study: Study, sources: set[str]) -> dict[str, set[str]]:
    """Return by codebook the codes that were given in these sources."""
    book, code, coding, source = (ROWS[name] for name in ("codebook", "code", "coding", "source"))
    wanted = (
        select(book.c.key.label("book"), code.c.key.label("code"), source.c.key.label("source"))
        .join(code, code.c.codebook == book.c.id)
        .join(coding, coding.c.code == code.c.id)
        .join(source, source.c.id == coding.c.source)
        .distinct()
    )
    found: dict[str, set[str]] = defaultdict(set)
    with study.store.read() as connection:
        for row in connection.execute(wanted):
            if row.source in sources:
                found[row.book].add(row.code)
    return dict(found)


def _opening(asked: Sequence[_Asked], here: Sequence[_Asked], *, whole: bool) -> list[Block]:
    if not asked:
        return [say("No research question is recorded, and so no technique, units or steps.")]
    if not here:
        return [say("No research question has a source of this programme in its material.")]
    count = f"{len(here)} research question{'' if len(here) == 1 else 's'}"
    of = "" if whole else " with a source of this programme in the material"
    text = (
        f"{count}{of}. What follows was recorded in the study, with who did it and when; where "
        f"nothing was, it says “{NOT_RECORDED}”. Times are UTC."
    )
    blocks: list[Block] = [say(text)]
    if others := [each.question.key for each in asked if each not in here]:
        blocks.append(say(f"Asked of other material: {', '.join(others)}.", role="note"))
    return blocks


def _question(study: Study, asked: _Asked, mine: set[str] | None) -> Section:
    question = asked.question
    listed = Listing(
        tuple((term, say(text or NOT_RECORDED)) for term, text in _terms(study, asked, mine))
    )
    blocks: list[Block] = [listed, tables.steps(question, asked.moved)]
    blocks += tables.pilot(study, question)
    blocks += summarising(study, question)
    blocks += tables.results(study, question)
    if asked.codebook:
        blocks += tables.duty(study, asked.codebook)
    return Section(f"question-{question.key}", "", question.label, 2, tuple(blocks))


def _terms(study: Study, asked: _Asked, mine: set[str] | None) -> list[tuple[str, str]]:
    question = asked.question
    here = len(asked.sources) if mine is None else len(mine.intersection(asked.sources))
    many = f"{len(asked.sources)} source{'' if len(asked.sources) == 1 else 's'}"
    order = "in the order of processing" if question.material is not None else "all of the study"
    shown = ", ".join(asked.sources[:12]) + (" …" if len(asked.sources) > 12 else "")
    part = "" if mine is None or here == len(asked.sources) else f"; {here} of this programme"
    criterion = "Dimension" if question.technique == "type" else "Selection criterion"
    terms = [
        ("Technique", f"{question.how.label} ({question.how.direction})"),
        ("Theoretical background", question.theory),
        (criterion, question.criterion),
    ]
    if "abstraction" in question.how.needs or question.abstraction:
        terms.append(("Level of abstraction", question.abstraction))
    terms.append(("Material", f"{many}, {order}{part}: {shown}" if asked.sources else ""))
    if question.how.categories:
        terms.append(("Codebook", tables.codebook_said(study, asked.codebook)))
    terms += tables.units(question)
    terms.append(("Step", step_title(question)))
    return terms


def say(text: str, *, role: str = "generated") -> Paragraph:
    """Return a sentence made from the study's records."""
    made = Paragraph((Run(text, Origin("study")),))
    return made if role == "generated" else Paragraph(made.runs, "note")
