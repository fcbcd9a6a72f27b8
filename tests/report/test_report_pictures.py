"""The pictures of a report: each has its words, its numbers as a table, or says why it is not there."""

from __future__ import annotations

from p3c_qual.report.blocks import Figure, Paragraph, Table
from p3c_qual.report.country import build_country_report
from p3c_qual.report.programme import build_programme_report


def section(report, key: str):
    return next(each for each in report.walk() if each.key == key)


def pairs(report) -> dict[str, tuple[Figure, Table]]:
    """Return each of these pictures with the table below it."""
    found = {}
    for part in report.walk():
        for n, block in enumerate(part.blocks[:-1]):
            below = part.blocks[n + 1]
            if isinstance(block, Figure) and isinstance(below, Table):
                found[block.key] = (block, below)
    return found


def test_wheel_timeline_and_portrait_stand_where_they_belong_with_words_and_table(harbour) -> None:
    report = build_programme_report(harbour, "harbour")
    there = pairs(report)
    for where, key in (
        ("timeline", "figure_timeline"),
        ("in_context", "figure_selfie"),
        ("content_analysis", "figure_portrait"),
    ):
        figure, table = there[key]
        assert figure in section(report, where).blocks
        assert "Unit: " in figure.caption, key
        assert figure.svg.count(b"<svg") == 1
        assert b"<dc:date>" not in figure.svg
        assert table.rows
    wheel, counted = there["figure_selfie"]
    assert "n = 4 interviewees" in wheel.caption
    assert "Reading set: " in wheel.caption
    row = next(row for row in counted.rows if row[0].value == "Workforce")
    values = [cell.value for cell in row[1:]]
    assert f"Workforce: micro {values[0]}, meso" in wheel.alt
    again = pairs(build_programme_report(harbour, "harbour"))
    assert {key: each[0].svg for key, each in again.items()} == {
        key: each[0].svg for key, each in there.items()
    }


def test_a_report_on_a_country_has_a_wheel_of_each_programme_side_by_side(harbour) -> None:
    report = build_country_report(harbour, "Eastholm")
    figure, table = pairs(report)["figure_selfie_programmes"]
    assert figure in section(report, "across").blocks
    assert "The framework as 2 wheels. " in figure.alt
    heads = [row[0].value for row in table.rows]
    assert [head for head in heads if head] == ["Harbour", "Moor"]
    assert report.figures()[-1] == figure
    assert "figure_harbour_selfie" in [each.key for each in report.figures()]


def test_a_picture_without_data_is_a_sentence(make_study) -> None:
    with make_study() as study:
        moor = build_programme_report(study, "moor")
        assert "figure_timeline" in [figure.key for figure in moor.figures()]
        no_levels = build_programme_report(study, "harbour", codebook="wp2_tasks")
        assert "figure_selfie" not in [figure.key for figure in no_levels.figures()]


def test_of_a_programme_of_which_nothing_is_there_it_is_said(tmp_path) -> None:
    import p3c_qual as p3c
    from p3c_qual.shipped import shipped_path
    from p3c_qual.sources.incoming import Incoming

    with p3c.new_study(tmp_path / "bare", title="Bare", coder="anna") as study:
        study.load_codebook(shipped_path("codebooks/selfie.yml"))
        file = tmp_path / "plan.txt"
        file.write_text("The teams meet each week.\n", encoding="utf-8")
        plan = Incoming(file=file, id="plan", kind="document", programme="quay", language="en")
        study.add([plan])
        study.code("plan", 0, 9, "selfie:workforce")
        study.mark_read("plan")
        report = build_programme_report(study, "quay")
        said = [
            block.text
            for part in report.walk()
            for block in part.blocks
            if isinstance(block, Paragraph)
        ]
        assert "Nothing that the study holds on this programme has a date." in said
        assert "Nobody was interviewed, so no wheel of the framework is drawn." in said
        keys = [figure.key for figure in report.figures()]
        assert "figure_portrait" in keys
        assert not {"figure_timeline", "figure_selfie"} & set(keys)
