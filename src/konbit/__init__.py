"""Konbit plans, pays for and answers for a multinational security mission.

From a notebook:

    import konbit

    dossier = konbit.read("dossiers/haiti")
    plan = konbit.plan(dossier, as_of="2024-11-13")
    plan.coverage  # a data frame
    plan.s_curve()  # a figure that shows itself

Names are fetched when they are first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from konbit.api import (
        Close,
        ComparisonView,
        CutAssessed,
        Delay,
        DifferenceView,
        DossierError,
        FindingsView,
        Freeze,
        FuturesView,
        PlanView,
        ReplayView,
        UnknownScenarioError,
        Withdraw,
        check,
        compare,
        difference,
        futures,
        plan,
        read,
        shock,
    )

__all__ = [
    "Close",
    "ComparisonView",
    "CutAssessed",
    "Delay",
    "DifferenceView",
    "DossierError",
    "FindingsView",
    "Freeze",
    "FuturesView",
    "PlanView",
    "ReplayView",
    "UnknownScenarioError",
    "Withdraw",
    "__version__",
    "check",
    "compare",
    "difference",
    "futures",
    "plan",
    "read",
    "shock",
]


def __getattr__(name: str) -> Any:
    """Fetch a public name from `konbit.api`, or the version from the installed package."""
    if name == "__version__":
        from importlib.metadata import version

        return version("konbit")
    if name in __all__:
        from konbit import api

        return getattr(api, name)
    raise AttributeError(f"module 'konbit' has no attribute {name!r}")


def __dir__() -> list[str]:
    """The public names, for completion."""
    return sorted(__all__)
