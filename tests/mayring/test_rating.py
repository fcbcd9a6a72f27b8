"""Scaling: levels given to spans and cases, what is refused, and how they are counted."""

from __future__ import annotations

from statistics import median_high, median_low

import pytest
from hypothesis import given
from hypothesis import strategies as st
from structuring_kit import ask, at, codes_of, make, refused

from p3c_qual.mayring.asking import ask_question, edit_question
from p3c_qual.mayring.structuring.rated import median_of
from p3c_qual.mayring.structuring.rating import rate, rate_csv, unrate
from p3c_qual.mayring.structuring.rating_figure import draw_ratings, plot_ratings
from p3c_qual.mayring.structuring.rating_table import list_ratings, table_ratings
from p3c_qual.mayring.structuring.scales import Scale
from p3c_qual.store import replay

SCALE = Scale("", "valence", "Valence", "", {1: "hindering", 2: "mixed", 3: "enabling"}, {})


@pytest.fixture(params=["sqlite", "postgresql"])
def either(request, tmp_path):
    """Give the study on each store."""
    store = request.getfixturevalue("new_database")() if request.param == "postgresql" else None
    with make(tmp_path, store) as study:
        ask(study, "scaling")
        yield study


@pytest.fixture
def scaled(tmp_path):
    """Give the study with a question of scaling structuring."""
    with make(tmp_path) as study:
        ask(study, "scaling")
        yield study


def span(study, source, words):
    return dict(zip(("source", "start", "end"), at(study, source, words), strict=True))


def give(study, source, words, level, key="valence", **more):
    return rate(study, "scaling", key, level=level, **span(study, source, words), **more)


def levels(study, **more):
    frame = table_ratings(study, "scaling", **more)
    return frame[frame["code"] == "valence"]


def test_a_span_gets_a_level_with_its_words_and_reason(scaled):
    give(scaled, "IP01", "It helps us a lot.", 3, reason="She says so.")
    (row,) = list_ratings(scaled, "scaling").to_dict("records")
    assert (row["quote"], row["level"], row["label"]) == ("It helps us a lot.", 3, "enabling")
    assert (row["case"], row["coder"], row["round"]) == ("IP01", "anna", "main")
    assert row["reason"] == "She says so."


@pytest.mark.parametrize(
    "level", ["2.5", 2.5, "", 0, 4, -1, True, None, "lots", "1e0", "٢", "x" * 5_000]
)
def test_what_is_no_level_is_refused_with_the_levels_and_their_labels(scaled, level):
    said = refused(give, scaled, "IP01", "It helps us a lot.", level)
    assert "1 (hindering), 2 (mixed), 3 (enabling), not_ratable" in said
    assert len(said) < 400
    assert list_ratings(scaled, "scaling").empty


@pytest.mark.parametrize("level", [2, "2", " 2 ", "mixed", "MIXED"])
def test_a_level_is_named_by_its_value_or_label(scaled, level):
    give(scaled, "IP01", "It helps us a lot.", level)
    assert list_ratings(scaled, "scaling")["level"].tolist() == [2]


def test_not_ratable_is_no_level_and_stands_apart(scaled):
    give(scaled, "IP01", "It helps us a lot.", 1)
    give(scaled, "IP01", "There is none left for tea.", "not_ratable")
    give(scaled, "IP02", "We telephone.", "not ratable")
    give(scaled, "IP03", "Not at all.", "cannot be told")
    (row,) = levels(scaled).to_dict("records")
    assert [row[name] for name in ("1", "2", "3", "n", "not_ratable")] == [1, 0, 0, 1, 3]
    assert row["median"] == "hindering"


def test_a_code_without_ratings_has_a_row_of_zeros_and_no_median(scaled):
    table = table_ratings(scaled, "scaling").set_index("code")
    assert table.loc["valence", ["1", "2", "3", "n", "not_ratable"]].tolist() == [0] * 5
    assert table.loc["valence", "median"] == ""
    # the other scale knows no third level: that is no zero
    assert table["3"].isna().tolist() == [False, True]
    assert table.loc["reach", "0"] == 0


def test_the_same_span_rated_again_changes_the_rating(scaled):
    first = give(scaled, "IP01", "It helps us a lot.", 3)
    second = give(scaled, "IP01", "It helps us a lot.", "not_ratable", reason="Unclear.")
    assert first == second
    (row,) = levels(scaled).to_dict("records")
    assert (row["n"], row["not_ratable"]) == (0, 1)


def test_an_overlapping_rating_is_refused_and_names_the_other(scaled):
    give(scaled, "IP01", "It helps us a lot.", 3)
    start, end = at(scaled, "IP01", "It helps us a lot.")[1:]
    assert codes_of(give, scaled, "IP01", "It helps us", 2) == {"overlap"}
    said = refused(give, scaled, "IP01", "It helps us", 2)
    assert f"anna has rated {start}-{end} of 'IP01' on 'Valence'" in said
    # another code, round or coder, and what only touches, is apart
    give(scaled, "IP01", "It helps us", 1, key="reach")
    give(scaled, "IP01", "It helps us", 2, round="second")
    give(scaled, "IP01", "It helps us", 2, coder="ben")
    give(scaled, "IP01", "We meet each week. ", 2)
    assert len(list_ratings(scaled, "scaling", coder="anna")) == 3


