"""Invented questionnaires and figures for the small study; no data of anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from p3c_qual.instruments import load_aggregates, load_responses, take_instrument

if TYPE_CHECKING:
    import p3c_qual as p3c

__all__ = ["FIGURES", "OWN", "WEMWBS", "fill"]


def wemwbs(rows: list[tuple[str, str, str, list[int]]]) -> bytes:
    """Return a table of WEMWBS: respondent, wave, programme and fourteen answers."""
    head = ",".join(["respondent", "wave", "programme", *(f"q{n}" for n in range(1, 15))])
    lines = [",".join([who, wave, where, *map(str, some)]) for who, wave, where, some in rows]
    return "\n".join([head, *lines, ""]).encode()


#: three people in the north with both waves, one of them with a missing answer; one in the south
WEMWBS = wemwbs(
    [
        ("P1", "t1", "north", [3] * 14),
        ("P1", "t2", "north", [4] * 14),
        ("P2", "t1", "north", [2] * 14),
        ("P2", "t2", "north", [2] * 13 + [3]),
        ("P3", "t1", "north", [3] * 14),
        ("P3", "t2", "north", [3] * 13 + [""]),  # type: ignore[list-item]
        ("P4", "t1", "south", [5] * 14),
    ]
)
FIGURES = (
    b"measure,setting,programme,wave,n,value,unit,origin\n"
    b"admissions,hospital,north,t1,40,12.5,per 100 people,trust returns\n"
    b"admissions,hospital,north,t2,41,11,per 100 people,trust returns\n"
    b"stays,care home,north,t1,3,2,stays,council\n"
)
#: an instrument of the team's own: a question in two halves, a reversed item, half-rule
OWN = """\
format: 1
instruments:
  - key: own
    label: Own sheet
    domain: practitioner
    missing: half
    missing_source: the team, minutes of May
    waves: [start, end]
    items:
      - {id: q1..q4, range: 0-3}
      - {id: q5, range: 0-3, reversed: true}
      - {id: yes, range: 0-3, kind: dichotomous}
      - {id: done, range: 0-6}
      - {id: well, range: 1-4}
    scales:
      - {id: sum, label: Sum, of: [q1..q5, yes], better: higher}
      - {id: mean, label: Mean, how: mean, of: [q1..q4], better: lower}
      - {id: question, how: share, points: 20, of: [done, well]}
      - {id: mapped, how: convert, of: [question], range: 0-1, table: [[0, 0], [10, 0.4], [20, 1]]}
    bands:
      - name: ours
        scale: sum
        date: 2026-05
        source: the team
        levels: [{label: low, range: 0-8}, {label: high, range: 9-18}]
"""


def fill(study: p3c.Study) -> None:
    """Take the questionnaires and the figures in."""
    take_instrument(study, "wemwbs")
    load_responses(study, "wemwbs", WEMWBS, name="wellbeing.csv")
    load_aggregates(study, FIGURES, name="use.csv")
