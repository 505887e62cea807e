"""Uncertain futures: draw → write → decide → follow → judge."""

from konbit.planner.futures.looking import DECIDE_MONTHS, futures

__all__ = ["DECIDE_MONTHS", "futures"]
