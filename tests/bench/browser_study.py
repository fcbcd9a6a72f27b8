"""The studies that are opened in the browser: long texts, many codings, 1,000 codes."""

from __future__ import annotations

import csv
import html
import random
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import product
from corpus import CODINGS, MANIFEST, codes, speak, write_codebook
from words import cumulative_weights, vocabulary

if TYPE_CHECKING:
    from pathlib import Path

    from corpus import Corpus

#: the code that the benchmark gives; nothing else has it, so that any sentence is free for it
GIVEN = "Zenith"
#: top codes, and codes below each: 1,000 together
TOPS, BELOW = 40, 24


@dataclass(frozen=True)
class Text:
    """One text that is opened.

    Attributes
    ----------
    key, label : str
    words : int
        How many are spoken.
    codings : int
    aim : float
        Seconds until it is usable, in a study of its own size.
    characters : int or None
        Where the text is cut off.
    longest : int
        Characters of the longest coding.
    large : bool
        Whether it also lies in the study of 100,000 codings.
    """

    key: str
    label: str
    words: int
    codings: int
    aim: float
    characters: int | None = None
    longest: int = 300
    large: bool = False


TEXTS = (
    Text("T1", "8,000 words, 100 codings", 8_000, 100, 0.35),
    Text("T2", "8,000 words, 1,000 codings", 8_000, 1_000, 0.40, large=True),
    Text("T3", "50,000 words, 1,000 codings", 50_000, 1_000, 0.75, large=True),
    Text(
        "T4", "600,000 characters, 2,000 overlapping", 125_000, 2_000, 1.5,
        characters=600_000, longest=2_500,
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Written:
    """A text as it was written, with the lines on which something is coded, from 1."""

    text: Text
    body: str
    coded: list[int]


def write_texts(folder: Path, *, seed: int) -> dict[str, Written]:
    """Write texts, manifests, codings and codebooks for all studies; return the texts by key."""
    rng = random.Random(seed)
    words, weights = vocabulary(rng), cumulative_weights()
    write_codebook(folder / "bench.yml")
    write_given(folder / "given.yml")
    write_thousand(folder / "thousand.yml", rng, words)
    written, rows = {}, {}
    for text in TEXTS:
        spoken = speak(rng, words, weights, typographic=True, length=text.words).text
        body = spoken[: text.characters]
        (folder / f"{text.key}.txt").write_text(body, "utf-8", newline="\n")
        (folder / f"{text.key}.html").write_text(static_page(body), "utf-8")
        rows[text.key] = spread(rng, body, text)
        lines = {
            line
            for start, end, _ in rows[text.key]
            for line in range(body.count("\n", 0, start) + 1, body.count("\n", 0, end - 1) + 2)
        }
        written[text.key] = Written(text, body, sorted(lines))
    for name, chosen in (
        ("small", list(TEXTS)),
        ("large", [text for text in TEXTS if text.large]),
        ("thousand", [TEXTS[0]]),
    ):
        write_tables(folder, name, chosen, rows)
    return written


def spread(rng: random.Random, body: str, text: Text) -> list[tuple[int, int, str]]:
    """Return codings as (start, end, code) anywhere in a text; a code never overlaps itself."""
    taken = defaultdict(list)
    found: list[tuple[int, int, str]] = []
    while len(found) < text.codings:
        start = rng.randrange(len(body) - text.longest)
        end, key = start + rng.randint(20, text.longest), rng.choice(codes())
        if all(end <= one or other <= start for one, other in taken[key]):
            taken[key].append((start, end))
            found.append((start, end, key))
    return sorted(found)


def write_tables(
    folder: Path, name: str, texts: list[Text], rows: dict[str, list[tuple[int, int, str]]]
) -> None:
    """Write the manifest and the codings of one study."""
    with (
        (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as manifest_file,
        (folder / f"{name}_codings.csv").open("w", encoding="utf-8", newline="") as codings_file,
    ):
        manifest = csv.DictWriter(manifest_file, MANIFEST, restval="")
        codings = csv.writer(codings_file)
        manifest.writeheader()
        codings.writerow(CODINGS)
        for text in texts:
            manifest.writerow(
                {
                    "file": f"{text.key}.txt", "id": text.key, "kind": "interview",
                    "country": "Nowhere", "programme": "programme_0", "site": "site_00",
                    "interviewee": text.key, "language": "en", "title": text.label,
                    "coded_by": product.ACTOR,
                }
            )  # fmt: skip
            for start, end, key in rows[text.key]:
                codings.writerow([text.key, start, end, key, product.ACTOR, "main", ""])


def static_page(body: str) -> str:
    """Return a text as a page of plain paragraphs."""
    paragraphs = "\n".join(f"<p>{html.escape(line)}</p>" for line in body.splitlines())
    return plain_page("body { font: 15px/1.6 sans-serif; max-width: 44rem }", paragraphs)


def plain_page(style: str, body: str) -> str:
    """Return a page without anything of the workbench, which notes when it was painted."""
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>floor</title>'
        f"<style>{style}</style>\n{body}\n"
        "<script>requestAnimationFrame(() => setTimeout(() => { painted = performance.now() }))"
        "</script></html>\n"
    )


def write_given(path: Path) -> None:
    """Write the codebook of the one code that the benchmark gives."""
    path.write_text(
        "format: 1\nkey: given\nlabel: Given\ncodes:\n"
        f"  - id: {GIVEN.lower()}\n    label: {GIVEN}\n    definition: What the benchmark gives.\n",
        "utf-8",
    )


def write_thousand(path: Path, rng: random.Random, words: list[str]) -> None:
    """Write a codebook of 1,000 codes with labels of three words."""
    lines = ["format: 1", "key: thousand", "label: Thousand", "codes:"]
    label = lambda: " ".join(rng.choices(words[:2_000], k=3))  # noqa: E731  (of no use elsewhere)
    for top in range(TOPS):
        lines += [f"  - id: top_{top}", f'    label: "{label()}"', "    codes:"]
        for below in range(BELOW):
            lines += [f"      - id: part_{below}", f'        label: "{label()}"']
    path.write_text("\n".join(lines) + "\n", "utf-8")


def build_study(folder: Path, name: str, to: Path, corpus: Corpus | None) -> int:
    """Make one of the studies, inside a large one where a corpus is given; return its codings."""
    study = product.new(to)
    product.load_codebook(study, folder / "bench.yml")
    product.load_codebook(study, folder / "given.yml")
    if name == "thousand":
        product.load_codebook(study, folder / "thousand.yml")
    if corpus:
        product.add_manifest(study, corpus.manifest)
        product.code_csv(study, corpus.codings_csv)
    product.add_manifest(study, folder / f"{name}.csv")
    product.code_csv(study, folder / f"{name}_codings.csv")
    return product.counts(study)[1]
