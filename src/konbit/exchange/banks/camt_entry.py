"""One `Ntry` of a CAMT.053 file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from konbit.exchange.banks.keeping import kept_references, masked, purpose_of
from konbit.exchange.banks.read import LARGEST_MINOR
from konbit.terms import Money, Severity
from konbit.terms.bank import CHARGE, INTEREST, BankEntry
from konbit.terms.finding import finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from konbit.exchange.banks.wishes import Wishes
    from konbit.terms import Finding

# Where an entry and its transactions are called by a name that somebody chose.
_NAMED = frozenset({"NtryRef", "AcctSvcrRef", "MsgId", "PmtInfId", "InstrId", "EndToEndId", "TxId",
                    "UETR", "ChqNb", "ClrSysRef", "Ref", "Nb"})  # fmt: skip
_FREE = frozenset({"Ustrd", "AddtlNtryInf", "AddtlTxInf", "AddtlRmtInf"})
# Bank transaction codes of ISO 20022's external code sets: sub-families.
_INTEREST = frozenset({"INTR", "ACIN"})
_CHARGES = frozenset({"CHRG", "COMM", "FEES", "COMT", "DRCH"})


@dataclass(frozen=True, slots=True)
class Gathered:
    """An entry as read.

    Attributes:
        number: its place in the file, from 1.
        is_booked: whether it is on the account, and not only announced.
        currency: of its amount.
        entry: itself; None where something is wrong with it, which a finding then says.
    """

    number: int
    is_booked: bool
    currency: str
    entry: BankEntry | None


def entry_of(element: Any, number: int, findings: list[Finding], wishes: Wishes) -> Gathered:
    """Read an entry, and say what is wrong with it."""
    status = _text(element, "{*}Sts/{*}Cd") or _text(element, "{*}Sts")
    amount = element.find("{*}Amt")
    currency = "" if amount is None else amount.get("Ccy", "")
    if status not in {"", "BOOK"}:
        return Gathered(number, is_booked=False, currency=currency, entry=None)
    minor = minor_from(_text(element, "{*}Amt"), currency)
    side = _text(element, "{*}CdtDbtInd")
    booked = _day(element, "{*}BookgDt") or _day(element, "{*}ValDt")
    problem = ""
    if minor is None or side not in {"CRDT", "DBIT"}:
        problem = "bank-amount"
    elif booked is None:
        problem = "bank-day"
    if problem or minor is None or booked is None:
        findings.append(finding(problem, Severity.ERROR, row=str(number)))
        return Gathered(number, is_booked=True, currency=currency, entry=None)
    signed = minor if side == "CRDT" else -minor
    accounts = _accounts(element, "DbtrAcct" if side == "CRDT" else "CdtrAcct")
    digest, last = masked(accounts[0], wishes.secret) if len(accounts) == 1 else ("", "")
    every = _accounts(element, "DbtrAcct") + _accounts(element, "CdtrAcct")
    free = list(_leaves(element, _FREE))
    made = BankEntry(
        booked_on=booked,
        amount_minor=signed,
        references=kept_references(_leaves(element, _NAMED), free, wishes, every),
        value_on=_day(element, "{*}ValDt") or booked,
        purpose=_purpose(element, " ".join(free), signed),
        is_correction=_text(element, "{*}RvslInd") in {"true", "1"},
        other_digest=digest,
        other_last=last,
    )
    return Gathered(number, is_booked=True, currency=currency, entry=made)


def _purpose(element: Any, text: str, signed: int) -> str:
    code = _text(element, "{*}BkTxCd/{*}Domn/{*}Fmly/{*}SubFmlyCd")
    if code in _INTEREST and signed > 0:
        return INTEREST
    if code in _CHARGES and signed < 0:
        return CHARGE
    return purpose_of(text, signed)


def _accounts(element: Any, side: str) -> list[str]:
    """Numbers of the accounts of one side, each once."""
    found = []
    for account in element.iter(f"{{*}}{side}"):
        number = _text(account, "{*}Id/{*}IBAN") or _text(account, "{*}Id/{*}Othr/{*}Id")
        if number and number not in found:
            found.append(number)
    return found


def _leaves(element: Any, names: frozenset[str]) -> Iterator[str]:
    for name in sorted(names):
        for leaf in element.iter(f"{{*}}{name}"):
            if leaf.text and leaf.text.strip():
                yield leaf.text.strip()


def _text(element: Any, path: str) -> str:
    return (element.findtext(path) or "").strip()


def _day(element: Any, path: str) -> date | None:
    text = _text(element, f"{path}/{{*}}Dt") or _text(element, f"{path}/{{*}}DtTm")
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def minor_from(text: str, currency: str) -> int | None:
    """Minor units of a decimal number without sign; None where it is none of that currency."""
    try:
        minor = Money.from_major(Decimal(text[:40].strip()), currency).amount_minor
    except (InvalidOperation, ValueError):
        return None
    return minor if 0 <= minor <= LARGEST_MINOR else None
