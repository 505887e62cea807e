"""Tiny missions in which one limit alone holds people back, for reasons, gains and asks.

Four months from March 2024, one site, police. Whatever is not the limit is plenty.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

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
    from collections.abc import Callable

    from konbit.dossier import Row

PLENTY = 10**7


def plain(
    *,
    months: int = 4,
    stay: int = 1,
    units: int = 2,
    needed: int = 200,
    beds: int = 1_000,
    money: list[Row] | None = None,
    **more: Any,
) -> list[Row]:
    """Units of 100 of AAA for a need of police at S; BBB gives money, CCC nothing so far."""
    return [
        mission(months, minimum_stay_months=stay),
        *(state(code) for code in ("AAA", "BBB", "CCC")),
        *place("S", beds),
        capability("police"),
        need("R", "police", "S", needed),
        offer("O", "AAA", "police", 100, units=units, **more),
        trust_fund(),
        *(gift("G", "BBB", PLENTY) if money is None else money),
        *price("personnel", "person_month", 1_000, reimbursable=True),
    ]


def slow_start(likely_months: int) -> pledge.LeadTime:
    """So many months from an offer to its notification; every later step takes no time."""
    return pledge.LeadTime(
        stage_from="offered",
        stage_to="notified",
        low_months=likely_months,
        likely_months=likely_months,
        high_months=likely_months,
        **FACT,
    )


def notified(code: str = "O") -> pledge.UnitEvent:
    """The offer has been notified, so that nothing more is in its way."""
    return pledge.UnitEvent(code=f"{code}-notified", offer=code, stage="notified", on=AS_OF, **FACT)


def arrived(units: int) -> pledge.UnitEvent:
    """So many units of the offer stand at S already."""
    return pledge.UnitEvent(
        code="O-arrived",
        offer="O",
        stage="arrived",
        on=AS_OF,
        units=units,
        site="S",
        **{**FACT, "source_on": AS_OF},
    )


def too_few() -> list[Row]:
    """One unit offered where two are needed."""
    return plain(units=1)


def not_ready() -> list[Row]:
    """Three months from offer to arrival: nobody before the third month."""
    return [*plain(), slow_start(3)]


def no_beds() -> list[Row]:
    """Beds for one unit of two."""
    return plain(beds=100)


def small_boat() -> list[Row]:
    """A boat for one unit a month, two to come."""
    boat = requirement.Lift(code="BOAT", title="Boat", mode="sea", passengers_per_month=100, **FACT)
    return [*plain(), boat]


def no_medics() -> list[Row]:
    """Police count only with medics, whom nobody offers and nobody could bring in time."""
    return [
        *plain(),
        capability("medical", "beds", enabler=True),
        need("R-MED", "medical", "S", 10, priority=1),
        requirement.Enabler(enabler="medical", enables="police", **FACT),
        slow_start(9),
        notified(),
    ]


def low_ceiling() -> list[Row]:
    """One unit of two allowed."""
    cap = mandate.Ceiling(
        code="C", component="police", strength_persons=100, from_on=date(2024, 1, 1), **FACT
    )
    return [*plain(), cap]


def no_cash(months: int = 4) -> list[Row]:
    """Less than a month of one unit."""
    return plain(months=months, money=gift("G", "BBB", 90_000))


def wrong_earmark(months: int = 4) -> list[Row]:
    """Plenty of cash, for units of CCC only."""
    return [
        *plain(months=months, money=gift("G", "BBB", PLENTY, earmark="FOR-CCC")),
        fund.Earmark(code="FOR-CCC", title="Units of CCC", **FACT),
        fund.EarmarkRule(
            code="ER", earmark="FOR-CCC", dimension="contributor", allows="CCC", **FACT
        ),
    ]


def late_cash() -> list[Row]:
    """Plenty of cash, known to come on 1 May."""
    return plain(money=gift("G", "BBB", PLENTY, on=date(2024, 5, 1)))


def frozen_cash(months: int = 4) -> list[Row]:
    """Plenty of cash received and frozen."""
    freeze = fund.ContributionEvent(
        code="G-frozen",
        contribution="G",
        stage="frozen",
        on=date(2024, 2, 1),
        amount=usd(PLENTY),
        **FACT,
    )
    return [*plain(months=months), freeze]


def no_vehicles() -> list[Row]:
    """Five vehicles in the pool; each unit brings none and needs five."""
    return [
        *plain(),
        requirement.EquipmentType(code="APC", title="Armoured carrier", **FACT),
        pledge.OfferEquipment(offer="O", equipment_type="APC", quantity=5, brings=0, **FACT),
        requirement.EquipmentPool(code="POOL", equipment_type="APC", quantity=5, **FACT),
    ]


def not_cleared() -> list[Row]:
    """A funding model that wants due diligence, which nobody has done."""
    return [
        *plain(),
        fund.FundingModel(code="F", title="Strict", requires_clearance=True, **FACT),
        slow_start(9),
        notified(),
    ]


def badly_equipped() -> list[Row]:
    """A funding model that wants units to bring their vehicles; the pool has plenty."""
    return [
        *plain(),
        fund.FundingModel(code="F", title="Strict", requires_equipment=True, **FACT),
        requirement.EquipmentType(code="APC", title="Armoured carrier", **FACT),
        pledge.OfferEquipment(offer="O", equipment_type="APC", quantity=5, brings=0, **FACT),
        requirement.EquipmentPool(code="POOL", equipment_type="APC", quantity=50, **FACT),
        slow_start(9),
        notified(),
    ]


def not_there() -> list[Row]:
    """AAA keeps its units away from the one place where they are needed."""
    away = pledge.Caveat(code="V", offer="O", kind="not_site", site="S", text="Not at S", **FACT)
    return [*plain(), away]


def just_arrived() -> list[Row]:
    """Units arrive in March and are at work from April."""
    return [*plain()[1:], mission(4, operational_lag_months=1, minimum_stay_months=1)]


def short_advance() -> list[Row]:
    """AAA advances what one unit and a half cost in a month, and is paid the month after."""
    term = pledge.ContributorTerm(
        organisation="AAA",
        prefinancing_limit=usd(150_000),
        reimbursement_lag_months=1,
        **FACT,
    )
    return [*plain(), term, slow_start(9), notified()]


def owed(amount: int, claim: str = "C-1", **more: Any) -> arrears.ClaimStanding:
    """AAA claimed so many dollars of TF for January and February 2024, and nothing is paid."""
    told: dict[str, Any] = {
        "fund": "TF",
        "claim": claim,
        "on": AS_OF,
        "contributor": "AAA",
        "served_until_on": date(2024, 3, 1),
        "claimed": usd(amount),
        **FACT,
        **more,
    }
    return arrears.ClaimStanding(**told)


def short_of_refund() -> list[Row]:
    """AAA would advance what two units cost in a month, but is owed half of it all the while."""
    term = pledge.ContributorTerm(
        organisation="AAA",
        prefinancing_limit=usd(200_000),
        reimbursement_lag_months=1,
        **FACT,
    )
    waits = owed(100_000, expected_on=date(2030, 1, 1))
    rows = [replace(r, manager="CCC") if isinstance(r, fund.Fund) else r for r in plain()]
    return [*rows, term, waits, slow_start(9), notified()]


def better_elsewhere() -> list[Row]:
    """One unit, two places that need it; the other place counts more."""
    return [*plain(units=1, needed=100), *place("T", 1_000), need("R-T", "police", "T", 100, 20)]


LIMITED: dict[str, Callable[[], list[Row]]] = {
    "offer": too_few,
    "readiness": not_ready,
    "camp": no_beds,
    "lift": small_boat,
    "enabler": no_medics,
    "ceiling": low_ceiling,
    "money": no_cash,
    "earmark": wrong_earmark,
    "timing": late_cash,
    "equipment": no_vehicles,
    "eligibility": not_cleared,
    "advance": short_advance,
    "arrears": short_of_refund,
    "priority": better_elsewhere,
    "caveat": not_there,
    "settling": just_arrived,
}
"""By family of reasons, a mission in which nothing else holds the need R back."""
