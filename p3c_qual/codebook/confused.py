"""The confused categories of a stored codebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from p3c_qual.codebook.confusion import Confused, Given, confusions
from p3c_qual.codebook.tree import read_tree
from p3c_qual.coding.wanted import MAIN
from p3c_qual.store import payloads
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    import pandas as pd
    from sqlalchemy import Connection

    from p3c_qual.opened import Opened

__all__ = ["stored_confusions", "stored_rules", "table_confusions"]


def stored_confusions(
    connection: Connection, codebook: str, *, round: str | None = None
) -> list[Confused]:
    """Find the confused pairs among the codings of a codebook (row id).

    Parameters
    ----------
    connection : Connection
    codebook : str
    round : str, optional
        Only this one; by default each round for itself.
    """
    coding, code, coder, src = (ROWS[name] for name in ("coding", "code", "coder", "source"))
    wanted = (
        select(
            src.c.key,
            coding.c.round,
            coding.c.start,
            coding.c.end,
            code.c.key,
            coder.c.key,
        )
        .join(code, code.c.id == coding.c.code)
        .join(coder, coder.c.id == coding.c.coder)
        .join(src, src.c.id == coding.c.source)
        # places in an earlier text of the source do not lie beside those in the present one
        .where(coding.c.text == src.c.text)
        .where(code.c.codebook == codebook, code.c.status.is_distinct_from("retired"))
    )
    if round is not None:
        wanted = wanted.where(coding.c.round == round)
    # only where two coders were can one be held against the other; mostly that is a sample
    several = (
        select(coding.c.source)
        .join(code, code.c.id == coding.c.code)
        .where(code.c.codebook == codebook)
        .group_by(coding.c.source)
        .having(func.count(coding.c.coder.distinct()) > 1)
    )
    found: list[Given] = []
    for run in payloads.chunks(list(connection.scalars(several)), 500):
        rows = connection.execute(wanted.where(coding.c.source.in_(run)))
        found += [Given(key, turn or MAIN, *rest) for key, turn, *rest in rows]
    return confusions(found)


def table_confusions(study: Opened, codebook: str, *, round: str | None = None) -> pd.DataFrame:
    """Tabulate which categories coders confused.

    Parameters
    ----------
    study : Study
    codebook : str
        Key or row id.
    round : str, optional
        Only this one; by default each round for itself.

    Returns
    -------
    DataFrame
        ``code_a``, ``code_b`` (keys), ``label_a``, ``label_b``, ``pairs`` (int, pairs of
        overlapping segments), ``characters`` (int, in which they overlap), ``ruled`` (bool,
        whether both have a coding rule), ``examples`` (list of dict with ``source``, ``start``,
        ``end``, ``coder_a``, ``coder_b``). The most frequent first.

    Raises
    ------
    P3CError
        If there is no such codebook.
    """
    import pandas as pd

    with study.store.read() as connection:
        tree = read_tree(connection, codebook)
        found = stored_confusions(connection, tree.codebook, round=round)
        rules = stored_rules(connection, tree.codebook)
    labels = {node.key: node.label for node in tree.nodes.values()}
    rows = [
        {
            "code_a": each.codes[0],
            "code_b": each.codes[1],
            "label_a": labels[each.codes[0]],
            "label_b": labels[each.codes[1]],
            "pairs": each.pairs,
            "characters": each.characters,
            "ruled": all(rules.get(code, "").strip() for code in each.codes),
            "examples": [
                dict(zip(("source", "start", "end", "coder_a", "coder_b"), place, strict=True))
                for place in each.examples
            ],
        }
        for each in found
    ]
    columns = ["code_a", "code_b", "label_a", "label_b", "pairs", "characters", "ruled", "examples"]
    frame = pd.DataFrame(rows, columns=columns)
    frame = frame.astype({"pairs": "int64", "characters": "int64", "ruled": "bool"})
    frame.attrs = {
        "unit": "pairs of overlapping segments of different coders",
        "round": round or "",
    }
    return frame


def stored_rules(connection: Connection, codebook: str) -> dict[str, str]:
    """Return the coding rules of a codebook (row id) by code."""
    code = ROWS["code"]
    wanted = select(code.c.key, code.c.rule).where(code.c.codebook == codebook)
    return {key: rule or "" for key, rule in connection.execute(wanted)}
