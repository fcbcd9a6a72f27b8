"""What each arrow of the logic model rests on, as a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from p3c_qual.realist.judging.profile import AGAINST, Voices, counts_for
from p3c_qual.realist.read import read_realist

if TYPE_CHECKING:
    import pandas as pd

    from p3c_qual.opened import Opened
    from p3c_qual.realist.model import Configuration, Evidence
    from p3c_qual.realist.read import Realist

__all__ = ["Borne", "borne_by", "table_logic_model"]


@dataclass(frozen=True, slots=True)
class Borne:
    """What an arrow rests on.

    Attributes
    ----------
    configurations : tuple of Configuration
        That stand.
    supporting, contradicting : int
        Passages that support or refine one of them, and that contradict one or offer a rival
        explanation; a passage counts once, however many of them it serves.
    interviewees, programmes : tuple of str
        Keys of those whose passages support or refine.
    """

    configurations: tuple[Configuration, ...] = ()
    supporting: int = 0
    contradicting: int = 0
    interviewees: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()


def borne_by(realist: Realist, voices: Voices) -> dict[str, Borne]:
    """Return by arrow (row id) what it rests on.

    Parameters
    ----------
    realist : Realist
    voices : Voices
    """
    made = {}
    for arrow in realist.arrows.values():
        rests = [
            realist.configurations[name]
            for name in dict.fromkeys(arrow.carries)
            if name in realist.configurations and not realist.configurations[name].state
        ]
        rests.sort(key=lambda each: each.key)
        pro = [item for each in rests for item in each.evidence if counts_for(each, item)]
        con = [item for each in rests for item in each.evidence if item.role in AGAINST]
        heard = [voices.who(item) for item in pro]
        made[arrow.id] = Borne(
            tuple(rests),
            len({_place(item) for item in pro}),
            len({_place(item) for item in con}),
            tuple(sorted({voice.key for voice in heard if voice.key})),
            tuple(sorted({voice.programme for voice in heard if voice.programme})),
        )
    return made


def table_logic_model(study: Opened) -> pd.DataFrame:
    """Return the logic model arrow by arrow, with what each rests on.

    Parameters
    ----------
    study : Study

    Returns
    -------
    DataFrame
        One row an arrow: ``from``, ``to``, ``label`` (str), ``configurations`` (int, that stand),
        ``keys`` (theirs, with ``;`` between them), ``supporting``, ``contradicting``,
        ``interviewees`` (int) and ``programmes`` (keys). ``attrs``: ``caption``, ``unit``,
        ``denominators``, ``notes``.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> from p3c_qual.realist.logic.logic_model import take_logic_model
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> made = take_logic_model(study)
    >>> len(table_logic_model(study)), int(table_logic_model(study)["supporting"].sum())
    (7, 0)
    """
    import pandas as pd

    with study.store.read() as connection:
        realist = read_realist(connection)
        borne = borne_by(realist, Voices(connection))
    places = {name: number for number, name in enumerate(realist.blocks)}
    arrows = sorted(
        (each for each in realist.arrows.values() if {each.block, each.other} <= places.keys()),
        key=lambda each: (places[each.block], places[each.other], each.id),
    )
    rows = [
        {
            "from": realist.blocks[each.block].label,
            "to": realist.blocks[each.other].label,
            "label": each.label,
            "configurations": len(borne[each.id].configurations),
            "keys": ";".join(one.key for one in borne[each.id].configurations),
            "supporting": borne[each.id].supporting,
            "contradicting": borne[each.id].contradicting,
            "interviewees": len(borne[each.id].interviewees),
            "programmes": ";".join(borne[each.id].programmes),
        }
        for each in arrows
    ]
    numbers = dict.fromkeys(
        ("configurations", "supporting", "contradicting", "interviewees"), "int64"
    )
    columns = ["from", "to", "label", "configurations", "keys", "supporting"]
    columns += ["contradicting", "interviewees", "programmes"]
    frame = pd.DataFrame(rows, columns=columns).astype(numbers)
    on = {one.id for each in borne.values() for one in each.configurations}
    bare = sum(not row["configurations"] for row in rows)
    frame.attrs = {
        "caption": (
            f"Logic model with the evidence on its arrows: {len(rows)} arrows, of which {bare} "
            f"rest on no configuration."
        ),
        "unit": "passages, each once an arrow",
        "denominators": {
            "configurations on arrows": len(on),
            "configurations that stand": len(realist.standing),
        },
        "notes": [
            "Supporting: passages that support or refine; contradicting: that contradict or offer a rival."
        ],
    }
    return frame


def _place(item: Evidence) -> tuple[str, int, int]:
    return item.source, item.start, item.end
