"""The shipped export is what the example's originals and codings make."""

from __future__ import annotations

import json
import re
from html import escape
from typing import TYPE_CHECKING, Any

import pytest
from markupsafe import escape as markup
from sqlalchemy import select

from p3c_qual.description import (
    check_description,
    list_conflicts,
    load_description,
    read_outline,
    write_description,
)
from p3c_qual.example import build_example, make_example
from p3c_qual.realist.form.form import load_realist
from p3c_qual.realist.form.write import realist_yaml
from p3c_qual.realist.judging.completeness import count_completeness
from p3c_qual.realist.read import Realist, read_realist
from p3c_qual.report.html import render_html
from p3c_qual.report.programme import build_programme_report
from p3c_qual.shipped import shipped_path
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from p3c_qual.study import Study


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Study, Study]:
    folder = tmp_path_factory.mktemp("example")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("P3C_CODER", "anna")
        return make_example(folder / "shipped"), build_example(folder / "built")


def _without(frame: pd.DataFrame, *columns: str) -> list[dict[str, object]]:
    rows = frame.drop(columns=list(columns)).astype(object)
    return rows.where(rows.notna(), None).to_dict("records")


def test_sources_people_and_consents_are_those_of_the_originals(both: tuple[Study, Study]) -> None:
    shipped, built = both

    assert _without(shipped.sources()) == _without(built.sources())
    assert _without(shipped.interviewees()) == _without(built.interviewees())
    assert _without(shipped.programmes()) == _without(built.programmes())


def test_texts_and_their_parts_are_those_the_readers_make(both: tuple[Study, Study]) -> None:
    shipped, built = both

    for source in built.sources()["source"]:
        assert shipped.text(source) == built.text(source)
        for kind in ("turn", "paragraph", "sentence"):
            assert shipped.parts(source, kind).equals(built.parts(source, kind))


def test_codings_readings_and_memos_are_those_of_the_tables(both: tuple[Study, Study]) -> None:
    shipped, built = both

    assert _without(shipped.codings(), "id") == _without(built.codings(), "id")
    assert _without(shipped.readings()) == _without(built.readings())
    texts = [sorted(study.memos()["text"]) for study in both]
    assert texts[0] == texts[1]


def test_codebooks_are_the_shipped_ones(both: tuple[Study, Study]) -> None:
    shipped, built = both

    assert shipped.codebooks().equals(built.codebooks())
    for key in built.codebooks()["codebook"]:
        assert shipped.codebook(key) == built.codebook(key)


def test_the_example_is_whole(both: tuple[Study, Study], tmp_path: Path) -> None:
    for study in both:
        found = study.check(replay=True)
        assert found[found["kind"] == "fault"].empty
        assert study.conflicts().empty


def test_the_coders_disagree_where_the_readme_says(both: tuple[Study, Study]) -> None:
    shipped, _ = both
    readme = shipped_path("data_raw/README.md").read_text("utf-8")
    rounds = shipped.codings()
    spans = {
        (row.source, row.coder, row.code, row.start, row.end)
        for row in rounds.itertuples(index=False)
    }
    told = 0
    source = ""
    for line in readme.splitlines():
        if found := re.fullmatch(r"### (IP\d\d_\d)(?: .*)?", line):
            source = found[1]
        pairs = re.findall(r"\| `?([a-z][\w.]+)`? (?:\| |\[)(\d+)(?:-|, )(\d+)\)? (?=\|)", line)
        if len(pairs) == 2:
            for coder, (code, start, end) in zip(("mira", "tobias"), pairs, strict=True):
                assert (source, coder, code, int(start), int(end)) in spans, line
            told += 1
    assert told >= 20


