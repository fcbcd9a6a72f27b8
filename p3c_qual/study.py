"""A study: the one object people hold."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from p3c_qual.analysis import listing, texts
from p3c_qual.analysis.checks import check_study, list_conflicts
from p3c_qual.analysis.retrieval import list_codings, write_codings
from p3c_qual.analysis.search import search
from p3c_qual.codebook import read_codebook
from p3c_qual.codebook.stored import load_codebook, stored_codebook
from p3c_qual.coding import memos, worked
from p3c_qual.coding.csv_form import scan_codings
from p3c_qual.coding.intake import take_codings
from p3c_qual.coding.single import code_span
from p3c_qual.editing import Editing
from p3c_qual.errors import P3CError, Problem
from p3c_qual.sources.checking import check_incoming
from p3c_qual.sources.fields import set_fields
from p3c_qual.sources.incoming import name_person
from p3c_qual.sources.intake import take_sources
from p3c_qual.sources.manifest import read_manifest, spread_tables
from p3c_qual.sources.protocols_stored import load_protocols
from p3c_qual.sources.withdrawal import withdraw
from p3c_qual.store import copies
from p3c_qual.store import undo as undoing
from p3c_qual.store.replay import compare

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd

    from p3c_qual.codebook.model import Codebook
    from p3c_qual.codebook.stored import Loaded
    from p3c_qual.coding.intake import Taken
    from p3c_qual.coding.single import Coding
    from p3c_qual.sources.incoming import Incoming
    from p3c_qual.sources.intake import Added

__all__ = ["Study"]

_REPLAY = "Export the study, and import the export into a new one."


class Study(Editing):
    """A study, open.

    Every method that lists gives a pandas DataFrame; every method that changes is one act in the
    journal and is kept whole or not at all.
    """

    # sources

    def add(
        self,
        sources: Sequence[Incoming],
        *,
        base: Path | None = None,
        text_column: str | None = None,
        step: Callable[[str], None] | None = None,
        id: str | None = None,
    ) -> list[Added]:
        """Bring sources in, see `p3c_qual.sources.intake.take_sources`."""
        spread = spread_tables(list(sources), text_column=text_column)
        sources = [name_person(each) for each in spread]
        problems = check_incoming(sources)
        if problems:
            raise P3CError(problems)
        if not sources:
            raise P3CError(Problem("there is nothing to add"))
        verb = f"add {len(sources)} source" + ("s" if len(sources) > 1 else "")
        with self.act(verb, id=id) as act:
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
        self.note_programmes()
        return added

    def add_manifest(
        self, path: str | Path, *, step: Callable[[str], None] | None = None
    ) -> list[Added]:
        """Bring in the sources a manifest lists, see `p3c_qual.sources.manifest`."""
        sources, _ = read_manifest(Path(path))
        return self.add(sources, base=Path(path).parent, step=step)

    def sources(self) -> pd.DataFrame:
        """List the sources, see `p3c_qual.analysis.listing.list_sources`."""
        return listing.list_sources(self)

    def interviewees(self) -> pd.DataFrame:
        """List the interviewees, see `p3c_qual.analysis.listing.list_interviewees`."""
        return listing.list_interviewees(self)

    def programmes(self) -> pd.DataFrame:
        """List the programmes, see `p3c_qual.analysis.listing.list_programmes`."""
        return listing.list_programmes(self)

    def set_fields(
        self,
        what: str,
        key: str,
        fields: dict[str, str],
        *,
        reason: str = "",
        new: bool = False,
        id: str | None = None,
    ) -> list[str]:
        """Change what is said of a row, see `p3c_qual.sources.fields.set_fields`."""
        with self.act(f"set {', '.join(fields)} of {what} {key}", reason=reason, id=id) as act:
            changed = set_fields(act, what, key, fields, new=new)
        renamed = what == "programme" and "key" in changed
        self.note_programmes(gone=key if renamed else "")
        return changed

    def withdraw(self, interviewee: str, *, reason: str) -> list[str]:
        """Remove a person's words everywhere, see `p3c_qual.sources.withdrawal.withdraw`."""
        return withdraw(self, interviewee, reason=reason)

    def text(self, source: str) -> str:
        """Return the text of a source, as stored."""
        return texts.read_text(self, source)

    def parts(self, source: str, kind: str = "turn") -> pd.DataFrame:
        """List the parts of a source, see `p3c_qual.analysis.texts.list_parts`."""
        return texts.list_parts(self, source, kind)

    # codebooks

    def load_codebook(self, path: str | Path) -> Loaded:
        """Take a codebook file in as one act, see `p3c_qual.codebook.stored.load_codebook`."""
        book = read_codebook(Path(path))
        with self.act(f"load codebook {book.key}") as act:
            return load_codebook(act, book)

    def codebook(self, key: str) -> Codebook:
        """Return a codebook as the study holds it."""
        with self.store.read() as connection:
            return stored_codebook(connection, key)

    def codebooks(self) -> pd.DataFrame:
        """List the codebooks, see `p3c_qual.analysis.listing.list_codebooks`."""
        return listing.list_codebooks(self)

    def codes(self, codebook: str | None = None) -> pd.DataFrame:
        """List the codes, see `p3c_qual.analysis.listing.list_codes`."""
        return listing.list_codes(self, codebook)

    def load_protocols(self, path: str | Path) -> list[str]:
        """Take interview protocols in, see `p3c_qual.sources.protocols`."""
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
        origin: str = "",
        id: str | None = None,
    ) -> Coding:
        """Give a code to a span, see `p3c_qual.coding.single.code_span`."""
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
            origin=origin,
            id=id,
        )

    def code_csv(self, path: str | Path, *, coder: str | None = None, done: bool = True) -> Taken:
        """Take codings from a file, see `p3c_qual.coding.csv_form.read_codings`."""
        wanted, _, faults = scan_codings(Path(path), coder=coder or self.coder)
        segments = "1 segment" if len(wanted) == 1 else f"{len(wanted)} segments"
        with self.act(f"code {segments} from {Path(path).name}") as act:
            return take_codings(act, wanted, done=done, faults=faults)

    def codings(self, where: str | None = None, **filters: Any) -> pd.DataFrame:
        """List coded segments, see `p3c_qual.analysis.retrieval.list_codings`."""
        return list_codings(self, where, **filters)

    def write_codings(self, path: str | Path, where: str | None = None, **filters: Any) -> int:
        """Write coded segments as CSV, see `p3c_qual.analysis.retrieval.write_codings`."""
        return write_codings(self, Path(path), where, **filters)

    def mark_read(
        self,
        source: str,
        *,
        coder: str | None = None,
        round: str = "main",
        question: str = "",
        done: bool = True,
        id: str | None = None,
    ) -> bool:
        """Say that a source was worked through, see `p3c_qual.coding.worked.mark_read`."""
        name = coder or self.coder or ""
        verb = f"worked through {source}" if done else f"work on {source}"
        with self.act(verb, id=id) as act:
            return worked.mark_read(
                act, source, coder=name, round=round, question=question, done=done
            )

    def readings(self) -> pd.DataFrame:
        """List what was worked through, see `p3c_qual.coding.worked.list_readings`."""
        return worked.list_readings(self)

    def cmos(self, **filters: Any) -> pd.DataFrame:
        """List the configurations, see `p3c_qual.realist.outputs.cmo_table.table_cmos`."""
        from p3c_qual.realist.outputs.cmo_table import table_cmos

        return table_cmos(self, **filters)

    def search(self, query: str, **options: Any) -> pd.DataFrame:
        """Find words in context, see `p3c_qual.analysis.search.search`."""
        return search(self, query, **options)

    def memos(self) -> pd.DataFrame:
        """List the memos, see `p3c_qual.analysis.listing.list_memos`."""
        return listing.list_memos(self)

    def memo(
        self,
        about: str,
        text: str,
        *,
        target: str = "",
        kind: str = "",
        span: str = "",
        id: str | None = None,
    ) -> str:
        """Write a memo, see `p3c_qual.coding.memos.write_memo`; returns its id."""
        # codes and codings may be named by their row ids, which say nothing to people
        said = "" if about in {"code", "coding"} else f" {target}"
        with self.act(f"memo on {about}{said}".rstrip(), id=id) as act:
            return memos.write_memo(
                act, about, text, target=target, kind=kind, span=span, coder=self.coder
            )

    # journal

    def undo(
        self,
        *,
        group: str | None = None,
        reason: str = "",
        skip: bool = False,
        id: str | None = None,
    ) -> dict[str, Any]:
        """Take back the actor's last act, see `p3c_qual.store.undo.undo`."""
        done = undoing.undo(self.store, self.actor, group=group, reason=reason, skip=skip, id=id)
        self.note_programmes()
        return done

    def redo(self, *, skip: bool = False, id: str | None = None) -> dict[str, Any]:
        """Do again what was taken back last, see `p3c_qual.store.undo.redo`."""
        done = undoing.redo(self.store, self.actor, skip=skip, id=id)
        self.note_programmes()
        return done

    def log(self, *, limit: int | None = None) -> pd.DataFrame:
        """List the acts, newest first, see `p3c_qual.analysis.listing.list_acts`."""
        return listing.list_acts(self, limit=limit)

    def check(self, *, replay: bool = False) -> pd.DataFrame:
        """List what is not as it was, see `p3c_qual.analysis.checks.check_study`.

        With `replay` the journal is replayed too, and compared with the tables.
        """
        import pandas as pd

        found = check_study(self)
        if replay:
            with self.store.read() as connection:
                wrong = compare(connection)
            rows = [("fault", f"{table} {row}", what, _REPLAY) for table, row, what in wrong]
            if rows:
                found = pd.concat([pd.DataFrame(rows, columns=found.columns), found])
        return found.reset_index(drop=True)

    def versions(self, table: str, row: str, field: str) -> dict[str, str | None]:
        """Return the versions of a text that copies of the study wrote apart, by a short name.

        Raises
        ------
        P3CError
            If there is no such text, or only one version of it.
        """
        from p3c_qual.store.settling import versions

        with self.store.read() as connection:
            return versions(connection, table, row, field)

    def settle(self, table: str, row: str, field: str, version: str, *, reason: str = "") -> None:
        """Choose one of the versions of a text, as `versions` names them."""
        from p3c_qual.store.settling import settle

        with self.act(f"settle {field} of {table} {row}", reason=reason) as act:
            settle(act, table, row, field, version)

    def conflicts(self) -> pd.DataFrame:
        """List what joining copies broke, see `p3c_qual.store.conflicts`."""
        return list_conflicts(self)

    def export_lines(self, path: str | Path) -> int:
        """Write the study as lines of JSON, see `p3c_qual.store.copies`."""
        return copies.export_lines(self.store, Path(path))

    def import_lines(self, path: str | Path) -> dict[str, int]:
        """Join another copy, see `p3c_qual.store.copies`."""
        done = copies.import_lines(self.store, Path(path))
        self.note_programmes()
        return done
