"""The workbench in a notebook's output."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from .conftest import TOKEN, Window, quotes


@pytest.fixture
def notebook(folder):
    """A notebook beside the study, with a cell that makes the widget."""
    cell = {
        "cell_type": "code",
        "id": "one",
        "execution_count": None,
        "metadata": {},
        "outputs": [],
        "source": "import p3c_qual as p3c\nstudy = p3c.open_study('.')\n"
        "p3c.CodingWidget(study, source='P1')",
    }
    text = {"cell_type": "markdown", "id": "two", "metadata": {}, "source": "Below"}
    spec = {"display_name": "Python 3", "language": "python", "name": "python3"}
    book = {
        "cells": [cell, text],
        "metadata": {"kernelspec": spec},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    path = folder / "work.ipynb"
    path.write_text(json.dumps(book), encoding="utf-8")
    return path


@pytest.fixture
def window(new_window, lab, folder, notebook) -> Window:
    """A window on the notebook, its first cell run."""
    window = new_window(lab, folder)
    window.page.goto(window.address.replace("study.yml", notebook.name))
    first = window.page.locator(".jp-Notebook:visible .jp-CodeCell")
    expect(first).to_be_visible(timeout=60_000)
    # without a kernel a cell that is run asks which one is meant
    expect(window.page.locator("#jp-main-statusbar")).to_contain_text("| Idle", timeout=90_000)
    first.locator(".cm-content").click()
    window.press("Control+Enter")
    expect(window.bench).to_be_visible(timeout=90_000)
    window.bench.locator(".p3c-text").scroll_into_view_if_needed()
    expect(window.bench.locator(".p3c-line-of-state b")).to_have_text("P1")
    return window


def cells(window: Window) -> list[tuple[str, str]]:
    """What the notebook holds: kind and text of each cell."""
    return [
        tuple(each)
        for each in window.page.evaluate(
            """[...document.querySelectorAll('.jp-Notebook:not(.lm-mod-hidden) .jp-Cell')].map(e => [
                e.classList.contains('jp-MarkdownCell') ? 'markdown' : 'code',
                e.querySelector('.cm-content')?.textContent ?? e.textContent])"""
        )
    ]


def test_keys_in_the_widget_code_and_leave_the_notebook_as_it_is(window, folder) -> None:
    before = cells(window)
    assert [kind for kind, _ in before] == ["code", "markdown"]
    window.click("It was slow")
    window.press("b", "m")
    dialog = window.page.locator(".p3c-dialog")
    expect(dialog).to_be_visible()
    window.page.keyboard.type("a b m dd x")
    # what was written is not lost by one key
    window.press("Escape")
    expect(dialog).to_contain_text("Escape again")
    window.press("Escape")
    expect(dialog).to_have_count(0)
    window.press("1", "d", "d", "a", "y", "Enter")
    window.pick("money")
    window.saved()
    window.press("Control+s", "z", "x")
    window.saved()
    assert cells(window) == before
    assert quotes(folder) == [("money", "It was slow.")]
    expect(window.chips).to_have_count(1)


def test_a_killed_kernel_leaves_coding_as_it_is(window, lab, folder) -> None:
    window.click("It was slow")
    window.press("Enter")
    window.pick("money")
    window.saved()
    stopped = window.page.evaluate(
        """async token => {
            const headers = { Authorization: `token ${token}` };
            const kernels = await (await fetch('/api/sessions', { headers })).json();
            const mine = kernels.filter(each => location.pathname.includes(each.path));
            const xsrf = document.cookie.match(/_xsrf=([^;]+)/)?.[1] ?? '';
            for (const each of mine)
                await fetch(`/api/sessions/${each.id}`,
                    { method: 'DELETE', headers: { ...headers, 'X-XSRFToken': xsrf } });
            return mine.length;
        }""",
        TOKEN,
    )
    assert stopped == 1
    window.click("The mayor")
    window.press("Enter")
    window.pick("place")
    window.saved()
    assert quotes(folder) == [
        ("money", "It was slow."),
        ("place", "The mayor paid for the coffee."),
    ]


def test_a_reload_of_the_notebook_brings_the_widget_back(window, folder) -> None:
    window.click("It was slow")
    window.press("Enter")
    window.pick("money")
    window.page.evaluate("jupyterapp.commands.execute('docmanager:save')")
    window.page.reload()
    expect(window.bench).to_be_visible(timeout=90_000)
    window.saved()
    expect(window.chips).to_have_count(1)
    window.click("The mayor")
    window.press("Enter")
    window.pick("place")
    window.saved()
    assert quotes(folder) == [
        ("money", "It was slow."),
        ("place", "The mayor paid for the coffee."),
    ]
