"""Whole-number arithmetic of the ledger: rounding, exchange, support cost, deductions, claims.

Every function takes and gives whole minor units; nothing here is a float. The same formulas stand
in `docs/reference/ledger-records.md`, for whoever computes them again.
"""

from __future__ import annotations

from konbit.terms.money import decimals_of

MILLION = 1_000_000
DEDUCTION_STARTS_PPM = 100_000  # A/RES/67/261: a shortfall beyond a tenth of the agreement
DEDUCTION_ENDS_PPM = 350_000  # and no more than 35 per cent of the payment
LARGEST_FACTOR_PPM = 160_000  # environment 5, intensity 5, hostile action 6 per cent


def half_even(numerator: int, denominator: int) -> int:
    """The nearest whole number, ties to the even one. The denominator is positive."""
    whole, rest = divmod(numerator, denominator)
    twice = 2 * rest
    if twice > denominator or (twice == denominator and whole % 2):
        return whole + 1
    return whole


def exchanged(amount_minor: int, currency: str, rate: str, currency_to: str) -> int:
    """Minor units of `currency_to` for an amount, at a rate written as a decimal text."""
    whole, _, decimals = rate.partition(".")
    numerator = amount_minor * int(whole + decimals)
    denominator = 10 ** len(decimals)
    steps = decimals_of(currency_to) - decimals_of(currency)
    if steps >= 0:
        return half_even(numerator * 10**steps, denominator)
    return half_even(numerator, denominator * 10**-steps)


def support_cost(direct_minor: int, support_cost_ppm: int) -> int:
    """Programme support cost of a direct amount."""
    return half_even(direct_minor * support_cost_ppm, MILLION)


def part_of(kept_minor: int, part: int, whole: int) -> int:
    """What of an amount goes with a part of something: all of it with all of it."""
    return kept_minor if part == whole else half_even(kept_minor * part, whole)


def reserve_of(value_minor: int, reserve_ppm: int) -> int:
    """What of a receipt goes to the operating reserve, rounded down."""
    return value_minor * reserve_ppm // MILLION


def deduction_ppm(shortfall_ppm: int) -> int:
    """Deduction for equipment that is missing or does not work: beyond 10 %, at most 35 %."""
    return 0 if shortfall_ppm <= DEDUCTION_STARTS_PPM else min(shortfall_ppm, DEDUCTION_ENDS_PPM)


def line_amount(quantity: int, rate_minor: int, per: int, deduction: int, factor: int) -> int:
    """Amount of a line of a claim; deduction and factor in parts per million."""
    numerator = quantity * rate_minor * (MILLION - deduction) * (MILLION + factor)
    return half_even(numerator, per * MILLION * MILLION)


def shares_of(total: int, weights: dict[str, int]) -> dict[str, int]:
    """A total in proportion to weights, whole units by largest remainder, ties in order of name.

    Weights are not negative. Where all are zero, nobody has a share.
    """
    whole = sum(weights.values())
    if whole <= 0:
        return dict.fromkeys(weights, 0)
    shares = {name: total * weight // whole for name, weight in weights.items()}
    left = total - sum(shares.values())
    by_remainder = sorted(weights, key=lambda name: (-(total * weights[name] % whole), name))
    for name in by_remainder[:left]:
        shares[name] += 1
    return shares
