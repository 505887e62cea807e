"""Where and in which months a unit may serve: caveats, windows, eligibility."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from konbit.dossier.tables.pledge import Agreement, Caveat, UnitEvent
from konbit.planner.months import holds
from konbit.terms import Month

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from konbit.dossier import Dossier
    from konbit.dossier.tables.fund import FundingModel
    from konbit.dossier.tables.pledge import Offer
    from konbit.dossier.tables.requirement import Site
    from konbit.planner.world import Allowed

_CLEARED = frozenset({"clear", "mitigated"})


class Serving:
    """Answers for each offer at which sites and in which months its units may be present."""

    def __init__(
        self,
        known: Dossier,
        months: Sequence[Month],
        sites: Sequence[Site],
        models: Sequence[FundingModel | None],
        steps: Sequence[date | None],
        useful: Mapping[int, frozenset[str]],
        *,
        ignore_eligibility: bool = False,
    ) -> None:
        self._months = months
        self._sites = sites
        self._models = models
        self._steps = steps
        self._useful = useful
        self._ignore_eligibility = ignore_eligibility
        self._caveats: dict[str, list[Caveat]] = {}
        for caveat in known.rows(Caveat):
            self._caveats.setdefault(caveat.offer, []).append(caveat)
        self._agreed_on = _agreed_days(known)
        self._usable = np.array(
            [
                [holds(s.available_from_on, s.available_until_on, m) for m in months]
                for s in sites
            ],
            dtype=bool,
        ).reshape(len(sites), len(months))

    def opening(
        self,
        offer: Offer,
        home: int,
        equipment: Mapping[str, tuple[int, int]],
        clearance: str,
    ) -> Allowed:
        """For units already there: where they stand, and the caveats' sites that need them."""
        months = self._months_allowed(offer, equipment, clearance, opening=True)
        wanted = self._useful_sites({offer.capability})
        wanted[home] = True
        sites = self._sites_allowed(offer) & wanted
        return self._usable & sites[:, None] & months[None, :]

    def candidate(
        self,
        offer: Offer,
        gives: Mapping[str, int],
        equipment: Mapping[str, tuple[int, int]],
        clearance: str,
    ) -> Allowed:
        """For units to come: the caveats' sites that need something they give."""
        months = self._months_allowed(offer, equipment, clearance, opening=False)
        sites = self._sites_allowed(offer) & self._useful_sites(set(gives))
        return self._usable & sites[:, None] & months[None, :]

    def _useful_sites(self, gives: set[str]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        return np.array(
            [bool(gives & self._useful.get(s, frozenset())) for s in range(len(self._sites))],
            dtype=bool,
        )

    def _sites_allowed(self, offer: Offer) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        caveats = self._caveats.get(offer.code, [])
        only = {c.site for c in caveats if c.kind == "only_site"}
        without = {c.site for c in caveats if c.kind == "not_site"}
        return np.array(
            [(not only or s.code in only) and s.code not in without for s in self._sites],
            dtype=bool,
        )

    def _months_allowed(
        self,
        offer: Offer,
        equipment: Mapping[str, tuple[int, int]],
        clearance: str,
        *,
        opening: bool,
    ) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        only = {
            c.funding_model
            for c in self._caveats.get(offer.code, [])
            if c.kind == "only_funding_model"
        }
        found = []
        for t, month in enumerate(self._months):
            model = self._models[t]
            stays = holds(None, offer.available_until_on, month)
            wanted = not only or (model is not None and model.code in only)
            fit = self._is_eligible(offer, t, equipment, clearance, opening=opening)
            found.append(stays and wanted and fit)
        return np.array(found, dtype=bool)

    def _is_eligible(
        self,
        offer: Offer,
        t: int,
        equipment: Mapping[str, tuple[int, int]],
        clearance: str,
        *,
        opening: bool,
    ) -> bool:
        model = self._models[t]
        if model is None or self._ignore_eligibility or self._in_grace(t, model):
            return True
        if model.requires_clearance and clearance not in _CLEARED:
            return False
        if model.requires_agreement and opening and not self._has_agreement(offer, t):
            return False
        return not model.requires_equipment or is_equipped(equipment)

    def _in_grace(self, t: int, model: FundingModel) -> bool:
        step = self._steps[t]
        if step is None:
            return False
        first = next(u for u in range(len(self._steps)) if self._steps[u] == step)
        began = self._months[first]
        if first == 0:
            started = Month.of(step) if step.day == 1 else Month.of(step) + 1
            began = min(began, started)
        return self._months[t] < began + model.grace_months

    def _has_agreement(self, offer: Offer, t: int) -> bool:
        return any(on <= self._months[t].first_on for on in self._agreed_on.get(offer.code, ()))


def is_equipped(equipment: Mapping[str, tuple[int, int]]) -> bool:
    """Whether a unit brings nine tenths of the equipment it needs, in all."""
    needed = sum(need for need, _ in equipment.values())
    brought = sum(min(need, brings) for need, brings in equipment.values())
    return brought * 10 >= needed * 9


def _agreed_days(known: Dossier) -> dict[str, list[date]]:
    days: dict[str, list[date]] = {}
    for event in known.rows(UnitEvent):
        if event.stage == "agreed":
            days.setdefault(event.offer, []).append(event.on)
    for agreement in known.rows(Agreement):
        if agreement.offer and agreement.kind in {"mou", "loa"}:
            days.setdefault(agreement.offer, []).append(agreement.signed_on)
    return days
