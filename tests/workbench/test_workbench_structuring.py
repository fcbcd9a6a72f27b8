"""What the server answers of ratings, the matrix, types, outlines and explications."""

from __future__ import annotations

import uuid

import pytest
from structuring_kit import ask, at, code, make

import p3c_qual as p3c
from p3c_qual.workbench import explicating, structuring, structuring_rows, wire_structuring
from p3c_qual.workbench.changes import changes_since
from p3c_qual.workbench.state import last_event
from p3c_qual.workbench.verbs import run


@pytest.fixture
def worked(tmp_path):
    """Give the study with codings of two coders and a question for each technique."""
    with make(tmp_path) as study:
        code(study, "IP01", "We meet each week.", "meeting.weekly")
        code(study, "IP01", "There is none left for tea.", "money", coder="ben")
        code(study, "IP02", "We telephone.", "meeting", coder="ben")
        for technique in ("theme", "scaling", "type", "formal", "explication_narrow"):
            ask(study, technique)
        yield study


def do(study, verb, **args):
    return run(study, verb, str(uuid.uuid4()), args)


def ids(study, table):
    from sqlalchemy import select

    from p3c_qual.store.schema import ROWS

    with study.store.read() as connection:
        rows = ROWS[table]
        return dict(connection.execute(select(rows.c.key, rows.c.id)).all())


def refused(study, verb, **args):
    with pytest.raises(p3c.P3CError) as caught:
        do(study, verb, **args)
    return caught.value.problems


def test_each_verb_is_done_once_and_answers_alike_when_it_is_sent_again(worked):
    act = str(uuid.uuid4())
    source, start, end = at(worked, "IP01", "It helps us a lot.")
    args = {
        "question": "scaling",
        "code": "valence",
        "level": "2",
        "source": ids(worked, "source")[source],
        "start": start,
        "end": end,
    }
    first = run(worked, "rate", act, args)
    assert run(worked, "rate", act, args) == first
    state = structuring_rows.rating_state(worked, "scaling", rater="", spans="", others=False)
    assert [(each.id, each.value) for each in state.ratings] == [(first, 2)]
    assert [(each.n, each.median) for each in state.counts if each.unit == "segments"] == [
        (1, "mixed"),
        (0, ""),
    ]


def test_a_change_names_the_tables_that_a_panel_asks_for_anew(worked):
    with worked.store.read() as connection:
        cursor = last_event(connection)
    do(worked, "write_cell", question="theme", case="IP01", code="meeting", text="So.", was="")
    near = do(worked, "make_type", question="type", label="Near", found_by="extreme")
    do(worked, "assign", type=near, case="IP01")
    delta = changes_since(worked, cursor, "", others=False)
    assert {"cell", "casetype", "member"} <= set(delta.touched)


def test_what_others_coded_and_rated_never_leaves_the_server_in_blind_coding(worked):
    from p3c_qual.mayring.structuring.rating import rate

    worked.set_fields("source", "IP02", {"main_coder": "ben"})
    rate(worked, "scaling", "valence", case="IP01", level=1, coder="ben", reason="Ben's words")
    blind = structuring.matrix_state(worked, "theme", depth=1, others=False)
    seen = structuring.matrix_state(worked, "theme", depth=1, others=True)
    key = {each.id: each.key for each in blind.cases}
    counts = [
        {key[cell.case]: cell.passages for cell in state.cells if cell.passages}
        for state in (blind, seen)
    ]
    assert counts == [{"IP01": 1}, {"IP01": 1, "IP02": 1}]
    assert (blind.hidden, seen.hidden) == (True, False)
    cell = structuring.cell_state(worked, "theme", "IP02", "meeting", others=False)
    assert cell.passages == []
    rated = structuring_rows.rating_state(worked, "scaling", rater="ben", spans="", others=False)
    assert rated.rater == "anna"
    assert "Ben's words" not in str(rated)
    assert "none left for tea" not in str(rated)
    others = structuring_rows.rating_state(worked, "scaling", rater="ben", spans="", others=True)
    assert "Ben's words" in str(others)


