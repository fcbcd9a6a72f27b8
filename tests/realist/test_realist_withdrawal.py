"""A person who withdraws: what rests on their words goes, or is named so that a person looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claim_kit import (
    THEORY,
    TRIAD,
    cases,
    claim,
    copies,
    either,
    element,
    faults,
    link,
    read,
)
from realist_kit import span

from p3c_qual.realist.building.configurations import edit_configuration
from p3c_qual.realist.building.evidence import add_evidence, edit_evidence, remove_evidence
from p3c_qual.realist.building.links import chain
from p3c_qual.realist.building.theories import write_theory

if TYPE_CHECKING:
    from pathlib import Path

    import p3c_qual as p3c

__all__ = ["either"]

#: words that the team wrote on this person's passages, and that stand nowhere else
SECRET = "quixotropic"


def bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def fill(study: p3c.Study) -> tuple[str, str]:
    """Make a claim of N1 alone, and one of N1 and S2."""
    alone = link(study)
    both = link(
        study,
        ("resource", "S2", "She sat down with me and had time.", {"text": "time"}),
        ("resource", "N1", "The nurse had time for a talk.", {"element": "#1"}),
        ("outcome", "N1", "I have not been in hospital", {"text": "stays at home"}),
        label="Time helps",
    )
    theory = write_theory(study, "Trust", **THEORY)
    name = add_evidence(
        study, *TRIAD_SPAN, configuration=both, role="contradicts", remark=f"{SECRET}, she said."
    )
    edit_evidence(study, name, fields={"resolution": f"{SECRET} is hers alone."})
    add_evidence(study, *TRIAD_SPAN, theory=theory)
    gone = add_evidence(study, *span("N1", "On the hill"), theory=theory, remark=f"{SECRET} hill")
    remove_evidence(study, [gone])
    chain(study, alone, both, outcome=element(study, alone, "outcome"))
    with study.store.read() as connection:
        from p3c_qual.coding.names import ids_by_key

        sources = ids_by_key(connection, "source")
    with study.act("look for negative cases") as act:
        act.insert(
            "negative_search",
            [
                {
                    "configuration": both,
                    "kind": "context_without_outcome",
                    "found": [name, claim(study, both).evidence[-1].id],
                    "silent": [sources["N1"], sources["S1"]],
                }
            ],
        )
    return alone, both


TRIAD_SPAN = span("N1", TRIAD[2][2])


def test_the_words_go_and_what_rests_on_them_alone_is_named(either: p3c.Study) -> None:
    alone, both = fill(either)
    done = either.withdraw("N1", reason="asked for it")
    assert (
        "The configuration c1 rests on this person's words alone: reword it and the memos on it, or remove it."
        in done
    )
    assert (
        "The outcome 'stays at home' of c2 rests on this person's words alone: reword it, or remove it."
        in done
    )
    assert any(line.startswith("What speaks for or against the theory trust") for line in done)
    assert not any("'time'" in line for line in done)
    found = read(either)
    assert found.configurations[alone].evidence == ()
    assert [each.quote for each in found.configurations[both].evidence] == [
        "She sat down with me and had time."
    ]
    assert found.loose == ()
    # a label and a context that were made of the words are empty; what the team wrote stays
    assert found.configurations[alone].label == ""
    assert [each.text for each in found.configurations[both].elements] == [
        "time",
        "stays at home",
        "",
    ]
    assert found.configurations[both].label == "Time helps"
    (search,) = found.searches
    assert search.found == (found.configurations[both].evidence[0].id,)
    assert len(search.silent) == 1
    assert cases(either) == []
    assert faults(either) == []


def test_nothing_of_it_is_in_the_study_any_more(told: p3c.Study, tmp_path: Path) -> None:
    fill(told)
    told.withdraw("N1", reason="asked for it")
    told.export_lines(tmp_path / "study.jsonl")
    said = [SECRET, "I have not been in hospital", "what I never tell the doctor"]
    lines = (tmp_path / "study.jsonl").read_bytes()
    told.close()
    for words in said:
        assert words.encode() not in lines
        assert words.encode() not in bytes_of(told.path)


def test_another_persons_claims_are_left_alone(told: p3c.Study) -> None:
    _, both = fill(told)
    edit_configuration(told, both, fields={"rigour": "Two voices."})
    before = claim(told, both)
    done = told.withdraw("N2", reason="asked for it")
    assert claim(told, both) == before
    assert not any("rests on this person's words" in line for line in done)


def test_a_copy_that_went_on_loses_the_words_when_they_meet(
    told: p3c.Study, tmp_path: Path
) -> None:
    alone, _ = fill(told)
    with copies(told, tmp_path) as (mine, theirs):
        late = add_evidence(theirs, *span("N1", "On the hill"), configuration=alone)
        mine.withdraw("N1", reason="asked for it")
        mine.export_lines(tmp_path / "mine.jsonl")
        theirs.export_lines(tmp_path / "theirs.jsonl")
        theirs.import_lines(tmp_path / "mine.jsonl")
        mine.import_lines(tmp_path / "theirs.jsonl")
        for study in (mine, theirs):
            found = claim(study, alone)
            assert [(each.id, each.quote) for each in found.evidence] == [(late, "")]
            assert found.label == ""
            assert faults(study) == []
        mine.withdraw("N1", reason="once more")
        assert claim(mine, alone).evidence == ()


def test_what_others_say_in_the_same_words_stays(either: p3c.Study) -> None:
    mine = link(either, ("reasoning", "N1", "told", {}), ("outcome", "N1", "hospital", {}))
    other = link(
        either,
        ("resource", "S2", "She sat down with me", {"text": "time"}),
        ("reasoning", "S2", "I could say it at last", {"text": "told"}),
        ("outcome", "S2", "I sleep better now", {"text": "sleep"}),
        label="Who is told",
    )
    theory = write_theory(either, "time", **THEORY)
    name = add_evidence(either, *TRIAD_SPAN, configuration=mine, role="contradicts", remark="time")
    edit_evidence(either, name, fields={"resolution": "sleep"})
    either.withdraw("N1", reason="asked for it")
    found = read(either)
    assert [each.text for each in found.configurations[other].elements] == ["time", "told", "sleep"]
    assert found.theories[theory].label == "time"
    # what was made of the words alone, and stands nowhere else
    assert found.configurations[mine].label == ""
    assert found.configurations[mine].evidence == ()
    assert faults(either) == []
