"""Versions of a codebook: frozen, kept, compared, reopened, and made of proposals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import p3c_qual as p3c
from p3c_qual.codebook import diff_codebooks
from p3c_qual.codebook.accepting import accept_proposals
from p3c_qual.codebook.anchoring import add_anchor
from p3c_qual.codebook.editions import check_version, list_editions, read_edition
from p3c_qual.codebook.freezing import freeze_codebook, reopen_codebook
from p3c_qual.codebook.versions import next_version
from p3c_qual.sources.incoming import Incoming

if TYPE_CHECKING:
    from pathlib import Path

BOOK = """\
format: 1
key: ours
label: Ours
codes:
  - id: hope
    label: Hope
    definition: Somebody expects a good end.
    codes:
      - {id: strong, label: Strong}
  - {id: trust, label: Trust}
"""


@pytest.fixture
def ours(study: p3c.Study, tmp_path: Path) -> p3c.Study:
    """Give a study with a codebook that is no draft of anybody else's, and one source."""
    (tmp_path / "ours.yml").write_text(BOOK, encoding="utf-8")
    study.load_codebook(tmp_path / "ours.yml")
    (tmp_path / "IP01.txt").write_text("R: We meet each week.", encoding="utf-8")
    study.add([Incoming(tmp_path / "IP01.txt", interviewee="IP01")])
    return study


@given(st.text(max_size=20), st.sets(st.text(max_size=5), max_size=4))
def test_a_next_version_is_another_one(version: str, taken: set[str]) -> None:
    made = next_version(version, taken)
    assert made not in {*taken, version}


@given(st.lists(st.integers(0, 99), min_size=1, max_size=4))
def test_of_numbers_the_last_one_rises(numbers: list[int]) -> None:
    made = next_version(".".join(map(str, numbers)))
    assert [int(each) for each in made.split(".")] == [*numbers[:-1], numbers[-1] + 1]


def test_a_frozen_version_is_kept_and_read_back(ours: p3c.Study) -> None:
    freeze_codebook(ours, "ours", reason="The pilot is over.")
    book = ours.codebook("ours")
    assert book.status == "final"
    assert read_edition(ours, "ours", "1") == book
    (row,) = list_editions(ours, "ours").to_dict("records")
    assert (row["version"], row["coder"], row["codes"], row["now"]) == ("1", "anna", 3, True)
    assert row["reason"] == "The pilot is over."
    assert row["at"].startswith("20")
    assert ours.edit_code("hope", label="Hoping", reason="So.") is not None
    assert ours.check(replay=True).empty


def test_freezing_twice_names_what_to_do(ours: p3c.Study) -> None:
    freeze_codebook(ours, "ours")
    with pytest.raises(p3c.P3CError, match=r"ours 1 is frozen already. Begin the next version"):
        freeze_codebook(ours, "ours")
    assert len(list_editions(ours)) == 1


def test_a_codebook_that_came_in_frozen_can_still_be_kept(ours: p3c.Study, tmp_path: Path) -> None:
    (tmp_path / "ours.yml").write_text(BOOK.replace("codes:", "status: final\ncodes:", 1), "utf-8")
    ours.load_codebook(tmp_path / "ours.yml")
    with pytest.raises(p3c.P3CError, match="no edition of ours 1 is kept") as refused:
        reopen_codebook(ours, "ours", reason="So.")
    assert "p3c codebook freeze ours" in str(refused.value)
    freeze_codebook(ours, "ours")
    assert reopen_codebook(ours, "ours", reason="So.") == "2"


def test_the_next_version_begins_and_the_old_one_stays_as_it_was(ours: p3c.Study) -> None:
    freeze_codebook(ours, "ours")
    with pytest.raises(p3c.P3CError, match="a next version needs a reason"):
        reopen_codebook(ours, "ours", reason=" ")
    assert reopen_codebook(ours, "ours", reason="It was too wide.") == "2"
    ours.edit_code("hope", definition="Somebody expects a good end soon.")
    book = ours.codebook("ours")
    assert (book.version, book.status) == ("2", "draft")
    changes = diff_codebooks(read_edition(ours, "ours", "1"), book)
    assert [(each.key, each.field) for each in changes] == [
        ("", "version"),
        ("", "status"),
        ("hope", "definition"),
    ]
    with pytest.raises(p3c.P3CError, match="ours 2 is not frozen"):
        reopen_codebook(ours, "ours", reason="So.")
    ours.undo()
    ours.undo()
    assert ours.codebook("ours").version == "1"
    assert ours.check(replay=True).empty


