"""Configurations over two programmes, with what the tables and figures have to tell apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from realist_kit import span

from p3c_qual.coding.names import ids_by_key, read_codes

if TYPE_CHECKING:
    import p3c_qual as p3c

#: by configuration its elements: role, words, and what else is said
ELEMENTS: dict[str, list[tuple[str, str, dict[str, str]]]] = {
    "c1": [
        ("context", "everyone knows everyone", {"level": "micro", "layer": "interpersonal"}),
        ("resource", "a nurse with time", {}),
        ("reasoning", "she can be told what no doctor is told", {}),
        (
            "outcome",
            "fewer hospital stays",
            {
                "direction": "improves",
                "timing": "distal",
                "intended": "intended",
                "domain": "patient",
            },
        ),
    ],
    "c2": [
        ("context", "no bus", {}),
        ("resource", "a visit each week", {}),
        ("reasoning", "trust", {}),
        ("outcome", "falls go on", {"direction": "unchanged"}),
    ],
    "c3": [
        ("context", "", {}),
        ("resource", "somebody who sits down", {}),
        ("reasoning", "it can be said at last", {}),
        ("outcome", "better sleep", {"direction": "improves"}),
        ("outcome", "no hurry", {}),
    ],
    "c10": [
        ("context", "the budget ends", {}),
        ("outcome", "the list is left empty", {"direction": "worsens"}),
    ],
    "c4": [("context", "taken over", {})],
}
#: configuration, number of its element or None, source, words, role, and what else
EVIDENCE: list[tuple[str, int | None, str, str, str, dict[str, Any]]] = [
    ("c1", 0, "N1", "On the hill everyone knows everyone", "supports", {"directness": "explicit"}),
    ("c1", 2, "N1", "I told her what I never tell the doctor", "supports", {}),
    ("c1", 3, "N1", "I have not been in hospital", "supports", {}),
    ("c1", 2, "N2", "I trusted her", "refines", {}),
    ("c1", 3, "N2", "Nothing got better", "contradicts", {"absent": True, "remark": "ill already"}),
    ("c1", None, "plan", "Admissions fall", "rival", {"resolution": "another ward was opened"}),
    ("c2", 0, "N2", "We have no bus", "supports", {}),
    ("c3", 0, "S2", "In town nobody knows anybody", "supports", {}),
    ("c3", 3, "S2", "I sleep better now", "supports", {}),
    ("c10", 0, "S1", "The budget ends in spring", "supports", {}),
    ("c10", 1, "S1", "We stopped filling it in", "supports", {}),
]


@pytest.fixture
def built(told: p3c.Study) -> p3c.Study:
    """Give the study with four configurations that stand, and one that was merged."""
    with told.store.read() as connection:
        sources = ids_by_key(connection, "source")
        programmes = ids_by_key(connection, "programme")
        codes = read_codes(connection)
    team = codes.find("selfie:workforce.micro.multidisciplinary_team")
    other = codes.find("p3c:person_centred_care")
    rows = []
    for key, elements in ELEMENTS.items():
        for number, (role, text, more) in enumerate(elements):
            row = {"id": f"{key}-{number}", "configuration": key, "role": role, "text": text}
            rows.append({**row, "position": number, **more})
    by_id = {row["id"]: row for row in rows}
    by_id["c1-1"]["code"] = by_id["c2-1"]["code"] = getattr(team, "id", None)
    by_id["c2-0"]["code"] = getattr(other, "id", None)
    passages = []
    for key, number, source, words, role, more in EVIDENCE:
        _, start, end = span(source, words)
        passages.append(
            {
                "configuration": key,
                "element": None if number is None else f"{key}-{number}",
                "source": sources[source],
                "start": start,
                "end": end,
                "quote": words,
                "role": role,
                **more,
            }
        )
    with told.act("build") as act:
        said = {"if_": "a nurse has time", "then_": "people say more", "because": "they trust her"}
        theories = [
            {"id": "t1", "key": "time", "label": "Time", **said, "status": "initial"},
            {
                "id": "t2",
                "key": "time-2",
                "label": "Time and place",
                **said,
                "because": "they know her",
                "supersedes": "t1",
                "status": "testing",
                "change": "Trust alone was not enough: see N2.",
            },
        ]
        act.insert("theory", theories)
        act.insert("mechanism", [{"id": "m1", "key": "trust", "label": "Trust in one person"}])
        claims = {
            "c1": {"programme": programmes["north"], "theory": "t2", "mechanism": "m1"},
            "c2": {"programme": programmes["north"], "theory": "t2", "mechanism": "m1"},
            "c3": {"mechanism": "m1", "activation": "strong"},
            "c10": {"programme": programmes["south"]},
            "c4": {"state": "merged", "merged_into": "c1", "mechanism": "m1", "theory": "t2"},
        }
        act.insert(
            "configuration",
            [
                {"id": key, "key": key, "label": f"Claim {key}", **more}
                for key, more in claims.items()
            ],
        )
        act.insert("element", rows)
        act.insert("evidence", passages)
        source, start, end = span("S1", "They gave us a shared list")
        act.insert(
            "evidence",
            [
                {
                    "theory": "t1",
                    "source": sources[source],
                    "start": start,
                    "end": end,
                    "role": "contradicts",
                    "quote": "They gave us a shared list",
                }
            ],
        )
        chain = {"relation": "outcome_becomes_context", "outcome": "c1-3", "context": "c3-0"}
        act.insert(
            "link",
            [
                {"configuration": "c1", "other": "c3", **chain},
                {"configuration": "c2", "other": "c1", "relation": "part_of"},
            ],
        )
        act.insert(
            "regularity", [{"id": "r1", "key": "r1", "label": "Time opens", "mechanism": "m1"}]
        )
        instances = {"c1": "supports", "c3": "supports", "c2": "contradicts", "c4": "supports"}
        act.insert(
            "instance",
            [
                {"regularity": "r1", "configuration": key, "role": role, "reason": f"as {key} says"}
                for key, role in instances.items()
            ],
        )
        act.insert(
            "negative_search",
            [
                {
                    "configuration": "c1",
                    "kind": "context_without_outcome",
                    "found": [],
                    "silent": [sources["S1"]],
                    "figures": {"looked_at": 6},
                    "decision": "bound",
                    "reason": "only on the hill",
                }
            ],
        )
    return told
