"""The quotes of a report as tables: what was done to them, whose they are, what the checks found."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from p3c_qual.description.edits import KINDS
from p3c_qual.description.lint import check_description
from p3c_qual.description.quotes import REASONS
from p3c_qual.sources.terms import STAKEHOLDERS

if TYPE_CHECKING:
    import pandas as pd

    from p3c_qual.description.checks.material import Material
    from p3c_qual.description.model import Edit, Quote
    from p3c_qual.opened import Opened

__all__ = ["table_findings", "table_quote_balance", "table_quotes"]

#: what a quotation is called of which it is not known, or not anybody's, whose words it is
NOBODY = "(document, or speaker not known)"
_REFUSED = "not printed: whoever speaks did not consent to be quoted"
_QUOTES = {
    "number": "No.",
    "who": "Code",
    "stakeholder_types": "Stakeholder type",
    "sections": "Sections",
    "printed": "In the language it was said in",
    "translation": "Translation",
    "translated": "Translated by",
    "edits": "What was done to the words",
    "reason": "Why it was chosen",
    "place": "Place",
}
_BALANCE = {
    "by": "By",
    "who": "Who",
    "stakeholder_types": "Stakeholder type",
    "interviewed": "People",
    "quotes": "Quotes",
    "share": "Share of the quotes",
    "words": "Words",
}
_FINDINGS = {
    "forbids": "Forbids a report",
    "programme": "Programme",
    "section": "Section",
    "quote": "Quote",
    "what": "What was found",
    "do": "What helps",
}


def table_quotes(study: Opened, *, programme: str = "") -> pd.DataFrame:
    """Return the quotes, those that sections name first and in their order.

    Parameters
    ----------
    study : Study
    programme : str
        Key or row id; only quotes from it, and those of others that its sections name.

    Returns
    -------
    DataFrame
        ``key`` (str), ``number`` (int), ``who``, ``stakeholder_types``, ``sections`` (keys with
        their programme, ``;`` between them; empty where it is named in none), ``printed`` (in
        the language it was said in; a mask stands here too), ``translation``, ``translated`` (by whom, when, and who held it against the
        original), ``edits`` (in words), ``reason``, ``place`` (``source:start-end``), ``source``
        (str), ``start``, ``end`` (int). ``attrs``: ``caption``, ``unit``, ``denominators``,
        ``headings``, ``shown``, ``notes``.

    Raises
    ------
    P3CError
        If there is no such programme.
    """
    import pandas as pd

    material = _material(study, programme)
    order = {key: number for number, key in enumerate(material.used)}
    quotes = sorted(material.quotes, key=lambda each: (order.get(each.key, len(order)), each.id))
    rows = [_row(material, quote, number) for number, quote in enumerate(quotes, 1)]
    columns = ["key", *_QUOTES, "source", "start", "end"]
    whole = dict.fromkeys(("number", "start", "end"), "int64")
    frame = pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(columns, "str") | whole)
    named = sum(quote.key in order for quote in quotes)
    frame.attrs = {
        "caption": "Quotations, and what was done to them",
        "unit": "quotes, each a span of a source",
        "denominators": {"quotes": len(quotes), "named in sections": named},
        "headings": _QUOTES,
        "shown": [
            *("number", "who", "stakeholder_types", "sections", "printed"),
            *("translation", "translated", "edits", "reason", "place"),
        ],
        "notes": [
            "The words are those of the transcript but for what stands beside them.",
            *_unused(len(quotes) - named),
        ],
    }
    return frame


def table_quote_balance(study: Opened, *, programme: str = "") -> pd.DataFrame:
    """Return how often each interviewee and each stakeholder type is quoted.

    Counted are the quotes that sections set in, each once a programme. Who was interviewed and is
    not quoted has a row of zeros.

    Parameters
    ----------
    study : Study
    programme : str
        Key or row id; empty for all.

    Returns
    -------
    DataFrame
        ``programme``, ``by`` (``interviewee`` or ``stakeholder type``), ``who``,
        ``stakeholder_types`` (str), ``interviewed`` (int, people), ``quotes``, ``of`` (int, all
        quotes of the programme), ``share`` (float, missing where there are no quotes) and
        ``words`` (int, as printed). A quote in which several people speak counts for each, so
        that shares may add up to more than 1. ``attrs``: ``caption``, ``unit``,
        ``denominators``, ``headings``, ``notes``.

    Raises
    ------
    P3CError
        If there is no such programme.
    """
    import pandas as pd

    material = _material(study, programme)
    reports = dict(material.reports())
    people: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for source in material.voices.sources.values():
        if material.of in ("", source.programme):
            people[source.programme] |= {person.key: person.types for person in source.people}
    rows: list[dict[str, Any]] = []
    totals: dict[str, int] = {}
    for name in sorted({*people, *reports}):
        quotes = list({quote.id: quote for quote, _ in reports.get(name, ())}.values())
        totals[name] = len(quotes)
        rows += _balance(material, name, people.get(name, {}), quotes)
    kinds = {
        "interviewed": "int64",
        "quotes": "int64",
        "of": "int64",
        "share": "float64",
        "words": "int64",
    }
    columns = ["programme", *_BALANCE, "of"]
    frame = pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(columns, "str") | kinds)
    several = len(totals) > 1
    frame.attrs = {
        "caption": "Whose words are quoted",
        "unit": "quotes that sections set in, each once a programme; words as printed",
        "denominators": {
            f"quotes of {name}" if name else "quotes": n for name, n in totals.items()
        },
        "headings": {**_BALANCE, "of": "Of"},
        "shown": [*(["programme"] if several else []), *_BALANCE],
        "notes": ["A quote in which several people speak counts for each of them."],
    }
    return frame


def table_findings(study: Opened, *, programme: str = "", names: bool = True) -> pd.DataFrame:
    """Return what the checks of the quotes and the author's text found.

    Parameters
    ----------
    study : Study
    programme : str
        Key or row id; empty for all.
    names : bool
        Whether names are looked for.

    Returns
    -------
    DataFrame
        ``code`` (which check), ``forbids`` (``yes`` where a report that is no draft is refused for
        it), ``programme``, ``section``, ``quote`` (keys), ``what`` and ``do`` (str). ``attrs``:
        ``caption``, ``unit``, ``denominators``, ``headings``, ``shown``.

    Raises
    ------
    P3CError
        If there is no such programme.
    """
    import pandas as pd

    found = check_description(study, programme, names=names)
    rows = [
        {
            "code": each.code,
            "forbids": "yes" if each.gate else "",
            "programme": each.programme,
            "section": each.section,
            "quote": each.quote,
            "what": each.what,
            "do": each.do,
        }
        for each in found
    ]
    frame = pd.DataFrame(rows, columns=["code", *_FINDINGS]).astype("str")
    gates = sum(each.gate for each in found)
    frame.attrs = {
        "caption": "What the checks of the description found",
        "unit": "findings",
        "denominators": {"findings": len(found), "that forbid a report": gates},
        "headings": _FINDINGS,
        "shown": list(_FINDINGS),
    }
    return frame


def _material(study: Opened, programme: str) -> Material:
    from p3c_qual.description.checks.material import read_material

    with study.store.read() as connection:
        return read_material(study, connection, programme)


def _row(material: Material, quote: Quote, number: int) -> dict[str, Any]:
    source = material.voices.sources.get(quote.source)
    people = material.people(quote)
    refused = material.voices.refused(quote.source, quote.start, quote.end)
    places = [
        f"{material.key(use.section.where)}/{use.section.section}".lstrip("/")
        for use in material.used.get(quote.key, ())
    ]
    key = source.key if source else "a removed source"
    checked = f"held against the original: {quote.back_check}" if quote.back_check else ""
    reason = REASONS.get(quote.chosen_as, "")
    named = f"{quote.chosen_as} ({reason})" if reason else quote.chosen_as
    return {
        "key": quote.key,
        "number": number,
        "who": ";".join(each.key for each in people),
        "stakeholder_types": ";".join(dict.fromkeys(t for each in people for t in each.types)),
        "sections": "; ".join(dict.fromkeys(places)),
        "printed": f"({_REFUSED})" if refused else material.printed(quote),
        "translation": "" if refused else quote.translation,
        "translated": ", ".join(filter(None, (quote.translator, quote.translated, checked))),
        "edits": "; ".join(_said(each, quote) for each in sorted(quote.edits, key=_place)),
        "reason": ". ".join(filter(None, (named, quote.why))),
        "place": f"{key}:{quote.start}-{quote.end}",
        "source": key,
        "start": quote.start,
        "end": quote.end,
    }


def _place(edit: Edit) -> tuple[int, int]:
    return edit.start, edit.end


def _said(edit: Edit, quote: Quote) -> str:
    """Return an operation in words; what was masked is not said again."""
    words = " ".join(quote.quote[edit.start - quote.start : edit.end - quote.start].split())
    if edit.kind == "mask":
        return f"mask: {edit.text}"
    if edit.kind == "insert":
        return f"{KINDS['insert']}: [{edit.text}]"
    count = len(words.split())
    shown = "1 word" if count == 1 else f"{count} words"
    return f"{KINDS.get(edit.kind, edit.kind)} of {shown}"


def _balance(
    material: Material, programme: str, people: dict[str, tuple[str, ...]], quotes: list[Quote]
) -> list[dict[str, Any]]:
    """Return the rows of a programme: of each person, then of each stakeholder type."""
    count: dict[str, Counter[str]] = {"interviewee": Counter(), "stakeholder type": Counter()}
    words: dict[str, Counter[str]] = {name: Counter() for name in count}
    types = dict(people)
    for quote in quotes:
        spoken = material.people(quote)
        # somebody of another programme may be quoted too
        types |= {each.key: each.types for each in spoken}
        length = len(material.printed(quote).split())
        for by, names in (
            ("interviewee", [each.key for each in spoken] or [NOBODY]),
            ("stakeholder type", list({t: None for each in spoken for t in each.types})),
        ):
            count[by].update(names)
            words[by].update(dict.fromkeys(names, length))
    asked = Counter(kind for some in types.values() for kind in some)
    rows = []
    for by, named in (
        ("interviewee", {*types, *count["interviewee"]}),
        ("stakeholder type", asked),
    ):
        for who in sorted(named):
            kind = types.get(who, ()) if by == "interviewee" else (who,)
            said = count[by][who]
            rows.append(
                {
                    "programme": programme,
                    "by": by,
                    "who": who,
                    "stakeholder_types": "; ".join(STAKEHOLDERS.get(each, each) for each in kind),
                    "interviewed": asked[who] if by != "interviewee" else int(who in types),
                    "quotes": said,
                    "share": said / len(quotes) if quotes else None,
                    "words": words[by][who],
                    "of": len(quotes),
                }
            )
    return rows


def _unused(count: int) -> list[str]:
    if not count:
        return []
    one = count == 1
    return [f"{count} {'quote is' if one else 'quotes are'} named in no section that is printed."]
