"""The head of a coded transcript: what the source is, and how far it is coded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from p3c_qual.coding.wanted import MAIN
from p3c_qual.report.records import plural
from p3c_qual.sources.terms import STAKEHOLDERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from p3c_qual.analysis.known import KnownSource
    from p3c_qual.sources.parts import PartList
    from p3c_qual.study import Study

__all__ = ["about_source", "initials", "notices"]

WORKING_COPY = "Working copy: holds an interviewee's words; not for publication."
#: a document was written by people too, but nobody was interviewed for it
OF_DOCUMENT = "Working copy: holds material of the study; not for publication."


def initials(coders: Iterable[str]) -> dict[str, str]:
    """Return short names of coders, each of two letters or as many as tell them apart.

    Examples
    --------
    >>> initials(["mira", "tobias", "milan"])
    {'milan': 'MIL', 'mira': 'MIR', 'tobias': 'TO'}
    """
    names = sorted(set(coders))
    short = {}
    for name in names:
        others = [other.casefold() for other in names if other != name]
        size = 2
        while size < len(name) and any(o.startswith(name[:size].casefold()) for o in others):
            size += 1
        short[name] = name[:size].upper() if size < len(name) or len(name) < 3 else name
    return short


def notices(source: KnownSource, *, lost: int, moved: Sequence[int]) -> tuple[str, ...]:
    """Return what a reader has to know before reading.

    Parameters
    ----------
    source : KnownSource
    lost : int
        Codings that cannot be shown, since they belong to an earlier text.
    moved : sequence of int
        Numbers of codings whose words are not those that were coded.
    """
    said = [WORKING_COPY if source.people else OF_DOCUMENT]
    gone = [person.key for person in source.people if "withdrawn" in person.consent.values()]
    if gone:
        who = ", ".join(gone)
        said.append(f"Consent was withdrawn by {who}: these words are not to be used any more.")
    if lost:
        verb = "belongs" if lost == 1 else "belong"
        said.append(f"{plural(lost, 'coding')} {verb} to an earlier text and cannot be shown.")
    if moved:
        which = ", ".join(map(str, moved[:20])) + (" and others" if len(moved) > 20 else "")
        said.append(f"The text is not what was coded at {which}: run p3c check.")
    return tuple(said)


def about_source(
    study: Study,
    source: KnownSource,
    text: str,
    spans: Sequence[tuple[int, int]],
    *,
    turns: PartList,
    readings: Sequence[tuple[str, dict[str, Any]]],
    by: Mapping[str, str],
    only: Sequence[str],
    books: Sequence[str],
    printed: date,
) -> tuple[tuple[str, str], ...]:
    """Return the head's lines as term and text; what is not known is left out.

    Parameters
    ----------
    study : Study
    source : KnownSource
    text : str
    spans : sequence of (int, int)
        Of the codings shown.
    turns : PartList
    readings : sequence of (str, dict)
        Coder, and the row of what was worked through.
    by : dict of str to str
        Initials by coder.
    only : sequence of str
        Coders and codebook that were asked for; empty for all.
    books : sequence of str
        Codebooks used, with their versions.
    printed : date
    """
    types = [kind for kind in source.stakeholder_types.split(";") if kind]
    country = f" ({source.country})" if source.country else ""
    programme = study.settings.programmes.get(source.programme, {}).get("label", "")
    coders = (
        f"{short} = {name}" if len(by) > 1 and short.casefold() != name.casefold() else name
        for name, short in by.items()
    )
    lines = {
        "Study": study.settings.title,
        "Programme": (programme or source.programme) + country if source.programme else "",
        "Site": source.site,
        "Kind": (source.said["document_type"] or source.said["kind"]).replace("_", " "),
        "Interviewees" if len(source.people) > 1 else "Interviewee": ", ".join(
            person.key for person in source.people
        ),
        "Stakeholder type": "; ".join(f"{k} {STAKEHOLDERS.get(k, '')}".strip() for k in types),
        "Date": source.said["date"],
        "Language": source.said["language"],
        "Translation of": source.translation_of,
        "Not in full": "" if source.said["completeness"] == "full" else source.said["completeness"],
        "Coders" if len(by) > 1 else "Coder": ", ".join(coders) or "nobody yet",
        "Codebook": ", ".join(books),
        "Shown": f"only {', '.join(only)}" if only else "",
        "Worked through": _worked(readings, len(text)),
        "Coded": _coded(text, spans, turns),
        "Text": f"{(source.hash or '')[:12]}, {plural(len(text), 'character')}",
        "Printed": printed.isoformat(),
    }
    return tuple((term, said) for term, said in lines.items() if said)


def share(part: int, whole: int) -> str:
    """Return a share with what it is a share of.

    Examples
    --------
    >>> share(50, 1200), share(0, 0), share(1, 90_000)
    ('50 of 1,200 characters (4 %)', '0 of 0 characters', '1 of 90,000 characters (under 1 %)')
    """
    of = f"{part:,} of {plural(whole, 'character')}"
    if not whole:
        return of
    rounded = round(100 * part / whole)
    # what is not all, or not nothing, is not rounded to it
    if part and not rounded:
        return f"{of} (under 1 %)"
    if part < whole and rounded == 100:
        return f"{of} (over 99 %)"
    return f"{of} ({rounded} %)"


def _worked(readings: Sequence[tuple[str, dict[str, Any]]], length: int) -> str:
    said = []
    for coder, row in sorted(readings, key=lambda each: (each[0], each[1]["round"] or "")):
        done = length if row["done"] else sum(end - start for start, end in row["ranges"] or ())
        round_ = "" if row["round"] in {None, MAIN} else f", round {row['round']}"
        said.append(f"{coder}{round_}: {share(done, length)}")
    return "; ".join(said) or "nobody has worked through it yet"


def _coded(text: str, spans: Sequence[tuple[int, int]], turns: PartList) -> str:
    covered = bytearray(len(text))
    for start, end in spans:
        covered[start:end] = b"\1" * (end - start)
    said = f"{share(covered.count(1), len(text))}, in {plural(len(spans), 'coding')}"
    asked = [
        (start, end)
        for start, end, role in zip(turns.start, turns.end, turns.role, strict=False)
        if role == "interviewer"
    ]
    if not asked:
        return said
    for start, end in asked:
        covered[start:end] = b"\2" * (end - start)
    outside = len(text) - covered.count(2)
    return f"{said}; without the interviewer's turns {share(covered.count(1), outside)}"