def test_cases_are_rated_too_and_never_mixed_with_segments(scaled):
    give(scaled, "IP01", "It helps us a lot.", 3)
    rate(scaled, "scaling", "valence", case="IP01", level=1)
    rate(scaled, "scaling", "valence", case="plan", level=2)
    found = levels(scaled).set_index("unit")
    assert found.loc["segments", ["1", "2", "3", "n"]].tolist() == [0, 0, 1, 1]
    assert found.loc["cases", ["1", "2", "3", "n"]].tolist() == [1, 1, 0, 2]
    assert found.loc["cases", "median"] == "between hindering and mixed"
    assert "'IP1'. Did you mean 'IP01'?" in refused(
        rate, scaled, "scaling", "valence", case="IP1", level=1
    )


def test_ratings_are_counted_by_programme_and_by_everybodys_types(scaled):
    give(scaled, "IP01", "It helps us a lot.", 3)
    give(scaled, "IP02", "We telephone.", 1)
    give(scaled, "IP03", "Not at all.", "not_ratable")
    by = {row["group"]: row for row in levels(scaled, by="programme").to_dict("records")}
    assert by["north"]["n"] == 2
    assert (by["south"]["n"], by["south"]["not_ratable"]) == (0, 1)
    kinds = levels(scaled, by="stakeholder_type").set_index("group")
    assert kinds.loc["A", "3"] == kinds.loc["D1", "1"] == 1
    assert table_ratings(scaled, "scaling").attrs["denominators"]["segments"]["valence"] == 3
    assert "'programe'. Did you mean 'programme'?" in refused(
        table_ratings, scaled, "scaling", by="programe"
    )


def test_of_several_raters_one_counts_and_nobody_is_added_up(scaled):
    give(scaled, "IP01", "It helps us a lot.", 3)
    give(scaled, "IP01", "It helps us a lot.", 1, coder="ben")
    said = refused(table_ratings, scaled, "scaling")
    assert "IP01: 2 coders rated it" in said
    assert levels(scaled, coder="ben")["1"].tolist() == [1]
    scaled.code(*at(scaled, "IP01", "It helps us a lot."), "themes:trust")
    found = table_ratings(scaled, "scaling")
    assert found.set_index("code").loc["valence", ["1", "3"]].tolist() == [0, 1]
    assert "the main coder anna" in found.attrs["reading_set"]
    give(scaled, "IP01", "It helps us a lot.", 2, coder="ben", round="consensus")
    assert levels(scaled)[["1", "2", "3"]].values.tolist() == [[0, 1, 0]]
    assert "'bn'. Did you mean 'ben'?" in refused(table_ratings, scaled, "scaling", coder="bn")


def test_unknown_codes_sources_and_spans_are_refused_together(scaled):
    said = refused(rate, scaled, "scaling", "valance", level="so", source="IP1", start=0, end=9)
    assert "'valance'. Did you mean 'valence'?" in said
    assert "unknown source 'IP1'" in said
    said = refused(rate, scaled, "scaling", "trust", level=1, source="IP01", start=5, end=5)
    assert "no ordinal code 'trust'" in said
    assert "the span 5-5 is not within the text" in said
    assert "'scalin'. Did you mean 'scaling'?" in refused(
        rate, scaled, "scalin", "valence", level=1, case="IP01"
    )


def test_an_erased_source_is_rated_no_more(scaled):
    scaled.withdraw("IP02", reason="asked for it")
    said = refused(rate, scaled, "scaling", "valence", level=1, source="IP02", start=0, end=9)
    assert "'IP02' has no text any more" in said


def test_only_the_material_is_rated(scaled):
    edit_question(scaled, "scaling", material=["IP02"])
    said = refused(give, scaled, "IP01", "It helps us a lot.", 1)
    assert "not in the material" in said
    assert "unknown case 'IP01'" in refused(
        rate, scaled, "scaling", "valence", case="IP01", level=1
    )


def test_another_technique_or_undeclared_units_are_refused(scaled):
    ask(scaled, "theme")
    assert "one of theme structuring" in refused(
        rate, scaled, "theme", "valence", case="IP01", level=1
    )
    ask_question(scaled, "What?", "scaling", key="bare", codebook="themes")
    assert codes_of(rate, scaled, "bare", "valence", case="IP01", level=1) == {"unready"}


