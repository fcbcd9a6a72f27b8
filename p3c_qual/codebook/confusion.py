"""Categories that coders confused: one code by one of them, another by another, at one place."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from p3c_qual.codebook.tree import read_tree
from p3c_qual.coding.reading import joined
from p3c_qual.coding.wanted import MAIN
from p3c_qual.errors import Problem
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd
    from sqlalchemy import Connection

    from p3c_qual.opened import Opened

__all__ = ["Confused", "Given", "confusions", "stored_confusions", "stored_rules", "table_confusions", "unruled"]

#: places that are shown of a pair
_EXAMPLES = 5


class Given(NamedTuple):
    """A code that a coder gave to a span, in one round."""

    source: str
    round: str
    start: int
    end: int
    code: str
    coder: str


@dataclass(frozen=True)
class Confused:
    """Two codes that coders gave where the other one gave the other.

    Attributes
    ----------
    codes : tuple of str
        In the order of their names.
    pairs : int
        Pairs of overlapping segments.
    characters : int
        Code points in which they overlap, each once.
    examples : tuple of (source, start, end, coder, coder)
        The first places; the coders in the order of the codes.
    """

    codes: tuple[str, str]
    pairs: int
    characters: int
    examples: tuple[tuple[str, int, int, str, str], ...]


def confusions(given: Iterable[Given]) -> list[Confused]:
    """Find the pairs of codes that coders confused, the most frequent first.

    Two codes are confused where different coders gave them to overlapping spans of one source in
    one round, and neither of the two gave the other's code there as well.

    Parameters
    ----------
    given : iterable of Given
        All of one codebook.

    Examples
    --------
    >>> made = [Given("P1", "main", 0, 9, "a", "anna"), Given("P1", "main", 5, 12, "b", "ben")]
    >>> [(each.codes, each.pairs, each.characters) for each in confusions(made)]
    [(('a', 'b'), 1, 4)]
    """
    texts: dict[tuple[str, str], list[Given]] = defaultdict(list)
    for each in given:
        texts[each.source, each.round].append(each)
    count: dict[tuple[str, str], int] = defaultdict(int)
    places: dict[tuple[str, str], dict[str, list[tuple[int, int]]]] = {}
    examples: dict[tuple[str, str], list[tuple[str, int, int, str, str]]] = defaultdict(list)
    for (source, _), rows in sorted(texts.items()):
        lanes: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
        for each in rows:
            lanes[each.coder, each.code].append((each.start, each.end))
        waiting: list[Given] = []
        for each in sorted(rows, key=lambda one: (one.start, one.end, one.code, one.coder)):
            waiting = [other for other in waiting if other.end > each.start]
            for other in waiting:
                if other.coder == each.coder or other.code == each.code:
                    continue
                start, end = each.start, min(each.end, other.end)
                if _lies(lanes.get((each.coder, other.code)), start, end) or _lies(
                    lanes.get((other.coder, each.code)), start, end
                ):
                    continue
                first, second = sorted((each, other), key=lambda one: one.code)
                pair = (first.code, second.code)
                count[pair] += 1
                places.setdefault(pair, defaultdict(list))[source].append((start, end))
                examples[pair].append((source, start, end, first.coder, second.coder))
            waiting.append(each)
    found = [
        Confused(
            pair,
            number,
            sum(end - start for some in places[pair].values() for start, end in joined(some)),
            tuple(examples[pair][:_EXAMPLES]),
        )
        for pair, number in count.items()
    ]
    return sorted(found, key=lambda each: (-each.pairs, -each.characters, each.codes))


def _lies(spans: list[tuple[int, int]] | None, start: int, end: int) -> bool:
    return any(left < end and start < right for left, right in spans or ())


def unruled(found: Iterable[Confused], rules: Mapping[str, str], where: str) -> list[Problem]:
    """Say which confused pairs have a code without a coding rule.

    Parameters
    ----------
    found : iterable of Confused
    rules : mapping of str to str
        The coding rule by code.
    where : str
        For the message.
    """
    problems = []
    for each in found:
        bare = [repr(code) for code in each.codes if not rules.get(code, "").strip()]
        if bare:
            first, second = each.codes
            noun = "passage" if each.pairs == 1 else "passages"
            have = "has" if len(bare) == 1 else "have"
            what = (
                f"coders gave {first!r} and {second!r} to the same {each.pairs} {noun}, and "
                f"{' and '.join(bare)} {have} no coding rule"
            )
            do = "Write a rule that tells the two apart."
            problems.append(Problem(what, where, do=do, code="confused"))
    return problems


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
    rows = connection.execute(wanted)
    return confusions(Given(key, turn or MAIN, *rest) for key, turn, *rest in rows)


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
