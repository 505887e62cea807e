"""The tables of `konbit.dossier.tables.pledge`, line by line.

What states offer, and what became of it.
"""

from __future__ import annotations

from konbit.dossier.tables import pledge as rows
from konbit.web.bridge.lines import currency_of_amounts, line, minor_units
from konbit.web.tables.mirrored.base import MirroredFact


class Offer(MirroredFact):
    """Offers."""

    ROW = rows.Offer

    code = line(ROW, "code")
    title = line(ROW, "title")
    contributor = line(ROW, "contributor")
    kind = line(ROW, "kind")
    component = line(ROW, "component")
    unit_count = line(ROW, "unit_count")
    strength_persons = line(ROW, "strength_persons")
    capability = line(ROW, "capability")
    quantity = line(ROW, "quantity")
    available_from_on = line(ROW, "available_from_on")
    available_until_on = line(ROW, "available_until_on")
    tour_months = line(ROW, "tour_months")
    overlap_months = line(ROW, "overlap_months")
    gap_months = line(ROW, "gap_months")
    cargo_tonnes = line(ROW, "cargo_tonnes")
    rapid = line(ROW, "rapid")
    splittable = line(ROW, "splittable")
    paragraph = line(ROW, "paragraph")
    replaces = line(ROW, "replaces")

    class Meta(MirroredFact.Meta):
        db_table = "tables_offers"


class OfferCapability(MirroredFact):
    """Further capabilities of offers."""

    ROW = rows.OfferCapability

    offer = line(ROW, "offer")
    capability = line(ROW, "capability")
    quantity = line(ROW, "quantity")

    class Meta(MirroredFact.Meta):
        db_table = "tables_offer_capabilities"


class OfferEquipment(MirroredFact):
    """Equipment of offers."""

    ROW = rows.OfferEquipment

    offer = line(ROW, "offer")
    equipment_type = line(ROW, "equipment_type")
    quantity = line(ROW, "quantity")
    brings = line(ROW, "brings")

    class Meta(MirroredFact.Meta):
        db_table = "tables_offer_equipment"


class Caveat(MirroredFact):
    """Caveats."""

    ROW = rows.Caveat

    code = line(ROW, "code")
    offer = line(ROW, "offer")
    kind = line(ROW, "kind")
    site = line(ROW, "site")
    funding_model = line(ROW, "funding_model")
    text = line(ROW, "text")

    class Meta(MirroredFact.Meta):
        db_table = "tables_caveats"


class UnitEvent(MirroredFact):
    """Unit events."""

    ROW = rows.UnitEvent

    code = line(ROW, "code")
    offer = line(ROW, "offer")
    stage = line(ROW, "stage")
    on = line(ROW, "on")
    on_precision = line(ROW, "on_precision")
    units = line(ROW, "units")
    strength_persons = line(ROW, "strength_persons")
    site = line(ROW, "site")
    document = line(ROW, "document")

    class Meta(MirroredFact.Meta):
        db_table = "tables_unit_events"


class LeadTime(MirroredFact):
    """Lead times."""

    ROW = rows.LeadTime

    stage_from = line(ROW, "stage_from")
    stage_to = line(ROW, "stage_to")
    rapid = line(ROW, "rapid")
    low_months = line(ROW, "low_months")
    likely_months = line(ROW, "likely_months")
    high_months = line(ROW, "high_months")

    class Meta(MirroredFact.Meta):
        db_table = "tables_lead_times"


class DueDiligence(MirroredFact):
    """Due diligence."""

    ROW = rows.DueDiligence

    code = line(ROW, "code")
    offer = line(ROW, "offer")
    status = line(ROW, "status")
    on = line(ROW, "on")

    class Meta(MirroredFact.Meta):
        db_table = "tables_due_diligence"


class Agreement(MirroredFact):
    """Agreements."""

    ROW = rows.Agreement

    code = line(ROW, "code")
    title = line(ROW, "title")
    kind = line(ROW, "kind")
    party = line(ROW, "party")
    other_party = line(ROW, "other_party")
    offer = line(ROW, "offer")
    contribution = line(ROW, "contribution")
    signed_on = line(ROW, "signed_on")
    valid_until_on = line(ROW, "valid_until_on")

    class Meta(MirroredFact.Meta):
        db_table = "tables_agreements"


class ContributorTerm(MirroredFact):
    """Terms of contributors."""

    ROW = rows.ContributorTerm

    organisation = line(ROW, "organisation")
    prefinancing_limit_minor = minor_units(ROW, "prefinancing_limit")
    reimbursement_lag_months = line(ROW, "reimbursement_lag_months")
    currency = currency_of_amounts()

    class Meta(MirroredFact.Meta):
        db_table = "tables_contributor_terms"


class TrackRecord(MirroredFact):
    """Track records."""

    ROW = rows.TrackRecord

    code = line(ROW, "code")
    organisation = line(ROW, "organisation")
    capability = line(ROW, "capability")
    mission = line(ROW, "mission")
    year = line(ROW, "year")
    quantity = line(ROW, "quantity")

    class Meta(MirroredFact.Meta):
        db_table = "tables_track_records"
