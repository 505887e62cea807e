"""A plan: the result of planning a dossier, as tables that can be written and checked.

Amounts are in the mission's planning currency, in whole minor units. Shares are whole parts in ten
thousand, rounded down, so that no number in a plan is a float.
"""

from __future__ import annotations

from konbit.dossier.plan.advice import Ask, Relaxation
from konbit.dossier.plan.checking import Check, Reliance
from konbit.dossier.plan.comparison import Comparison, DelayPoint
from konbit.dossier.plan.made import PLAN_TABLES, Plan, SolveStage
from konbit.dossier.plan.money import CashPosition, MoneyStage, Obligation, Payment
from konbit.dossier.plan.needs import FAMILIES, FULL, Coverage, Stand
from konbit.dossier.plan.people import BuildingOrder, Contingent, HeadCount, Presence

__all__ = [
    "FAMILIES",
    "FULL",
    "PLAN_TABLES",
    "Ask",
    "BuildingOrder",
    "CashPosition",
    "Check",
    "Comparison",
    "Contingent",
    "Coverage",
    "DelayPoint",
    "HeadCount",
    "MoneyStage",
    "Obligation",
    "Payment",
    "Plan",
    "Presence",
    "Relaxation",
    "Reliance",
    "SolveStage",
    "Stand",
]
