"""What joining two copies can break: one fixed rule for each case, and a line in the list."""

from __future__ import annotations

from pathlib import Path

import pytest

from p3c_qual.coding.names import read_codes
from p3c_qual.errors import P3CError
from p3c_qual.store import conflicts as conflict_rules
from p3c_qual.store.conflicts import find_conflicts, versions
from p3c_qual.store.payloads import hash_of


def conflicts(world):
    with world.store.read() as connection:
        return find_conflicts(connection)


def cases(world):
    return [each["case"] for each in conflicts(world)]


@pytest.fixture
def both(new_world):
    """Give two copies of one study: a source, a codebook with two codes, a memo."""
    here, there = new_world(), new_world()
    here.place = there.place = here.source()
    here.book = there.book = here.add("codebook", key="book")
    here.codes = there.codes = [
        here.add("code", key=key, codebook=here.book, definition=f"about {key}") for key in "ab"
    ]
    here.memo = there.memo = here.add("memo", text="first")
    there.join(here)
    return here, there


def meet(here, there):
    """Join each to the other; both say the same then, and their journals replay."""
    here.join(there)
    there.join(here)
    assert here.state() == there.state()
    assert conflicts(here) == conflicts(there)
    assert here.faults() == there.faults() == []


def test_a_sound_study_has_no_conflicts(both):
    assert conflicts(both[0]) == []


def test_of_two_texts_the_later_is_shown_and_both_are_kept(both):
    here, there = both
    here.set("memo", here.memo, "anna", text="anna's")
    there.set("memo", here.memo, "ben", text="ben's")
    meet(here, there)
    assert here.row("memo", here.memo)["text"] == "ben's"
    assert cases(here) == ["two texts"]
    with here.store.read() as connection:
        found = versions(connection, "memo", here.memo, "text")
    assert set(found.values()) == {"anna's", "ben's"}


@pytest.mark.parametrize("chosen", ["anna's", "ben's"], ids=["the hidden one", "the shown one"])
def test_choosing_one_of_two_texts_settles_it_everywhere(both, chosen):
    here, there = both
    here.set("memo", here.memo, "anna", text="anna's")
    there.set("memo", here.memo, "ben", text="ben's")
    meet(here, there)
    with here.act("eve") as act:
        act.choose("memo", here.memo, "text", hash_of(chosen))
    meet(here, there)
    assert there.row("memo", here.memo)["text"] == chosen
    assert cases(there) == []


def test_writing_a_third_text_settles_it_too(both):
    here, there = both
    here.set("code", here.codes[0], "anna", definition="anna's")
    there.set("code", here.codes[0], "ben", definition="ben's")
    meet(here, there)
    here.set("code", here.codes[0], definition="of both")
    meet(here, there)
    assert cases(here) == []


def test_emptying_a_text_that_somebody_rewrote_is_two_texts(both):
    here, there = both
    there.set("code", here.codes[0], "ben", definition="ben's")
    here.set("code", here.codes[0], "anna", definition=None)
    meet(here, there)
    assert here.row("code", here.codes[0])["definition"] is None
    assert cases(here) == ["two texts"]


def test_a_version_that_is_none_cannot_be_chosen(both):
    here, _ = both
    with pytest.raises(P3CError, match="no such version"), here.act() as act:
        act.choose("memo", here.memo, "text", hash_of("nobody's"))


def test_taking_a_choice_back_opens_it_again(both):
    from p3c_qual.store.undo import undo

    here, there = both
    here.set("memo", here.memo, "anna", text="anna's")
    there.set("memo", here.memo, "ben", text="ben's")
    meet(here, there)
    with here.act("eve") as act:
        act.choose("memo", here.memo, "text", hash_of("anna's"))
    undo(here.store, "eve")
    assert cases(here) == ["two texts"]
    assert here.row("memo", here.memo)["text"] == "ben's"


def test_a_text_rewritten_while_it_was_deleted_elsewhere_is_listed_and_comes_back(both):
    from p3c_qual.store.undo import undo

    here, there = both
    there.set("memo", here.memo, "ben", text="ben's")
    here.remove("memo", here.memo, "anna")
    meet(here, there)
    assert here.row("memo", here.memo) is None
    assert cases(here) == ["a deleted text"]
    undo(here.store, "anna")
    assert here.row("memo", here.memo)["text"] == "ben's"
    assert cases(here) == []


