"""How the check reads a dossier: units, lead times, months, prices, cash and earmarks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from konbit.dossier.tables.fund import (
    Contribution,
    ContributionEvent,
    Earmark,
    EarmarkRule,
    ExchangeRate,
    Fund,
    FundingModel,
    PayerRule,
    Rate,
    Scenario,
    ScenarioStep,
)
from konbit.dossier.tables.pledge import LeadTime, Offer, UnitEvent
from konbit.planner.verifying.case import Case
from konbit.terms import Money, NoRateError
from mission_to_check import AS_OF_ON, FACT, mission, row_of, usd
from plan_to_check import Books


def case_of(*instead: Any, without: tuple[Any, ...] = ()) -> Case:
    """The mission with some rows put in, read for its plan."""
    dossier = mission(*instead, without=without)
    return Case.of(dossier, Books().plan(dossier))


def event(
    code: str, stage: str, units: int, people: int | None = None, site: str = ""
) -> UnitEvent:
    """Something that happened to Kenya's offer."""
    return UnitEvent(
        code=code,
        offer="KEN-police",
        stage=stage,
        on=date(2026, 2, 1),
        units=units,
        strength_persons=people,
        site=site,
        **FACT,
    )


def test_departure_without_a_site_is_taken_from_sites_in_order_of_code() -> None:
    case = case_of(
        event("E1", "arrived", 1, site="base"),
        event("E3", "arrived", 3, 151, site="port"),
        event("E4", "departed", 2, 98),
        event("E5", "withdrawn", 1),
        row_of(Offer, "KEN-police", unit_count=6),
    )
    standing = {code: (e.units, e.people) for code, e in case.roster.items() if "KEN" in code}
    # One unit of 50 leaves the base, one of 49 the port: 102 people in two units are left there.
    assert standing == {"KEN-police@port": (2, 51), "KEN-police": (1, 50)}


def test_strength_of_units_present_is_rounded_down_and_of_services_is_zero() -> None:
    case = case_of(event("E3", "arrived", 2, 71, site="port"))
    assert case.roster["KEN-police@port"].people == 35
    assert case.roster["MDM-teams"].people == 0
    assert "KEN-police" not in case.roster


def test_event_after_the_day_does_not_count() -> None:
    case = case_of(row_of(UnitEvent, "E1", on=date(2026, 3, 16)))
    assert case.roster["KEN-police"].units == 3


@pytest.mark.parametrize(
    ("rapid", "available_from_on", "earliest"),
    [
        (False, None, 6),
        (True, None, 5),
        (False, date(2026, 10, 1), 6),
        (False, date(2026, 10, 2), 7),
        (True, date(2026, 4, 1), 5),
    ],
)
def test_lead_time_adds_the_likely_months_of_the_steps_left(
    rapid: bool, available_from_on: date | None, earliest: int
) -> None:
    steps = [
        LeadTime(
            stage_from=stage,
            stage_to=following,
            low_months=0,
            likely_months=months,
            high_months=9,
            **FACT,
        )
        for stage, following, months in (("offered", "notified", 2), ("assessed", "agreed", 3))
    ]
    offer = row_of(Offer, "MDM-teams", rapid=rapid, available_from_on=available_from_on)
    # From offered: 2 to notified, none known to assessed, 3 to agreed, 1 or 0 to loaded, 1 more.
    assert case_of(offer, *steps).roster["MDM-teams"].earliest == earliest


def test_one_month_of_lead_time_is_the_first_planned_month() -> None:
    assert case_of().roster["MDM-teams"].earliest == 0
    assert case_of().roster["KEN-police"].earliest == 1


def _switch(from_on: date, model: str) -> ScenarioStep:
    return ScenarioStep(scenario="switch", from_on=from_on, funding_model=model, **FACT)


def test_model_of_a_month_is_of_the_last_step_by_its_first_day() -> None:
    first, second = (date(2026, 1, 1), "voluntary"), (date(2026, 7, 1), "hybrid")
    steps = (_switch(*first), _switch(*second))
    assert [case_of().models.code(t) for t in (0, 2, 3)] == ["voluntary", "voluntary", "hybrid"]
    late = case_of(
        _switch(date(2026, 7, 2), "hybrid"),
        row_of(FundingModel, "hybrid", grace_months=2),
        without=steps[1:],
    ).models
    assert [late.code(t) for t in (3, 4)] == ["voluntary", "hybrid"]
    assert [late.is_transfer(t) for t in (3, 4, 5)] == [False, True, False]
    assert [late.in_grace(t) for t in (3, 4, 5, 6)] == [False, True, True, False]
    ahead = case_of(without=steps[:1]).models
    assert [ahead.code(t) for t in (0, 3)] == ["hybrid", "hybrid"]
    assert not ahead.is_transfer(3)
    none = case_of(without=(row_of(Scenario, "switch"), *steps)).models
    assert (none.code(0), none.step(0), none.in_grace(0)) == ("hybrid", None, False)


def _rate(code: str, on: date = date(2025, 1, 1), amount: int = 1, **about: Any) -> Rate:
    return Rate(code=code, cost_head="pay", from_on=on, amount=usd(amount), **about, **FACT)


