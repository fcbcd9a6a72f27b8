"""Codings that overlap: none hides another."""

from __future__ import annotations

from itertools import combinations

from playwright.sync_api import expect

import p3c_qual as p3c

from .conftest import BOOK


def test_three_overlapping_codings_have_three_bars_and_names_and_take_turns(window, folder) -> None:
    for first, last, code in [
        ("We met", "helped us a lot.", "team"),
        ("each week", "had time", "money"),
        ("town hall", "but it", "place"),
    ]:
        window.drag(first, last)
        window.press("Enter")
        window.pick(code)
    window.saved()
    expect(window.chips).to_have_count(3)
    assert window.chips.locator(".p3c-name").all_inner_texts() == ["Team", "Money", "Place"]
    bars = window.bench.locator(".p3c-bar")
    lefts = {bars.nth(i).bounding_box()["x"] for i in range(3)}
    assert (bars.count(), len(lefts)) == (3, 3)
    chosen = []
    window.press("Escape", "ArrowDown", "ArrowDown")
    window.drag("town", "hall")
    for _ in range(4):
        window.press("Space")
        chip = window.bench.locator(".p3c-chip[aria-pressed=true]")
        expect(chip).to_have_count(1)
        chosen.append(chip.locator(".p3c-name").inner_text())
    assert chosen == ["Team", "Money", "Place", "Team"]
    # the whole extent of the one that is chosen
    said = "".join(window.bench.locator(".p3c-seg.p3c-chosen").all_inner_texts())
    assert said == "We met each week in the town hall. Nobody had time, but it helped us a lot."


def test_thirty_overlapping_codings_show_all_their_names(same_window, folder, tmp_path) -> None:
    head = BOOK.partition("codes:")[0].replace("mini", "many").replace("Mini", "Many")
    rows = "".join(f"  - id: c{n}\n    label: The code number {n}\n" for n in range(30))
    (tmp_path / "many.yml").write_text(f"{head}codes:\n{rows}", encoding="utf-8")
    with p3c.open_study(folder, coder="anna") as study:
        study.load_codebook(tmp_path / "many.yml")
        text = study.text("P1")
        start, end = text.index("We met"), text.index("helped us a lot.") + 16
        for n in range(30):
            study.code("P1", start + n % 4, end - n // 4, f"many:c{n}")
    window = same_window(folder).code()
    expect(window.chips).to_have_count(30)
    boxes = window.page.evaluate(
        """[...document.querySelectorAll('.p3c-chip')].map(e => {
            const b = e.getBoundingClientRect();
            const n = e.querySelector('.p3c-name');
            return { x: b.left, y: b.top, right: b.right, bottom: b.bottom,
                     cut: n.scrollWidth > n.clientWidth + 1, words: n.textContent };
        })"""
    )
    assert len({box["words"] for box in boxes}) == 30
    assert not [box["words"] for box in boxes if box["cut"]]
    assert not [
        (a["words"], b["words"])
        for a, b in combinations(boxes, 2)
        if a["x"] < b["right"] - 0.5
        and b["x"] < a["right"] - 0.5
        and a["y"] < b["bottom"] - 0.5
        and b["y"] < a["bottom"] - 0.5
    ]
    # nothing lies over a name: what is at its middle is the name
    window.chips.last.scroll_into_view_if_needed()
    for n in (0, 15, 29):
        window.chips.nth(n).scroll_into_view_if_needed()
        assert window.chips.nth(n).evaluate(
            """e => {
                const b = e.getBoundingClientRect();
                return e.contains(document.elementFromPoint(b.left + b.width / 2, b.top + b.height / 2));
            }"""
        )
    # neither do bars: each has a place of its own
    places = window.page.evaluate(
        "[...document.querySelectorAll('.p3c-bar')].map(e => e.getBoundingClientRect().left)"
    )
    assert len(set(places)) == 30
