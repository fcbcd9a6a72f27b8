"""A server that is gone: nothing is lost, nothing comes twice."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from .conftest import quotes, until


@pytest.fixture(scope="module")
def frail(new_lab):
    """A JupyterLab that is killed."""
    return new_lab()


@pytest.fixture
def place(frail, lay):
    return lay(frail)


@pytest.fixture
def window(frail, place, new_window):
    return new_window(frail, place).open().code()


def banner(window):
    return window.bench.locator(".p3c-banner.p3c-bad")


def test_what_is_done_without_a_server_is_kept_shown_and_comes_once(frail, place, window) -> None:
    window.press("ArrowDown", "Enter")
    window.pick("money")
    window.saved()
    frail.kill()
    expect(banner(window)).to_contain_text("no connection")
    window.press("ArrowDown", ".", "ArrowDown", ".")
    expect(window.bench.locator(".p3c-chip.p3c-pending")).to_have_count(2)
    expect(window.chips).to_have_count(3)
    expect(banner(window)).to_contain_text("2 acts are kept")
    expect(window.bench.locator(".p3c-state")).to_have_text("2 acts on the way")
    # one may go on with what is not yet saved
    window.press("Space", "i")
    expect(window.chips.filter(has_text="★")).to_have_count(1)
    assert len(quotes(place)) == 1
    frail.start()
    window.saved()
    expect(banner(window)).to_have_count(0)
    expect(window.bench.locator(".p3c-chip.p3c-pending")).to_have_count(0)
    assert [quote for _, quote in quotes(place)] == [
        "It was slow.",
        "We met each week in the town hall.",
        "Nobody had time, but it helped us a lot.",
    ]


def test_a_reload_while_the_server_is_away_loses_nothing(frail, place, window) -> None:
    window.press("ArrowDown")
    window.kept()
    frail.kill()
    window.press("Enter")
    window.pick("money")
    window.press("ArrowDown", ".")
    expect(window.bench.locator(".p3c-state")).to_have_text("2 acts on the way")
    frail.start()
    window.page.reload()
    window.ready()
    window.saved()
    expect(window.chips).to_have_count(2)
    assert len(quotes(place)) == 2


def test_an_act_whose_answer_was_lost_is_not_done_twice(place, window) -> None:
    lost = []

    def lose(route) -> None:
        asked = route.request.post_data_json
        if asked["verb"] != "code" or len(lost) >= 2:
            route.continue_()
            return
        # the server does it, the page never hears of it
        lost.append(asked["act_id"])
        route.fetch()
        route.abort()

    window.page.route("**/p3c/act*", lose)
    window.press("ArrowDown", "Enter")
    window.pick("money")
    until(lambda: window.page.wait_for_timeout(50) or len(lost) >= 2)
    window.saved()
    assert len(set(lost)) == 1
    assert len(quotes(place)) == 1
    expect(window.chips).to_have_count(1)


def test_a_new_log_in_that_is_needed_is_said_and_the_acts_wait_for_it(place, window) -> None:
    refuse = {"error": {"code": "login", "what": "the server does not know who asks", "all": []}}
    window.page.route("**/p3c/act*", lambda route: route.fulfill(status=403, json=refuse))
    window.press("ArrowDown", "Enter")
    window.pick("money")
    expect(banner(window)).to_contain_text("log-in")
    expect(window.bench.locator(".p3c-chip.p3c-pending")).to_have_count(1)
    assert quotes(place) == []
    window.page.unroute("**/p3c/act*")
    window.saved()
    assert len(quotes(place)) == 1
