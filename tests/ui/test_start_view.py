"""The start page: where somebody stopped, what waits, what changed, and the first hour."""

from __future__ import annotations

import uuid

import pytest
from playwright.sync_api import expect

import p3c_qual as p3c
from p3c_qual.sources.incoming import Incoming

from .conftest import TOKEN, codings, until

TALK = "I: How was it?\nR: It was long.\nI: And then?\nR: Better.\n"
AIMS = "A plan with two aims.\n\nThe second is about housing.\n"
BOOK = "format: 1\nkey: mine\nlabel: My own\ncodes:\n  - id: hope\n    label: Hope\n"


def put(window, *files: tuple[str, str | bytes]) -> None:
    """Choose files in the dialog of the browser."""
    given = [
        {
            "name": name,
            "mimeType": "application/octet-stream",
            "buffer": data.encode() if isinstance(data, str) else data,
        }
        for name, data in files
    ]
    window.bench.get_by_label("Choose files", exact=True).set_input_files(given)


def pane(window):
    return window.bench.get_by_role("region", name="Add sources")


def page_of(window, name: str):
    return window.bench.get_by_role("region", name=name, exact=True)


def focused(window) -> str:
    return str(window.page.evaluate("document.activeElement.textContent"))


@pytest.fixture
def opened(new_window, lab, folder):
    """Give a window with the start page of a study."""
    window = new_window(lab, folder).open()
    expect(page_of(window, "The study")).to_be_visible()
    return window


@pytest.fixture
def fresh(lab):
    """Give the folder of a study without sources."""
    path = lab.root / f"n{uuid.uuid4().hex[:8]}"
    p3c.new_study(path, title="Nothing yet", coder="anna").close()
    return path


# where I stopped, what waits, what changed


def test_one_goes_on_where_one_stopped_with_one_key(opened) -> None:
    until(lambda: focused(opened) == "Begin coding")
    window = opened.code()
    window.press("ArrowDown", "ArrowDown")
    words = window.marked
    # the place is kept once the cursor has rested
    window.page.wait_for_timeout(2200)
    window.press("Alt+1")
    expect(page_of(window, "Where I stopped")).to_contain_text("P1")
    until(lambda: focused(window) == "Go on")
    window.press("Enter")
    window.ready()
    assert words
    assert window.marked == words


def test_a_source_that_is_begun_or_done_is_listed_as_such(opened, folder) -> None:
    waits = page_of(opened, "What waits for me")
    expect(waits).to_contain_text("Untouched (4 of 4)")
    with p3c.open_study(folder) as study:
        study.code("P1", 20, 31, "money", coder="anna")
        study.mark_read("P2", coder="anna")
    expect(waits).to_contain_text("Begun (1 of 4)")
    expect(waits).to_contain_text("Untouched (2 of 4)")
    expect(waits).to_contain_text("Done (1 of 4)")
    waits.get_by_text("Done (1 of 4)").click()
    waits.get_by_role("list", name="Done").get_by_role("button", name="P2").click()
    opened.ready("P2")


def test_a_coding_flagged_unsure_leads_to_its_words(opened, folder) -> None:
    with p3c.open_study(folder) as study:
        start = study.text("P1").index("Nobody had time")
        made = study.code("P1", start, start + 15, "time", coder="anna")
        study.flag([made.id], unsure=True)
    page_of(opened, "What waits for me").get_by_role("button", name="Time").click()
    opened.ready("P1")
    until(lambda: opened.marked == "Nobody had time")


def test_what_others_did_since_is_told_unless_one_codes_blind(opened, folder) -> None:
    with p3c.open_study(folder, coder="anna") as study:
        study.memo("study", "mine")
    with p3c.open_study(folder, coder="ben") as study:
        study.code("P1", 20, 31, "money", coder="ben")
        study.code("P2", 20, 31, "money", coder="ben")
    changed = page_of(opened, "What changed")
    expect(changed).to_contain_text("You are coding blind")
    expect(changed).not_to_contain_text("ben")
    changed.get_by_role("button", name="Show the others’ work").click()
    expect(changed).to_contain_text("ben coded twice.")
    changed.get_by_text("Act by act").click()
    expect(changed.get_by_role("list", name="Acts of others")).to_contain_text(
        "ben coded P2 20-31 with Money"
    )


