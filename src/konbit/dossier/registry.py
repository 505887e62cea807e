"""All tables of a dossier, in the order of the chain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.dossier.tables import (
    arrears,
    follow_up,
    fund,
    mandate,
    pledge,
    requirement,
    situation,
    uncertainty,
)

if TYPE_CHECKING:
    from konbit.dossier.columns import Row

TABLES: tuple[type[Row], ...] = (
    mandate.Mission,
    mandate.Organisation,
    mandate.Document,
    mandate.Paragraph,
    mandate.Ceiling,
    mandate.Location,
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
    requirement.EquipmentType,
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
    pledge.TrackRecord,
    uncertainty.Prior,
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
    fund.Scenario,
    fund.ScenarioStep,
    fund.ScenarioEdit,
    situation.Indicator,
    situation.Observation,
    situation.Milestone,
    follow_up.ReportingCycle,
    follow_up.FollowUp,
    follow_up.Answer,
    follow_up.ParagraphLink,
)

BY_NAME: dict[str, type[Row]] = {table.TABLE: table for table in TABLES}
