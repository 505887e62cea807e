"""Rule `postings`: what each kind moves, by its body and the balances before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from konbit_audit.arithmetic import exchanged, portion, share, share_down

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from konbit_audit.state import State

    Postings = list[list[Any]]
    Body = dict[str, Any]


def moved(state: State, kind: str, body: Body) -> Postings | None:
    """Postings of a record, but of a reversal; None for what moves no money."""
    derive = _MOVES.get(kind)
    if derive is None or body.get("stage", "signed") != "signed":
        return None
    return [row for row in derive(state, body) if row[2] != 0 or row[3] != 0]


def _own(state: State, *rows: tuple[str, int]) -> Postings:
    """Postings in the fund's currency, whose amount is their value."""
    currency = state.currency
    return [[account, currency, amount, amount] for account, amount in rows]


def _worth(state: State, bank: str, amount: int, on: str) -> int:
    currency = state.banks[bank]
    if currency == state.currency:
        return amount
    rate = state.exchange_on(currency, on)
    return exchanged(amount, rate, currency, state.currency) if rate is not None else 0


def _signed(state: State, body: Body, sign: int = 1) -> Postings:
    gift, code = state.contributions[body["contribution"]], body["contribution"]
    currency, purse, amount = gift["currency"], gift["purse"], sign * body["amount_minor"]
    return [
        [f"signed:{purse}:{code}", currency, amount, 0],
        [f"agreement:{purse}:{code}", currency, -amount, 0],
    ]


def _unsigned(state: State, body: Body) -> Postings:
    return _signed(state, body, -1)


def _received(state: State, body: Body) -> Postings:
    code, bank, amount = body["contribution"], body["bank"], body["amount_minor"]
    gift = state.contributions[code]
    purse, currency = gift["purse"], gift["currency"]
    worth = _worth(state, bank, amount, body["on"])
    kept = share_down(worth, state.purses[purse]["reserve_ppm"])
    return [
        [f"bank:{bank}:{purse}", currency, amount, worth],
        [f"signed:{purse}:{code}", currency, -amount, -worth],
        *_own(
            state,
            (f"free:{purse}", worth - kept),
            (f"reserve:{purse}", kept),
            (f"purse:{purse}", -worth),
        ),
    ]


def _interest(state: State, body: Body) -> Postings:
    purse, bank, amount = body["purse"], body["bank"], body["amount_minor"]
    currency, worth = state.banks[bank], _worth(state, bank, amount, body["on"])
    return [
        [f"bank:{bank}:{purse}", currency, amount, worth],
        [f"interest:{purse}", currency, -amount, -worth],
        *_own(state, (f"free:{purse}", worth), (f"purse:{purse}", -worth)),
    ]


def _exchanged(state: State, body: Body) -> Postings:
    purse, sold, bought = body["purse"], body["sold_minor"], body["bought_minor"]
    account, currency = f"bank:{body['from_bank']}:{purse}", state.banks[body["from_bank"]]
    carried = portion(state.value(account, currency), sold, state.amount(account, currency))
    gain = bought - carried
    from_reserve = max(0, -gain - state.amount(f"free:{purse}"))
    return [
        [account, currency, -sold, -carried],
        [f"market:{purse}", currency, sold, carried],
        *_own(
            state,
            (f"bank:{body['to_bank']}:{purse}", bought),
            (f"market:{purse}", -bought),
            (f"free:{purse}", gain + from_reserve),
            (f"reserve:{purse}", -from_reserve),
            (f"purse:{purse}", -gain),
        ),
    ]


def _reserve_moved(state: State, body: Body) -> Postings:
    purse, amount = body["purse"], body["amount_minor"]
    return _own(state, (f"free:{purse}", -amount), (f"reserve:{purse}", amount))


def _frozen(state: State, body: Body) -> Postings:
    code, amount = body["contribution"], body["amount_minor"]
    purse = state.contributions[code]["purse"]
    return _own(state, (f"free:{purse}", -amount), (f"frozen:{purse}:{code}", amount))


def _unfrozen(state: State, body: Body) -> Postings:
    code, amount = body["contribution"], body["amount_minor"]
    purse = state.contributions[code]["purse"]
    return _own(state, (f"frozen:{purse}:{code}", -amount), (f"free:{purse}", amount))