def test_a_version_is_given_once(ours: p3c.Study) -> None:
    freeze_codebook(ours, "ours", version="spring")
    with pytest.raises(p3c.P3CError, match="there is a version 'spring' of 'ours' already"):
        reopen_codebook(ours, "ours", version="spring", reason="So.")
    with pytest.raises(p3c.P3CError, match="holds an @"):
        reopen_codebook(ours, "ours", version="a@b", reason="So.")
    assert reopen_codebook(ours, "ours", reason="So.") == "spring (2)"
    with pytest.raises(p3c.P3CError, match="there is a version 'spring'"):
        freeze_codebook(ours, "ours", version="spring")


def test_an_unknown_edition_names_the_nearest(ours: p3c.Study) -> None:
    with pytest.raises(p3c.P3CError, match="None is kept yet"):
        read_edition(ours, "ours", "1")
    freeze_codebook(ours, "ours", version="spring")
    with pytest.raises(
        p3c.P3CError, match=r"no edition 'sprng' of 'ours' is kept. Did you mean 's"
    ):
        read_edition(ours, "ours", "sprng")
    with pytest.raises(p3c.P3CError, match="Did you mean 'ours'"):
        read_edition(ours, "our", "spring")


def test_an_edition_holds_no_words_of_a_text_and_reads_them_from_it(ours: p3c.Study) -> None:
    coding = ours.code("IP01", 3, 10, "ours:hope").id
    add_anchor(ours, "ours:hope", coding)
    freeze_codebook(ours, "ours")
    assert read_edition(ours, "ours", "1").code("hope").anchors[0].quote == "We meet"
    ours.withdraw("IP01", reason="asked for it")
    assert read_edition(ours, "ours", "1").code("hope").anchors[0].quote == ""
    from p3c_qual.store.schema import ROWS

    with ours.store.read() as connection:
        (form,) = connection.scalars(ROWS["edition"].select().with_only_columns(
            ROWS["edition"].c.form))  # fmt: skip
    assert "We meet" not in form


def proposed(study: p3c.Study) -> dict[str, str]:
    frame = study.proposals()
    return dict(zip(frame["change"], frame["id"], strict=True))


def test_proposals_are_carried_out_as_the_next_version_in_one_act(ours: p3c.Study) -> None:
    one = ours.code("IP01", 3, 5, "ours:hope").id
    two = ours.code("IP01", 6, 10, "ours:hope").id
    freeze_codebook(ours, "ours")
    before = ours.codebook("ours")
    ours.create_code("ours", "Fear", definition="A bad end.", reason="It came up.")
    ours.edit_code("ours:hope", label="Hoping", definition="Another.", reason="It was misread.")
    ours.move_code("ours:trust", parent="ours:hope", reason="It belongs there.")
    ours.split_code("ours:hope", [("Near", [two])], reason="Two things.")
    ours.retire_code("ours:hope.strong", reason="Nobody uses it.")
    wanted = list(proposed(ours).values())

    assert accept_proposals(ours, wanted, reason="Agreed in the meeting.") == "2"

    book = ours.codebook("ours")
    assert (book.version, book.status) == ("2", "final")
    assert book.code("fear").status == "active"
    assert (book.code("hope").label, book.code("hope").definition) == ("Hoping", "Another.")
    assert book.code("trust").parent == "hope"
    assert book.code("hope.strong").status == "retired"
    codings = ours.codings().set_index("id")["code"].to_dict()
    assert codings == {one: "hope", two: "near"}
    assert read_edition(ours, "ours", "1") == before
    assert read_edition(ours, "ours", "2") == book
    assert set(ours.proposals()["status"]) == {"accepted"}
    assert ours.log().iloc[0][["verb", "reason"]].tolist() == [
        "accept 5 proposals: ours 2",
        "Agreed in the meeting.",
    ]
    assert ours.check(replay=True).empty

    ours.undo()
    assert ours.codebook("ours").version == "1"
    assert ours.codebook("ours").code("hope") == before.code("hope")
    assert list_editions(ours)["version"].tolist() == ["1"]
    assert set(ours.proposals()["status"]) == {"open"}
    assert ours.codings().set_index("id")["code"].to_dict() == {one: "hope", two: "hope"}
    assert ours.check(replay=True).empty


