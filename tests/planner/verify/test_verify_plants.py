"""An honest plan passes every rule; each thing planted in it is caught by the rule it breaks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from konbit.dossier.tables.arrears import ClaimStanding
from konbit.dossier.tables.fund import (
    Budget,
    ContributionEvent,
    Earmark,
    EarmarkRule,
    FundingModel,
    Rate,
)
from konbit.dossier.tables.mandate import Ceiling
from konbit.dossier.tables.pledge import Caveat, ContributorTerm, DueDiligence, Offer
from konbit.dossier.tables.requirement import (
    BuildingOption,
    Enabler,
    EquipmentPool,
    LiftInterruption,
    Site,
    SiteCapacity,
)
from konbit.planner.verify import RULES, verify
from konbit.terms import Money
from mission_to_check import AS_OF_ON, FACT, mission, row_of, usd
from plan_to_check import STAYS, Books, Stay, violated

if TYPE_CHECKING:
    from konbit.dossier.columns import Row


def test_honest_plan_passes_every_rule_and_no_rule_is_idle() -> None:
    dossier = mission()
    checks = verify(dossier, Books().plan(dossier))
    assert tuple(check.rule for check in checks) == RULES
    assert [check for check in checks if check.violated] == []
    assert [check.rule for check in checks if not check.tested] == []


def test_first_violation_names_the_row_and_both_numbers() -> None:
    dossier = mission(row_of(Site, "base", capacity_persons=60))
    checks = {check.rule: check for check in verify(dossier, Books().plan(dossier))}
    assert checks["camp"].violated == 3
    assert checks["camp"].first_violation == "base / 2026-05: 100 > 60"


def test_cost_without_a_rate_is_not_charged() -> None:
    dossier = mission(without=(row_of(Rate, "rate-camp"),))
    assert violated(dossier, Books().plan(dossier)) == {"obligations", "cash"}


def claim(dollars: int, code: str = "C1", **more: Any) -> ClaimStanding:
    """KEN claimed so much for March 2026, or as told, and nothing was decided or paid."""
    told: dict[str, Any] = {
        "fund": "TF",
        "claim": code,
        "on": AS_OF_ON,
        "contributor": "KEN",
        "served_until_on": date(2026, 4, 1),
        "claimed": usd(dollars),
        **FACT,
        **more,
    }
    return ClaimStanding(**told)


# Things planted in the dossier: the plan stays as it is and no longer fits what is true.
TIGHTER: dict[str, tuple[tuple[Row, ...], set[str]]] = {
    "a site is forbidden by a caveat": (
        (Caveat(code="V", offer="KEN-police", kind="not_site", site="port", **FACT),),
        {"allowed"},
    ),
    "another site is the only one by a caveat": (
        (Caveat(code="V", offer="MDM-teams", kind="only_site", site="port", **FACT),),
        {"allowed"},
    ),
    "the offer comes only under the first model": (
        (
            Caveat(
                code="V",
                offer="MDM-teams",
                kind="only_funding_model",
                funding_model="voluntary",
                **FACT,
            ),
        ),
        {"allowed"},
    ),
    "not cleared when the model needs it": (
        (row_of(DueDiligence, "D2", status="pending"),),
        {"allowed"},
    ),
    "not equipped when the model needs it": (
        (row_of(FundingModel, "hybrid", requires_equipment=True),),
        {"allowed"},
    ),
    "the contributor takes its units home": (
        (row_of(Offer, "MDM-teams", available_until_on=date(2026, 8, 1)),),
        {"allowed"},
    ),
    "lead time longer by own date": (
        (row_of(Offer, "MDM-teams", available_from_on=date(2026, 4, 2)),),
        {"readiness"},
    ),
    "guards need the enabler too": (
        (Enabler(enabler="medevac", enables="guard", **FACT),),
        {"enablers"},
    ),
    "camp smaller": ((row_of(Site, "base", capacity_persons=99),), {"camp"}),
    "camp smaller from a day": (
        (SiteCapacity(site="base", from_on=date(2026, 6, 1), capacity_persons=99, **FACT),),
        {"camp"},
    ),
    "limit of the site": ((row_of(Site, "base", limit_persons=99),), {"camp"}),
    "option cannot be ordered yet": (
        (row_of(BuildingOption, "port-camp", available_from_on=date(2026, 4, 2)),),
        {"building"},
    ),
    "critical mass": ((row_of(Site, "base", critical_mass_persons=51),), {"critical_mass"}),
    "lift lost": (
        (row_of(LiftInterruption, "ban", share_lost=Decimal("0.501")),),
        {"lift"},
    ),
    "ceiling of police": (
        (
            Ceiling(
                code="C2",
                component="police",
                strength_persons=99,
                from_on=date(2025, 1, 1),
                **FACT,
            ),
        ),
        {"ceiling"},
    ),
    "pool in worse order": (
        (row_of(EquipmentPool, "pool", serviceable_share=Decimal("0.4")),),
        {"equipment"},
    ),
    "fewer may stay on": (
        (row_of(FundingModel, "hybrid", carry_over_share=Decimal("0.99")),),
        {"carry_over"},
    ),
    "a rate is dearer": ((row_of(Rate, "rate-fuel", amount=usd(701)),), {"obligations"}),
    "money is frozen": (
        (
            ContributionEvent(
                code="G1-3",
                contribution="G1",
                stage="frozen",
                on=date(2026, 3, 1),
                amount=usd(9_000),
                **FACT,
            ),
        ),
        {"cash"},
    ),
    "the earmark takes other heads only": (
        (EarmarkRule(code="ER2", earmark="kenya", dimension="cost_head", allows="kit", **FACT),),
        {"cash", "tail"},
    ),
    "the earmark's window ends with the plan": (
        (row_of(Earmark, "kenya", until_on=date(2026, 10, 1)),),
        {"tail"},
    ),
    "less assessed money": ((row_of(Budget, "B1", cash_share=Decimal("0.6599")),), {"assessed"}),
    "the budget ends": ((row_of(Budget, "B1", until_on=date(2026, 9, 1)),), {"assessed"}),
    "less advanced": (
        (row_of(ContributorTerm, "KEN", prefinancing_limit=usd(25_249)),),
        {"advance"},
    ),
    "a dollar is owed from before, until the day after July began": (
        (claim(1, expected_on=date(2026, 7, 2)),),
        {"advance"},
    ),
    "more is owed for March than April leaves": ((claim(20_201),), {"advance"}),
    "a claim is late, waits once more, and is in the way in May": (
        (claim(10_101, served_until_on=date(2026, 2, 1)),),
        {"advance"},
    ),
    "the newest row of a claim says more than the one before": (
        (claim(1, on=date(2026, 2, 1)), claim(20_201)),
        {"advance"},
    ),
    "two claims in two currencies are more together": (
        (claim(10_101), claim(0, "C2", claimed=Money(505_001, "EUR"))),
        {"advance"},
    ),
    "the gift was only pledged": (
        (row_of(ContributionEvent, "G2-1", stage="pledged"),),
        {"cash", "pledges"},
    ),
    "the gift becomes known too late": (
        (row_of(ContributionEvent, "G2-1", known_on=date(2026, 3, 16)),),
        {"cash", "pledges"},
    ),
}


@pytest.mark.parametrize("planted", TIGHTER)
def test_what_the_dossier_no_longer_allows_is_caught_by_its_rule_alone(planted: str) -> None:
    rows, rules = TIGHTER[planted]
    dossier = mission(*rows)
    assert violated(dossier, Books().plan(dossier)) == rules


ENOUGH: dict[str, tuple[Row, ...]] = {
    "paid by the first of July": (claim(1, expected_on=date(2026, 7, 1)),),
    "what is owed for March is just what April leaves": (claim(20_200),),
    "a claim in time is not in the way in May": (claim(10_101),),
    "a late claim leaves just enough in May": (claim(10_100, served_until_on=date(2026, 2, 1)),),
    "paid since": (claim(20_201, on=date(2026, 2, 1)), claim(20_201, paid=usd(20_201))),
    "rejected": (claim(30_000, approved=usd(0)),),
    "approved in part": (claim(30_000, approved=usd(20_000)),),
    "owed to somebody without a limit": (claim(10**6, contributor="MDM"),),
    "told after the day of the plan": (claim(10**6, on=date(2026, 3, 16)),),
}


@pytest.mark.parametrize("planted", ENOUGH)
def test_what_is_owed_and_still_leaves_enough_breaks_no_rule(planted: str) -> None:
    dossier = mission(*ENOUGH[planted])
    assert violated(dossier, Books().plan(dossier)) == set()


# Things planted in what happens; the books follow it honestly.
UNRULY: dict[str, tuple[Books, set[str]]] = {
    "a unit leaves before its minimum stay": (
        Books(stays=(STAYS[0], Stay("KEN-police", "base", 1, 3), *STAYS[2:])),
        {"minimum_stay"},
    ),
    "a unit comes before it can be ready": (
        Books(stays=(STAYS[0], Stay("KEN-police", "base", 0, 4), *STAYS[2:])),
        {"readiness"},
    ),
    "more units than offered": (
        Books(stays=(*STAYS, Stay("MDM-teams", "base", 3))),
        {"offered", "coverage"},
    ),
    "opening units come back": (
        Books(
            stays=(
                Stay("KEN-police@base", "base", -1, 2),
                Stay("KEN-police@base", "base", 3),
                *STAYS[1:],
            )
        ),
        # In the month of the transfer: more stay on than were there.
        {"offered", "carry_over"},
    ),
    "opening units move in a month between": (
        Books(
            stays=(
                Stay("KEN-police@base", "base", -1, 3),
                Stay("KEN-police@base", "base", 4),
                *STAYS[1:],
            )
        ),
        {"offered", "presence"},
    ),
    "the camp is ordered too late": (Books(orders=(("port-camp", 2),)), {"camp"}),
    "an earmark that forbids lethal equipment pays for it": (
        Books(earmark_of=lambda _, unit: "kenya" if unit.startswith("KEN") else "-"),
        {"cash", "tail"},
    ),
    "an earmark for units pays a camp": (
        Books(earmark_of=lambda head, _: "-" if head == "kit" else "kenya"),
        {"cash", "pledges"},
    ),
    "nothing is set aside in the last month": (
        Books(with_aside=lambda t: t < 5),
        {"tail"},
    ),
}


@pytest.mark.parametrize("planted", UNRULY)
def test_what_may_not_happen_is_caught(planted: str) -> None:
    books, rules = UNRULY[planted]
    dossier = mission()
    assert violated(dossier, books.plan(dossier)) == rules


def test_suspended_offer_may_not_be_present() -> None:
    dossier = mission(
        DueDiligence(code="D3", offer="MDM-teams", status="suspended", on=AS_OF_ON, **FACT)
    )
    assert "allowed" in violated(dossier, Books().plan(dossier))
