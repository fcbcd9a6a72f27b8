"""The words and places that a source that comes in may be given."""

from __future__ import annotations

from p3c_qual.sources.incoming import Incoming
from p3c_qual.workbench.terms import study_terms


def test_a_site_is_told_with_its_programme(study, tmp_path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(f"Text {name}.\n", encoding="utf-8")
    study.add(
        [
            Incoming(tmp_path / "a.txt", programme="North", site="Old Harbour"),
            Incoming(tmp_path / "b.txt", programme="South", site="Old Harbour"),
        ]
    )
    terms = study_terms(study)
    assert [(each.key, each.label) for each in terms.programmes] == [
        ("north", "North"),
        ("south", "South"),
    ]
    assert [(each.key, each.of) for each in terms.sites] == [
        ("old_harbour", "north"),
        ("old_harbour", "south"),
    ]
