"""A thick description written into a folder; taken in again, it changes nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.coding.names import ids_by_key
from p3c_qual.description.form.blank import forms_text
from p3c_qual.description.form.folders import FILES, FORMAT, country_folder, dump
from p3c_qual.description.forms import kind_of_where, read_forms
from p3c_qual.description.model import Where
from p3c_qual.description.naming import name_where
from p3c_qual.description.read import read_description
from p3c_qual.errors import P3CError, Problem
from p3c_qual.mayring.about import warn_of_refusals
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sqlalchemy import Connection

    from p3c_qual.description.forms import Form
    from p3c_qual.description.model import Citation, Quote, SectionText
    from p3c_qual.opened import Opened

__all__ = ["write_description"]


def write_description(study: Opened, folder: str | Path, *, programme: str = "") -> list[Path]:
    """Write what authors wrote into a folder, which `load_description` reads.

    Each programme gets a folder with its forms, facts, contrasts and quotes as YAML and its
    sections as Markdown; so do sites, where something was written on them, countries and the
    study, which has the names that were decided on too. Forms nobody has begun are written empty,
    with their questions above, to be filled in.

    Parameters
    ----------
    study : Study
    folder : str or pathlib.Path
    programme : str
        Key or row id; only this one, with its sites.

    Returns
    -------
    list of pathlib.Path
        The files, in order.

    Raises
    ------
    P3CError
        If there is no such programme, the folder holds sections or forms that the study does not
        have, or it cannot be written.
    """
    root = Path(folder)
    with study.store.read() as connection:
        only = name_where(connection, programme=programme).programme
        files = dict(_Writer(connection).files(only))
    stale = [path for path in _there(root, files) if path.relative_to(root).as_posix() not in files]
    if stale:
        do = "Take them in first, or write into another folder."
        raise P3CError(
            [
                Problem("the study does not have what stands in this file", str(path), do=do)
                for path in stale
            ]
        )
    try:
        for name, text in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        what = f"the folder cannot be written: {error.strerror or error}"
        raise P3CError(Problem(what, str(root))) from error
    return [root / name for name in files]


def _there(root: Path, files: Iterable[str]) -> Iterator[Path]:
    """Give the files of the folders that are written which are there already."""
    parts = {Path(name).parts for name in files}
    homes = {root.joinpath(*each[: -2 if each[-2] == "sections" else -1]) for each in parts}
    for home in sorted(homes):
        yield from sorted((home / "sections").glob("*.md"))
        yield from (home / name for name in FILES if (home / name).is_file())


class _Writer:
    """Makes the files, with fields that are empty left out."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._held = read_description(connection)
        self._sources = {row: key for key, row in ids_by_key(connection, "source").items()}
        source = ROWS["source"]
        self._homes = dict(connection.execute(select(source.c.id, source.c.programme)).all())

    def files(self, only: str | None) -> Iterator[tuple[str, str]]:
        """Give each file's name with its text."""
        for where, name in self._places(only):
            written = list(self._files(where))
            yield from ((f"{name}/{file}", text) for file, text in written)

    def _places(self, only: str | None) -> Iterator[tuple[Where, str]]:
        programme, site = ROWS["programme"], ROWS["site"]
        programmes = self._connection.execute(select(programme).order_by(programme.c.key)).all()
        sites = self._connection.execute(select(site).order_by(site.c.key)).all()
        if only is None:
            yield Where(), "study"
            for country in sorted({row.country for row in programmes if row.country}):
                yield Where(country=country), f"countries/{country_folder(country)}"
        for row in programmes:
            if only in {None, row.id}:
                yield Where(row.id), f"programmes/{row.key}"
                for each in sites:
                    if each.programme == row.id:
                        yield Where(row.id, each.id), f"programmes/{row.key}/sites/{each.key}"

    def _files(self, where: Where) -> Iterator[tuple[str, str]]:
        # of a site only what somebody began is asked
        kind = "" if where.site else kind_of_where(where)
        if forms := forms_text(self._forms(where), kind):
            yield "formal.yml", forms
        made = {
            "facts.yml": {"facts": self._facts(where)},
            "contrasts.yml": {"contrasts": self._contrasts(where)},
            "quotes.yml": {"quotes": self._quotes(where)},
            "names.yml": {"names": self._names(where)},
        }
        for name, held in made.items():
            if any(held.values()):
                head = self._warning(where) if name == "quotes.yml" else ""
                yield name, head + dump({"format": FORMAT, **held})
        for each in self._held.sections_of(where).values():
            yield f"sections/{each.section}.md", _section(each)

    def _forms(self, where: Where) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for form in read_forms().values():
            lines = self._held.answers_of(form.key, where)
            if lines and (form.several or form.records_of):
                made[form.key] = {name: self._line(form, lines[name]) for name in lines}
            elif lines:
                made[form.key] = self._line(form, lines.get("", {}))
        return made

    def _names(self, where: Where) -> list[dict[str, Any]]:
        """Return the names that were decided on; they hold for the whole study."""
        if where.programme or where.country:
            return []
        kept = self._held.kept_names.items()
        return [{"name": name, "reason": reason} for name, reason in sorted(kept)]

    def _line(self, form: Form, answers: Mapping[str, Any]) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for item in form.items:
            if (answer := answers.get(item.id)) is None:
                continue
            cited = self._cited(answer.id)
            plain = not answer.status and not cited
            whole = _said(value=answer.value, status=answer.status, sources=cited)
            made[item.id] = answer.value if plain else whole
        return made

    def _facts(self, where: Where) -> list[dict[str, Any]]:
        return [
            _said(
                id=each.id,
                name=each.name,
                value=each.value,
                unit=each.unit,
                date=each.date,
                remark=each.remark,
                chosen="yes" if each.chosen else "",
                decision=each.decision,
                before=each.before,
                after=each.after,
                sources=self._cited(each.id),
            )
            for each in self._held.facts.values()
            if each.where == where
        ]

    def _contrasts(self, where: Where) -> list[dict[str, Any]]:
        return [
            _said(
                id=each.id,
                label=each.label,
                component=each.component,
                claim=each.claim,
                practice=each.practice,
                verdict=each.verdict,
                remark=each.remark,
                sources=self._cited(each.id),
            )
            for each in self._held.contrasts.values()
            if each.where == where
        ]

    def _of(self, where: Where) -> list[Quote]:
        """Return the quotes of a programme; those of its sites are among them."""
        if where.site or where.country:
            return []
        return [
            each
            for each in self._held.quotes.values()
            if self._homes.get(each.source) == where.programme
        ]

    def _quotes(self, where: Where) -> list[dict[str, Any]]:
        return [
            _said(
                key=each.key,
                source=self._sources.get(each.source),
                at=f"{each.start}-{each.end}",
                quote=each.quote,
                edits=[
                    _said(kind=edit.kind, at=f"{edit.start}-{edit.end}", text=edit.text)
                    for edit in each.edits
                ],
                chosen_as=each.chosen_as,
                why=each.why,
                translation=each.translation,
                translator=each.translator,
                translated=each.translated,
                back_check=each.back_check,
            )
            for each in self._of(where)
        ]

    def _warning(self, where: Where) -> str:
        sources = {each.source for each in self._of(where)}
        return "".join(f"# {line}\n" for line in warn_of_refusals(self._connection, sources))

    def _cited(self, target: str) -> list[dict[str, Any]]:
        return [self._place(each) for each in self._held.citations.get(target, ())]

    def _place(self, each: Citation) -> dict[str, Any]:
        spot = "" if each.start is None else f"{each.start}-{each.end}"
        source = self._sources.get(each.source)
        return _said(source=source, at=spot, side=each.side, quote=each.quote)


def _section(each: SectionText) -> str:
    """Return a section as Markdown, with what is different from the skeleton above it."""
    front = _said(
        title=each.title,
        under=each.under,
        after=each.after,
        left_out="yes" if each.left_out else "",
        merged_into=each.merged_into,
        kind=each.kind,
        status=each.status,
    )
    text = f"{each.text}\n" if each.text else ""
    if front or text.startswith("---"):
        return f"---\n{dump(front) if front else ''}---\n{text}"
    return text


def _said(**fields: Any) -> dict[str, Any]:
    """Return the fields that say something."""
    return {name: value for name, value in fields.items() if value}
