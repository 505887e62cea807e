"""Plans of one dossier beside each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from konbit.dossier.plan.made import Plan


@dataclass(frozen=True, slots=True)
class DelayPoint:
    """A transfer `delay_months` later than the scenario says, and what the plan then covers."""

    delay_months: int
    covered_points: int
    bound_points: int


@dataclass(frozen=True)
class Comparison:
    """Plans of one dossier under several scenarios, side by side.

    Attributes:
        plans: one for each scenario.
        delays: for scenarios with a transfer, what is covered when it comes later.
        is_ended: whether some plan was ended before it was done, or something was left out.
    """

    plans: tuple[Plan, ...]
    delays: tuple[tuple[str, tuple[DelayPoint, ...]], ...] = ()
    is_ended: bool = False
