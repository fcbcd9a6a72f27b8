"""A person who withdraws takes quotes, cited places and values along; what was typed is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from description_kit import span

from p3c_qual.description import (
    change_quote,
    check_description,
    cite,
    edit_quote,
    give_answer,
    make_quote,
    note_fact,
    write_section,
)
from p3c_qual.description.read import read_description
from p3c_qual.sources.incoming import Incoming

if TYPE_CHECKING:
    from pathlib import Path

    import p3c_qual as p3c

SECRET = "quixotropic"


def held(study: p3c.Study) -> bytes:
    """Return the bytes of everything the study keeps."""
    return b"".join(each.read_bytes() for each in sorted(study.path.rglob("*")) if each.is_file())


@pytest.fixture
def described(told: p3c.Study) -> p3c.Study:
    """Quote S2 and S1 in one section, and rest two entries on S2."""
    mine = make_quote(told, *span("S2", "In town nobody knows anybody."), why=f"so {SECRET}")
    change_quote(told, mine, "mask", *span("S2", "In town")[1:], f"{SECRET} place")
    edit_quote(told, mine, {"translation": f"{SECRET} niemand"})
    other = make_quote(told, *span("S1", "The budget ends in spring."), why="as others say")
    text = f"It was told.\n\n![S2](quote:{mine[:8]})\n\n![S1](quote:{other[:8]})"
    write_section(told, "workforce", text, programme="south")
    write_section(told, "financing", f"![S1](quote:{other[:8]})", programme="south")
    for item, value in (("aim", "I sleep better now."), ("target_group", "People in town")):
        row = give_answer(told, "formal_description", item, value, programme="south")
        cite(told, "answer", row, *span("S2", "I sleep better now."))
    note_fact(told, "Nights", "better", programme="south")
    # a source as a whole has no words of its own
    cite(told, "answer", give_answer(told, "methods", "funding", "A foundation."), "plan")
    with told.act("beside themes") as act:
        act.insert("joint", [{"domain": "trust", "quotes": [mine[:8], other[:8]]}])
    return told


def test_the_words_go_and_sections_that_name_a_quote_are_named(described: p3c.Study) -> None:
    done = described.withdraw("S2", reason="asked for it")
    with described.store.read() as connection:
        left = read_description(connection)
    assert [each.quote for each in left.quotes.values()] == ["The budget ends in spring."]
    assert next(iter(left.quotes.values())).why == "as others say"
    assert len(left.citations) == 1
    values = {each.item: each.value for each in left.answers.values() if each.where.programme}
    assert values == {"aim": "", "target_group": "People in town"}
    said = "\n".join(done)
    assert "The section “Workforce” of south names quotes of this person" in said
    assert "financing" not in said
    assert "The joint display 'trust' showed a quote of this person" in said
    assert "'Aim' rests on this person's words alone: what repeated them was taken out" in said
    assert "'Target group' rests on this person's words alone: reword it" in said
    assert set(described.check(replay=True)["kind"]) == {"note"}
    gates = [each for each in check_description(described, "south", names=False) if each.gate]
    assert [(each.code, each.section) for each in gates] == [("quote_missing", "workforce")]


def test_nothing_of_it_is_in_the_study_any_more(described: p3c.Study, tmp_path: Path) -> None:
    described.export_lines(tmp_path / "before.jsonl")
    described.withdraw("S2", reason="asked for it")
    described.import_lines(tmp_path / "before.jsonl")
    described.export_lines(tmp_path / "after.jsonl")
    after = (tmp_path / "after.jsonl").read_text(encoding="utf-8")
    described.close()
    for word in (SECRET, "I sleep better now"):
        assert word not in after
        assert word.encode() not in held(described)


def test_in_a_group_the_quotes_of_ones_own_turns_go(told: p3c.Study, tmp_path: Path) -> None:
    file = tmp_path / "G.txt"
    file.write_text("S1: We met in spring.\nS2: I never came.\n", encoding="utf-8")
    told.add([Incoming(file, id="G", programme="south", interviewee="S1;S2")])
    for start, end in ((4, 21), (26, 39)):
        make_quote(told, "G", start, end)
    done = told.withdraw("S2", reason="asked for it")
    with told.store.read() as connection:
        left = read_description(connection).quotes.values()
    assert [each.quote for each in left] == ["We met in spring."]
    assert any("G is a group interview" in each for each in done)
