"""The extraction table: one row a configuration, with what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from p3c_qual.realist.judging.completeness import CLASSES, completeness_of
from p3c_qual.realist.judging.profile import profile_of
from p3c_qual.realist.judging.strength import Rubric, strength_of
from p3c_qual.realist.outputs.held import of_words, read_held
from p3c_qual.realist.outputs.quoted import quote_lines
from p3c_qual.realist.vocabulary import label_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from p3c_qual.realist.model import Configuration
    from p3c_qual.realist.outputs.held import Held
    from p3c_qual.study import Study

__all__ = ["HEADINGS", "cmo_row", "table_cmos"]

HEADINGS = {
    "key": "Configuration",
    "label": "Label",
    "programme": "Programme",
    "theory": "Theory tested",
    "version": "Version",
    "mechanism": "Mechanism",
    "activation": "Activation",
    "completeness": "Completeness",
    "context": "Context",
    "resource": "Resource",
    "reasoning": "Reasoning",
    "outcome": "Outcome",
    "outcome_terms": "Outcome, described",
    "direction": "Direction",
    "timing": "Timing",
    "intended": "Intended",
    "domain": "Domain",
    "intervention": "Intervention",
    "actor": "Actor",
    "interviewees": "Interviewees",
    "who": "Who",
    "stakeholder_types": "Stakeholder types",
    "programmes": "Programmes of the evidence",
    "source_types": "Source types",
    "supports": "Support",
    "refines": "Refine",
    "contradicts": "Against",
    "rival": "Rival",
    "open": "Open",
    "quotes": "Passages",
    "relevance": "Relevance",
    "rigour": "Rigour",
    "richness": "Richness",
}
_STRENGTH = {"strength": "Strength", "why": "Why"}
_OPTIONAL = ("actor", "intervention", "relevance", "rigour", "richness")
_NUMBERS = ("interviewees", "supports", "refines", "contradicts", "rival", "open")


def table_cmos(
    study: Study,
    *,
    programme: str | Sequence[str] = "",
    theory: str = "",
    mechanism: str = "",
    strength: bool = False,
) -> pd.DataFrame:
    """Return the extraction table: one row a configuration that stands.

    Parameters
    ----------
    study : Study
    programme : str or sequence of str
        Keys or row ids, as text with commas between them; only configurations of any of them. One of which no programme is said belongs to
        those from which the passages come that speak for it.
    theory, mechanism : str
        Keys or row ids; only configurations of them.
    strength : bool
        Whether a label of strength stands beside the profile, with its rubric in the notes.

    Returns
    -------
    DataFrame
        ``key``, ``label``, ``programme``, ``theory`` (str; keys), ``version`` (Int64, of the
        theory, missing where there is none), ``mechanism``, ``activation``, ``completeness``,
        ``context``, ``resource``, ``reasoning``, ``outcome`` (str; several with ``;`` between
        them), ``outcome_terms`` (str, the next four together), ``direction``, ``timing``,
        ``intended``, ``domain`` (str, one for each outcome, ``not said`` where it has none),
        ``intervention``, ``actor`` (str), ``interviewees`` (int), ``who``, ``stakeholder_types``,
        ``programmes``, ``source_types`` (str, with ``;`` between them: whose passages support or
        refine it), ``supports``, ``refines``, ``contradicts``, ``rival``, ``open`` (int,
        passages), ``quotes`` (str, a line a passage with its place), ``relevance``, ``rigour``,
        ``richness`` (str, the analyst's remarks); where asked for, ``strength`` and ``why``
        (str). ``attrs``: ``caption``, ``unit``, ``denominators``, ``notes``, ``notices``.

    Raises
    ------
    P3CError
        If the programme, the theory or the mechanism is unknown.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> table_cmos(study).attrs["denominators"]
    {'configurations': 0, 'of all that stand': 0, 'passages': 0}
    """
    import pandas as pd

    rubric = Rubric() if strength else None
    with study.store.read() as connection:
        held = read_held(study, connection)
        chosen = held.pick(programme=programme, theory=theory, mechanism=mechanism)
        evidence = [item for each in chosen for item in each.evidence]
        notices = held.notices(connection, evidence)
    headings = {**HEADINGS, **(_STRENGTH if rubric else {})}
    rows = [cmo_row(held, each, rubric) for each in chosen]
    frame = pd.DataFrame(rows, columns=list(headings))
    frame = frame.astype({**dict.fromkeys(_NUMBERS, "int64"), "version": "Int64"})
    title = " ".join(
        ["Context-mechanism-outcome configurations", *of_words(programme, theory, mechanism)]
    )
    # a column that nobody has written in yet is not shown to people
    written = {name for name in _OPTIONAL if frame[name].any()}
    frame.attrs = {
        "title": title,
        "caption": title,
        "unit": "configurations that stand; passages of their evidence, each place once",
        "denominators": {
            "configurations": len(chosen),
            "of all that stand": len(held.realist.standing),
            "passages": len(
                {(e.configuration, e.source, e.start, e.end, e.role) for e in evidence}
            ),
        },
        "headings": headings,
        "shown": [
            *("key", "programme", "theory", "context", "resource", "reasoning", "outcome"),
            *(name for name in ("actor", "intervention") if name in written),
            *("interviewees", "stakeholder_types"),
            *("supports", "refines", "contradicts", "rival", "open"),
            *(["strength"] if rubric else []),
        ],
        "under": [
            *(name for name in ("relevance", "rigour", "richness") if name in written),
            "quotes",
        ],
        "beneath": {
            "key": "label",
            "programme": "completeness",
            "outcome": "outcome_terms",
            "reasoning": "activation",
            "theory": "mechanism",
            "interviewees": "who",
            "stakeholder_types": "source_types",
            **({"strength": "why"} if rubric else {}),
        },
        "anchor": "key",
        "notes": [
            (
                "Support to open: passages; an interviewee who says both is counted in both. "
                "Open: contradicting or rival passages about which nothing was decided yet."
            ),
            *([f"Strength, by thresholds of our own. {rubric.said}"] if rubric else []),
            *held.not_standing(),
        ],
        "notices": notices,
    }
    return frame


def cmo_row(held: Held, each: Configuration, rubric: Rubric | None = None) -> dict[str, Any]:
    """Return the row of a configuration, whether it stands or not."""
    profile, complete = profile_of(each, held.voices), completeness_of(each)
    theory = held.realist.theories.get(each.theory or "")
    said = {role: held.words(each, role) for role in ("context", "resource", "reasoning")}
    row: dict[str, Any] = {
        "key": each.key,
        "label": each.label,
        "programme": ";".join(held.programmes_of(each)),
        "theory": theory.key if theory else "",
        "version": theory.version if theory else None,
        "mechanism": held.mechanism_of(each),
        "activation": label_of("activation", each.activation).lower(),
        "completeness": CLASSES[complete],
        **said,
        "outcome": held.words(each, "outcome"),
        "outcome_terms": held.outcome_terms(each),
        "direction": held.of_outcomes(each, "direction"),
        "timing": held.of_outcomes(each, "timing"),
        "intended": held.of_outcomes(each, "intended"),
        "domain": held.of_outcomes(each, "domain"),
        "intervention": held.words(each, "intervention"),
        "actor": held.words(each, "actor"),
        "interviewees": len(profile.interviewees),
        "who": ";".join(profile.interviewees),
        "stakeholder_types": ";".join(profile.stakeholder_types),
        "programmes": ";".join(profile.programmes),
        "source_types": ";".join(profile.source_types),
        "supports": profile.supports,
        "refines": profile.refines,
        "contradicts": profile.contradicts,
        "rival": profile.rival,
        "open": profile.open,
        "quotes": "\n".join(quote_lines(held, each)),
        "relevance": each.relevance,
        "rigour": each.rigour,
        "richness": each.richness,
    }
    if rubric:
        row["strength"], row["why"] = strength_of(profile, complete, rubric)
    return row
