"""What has to be coded again, which categories were confused, and anchors that are links."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import p3c_qual as p3c
from p3c_qual.codebook import lint_with_codings
from p3c_qual.codebook.accepting import accept_proposals
from p3c_qual.codebook.agenda import table_agenda
from p3c_qual.codebook.anchoring import add_anchor, mark_prototype, remove_anchor
from p3c_qual.codebook.confused import table_confusions
from p3c_qual.codebook.confusion import Given, confusions
from p3c_qual.codebook.duty import table_duty
from p3c_qual.codebook.freezing import freeze_codebook, reopen_codebook
from p3c_qual.mayring.categories.staleness import confirm_codings
from p3c_qual.sources.incoming import Incoming

if TYPE_CHECKING:
    from pathlib import Path

BOOK = """\
format: 1
key: ours
label: Ours
codes:
  - {id: hope, label: Hope, definition: A good end., rule: Only where it is said.}
  - {id: trust, label: Trust}
  - id: pace
    label: Pace
    kind: ordinal
    levels:
      - {value: 1, label: slow, definition: Weeks.}
      - {value: 2, label: fast, definition: Days.}
    not_ratable: {label: not ratable}
"""
TEXT = "R: We meet each week, the nurse and I. It helps us a lot.\n"


@pytest.fixture
def ours(study: p3c.Study, tmp_path: Path) -> p3c.Study:
    (tmp_path / "ours.yml").write_text(BOOK, encoding="utf-8")
    study.load_codebook(tmp_path / "ours.yml")
    for key in ("IP01", "IP02"):
        (tmp_path / f"{key}.txt").write_text(TEXT, encoding="utf-8")
        study.add([Incoming(tmp_path / f"{key}.txt", interviewee=key)])
    return study


def test_nothing_is_owed_until_a_code_has_changed(ours: p3c.Study) -> None:
    ours.code("IP01", 3, 10, "ours:hope")
    freeze_codebook(ours, "ours")
    reopen_codebook(ours, "ours", reason="So.")
    assert table_duty(ours, "ours").empty
    ours.edit_code("ours:trust", rule="So.")
    # nothing was coded with it; and another label decides nothing
    ours.edit_code("ours:hope", label="Hoping")
    assert table_duty(ours, "ours").empty


def test_codings_under_a_changed_code_are_listed_by_whom_and_where(ours: p3c.Study) -> None:
    one = ours.code("IP01", 3, 10, "ours:hope").id
    ours.code("IP01", 11, 15, "ours:hope")
    ours.code("IP02", 3, 10, "ours:hope", coder="ben")
    ours.code("IP02", 3, 10, "ours:trust", coder="ben")
    freeze_codebook(ours, "ours")
    reopen_codebook(ours, "ours", reason="So.")
    ours.edit_code("ours:hope", definition="Another.", rule="Another.")
    ours.move_code("ours:hope", parent="ours:trust")
    ours.code("IP02", 20, 30, "ours:hope")

    table = table_duty(ours, "ours")
    columns = ["code", "version", "changed", "coder", "source", "codings"]
    assert table[columns].to_numpy().tolist() == [
        ["hope", "1", "definition, rule, parent", "anna", "IP01", 2],
        ["hope", "1", "definition, rule, parent", "ben", "IP02", 1],
    ]
    assert table.attrs["version"] == "2"

    confirm_codings(ours, [one])
    assert table_duty(ours, "ours")["codings"].tolist() == [1, 1]
    for ids in table_duty(ours, "ours")["ids"]:
        confirm_codings(ours, ids)
    assert table_duty(ours, "ours").empty


def test_a_scale_and_a_status_that_changed_are_owed_too(ours: p3c.Study, tmp_path: Path) -> None:
    ours.code("IP01", 3, 10, "ours:pace")
    ours.code("IP01", 3, 10, "ours:trust")
    freeze_codebook(ours, "ours")
    changed = BOOK.replace("Weeks.", "Months.").replace(
        "{id: trust, label: Trust}", "{id: trust, label: Trust, status: retired}"
    )
    (tmp_path / "ours.yml").write_text(
        changed.replace("label: Ours", "label: Ours\nversion: '2'"), encoding="utf-8"
    )
    ours.load_codebook(tmp_path / "ours.yml")
    assert table_duty(ours, "ours")[["code", "changed"]].to_numpy().tolist() == [
        ["trust", "status"],
        ["pace", "scale"],
    ]
    with pytest.raises(p3c.P3CError, match="'trust' is retired"):
        confirm_codings(ours, table_duty(ours, "ours")["ids"].iloc[0])


def test_a_version_that_nobody_kept_is_owed_as_unknown(ours: p3c.Study, tmp_path: Path) -> None:
    ours.code("IP01", 3, 10, "ours:hope")
    (tmp_path / "ours.yml").write_text(
        BOOK.replace("label: Ours", "label: Ours\nversion: '2'"), encoding="utf-8"
    )
    ours.load_codebook(tmp_path / "ours.yml")
    assert table_duty(ours, "ours")["changed"].tolist() == [
        "unknown: no edition of that version is kept"
    ]


def test_accepted_proposals_leave_a_duty(ours: p3c.Study) -> None:
    ours.code("IP01", 3, 10, "ours:hope")
    freeze_codebook(ours, "ours")
    ours.edit_code("ours:hope", rule="Never in doubt.", reason="So.")
    accept_proposals(ours, ours.proposals()["id"].tolist(), reason="So.")
    assert table_duty(ours, "ours")["changed"].tolist() == ["rule"]


# confusions


def test_two_codes_at_one_place_by_two_coders_are_confused(ours: p3c.Study) -> None:
    ours.code("IP01", 3, 10, "ours:hope")
    ours.code("IP01", 8, 20, "ours:trust", coder="ben")
    ours.code("IP02", 3, 10, "ours:trust")
    ours.code("IP02", 3, 10, "ours:hope", coder="ben")
    (row,) = table_confusions(ours, "ours").to_dict("records")
    assert (row["code_a"], row["code_b"]) == ("hope", "trust")
    assert (row["pairs"], row["characters"], row["ruled"]) == (2, 2 + 7, False)
    assert row["examples"] == [
        {"source": "IP01", "start": 8, "end": 10, "coder_a": "anna", "coder_b": "ben"},
        {"source": "IP02", "start": 3, "end": 10, "coder_a": "ben", "coder_b": "anna"},
    ]


@pytest.mark.parametrize(
    "more",
    [
        ("IP01", 8, 20, "ours:trust", "anna", "main"),
        ("IP01", 0, 9, "ours:hope", "ben", "main"),
    ],
)
def test_who_gave_the_other_code_there_as_well_confused_nothing(
    ours: p3c.Study, more: tuple[str, int, int, str, str, str]
) -> None:
    ours.code("IP01", 3, 10, "ours:hope")
    ours.code("IP01", 8, 20, "ours:trust", coder="ben")
    source, start, end, code, coder, _ = more
    ours.code(source, start, end, code, coder=coder)
    assert table_confusions(ours, "ours").empty


def test_other_rounds_and_the_same_coder_confuse_nothing(ours: p3c.Study) -> None:
    ours.code("IP01", 3, 10, "ours:hope")
    ours.code("IP01", 3, 10, "ours:trust")
    ours.code("IP01", 20, 30, "ours:hope")
    ours.code("IP01", 20, 30, "ours:trust", coder="ben", round="second")
    assert table_confusions(ours, "ours").empty
    assert table_confusions(ours, "ours", round="second").empty


spans = st.tuples(
    st.sampled_from("PQ"), st.integers(0, 12), st.integers(1, 6), st.sampled_from("abc"),
    st.sampled_from(["x", "y", "z"]),
)  # fmt: skip


@given(st.lists(spans, max_size=10))
def test_confusions_are_what_comparing_every_pair_finds(rows: list[tuple]) -> None:
    made = [Given(s, "main", start, start + long, code, who) for s, start, long, code, who in rows]
    expected: dict[tuple[str, str], set[tuple[str, int]]] = {}
    pairs: dict[tuple[str, str], int] = {}
    for i, one in enumerate(made):
        for two in made[i + 1 :]:
            left, right = max(one.start, two.start), min(one.end, two.end)
            if one.source != two.source or one.coder == two.coder or one.code == two.code:
                continue
            both = any(
                each.source == one.source and each.start < right and left < each.end
                and (each.coder, each.code) in {(one.coder, two.code), (two.coder, one.code)}
                for each in made
            )  # fmt: skip
            if left < right and not both:
                pair = tuple(sorted((one.code, two.code)))
                pairs[pair] = pairs.get(pair, 0) + 1
                expected.setdefault(pair, set()).update(
                    (one.source, at) for at in range(left, right)
                )
    found = confusions(made)
    assert {each.codes: each.pairs for each in found} == pairs
    assert {each.codes: each.characters for each in found} == {
        pair: len(places) for pair, places in expected.items()
    }


def test_a_rule_is_demanded_where_codes_were_confused(ours: p3c.Study) -> None:
    ours.code("IP01", 3, 10, "ours:hope")
    ours.code("IP01", 3, 10, "ours:trust", coder="ben")

    def said() -> list[str]:
        found = lint_with_codings(ours.codebook("ours"), ours.codings())
        return [str(each) for each in found if "coders gave" in each.what]

    (line,) = said()
    assert "coders gave 'hope' and 'trust' to the same passage, and 'trust' has no coding" in line
    noted = ours.check()
    assert noted["kind"].tolist() == ["note"]
    assert "'trust' has no coding rule" in noted["what"].iloc[0]
    ours.edit_code("ours:trust", rule="Only of persons.")
    assert said() == []
    assert ours.check().empty
    assert table_confusions(ours, "ours")["ruled"].tolist() == [True]


# anchors


def test_an_anchor_is_a_link_to_a_coded_passage(ours: p3c.Study) -> None:
    coding = ours.code("IP01", 3, 10, "ours:hope").id
    assert add_anchor(ours, "ours:hope", coding, prototype=True) == "IP01@3-10"
    (anchor,) = ours.codebook("ours").code("hope").anchors
    assert (anchor.quote, anchor.source, anchor.start, anchor.end) == ("We meet", "IP01", 3, 10)
    assert anchor.prototype
    # once more it stands there once
    add_anchor(ours, "ours:hope", coding)
    assert len(ours.codebook("ours").code("hope").anchors) == 1
    mark_prototype(ours, "ours:hope", "IP01@3-10", prototype=False)
    assert not ours.codebook("ours").code("hope").anchors[0].prototype
    remove_anchor(ours, "ours:hope", "IP01@3-10")
    assert ours.codebook("ours").code("hope").anchors == ()
    ours.undo()
    assert len(ours.codebook("ours").code("hope").anchors) == 1
    assert ours.check(replay=True).empty


def test_an_anchor_of_a_level_stands_there(ours: p3c.Study) -> None:
    coding = ours.code("IP01", 3, 10, "ours:pace").id
    add_anchor(ours, "ours:pace", coding, level="2")
    add_anchor(ours, "ours:pace", coding, level="not_ratable")
    code = ours.codebook("ours").code("pace")
    assert [len(level.anchors) for level in code.levels] == [0, 1]
    assert len(code.not_ratable.anchors) == 1
    with pytest.raises(p3c.P3CError, match=r"'Pace' has no level '3'. .*Valid: 1, 2, not_ratable"):
        add_anchor(ours, "ours:pace", coding, level="3")


def test_an_anchor_may_be_added_to_a_frozen_codebook(ours: p3c.Study) -> None:
    coding = ours.code("IP01", 3, 10, "ours:hope").id
    freeze_codebook(ours, "ours")
    add_anchor(ours, "ours:hope", coding)
    assert len(ours.codebook("ours").code("hope").anchors) == 1
    assert ours.proposals().empty


def test_a_passage_of_another_code_and_one_that_is_gone_are_no_anchors(ours: p3c.Study) -> None:
    coding = ours.code("IP01", 3, 10, "ours:hope").id
    with pytest.raises(p3c.P3CError, match="3-10 of 'IP01' is coded with 'Hope', not with 'Trust'"):
        add_anchor(ours, "ours:trust", coding)
    ours.uncode([coding])
    with pytest.raises(p3c.P3CError, match="this coding is gone: anna took it away"):
        add_anchor(ours, "ours:hope", coding)
    with pytest.raises(p3c.P3CError, match="'Hope' has no anchor 'IP01@3-10'"):
        remove_anchor(ours, "ours:hope", "IP01@3-10")


def test_the_checks_follow_an_anchor(ours: p3c.Study) -> None:
    coding = ours.code("IP01", 3, 10, "ours:hope").id
    add_anchor(ours, "ours:hope", coding)
    texts = {"IP01": ours.text("IP01")}

    def said() -> list[str]:
        found = lint_with_codings(ours.codebook("ours"), ours.codings(), texts=texts)
        return [each.what for each in found if "anchor" in each.what]

    assert said() == []
    ours.resize(coding, 3, 9)
    assert said() == ["the anchor of 'hope' in 'IP01', 3 to 10, is no longer coded with it"]
    ours.undo()
    texts["IP01"] = "R: They met each week."
    assert said() == [
        "the anchor of 'hope' in 'IP01', 3 to 10, is not what stands there: 'We meet'"
    ]


def test_the_agenda_has_a_row_a_category_and_a_row_a_level(ours: p3c.Study) -> None:
    one = ours.code("IP01", 3, 10, "ours:hope").id
    two = ours.code("IP01", 11, 15, "ours:hope").id
    add_anchor(ours, "ours:hope", one)
    add_anchor(ours, "ours:hope", two, prototype=True)
    table = table_agenda(ours, "ours")
    assert table["level"].tolist() == ["", "", "", "1", "2", "not_ratable"]
    assert table.iloc[0].to_dict() == {
        "code": "hope",
        "level": "",
        "category": "Hope",
        "definition": "A good end.",
        "anchors": "“each” (IP01@11-15, prototype)\n“We meet” (IP01@3-10)",
        "rule": "Only where it is said.",
    }
    assert table["category"].tolist()[3:] == ["Pace: 1 slow", "Pace: 2 fast", "Pace: not ratable"]
    assert isinstance(table, pd.DataFrame)
    assert table.attrs["version"] == "1"