@pytest.mark.parametrize(
    ("rates", "price"),
    [
        ((), 101),
        ((_rate("a", amount=7, site="base"),), 7),
        ((_rate("a", amount=7, site="port"),), 101),
        ((_rate("a", amount=7, offer="MDM-teams"),), 101),
        ((_rate("a", amount=7, equipment_type="armoured"),), 101),
        ((_rate("a", amount=7, site="base"), _rate("b", amount=8, capability="patrol")), 8),
        (
            (
                _rate("a", amount=7, offer="KEN-police"),
                _rate("b", amount=8, capability="patrol", site="base"),
            ),
            7,
        ),
        ((_rate("a", date(2026, 4, 1), 7), _rate("b", date(2026, 4, 2), 8)), 7),
        ((_rate("a", date(2026, 4, 1), 7), _rate("b", date(2026, 4, 1), 8)), 8),
    ],
)
def test_the_most_special_then_newest_rate_is_charged(rates: tuple[Rate, ...], price: int) -> None:
    due = case_of(*rates).dues.lines[0, "pay", "KEN-police@base", "base"]
    assert due.amount == 50 * price


def test_rate_is_converted_once_half_to_even_before_it_is_multiplied() -> None:
    euro = ExchangeRate(
        currency_from="EUR",
        currency_to="USD",
        on=date(2026, 2, 1),
        rate=Decimal("1.25"),
        **FACT,
    )
    later = ExchangeRate(
        currency_from="EUR", currency_to="USD", on=date(2026, 3, 16), rate=Decimal(9), **FACT
    )
    case = case_of(row_of(Rate, "rate-pay", amount=Money(10, "EUR")), euro, later)
    assert case.dues.lines[0, "pay", "KEN-police@base", "base"].amount == 50 * 12
    with pytest.raises(NoRateError):
        case_of(row_of(Rate, "rate-pay", amount=Money(10, "JPY")))


def test_without_a_rule_the_first_fund_pays_and_without_funds_the_contributor() -> None:
    rules = tuple(row_of(PayerRule, f"{model} / camp") for model in ("hybrid", "voluntary"))
    case = case_of(without=rules)
    assert case.payers.payer("camp", 0) == "AB"
    funds = (row_of(Fund, "AB"), row_of(Fund, "TF"))
    assert case_of(without=(*rules, *funds)).payers.payer("camp", 0) == "contributor"


def _gift(code: str, **kind: Any) -> Contribution:
    given: dict[str, Any] = {"instrument": "trust_fund", "fund": "TF", "earmark": "kenya"}
    return Contribution(code=code, title=code, donor="MDM", **{**given, **kind}, **FACT)


def _money(code: str, gift: str, stage: str, on: date, minor: int) -> ContributionEvent:
    return ContributionEvent(
        code=code, contribution=gift, stage=stage, on=on, amount=usd(minor), **FACT
    )


def test_spendable_cash_is_what_was_received_less_what_is_gone_held_or_kept_back() -> None:
    early, late = date(2026, 2, 1), date(2026, 6, 1)
    case = case_of(
        _gift("K"),
        _money("K1", "K", "received", early, 1_001),
        _money("K2", "K", "refunded", early, 100),
        _money("K3", "K", "frozen", early, 60),
        _money("K4", "K", "released", late, 50),
        _money("K5", "K", "obligated", early, 200),
        _money("K6", "K", "disbursed", late, 230),
        _money("K7", "K", "signed", early, 5_000),
        row_of(ContributionEvent, "G2-1", amount=usd(0)),
    )
    # 1001 - 100 - 60 - 200 = 641 less a tenth of 901, rounded up; June: 50 freed, 30 paid.
    assert case.purse.spendable["TF", "kenya"][:3] == [550, 550, 570]
    assert case.purse.received["TF", "kenya"][0] == 1_001


@pytest.mark.parametrize(
    "kind",
    [
        {"cumulative": True},
        {"reannounces": "G1"},
        {"part_of": "G1"},
        {"instrument": "bilateral"},
        {"fund": "AB"},
    ],
)
def test_what_repeats_another_gift_or_is_beside_the_fund_is_no_cash(kind: dict[str, Any]) -> None:
    event = _money("K1", "K", "received", date(2026, 2, 1), 1_000)
    assert case_of(_gift("K", **kind), event).purse.spendable == case_of().purse.spendable


def test_cash_never_falls_below_zero() -> None:
    gone = _money("K1", "G2", "disbursed", date(2026, 2, 1), 90_000)
    assert case_of(gone).purse.spendable["TF", "kenya"][0] == 0


def test_earmark_accepts_by_all_its_dimensions_and_any_row_of_each() -> None:
    rules = [
        EarmarkRule(code=f"R{n}", earmark="kenya", dimension=dimension, allows=allows, **FACT)
        for n, (dimension, allows) in enumerate(
            (("site", "base"), ("cost_head", "pay"), ("cost_head", "kit"), ("capability", "patrol"))
        )
    ]
    case = case_of(*rules)
    unit, team = case.roster["KEN-police"], case.roster["MDM-teams"]

    def accepts(head: str, entity: Any, site: str, t: int = 0) -> bool:
        return case.acceptance.accepts("kenya", t, head, entity, site)

    assert accepts("pay", unit, "base")
    assert not accepts("travel", unit, "base")
    assert not accepts("pay", unit, "port")
    assert not accepts("pay", team, "base")
    assert not accepts("camp", None, "base")
    assert not accepts("kit", unit, "base")
    assert case.acceptance.accepts("-", 0, "kit", unit, "base")
    assert not case.acceptance.accepts("unheard-of", 0, "pay", unit, "base")


def test_earmark_window_is_judged_on_the_first_day() -> None:
    case = case_of(row_of(Earmark, "kenya", from_on=date(2026, 4, 2), until_on=date(2026, 7, 1)))
    unit = case.roster["KEN-police"]
    accepted = [case.acceptance.accepts("kenya", t, "pay", unit, "base") for t in range(4)]
    assert accepted == [False, True, True, False]


def test_only_rows_known_on_the_day_are_read() -> None:
    case = case_of(row_of(Offer, "MDM-teams", superseded_on=AS_OF_ON))
    assert "MDM-teams" not in case.roster
