"""Before and after as a figure: every scale from its lowest to its highest possible value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from p3c_qual.analysis import canvas, font
from p3c_qual.analysis.canvas import GREY, INK, LINE, Canvas, shorten
from p3c_qual.errors import P3CError, Problem
from p3c_qual.instruments.definition import DOMAINS
from p3c_qual.instruments.tables.change import table_change
from p3c_qual.instruments.tables.joint import signed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.figure import Figure

    from p3c_qual.study import Study

__all__ = ["plot_change"]

#: told apart by lightness and by form: an open ring before, a full dot after
_DOT = "#0072B2"
#: inches: the line of a scale, and what stands to its right
_WIDE, _SAID, _GAP = 3.4, 2.2, 0.42
_LONGEST = 46
_TAKE_IN = "Take in questionnaires (p3c measures responses) or figures of groups (p3c measures aggregates)."


def plot_change(
    study: Study,
    *,
    instrument: str | Sequence[str] = "",
    programme: str = "",
    site: str = "",
    by: str = "programme",
    before: str = "",
    after: str = "",
    domain: str = "",
    waves: str | Sequence[str] = "",
) -> Figure:
    """Draw what changed between two waves, tier by tier.

    Each line is a scale from its lowest to its highest possible value; a ring is the mean before,
    a dot the mean after, over those who were there both times. Figures of groups have no such
    limits and stand there in words. A tier of which nothing was measured says so.

    Parameters
    ----------
    study : Study
    instrument, programme, site, by, before, after, domain, waves : str or sequence of str
        As for `table_change`.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    P3CError
        As for `table_change`, or if nothing was measured in any tier.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> plot_change(study)
    Traceback (most recent call last):
        ...
    p3c_qual.errors.P3CError: there is nothing to draw: nothing was measured. Take in questionnaires (p3c measures responses) or figures of groups (p3c measures aggregates).
    """
    table = table_change(
        study,
        instrument=instrument,
        programme=programme,
        site=site,
        by=by,
        before=before,
        after=after,
        domain=domain,
        waves=waves,
    )
    held = table.astype(object).where(table.notna(), None).to_dict("records")
    if not any(row["measure"] for row in held):
        whom = site or programme
        what = f"there is nothing to draw: nothing was measured{f' in {whom}' if whom else ''}"
        raise P3CError(Problem(what, do=_TAKE_IN, code="empty"))
    lines = _lines([{str(name): value for name, value in row.items()} for row in held])
    left = max([1.4, *(font.width(name, bold=head) for name, _, head in lines)]) + 0.42
    said = [_said(row) for _, row, _ in lines if row]
    over = _GAP + max([_SAID, *(font.width(each) for each in said)]) + 0.1
    paper = Canvas(
        width=_WIDE,
        rows=max(len(lines), 1),
        left=left,
        overhang=over,
        keys=[
            ("mean before", {"facecolor": "white", "edgecolor": _DOT, "linewidth": 1.4}),
            ("mean after", {"facecolor": _DOT, "edgecolor": _DOT}),
        ],
        caption=canvas.caption({str(name): value for name, value in table.attrs.items()}),
    )
    for y, (name, row, head) in enumerate(lines):
        weight = "bold" if head else "normal"
        indent = 0 if head else font.INDENT
        paper.text(-left + indent, y + 0.53, name, ha="left", weight=weight)
        if row:
            _draw(paper, y + 0.5, row)
    return paper.figure


def _lines(rows: list[dict[str, Any]]) -> list[tuple[str, dict[str, Any] | None, bool]]:
    """Return a heading for each tier, and a line for each of its scales."""
    found: list[tuple[str, dict[str, Any] | None, bool]] = []
    for tier in DOMAINS.values():
        mine = [row for row in rows if row["domain"] == tier]
        if not mine:
            continue
        measured = [row for row in mine if row["measure"]]
        # a tier of which nothing was measured says so beside its name
        found.append((tier, None if measured else mine[0], True))
        several = len({(row["programme"], row["site"]) for row in measured}) > 1
        found += [(_name(row, several=several), row, False) for row in measured]
    return found


def _name(row: dict[str, Any], *, several: bool) -> str:
    measure = row["measure"]
    parts = [measure, row["scale"]] if row["scale"] != measure else [measure]
    if several:
        parts.append(row["site"] or row["programme"])
    return shorten(": ".join(filter(None, parts[:2])), _LONGEST) + (
        shorten(f", {parts[2]}", 24) if len(parts) > 2 and parts[2] else ""
    )


def _draw(paper: Canvas, y: float, row: dict[str, Any]) -> None:
    low, high = row["low"], row["high"]
    if low is not None and high is not None and _drawn(row):
        paper.text(-0.1, y + 0.03, f"{low:g}", ha="right", fontsize=6.5, color=GREY)
        paper.text(_WIDE + 0.1, y + 0.03, f"{high:g}", ha="left", fontsize=6.5, color=GREY)
        paper.axes.plot([0, _WIDE], [y, y], color=LINE, linewidth=1, zorder=1)
        at = {
            name: _WIDE * (row[name] - low) / (high - low)
            for name in ("value_before", "value_after")
            if row[name] is not None
        }
        if len(at) == 2:
            paper.axes.plot([*at.values()], [y, y], color=_DOT, linewidth=2.2, zorder=2)
        style: dict[str, Any] = {"marker": "o", "markeredgecolor": _DOT, "clip_on": False}
        if "value_before" in at:
            # a ring around the dot where both are the same
            ring = {**style, "markersize": 8, "markerfacecolor": "white", "markeredgewidth": 1.4}
            paper.axes.plot([at["value_before"]], [y], zorder=3, **ring)
        if "value_after" in at:
            dot = {**style, "markersize": 5, "markerfacecolor": _DOT}
            paper.axes.plot([at["value_after"]], [y], zorder=4, **dot)
    words = _said(row)
    known = low is not None and _drawn(row)
    paper.text(_WIDE + _GAP, y + 0.03, words, ha="left", color=INK if known else GREY)


def _drawn(row: dict[str, Any]) -> bool:
    """Say whether a mean is shown: not where scores cannot be compared as they are."""
    there = [row[name] is not None for name in ("value_before", "value_after")]
    return any(there) and (row["change"] is not None or not all(there))


def _said(row: dict[str, Any]) -> str:
    first, last = row["value_before"], row["value_after"]
    if first is None and last is None:
        return str(row["remark"])
    if first is None or last is None:
        value, n = (first, row["n_before"]) if last is None else (last, row["n_after"])
        people = "n not said" if n is None else f"n {n}"
        return f"{value:.1f} ({people}; {row['remark']})"
    unit = "" if row["unit"] == "points" else f" {row['unit']}"
    pairs = row["pairs"]
    who = "figures of groups" if pairs is None else f"{pairs} pair{'' if pairs == 1 else 's'}"
    moved = signed(row["change"]) if row["change"] is not None else str(row["remark"])
    if not _drawn(row):
        return f"{moved}; {who}"
    return f"{first:.1f} → {last:.1f}{unit} ({moved}; {who})"
