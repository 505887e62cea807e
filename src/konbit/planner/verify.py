"""The independent check of a finished plan.

Every limit and balance is computed again from the dossier's tables and the plan's tables, in whole
numbers and fractions, by code that was written from docs/explanation/planner.md and shares nothing
with the code that makes plans.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.planner.verifying import (
    headcount_rules,
    money_rules,
    need_rules,
    place_rules,
    rotation_rules,
    unit_rules,
)
from konbit.planner.verifying.case import Case

if TYPE_CHECKING:
    from collections.abc import Callable

    from konbit.dossier.dossier import Dossier
    from konbit.dossier.plan import Check, Plan

_RULES: tuple[Callable[[Case], Check], ...] = (
    unit_rules.digest,
    unit_rules.presence,
    unit_rules.minimum_stay,
    unit_rules.offered,
    unit_rules.readiness,
    unit_rules.allowed,
    need_rules.coverage,
    need_rules.enablers,
    place_rules.camp,
    place_rules.building,
    place_rules.critical_mass,
    place_rules.lift,
    place_rules.ceiling,
    place_rules.equipment,
    place_rules.carry_over,
    money_rules.obligations,
    money_rules.cash,
    money_rules.tail,
    money_rules.assessed,
    money_rules.advance,
    money_rules.pledges,
    headcount_rules.headcounts,
)

_OF_TOURS: tuple[Callable[[Case], Check], ...] = (
    rotation_rules.rotation,
    rotation_rules.contingents,
)

RULES = tuple(rule.__name__ for rule in _RULES)
"""Names of the rules of every plan, in the order in which they are tested."""

RULES_OF_TOURS = tuple(rule.__name__ for rule in _OF_TOURS)
"""Names of the rules tested after them where an offer has a tour or the plan has contingents.

A plan without either is written as it was before there was rotation, its verification included.
"""


def verify(dossier: Dossier, plan: Plan) -> tuple[Check, ...]:
    """Test every rule of the planning model on a finished plan.

    Args:
        dossier: the full dossier; the plan's as-of day and scenario are applied here.
        plan: the plan, as made or as read back from files.

    Returns:
        One row per rule: how many cases were tested, how many fail, and the first that fails. A
        rule that has no case in this dossier says so with 0 tested; those of tours are left out
        where nothing rotates.

    Raises:
        NoRateError: an amount cannot be converted into the planning currency.
        ValueError: the dossier has no mission, or several.
    """
    case = Case.of(dossier, plan)
    rules = (*_RULES, *_OF_TOURS) if case.rotates else _RULES
    return tuple(rule(case) for rule in rules)
