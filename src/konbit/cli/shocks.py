"""Shocks as options say them: `GIFT`, `OFFER:2`, `LIFT:6@2027-01`, `SITE:3`, `15%` or `0.15`."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from konbit.cli.options import BadValue, parse_month

if TYPE_CHECKING:
    from collections.abc import Sequence

    from konbit.dossier.shocks import Shock
    from konbit.terms import Month

LONGEST = 120


def shocks_of(
    freeze: Sequence[str],
    withdraw: Sequence[str],
    close: Sequence[str],
    delay: Sequence[str],
    cut_assessed: str,
    from_month: Month | None,
) -> tuple[Shock, ...]:
    """The shocks that the options of a command name.

    Args:
        freeze: gifts.
        withdraw: offers, each with a number of units where it is not all.
        close: lifts, each with a number of months.
        delay: building options, sites or offers, each with a number of months.
        cut_assessed: a share, as 0.15 or 15%; empty for none.
        from_month: the month in which those strike that name no other after an `@`.

    Raises:
        BadValue: an option is not written so.
    """
    from konbit.dossier.shocks import Close, CutAssessed, Delay, Freeze, Withdraw

    found: list[Shock] = []
    for text in freeze:
        code, month = _at(text, from_month)
        found.append(Freeze(code, month))
    for text in withdraw:
        named, month = _at(text, from_month)
        code, _, units = named.partition(":")
        found.append(Withdraw(code, _count(units, text, "OFFER:2") if units else None, month))
    for text in close:
        named, month = _at(text, from_month)
        code, _, months = named.partition(":")
        found.append(Close(code, _count(months, text, "LIFT:6"), month))
    for text in delay:
        code, _, months = text.partition(":")
        found.append(Delay(code, _count(months, text, "SITE:3")))
    if cut_assessed:
        share, month = _at(cut_assessed, from_month)
        found.append(CutAssessed(_share(share, cut_assessed), month))
    return tuple(found)


def _at(text: str, from_month: Month | None) -> tuple[str, Month | None]:
    named, at, month = text.partition("@")
    return named, parse_month(month) if at else from_month


def _count(number: str, text: str, example: str) -> int:
    if not number.isdecimal() or not 0 < int(number) <= LONGEST:
        raise BadValue("cli-usage-not-count", text=text, most=LONGEST, example=example)
    return int(number)


def _share(number: str, text: str) -> Decimal:
    # As written in any of the languages: 15%, 15 % (with whichever space), 0,15.
    plain = "".join(number.split()).replace(",", ".")
    try:
        share = Decimal(plain.removesuffix("%"))
    except InvalidOperation:
        share = Decimal(0)
    if plain.endswith("%"):
        share /= 100
    if not share.is_finite() or not 0 < share <= 1:
        raise BadValue("cli-usage-not-share", text=text)
    return share
