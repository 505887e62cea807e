"""Read, check, plan, compare and look ahead: the whole of Konbit in five functions.

What a notebook needs, and what the command line is a thin skin over.
"""

from konbit.api.actions import (
    as_of_day,
    check,
    compare,
    futures,
    plan,
    read,
    scenario_codes,
    scenarios_for,
)
from konbit.api.comparison_view import ComparisonView
from konbit.api.findings import DossierError, FindingsView, UnknownScenarioError, in_order
from konbit.api.futures_view import FuturesView
from konbit.api.plan_view import PlanView

__all__ = [
    "ComparisonView",
    "DossierError",
    "FindingsView",
    "FuturesView",
    "PlanView",
    "UnknownScenarioError",
    "as_of_day",
    "check",
    "compare",
    "futures",
    "in_order",
    "plan",
    "read",
    "scenario_codes",
    "scenarios_for",
]
