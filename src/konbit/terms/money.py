"""Money as whole minor units and a currency. Never a float.

Currency codes and their number of decimals follow ISO 4217. Every currency in use has two decimals
unless listed in `_DECIMALS`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal

# ISO 4217 active codes, maintenance list of 2024 (precious metals, test and fund codes left out).
CURRENCIES = frozenset(
    """AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN
    BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS
    GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW
    KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD
    NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD
    SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES
    VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG""".split()  # noqa: SIM905 - a list of 150 quoted words reads worse
)

_DECIMALS = {
    **dict.fromkeys(
        "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF".split(),  # noqa: SIM905
        0,
    ),
    **dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3),  # noqa: SIM905
}

# Room for any amount times any rate that a cell can hold (under 70 digits) without rounding
# unseen; Python's own 28 digits are too few for that.
EXACT = Context(prec=200, rounding=ROUND_HALF_EVEN)


class CurrencyMismatchError(ValueError):
    """Two currencies met without a dated rate. Convert first, with a named source."""


def decimals_of(currency: str) -> int:
    """Number of decimals of a currency (ISO 4217): 2 for USD, 0 for JPY, 3 for KWD."""
    return _DECIMALS.get(currency, 2)


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """An exact amount: `amount_minor` whole minor units (cents) of `currency` (ISO 4217).

    Raises:
        TypeError: the amount is not a whole number.
        ValueError: the currency is not an ISO 4217 code.
    """

    amount_minor: int
    currency: str

    def __post_init__(self) -> None:
        if type(self.amount_minor) is not int:
            raise TypeError("money is a whole number of minor units")
        if self.currency not in CURRENCIES:
            raise ValueError(f"{self.currency!r} is not an ISO 4217 currency code")

    @classmethod
    def from_major(cls, amount: Decimal, currency: str) -> Money:
        """Read `13300000.50` USD as 1330000050 cents.

        Raises:
            ValueError: the amount has more decimals than the currency, or is not finite.
        """
        if not amount.is_finite():
            raise ValueError("an amount of money is a finite number")
        minor = amount.scaleb(decimals_of(currency), EXACT)
        whole = int(minor)
        if minor != whole:
            raise ValueError(f"{currency} has {decimals_of(currency)} decimals")
        return cls(whole, currency)

    @property
    def major(self) -> Decimal:
        """The amount in whole currency units, exact."""
        return Decimal(self.amount_minor).scaleb(-decimals_of(self.currency), EXACT)

    def _check(self, other: Money) -> None:
        if self.currency != other.currency:
            raise CurrencyMismatchError(f"{self.currency} and {other.currency}")

    def __add__(self, other: Money) -> Money:
        self._check(other)
        return Money(self.amount_minor + other.amount_minor, self.currency)

    def __sub__(self, other: Money) -> Money:
        self._check(other)
        return Money(self.amount_minor - other.amount_minor, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.amount_minor, self.currency)

    def __mul__(self, count: int) -> Money:
        return Money(self.amount_minor * count, self.currency)

    __rmul__ = __mul__

    def __lt__(self, other: Money) -> bool:
        self._check(other)
        return self.amount_minor < other.amount_minor

    def __le__(self, other: Money) -> bool:
        self._check(other)
        return self.amount_minor <= other.amount_minor

    def scaled(self, factor: Decimal) -> Money:
        """The amount times an exact factor, rounded half to even to the minor unit."""
        minor = EXACT.multiply(Decimal(self.amount_minor), factor).quantize(
            Decimal(1), context=EXACT
        )
        return Money(int(minor), self.currency)

    def __str__(self) -> str:
        return f"{self.major:,} {self.currency}"
