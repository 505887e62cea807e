"""Where and in which months a unit may serve: caveats, windows, eligibility."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from konbit.dossier.caveats import may_serve_at
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

    Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]

_CLEARED = frozenset({"clear", "mitigated"})


class Admitted(NamedTuple):
    """By site and month, whether units may be present.

    Attributes:
        allowed: as things stand.
        possible: were they eligible under every funding model.
        cleared: were only their due diligence complete.
    """

    allowed: Allowed
    possible: Allowed
    cleared: Allowed


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
    ) -> None:
        self._months = months
        self._sites = sites
        self._models = models
        self._steps = steps
        self._useful = useful
        self._caveats: dict[str, list[Caveat]] = {}
        for caveat in known.rows(Caveat):
            self._caveats.setdefault(caveat.offer, []).append(caveat)
        self._agreed_on = _agreed_days(known)
        self._usable = np.array(
            [[holds(s.available_from_on, s.available_until_on, m) for m in months] for s in sites],
            dtype=bool,
        ).reshape(len(sites), len(months))

    def opening(
        self,
        offer: Offer,
        home: int,
        equipment: Mapping[str, tuple[int, int]],
        clearance: str,
    ) -> Admitted:
        """For units already there: where they stand, and the caveats' sites that need them.

        A service is given where it stands.
        """
        wanted = self._useful_sites({offer.capability} if offer.kind != "service" else set())
        wanted[home] = True
        sites = self._sites_allowed(offer) & wanted
        return self._both(sites, offer, equipment, clearance, opening=True)

    def candidate(
        self,
        offer: Offer,
        gives: Mapping[str, int],
        equipment: Mapping[str, tuple[int, int]],
        clearance: str,
    ) -> Admitted:
        """For units to come: the caveats' sites that need something they give."""
        sites = self._sites_allowed(offer) & self._useful_sites(set(gives))
        return self._both(sites, offer, equipment, clearance, opening=False)

    def _both(
        self,
        sites: Flags,
        offer: Offer,
        equipment: Mapping[str, tuple[int, int]],
        clearance: str,
        *,
        opening: bool,
    ) -> Admitted:
        months = self._months_wanted(offer)
        eligible, cleared = (
            np.array(
                [
                    self._is_eligible(offer, t, equipment, status, opening=opening)
                    for t in range(len(self._months))
                ],
                dtype=bool,
            )
            for status in (clearance, "clear")
        )
        possible = self._usable & sites[:, None] & months[None, :]
        return Admitted(possible & eligible[None, :], possible, possible & cleared[None, :])

    def _useful_sites(self, gives: set[str]) -> Flags:
        return np.array(
            [bool(gives & self._useful.get(s, frozenset())) for s in range(len(self._sites))],
            dtype=bool,
        )

    def _sites_allowed(self, offer: Offer) -> Flags:
        caveats = self._caveats.get(offer.code, [])
        return np.array([may_serve_at(s.code, caveats) for s in self._sites], dtype=bool)

    def _months_wanted(self, offer: Offer) -> Flags:
        """Months in which the contributor's own words let it serve."""
        only = {
            c.funding_model
            for c in self._caveats.get(offer.code, [])
            if c.kind == "only_funding_model"
        }
        found = []
        for month, model in zip(self._months, self._models, strict=True):
            wanted = not only or (model is not None and model.code in only)
            found.append(wanted and holds(None, offer.available_until_on, month))
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
        if model is None or self._in_grace(t, model):
            return True
        if model.requires_clearance and clearance not in _CLEARED:
            return False
        if model.requires_agreement and opening and not self._has_agreement(offer, t):
            return False
        return not model.requires_equipment or is_equipped(equipment)

    def _in_grace(self, t: int, model: FundingModel) -> bool:
        """Within the grace counted from the step's first month; never before the step's day."""
        step = self._steps[t]
        if step is None:
            return False
        began = Month.of(step) if step.day == 1 else Month.of(step) + 1
        return began <= self._months[t] < began + model.grace_months

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
