"""The planner against brute force: every schedule of a tiny mission tried one by one."""

from __future__ import annotations

from itertools import product

import pytest

from konbit.dossier.plan import FULL
from konbit.planner import plan
from missions import (
    AS_OF,
    capability,
    dossier,
    gift,
    mission,
    need,
    offer,
    one_camp,
    place,
    price,
    state,
    trust_fund,
)

STAY = 2


def schedules(months: int) -> list[tuple[int, ...]]:
    """Every way a unit can be present: nobody, or one stretch of at least the minimum stay.

    A stretch may be shorter only when it runs into the end of the horizon.
    """
    found: list[tuple[int, ...]] = [(0,) * months]
    for first in range(months):
        found.extend(
            tuple(int(first <= t < until) for t in range(months))
            for until in range(first + 1, months + 1)
            if until - first >= STAY or until == months
        )
    return found


def pays(chosen: tuple[tuple[int, ...], ...], cash: int, monthly: int, months: int) -> bool:
    """Whether cash covers what is spent and the minimum stays begun, each month."""
    for t in range(months):
        spent = sum(sum(one[: t + 1]) for one in chosen) * monthly
        kept = 0
        for one in chosen:
            if 1 in one:
                first = one.index(1)
                if first <= t < first + STAY:
                    kept += (first + STAY - 1 - t) * monthly
        if spent + kept > cash:
            return False
    return True


def best_by_hand(units: int, beds: int, cash: int, months: int) -> int:
    """Most covered points over all combinations of schedules of like units of 100."""
    best = 0
    for chosen in product(schedules(months), repeat=units):
        people = [100 * sum(one[t] for one in chosen) for t in range(months)]
        if max(people) > beds or not pays(chosen, cash, 100_000, months):
            continue
        best = max(best, sum(10 * (min(p, 300) * FULL // 300) for p in people))
    return best


@pytest.mark.parametrize(
    ("beds", "cash"),
    [
        (300, 0),
        (300, 100_000),
        (300, 200_000),
        (300, 700_000),
        (200, 700_000),
        (300, 1_150_000),
        (300, 10**7),
        (99, 10**7),
    ],
)
def test_plan_is_as_good_as_the_best_schedule_found_by_trying_all(beds: int, cash: int) -> None:
    found = plan(dossier(one_camp(beds, cash, 4)), AS_OF, explain=False, calls=False)
    assert found.covered_points == best_by_hand(3, beds, cash, 4)
    assert found.is_verified


def test_the_second_goal_is_earliness_and_the_third_is_cost() -> None:
    """Money for two unit-months of one unit: they are the first two, and nobody else moves."""
    found = plan(dossier(one_camp(300, 200_000, 4)), AS_OF, explain=False, calls=False)
    assert [(row.month, row.units) for row in found.presence if row.units] == [
        ("2024-03", 1),
        ("2024-04", 1),
    ]


def test_of_two_equal_units_the_cheaper_goes() -> None:
    rows = [
        mission(3),
        state("AAA"),
        state("BBB"),
        *place("S", 100),
        capability("police"),
        need("R", "police", "S", 100),
        offer("DEAR", "AAA", "police", 100),
        offer("CHEAP", "BBB", "police", 100),
        trust_fund(),
        *gift("G", "AAA", 10**7),
        *price("personnel", "person_month", 1_000),
        *price("extra", "unit_month", 5_000, offer="DEAR"),
    ]
    found = plan(dossier(rows), AS_OF, explain=False, calls=False)
    assert {row.unit for row in found.presence} == {"CHEAP"}
