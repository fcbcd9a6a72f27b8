"""How well candidates are found: recall on passages that two readers have marked.

``make eval`` takes the example study alone; ``make eval CORPUS=DIR`` (or P3C_CORPUS=DIR) the public
texts as well. What the marks are, and who made them, is in the README beside this file.
"""

from __future__ import annotations

import csv
import os
import re
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

import p3c_qual as p3c
from p3c_qual.realist.candidates.finding import rank_candidates
from p3c_qual.sources.incoming import Incoming
from p3c_qual.store.payloads import hash_of

HERE = Path(__file__).parent
EXAMPLE = HERE.parents[1] / "data_raw"
HALVES = ("tuning", "held out")
DEPTHS = (10, 30)
# what a careful person without a parser would look for
CONNECTIVES = re.compile(
    r"\b(because|since|so|so that|therefore|thus|hence|consequently|due to|as a result"
    r"|that['’]s why|which means|leads? to|led to)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Passage:
    """A marked passage: what the two readers said of it, and what each way of ranking gives it."""

    corpus: str
    source: str
    start: int
    end: int
    sha256: str
    half: str
    one: str
    two: str
    scores: dict[str, float] = field(default_factory=dict)

    def triad(self, *, both: bool) -> bool:
        said = (self.one == "triad", self.two == "triad")
        return all(said) if both else any(said)


def read_marks(path: Path = HERE / "cmo_passages.csv") -> list[Passage]:
    with path.open(newline="", encoding="utf-8") as file:
        return [
            Passage(**{**row, "start": int(row["start"]), "end": int(row["end"])})
            for row in csv.DictReader(file)
        ]


def open_corpus(name: str, folder: Path, to: Path) -> p3c.Study | None:
    """Return a study of a corpus; None where its texts are not there."""
    file = folder / "p3c_paper.txt" if name == "paper" else folder / name / "sources.csv"
    if name != "example" and not file.is_file():
        return None
    study = p3c.new_study(to, title=name, coder="eval")
    if name == "example":
        study.load_protocols(EXAMPLE / "protocols.yml")
        study.add_manifest(EXAMPLE / "manifest.csv")
    elif name == "paper":
        study.add([Incoming(file=file, id="p3c_paper", kind="literature", language="en")])
    else:
        study.add_manifest(file)
    return study


def score(study: p3c.Study, marked: list[Passage]) -> list[str]:
    """Score the passages whose text is as it was marked; return the sources that are not."""
    known = {key: study.text(key) for key in study.sources()["source"]}
    other = {p.source for p in marked if hash_of(known.get(p.source, "")) != p.sha256}
    with study.store.read() as connection:
        ranked = rank_candidates(study, connection, top=None).found
    found = {(each.key, each.start, each.end): each.score for each in ranked}
    for each in marked:
        if each.source not in other:
            text = known[each.source][each.start : each.end]
            each.scores["candidates"] = found.get((each.source, each.start, each.end), 0.0)
            each.scores["connectives"] = len(CONNECTIVES.findall(text))
            each.scores["longest"] = len(text.split())
            each.scores["by lot"] = 0
    return sorted(other)


def hits_at(depth: int, scored: list[tuple[float, bool]]) -> float:
    """Return how many hits stand among the first; of equal scores it is drawn by lot who does."""
    hits, left = 0.0, depth
    ordered = sorted(scored, key=lambda each: -each[0])
    for _, tied in groupby(ordered, key=lambda each: each[0]):
        same = [hit for _, hit in tied]
        taken = min(left, len(same))
        hits += sum(same) * taken / len(same)
        left -= taken
    return hits


def kappa(pairs: list[tuple[object, object]]) -> float:
    """Return Cohen's kappa."""
    seen = sum(one == two for one, two in pairs) / len(pairs)
    ones, twos = Counter(one for one, _ in pairs), Counter(two for _, two in pairs)
    chance = sum(ones[each] * twos[each] for each in ones) / len(pairs) ** 2
    return (seen - chance) / (1 - chance)


def agreement(marks: list[Passage]) -> list[str]:
    classes = [(each.one, each.two) for each in marks]
    yes = [(one == "triad", two == "triad") for one, two in classes]
    return [
        f"{len(marks)} marked passages. Two readers, {what}: kappa {kappa(pairs):.2f}, "
        f"{sum(one == two for one, two in pairs) / len(pairs):.1%} alike."
        for what, pairs in (("triad, dyad or none", classes), ("triad or not", yes))
    ]


def table(marks: list[Passage]) -> list[str]:
    ways = list(marks[0].scores)
    head = ["half", "triad for", "corpus", "passages", "triads"]
    head += [f"{way} @{depth}" for depth in DEPTHS for way in ("most possible", *ways)]
    lines = [head, ["---"] * 3 + ["---:"] * (len(head) - 3)]
    corpora = [*dict.fromkeys(each.corpus for each in marks)]
    for half in HALVES:
        for both in (True, False):
            for corpus in [*corpora, "all"] if len(corpora) > 1 else corpora:
                some = [m for m in marks if m.half == half and corpus in ("all", m.corpus)]
                triads = sum(each.triad(both=both) for each in some)
                if some:
                    row = [half, "both" if both else "either", corpus, str(len(some)), str(triads)]
                    lines.append(row + _cells(some, ways, triads, both=both))
    return ["| " + " | ".join(line) + " |" for line in lines]


def _cells(some: list[Passage], ways: list[str], triads: int, *, both: bool) -> list[str]:
    cells = []
    for depth in DEPTHS:
        hits = [
            float(min(depth, triads)),
            *(hits_at(depth, [(p.scores[way], p.triad(both=both)) for p in some]) for way in ways),
        ]
        cells += [f"{each / triads:.2f}" if triads else "-" for each in hits]
    return cells


def main(corpus: str) -> None:
    marks = read_marks()
    print("\n".join(agreement(marks)))
    with tempfile.TemporaryDirectory(prefix="p3c-eval-") as folder:
        for name in dict.fromkeys(each.corpus for each in marks):
            marked = [each for each in marks if each.corpus == name]
            study = open_corpus(name, Path(corpus or folder), Path(folder) / f"study-{name}")
            if study is None:
                print(f"Left out: {name} ({len(marked)} passages); its texts are not in "
                      f"{corpus or 'a folder named by CORPUS=DIR'}.")  # fmt: skip
                continue
            with study:
                for source in score(study, marked):
                    print(f"Left out: {source} of {name}; its text is not the one marked.")
    print("\nRecall, that is, which part of the triads stands among the first 10 and 30:\n")
    print("\n".join(table([each for each in marks if each.scores])))


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("P3C_CORPUS", ""))
