"""A large invented study: transcripts, manifest, codebook and codings, the same for a seed."""

from __future__ import annotations

import csv
import json
import random
import shutil
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from words import cumulative_weights, vocabulary

#: raised whenever another corpus would come out of the same seed
VERSION = 1
SITES, PROGRAMMES = 14, 4
MAINS, BELOW = 6, 9
CODERS = ("ada", "ben")
WORDS = 8_000
MANIFEST = (
    "file", "id", "kind", "completeness", "country", "programme", "site", "interviewee",
    "stakeholder_type", "role", "date", "language", "title", "coded_by",
)  # fmt: skip
CODINGS = ("source", "start", "end", "code", "coder", "round", "quote")
#: of 100,000 codings
COMMONEST = 13_800


@dataclass(frozen=True)
class Corpus:
    """Where the invented study lies, and what is asked of it."""

    folder: str
    sources: int
    codings: int
    characters: int
    commonest: str
    word: str
    substring: str
    regex: str

    @property
    def manifest(self) -> Path:
        return Path(self.folder) / "manifest.csv"

    @property
    def codings_csv(self) -> Path:
        return Path(self.folder) / "codings.csv"

    @property
    def codebook(self) -> Path:
        return Path(self.folder) / "bench.yml"


@dataclass(frozen=True)
class Transcript:
    """A text with its sentences as (start, end, turn)."""

    text: str
    sentences: list[tuple[int, int, int]]


def codes() -> list[str]:
    """Return the keys of the 60 codes, each main code before the ones below it."""
    keys = []
    for main in range(1, MAINS + 1):
        keys.append(f"theme_{main}")
        keys += [f"theme_{main}.part_{below}" for below in range(1, BELOW + 1)]
    return keys


def get_corpus(*, seed: int = 1, sources: int = 1_000) -> Corpus:
    """Return the corpus of a seed from the cache, or make it."""
    folder = Path(tempfile.gettempdir()) / f"p3c-bench-{VERSION}-{seed}-{sources}"
    about = folder / "corpus.json"
    if not about.is_file():
        shutil.rmtree(folder, ignore_errors=True)
        making = Path(tempfile.mkdtemp(prefix="p3c-bench-making-"))
        try:
            write_corpus(making, seed=seed, sources=sources)
            # a half-written corpus is never taken for a whole one
            making.rename(folder)
        finally:
            shutil.rmtree(making, ignore_errors=True)
    return Corpus(folder=str(folder), **json.loads(about.read_text("utf-8")))


def write_corpus(folder: Path, *, seed: int, sources: int) -> None:
    """Write a study of that many transcripts, with 100 codings a transcript."""
    rng = random.Random(seed)
    words, weights = vocabulary(rng), cumulative_weights()
    keys = [f"IP{number:04}" for number in range(1, sources + 1)]
    dealt = deal_codes(rng, total=100 * sources)
    characters = total = 0
    write_codebook(folder / "bench.yml")
    with (
        (folder / "manifest.csv").open("w", encoding="utf-8", newline="") as manifest_file,
        (folder / "codings.csv").open("w", encoding="utf-8", newline="") as codings_file,
    ):
        manifest, codings = csv.writer(manifest_file), csv.writer(codings_file)
        manifest.writerow(MANIFEST)
        codings.writerow(CODINGS)
        for number, key in enumerate(keys):
            transcript = speak(rng, words, weights, typographic=number % 3 == 0)
            (folder / f"{key}.txt").write_text(transcript.text, "utf-8", newline="\n")
            characters += len(transcript.text)
            site, main_coder = number % SITES, rng.choice(CODERS)
            manifest.writerow([
                f"{key}.txt", key, "interview", "full", "Nowhere",
                f"programme_{site % PROGRAMMES + 1}", f"site_{site + 1:02}", key,
                rng.choice(["A", "B", "C", "D1", "D2", "E", "F", "G"]), "interviewee",
                f"2023-{rng.randrange(1, 13):02}", "en", f"Interview {key}", main_coder,
            ])  # fmt: skip
            for row in code(rng, transcript, dealt[number::sources], main_coder):
                codings.writerow([key, *row])
                total += 1
    asked = {
        "word": words[400],
        "substring": words[7_000][1:],
        "regex": rf"\b{words[900]}\W+(?:\w+\W+){{0,2}}{words[150]}\b",
    }
    about = Corpus(
        str(folder), sources, total, characters, max(set(dealt), key=dealt.count), **asked
    )
    known = {name: value for name, value in asdict(about).items() if name != "folder"}
    (folder / "corpus.json").write_text(json.dumps(known), "utf-8")


