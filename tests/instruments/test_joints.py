"""Joint displays: written, changed, taken away, and printed with their numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from description_kit import span
from instrument_kit import fill
from sqlalchemy import select

from p3c_qual.errors import P3CError
from p3c_qual.instruments import edit_joint, remove_joint, table_joint, take_instrument, write_joint
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    import p3c_qual as p3c


@pytest.fixture
def filled(written: p3c.Study) -> p3c.Study:
    """Return the study with questionnaires, figures, a quote and a configuration."""
    import p3c_qual as p3c

    fill(written)
    source, start, end = span("N1", "The nurse had time for a talk.")
    with written.act("a quote") as act:
        name = act.connection.scalar(
            select(ROWS["source"].c.id).where(ROWS["source"].c.key == source)
        )
        act.insert("quote", [{"key": "abcd1234", "source": name, "start": start, "end": end}])
    p3c.realist.make_configuration(written, label="Time to talk")
    return written


def test_everything_wrong_with_a_joint_display_is_said_at_once(filled: p3c.Study) -> None:
    with pytest.raises(P3CError) as error:
        write_joint(
            filled,
            "pacient",
            instrument="wemwbs",
            scale="rew",
            themes=["workforse"],
            quotes=["nothing"],
            configurations=["c9"],
            fit="agrees",
        )
    said = str(error.value)
    for part in ("'patient'", "has no scale 'rew'", "'workforse'", "no quote 'nothing'", "'c9'", "'agrees' is no fit"):  # fmt: skip
        assert part in said, part


def test_numbers_stand_beside_themes_and_discordance_is_never_hidden(filled: p3c.Study) -> None:
    row = write_joint(
        filled,
        "patient",
        instrument="wemwbs",
        scale="raw",
        themes=["selfie:workforce", "selfie:service_delivery"],
        quotes=["abcd1234"],
        configurations=["c1"],
        inference="People say more than the scale.",
        fit="discordance",
        programme="north",
    )
    write_joint(filled, "cost", programme="north", fit="confirmation")
    table = table_joint(filled)
    patient = table[table["id"] == row].iloc[0]
    # P1 went up by 14 and P2 by 1; P3 has no score in the second wave
    assert patient["numbers"] == "Well-being: 35.0 → 42.5 points (change +7.5; 2 pairs; t1 → t2)"
    assert "(2 segments, 1 interviewee)" in patient["themes"]
    assert "(3 segments, 2 interviewees)" in patient["themes"]
    assert (patient["quotes"], patient["configurations"]) == ("(N1)", "c1")
    cost = table[table["domain"].str.startswith("Use")].iloc[0]
    assert "admissions, hospital: 12.5 → 11.0 per 100 people (change -1.5; n 40 and 41" in cost["numbers"]  # fmt: skip
    assert "fewer than 5 people, not printed" in cost["numbers"]
    assert table.attrs["denominators"] == {"joint displays": 2, "discordances": 1}
    assert any("People say more than the scale." in note for note in table.attrs["notes"])
    # the tiers of which nothing is written stand there too
    assert list(table["inference"]).count("no joint display is written") == 2


def test_statistics_by_themes_has_a_row_for_each_theme(filled: p3c.Study) -> None:
    write_joint(filled, "patient", instrument="wemwbs", themes=["workforce", "financing"], fit="expansion")  # fmt: skip
    write_joint(filled, "organisation", fit="discordance")
    table = table_joint(filled, by="theme")
    assert table.columns[0] == "themes"
    assert len(table) == 3
    assert table["themes"].iloc[-1] == "(no theme)"
    assert table["fit"].iloc[-1] == "Discordance"


def test_a_stale_write_is_refused_and_a_scale_goes_with_its_instrument(filled: p3c.Study) -> None:
    row = write_joint(filled, "patient", instrument="wemwbs", scale="raw", fit="expansion")
    with pytest.raises(P3CError, match="changed the fit"):
        edit_joint(filled, row, fields={"fit": "confirmation"}, was={"fit": "discordance"})
    take_instrument(filled, "pam")
    assert edit_joint(filled, row, fields={"instrument": "pam"}, was={"instrument": "wemwbs"})
    with filled.store.read() as connection:
        held = connection.execute(select(ROWS["joint"])).mappings().one()
    assert (held["scale"], held["fit"]) == (None, "expansion")
    assert not edit_joint(filled, row, fields={"fit": "expansion"})
    assert remove_joint(filled, row)
    with pytest.raises(P3CError, match="anna took it away"):
        remove_joint(filled, row)
