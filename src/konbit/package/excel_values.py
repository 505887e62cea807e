"""A value of a spreadsheet cell as the text that somebody would have written for it."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

# A spreadsheet keeps and shows fifteen digits; what a binary number has beyond them is noise.
DIGITS = 15
# As many decimals as a cell may have; of fifteen digits only numbers below a thousand have more.
_FINEST = Decimal("1e-12")
_FINE_BELOW = 1_000


def text_of(value: object) -> str:
    """The text of a cell's value: numbers exact to fifteen digits, days as ISO 8601.

    A moment within a day stays one, so that it is refused as a day rather than cut to it.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, datetime):
        whole = value.time() == time()
        return str(value.date()) if whole else value.isoformat(sep=" ")
    return value.isoformat() if isinstance(value, date) else str(value)


def _number(value: float) -> str:
    number = Decimal(f"{value:.{DIGITS}g}")
    if not number.is_finite():
        return str(value)
    written = format(number.quantize(_FINEST) if abs(number) < _FINE_BELOW else number, "f")
    return written.rstrip("0").rstrip(".") if "." in written else written


def as_number(value: Decimal) -> float | None:
    """The number that a spreadsheet would keep and give back exactly, None if it cannot."""
    digits = len(value.normalize().as_tuple().digits) if value else 1
    return float(value) if digits <= DIGITS else None
