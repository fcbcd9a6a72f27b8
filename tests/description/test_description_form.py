"""A thick description as files: out and in changes nothing, and every fault has its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from description_kit import build, span

import p3c_qual as p3c
from p3c_qual import description
from p3c_qual.description.naming import name_where
from p3c_qual.description.read import Description, read_description
from p3c_qual.description.tokens import read_tokens
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from pathlib import Path

    from p3c_qual.study import Study


def held(study: Study) -> Description:
    with study.store.read() as connection:
        return read_description(connection)


def acts(study: Study) -> int:
    return len(study.log())


def in_norway(study: Study) -> None:
    with study.act("place") as act:
        north = name_where(act.connection, programme="north").programme
        act.update("programme", {str(north): {"country": "Norway"}})
        act.insert("site", [{"key": "hill", "label": "The hill", "programme": north}])


@pytest.fixture
def told_whole(written: p3c.Study) -> p3c.Study:
    """Return the study with something of everything an author writes."""
    in_norway(written)
    put = {"programme": "north"}
    quote = description.make_quote(
        written,
        *span("N1", "The nurse had time for a talk."),
        chosen_as="typical",
        why="Most say so.",
    )
    start = span("N1", "nurse")[1]
    description.change_quote(written, quote, "mask", start, start + 5, "helper")
    fact = description.note_fact(written, "Practices", "18 of 20", source="plan", **put)
    other = description.note_fact(written, "Practices", "18 of 19", date="2016", **put)
    description.note_fact(written, "Change", "0 %", before=other, after=fact, **put)
    description.choose_fact(written, fact, decision="The contract says so.")
    text = f"They had time:\n\n![N1](quote:{quote[:8]})\n\n[18](fact:{fact}) of them."
    description.write_section(written, "workforce", text, **put)
    own = description.add_section(written, "A day", kind="vignette", under="workforce", **put)
    description.write_section(written, own, '---\nIt begins early: "at six"…\n  - or not', **put)
    description.arrange_section(written, "financing", {"merged_into": "workforce"}, **put)
    description.arrange_section(written, "implementation", {"left_out": "yes"}, **put)
    description.write_section(written, "advice", "Begin early.", site="north/hill")
    description.write_section(written, "acknowledgements", "We thank all.", country="Norway")
    form = "formal_description"
    aim = description.give_answer(
        written, form, "aim", "Time:\n\n- for all", status="documented", **put
    )
    description.cite(written, "answer", aim, *span("plan", "Admissions fall."))
    description.give_answer(written, form, "multi_morbidity", "", status="not_found", **put)
    description.give_answer(written, "feedback", "date", "2016-03", record="yes: 1", **put)
    description.give_answer(written, "sampling", "minimum", "2", record="A")
    description.keep_name(written, "Norway", "The country is said on the cover.")
    teams = description.write_contrast(written, "Teams", claim="Both know.", **put)
    description.cite(written, "contrast", teams, *span("plan", "Admissions fall."), side="plan")
    return written


def test_a_folder_written_and_taken_in_changes_nothing(
    told_whole: p3c.Study, tmp_path: Path
) -> None:
    files = description.write_description(told_whole, tmp_path / "out")
    names = [path.relative_to(tmp_path / "out").as_posix() for path in files]
    assert "programmes/north/sites/hill/sections/advice.md" in names
    assert "countries/norway/formal.yml" in names
    assert "study/formal.yml" in names
    before = acts(told_whole)
    assert description.load_description(told_whole, tmp_path / "out") == []
    assert acts(told_whole) == before


def test_a_folder_makes_the_same_description_in_another_copy(
    told_whole: p3c.Study, tmp_path: Path
) -> None:
    description.write_description(told_whole, tmp_path / "out")
    (tmp_path / "b").mkdir()
    other = build(tmp_path / "b")
    in_norway(other)
    before = acts(other)
    said = description.load_description(other, tmp_path / "out", dry_run=True)
    assert acts(other) == before
    assert "programmes/north/facts.yml: ‘Practices’: rests on plan" in said
    assert description.load_description(other, tmp_path / "out") == said
    assert acts(other) == before + 1
    description.write_description(other, tmp_path / "again")
    for path in sorted((tmp_path / "out").rglob("*.*")):
        twin = tmp_path / "again" / path.relative_to(tmp_path / "out")
        assert twin.read_text("utf-8") == path.read_text("utf-8"), path.name
    # the text names the quote and the fact that are there
    text = next(each.text for each in held(other).sections.values() if each.section == "workforce")
    quote, fact = read_tokens(text)
    assert held(other).by_key[quote.name].edits[0].text == "helper"
    assert held(other).facts[fact.name].chosen
    assert held(other).kept_names == {"Norway": "The country is said on the cover."}
    other.undo()
    assert held(other) == Description()


def test_a_changed_file_changes_what_it_names_and_leaves_the_rest(
    told_whole: p3c.Study, tmp_path: Path
) -> None:
    root = tmp_path / "hand"
    home = root / "programmes/north"
    (home / "sections").mkdir(parents=True)
    (home / "formal.yml").write_text(
        'format: 1\nformal_description:\n  aim: Less.\n  multi_morbidity: {status: ""}\n', "utf-8"
    )
    (home / "sections/workforce.md").write_text("---\ntitle: Staff\n---\nShort.\r\n", "utf-8")
    (home / "facts.yml").write_text(
        "format: 1\nfacts:\n"
        "- {id: beds, name: Beds, value: '12', sources: [{source: plan, quote: Admissions fall.}]}\n"
        "- {name: Beds, value: '13'}\n",
        "utf-8",
    )
    said = description.load_description(told_whole, root)
    assert sorted(said) == [
        "programmes/north/facts.yml: ‘Beds’ is new",
        "programmes/north/facts.yml: ‘Beds’ is new",
        "programmes/north/facts.yml: ‘Beds’: rests on plan 98-114",
        "programmes/north/formal.yml: Aim: ‘Less.’ in place of ‘Time: - for all’",
        "programmes/north/formal.yml: Definition of multi-morbidity: no status in place of not found",
        "programmes/north/sections/workforce.md: text of 1 word in place of 5",
        "programmes/north/sections/workforce.md: title is now ‘Staff’",
    ]
    assert description.load_description(told_whole, root) == []
    aim = next(each for each in held(told_whole).answers.values() if each.item == "aim")
    assert (aim.status, len(held(told_whole).citations[aim.id])) == ("documented", 1)
    told_whole.undo()
    assert len(held(told_whole).facts) == 3


def test_a_place_is_found_again_by_its_words_where_they_stand_once(
    written: p3c.Study, tmp_path: Path
) -> None:
    home = tmp_path / "hand/programmes/north"
    home.mkdir(parents=True)
    _, start, end = span("N1", "The nurse had time for a talk.")
    (home / "quotes.yml").write_text(
        "format: 1\nquotes:\n"
        f"- {{source: N1, at: {start - 9}-{end - 9}, quote: The nurse had time for a talk.,\n"
        f"   edits: [{{kind: mask, at: {start - 5}-{start}, text: helper}}]}}\n",
        "utf-8",
    )
    description.load_description(written, tmp_path / "hand")
    (quote,) = held(written).quotes.values()
    assert (quote.start, quote.end, quote.edits[0].start) == (start, end, start + 4)


def test_every_fault_is_said_with_its_file_and_line_and_nothing_is_written(
    written: p3c.Study, tmp_path: Path
) -> None:
    root = tmp_path / "hand"
    home = root / "programmes/north"
    (home / "sections").mkdir(parents=True)
    (root / "programmes/nord").mkdir()
    (root / "programmes/nord/formel.yml").touch()
    (home / "sections/workforce.md").write_text("Told.", "utf-8")
    (home / "sections/workfource.md").write_text("Told.", "utf-8")
    (home / "sections/financing.md").write_text("---\nunder: nowhere\nleft: yes\n---\n", "utf-8")
    (home / "formal.yml").write_text(
        "format: 1\nformal_description:\n  aims: x\n  aim:\n    value: x\n    status: heard\n"
        "    sources:\n    - {source: plan, at: 3-9, quote: not there}\n"
        "country_facts:\n  beds: '3'\n",
        "utf-8",
    )
    (home / "quotes.yml").write_text(
        "format: 1\nquotes:\n- {source: N1, quote: '.'}\n"
        "- {source: N1, at: 57-87, edits: [{kind: omit, at: 57-60}]}\n",
        "utf-8",
    )
    before = acts(written)
    with pytest.raises(p3c.P3CError) as refused:
        description.load_description(written, root)
    said = [str(problem) for problem in refused.value.problems]
    expected = [
        "programmes/nord/formel.yml: 'formel.yml' is no file of a description. Did you mean",
        "programmes/nord: there is no programme 'nord'. Did you mean 'north'?",
        "programmes/north/sections/workfource.md: there is no section 'workfource'. Did you",
        "programmes/north/sections/financing.md: there is no section 'nowhere'",
        "programmes/north/sections/financing.md, line 3: unknown field 'left' of a section.",
        "programmes/north/formal.yml, line 3: the form 'Formal description' has no item 'aims'",
        "programmes/north/formal.yml, line 4: there is no status 'heard' of an answer.",
        "programmes/north/formal.yml, line 8: the quote is not what stands at 3-9 of 'plan'.",
        "programmes/north/formal.yml, line 10: the form 'Country fact box' is filled in for a",
        "programmes/north/quotes.yml, line 3: the words '.' stand ",
        "programmes/north/quotes.yml, line 4: words are omitted inside a quote.",
    ]
    missed = [each for each in expected if not any(line.startswith(each) for line in said)]
    assert missed == []
    assert len(said) == len(expected)
    assert acts(written) == before
    assert held(written) == Description()


def test_words_of_somebody_who_did_not_consent_are_not_taken_in(
    written: p3c.Study, tmp_path: Path
) -> None:
    with written.act("refuse") as act:
        rows = ROWS["participation"]
        ids = [row.id for row in act.connection.execute(rows.select())]
        act.update("participation", {each: {"consent_quoted": "no"} for each in ids})
    home = tmp_path / "hand/programmes/north"
    home.mkdir(parents=True)
    (home / "quotes.yml").write_text("format: 1\nquotes:\n- {source: N1, at: 57-87}\n", "utf-8")
    with pytest.raises(p3c.P3CError, match="line 3: whoever speaks in 'N1' at 57-87 did not"):
        description.load_description(written, tmp_path / "hand")


def test_a_file_the_study_does_not_have_is_not_written_beside(
    told_whole: p3c.Study, tmp_path: Path
) -> None:
    description.write_description(told_whole, tmp_path, programme="north")
    stray = tmp_path / "programmes/north/sections/discussion.md"
    stray.write_text("Not taken in yet.", "utf-8")
    with pytest.raises(p3c.P3CError, match="Take them in first"):
        description.write_description(told_whole, tmp_path, programme="north")
    assert description.load_description(told_whole, tmp_path) == [
        "programmes/north/sections/discussion.md: text of 4 words in place of 0"
    ]
    with pytest.raises(p3c.P3CError, match="there is no description in this folder"):
        description.load_description(told_whole, tmp_path / "programmes/north")


def test_a_form_nobody_began_is_written_with_its_questions_and_read_as_unanswered(
    written: p3c.Study, tmp_path: Path
) -> None:
    in_norway(written)
    description.write_description(written, tmp_path / "out")
    home = tmp_path / "out"
    whole = "".join(path.read_text("utf-8") for path in sorted(home.rglob("formal.yml")))
    for form in description.read_forms().values():
        assert f"{form.key}:" in whole
        for item in form.items:
            assert f"# {item.label}." in whole
            assert f"{item.id}:" in whole or f"'{item.id}':" in whole
    assert "# Status of an answer: documented, interview (from an interview), not_found." in whole
    assert description.load_description(written, home) == []
    form = home / "programmes/north/formal.yml"
    # the marks of a comment taken away, the rest stays as it is
    lines = form.read_text("utf-8").splitlines()
    first = lines.index("# feedback:")
    last = lines.index("", first)
    lines[first:last] = [line.removeprefix("# ") for line in lines[first:last]]
    form.write_text("\n".join(lines).replace("NAME:", "spring:").replace("audience:", "audience: managers"), "utf-8")  # fmt: skip
    said = description.load_description(written, home)
    assert said == ["programmes/north/formal.yml: Audience (spring): ‘managers’"]


def test_names_stand_with_the_study_alone_and_need_a_reason(
    written: p3c.Study, tmp_path: Path
) -> None:
    (tmp_path / "study").mkdir()
    (tmp_path / "programmes/north").mkdir(parents=True)
    names = "format: 1\nnames:\n- name: Hilltop\n- {name: The Mill, reason: It is public.}\n"
    (tmp_path / "study/names.yml").write_text(names, "utf-8")
    (tmp_path / "programmes/north/names.yml").write_text(names, "utf-8")
    with pytest.raises(p3c.P3CError) as caught:
        description.load_description(written, tmp_path)
    assert "'names.yml' is no file of a description" in str(caught.value)
    assert "'Hilltop' is printed, and it is not said why it may be" in str(caught.value)
    assert not held(written).kept_names