def test_a_long_list_shows_its_beginning_and_is_walked_with_the_arrow_keys(
    new_window, lab, fresh, tmp_path
) -> None:
    for number in range(60):
        (tmp_path / f"S{number:02}.txt").write_text(f"Text {number}.\n", encoding="utf-8")
    with p3c.open_study(fresh, coder="anna") as study:
        study.add([Incoming(path) for path in sorted(tmp_path.glob("S*.txt"))])
    window = new_window(lab, fresh).open()
    waits = page_of(window, "What waits for me")
    waits.get_by_text("Untouched (60 of 60)").click()
    lines = waits.get_by_role("list", name="Untouched").get_by_role("button")
    expect(lines).to_have_count(9)
    expect(lines.last).to_have_text("and 52 more")
    lines.first.focus()
    window.press("End", "Enter")
    expect(lines).to_have_count(60)
    assert focused(window).startswith("S08")
    window.press("ArrowDown")
    assert focused(window).startswith("S09")
    window.press("Enter")
    window.ready("S09")


# files come in


def test_files_are_looked_at_first_and_come_in_together(opened, folder) -> None:
    put(opened, ("IP21_1 final.txt", TALK), ("aims_2024-02.txt", AIMS))
    files = pane(opened)
    expect(files).to_contain_text("Speakers: I (asks, 2 turns) and R (answers, 2 turns).")
    expect(files).to_contain_text("it is taken for a document")
    # nothing is kept by looking
    with p3c.open_study(folder) as study:
        assert len(study.sources()) == 4
    files.get_by_label("Programme of all files").fill("north")
    files.get_by_label("Site of all files").fill("Old Harbour")
    files.get_by_label("Stakeholder type of IP21_1 final.txt").select_option("D1")
    expect(files.get_by_label("Interviewee’s code of IP21_1 final.txt")).to_have_value("IP21_1")
    expect(files.get_by_label("Interviewee’s code of aims_2024-02.txt")).to_be_disabled()
    expect(files.get_by_label("Date of aims_2024-02.txt")).to_have_value("2024-02")
    files.get_by_role("button", name="Add 2 files").click()
    expect(files).to_contain_text("2 sources came in.")
    with p3c.open_study(folder) as study:
        found = study.sources().set_index("source")
        talk, aims = found.loc["IP21_1_final"], found.loc["aims_2024-02"]
        assert (talk["kind"], talk["programme"], talk["site"]) == (
            "interview",
            "north",
            "old_harbour",
        )
        assert (talk["interviewee"], talk["stakeholder_type"]) == ("IP21_1", "D1")
        assert (aims["kind"], aims["date"], aims["interviewee"]) == ("document", "2024-02", "")
        assert study.text("IP21_1_final") == TALK
    assert (folder / "data_raw" / "IP21_1 final.txt").read_text(encoding="utf-8") == TALK
    # one act brought both, and one takes both back
    opened.bench.get_by_role("button", name="Undo").click()
    until(lambda: len(keys(folder)) == 4)


def keys(folder) -> list[str]:
    with p3c.open_study(folder) as study:
        return list(study.sources()["source"])


def test_what_is_at_fault_is_said_at_its_field_and_nothing_is_lost(opened, folder) -> None:
    put(opened, ("one.txt", TALK), ("two.txt", TALK + "More.\n"))
    files = pane(opened)
    date = files.get_by_label("Date of two.txt")
    date.fill("next year")
    files.get_by_label("Role of one.txt").fill("nurse")
    files.get_by_role("button", name="Add 2 files").click()
    expect(files).to_contain_text("Nothing was added yet: 1 thing has to be put right")
    expect(date).to_be_focused()
    expect(date).to_have_attribute("aria-invalid", "true")
    expect(date).to_have_accessible_description(
        "'next year' is no date. Write YYYY, YYYY-MM or YYYY-MM-DD."
    )
    assert len(keys(folder)) == 4
    expect(files.get_by_label("Role of one.txt")).to_have_value("nurse")
    date.fill("2024")
    expect(date).to_have_attribute("aria-invalid", "false")
    # a key that is taken is found only when the files are read
    files.get_by_label("Id of one.txt").fill("P1")
    files.get_by_role("button", name="Add 2 files").click()
    expect(files.get_by_label("Id of one.txt")).to_be_focused()
    files.get_by_label("Id of one.txt").fill("one")
    files.get_by_role("button", name="Add 2 files").click()
    expect(files).to_contain_text("2 sources came in.")
    assert {"one", "two"} <= set(keys(folder))


