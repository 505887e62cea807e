"""One model of several futures that share what is decided now: the two-stage plan itself.

First-stage units and orders are whole, everything after them is continuous. The cash at hand alone
is one of the futures, without weight: so the decisions are payable whatever comes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from konbit.planner.futures import layout
from konbit.planner.model import Model, Terms
from konbit.planner.solve import Solver

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from konbit.planner.futures.layout import Key
    from konbit.planner.problem import Problem, Vector

_GAP = 0.005
_NODES = 100
_UNWEIGHTED = 1e-4  # what the future of the cash at hand counts, to be decided where nothing else


def shared_decisions(
    at_hand: Problem, futures: Sequence[Problem], weights: Sequence[int], months: int
) -> dict[Key, int]:
    """The decisions of the first months that are best on average, by key.

    Args:
        at_hand: the problem with the cash at hand and nothing uncertain.
        futures: problems of the futures that stand for all.
        weights: how many futures each of them stands for.
        months: how many months are decided now.
    """
    model = Model()
    early = layout.early_columns(at_hand, months)
    upper = {key: float(at_hand.model.upper[c]) for key, c in early.items()}
    shared = {key: model.column(0.0, most, *key, whole=True) for key, most in upper.items()}
    blocks = [_block(model, at_hand, shared, upper, months)]
    blocks += [_block(model, problem, shared, upper, months) for problem in futures]
    counted = [_UNWEIGHTED, *(weight / sum(weights) for weight in weights)]
    goal = np.zeros(model.column_count)
    for (first, coverage), weight in zip(blocks, counted, strict=True):
        goal[first : first + len(coverage)] = weight * coverage
    answer = Solver(model).best(goal, gap=_GAP, nodes=_NODES)
    return {key: round(float(answer.values[c])) for key, c in shared.items()}


def _block(
    model: Model,
    problem: Problem,
    shared: Mapping[Key, int],
    upper: Mapping[Key, float],
    months: int,
) -> tuple[int, Vector]:
    """Add the columns and rows of one future; returns its first column and its goal.

    Its early columns are the shared ones, or no more than these where it lacks room for them.
    """
    own = problem.model
    columns = model.columns(own.column_count, own.lower, own.upper, "future")
    lengths = np.diff(own.starts)
    row = np.repeat(np.arange(own.row_count), lengths)
    terms = Terms(row, own.indices + columns[0], own.values)
    model.rows(own.row_count, terms, "law", lower=own.row_lower, upper=own.row_upper)
    for key, column in layout.early_columns(problem, months).items():
        link = {int(columns[column]): 1.0, shared[key]: -1.0}
        full = float(own.upper[column]) >= upper[key]
        model.row(link, "shared", lower=0.0 if full else -np.inf, upper=0.0)
    return int(columns[0]), problem.coverage