def speak(
    rng: random.Random,
    words: list[str],
    weights: list[float],
    *,
    typographic: bool,
    length: int = WORDS,
) -> Transcript:
    """Return a conversation of so many words in turns of an interviewer and a respondent."""
    spoken = rng.choices(words, cum_weights=weights, k=length)
    pieces: list[str] = []
    sentences: list[tuple[int, int, int]] = []
    at = used = turn = 0
    while used < length:
        label, longest = ("I: ", 2) if turn % 2 == 0 else ("R: ", 12)
        pieces.append(label)
        at += len(label)
        for position in range(rng.randint(1, longest)):
            said = spoken[used : used + rng.randint(4, 24)]
            if not said:
                break
            used += len(said)
            sentence = " ".join(said)
            sentence = sentence[0].upper() + sentence[1:] + ("?" if turn % 2 == 0 else ".")
            if typographic and position % 4 == 3:
                sentence = f"\u201cwell\u201d \u2013 it\u2019s {sentence}"
            sentences.append((at, at + len(sentence), turn))
            pieces += [sentence, " "]
            at += len(sentence) + 1
        pieces[-1] = "\n"
        turn += 1
    return Transcript("".join(pieces), sentences)


def deal_codes(rng: random.Random, *, total: int) -> list[str]:
    """Return a code for each coding: one far commoner than the others, none without any."""
    below = [key for key in codes() if "." in key]
    first, others = below[4], [key for key in codes() if key != below[4]]
    rng.shuffle(others)
    most = COMMONEST * total // 100_000
    dealt = [first] * most + others
    shares = [1 / (rank + 6) for rank in range(len(others))]
    dealt += rng.choices(others, shares, k=total - len(dealt))
    rng.shuffle(dealt)
    return dealt


def code(
    rng: random.Random, transcript: Transcript, dealt: list[str], main_coder: str
) -> list[tuple[int, int, str, str, str, str]]:
    """Return codings as (start, end, code, coder, round, quote).

    The main coder's come first, since a study takes the first coder it meets for the main one.
    One source in five has a second coder, in the same round or in a second one. Within a round
    the same code by the same coder never covers a character twice.
    """
    second = next(coder for coder in CODERS if coder != main_coder)
    other = rng.choices((None, (second, "main"), (second, "second")), (8, 1, 1))[0]
    taken: set[tuple[str, str, str, int]] = set()
    rows = []
    for key in dealt:
        coder, round_ = other if other and rng.random() < 0.4 else (main_coder, "main")
        while True:
            first = rng.randrange(len(transcript.sentences))
            start, end, turn = transcript.sentences[first]
            last = first
            for _ in range(rng.choice((0, 0, 0, 1, 2))):
                if (
                    last + 1 < len(transcript.sentences)
                    and transcript.sentences[last + 1][2] == turn
                ):
                    last += 1
                    end = transcript.sentences[last][1]
            marks = {(key, coder, round_, number) for number in range(first, last + 1)}
            if not marks & taken:
                break
        taken |= marks
        later = transcript.text.find(" ", start, end - 1) + 1
        if later and rng.random() < 0.3:
            # not every passage begins with its sentence
            start = later
        rows.append((start, end, key, coder, round_, transcript.text[start:end]))
    return sorted(rows, key=lambda row: (row[3] != main_coder, row[:3]))


def write_codebook(path: Path) -> None:
    """Write the 60 codes in the format of codebooks/README.md."""
    lines = ["format: 1", "key: bench", "label: Benchmark", 'version: "1"', "codes:"]
    for key in codes():
        indent = "      " if "." in key else "  "
        if key.endswith("part_1"):
            lines.append("    codes:")
        lines.append(f"{indent}- id: {key.rpartition('.')[2]}")
        lines.append(f"{indent}  label: {key.replace('_', ' ').replace('.', ', ')}")
    path.write_text("\n".join(lines) + "\n", "utf-8")
