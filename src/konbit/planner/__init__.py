"""Planning: sets → variables → constraints → solve → plan → verify → explain."""

from konbit.planner.comparing import compare
from konbit.planner.planning import DossierFaultyError, plan
from konbit.planner.verify import verify

__all__ = ["DossierFaultyError", "compare", "plan", "verify"]
