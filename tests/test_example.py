"""The shipped export is what the example's originals and codings make."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

import pytest
from markupsafe import escape as markup

from p3c_qual.example import build_example, make_example
from p3c_qual.report.html import render_html
from p3c_qual.report.programme import build_programme_report
from p3c_qual.shipped import shipped_path

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
