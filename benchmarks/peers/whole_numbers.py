"""The analyst's model in whole numbers, for CP-SAT.

Shares and substitutes are counted in ten-thousandths, money in hundreds of dollars. What does not
come out even is rounded to the safe side: costs up, cash down. Equations of money become limits:
who pays more than is due has only wasted cash, so the plans that are possible stay the same.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import numpy as np
from ortools.sat.python import cp_model

if TYPE_CHECKING:
    from peers.analyst import Analyst

_SHARE = 10_000  # whole units of a share, and of a substitute
_MONEY = 100  # hundreds of dollars in the ten thousand of the analyst's model
_ROW = 100_000  # what rows are multiplied by, so that shares of a substitute come out even
_MOST = 10**9  # more than any amount of money or any quantity is, in these units
_EPSILON = 1e-6


class WholeNumbers:
    """A CP-SAT model made from the matrices of the analyst's model."""

    def __init__(self, analyst: Analyst) -> None:
        matrices = analyst.model.matrices
        self.labels = [int(label) for label in matrices.vlabels]
        self.scale = self._scales(analyst)
        self.model = cp_model.CpModel()
        highest = np.minimum(np.asarray(matrices.ub) * self.scale, _MOST)
        self.columns = [self.model.new_int_var(0, int(most + _EPSILON), "") for most in highest]
        self._rows(matrices)
        self.gain = np.rint(np.asarray(matrices.c)).astype(int)
        chosen = np.flatnonzero(self.gain)
        terms = [self.columns[i] for i in chosen]
        self.model.maximize(cp_model.LinearExpr.weighted_sum(terms, self.gain[chosen].tolist()))

    def _scales(self, analyst: Analyst) -> np.ndarray[Any, np.dtype[np.float64]]:
        """How many whole units each column counts."""
        of_label: dict[int, float] = {}
        for name, variable in analyst.model.variables.items():
            if name == "met" or name.startswith("stand_"):
                scale = _SHARE
            elif name.startswith(("pays_", "keeps_", "carried_")):
                scale = _MONEY
            else:
                scale = 1
            of_label.update(dict.fromkeys(map(int, variable.labels.values.ravel()), scale))
        return np.array([of_label[label] for label in self.labels], dtype=float)

    def _rows(self, matrices: Any) -> None:
        rows = matrices.A.tocsr()
        money = self.scale == _MONEY
        for r, (sense, right) in enumerate(zip(matrices.sense, matrices.b, strict=True)):
            place = slice(rows.indptr[r], rows.indptr[r + 1])
            index, value = rows.indices[place], rows.data[place]
            sign = _sign(str(sense), index, value, money)
            factor = _MONEY if money[index].any() else _ROW
            exact = sign * value / self.scale[index] * factor
            coefficients = np.ceil(exact - _EPSILON).astype(np.int64)
            limit = int(np.floor(sign * right * factor + _EPSILON))
            kept = np.flatnonzero(coefficients)
            terms = [self.columns[i] for i in index[kept]]
            if terms:
                total = cp_model.LinearExpr.weighted_sum(terms, coefficients[kept].tolist())
                self.model.add(total <= limit)

    def solve(self, seconds: float, gap: float) -> tuple[cp_model.CpSolver, int, float | None]:
        """Search with one worker; the solver, its status, and when the first plan was found."""
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        solver.parameters.max_time_in_seconds = seconds
        solver.parameters.relative_gap_limit = gap
        watch = _First()
        status = solver.solve(self.model, watch)
        return solver, int(status), watch.seconds


class _First(cp_model.CpSolverSolutionCallback):
    """Notes when the first plan was found that covers anything."""

    def __init__(self) -> None:
        super().__init__()
        self._began = time.perf_counter()
        self.seconds: float | None = None

    def on_solution_callback(self) -> None:
        if self.seconds is None and self.objective_value > 0:
            self.seconds = time.perf_counter() - self._began


def _sign(sense: str, index: Any, value: Any, money: Any) -> int:
    """1 for a row that is at most its right side, −1 for one that is at least.

    An equation holds what is due (−due + flows = 0: at least) or what is carried (at most).
    """
    if sense.startswith("<"):
        return 1
    if sense.startswith(">"):
        return -1
    is_balance = bool((money[index] & (value < 0)).any()) or bool(money[index].all())
    return 1 if is_balance else -1
