"""What the words of an element give away, and when nothing is said of them."""

from __future__ import annotations

import pytest

from p3c_qual.realist.judging.wording import brought_in, named_activities, repeats, responses


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("MDT meeting", ("MDT", "meeting")),
        ("Weekly multi-disciplinary meetings", ("meetings",)),
        ("training", ("training",)),
        ("Training of the nurses and GPs", ("Training",)),
        ("a shared record", ("record",)),
        ("electronic shared care record across both organisations", ("record",)),
        ("daily huddle", ("huddle",)),
        ("risk list", ("list",)),
        ("a named coordinator holds the plan", ("coordinator", "plan")),
        ("heart failure clinic", ("clinic",)),
        ("safeguarding meeting", ("meeting",)),
        ("the nurse attends the weekly team meeting", ("attends", "team", "meeting")),
        ("new professional roles", ("roles",)),
        ("integrated hub", ("hub",)),
        ("co-location of teams", ("location", "teams")),
    ],
)
def test_a_text_that_only_names_an_activity_is_known_by_its_words(text, words):
    assert named_activities(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "",
        "trust",
        "they trust each other in the team meeting",
        "feels heard, trust",
        "patients do not know or cannot act on being expected to call",
        "professionals see patients as already known and stable",
        "extra work on top, not a new way",
        "trust, ease of asking",
        "not seen as theirs; no computer",
        "the meeting gave her the courage to say it",
        "nurses hold back in the meeting",
        "GPs skip the meetings",
        "staff dread meetings",
        "the meetings drag on and people drift away",
        "nobody turns up to the meeting",
        "they are afraid of the audit",
        "carers become willing to share the plan",
        "the list is a waste of time",
        "ownership of the care plan",
        "people open up to her",
        "a sense of belonging in the team",
        "the record makes it safe to decide",
    ],
)
def test_a_text_with_a_response_or_a_word_that_is_not_known_is_left_alone(text):
    assert named_activities(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Vertrauen im Team",
        "Angst vor dem Training",
        "Angst vor Training",
        "wöchentliche Teamsitzung",
        "das Team hält zusammen",
        "vertrouwen met team",
        "vertrouwen in het team",
        "réunion d'équipe",
        "confiance dans le team",
        "confianza en el team",
        "reunión de equipo",
        "tillit til team",
        "povjerenje u team",
        "zaufanie do team",
        "团队会议",
    ],
)
def test_other_languages_are_left_alone(text):
    assert named_activities(text) == ()
    assert brought_in(text) == ()


def test_words_of_a_response_are_found_wherever_they_stand():
    assert responses("a longer talk, so that she feels heard") == ("feels", "heard")
    assert responses("shared list of patients at risk") == ()
    assert responses("committee on safeguarding") == ()


@pytest.mark.parametrize(
    ("text", "brought"),
    [
        ("new non-medical roles with time", True),
        ("a shared care record was rolled out", True),
        ("the programme's training for nurses", True),
        ("a weekly meeting was introduced by the project", True),
        ("the pilot brings a coordinator", True),
        ("site has no follow-up system, capacity full", False),
        ("fluctuating, hard-to-label conditions, people falling between services", False),
        ("unclear national message", False),
        ("high-risk lists built from hospital data", False),
        ("GP practices are independent businesses", False),
        ("hub co-located in hospital", False),
        ("hubs that join hospital, practices and voluntary sector", True),
        ("practices that join the network late and leave early", False),
        ("a hub that had linked ward and practice for years", False),
        ("people who link health and money", False),
        ("frail, low-activation patients", False),
        ("a new government policy on social care", False),
        ("new roles had been launched years ago", False),
        ("no new roles yet", False),
        ("two hospitals merged before the programme", False),
        ("trust in the project's team", False),
        ("On the hill everyone knows everyone", False),
        ("Ein neues Team wurde eingeführt", False),
    ],
)
def test_a_context_that_the_programme_brought_is_known_by_its_words(text, brought):
    assert bool(brought_in(text)) is brought


def test_a_context_that_repeats_another_text_is_known_in_any_language():
    assert repeats("Shared list", "the shared list of patients at risk")
    assert repeats("Gemeinsame Liste", "gemeinsame Liste")
    assert repeats("time", "Time")
    assert not repeats("time", "time to talk")
    assert not repeats("no shared list", "the shared list of patients")
    assert not repeats("the teams shared a list before", "a shared list of teams")
    assert not repeats("im Team", "Sitzung im Team")
    assert not repeats("", "")
    assert not repeats("", "a shared list")
