from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from konbit.briefing import reckoning
from konbit.dossier.plan import FULL
from konbit.terms import Money, Month
from sample_plan import sample_plan


def test_cost_by_payer_and_by_head_are_the_same_money() -> None:
    plan = sample_plan()

    by_payer = reckoning.cost_by(plan, "payer")
    by_head = reckoning.cost_by(plan, "cost_head")

    zero = Money(0, "USD")
    assert sum(by_payer.values(), zero) == sum(by_head.values(), zero) == reckoning.cost(plan)
    assert reckoning.need_of_funds(plan, ("TF",)) == by_payer["TF"]


def test_coverage_of_all_capabilities_weighs_up_to_the_plan() -> None:
    plan = sample_plan()

    assert reckoning.coverage_share(plan) == plan.covered_points * FULL // plan.needed_points
    assert {row.capability for row in reckoning.covered_by_capability(plan)} == {
        "engineering", "medevac", "patrol",
    }  # fmt: skip


def test_shortfalls_hold_every_uncovered_month_once_and_the_heaviest_first() -> None:
    plan = sample_plan()

    found = reckoning.shortfalls(plan)

    assert sum(len(row.months) for row in found) == sum(
        row.reason != "none" for row in plan.coverage
    )
    assert sum(row.lost_points for row in found) == plan.needed_points - plan.covered_points
    assert [row.lost_points for row in found] == sorted(
        (row.lost_points for row in found), reverse=True
    )


@given(st.sets(st.integers(24_000, 24_060), min_size=1))
def test_spans_cover_exactly_the_months_given(ordinals: set[int]) -> None:
    months = tuple(str(Month.from_ordinal(ordinal)) for ordinal in ordinals)

    spans = reckoning.spans(months)

    covered = {
        ordinal
        for first, last in spans
        for ordinal in range(Month.parse(first).ordinal, Month.parse(last).ordinal + 1)
    }
    assert covered == ordinals
    ends = [Month.parse(month).ordinal for span in spans for month in span]
    assert all(late - early > 1 for early, late in zip(ends[1::2], ends[2::2], strict=False))


def test_a_runway_ends_in_the_month_after_which_no_cash_is_free() -> None:
    plan = sample_plan()
    row = plan.cash[0]
    usd = [Money(minor, "USD") for minor in (900, 100, 50, 0)]
    cash = tuple(
        replace(row, month=f"2026-{4 + n:02d}", opening=usd[0], closing=closing, set_aside=aside)
        for n, (closing, aside) in enumerate(
            (
                (usd[0], usd[1]),
                (usd[1], usd[1]),
                (usd[0], usd[3]),
                (usd[2], usd[2]),
                (usd[3], usd[3]),
            )
        )
    )

    (found,) = reckoning.runways(replace(plan, cash=cash))

    assert found.empty_from == "2026-07"
    assert (found.opening, found.closing) == (usd[0], usd[3])


def test_full_strength_is_the_smaller_of_requirement_and_ceiling() -> None:
    plan = sample_plan()
    counts = tuple(
        replace(row, ceiling_persons=500, required_persons=900) for row in plan.headcounts
    )

    assert reckoning.full_strength_month(plan) is None
    assert reckoning.full_strength_month(replace(plan, headcounts=counts)) == 4
