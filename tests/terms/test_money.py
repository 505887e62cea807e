from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from operator import add, le, lt, sub
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konbit.terms import Conversion, CurrencyMismatchError, ExchangeTable, Money, NoRateError
from konbit.terms.exchange import DatedRate
from konbit.terms.money import CURRENCIES, decimals_of

if TYPE_CHECKING:
    from collections.abc import Callable

amounts = st.integers(-(10**20), 10**20)
dollars = amounts.map(lambda amount: Money(amount, "USD"))
currencies = st.sampled_from(sorted(CURRENCIES))
NOUGHT = Money(0, "USD")


@given(dollars, dollars, dollars)
def test_adding_is_a_group(one: Money, two: Money, three: Money) -> None:
    assert (one + two) + three == one + (two + three)
    assert one + two == two + one
    assert one + NOUGHT == one
    assert one + -one == NOUGHT
    assert one - two == one + -two
    assert NOUGHT - (NOUGHT - one) == one


@given(dollars, st.integers(-50, 50), st.integers(-50, 50))
def test_times_a_count_is_adding_again(money: Money, one: int, two: int) -> None:
    assert money * one + money * two == money * (one + two)
    assert one * money == money * one
    assert money * 3 == money + money + money


@given(dollars, dollars)
def test_amounts_are_in_order(one: Money, two: Money) -> None:
    assert (one < two) == (two - one > NOUGHT)
    assert (one <= two) == (not two < one)


@pytest.mark.parametrize("act", [add, sub, lt, le])
def test_two_currencies_do_not_meet(act: Callable[[Money, Money], object]) -> None:
    with pytest.raises(CurrencyMismatchError):
        act(Money(1, "USD"), Money(1, "EUR"))


@pytest.mark.parametrize("amount", [1.0, Decimal(1), True, "1", None])
def test_money_is_whole_minor_units(amount: Any) -> None:
    with pytest.raises(TypeError):
        Money(amount, "USD")


@pytest.mark.parametrize("currency", ["", "usd", "XYZ", "XAU"])
def test_money_has_a_currency_of_the_standard(currency: str) -> None:
    with pytest.raises(ValueError, match="ISO 4217"):
        Money(1, currency)


@pytest.mark.parametrize(("currency", "decimals"), [("USD", 2), ("JPY", 0), ("KWD", 3)])
def test_currencies_have_their_decimals(currency: str, decimals: int) -> None:
    assert decimals_of(currency) == decimals
    assert Money.from_major(Decimal(7), currency).amount_minor == 7 * 10**decimals


@given(amounts, currencies)
def test_major_units_are_exact(amount: int, currency: str) -> None:
    money = Money(amount, currency)
    assert Money.from_major(money.major, currency) == money
    assert Fraction(money.major) == Fraction(amount, 10 ** decimals_of(currency))


@pytest.mark.parametrize("amount", ["1.005", "0.001", "1" * 40 + ".000001"])
def test_amounts_finer_than_the_currency_are_refused(amount: str) -> None:
    with pytest.raises(ValueError, match="decimals"):
        Money.from_major(Decimal(amount), "USD")


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "-Infinity"])
def test_amounts_that_are_not_finite_are_refused(amount: str) -> None:
    with pytest.raises(ValueError, match="finite"):
        Money.from_major(Decimal(amount), "USD")


@given(dollars, st.integers(0, 10**18), st.integers(0, 12))
def test_a_share_is_rounded_once_half_to_even(money: Money, number: int, places: int) -> None:
    factor = Decimal(number).scaleb(-places)
    exact = Fraction(money.amount_minor) * Fraction(factor)
    assert money.scaled(factor).amount_minor == round(exact)


def test_halves_go_to_the_even_cent() -> None:
    half = Decimal("0.5")
    cents = [Money(amount, "USD").scaled(half).amount_minor for amount in (1, 3, 5, -1, -3)]
    assert cents == [0, 2, 2, 0, -2]
    assert Decimal("2.5").quantize(Decimal(1), ROUND_HALF_EVEN) == 2


def test_money_is_written_with_its_currency() -> None:
    assert str(Money(1_330_000_050, "USD")) == "13,300,000.50 USD"
    assert str(Money(1_000, "JPY")) == "1,000 JPY"


FIRST, SECOND = date(2025, 1, 1), date(2025, 6, 1)
TABLE = ExchangeTable(
    [
        DatedRate("EUR", "USD", SECOND, Decimal("1.2"), "bank, June"),
        DatedRate("EUR", "USD", FIRST, Decimal("1.1"), "bank, January"),
        DatedRate("JPY", "USD", FIRST, Decimal("0.0065"), "bank"),
    ]
)


def test_the_newest_rate_not_after_the_day_counts() -> None:
    euros = Money(10_000, "EUR")
    day_before = SECOND - timedelta(days=1)
    found = [TABLE.convert(euros, "USD", on) for on in (FIRST, day_before, SECOND)]
    assert [c.money.amount_minor for c in found] == [11_000, 11_000, 12_000]
    assert [c.rate.source for c in found if c.rate] == ["bank, January"] * 2 + ["bank, June"]


def test_no_rate_is_made_up() -> None:
    with pytest.raises(NoRateError):
        TABLE.convert(Money(1, "EUR"), "USD", FIRST - timedelta(days=1))
    with pytest.raises(NoRateError):
        TABLE.convert(Money(1, "USD"), "EUR", SECOND)


def test_currencies_of_other_decimals_are_exchanged_by_their_units() -> None:
    assert TABLE.convert(Money(10_000, "JPY"), "USD", FIRST).money == Money(6_500, "USD")


@given(amounts, currencies)
def test_the_same_currency_needs_no_rate(amount: int, currency: str) -> None:
    money = Money(amount, currency)
    assert TABLE.convert(money, currency, FIRST) == Conversion(money, None)


@given(st.permutations(["1.1", "1.2", "1.3"]), st.integers(0, 2))
def test_the_order_of_rates_changes_nothing(rates: list[str], days: int) -> None:
    dated = {"1.1": 0, "1.2": 1, "1.3": 2}
    table = ExchangeTable(
        DatedRate("EUR", "USD", FIRST + timedelta(days=dated[r]), Decimal(r), r) for r in rates
    )
    on = FIRST + timedelta(days=days)
    assert table.rate_on("EUR", "USD", on).source == ["1.1", "1.2", "1.3"][days]
