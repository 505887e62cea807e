"""Read, check, plan, compare, shock, look ahead: the whole of Konbit in seven functions.

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
    shock,
)
from konbit.api.comparison_view import ComparisonView
from konbit.api.differing import DifferenceView, difference
from konbit.api.findings import (
    DossierError,
    FindingsView,
    UnknownScenarioError,
    WrongShockError,
    in_order,
)
from konbit.api.futures_view import FuturesView
from konbit.api.plan_view import PlanView
from konbit.api.replay_view import ReplayView
from konbit.dossier.shocks import Close, CutAssessed, Delay, Freeze, Withdraw

__all__ = [
    "Close",
    "ComparisonView",
    "CutAssessed",
    "Delay",
    "DifferenceView",
    "DossierError",
    "FindingsView",
    "Freeze",
    "FuturesView",
    "PlanView",
    "ReplayView",
    "UnknownScenarioError",
    "Withdraw",
    "WrongShockError",
    "as_of_day",
    "check",
    "compare",
    "difference",
    "futures",
    "in_order",
    "plan",
    "read",
    "scenario_codes",
    "scenarios_for",
    "shock",
]
