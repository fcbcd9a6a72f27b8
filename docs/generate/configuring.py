"""The pictures of linking and of the Configure view, from the example study."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generate.window import go, panel, root

if TYPE_CHECKING:
    from collections.abc import Callable

    from p3c_qual.realist.model import Configuration, Evidence
    from p3c_qual.study import Study

__all__ = ["PICTURES", "places"]

#: a configuration, a theory and a mechanism that are shown
_SHOWN, _THEORY, _MECHANISM = "vs_phone", "named_person", "being_known"
_KEYS = {"context": "C", "resource": "R", "reasoning": "T", "outcome": "O"}


def places(study: Study) -> dict[str, str]:
    """Return addresses by what is there; words to link by the part they are."""
    from p3c_qual.realist.read import read_realist

    with study.store.read() as connection:
        layer = read_realist(connection)
    keys = {row.key: row.id for row in layer.configurations.values()}
    theories = {row.key: row.id for row in layer.theories.values()}
    mechanisms = {row.key: row.id for row in layer.mechanisms.values()}
    words = next(found for row in layer.standing if len(found := _words(row)) == len(_KEYS))
    return {
        **{
            f"link {role}": f"code/{_source(study, each.source)}@{each.start}-{each.end}"
            for role, each in words.items()
        },
        "configuration": f"configure/{keys[_SHOWN]}",
        "theory": f"configure/theories@{theories[_THEORY]}",
        "mechanism": f"configure/patterns@{mechanisms[_MECHANISM]}",
    }


def _words(one: Configuration) -> dict[str, Evidence]:
    """Return a passage for each part, all of the source in which the outcome was heard."""
    outcomes = {part.id for part in one.of_role("outcome")}
    source = next((each.source for each in one.evidence if each.element in outcomes), "")
    voiced = {
        each.element: each
        for each in one.evidence
        if each.source == source and each.role == "supports" and not each.absent
    }
    parts = [part for part in one.elements if part.role in _KEYS and part.id in voiced]
    return {part.role: voiced[part.id] for part in parts}


def _source(study: Study, row: str) -> str:
    from p3c_qual.coding.names import ids_by_key

    with study.store.read() as connection:
        return next(key for key, one in ids_by_key(connection, "source").items() if one == row)


def _linking(page: Any, places: dict[str, str]) -> bytes:
    for role, key in _KEYS.items():
        if address := places.get(f"link {role}"):
            go(page, address)
            page.locator(".p3c-text").focus()
            page.keyboard.press(f"Shift+{key}")
            page.wait_for_timeout(500)
    picture = root(page)
    page.locator("[data-tray=clear]").click()
    # the note that offers to put them back
    page.get_by_label("Close this message").click()
    return picture


def _configure(page: Any, places: dict[str, str]) -> bytes:
    return panel(page, places["configuration"], ".p3c-con-facts")


def _theories(page: Any, places: dict[str, str]) -> bytes:
    return panel(page, places["theory"], "text=configurations test it")


def _patterns(page: Any, places: dict[str, str]) -> bytes:
    return panel(page, places["mechanism"], "text=Being known by one person")


#: by file, what draws it
PICTURES: dict[str, Callable[[Any, dict[str, str]], bytes]] = {
    "linking.png": _linking,
    "configure.png": _configure,
    "theories.png": _theories,
    "patterns.png": _patterns,
}
