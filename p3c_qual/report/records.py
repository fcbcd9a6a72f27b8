"""The parts of a report that are records: basic information, partners, method, references."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from p3c_qual.report.blocks import Cell, Column, Listing, Origin, Paragraph, Run, Table
from p3c_qual.report.model import Section
from p3c_qual.sources.terms import KINDS, STAKEHOLDERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from p3c_qual.report.evidence import Evidence

__all__ = ["held", "interview_partners", "method_note", "plural", "references", "say"]

NOT_FOUND = "not found in the study"
_RECORDS = Origin("study")


def plural(count: int, one: str, many: str = "") -> str:
    """Return a number with its noun.

    Examples
    --------
    >>> plural(1, "interview"), plural(3, "country", "countries")
    ('1 interview', '3 countries')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def say(text: str, origin: Origin | None = _RECORDS) -> Paragraph:
    """Return a sentence made from the study's records."""
    return Paragraph((Run(text, origin),))


def held(evidence: Evidence) -> Listing:
    """Return what the study holds on the programme, and what it does not.

    Parameters
    ----------
    evidence : Evidence
        What the study holds on the programme.

    Returns
    -------
    Listing
    """
    own = [s for s in evidence.sources if not s["translation_of"]]
    of_kind = Counter(s["kind"] for s in own)
    kinds = {kind.replace("_", " "): of_kind[kind] for kind in KINDS if of_kind[kind]}
    partial = Counter(s["completeness"] for s in own if s["completeness"] not in {"", "full"})
    types = Counter(
        kind for p in evidence.interviewees for kind in p["stakeholder_type"].split(";") if kind
    )
    dates = sorted({s["date"] for s in own if s["date"] and s["interviewee"]})
    sites = sorted({s["site"] for s in own if s["site"]})
    translations = len(evidence.sources) - len(own)
    entries = {
        "Programme": evidence.programme["label"],
        "Country": evidence.programme["country"],
        "Sites": ", ".join(sites),
        "Sources": ", ".join(plural(n, kind) for kind, n in kinds.items()),
        "Interviewees": _people(len(evidence.interviewees), types),
        "Interviewed": " to ".join(dict.fromkeys((dates[0], dates[-1]))) if dates else "",
        "Languages": ", ".join(sorted({s["language"] for s in own if s["language"]})),
    }
    if translations:
        entries["Translations"] = plural(translations, "source")
    if partial:
        some = ", ".join(f"{plural(n, 'source')}: {kind}" for kind, n in sorted(partial.items()))
        entries["Not in full"] = some
    # D stands for D1 and D2 where nobody said which
    missing = [
        f"{kind} ({label.lower()})"
        for kind, label in STAKEHOLDERS.items()
        if kind != "D" and not types[kind] and not (kind in {"D1", "D2"} and types["D"])
    ]
    if missing:
        entries["No interviewee"] = "of type " + ", ".join(missing)
    return Listing(tuple((term, say(text or NOT_FOUND)) for term, text in entries.items()))


def interview_partners(evidence: Evidence) -> Section:
    """Return the table of interview partners: code, stakeholder type, role, date, site.

    Parameters
    ----------
    evidence : Evidence
        What the study holds on the programme.

    Returns
    -------
    Section
    """
    title = "Interview partners"
    if not evidence.interviewees:
        nobody = say("Nobody was interviewed, as far as the study knows.")
        return Section("interview_partners", "", title, 1, (nobody,), (), "empty")
    rows = []
    for person in evidence.interviewees:
        kinds = [kind for kind in person["stakeholder_type"].split(";") if kind]
        named = "; ".join(f"{kind} {STAKEHOLDERS.get(kind, '')}".strip() for kind in kinds)
        cells = (person["interviewee"], named, person["role"], person["dates"], person["sites"])
        rows.append(tuple(Cell(value or "–") for value in cells))
    columns = (
        Column("Code", "short"),
        Column("Stakeholder type"),
        Column("Role"),
        Column("Date", "short"),
        Column("Site", "short"),
    )
    table = Table(
        key="table_interview_partners",
        caption=f"Interview partners, {plural(len(rows), 'person', 'persons')}",
        columns=columns,
        rows=tuple(rows),
        origin=Origin("study", source="interviewees"),
    )
    return Section("interview_partners", "", title, 1, (table,))


