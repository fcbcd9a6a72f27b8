"""Interview protocols: read, refused, and what was asked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from p3c_qual.codebook import Code, Codebook, read_codebook
from p3c_qual.errors import P3CError
from p3c_qual.sources.protocols import Focus, Protocol, asked_codes, read_protocols

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "data_raw" / "protocols.yml"
BOOK = Codebook(
    "b",
    "B",
    codes=(
        Code("money", "Money"),
        Code("money.micro.pay", "Pay", parent="money"),
        Code("money.meso.budget", "Budget", parent="money"),
        Code("staff", "Staff"),
        Code("moved", "Moved", parent="staff"),
    ),
)


def protocol(*codes: str) -> Protocol:
    return Protocol("p", "P", ("A",), focus=(Focus("area", "Area", codes=codes),))


def asked(*codes: str, **options: object) -> list[str]:
    return sorted(asked_codes(protocol(*codes), codebook=BOOK, **options))


def test_every_fault_of_a_protocol_file_is_said_at_once_with_its_line() -> None:
    text = (
        "format: 1\nprotocols:\n"
        "  - key: a\n    stakeholder_types: [D3]\n    fokus: []\n"
        "  - key: a\n    label: B\n    stakeholder_types: [A]\n    focus:\n"
        "      - key: k\n        label: K\n        codes: [workforse, No Code]\n"
        "      - key: k\n        label: K\n        codes: [workforce]\n"
    )
    with pytest.raises(P3CError) as caught:
        read_protocols(text, name="theirs.yml", codes=["selfie:workforce"])
    assert [str(problem) for problem in caught.value.problems] == [
        "theirs.yml, line 3: a protocol has no focus area. Add 'focus:' with a list.",
        "theirs.yml, line 3: a protocol has no label. Add 'label:'.",
        (
            "theirs.yml, line 4: unknown stakeholder type 'D3'. Did you mean 'D'? "
            "Valid: A, B, C, D, D1, D2, E, F, G."
        ),
        (
            "theirs.yml, line 5: unknown field 'fokus' of a protocol. Did you mean 'focus'? "
            "Valid: key, label, stakeholder_types, outline, focus."
        ),
        "theirs.yml, line 6: the protocol 'a' stands twice, first in line 3.",
        "theirs.yml, line 12: unknown code 'workforse'. Did you mean 'workforce'?",
        (
            "theirs.yml, line 12: 'No Code' is no code. Did you mean 'no_code'? "
            "Write it as in the codebook, in lower case."
        ),
        "theirs.yml, line 13: the focus area 'k' stands twice, first in line 10.",
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "the file is empty"),
        ("format: 1\nprotocols: []\n", "holds no protocols"),
        ("format: 9\nprotocols: []\n", "written by a newer version"),
        ("format: 1\nprotocols:\n  - {key: a, label: A}\n", "for no stakeholder type"),
        (
            (
                "format: 1\nprotocols:\n  - {key: a, label: A, stakeholder_types: [A], focus: "
                "[{key: k, label: K}]}\n"
            ),
            "line 3: a focus area covers no code",
        ),
    ],
)
def test_an_empty_or_foreign_file_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(P3CError, match=re.escape(sentence)):
        read_protocols(text)


def test_a_code_is_asked_with_those_below_and_above_it() -> None:
    assert asked("money") == ["money", "money.meso.budget", "money.micro.pay"]
    assert asked("money.micro.pay") == ["money", "money.micro.pay"]
    assert asked("moved") == ["moved", "staff"]
    assert asked("staff") == ["moved", "staff"]


def test_the_beginning_of_keys_stands_for_all_of_them() -> None:
    assert asked("money.micro") == ["money", "money.micro.pay"]


def test_codes_of_another_codebook_do_not_count_here() -> None:
    assert asked("other:money") == []
    assert asked("b:staff") == ["moved", "staff"]


def test_an_interview_may_add_and_leave_out() -> None:
    assert asked("money", added=["staff"], dropped=["money.meso"]) == [
        "money",
        "money.micro.pay",
        "moved",
        "staff",
    ]
    assert asked("money", added=["staff"], dropped=["area"]) == ["moved", "staff"]
    assert asked("money", added=["money"], dropped=["money"]) == []


def test_without_a_codebook_the_codes_stay_as_named() -> None:
    plan = protocol("money", "b:staff")
    assert asked_codes(plan) == {"money", "b:staff"}
    assert asked_codes(plan, dropped=["staff"], added=["x"]) == {"money", "x"}


def test_a_code_that_another_focus_area_covers_stays_asked() -> None:
    areas = (Focus("one", "One", codes=("money", "staff")), Focus("two", "Two", codes=("staff",)))
    plan = Protocol("p", "P", ("A",), focus=areas)
    assert asked_codes(plan, dropped=["one"]) == {"staff"}


def test_the_example_study_asks_every_type_and_not_everyone_about_everything() -> None:
    books = {
        name: read_codebook(ROOT / "codebooks" / f"{name}.yml")
        for name in ("selfie", "selfie_person")
    }
    known = [f"{name}:{code.key}" for name, book in books.items() for code in book.codes]
    plans = read_protocols(SHIPPED, codes=known)
    by_type = {kind: plan for plan in plans for kind in plan.stakeholder_types}
    assert sorted(by_type) == ["A", "B", "C", "D1", "D2", "E", "F", "G"]
    assert all(len(plan.outline) == 7 for plan in plans)
    asked = {kind: asked_codes(plan, codebook=books["selfie"]) for kind, plan in by_type.items()}
    assert "technologies_medical_products" not in asked["C"]
    assert "financing" not in asked["F"]
    assert "financing" in asked["C"]
    assert "technologies_medical_products.micro.remote_monitoring" in asked["F"]


def test_the_example_in_the_description_can_be_read() -> None:
    readme = (ROOT / "codebooks" / "README.md").read_text("utf-8")
    text = re.findall(r"```yaml\n(.*?)```", readme, re.DOTALL)[-1]
    (plan,) = read_protocols(text)
    assert plan.stakeholder_types == ("D2",)
