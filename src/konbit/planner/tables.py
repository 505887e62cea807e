"""The tables of a plan, from its whole-number answer."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from konbit.dossier.plan import (
    FULL,
    BuildingOrder,
    CashPosition,
    Coverage,
    HeadCount,
    Obligation,
    Payment,
    Presence,
    Stand,
)
from konbit.dossier.tables.mandate import Ceiling
from konbit.dossier.tables.requirement import Capability
from konbit.planner.months import holds
from konbit.terms import Money

if TYPE_CHECKING:
    from collections.abc import Mapping

    from konbit.planner.explain import Reasons
    from konbit.planner.settle import Solved
    from konbit.planner.world import World


def presence_rows(solved: Solved) -> tuple[Presence, ...]:
    """Who is where, month by month."""
    world, whole = solved.problem.world, solved.whole
    rows = []
    for u, unit in enumerate(world.units):
        there = whole.there(u)
        for s, site in enumerate(world.sites):
            for t, month in enumerate(world.months):
                x = int(whole.present[u][s, t])
                z = int(whole.starts[u][s, t])
                left = int(whole.leaving[u][s, t])
                if x or z or left:
                    rows.append(
                        Presence(
                            unit=unit.code,
                            offer=unit.offer.code,
                            site=site,
                            month=str(month),
                            units=x,
                            strength_persons=int(there[s, t]) * unit.strength_persons,
                            arriving_units=z,
                            departing_units=left,
                            operational_units=int(whole.working[u][s, t]),
                        )
                    )
    return tuple(rows)


def building_rows(solved: Solved) -> tuple[BuildingOrder, ...]:
    """What is ordered, and when."""
    world = solved.problem.world
    return tuple(
        BuildingOrder(
            option=world.options[q].code,
            month=str(world.months[t]),
            usable_from=str(world.months[t] + world.options[q].lead_time_months),
        )
        for q, t in sorted(solved.whole.ordered.items())
    )


def coverage_rows(
    solved: Solved, reasons: Mapping[tuple[int, int], Reasons]
) -> tuple[Coverage, ...]:
    """Needed, at work and effective, with what holds the rest back."""
    world, shown = solved.problem.world, solved.covered
    rows = []
    for (n, t), share in sorted(shown.shares.items()):
        need = world.needs[n]
        why = reasons.get((n, t))
        rows.append(
            Coverage(
                requirement=need.code,
                capability=need.capability,
                site=world.sites[need.site],
                month=str(world.months[t]),
                needed=need.quantity,
                present=max(0, shown.at_work[n, t]),
                share=share,
                weight=need.weight,
                reason=why.families[0] if why else "none",
                reasons=" ".join(why.families) if why else "",
                detail=why.detail if why else "",
            )
        )
    return tuple(rows)


def stand_rows(solved: Solved) -> tuple[Stand, ...]:
    """Substitutes used."""
    world = solved.problem.world
    return tuple(
        Stand(
            month=str(world.months[t]),
            site=world.sites[s],
            offered=offered,
            needed=needed,
            quantity=used,
        )
        for (offered, needed, s, t), used in sorted(solved.covered.stands.items())
    )


def obligation_rows(solved: Solved) -> tuple[Obligation, ...]:
    """Every cost, by month, head and subject."""
    world = solved.problem.world
    currency = solved.problem.treasury.prices.currency
    return tuple(
        Obligation(
            month=str(world.months[item.month]),
            cost_head=item.cost_head,
            subject=item.subject,
            site=item.site,
            payer=item.payer,
            amount=Money(item.amount_minor, currency),
            support_cost=Money(item.support_minor, currency),
            placeholder=item.assumed,
        )
        for item in solved.items
    )


def payment_rows(solved: Solved) -> tuple[Payment, ...]:
    """Which purse pays, or sets aside for, what."""
    world = solved.problem.world
    currency = solved.problem.treasury.prices.currency
    rows = (
        Payment(
            kind=share.kind,
            month=str(world.months[share.item.month]),
            fund=share.purse.fund,
            earmark=share.purse.earmark,
            cost_head=share.item.cost_head,
            subject=share.item.subject,
            site=share.item.site,
            amount=Money(share.amount_minor, currency),
        )
        for share in solved.shares
    )
    return tuple(sorted(rows, key=lambda row: row.key))


def cash_rows(solved: Solved) -> tuple[CashPosition, ...]:
    """Cash of each purse, month by month."""
    world = solved.problem.world
    currency = solved.problem.treasury.prices.currency
    moved: defaultdict[tuple[str, str, str, int], int] = defaultdict(int)
    for share in solved.shares:
        key = (share.kind, share.purse.fund, share.purse.earmark, share.item.month)
        moved[key] += share.amount_minor
    rows = []
    for purse, available in solved.problem.treasury.purses.cash.items():
        if not any(available):
            continue
        used_before = 0
        for t, spendable in enumerate(available):
            used = moved["pay", purse.fund, purse.earmark, t]
            opening = spendable - used_before
            used_before += used
            rows.append(
                CashPosition(
                    fund=purse.fund,
                    earmark=purse.earmark,
                    month=str(world.months[t]),
                    opening=Money(opening, currency),
                    used=Money(used, currency),
                    closing=Money(opening - used, currency),
                    set_aside=Money(moved["aside", purse.fund, purse.earmark, t], currency),
                )
            )
    return tuple(rows)


def headcount_rows(solved: Solved) -> tuple[HeadCount, ...]:
    """The five head-counts of the planned months."""
    world = solved.problem.world
    return tuple(_headcount(solved, t) for t in range(world.horizon))


def _headcount(solved: Solved, t: int) -> HeadCount:
    world, whole = solved.problem.world, solved.whole
    deployed = placed = waiting = coming = 0
    for u, unit in enumerate(world.units):
        deployed += int(whole.there(u)[:, t].sum()) * unit.strength_persons
        placed += int(whole.housed(u)[:, t].sum()) * unit.strength_persons
        if not (unit.is_opening or unit.asked):
            come = int(whole.starts[u][:, : t + 1].sum())
            coming += (unit.count - come) * unit.strength_persons
            if t >= unit.earliest:
                waiting += (unit.count - come) * unit.strength_persons
    return HeadCount(
        month=str(world.months[t]),
        kind="plan",
        ceiling_persons=ceiling_of(world, t),
        required_persons=_required(world, t),
        offered_persons=placed + coming,
        ready_persons=placed + waiting,
        deployed_persons=deployed,
        effective_persons=_effective(solved, t),
    )


def ceiling_of(world: World, t: int) -> int | None:
    """The ceiling in a month: the total's, or else the sum of the uniformed and the civilian one.

    Military and police ceilings are added up only where there is none for all uniformed people.
    Where two ceilings of a component hold, the lower counts.
    """
    month = world.months[t]
    lowest: dict[str, int] = {}
    for row in world.dossier.rows(Ceiling):
        if holds(row.from_on, row.until_on, month):
            strength = row.strength_persons
            lowest[row.component] = min(strength, lowest.get(row.component, strength))
    if "total" in lowest:
        return lowest["total"]
    inside = ("uniformed",) if "uniformed" in lowest else ("military", "police")
    parts = [lowest[c] for c in (*inside, "civilian") if c in lowest]
    return sum(parts) if parts else None


def _required(world: World, t: int) -> int:
    persons = _counted_in_persons(world)
    return sum(n.quantity for n in world.needs if n.capability in persons and t in n.months)


def _effective(solved: Solved, t: int) -> int:
    """At each site what is met of the needs counted in persons, but no more than are at work."""
    world, whole = solved.problem.world, solved.whole
    persons = _counted_in_persons(world)
    found = 0
    for s in range(len(world.sites)):
        at_work = sum(
            int(working[s, t]) * unit.strength_persons
            for working, unit in zip(whole.working, world.units, strict=True)
        )
        met = sum(
            world.needs[n].quantity * share // FULL
            for (n, month), share in solved.covered.shares.items()
            if month == t and world.needs[n].site == s and world.needs[n].capability in persons
        )
        found += min(at_work, met)
    return found


def _counted_in_persons(world: World) -> frozenset[str]:
    return frozenset(c.code for c in world.dossier.rows(Capability) if c.is_in_persons)
