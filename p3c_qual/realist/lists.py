"""The lists that come with the package: words, standards, the logic model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["read_lists"]


def read_lists(path: Path) -> Any:
    """Return what a YAML file of the package holds; it is ours and needs no checks of form.

    Parameters
    ----------
    path : Path
    """
    import yaml

    # the scanner in C takes a tenth of the time, and is not there everywhere
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 (both are safe)
