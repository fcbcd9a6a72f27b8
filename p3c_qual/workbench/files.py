"""Addresses that send files: recordings, transcripts; and the one that looks at a file sent."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jupyter_server.auth.decorator import authorized
from jupyter_server.base.handlers import AuthenticatedFileHandler
from tornado import web

from p3c_qual.errors import P3CError, Problem
from p3c_qual.workbench.handlers import Handler, Plain
from p3c_qual.workbench.recording import recording_of
from p3c_qual.workbench.sight import sight_of
from p3c_qual.workbench.source import the_source

if TYPE_CHECKING:
    from p3c_qual.workbench.asking import Query

__all__ = ["Recognise", "Recording", "Transcript"]

_TYPES = {
    "html": "text/html; charset=UTF-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


class Recognise(Handler):
    """Says what a file is taken for."""

    @web.authenticated
    @authorized
    async def post(self) -> None:
        """Read the body as the file of a name; nothing of it is kept."""
        from p3c_qual.workbench.recognising import recognise

        query, body = self.query(), self.request.body

        def make() -> Any:
            language = query.study.settings.language if query.said("study") else "en"
            return recognise(query.said("name"), body, language=language)

        await self.answer(make, slow=True)


class Transcript(Handler):
    """Sends the coded transcript of a source, to print."""

    @web.authenticated
    @authorized
    async def get(self, name: str) -> None:
        """Write it and send it as a file."""
        query = self.query()
        to = query.said("to", "html")
        file, data = await self.beside(lambda: _transcript(query, name, to), slow=True)
        self.set_header("Cache-Control", "no-store")
        self.set_attachment_header(file)
        await self.finish(data, set_content_type=_TYPES[to])


def _transcript(query: Query, name: str, to: str) -> tuple[str, bytes]:
    from p3c_qual.report.transcript import write_transcript

    study = query.study
    with study.store.read() as connection:
        row = the_source(connection, name)
        sight = sight_of(study, connection, others=query.others)
    # in blind coding one's own, if there is anything yet
    coders = None if sight.others else [sight.me] if sight.mine else []
    with tempfile.TemporaryDirectory(prefix="p3c-") as folder:
        made = write_transcript(
            study, row.key, Path(folder, f"{row.key}.{to}"), to=to, coders=coders
        )
        return made.name, made.read_bytes()


class Recording(Plain, AuthenticatedFileHandler):
    """Sends the recording that lies beside a source's original, or a part of it."""

    @web.authenticated
    @authorized
    async def get(self, path: str, include_body: bool = True) -> None:  # type: ignore[override]
        """Send the recording of a source, or as much of it as a browser asks for."""
        self.check_xsrf_cookie()
        found = await asyncio.to_thread(_recording, self.query(), path)
        self.root = str(found.parent)
        await web.StaticFileHandler.get(self, found.name, include_body=include_body)


def _recording(query: Query, name: str) -> Path:
    study = query.study
    with study.store.read() as connection:
        row = the_source(connection, name)
    found = recording_of(study, row.file)
    if found is None or not found.is_relative_to(query.studies.root):
        raise P3CError(
            Problem(
                f"no recording lies beside {row.key!r}",
                do="Put it into data_raw under the name of the transcript, such as "
                "interview.mp3 beside interview.docx.",
                code="unknown",
            )
        )
    return found
