"""Ways to reach or to identify a person that are written by a rule."""

from __future__ import annotations

import re

__all__ = ["find_contacts"]

_CONTACTS = (
    re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    # a telephone number begins with a nought or a plus, so that no place in a text is one
    re.compile(r"(?<![\w.,-])(?:\+\d|\(?0)(?:[ ()/.-]{0,2}\d){7,14}(?!\w|[,.-]\d)"),
    # of the British health service
    re.compile(r"(?<![\w.,-])\d{3}[ -]\d{3}[ -]\d{4}(?!\w|[,.-]\d)"),
    re.compile(r"(?<!\w)[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}(?!\w)"),
)


def find_contacts(text: str) -> list[str]:
    """Return addresses of e-mail, telephone and health-service numbers, and British postcodes.

    Examples
    --------
    >>> find_contacts("Ring 01234 567 890, or write to a.b@c.example, of 36,366 people.")
    ['a.b@c.example', '01234 567 890']
    """
    found = [match[0] for each in _CONTACTS for match in each.finditer(text)]
    return list(dict.fromkeys(found))
