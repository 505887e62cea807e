"""The call list: concrete asks, each tried on the plan, ranked by what it would unlock."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from konbit.dossier.plan import FULL, Ask
from konbit.dossier.tables.fund import Contribution, ContributionEvent
from konbit.planner import levers
from konbit.planner.lines import MONTHLY, support_cost
from konbit.planner.purse import FREE, Purse
from konbit.planner.resolve import Base, Gain
from konbit.planner.suppliers import Suppliers
from konbit.terms import Money

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from konbit.planner.explain import Reasons
    from konbit.planner.levers import Lever
    from konbit.planner.problem import Problem
    from konbit.planner.settle import Solved

_CONFIRMED = 4
_LISTED = 12
_STEP = 200  # people asked for at a time, in lift and ceilings
_MONEY_SHARES = ((1, 8), (1, 4), (1, 2), (1, 1))


@dataclass(frozen=True, eq=False)
class Idea:
    """An ask and the lever that shows what it would unlock."""

    kind: str
    subject: str
    by_month: int
    lever: Lever
    site: str = ""
    quantity: int | None = None
    amount_minor: int | None = None
    cost_minor: int | None = None


def call_list(base: Base, reasons: Mapping[tuple[int, int], Reasons]) -> tuple[Ask, ...]:
    """Asks in order of gain: ranked in the continuous model, the best confirmed in whole units.

    None where there was enough before all were ranked; those not confirmed are estimates.
    """
    ideas = list(_ideas(base.solved, reasons))
    quick = base.quick([idea.lever for idea in ideas])
    if quick is None:
        return ()
    order = sorted(range(len(ideas)), key=lambda i: (-quick[i], i))
    if base.is_small:
        chosen = best = order
    else:
        chosen = [i for i in order if quick[i] * FULL > base.needed][:_LISTED]
        best = chosen[:_CONFIRMED]
    gains = base.full([ideas[i].lever for i in best], [quick[i] for i in best])
    known = {i: gain for i, gain in zip(best, gains, strict=True) if gain is not None}
    tried = [(ideas[i], gain) for i, gain in known.items() if gain.least_points]
    tried = _worth_asking(tried)[:_LISTED]
    unconfirmed = [i for i in chosen if i not in known and quick[i] > 0][:_LISTED]
    rest = [(ideas[i], Gain(quick[i], base.most_points(quick[i]))) for i in unconfirmed]
    suppliers = Suppliers(base.solved.problem.world)
    listed = [*((True, found) for found in tried), *((False, found) for found in rest)]
    return tuple(
        _ask(rank, base, idea, gain, suppliers, confirmed=confirmed)
        for rank, (confirmed, (idea, gain)) in enumerate(listed, start=1)
    )


def _worth_asking(tried: list[tuple[Idea, Gain]]) -> list[tuple[Idea, Gain]]:
    """In order of gain, without a sum of money that gains no more than a smaller one."""
    kept = [
        (idea, gain)
        for idea, gain in tried
        if not any(
            idea.kind == other.kind == "money"
            and idea.subject == other.subject
            and (other.amount_minor or 0) < (idea.amount_minor or 0)
            and gains.least_points >= gain.least_points
            for other, gains in tried
        )
    ]
    return sorted(kept, key=lambda found: -found[1].least_points)


def _ask(
    rank: int, base: Base, idea: Idea, gain: Gain, suppliers: Suppliers, *, confirmed: bool
) -> Ask:
    problem = base.solved.problem
    currency = problem.treasury.prices.currency
    return Ask(
        rank=rank,
        kind=idea.kind,
        subject=idea.subject,
        site=idea.site,
        quantity=idea.quantity,
        amount=None if idea.amount_minor is None else Money(idea.amount_minor, currency),
        by_month=str(problem.world.months[idea.by_month]),
        gain_points=gain.least_points,
        gain_upper_points=gain.most_points,
        confirmed=confirmed,
        extra_cost=Money(idea.cost_minor, currency) if idea.cost_minor else None,
        organisations=suppliers.for_ask(idea.kind, idea.subject),
    )


def _ideas(solved: Solved, reasons: Mapping[tuple[int, int], Reasons]) -> Iterator[Idea]:
    problem = solved.problem
    yield from _units(solved)
    yield from _readiness(problem)
    yield from _admissions(problem)
    yield from _money(problem)
    yield from _frozen(problem)
    yield from _earmarks(problem)
    yield from _camps(problem, reasons)
    yield from _lift(problem)
    yield from _arrears(problem)
    yield from _advances(problem)
    yield from _pools(problem, reasons)
    yield from _ceilings(problem)


def _short(solved: Solved) -> list[str]:
    """Capabilities not fully met, the most weighted points missing first."""
    missing: Counter[str] = Counter()
    for (n, _), share in solved.covered.shares.items():
        need = solved.problem.world.needs[n]
        missing[need.capability] += need.weight * (FULL - share)
    return [c for c, points in sorted(missing.items(), key=lambda i: (-i[1], i[0])) if points]


def _units(solved: Solved) -> Iterator[Idea]:
    """One typical unit of every capability that is short."""
    problem = solved.problem
    world = problem.world
    asked = {unit.offer.capability: u for u, unit in enumerate(world.units) if unit.asked}
    for capability in _short(solved):
        u = asked[capability]
        unit = world.units[u]
        if unit.earliest < world.horizon:
            quantity = unit.gives[capability]
            lever = levers.typical(problem, u, 1)
            cost = _cost_of_stay(problem, u, unit.earliest, world.horizon)
            yield Idea("unit", capability, unit.earliest, lever, quantity=quantity, cost_minor=cost)


def _readiness(problem: Problem) -> Iterator[Idea]:
    """Each offer that is not ready at once."""
    for u, unit in enumerate(problem.world.units):
        if not unit.is_opening and not unit.asked and unit.earliest:
            lever = levers.ready(problem, u)
            sooner = _cost_of_stay(problem, u, 0, min(unit.earliest, problem.world.horizon))
            cost = unit.count * sooner
            yield Idea("ready", unit.offer.code, 0, lever, quantity=unit.count, cost_minor=cost)


def _admissions(problem: Problem) -> Iterator[Idea]:
    """Each offer that the funding model keeps out: due diligence, and all else that is asked."""
    for u, unit in enumerate(problem.world.units):
        for kind, before, after in (
            ("clearance", unit.allowed, unit.cleared),
            ("admission", unit.cleared, unit.possible),
        ):
            opened = [t for t in np.nonzero(after & ~before)[1] if t >= unit.earliest]
            if opened:
                lever = levers.admitted(problem, u, after)
                yield Idea(kind, unit.offer.code, int(min(opened)), lever, quantity=unit.count)


def _cost_of_stay(problem: Problem, u: int, first: int, until: int) -> int:
    """What one unit costs month by month at the first site it may serve, whoever pays."""
    world, treasury = problem.world, problem.treasury
    places = np.flatnonzero(world.units[u].possible.any(axis=1))
    total = 0
    for month in world.months[first:until] if len(places) else ():
        for line in treasury.lines.of_unit(u, int(places[0]), month, MONTHLY):
            share = treasury.prices.support_share(line.payer)
            total += line.each_minor + support_cost(line.each_minor, share)
    return total


def _round(amount_minor: int) -> int:
    """Two leading digits: nobody asks for 10,381,277.12."""
    step: int = 10 ** max(0, len(str(amount_minor)) - 2)
    return max(step, amount_minor // step * step)


def _money(problem: Problem) -> Iterator[Idea]:
    """Unearmarked cash for each trust fund: a quarter of, and all of, a year of all units."""
    for fund, yearly in sorted(_yearly_need(problem).items()):
        rows = levers.purse_rows(problem, Purse(fund, FREE))
        for part, whole in _MONEY_SHARES:
            amount = _round(yearly * part // whole)
            more = problem.treasury.purses.spendable(fund, amount) / problem.treasury.scale
            lever = levers.raise_rows(problem, rows, more)
            yield Idea("money", fund, 0, lever, amount_minor=amount)


def _yearly_need(problem: Problem) -> dict[str, int]:
    """By trust fund, what a year of everybody offered would cost it, with support cost."""
    world, treasury = problem.world, problem.treasury
    need: defaultdict[str, int] = defaultdict(int)
    for u, unit in enumerate(world.units):
        if unit.asked:
            continue
        for line in treasury.lines.of_unit(u, unit.home or 0, world.months[0], MONTHLY):
            if treasury.prices.is_trust_fund(line.payer):
                share = treasury.prices.support_share(line.payer)
                need[line.payer] += int(line.each_minor * unit.count * 12 * (1 + share))
    return {fund: amount for fund, amount in need.items() if amount}


def _frozen(problem: Problem) -> Iterator[Idea]:
    """Each gift that its donor holds back."""
    world, treasury = problem.world, problem.treasury
    contributions = world.dossier.by_code(Contribution)
    frozen: Counter[str] = Counter()
    for event in world.dossier.rows(ContributionEvent):
        if event.stage in {"frozen", "released"} and event.amount and event.on <= world.as_of_on:
            amount = treasury.prices.convert(event.amount, event.on).amount_minor
            frozen[event.contribution] += amount if event.stage == "frozen" else -amount
    for code, amount in sorted(frozen.items()):
        row = contributions.get(code)
        if row is None or amount <= 0 or row.instrument != "trust_fund":
            continue
        rows = levers.purse_rows(problem, Purse(row.fund, row.earmark or FREE))
        more = amount / treasury.scale
        lever = levers.raise_rows(problem, rows, more)
        yield Idea("unfreeze", code, 0, lever, amount_minor=amount)


def _earmarks(problem: Problem) -> Iterator[Idea]:
    """Each earmark taken off."""
    for purse, available in problem.treasury.purses.cash.items():
        if purse.earmark != FREE and any(available):
            lever = levers.earmark(problem, frozenset({purse}))
            yield Idea("unearmark", purse.earmark, 0, lever, amount_minor=max(available))


def _camps(problem: Problem, reasons: Mapping[tuple[int, int], Reasons]) -> Iterator[Idea]:
    """Beds for one more middling unit at every site that lacks them."""
    world, names = problem.world, problem.model.row_names
    sizes = sorted(u.strength_persons for u in world.units if u.strength_persons and not u.asked)
    if not sizes:
        return
    beds = -(-sizes[len(sizes) // 2] // 50) * 50
    short = {world.needs[n].site for (n, _), why in reasons.items() if "camp" in why.families}
    for s in sorted(short):
        rows = [r for r in problem.law("camp", "camp_limit") if names[r][1] == s]
        lever = levers.raise_rows(problem, rows, beds)
        yield Idea("camp", world.sites[s], 0, lever, site=world.sites[s], quantity=beds)


def _lift(problem: Problem) -> Iterator[Idea]:
    """More passengers every month."""
    if problem.world.passengers is not None:
        lever = levers.raise_rows(problem, problem.law("lift"), _STEP)
        yield Idea("lift", "passengers", 0, lever, quantity=_STEP)


def _advances(problem: Problem) -> Iterator[Idea]:
    """Each contributor advances twice as much."""
    for row in problem.treasury.advances:
        lever = levers.advance(problem, row, more_minor=row.limit_minor)
        yield Idea("advance", row.contributor, 0, lever, amount_minor=row.limit_minor)


def _arrears(problem: Problem) -> Iterator[Idea]:
    """Each contributor is paid what it is owed from before."""
    for row in problem.treasury.advances:
        owed = max(row.owed_minor)
        if owed:
            lever = levers.paid(problem, (row,))
            yield Idea("arrears", row.contributor, 0, lever, amount_minor=owed, cost_minor=owed)


def _pools(problem: Problem, reasons: Mapping[tuple[int, int], Reasons]) -> Iterator[Idea]:
    """Equipment for one more unit, where a pool holds somebody back."""
    world, names = problem.world, problem.model.row_names
    if not any("equipment" in why.families for why in reasons.values()):
        return
    for kind in world.pools:
        lacking = [n - b for u in world.units for n, b in [u.needs_equipment.get(kind, (0, 0))]]
        more = max(lacking, default=0)
        if more > 0:
            rows = [r for r in problem.law("equipment") if names[r][1] == kind]
            lever = levers.raise_rows(problem, rows, more)
            yield Idea("equipment", kind, 0, lever, quantity=more)


def _ceilings(problem: Problem) -> Iterator[Idea]:
    """Each ceiling raised."""
    names = problem.model.row_names
    for c, cap in enumerate(problem.world.caps):
        rows = [r for r in problem.law("ceiling") if names[r][1] == c]
        if rows:
            lever = levers.raise_rows(problem, rows, _STEP)
            yield Idea("ceiling", cap.code, 0, lever, quantity=_STEP)
