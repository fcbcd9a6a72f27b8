"""Codes made, renamed, moved, retired: while people work, one act each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import p3c_qual as p3c
from p3c_qual.codebook import check_codebook, read_codebook, write_codebook
from p3c_qual.codebook.stored import load_codebook
from p3c_qual.sources.incoming import Incoming
from p3c_qual.store.schema import ROWS
from p3c_qual.yaml_fields import SLUG

if TYPE_CHECKING:
    from pathlib import Path

BOOK = """\
format: 1
key: mine
label: Mine
codes:
  - id: hope
    label: Hope
    definition: A good end.
    codes:
      - {id: strong, label: Strong}
      - {id: weak, label: Weak}
  - id: trust
    label: Trust
  - id: fear
    label: Fear
"""


@pytest.fixture
def mine(study: p3c.Study, tmp_path: Path) -> p3c.Study:
    """Give a study with a small codebook of its own and one source."""
    (tmp_path / "mine.yml").write_text(BOOK, encoding="utf-8")
    study.load_codebook(tmp_path / "mine.yml")
    (tmp_path / "IP01.txt").write_text("R: We meet each week.", encoding="utf-8")
    study.add([Incoming(tmp_path / "IP01.txt", interviewee="IP01")])
    return study


def tree(study: p3c.Study) -> list[str]:
    """Return the labels in reading order, each indented by its depth."""
    frame = study.codes("mine")
    return ["-" * (row.depth - 1) + row.label for row in frame.itertuples()]


def row(study: p3c.Study, code: str) -> dict[str, Any]:
    """Return a code's row, by id or key."""
    table = ROWS["code"]
    with study.store.read() as connection:
        wanted = table.select().where((table.c.id == code) | (table.c.key == code))
        return dict(connection.execute(wanted).mappings().one())


def codes(refused: Any) -> list[str]:
    return [each.code for each in refused.value.problems]


# making


def test_a_new_code_stands_last_below_its_parent_with_a_key_of_its_label(mine: p3c.Study) -> None:
    name = mine.create_code(
        "mine", " In the\n morning ", parent="hope", definition="Early.", rule="Not late.",
        level="micro",
    )  # fmt: skip

    assert tree(mine) == ["Hope", "-Strong", "-Weak", "-In the morning", "Trust", "Fear"]
    made = mine.codebook("mine").code("hope.in_the_morning")
    assert (made.label, made.definition, made.rule) == ("In the morning", "Early.", "Not late.")
    assert (made.level, made.parent, made.status) == ("micro", "hope", "active")
    assert row(mine, name)["key"] == "hope.in_the_morning"
    assert mine.log().iloc[0]["verb"] == "create code In the morning"
    mine.code("IP01", 3, 10, name)
    assert mine.check(replay=True).empty


@pytest.mark.parametrize(
    ("after", "place"), [("", 1), ("hope.strong", 2), ("mine:hope.weak", 3), (None, 3)]
)
def test_a_new_code_comes_where_it_is_put(mine: p3c.Study, after: str | None, place: int) -> None:
    mine.create_code("mine", "New", parent="hope", after=after)
    assert tree(mine)[place] == "-New"
    positions = [row(mine, code.key)["position"] for code in mine.codebook("mine").codes]
    assert positions == list(range(6))


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("Βοήθεια", "code"),
        ("信頼", "code"),
        ("مساعدة", "code"),
        ("!?", "code"),
        ("Soins intégrés", "soins_integres"),
        ("e.g. nurses, etc.", "e_g_nurses_etc"),
        ("ЁÀ b", "a_b"),
        ("Hope", "hope_2"),
        ("word " * 30, "word_word_word_word_word_word_word_word_word_word_word_word"),
        ("x" * 200, "x" * 60),
    ],
)
def test_a_label_in_any_script_gets_a_key_that_works(mine: p3c.Study, label: str, key: str) -> None:
    name = mine.create_code("mine", label)
    assert row(mine, name)["key"] == key
    again = row(mine, mine.create_code("mine", label))["key"]
    assert SLUG.fullmatch(key)
    assert SLUG.fullmatch(again)
    assert again != key


