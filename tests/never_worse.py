"""What laws of plans share: small plans, and that more of a good thing makes none worse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, settings

from konbit.planner import plan
from missions import AS_OF, dossier

if TYPE_CHECKING:
    from konbit.dossier import Row
    from konbit.dossier.plan import Plan

laws = settings(
    max_examples=25,
    deadline=None,  # a plan takes as long as its search takes
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def planned(rows: list[Row]) -> Plan:
    return plan(dossier(rows), AS_OF, explain=False, calls=False)


def never_worse(rows: list[Row], changed: list[Row]) -> None:
    """More of a good thing: the proven bound is not below the old plan, the plan within its gap."""
    before, after = planned(rows), planned(changed)
    assert after.is_verified
    coverage = after.stages[0]
    assert coverage.bound + 1 >= before.covered_points
    shortfall = before.covered_points - after.covered_points
    assert shortfall <= coverage.bound - coverage.value + len(after.coverage) * 100