def test_files_sent_again_after_a_lost_answer_come_in_once(opened, folder) -> None:
    put(opened, ("one.txt", TALK))
    files = pane(opened)
    expect(files.get_by_label("Id of one.txt")).to_have_value("one")
    lost = []

    def lose(route) -> None:
        if route.request.post_data_json["verb"] != "add_sources" or lost:
            return route.continue_()
        # it is done, and the answer never arrives
        lost.append(route.fetch().status)
        return route.abort()

    opened.page.route("**/p3c/act**", lose)
    files.get_by_role("button", name="Add 1 file").click()
    expect(files).to_contain_text("Try again: nothing is added twice.")
    assert lost == [200]
    files.get_by_role("button", name="Add 1 file").click()
    expect(files).to_contain_text("1 source came in.")
    assert keys(folder).count("one") == 1


def test_a_recording_is_refused_in_words_and_never_sent(opened) -> None:
    sent = []
    opened.page.on("request", lambda request: sent.append(request.url))
    put(opened, ("meeting.mp3", b"ID3" + bytes(100)), ("old.doc", b"\xd0\xcf"))
    files = pane(opened)
    expect(files).to_contain_text("meeting.mp3: a recording is not added and never uploaded.")
    expect(files).to_contain_text("Files that end in .doc cannot be read")
    expect(files).to_contain_text("1 file cannot be read and is left out.")
    expect(files.get_by_role("button", name="Add 1 file")).to_have_count(0)
    assert any("name=old.doc" in url for url in sent)
    assert not any("mp3" in url for url in sent)


def test_a_file_dropped_anywhere_is_looked_at(opened) -> None:
    opened.bench.locator(".p3c-start").evaluate(
        """(page, text) => {
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File([text], '<img src=x onerror=alert(1)>.txt'));
            const say = (type) => page.querySelector('h2').dispatchEvent(
                new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
            say('dragover');
            say('drop');
        }""",
        TALK,
    )
    expect(pane(opened).get_by_role("heading", level=3)).to_have_text(
        "<img src=x onerror=alert(1)>.txt"
    )
    expect(pane(opened)).to_contain_text("4 turns")
    expect(opened.bench.locator(".p3c-start img")).to_have_count(0)


# the first hour


def test_the_first_hour_goes_without_a_terminal_or_a_mouse(new_window, lab) -> None:
    name = f"study_{uuid.uuid4().hex[:6]}"
    window = new_window(lab, lab.root)
    choosers = []

    def asked(chooser) -> None:
        choosers.append(chooser)

    window.page.on("filechooser", asked)
    window.page.goto(f"{lab.url}lab/workspaces/{window.workspace}?token={TOKEN}&reset")
    window.page.wait_for_function("window.jupyterapp?.commands.hasCommand('p3c:open')")
    window.page.evaluate("jupyterapp.commands.execute('p3c:open')")
    window.bench.get_by_label("Title").focus()
    window.page.keyboard.type(name.replace("_", " ").title())
    expect(window.bench.get_by_label("Folder")).to_have_value(name)
    window.press("Enter")
    steps = page_of(window, "First steps").get_by_role("listitem")
    expect(steps).to_have_count(5)
    assert (lab.root / name / "study.yml").is_file()
    expect(steps.nth(0)).to_contain_text("You are anna.")
    expect(steps.nth(1)).to_have_attribute("aria-current", "step")
    until(lambda: focused(window) == "Add sources")
    window.press("Enter")
    expect(pane(window)).to_be_visible()
    until(lambda: window.page.wait_for_timeout(50) or choosers)
    talk = {"name": "talk.txt", "mimeType": "text/plain", "buffer": TALK.encode()}
    choosers[0].set_files([talk])
    add = pane(window).get_by_role("button", name="Add 1 file")
    expect(add).to_be_enabled()
    add.focus()
    window.press("Enter")
    expect(steps.nth(1)).to_contain_text("1 source in the study.")
    expect(steps.nth(2)).to_contain_text("1 source of 1 names no programme.")
    steps.nth(2).get_by_role("button").focus()
    window.press("Enter")
    dialog = window.page.get_by_role("dialog", name="Programme and site")
    dialog.get_by_label("Programme").fill("Hill Side")
    window.press("Enter")
    expect(steps.nth(2)).to_contain_text("Every source names its programme.")
    steps.nth(4).get_by_role("button").focus()
    window.press("Enter")
    window.ready("talk")
    window.press("ArrowDown", "Enter")
    window.page.keyboard.type("workforce")
    window.press("Enter")
    window.saved()
    assert [row["key"] for row in codings(lab.root / name)] == ["talk"]
    window.press("Alt+1")
    expect(page_of(window, "The study")).to_contain_text("1")


