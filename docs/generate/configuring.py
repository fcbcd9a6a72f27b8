"""The pictures of linking and of the Configure view, from the example study."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generate.window import go, panel, root

if TYPE_CHECKING:
    from collections.abc import Callable

    from p3c_qual.study import Study

__all__ = ["PICTURES", "places"]

#: a configuration that stands in one interview, one that is shown, a theory, a mechanism
_LINKED, _SHOWN, _THEORY, _MECHANISM = "vs_five_faces", "vs_phone", "named_person", "being_known"
_KEYS = {"context": "C", "resource": "R", "reasoning": "T", "outcome": "O"}


def places(study: Study) -> dict[str, str]:
    """Return addresses by what is there; words to link by the part they are."""
    from p3c_qual.realist.read import find_configuration, read_realist

    with study.store.read() as connection:
        one = find_configuration(connection, _LINKED)
        layer = read_realist(connection)
    keys = {row.key: row.id for row in layer.configurations.values()}
    theories = {row.key: row.id for row in layer.theories.values()}
    mechanisms = {row.key: row.id for row in layer.mechanisms.values()}
    source = _source(study, one.evidence[0].source)
    voiced = {each.element: each for each in reversed(one.evidence)}
    words = {
        each.role: f"code/{source}@{voiced[each.id].start}-{voiced[each.id].end}"
        for each in one.elements
        if each.role in _KEYS
        and each.id in voiced
        and voiced[each.id].source == one.evidence[0].source
    }
    return {
        **{f"link {role}": address for role, address in words.items()},
        "configuration": f"configure/{keys[_SHOWN]}",
        "theory": f"configure/theories@{theories[_THEORY]}",
        "mechanism": f"configure/patterns@{mechanisms[_MECHANISM]}",
    }


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
    page.keyboard.press("Shift+y")
    for _ in _KEYS:
        page.keyboard.press("Delete")
    return picture


def _configure(page: Any, places: dict[str, str]) -> bytes:
    return panel(page, places["configuration"], ".p3c-con-facts")


def _theories(page: Any, places: dict[str, str]) -> bytes:
    return panel(page, places["theory"], ".p3c-root h2")


def _patterns(page: Any, places: dict[str, str]) -> bytes:
    return panel(page, places["mechanism"], ".p3c-root h2")


#: by file, what draws it
PICTURES: dict[str, Callable[[Any, dict[str, str]], bytes]] = {
    "linking.png": _linking,
    "configure.png": _configure,
    "theories.png": _theories,
    "patterns.png": _patterns,
}
