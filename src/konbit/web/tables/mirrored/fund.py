"""The tables of `konbit.dossier.tables.fund`, line by line.

Money by stage and earmark, prices, who pays.
"""

from __future__ import annotations

from konbit.dossier.tables import fund as rows
from konbit.web.bridge.lines import currency_of_amounts, line, minor_units
from konbit.web.tables.mirrored.base import MirroredFact


class Fund(MirroredFact):
    """Funds."""

    ROW = rows.Fund

    code = line(ROW, "code")
    title = line(ROW, "title")
    kind = line(ROW, "kind")
    currency = line(ROW, "currency")
    manager = line(ROW, "manager")
    support_cost_share = line(ROW, "support_cost_share")
    reserve_share = line(ROW, "reserve_share")

    class Meta(MirroredFact.Meta):
        db_table = "tables_funds"


class Earmark(MirroredFact):
    """Earmarks."""

    ROW = rows.Earmark

    code = line(ROW, "code")
    title = line(ROW, "title")
    modality = line(ROW, "modality")
    lethal_allowed = line(ROW, "lethal_allowed")
    from_on = line(ROW, "from_on")
    until_on = line(ROW, "until_on")

    class Meta(MirroredFact.Meta):
        db_table = "tables_earmarks"


class EarmarkRule(MirroredFact):
    """Earmark rules."""

    ROW = rows.EarmarkRule

    code = line(ROW, "code")
    earmark = line(ROW, "earmark")
    dimension = line(ROW, "dimension")
    allows = line(ROW, "allows")

    class Meta(MirroredFact.Meta):
        db_table = "tables_earmark_rules"


class Contribution(MirroredFact):
    """Contributions."""

    ROW = rows.Contribution

    code = line(ROW, "code")
    title = line(ROW, "title")
    donor = line(ROW, "donor")
    instrument = line(ROW, "instrument")
    fund = line(ROW, "fund")
    earmark = line(ROW, "earmark")
    recipient = line(ROW, "recipient")
    item = line(ROW, "item")
    quantity = line(ROW, "quantity")
    quantity_unit = line(ROW, "quantity_unit")
    reannounces = line(ROW, "reannounces")
    part_of = line(ROW, "part_of")
    cumulative = line(ROW, "cumulative")
    paragraph = line(ROW, "paragraph")

    class Meta(MirroredFact.Meta):
        db_table = "tables_contributions"


class ContributionEvent(MirroredFact):
    """Contribution events."""

    ROW = rows.ContributionEvent

    code = line(ROW, "code")
    contribution = line(ROW, "contribution")
    stage = line(ROW, "stage")
    on = line(ROW, "on")
    on_precision = line(ROW, "on_precision")
    amount_minor = minor_units(ROW, "amount")
    document = line(ROW, "document")
    currency = currency_of_amounts()

    class Meta(MirroredFact.Meta):
        db_table = "tables_contribution_events"


class Budget(MirroredFact):
    """Assessed budgets."""

    ROW = rows.Budget

    code = line(ROW, "code")
    fund = line(ROW, "fund")
    title = line(ROW, "title")
    from_on = line(ROW, "from_on")
    until_on = line(ROW, "until_on")
    amount_minor = minor_units(ROW, "amount")
    cash_share = line(ROW, "cash_share")
    scenario = line(ROW, "scenario")
    currency = currency_of_amounts()

    class Meta(MirroredFact.Meta):
        db_table = "tables_budgets"


class CostHead(MirroredFact):
    """Cost heads."""

    ROW = rows.CostHead

    code = line(ROW, "code")
    title = line(ROW, "title")
    counted = line(ROW, "counted")
    scope = line(ROW, "scope")
    reimbursable = line(ROW, "reimbursable")

    class Meta(MirroredFact.Meta):
        db_table = "tables_cost_heads"


class Rate(MirroredFact):
    """Rates."""

    ROW = rows.Rate

    code = line(ROW, "code")
    cost_head = line(ROW, "cost_head")
    offer = line(ROW, "offer")
    capability = line(ROW, "capability")
    equipment_type = line(ROW, "equipment_type")
    site = line(ROW, "site")
    from_on = line(ROW, "from_on")
    amount_minor = minor_units(ROW, "amount")
    edition = line(ROW, "edition")
    currency = currency_of_amounts()

    class Meta(MirroredFact.Meta):
        db_table = "tables_rates"


class ExchangeRate(MirroredFact):
    """Exchange rates."""

    ROW = rows.ExchangeRate

    currency_from = line(ROW, "currency_from")
    currency_to = line(ROW, "currency_to")
    on = line(ROW, "on")
    rate = line(ROW, "rate")

    class Meta(MirroredFact.Meta):
        db_table = "tables_exchange_rates"


class FundingModel(MirroredFact):
    """Funding models."""

    ROW = rows.FundingModel

    code = line(ROW, "code")
    title = line(ROW, "title")
    requires_clearance = line(ROW, "requires_clearance")
    requires_agreement = line(ROW, "requires_agreement")
    requires_equipment = line(ROW, "requires_equipment")
    grace_months = line(ROW, "grace_months")
    carry_over_share = line(ROW, "carry_over_share")

    class Meta(MirroredFact.Meta):
        db_table = "tables_funding_models"


class PayerRule(MirroredFact):
    """Payer rules."""

    ROW = rows.PayerRule

    funding_model = line(ROW, "funding_model")
    cost_head = line(ROW, "cost_head")
    payer = line(ROW, "payer")
    fund = line(ROW, "fund")

    class Meta(MirroredFact.Meta):
        db_table = "tables_payer_rules"


class Scenario(MirroredFact):
    """Scenarios."""

    ROW = rows.Scenario

    code = line(ROW, "code")
    title = line(ROW, "title")
    as_of_on = line(ROW, "as_of_on")
    summary = line(ROW, "summary")
    based_on = line(ROW, "based_on")

    class Meta(MirroredFact.Meta):
        db_table = "tables_scenarios"


class ScenarioStep(MirroredFact):
    """Scenario steps."""

    ROW = rows.ScenarioStep

    scenario = line(ROW, "scenario")
    from_on = line(ROW, "from_on")
    funding_model = line(ROW, "funding_model")

    class Meta(MirroredFact.Meta):
        db_table = "tables_scenario_steps"


class ScenarioEdit(MirroredFact):
    """Scenario edits."""

    ROW = rows.ScenarioEdit

    scenario = line(ROW, "scenario")
    table = line(ROW, "table")
    row = line(ROW, "row")
    column = line(ROW, "column")
    value = line(ROW, "value")

    class Meta(MirroredFact.Meta):
        db_table = "tables_scenario_edits"
