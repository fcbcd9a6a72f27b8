"""What changed between two versions of a codebook."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from p3c_qual.codebook.code import Code
    from p3c_qual.codebook.model import Codebook

__all__ = ["Change", "diff_codebooks"]


@dataclass(frozen=True)
class Change:
    """One difference between two codebooks.

    Attributes
    ----------
    kind : str
        ``added``, ``removed``, ``retired``, ``renamed`` (another label), ``moved`` (another
        parent), ``changed`` (another field) or ``reordered`` (siblings in another order).
    key : str
        The code, or the parent of those reordered; empty for the codebook itself.
    field : str
        The field that changed; empty for whole codes.
    before, after : object
        The values; for ``added`` and ``removed`` the code, for ``reordered`` the keys.
    """

    kind: str
    key: str
    field: str = ""
    before: Any = None
    after: Any = None

    def __str__(self) -> str:
        what = self.key or "codebook"
        if self.kind in ("added", "removed"):
            code = self.after or self.before
            return f"{what}: {self.kind} ({code.label})"
        if self.kind == "retired":
            return f"{what}: retired"
        if self.kind == "reordered":
            return f"{what}: order changed to {', '.join(self.after)}"
        told = "; ".join(_told(self.field, self.before, self.after))
        return f"{what}: {self.kind}, {told}"


def _told(place: str, before: Any, after: Any) -> Iterator[str]:
    """Say what differs, going down to the member of a list that changed."""
    lists = (
        isinstance(before, tuple)
        and isinstance(after, tuple)
        and all(is_dataclass(item) for item in (*before, *after))
    )
    if lists:
        old = {_name(item): item for item in before}
        new = {_name(item): item for item in after}
        yield from (f"{place} without {name!r}" for name in old if name not in new)
        yield from (f"{place} with {name!r}" for name in new if name not in old)
        both = [name for name in new if name in old and old[name] != new[name]]
        for name in both:
            yield from _told(f"{place} {name!r}", old[name], new[name])
        # the same members in another order, or one of them twice
        if not both and old.keys() == new.keys():
            yield f"{place} in another order"
    elif is_dataclass(before) and type(before) is type(after):
        for name in (field.name for field in fields(before)):
            if getattr(before, name) != getattr(after, name):
                yield from _told(f"{place} {name}", getattr(before, name), getattr(after, name))
    else:
        yield f"{place} from {_shown(before)} to {_shown(after)}"


def _name(item: Any) -> str:
    """Return what tells a member of a list from the others."""
    said = (getattr(item, name, None) for name in ("key", "quote", "label"))
    # an anchor whose words were erased is told by its place
    return str(next(filter(None, said), None) or f"{item.source}@{item.start}-{item.end}")


def _shown(value: Any) -> str:
    if value is None or value in ("", ()):
        return "nothing"
    if isinstance(value, tuple):
        return ", ".join(_shown(item) for item in value)
    return repr(_name(value)) if is_dataclass(value) else repr(value)


def diff_codebooks(old: Codebook, new: Codebook) -> list[Change]:
    """Compare two codebooks; codes are the same where their keys are.

    Parameters
    ----------
    old, new : Codebook
        Two versions.

    Returns
    -------
    list of Change
        First what concerns the codebook, then the codes in the order of the new one, then those
        that are gone. Empty exactly where the two are equal. Each prints as one line.

    Examples
    --------
    >>> from p3c_qual.codebook import Code, Codebook
    >>> old = Codebook("mini", "Mini", codes=(Code("a", "A"), Code("b", "B")))
    >>> new = Codebook("mini", "Mini", codes=(Code("a", "Alpha"), Code("c", "C", parent="a")))
    >>> for change in diff_codebooks(old, new):
    ...     print(change)
    a: renamed, label from 'A' to 'Alpha'
    c: added (C)
    b: removed (B)
    """
    changes = [
        Change("changed", "", name.name, getattr(old, name.name), getattr(new, name.name))
        for name in fields(old)
        if name.name != "codes" and getattr(old, name.name) != getattr(new, name.name)
    ]
    for code in new.codes:
        if code.key in old:
            changes.extend(_code_changes(old.code(code.key), code))
        else:
            changes.append(Change("added", code.key, after=code))
    changes.extend(
        Change("removed", code.key, before=code) for code in old.codes if code.key not in new
    )
    changes.extend(_new_orders(old, new))
    return changes


def _code_changes(old: Code, new: Code) -> Iterator[Change]:
    kinds = {"label": "renamed", "parent": "moved"}
    for name in fields(new):
        before, after = getattr(old, name.name), getattr(new, name.name)
        if before == after:
            continue
        kind = kinds.get(name.name, "changed")
        if name.name == "status" and after == "retired":
            kind = "retired"
        yield Change(kind, new.key, name.name, before, after)


def _new_orders(old: Codebook, new: Codebook) -> Iterator[Change]:
    """Compare the order of the siblings that both have; where a new one stands is told by it."""
    for parent in (None, *(code.key for code in new.codes)):
        before = [code.key for code in old.children(parent)]
        after = [code.key for code in new.children(parent)]
        both = set(before) & set(after)
        if [key for key in before if key in both] != [key for key in after if key in both]:
            yield Change("reordered", parent or "", "", tuple(before), tuple(after))
