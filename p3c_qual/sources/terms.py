"""The words a study uses of its sources and interviewees."""

from __future__ import annotations

import re

__all__ = ["COMPLETENESS", "CONSENT", "CONSENT_FOR", "KINDS", "STAKEHOLDERS", "check_key", "slug"]

#: what a source may be
KINDS = ("interview", "document", "observation", "diary", "meeting_note", "literature", "story")

#: how much of it is there; counts of what was *not* said need the full text
COMPLETENESS = ("full", "excerpts", "notes")

#: purposes of consent, and what may be answered
CONSENT_FOR = ("recorded", "quoted", "reused", "archived")
CONSENT = ("yes", "no", "withdrawn", "unknown")

#: stakeholder types of the SELFIE work package 2 interviews
STAKEHOLDERS = {
    "A": "Manager",
    "B": "Initiator",
    "C": "Sponsor or payer",
    "D": "Professional",
    "D1": "Physician",
    "D2": "Non-physician medical, social or new professional",
    "E": "Informal caregiver",
    "F": "Client or representative",
    "G": "Other",
}

_NOT_KEY = re.compile(r"[\s~/\\,;\x00-\x1f]")


def slug(label: str) -> str:
    """Return a lower-case key made of a label.

    Examples
    --------
    >>> slug("Salford Together")
    'salford_together'
    """
    import unicodedata

    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    made = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    # a label in another script keeps its own letters
    return made or re.sub(r"[\W]+", "_", label.lower()).strip("_")


def check_key(key: str) -> str | None:
    """Say why `key` is no key, or return None.

    Examples
    --------
    >>> check_key("IP02_1")
    >>> check_key("a b")
    "a key holds no white space, comma, semicolon, slash or tilde: 'a b'"
    """
    if not key or len(key) > 100 or _NOT_KEY.search(key):
        return f"a key holds no white space, comma, semicolon, slash or tilde: {key!r}"
    return None