def _refunded(state: State, body: Body) -> Postings:
    code, amount = body["contribution"], body["amount_minor"]
    purse = state.contributions[code]["purse"]
    source = f"frozen:{purse}:{code}" if body["taken_from"] == "frozen" else f"free:{purse}"
    return _own(
        state,
        (source, -amount),
        (f"purse:{purse}", amount),
        (f"refunded:{purse}:{code}", amount),
        (f"bank:{body['bank']}:{purse}", -amount),
    )


def _reprogrammed(state: State, body: Body) -> Postings:
    code, amount, into = body["contribution"], body["amount_minor"], body["to_purse"]
    gift = state.contributions[code]
    purse, currency, bank = gift["purse"], gift["currency"], body["bank"]
    return [
        *_own(
            state,
            (f"free:{purse}", -amount),
            (f"purse:{purse}", amount),
            (f"free:{into}", amount),
            (f"purse:{into}", -amount),
            (f"bank:{bank}:{purse}", -amount),
            (f"bank:{bank}:{into}", amount),
        ),
        [f"signed:{purse}:{code}", currency, 0, amount],
        [f"signed:{into}:{code}", currency, 0, -amount],
    ]


def _allotted(state: State, body: Body) -> Postings:
    purse, amount = body["purse"], body["amount_minor"]
    return _own(
        state, (f"free:{purse}", -amount), (f"allotted:{purse}:{body['allotment']}", amount)
    )


def _allotment_released(state: State, body: Body) -> Postings:
    code, amount = body["allotment"], body["amount_minor"]
    purse = state.allotments[code].purse
    return _own(state, (f"allotted:{purse}:{code}", -amount), (f"free:{purse}", amount))


def _obligated(state: State, body: Body) -> Postings:
    code, direct = body["obligation"], body["direct_minor"]
    purse = state.allotments[body["allotment"]].purse
    support = share(direct, state.purses[purse]["support_cost_ppm"])
    return _own(
        state,
        (f"allotted:{purse}:{body['allotment']}", -direct - support),
        (f"obligated:{purse}:{code}", direct),
        (f"support_held:{purse}:{code}", support),
    )


def _support_of(state: State, code: str, part: int) -> int:
    """Support cost that goes with a part of an obligation."""
    held = state.amount(f"support_held:{state.obligations[code].purse}:{code}")
    return portion(held, part, state.owed(code))


def _obligation_released(state: State, body: Body) -> Postings:
    code, direct = body["obligation"], body["direct_minor"]
    at, support = state.obligations[code], _support_of(state, code, direct)
    until = state.allotments[at.allotment].until_on
    is_over = until is not None and until <= body["on"]
    back = f"free:{at.purse}" if is_over else f"allotted:{at.purse}:{at.allotment}"
    return _own(
        state,
        (f"obligated:{at.purse}:{code}", -direct),
        (f"support_held:{at.purse}:{code}", -support),
        (back, direct + support),
    )


def _disbursed(state: State, body: Body) -> Postings:
    code, direct = body["obligation"], body["direct_minor"]
    at, support = state.obligations[code], _support_of(state, code, direct)
    return _own(
        state,
        (f"obligated:{at.purse}:{code}", -direct),
        (f"support_held:{at.purse}:{code}", -support),
        (f"support_due:{at.purse}", support),
        (f"purse:{at.purse}", direct),
        (f"spent:{at.purse}:{at.cost_head}:{code}", direct),
        (f"bank:{body['bank']}:{at.purse}", -direct),
    )


def _support_paid(state: State, body: Body) -> Postings:
    purse, amount = body["purse"], body["amount_minor"]
    return _own(
        state,
        (f"support_due:{purse}", -amount),
        (f"purse:{purse}", amount),
        (f"support:{purse}", amount),
        (f"bank:{body['bank']}:{purse}", -amount),
    )


def _recovered(state: State, body: Body) -> Postings:
    code, amount = body["obligation"], body["amount_minor"]
    at = state.obligations[code]
    return _own(
        state,
        (f"bank:{body['bank']}:{at.purse}", amount),
        (f"spent:{at.purse}:{at.cost_head}:{code}", -amount),
        (f"free:{at.purse}", amount),
        (f"purse:{at.purse}", -amount),
    )


_MOVES: Final[Mapping[str, Callable[[State, Body], Postings]]] = {
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
}
