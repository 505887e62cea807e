"""A small invented mission and its plan, for tests of everything that shows a plan.

The numbers are computed from a short schedule by the plain rules of the plan tables, so that
they add up: coverage follows from presence, cash from obligations. It is no output of the planner.
"""

from __future__ import annotations

from functools import cache

from konbit.dossier.plan import (
    FULL,
    Ask,
    BuildingOrder,
    CashPosition,
    Check,
    Comparison,
    Contingent,
    Coverage,
    DelayPoint,
    HeadCount,
    MoneyStage,
    Obligation,
    Payment,
    Plan,
    Presence,
    Relaxation,
    Reliance,
    SolveStage,
    Stand,
)
from konbit.terms import Finding, Money, Severity
from sample_dossier import (
    AS_OF_ON,
    CEILING,
    FIRST,
    MODELS,
    MONTHS,
    NEEDS,
    OFFERS,
    PRICES,
    UNTIL,
    payer_of,
    sample_dossier,
    usd,
)

# Months, counted from the first planned one, in which each unit of an offer arrives, by scenario.
_ARRIVALS = {
    "voluntary": {"KEN-police": (-4, -4, 5), "JAM-engineers": (4,), "CAN-medevac": (6,)},
    "hybrid": {"KEN-police": (-4, -4, 2, 4, 5), "JAM-engineers": (1, 3), "CAN-medevac": (3,)},
    "assessed": {"KEN-police": (-4, -4, 4, 4, 5), "JAM-engineers": (5, 5), "CAN-medevac": (4,)},
}


def _site_of(offer: str, order: int) -> str:
    return "harbour" if offer == "KEN-police" and order >= 3 else "capital"


def _presence(scenario: str) -> tuple[Presence, ...]:
    rows: list[Presence] = []
    for offer, _, _, _, _, strength, _ in OFFERS:
        for site in ("capital", "harbour"):
            arrivals = [
                step
                for order, step in enumerate(_ARRIVALS[scenario][offer])
                if _site_of(offer, order) == site
            ]
            for step, month in enumerate(MONTHS):
                units = sum(arrival <= step for arrival in arrivals)
                if units:
                    rows.append(
                        Presence(
                            unit=offer,
                            offer=offer,
                            site=site,
                            month=str(month),
                            units=units,
                            strength_persons=units * strength,
                            arriving_units=arrivals.count(step),
                            departing_units=0,
                            operational_units=sum(arrival < step for arrival in arrivals),
                        )
                    )
    return tuple(sorted(rows, key=lambda row: row.key))


