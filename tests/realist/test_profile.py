"""What a configuration rests on: voices, kinds of sources, and what speaks against it."""

from __future__ import annotations

import pytest
from judging_kit import claim, layer, says
from sqlalchemy import select

from p3c_qual.realist.judging.profile import Profile, Voices, profile_of
from p3c_qual.sources.incoming import Incoming
from p3c_qual.store.clock import new_ids
from p3c_qual.store.schema import ROWS


def profile(told, key="c1"):
    with told.store.read() as connection:
        return profile_of(layer(told).configurations[key], Voices(connection))


@pytest.fixture
def trusted(told):
    claim(told, "c1", {"r": ("reasoning", "trust"), "o": ("outcome", "fewer falls")})
    return told


def test_a_configuration_without_passages_rests_on_nothing(trusted):
    assert profile(trusted) == Profile()


def test_voices_types_programmes_and_kinds_are_counted_once(trusted):
    says(trusted, "c1.r", "N1", "I told her", directness="explicit")
    says(trusted, "c1.o", "N1", "not been in hospital", directness="inferred")
    says(trusted, "c1.r", "S2", "I could say it", role="refines")
    says(trusted, "c1.r", "plan", "both know the patient", directness="document_claim")
    found = profile(trusted)
    assert found.interviewees == ("N1", "S2")
    assert found.stakeholder_types == ("E", "F")
    assert found.programmes == ("north", "south")
    assert found.source_types == ("document", "interview")
    assert found.triangulated
    assert (found.supports, found.refines, found.contradicts, found.rival) == (3, 1, 0, 0)
    directness = (found.explicit, found.inferred, found.document_claim, found.undirected)
    assert directness == (1, 1, 1, 1)


def test_in_a_group_it_is_the_one_whose_turn_it_is(trusted):
    _label_the_speakers(trusted)
    says(trusted, "c1.r", "S3", "I asked across the desk")
    found = profile(trusted)
    assert found.interviewees == ("S3b",)
    assert found.stakeholder_types == ("A",)
    says(trusted, "c1.r", "S3", "We knew each other")
    assert profile(trusted).interviewees == ("S3a", "S3b")


def test_words_of_nobody_known_in_a_group_are_no_interviewee(trusted):
    says(trusted, "c1.r", "S3", "Who begins")
    found = profile(trusted)
    assert found.interviewees == ()
    assert (found.supports, found.programmes, found.source_types) == (1, ("south",), ("interview",))


def test_a_translation_is_the_same_voice(trusted, tmp_path):
    file = tmp_path / "N1de.txt"
    file.write_text("I: Was ist anders?\nR: Ich habe ihr alles erzählt.\n", encoding="utf-8")
    translated = Incoming(
        file=file, id="N1de", kind="interview", interviewee="N1", translation_of="N1", language="de"
    )
    trusted.add([translated])
    says(trusted, "c1.r", "N1", "I told her")
    with trusted.store.read() as connection:
        from p3c_qual.coding.names import ids_by_key

        voices = Voices(connection)
        ids = ids_by_key(connection, "source")
        assert voices.at(ids["N1de"], 25) == voices.at(ids["N1"], 25)
    with trusted.act("evidence") as act:
        row = {"configuration": "c1", "element": "c1.r", "source": ids["N1de"], "start": 22}
        act.insert("evidence", [{**row, "end": 50, "role": "supports"}])
    found = profile(trusted)
    assert (found.interviewees, found.supports, found.programmes) == (("N1",), 2, ("north",))


def test_who_supports_and_contradicts_is_counted_in_both(trusted):
    says(trusted, "c1.r", "N2", "I trusted her")
    says(trusted, "c1.o", "N2", "Nothing got better", role="contradicts")
    found = profile(trusted)
    assert (found.interviewees, found.supports, found.contradicts) == (("N2",), 1, 1)


def test_a_contradiction_is_open_until_something_is_decided(trusted):
    says(trusted, "c1.o", "N2", "Nothing got better", role="contradicts")
    says(trusted, "c1.o", "S1", "The budget ends", role="rival", resolution="Comes later.")
    found = profile(trusted)
    assert (found.contradicts, found.rival, found.open) == (1, 1, 1)
    assert found.interviewees == ()


def test_a_passage_that_serves_two_elements_is_one_passage(trusted):
    says(trusted, "c1.r", "N2", "I trusted her, and still I fell")
    says(trusted, "c1.o", "N2", "I trusted her, and still I fell", directness="explicit")
    found = profile(trusted)
    assert (found.supports, found.explicit, found.undirected) == (1, 1, 0)


def test_what_says_that_it_was_not_there_supports_nothing(trusted):
    says(trusted, "c1.o", "N2", "Nothing got better", absent=True)
    assert profile(trusted).supports == 0


def test_a_mechanism_that_did_not_fire_is_supported_by_its_absence(told):
    parts = {"r": ("reasoning", "use of the list"), "o": ("outcome", "it stays empty")}
    claim(told, "c1", parts, activation="not_fired")
    says(told, "c1.r", "S1", "I saw no use in it", absent=True)
    says(told, "c1.o", "S1", "stopped filling", absent=True)
    assert profile(told).supports == 1


def test_evidence_of_a_source_that_is_gone_is_nobodys(trusted):
    with trusted.act("evidence") as act:
        row = {"configuration": "c1", "source": "gone", "start": 0, "end": 3, "role": "supports"}
        act.insert("evidence", [row])
    found = profile(trusted)
    assert (found.supports, found.interviewees, found.source_types) == (1, (), ())


def test_many_configurations_are_profiled_at_once(told):
    from p3c_qual.coding.names import ids_by_key

    with told.store.read() as connection:
        ids = list(ids_by_key(connection, "source").values())
    made = new_ids(500)
    with told.act("many") as act:
        act.insert("configuration", [{"id": i, "key": f"c{n}"} for n, i in enumerate(made)])
        rows = [
            {
                "configuration": made[n % 500],
                "source": ids[n % len(ids)],
                "start": n % 90,
                "end": n % 90 + 5,
                "role": "supports" if n % 7 else "contradicts",
            }
            for n in range(3000)
        ]
        act.insert("evidence", rows)
    realist = layer(told)
    with told.store.read() as connection:
        voices = Voices(connection)
        found = [profile_of(each, voices) for each in realist.standing]
    assert sum(each.supports + each.contradicts for each in found) == 3000


def test_a_speaker_of_a_group_who_withdrew_is_counted_no_more(trusted):
    _label_the_speakers(trusted)
    says(trusted, "c1.r", "S3", "We knew each other")
    says(trusted, "c1.r", "S3", "I asked across the desk")
    assert profile(trusted).interviewees == ("S3a", "S3b")
    trusted.withdraw("S3a", reason="asked for it")
    found = profile(trusted)
    assert found.interviewees == ("S3b",)
    assert found.supports == 1


def _label_the_speakers(study):
    with study.act("label the speakers") as act:
        part, person = ROWS["participation"], ROWS["interviewee"]
        wanted = select(part.c.id, person.c.key).join(person, person.c.id == part.c.interviewee)
        of = {key: row for row, key in act.connection.execute(wanted)}
        act.update("participation", {of["S3a"]: {"speaker": "A"}, of["S3b"]: {"speaker": "B"}})
