"""Shocks to money: a gift frozen, assessed cash cut."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal
from typing import TYPE_CHECKING

from konbit.dossier.replay import Effect
from konbit.dossier.tables.fund import Budget, Contribution, ContributionEvent
from konbit.planner.cash import appropriations
from konbit.planner.months import holds
from konbit.planner.prices import Prices
from konbit.planner.purse import FREE
from konbit.planner.shock.edits import nothing
from konbit.terms import Money, Month

if TYPE_CHECKING:
    from datetime import date

    from konbit.dossier.dossier import Dossier
    from konbit.dossier.plan import Plan
    from konbit.dossier.shocks import CutAssessed, Freeze
    from konbit.planner.shock.edits import Edits

_FINEST = Decimal("0.000001")


def freeze(edits: Edits, shock: Freeze) -> Effect:
    """Freeze what is left of a gift: an event `frozen` on the first day of the month.

    What is left is what was received by that day and is neither refunded, frozen, obligated nor
    paid, but no more than the plan before the shock leaves free in the purse at that time: money
    that is spent, or set aside for stays and ways home begun, cannot be frozen any more.

    Raises:
        WrongShockError: there is no such gift to a trust fund, or nothing of it is left.
    """
    gift = edits.named(shock.contribution, Contribution)
    month = edits.month(shock.from_month)
    known = edits.known()
    prices = Prices(known, edits.setting.as_of_on, edits.setting.scenario)
    counted = not (gift.cumulative or gift.reannounces or gift.part_of)
    in_fund = gift.instrument == "trust_fund" and prices.is_trust_fund(gift.fund)
    if not counted or not in_fund:
        raise nothing(gift.code, "cash")
    left = _unspent(known, prices, gift.code, month.first_on)
    before = edits.setting.before
    if before is not None:
        left = min(left, _free(before, gift, known, month))
    if shock.amount is not None:
        left = min(left, prices.convert(shock.amount, month.first_on).amount_minor)
    if left <= 0:
        raise nothing(gift.code, "left")
    amount = Money(left, prices.currency)
    edits.add(
        ContributionEvent(
            code=f"SHOCK-{gift.code}-{month}"[:64],
            contribution=gift.code,
            stage="frozen",
            on=month.first_on,
            amount=amount,
            **edits.stated(f"Frozen from {month}: what the plan before leaves of it"),
        )
    )
    return Effect(shock, month, amount=amount)


def _unspent(known: Dossier, prices: Prices, contribution: str, on: date) -> int:
    """Minor units of a gift that may still be spent on a day, by the events known."""
    stages = ("received", "refunded", "frozen", "released", "obligated", "disbursed")
    sums = dict.fromkeys(stages, 0)
    for event in known.rows(ContributionEvent):
        wanted = event.contribution == contribution and event.on <= on and event.stage in sums
        if wanted and event.amount is not None:
            sums[event.stage] += prices.convert(event.amount, event.on).amount_minor
    gone = max(0, sums["frozen"] - sums["released"]) + max(sums["obligated"], sums["disbursed"])
    return sums["received"] - sums["refunded"] - gone


def _free(before: Plan, gift: Contribution, known: Dossier, month: Month) -> int:
    """Minor units that the plan before leaves free in the gift's purse when the month begins.

    Less what earlier shocks froze of the same purse, which the plan before did not know.
    """
    purse = (gift.fund, gift.earmark or FREE)
    rows = {row.month: row for row in before.cash if (row.fund, row.earmark) == purse}
    at_start, last = rows.get(str(month)), rows.get(str(month + -1))
    free = at_start.opening.amount_minor if at_start and at_start.opening else 0
    aside = last.set_aside.amount_minor if last and last.set_aside else 0
    gifts = {
        row.code for row in known.rows(Contribution) if (row.fund, row.earmark or FREE) == purse
    }
    taken = sum(
        event.amount.amount_minor
        for event in known.rows(ContributionEvent)
        if event.code.startswith("SHOCK-") and event.contribution in gifts and event.amount
    )
    return free - aside - taken


def cut_assessed(edits: Edits, shock: CutAssessed) -> Effect:
    """Cut the cash share of every budget of the plan, for its months from the shock on.

    Of a budget whose period has begun only the months that are left are cut: a budget of twelve
    months, cut by 15 % in its last four, comes in with 5 % less.

    Raises:
        WrongShockError: the share is none, or no budget of the plan has months left.
    """
    month = edits.month(shock.from_month)
    setting = edits.setting
    known = edits.known()
    prices = Prices(known, setting.as_of_on, setting.scenario)
    rows = known.by_code(Budget)

    def allowed(dossier: Dossier) -> int:
        budgets = appropriations(dossier, edits.months, prices, setting.scenario)
        return sum(budget.allowed_minor for budget in budgets)

    before = allowed(known)
    for budget in appropriations(known, edits.months, prices, setting.scenario):
        row = rows[budget.code]
        held = _months_of(row)
        left = sum(1 for one in held if one >= month)
        if not left or not 0 < shock.share <= 1:
            continue
        kept = 1 - shock.share * left / len(held)
        share = (row.cash_share * kept).quantize(_FINEST, ROUND_DOWN).normalize()
        edits.change(row, f"Assessed cash cut from {month}", cash_share=share)
    lost = before - allowed(edits.known())
    if lost <= 0:
        raise nothing(f"{shock.share:f}", "assessed")
    return Effect(shock, month, amount=Money(lost, prices.currency))


def _months_of(row: Budget) -> list[Month]:
    """The months whose first day lies in a budget's period."""
    first = Month.of(row.from_on)
    count = Month.of(row.until_on) - first + 1
    return [
        m for m in (first + step for step in range(count)) if holds(row.from_on, row.until_on, m)
    ]
