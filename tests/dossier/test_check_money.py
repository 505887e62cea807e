from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from konbit.dossier.tables.fund import (
    Budget,
    CostHead,
    Earmark,
    EarmarkRule,
    ExchangeRate,
    Fund,
    FundingModel,
    PayerRule,
    Rate,
)
from konbit.dossier.tables.mandate import Organisation
from konbit.dossier.tables.requirement import Capability
from konbit.terms import Money, Severity
from tiny_rows import AS_OF, event, found_in, gift, make, offered, paid, told, usd

MARCH, APRIL, MAY = date(2025, 3, 1), date(2025, 4, 1), date(2025, 5, 1)
EUROS = Money(500, "EUR")


def test_no_more_is_received_than_signed() -> None:
    rows = (gift(), paid("G", "pledged", MARCH, usd(9)), paid("G", "signed", MARCH, usd(5)))
    parts = (paid("G", "received", APRIL, usd(3)), paid("G", "received", MAY, usd(3)))
    (only,) = found_in(*rows, *parts)
    assert (only.code, only.severity) == ("received-above-signed", Severity.WARNING)
    assert (only.table, only.row) == ("contributions", "G")
    assert dict(only.values) == {
        "promised": "5.00 USD", "received": "6.00 USD", "stage": "signed",
    }  # fmt: skip
    assert found_in(*rows, parts[0]) == ()
    assert found_in(*rows, *parts, paid("G", "refunded", MAY, usd(1))) == ()


def test_a_pledge_is_compared_where_nothing_is_signed() -> None:
    pledged = paid("G", "pledged", MARCH, usd(5))
    assert told(gift(), pledged, paid("G", "received", APRIL, usd(6))) == [
        ("received-above-signed", "contributions", "G", "")
    ]
    assert found_in(gift(), paid("G", "received", APRIL, usd(6))) == ()
    unknown = paid("G", "signed", MARCH)
    assert found_in(gift(), unknown, paid("G", "received", APRIL, usd(6))) == ()


def test_no_more_is_frozen_than_was_received() -> None:
    rows = (gift(), paid("G", "received", MARCH, usd(5)), paid("G", "frozen", APRIL, usd(6)))
    (only,) = found_in(*rows)
    assert (only.code, only.severity) == ("frozen-above-received", Severity.WARNING)
    assert dict(only.values) == {"frozen": "6.00 USD", "received": "5.00 USD"}
    assert found_in(*rows, paid("G", "released", MAY, usd(1))) == ()


@pytest.mark.parametrize(("days", "is_told"), [(0, True), (180, True), (181, False)])
def test_the_same_gift_told_twice_may_be_one(days: int, is_told: bool) -> None:
    later = MARCH - timedelta(days=days)
    rows = (
        gift("G"),
        gift("H"),
        paid("G", "announced", later, usd(5)),
        paid("H", "pledged", MARCH, usd(5)),
    )
    findings = found_in(*rows)
    assert [f.code for f in findings] == ["possible-reannouncement"] * is_told
    if is_told:
        (only,) = findings
        assert (only.row, only.column) == ("H", "reannounces")
        assert dict(only.values) == {"amount": "5.00 USD", "days": str(days), "other": "G"}


@pytest.mark.parametrize(
    "more",
    [
        {"reannounces": "G"},
        {"part_of": "G"},
        {"cumulative": True},
        {"donor": "KEN"},
        {"instrument": "in_kind"},
    ],
)
def test_gifts_that_differ_or_say_how_they_belong_together_are_two(more: dict[str, Any]) -> None:
    known = make(Organisation, code="KEN")
    both = [paid(code, "announced", MARCH, usd(5)) for code in "GH"]
    assert found_in(known, gift("G"), gift("H", **more), *both) == ()
    other = paid("H", "announced", MARCH, usd(6))
    assert found_in(known, gift("G"), gift("H"), both[0], other) == ()


def test_an_amount_in_another_currency_needs_a_rate_by_its_day() -> None:
    rows = (gift(), paid("G", "received", APRIL, EUROS), paid("G", "received", MAY, EUROS))
    (only,) = found_in(*rows)
    assert (only.code, only.severity) == ("exchange-rate-missing", Severity.ERROR)
    assert (only.table, only.row) == ("contribution_events", "G-received-2025-04-01")
    assert dict(only.values) == {
        "currency_from": "EUR", "currency_to": "USD", "on": str(APRIL),
    }  # fmt: skip
    rate: dict[str, Any] = {
        "currency_from": "EUR",
        "currency_to": "USD",
        "rate": Decimal("1.1"),
    }
    assert found_in(*rows, make(ExchangeRate, on=APRIL, **rate)) == ()
    assert len(found_in(*rows, make(ExchangeRate, on=MAY, **rate))) == 1


def test_a_price_in_another_currency_needs_a_rate_by_the_day() -> None:
    price = make(Rate, code="R", amount=EUROS)
    (only,) = found_in(price)
    assert (only.code, only.table) == ("exchange-rate-missing", "rates")
    assert dict(only.values)["on"] == str(AS_OF)


