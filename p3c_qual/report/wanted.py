"""Reports that are wanted: of some programmes, of all, or of a country; with which notebook, where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from p3c_qual.errors import P3CError, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from p3c_qual.study import Study

__all__ = ["Wanted", "wanted_briefs", "wanted_reports"]

_PROGRAMME, _COUNTRY, _BRIEF = "thick_description.ipynb", "country.ipynb", "feedback_brief.ipynb"
_NOT_IN_NAMES = '/\\:*?"<>|'


@dataclass(frozen=True)
class Wanted:
    """A report that is wanted.

    Attributes
    ----------
    name, label : str
        Key of the programme, or the country; and what people read.
    notebook : str
        What makes it.
    of : dict of str to str
        What it is on, by the name of the notebook's parameter.
    below : tuple of str
        Folders below that of the name.
    """

    name: str
    label: str
    notebook: str
    of: dict[str, str]
    below: tuple[str, ...] = ()

    @property
    def folder(self) -> str:
        """Its folder in ``reports``, without what a folder's name cannot hold.

        Examples
        --------
        >>> Wanted("a/b", "", "", {}).folder
        'a-b'
        """
        plain = "".join("-" if sign in _NOT_IN_NAMES else sign for sign in self.name)
        return "/".join((plain.strip(". ") or "report", *self.below))


def wanted_reports(
    study: Study, programmes: Sequence[str] = (), *, country: str = ""
) -> list[Wanted]:
    """Return the reports of these programmes, of a country as a whole, or of every programme.

    Parameters
    ----------
    study : Study
    programmes : sequence of str
        Keys.
    country : str
        As the programmes name it; asked where no programme is.

    Raises
    ------
    P3CError
        With every name that is unknown, or if there is no programme yet.
    """
    from p3c_qual.coding.names import find_key

    found = study.programmes()
    labels = dict(zip(found["programme"], found["label"], strict=True))
    countries = dict.fromkeys(filter(None, found["country"]))
    problems = [p for key in programmes if (p := find_key(labels, key, "programme"))]
    if country and (problem := find_key(countries, country, "country")):
        problems.append(problem)
    if not labels:
        problems = [Problem("the study has no programme yet", do="Add sources first.")]
    if problems:
        raise P3CError(problems)
    if country and not programmes:
        return [Wanted(country, country, _COUNTRY, {"country": country})]
    return [
        Wanted(key, labels[key], _PROGRAMME, {"programme": key})
        for key in dict.fromkeys(programmes or labels)
    ]


def wanted_briefs(study: Study, programmes: Sequence[str], audience: str) -> list[Wanted]:
    """Return the feedback briefs on these programmes, or on every one.

    Parameters
    ----------
    study : Study
    programmes : sequence of str
        Keys.
    audience : str
        ``front_line``, ``managers``, ``commissioners``, or ``all`` of them.

    Raises
    ------
    P3CError
        If the audience or a programme is unknown, or there is no programme yet.
    """
    from p3c_qual.report.brief import AUDIENCES, check_audiences

    audiences = check_audiences(audience)
    return [
        Wanted(
            each.name,
            f"{each.label}, {AUDIENCES[key].label.lower()}",
            _BRIEF,
            {**each.of, "audience": key},
            ("briefs", key),
        )
        for each in wanted_reports(study, programmes)
        for key in audiences
    ]
