"""The call list: concrete asks, each tried on the plan, ranked by what it would unlock."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from konbit.dossier.plan import FULL, Ask
from konbit.dossier.tables.fund import Contribution, ContributionEvent
from konbit.planner.cash import FREE, Purse
from konbit.planner.lines import MONTHLY
from konbit.planner.resolve import Base, in_parallel
from konbit.planner.suppliers import Suppliers
from konbit.planner.typical import typical_unit, with_unit
from konbit.terms import Money

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from konbit.planner.constraints.money import Treasury
    from konbit.planner.explain import Reasons
    from konbit.planner.goals import Solved
    from konbit.planner.resolve import Gain
    from konbit.planner.world import World

_CONFIRMED = 8
_LISTED = 12
_LIFT_STEP = 200
_MONEY_SHARES = ((1, 4), (1, 1))


@dataclass(frozen=True, eq=False)
class Idea:
    """An ask and the changed problem that shows what it would unlock."""

    kind: str
    subject: str
    by_month: int
    world: World
    treasury: Treasury
    site: str = ""
    quantity: int | None = None
    amount_minor: int | None = None


def call_list(base: Base, reasons: Mapping[tuple[int, int], Reasons]) -> tuple[Ask, ...]:
    """Asks in order of gain: ranked in the continuous model, the best confirmed in whole units."""
    solved = base.solved
    suppliers = Suppliers(solved.problem.world)
    ideas = list(_ideas(base, reasons))
    quick = in_parallel(lambda idea: base.quick(idea.world, idea.treasury), ideas)
    ranked = sorted(zip(quick, range(len(ideas)), strict=True), key=lambda pair: (-pair[0], pair[1]))
    chosen = [ideas[i] for gain, i in ranked if gain > 0][:_LISTED]
    tried = in_parallel(lambda idea: base.full(idea.world, idea.treasury), chosen[:_CONFIRMED])
    found: list[tuple[Idea, Gain | None, int]] = [
        (idea, gain, gain.least_points) for idea, gain in zip(chosen, tried, strict=False)
    ]
    by_idea = {id(ideas[i]): gain for gain, i in ranked}
    rest = [(idea, None, by_idea[id(idea)]) for idea in chosen[_CONFIRMED:]]
    found = [item for item in found if item[2] > 0]
    found.sort(key=lambda item: -item[2])
    return tuple(
        _ask(rank, idea, gain, points, suppliers)
        for rank, (idea, gain, points) in enumerate([*found, *rest], start=1)
    )


def _ask(rank: int, idea: Idea, gain: Gain | None, points: int, suppliers: Suppliers) -> Ask:
    currency = idea.treasury.prices.currency
    amount = None if idea.amount_minor is None else Money(idea.amount_minor, currency)
    return Ask(
        rank=rank,
        kind=idea.kind,
        subject=idea.subject,
        site=idea.site,
        quantity=idea.quantity,
        amount=amount,
        by_month=str(idea.world.months[idea.by_month]),
        gain_points=points,
        gain_upper_points=gain.most_points if gain else points,
        confirmed=gain is not None,
        organisations=suppliers.for_ask(idea.kind, idea.subject),
    )


def _ideas(base: Base, reasons: Mapping[tuple[int, int], Reasons]) -> Iterator[Idea]:
    solved = base.solved
    yield from _units(solved)
    yield from _readiness(solved)
    yield from _money(solved)
    yield from _frozen(solved)
    yield from _earmarks(solved)
    yield from _camps(solved, reasons)
    yield from _lift(solved)
    yield from _advances(solved)
    yield from _pools(solved, reasons)
    yield from _ceilings(solved)


def _short(solved: Solved) -> list[str]:
    """Capabilities not fully met, the most weighted points missing first."""
    missing: Counter[str] = Counter()
    for (n, _), share in solved.covered.shares.items():
        need = solved.problem.world.needs[n]
        missing[need.capability] += need.weight * (FULL - share)
    return [c for c, points in sorted(missing.items(), key=lambda i: (-i[1], i[0])) if points]


def _units(solved: Solved) -> Iterator[Idea]:
    world, treasury = solved.problem.world, solved.problem.treasury
    for capability in _short(solved):
        unit = typical_unit(world, capability, 1)
        if unit.earliest < world.horizon:
            changed = with_unit(world, unit)
            quantity = unit.gives[capability]
            yield Idea("unit", capability, unit.earliest, changed, treasury, quantity=quantity)


def _readiness(solved: Solved) -> Iterator[Idea]:
    world, treasury = solved.problem.world, solved.problem.treasury
    for u, unit in enumerate(world.units):
        if unit.is_opening or not unit.earliest:
            continue
        sooner = replace(unit, earliest=0)
        units = (*world.units[:u], sooner, *world.units[u + 1 :])
        changed = replace(world, units=units)
        yield Idea("ready", unit.offer.code, 0, changed, treasury, quantity=unit.count)


def _round(amount_minor: int) -> int:
    """Two leading digits: nobody asks for 10,381,277.12."""
    step = 10 ** max(0, len(str(amount_minor)) - 2)
    return max(step, amount_minor // step * step)


def _money(solved: Solved) -> Iterator[Idea]:
    """Unearmarked cash for each trust fund: a quarter of, and all of, a year of all units."""
    world, treasury = solved.problem.world, solved.problem.treasury
    for fund, yearly in sorted(_yearly_need(solved).items()):
        for part, whole in _MONEY_SHARES:
            amount = _round(yearly * part // whole)
            purse = Purse(fund, FREE)
            held = treasury.purses.cash.get(purse, (0,) * world.horizon)
            cash = {**treasury.purses.cash, purse: tuple(a + amount for a in held)}
            changed = replace(treasury, purses=treasury.purses.changed(cash=cash))
            yield Idea("money", fund, 0, world, changed, amount_minor=amount)


def _yearly_need(solved: Solved) -> dict[str, int]:
    """By trust fund, what a year of everybody offered would cost it, with support cost."""
    world, treasury = solved.problem.world, solved.problem.treasury
    need: defaultdict[str, int] = defaultdict(int)
    month = world.months[0]
    for u, unit in enumerate(world.units):
        s = unit.home if unit.home is not None else 0
        for line in treasury.lines.of_unit(u, s, month, MONTHLY):
            if treasury.prices.is_trust_fund(line.payer):
                share = treasury.prices.support_share(line.payer)
                need[line.payer] += int(line.each_minor * unit.count * 12 * (1 + share))
    return {fund: amount for fund, amount in need.items() if amount}


def _frozen(solved: Solved) -> Iterator[Idea]:
    world, treasury = solved.problem.world, solved.problem.treasury
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
        purse = Purse(row.fund, row.earmark or FREE)
        held = treasury.purses.cash.get(purse, (0,) * world.horizon)
        cash = {**treasury.purses.cash, purse: tuple(a + amount for a in held)}
        changed = replace(treasury, purses=treasury.purses.changed(cash=cash))
        yield Idea("unfreeze", code, 0, world, changed, amount_minor=amount)


def _earmarks(solved: Solved) -> Iterator[Idea]:
    world, treasury = solved.problem.world, solved.problem.treasury
    for purse, available in treasury.purses.cash.items():
        if purse.earmark != FREE:
            purses = treasury.purses.changed(widened=frozenset({purse}))
            changed = replace(treasury, purses=purses)
            amount = max(available)
            yield Idea("unearmark", purse.earmark, 0, world, changed, amount_minor=amount)


def _camps(solved: Solved, reasons: Mapping[tuple[int, int], Reasons]) -> Iterator[Idea]:
    """Beds for one more middling unit at every site that lacks them."""
    world, treasury = solved.problem.world, solved.problem.treasury
    sizes = sorted(u.strength_persons for u in world.units if u.strength_persons)
    if not sizes:
        return
    beds = -(-sizes[len(sizes) // 2] // 50) * 50
    short = {world.needs[n].site for (n, _), why in reasons.items() if "camp" in why.families}
    for s in sorted(short):
        capacity = list(world.capacity)
        capacity[s] = tuple(c + beds for c in capacity[s])
        limit = list(world.limit)
        limit[s] = None
        changed = replace(world, capacity=tuple(capacity), limit=tuple(limit))
        yield Idea("camp", world.sites[s], 0, changed, treasury, site=world.sites[s], quantity=beds)


def _lift(solved: Solved) -> Iterator[Idea]:
    world, treasury = solved.problem.world, solved.problem.treasury
    if world.passengers is not None:
        more = tuple(p + _LIFT_STEP for p in world.passengers)
        changed = replace(world, passengers=more)
        yield Idea("lift", "passengers", 0, changed, treasury, quantity=_LIFT_STEP)


def _advances(solved: Solved) -> Iterator[Idea]:
    world, treasury = solved.problem.world, solved.problem.treasury
    for i, term in enumerate(treasury.terms):
        if term.prefinancing_limit is None:
            continue
        doubled = replace(term, prefinancing_limit=term.prefinancing_limit * 2)
        terms = (*treasury.terms[:i], doubled, *treasury.terms[i + 1 :])
        amount = treasury.prices.convert(term.prefinancing_limit, world.as_of_on).amount_minor
        changed = replace(treasury, terms=terms)
        yield Idea("advance", term.organisation, 0, world, changed, amount_minor=amount)


def _pools(solved: Solved, reasons: Mapping[tuple[int, int], Reasons]) -> Iterator[Idea]:
    world, treasury = solved.problem.world, solved.problem.treasury
    if not any("equipment" in why.families for why in reasons.values()):
        return
    for kind, pool in world.pools.items():
        lacking = [n - b for u in world.units for n, b in [u.needs_equipment.get(kind, (0, 0))]]
        more = max(lacking, default=0)
        if more > 0:
            pools = {**world.pools, kind: tuple(p + more for p in pool)}
            changed = replace(world, pools=pools)
            yield Idea("equipment", kind, 0, changed, treasury, quantity=more)


def _ceilings(solved: Solved) -> Iterator[Idea]:
    world, treasury = solved.problem.world, solved.problem.treasury
    for c, cap in enumerate(world.caps):
        if not any(strength is not None for strength in cap.strength_persons):
            continue
        raised = tuple(None if p is None else p + _LIFT_STEP for p in cap.strength_persons)
        caps = (*world.caps[:c], replace(cap, strength_persons=raised), *world.caps[c + 1 :])
        changed = replace(world, caps=caps)
        yield Idea("ceiling", cap.code, 0, changed, treasury, quantity=_LIFT_STEP)
