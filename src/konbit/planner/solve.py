"""HiGHS: with `proving`, the only file that touches a solver.

Runs are limited by gap and nodes, never by time, so that the same model gives the same answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import highspy
import numpy as np
from highspy._core import _Highs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from konbit.planner.model import Model

    Vector = np.ndarray[tuple[int], np.dtype[np.float64]]
    Chosen = np.ndarray[tuple[int], np.dtype[np.int32]]
    Bounds = tuple[float, float]
    _Back = highspy.cb.HighsCallbackInput
    _Why = highspy.cb.HighsCallbackType

SEED = 20241113
STOPPABLE = (
    highspy.cb.HighsCallbackType.kCallbackMipInterrupt,
    highspy.cb.HighsCallbackType.kCallbackSimplexInterrupt,
)
_SAME = 1e-6  # relative difference below which two values of a goal are one


class SolverError(RuntimeError):
    """The solver gave no usable answer to a model that always has one."""


@dataclass(frozen=True, eq=False)
class Answer:
    """Values of all columns, the goal reached and its proven bound."""

    values: Vector
    goal: float
    bound: float

    @property
    def gap(self) -> float:
        """Distance between goal and bound, as a share of the bound's size."""
        return abs(self.bound - self.goal) / max(1e-9, abs(self.bound))


class Solver:
    """A model loaded once and solved for several goals.

    Args:
        model: the model.
        enough: asked now and then during a solve; once it says yes, the best point so far is the
            answer, with what is proven of it. Without it a solve ends by gap and nodes alone.
    """

    def __init__(self, model: Model, enough: Callable[[], bool] | None = None) -> None:
        self._highs = quiet()
        if enough is not None:
            _end_when(self._highs, enough)
        self._size = model.column_count
        self._whole = model.whole
        for option, value in (
            ("random_seed", SEED),
            ("mip_feasibility_tolerance", 1e-7),
            ("primal_feasibility_tolerance", 1e-8),
        ):
            self._highs.setOptionValue(option, value)
        self._highs.passModel(as_highs(model))

    def floor(self, goal: Vector, least: float) -> None:
        """From now on the goal stays at `least` or above."""
        columns = np.flatnonzero(goal).astype(np.int32)
        self._highs.addRow(least, highspy.kHighsInf, len(columns), columns, goal[columns])

    def bound(self, columns: Mapping[int, Bounds], rows: Mapping[int, Bounds]) -> None:
        """From now on some columns and rows have other bounds."""
        _bound(self._highs, columns, rows)

    def at_most(self, columns: Chosen, values: Vector) -> None:
        """Lower the upper bounds of some columns."""
        lower = np.zeros(len(columns))
        self._highs.changeColsBounds(len(columns), columns, lower, np.rint(values))

    def hold(self, columns: Chosen, values: Vector) -> None:
        """Hold some whole columns where they are."""
        whole = np.rint(values)
        self._highs.changeColsBounds(len(columns), columns, whole, whole)

    def close(self, columns: Chosen) -> None:
        """Hold some columns at zero."""
        zero = np.zeros(len(columns))
        self._highs.changeColsBounds(len(columns), columns, zero, zero)

    def best(
        self,
        goal: Vector,
        *,
        gap: float,
        nodes: int,
        relaxed: bool = False,
        start: Vector | None = None,
    ) -> Answer:
        """Maximise a goal until the gap is proven or the nodes are used up.

        Args:
            goal: coefficient of every column.
            gap: relative gap at which to stop.
            nodes: most nodes of the search tree.
            relaxed: treat every column as continuous.
            start: values of a feasible point to begin from.

        Raises:
            SolverError: no feasible point was found, though doing nothing is one; or the solve was
                ended before it had any.
        """
        if not self._size:
            return Answer(np.zeros(0), 0.0, 0.0)
        highs = self._highs
        everything = np.arange(self._size, dtype=np.int32)
        highs.changeColsCost(self._size, everything, goal)
        highs.changeObjectiveSense(highspy.ObjSense.kMaximize)
        highs.setOptionValue("solve_relaxation", relaxed)
        highs.setOptionValue("mip_rel_gap", gap)
        highs.setOptionValue("mip_max_nodes", nodes)
        if start is not None:
            solution = highspy.HighsSolution()
            solution.col_value = list(start)
            highs.setSolution(solution)
        highs.run()
        if not self._is_ended() and not (self._is_feasible() and self._is_worth_what_it_says(goal)):
            self._run_without_presolve()
        return self._answer(relaxed or not self._whole.any())

    def _is_ended(self) -> bool:
        """Whether somebody had enough of the solve before it was done."""
        return bool(self._highs.getModelStatus() == highspy.HighsModelStatus.kInterrupt)

    def _is_feasible(self) -> bool:
        status = self._highs.getInfo().primal_solution_status
        return bool(status == highspy.SolutionStatus.kSolutionStatusFeasible)

    def _is_worth_what_it_says(self, goal: Vector) -> bool:
        """Whether the point found has the value that is told of it.

        Searched again after another goal, it was now and then told of a point that was not there.
        """
        values = np.array(self._highs.getSolution().col_value)
        told = float(self._highs.getInfo().objective_function_value)
        return abs(float(goal @ values) - told) <= _SAME * max(1.0, abs(told))

    def _run_without_presolve(self) -> None:
        """Solve again as the model stands: now and then what was simplified is not undone right."""
        self._highs.clearSolver()
        self._highs.setOptionValue("presolve", "off")
        self._highs.run()
        self._highs.setOptionValue("presolve", "choose")

    def _answer(self, relaxed: bool) -> Answer:
        info = self._highs.getInfo()
        if not self._is_feasible():
            status = self._highs.modelStatusToString(self._highs.getModelStatus())
            raise SolverError(f"the solver stopped without a plan: {status}")
        values = np.array(self._highs.getSolution().col_value)
        goal = float(info.objective_function_value)
        return Answer(values, goal, goal if relaxed else float(info.mip_dual_bound))