def test_outlines_and_types_show_ones_own_work_alone_in_blind_coding(worked):
    p3c.mayring.rate(worked, "scaling", "valence", level="1", case="IP02", coder="ben")
    p3c.mayring.rate(worked, "scaling", "valence", level="2", case="IP01")

    def codes(others):
        found = structuring.outline_state(worked, "IP02", "formal", others=others)
        return [code for each in found.rows for code in each.codes]

    def values(of, others):
        found = structuring.type_state(worked, "type", of=of, others=others)
        return {each.case.key: each.values for each in found.cases}

    assert (codes(others=True), codes(others=False)) == (["meeting"], [])
    assert values("scaling", others=True)["IP02"][0] == 1
    blind = values("scaling", others=False)
    assert (blind["IP01"][0], blind["IP02"][0]) == (2, None)
    assert sum(values("theme", others=True)["IP02"]) == 1
    assert sum(values("theme", others=False)["IP02"]) == 0


def test_ratings_and_explications_of_others_are_not_changed(worked):
    from p3c_qual.mayring.structuring.explication import explicate
    from p3c_qual.mayring.structuring.rating import rate

    theirs = rate(worked, "scaling", "valence", case="IP01", level=1, coder="ben")
    assert [each.code for each in refused(worked, "unrate", ratings=[theirs])] == ["not_mine"]
    name = explicate(worked, *at(worked, "IP01", "none left for tea"), "narrow", coder="ben")
    for verb in ("edit_explication", "remove_explication"):
        assert [each.code for each in refused(worked, verb, explication=name)] == ["not_mine"]


def test_material_is_found_in_what_may_be_consulted_and_beside_the_passage(worked):
    source = ids(worked, "source")["IP01"]
    _, start, end = at(worked, "IP01", "It helps us a lot.")
    name = do(worked, "explicate", source=source, start=start, end=end, scope="narrow")
    found = explicating.material_hits(worked, "meet", explication=name)
    # the turn holds the passage, so the sentence before it is offered; other sources are not
    assert [each.quote for each in found.rows] == ["I: How do you meet?", "We meet each week."]
    assert explicating.material_hits(worked, "helps", explication=name).rows == []
    broad = do(worked, "explicate", source=source, start=start, end=end, scope="broad")
    keys = {each.key for each in explicating.material_hits(worked, "meet", explication=broad).rows}
    assert keys == {"IP01", "IP02", "IP03"}
    with pytest.raises(p3c.P3CError, match="there is no explication"):
        explicating.material_hits(worked, "meet", explication="none")


def test_an_outline_and_the_types_go_over_the_wire(worked):
    outline = structuring.outline_state(worked, "IP01", "formal", others=True)
    assert [each.codes for each in outline.rows] == [[], ["meeting.weekly"], [], []]
    assert [each.speaker for each in outline.speakers] == ["I", "R"]
    types = structuring.type_state(worked, "type", of="theme", others=True)
    assert isinstance(types, wire_structuring.TypeState)
    assert [each.key for each in types.columns][:2] == ["meeting", "money"]
    assert {each.case.key: each.values[0] for each in types.cases}["IP01"] == 1


@pytest.mark.parametrize(
    ("verb", "args", "said"),
    [
        ("rate", {"question": "scaling", "code": "valence", "level": 2}, "needs a text"),
        ("rate", {"question": "scaling", "code": "valence", "level": "2", "case": "IP1"}, "IP01"),
        ("write_cell", {"question": "theme", "case": "", "code": "", "text": "So."}, "unknown case ''"),
        ("assign", {"type": "none", "case": "IP01"}, "there is no type 'none'"),
        ("unassign", {"member": "none"}, "there is no membership 'none'"),
        ("explicate", {"source": "IP01", "start": 5, "end": 2, "scope": "narrow"}, "5-2"),
        ("confirm_cell", {"question": "theme", "case": "IP01", "code": "meeting"}, "empty"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_in_words(worked, verb, args, said):
    assert said in " ".join(str(each) for each in refused(worked, verb, **args))