def test_somebody_without_a_name_is_asked_for_it_once_and_goes_on(new_window, new_lab) -> None:
    lab = new_lab(coder="")
    window = new_window(lab, lab.root)
    window.page.goto(f"{lab.url}lab/workspaces/{window.workspace}?token={TOKEN}&reset")
    window.page.wait_for_function("window.jupyterapp?.commands.hasCommand('p3c:open')")
    window.page.evaluate("jupyterapp.commands.execute('p3c:open')")
    expect(page_of(window, "Studies")).to_contain_text("There is no study in this folder yet.")
    window.bench.get_by_label("Title").fill("Care at home")
    window.press("Enter")
    dialog = window.page.get_by_role("dialog", name="Who is working here?")
    name = dialog.get_by_label("Your name")
    name.fill("two words")
    window.press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("Write your name in one word")
    assert not (lab.root / "care_at_home").exists()
    name.fill("zora")
    window.press("Enter")
    expect(page_of(window, "First steps")).to_contain_text("You are zora.")
    with p3c.open_study(lab.root / "care_at_home", coder="zora") as study:
        assert set(study.log()["actor"]) == {"zora"}


def test_the_studies_of_the_server_are_listed_and_opened(opened, fresh) -> None:
    opened.bench.get_by_role("button", name="Other studies").click()
    card = page_of(opened, "Studies").get_by_role("button", name=fresh.name)
    expect(page_of(opened, "Studies").get_by_role("list")).to_be_visible()
    # the list is long in a folder of many tests
    while not card.count():
        page_of(opened, "Studies").get_by_role("button", name="more").click()
    expect(card).to_contain_text("0 sources")
    card.focus()
    opened.press("Enter")
    expect(opened.bench.locator(".p3c-title")).to_have_text("Nothing yet")
    expect(page_of(opened, "First steps")).to_be_visible()


# codebooks


def test_a_codebook_is_taken_in_and_one_with_faults_is_not(opened, folder) -> None:
    def take(text: str) -> None:
        opened.bench.get_by_label("File of the codebook").set_input_files(
            [{"name": "mine.yml", "mimeType": "text/yaml", "buffer": text.encode()}]
        )

    books = page_of(opened, "Codebooks")
    take(BOOK.replace("label: Hope", "label: Hope\n  - id: hope\n    label: Hope again"))
    expect(books.get_by_role("alert")).to_contain_text("mine.yml was not taken in")
    with p3c.open_study(folder) as study:
        assert "mine" not in set(study.codebooks()["codebook"])
    take(BOOK)
    expect(books).to_contain_text("The codebook mine came in with 1 code.")
    expect(books.get_by_role("list", name="Codebooks")).to_contain_text("My own")
    take(BOOK)
    expect(books).to_contain_text("is here already, just as it is in the file")


# what does not go well


def test_a_server_that_does_not_answer_is_said_and_asked_again(new_window, lab, folder) -> None:
    window = new_window(lab, folder)
    window.page.route("**/p3c/start?**", lambda route: route.abort())
    window.open()
    again = window.bench.get_by_role("button", name="Try again")
    expect(again).to_be_visible()
    window.page.unroute("**/p3c/start?**")
    again.click()
    expect(page_of(window, "What waits for me")).to_contain_text("Untouched (4 of 4)")
    expect(again).to_have_count(0)


def test_nothing_is_cut_off_in_a_window_of_320_points(opened) -> None:
    put(opened, ("a-name-without-any-space-that-is-longer-than-the-window-is-wide.txt", TALK))
    expect(pane(opened)).to_contain_text("4 turns")
    opened.bench.evaluate("root => root.parentElement.style.width = '320px'")
    over = """root => [...root.querySelectorAll('.p3c-start *')].filter(each => each.checkVisibility()
        && each.getBoundingClientRect().right > root.getBoundingClientRect().right + 1).length"""
    until(lambda: opened.bench.evaluate("root => root.clientWidth") <= 320)
    assert opened.bench.evaluate(over) == 0
    assert opened.bench.locator(".p3c-view-start").evaluate("e => e.scrollWidth <= e.clientWidth")
