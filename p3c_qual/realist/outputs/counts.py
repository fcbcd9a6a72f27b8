"""How complete the configurations are, by programme, theory or mechanism."""

from __future__ import annotations

from typing import TYPE_CHECKING

from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.realist.judging.completeness import CLASSES, count_completeness
from p3c_qual.realist.outputs.held import NO_PROGRAMME, by_key, read_held

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from p3c_qual.realist.model import Configuration
    from p3c_qual.realist.outputs.held import Held
    from p3c_qual.study import Study

__all__ = ["table_completeness"]

_NONE = {
    "programme": NO_PROGRAMME,
    "theory": "(no theory)",
    "mechanism": "(no mechanism named)",
}


def table_completeness(
    study: Study, *, by: str = "programme", programme: str | Sequence[str] = ""
) -> pd.DataFrame:
    """Count triads, dyads and singles among the configurations that stand.

    Parameters
    ----------
    study : Study
    by : str
        ``programme``, ``theory`` or ``mechanism``.
    programme : str or sequence of str
        Keys or row ids, as text with commas between them; only configurations of any of them.

    Returns
    -------
    DataFrame
        One row a group and a last one for ``all``: ``group`` (str), a column a class (int:
        ``triad``, ``triad_resource``, ``triad_reasoning``, ``dyad_cm``, ``dyad_mo``,
        ``dyad_co``, ``single``, ``empty``), ``triads``, ``dyads``, ``singles`` and ``total``
        (int). ``attrs``: ``caption``, ``unit``, ``denominators``, ``notes``.

    Raises
    ------
    P3CError
        If it cannot be grouped by that, or the programme is unknown.

    Notes
    -----
    Linked coding gives dyads and triads (Jackson and Kolla 2012, American Journal of Evaluation
    33:339-349). A mechanism is whole with its resource and its reasoning; each of the two alone
    has a class of its own.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> table_completeness(study)[["group", "total"]].values.tolist()
    [['all', 0]]
    """
    import pandas as pd

    if by not in _NONE:
        valid = tuple(_NONE)
        problem = Problem(f"nothing is grouped by {by!r}", "by=", valid, nearest(by, valid))
        raise P3CError(problem)
    with study.store.read() as connection:
        held = read_held(study, connection)
    chosen = held.pick(programme=programme)
    groups: dict[str, list[Configuration]] = {}
    for each in chosen:
        for group in _groups(held, each, by) or (_NONE[by],):
            groups.setdefault(group, []).append(each)
    names = sorted(groups, key=lambda name: (name == _NONE[by], by_key(name)))
    rows = [_row(name, groups[name]) for name in names]
    rows.append(_row("all", chosen))
    numbers = [*CLASSES, "triads", "dyads", "singles", "total"]
    frame = pd.DataFrame(rows, columns=["group", *numbers])
    frame = frame.astype(dict.fromkeys(numbers, "int64"))
    several = sum(len(_groups(held, each, by)) > 1 for each in chosen)
    frame.attrs = {
        "title": f"How complete the configurations are, by {by}",
        "caption": f"How complete the configurations are, by {by}",
        "unit": "configurations that stand",
        "denominators": {"configurations": len(chosen)},
        "headings": {**{name: label[:1].upper() + label[1:] for name, label in CLASSES.items()}},
        "shown": ["group", *CLASSES, "total"],
        "notes": [
            (
                "Triad: context, both parts of the mechanism, and outcome. What is not said is not "
                "there; a passage that says an element was absent does not make it present."
            ),
            *(
                [
                    (
                        f"{several} of them {'is' if several == 1 else 'are'} of several programmes "
                        "and counted in each; under all once."
                    )
                ]
                if several
                else []
            ),
            *held.not_standing(),
        ],
    }
    return frame


def _groups(held: Held, configuration: Configuration, by: str) -> tuple[str, ...]:
    if by == "programme":
        return held.programmes_of(configuration)
    name = held.theory_of(configuration) if by == "theory" else held.mechanism_of(configuration)
    return (name,) if name else ()


def _row(group: str, configurations: Iterable[Configuration]) -> dict[str, object]:
    some = list(configurations)
    return {"group": group, **count_completeness(some), "total": len(some)}