def _coverage(presence: tuple[Presence, ...]) -> tuple[Coverage, ...]:
    gives = {offer: (capability, each) for offer, _, _, capability, _, _, each in OFFERS}
    rows: list[Coverage] = []
    for need, capability, site, first, quantity, weight in NEEDS:
        for month in MONTHS[first:]:
            at_work = sum(
                row.operational_units * gives[row.offer][1]
                for row in presence
                if row.month == str(month)
                and row.site == site
                and gives[row.offer][0] == capability
            )
            share = min(FULL, at_work * FULL // quantity)
            reason = "none" if share == FULL else _REASONS[need]
            rows.append(
                Coverage(
                    requirement=need,
                    capability=capability,
                    site=site,
                    month=str(month),
                    needed=quantity,
                    present=at_work,
                    share=share,
                    weight=weight,
                    reason=reason,
                    reasons="" if reason == "none" else reason,
                    detail="" if reason == "none" else site,
                )
            )
    return tuple(rows)


_REASONS = {
    "N-engineering": "readiness",
    "N-medevac": "offer",
    "N-patrol-capital": "money",
    "N-patrol-harbour": "camp",
}


def _obligations(scenario: str, presence: tuple[Presence, ...]) -> tuple[Obligation, ...]:
    rows: list[Obligation] = []

    def owe(month: str, head: str, subject: str, site: str, thousands: int) -> None:
        payer = payer_of(scenario, head)
        share = 7 if payer == "TF" else 0
        rows.append(
            Obligation(
                month=month,
                cost_head=head,
                subject=subject,
                site=site,
                payer=payer,
                amount=usd(thousands),
                support_cost=Money(thousands * 1_000 * share, "USD"),
                placeholder=head == "building",
            )
        )

    for row in presence:
        owe(
            row.month,
            "reimbursement",
            row.unit,
            row.site,
            PRICES["reimbursement"] * row.strength_persons,
        )
        if row.arriving_units:
            people = row.strength_persons // row.units * row.arriving_units
            owe(row.month, "travel", row.unit, row.site, PRICES["travel"] * people)
    for site, month in sorted({(row.site, row.month) for row in presence}):
        owe(month, "camp", site, site, PRICES["camp"])
    if any(row.site == "harbour" for row in presence):
        owe(str(FIRST), "building", "harbour-camp", "harbour", PRICES["building"])
    return tuple(sorted(rows, key=lambda row: row.key))


def _payments(obligations: tuple[Obligation, ...]) -> tuple[Payment, ...]:
    rows = [
        Payment(
            kind="pay",
            month=row.month,
            fund=row.payer,
            earmark="medical" if row.subject == "CAN-medevac" and row.payer == "TF" else "-",
            cost_head=row.cost_head,
            subject=row.subject,
            site=row.site,
            amount=row.amount + row.support_cost,
        )
        for row in obligations
        if row.payer in {"TF", "AB"} and row.amount and row.support_cost is not None
    ]
    rows += [
        Payment(
            kind="aside",
            month=str(month),
            fund="TF",
            earmark="-",
            cost_head="travel",
            subject="KEN-police",
            site="capital",
            amount=usd(900),
        )
        for month in MONTHS
    ]
    return tuple(sorted(rows, key=lambda row: row.key))


def _cash(payments: tuple[Payment, ...]) -> tuple[CashPosition, ...]:
    rows: list[CashPosition] = []
    for earmark, start in (("-", usd(26_000)), ("medical", usd(3_000))):
        opening = start
        for month in MONTHS:
            used = sum(
                (
                    row.amount
                    for row in payments
                    if (row.kind, row.fund, row.earmark, row.month)
                    == ("pay", "TF", earmark, str(month))
                    and row.amount
                ),
                usd(0),
            )
            closing = opening - used
            rows.append(
                CashPosition(
                    fund="TF",
                    earmark=earmark,
                    month=str(month),
                    opening=opening,
                    used=used,
                    closing=closing,
                    set_aside=min(max(closing, usd(0)), usd(900 if earmark == "-" else 120)),
                )
            )
            opening = closing
    return tuple(rows)


def _headcounts(presence: tuple[Presence, ...]) -> tuple[HeadCount, ...]:
    strengths = {offer: strength for offer, _, _, _, _, strength, _ in OFFERS}
    rows = [
        HeadCount(
            month=str(FIRST + step),
            kind="record",
            ceiling_persons=CEILING,
            required_persons=680,
            offered_persons=600 if step < -3 else 855,
            ready_persons=300,
            deployed_persons=300 if step >= -4 else 0,
            effective_persons=None,
        )
        for step in range(-6, 0)
    ]
    for step, month in enumerate(MONTHS):
        here = [row for row in presence if row.month == str(month)]
        deployed = sum(row.strength_persons for row in here)
        rows.append(
            HeadCount(
                month=str(month),
                kind="plan",
                ceiling_persons=CEILING,
                required_persons=680 if step < 4 else 980,
                offered_persons=855,
                ready_persons=max(deployed, min(855, 380 + 120 * step)),
                deployed_persons=deployed,
                effective_persons=sum(row.operational_units * strengths[row.offer] for row in here),
            )
        )
    return tuple(rows)


def _money_stages() -> tuple[MoneyStage, ...]:
    stages = (
        ("TF", "announced", 61_000, 5, 1),
        ("TF", "pledged", 48_000, 4, 0),
        ("TF", "signed", 36_500, 3, 0),
        ("TF", "received", 29_000, 3, 0),
        ("TF", "obligated", 7_200, 2, 0),
        ("TF", "disbursed", 5_100, 2, 0),
        ("bilateral", "announced", 12_000, 2, 1),
        ("bilateral", "received", 4_000, 1, 0),
    )
    return tuple(
        MoneyStage(
            holder=holder, stage=stage, amount=usd(thousands), contributions=count,
            unknown_amounts=unknown,
        )
        for holder, stage, thousands, count, unknown in stages
    )  # fmt: skip


_RELAXATIONS = (
    Relaxation(
        rank=1, family="offer", gain_points=4_100_000, gain_share=1_280, upper_points=4_300_000,
        held_back_months=12,
    ),
    Relaxation(
        rank=2, family="money", gain_points=2_600_000, gain_share=810, upper_points=2_600_000,
        held_back_months=5,
    ),
    Relaxation(
        rank=3, family="camp", gain_points=900_000, gain_share=280, upper_points=1_500_000,
        held_back_months=3,
    ),
    Relaxation(
        rank=4, family="ceiling", gain_points=0, gain_share=0, upper_points=0, held_back_months=0
    ),
)  # fmt: skip

_ASKS = (
    Ask(
        rank=1, kind="unit", subject="medevac", site="capital", quantity=1, by_month="2026-06",
        gain_points=3_900_000, gain_upper_points=4_100_000, confirmed=True, extra_cost=usd(1_450),
        organisations="CAN same-capability,lift-reach; USA past-gift",
    ),
    Ask(
        rank=2, kind="money", subject="-", amount=usd(6_000), by_month="2026-05",
        gain_points=2_100_000, gain_upper_points=2_600_000, confirmed=False,
        organisations="USA past-gift",
    ),
    Ask(
        rank=3, kind="camp", subject="harbour-camp", site="harbour", quantity=300,
        by_month="2026-04", gain_points=900_000, gain_upper_points=1_500_000,
    ),
)  # fmt: skip


def _stay(
    unit: str, site: str, kind: str, months: tuple[int, int], units: int, people: int, tour: int
) -> Contingent:
    """Contingents from one month to another, counted from the first planned one."""
    arrived, gone = months
    return Contingent(
        unit=unit,
        offer=unit,
        site=site,
        kind=kind,
        arrived=str(FIRST + arrived),
        due=str(FIRST + arrived + tour),
        until="" if gone >= len(MONTHS) else str(FIRST + gone),
        contingents=units,
        strength_persons=people,
    )


_CONTINGENTS = (
    _stay("CAN-medevac", "capital", "first", (3, 6), 1, 25, 3),
    _stay("CAN-medevac", "capital", "relief", (7, 10), 1, 25, 3),
    _stay("CAN-medevac", "capital", "relief", (11, 14), 1, 25, 3),
    _stay("KEN-police", "capital", "first", (2, 8), 1, 150, 6),
    _stay("KEN-police", "capital", "relief", (1, 7), 2, 300, 6),
    _stay("KEN-police", "capital", "relief", (6, 12), 2, 300, 6),
    _stay("KEN-police", "capital", "relief", (7, 13), 1, 150, 6),
    _stay("KEN-police", "capital", "there", (-4, 2), 2, 300, 6),
    _stay("KEN-police", "harbour", "first", (4, 10), 1, 150, 6),
    _stay("KEN-police", "harbour", "first", (5, 11), 1, 150, 6),
    _stay("KEN-police", "harbour", "relief", (9, 15), 1, 150, 6),
    _stay("KEN-police", "harbour", "relief", (10, 16), 1, 150, 6),
)


@cache
def sample_plan(scenario: str = "hybrid") -> Plan:
    """The plan of the sample dossier under `voluntary`, `hybrid` or `assessed`."""
    presence = _presence(scenario)
    coverage = _coverage(presence)
    obligations = _obligations(scenario, presence)
    payments = _payments(obligations)
    covered = sum(row.share * row.weight for row in coverage)
    needed = sum(FULL * row.weight for row in coverage)
    cost = sum(row.amount.amount_minor for row in obligations if row.amount)
    return Plan(
        mission="EXM",
        title="Multinational Support Mission in Exemplia",
        currency="USD",
        dossier_digest=sample_dossier().digest,
        as_of_on=AS_OF_ON,
        scenario=scenario,
        scenario_title=f"{MODELS[scenario]} from the start",
        first_month=FIRST,
        until_month=UNTIL,
        covered_points=covered,
        needed_points=needed,
        stages=(
            SolveStage("coverage", covered, covered + 120_000, 75),
            SolveStage("earliness", 5_200_000, 5_200_000, 0),
            SolveStage("cost", cost, cost, 0),
        ),
        findings=(
            Finding(
                "placeholder-used",
                Severity.WARNING,
                "rates",
                "rate-building",
                "amount",
                (("rows", "1"),),
            ),
            Finding("lift-unlimited", Severity.NOTE, "lifts"),
        ),
        presence=presence,
        contingents=tuple(sorted(_CONTINGENTS, key=lambda row: row.key)),
        building_orders=(
            (BuildingOrder(option="harbour-camp", month="2026-04", usable_from="2026-07"),)
            if any(row.site == "harbour" for row in presence)
            else ()
        ),
        coverage=coverage,
        substituted=(
            Stand(
                month="2026-12", site="capital", offered="engineering", needed="patrol",
                quantity=250_000,
            ),
        ),
        obligations=obligations,
        payments=payments,
        cash=_cash(payments),
        headcounts=_headcounts(presence),
        money_stages=_money_stages(),
        relaxations=_RELAXATIONS,
        asks=_ASKS,
        verification=(
            Check(rule="camp-capacity", tested=24, violated=0, first_violation=""),
            Check(rule="cash-never-negative", tested=24, violated=0, first_violation=""),
            Check(rule="units-whole", tested=40, violated=0, first_violation=""),
        ),
        reliance=(
            Reliance(about="rates", rows_used=4, rows_assumed=0, rows_placeholder=4),
            Reliance(about="requirements", rows_used=4, rows_assumed=0, rows_placeholder=0),
        ),
    )  # fmt: skip


@cache
def sample_comparison() -> Comparison:
    """The three scenarios side by side, with what a later transfer costs."""
    plans = tuple(sample_plan(scenario) for scenario in MODELS)
    covered = sample_plan("assessed").covered_points
    return Comparison(
        plans,
        (
            (
                "assessed",
                tuple(
                    DelayPoint(
                        delay_months=late,
                        covered_points=covered - 1_400_000 * late,
                        bound_points=covered - 1_250_000 * late + 150_000,
                    )
                    for late in (0, 1, 2, 3, 6)
                ),
            ),
        ),
    )
