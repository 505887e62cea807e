"""Missions too large for what plans them many times over: said at once, not found out in hours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.planner.search.effort import WHOLE_AT_ONCE
from konbit.terms import Severity
from konbit.terms.finding import finding

if TYPE_CHECKING:
    from konbit.planner.problem import Problem
    from konbit.terms import Finding


def is_large(problem: Problem) -> bool:
    """Whether a problem has more whole columns than are searched as one."""
    return int(problem.model.whole.sum()) > WHOLE_AT_ONCE


def too_large(problem: Problem, code: str) -> tuple[Finding, ...]:
    """An error of this code where a problem has more whole columns than are searched as one.

    Args:
        problem: without columns that only levers open.
        code: which work it is too large for.
    """
    whole = int(problem.model.whole.sum())
    if not is_large(problem):
        return ()
    return (finding(code, Severity.ERROR, whole_columns=whole, most_columns=WHOLE_AT_ONCE),)