def test_no_sentence_of_who_withdrew_is_in_the_report(both: tuple[Study, Study]) -> None:
    shipped, _ = both
    text = shipped.text("IP04_2")
    page = render_html(build_programme_report(shipped, "vennside"))

    def printed(speaker: str) -> list[str]:
        turns = shipped.parts("IP04_2", "turn")
        said = " ".join(
            text[turn.start : turn.end].partition(":")[2]
            for turn in turns.itertuples()
            if turn.speaker == speaker
        )
        sentences = [each for each in re.split(r"(?<=[.?!])\s+", said) if len(each) > 25]
        assert len(sentences) > 30
        return [each for each in sentences if found(each)]

    def found(sentence: str) -> set[str]:
        written = {escape(sentence, quote=False), str(markup(sentence))}
        return {each for each in written if each in page}

    assert printed("IP04_2")
    assert printed("IP05_2") == []
    assert "(IP05_2)" not in page


def test_the_realist_reading_is_that_of_its_file(both: tuple[Study, Study]) -> None:
    shipped, built = both
    layers = [_layer(study) for study in both]

    assert realist_yaml(shipped) == realist_yaml(built)
    assert not any(load_realist(shipped, shipped_path("data_raw/configurations.yml")).values())
    for layer in layers:
        standing = [each for each in layer.standing if each.evidence]
        assert count_completeness(layer.standing) == {
            "triad": 18,
            "triad_resource": 1,
            "triad_reasoning": 1,
            "dyad_cm": 0,
            "dyad_mo": 1,
            "dyad_co": 1,
            "single": 0,
            "empty": 0,
            "triads": 20,
            "dyads": 2,
            "singles": 0,
        }
        assert len(standing) == len(layer.standing) == 22
        aside = [each for each in layer.configurations.values() if each.state == "set_aside"]
        assert [each.key for each in aside] == ["tf_nine_per_cent"]


def test_both_programmes_have_configurations_of_the_planted_chains(
    both: tuple[Study, Study],
) -> None:
    shipped, _ = both
    layer = _layer(shipped)
    key = {each.id: each.key for each in layer.configurations.values()}

    chained = [each for each in layer.links if each.relation == "outcome_becomes_context"]
    assert {(key[each.configuration], key[each.other]) for each in chained} == {
        ("tf_open_sheet", "tf_small_sums"),
        ("tf_small_sums", "tf_word_kept"),
        ("tf_seat_payment", "tf_no_prescriber"),
        ("vs_phone", "vs_asked_at_nine"),
        ("vs_contracts", "vs_five_faces"),
        ("vs_bread_bin", "vs_tablets"),
    }
    nested = [each for each in layer.links if each.relation == "part_of"]
    assert [(key[each.configuration], key[each.other]) for each in nested] == [
        ("vs_phone", "vs_self_steering")
    ]
    assert all(each.counts for each in layer.links)
    with shipped.store.read() as connection:
        found = dict(
            connection.execute(select(ROWS["programme"].c.id, ROWS["programme"].c.key)).all()
        )
    programmes = [found[str(each.programme)] for each in layer.standing]
    assert (programmes.count("tallowfield"), programmes.count("vennside")) == (9, 13)


def test_one_mechanism_has_opposite_outcomes_and_its_theory_is_refined_after_a_search(
    both: tuple[Study, Study],
) -> None:
    shipped, _ = both
    layer = _layer(shipped)
    key = {each.id: each.key for each in layer.configurations.values()}

    (pattern,) = layer.regularities.values()
    against = {key[each.configuration] for each in pattern.instances if each.role == "contradicts"}
    assert against == {"tf_waited", "vs_shame"}
    refined = next(each for each in layer.theories.values() if each.key == "named_person_backed")
    assert (refined.status, refined.version) == ("refined", 1)
    search = next(
        each
        for each in layer.searches
        if key[each.configuration] == "tf_step" and each.kind == "mechanism_with_opposite"
    )
    quotes = {item.id: item.quote for each in layer.standing for item in each.evidence}
    assert "So that's what trust did." in {quotes[each] for each in search.found}
    assert search.decision == "revise"
    assert any(not each.found and each.decision == "stands" for each in layer.searches)


