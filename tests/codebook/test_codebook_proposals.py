"""A frozen codebook takes proposals instead of changes; applying codes is never blocked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import p3c_qual as p3c
from p3c_qual.coding.names import read_codes
from p3c_qual.sources.incoming import Incoming

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BOOK = """\
format: 1
key: fixed
label: Fixed
status: final
codes:
  - id: hope
    label: Hope
    codes:
      - {id: strong, label: Strong}
  - id: trust
    label: Trust
  - {id: old, label: Old, status: retired}
"""


@pytest.fixture
def fixed(study: p3c.Study, tmp_path: Path) -> p3c.Study:
    """Give a study with a codebook that is final, and one source."""
    (tmp_path / "fixed.yml").write_text(BOOK, encoding="utf-8")
    study.load_codebook(tmp_path / "fixed.yml")
    (tmp_path / "IP01.txt").write_text("R: We meet each week.", encoding="utf-8")
    study.add([Incoming(tmp_path / "IP01.txt", interviewee="IP01")])
    study.code("IP01", 3, 10, "hope")
    return study


def id_of(study: p3c.Study, name: str) -> str:
    with study.store.read() as connection:
        found = read_codes(connection).find(f"fixed:{name}")
    return found.id


CHANGES: dict[str, Callable[[p3c.Study, str], Any]] = {
    "edit": lambda study, reason: study.edit_code("hope", label="Hoping", reason=reason),
    "move": lambda study, reason: study.move_code("trust", parent="hope", reason=reason),
    "merge": lambda study, reason: study.merge_codes(["trust"], "fixed:hope", reason=reason),
    "split": lambda study, reason: study.split_code(
        "hope", [("Near", study.codings()["id"].tolist())], retire=True, reason=reason
    ),
    "retire": lambda study, reason: study.retire_code("trust", reason=reason),
    "revive": lambda study, reason: study.revive_code("fixed:old", reason=reason),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_becomes_a_proposal_and_changes_nothing(fixed: p3c.Study, change: str) -> None:
    book, codings = fixed.codebook("fixed"), fixed.codings()

    made = CHANGES[change](fixed, "It was misread.")

    (row,) = fixed.proposals().to_dict("records")
    assert made in (row["id"], [row["id"]])
    assert (row["codebook"], row["change"], row["status"]) == ("fixed", change, "open")
    assert (row["reason"], row["coder"]) == ("It was misread.", "anna")
    assert fixed.codebook("fixed") == book
    assert fixed.codings().equals(codings)
    last = fixed.log().iloc[0]
    assert last["verb"].startswith("propose to ")
    assert last["reason"] == "It was misread."
    assert fixed.check(replay=True).empty
    fixed.undo()
    assert fixed.proposals().empty


@pytest.mark.parametrize("change", CHANGES)
def test_without_a_reason_nothing_is_proposed(fixed: p3c.Study, change: str) -> None:
    with pytest.raises(p3c.P3CError, match="the codebook 'fixed' is final") as refused:
        CHANGES[change](fixed, " ")
    assert [each.code for each in refused.value.problems] == ["reason"]
    assert fixed.proposals().empty


def test_what_is_proposed_can_be_done_from_what_the_proposal_holds(fixed: p3c.Study) -> None:
    hope, trust = id_of(fixed, "hope"), id_of(fixed, "trust")
    (coding,) = fixed.codings()["id"].tolist()
    for change in CHANGES.values():
        change(fixed, "So.")
    held = fixed.proposals().set_index("change")
    assert held["args"].to_dict() == {
        "edit": {"label": "Hoping"},
        "move": {"parent": hope, "after": None},
        "merge": {"codes": [trust], "into": hope},
        "split": {"parts": [{"label": "Near", "codings": [coding]}], "retire": True},
        "retire": {},
        "revive": {},
    }
    assert held["code"].tolist() == ["hope", "trust", "hope", "hope", "trust", "old"]


def test_a_new_code_is_made_as_proposed_and_can_be_given_at_once(fixed: p3c.Study) -> None:
    with pytest.raises(p3c.P3CError, match="is final"):
        fixed.create_code("fixed", "Fear")

    name = fixed.create_code("fixed", "Fear", parent="hope", reason="It came up.")

    assert fixed.codebook("fixed").code("hope.fear").status == "proposed"
    assert fixed.log().iloc[0]["verb"] == "propose code Fear"
    fixed.code("IP01", 11, 15, name)
    (row,) = fixed.proposals().to_dict("records")
    assert (row["change"], row["code"], row["reason"]) == ("create", "hope.fear", "It came up.")
    assert row["args"]["parent"] == id_of(fixed, "hope")


def test_codes_that_are_only_proposed_are_changed_without_a_proposal(fixed: p3c.Study) -> None:
    name = fixed.create_code("fixed", "Faer", reason="It came up.")
    assert fixed.edit_code(name, label="Fear") is None
    assert fixed.move_code(name, parent="hope") is None
    fixed.code("IP01", 11, 15, name)
    assert fixed.merge_codes([name], "trust") is None
    assert len(fixed.proposals()) == 1
    assert fixed.codings()["code"].tolist() == ["hope", "trust"]
    # the code of the version itself is not touched
    assert fixed.codebook("fixed").code("trust").status == "active"


def test_applying_a_final_codes_is_never_blocked(fixed: p3c.Study) -> None:
    segment = fixed.code("IP01", 11, 15, "trust").id
    assert fixed.recode([segment], "hope") == [segment]


def test_what_is_wrong_with_a_proposal_is_said_with_the_missing_reason(fixed: p3c.Study) -> None:
    with pytest.raises(p3c.P3CError) as refused:
        fixed.move_code("hope", parent="fixed:hope.strong")
    assert len(refused.value.problems) == 2
    assert "would stand under itself" in str(refused.value)


def test_a_change_that_is_none_is_no_proposal(fixed: p3c.Study) -> None:
    assert fixed.edit_code("hope", label="Hope") is None
    assert fixed.retire_code("old") is None
    assert fixed.proposals().empty


def test_a_withdrawn_proposal_is_gone_and_undo_brings_it_back(fixed: p3c.Study) -> None:
    proposal = fixed.retire_code("trust", reason="Unused.")
    assert proposal is not None
    before = fixed.proposals()
    fixed.withdraw_proposal(proposal)
    assert fixed.proposals().empty
    with pytest.raises(p3c.P3CError, match="this proposal is gone: anna took it away"):
        fixed.withdraw_proposal(proposal)
    fixed.undo()
    assert fixed.proposals().equals(before)


@pytest.mark.parametrize("used", [False, True])
def test_the_code_of_a_withdrawn_proposal_goes_unless_it_was_used(
    fixed: p3c.Study, used: bool
) -> None:
    name = fixed.create_code("fixed", "Fear", reason="It came up.")
    if used:
        fixed.code("IP01", 11, 15, name)
    fixed.withdraw_proposal(fixed.proposals()["id"].iloc[0])
    book = fixed.codebook("fixed")
    assert ("fear" in book) is used
    if used:
        assert book.code("fear").status == "retired"
        assert fixed.codings()["code"].tolist() == ["hope", "fear"]


def test_a_proposal_that_was_decided_on_is_not_withdrawn(fixed: p3c.Study) -> None:
    proposal = fixed.retire_code("trust", reason="Unused.")
    with fixed.act("decide") as act:
        act.update("proposal", {str(proposal): {"status": "accepted"}})
    with pytest.raises(p3c.P3CError, match="this proposal was accepted already"):
        fixed.withdraw_proposal(str(proposal))


def test_reason_and_arguments_do_not_stand_in_the_events(fixed: p3c.Study) -> None:
    from sqlalchemy import select

    from p3c_qual.store.schema import event

    fixed.edit_code("hope", definition="Featherstone said so.", reason="Featherstone wept.")
    with fixed.store.read() as connection:
        lines = connection.scalars(select(event.c.after).where(event.c.tbl == "proposal")).all()
    assert lines
    assert not [line for line in lines if "Featherstone" in line]