def test_a_codebook_worked_on_is_written_and_read_back_without_a_change(
    mine: p3c.Study, tmp_path: Path
) -> None:
    mine.create_code("mine", "Βοήθεια", parent="trust", after="")
    mine.create_code("mine", "Top", after="")
    mine.move_code("hope.weak", parent="fear")
    mine.edit_code("hope", label="Hoping", definition="")
    mine.merge_codes(["trust"], "hope")
    mine.retire_code("hope.strong")
    file = tmp_path / "out.yml"
    file.write_text(write_codebook(mine.codebook("mine")), encoding="utf-8")

    assert not [each for each in check_codebook(file) if each.severity == "fault"]
    before = len(mine.log())
    with mine.act("load") as act:
        assert load_codebook(act, read_codebook(file)).changes == ()
        assert act.events == 0
    assert len(mine.log()) == before


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"label": " "}, "a code needs a label"),
        ({"label": "x" * 201}, "the label has 201 characters, more than 200"),
        ({"parent": "hop"}, "the codebook 'mine' has no code 'hop'. Did you mean 'hope'"),
        ({"parent": "selfie:workforce"}, "the codebook 'mine' has no code 'selfie:workforce'"),
        ({"after": "hope.weak"}, "'Weak' does not stand at the top"),
        ({"parent": "hope", "after": "fear"}, "'Fear' does not stand under 'Hope'"),
        ({"level": "mikro"}, "unknown level 'mikro'. Did you mean 'micro'"),
        ({"key": "Not a key"}, "'Not a key' cannot be a key. Did you mean 'not_a_key'"),
        ({"key": "hope"}, "there is a code 'hope' already"),
        ({"codebook": "min"}, "the study has no codebook 'min'. Did you mean 'mine'"),
    ],
)
def test_a_code_that_cannot_be_made_is_refused(
    mine: p3c.Study, options: dict[str, str], told: str
) -> None:
    before = tree(mine)
    given = {"codebook": "mine", "label": "New", **options}
    with pytest.raises(p3c.P3CError) as refused:
        mine.create_code(**given)
    assert told in str(refused.value)
    assert tree(mine) == before


def test_all_that_is_wrong_with_a_code_is_said_at_once(mine: p3c.Study) -> None:
    with pytest.raises(p3c.P3CError) as refused:
        mine.create_code("mine", "", parent="nobody", level="mikro", key="A B")
    assert len(refused.value.problems) == 4


def test_below_a_code_beside_the_framework_a_new_one_stands_beside_it_too(
    mine: p3c.Study,
) -> None:
    with mine.act("set aside") as act:
        act.update("code", {row(mine, "trust")["id"]: {"in_framework": False}})
    beside = mine.create_code("mine", "New", parent="trust")
    within = mine.create_code("mine", "Newer", parent="hope")
    assert (row(mine, beside)["in_framework"], row(mine, within)["in_framework"]) == (False, True)


# renaming and moving


def test_a_renamed_code_keeps_its_key_and_what_is_not_named(mine: p3c.Study) -> None:
    assert mine.edit_code("mine:hope", label="Hoping") is None
    code = mine.codebook("mine").code("hope")
    assert (code.label, code.definition) == ("Hoping", "A good end.")
    assert mine.log().iloc[0]["verb"] == "rename code Hope to Hoping"
    mine.edit_code("hope", definition="", rule="Only said.")
    assert mine.log().iloc[0]["verb"] == "edit code Hoping"
    code = mine.codebook("mine").code("hope")
    assert (code.definition, code.rule) == ("", "Only said.")
    mine.undo()
    mine.undo()
    assert mine.codebook("mine").code("hope").label == "Hope"
    assert mine.check(replay=True).empty


def test_saying_the_same_again_is_no_act(mine: p3c.Study) -> None:
    acts = len(mine.log())
    mine.edit_code("hope", label="Hope", definition="A good end.", rule="", level="")
    mine.move_code("hope.weak", parent="hope", after="hope.strong")
    mine.revive_code("hope")
    assert len(mine.log()) == acts