def test_a_rating_is_taken_away_and_comes_back_with_undo(scaled):
    name = give(scaled, "IP01", "It helps us a lot.", 3)
    assert unrate(scaled, [name]) == 1
    assert "this rating is gone: anna took it away" in refused(unrate, scaled, [name])
    scaled.undo()
    assert list_ratings(scaled, "scaling")["id"].tolist() == [name]


def test_a_file_is_taken_whole_with_segments_and_cases(scaled, tmp_path):
    start, end = at(scaled, "IP01", "It helps us a lot.")[1:]
    path = tmp_path / "ratings.csv"
    path.write_text(
        "question,code,source,start,end,level,reason,coder,round\n"
        f"scaling,valence,IP01,{start},{end},3,She says so.,mira,\n"
        "scaling,valence,IP01,,,2,,mira,main\n"
        "scaling,reach,plan,,,not_ratable,,mira,second\n",
        "utf-8",
    )
    assert len(rate_csv(scaled, path)) == 3
    found = list_ratings(scaled, "scaling", coder="mira")
    assert found[["unit", "case", "level"]].values.tolist() == [
        ["cases", "IP01", 2],
        ["segments", "IP01", 3],
    ]
    # once more changes nothing
    before = len(scaled.log())
    rate_csv(scaled, path)
    assert len(scaled.log()) == before


def test_every_fault_of_a_file_is_named_with_its_row_and_nothing_is_kept(scaled, tmp_path):
    start, end = at(scaled, "IP01", "It helps us a lot.")[1:]
    path = tmp_path / "ratings.csv"
    path.write_text(
        "question;code;source;start;end;level\n"
        f"scaling;valence;IP01;{start};{end};3\n"
        f"scaling;valence;IP01;{start};{end + 3};3\n"
        f"scaling;valence;IP01;{start};;3\n"
        "scaling;valence;IP01;1.5;9;3\n"
        "scaling;valence;IP9;;;2.5\n"
        "none;valence;IP01;;;1\n",
        "utf-8",
    )
    said = refused(rate_csv, scaled, path)
    for line in (3, 4, 5, 6, 7):
        assert f"ratings.csv:{line}" in said
    assert "ratings.csv:2" not in said
    assert "'2.5' is no level" in said
    assert "'1.5'" in said
    assert list_ratings(scaled, "scaling").empty


def test_both_stores_hold_the_same_ratings_and_replay_them(either):
    give(either, "IP01", "It helps us a lot.", 3)
    give(either, "IP01", "It helps us a lot.", 2)
    rate(either, "scaling", "reach", case="IP02", level="not_ratable")
    either.undo()
    rate(either, "scaling", "reach", case="IP02", level=1)
    found = list_ratings(either, "scaling")[["code", "unit", "case", "level"]]
    assert found.values.tolist() == [
        ["reach", "cases", "IP02", 1],
        ["valence", "segments", "IP01", 2],
    ]
    with either.store.read() as connection:
        assert replay.compare(connection) == []


def test_the_figure_shows_each_group_and_its_count(scaled):
    give(scaled, "IP01", "It helps us a lot.", 3)
    give(scaled, "IP01", "There is none left for tea.", "not_ratable")
    give(scaled, "IP03", "Not at all.", 1)
    figure = plot_ratings(scaled, "scaling", by="programme")
    words = [each.get_text() for each in (*figure.texts, *figure.axes[0].texts)]
    for said in ("north", "south", "hindering", "mixed", "enabling", "not ratable"):
        assert said in words
    assert words.count("n = 1") == 2
    assert any("Ratings of: the only rater anna" in each for each in words)
    assert "no cases are rated" in refused(plot_ratings, scaled, "scaling", unit="cases")


def test_scales_that_differ_are_not_drawn_in_one_figure(scaled):
    give(scaled, "IP01", "It helps us a lot.", 3)
    give(scaled, "IP01", "It helps us a lot.", 1, key="reach")
    assert "different scales" in refused(plot_ratings, scaled, "scaling")
    assert plot_ratings(scaled, "scaling", code="reach").axes
    table = table_ratings(scaled, "scaling", by="site")
    assert "'unit'" in refused(draw_ratings, table, unit="unit")
    assert "'valance'. Did you mean 'valence'?" in refused(draw_ratings, table, code="valance")


@given(st.lists(st.integers(1, 3)))
def test_the_median_is_a_level_or_lies_between_two_and_is_never_a_mean(values):
    said = median_of(values, SCALE)
    if not values:
        assert said == ""
        return
    low, high = median_low(values), median_high(values)
    assert said == (
        SCALE.levels[low]
        if low == high
        else f"between {SCALE.levels[low]} and {SCALE.levels[high]}"
    )
    assert min(values) <= low <= high <= max(values)


@given(st.text() | st.floats() | st.integers() | st.booleans() | st.none())
def test_a_level_is_on_the_scale_or_a_problem(given):
    found = SCALE.level(given)
    if isinstance(found, tuple):
        value, ratable = found
        assert (value in SCALE.levels) if ratable else value is None
    else:
        assert found.valid
