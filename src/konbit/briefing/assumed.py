"""Which numbers rest on assumptions or placeholders, by the tables from which they come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.dossier.tables.pledge import Offer
from konbit.dossier.tables.requirement import Requirement

if TYPE_CHECKING:
    from konbit.dossier.dossier import Dossier
    from konbit.dossier.plan import Plan

_NEED = ("capabilities", "requirements", "phases")
_UNITS = ("offers", "offer_capabilities", "offer_equipment", "unit_events", "caveats")
_READY = (*_UNITS, "lead_times", "due_diligence")
_HOUSED = ("sites", "site_capacities", "building_options", "lifts", "lift_interruptions",
           "equipment_pools")  # fmt: skip
_PAID = ("contributions", "contribution_events", "budgets", "funds", "earmarks", "exchange_rates")
_PRICED = ("rates", "cost_heads", "payer_rules", "scenario_steps", "contributor_terms")
_ALL = (*_NEED, *_READY, *_HOUSED, *_PAID, *_PRICED, "ceilings", "substitutions", "enablers")

# Tables whose rows a shown number rests on.
RESTS_ON: dict[str, tuple[str, ...]] = {
    "ceiling": ("ceilings",),
    "required": _NEED,
    "offered": _UNITS,
    "ready": _READY,
    "deployed": _ALL,
    "effective": _ALL,
    "coverage": _ALL,
    "stage": _PAID,
    "cost": _ALL,
    "runway": _ALL,
}


class Assumed:
    """Answers whether a number of a plan rests on a row that is assumed or a placeholder."""

    def __init__(self, plan: Plan, dossier: Dossier) -> None:
        self._tables = {r.about for r in plan.reliance if r.rows_assumed or r.rows_placeholder}
        self._rows = {
            row.label
            for table in (Requirement, Offer)
            for row in dossier.rows(table)
            if row.is_assumed
        }

    def number(self, name: str) -> bool:
        """Whether a number of `RESTS_ON` does."""
        return not self._tables.isdisjoint(RESTS_ON[name])

    def row(self, code: str) -> bool:
        """Whether a requirement or an offer is assumed itself."""
        return code.partition("@")[0] in self._rows