@pytest.mark.parametrize(
    ("move", "wanted"),
    [
        (("fear", "hope", ""), ["Hope", "-Fear", "-Strong", "-Weak", "Trust"]),
        (("fear", None, ""), ["Fear", "Hope", "-Strong", "-Weak", "Trust"]),
        (("hope", None, "trust"), ["Trust", "Hope", "-Strong", "-Weak", "Fear"]),
        (("hope", "trust", None), ["Trust", "-Hope", "--Strong", "--Weak", "Fear"]),
        (("hope.weak", None, "hope"), ["Hope", "-Strong", "Weak", "Trust", "Fear"]),
        (("hope.strong", "hope", "hope.weak"), ["Hope", "-Weak", "-Strong", "Trust", "Fear"]),
    ],
)
def test_a_code_is_moved_with_all_below_it(
    mine: p3c.Study, move: tuple[str, str | None, str | None], wanted: list[str]
) -> None:
    before = mine.codebook("mine")
    code, parent, after = move
    mine.move_code(code, parent=parent, after=after)
    assert tree(mine) == wanted
    assert {each.key for each in mine.codebook("mine").codes} == {each.key for each in before.codes}
    mine.undo()
    assert mine.codebook("mine") == before


@pytest.mark.parametrize(
    ("code", "parent", "after", "told"),
    [
        ("hope", "hope", None, "'Hope' would stand under itself"),
        ("hope", "hope.weak", None, "'Hope' would stand under itself"),
        ("hope", None, "hope", "'Hope' cannot come after itself"),
        ("hope", None, "hope.weak", "'Weak' does not stand at the top"),
        ("hope", "workforce", None, "has no code 'workforce'"),
        ("hop", None, None, "Did you mean 'hope'"),
    ],
)
def test_a_code_that_cannot_be_put_there_is_refused(
    mine: p3c.Study, code: str, parent: str | None, after: str | None, told: str
) -> None:
    before = tree(mine)
    with pytest.raises(p3c.P3CError) as refused:
        mine.move_code(code, parent=parent, after=after)
    assert told in str(refused.value)
    assert tree(mine) == before


def test_two_people_move_codes_and_each_takes_back_their_own(mine: p3c.Study) -> None:
    mine.create_code("mine", "Annas", after="")
    with p3c.open_study(mine.path, coder="ben") as other:
        other.create_code("mine", "Bens", after="trust")
    assert tree(mine) == ["Annas", "Hope", "-Strong", "-Weak", "Trust", "Bens", "Fear"]
    assert mine.undo()["verb"] == "create code Annas"
    assert tree(mine) == ["Hope", "-Strong", "-Weak", "Trust", "Bens", "Fear"]


def test_a_code_that_somebody_coded_with_is_not_taken_back(mine: p3c.Study) -> None:
    name = mine.create_code("mine", "New")
    with p3c.open_study(mine.path, coder="ben") as other:
        other.code("IP01", 3, 10, name)
    with pytest.raises(p3c.P3CError, match="ben built on this code with a coding") as refused:
        mine.undo()
    assert codes(refused) == ["changed_since"]


# retiring


def test_a_retired_code_keeps_its_codings_and_comes_back(mine: p3c.Study) -> None:
    segment = mine.code("IP01", 3, 10, "trust").id
    assert mine.retire_code("trust") is None
    assert mine.codings()["id"].tolist() == [segment]
    with pytest.raises(p3c.P3CError, match="the code 'trust' is retired"):
        mine.code("IP01", 11, 15, "trust")
    with pytest.raises(p3c.P3CError, match="the code 'Trust' is retired"):
        mine.create_code("mine", "New", parent="trust")
    assert mine.log().iloc[0]["verb"] == "retire code Trust"
    mine.revive_code("trust")
    mine.code("IP01", 11, 15, "trust")
    assert mine.codebook("mine").code("trust").status == "active"


def test_a_revived_code_counts_for_itself_again(mine: p3c.Study) -> None:
    mine.merge_codes(["trust"], "hope")
    assert mine.codebook("mine").code("trust").merged_into == "hope"
    mine.revive_code("trust")
    assert mine.codebook("mine").code("trust").merged_into is None