def test_a_merge_that_was_proposed_is_carried_out(ours: p3c.Study) -> None:
    ours.code("IP01", 3, 5, "ours:trust")
    freeze_codebook(ours, "ours")
    ours.merge_codes(["ours:trust"], "ours:hope", reason="One thing.")
    accept_proposals(ours, list(proposed(ours).values()), version="1.1", reason="So.")
    assert ours.codings()["code"].tolist() == ["hope"]
    assert ours.codebook("ours").version == "1.1"


def test_what_cannot_be_carried_out_is_said_and_nothing_is_changed(ours: p3c.Study) -> None:
    coding = ours.code("IP01", 3, 10, "ours:hope").id
    freeze_codebook(ours, "ours")
    ours.edit_code("ours:hope", label="Hoping", reason="So.")
    ours.split_code("ours:hope", [("Near", [coding])], reason="So.")
    ours.uncode([coding])
    wanted = proposed(ours)
    with pytest.raises(p3c.P3CError, match="proposal to split: this coding is gone"):
        accept_proposals(ours, list(wanted.values()), reason="So.")
    assert ours.codebook("ours").version == "1"
    assert ours.codebook("ours").code("hope").label == "Hope"

    with pytest.raises(p3c.P3CError, match="a next version needs a reason"):
        accept_proposals(ours, [wanted["edit"]], reason="")
    ours.withdraw_proposal(wanted["edit"])
    with pytest.raises(p3c.P3CError, match="this proposal is gone: anna took it away on"):
        accept_proposals(ours, [wanted["edit"]], reason="So.")


def test_a_proposal_is_accepted_once(ours: p3c.Study) -> None:
    freeze_codebook(ours, "ours")
    ours.edit_code("ours:hope", label="Hoping", reason="So.")
    wanted = list(proposed(ours).values())
    accept_proposals(ours, wanted, reason="So.")
    with pytest.raises(p3c.P3CError, match="this proposal was accepted already"):
        accept_proposals(ours, wanted, reason="So.")
    with pytest.raises(p3c.P3CError, match="no proposal is named"):
        accept_proposals(ours, [], reason="So.")


@pytest.mark.parametrize("store", ["sqlite", "postgresql"])
def test_versions_are_the_same_on_both_stores(
    request: pytest.FixtureRequest, tmp_path: Path, store: str
) -> None:
    address = request.getfixturevalue("new_database")() if store == "postgresql" else None
    (tmp_path / "ours.yml").write_text(BOOK, encoding="utf-8")
    with p3c.new_study(tmp_path / "either", title="Either", store=address) as study:
        study.load_codebook(tmp_path / "ours.yml")
        freeze_codebook(study, "ours")
        study.edit_code("ours:hope", label="Hoping", reason="So.")
        accept_proposals(study, list(proposed(study).values()), reason="So.")
        assert list_editions(study)["version"].tolist() == ["1", "2"]
        assert read_edition(study, "ours", "1").code("hope").label == "Hope"
        assert study.check(replay=True).empty


def test_in_a_version_that_was_begun_proposals_are_carried_out_as_it_stands(
    ours: p3c.Study,
) -> None:
    freeze_codebook(ours, "ours")
    ours.edit_code("ours:hope", label="Hoping", reason="So.")
    reopen_codebook(ours, "ours", reason="So.")
    assert accept_proposals(ours, list(proposed(ours).values()), reason="So.") == "2"
    book = ours.codebook("ours")
    assert (book.version, book.status, book.code("hope").label) == ("2", "draft", "Hoping")
    assert list_editions(ours)["version"].tolist() == ["1"]


def test_only_the_version_in_force_is_met_and_an_earlier_one_is_found_as_it_stood(
    ours: p3c.Study,
) -> None:
    freeze_codebook(ours, "ours", version="1.0")
    reopen_codebook(ours, "ours", reason="trust means two things")
    check_version(ours, "ours", "")
    check_version(ours, "ours", "1.1")
    with pytest.raises(p3c.P3CError, match=r"ours is not in version '1\.0' any more") as caught:
        check_version(ours, "ours", "1.0")
    (problem,) = caught.value.problems
    day = list_editions(ours, "ours")["at"].iloc[0]
    assert problem.valid == (f"1.0 (frozen {day[:10]})", "1.1 (in force)")
    assert problem.do == f"The study as it stood with it: as_of {day}"
    with p3c.open_study(ours.path, as_of=day) as then:
        check_version(then, "ours", "1.0")
    with pytest.raises(p3c.P3CError, match=r"has no version '1\.2'.*1\.1 \(in force\)"):
        check_version(ours, "ours", "1.2")
