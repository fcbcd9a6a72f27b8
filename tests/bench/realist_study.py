"""A large invented study of configurations, to see how fast they are shown and counted."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from corpus import speak
from words import cumulative_weights, vocabulary

import p3c_qual as p3c
from p3c_qual.coding.coders import coder_id
from p3c_qual.realist.vocabulary import LEVELS, ROLES, terms
from p3c_qual.shipped import shipped_path
from p3c_qual.sources.incoming import Incoming

if TYPE_CHECKING:
    from pathlib import Path

    from p3c_qual.store.act import Act

CONFIGURATIONS, PASSAGES = 500, 3_000
PROGRAMMES, SOURCES, THEORIES, MECHANISMS, REGULARITIES = 4, 120, 12, 30, 20
TYPES = ("A", "B", "C", "D1", "D2", "E", "F", "G")
#: who made it
CODER = "ada"
#: words of a transcript
LENGTH = 1_500


def make_realist_study(
    path: Path, configurations: int = CONFIGURATIONS, evidence: int = PASSAGES
) -> p3c.Study:
    """Make a study with so many configurations and passages that speak for or against them.

    Parameters
    ----------
    path : Path
        A folder that is not there yet.
    configurations, evidence : int

    Returns
    -------
    Study
        Open; the same for the same numbers. Three in four configurations are triads, one in five
        passages speaks against, one in thirty says that something was not there, every third
        configuration is chained to the next, and half of the sources are worked through.
    """
    rng = random.Random(1)
    study = p3c.new_study(path, title="Large", coder=CODER)
    study.load_codebook(shipped_path("codebooks/selfie.yml"))
    texts = _add_sources(study, path, rng)
    codes = [None, *_ids(study, "code")]
    with study.act("configurations") as act:
        words = vocabulary(rng)[:600]
        mine = {"coder": coder_id(act, CODER, "")}

        def said(length: int) -> str:
            return " ".join(rng.choices(words, k=length))

        programmes = _ids(study, "programme")
        theories = act.insert(
            "theory",
            [
                {
                    "key": f"t{number}",
                    "label": said(4),
                    "if_": said(10),
                    "then_": said(8),
                    "because": said(12),
                    "level": "programme",
                    "status": "testing",
                    "programme": programmes[number % len(programmes)],
                }
                for number in range(1, THEORIES + 1)
            ],
        )
        mechanisms = act.insert(
            "mechanism",
            [
                {"key": f"m{number}", "label": said(3), "definition": said(12)}
                for number in range(1, MECHANISMS + 1)
            ],
        )
        made = act.insert(
            "configuration",
            [
                {
                    "key": f"c{number}",
                    "label": said(5),
                    "programme": programmes[number % len(programmes)],
                    "theory": rng.choice(theories),
                    "mechanism": rng.choice(mechanisms),
                    "activation": rng.choice(list(terms("activation"))),
                    "relevance": said(12) if number % 3 == 0 else None,
                    **mine,
                }
                for number in range(1, configurations + 1)
            ],
        )
        roles: list[dict[str, Any]] = []
        for number, name in enumerate(made):
            left_out = ("", "", "", rng.choice(list(ROLES)[:4]))[number % 4]
            wanted = [role for role in list(ROLES)[:4] if role != left_out]
            wanted += ["actor"] if number % 5 == 0 else []
            roles += [
                {
                    "configuration": name,
                    "role": role,
                    "position": place,
                    "text": said(7) if rng.random() < 0.7 else None,
                    "code": rng.choice(codes),
                    "level": rng.choice(list(LEVELS)) if role == "context" else None,
                    "layer": rng.choice(list(terms("context_layer")))
                    if role == "context"
                    else None,
                    "direction": rng.choice(list(terms("direction")))
                    if role == "outcome"
                    else None,
                }
                for place, role in enumerate(wanted)
            ]
        elements = act.insert("element", roles)
        of = list(zip(elements, roles, strict=True))
        rows = []
        for number in range(evidence):
            # every element has a voice before any has a second
            element, role = of[number] if number < len(of) else rng.choice(of)
            source, text, body, sentences = rng.choice(texts)
            start, end, _ = rng.choice(sentences)
            rows.append(
                {
                    "configuration": role["configuration"],
                    "element": element,
                    "source": source,
                    "text": text,
                    "start": start,
                    "end": end,
                    "quote": body[start:end],
                    "role": rng.choices(list(terms("evidence_role")), (7, 1, 1, 1))[0],
                    "directness": rng.choice([None, *terms("directness")]),
                    "elicited": rng.choice([None, *terms("elicited")]),
                    "absent": rng.random() < 1 / 30,
                    **mine,
                }
            )
        act.insert("evidence", rows)
        worked = [{"source": source, "done": True, **mine} for source, *_ in texts[::2]]
        act.insert("reading", worked)
        _link(act, rng, made, of, mechanisms)
    return study


def _link(
    act: Act,
    rng: random.Random,
    made: list[str],
    of: list[tuple[str, dict[str, Any]]],
    mechanisms: list[str],
) -> None:
    outcomes, contexts = (
        {row["configuration"]: name for name, row in of if row["role"] == role}
        for role in ("outcome", "context")
    )
    links = [
        {
            "relation": "outcome_becomes_context",
            "configuration": one,
            "other": other,
            "outcome": outcomes[one],
            "context": contexts[other],
        }
        for one, other in zip(made[::3], made[1::3], strict=False)
        if one in outcomes and other in contexts
    ]
    links += [
        {"relation": "part_of", "configuration": one, "other": other}
        for one, other in zip(made[2::12], made[::12], strict=False)
    ]
    act.insert("link", links)
    patterns = act.insert(
        "regularity",
        [
            {"key": f"r{number}", "label": f"pattern {number}", "mechanism": rng.choice(mechanisms)}
            for number in range(1, REGULARITIES + 1)
        ],
    )
    act.insert(
        "instance",
        [
            {
                "regularity": pattern,
                "configuration": one,
                "role": rng.choice(("supports", "supports", "contradicts")),
            }
            for pattern in patterns
            for one in rng.sample(made, min(6, len(made)))
        ],
    )


def _add_sources(
    study: p3c.Study, path: Path, rng: random.Random
) -> list[tuple[str, str, str, list[tuple[int, int, int]]]]:
    words, weights = vocabulary(rng), cumulative_weights()
    spoken, incoming = {}, []
    for number in range(1, SOURCES + 1):
        key = f"IP{number:03}"
        made = speak(rng, words, weights, typographic=False, length=LENGTH)
        spoken[key] = made
        file = path.parent / f"{key}.txt"
        file.write_text(made.text, "utf-8", newline="\n")
        incoming.append(
            Incoming(
                file=file,
                id=key,
                programme=f"programme_{number % PROGRAMMES + 1}",
                interviewee=key,
                stakeholder_type=rng.choice(TYPES),
                kind="interview" if number % 6 else "document",
                language="en",
            )
        )
    study.add(incoming)
    with study.store.read() as connection:
        from p3c_qual.analysis.known import read_sources

        known = {each.key: each for each in read_sources(connection).values()}
    return [
        (known[key].id, str(known[key].text), made.text, made.sentences)
        for key, made in spoken.items()
    ]


def _ids(study: p3c.Study, table: str) -> list[str]:
    from p3c_qual.coding.names import ids_by_key

    with study.store.read() as connection:
        return list(ids_by_key(connection, table).values())
