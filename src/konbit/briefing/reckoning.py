"""Numbers that a page shows and a plan does not hold, each from the plan's rows by a plain rule."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from konbit.dossier.plan import FULL
from konbit.terms import Money, Month

if TYPE_CHECKING:
    from collections.abc import Iterable

    from konbit.dossier.plan import CashPosition, Coverage, HeadCount, Plan


@dataclass(frozen=True, slots=True)
class Covered:
    """Coverage of one capability.

    Shares are in parts of ten thousand, weighted by priority; `quarters` holds one share for each
    three months of the plan, nothing where nothing is needed.
    """

    capability: str
    needed_last: int
    present_last: int
    first_share: int | None
    last_share: int | None
    mean_share: int
    reason: str
    quarters: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Months of one requirement that are held back by one reason, and the mean share met."""

    requirement: str
    capability: str
    site: str
    reason: str
    detail: str
    months: tuple[str, ...]
    mean_share: int
    lost_points: int


@dataclass(frozen=True, slots=True)
class Runway:
    """How long the cash of an earmark lasts: `empty_from` is the first month that ends without."""

    fund: str
    earmark: str
    opening: Money
    closing: Money
    set_aside: Money
    empty_from: str


def share_of(points: int, needed: int) -> int:
    """Points as a share of the need, in parts of ten thousand, cut; 0 where nothing is needed."""
    return points * FULL // needed if needed else 0


def coverage_share(plan: Plan) -> int:
    """Weighted coverage of the plan, in parts of ten thousand of the need."""
    return share_of(plan.covered_points, plan.needed_points)


def _weighted(rows: Iterable[Coverage]) -> int | None:
    met = weight = 0
    for row in rows:
        met += row.share * row.weight
        weight += row.weight
    return met // weight if weight else None


def coverage_in(plan: Plan, month: str) -> int | None:
    """Weighted coverage in one month; nothing when nothing is needed."""
    return _weighted(row for row in plan.coverage if row.month == month)


def months_of(plan: Plan) -> tuple[str, ...]:
    """The planned months."""
    return tuple(
        str(plan.first_month + step) for step in range(plan.until_month - plan.first_month)
    )


def people_per_unit(plan: Plan) -> dict[str, int]:
    """Strength of one unit by unit; of those with a tour as their contingents have it."""
    found = {row.unit: row.strength_persons // row.units for row in plan.presence if row.units}
    found |= {row.unit: row.strength_persons // row.contingents for row in plan.contingents}
    return found


def planned(plan: Plan) -> tuple[HeadCount, ...]:
    """The head-counts of the planned months."""
    return tuple(row for row in plan.headcounts if row.kind == "plan")


def covered_by_capability(plan: Plan) -> tuple[Covered, ...]:
    """Coverage by capability, in the order in which the plan lists them."""
    groups: dict[str, list[Coverage]] = {}
    for row in plan.coverage:
        groups.setdefault(row.capability, []).append(row)
    months = months_of(plan)
    return tuple(_covered(capability, rows, months) for capability, rows in groups.items())


def _covered(capability: str, rows: list[Coverage], months: tuple[str, ...]) -> Covered:
    held = defaultdict[str, int](int)
    for row in rows:
        held[row.reason] += (FULL - row.share) * row.weight
    worst = max(sorted(held), key=lambda reason: held[reason])
    last = [row for row in rows if row.month == months[-1]]
    quarters = tuple(
        _weighted(row for row in rows if row.month in months[start : start + 3])
        for start in range(0, len(months), 3)
    )
    return Covered(
        capability,
        sum(row.needed for row in last),
        sum(row.present for row in last),
        _weighted(row for row in rows if row.month == months[0]),
        _weighted(last),
        _weighted(rows) or 0,
        worst if held[worst] else "none",
        quarters,
    )


def shortfalls(plan: Plan) -> tuple[Shortfall, ...]:
    """Shortfalls by requirement and reason, the heaviest first."""
    groups: dict[tuple[str, str], list[Coverage]] = {}
    for row in plan.coverage:
        if row.reason != "none":
            groups.setdefault((row.requirement, row.reason), []).append(row)
    found = [_shortfall(rows) for rows in groups.values()]
    return tuple(sorted(found, key=lambda s: (-s.lost_points, s.requirement, s.reason)))


def _shortfall(rows: list[Coverage]) -> Shortfall:
    first = rows[0]
    return Shortfall(
        first.requirement,
        first.capability,
        first.site,
        first.reason,
        " ".join(dict.fromkeys(row.detail for row in rows if row.detail)),
        tuple(row.month for row in rows),
        sum(row.share for row in rows) // len(rows),
        sum((FULL - row.share) * row.weight for row in rows),
    )


def spans(months: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Runs of consecutive months, as first and last."""
    found: list[list[str]] = []
    for month in sorted(months):
        if found and Month.parse(month) - Month.parse(found[-1][1]) == 1:
            found[-1][1] = month
        else:
            found.append([month, month])
    return tuple((first, last) for first, last in found)


def cost_by(plan: Plan, name: str) -> dict[str, Money]:
    """Cost of the plan with support cost, by a column of the obligations."""
    totals: dict[str, int] = {}
    for row in plan.obligations:
        if row.amount is not None and row.support_cost is not None:
            minor = row.amount.amount_minor + row.support_cost.amount_minor
            key = str(getattr(row, name))
            totals[key] = totals.get(key, 0) + minor
    return {key: Money(minor, plan.currency) for key, minor in sorted(totals.items())}


def cost(plan: Plan) -> Money:
    """Cost of the plan with support cost, whoever pays."""
    return sum(cost_by(plan, "payer").values(), Money(0, plan.currency))


def need_of_funds(plan: Plan, funds: Iterable[str]) -> Money:
    """What the plan costs these funds, with support cost."""
    by_payer = cost_by(plan, "payer")
    return sum((by_payer[f] for f in funds if f in by_payer), Money(0, plan.currency))


def rests_on_assumed_rates(plan: Plan, name: str, value: str) -> bool:
    """Whether a cost by a column of the obligations has a line with an assumed rate."""
    return any(row.placeholder for row in plan.obligations if getattr(row, name) == value)


def runways(plan: Plan) -> tuple[Runway, ...]:
    """Runway by fund and earmark. Cash set aside for the tail counts as not there."""
    groups: dict[tuple[str, str], list[CashPosition]] = {}
    for row in sorted(plan.cash, key=lambda row: (row.fund, row.earmark, row.month)):
        groups.setdefault((row.fund, row.earmark), []).append(row)
    none = Money(0, plan.currency)
    return tuple(
        Runway(
            fund,
            earmark,
            rows[0].opening or none,
            rows[-1].closing or none,
            rows[-1].set_aside or none,
            _empty_from(rows),
        )
        for (fund, earmark), rows in groups.items()
    )


def _empty_from(rows: list[CashPosition]) -> str:
    """The first month after which no month ends with free cash; empty when cash lasts."""
    empty = ""
    for row in reversed(rows):
        closing = row.closing.amount_minor if row.closing else 0
        aside = row.set_aside.amount_minor if row.set_aside else 0
        if closing > aside:
            break
        empty = row.month
    return empty


def full_strength_month(plan: Plan) -> int | None:
    """Months until the people deployed reach the smaller of requirement and ceiling, from 1."""
    for step, row in enumerate(planned(plan), start=1):
        goal = row.required_persons
        if row.ceiling_persons is not None:
            goal = min(goal, row.ceiling_persons)
        if goal and row.deployed_persons >= goal:
            return step
    return None
