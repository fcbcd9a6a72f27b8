"""What is shown of a research question, table by table, as its technique has them."""

from __future__ import annotations

import importlib
import inspect
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from p3c_qual.analysis.asked_table import make_table
from p3c_qual.analysis.kinds import KINDS
from p3c_qual.coding.names import find_key, ids_by_key
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.mayring.categories.saturation import ORDERS
from p3c_qual.mayring.question import read_question, read_questions
from p3c_qual.mayring.techniques import TECHNIQUES

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from p3c_qual.mayring.question import Question
    from p3c_qual.study import Study

__all__ = ["Outputs", "read_outputs"]

#: the figures of a question: the table that is drawn, what draws it, and how it is grouped
_FIGURES: dict[str, tuple[str, str, str, dict[str, str]]] = {
    "funnel": ("funnel", "summarising.funnel", "draw_funnel", {}),
    "emergence": ("subsumption", "categories.curves", "plot_emergence", {}),
    "saturation": ("saturation", "categories.curves", "plot_saturation", {}),
    "ratings": ("ratings", "structuring.rating_figure", "draw_ratings", {"by": "programme"}),
}


@dataclass(frozen=True)
class Outputs:
    """The tables and figures of a research question.

    Attributes
    ----------
    study : Study
    question : str
        Key; empty for the first question that has what is asked for.
    options : dict
        Whose work, and in which order, for those tables that are asked with it.
    """

    study: Study
    question: str
    options: dict[str, Any]

    def table(self, kind: str, **more: Any) -> pd.DataFrame:
        """Return a table by its name, see `p3c_qual.make_table`, which takes what else is given.

        Where the technique of the question has none of this name, it is empty, and its notes say
        so and name the questions that have one.
        """
        of, why = self._question(kind)
        if not of:
            return _empty(kind, why)
        made = KINDS[kind]
        make = getattr(importlib.import_module(f"p3c_qual.{made.home}"), made.function)
        takes = inspect.signature(make).parameters
        options = {name: value for name, value in self.options.items() if name in takes}
        return make_table(self.study, kind, question=of, **options, **more)

    def figure(self, kind: str) -> Figure:
        """Return a figure by its name: ``funnel``, ``emergence``, ``saturation`` or ``ratings``.

        Where there is nothing to draw, the picture says why.

        Raises
        ------
        P3CError
            If there is no figure of this name.
        """
        if kind not in _FIGURES:
            valid = tuple(_FIGURES)
            problem = Problem(f"there is no figure {kind!r}", "", valid, nearest(kind, valid))
            raise P3CError(problem)
        table, home, function, more = _FIGURES[kind]
        of, why = self._question(table)
        if not of:
            return _saying(f"{KINDS[table].caption}: {why}")
        draw = getattr(importlib.import_module(f"p3c_qual.mayring.{home}"), function)
        try:
            drawn: Figure = draw(self.table(table, **more))
        except P3CError as error:
            return _saying(f"{KINDS[table].caption} of {of}: {error}")
        return drawn

    def _question(self, kind: str) -> tuple[str, str]:
        """Return the question a table is of; or none, and why there is none."""
        if kind not in KINDS:
            valid = tuple(KINDS)
            raise P3CError(Problem(f"there is no table {kind!r}", "", valid, nearest(kind, valid)))
        techniques = KINDS[kind].techniques
        with self.study.store.read() as connection:
            asked = read_questions(connection)
        fit = [each for each in asked if not techniques or each.technique in techniques]
        if kind == "saturation":
            fit = [each for each in fit if each.codebook]
        if chosen := next((each.key for each in fit if self.question in {"", each.key}), ""):
            return chosen, ""
        return "", _why(techniques, fit)


def _why(techniques: tuple[str, ...], fit: list[Question]) -> str:
    labels = [TECHNIQUES[name].label.lower() for name in techniques]
    said = f"it is made under {' or '.join(labels)}" if labels else "no question is asked"
    if fit:
        return f"{said}; questions that have it: {', '.join(each.key for each in fit)}."
    return f"{said}, and the study has no such question."


def _empty(kind: str, why: str) -> pd.DataFrame:
    import pandas as pd

    frame = pd.DataFrame()
    frame.attrs = {"caption": KINDS[kind].caption, "notes": [f"Nothing to show: {why}"]}
    return frame


def _saying(words: str) -> Figure:
    from p3c_qual.analysis.canvas import Canvas

    return Canvas(width=5.2, rows=1, left=0.0, caption=f"Nothing to draw. {words}").figure


def read_outputs(
    study: Study,
    question: str = "",
    *,
    coder: str | None = None,
    order: str = "date",
    seed: int = 1,
) -> Outputs:
    """Check what is asked of a research question, before any of its tables is made.

    Parameters
    ----------
    study : Study
    question : str
        Key or row id; by default each table is of the first question that has it.
    coder : str, optional
        Only the work of this one, in the tables that tell coders apart.
    order : str
        Of the interviews, for saturation: ``date``, or ``random`` for many orders drawn by
        chance.
    seed : int
        From which random orders are drawn; the same seed gives the same ones.

    Returns
    -------
    Outputs

    Raises
    ------
    P3CError
        With everything that is unknown.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> read_outputs(study).table("funnel").attrs["notes"]
    ['Nothing to show: it is made under summarising, and the study has no such question.']
    """
    problems: list[Problem] = []
    key = ""
    with study.store.read() as connection:
        if question:
            try:
                key = read_question(connection, question).key
            except P3CError as error:
                problems += error.problems
        known = ids_by_key(connection, "coder")
    if coder and (problem := find_key(known, coder, "coder")):
        problems.append(problem)
    if order not in ORDERS:
        problems.append(Problem(f"unknown order {order!r}", "", ORDERS, nearest(order, ORDERS)))
    if not isinstance(seed, int) or seed < 0:
        problems.append(Problem(f"the seed is a whole number from 0 on, not {seed!r}"))
    if problems:
        raise P3CError(problems)
    return Outputs(study, key, {"coder": coder or None, "order": order, "seed": seed})
