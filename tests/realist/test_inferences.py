"""Memos of retroduction and abduction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claim_kit import THEORY, codes_of, either, faults, link, read, refused

from p3c_qual.realist.building.inferences import edit_inference, remove_inference, write_inference
from p3c_qual.realist.building.theories import write_theory

if TYPE_CHECKING:
    import p3c_qual as p3c

__all__ = ["either"]


def test_a_memo_goes_from_what_was_seen_to_a_decision(told: p3c.Study) -> None:
    theory, made = write_theory(told, "Trust", **THEORY), link(told)
    name = write_inference(
        told,
        "retroduction",
        observed="No hospital since.",
        theory="trust",
        configuration="c1",
        candidates="Trust; being watched",
        substantive="Relational continuity",
        rival="A mild winter",
        decision="Trust, for now.",
    )
    (found,) = read(told).inferences
    assert (found.id, found.kind, found.theory, found.configuration) == (
        name,
        "retroduction",
        theory,
        made,
    )
    assert (found.rival, found.decision) == ("A mild winter", "Trust, for now.")


def test_what_is_wrong_with_a_memo_is_said_at_once(told: p3c.Study) -> None:
    said = refused(write_inference, told, "induction", observed=" ", theory="x", configuration="y")
    for part in (
        "not by 'induction'",
        "needs what was observed",
        "there is no theory 'x'",
        "there is no configuration 'y'",
    ):
        assert part in said
    assert read(told).inferences == ()


def test_a_memo_is_changed_as_it_was_seen_and_taken_away(told: p3c.Study) -> None:
    name = write_inference(told, "abduction", observed="Nobody used the list.")
    made = link(told)
    fields = {"configuration": "c1", "kind": "retroduction", "rival": "Nobody knew of it."}
    assert edit_inference(told, name, fields=fields, was={"rival": ""})
    assert not edit_inference(told, name, fields={"configuration": made})
    stale = {"kind": "abduction"}
    assert codes_of(edit_inference, told, name, fields={"rival": "x"}, was=stale) == {"stale"}
    said = refused(edit_inference, told, name, fields={"observed": "", "size": "1"})
    assert "needs what was observed" in said
    assert "no field 'size'" in said
    remove_inference(told, name)
    assert "this memo is gone: anna took it away" in refused(remove_inference, told, name)
    told.undo()
    assert read(told).inferences[0].configuration == made


def test_both_stores_replay_memos(either: p3c.Study) -> None:
    name = write_inference(either, "abduction", observed="Überraschung: 'مفاجأة'")
    before = read(either)
    remove_inference(either, name)
    either.undo()
    assert read(either) == before
    assert faults(either) == []
