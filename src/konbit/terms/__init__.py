"""Values that every room speaks: money, months, places, codes, digests, findings."""

from konbit.terms.code import is_code
from konbit.terms.digest import digest_of
from konbit.terms.exchange import Conversion, ExchangeTable, NoRateError
from konbit.terms.finding import Finding, Severity
from konbit.terms.money import CurrencyMismatchError, Money
from konbit.terms.period import Month, Period, months_between

__all__ = [
    "Conversion",
    "CurrencyMismatchError",
    "ExchangeTable",
    "Finding",
    "Money",
    "Month",
    "NoRateError",
    "Period",
    "Severity",
    "digest_of",
    "is_code",
    "months_between",
]
