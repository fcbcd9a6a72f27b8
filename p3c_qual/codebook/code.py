"""A code: definition, anchor examples, coding rule, and the scale of an ordinal one."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["CODE_STATUSES", "KINDS", "LEVELS", "Anchor", "Code", "ScaleLevel"]

LEVELS = ("micro", "meso", "macro")
KINDS = ("nominal", "ordinal")
CODE_STATUSES = ("active", "proposed", "retired")


@dataclass(frozen=True)
class Anchor:
    """An anchor example: a passage that shows what a code means.

    Attributes
    ----------
    quote : str
        The passage, verbatim.
    source : str
        Key of the source it stands in; empty until it is linked.
    start, end : int or None
        Half-open range in code points over the stored text; None until it is linked.
    prototype : bool
        The clearest example of its code.
    invented : bool
        Written for the codebook, found in no material; it can have no source.
    """

    quote: str
    source: str = ""
    start: int | None = None
    end: int | None = None
    prototype: bool = False
    invented: bool = False

    @property
    def linked(self) -> bool:
        """Whether it names a span of a source."""
        return bool(self.source) and self.start is not None and self.end is not None


@dataclass(frozen=True)
class ScaleLevel:
    """One level of an ordinal code, with its own definition, anchors and rule.

    Attributes
    ----------
    value : int or None
        Its place in the order; None for "not ratable", which stands outside it.
    label, definition, rule : str
        As for a code.
    anchors : tuple of Anchor
        As for a code.
    """

    value: int | None
    label: str
    definition: str = ""
    rule: str = ""
    anchors: tuple[Anchor, ...] = ()


@dataclass(frozen=True)
class Code:
    """A code (category) with its definition, anchor examples and coding rule.

    Attributes
    ----------
    key : str
        Lower-case slug, unique in its codebook; a renamed or moved code keeps it.
    label : str
        What people read.
    definition : str
        What belongs to it.
    rule : str
        The coding rule: how it is told from its neighbours.
    level : str
        ``micro``, ``meso``, ``macro`` or empty.
    parent : str or None
        Key of the code above it.
    anchors : tuple of Anchor
        Anchor examples.
    status : str
        ``active``, ``proposed`` or ``retired``.
    kind : str
        ``nominal``: given or not; ``ordinal``: rated on `levels`.
    levels : tuple of ScaleLevel
        The scale of an ordinal code, lowest value first.
    not_ratable : ScaleLevel or None
        What is given where a passage cannot be rated; never part of the order.
    source : str
        Where the code comes from.
    in_framework : bool
        False for a code that stands beside the framework its codebook follows.
    crosswalk : tuple of str
        Codes of other codebooks that mean the same or nearly so, as ``codebook:key``.
    merged_into : str or None
        For a retired code, the key of the code that took its place.
    """

    key: str
    label: str
    definition: str = ""
    rule: str = ""
    level: str = ""
    parent: str | None = None
    anchors: tuple[Anchor, ...] = ()
    status: str = "active"
    kind: str = "nominal"
    levels: tuple[ScaleLevel, ...] = ()
    not_ratable: ScaleLevel | None = None
    source: str = ""
    in_framework: bool = True
    crosswalk: tuple[str, ...] = ()
    merged_into: str | None = None
