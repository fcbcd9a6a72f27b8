"""What belongs to the same claim as a configuration, and where in the material it is heard."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from p3c_qual.realist.judging.profile import counts_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from p3c_qual.realist.model import Configuration, Element, Evidence
    from p3c_qual.realist.read import Realist

__all__ = ["OPPOSITES", "Claim", "claim_of"]

#: which directions speak against a direction; no change speaks against both
OPPOSITES = {
    "improves": frozenset({"worsens", "unchanged"}),
    "worsens": frozenset({"improves", "unchanged"}),
    "unchanged": frozenset({"improves", "worsens"}),
}


@dataclass(frozen=True)
class Claim:
    """A configuration, and the standing ones that make the same claim.

    Attributes
    ----------
    configuration : Configuration
    family : tuple of Configuration
        Itself first; then those with the same named mechanism, and those that stand under the
        same demi-regularity.
    """

    configuration: Configuration
    family: tuple[Configuration, ...]

    def elements(self, role: str) -> list[Element]:
        """Return the elements in the family that are this configuration's own, or the same.

        Of another configuration an element is the same if it has the role and the same words or
        the same code; of one with the same named mechanism every part of it is, since the name
        says so. `role` is ``context``, ``mechanism`` or ``outcome``.
        """
        roles = ("resource", "reasoning") if role == "mechanism" else (role,)
        mine = self.configuration.of_role(*roles)
        words = {_folded(each.text) for each in mine if each.text}
        codes = {each.code for each in mine if each.code}
        named = self.configuration.mechanism
        return [
            element
            for each in self.family
            for element in each.of_role(*roles)
            if each is self.configuration
            or (role == "mechanism" and named and each.mechanism == named)
            or _folded(element.text) in words
            or element.code in codes
        ]

    def opposites(self) -> list[Element]:
        """Return the outcomes in the family that go the other way than one of this configuration.

        Where both say a domain it has to be the same one: that patients are better off and costs
        rise is no contradiction.
        """
        mine = self.configuration.of_role("outcome")
        return [
            other
            for each in self.family
            for other in each.of_role("outcome")
            if any(
                other.direction in OPPOSITES.get(own.direction, ())
                and (not own.domain or not other.domain or own.domain == other.domain)
                for own in mine
            )
        ]

    def heard(
        self,
        elements: Iterable[Element],
        which: Callable[[Configuration, Evidence], bool] = counts_for,
    ) -> dict[str, list[Evidence]]:
        """Return by source (row id) the evidence on these elements, in the order it is read.

        By default what speaks for them, see `counts_for`.
        """
        wanted = {each.id for each in elements}
        found: dict[str, list[Evidence]] = defaultdict(list)
        for each in self.family:
            for item in each.evidence:
                if item.element in wanted and which(each, item):
                    found[item.source].append(item)
        return found


def claim_of(realist: Realist, configuration: Configuration) -> Claim:
    """Return a configuration with the standing ones that make the same claim.

    Parameters
    ----------
    realist : Realist
    configuration : Configuration
    """
    together = {
        instance.configuration
        for regularity in realist.regularities.values()
        if any(each.configuration == configuration.id for each in regularity.instances)
        for instance in regularity.instances
    }
    others = [
        each
        for each in realist.standing
        if each.id != configuration.id
        and (
            each.id in together
            or (configuration.mechanism and each.mechanism == configuration.mechanism)
        )
    ]
    return Claim(configuration, (configuration, *others))


def _folded(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" .")
