from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from konbit.dossier.money_stages import amounts_by_stage, missing_rates
from konbit.dossier.tables.fund import Budget, ExchangeRate, Fund
from konbit.terms import Money
from tiny_rows import gift, make, paid, tiny, usd

if TYPE_CHECKING:
    from konbit.dossier.columns import Row

MARCH, APRIL, MAY, JUNE = (date(2025, month, 1) for month in (3, 4, 5, 6))
EUROS = Money(1_000, "EUR")


def to_fund(code: str = "G", **more: Any) -> Any:
    return gift(code, instrument="trust_fund", fund="TF", **more)


def table(*rows: Row, on: date = JUNE) -> dict[tuple[str, str], tuple[int, int, int]]:
    """Whole dollars, contributions counted and amounts unknown, by holder and stage."""
    return {
        (row.holder, row.stage): (
            int(row.amount.major) if row.amount else 0,
            row.contributions,
            row.unknown_amounts,
        )
        for row in amounts_by_stage(tiny(make(Fund, code="TF"), *rows), on)
    }


def test_stages_stand_beside_each_other() -> None:
    events = [
        paid("G", "pledged", MARCH, usd(10)),
        paid("G", "signed", APRIL, usd(8)),
        paid("G", "received", MAY, usd(3)),
        paid("G", "received", JUNE, usd(4)),
    ]
    assert table(to_fund(), *events) == {
        ("TF", "pledged"): (10, 1, 0),
        ("TF", "signed"): (8, 1, 0),
        ("TF", "received"): (7, 1, 0),
    }
    assert table(to_fund(), *events, on=MAY)["TF", "received"] == (3, 1, 0)


def test_help_beside_the_funds_stands_by_its_instrument() -> None:
    rows = (
        gift("G", instrument="bilateral"),
        gift("H", instrument="in_kind"),
        gift("I", instrument="assessed", fund="TF"),
        paid("G", "announced", MARCH, usd(1)),
        paid("H", "received", MARCH),
        paid("I", "allotted", MARCH, usd(3)),
    )
    assert table(*rows) == {
        ("bilateral", "announced"): (1, 1, 0),
        ("in_kind", "received"): (0, 1, 1),
        ("TF", "allotted"): (3, 1, 0),
    }


@pytest.mark.parametrize(
    "more", [{"cumulative": True}, {"reannounces": "G"}, {"part_of": "G"}, {"used": False}]
)
def test_what_is_told_twice_is_counted_once(more: dict[str, Any]) -> None:
    rows = (
        to_fund(),
        to_fund("H", **more),
        paid("G", "announced", MARCH, usd(10)),
        paid("H", "announced", APRIL, usd(10)),
    )
    assert table(*rows) == {("TF", "announced"): (10, 1, 0)}


def test_frozen_money_is_shown_net_of_what_was_released() -> None:
    rows = [
        to_fund(),
        paid("G", "received", MARCH, usd(15)),
        paid("G", "frozen", APRIL, usd(13)),
        paid("G", "released", MAY, usd(5)),
        paid("G", "released", JUNE, usd(8)),
    ]
    assert table(*rows, on=APRIL)["TF", "frozen"] == (13, 1, 0)
    assert table(*rows, on=MAY)["TF", "frozen"] == (8, 1, 0)
    assert table(*rows, on=JUNE) == {("TF", "received"): (15, 1, 0)}


def test_amounts_are_exchanged_at_the_rate_of_their_day() -> None:
    rates = [
        make(ExchangeRate, currency_from="EUR", currency_to="USD", on=on, rate=Decimal(rate))
        for on, rate in ((APRIL, "1.1"), (MAY, "1.3"))
    ]
    parts = [paid("G", "received", on, EUROS) for on in (APRIL, MAY)]
    assert table(to_fund(), *rates, *parts) == {("TF", "received"): (24, 1, 0)}


def test_an_amount_without_a_rate_is_unknown_and_told() -> None:
    parts = [paid("G", "received", MARCH, EUROS), paid("G", "received", APRIL, usd(2))]
    assert table(to_fund(), *parts) == {("TF", "received"): (2, 1, 1)}
    (only,) = missing_rates(tiny(to_fund(), *parts), JUNE)
    assert (only.code, only.row) == ("exchange-rate-missing", "G-received-2025-03-01")
    assert missing_rates(tiny(to_fund(), parts[1]), JUNE) == ()


def test_each_table_with_an_amount_that_cannot_be_exchanged_is_told() -> None:
    budget = make(Budget, from_on=MARCH, until_on=MAY, amount=EUROS)
    found = missing_rates(tiny(to_fund(), paid("G", "received", MARCH, EUROS), budget), JUNE)
    assert [f.table for f in found] == ["budgets", "contribution_events"]


def test_money_is_shown_as_it_was_known() -> None:
    late = paid("G", "received", MARCH, usd(5), known_on=MAY)
    denied = paid("G", "pledged", MARCH, usd(9), superseded_on=APRIL)
    assert table(to_fund(), late, denied, on=MARCH) == {("TF", "pledged"): (9, 1, 0)}
    assert table(to_fund(), late, denied, on=MAY) == {("TF", "received"): (5, 1, 0)}


def test_a_promise_taken_back_stands_as_withdrawn() -> None:
    rows = [to_fund(), paid("G", "pledged", MARCH, usd(5)), paid("G", "withdrawn", MAY, usd(5))]
    assert table(*rows)["TF", "withdrawn"] == (5, 1, 0)
    assert table(*rows)["TF", "pledged"] == (5, 1, 0)
