"""The pictures of the Report view, from the example study."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generate.window import panel, root

if TYPE_CHECKING:
    from collections.abc import Callable

    from p3c_qual.study import Study

__all__ = ["PICTURES", "places"]

_PROGRAMME, _OTHER = "vennside", "tallowfield"
#: the section that is written, and the kinds of changes that are shown in a quote
_SECTION, _DONE = "workforce", {"omit", "mask"}
#: a name that is printed in the other programme's report
_NAME = "North"


def places(study: Study) -> dict[str, str]:
    """Leave a name undecided; returns addresses by what is there."""
    from p3c_qual.description import forget_name
    from p3c_qual.description.read import read_description

    forget_name(study, _NAME)
    with study.store.read() as connection:
        quotes = read_description(connection).quotes.values()
        sources = _of_programme(study)
    here = [each for each in quotes if each.source in sources]
    most = max(here, key=lambda each: len({edit.kind for edit in each.edits} & _DONE))
    return {"quote": most.key}


def _of_programme(study: Study) -> set[str]:
    """Return the row ids of the programme's sources."""
    from p3c_qual.coding.names import ids_by_key

    frame = study.sources()
    keys = set(frame.loc[frame["programme"] == _PROGRAMME, "source"])
    with study.store.read() as connection:
        return {row for key, row in ids_by_key(connection, "source").items() if key in keys}


def _shown(page: Any, address: str, wait: str, height: int = 0) -> bytes:
    """Return a picture of a panel, or of its upper part, without the frame of who is where."""
    panel(page, address, wait)
    page.evaluate("document.activeElement.blur()")
    if not height:
        return root(page)
    box = page.locator(".p3c-root").bounding_box()
    picture: bytes = page.screenshot(clip=box | {"height": height})
    return picture


def _write(page: Any, places: dict[str, str]) -> bytes:
    del places
    address = f"report/write@{_PROGRAMME}/{_SECTION}"
    return _shown(page, address, ".p3c-rep-items [role=row]")


def _forms(page: Any, places: dict[str, str]) -> bytes:
    del places
    return _shown(page, f"report/forms@{_PROGRAMME}", "[data-item=target_group]")


def _quotes(page: Any, places: dict[str, str]) -> bytes:
    return _shown(page, f"report/quotes@{_PROGRAMME}/{places['quote']}", ".p3c-rp-words")


def _facts(page: Any, places: dict[str, str]) -> bytes:
    del places
    return _shown(page, f"report/facts@{_OTHER}", "text=Pooled budget", 560)


def _checks(page: Any, places: dict[str, str]) -> bytes:
    del places
    return _shown(page, f"report/checks@{_OTHER}", ".p3c-rp-names", 610)


def _render(page: Any, places: dict[str, str]) -> bytes:
    del places
    panel(page, f"report/render@{_OTHER}", "[data-name='form pdf']")
    page.get_by_label("final", exact=True).check()
    return _shown(page, f"report/render@{_OTHER}", "text=It will be refused", 560)


#: by file, what draws it
PICTURES: dict[str, Callable[[Any, dict[str, str]], bytes]] = {
    "write.png": _write,
    "forms.png": _forms,
    "quotes.png": _quotes,
    "facts.png": _facts,
    "checks.png": _checks,
    "render.png": _render,
}