def test_under_one_key_the_older_row_keeps_it_and_the_younger_shows_a_tilde(both):
    here, there = both
    older = here.add("source", key="IP09", title="older")
    younger = there.add("source", "ben", key="IP09", title="younger")
    meet(here, there)
    assert here.row("source", older)["key"] == "IP09"
    assert here.row("source", younger)["key"] == f"IP09~{younger[-6:]}"
    assert cases(here) == ["one key twice"]


@pytest.mark.parametrize("how", ["rename the younger", "rename the older", "delete the older"])
def test_a_key_held_twice_is_settled_by_hand(both, how):
    here, there = both
    older = here.add("source", key="IP09")
    younger = there.add("source", "ben", key="IP09")
    meet(here, there)
    if how == "rename the younger":
        here.set("source", younger, key="IP10")
    elif how == "rename the older":
        here.set("source", older, key="IP10")
    else:
        here.remove("source", older)
    meet(here, there)
    assert cases(here) == []
    assert here.row("source", younger)["key"] == ("IP10" if "younger" in how else "IP09")


def test_of_a_cycle_the_oldest_code_stands_at_the_top(both):
    here, there = both
    a, b = here.codes
    here.set("code", a, "anna", parent=b)
    there.set("code", b, "ben", parent=a)
    meet(here, there)
    assert cases(here) == ["a cycle of codes"]
    with here.store.read() as connection:
        codes = read_codes(connection)
    top, below = sorted([a, b])
    assert codes.by_id[top].parent is None
    assert codes.by_id[below].parent == top


def test_a_coding_of_a_code_retired_elsewhere_counts_for_what_it_was_merged_into(both):
    here, there = both
    a, b = here.codes
    here.set("code", a, "anna", status="retired", merged_into=b)
    there.coding(there.place, 0, 7, code=a, actor="ben")
    meet(here, there)
    assert "a retired code" in cases(here)
    with here.store.read() as connection:
        assert read_codes(connection).counts_for(a) == b


def test_overlapping_codings_of_one_code_both_stay(both):
    here, there = both
    lane = {"code": here.codes[0], "coder": "x"}
    for world, (start, end) in ((here, (0, 7)), (there, (3, 12))):
        world.coding(world.place, start, end, **lane)
    there.coding(there.place, 12, 17, **lane)
    meet(here, there)
    assert len(here.rows("coding")) == 3
    assert cases(here).count("overlapping") == 1


def test_codings_of_another_coder_or_round_do_not_overlap(both):
    here, _ = both
    for more in ({"coder": "x"}, {"coder": "y"}, {"coder": "x", "round": "second"}):
        here.coding(here.place, 0, 7, code=here.codes[0], **more)
    assert "overlapping" not in cases(here)


@pytest.mark.parametrize(("table", "said"), [("source", "its source"), ("code", "its code")])
def test_a_coding_of_what_was_deleted_elsewhere_is_kept_and_listed(both, table, said):
    here, there = both
    there.coding(there.place, 0, 7, code=here.codes[0], actor="ben")
    here.remove(table, here.place[0] if table == "source" else here.codes[0])
    meet(here, there)
    assert len(here.rows("coding")) == 1
    missing = [each for each in conflicts(here) if each["case"] == "a missing row"]
    assert f"{said} was deleted" in [each["what"] for each in missing]


def test_a_memo_on_a_coding_deleted_elsewhere_is_kept_and_listed(both):
    here, there = both
    coding = here.coding(here.place, 0, 7, code=here.codes[0])
    there.join(here)
    there.add("memo", "ben", about="coding", target=coding, text="Is it?")
    here.remove("coding", coding)
    meet(here, there)
    assert "its coding was deleted" in [each["what"] for each in conflicts(here)]


def test_every_case_and_no_other_is_in_the_documentation():
    root = Path(__file__).parents[2]
    page = (root / "docs" / "store.md").read_text(encoding="utf-8")
    table = page.partition("| case | what the study shows |")[2].split("\n\n")[0]
    lines = [line for line in table.splitlines() if line.startswith("| ")]
    documented = [line.split("|")[1].strip() for line in lines]
    rows = str(conflict_rules.__doc__).splitlines()[3:]
    listed = [row.split("  ")[0] for row in rows if row.strip() and not row.startswith("=")]
    assert len(documented) == len(listed) > 12
    for said, case in zip(documented, listed, strict=True):
        assert said.startswith(case), (said, case)