def method_note(
    evidence: Evidence, *, quoted: int, authors: int, trimmed: int, max_words: int
) -> Section:
    """Return what was counted and quoted, by what rule, and what was left out.

    Parameters
    ----------
    evidence : Evidence
        What the study holds on the programme.
    quoted, authors, trimmed : int
        Quotes printed, those of them that the author chose, and those that the program cut.
    max_words : int
        Above which a quote is cut.

    Returns
    -------
    Section
    """
    codings = evidence.codings
    whose = ", ".join(sorted(set(codings["coder"]))) or "nobody"
    rounds = ", ".join(sorted(set(codings["round"]))) or "none"
    may, refused = evidence.quotable
    with_coding = set(codings["source"])
    own = [s for s in evidence.sources if not s["translation_of"]]
    # an original counts as coded where its translation is
    with_coding |= {s["translation_of"] for s in evidence.sources if s["source"] in with_coding}
    without = [s["source"] for s in own if s["source"] not in with_coding]
    count = say(
        f"Counted and quoted are the codings of the reading set: {evidence.reading_set}. Coders: "
        f"{whose}; rounds: {rounds}; codebook: {evidence.codebook}. Coders are never added up. "
        "The unit is the coded segment or the interviewee, as each table says; a code counts its "
        "own codings and those of the codes below it, each once.",
        Origin("table", source="table_frequencies", note=evidence.reading_set),
    )
    rule = say(
        f"{plural(quoted, 'quotation')}; {authors} of them chosen by the author, and changed by "
        "nothing but the operations that the appendix on quotations lists. The others stand in "
        f"sections that are not written yet, chosen from {plural(len(may), 'coded passage')} that "
        "may be quoted: interviewees take turns; each gives the passage whose code has been quoted "
        f"least, then the longest of at most {plural(max_words, 'word')}, then the earliest. A "
        f"longer one is cut at the end of a sentence and marked with dots ({trimmed} of them)."
    )
    left = [
        f"{plural(len(refused), 'passage')} of persons who did not consent to be quoted"
        if refused
        else "",
        f"{plural(len(without), 'source')} without a coding: {', '.join(without)}"
        if without
        else "",
    ]
    out = say("Left out: " + ("; ".join(filter(None, left)) or "nothing") + ".")
    return Section("method_note", "", "Method note", 1, (count, rule, out))


def references(evidence: Evidence, numbers: Mapping[str, int]) -> Section:
    """Return the documents of a report with the numbers they are quoted by.

    Parameters
    ----------
    evidence : Evidence
        What the study holds on the programme.
    numbers : mapping of str to int
        By key: those of the programme, and those of elsewhere that were named.

    Returns
    -------
    Section
    """
    entries = []
    for key, number in numbers.items():
        source = evidence.source(key)
        kind = (source["document_type"] or source["kind"]).replace("_", " ")
        about = [source["title"], kind, source["date"], source["language"]]
        text = ", ".join(part for part in about if part) + "."
        entries.append((str(number), say(text, Origin("study", source=key))))
    if not entries:
        none = say("No document was taken in for this programme.")
        return Section("references", "", "References", 1, (none,), (), "empty")
    listing = Listing(tuple(entries), "references")
    return Section("references", "", "References", 1, (listing,))


def _people(count: int, types: Counter[str]) -> str:
    if not count:
        return ""
    each = ", ".join(f"{kind}: {types[kind]}" for kind in sorted(types))
    overlap = "; one person may be of several types" if sum(types.values()) > count else ""
    return f"{count} ({each}{overlap})" if each else f"{count}"
