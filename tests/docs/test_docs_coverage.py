"""The list of what the studies need: every row has its state."""

from __future__ import annotations

import re
from collections import Counter

#: rows that ask something of a program, with what they ask for
ASKED = {
    "C": "1 2 3 8 13 24 30 32 38 49 63 65 66 67 68 74 82 90 91 94",
    "M": "4 5 6 12 22 27 29 33 36 41 42 44 45 47 48 58 60 69 71 89 92",
    "I": "14 15 16 17 18 19 20 84 85 86",
    "R": "10 23 26 31 37 52 53 55 57 61 62 73 80 83",
    "G": "35 46 56 77 93 96",
    "M, R": "7 9 11 39 40 43 76 79",
    "C, R": "50 64 72 95",
    "G, R": "51 75",
    "R, G": "54",
    "I, C": "70 87",
    "R, M": "88",
}
STATES = {"there", "partly", "not yet"}
PARTS = {
    "Mayring's analysis", "realist layer", "full report",
    "agreement and review", "language technology", "privacy", "codebook of your own", "optional",
}  # fmt: skip


def rows(text: str) -> list[list[str]]:
    found = re.findall(r"^\| (\d+) \| (.+) \|$", text, re.MULTILINE)
    return [[number, *rest.split(" | ")] for number, rest in found]


def test_every_row_stands_there_once_with_its_mark(pages: dict[str, str]) -> None:
    wanted = {int(number): mark for mark, numbers in ASKED.items() for number in numbers.split()}
    found = rows(pages["docs/coverage.md"])
    assert len(wanted) == 89
    assert [int(row[0]) for row in found] == sorted(wanted)
    assert {int(row[0]): row[1] for row in found} == wanted


def test_every_row_has_a_name_a_state_and_a_place(pages: dict[str, str]) -> None:
    for number, _, name, state, place in rows(pages["docs/coverage.md"]):
        assert len(name) > 8, number
        assert state in STATES, number
        assert len(place) > 10, number


def test_what_is_missing_names_the_part_of_the_work_it_belongs_to(pages: dict[str, str]) -> None:
    text = pages["docs/coverage.md"]
    missing = [
        row[0] for row in rows(text) if row[3] == "not yet" and not any(p in row[4] for p in PARTS)
    ]
    assert missing == []


def test_the_sum_is_right(pages: dict[str, str]) -> None:
    text = pages["docs/coverage.md"]
    count = Counter(row[3] for row in rows(text))
    said = f"Of {count.total()} rows {count['there']} are there, {count['partly']} partly, "
    assert f"{said}{count['not yet']} not yet." in text
