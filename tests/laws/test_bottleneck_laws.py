"""What a family of limits is said to hold back is what comes when the limit is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from konbit.dossier.tables.mandate import Ceiling
from konbit.dossier.tables.pledge import ContributorTerm
from konbit.dossier.tables.requirement import Enabler, Lift, LiftInterruption
from konbit.planner import plan
from missions import AS_OF, dossier
from small_missions import small_missions

if TYPE_CHECKING:
    from konbit.dossier import Row
    from konbit.dossier.plan import Plan, Relaxation

laws = settings(
    max_examples=15,
    deadline=None,  # a plan takes as long as its search takes
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

LIMITS: dict[str, tuple[type[Row], ...]] = {
    "lift": (Lift, LiftInterruption),
    "ceiling": (Ceiling,),
    "enabler": (Enabler,),
    "advance": (ContributorTerm,),
}
"""Families whose limit goes when rows of a table go."""


def planned(rows: list[Row], *, explain: bool) -> Plan:
    return plan(dossier(rows), AS_OF, explain=explain, calls=False)


def by_family(found: Plan) -> dict[str, Relaxation]:
    return {row.family: row for row in found.relaxations}


def slack(found: Plan) -> int:
    """What the search has left unproven, and rounding down may have cost."""
    return found.stages[0].bound - found.covered_points + sum(row.weight for row in found.coverage)


@settings(laws, max_examples=12)
@given(small_missions(), st.sampled_from(sorted(LIMITS)))
def test_without_the_rows_of_a_limit_comes_what_it_held_back(rows: list[Row], family: str) -> None:
    assume(any(isinstance(row, LIMITS[family]) for row in rows))
    before = planned(rows, explain=True)
    after = planned([r for r in rows if not isinstance(r, LIMITS[family])], explain=False)
    row = by_family(before)[family]
    gained = after.covered_points - before.covered_points
    assert gained + slack(after) >= row.gain_points
    assert gained <= row.upper_points + slack(before)


@laws
@given(small_missions())
def test_a_limit_that_is_not_there_holds_nothing_back(rows: list[Row]) -> None:
    found = by_family(planned(rows, explain=True))
    for family, tables in LIMITS.items():
        if not any(isinstance(row, tables) for row in rows):
            assert found[family].gain_points == 0
            assert found[family].held_back_months == 0
    assert found["equipment"].gain_points == 0
    assert found["eligibility"].gain_points == 0


@laws
@given(small_missions())
def test_bottlenecks_are_ranked_by_gain_and_no_family_holds_back_less_than_nothing(
    rows: list[Row],
) -> None:
    found = planned(rows, explain=True).relaxations
    gains = [row.gain_points for row in sorted(found, key=lambda row: row.rank)]
    assert gains == sorted(gains, reverse=True)
    assert all(0 <= row.gain_points <= row.upper_points for row in found)
