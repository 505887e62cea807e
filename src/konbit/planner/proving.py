"""What the solver's cuts prove of a whole model, while plans are looked for elsewhere."""

from __future__ import annotations

from math import inf, isfinite
from typing import TYPE_CHECKING

import highspy

from konbit.planner.solve import SEED, STOPPABLE, as_highs, quiet

if TYPE_CHECKING:
    from collections.abc import Callable

    from konbit.planner.model import Model
    from konbit.planner.solve import Vector

    _Back = highspy.cb.HighsCallbackInput
    _Out = highspy.cb.HighsCallbackOutput
    _Why = highspy.cb.HighsCallbackType

_INTERIOR_POINT = "ipm"  # many times as fast as simplex from nothing, where most rows are slack


class Proving:
    """The solver's bound of a model, without looking for a point that reaches it.

    Args:
        model: the model.
        goal: coefficient of every column, to be maximised.
        enough: asked now and then; once it says yes, what is proven by then stands.

    Attributes:
        most: proven so far, also while it runs: no point in whole numbers has more.
    """

    def __init__(self, model: Model, goal: Vector, enough: Callable[[], bool]) -> None:
        self.most = inf
        self._enough = enough
        self._highs = highs = quiet()
        highs.setOptionValue("random_seed", SEED)
        highs.setOptionValue("mip_lp_solver", _INTERIOR_POINT)
        highs.setOptionValue("mip_allow_restart", False)
        highs.setOptionValue("mip_heuristic_effort", 0.0)
        for heuristic in ("feasibility_jump", "rens", "rins", "root_reduced_cost"):
            highs.setOptionValue(f"mip_heuristic_run_{heuristic}", False)
        lp = as_highs(model)
        lp.col_cost_ = goal
        lp.sense_ = highspy.ObjSense.kMaximize
        highs.passModel(lp)
        highs.setCallback(self._asked, None)
        for kind in STOPPABLE:
            highs.startCallback(kind)

    def run(self, *, gap: float, nodes: int) -> float:
        """Prove until the gap is closed or the nodes are used up: what `most` is then."""
        self._highs.setOptionValue("mip_rel_gap", gap)
        self._highs.setOptionValue("mip_max_nodes", nodes)
        self._highs.run()
        self._lower(float(self._highs.getInfo().mip_dual_bound))
        return self.most

    def _lower(self, proven: float) -> None:
        if isfinite(proven):
            self.most = min(self.most, proven)

    def _asked(self, why: _Why, _said: str, out: _Out, back: _Back, _data: object) -> None:
        if why == highspy.cb.HighsCallbackType.kCallbackMipInterrupt:
            self._lower(float(out.mip_dual_bound))
        back.user_interrupt = self._enough()
