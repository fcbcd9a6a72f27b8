"""The words that may be said of a source that comes in, and the places a study knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from p3c_qual.sources.terms import KINDS, STAKEHOLDERS
from p3c_qual.store.schema import ROWS
from p3c_qual.workbench import wire_start

if TYPE_CHECKING:
    from p3c_qual.study import Study

__all__ = ["study_terms"]


def study_terms(study: Study) -> wire_start.Terms:
    """Return the kinds, stakeholder types, programmes and sites one can choose from.

    Parameters
    ----------
    study : Study

    Examples
    --------
    >>> import tempfile
    >>> from p3c_qual import new_study
    >>> study = new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> terms = study_terms(study)
    >>> terms.language, terms.kinds[0], terms.stakeholders[4]
    ('en', 'interview', Choice(key='D1', label='Physician', of=''))
    """
    programme, site = ROWS["programme"], ROWS["site"]
    sites = (
        select(site.c.key, site.c.label, programme.c.key.label("of"))
        .join(programme, programme.c.id == site.c.programme)
        .order_by(programme.c.key, site.c.key)
    )
    programmes = select(programme.c.key, programme.c.label).order_by(programme.c.key)
    with study.store.read() as connection:
        return wire_start.Terms(
            language=study.settings.language,
            kinds=list(KINDS),
            stakeholders=[wire_start.Choice(key, label) for key, label in STAKEHOLDERS.items()],
            programmes=[
                wire_start.Choice(row.key, row.label or row.key)
                for row in connection.execute(programmes)
            ],
            sites=[
                wire_start.Choice(row.key, row.label or row.key, row.of)
                for row in connection.execute(sites)
            ],
        )
