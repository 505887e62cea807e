"""What falls due in each month, and what has to be set aside for later ones."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from konbit.dossier.tables.fund import CostHead
from konbit.dossier.tables.requirement import BuildingOption, Site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from konbit.dossier.dossier import Dossier
    from konbit.dossier.plan import Plan
    from konbit.planner.verifying.calendar import Calendar
    from konbit.planner.verifying.movement import Movement
    from konbit.planner.verifying.prices import Exchange, Payers, Prices
    from konbit.planner.verifying.roster import Entity

Line = tuple[int, str, str, str]
"""Month, cost head, subject, site."""

_MONTHLY = frozenset({"person_month", "unit_month", "equipment_month"})


@dataclass(frozen=True, slots=True)
class Due:
    """An amount due without and its support cost; the unit that costs, if it is one."""

    payer: str
    amount: int
    support_cost: int
    entity: Entity | None

    @property
    def total(self) -> int:
        """With support cost."""
        return self.amount + self.support_cost


class Dues:
    """All cost lines of a plan, from who is where and what is built."""

    def __init__(
        self,
        known: Dossier,
        plan: Plan,
        calendar: Calendar,
        movement: Movement,
        exchange: Exchange,
        prices: Prices,
        payers: Payers,
    ) -> None:
        self._calendar = calendar
        self._movement = movement
        self._prices = prices
        self._payers = payers
        self._minimum_stay_months = known.mission.minimum_stay_months
        self.heads = known.by_code(CostHead)
        self.lines: dict[Line, Due] = {}
        for entity, site in movement.pairs():
            self._add_unit(entity, site)
        for site in known.by_code(Site):
            self._add_site(site)
        self._add_building(known, plan, exchange)
        self.tail = self._tail()

    def _add(self, line: Line, amount: int, entity: Entity | None = None) -> None:
        if amount:
            payer = self._payers.payer(line[1], line[0])
            self.lines[line] = Due(payer, amount, self._payers.support_cost(payer, amount), entity)

    def _per_unit(self, head: CostHead, entity: Entity, site: str, t: int) -> int:
        """What one unit costs under a head when counted once, in a month."""
        if head.counted == "equipment_month":
            prices = self._prices
            return sum(
                row.brings * prices.price(head.code, entity.offer, row.equipment_type, site, t)
                for row in entity.equipment
            )
        per_unit = {"person": entity.people, "unit": 1, "tonne": entity.offer.cargo_tonnes}
        count = per_unit.get(head.counted.split("_")[0], 0)
        return count and count * self._prices.price(head.code, entity.offer, "", site, t)

    def _units(self, counted: str, entity: Entity, site: str, t: int) -> int:
        """How many units, or contingents, a head counts in a month.

        A unit of 50 with an overlap of one month is relieved in month 5: 100 person months of pay
        are due in 5, 50 journeys of relief in 5, 50 journeys home in 6. With a gap of one month and
        a relief in month 7: no pay in 6, 50 journeys home in 6, 50 journeys of relief in 7. Costs
        per unit and for its equipment are those of one unit throughout.
        """
        movement, here = self._movement, (entity.code, site, t)
        if counted == "person_month":
            return movement.contingents(*here)
        if counted in _MONTHLY:
            return movement.present(*here)
        units = 0
        if counted.endswith("_arrival") and entity.is_candidate:
            units += movement.starting(*here)
        if counted.endswith("_departure") and entity.is_candidate:
            units += movement.departing(*here)
        # The equipment and cargo of a unit stay when it is relieved: people travel alone.
        if counted == "person_arrival":
            units += movement.reliefs(entity.code, site, t, t)
        if counted == "person_departure":
            units += movement.relieved(*here)
        return units

    def _add_unit(self, entity: Entity, site: str) -> None:
        for head in self.heads.values():
            for t in self._calendar.indices:
                units = self._units(head.counted, entity, site, t)
                if units:
                    amount = units * self._per_unit(head, entity, site, t)
                    self._add((t, head.code, entity.code, site), amount, entity)

    def _add_site(self, site: str) -> None:
        units_here = [entity.code for entity, place in self._movement.pairs() if place == site]
        heads = [head.code for head in self.heads.values() if head.counted == "site_month"]
        for t in self._calendar.indices:
            if any(self._movement.present(unit, site, t) for unit in units_here):
                for head in heads:
                    self._add((t, head, site, site), self._prices.price(head, None, "", site, t))

    def _add_building(self, known: Dossier, plan: Plan, exchange: Exchange) -> None:
        options = known.by_code(BuildingOption)
        # An option that costs and names no head is charged to the first head for buildings.
        default = min((h.code for h in self.heads.values() if h.counted == "building"), default="")
        for order in plan.building_orders:
            option, t = options.get(order.option), self._calendar.index(order.month)
            if option is None or t is None or option.cost is None:
                continue
            head = option.cost_head or default
            if head:
                amount = exchange.minor(option.cost, self._calendar.as_of_on)
                self._add((t, head, option.code, option.site), amount)

    def _tail(self) -> dict[tuple[Line, str], Due]:
        """What is set aside at the end of a month, by line and trust fund."""
        amounts: dict[tuple[Line, str], int] = defaultdict(int)
        entities: dict[str, Entity] = {}
        for entity, site in self._movement.pairs():
            entities[entity.code] = entity
            for head in self.heads.values():
                for t, fund, amount in self._tail_of(head, entity, site):
                    amounts[(t, head.code, entity.code, site), fund] += amount
        return {
            key: Due(key[1], amount, self._payers.support_cost(key[1], amount), entities[key[0][2]])
            for key, amount in amounts.items()
            if amount
        }

    def _tail_of(self, head: CostHead, entity: Entity, site: str) -> Iterator[tuple[int, str, int]]:
        """Month, fund and amount to set aside for one head of the units at a site."""
        for t in self._calendar.indices:
            if head.counted in _MONTHLY and entity.is_candidate:
                units = self._movement.starting(entity.code, site, t)
                yield from self._rest_of_stay(head, entity, site, t, units)
            elif head.counted.endswith("_departure"):
                units = self._to_go_home(head.counted, entity, site, t)
                payer = self._payers.payer(head.code, t + 1)
                if units and self._payers.is_trust_fund(payer):
                    yield t, payer, units * self._per_unit(head, entity, site, t + 1)

    def _to_go_home(self, counted: str, entity: Entity, site: str, t: int) -> int:
        """Units or contingents whose way home is still to be paid at the end of a month.

        That of opening units was due when they came; while two contingents of one are there, one
        way home is.
        """
        by_person = counted == "person_departure"
        if not entity.is_candidate:
            return self._movement.outgoing(entity.code, site, t) if by_person else 0
        if by_person:
            return self._movement.contingents(entity.code, site, t)
        return self._movement.present(entity.code, site, t)

    def _rest_of_stay(
        self, head: CostHead, entity: Entity, site: str, started: int, units: int
    ) -> Iterator[tuple[int, str, int]]:
        """For units that start in a month: what the months of their stay cost after each month."""
        if not units:
            return
        remaining: dict[str, int] = defaultdict(int)
        for t in range(started + self._minimum_stay_months - 2, started - 1, -1):
            payer = self._payers.payer(head.code, t + 1)
            if self._payers.is_trust_fund(payer):
                remaining[payer] += units * self._per_unit(head, entity, site, t + 1)
            if t in self._calendar.indices:
                for fund, amount in remaining.items():
                    yield t, fund, amount
