"""Where and when a unit may serve."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from konbit.dossier.tables.pledge import Agreement, Caveat, UnitEvent
from konbit.dossier.tables.requirement import Site
from konbit.planner.verifying.roster import newest_status

if TYPE_CHECKING:
    from datetime import date

    from konbit.dossier.dossier import Dossier
    from konbit.planner.verifying.calendar import Calendar, Models
    from konbit.planner.verifying.needs import Needs
    from konbit.planner.verifying.roster import Entity
    from konbit.planner.verifying.wear import Wear


class Permits:
    """Sites and months in which a unit may be present."""

    def __init__(
        self, known: Dossier, calendar: Calendar, models: Models, needs: Needs, wear: Wear
    ) -> None:
        self._calendar = calendar
        self._models = models
        self._needs = needs
        self._wear = wear
        self._sites = known.by_code(Site)
        self._status = newest_status(known, calendar.as_of_on)
        self._caveats: dict[tuple[str, str], set[str]] = defaultdict(set)
        for caveat in known.rows(Caveat):
            named = caveat.funding_model if caveat.kind == "only_funding_model" else caveat.site
            self._caveats[caveat.offer, caveat.kind].add(named)
        self._agreed_on = _agreed_on(known)
        self._sites_known: dict[tuple[str, str], bool] = {}
        self._months_known: dict[tuple[str, int], bool] = {}

    def usable(self, site: str, t: int) -> bool:
        """Whether a site is usable in a month."""
        row = self._sites.get(site)
        return row is not None and self._calendar.holds(
            row.available_from_on, row.available_until_on, t
        )

    def allowed(self, entity: Entity, site: str, t: int) -> bool:
        """Whether units may be present at a site in a month."""
        place, month = (entity.code, site), (entity.code, t)
        if place not in self._sites_known:
            self._sites_known[place] = self._may_stand(entity, site)
        if month not in self._months_known:
            self._months_known[month] = self._may_serve(entity, t)
        return self._sites_known[place] and self._months_known[month] and self.usable(site, t)

    def _may_stand(self, entity: Entity, site: str) -> bool:
        only = self._caveats.get((entity.offer.code, "only_site"))
        if only and site not in only:
            return False
        if site in self._caveats.get((entity.offer.code, "not_site"), ()):
            return False
        if entity.is_candidate:
            return self._needs.can_use(site, entity.gives)
        # A move would hide how long ago the contingent arrived.
        return site == entity.home or not self._wear.is_worn_by(entity)

    def _may_serve(self, entity: Entity, t: int) -> bool:
        if not self._calendar.holds(None, entity.offer.available_until_on, t):
            return False
        models = self._caveats.get((entity.offer.code, "only_funding_model"))
        if models and self._models.code(t) not in models:
            return False
        return self._models.in_grace(t) or self._is_eligible(entity, t)

    def _is_eligible(self, entity: Entity, t: int) -> bool:
        model = self._models.model(t)
        if model is None:
            return True
        if model.requires_clearance and not self._is_cleared(entity):
            return False
        if model.requires_agreement and not self._has_agreement(entity, t):
            return False
        return not model.requires_equipment or _is_equipped(entity)

    def _is_cleared(self, entity: Entity) -> bool:
        return self._status.get(entity.offer.code) in {"clear", "mitigated"}

    def _has_agreement(self, entity: Entity, t: int) -> bool:
        if entity.is_candidate:
            return True
        agreed_on = self._agreed_on.get(entity.offer.code)
        return agreed_on is not None and agreed_on <= self._calendar.day(t)


def _is_equipped(entity: Entity) -> bool:
    needs = sum(row.quantity for row in entity.equipment)
    brings = sum(row.brings for row in entity.equipment)
    return 10 * brings >= 9 * needs


def _agreed_on(known: Dossier) -> dict[str, date]:
    """First day by which an offer is agreed, by event or by a paper about it."""
    days = [(row.offer, row.on) for row in known.rows(UnitEvent) if row.stage == "agreed"]
    days += [
        (row.offer, row.signed_on)
        for row in known.rows(Agreement)
        if row.kind in {"mou", "loa"} and row.offer
    ]
    # The earliest day is set last and stays.
    return dict(sorted(days, reverse=True))
