"""How much of a plan rests on assumptions and placeholders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.dossier.facts import Fact
from konbit.dossier.plan import Reliance
from konbit.dossier.registry import TABLES
from konbit.dossier.tables import arrears, fund, pledge, requirement
from konbit.dossier.tables.mandate import Ceiling

if TYPE_CHECKING:
    from konbit.dossier import Dossier
    from konbit.dossier.columns import Row

_READ: frozenset[type[Row]] = frozenset(
    {
        Ceiling,
        requirement.Site,
        requirement.SiteCapacity,
        requirement.BuildingOption,
        requirement.Capability,
        requirement.Substitution,
        requirement.Serviceability,
        requirement.Enabler,
        requirement.Phase,
        requirement.Requirement,
        requirement.Lift,
        requirement.LiftInterruption,
        requirement.EquipmentPool,
        pledge.Offer,
        pledge.OfferCapability,
        pledge.OfferEquipment,
        pledge.Caveat,
        pledge.UnitEvent,
        pledge.LeadTime,
        pledge.DueDiligence,
        pledge.Agreement,
        pledge.ContributorTerm,
        fund.Fund,
        fund.Earmark,
        fund.EarmarkRule,
        fund.Contribution,
        fund.ContributionEvent,
        arrears.ClaimStanding,
        fund.Budget,
        fund.CostHead,
        fund.Rate,
        fund.ExchangeRate,
        fund.FundingModel,
        fund.PayerRule,
        fund.ScenarioStep,
    }
)


def reliance(known: Dossier) -> tuple[Reliance, ...]:
    """By table that the planner reads: rows known, and how many are assumed or placeholders."""
    rows = []
    for table in TABLES:
        found = [row for row in known.rows(table) if isinstance(row, Fact)]
        if table in _READ and found:
            rows.append(
                Reliance(
                    about=table.TABLE,
                    rows_used=len(found),
                    rows_assumed=sum(row.confidence == "assumption" for row in found),
                    rows_placeholder=sum(row.confidence == "placeholder" for row in found),
                )
            )
    return tuple(rows)
