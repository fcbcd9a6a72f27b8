"""Research questions as YAML: taken in as one act, and written as they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.errors import P3CError, Problem
from p3c_qual.mayring.asking import put_question
from p3c_qual.mayring.question import FIELDS, UNITS, read_questions
from p3c_qual.mayring.techniques import TECHNIQUES
from p3c_qual.store.schema import ROWS
from p3c_qual.yaml_fields import Fields, is_of_format
from p3c_qual.yaml_lines import parse_yaml

if TYPE_CHECKING:
    from pathlib import Path

    from p3c_qual.opened import Opened

__all__ = ["QUESTION_FIELDS", "QUESTION_FORMAT", "load_questions", "write_questions"]

#: the version of the file format this program reads and writes
QUESTION_FORMAT = 1
#: every field of the format, by what it belongs to
QUESTION_FIELDS: dict[str, tuple[str, ...]] = {
    "a file of questions": ("format", "questions"),
    "a research question": ("key", "technique", "codebook", *FIELDS, "material"),
}


@dataclass(frozen=True)
class _Given:
    key: str
    fields: dict[str, str]
    material: list[str] | None
    codebook: str | None


def load_questions(study: Opened, path: str | Path, *, id: str | None = None) -> list[str]:
    """Take research questions in from YAML, new or changed; all of them or none.

    Parameters
    ----------
    study : Study
    path : str or pathlib.Path
        See `QUESTION_FIELDS`.
    id : str, optional
        Of the act.

    Returns
    -------
    list of str
        The keys of the questions that are new or different.

    Raises
    ------
    P3CError
        With every fault of the file, and sources and codebooks that the study does not have.
    """
    from pathlib import Path

    given = _read(Path(path))
    with study.act("load research questions", id=id) as act:
        changed: list[str] = []
        problems: list[Problem] = []
        for each in given:
            before = act.events
            try:
                put_question(
                    act, each.key, each.fields, material=each.material, codebook=each.codebook
                )
            except P3CError as error:
                problems += error.problems
            if act.events > before:
                changed.append(each.key)
        if problems:
            raise P3CError(problems)
        return changed


def _read(path: Path) -> list[_Given]:
    root, faults = parse_yaml(path, path.name)
    found: list[_Given] = []
    if root is not None and is_of_format(root, QUESTION_FORMAT, faults):
        top = Fields(root, QUESTION_FIELDS["a file of questions"], "a file of questions", faults)
        if not top.items("questions"):
            faults.add(0, "the file holds no questions", do="Add 'questions:' with a list.")
        lines: dict[str, int] = {}
        for node in top.items("questions"):
            item = Fields(
                node, QUESTION_FIELDS["a research question"], "a research question", faults
            )
            key = item.slug("key", required=True)
            if key in lines:
                faults.add(node.line, f"the question {key!r} stands twice, first in {lines[key]}")
            lines.setdefault(key, node.line)
            fields = {"technique": item.choice("technique", tuple(TECHNIQUES))}
            if not item.has("technique"):
                faults.add(item.line, "a research question has no technique", valid=[*TECHNIQUES])
            fields["label"] = item.text("label", required=True)
            for name in FIELDS.keys() - {"label"}:
                valid = UNITS.get(name)
                fields[name] = item.choice(name, valid) if valid else item.text(name)
            words = [text for text, _ in item.words("material")]
            material = words if item.has("material") else []
            found.append(_Given(key, fields, material, item.text("codebook")))
    faults.refuse()
    return found


def write_questions(study: Opened) -> str:
    """Return the research questions as YAML; loading it again changes nothing.

    Parameters
    ----------
    study : Study
    """
    import yaml

    book, src = ROWS["codebook"], ROWS["source"]
    with study.store.read() as connection:
        books = dict(connection.execute(select(book.c.id, book.c.key)).all())
        keys = dict(connection.execute(select(src.c.id, src.c.key)).all())
        questions = read_questions(connection)
    made = []
    for each in questions:
        row: dict[str, Any] = {"key": each.key, "label": each.label, "technique": each.technique}
        if each.codebook in books:
            row["codebook"] = books[each.codebook]
        row |= {
            name: getattr(each, name) for name in FIELDS if name != "label" and getattr(each, name)
        }
        if each.material is not None:
            row["material"] = [keys[name] for name in each.material if name in keys]
        made.append(row)
    form = {"format": QUESTION_FORMAT, "questions": made}
    return yaml.safe_dump(form, sort_keys=False, allow_unicode=True, width=88)
