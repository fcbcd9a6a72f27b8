"""An invented study of written programmes, to see how fast their reports are rendered."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from corpus import speak
from words import cumulative_weights, vocabulary

import p3c_qual as p3c
from p3c_qual.description import make_quote, write_section
from p3c_qual.shipped import shipped_path
from p3c_qual.sources.incoming import Incoming

if TYPE_CHECKING:
    from pathlib import Path

#: one programme as it is published, and how many there are of 14 interviews each
ALONE, ALONE_INTERVIEWS, INTERVIEWS = "programme_01", 13, 14
QUOTES = 83
PROGRAMMES = 5
TYPES = ("A", "B", "C", "D1", "D1", "D2", "D2", "D2", "E", "E", "F", "F", "F", "G")
#: whose section a code's quotations are written in
SECTIONS = {
    "service_delivery": "design_of_delivery",
    "leadership_governance": "leadership_governance",
    "workforce": "workforce",
    "technologies_medical_products": "technologies_medical_products",
    "information_research": "information_research",
    "financing": "financing",
    "implementation": "implementation.historical",
}
CODER = "ada"
#: words of a transcript
LENGTH = 1_500


def make_report_study(path: Path, programmes: int = PROGRAMMES) -> None:
    """Make a study of so many programmes, each with 83 quotations in seven written sections.

    Parameters
    ----------
    path : Path
        A folder that is not there yet.
    programmes : int
        The first has 13 interviews, the others 14.
    """
    rng = random.Random(1)
    study = p3c.new_study(path, title="Written", coder=CODER)
    study.load_codebook(shipped_path("codebooks/selfie.yml"))
    words, weights = vocabulary(rng), cumulative_weights()
    for number in range(1, programmes + 1):
        programme, people = f"programme_{number:02}", INTERVIEWS if number > 1 else ALONE_INTERVIEWS
        spoken, incoming = {}, []
        for person, kind in enumerate(TYPES[:people], 1):
            key = f"IP{person:02}_{number}"
            spoken[key] = speak(rng, words, weights, typographic=False, length=LENGTH)
            file = path.parent / f"{key}.txt"
            file.write_text(spoken[key].text, "utf-8", newline="\n")
            incoming.append(
                Incoming(
                    file=file,
                    id=key,
                    kind="interview",
                    country="Nowhere",
                    programme=programme,
                    interviewee=key,
                    stakeholder_type=kind,
                    language="en",
                )
            )
        study.add(incoming)
        _write(study, programme, spoken, rng)
    study.close()


def _write(study: p3c.Study, programme: str, spoken: dict[str, Any], rng: random.Random) -> None:
    written: dict[str, list[str]] = {code: [] for code in SECTIONS}
    keys, codes = sorted(spoken), list(SECTIONS)
    for number in range(QUOTES):
        source, code = keys[number % len(keys)], codes[number % len(codes)]
        # a sentence of its own for each quotation, never the interviewer's
        told = [each for each in spoken[source].sentences if each[2] % 2]
        start, end, _ = told[number // len(keys) * 3]
        study.code(source, start, end, code)
        chosen = rng.choice(("typical", "contrary", "telling"))
        row = make_quote(study, source, start, end, chosen_as=chosen, why="It says it.")
        written[code].append(
            f"So it is told here.\n\n![{source}](quote:{row.replace('-', '')[:8]})"
        )
    for code, texts in written.items():
        write_section(study, SECTIONS[code], "\n\n".join(texts), programme=programme)
