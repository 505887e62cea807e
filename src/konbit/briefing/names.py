"""Titles of the rows that a plan speaks of by code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from konbit.dossier.tables.fund import Contribution, CostHead, Earmark, Fund
from konbit.dossier.tables.mandate import Organisation
from konbit.dossier.tables.pledge import Offer
from konbit.dossier.tables.requirement import (
    BuildingOption,
    Capability,
    EquipmentType,
    Lift,
    Requirement,
    Site,
)

if TYPE_CHECKING:
    from konbit.briefing.words import Words
    from konbit.dossier.dossier import Dossier

# In the order in which a code is looked up when nothing says which table it is of.
_TITLED = (
    Capability, Offer, Site, BuildingOption, Earmark, Fund, CostHead, Organisation, Lift,
    EquipmentType, Contribution,
)  # fmt: skip
_MONTH = re.compile(r"\d{4}-\d{2}")


class Names:
    """Titles by code. A code without a row is its own title."""

    def __init__(self, dossier: Dossier, words: Words) -> None:
        self._words = words
        self._measures = {row.code: row.measure for row in dossier.rows(Capability)}
        self._requirements = {row.code: row for row in dossier.rows(Requirement)}
        self._contributors = {row.code: row.contributor for row in dossier.rows(Offer)}
        self._titles: dict[str, str] = {}
        for table in reversed(_TITLED):
            self._titles.update({row.label: row.title for row in dossier.rows(table)})  # type: ignore[attr-defined] # each of these tables has a title

    def title(self, code: str) -> str:
        """The title of a capability, offer, site, fund, cost head, organisation or the like."""
        if "@" in code:
            offer, _, site = code.partition("@")
            return f"{self.title(offer)} @ {self.title(site)}"
        return self._titles.get(code, code)

    def is_titled(self, code: str) -> bool:
        """Whether a row of the dossier has this code and a title."""
        return code in self._titles

    def offer(self, unit: str) -> str:
        """An offer with its contributor: `Kenya: Formed police unit`; of a unit, its offer."""
        code = unit.partition("@")[0]
        contributor = self._contributors.get(code)
        if not contributor:
            return self.title(code)
        who, what = self.title(contributor), self.title(code)
        return self._words.say("offer-of", contributor=who, offer=what)

    def _whose(self, code: str) -> str:
        """An offer with its contributor, where its title does not say it already."""
        title = self.title(code)
        contributor = self.title(self._contributors.get(code, ""))
        return title if contributor in title else self.offer(code)

    def measure(self, capability: str) -> str:
        """What a capability is measured in: the dossier's own word, unless it is one of ours."""
        measure = self._measures.get(capability, "")
        known = f"unit-{measure}"
        return self._words.say(known) if self._words.knows(known) else measure

    def payer(self, payer: str) -> str:
        """A fund by its title, or who pays beside the funds."""
        code = f"payer-{payer}"
        return self._words.say(code) if self._words.knows(code) else self.title(payer)

    def holder(self, holder: str) -> str:
        """A fund by its title, or the instrument beside the funds."""
        if holder in self._titles:
            return self._titles[holder]
        code = f"holder-{holder}"
        return self._words.say(code) if self._words.knows(code) else holder

    def earmark(self, earmark: str) -> str:
        """An earmark by its title."""
        return self._words.say("earmark-none") if earmark in {"", "-"} else self.title(earmark)

    def detail(self, detail: str) -> str:
        """What a reason is about: codes by their titles, offers with who makes them.

        A month after a unit is the one from which it is at work.
        """
        told: list[str] = []
        for part in detail.replace(",", " ").split():
            if told and _MONTH.fullmatch(part):
                told[-1] = self._words.say(
                    "detail-at-work", unit=told[-1], month=self._words.month(part)
                )
            else:
                told.append(self._whose(part))
        return self._words.listed(told)
