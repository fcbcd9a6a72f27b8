"""Zero and "not asked" are two things."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

import p3c_qual as p3c
from p3c_qual.coding.names import ids_by_key

if TYPE_CHECKING:
    from conftest import Small

CORE = "workforce.micro.core_group"
COSTS = "financing.micro.out_of_pocket"
BUDGET = "financing.meso.secured_budget"
PROTOCOLS = """\
format: 1
protocols:
  - key: manager
    label: Managers
    stakeholder_types: [A]
    focus:
      - {key: staff, label: Staff, codes: [workforce]}
      - {key: money, label: Money, codes: [financing]}
  - key: carer
    label: Carers
    stakeholder_types: [E]
    focus:
      - {key: costs, label: Costs, codes: [financing.micro]}
"""


@pytest.fixture
def asked(small: Small) -> Small:
    """Give a manager and a carer who were asked by protocols of their own."""
    file = small.folder / "protocols.yml"
    file.write_text(PROTOCOLS, "utf-8")
    small.study.load_protocols(file)
    for key, protocol, kind in (("IP01", "manager", "A"), ("IP02", "carer", "E")):
        small.add(
            key,
            "I: Yes?\nR: We meet and pay.\n",
            interviewee=key,
            stakeholder_type=kind,
            protocol=protocol,
            site=protocol,
        )
    small.code(("IP01", "We meet", CORE), ("IP02", "pay", COSTS))
    return small


def change(small: Small, source: str, **values: list[str]) -> None:
    """Say what an interview changed in its protocol."""
    with small.study.act("change the protocol") as act:
        row = ids_by_key(act.connection, "source")[source]
        act.update("source", {row: values})


def test_what_was_not_asked_is_missing_and_what_was_not_mentioned_is_zero(asked: Small) -> None:
    table = asked.table(by="stakeholder_type", count="interviewees")
    assert table.loc[CORE].tolist() == [1, pd.NA, 1]
    assert table.loc[COSTS].tolist() == [0, 1, 1]
    assert table.loc[BUDGET].tolist() == [0, pd.NA, 0]
    assert table.loc["service_delivery"].isna().all()
    assert "Empty cells: not asked" in table.attrs["caption"]
    assert "unknown what was asked" not in table.attrs["caption"]


def test_asking_for_an_element_asks_for_what_it_belongs_to(asked: Small) -> None:
    table = asked.table(by="stakeholder_type")
    assert table.loc["financing"].tolist() == [0, 1, 1]


def test_an_interview_adds_to_its_protocol_and_drops_from_it(asked: Small) -> None:
    change(asked, "IP01", asked_dropped=["financing.meso"])
    change(asked, "IP02", asked_added=[CORE])
    table = asked.table(by="stakeholder_type")
    assert table.loc[BUDGET].isna().all()
    assert table.loc[COSTS, "A"] == 0
    assert table.loc[CORE, "E"] == 0
    assert table.loc["workforce.meso.new_roles", "E"] is pd.NA


def test_a_whole_focus_area_can_be_dropped(asked: Small) -> None:
    change(asked, "IP01", asked_dropped=["money"])
    assert asked.table(by="stakeholder_type").loc["financing", "A"] is pd.NA


def test_what_was_said_without_being_asked_counts(asked: Small) -> None:
    asked.code(("IP02", "We meet", "information_research"))
    table = asked.table(by="stakeholder_type")
    assert table.loc["information_research"].tolist() == [pd.NA, 1, 1]


def test_a_group_is_empty_only_where_none_of_its_interviews_asked(asked: Small) -> None:
    asked.add(
        "IP03",
        "I: Yes?\nR: Nothing.\n",
        interviewee="IP03",
        stakeholder_type="A",
        protocol="carer",
    )
    asked.study.code("IP03", *asked.span("IP03", "Nothing"), COSTS, coder="anna")
    assert asked.table(by="stakeholder_type").loc[BUDGET, "A"] == 0


def test_without_a_protocol_the_caption_says_that_asking_is_unknown(asked: Small) -> None:
    asked.add("IP03", "I: Yes?\nR: We meet.\n", interviewee="IP03", stakeholder_type="A")
    asked.code(("IP03", "We meet", CORE))
    table = asked.table(by="stakeholder_type")
    assert table.loc["service_delivery", "A"] == 0
    assert "Of 1 interview it is unknown what was asked" in table.attrs["caption"]


def test_a_zero_of_a_document_is_a_zero(asked: Small) -> None:
    asked.add("plan", "We meet.", kind="document", site="carer")
    asked.code(("plan", "We meet", CORE))
    table = asked.table(by="site")
    assert table.loc["service_delivery", ["carer", "manager"]].tolist() == [0, pd.NA]


def test_a_rate_of_what_was_not_asked_is_missing(asked: Small) -> None:
    table = asked.table(by="stakeholder_type", rate="words")
    assert pd.isna(table.loc[BUDGET, "E"])
    assert table.loc[BUDGET, "A"] == 0
    assert table.loc[CORE, "A"] > 0


def test_a_protocol_that_names_an_unknown_code_is_refused(small: Small) -> None:
    file = small.folder / "protocols.yml"
    file.write_text(PROTOCOLS.replace("[workforce]", "[workforse]"), "utf-8")
    with pytest.raises(p3c.P3CError, match="Did you mean 'workforce'"):
        small.study.load_protocols(file)


def test_a_protocol_taken_in_again_is_brought_up_to_date(asked: Small) -> None:
    file = asked.folder / "protocols.yml"
    file.write_text(PROTOCOLS.replace("[financing.micro]", "[workforce]"), "utf-8")
    assert asked.study.load_protocols(file) == ["manager", "carer"]
    table = asked.table(by="stakeholder_type")
    assert table.loc["workforce", "E"] == 0
    assert table.loc[BUDGET, "E"] is pd.NA
