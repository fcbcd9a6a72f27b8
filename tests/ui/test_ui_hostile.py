"""What a transcript holds is text and nothing else; who is not let in gets nothing."""

from __future__ import annotations

import urllib.error
import urllib.parse
import urllib.request

import pytest
from playwright.sync_api import expect

import p3c_qual as p3c
from p3c_qual.sources.incoming import Incoming

from .conftest import TOKEN, codings, quotes

LONG = "w" * 10_000
HOSTILE = f"""\
I: <script>alert('one')</script> [click](javascript:alert(2)) ![x](http://example.org/x.png)

R: <img src="http://example.org/y.png" onerror="alert(3)"> said R. <b>Bold</b> &amp; &lt;i&gt; too.

R: A \u202eturned\u202c word, a \u2067right\u2069 one, a bell \u200b and a mark \ufeff here. http://example.org/z goes on.

R: {LONG} ends here.

</section></div><iframe src="http://example.org/f"></iframe> is the last line.
"""


@pytest.fixture
def hostile(folder, tmp_path):
    (tmp_path / "hostile.txt").write_text(HOSTILE, encoding="utf-8")
    with p3c.open_study(folder, coder="anna") as study:
        [added] = study.add([Incoming(tmp_path / "hostile.txt", interviewee="X1")])
        study.create_code("mini", "<img src=x onerror=alert(4)>", definition="<b>No</b> markup")
    return added.key


def test_markup_in_a_transcript_a_code_and_a_memo_stays_text(
    new_window, lab, folder, hostile
) -> None:
    window = new_window(lab, folder)
    asked: list[str] = []
    said: list[str] = []
    window.page.on("request", lambda request: asked.append(request.url))
    window.page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    window.open().code(hostile)
    with p3c.open_study(folder) as study:
        text = study.text(hostile)
    shown = window.page.evaluate(
        "[...document.querySelectorAll('.p3c-line')].map(e => e.textContent).join('\\n')"
    )
    assert shown == text
    window.press("ArrowDown", "Enter")
    window.pick("onerror")
    window.press("Space", "m")
    window.page.keyboard.insert_text("<img src=x onerror=alert(5)> [a](javascript:alert(6))")
    window.press("Control+Enter")
    expect(window.page.locator(".p3c-dialog")).to_have_count(0)
    window.saved()
    expect(window.chips.locator(".p3c-name")).to_have_text(["<img src=x onerror=alert(4)>"])
    window.bench.get_by_role("tab", name="Memos").click()
    expect(window.bench.locator(".p3c-memo")).to_contain_text("onerror=alert(5)")
    window.bench.get_by_role("tab", name="Segments").click()
    expect(window.bench.locator(".p3c-segment mark")).to_contain_text("<img src=")
    assert (
        window.page.evaluate(
            "document.querySelectorAll('.p3c-root :is(script, img, iframe, a, b:not(.p3c-who, "
            ".p3c-line-of-state *, .p3c-side-body *))').length"
        )
        == 0
    )
    assert said == []
    assert [url for url in asked if not url.startswith((lab.url, "data:", "blob:"))] == []
    [(_, quote)] = quotes(folder)
    assert quote.startswith('<img src="http://example.org/y.png" onerror="alert(3)"> said R.')


@pytest.mark.parametrize("width", [1600, 900])
def test_a_word_of_ten_thousand_letters_pushes_nothing_aside(
    new_window, lab, folder, hostile, width
) -> None:
    window = new_window(lab, folder, viewport={"width": width, "height": 800}).open().code(hostile)
    pane = window.bench.locator(".p3c-text")
    assert pane.evaluate("e => e.scrollWidth <= e.clientWidth")
    window.drag("ends", "here.")
    window.press("Enter")
    window.pick("money")
    window.saved()
    assert quotes(folder) == [("money", "ends here.")]
    # the long word itself can be coded, too
    window.press("ArrowUp", "ArrowDown", "Enter")
    window.pick("time")
    window.saved()
    assert any(len(row["quote"]) >= 10_000 for row in codings(folder))


def ask(lab, path: str, token: str = "", **query: str) -> int:
    address = f"{lab.url}p3c/{path}?{urllib.parse.urlencode(query)}"
    request = urllib.request.Request(address)
    if token:
        request.add_header("Authorization", f"token {token}")
    try:
        with urllib.request.build_opener(_Stay).open(request, timeout=30) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return int(error.code)


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows no redirection: where a server sends somebody is what is asked."""

    def redirect_request(self, *_args, **_named) -> None:
        return None


@pytest.mark.parametrize("path", ["study", "changes", "source/P1", "search", "transcript/P1"])
def test_who_has_no_token_gets_nothing(lab, folder, path) -> None:
    assert ask(lab, path, study=folder.name) in {302, 401, 403}
    assert ask(lab, path, token="guessed", study=folder.name) in {302, 401, 403}


@pytest.mark.parametrize("up", ["..", "../..", "x/../../y", "/etc"])
def test_a_study_outside_the_servers_folder_is_refused(lab, folder, up) -> None:
    assert ask(lab, "study", token=TOKEN, study=folder.name) == 200
    assert ask(lab, "study", token=TOKEN, study=up) in {403, 404}
