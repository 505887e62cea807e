"""Laws that every plan keeps, whatever the mission."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from hypothesis import given

from konbit.dossier.tables.fund import Contribution, Fund
from konbit.dossier.tables.mandate import Ceiling
from konbit.dossier.tables.pledge import Offer
from konbit.dossier.tables.requirement import Lift, Site
from missions import gift
from never_worse import laws, never_worse, planned
from small_missions import small_missions

if TYPE_CHECKING:
    from collections.abc import Callable

    from konbit.dossier import Row


def each(rows: list[Row], kind: type[Row], change: Callable[[Row], Row]) -> list[Row]:
    return [change(row) if isinstance(row, kind) else row for row in rows]


@laws
@given(small_missions())
def test_every_plan_passes_the_separate_check(rows: list[Row]) -> None:
    found = planned(rows)
    assert [c for c in found.verification if c.violated] == []
    assert sum(c.tested for c in found.verification) > 0


@laws
@given(small_missions())
def test_more_money_never_makes_a_worse_plan(rows: list[Row]) -> None:
    never_worse(rows, [*rows, *gift("MORE", "AAA", 700_000)])


@laws
@given(small_missions())
def test_more_offers_never_make_a_worse_plan(rows: list[Row]) -> None:
    def more(offer: Row) -> Row:
        assert isinstance(offer, Offer)
        return replace(offer, unit_count=offer.unit_count + 1)

    never_worse(rows, each(rows, Offer, more))


@laws
@given(small_missions())
def test_more_beds_never_make_a_worse_plan(rows: list[Row]) -> None:
    def more(site: Row) -> Row:
        assert isinstance(site, Site)
        return replace(site, capacity_persons=site.capacity_persons + 120)

    never_worse(rows, each(rows, Site, more))


@laws
@given(small_missions())
def test_more_lift_never_makes_a_worse_plan(rows: list[Row]) -> None:
    def more(lift: Row) -> Row:
        assert isinstance(lift, Lift)
        cargo = lift.cargo_tonnes_per_month
        return replace(
            lift,
            passengers_per_month=lift.passengers_per_month + 80,
            cargo_tonnes_per_month=cargo + 40 if cargo else 0,
        )

    never_worse(rows, each(rows, Lift, more))


@laws
@given(small_missions())
def test_a_higher_ceiling_never_makes_a_worse_plan(rows: list[Row]) -> None:
    def more(ceiling: Row) -> Row:
        assert isinstance(ceiling, Ceiling)
        return replace(ceiling, strength_persons=ceiling.strength_persons + 100)

    never_worse(rows, each(rows, Ceiling, more))


@laws
@given(small_missions())
def test_taking_earmarks_off_never_makes_a_worse_plan(rows: list[Row]) -> None:
    def free(gift_row: Row) -> Row:
        assert isinstance(gift_row, Contribution)
        return replace(gift_row, earmark="")

    never_worse(rows, each(rows, Contribution, free))


@laws
@given(small_missions())
def test_a_pledge_is_never_spent(rows: list[Row]) -> None:
    """A billion pledged, announced and signed changes nothing but the money shown by stage."""
    promised = [
        row
        for stage in ("announced", "pledged", "signed")
        for row in gift(f"P-{stage}", "BBB", 10**9, date(2024, 2, 1), stage)
    ]
    before, after = planned(rows), planned([*rows, *promised])
    assert before.covered_points == after.covered_points
    assert before.presence == after.presence
    assert before.payments == after.payments


@laws
@given(small_missions())
def test_the_order_of_rows_changes_no_byte(rows: list[Row]) -> None:
    assert planned(rows).digest == planned(rows[::-1]).digest


@laws
@given(small_missions())
def test_withheld_receipts_never_help(rows: list[Row]) -> None:
    """The same mission with a reserve of a half is never better than without."""

    def reserving(share: str) -> list[Row]:
        return each(rows, Fund, lambda row: replace(row, reserve_share=Decimal(share)))  # type: ignore[call-arg] # only funds come here

    never_worse(reserving("0.5"), reserving("0"))
