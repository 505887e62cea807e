"""Statements: sums of the records that count on a day, as known on a day.

The figures are gathered as sums of postings by line, which a database may hand over ready; so the
same function makes a statement from a log and from the record.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from konbit.fund.accounts import HELD, line_of
from konbit.terms import digest_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from konbit.fund.record import Record

STAGED = ("announced", "pledged")


@dataclass(slots=True)
class Sums:
    """What the records that count add up to.

    Attributes:
        fund: code.
        currency: the fund's own.
        lines: amount and value by statement line and currency.
        staged: known amounts announced and pledged, by contribution and stage.
        purses: codes of purses opened.
        banks: currency of bank accounts opened.
        contributions: currency of contributions opened.
    """

    fund: str = ""
    currency: str = ""
    lines: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    staged: dict[tuple[str, str], int] = field(default_factory=dict)
    purses: set[str] = field(default_factory=set)
    banks: dict[str, str] = field(default_factory=dict)
    contributions: dict[str, str] = field(default_factory=dict)


def known_on(record: Record, *, is_reconstruction: bool) -> str:
    """The day on which a record counts as known."""
    if is_reconstruction:
        return str(record.body.get("known_on", record.on))
    return record.recorded_at[:10]


def sums_of(
    records: Iterable[Record],
    *,
    until: str,
    known_until: str | None = None,
    known_before: int | None = None,
) -> Sums:
    """Sums of the records with their day before `until`, known by a day or before a number."""
    sums = Sums()
    is_reconstruction = False
    lines: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for record in records:
        if record.kind == "fund_opened":
            is_reconstruction = record.body["reconstruction"]
            # A statement names its fund whatever its day.
            sums.fund, sums.currency = record.fund, record.body["currency"]
        is_early = known_before is None or record.sequence < known_before
        is_known = known_until is None or (
            known_on(record, is_reconstruction=is_reconstruction) <= known_until
        )
        if record.on < until and is_early and is_known:
            take_opened(sums, record.kind, record.fund, record.body)
            for account, currency, amount, value in record.postings:
                at = lines[(line_of(account), currency)]
                at[0] += amount
                at[1] += value
    sums.lines = {place: (amount, value) for place, (amount, value) in lines.items()}
    return sums


def take_opened(sums: Sums, kind: str, fund: str, body: Mapping[str, Any]) -> None:
    """Take in what a record opens, announces or pledges: all that is not in its postings."""
    if kind == "fund_opened":
        sums.fund, sums.currency = fund, body["currency"]
    elif kind == "purse_opened":
        sums.purses.add(body["purse"])
    elif kind == "bank_opened":
        sums.banks[body["bank"]] = body["currency"]
    elif kind == "contribution_opened":
        sums.contributions[body["contribution"]] = body["currency"]
    elif kind in STAGED:
        place = (body["contribution"], kind)
        sums.staged[place] = sums.staged.get(place, 0) + (body["amount_minor"] or 0)
    elif kind in {"withdrawn", "expired"} and body["stage"] in STAGED:
        place = (body["contribution"], body["stage"])
        sums.staged[place] = sums.staged.get(place, 0) - body["amount_minor"]


def statement_of(
    records: Iterable[Record],
    *,
    until: str,
    known_until: str | None = None,
    known_before: int | None = None,
) -> dict[str, Any]:
    """The statement on the day before `until`, from a log."""
    sums = sums_of(records, until=until, known_until=known_until, known_before=known_before)
    return statement_from(sums, until=until, known_until=known_until, known_before=known_before)


def statement_from(
    sums: Sums, *, until: str, known_until: str | None = None, known_before: int | None = None
) -> dict[str, Any]:
    """The statement as `docs/reference/ledger-records.md` writes it, from sums."""
    return {
        "fund": sums.fund,
        "on": (date.fromisoformat(until) - timedelta(days=1)).isoformat(),
        "known_on": known_until,
        "known_before": known_before,
        "currency": sums.currency,
        "purses": _purses(sums),
        "banks": _banks(sums),
        "contributions": _contributions(sums),
    }


def statement_sha256(statement: Mapping[str, Any]) -> str:
    """SHA-256 of the statement's canonical JSON."""
    return digest_of(statement)


def _purses(sums: Sums) -> dict[str, dict[str, Any]]:
    found = {purse: _empty_purse() for purse in sorted(sums.purses)}
    for (line, _), (_, value) in sorted(sums.lines.items()):
        kind, place, *rest = line.split(":")
        purse = found.get(rest[0] if kind == "bank" else place)
        if purse is not None and kind != "bank":
            _into(purse, kind, value, rest[0] if rest else "")
    return found


def _empty_purse() -> dict[str, Any]:
    names = ("received", "interest", "exchange", "support", "refunded", "held", *HELD)
    return {"spent": {}, **dict.fromkeys(names, 0)}


def _into(purse: dict[str, Any], kind: str, value: int, detail: str) -> None:
    if kind in HELD or kind in {"refunded", "support"}:
        purse[kind] += value
    if kind == "support_due":
        purse["support"] += value
    elif kind == "spent":
        purse["spent"][detail] = purse["spent"].get(detail, 0) + value
    elif kind in _SOURCES:
        purse[_SOURCES[kind]] -= value


_SOURCES = {"signed": "received", "interest": "interest", "market": "exchange", "purse": "held"}


def _banks(sums: Sums) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {
        bank: {"currency": currency, "amount": 0, "value": 0}
        for bank, currency in sorted(sums.banks.items())
    }
    for (line, _), (amount, value) in sums.lines.items():
        kind, place, *_ = line.split(":")
        if kind == "bank" and place in found:
            found[place]["amount"] += amount
            found[place]["value"] += value
    return found


def _contributions(sums: Sums) -> dict[str, dict[str, Any]]:
    names = ("signed", "received", "value", "refunded", "frozen")
    found: dict[str, dict[str, Any]] = {
        code: {
            "currency": currency,
            **{stage: sums.staged.get((code, stage), 0) for stage in STAGED},
            **dict.fromkeys(names, 0),
        }
        for code, currency in sorted(sums.contributions.items())
    }
    for (line, _), (amount, value) in sums.lines.items():
        kind, _, *rest = line.split(":")
        gift = found.get(rest[0]) if rest and kind in _OF_GIFTS else None
        if gift is None:
            continue
        if kind == "agreement":
            gift["signed"] -= amount
            gift["received"] -= amount
        elif kind == "signed":
            gift["received"] -= amount
            gift["value"] -= value
        else:
            gift[kind] += value
    return found


_OF_GIFTS = frozenset({"agreement", "signed", "refunded", "frozen"})
