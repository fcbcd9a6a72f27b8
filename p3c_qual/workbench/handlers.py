"""The workbench's addresses on a Jupyter server: authenticated, confined, plain when wrong."""

from __future__ import annotations

import asyncio
from http.client import responses
from typing import TYPE_CHECKING, Any, TypeVar

import orjson
from jupyter_server.auth.decorator import authorized
from jupyter_server.base.handlers import APIHandler, JupyterHandler
from jupyter_server.utils import url_path_join
from tornado import web

from p3c_qual.errors import P3CError, Problem
from p3c_qual.workbench import asking, on_server
from p3c_qual.workbench.faults import refusal_of
from p3c_qual.workbench.studies import ClosedError, Held, RefusedError, Studies, UnknownError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Handler", "Plain", "add_handlers"]

Made = TypeVar("Made")

_STUDIES = "p3c_studies"
#: what may take seconds
_SLOW = {"search", "candidates", "network", "lint", "preview"}
_STATUS = {RefusedError: 403, UnknownError: 404, ClosedError: 503}


class Plain(JupyterHandler):
    """What all addresses have in common: where the studies are, and how a fault is said."""

    auth_resource = "contents"

    def query(self) -> asking.Query:
        """Return what stands in the address, as it was written."""
        try:
            # tornado's own way takes control characters out, and a path would be another one
            words = {name: v[-1].decode() for name, v in self.request.query_arguments.items()}
        except UnicodeDecodeError as error:
            raise web.HTTPError(400, "the address is no UTF-8") from error
        return asking.Query(self.settings[_STUDIES], words)

    async def beside(self, make: Callable[[], Made], *, slow: bool) -> Made:
        """Run something beside the server, which goes on answering; what is slow by turns."""
        if not slow:
            return await asyncio.to_thread(make)
        studies: Studies = self.settings[_STUDIES]
        async with studies.slow:
            return await asyncio.to_thread(make)

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Say every error in one shape; of a fault of the program only that it is one."""
        error = (kwargs.get("exc_info") or (None, None))[1]
        if isinstance(error, P3CError):
            status_code = _STATUS.get(type(error), 422)
            if any(each.code == "store" for each in error.problems):
                # it is nothing of what was asked, and may be over when it is asked again
                status_code = 503
        else:
            error = P3CError(_problem(status_code, error))
        self.set_status(status_code)
        self.set_header("Content-Type", "application/json")
        self.finish(orjson.dumps(refusal_of(error)))

    def log_exception(self, typ: Any, value: Any, tb: Any) -> None:
        """Log faults of the program; what a person did wrong is said to that person alone."""
        if not isinstance(value, P3CError):
            super().log_exception(typ, value, tb)


class Handler(Plain, APIHandler):
    """An address that answers with JSON."""

    async def answer(self, make: Callable[[], Any], *, slow: bool = False) -> None:
        """Send what `make` gives; it runs beside the server."""
        made = await self.beside(lambda: orjson.dumps(make()), slow=slow)
        self.set_header("Cache-Control", "no-store")
        await self.finish(made)


def _problem(status: int, error: BaseException | None) -> Problem:
    if status >= 500:
        what = "the workbench met a fault of its own; nothing of this act was kept"
        do = "Try again. If it happens once more, tell whoever looks after the server."
        return Problem(what, do=do, code=str(status))
    if status in {401, 403}:
        # acts that met this wait until the person is back
        do = "Log in to the server anew, in another tab, and come back."
        return Problem("the server does not know who asks", do=do, code="login")
    said = error.log_message if isinstance(error, web.HTTPError) else None
    return Problem(said or responses.get(status, "unknown error").lower(), code=str(status))


def _getter(ask: Callable[..., Any], *, counts: bool, slow: bool) -> type[Handler]:
    """Return a handler that answers GET with what a function makes of the address."""

    class Getter(Handler):
        # what windows ask by themselves keeps no idle server alive
        _track_activity = counts

        @web.authenticated
        @authorized
        async def get(self, *rest: str) -> None:
            query = self.query()
            await self.answer(lambda: ask(query, *rest), slow=slow)

    return Getter


class _Act(Handler):
    """Does what is asked, once."""

    @web.authenticated
    @authorized
    async def post(self) -> None:
        studies: Studies = self.settings[_STUDIES]
        try:
            # files may make it long
            ask = await asyncio.to_thread(asking.read_ask, self.request.body)
        except ValueError as error:
            raise web.HTTPError(400, "the body is no JSON") from error
        if ask.verb in on_server.VERBS:
            await self.answer(lambda: asking.act_without_study(studies, ask))
            return
        held = await asyncio.to_thread(_open, studies, ask.study)
        async with held.acting:
            await self.answer(lambda: asking.act(held, ask))


def _open(studies: Studies, name: str) -> Held:
    """Return the study of an act; that it cannot be opened says nothing against the act."""
    try:
        return studies.hold(name)
    except (RefusedError, UnknownError):
        raise
    except P3CError as error:
        raise ClosedError(error.problems) from error


def add_handlers(app: Any) -> None:
    """Add the workbench's addresses to a Jupyter server.

    Parameters
    ----------
    app : jupyter_server.serverapp.ServerApp
    """
    from p3c_qual.workbench import files

    web_app = app.web_app
    hidden = bool(getattr(app.contents_manager, "allow_hidden", False))
    web_app.settings[_STUDIES] = studies = Studies(app.root_dir, hidden=hidden)
    handlers: dict[str, type[JupyterHandler]] = {
        **{
            name: _getter(ask, counts=name != "changes", slow=name in _SLOW)
            for name, ask in asking.GETS.items()
        },
        "act": _Act,
        "recognise": files.Recognise,
        "transcript/([^/]+)": files.Transcript,
    }
    base = url_path_join(web_app.settings["base_url"], "p3c")
    recording = (url_path_join(base, "recording/([^/]+)"), files.Recording, {"path": studies.root})
    web_app.add_handlers(
        ".*$",
        [recording, *((url_path_join(base, name), each) for name, each in handlers.items())],
    )
