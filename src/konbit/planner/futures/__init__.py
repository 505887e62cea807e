"""Uncertain futures: draw → write → decide → follow → judge."""

from konbit.planner.futures.case import Case
from konbit.planner.futures.looking import DECIDE_MONTHS, futures
from konbit.planner.futures.spreading import Spread, in_turn

__all__ = ["DECIDE_MONTHS", "Case", "Spread", "futures", "in_turn"]
