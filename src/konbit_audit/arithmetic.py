"""Whole-number arithmetic of the ledger: rounding, exchange, shares, lines of claims."""

from __future__ import annotations

from calendar import monthrange
from typing import Final

_PPM: Final = 1_000_000
_TOLERATED_PPM: Final = 100_000
_MOST_DEDUCTED_PPM: Final = 350_000
LARGEST_FACTOR_PPM: Final = 160_000
# ISO 4217: how many decimals a currency has, where it is not two.
_DECIMALS: Final = {
    **dict.fromkeys(
        ("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI"), 0
    ),
    **dict.fromkeys(("VND", "VUV", "XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
    **dict.fromkeys(("CLF", "UYW"), 4),
}


def nearest(above: int, below: int) -> int:
    """`above / below` as the nearest whole number, halves to the even one; `below` above zero."""
    whole, rest = divmod(above, below)
    if 2 * rest > below or (2 * rest == below and whole % 2 == 1):
        return whole + 1
    return whole


def decimals(currency: str) -> int:
    """Digits after the point in a currency."""
    return _DECIMALS.get(currency, 2)


def exchanged(amount: int, rate: str, currency: str, into: str) -> int:
    """An amount in minor units of `currency` at a rate, in minor units of `into`."""
    whole, _, part = rate.partition(".")
    above = amount * int(whole + part) * 10 ** decimals(into)
    return nearest(above, 10 ** (len(part) + decimals(currency)))


def share(amount: int, ppm: int) -> int:
    """Parts per million of an amount."""
    return nearest(amount * ppm, _PPM)


def share_down(amount: int, ppm: int) -> int:
    """The same, rounded down."""
    return amount * ppm // _PPM


def portion(of: int, part: int, whole: int) -> int:
    """What of `of` goes with a part of a whole: all of it with all of it."""
    return of if part == whole else nearest(of * part, whole) if whole > 0 else 0


def deduction(shortfall_ppm: int) -> int:
    """What is taken off for equipment that is missing, in parts per million."""
    return 0 if shortfall_ppm <= _TOLERATED_PPM else min(shortfall_ppm, _MOST_DEDUCTED_PPM)


def line_amount(quantity: int, rate: int, per: int, deduction_ppm: int, factor_ppm: int) -> int:
    """Amount of a line of a claim."""
    above = quantity * rate * (_PPM - deduction_ppm) * (_PPM + factor_ppm)
    return nearest(above, per * _PPM * _PPM)


def days_of(month: str) -> int:
    """Days of a month such as 2026-02."""
    return monthrange(int(month[:4]), int(month[5:]))[1]
