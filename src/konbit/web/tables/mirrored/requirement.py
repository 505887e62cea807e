"""The tables of `konbit.dossier.tables.requirement`, line by line.

What the mission needs, and what it lives on.
"""

from __future__ import annotations

from konbit.dossier.tables import requirement as rows
from konbit.web.bridge.lines import currency_of_amounts, line, minor_units
from konbit.web.tables.mirrored.base import MirroredFact


class Site(MirroredFact):
    """Sites."""

    ROW = rows.Site

    code = line(ROW, "code")
    title = line(ROW, "title")
    location = line(ROW, "location")
    kind = line(ROW, "kind")
    capacity_persons = line(ROW, "capacity_persons")
    available_from_on = line(ROW, "available_from_on")
    available_until_on = line(ROW, "available_until_on")
    critical_mass_persons = line(ROW, "critical_mass_persons")
    limit_persons = line(ROW, "limit_persons")

    class Meta(MirroredFact.Meta):
        db_table = "tables_sites"


class SiteCapacity(MirroredFact):
    """Site capacities."""

    ROW = rows.SiteCapacity

    site = line(ROW, "site")
    from_on = line(ROW, "from_on")
    capacity_persons = line(ROW, "capacity_persons")

    class Meta(MirroredFact.Meta):
        db_table = "tables_site_capacities"


class BuildingOption(MirroredFact):
    """Building options."""

    ROW = rows.BuildingOption

    code = line(ROW, "code")
    title = line(ROW, "title")
    site = line(ROW, "site")
    adds_persons = line(ROW, "adds_persons")
    lead_time_months = line(ROW, "lead_time_months")
    cost_minor = minor_units(ROW, "cost")
    cost_head = line(ROW, "cost_head")
    available_from_on = line(ROW, "available_from_on")
    currency = currency_of_amounts()

    class Meta(MirroredFact.Meta):
        db_table = "tables_building_options"


class Capability(MirroredFact):
    """Capabilities."""

    ROW = rows.Capability

    code = line(ROW, "code")
    title = line(ROW, "title")
    measure = line(ROW, "measure")
    group = line(ROW, "group")
    enabler = line(ROW, "enabler")

    class Meta(MirroredFact.Meta):
        db_table = "tables_capabilities"


class Substitution(MirroredFact):
    """Substitutions."""

    ROW = rows.Substitution

    needed = line(ROW, "needed")
    offered = line(ROW, "offered")
    share = line(ROW, "share")

    class Meta(MirroredFact.Meta):
        db_table = "tables_substitutions"


class Serviceability(MirroredFact):
    """Serviceability."""

    ROW = rows.Serviceability

    capability = line(ROW, "capability")
    since_arrival_months = line(ROW, "since_arrival_months")
    share = line(ROW, "share")

    class Meta(MirroredFact.Meta):
        db_table = "tables_serviceability"


class Enabler(MirroredFact):
    """Enablers."""

    ROW = rows.Enabler

    enabler = line(ROW, "enabler")
    enables = line(ROW, "enables")
    site = line(ROW, "site")

    class Meta(MirroredFact.Meta):
        db_table = "tables_enablers"


class Phase(MirroredFact):
    """Phases."""

    ROW = rows.Phase

    code = line(ROW, "code")
    title = line(ROW, "title")
    from_on = line(ROW, "from_on")
    until_on = line(ROW, "until_on")

    class Meta(MirroredFact.Meta):
        db_table = "tables_phases"


class Requirement(MirroredFact):
    """Requirements."""

    ROW = rows.Requirement

    code = line(ROW, "code")
    capability = line(ROW, "capability")
    site = line(ROW, "site")
    phase = line(ROW, "phase")
    quantity = line(ROW, "quantity")
    priority = line(ROW, "priority")
    paragraph = line(ROW, "paragraph")

    class Meta(MirroredFact.Meta):
        db_table = "tables_requirements"


class Lift(MirroredFact):
    """Lift."""

    ROW = rows.Lift

    code = line(ROW, "code")
    title = line(ROW, "title")
    mode = line(ROW, "mode")
    provider = line(ROW, "provider")
    passengers_per_month = line(ROW, "passengers_per_month")
    cargo_tonnes_per_month = line(ROW, "cargo_tonnes_per_month")
    from_on = line(ROW, "from_on")
    until_on = line(ROW, "until_on")

    class Meta(MirroredFact.Meta):
        db_table = "tables_lifts"


class LiftInterruption(MirroredFact):
    """Lift interruptions."""

    ROW = rows.LiftInterruption

    code = line(ROW, "code")
    lift = line(ROW, "lift")
    title = line(ROW, "title")
    from_on = line(ROW, "from_on")
    until_on = line(ROW, "until_on")
    share_lost = line(ROW, "share_lost")

    class Meta(MirroredFact.Meta):
        db_table = "tables_lift_interruptions"


class EquipmentType(MirroredFact):
    """Equipment types."""

    ROW = rows.EquipmentType

    code = line(ROW, "code")
    title = line(ROW, "title")
    lethal = line(ROW, "lethal")

    class Meta(MirroredFact.Meta):
        db_table = "tables_equipment_types"


class EquipmentPool(MirroredFact):
    """Equipment pools."""

    ROW = rows.EquipmentPool

    code = line(ROW, "code")
    equipment_type = line(ROW, "equipment_type")
    quantity = line(ROW, "quantity")
    serviceable_share = line(ROW, "serviceable_share")
    monthly_loss_share = line(ROW, "monthly_loss_share")
    lowest_share = line(ROW, "lowest_share")
    from_on = line(ROW, "from_on")
    until_on = line(ROW, "until_on")
    contribution = line(ROW, "contribution")

    class Meta(MirroredFact.Meta):
        db_table = "tables_equipment_pools"