class Tableau:
    """The continuous model, solved once and solved again from there with other bounds.

    Args:
        model: the model.
        goal: coefficient of every column.
        like: one of the same model and goal, whose answer is taken over instead of found again.
        enough: asked now and then; once it says yes, whatever is being solved has no answer.

    Raises:
        SolverError: there was enough before there was an answer.
    """

    def __init__(
        self,
        model: Model,
        goal: Vector,
        like: Tableau | None = None,
        enough: Callable[[], bool] | None = None,
    ) -> None:
        self._model = model
        self._highs = quiet()
        if enough is not None:
            _end_when(self._highs, enough)
        lp = as_highs(model)
        lp.integrality_ = []
        lp.col_cost_ = goal
        lp.sense_ = highspy.ObjSense.kMaximize
        self._highs.passModel(lp)
        if like is not None:
            self._highs.setBasis(like._basis)
        self.goal = self._run()
        self._basis: highspy.HighsBasis = self._highs.getBasis()

    def with_bounds(self, columns: Mapping[int, Bounds], rows: Mapping[int, Bounds]) -> Answer:
        """The best answer with other bounds; afterwards everything is as before.

        Raises:
            SolverError: with these bounds there is none, or there was enough before.
        """
        model = self._model
        _bound(self._highs, columns, rows)
        self._highs.clearSolver()  # so that nothing of what was asked before tells in the answer
        self._highs.setBasis(self._basis)
        try:
            goal = self._run()
            values = np.array(self._highs.getSolution().col_value)
        finally:
            _bound(
                self._highs,
                {c: (model.lower[c], model.upper[c]) for c in columns},
                {r: (model.row_lower[r], model.row_upper[r]) for r in rows},
            )
        return Answer(values, goal, goal)

    def _run(self) -> float:
        self._highs.run()
        best = (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kModelEmpty)
        if self._highs.getModelStatus() not in best:
            raise SolverError("the continuous model has no best value")
        return float(self._highs.getInfo().objective_function_value)


def _bound(highs: _Highs, columns: Mapping[int, Bounds], rows: Mapping[int, Bounds]) -> None:
    if columns:
        chosen = np.array(list(columns), dtype=np.int32)
        bounds = np.array(list(columns.values()), dtype=float)
        highs.changeColsBounds(len(chosen), chosen, bounds[:, 0].copy(), bounds[:, 1].copy())
    for row, (lower, upper) in rows.items():
        highs.changeRowBounds(row, lower, upper)


def write_lp(model: Model, goal: Vector, path: Path) -> None:
    """Write a model in CPLEX LP format, with readable names, for people to read."""
    highs = quiet()
    lp = as_highs(model)
    lp.col_cost_ = goal
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.col_names_ = [_readable(name) for name in model.column_names]
    lp.row_names_ = [_readable(name) for name in model.row_names]
    highs.passModel(lp)
    highs.writeModel(str(path))


def quiet() -> _Highs:
    """A solver that prints nothing and works in the thread that calls it.

    All say the same number of threads, for in one thread HiGHS refuses a second number.
    `highspy.Highs` prints a banner on standard output while it is made, before it can be told not
    to; its base class does not.
    """
    highs = _Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", 1)
    return highs


def _end_when(highs: _Highs, enough: Callable[[], bool]) -> None:
    """Let the solver ask whether to go on, each time that it may be stopped."""

    def asked(_why: _Why, _said: str, _out: object, back: _Back, _data: object) -> None:
        back.user_interrupt = enough()

    highs.setCallback(asked, None)
    for kind in STOPPABLE:
        highs.startCallback(kind)


def _readable(name: tuple[str | int, ...]) -> str:
    """A name of letters, digits, dots; money without earmark, `-`, is called free."""
    words = "_".join(str(part) for part in name)
    words = re.sub(r"(?<=[_+])-(?=[_+])", "free", words).replace("+", ".")
    return re.sub(r"[^A-Za-z0-9_.]", "_", words)


def as_highs(model: Model) -> highspy.HighsLp:
    """A model as the solver takes it, without a goal."""
    lp = highspy.HighsLp()
    lp.num_col_ = model.column_count
    lp.num_row_ = model.row_count
    lp.col_cost_ = np.zeros(model.column_count)
    lp.col_lower_ = model.lower
    lp.col_upper_ = model.upper
    lp.row_lower_ = model.row_lower
    lp.row_upper_ = model.row_upper
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = model.starts.astype(np.int32)
    lp.a_matrix_.index_ = model.indices.astype(np.int32)
    lp.a_matrix_.value_ = model.values
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    lp.integrality_ = [kinds[whole] for whole in model.whole.tolist()]
    return lp
