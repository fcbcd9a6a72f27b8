"""What speaks against the configurations and the theories, passage by passage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from p3c_qual.realist.judging.profile import AGAINST
from p3c_qual.realist.judging.sentence import words_of
from p3c_qual.realist.outputs.held import by_key, of_words, read_held
from p3c_qual.realist.outputs.quoted import stance_of
from p3c_qual.realist.vocabulary import ROLES, label_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from p3c_qual.realist.model import Configuration, Evidence
    from p3c_qual.realist.outputs.held import Held
    from p3c_qual.study import Study

__all__ = ["HEADINGS", "table_disconfirming"]

HEADINGS = {
    "of": "Of a",
    "key": "Claim",
    "label": "Label",
    "theory": "Theory",
    "stance": "What it does",
    "element": "On",
    "source": "Source",
    "start": "Start",
    "end": "End",
    "place": "Place",
    "quote": "Quote",
    "who": "Who",
    "stakeholder_types": "Stakeholder types",
    "programme": "Programme",
    "elicited": "Elicited",
    "directness": "Directness",
    "remark": "Remark",
    "open": "Open",
    "resolution": "What was decided",
    "coder": "Coder",
}


def table_disconfirming(
    study: Study,
    *,
    programme: str | Sequence[str] = "",
    theory: str = "",
    mechanism: str = "",
) -> pd.DataFrame:
    """List the passages that speak against a configuration that stands, or against a theory.

    Parameters
    ----------
    study : Study
    programme : str or sequence of str
        Keys or row ids, as text with commas between them; only configurations of any of them.
    theory, mechanism : str
        Keys or row ids; only configurations of them. Passages on a theory as a whole are listed
        where that theory is asked for, or nothing is.

    Returns
    -------
    DataFrame
        One row a passage that contradicts, offers a rival explanation, or says that an element
        was not there: ``of`` (``configuration`` or ``theory``), ``key``, ``label``, ``theory``
        (key of the one tested), ``stance``, ``element`` (what it is said of), ``source`` (key),
        ``start``, ``end`` (int), ``place`` (``source:start-end``), ``quote``, ``who``,
        ``stakeholder_types``, ``programme``, ``elicited``, ``directness``, ``remark`` (str),
        ``open`` (bool: it contradicts or is a rival, and nothing was decided), ``resolution``,
        ``coder`` (str). ``attrs``: ``caption``, ``unit``, ``denominators``, ``notes``,
        ``notices``.

    Raises
    ------
    P3CError
        If the programme, the theory or the mechanism is unknown.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> table_disconfirming(study).attrs["denominators"]["passages that speak against"]
    0
    """
    import pandas as pd

    with study.store.read() as connection:
        held = read_held(study, connection)
        chosen = held.pick(programme=programme, theory=theory, mechanism=mechanism)
        some = [(each, item) for each in chosen for item in each.evidence if _counts(item)]
        named = held.named("theory", theory)
        whole = not (programme or mechanism)
        loose = [
            item
            for item in held.realist.loose
            if _counts(item) and (item.theory == named if named else whole)
        ]
        notices = held.notices(connection, [*(item for _, item in some), *loose])
    rows = [_of_configuration(held, each, item) for each, item in some]
    rows += sorted(
        (_of_theory(held, item) for item in loose if item.theory in held.realist.theories),
        key=lambda row: (by_key(row["key"]), by_key(row["source"]), row["start"]),
    )
    frame = pd.DataFrame(rows, columns=list(HEADINGS))
    frame = frame.astype({"start": "int64", "end": "int64", "open": "bool"})
    touched = {each.id for each, _ in some}
    theories = held.realist.theories
    title = " ".join(["Evidence that speaks against", *of_words(programme, theory, mechanism)])
    frame.attrs = {
        "title": title,
        "caption": title,
        "unit": "passages of evidence, each on one claim or one of its elements",
        "denominators": {
            "passages that speak against": len(rows),
            "open": sum(bool(row["open"]) for row in rows),
            "configurations with some": len(touched),
            "configurations": len(chosen),
            "theories": len(theories),
        },
        "headings": dict(HEADINGS),
        "shown": [
            *("key", "theory", "stance", "element", "place", "quote", "who", "programme"),
            *("directness", "open"),
        ],
        "beneath": {
            "key": "label",
            "who": "stakeholder_types",
            "directness": "elicited",
        },
        "under": ["resolution", "remark"],
        "anchor": "key",
        "notes": [
            (
                "Said to be absent: the passage says that this was not there. Where nobody was asked, "
                "or nobody spoke of it, nothing is absent: see the searches for negative cases."
            ),
            *_untouched(chosen, touched),
            *held.not_standing(),
        ],
        "notices": notices,
    }
    return frame


def _counts(evidence: Evidence) -> bool:
    return evidence.role in AGAINST or evidence.absent


def _untouched(chosen: list[Configuration], touched: set[str]) -> list[str]:
    keys = [each.key for each in chosen if each.id not in touched]
    return [f"Nothing is noted against: {', '.join(keys)}."] if keys else []


def _of_configuration(held: Held, each: Configuration, item: Evidence) -> dict[str, Any]:
    part = held.element(each, item.element)
    said = ": ".join(filter(None, (ROLES[part.role], words_of(part, each)))) if part else ""
    return {
        "of": "configuration",
        "key": each.key,
        "label": each.label,
        "theory": held.theory_of(each),
        "element": said or "the configuration as a whole",
        **_passage(held, item),
    }


def _of_theory(held: Held, item: Evidence) -> dict[str, Any]:
    theory = held.realist.theories[str(item.theory)]
    return {
        "of": "theory",
        "key": theory.key,
        "label": theory.label,
        "theory": theory.key,
        "element": "the theory as a whole",
        **_passage(held, item),
    }


def _passage(held: Held, item: Evidence) -> dict[str, Any]:
    voice = held.voices.who(item)
    source = held.voices.sources.get(item.source)
    return {
        "stance": stance_of(item),
        "source": source.key if source else "",
        "start": item.start,
        "end": item.end,
        "place": held.place(item),
        "quote": item.quote,
        "who": voice.key,
        "stakeholder_types": ";".join(voice.types),
        "programme": voice.programme,
        "elicited": label_of("elicited", item.elicited).lower(),
        "directness": label_of("directness", item.directness).lower(),
        "remark": item.remark,
        "open": item.role in AGAINST and not item.resolution,
        "resolution": item.resolution,
        "coder": held.coders.get(item.coder or "", ""),
    }
