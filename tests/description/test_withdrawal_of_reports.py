"""Which rendered reports go with the words of somebody who withdrew."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from description_kit import span

from p3c_qual.description import make_quote, write_section

if TYPE_CHECKING:
    from pathlib import Path

    import p3c_qual as p3c


def rendered(folder: Path, words: str = "", sources: list[str] | None = None) -> None:
    folder.mkdir(parents=True)
    (folder / "report.html").write_text(words, encoding="utf-8")
    if sources is not None:
        made_of = json.dumps({"sources": dict.fromkeys(sources, "")})
        (folder / "manifest.json").write_text(made_of, encoding="utf-8")


def test_reports_of_country_brief_and_earlier_renders_go_and_what_names_them_is_named(
    written: p3c.Study,
) -> None:
    written.set_fields("programme", "south", {"country": "Upper Land"})
    quote = make_quote(written, *span("S2", "In town nobody knows anybody."))[:8]
    write_section(written, "workforce", f"![S2](quote:{quote})", programme="north")
    reports = written.path / "reports"
    for name in ("south/runs/1", "south/briefs/managers", "Upper Land", "north"):
        rendered(reports / name, "In town nobody knows anybody.")
    rendered(reports / "aside" / "brief", "", ["S2", "N1"])
    rendered(reports / "aside" / "other", "", ["N1"])
    rendered(reports / "mine", "Said by S2 in spring.")
    rendered(reports / "theirs", "Said by S21 in spring.")
    done = written.withdraw("S2", reason="asked for it")
    left = sorted(each.parent.relative_to(reports).as_posix() for each in reports.rglob("*.html"))
    assert left == ["aside/other", "mine", "theirs"]
    assert {"Removed reports/south.", "Removed reports/Upper Land."} <= set(done)
    (named,) = [
        each
        for each in done
        if "look whether it repeats their words" in each and "reports/" in each
    ]
    assert named.startswith("reports/mine/report.html names S2")
