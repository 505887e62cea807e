"""How the check counts contingents, tours that are over, wear and pools that decay."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from konbit.dossier.plan import Contingent, Presence
from konbit.dossier.tables.pledge import LeadTime, Offer, OfferCapability, UnitEvent
from konbit.dossier.tables.requirement import EquipmentPool, Lift
from konbit.planner.verify import verify
from konbit.planner.verifying.case import Case
from konbit.planner.verifying.wear import supplied
from mission_to_check import FACT
from touring_mission import touring, touring_row
from touring_plan import FIRST, TouringBooks

if TYPE_CHECKING:
    from konbit.dossier.columns import Row

PLAN = TouringBooks().plan(touring())


def case_of(*instead: Row) -> Case:
    """The mission with some rows put in, read for its plan."""
    return Case.of(touring(*instead), PLAN)


def test_overlap_counts_two_contingents_and_gap_keeps_a_place() -> None:
    """Alpha is relieved in 5, 10 and 15 with an overlap, Beta in 8 and 15 after a gap."""
    movement = case_of().movement
    alpha, beta = ("Alpha", "camp"), ("Beta", "camp")
    assert [movement.outgoing(*alpha, t) for t in range(4, 7)] == [0, 1, 0]
    assert [movement.contingents(*alpha, t) for t in range(4, 7)] == [1, 2, 1]
    assert [movement.places(*alpha, t) for t in range(4, 7)] == [1, 2, 1]
    assert [movement.relieved(*alpha, t) for t in range(4, 7)] == [0, 0, 1]
    assert [movement.kept(*beta, t) for t in range(6, 9)] == [0, 1, 0]
    assert [movement.contingents(*beta, t) for t in range(6, 9)] == [1, 0, 1]
    assert [movement.places(*beta, t) for t in range(6, 9)] == [1, 1, 1]
    assert [movement.at_work(*beta, t, 1) for t in range(6, 9)] == [1, 0, 1]
    assert [movement.relieved(*beta, t) for t in range(6, 9)] == [0, 1, 0]


def test_units_at_work_are_never_fewer_than_none() -> None:
    """A unit that came a month ago and whose place is already kept is taken off once, not twice."""
    quick = touring(touring_row(Offer, "Beta", tour_months=1))
    rows = [
        Presence(
            unit="Beta", offer="Beta", site="camp", month=str(FIRST + t), units=1,
            strength_persons=0, arriving_units=int(t == 0), departing_units=0, operational_units=0,
        )
        for t in range(3)
    ]  # fmt: skip
    relief = Contingent(
        unit="Beta", offer="Beta", site="camp", kind="relief", arrived=str(FIRST + 2),
        due=str(FIRST + 3), contingents=1, strength_persons=10,
    )  # fmt: skip
    movement = Case.of(quick, replace(PLAN, presence=tuple(rows), contingents=(relief,))).movement
    assert [movement.at_work("Beta", "camp", t, 2) for t in range(3)] == [0, 0, 1]


def _arrival(code: str, day: date, units: int = 1, stage: str = "arrived") -> UnitEvent:
    return UnitEvent(
        code=code, offer="Gamma", stage=stage, on=day, units=units, site="camp", **FACT
    )


def test_contingents_there_are_those_that_arrived_last() -> None:
    case = case_of(
        touring_row(Offer, "Gamma", unit_count=9),
        _arrival("E7", date(2026, 6, 15), 2),
        _arrival("E8", date(2026, 1, 31), 3, "departed"),
    )
    # Of four units that came, one is left: of the two that came on the as-of day.
    assert case.roster["Gamma@camp"].arrived == (-1,)
    more = case_of(touring_row(Offer, "Gamma", unit_count=9), _arrival("E7", date(2026, 6, 1), 2))
    assert more.roster["Gamma@camp"].arrived == (-11, -7, -1, -1)
    assert more.roster["Gamma"].arrived == ()


def _passengers(count: int) -> Any:
    return touring_row(Lift, "air", passengers_per_month=count)


@pytest.mark.parametrize(
    ("rows", "due"),
    [
        # 50 people by month 2, 100 by month 3: relief has two months of lead time.
        ((), (2, 3)),
        # 40 by month 2, 80 by 3, 120 by 4.
        ((_passengers(40),), (3, 4)),
        # 100 people only by month 11, but one more tour is over in month 8.
        ((_passengers(10),), (6, 8)),
        # Lift without passengers holds nobody back; both in the first month of relief.
        ((touring_row(Lift, "air", passengers_per_month=0),), (2, 2)),
        # Beside their relief for a month.
        ((touring_row(Offer, "Gamma", overlap_months=1),), (3, 4)),
        # Not over yet: eleven and seven months of fifteen.
        ((touring_row(Offer, "Gamma", tour_months=15),), (4, 8)),
        # Epsilon came before them and is relieved first: 70 people by 3, 120 by 3.
        ((touring_row(UnitEvent, "E6", on=date(2025, 7, 1)),), (3, 3)),
        # Lift begins after the plan: no month carries anybody, so the number of months planned.
        (
            (
                touring_row(Lift, "air", from_on=date(2030, 1, 1)),
                touring_row(Offer, "Gamma", tour_months=17),
            ),
            (18, 18),
        ),
        # Relief of opening units takes a month longer to make ready.
        (
            (
                LeadTime(stage_from="agreed", stage_to="loaded", low_months=0, likely_months=3,
                         high_months=9, **FACT),
            ),
            (3, 4),
        ),
    ],
)  # fmt: skip
def test_overdue_contingents_are_due_one_after_the_other(
    rows: tuple[Row, ...], due: tuple[int, ...]
) -> None:
    assert case_of(*rows).due_home["Gamma@camp"] == due


def test_services_wait_for_no_seat() -> None:
    service = touring_row(Offer, "Gamma", kind="service")
    assert case_of(service, _passengers(1)).due_home["Gamma@camp"] == (2, 2)


def test_wear_falls_by_steps_and_relief_brings_it_back() -> None:
    """Patrols give 0.8 from three months on and a half from five; medics a third after a year."""
    case = case_of()
    supply = supplied(case.movement, case.wear, case.calendar, 1)
    # Gamma's two, eleven and seven months there, give a half each; Alpha is still in its lag.
    assert supply["patrol", "camp", 0] == 500_000
    assert supply["patrol", "camp", 1] == 1_000_000
    # One of Gamma's is relieved in month 2, the other in 3, when Alpha has been there for three.
    assert supply["patrol", "camp", 2] == 10_000 * (50 + 25 + 50)
    assert supply["patrol", "camp", 3] == 10_000 * (50 + 50 + 40)
    # Alpha's relief in month 5 takes over at once; Gamma's came three and two months ago.
    assert supply["patrol", "camp", 5] == 10_000 * (40 + 50 + 50)
    # A third of a team, rounded down once: 3333.5.
    assert [supply["medevac", "camp", t] for t in (11, 12)] == [10_000, 3_333]


def test_wear_is_rounded_down_once_for_a_capability_site_and_month() -> None:
    also = OfferCapability(offer="Alpha", capability="medevac", quantity=1, **FACT)
    case = case_of(also, touring_row(Offer, "Alpha", tour_months=18, overlap_months=None))
    relieved = replace(PLAN, contingents=())
    case = Case.of(case.dossier, relieved)
    # Twice 3333.5 is 6667, where two numbers each rounded down would give 6666.
    assert supplied(case.movement, case.wear, case.calendar, 1)["medevac", "camp", 12] == 6_667


@pytest.mark.parametrize(
    ("changes", "first"),
    [
        # Index -3, April, is its first month. Five radios are drawn, four in the first month.
        ({"lowest_share": Decimal("0.3"), "monthly_loss_share": Decimal("0.2")}, "2026-07: 4 > 3"),
        ({"lowest_share": None}, "2026-09: 5 > 4"),
        ({"lowest_share": None, "from_on": date(2026, 4, 1)}, "2026-09: 5 > 4"),
        ({"lowest_share": None, "from_on": date(2026, 4, 2)}, "2026-10: 5 > 4"),
        # Already there, so that the loss begins with the plan: 9, 8, 7, 6, 5, 4.
        ({"lowest_share": None, "from_on": None}, "2026-12: 5 > 4"),
        # The lowest share never lifts a pool above what it was.
        ({"lowest_share": Decimal("0.5"), "serviceable_share": Decimal("0.4")}, "2026-08: 5 > 4"),
        ({"monthly_loss_share": None}, ""),
    ],
)
def test_pools_decay_from_their_first_month(changes: dict[str, Any], first: str) -> None:
    dossier = touring(touring_row(EquipmentPool, "pool", **changes))
    check = {row.rule: row for row in verify(dossier, TouringBooks().plan(dossier))}["equipment"]
    assert check.first_violation == (first and f"radio / {first}")
