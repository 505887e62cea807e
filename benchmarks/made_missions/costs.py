"""What things cost and who pays: funds, heads, rates, funding models, assessed budgets."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from konbit.dossier.tables import fund, requirement
from made_missions.frame import BEGAN_ON, FACT, PRICE, month_on, usd
from made_missions.ground import SHARE_OF_PHASE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from konbit.dossier import Row
    from made_missions.force import Unit
    from made_missions.frame import Frame
    from made_missions.ground import Place

HEADS = {
    "personnel": ("person_month", "direct", True),
    "self_sustainment": ("person_month", "direct", True),
    "major_equipment": ("equipment_month", "direct", True),
    "movement_in": ("person_arrival", "direct", False),
    "cargo_in": ("tonne_arrival", "direct", False),
    "repatriation": ("person_departure", "direct", False),
    "life_support": ("person_month", "support", False),
    "contracted_service": ("unit_month", "support", False),
    "base_running": ("site_month", "support", False),
    "camp_building": ("building", "support", False),
}
_SUPPORT = ("self_sustainment", "life_support", "contracted_service", "base_running",
            "camp_building", "major_equipment")  # fmt: skip
TRUST, ASSESSED = "TRUST", "ASSESSED"


@dataclass(frozen=True, slots=True)
class Costs:
    """Prices in dollars and who pays them.

    Attributes:
        each: dollars for one count, of heads with one price.
        service: dollars a month of a contracted or flying unit, by offer.
        site: dollars a month of a held site.
        payers: by funding model, the payer of each head.
        hybrid_from: month in which the hybrid model begins; None for never.
        support_share: programme support cost of the trust fund.
        reserve_share: its operating reserve.
    """

    each: Mapping[str, int]
    service: Mapping[str, int]
    site: Mapping[str, int]
    payers: Mapping[str, Mapping[str, str]]
    hybrid_from: int | None
    support_share: Decimal
    reserve_share: Decimal

    def pays(self, head: str, t: int) -> str:
        """Who pays a head in a month."""
        model = "hybrid" if self.hybrid_from is not None and t >= self.hybrid_from else "voluntary"
        return self.payers[model][head]


def draw_costs(frame: Frame, units: list[Unit], places: list[Place]) -> Costs:
    """Prices around those of Haiti."""
    rng = frame.stream("costs")
    travel = rng.randint(11, 22) * 100
    each = {
        "personnel": 1_448,
        "self_sustainment": rng.randint(20, 26) * 10,
        "life_support": rng.randint(9, 15) * 100,
        "movement_in": travel,
        "repatriation": travel,
        "cargo_in": rng.randint(4, 8) * 100,
        "apc": rng.randint(65, 110) * 100,
        "helicopter": 0,
        "hospital_level2": rng.randint(38, 60) * 1_000,
    }
    service = {}
    for unit in units:
        if unit.kind == "air":
            service[unit.code] = unit.gives * rng.randint(120, 260) * 1_000
        elif unit.is_service:
            service[unit.code] = rng.randint(60, 140) * 1_000
    site = {
        p.code: (rng.randint(4, 9) * 100_000 if p.is_main else rng.randint(5, 14) * 10_000)
        for p in places
    }
    voluntary = dict.fromkeys(HEADS, TRUST)
    if rng.random() < 0.7:
        voluntary["major_equipment"] = "contributor"
    if rng.random() < 0.3:
        voluntary["life_support"] = "bilateral"
    hybrid = {head: ASSESSED if head in _SUPPORT else TRUST for head in HEADS}
    begins = rng.randint(frame.horizon // 3, frame.horizon // 2)
    return Costs(
        each,
        service,
        site,
        {"voluntary": voluntary, "hybrid": hybrid},
        begins if rng.random() < 0.5 else None,
        Decimal(rng.randint(8, 13)) / 100,
        Decimal(rng.randint(10, 15)) / 100,
    )


def cost_rows(frame: Frame, costs: Costs) -> list[Row]:
    """Funds, heads, rates, models, payers and the scenario."""
    rng = frame.stream("models")
    clearance = rng.random() < 0.5
    rows: list[Row] = [
        fund.Fund(
            code=TRUST,
            title="Trust fund of the mission",
            kind="trust_fund",
            currency="USD",
            support_cost_share=costs.support_share,
            reserve_share=costs.reserve_share,
            **FACT,
        ),
        fund.Fund(code=ASSESSED, title="Support office", kind="assessed", currency="USD", **FACT),
        fund.FundingModel(code="voluntary", title="Voluntary", **FACT),
        fund.FundingModel(
            code="hybrid",
            title="Hybrid: people by the trust fund, support assessed",
            requires_clearance=clearance,
            grace_months=4,
            **FACT,
        ),
        fund.Scenario(code="base", title="As decided", **FACT),
        fund.ScenarioStep(scenario="base", from_on=BEGAN_ON, funding_model="voluntary", **FACT),
    ]
    if costs.hybrid_from is not None:
        on = month_on(costs.hybrid_from)
        rows.append(fund.ScenarioStep(scenario="base", from_on=on, funding_model="hybrid", **FACT))
    for head, (counted, scope, reimbursable) in HEADS.items():
        rows.append(
            fund.CostHead(
                code=head,
                title=head.replace("_", " ").capitalize(),
                counted=counted,
                scope=scope,
                reimbursable=reimbursable,
                **FACT,
            )
        )
    return [*rows, *_payers(costs), *_rates(costs)]


def _payers(costs: Costs) -> list[Row]:
    return [
        fund.PayerRule(
            funding_model=model,
            cost_head=head,
            payer="fund" if payer in {TRUST, ASSESSED} else payer,
            fund=payer if payer in {TRUST, ASSESSED} else "",
            **FACT,
        )
        for model, by_head in costs.payers.items()
        for head, payer in by_head.items()
    ]


def _rates(costs: Costs) -> list[Row]:
    def rate(code: str, head: str, dollars: int, **only: Any) -> Row:
        amount = usd(dollars)
        return fund.Rate(
            code=code, cost_head=head, amount=amount, from_on=BEGAN_ON, **only, **PRICE
        )

    rows = []
    for name, dollars in costs.each.items():
        if name in HEADS:
            rows.append(rate(name, name, dollars))
        else:
            rows.append(rate(f"lease-{name}", "major_equipment", dollars, equipment_type=name))
    for offer, dollars in costs.service.items():
        rows.append(rate(f"service-{offer}", "contracted_service", dollars, offer=offer))
    for site, dollars in costs.site.items():
        rows.append(rate(f"running-{site}", "base_running", dollars, site=site))
    return rows


def whole_cost(
    frame: Frame, costs: Costs, people: int, units: list[Unit], places: list[Place], rows: list[Row]
) -> list[dict[str, float]]:
    """Roughly what the whole need costs each month, in dollars by payer, support cost included.

    Everybody needed is there in every month; coming and building fall into the first half.
    """
    each = costs.each
    tonnes = sum(u.tonnes * u.count for u in units) / max(1, sum(u.people * u.count for u in units))
    building = sum(
        row.cost.amount_minor / 100
        for row in rows
        if isinstance(row, requirement.BuildingOption) and row.cost is not None
    )
    early = frame.horizon // 2
    found = []
    for t in range(frame.horizon):
        phase = sum(t >= begins for begins in frame.phases) - 1
        there = people * SHARE_OF_PHASE[phase]
        due = {
            head: there * each[head] for head in ("personnel", "self_sustainment", "life_support")
        }
        due["contracted_service"] = sum(costs.service.values()) * SHARE_OF_PHASE[phase] * 0.6
        due["base_running"] = sum(costs.site[p.code] for p in places if p.opens <= phase)
        if t < early:
            due["camp_building"] = building / early
            due["movement_in"] = people * each["movement_in"] / early
            due["repatriation"] = people * each["repatriation"] / early
            due["cargo_in"] = people * tonnes * each["cargo_in"] / early
        by_payer: dict[str, float] = {}
        for head, amount in due.items():
            payer = costs.pays(head, t)
            loaded = amount * (1 + float(costs.support_share)) if payer == TRUST else amount
            by_payer[payer] = by_payer.get(payer, 0) + loaded
        found.append(by_payer)
    return found


def budget_rows(frame: Frame, costs: Costs, whole: list[dict[str, float]]) -> list[Row]:
    """Assessed budgets by year from the month in which the hybrid model begins."""
    if costs.hybrid_from is None:
        return []
    rng = frame.stream("budgets")
    rows: list[Row] = []
    for number, begins in enumerate(range(costs.hybrid_from, frame.horizon, 12), 1):
        ends = min(begins + 12, frame.horizon)
        due = sum(whole[t].get(ASSESSED, 0) for t in range(begins, ends))
        share = rng.uniform(*frame.severity.cash)
        rows.append(
            fund.Budget(
                code=f"BUDGET-{number}",
                fund=ASSESSED,
                title=f"Support office, year {number}",
                from_on=month_on(begins),
                until_on=month_on(begins + 12),
                amount=usd(due * share / 0.85, 100_000),
                cash_share=Decimal("0.85"),
                **FACT,
            )
        )
    return rows
