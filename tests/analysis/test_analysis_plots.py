"""Figures drawn from a study."""

from __future__ import annotations

import pytest

import p3c_qual as p3c
from p3c_qual.errors import P3CError
from p3c_qual.sources.manifest import Incoming


@pytest.fixture
def small(study, tmp_path):
    talk = tmp_path / "IP01_1.txt"
    talk.write_text("I: How is it?\nR: The team meets. The money ends.\n", encoding="utf-8")
    plan = tmp_path / "plan.txt"
    plan.write_text("The plan in full, which has no turns at all.", encoding="utf-8")
    said = {"programme": "harbour", "site": "north"}
    study.add([Incoming(talk, interviewee="IP01_1", **said), Incoming(plan, **said)])
    study.code("IP01_1", 17, 32, "workforce.micro.multidisciplinary_team")
    study.code("plan", 0, 8, "implementation")
    return study


def words(figure):
    texts = [text.get_text() for axes in figure.axes for text in axes.texts]
    return " ".join([*texts, *(text.get_text() for text in figure.texts)])


@pytest.mark.parametrize("kind", ["heat", "bars"])
def test_counts_are_drawn_with_their_groups_and_labels(small, kind):
    figure = p3c.plot_frequencies(small, by="site", kind=kind, depth=1)
    assert "Workforce" in words(figure)
    assert "north" in words(figure)


def test_a_portrait_of_a_programme_holds_interviews_and_documents_on_one_axis(small):
    figure = p3c.plot_portrait(small, programme="harbour")
    assert "IP01_1" in words(figure)
    assert "plan" in words(figure)
    assert "code points" in words(figure)


def test_a_portrait_of_an_interview_counts_its_turns(small):
    assert "turns" in words(p3c.plot_portrait(small, source="IP01_1"))


@pytest.mark.parametrize("named", [{}, {"source": "IP01_1", "programme": "harbour"}])
def test_a_portrait_is_of_one_source_or_of_one_programme(small, named):
    with pytest.raises(P3CError, match="one source or of one programme"):
        p3c.plot_portrait(small, **named)


def test_an_unknown_source_is_refused_with_the_nearest(small):
    with pytest.raises(P3CError, match="IP01_1"):
        p3c.plot_portrait(small, source="IP01_2")


def test_a_source_without_a_coding_is_a_sentence_and_no_empty_picture(small, tmp_path):
    talk = tmp_path / "IP02_1.txt"
    talk.write_text("I: How is it?\nR: Well enough.\n", encoding="utf-8")
    small.add([Incoming(talk, interviewee="IP02_1", programme="harbour")])
    with pytest.raises(P3CError, match="nothing in IP02_1 is coded with selfie"):
        p3c.plot_portrait(small, source="IP02_1")


def test_a_wheel_of_nobody_is_a_sentence_and_no_empty_wheel(small, tmp_path):
    plan = tmp_path / "other.txt"
    plan.write_text("The plan of the other one.", encoding="utf-8")
    small.add([Incoming(plan, programme="quay")])
    with pytest.raises(P3CError, match="nobody was interviewed in quay"):
        p3c.plot_selfie(small, programme="quay")
