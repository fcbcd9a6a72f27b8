"""Reporting and quality standards, filled in as far as a study holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from p3c_qual.standards.checklist import table_checklist
    from p3c_qual.standards.items import appraise, read_standards, table_standards

__all__ = ["appraise", "read_standards", "table_checklist", "table_standards"]

# imported when first used, as everywhere in the package
_LATER = {
    "appraise": "items",
    "read_standards": "items",
    "table_checklist": "checklist",
    "table_standards": "items",
}


def __getattr__(name: str) -> Any:
    if name in _LATER:
        import importlib

        return getattr(importlib.import_module(f".{_LATER[name]}", __name__), name)
    msg = f"module 'p3c_qual.standards' has no attribute {name!r}"
    raise AttributeError(msg)