def test_the_realist_reading_holds_what_was_said_to_be_absent_and_what_was_decided(
    both: tuple[Study, Study],
) -> None:
    shipped, _ = both
    items = [item for each in _layer(shipped).standing for item in each.evidence]

    absent = [item.quote for item in items if item.absent]
    assert "I have never found it. I've looked under everything." in absent
    against = [item for item in items if item.role == "contradicts"]
    assert any(item.resolution for item in against)
    assert any(not item.resolution for item in against)
    assert {item.elicited for item in items} == {"", "spontaneous", "probed", "theory_presented"}
    assert {item.directness for item in items} == {"explicit", "inferred", "document_claim"}
    carried = {one for each in _layer(shipped).arrows.values() for one in each.carries}
    assert len(carried) == 20


def test_no_word_of_who_withdrew_is_evidence(both: tuple[Study, Study]) -> None:
    shipped, _ = both
    turns = shipped.parts("IP04_2", "turn")
    theirs = [(turn.start, turn.end) for turn in turns.itertuples() if turn.speaker == "IP05_2"]
    (source,) = (row.id for row in _rows(shipped, "source") if row.key == "IP04_2")
    items = [
        item
        for each in _layer(shipped).configurations.values()
        for item in each.evidence
        if item.source == source
    ]

    assert len(items) > 5
    assert len(theirs) > 20
    assert not [
        item.quote
        for item in items
        for start, end in theirs
        if item.start < end and start < item.end
    ]


def test_the_description_is_that_of_its_files(both: tuple[Study, Study], tmp_path: Path) -> None:
    shipped, built = both
    folder = shipped_path("data_raw/description")

    there = _texts(folder)
    assert len(there) > 60
    for number, study in enumerate(both):
        out = tmp_path / str(number)
        write_description(study, out)
        assert _texts(out) == there
    assert load_description(shipped, folder) == []
    for table in ("kept_name", "instrument", "response", "aggregate", "joint"):
        assert _said(shipped, table) == _said(built, table), table


@pytest.mark.parametrize(
    ("programme", "material"),
    [
        ("vennside", set()),
        # left to be written, so that a report has something to mark
        ("tallowfield", {"information_research"}),
    ],
)
def test_each_section_is_written_but_for_one(
    both: tuple[Study, Study], programme: str, material: set[str]
) -> None:
    shipped, _ = both
    entries = read_outline(shipped, programme)
    assert {each.key for each in entries if each.state in {"material", "empty"}} == material


def test_nothing_forbids_a_final_report_of_either_programme(both: tuple[Study, Study]) -> None:
    shipped, _ = both
    assert [each for each in check_description(shipped) if each.gate] == []


def test_the_ledger_of_facts_holds_what_the_readme_says_of_numbers(
    both: tuple[Study, Study],
) -> None:
    shipped, _ = both
    found = {(each.name, each.decided) for each in list_conflicts(shipped)}
    assert found == {
        ("General practices that take part", True),
        ("Neighbour links", False),
        ("Practices that take part", True),
        ("Pooled budget", True),
        ("Change of emergency admissions, 2019 to 2021", False),
    }


def test_no_word_of_who_withdrew_is_quoted_or_cited(both: tuple[Study, Study]) -> None:
    shipped, _ = both
    turns = shipped.parts("IP04_2", "turn")
    theirs = [(turn.start, turn.end) for turn in turns.itertuples() if turn.speaker == "IP05_2"]
    (source,) = (row.id for row in _rows(shipped, "source") if row.key == "IP04_2")
    places = [
        (row.start, row.end)
        for table in ("quote", "citation")
        for row in _rows(shipped, table)
        if row.source == source
    ]

    assert len(places) > 5
    assert not [one for one in places for start, end in theirs if one[0] < end and start < one[1]]


def _texts(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


def _said(study: Study, table: str) -> list[tuple[str, ...]]:
    """Return what the rows of a table say, whatever their ids are."""
    ids = {"id", "instrument", "programme", "site", "coder"}
    return sorted(
        tuple(
            json.dumps(value, sort_keys=True)
            for name, value in row._mapping.items()
            if name not in ids
        )
        for row in _rows(study, table)
    )


def _layer(study: Study) -> Realist:
    with study.store.read() as connection:
        return read_realist(connection)


def _rows(study: Study, table: str) -> list[Any]:
    with study.store.read() as connection:
        return list(connection.execute(select(ROWS[table])))
