"""Questionnaires taken in: whole or not at all, by pseudonym only."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from instrument_kit import WEMWBS, fill
from sqlalchemy import select

from p3c_qual.errors import P3CError
from p3c_qual.instruments import load_aggregates, load_responses, take_instrument
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    import p3c_qual as p3c


def stored(study: p3c.Study, table: str = "response") -> list[dict[str, object]]:
    with study.store.read() as connection:
        return [dict(row) for row in connection.execute(select(ROWS[table])).mappings()]


def test_the_same_table_again_changes_nothing_and_other_answers_are_refused(
    written: p3c.Study,
) -> None:
    fill(written)
    before = stored(written)
    assert len(before) == 7
    done = load_responses(written, "wemwbs", WEMWBS, name="wellbeing.csv")
    assert done == {"new": 0, "same": 7, "converted": 0}
    other = WEMWBS.replace(b"P1,t1,north,3,3", b"P1,t1,north,1,3")
    with pytest.raises(P3CError, match="row 2: 'P1' has other answers in wave 't1' already"):
        load_responses(written, "wemwbs", other, name="wellbeing.csv")
    assert stored(written) == before


def test_all_faults_of_a_table_are_said_with_their_rows_and_nothing_is_kept(
    written: p3c.Study,
) -> None:
    take_instrument(written, "ucla3")
    table = (
        b"respondent,wave,date,programme,site,q1,q2,q3,q4,e-mail\n"
        b"P1,t1,2026-03-01,north,,1,2,3,1,x\n"
        b"P1,t1,2026-03-01,north,,1,2,3,,\n"
        b"P2,t1,1 March,nort,,4,two,3,,\n"
        b"ann@example.org,t1,,,,1,1,1,,\n"
        b"943 476 5919,t1,,,,1,1,1,,\n"
        b"Ann Example,t1,,,,1,1,1,,\n"
        b",t2,,,,1,1,1,,\n"
        b"P5,,,,,1,1,1,,\n"
        b"P6,t1,,,,,,,,\n"
    )
    with pytest.raises(P3CError) as error:
        load_responses(written, "ucla3", table, name="lonely.csv")
    said = str(error.value)
    for part in (
        "lonely.csv: the column 'e-mail' names people",
        "has no item 'q4'",
        "row 3: 'P1' stands there twice in wave 't1', first in row 2",
        "row 4: '1 March' is no date",
        "row 4: there is no programme 'nort'. Did you mean 'north'?",
        "row 4: q1 is 4, and goes from 1 to 3",
        "row 4: q2 is 'two', and no number",
        "row 5: the respondent looks like an e-mail address",
        "row 6: the respondent looks like the number of a patient",
        "row 7: the respondent looks like a name",
        "who is behind it is known elsewhere",
        "row 8: the row has no respondent",
        "row 9: it is not said of which wave the row is",
        "row 10: nothing is answered in this row",
    ):
        assert part in said, part
    assert stored(written) == []


def test_a_workbook_and_scores_made_elsewhere_are_taken_in(written: p3c.Study) -> None:
    from openpyxl import Workbook

    take_instrument(written, "pam")
    book = Workbook()
    for row in (("Respondent", "wave", "score"), ("P1", "t1", 47.1), ("P2", "t1", "NA")):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    with pytest.raises(P3CError, match="row 3: nothing is answered"):
        load_responses(written, "pam", file.getvalue(), name="pam.xlsx")
    semicolons = b"respondent;wave;score\nP1;t1;47,1\n"
    assert load_responses(written, "pam", semicolons, name="pam.csv")["new"] == 1
    assert stored(written)[0]["answers"] == {"score": 47.1}


def test_a_conversion_key_is_used_and_not_kept(written: p3c.Study) -> None:
    take_instrument(written, "swemwbs")
    head = b"respondent,wave,q1,q2,q3,q4,q5,q6,q7\n"
    table = head + b"P1,t1,3,3,3,3,3,2,2\nP2,t1,4,4,4,4,4,4,\n"
    load_responses(written, "swemwbs", table, name="short.csv")
    # invented numbers: no key of anybody
    key = b"raw,metric\n19,18.5\n"
    done = load_responses(written, "swemwbs", table, name="short.csv", conversion=key)
    assert done == {"new": 0, "same": 1, "converted": 1}
    answers = {row["respondent"]: row["answers"] for row in stored(written)}
    assert answers["P1"]["metric"] == 18.5  # type: ignore[index]
    assert "metric" not in answers["P2"]  # type: ignore[operator]
    # without the key, the table is still the one that was taken in
    assert load_responses(written, "swemwbs", table, name="short.csv")["same"] == 2
    (row,) = stored(written, "instrument")
    assert not any("table" in scale for scale in row["definition"]["scales"])  # type: ignore[index]
    more = head + b"P3,t1,3,3,3,3,3,3,2\n"
    with pytest.raises(P3CError, match="row 2: raw 20 is not in the conversion table"):
        load_responses(written, "swemwbs", more, name="more.csv", conversion=key)


def test_an_instrument_without_declared_items_takes_nothing_in(written: p3c.Study) -> None:
    take_instrument(written, "pchc")
    with pytest.raises(P3CError, match="neither items nor scores are declared"):
        load_responses(written, "pchc", b"respondent,wave,q1\nP1,t1,2\n", name="a.csv")
    with pytest.raises(P3CError, match="p3c measures take wemwbs"):
        load_responses(written, "wemwbs", WEMWBS, name="a.csv")


def test_figures_are_of_groups_and_their_faults_are_said_at_once(written: p3c.Study) -> None:
    table = (
        b"measure,programme,wave,n,value,unit,origin\n"
        b"admissions,north,t1,1,3,stays,trust\n"
        b"admissions,nowhere,t1,10,,stays,\n"
    )
    with pytest.raises(P3CError) as error:
        load_aggregates(written, table, name="use.csv")
    said = str(error.value)
    assert "row 2: n is 1; a figure is of a group" in said
    assert "row 3: there is no programme 'nowhere'" in said
    assert "row 3: the figure has no value" in said
    assert "row 3: the figure has no origin" in said
    with pytest.raises(P3CError, match="'respondent' is of single people"):
        load_aggregates(
            written, b"respondent,measure,value,unit,origin\nP1,a,1,b,c\n", name="u.csv"
        )
    assert stored(written, "aggregate") == []


def test_a_figure_stays_what_it_was(written: p3c.Study) -> None:
    from instrument_kit import FIGURES

    assert load_aggregates(written, FIGURES, name="u.csv") == {"new": 3, "same": 0, "small": 1}
    assert load_aggregates(written, FIGURES, name="u.csv")["same"] == 3
    with pytest.raises(P3CError, match=r"'admissions' is 12.5 per 100 people there already"):
        load_aggregates(written, FIGURES.replace(b"12.5", b"13"), name="u.csv")
