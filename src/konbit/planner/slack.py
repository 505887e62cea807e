"""What a finished plan leaves of each limit, to see why one more unit is not there."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from konbit.dossier.tables.requirement import Lift
from konbit.planner.family import CAVEAT, PRIORITY, Family
from konbit.planner.leftovers import advances, free_cash, waiting
from konbit.planner.lines import ARRIVAL, DEPARTURE, MONTHLY, PER_PERSON
from konbit.planner.months import holds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from konbit.planner.lines import Line
    from konbit.planner.purse import Purse
    from konbit.planner.settle import Solved
    from konbit.planner.whole import Counts
    from konbit.planner.world import Unit
    from konbit.terms import Month


class Slack:
    """What is left of each limit in a finished plan, to see why one more unit is not there."""

    def __init__(self, solved: Solved) -> None:
        self._solved = solved
        world = solved.problem.world
        self._people = sum(
            (solved.whole.housed(u) * unit.strength_persons for u, unit in enumerate(world.units)),
            np.zeros((len(world.sites), world.horizon), dtype=np.int64),
        )
        self._arriving = sum(
            (
                self._coming(u).sum(axis=0) * unit.strength_persons
                for u, unit in enumerate(world.units)
            ),
            np.zeros(world.horizon, dtype=np.int64),
        )
        self._strengths: dict[tuple[frozenset[str], int], int] = {}
        self._drawn: dict[tuple[str, int], int] = {}
        self._free = free_cash(solved)
        self._advances = advances(solved)
        self._blocked: dict[tuple[int, int, int], tuple[str, str]] = {}

    def _coming(self, u: int) -> Counts:
        """Contingents that lift brings: reliefs, and first ones of candidates."""
        whole = self._solved.whole
        if self._solved.problem.world.units[u].is_opening:
            return whole.rotation[u].relief
        return whole.starts[u] + whole.rotation[u].relief

    def blocks(self, u: int, s: int, t: int) -> tuple[str, str]:
        """The first limit that keeps one more unit from being at work at a site in a month.

        Looked up once: it is asked again for everything that the unit gives.
        """
        found = self._blocked.get((u, s, t))
        if found is None:
            found = self._blocked[u, s, t] = self._blocks(u, s, t)
        return found

    def _blocks(self, u: int, s: int, t: int) -> tuple[str, str]:
        world = self._solved.problem.world
        unit = world.units[u]
        start = t - world.operational_lag
        if start < unit.earliest or start < 0:
            return Family.READINESS, unit.offer.code
        place = self._blocks_place(unit, s, start, t)
        if place is not None:
            return place
        costs = tuple(self._costs(u, s, start))
        return (
            self._beyond(costs, start)
            or self._beyond_advance(costs, unit.offer.contributor)
            or (PRIORITY, unit.offer.code)
        )

    def sent_home(self, u: int, s: int, t: int) -> tuple[str, str]:
        """Why a unit that was there is no longer: what one more month would have needed.

        A unit whose tour is over would have needed a relief, and seats for it.
        """
        unit = self._solved.problem.world.units[u]
        place = s if unit.home is None else unit.home
        kept_out = self._keeps_out(unit, place, t, t)
        if kept_out is not None:
            return kept_out
        month = self._solved.problem.world.months[t]
        lines = self._solved.problem.treasury.lines.of_unit(u, place, month, MONTHLY)
        if self._must_be_relieved(unit, t):
            if self._is_full(unit, t):
                return Family.LIFT, self._lifts(t)
            for how in PER_PERSON[1:]:
                lines += self._solved.problem.treasury.lines.of_unit(u, place, month, how)
        costs = tuple((month, line) for line in lines)
        return (
            self._beyond(costs, t)
            or self._beyond_advance(costs, unit.offer.contributor)
            or (PRIORITY, unit.offer.code)
        )

    def stays_away(self, u: int, s: int, t: int) -> tuple[str, str] | None:
        """Why a unit that is at another site may not be at this one; nothing where it may.

        It is in the mission already: neither lift nor ceiling is in its way. Some of those there
        from the start are bound to where they stand, and no condition of anybody keeps them.
        """
        unit = self._solved.problem.world.units[u]
        if unit.is_opening and not unit.possible[s, t]:
            return None
        kept_out = self._keeps_out(unit, s, t, t)
        if kept_out is not None or not self._is_housed_out(unit, s, t):
            return kept_out
        return Family.CAMP, self._solved.problem.world.sites[s]

    def _is_housed_out(self, unit: Unit, s: int, t: int) -> bool:
        """Whether a site has no beds left for a unit's people, whatever is built."""
        people = unit.strength_persons
        return people > 0 and int(self._people[s, t]) + people > self._beds(s, t)

    def _blocks_place(self, unit: Unit, s: int, start: int, t: int) -> tuple[str, str] | None:
        world = self._solved.problem.world
        people = unit.strength_persons
        kept_out = self._keeps_out(unit, s, start, t)
        if kept_out is not None:
            return kept_out
        if self._is_housed_out(unit, s, t):
            return Family.CAMP, world.sites[s]
        for cap in world.caps:
            strength = cap.strength_persons[t]
            concerned = strength is not None and unit.offer.component in cap.components
            if concerned and self._strength(cap.components, t) + people > (strength or 0):
                return Family.CEILING, cap.code
        if self._is_full(unit, start):
            return Family.LIFT, self._lifts(start)
        return self._blocks_equipment(unit, t)

    def _keeps_out(self, unit: Unit, s: int, first: int, last: int) -> tuple[str, str] | None:
        """Why a unit may not be at a site in all of some months: site, contributor or funding."""
        if unit.allowed[s, first : last + 1].all():
            return None
        world = self._solved.problem.world
        if not all(world.capacity[s][r] > 0 for r in range(first, last + 1)):
            return Family.CAMP, world.sites[s]
        admitted = unit.possible[s, first : last + 1].all()
        return Family.ELIGIBILITY if admitted else CAVEAT, unit.offer.code

    def _lifts(self, t: int) -> str:
        """Lift that carries passengers in a month; where there is none, all that ever does."""
        lifts = [r for r in self._solved.problem.world.dossier.rows(Lift) if r.passengers_per_month]
        month = self._solved.problem.world.months[t]
        running = [r.code for r in lifts if holds(r.from_on, r.until_on, month)]
        return " ".join(running or [r.code for r in lifts])

    def _is_full(self, unit: Unit, t: int) -> bool:
        """Whether lift has no seats left for a unit's people in a month."""
        seats, people = self._solved.problem.world.passengers, unit.strength_persons
        return seats is not None and people > 0 and int(self._arriving[t]) + people > seats[t]

    def _must_be_relieved(self, unit: Unit, t: int) -> bool:
        """Whether none of the contingents that were there at the start may still be there."""
        return unit.tour is not None and unit.is_opening and max(unit.due, default=t) <= t

    def _blocks_equipment(self, unit: Unit, t: int) -> tuple[str, str] | None:
        world = self._solved.problem.world
        for kind, (needs, brings) in unit.needs_equipment.items():
            more = needs - brings
            if kind in world.pools and 0 < more > world.pools[kind][t] - self._drawn_from(kind, t):
                return Family.EQUIPMENT, kind
        return None

    def _drawn_from(self, kind: str, t: int) -> int:
        """What all units present draw from a pool in a month; looked up once."""
        found = self._drawn.get((kind, t))
        if found is None:
            found = self._drawn[kind, t] = sum(
                int(p[:, t].sum()) * max(0, needed - brought)
                for p, other in zip(
                    self._solved.whole.present, self._solved.problem.world.units, strict=True
                )
                for needed, brought in [other.needs_equipment.get(kind, (0, 0))]
            )
        return found

    def _beds(self, s: int, t: int) -> int:
        """Beds that the site has in a month, or could have had, were every option ordered."""
        world = self._solved.problem.world
        beds = world.capacity[s][t] + sum(
            option.adds_persons
            for option, months in zip(world.options, world.option_months, strict=True)
            if option.site == world.sites[s]
            and any(month + option.lead_time_months <= t for month in months)
        )
        limit = world.limit[s]
        return beds if limit is None else min(beds, limit)

    def _strength(self, components: frozenset[str], t: int) -> int:
        """People of some components housed in a month, as ceilings count; looked up once."""
        found = self._strengths.get((components, t))
        if found is None:
            found = self._strengths[components, t] = sum(
                int(self._solved.whole.housed(u)[:, t].sum()) * unit.strength_persons
                for u, unit in enumerate(self._solved.problem.world.units)
                if unit.offer.component in components
            )
        return found

    def _beyond(self, costs: Iterable[tuple[Month, Line]], start: int) -> tuple[str, str] | None:
        """Which purses cannot bear costs from a month on, and whether others could, or later."""
        treasury = self._solved.problem.treasury
        owed: defaultdict[tuple[str, frozenset[Purse]], int] = defaultdict(int)
        for month, line in costs:
            if treasury.prices.is_trust_fund(line.payer):
                accepting = treasury.purses.accepting(line.payer, line.subject, month)
                owed[line.payer, accepting] += line.each_minor
        for (fund, accepting), amount in sorted(
            owed.items(), key=lambda item: (item[0][0], sorted(item[0][1]))
        ):
            free = sum(self._free[purse][start] for purse in accepting)
            if free >= amount:
                continue
            everywhere = sum(f[start] for purse, f in self._free.items() if purse.fund == fund)
            if everywhere >= amount:
                return Family.EARMARK, fund
            later = sum(f[-1] for purse, f in self._free.items() if purse.fund == fund)
            return (Family.TIMING if later >= amount else Family.MONEY), fund
        return None

    def _beyond_advance(
        self, costs: Iterable[tuple[Month, Line]], contributor: str
    ) -> tuple[str, str] | None:
        """Whether a contributor would advance costs beside what it advances in the plan.

        Arrears hold it back where it would, were it not owed money from before.
        """
        terms = self._advances.get(contributor)
        if terms is None:
            return None
        world, treasury = self._solved.problem.world, self._solved.problem.treasury
        more = np.zeros(world.horizon, dtype=np.int64)
        for month, line in costs:
            t = month - world.months[0]
            if t < world.horizon and line.reimbursable and line.payer in treasury.prices.funds:
                more[t] += line.each_minor
        extra = waiting(more, terms.lag_months)
        waits = extra > 0
        if (waits & (terms.owed + extra > terms.limit)).any():
            return Family.ADVANCE, contributor
        if (waits & (terms.owed + extra > terms.left)).any():
            return Family.ARREARS, contributor
        return None

    def _costs(self, u: int, s: int, start: int) -> Iterator[tuple[Month, Line]]:
        world, lines = self._solved.problem.world, self._solved.problem.treasury.lines
        first = world.months[start]
        yield from ((first, line) for line in lines.of_unit(u, s, first, ARRIVAL))
        for ahead in range(world.minimum_stay):
            month = first + ahead
            yield from ((month, line) for line in lines.of_unit(u, s, month, MONTHLY))
        last = first + world.minimum_stay
        yield from ((last, line) for line in lines.of_unit(u, s, last, DEPARTURE))
