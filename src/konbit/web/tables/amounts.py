"""Amounts of a list, each in the currency of its row, asked for in whole units."""

from __future__ import annotations

from collections import defaultdict
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, InvalidOperation
from typing import Any

from django.db.models import Case, DecimalField, ExpressionWrapper, F, Q, Value, When

from konbit.terms.money import CURRENCIES, decimals_of
from konbit.web.bridge.mapping import CURRENCY

_MOST_DIGITS = 30
_BY_DECIMALS: defaultdict[int, list[str]] = defaultdict(list)
for _code in sorted(CURRENCIES):
    _BY_DECIMALS[decimals_of(_code)].append(_code)
_MOST_DECIMALS = max(_BY_DECIMALS)


def amount_is(value: str, text: str, side: str) -> Q:
    """Rows whose amount is this, at least this or at most this, whatever their currency.

    Args:
        value: the field of the amount, in minor units of the row's currency.
        text: as people write it: in whole units.
        side: `exact`, `gte` or `lte`.

    Raises:
        ValueError: the text is no amount.
    """
    try:
        asked = Decimal(text.strip())
    except InvalidOperation:
        raise ValueError(text) from None
    if not asked.is_finite() or asked.adjusted() > _MOST_DIGITS or len(text) > 2 * _MOST_DIGITS:
        raise ValueError(text)
    found = Q(pk__in=())
    for decimals, codes in _BY_DECIMALS.items():
        minor = asked.scaleb(decimals)
        whole = minor.to_integral_value(ROUND_FLOOR if side == "lte" else ROUND_CEILING)
        if side != "exact" or whole == minor:
            found |= Q(**{f"{CURRENCY}__in": codes, f"{value}__{side}": int(whole)})
    return found


def amount_of(value: str) -> ExpressionWrapper[Any]:
    """What amounts of several currencies are put in order by: their whole units."""
    factor = Case(
        *(
            When(**{f"{CURRENCY}__in": codes}, then=Value(10 ** (_MOST_DECIMALS - decimals)))
            for decimals, codes in _BY_DECIMALS.items()
        ),
        default=Value(1),
        output_field=DecimalField(),
    )
    return ExpressionWrapper(F(value) * factor, DecimalField())
