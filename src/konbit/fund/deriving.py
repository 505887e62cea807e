"""What each kind of record posts, from its body and the books before it.

One function for each kind; the table in `docs/reference/ledger-records.md` says the same in words.
A posting is account, currency, amount and value, in whole minor units.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from konbit.fund.arithmetic import exchanged, part_of, reserve_of, support_cost
from konbit.fund.books import spent_account

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from konbit.fund.books import Books

Posting = tuple[str, str, int, int]


class NoExchangeRateError(LookupError):
    """No rate of exchange is known on the day; rules say so before postings are asked for."""


def postings_of(kind: str, body: Mapping[str, Any], books: Books) -> list[list[Any]] | None:
    """The postings of a record; None for a kind, or a stage, that moves no money.

    Raises:
        NoExchangeRateError: the day has no rate.
        KeyError: the record refers to what is not there.
    """
    derive = _DERIVE.get(kind)
    if derive is None or (kind in _PROMISES and body["stage"] != "signed"):
        return None
    return [list(posting) for posting in derive(body, books) if posting[2] or posting[3]]


def value_of(amount_minor: int, currency: str, on: str, books: Books) -> int:
    """Value of an amount in the fund's currency on a day.

    Raises:
        NoExchangeRateError: the day has no rate.
    """
    if currency == books.currency:
        return amount_minor
    rate = books.rate_on(currency, on)
    if rate is None:
        raise NoExchangeRateError(currency)
    return exchanged(amount_minor, currency, rate, books.currency)


def direct_support(body: Mapping[str, Any], books: Books) -> int:
    """Support cost that goes with a part of an obligation."""
    purse, code = books.obligations[body["obligation"]]["purse"], body["obligation"]
    held = books.held(f"support_held:{purse}:{code}")
    return part_of(held, body["direct_minor"], books.held(f"obligated:{purse}:{code}") or 1)


def _signed(body: Mapping[str, Any], books: Books, sign: int = 1) -> list[Posting]:
    gift = books.contributions[body["contribution"]]
    place = f"{gift['purse']}:{body['contribution']}"
    amount = sign * body["amount_minor"]
    return [
        (f"signed:{place}", gift["currency"], amount, 0),
        (f"agreement:{place}", gift["currency"], -amount, 0),
    ]


def _unsigned(body: Mapping[str, Any], books: Books) -> list[Posting]:
    return _signed(body, books, -1)


def _received(body: Mapping[str, Any], books: Books) -> list[Posting]:
    gift = books.contributions[body["contribution"]]
    purse, amount, own = gift["purse"], body["amount_minor"], books.currency
    value = value_of(amount, gift["currency"], body["on"], books)
    reserve = reserve_of(value, books.purses[purse]["reserve_ppm"])
    return [
        (f"bank:{body['bank']}:{purse}", gift["currency"], amount, value),
        (f"signed:{purse}:{body['contribution']}", gift["currency"], -amount, -value),
        (f"free:{purse}", own, value - reserve, value - reserve),
        (f"reserve:{purse}", own, reserve, reserve),
        (f"purse:{purse}", own, -value, -value),
    ]


def _interest(body: Mapping[str, Any], books: Books) -> list[Posting]:
    purse, amount, own = body["purse"], body["amount_minor"], books.currency
    currency = books.banks[body["bank"]]
    value = value_of(amount, currency, body["on"], books)
    return [
        (f"bank:{body['bank']}:{purse}", currency, amount, value),
        (f"interest:{purse}", currency, -amount, -value),
        (f"free:{purse}", own, value, value),
        (f"purse:{purse}", own, -value, -value),
    ]


def _exchanged(body: Mapping[str, Any], books: Books) -> list[Posting]:
    purse, own = body["purse"], books.currency
    sold, bought = body["sold_minor"], body["bought_minor"]
    source, currency = f"bank:{body['from_bank']}:{purse}", books.banks[body["from_bank"]]
    there = books.held(source, currency)
    carried = part_of(books.value(source, currency), sold, there or 1)
    gain = bought - carried
    borne = max(0, -gain - books.held(f"free:{purse}"))
    return [
        (source, currency, -sold, -carried),
        (f"market:{purse}", currency, sold, carried),
        (f"bank:{body['to_bank']}:{purse}", own, bought, bought),
        (f"market:{purse}", own, -bought, -bought),
        (f"free:{purse}", own, gain + borne, gain + borne),
        (f"reserve:{purse}", own, -borne, -borne),
        (f"purse:{purse}", own, -gain, -gain),
    ]


def _moves(own: str, *moves: tuple[str, int]) -> list[Posting]:
    return [(account, own, amount, amount) for account, amount in moves]


def _reserve_moved(body: Mapping[str, Any], books: Books) -> list[Posting]:
    purse, amount = body["purse"], body["amount_minor"]
    return _moves(books.currency, (f"free:{purse}", -amount), (f"reserve:{purse}", amount))


def _frozen(body: Mapping[str, Any], books: Books, sign: int = 1) -> list[Posting]:
    code, amount = body["contribution"], sign * body["amount_minor"]
    purse = books.contributions[code]["purse"]
    free, frozen = (f"free:{purse}", -amount), (f"frozen:{purse}:{code}", amount)
    return _moves(books.currency, *((free, frozen) if sign > 0 else (frozen, free)))


def _unfrozen(body: Mapping[str, Any], books: Books) -> list[Posting]:
    return _frozen(body, books, -1)


def _refunded(body: Mapping[str, Any], books: Books) -> list[Posting]:
    code, amount = body["contribution"], body["amount_minor"]
    purse = books.contributions[code]["purse"]
    source = f"frozen:{purse}:{code}" if body["taken_from"] == "frozen" else f"free:{purse}"
    return _moves(
        books.currency,
        (source, -amount),
        (f"purse:{purse}", amount),
        (f"refunded:{purse}:{code}", amount),
        (f"bank:{body['bank']}:{purse}", -amount),
    )


def _reprogrammed(body: Mapping[str, Any], books: Books) -> list[Posting]:
    code, amount, to = body["contribution"], body["amount_minor"], body["to_purse"]
    gift = books.contributions[code]
    purse = gift["purse"]
    return [
        *_moves(
            books.currency,
            (f"free:{purse}", -amount),
            (f"purse:{purse}", amount),
            (f"free:{to}", amount),
            (f"purse:{to}", -amount),
            (f"bank:{body['bank']}:{purse}", -amount),
            (f"bank:{body['bank']}:{to}", amount),
        ),
        (f"signed:{purse}:{code}", gift["currency"], 0, amount),
        (f"signed:{to}:{code}", gift["currency"], 0, -amount),
    ]


def _allotted(body: Mapping[str, Any], books: Books) -> list[Posting]:
    purse, amount = body["purse"], body["amount_minor"]
    allotted = f"allotted:{purse}:{body['allotment']}"
    return _moves(books.currency, (f"free:{purse}", -amount), (allotted, amount))


def _allotment_released(body: Mapping[str, Any], books: Books) -> list[Posting]:
    code, amount = body["allotment"], body["amount_minor"]
    purse = books.allotments[code]["purse"]
    return _moves(books.currency, (f"allotted:{purse}:{code}", -amount), (f"free:{purse}", amount))


def _obligated(body: Mapping[str, Any], books: Books) -> list[Posting]:
    purse = books.allotments[body["allotment"]]["purse"]
    direct, code = body["direct_minor"], body["obligation"]
    support = support_cost(direct, books.purses[purse]["support_cost_ppm"])
    return _moves(
        books.currency,
        (f"allotted:{purse}:{body['allotment']}", -(direct + support)),
        (f"obligated:{purse}:{code}", direct),
        (f"support_held:{purse}:{code}", support),
    )


def _obligation_released(body: Mapping[str, Any], books: Books) -> list[Posting]:
    code, direct = body["obligation"], body["direct_minor"]
    obligation = books.obligations[code]
    purse, allotment = obligation["purse"], obligation["allotment"]
    support = direct_support(body, books)
    until = books.allotments[allotment]["until_on"]
    is_over = until is not None and until <= body["on"]
    back = f"free:{purse}" if is_over else f"allotted:{purse}:{allotment}"
    return _moves(
        books.currency,
        (f"obligated:{purse}:{code}", -direct),
        (f"support_held:{purse}:{code}", -support),
        (back, direct + support),
    )


def _disbursed(body: Mapping[str, Any], books: Books) -> list[Posting]:
    code, direct = body["obligation"], body["direct_minor"]
    obligation = books.obligations[code]
    purse, support = obligation["purse"], direct_support(body, books)
    return _moves(
        books.currency,
        (f"obligated:{purse}:{code}", -direct),
        (f"support_held:{purse}:{code}", -support),
        (f"support_due:{purse}", support),
        (f"purse:{purse}", direct),
        (spent_account(obligation, code), direct),
        (f"bank:{body['bank']}:{purse}", -direct),
    )


def _support_paid(body: Mapping[str, Any], books: Books) -> list[Posting]:
    purse, amount = body["purse"], body["amount_minor"]
    return _moves(
        books.currency,
        (f"support_due:{purse}", -amount),
        (f"purse:{purse}", amount),
        (f"support:{purse}", amount),
        (f"bank:{body['bank']}:{purse}", -amount),
    )


def _recovered(body: Mapping[str, Any], books: Books) -> list[Posting]:
    code, amount = body["obligation"], body["amount_minor"]
    obligation = books.obligations[code]
    purse = obligation["purse"]
    return _moves(
        books.currency,
        (f"bank:{body['bank']}:{purse}", amount),
        (spent_account(obligation, code), -amount),
        (f"free:{purse}", amount),
        (f"purse:{purse}", -amount),
    )


def _reversed(body: Mapping[str, Any], books: Books) -> list[Posting]:
    _, _, postings = books.posted[body["sequence"]]
    return [(account, currency, -amount, -value) for account, currency, amount, value in postings]


_PROMISES = frozenset({"withdrawn", "expired"})
_DERIVE: Mapping[str, Callable[[Mapping[str, Any], Books], list[Posting]]] = {
    "signed": _signed,
    "withdrawn": _unsigned,
    "expired": _unsigned,
    "received": _received,
    "interest": _interest,
    "exchanged": _exchanged,
    "reserve_moved": _reserve_moved,
    "frozen": _frozen,
    "unfrozen": _unfrozen,
    "refunded": _refunded,
    "reprogrammed": _reprogrammed,
    "allotted": _allotted,
    "allotment_released": _allotment_released,
    "obligated": _obligated,
    "obligation_released": _obligation_released,
    "disbursed": _disbursed,
    "support_paid": _support_paid,
    "recovered": _recovered,
    "reversed": _reversed,
}
