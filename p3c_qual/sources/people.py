"""Programmes, sites and interviewees that a source names, made when met for the first time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.coding.names import ids_by_key
from p3c_qual.sources.terms import CONSENT_FOR, slug
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from p3c_qual.sources.incoming import Incoming
    from p3c_qual.sources.parts import Reading
    from p3c_qual.store.act import Act

__all__ = ["Belonging"]


class Belonging:
    """Rows that sources belong to.

    Parameters
    ----------
    act : Act
    programmes : dict
        Labels and countries from study.yml.
    """

    def __init__(self, act: Act, programmes: Mapping[str, Mapping[str, str]]) -> None:
        self._act = act
        self._said = programmes
        programme, site = ROWS["programme"], ROWS["site"]
        rows = act.connection.execute(select(programme)).all()
        self._programmes: dict[str, str] = {row.key: row.id for row in rows}
        self._countries = {row.key: row.country for row in rows}
        self._people = ids_by_key(act.connection, "interviewee")
        self._sites: dict[tuple[str | None, str], str] = {
            (row.programme, row.key): row.id for row in act.connection.execute(select(site))
        }

    def programme(self, each: Incoming, named: list[str]) -> str | None:
        """Return the id of the source's programme; `named` takes what is new."""
        if not each.programme:
            return None
        key = slug(each.programme)
        said = self._said.get(key, {})
        country = each.country or self._countries.get(key) or said.get("country", "")
        if key not in self._programmes:
            row = {
                "id": self._act.named_id("programme", key),
                "key": key,
                "label": said.get("label") or _label(each.programme),
                "country": country,
            }
            self._programmes[key] = self._act.insert("programme", [row])[0]
            named.append(f"programme {key}")
        elif country != self._countries[key]:
            self._act.update("programme", {self._programmes[key]: {"country": country}})
        self._countries[key] = country
        return self._programmes[key]

    def site(self, each: Incoming, programme: str | None, named: list[str]) -> str | None:
        """Return the id of the source's site."""
        if not each.site:
            return None
        key = slug(each.site)
        if (programme, key) not in self._sites:
            row = {
                "id": self._act.named_id("site", str(programme), key),
                "key": key,
                "label": _label(each.site),
                "programme": programme,
            }
            self._sites[programme, key] = self._act.insert("site", [row])[0]
            named.append(f"site {key}")
        return self._sites[programme, key]

    def participations(
        self, each: Incoming, source: str, programme: str | None, reading: Reading, named: list[str]
    ) -> list[dict[str, Any]]:
        """Return the rows that say who took part, with their consent."""
        turns = reading.parts.get("turn")
        speakers = set(turns.speaker) if turns else set()
        rows = []
        for number, key in enumerate(each.interviewees):
            if key not in self._people:
                row = {
                    "id": self._act.named_id("interviewee", key),
                    "key": key,
                    "programme": programme,
                    "stakeholder_types": each.types_of(number),
                    "role": each.role_of(number),
                }
                self._people[key] = self._act.insert("interviewee", [row])[0]
                named.append(f"interviewee {key}")
            consents = {
                f"consent_{purpose}": each.consents(purpose)[number] for purpose in CONSENT_FOR
            }
            rows.append(
                {
                    "source": source,
                    "interviewee": self._people[key],
                    "speaker": key if key in speakers else "",
                    "position": number,
                    **consents,
                }
            )
        return rows


def _label(given: str) -> str:
    """Return a readable label: a written one as it is, a key with its words apart."""
    return given if given != slug(given) else given.replace("_", " ").title()
