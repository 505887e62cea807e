from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from konbit.dossier.tables.requirement import EquipmentPool, Serviceability
from konbit.terms import Severity
from tiny_rows import event, found_in, make, offered, told

if TYPE_CHECKING:
    from konbit.terms import Finding

MARCH, APRIL = date(2025, 3, 1), date(2025, 4, 1)


def wear(months: int, share: str, **more: Any) -> Serviceability:
    values = {"since_arrival_months": months, "share": Decimal(share)}
    return make(Serviceability, **{**values, **more})


def of(code: str, found: tuple[Finding, ...]) -> list[dict[str, str]]:
    return [dict(f.values) for f in found if f.code == code]


def test_relief_comes_before_or_after_but_not_both() -> None:
    both = offered(tour_months=6, overlap_months=1, gap_months=2)
    (only,) = (f for f in found_in(both) if f.code == "overlap-and-gap")
    assert (only.severity, only.column) == (Severity.ERROR, "gap_months")
    assert dict(only.values) == {"overlap_months": "1", "gap_months": "2"}
    one = offered(tour_months=6, overlap_months=1, gap_months=0)
    assert of("overlap-and-gap", found_in(one)) == []


def test_overlap_and_gap_need_a_tour() -> None:
    code = "relief-without-tour"
    assert (code, "offers", "A", "gap_months") in told(offered(gap_months=1))
    assert (code, "offers", "A", "overlap_months") in told(offered(overlap_months=1))
    assert of(code, found_in(offered(gap_months=0))) == []
    assert of(code, found_in(offered(tour_months=6, gap_months=1))) == []


def test_an_overlap_ends_within_the_tour() -> None:
    assert of("overlap-beyond-tour", found_in(offered(tour_months=3, overlap_months=3))) == [
        {"overlap_months": "3", "tour_months": "3"}
    ]
    found = found_in(offered(tour_months=3, overlap_months=2))
    assert of("overlap-beyond-tour", found) == []


def test_a_tour_is_over_for_those_who_came_last_and_are_still_there() -> None:
    came = event("A", "arrived", date(2024, 9, 20), 1, code="one")
    rows = (came, event("A", "arrived", MARCH, 1, code="two"))
    found = found_in(offered(units=2, tour_months=6), *rows)
    assert of("tour-over", found) == [{"units": "1", "tour_months": "6", "month": "2024-09"}]

    home = event("A", "departed", MARCH, 1)
    assert of("tour-over", found_in(offered(units=2, tour_months=6), *rows, home)) == []
    assert of("tour-over", found_in(offered(units=2), *rows)) == []
    assert of("tour-over", found_in(offered(units=2, tour_months=10), *rows)) == []


def test_wear_falls_from_step_to_step() -> None:
    assert of("serviceability-rises", found_in(wear(3, "0.8"), wear(6, "0.9"))) == [
        {"share": "0.9", "before": "0.8", "since_arrival_months": "3"}
    ]
    assert of("serviceability-rises", found_in(wear(6, "0.5"), wear(3, "0.8"))) == []


def test_a_pool_does_not_gain_by_losing() -> None:
    def pool(lowest: str) -> EquipmentPool:
        return make(
            EquipmentPool,
            serviceable_share=Decimal("0.8"),
            monthly_loss_share=Decimal("0.1"),
            lowest_share=Decimal(lowest),
        )

    assert of("pool-share-rises", found_in(pool("0.9"))) == [
        {"lowest_share": "0.9", "serviceable_share": "0.8"}
    ]
    assert of("pool-share-rises", found_in(pool("0.8"))) == []
