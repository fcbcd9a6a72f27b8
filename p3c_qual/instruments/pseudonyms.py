"""What would give a person away in a table of responses."""

from __future__ import annotations

import re

__all__ = ["gives_away", "names_people"]

_COLUMNS = re.compile(
    r"(?:(?:first|last|full|given|family|sur|fore|patient|respondent)[ _-]?name|name|surname"
    r"|e[ _-]?mail(?:[ _-]?address)?|(?:tele|mobile)?[ _-]?phone(?:[ _-]?number)?|mobile|tel"
    r"|(?:nhs|hospital|insurance|social[ _-]?security)[ _-]?(?:number|no|id)?|nhs"
    r"|(?:home[ _-]?)?address|post[ _-]?code|zip(?:[ _-]?code)?|date[ _-]?of[ _-]?birth|dob|birth(?:date|day)?)",
    re.IGNORECASE,
)
_MAIL = re.compile(r"\S+@\S+\.\S+")
_TEN_DIGITS = re.compile(r"\d{3}[ -]?\d{3}[ -]?\d{4}")
_PHONE = re.compile(r"(?:\+|00?)[\d ()/-]{8,}")
_TWO_WORDS = re.compile(r"[^\W\d_][^\W\d_'’.-]+,? +[^\W\d_][^\W\d_'’-]+")


def names_people(column: str) -> bool:
    """Say whether a column is one that names people.

    Examples
    --------
    >>> names_people("E-Mail"), names_people("NHS number"), names_people("respondent")
    (True, True, False)
    """
    return _COLUMNS.fullmatch(column.strip()) is not None


def gives_away(respondent: str) -> str:
    """Return what a respondent's pseudonym looks like, if not like a pseudonym; else nothing.

    Examples
    --------
    >>> gives_away("ann@example.org"), gives_away("943 476 5919"), gives_away("P017")
    ('an e-mail address', 'the number of a patient', '')
    >>> gives_away("Ann Example")
    'a name'
    """
    text = respondent.strip()
    if _MAIL.fullmatch(text):
        return "an e-mail address"
    if _TEN_DIGITS.fullmatch(text):
        return "the number of a patient"
    if _PHONE.fullmatch(text):
        return "a telephone number"
    return "a name" if _TWO_WORDS.fullmatch(text) else ""
