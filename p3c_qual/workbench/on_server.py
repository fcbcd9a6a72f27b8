"""What is asked of the server itself and stands in no journal: a name, a new study, a render."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from p3c_qual import who
from p3c_qual.errors import P3CError, Problem
from p3c_qual.workbench import args, args_description
from p3c_qual.workbench.typed import read_typed

if TYPE_CHECKING:
    from collections.abc import Callable

    from p3c_qual.workbench.studies import Studies
    from p3c_qual.workbench.wire_description import RenderJob

__all__ = ["VERBS", "run"]

#: answers that are kept at once
_ANSWERED = 100


def _name_me(studies: Studies, asked: args.NameMe) -> str:
    """Keep a name for this person; returns the name under which acts are signed now."""
    del studies
    for variable in ("JUPYTERHUB_USER", "P3C_CODER"):
        given = os.environ.get(variable, "").strip()
        if given and given != asked.name.strip():
            raise P3CError(
                Problem(
                    f"you are {given} here, as {variable} says",
                    asked.name[:60],
                    do="Sign in under the other name, or ask who looks after the server.",
                )
            )
    who.keep_name(asked.name)
    return who.named() or ""


def _new_study(studies: Studies, asked: args.NewStudy) -> str:
    """Make a study; returns its path."""
    from p3c_qual.opening import new_study

    if not who.named():
        do = "Say your name first; it will stand beside what you do."
        raise P3CError(Problem("it is not known who works here", do=do, code="nobody"))
    path = studies.locate(asked.folder)
    new_study(path, title=asked.title, language=asked.language).close()
    return studies.name(path)


def _render(studies: Studies, asked: args_description.Render) -> list[RenderJob]:
    """Have reports made beside what else is done; returns them as they wait."""
    from p3c_qual.workbench.rendering import start_renders

    return start_renders(
        studies,
        asked.study,
        asked.programmes,
        country=asked.country,
        forms=asked.forms,
        draft=asked.draft,
    )


VERBS: dict[str, tuple[type, Callable[[Studies, Any], Any]]] = {
    "name_me": (args.NameMe, _name_me),
    "new_study": (args.NewStudy, _new_study),
    "render": (args_description.Render, _render),
}


def run(studies: Studies, verb: str, act_id: str, given: Any) -> Any:
    """Do what is asked, once as long as the server runs: no journal tells it afterwards.

    Raises
    ------
    P3CError
        If the arguments are at fault or it cannot be done.
    """
    kind, does = VERBS[verb]
    asked: Any = read_typed(kind, given, verb)
    if act_id not in studies.answered:
        studies.answered[act_id] = does(studies, asked)
        while len(studies.answered) > _ANSWERED:
            studies.answered.pop(next(iter(studies.answered)), None)
    return studies.answered[act_id]
