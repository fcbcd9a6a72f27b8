"""A study: the one object people hold."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from p3c_qual import who
from p3c_qual.errors import P3CError, Problem
from p3c_qual.settings import Settings, write_settings
from p3c_qual.shipped import shipped_path
from p3c_qual.store.act import begin_act

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager
    from types import TracebackType

    import pandas as pd

    from p3c_qual.codebook.model import Codebook
    from p3c_qual.codebook.stored import Loaded
    from p3c_qual.coding.intake import Taken
    from p3c_qual.coding.single import Coding
    from p3c_qual.sources.intake import Added
    from p3c_qual.sources.manifest import Incoming
    from p3c_qual.store.act import Act
    from p3c_qual.store.engine import Store

__all__ = ["Study"]


class Study:
    """A study, open.

    Every method that lists gives a pandas DataFrame; every method that changes is one act in the
    journal and is kept whole or not at all.

    Attributes
    ----------
    path : Path
        Its folder.
    settings : Settings
        What study.yml says.
    store : Store
    """

    def __init__(self, path: Path, store: Store, settings: Settings, coder: str | None) -> None:
        self.path = path
        self.store = store
        self.settings = settings
        self._coder = coder
        self._cache: dict[str, tuple[int, Any]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Study {self.settings.title!r} at {self.path}>"

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()

    # who acts

    @property
    def coder(self) -> str | None:
        """Whose codings are made, as far as a person said it."""
        return self._coder or who.named()

    @property
    def actor(self) -> str:
        """Who signs an act."""
        return self.coder or who.account()

    def act(self, verb: str, *, reason: str = "") -> AbstractContextManager[Act]:
        """Open an act: what is written in the block is kept as one, or not at all."""
        return begin_act(self.store, actor=self.actor, verb=verb, reason=reason)

    # sources

    def add(
        self,
        sources: Sequence[Incoming],
        *,
        base: Path | None = None,
        text_column: str | None = None,
        step: Callable[[str], None] | None = None,
    ) -> list[Added]:
        """Bring sources in, see `p3c_qual.sources.intake.take_sources`."""
        from p3c_qual.sources.intake import take_sources
        from p3c_qual.sources.manifest import check_incoming, spread_tables

        sources = spread_tables(list(sources), text_column=text_column)
        problems = check_incoming(sources)
        if problems:
            raise P3CError(problems)
        if not sources:
            raise P3CError(Problem("there is nothing to add"))
        verb = f"add {len(sources)} source" + ("s" if len(sources) > 1 else "")
        with self.act(verb) as act:
            added = take_sources(
                act,
                sources,
                folder=self.path / "data_raw",
                language=self.settings.language,
                programmes=self.settings.programmes,
                base=base,
                keep_bytes=not self.store.sqlite,
                step=step,
            )
        self._note_programmes()
        return added

    def add_manifest(
        self, path: str | Path, *, step: Callable[[str], None] | None = None
    ) -> list[Added]:
        """Bring in the sources a manifest lists, see `p3c_qual.sources.manifest`."""
        from p3c_qual.sources.manifest import read_manifest

        sources, _ = read_manifest(Path(path))
        return self.add(sources, base=Path(path).parent, step=step)

    def sources(self) -> pd.DataFrame:
        """List the sources, see `p3c_qual.analysis.listing.list_sources`."""
        from p3c_qual.analysis.listing import list_sources

        return list_sources(self)

    def interviewees(self) -> pd.DataFrame:
        """List the interviewees, see `p3c_qual.analysis.listing.list_interviewees`."""
        from p3c_qual.analysis.listing import list_interviewees

        return list_interviewees(self)

    def programmes(self) -> pd.DataFrame:
        """List the programmes, see `p3c_qual.analysis.listing.list_programmes`."""
        from p3c_qual.analysis.listing import list_programmes

        return list_programmes(self)

    def set_fields(
        self, what: str, key: str, fields: dict[str, str], *, reason: str = ""
    ) -> list[str]:
        """Change what is said of a row, see `p3c_qual.sources.fields.set_fields`."""
        from p3c_qual.sources.fields import set_fields

        with self.act(f"set {', '.join(fields)} of {what} {key}", reason=reason) as act:
            changed = set_fields(act, what, key, fields)
        self._note_programmes()
        return changed

    def withdraw(self, interviewee: str, *, reason: str) -> list[str]:
        """Remove a person's words everywhere, see `p3c_qual.sources.withdrawal.withdraw`."""
        from p3c_qual.sources.withdrawal import withdraw

        return withdraw(self, interviewee, reason=reason)

    def text(self, source: str) -> str:
        """Return the text of a source, as stored."""
        from p3c_qual.analysis.texts import read_text

        return read_text(self, source)

    def parts(self, source: str, kind: str = "turn") -> pd.DataFrame:
        """List the parts of a source, see `p3c_qual.analysis.texts.list_parts`."""
        from p3c_qual.analysis.texts import list_parts

        return list_parts(self, source, kind)

    # codebooks

    def load_codebook(self, path: str | Path) -> Loaded:
        """Take a codebook file in as one act, see `p3c_qual.codebook.stored.load_codebook`."""
        from p3c_qual.codebook import read_codebook
        from p3c_qual.codebook.stored import load_codebook

        book = read_codebook(Path(path))
        with self.act(f"load codebook {book.key}") as act:
            return load_codebook(act, book)

    def codebook(self, key: str) -> Codebook:
        """Return a codebook as the study holds it."""
        from p3c_qual.codebook.stored import stored_codebook

        with self.store.read() as connection:
            return stored_codebook(connection, key)

    def codebooks(self) -> pd.DataFrame:
        """List the codebooks, see `p3c_qual.analysis.listing.list_codebooks`."""
        from p3c_qual.analysis.listing import list_codebooks

        return list_codebooks(self)

    def codes(self, codebook: str | None = None) -> pd.DataFrame:
        """List the codes, see `p3c_qual.analysis.listing.list_codes`."""
        from p3c_qual.analysis.listing import list_codes

        return list_codes(self, codebook)

    def load_protocols(self, path: str | Path) -> list[str]:
        """Take interview protocols in, see `p3c_qual.sources.protocols`."""
        from p3c_qual.sources.protocols_stored import load_protocols

        with self.act("load protocols") as act:
            return load_protocols(act, Path(path))

    # codings

    def code(
        self,
        source: str,
        start: int,
        end: int,
        code: str,
        *,
        coder: str | None = None,
        round: str = "main",
        question: str = "",
        memo: str = "",
        extend: bool = False,
    ) -> Coding:
        """Give a code to a span, see `p3c_qual.coding.single.code_span`."""
        from p3c_qual.coding.single import code_span

        return code_span(
            self,
            source,
            start,
            end,
            code,
            coder=coder,
            round=round,
            question=question,
            memo=memo,
            extend=extend,
        )

    def code_csv(self, path: str | Path, *, coder: str | None = None, done: bool = True) -> Taken:
        """Take codings from a file, see `p3c_qual.coding.csv_form.read_codings`."""
        from p3c_qual.coding.csv_form import read_codings
        from p3c_qual.coding.intake import take_codings

        wanted, _ = read_codings(Path(path), coder=coder or self.coder)
        with self.act(f"code {len(wanted)} segments from {Path(path).name}") as act:
            return take_codings(act, wanted, done=done)

    def codings(self, where: str | None = None, **filters: Any) -> pd.DataFrame:
        """List coded segments, see `p3c_qual.analysis.retrieval.list_codings`."""
        from p3c_qual.analysis.retrieval import list_codings

        return list_codings(self, where, **filters)

    def write_codings(self, path: str | Path, where: str | None = None, **filters: Any) -> int:
        """Write coded segments as CSV, see `p3c_qual.analysis.retrieval.write_codings`."""
        from p3c_qual.analysis.retrieval import write_codings

        return write_codings(self, Path(path), where, **filters)

    def search(self, query: str, **options: Any) -> pd.DataFrame:
        """Find words in context, see `p3c_qual.analysis.search.search`."""
        from p3c_qual.analysis.search import search

        return search(self, query, **options)

    def memos(self) -> pd.DataFrame:
        """List the memos, see `p3c_qual.analysis.listing.list_memos`."""
        from p3c_qual.analysis.listing import list_memos

        return list_memos(self)

    def memo(
        self, about: str, text: str, *, target: str = "", kind: str = "", span: str = ""
    ) -> str:
        """Write a memo, see `p3c_qual.coding.memos.write_memo`; returns its id."""
        from p3c_qual.coding.memos import write_memo

        with self.act(f"memo on {about} {target}".rstrip()) as act:
            return write_memo(
                act, about, text, target=target, kind=kind, span=span, coder=self.coder
            )

    # journal

    def undo(
        self, *, group: str | None = None, reason: str = "", skip: bool = False
    ) -> dict[str, Any]:
        """Take back the actor's last act, see `p3c_qual.store.undo.undo`."""
        from p3c_qual.store.undo import undo

        return undo(self.store, self.actor, group=group, reason=reason, skip=skip)

    def redo(self, *, skip: bool = False) -> dict[str, Any]:
        """Do again what was taken back last, see `p3c_qual.store.undo.redo`."""
        from p3c_qual.store.undo import redo

        return redo(self.store, self.actor, skip=skip)

    def log(self, *, limit: int | None = None) -> pd.DataFrame:
        """List the acts, newest first, see `p3c_qual.analysis.listing.list_acts`."""
        from p3c_qual.analysis.listing import list_acts

        return list_acts(self, limit=limit)

    def check(self, *, replay: bool = False) -> pd.DataFrame:
        """List what is not as it was, see `p3c_qual.analysis.checks.check_study`."""
        from p3c_qual.analysis.checks import check_study

        return check_study(self, replay=replay)

    def conflicts(self) -> pd.DataFrame:
        """List what joining copies broke, see `p3c_qual.store.conflicts`."""
        from p3c_qual.analysis.checks import list_conflicts

        return list_conflicts(self)

    def export_lines(self, path: str | Path) -> int:
        """Write the study as lines of JSON, see `p3c_qual.store.copies`."""
        from p3c_qual.store.copies import export_lines

        return export_lines(self.store, Path(path))

    def import_lines(self, path: str | Path) -> dict[str, int]:
        """Join another copy, see `p3c_qual.store.copies`."""
        from p3c_qual.store.copies import import_lines

        done = import_lines(self.store, Path(path))
        self._note_programmes()
        return done

    # inside

    def cached(self, name: str, make: Callable[[], Any]) -> Any:
        """Return what `make` gives, made anew only when somebody has written since."""
        cursor = self.store.cursor()
        known = self._cache.get(name)
        if known is None or known[0] != cursor:
            known = self._cache[name] = (cursor, make())
        return known[1]

    def load_shipped(self) -> None:
        """Take in all codebooks that come with the package, as one act."""
        from p3c_qual.codebook import read_codebook
        from p3c_qual.codebook.stored import load_codebook

        with self.act("new study") as act:
            for file in sorted(shipped_path("codebooks").glob("*.yml")):
                load_codebook(act, read_codebook(file))

    def _note_programmes(self) -> None:
        """Keep study.yml's list of programmes what the store says."""
        listed = {
            str(row.programme): {"label": str(row.label), "country": str(row.country)}
            for row in self.programmes().itertuples()
        }
        if listed != self.settings.programmes:
            self.settings = replace(self.settings, programmes=listed)
            write_settings(self.path, self.settings)
