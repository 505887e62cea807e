"""The analyst's model in three solvers: HiGHS, SCIP and CP-SAT, each with a limit of time.

HiGHS and SCIP read the model from a file that linopy writes; CP-SAT works on whole numbers, see
whole_numbers.py.
"""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from konbit_runs import Choice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from peers.analyst import Analyst

SOLVERS = ("highs", "scip", "cpsat")


@dataclass(frozen=True, eq=False)
class Answer:
    """What a solver found: value and bound in points of a whole requirement-month, or nothing.

    Attributes:
        value: of the best plan; None when there is none.
        bound: nothing is better than this; None when there is none.
        values: by linopy's label of a variable.
        first_seconds: when the first plan was found that covers anything; None where unknown.
    """

    value: float | None
    bound: float | None
    values: Mapping[int, float]
    first_seconds: float | None = None


def solve(analyst: Analyst, solver: str, seconds: float, gap: float = 1e-4) -> Answer:
    """Search for so many seconds, with one thread.

    Args:
        analyst: the model.
        solver: one of `SOLVERS`.
        seconds: limit of wall-clock time, building not counted.
        gap: relative gap at which to stop.
    """
    return {"highs": _highs, "scip": _scip, "cpsat": _cpsat}[solver](analyst, seconds, gap)


def _highs(analyst: Analyst, seconds: float, gap: float) -> Answer:
    import highspy

    highs = highspy.Highs()  # type: ignore[no-untyped-call] # it has no annotations
    highs.setOptionValue("output_flag", False)
    with tempfile.TemporaryDirectory(prefix="konbit-bench-") as folder:
        highs.readModel(str(_file(analyst, folder)))
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("time_limit", seconds)
    highs.setOptionValue("mip_rel_gap", gap)
    began = time.perf_counter()
    first: list[float] = []

    def improved(event: Any) -> None:
        if event.data_out.objective_function_value > 1e-6 and not first:
            first.append(time.perf_counter() - began)

    highs.cbMipImprovingSolution.subscribe(improved)
    highs.run()
    info = highs.getInfo()
    found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    names = [highs.getColName(i)[1] for i in range(highs.getNumCol())]
    values = np.array(highs.getSolution().col_value)
    by_label = {_label(n): float(v) for n, v in zip(names, values, strict=True)} if found else {}
    value = float(info.objective_function_value) if found else None
    bound = float(info.mip_dual_bound)
    return Answer(value, _finite(bound), by_label, first[0] if first else None)


def _scip(analyst: Analyst, seconds: float, gap: float) -> Answer:
    import pyscipopt

    model = pyscipopt.Model()
    model.hideOutput()
    with tempfile.TemporaryDirectory(prefix="konbit-bench-") as folder:
        model.readProblem(str(_file(analyst, folder)))
    model.setParam("limits/time", seconds)
    model.setParam("limits/gap", gap)
    model.optimize()
    if not model.getNSols():
        return Answer(None, _finite(model.getDualbound()), {})
    best = model.getBestSol()
    values = {_label(v.name): float(model.getSolVal(best, v)) for v in model.getVars()}
    return Answer(model.getObjVal(), _finite(model.getDualbound()), values)


def _cpsat(analyst: Analyst, seconds: float, gap: float) -> Answer:
    from ortools.sat.python import cp_model

    from peers.whole_numbers import WholeNumbers

    whole = WholeNumbers(analyst)
    solver, status, first = whole.solve(seconds, gap)
    if status not in {int(cp_model.OPTIMAL), int(cp_model.FEASIBLE)}:
        return Answer(None, None, {})
    values = {
        label: solver.value(column) / scale
        for label, column, scale in zip(whole.labels, whole.columns, whole.scale, strict=True)
    }
    share = 10_000
    return Answer(
        solver.objective_value / share, solver.best_objective_bound / share, values, first
    )


def _file(analyst: Analyst, folder: str) -> Path:
    """The model as a file, the same for all solvers."""
    path = Path(folder) / "model.mps"
    analyst.model.to_file(path)
    return path


def _label(name: str) -> int:
    return int(name.lstrip("x"))


def _finite(bound: float) -> float | None:
    return bound if abs(bound) < 1e15 else None


def choice_of(analyst: Analyst, answer: Answer) -> Choice:
    """Who is where, who starts when, what is ordered: rounded to whole numbers."""

    def counts(variable: Any) -> np.ndarray[Any, np.dtype[np.int64]]:
        found = [answer.values.get(int(label), 0.0) for label in variable.labels.values.ravel()]
        return np.rint(found).astype(np.int64).reshape(variable.shape)

    orders = counts(analyst.ordered)
    return Choice(
        list(counts(analyst.x)),
        list(counts(analyst.z)),
        {int(q): int(t) for q, t in zip(*np.nonzero(orders), strict=True)},
    )
