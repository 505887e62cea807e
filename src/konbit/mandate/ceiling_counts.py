"""A number as printed, in figures or words, and what it comes to."""

from __future__ import annotations

import re
from decimal import Decimal

from konbit.mandate.dates import number_of

_SCALES = {"thousand": 1_000, "mille": 1_000, "mil": 1_000, "billion": 10**9, "milliard": 10**9}
_MILLION = 10**6


def printed_count(printed: str, scale: str) -> int | None:
    """A number in figures or words, whole: "1,250", "1 450", "2.5 million", "thirty"."""
    word = scale.casefold().split(" ")[0].removesuffix("s") if scale else ""
    times = 1
    if scale:
        times = next((size for name, size in _SCALES.items() if word == name), _MILLION)
        times = 10**9 if re.match(r"mil\s+millones", scale, re.I) else times
    if not printed[:1].isdigit():
        count = number_of(printed)
        return None if count is None else count * times
    if re.fullmatch(r"\d{1,3}(?:[,.\s\u00a0\u202f]\d{3})+", printed):
        return int(re.sub(r"\D", "", printed)) * times
    exact = Decimal(printed.replace(",", ".")) * times
    return int(exact) if exact == exact.to_integral_value() else None


def where_it_begins(found: re.Match[str]) -> int:
    """Where the words of a number begin: its bound, its currency or its figures."""
    names = [name for name in ("b", "own", "low", "m", "n") if found.groupdict().get(name)]
    return min(found.start(name) for name in names)
