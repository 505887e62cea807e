"""Random small missions that can be planned in a blink, for laws of the planner."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from konbit.dossier.tables import arrears, fund, mandate, pledge, requirement
from missions import (
    AS_OF,
    FACT,
    capability,
    gift,
    mission,
    need,
    offer,
    place,
    price,
    state,
    trust_fund,
    usd,
)

if TYPE_CHECKING:
    from konbit.dossier import Row

STATES = ("AAA", "BBB")
SITES = ("S1", "S2")


@st.composite
def small_missions(draw: st.DrawFn) -> list[Row]:
    """Rows of a mission with one or two sites, up to four offers, a few gifts and odd limits."""
    sites = SITES[: draw(st.integers(1, 2))]
    rows: list[Row] = [
        mission(
            draw(st.integers(3, 6)),
            operational_lag_months=draw(st.integers(0, 1)),
            minimum_stay_months=draw(st.integers(1, 3)),
        ),
        *(state(code) for code in STATES),
        capability("police"),
        capability("medical", "beds", enabler=True),
        trust_fund(
            support=draw(st.sampled_from(["0", "0.13"])),
            reserve=draw(st.sampled_from(["0", "0.15"])),
        ),
    ]
    for site in sites:
        beds = draw(st.sampled_from([0, 150, 400]))
        mass = draw(st.sampled_from([0, 0, 120]))
        rows += place(site, beds, critical_mass_persons=mass)
        rows.append(
            need(
                f"R-{site}", "police", site, draw(st.integers(1, 5)) * 70, draw(st.integers(1, 40))
            )
        )
    rows += draw(_offers(sites))
    rows += draw(_money())
    rows += draw(_limits(sites))
    return rows


@st.composite
def _offers(draw: st.DrawFn, sites: tuple[str, ...]) -> list[Row]:
    rows: list[Row] = []
    for number in range(draw(st.integers(1, 3))):
        code = f"O{number}"
        rows.append(
            offer(
                code,
                draw(st.sampled_from(STATES)),
                "police",
                draw(st.sampled_from([60, 100, 140])),
                draw(st.integers(1, 2)),
                available_from_on=draw(st.sampled_from([None, date(2024, 4, 10)])),
                available_until_on=draw(st.sampled_from([None, None, date(2024, 7, 1)])),
                cargo_tonnes=draw(st.sampled_from([0, 30])),
            )
        )
        if draw(st.booleans()):
            rows.append(_event(code, draw(st.sampled_from(sites))))
    if draw(st.booleans()):
        rows.append(
            offer("HOSPITAL", "AAA", "medical", 20, quantity=draw(st.sampled_from([5, 20])))
        )
        rows.append(need("R-MED", "medical", sites[0], 10, 5))
        rows.append(requirement.Enabler(enabler="medical", enables="police", **FACT))
    return rows


def _event(code: str, site: str) -> pledge.UnitEvent:
    return pledge.UnitEvent(
        code=f"{code}-arrived",
        offer=code,
        stage="arrived",
        on=date(2024, 1, 15),
        units=1,
        site=site,
        **{**FACT, "source_on": date(2024, 1, 15)},
    )


@st.composite
def _money(draw: st.DrawFn) -> list[Row]:
    rows: list[Row] = [
        *price("personnel", "person_month", draw(st.sampled_from([900, 1_448])), reimbursable=True),
        *price("arrival", "person_arrival", 300),
        *price("home", "person_departure", 250),
        *price("base", "site_month", draw(st.sampled_from([1, 7_000]))),
        fund.Earmark(code="FOR-AAA", title="Units of AAA", **FACT),
        fund.EarmarkRule(
            code="ER", earmark="FOR-AAA", dimension="contributor", allows="AAA", **FACT
        ),
        fund.Earmark(
            code="PAY-ONLY",
            title="Pay",
            until_on=draw(st.sampled_from([None, date(2024, 6, 1)])),
            **FACT,
        ),
        fund.EarmarkRule(
            code="ER2", earmark="PAY-ONLY", dimension="cost_head", allows="personnel", **FACT
        ),
    ]
    for number, earmark in enumerate(("", "FOR-AAA", "PAY-ONLY")):
        dollars = draw(st.sampled_from([0, 150_000, 600_000, 2_000_000]))
        if dollars:
            rows += gift(f"G{number}", draw(st.sampled_from(STATES)), dollars, earmark=earmark)
    return rows


@st.composite
def _limits(draw: st.DrawFn, sites: tuple[str, ...]) -> list[Row]:
    rows: list[Row] = []
    more: dict[str, Any] = FACT
    if draw(st.booleans()):
        rows.append(
            mandate.Ceiling(
                code="C",
                component="total",
                strength_persons=draw(st.sampled_from([150, 300])),
                from_on=date(2024, 1, 1),
                **more,
            )
        )
    if draw(st.booleans()):
        rows.append(
            requirement.Lift(
                code="LIFT",
                title="Air",
                mode="air",
                passengers_per_month=draw(st.sampled_from([100, 200])),
                cargo_tonnes_per_month=draw(st.sampled_from([0, 40])),
                **more,
            )
        )
        if draw(st.booleans()):
            rows.append(
                requirement.LiftInterruption(
                    code="BAN",
                    lift="LIFT",
                    title="Ban",
                    from_on=date(2024, 3, 1),
                    until_on=date(2024, 5, 1),
                    share_lost=Decimal("0.5"),
                    **more,
                )
            )
    if draw(st.booleans()):
        rows.append(
            requirement.BuildingOption(
                code="B",
                title="Camp",
                site=sites[0],
                adds_persons=150,
                lead_time_months=draw(st.integers(0, 2)),
                cost=usd(20_000),
                cost_head="building",
                **more,
            )
        )
        rows.append(fund.CostHead(code="building", title="Building", counted="building", **more))
    if draw(st.booleans()):
        rows.append(
            pledge.ContributorTerm(
                organisation="AAA",
                prefinancing_limit=usd(draw(st.sampled_from([90_000, 400_000]))),
                reimbursement_lag_months=2,
                **more,
            )
        )
    if draw(st.booleans()):
        rows.append(
            arrears.ClaimStanding(
                fund="TF",
                claim="C-1",
                on=AS_OF,
                contributor="AAA",
                served_until_on=draw(st.sampled_from([date(2023, 6, 1), date(2024, 2, 1)])),
                claimed=usd(90_000),
                approved=draw(st.sampled_from([None, usd(60_000)])),
                paid=draw(st.sampled_from([None, usd(10_000)])),
                **more,
            )
        )
    return rows


__all__ = ["AS_OF", "small_missions"]