def test_amounts_never_added_up_need_no_rate() -> None:
    total = gift(cumulative=True)
    assert found_in(total, paid("G", "received", APRIL, EUROS)) == ()


@pytest.mark.parametrize("instrument", ["in_kind", "bilateral"])
def test_help_beside_the_funds_names_no_fund(instrument: str) -> None:
    fund = make(Fund, code="TF")
    (only,) = found_in(fund, gift(instrument=instrument, fund="TF"))
    assert (only.code, only.severity) == ("beside-the-fund", Severity.ERROR)
    assert dict(only.values) == {"fund": "TF", "instrument": instrument}
    assert found_in(fund, gift(instrument=instrument)) == ()


def test_a_part_comes_by_the_instrument_of_the_whole() -> None:
    part = gift("H", part_of="G")
    (only,) = found_in(gift("G", instrument="in_kind"), part)
    assert (only.code, only.severity) == ("part-of-other-instrument", Severity.WARNING)
    assert found_in(gift("G"), part) == ()


def test_only_an_assessed_account_has_a_budget() -> None:
    budget = make(Budget, fund="F", from_on=MARCH, until_on=APRIL)
    (only,) = found_in(make(Fund, code="F", kind="trust_fund"), budget)
    assert (only.code, only.severity) == ("budget-fund-not-assessed", Severity.ERROR)
    assert found_in(make(Fund, code="F", kind="assessed"), budget) == ()


# A fund with earmarked money, and a fund that pays for fuel under the only model.
EARMARKED = (
    make(Fund, code="TF", kind="trust_fund"),
    make(Earmark, code="E"),
    gift(instrument="trust_fund", fund="TF", earmark="E"),
    make(FundingModel, code="voluntary"),
    *(
        row
        for head, payer, fund in (("fuel", "fund", "TF"), ("pay", "contributor", ""))
        for row in (
            make(CostHead, code=head, counted="unit_month"),
            make(Rate, code=head, cost_head=head),
            make(PayerRule, funding_model="voluntary", cost_head=head, payer=payer, fund=fund),
        )
    ),
    make(Organisation, code="KEN"),
    make(Organisation, code="JAM"),
    make(Capability, code="patrol"),
    make(Capability, code="medevac"),
    offered("A", contributor="KEN", capability="patrol"),
    event("A", "agreed", MARCH),
)


@pytest.mark.parametrize(
    ("rules", "is_usable"),
    [
        ({}, True),
        ({"cost_head": "fuel"}, True),
        ({"cost_head": "pay"}, False),
        ({"contributor": "KEN"}, True),
        ({"contributor": "JAM"}, False),
        ({"contributor": "KEN", "capability": "patrol"}, True),
        ({"contributor": "KEN", "capability": "medevac"}, False),
    ],
)
def test_an_earmark_allows_something_that_its_fund_pays(
    rules: dict[str, str], is_usable: bool
) -> None:
    rows = [
        make(EarmarkRule, code=dimension, earmark="E", dimension=dimension, allows=allows)
        for dimension, allows in rules.items()
    ]
    expected = [] if is_usable else [("earmark-unusable", "earmarks", "E", "")]
    assert told(*EARMARKED, *rows) == expected


def test_costs_of_places_have_no_contributor() -> None:
    heads = [
        make(CostHead, code="fuel", counted="site_month") if row.label == "fuel" else row
        for row in EARMARKED
        if isinstance(row, CostHead)
    ]
    others = [row for row in EARMARKED if not isinstance(row, CostHead)]
    rule = make(EarmarkRule, earmark="E", dimension="contributor", allows="KEN")
    assert told(*others, *heads, rule) == [("earmark-unusable", "earmarks", "E", "")]
    assert told(*others, *heads) == []


def test_the_first_fund_pays_what_no_rule_names() -> None:
    unruled = [row for row in EARMARKED if not isinstance(row, PayerRule)]
    rule = make(EarmarkRule, earmark="E", dimension="cost_head", allows="pay")
    assert {code for code, *_ in told(*unruled, rule)} == {"payer-missing"}


def test_the_window_of_an_earmark_has_not_ended() -> None:
    rows = [row for row in EARMARKED if not isinstance(row, Earmark)]
    (only,) = found_in(*rows, make(Earmark, code="E", until_on=AS_OF))
    assert (only.code, only.severity) == ("earmark-window-over", Severity.WARNING)
    assert dict(only.values) == {"as_of_on": str(AS_OF), "until_on": str(AS_OF)}
    later = AS_OF + timedelta(days=1)
    assert found_in(*rows, make(Earmark, code="E", until_on=later)) == ()


@pytest.mark.parametrize("rate", ["0", "-1.08", "0.00"])
def test_a_rate_buys_something(rate: str) -> None:
    pair = {"currency_from": "EUR", "currency_to": "USD", "on": MARCH}
    (only,) = found_in(make(ExchangeRate, rate=Decimal(rate), **pair))
    assert (only.code, only.severity) == ("rate-not-positive", Severity.ERROR)
    assert (only.table, only.column) == ("exchange_rates", "rate")
    assert dict(only.values)["value"] == rate
    assert found_in(make(ExchangeRate, rate=Decimal("0.0001"), **pair)) == ()
