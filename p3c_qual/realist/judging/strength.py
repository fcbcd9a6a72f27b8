"""A label for what a configuration rests on, by thresholds that are written beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from p3c_qual.errors import P3CError, Problem

if TYPE_CHECKING:
    from p3c_qual.realist.judging.profile import Profile

__all__ = ["LABELS", "Rubric", "strength_of"]

#: from the most to the least; contested stands beside them
LABELS = ("strong", "moderate", "tentative", "contested")


@dataclass(frozen=True, slots=True)
class Rubric:
    """From how many voices on a configuration is called strong, or moderate.

    The profile is what is found; the label adds a judgement, which is why it is off by default:
    one rich account may carry a theory that ten thin ones do not.

    Parameters
    ----------
    strong_interviewees, strong_types : int
        Interviewees and stakeholder types that a strong one needs at least.
    moderate_interviewees : int
        Interviewees that a moderate one needs at least.
    moderate_with_document : int
        Interviewees that are enough for a moderate one where a document says it too.

    Raises
    ------
    P3CError
        If a threshold is below one, or a strong one would need less than a moderate one.

    Examples
    --------
    >>> Rubric(strong_interviewees=1)
    Traceback (most recent call last):
        ...
    p3c_qual.errors.P3CError: a strong configuration cannot need fewer interviewees (1) than a moderate one (2).
    """

    strong_interviewees: int = 3
    strong_types: int = 2
    moderate_interviewees: int = 2
    moderate_with_document: int = 1

    def __post_init__(self) -> None:
        problems = [
            Problem(f"the threshold {name.replace('_', ' ')} is a whole number from 1 on, not {n}")
            for name in self.__slots__
            if not isinstance(n := getattr(self, name), int) or n < 1
        ]
        if problems:
            raise P3CError(problems)
        if self.strong_interviewees < self.moderate_interviewees:
            what = "a strong configuration cannot need fewer interviewees"
            numbers = (
                f"({self.strong_interviewees}) than a moderate one ({self.moderate_interviewees})"
            )
            raise P3CError(Problem(f"{what} {numbers}"))

    @property
    def said(self) -> str:
        """The rubric in words, to be printed wherever a label is."""
        document = _count(self.moderate_with_document, "interviewee")
        return (
            f"Strong: the configuration is a full triad, and at least "
            f"{_count(self.strong_interviewees, 'interviewee')} of at least "
            f"{_count(self.strong_types, 'stakeholder type')} support or refine it. Moderate: at "
            f"least {_count(self.moderate_interviewees, 'interviewee')} do, or {document} and a "
            "document. Tentative: anything less. Contested: a passage contradicts it or offers a "
            "rival explanation, and nothing was decided about it. These thresholds are this "
            "team's own and come from no standard; a count of voices does not say how rich an "
            "account is."
        )


def strength_of(
    profile: Profile, completeness: str, rubric: Rubric | None = None
) -> tuple[str, str]:
    """Return what a configuration is called by a rubric, and how the rubric comes to it.

    Parameters
    ----------
    profile : Profile
    completeness : str
        One of `completeness.CLASSES`.
    rubric : Rubric, optional
        By default the thresholds of `Rubric`.

    Returns
    -------
    tuple of str
        One of `LABELS`, and one sentence.

    Examples
    --------
    >>> from p3c_qual.realist.judging.profile import Profile
    >>> profile = Profile(("F1", "F2", "D1"), ("F", "D1"), supports=3)
    >>> strength_of(profile, "triad")
    ('strong', '3 interviewees of 2 stakeholder types, and a full triad')
    >>> strength_of(profile, "triad_resource")
    ('moderate', '3 interviewees; strong needs a full triad')
    """
    rule = rubric or Rubric()
    people, types = len(profile.interviewees), len(profile.stakeholder_types)
    if profile.open:
        passages = _count(profile.open, "passage")
        verb = "speaks" if profile.open == 1 else "speak"
        return "contested", f"{passages} {verb} against it, and nothing was decided about that"
    heard = _count(people, "interviewee")
    lacks = _lacks(people, types, completeness, rule)
    if not lacks:
        return "strong", f"{heard} of {_count(types, 'stakeholder type')}, and a full triad"
    document = "document" in profile.source_types
    if people >= rule.moderate_interviewees:
        return "moderate", f"{heard}; strong needs {lacks}"
    if document and people >= rule.moderate_with_document:
        return "moderate", f"{heard} and a document; strong needs {lacks}"
    more = f"{_count(rule.moderate_interviewees, 'interviewee')}, or "
    more += f"{_count(rule.moderate_with_document, 'interviewee')} and a document"
    beside = " and a document" if document else ""
    return "tentative", f"{heard}{beside}; moderate needs {more}"


def _lacks(people: int, types: int, completeness: str, rule: Rubric) -> str:
    lacks = []
    if people < rule.strong_interviewees:
        lacks.append(_count(rule.strong_interviewees, "interviewee"))
    if types < rule.strong_types:
        lacks.append(_count(rule.strong_types, "stakeholder type"))
    if completeness != "triad":
        lacks.append("a full triad")
    return " and ".join(lacks)


def _count(number: int, what: str) -> str:
    return f"{number or 'no'} {what}{'' if number == 1 else 's'}"
